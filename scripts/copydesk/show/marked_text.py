"""The words themselves, set in HTML: versions side by side, changes, and statement by statement.

Everything that comes from a text is escaped by the templates; every mark is named in words as well as by
its look.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from copydesk.engine.spans import KINDS, read_id, read_spans
from copydesk.show.counts_and_lists import inside
from copydesk.show.markup import render
from copydesk.show.tables import is_missing
from copydesk.stories.statement_rows import words_compared
from copydesk.stories.tables import by_voice

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.comparison import Comparison
    from copydesk.stories.story import Version

# Pairs of sentences in one table: more are no reading, and too heavy for a page.
_MOST_PAIRS = 400
_PRONOUN = 4  # letters: what names nobody, as he, she, it and they do
QUOTATION = {"direct": "quoted", "mixed": "partly quoted", "indirect": "paraphrased"}
# What a reader reads for a relation between sentences.
RELATION = {"identical": "unchanged", "reworded": "changed", "deleted": "cut"}


class Layer(NamedTuple):
    """A stretch of a text to be marked: offsets, the HTML element, its class, its id and its name.

    of: the id of the finding that the stretch is a part of, where a click on it lights all parts.
    """

    start: int
    end: int
    tag: str
    css: str = ""
    anchor: str = ""
    title: str = ""
    said: str = ""
    of: str = ""


class Insert(NamedTuple):
    """Words that are cut, set between the words of a text, with the blanks around them."""

    before: str
    words: str
    after: str


def marked(
    string: Sequence[str], start: int, end: int, layers: Iterable[Layer], inserts: Mapping[int, list[Insert]] | None = None
) -> Markup:  # fmt: skip
    """`string[start:end]` as HTML with `layers` (which may overlap) marked; the outer ones first.

    string: a text, or what stands for each of its characters (`reading_form`). inserts: what goes before the
    character at a place.
    """
    inserts = inserts or {}
    inside = [one for one in layers if one.start < end and one.end > start and one.start < one.end]
    inside.sort(key=lambda one: (one.start, -one.end))
    edges = {min(max(place, start), end) for one in inside for place in (one.start, one.end)}
    cuts = sorted({start, end, *edges, *(place for place in inserts if start <= place <= end)})
    pieces: list[tuple[str, Any]] = []
    opened, stack = set(), []
    for left, right in pairwise(cuts):
        active = [one for one in inside if one.start <= left and one.end >= right]
        # What goes on stays open, so that a link to a statement leads to all of its words.
        stays = next(
            (n for n, pair in enumerate(zip(stack, active, strict=False)) if pair[0] != pair[1]),
            min(len(stack), len(active)),
        )
        pieces += [("close", one.tag) for one in reversed(stack[stays:])]
        pieces += [("insert", one) for one in inserts.get(left, ())]
        for one in active[stays:]:
            pieces.append(("begin" if one.start >= start and one not in opened else "go on", one))
            opened.add(one)
        pieces.append(("words", "".join(string[left:right])))
        stack = active
    pieces += [("close", one.tag) for one in reversed(stack)]
    pieces += [("insert", one) for one in inserts.get(end, ()) if end > start]
    return render("marked.html.j2", pieces=pieces)


def anchor(kind: str, row_id: str) -> str:
    """The id in a page of a finding's words: `aol:S0001` of kind sentence is `sentence-aol-S0001`."""
    return f"{kind}-{row_id.replace(':', '-')}"


def short_id(row_id: str) -> str:
    """An id as a reader sees it beside its version: `S1` for `aol:S0001`."""
    _, kind, number = read_id(row_id)  # type: ignore[misc]  # an id of ours, as the next
    return f"{KINDS[kind]}{number}"


def parts(kind: str, row_id: str, spans: str, css: str = "", title: str = "") -> Iterable[Layer]:
    """A Layer for each stretch of a finding: the first has the finding's id, the others one of their own."""
    whole = anchor(kind, row_id)
    for n, (start, end) in enumerate(read_spans(spans), 1):
        yield Layer(start, end, "span", css or kind, whole if n == 1 else f"{whole}--{n}", title, of=whole)


# --- side by side ------------------------------------------------------------------------------------


def side_by_side(
    comparison: "Comparison",
    *,
    changes_only: bool = False,
    url: Callable[[str, str], str | None] | None = None,
) -> str:
    """The two versions as a table, a link a row: the earlier words, the relation, the later words.

    comparison: of `compare_versions`. Cut words are `<del>`, added ones `<ins>`, moved ones are underlined;
    each is also named in words for those who hear the page. Differences of typography are left alone.
    url: function from a column and an id to a link. Returns HTML.
    """
    links = comparison.links
    rest = ""
    if changes_only:
        links = links[(links["relation"] != "identical") | links["moved"]]
    elif len(links) > _MOST_PAIRS:
        kept = links[(links["relation"] != "identical") | links["moved"]].head(_MOST_PAIRS)
        rest = f" ({len(kept)} pairs that differ, of {len(links)})"
        links = kept
    edits = comparison.edits[comparison.edits["level"] != "typography"]
    versions = (comparison.before, comparison.after)
    rows = []
    for group in grouped(links):
        ids = group_ids(group)
        sides = [
            _sentences(version, mine, edits, side, url, alone=not all(ids))
            for version, mine, side in zip(versions, ids, ("before", "after"), strict=True)
        ]
        first = group[0]
        css = first.relation + (" unchanged" if first.relation == "identical" and not first.moved else "")
        rows.append({"css": css, "relation": relation(first), "sides": sides})
    what = "What changed" if changes_only else "Both versions"
    labels = [version.label for version in versions]
    return str(render("side_by_side.html.j2", what=what, labels=labels, rest=rest, rows=rows))


def relation(link: Any) -> str:
    """A link's relation as a reader reads it, with whether its sentence moved."""
    name = RELATION.get(link.relation, link.relation)
    if link.relation == "reworded" and getattr(link, "change", "") == "style":
        name = "style only"
    return f"{name}, moved" if link.moved else name


def grouped(links: "pd.DataFrame") -> list[list[Any]]:
    """Rows of a split or a merger together, every other row alone."""
    groups: list[list[Any]] = []
    rows: Iterable[Any] = links.itertuples(index=False)
    for row in rows:
        last = groups[-1][-1] if groups else None
        same = last is not None and (
            (row.relation == last.relation == "split" and row.before == last.before)
            or (row.relation == last.relation == "merged" and row.after == last.after)
        )
        groups[-1].append(row) if same else groups.append([row])
    return groups


def group_ids(group: list[Any]) -> list[list[str]]:
    """The sentences of a group of links: those of the earlier version, those of the later."""
    sides = [[getattr(row, side) for row in group] for side in ("before", "after")]
    return [list(dict.fromkeys(one for one in side if isinstance(one, str))) for side in sides]


_EDIT = {
    ("before", "delete"): ("del", "cut:"),
    ("before", "replace"): ("del", "replaced:"),
    ("after", "insert"): ("ins", "added:"),
    ("after", "replace"): ("ins", "instead:"),
    ("before", "move"): ("span", "moved from here:"),
    ("after", "move"): ("span", "moved to here:"),
}
# How a sentence without a counterpart is marked: the element and what is said.
ALONE = {"before": ("del", "cut:"), "after": ("ins", "added:")}


def _sentences(version, ids, edits, side, url, alone):
    """The sentences of one version in a row: id, link and marked words of each."""
    places = sentence_places(version)
    made = []
    for sentence in ids:
        start, end = places[sentence]
        mine = edits[edits[side] == sentence]
        layers = [layer for row in mine.to_dict("records") if (layer := edit_layer(row, side))]
        if alone:
            layers.append(Layer(start, end, ALONE[side][0], said=ALONE[side][1]))
        words = marked(version.shown, start, end, layers)
        made.append({"id": short_id(sentence), "href": url and url(side, sentence), "words": words})
    return made


def sentence_places(version: "Version") -> dict[str, tuple[int, int]]:
    """The offsets of each of a version's sentences, by its id."""
    table = version.sentences
    return dict(zip(table["sentence"], zip(table["start"], table["end"], strict=True), strict=True))


def edit_layer(row: Mapping[str, Any], side: str, css: str = "", place: str = "") -> Layer | None:
    """The Layer of an edit's words on one side; None where it has none there."""
    edit, start, end = _EDIT.get((side, row["kind"])), row[f"{side}_start"], row[f"{side}_end"]
    if edit is None or is_missing(start) or is_missing(end):
        return None
    css = f"{css} {'moved' if row['kind'] == 'move' else row['kind']} {row['level']}".strip()
    return Layer(int(start), int(end), edit[0], css, place, said=edit[1])


def change_anchor(row: Mapping[str, Any], side: str) -> str | None:
    """The id of an edit's words on one side (before, after), or None where it has none there."""
    version, start, end = row[side], row[f"{side}_start"], row[f"{side}_end"]
    if any(is_missing(one) or one == "" for one in (version, start, end)) or float(start) >= float(end):
        return None
    return f"change-{version.rpartition(':')[0]}-{int(float(start))}-{int(float(end))}"


# --- statements --------------------------------------------------------------------------------------


def statements_in_full(
    statements: "pd.DataFrame", markers: "pd.DataFrame", versions: "Mapping[str, Version]", *,
    actors: Mapping[str, str], url: Callable[[str, str], str | None] | None = None, stances: "pd.DataFrame | None" = None,
    targets: Mapping[str, str] | None = None, forms: Mapping[str, list[str]] | None = None,
    links: "pd.DataFrame | None" = None,
) -> str:  # fmt: skip
    """Every statement, printed whole as a card: its markers named, quoted words told from paraphrase.

    statements, markers: tables of `statements_table`, `markers_table`. versions: dict of id and Version. actors:
    dict of id and label, in order. First come the statements that one version alone has, by its words and by its
    sentences (`links`: of a comparison); what several versions have in the same words is printed once, in other words
    once each; unresolved speakers come last. stances: the table of the stances, where people have coded them; targets:
    dict of a target's id and label. forms: dict of a version's id and what stands for each of its characters
    (`reading_form`). Returns HTML.
    """
    linked = set() if links is None else set(links[["before", "after"]].dropna().stack())
    names = _first_mentions(statements, versions, forms or {})
    bodies = set(statements["actor"]) & set(statements["source_id"]) & set(actors)
    names |= {body: (actors[body], actors[body]) for body in bodies}
    statements = by_voice(statements)
    badges = _badges(stances, targets or {})
    groups: dict[str, list[Any]] = {}
    several = "In both versions" if len(versions) == 2 else "In several versions"
    places: dict[str, int] = {}  # what answers each other stands side by side
    for row, twins in _once(statements, versions):
        places |= dict.fromkeys(twins, places.get(row.same_as, len(places)))
        if row.actor == "unresolved":
            where = "Speaker unresolved"
        elif len({read_id(one)[0] for one in twins}) > 1 or len(versions) == 1:  # type: ignore[index]
            where = several
        elif not is_missing(row.same_as) and row.same_as:
            where = f"{several}, in other words"
        elif row.sentence in linked:  # which the other version has too, and perhaps without this speaker
            where = "In sentences that were changed"
        else:
            where = f"In the {versions[row.version].label} alone"
        card = _card(row, twins, markers, versions, url, names, actors, badges, forms or {})
        groups.setdefault(where, []).append({**card, "rank": (card["rank"], places[row.statement])})
    order = sorted(
        groups, key=lambda one: (one.startswith("Speaker"), not one.startswith("In the "), one != several)
    )
    made = [(where, sorted(groups[where], key=itemgetter("rank"))) for where in order]
    silent = [label for actor, label in actors.items() if actor not in set(statements["actor"])]
    classes = sorted(set(markers["marker_class"]))
    return str(render("statements.html.j2", groups=made, classes=classes, silent=silent))


def _badges(stances, targets):
    """What is said of a statement's stances: dict of its id and a list of (stance, target's label).

    Where the segments of a statement differ, those that take a side count; for and against is mixed.
    """
    taken: dict[tuple, set] = {}
    for row in () if stances is None else stances.itertuples(index=False):
        if row.stance != "not expressed":
            taken.setdefault((row.statement, row.target), set()).add(row.stance)
    found: dict[str, list] = {}
    for (statement, target), every in taken.items():
        sides = every - {"neutral"} or every
        stance = next(iter(sides)) if len(sides) == 1 else "mixed"
        found.setdefault(statement, []).append((stance, targets.get(target, target)))
    return found


def _first_mentions(statements, versions, forms):
    """dict: the id of each source, and how the story first names it in more than a short word: as written, as read."""
    written = statements[statements["source"].fillna("").str.len().gt(_PRONOUN)].drop_duplicates("source_id")
    return {
        row.source_id: (row.source, _source_read(row, forms.get(row.version) or versions[row.version].shown))
        for row in written.itertuples(index=False)
    }


def _source_read(row, letters):
    """The words that name a source, as one reads them."""
    if is_missing(row.source_start):
        return row.source
    return " ".join("".join(letters[int(row.source_start) : int(row.source_end)]).split())


def source_told(row: Any, letters: Sequence[str], names: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Who speaks, in the words of this place as one reads them, and in those of the first mention where they differ."""
    if not isinstance(row.source, str) or not row.source:
        return "", ""
    written, first = names.get(row.source_id, ("", ""))
    is_said = written.lower().removeprefix("the ") in row.source.lower()
    return _source_read(row, letters), "" if is_said else inside(first)


def _once(statements, versions):
    """Each statement once where its versions have the same words, with the ids that it has in each version."""
    seen, rows = {}, []
    for row in statements.itertuples(index=False):
        words = words_compared(versions[row.version].document, read_spans(row.content_spans))
        twins, others = seen.get(row.same_as, (None, None))
        if words == others:
            twins.append(row.statement)
        else:
            twins = [row.statement]
            rows.append((row, twins))
        seen[row.statement] = twins, words
    return rows


def _card(row, twins, markers, versions, url, names, actors, badges, forms):
    version = versions[row.version]
    letters = forms.get(row.version) or version.shown
    layers = [Layer(a, b, "span", "quoted", said="quoted:") for a, b in read_spans(row.quoted_spans)]
    layers += [
        Layer(
            int(m.start), int(m.end), "mark", m.marker_class, title=m.marker_class, said=f"{m.marker_class}:"
        )
        for m in markers[markers["statement"] == row.statement].itertuples(index=False)
    ]
    words = [marked(letters, a, b, layers) for a, b in read_spans(row.content_spans)]
    source, first = source_told(row, letters, names)
    order = list(actors)
    return {
        "ids": [anchor("card", one) for one in twins],
        "name": short_id(row.statement),
        "href": url("statement", row.statement) if url else None,
        "quotation": row.quotation,
        "told": QUOTATION[row.quotation],
        "words": words,
        "source": source or "source not named here",
        "first": first,
        "actor": actors.get(row.actor, ""),
        "cue": row.cue if isinstance(row.cue, str) else "",
        "versions": list(dict.fromkeys(versions[read_id(one)[0]].label for one in twins)),
        "stances": badges.get(row.statement, []),
        "rank": order.index(row.actor) if row.actor in order else len(order),
    }
