"""The words themselves, set in HTML: side by side, statement by statement, and whole.

Everything that comes from a text is escaped here; every mark is named in words as well as by its look.
"""

from html import escape
from itertools import pairwise
from typing import NamedTuple

from copydesk.engine.spans import read_id, read_spans
from copydesk.show.phrasing import count
from copydesk.show.tables import is_missing, text, visible
from copydesk.stories.tables import by_voice

# Pairs of sentences in one table: more are no reading, and too heavy for a page.
_MOST_PAIRS = 400


class Layer(NamedTuple):
    """A stretch of a text to be marked: offsets, the HTML element, its class, its id and its name."""

    start: int
    end: int
    tag: str
    css: str = ""
    anchor: str = ""
    title: str = ""
    said: str = ""


def marked(string, start, end, layers):
    """`string[start:end]` as HTML with `layers` (Layers, which may overlap) marked; the outer ones first."""
    inside = [one for one in layers if one.start < end and one.end > start and one.start < one.end]
    inside.sort(key=lambda one: (one.start, -one.end))
    cuts = sorted(
        {start, end, *(min(max(place, start), end) for one in inside for place in (one.start, one.end))}
    )
    pieces, opened, stack = [], set(), []
    for left, right in pairwise(cuts):
        active = [one for one in inside if one.start <= left and one.end >= right]
        # What goes on stays open, so that a link to a statement leads to all of its words.
        stays = next(
            (n for n, pair in enumerate(zip(stack, active)) if pair[0] != pair[1]),
            min(len(stack), len(active)),
        )
        pieces += [f"</{one.tag}>" for one in reversed(stack[stays:])]
        for one in active[stays:]:
            pieces.append(_open(one, first=one.start >= start and one not in opened))
            opened.add(one)
        pieces.append(escape(visible(string[left:right])))
        stack = active
    pieces += [f"</{one.tag}>" for one in reversed(stack)]
    return f"<bdi>{''.join(pieces)}</bdi>"


def _open(layer, first):
    attributes = f' class="{escape(layer.css)}"' if layer.css else ""
    if first and layer.anchor:
        attributes += f' id="{escape(layer.anchor)}"'
    if layer.title:
        attributes += f' title="{escape(layer.title)}"'
    said = f'<span class="sr">{escape(layer.said)} </span>' if first and layer.said else ""
    return f"<{layer.tag}{attributes}>{said}"


def anchor(kind, finding_id):
    """The id in a page of a finding's words: `aol:S0001` of kind sentence is `sentence-aol-S0001`."""
    return f"{kind}-{finding_id.replace(':', '-')}"


def side_by_side(comparison, *, changes_only=False, url=None):
    """The two versions as a table, a link a row: the earlier words, the relation, the later words.

    comparison: of `compare_versions`. Cut words are `<del>`, added ones `<ins>`, moved ones are underlined;
    each is also named in words for those who hear the page. Differences of typography are left alone.
    url: function from a column and an id to a link. Returns str.
    """
    links = comparison.links
    rest = ""
    if changes_only:
        links = links[(links["relation"] != "identical") | links["moved"]]
    elif len(links) > _MOST_PAIRS:
        kept = links[(links["relation"] != "identical") | links["moved"]].head(_MOST_PAIRS)
        rest = f" ({len(kept)} pairs that differ, of {len(links)}; the texts have all)"
        links = kept
    edits = comparison.edits[comparison.edits["level"] != "typography"]
    places = [_sentence_places(version) for version in (comparison.before, comparison.after)]
    rows = []
    for group in _grouped(links):
        first = group[0]
        ids = [
            list(dict.fromkeys(one for row in group if isinstance(one := getattr(row, side), str)))
            for side in ("before", "after")
        ]
        alone = not all(ids)
        before = _side(comparison.before, ids[0], places[0], edits, "before", url, alone)
        after = _side(comparison.after, ids[1], places[1], edits, "after", url, alone)
        relation = first.relation + (", moved" if first.moved else "")
        unchanged = " unchanged" if first.relation == "identical" and not first.moved else ""
        rows.append(
            f'<tr role="row" class="{first.relation}{unchanged}">{before}'
            f'<th role="rowheader" scope="row">{relation}</th>{after}</tr>'
        )
    what = "What changed" if changes_only else "Both versions"
    caption = f"{what}, side by side: {comparison.before.label} and {comparison.after.label}{rest}"
    name = escape(visible(caption), quote=True)
    heads = (text(comparison.before.label), "relation", text(comparison.after.label))
    head = "".join(f'<th role="columnheader" scope="col">{one}</th>' for one in heads)
    # A page of ours shows the filter, and its style sheet does the work; elsewhere it would do nothing.
    choose = '<div class="filter" hidden><label><input type="checkbox"> Changes only</label></div>'
    return (
        f'{"" if changes_only else choose}<div class="table pairs" role="group" aria-label="{name}" tabindex="0">'
        f'<table role="table" class="side-by-side"><caption><span class="caption">{text(caption)}</span></caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
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


# How a sentence without a counterpart is marked: the element, no class, no id, no title, and what is said.
_ALONE = {"before": ("del", "", "", "", "cut:"), "after": ("ins", "", "", "", "added:")}


def _side(version, ids, places, edits, side, url, alone):
    """The cell of one version: its sentences with their numbers, or that it has none here."""
    if not ids:
        return '<td role="cell" class="nothing"><span class="sr">nothing here</span></td>'
    pieces = []
    for sentence in ids:
        start, end = places[sentence]
        mine = edits[edits[side] == sentence]
        layers = [layer for row in mine.to_dict("records") if (layer := _edit_layer(row, side))]
        if alone:
            layers.append(Layer(start, end, *_ALONE[side]))
        link = url(side, sentence) if url else None
        name = f'<span class="sr">{escape(visible(version.label))}, sentence </span>{_number(sentence)}'
        place = (
            f'<a class="place" href="{escape(link)}">{name}</a>'
            if link
            else f'<span class="place">{name}</span>'
        )
        pieces.append(f"{place} {marked(version.shown, start, end, layers)}")
    which = f'<span class="which" aria-hidden="true">{text(version.label)}</span>'
    return f'<td role="cell">{which}{" ".join(pieces)}</td>'


def _number(finding_id):
    return read_id(finding_id)[2]


def _edit_layer(row, side, css="", place=""):
    """The Layer of an edit's words on one side; None where it has none there."""
    edit, start, end = _EDIT.get((side, row["kind"])), row[f"{side}_start"], row[f"{side}_end"]
    if edit is None or is_missing(start) or is_missing(end) or "" in (start, end):
        return None
    css = f"{css} {row['kind']} {row['level']}".strip()
    return Layer(int(float(start)), int(float(end)), edit[0], css, place, said=edit[1])


def statements_in_full(statements, markers, versions, *, actors, url=None):
    """Every statement of each actor, printed whole, its markers named, quoted words told from paraphrase.

    statements, markers: tables of `statements_table`, `markers_table`. versions: dict of id and Version.
    actors: dict of id and label, in order. A statement that stands in several versions is printed once. Returns str.
    """
    blocks, voices = [], by_voice(statements)
    names = dict(zip(*_first_mentions(statements), strict=True))
    for actor, label in actors.items():
        mine = voices[voices["actor"] == actor]
        cards = [_card(row, found_in, markers, versions, url, names) for row, found_in in _once(mine)]
        name = text(label)
        none = "" if cards else f"<p>No statement of {name} stands in these versions.</p>"
        count = f"{len(cards)} statement" + ("" if len(cards) == 1 else "s")
        blocks.append(
            f'<section class="actor"><h3>{name} <span class="count">{count}</span></h3>{none}{"".join(cards)}</section>'
        )
    return f'<div class="statements">{_legend(markers)}{"".join(blocks)}</div>'


def _first_mentions(statements):
    """The ids of the sources, and the words with which the story first names each."""
    first = statements[statements["source"].fillna("").ne("")].drop_duplicates("source_id")
    return first["source_id"], first["source"]


def _byline(row, names):
    """Who speaks, in the words of this place and of the first, where they differ."""
    if not isinstance(row.source, str) or not row.source:
        return "source not named here"
    first = names.get(row.source_id, row.source)
    return text(row.source) + ("" if first.lower() == row.source.lower() else f" ({text(first)})")


def _legend(markers):
    """What the marks of the classes that occur look like."""
    classes = sorted(set(markers["marker_class"]))
    if not classes:
        return ""
    samples = ", ".join(f'<mark class="{escape(one)}">{escape(one)}</mark>' for one in classes)
    return f'<p class="legend">Marked words: {samples}.</p>'


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


def _card(row, found_in, markers, versions, url, names):
    shown = versions[row.version].shown
    layers = [Layer(a, b, "span", "quoted", said="quoted:") for a, b in read_spans(row.quoted_spans)]
    layers += [
        Layer(
            int(m.start), int(m.end), "mark", m.marker_class, title=m.marker_class, said=f"{m.marker_class}:"
        )
        for m in markers[markers["statement"] == row.statement].itertuples(index=False)
    ]
    words = " […] ".join(marked(shown, a, b, layers) for a, b in read_spans(row.content_spans))
    source = _byline(row, names)
    cue = f", <i>{text(row.cue)}</i>" if isinstance(row.cue, str) and row.cue else ""
    link = url("statement", row.statement) if url else None
    name = f"statement {_number(row.statement)}"
    place = f' <a href="{escape(link)}">{name} in the text</a>' if link else ""
    where = " and ".join(text(versions[one].label) for one in found_in)
    return (
        f'<blockquote class="{escape(row.quotation)}"><p>{words}</p>'
        f"<footer>{source}{cue}; {_QUOTATION[row.quotation]}; {where}.{place}</footer></blockquote>"
    )


_QUOTATION = {"direct": "quoted", "mixed": "partly quoted", "indirect": "paraphrased"}


def change_anchor(row, side):
    """The id in the page of the texts of an edit's words on one side (before, after), or None."""
    version, start, end = row[side], row[f"{side}_start"], row[f"{side}_end"]
    if any(is_missing(one) or one == "" for one in (version, start, end)) or float(start) >= float(end):
        return None
    return f"change-{version.rpartition(':')[0]}-{int(float(start))}-{int(float(end))}"


def change_row(row):
    """The id of an edit's row in the table of edits."""
    return f"row-{change_anchor(row, 'before') or change_anchor(row, 'after')}"


def link_row(row):
    """The id of a link's row in the table of links: by the earlier sentence, or the later one where it is alone."""
    one = row["after"] if is_missing(row["before"]) or row["before"] == "" else row["before"]
    return f"row-{anchor('link', one)}"


def texts_page(story, tables, places=None):
    """The versions whole and side by side: every sentence, statement, measure, marker and change anchored.

    tables: dict of table name and list of dicts, as the report's CSV files hold them. places: dict of the id of a
    table's row and the file of the page that has it: the words link back to those. Returns HTML.
    """
    places = places or {}
    partners = _partners(story, tables)
    texts = "".join(_Text(version, tables, places, partners).html() for version in story.versions.values())
    return f'<div class="texts">{texts}</div>'


def _partners(story, tables):
    """dict: a sentence's id, and (relation, ids of its counterparts in the other version)."""
    found = {}
    for row in tables.get("links", []):
        for one, other in ((row["before"], row["after"]), (row["after"], row["before"])):
            if one:
                found.setdefault(one, (row["relation"], []))[1].extend([other] if other else [])
    return found


# How the page of the texts names a change on its way back to the tables.
_CHANGES = {
    "insert": "addition", "delete": "cut", "replace": "rewording", "move": "move", "added": "new sentence",
    "deleted": "cut sentence",
}  # fmt: skip


class _Text:
    """One version as a column of the page of the texts."""

    def __init__(self, version, tables, places, partners):
        self.version, self.tables, self.places, self.partners = version, tables, places, partners
        columns = ["sentence", "start", "end"]
        self.sentences = [tuple(row) for row in version.sentences[columns].itertuples(index=False)]
        self.notes = {}
        self.layers = [*self._added(), *self._found(), *self._changes(), *self._markers()]

    def _mine(self, name):
        return [row for row in self.tables.get(name, []) if row["version"] == self.version.id]

    def _found(self):
        """Statements and measures, each linked back to its row."""
        for kind, about in (("statement", "actor"), ("measure", "label")):
            for row in self._mine(f"{kind}s"):
                spans = read_spans(row.get("content_spans") or row["spans"])
                for n, (start, end) in enumerate(spans):
                    yield Layer(start, end, "span", kind, "" if n else anchor(kind, row[kind]))
                row_id = f"row-{anchor(kind, row[kind])}"
                self._note(spans[0][0], row_id, f"{kind} {_number(row[kind])}", row[about])

    def _changes(self):
        for row in self.tables.get("edits", []):
            for side in ("before", "after"):
                place = change_anchor(row, side)
                if not place or row[side].rpartition(":")[0] != self.version.id:
                    continue
                if row["level"] == "typography":
                    yield Layer(*_ends(row, side), "span", "typography", place)
                elif layer := _edit_layer(row, side, "change", place):
                    yield layer
                name = "typography" if row["level"] == "typography" else _CHANGES[row["kind"]]
                self._note(_ends(row, side)[0], change_row(row), name, row["kind"])

    def _added(self):
        """Sentences that the other version lacks, whole."""
        for row in self.tables.get("links", []):
            for side, (tag, *_, said) in _ALONE.items():
                alone = row["relation"] in ("added", "deleted") and row[side]
                if alone and row[side].rpartition(":")[0] == self.version.id:
                    start, end = next((a, b) for s, a, b in self.sentences if s == row[side])
                    yield Layer(start, end, tag, "change", said=said)
                    self._note(start, link_row(row), _CHANGES[row["relation"]], row["relation"])

    def _markers(self):
        seen = set()
        for row in self._mine("markers"):
            place = f"marker-{self.version.id}-{row['start']}"
            if place not in seen:
                seen.add(place)
                yield Layer(int(row["start"]), int(row["end"]), "span", "marker", place)

    def _note(self, start, row_id, label, title):
        """Link the sentence that holds `start` to a row, where a page has that row."""
        page = self.places.get(row_id)
        sentence = next((s for s, a, b in self.sentences if a <= int(start) < b), None)
        if page and sentence:
            href = escape(f"{page}#{row_id}", quote=True)
            about = escape(visible(title), quote=True)
            note = f'<a href="{href}" title="{about}">{escape(label)}</a>'
            notes = self.notes.setdefault(sentence, [])
            if note not in notes:
                notes.append(note)

    def html(self):
        body = []
        for left, right in self.version.document.paragraphs:
            inside = [one for one in self.sentences if left <= one[1] < right]
            if inside:
                body.append(f"<p>{' '.join(map(self._sentence, inside))}</p>")
        label = text(self.version.label)
        return (
            f'<section class="text" id="text-{escape(self.version.id)}"><h2>{label}</h2>'
            f"{''.join(body)}{_furniture(self.version)}</section>"
        )

    def _sentence(self, sentence):
        finding, start, end = sentence
        links = self.notes.get(finding, [])
        back = f' <span class="notes">[{", ".join(links)}]</span>' if links else ""
        words = marked(self.version.shown, start, end, self.layers)
        return f'<span class="sentence" id="{anchor("sentence", finding)}">{self._place(finding)} {words}{back}</span>'

    def _place(self, finding):
        """The sentence's number, which leads to its counterpart."""
        number = _number(finding)
        relation, others = self.partners.get(finding, ("", []))
        if not others:
            return f'<span class="place">{number}</span>'
        name = f"{number}, {relation}: to sentence {_number(others[0])} of the other version"
        return f'<a class="place" href="#{anchor("sentence", others[0])}" aria-label="{escape(name)}">{number}</a>'


def _ends(row, side):
    return int(float(row[f"{side}_start"])), int(float(row[f"{side}_end"]))


def _furniture(version):
    table = version.boilerplate
    if table.empty:
        return ""
    rows = "".join(
        f"<li><b>{escape(kind)}</b> {text(shown)}</li>"
        for kind, shown in zip(table["kind"], table["text"], strict=True)
    )
    return (
        f'<details class="furniture"><summary>{count(len(table), "stretch", "stretches")} of the page not in the article'
        f"</summary><ul>{rows}</ul></details>"
    )
