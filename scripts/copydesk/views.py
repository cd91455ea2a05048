"""The words themselves, set in HTML: side by side, statement by statement, and whole.

Everything that comes from a text is escaped here; every mark is named in words as well as by its look.
"""

from html import escape
from itertools import pairwise
from typing import NamedTuple

from copydesk.tables import is_missing


class Layer(NamedTuple):
    """A stretch of a text to be marked: offsets, the HTML element, its class, its id and its name."""

    start: int
    end: int
    tag: str
    css: str = ""
    anchor: str = ""
    title: str = ""
    said: str = ""


def marked(text, start, end, layers):
    """`text[start:end]` as HTML with `layers` (Layers, which may overlap) marked; the outer ones first."""
    inside = [one for one in layers if one.start < end and one.end > start and one.start < one.end]
    cuts = sorted(
        {start, end, *(min(max(place, start), end) for one in inside for place in (one.start, one.end))}
    )
    pieces, opened = [], set()
    for left, right in pairwise(cuts):
        active = [one for one in inside if one.start <= left and one.end >= right]
        for one in active:
            pieces.append(_open(one, first=one.start >= start and one not in opened))
            opened.add(one)
        pieces.append(escape(text[left:right]))
        pieces += [f"</{one.tag}>" for one in reversed(active)]
    return "".join(pieces)


def _open(layer, first):
    attributes = f' class="{escape(layer.css)}"' if layer.css else ""
    if first and layer.anchor:
        attributes += f' id="{escape(layer.anchor)}"'
    if layer.title:
        attributes += f' title="{escape(layer.title)}"'
    said = f'<span class="sr">{escape(layer.said)} </span>' if first and layer.said else ""
    return f"<{layer.tag}{attributes}>{said}"


def anchor(kind, finding_id):
    """The id in a page of a finding's words: `aol:0001` of kind sentence is `sentence-aol-0001`."""
    return f"{kind}-{finding_id.replace(':', '-')}"


def side_by_side(comparison, *, changes_only=False, url=None):
    """The two versions as a table, a link a row: the earlier words, the relation, the later words.

    comparison: of `compare_versions`. Cut words are `<del>`, added ones `<ins>`, moved ones are underlined;
    each is also named in words for those who hear the page. Differences of typography are left alone.
    url: function from a column and an id to a link. Returns str.
    """
    links = comparison.links
    if changes_only:
        links = links[(links["relation"] != "identical") | links["moved"]]
    edits = comparison.edits[comparison.edits["level"] != "typography"]
    before, after = (_sentence_places(v) for v in (comparison.before, comparison.after))
    rows = []
    for group in _grouped(links):
        first = group[0]
        befores = list(dict.fromkeys(row.before for row in group if isinstance(row.before, str)))
        afters = list(dict.fromkeys(row.after for row in group if isinstance(row.after, str)))
        relation = first.relation + (", moved" if first.moved else "")
        rows.append(
            f'<tr class="{first.relation}"><td>{_side(comparison.before, befores, before, edits, "before", url)}</td>'
            f'<th scope="row">{relation}</th>'
            f"<td>{_side(comparison.after, afters, after, edits, 'after', url)}</td></tr>"
        )
    what = "What changed" if changes_only else "Both versions"
    caption = f"{what}, side by side: {comparison.before.label} and {comparison.after.label}"
    heads = (escape(comparison.before.label), "relation", escape(comparison.after.label))
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    return (
        f'<div class="table" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="side-by-side"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _grouped(links):
    """Rows of a split or a merger together, every other row alone."""
    groups = []
    for row in links.itertuples(index=False):
        last = groups[-1][-1] if groups else None
        same = last is not None and (
            (row.relation == last.relation == "split" and row.before == last.before)
            or (row.relation == last.relation == "merged" and row.after == last.after)
        )
        groups[-1].append(row) if same else groups.append([row])
    return groups


def _sentence_places(version):
    table = version.sentences
    return dict(zip(table["sentence"], zip(table["start"], table["end"], strict=True), strict=True))


_EDIT = {
    ("before", "delete"): ("del", "cut:"),
    ("before", "replace"): ("del", "replaced:"),
    ("after", "insert"): ("ins", "added:"),
    ("after", "replace"): ("ins", "instead:"),
    ("before", "move"): ("u", "moved from here:"),
    ("after", "move"): ("u", "moved to here:"),
}


def _side(version, ids, places, edits, side, url):
    pieces = []
    for sentence in ids:
        start, end = places[sentence]
        mine = edits[edits[side] == sentence]
        starts, ends = mine[f"{side}_start"], mine[f"{side}_end"]
        layers = [
            Layer(int(a), int(b), _EDIT[side, kind][0], f"{kind} {level}", said=_EDIT[side, kind][1])
            for a, b, kind, level in zip(starts, ends, mine["kind"], mine["level"], strict=True)
            if (side, kind) in _EDIT and not (is_missing(a) or is_missing(b))
        ]
        words = marked(version.text, start, end, layers)
        link = url(side, sentence) if url else None
        name = f'<span class="sr">{escape(version.label)}, sentence </span>{int(sentence.rpartition(":")[2])}'
        place = (
            f'<a class="place" href="{escape(link)}">{name}</a>'
            if link
            else f'<span class="place">{name}</span>'
        )
        pieces.append(f"{place} {words}")
    return " ".join(pieces)


def statements_in_full(statements, markers, versions, *, actors, url=None):
    """Every statement of each actor, printed whole, its markers named, quoted words told from paraphrase.

    statements, markers: tables of `statements_table`, `markers_table`. versions: dict of id and Version.
    actors: dict of id and label, in order. A statement that stands in several versions is printed once. Returns str.
    """
    blocks = []
    for actor, label in actors.items():
        mine = statements[statements["actor"] == actor]
        cards = [_card(row, found_in, markers, versions, url) for row, found_in in _once(mine)]
        name = escape(label)
        none = "" if cards else f"<p>No statement of {name} stands in these versions.</p>"
        count = f"{len(cards)} statement" + ("" if len(cards) == 1 else "s")
        blocks.append(
            f'<section class="actor"><h3>{name} <span class="count">{count}</span></h3>{none}{"".join(cards)}</section>'
        )
    return f'<div class="statements">{"".join(blocks)}</div>'


def _once(statements):
    """Each statement once, with the versions in which it stands; the later version's words are shown."""
    seen, rows = {}, []
    for row in statements.itertuples(index=False):
        twin = row.same_as if isinstance(row.same_as, str) else None
        if twin in seen:
            seen[twin].append(row.version)
            seen[row.statement] = seen[twin]
            continue
        versions = [row.version]
        seen[row.statement] = versions
        rows.append((row, versions))
    return rows


def _card(row, found_in, markers, versions, url):
    text = versions[row.version].text
    quoted = parse_spans(row.quoted_spans)
    layers = [Layer(a, b, "span", "quoted", said="quoted:") for a, b in quoted]
    layers += [
        Layer(
            int(m.start), int(m.end), "mark", m.marker_class, title=m.marker_class, said=f"{m.marker_class}:"
        )
        for m in markers[markers["statement"] == row.statement].itertuples(index=False)
    ]
    words = " … ".join(marked(text, a, b, layers) for a, b in parse_spans(row.content_spans))
    source = escape(row.source) if isinstance(row.source, str) and row.source else "source not named here"
    cue = f", <i>{escape(row.cue)}</i>" if isinstance(row.cue, str) and row.cue else ""
    link = url("statement", row.statement) if url else None
    place = f' <a href="{escape(link)}">in the text</a>' if link else ""
    where = escape(" and ".join(versions[one].label for one in found_in))
    return (
        f'<blockquote class="{escape(row.quotation)}"><p>{words}</p>'
        f"<footer>{source}{cue}; {_QUOTATION[row.quotation]}; {where}.{place}</footer></blockquote>"
    )


_QUOTATION = {"direct": "quoted", "mixed": "partly quoted", "indirect": "paraphrased"}


def parse_spans(written):
    """list of (start, end) from `12-40;55-60`; an empty list from an empty cell."""
    if not isinstance(written, str) or not written:
        return []
    return [tuple(map(int, part.split("-"))) for part in written.split(";")]


def texts_page(story, tables):
    """Both versions whole, every sentence, statement, measure and change anchored and linked back.

    tables: dict of table name and list of dicts, as the report's CSV files hold them. Returns HTML.
    """
    return "".join(_whole_text(version, tables) for version in story.versions.values())


def _whole_text(version, tables):
    layers, notes = [], {}
    columns = ["sentence", "start", "end"]
    sentences = [tuple(row) for row in version.sentences[columns].itertuples(index=False)]
    for kind, page, about in _CITING:
        for row in tables.get(f"{kind}s", []):
            if row["version"] != version.id:
                continue
            spans = parse_spans(row.get("content_spans") or row["spans"])
            ids = [anchor(kind, row[kind]), *[""] * (len(spans) - 1)]
            layers += [Layer(a, b, "span", kind, place) for (a, b), place in zip(spans, ids, strict=True)]
            href = f"{page}.html#row-{anchor(kind, row[kind])}"
            _note(notes, sentences, spans[0][0], href, f"{kind} {int(row[kind][-4:])}", row[about])
    layers += _changes(version, tables)
    body = []
    for left, right in version.document.paragraphs:
        inside = [one for one in sentences if left <= one[1] < right]
        words = " ".join(_whole_sentence(version, one, layers, notes) for one in inside)
        body.append(f"<p>{words}</p>")
    return (
        f'<section class="text" id="text-{escape(version.id)}"><h2>{escape(version.label)}</h2>'
        f"{''.join(body)}{_furniture(version)}</section>"
    )


# What cites words: the kind of finding, the page with its table, the column that says what it is.
_CITING = [("statement", "3-chart-stance", "actor"), ("measure", "2-tabulate-measures", "label")]


def _note(notes, sentences, start, href, label, title):
    place = next((s for s, a, b in sentences if a <= int(start) < b), None)
    notes.setdefault(place, []).append(
        f'<a href="{escape(href)}" title="{escape(title)}">{escape(label)}</a>'
    )


def _changes(version, tables):
    layers = []
    for row in tables.get("edits", []):
        for side in ("before", "after"):
            edit = _EDIT.get((side, row["kind"]))
            if edit and row["level"] != "typography" and row[side].rpartition(":")[0] == version.id:
                start, end = int(float(row[f"{side}_start"])), int(float(row[f"{side}_end"]))
                layers.append(Layer(start, end, edit[0], f"change {row['kind']}", said=edit[1]))
    return layers


def _whole_sentence(version, sentence, layers, notes):
    finding, start, end = sentence
    links = notes.get(finding, [])
    back = f' <span class="notes">[{", ".join(links)}]</span>' if links else ""
    words = marked(version.text, start, end, layers)
    return f'<span class="sentence" id="{anchor("sentence", finding)}">{words}</span>{back}'


def _furniture(version):
    table = version.boilerplate
    if table.empty:
        return ""
    rows = "".join(
        f"<li><b>{escape(kind)}</b> <bdi>{escape(text)}</bdi></li>"
        for kind, text in zip(table["kind"], table["text"], strict=True)
    )
    return (
        f'<details class="furniture"><summary>{len(table)} stretches of the page that are not the article'
        f"</summary><ul>{rows}</ul></details>"
    )
