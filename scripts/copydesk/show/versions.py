"""Two versions beside each other, sentence by sentence: unchanged runs folded, findings as layers over the words."""

import re
from collections.abc import Callable
from itertools import groupby, islice
from types import SimpleNamespace

from markupsafe import Markup

from copydesk.engine.spans import read_id
from copydesk.show.counts_and_lists import listing
from copydesk.show.marked_text import (
    ALONE,
    Insert,
    Layer,
    anchor,
    change_anchor,
    edit_layer,
    group_ids,
    grouped,
    marked,
    parts,
    relation,
    sentence_places,
    short_id,
)
from copydesk.show.markup import render
from copydesk.show.reading_form import reading_form
from copydesk.show.tables import is_missing

_SHORTEST_RUN = 2  # unchanged sentences that are folded
_MOST_WORDS = 60  # of a change on its card


def forms_of(comparison) -> dict[str, list[str]]:
    """What stands for each character of a lower-case version (`reading_form`), by the version's id."""
    linked = comparison.links.dropna(subset=["before", "after"])
    pairs = [
        (read_id(a)[2] - 1, read_id(b)[2] - 1) for a, b in zip(linked["before"], linked["after"], strict=True)
    ]
    before, after = comparison.before, comparison.after
    made = {
        before.id: reading_form(before, after, pairs),
        after.id: reading_form(after, before, [(b, a) for a, b in pairs]),
    }
    return {version: form for version, form in made.items() if form and before is not after}


def versions_view(
    comparison, *, statements=None, measures=None, markers=None, others=(), url: Callable | None = None,
    back: Callable | None = None, printed: bool = False,
) -> str:  # fmt: skip
    """The two versions of a comparison beside each other, and whole the `others` (Versions). Returns HTML.

    statements, measures, markers: tables, for the layers. url, back: functions from a kind and an id to where its
    words stand and to where it is told of. printed: whether folded runs are left out, since paper does not unfold.
    """
    sides = list(dict.fromkeys((comparison.before, comparison.after)))
    forms = forms_of(comparison)
    found = {"statement": statements, "measure": measures, "marker": markers}
    texts = {
        version.id: _Text(version, forms.get(version.id), found, comparison, side, url, back)
        for version, side in zip(sides, ("before", "after") if len(sides) > 1 else ("after",), strict=True)
    }
    rows = [_pair(group, texts) for group in grouped(comparison.links)]
    runs = []
    for is_same, pairs in groupby(rows, key=lambda row: row["unchanged"]):
        run = list(pairs)
        is_folded = is_same and len(run) >= _SHORTEST_RUN
        runs.append({"folded": is_folded, "rows": run, "name": _run_name(run, sides) if is_folded else ""})
    whole = [
        {"version": version, "rows": _whole(_Text(version, None, found, None, "", url, back))}
        for version in others
    ]
    given = {"versions": sides, "runs": runs, "whole": whole, "forms": forms, "printed": printed}
    return str(render("versions.html.j2", has_layers=_has(found), **given))


def _has(found):
    """The layers that have anything to mark: pairs of a class and a name."""
    names = {"statement": "speakers", "measure": "sanctions", "marker": "stance"}
    return [(kind, name) for kind, name in names.items() if found[kind] is not None and len(found[kind])]


def _pair(group, texts):
    first = group[0]
    ids = group_ids(group) if len(texts) > 1 else [group_ids(group)[1]]
    unchanged = first.relation == "identical" and not first.moved
    alone = not all(ids)
    sides = [
        {"version": text.version, "side": text.side, "sentences": [text.sentence(one, alone) for one in mine]}
        for text, mine in zip(texts.values(), ids, strict=True)
    ]
    return {"unchanged": unchanged, "relation": relation(first), "css": first.relation, "sides": sides}


def _run_name(run, versions):
    """`S2 to S8`, or where the versions' numbers differ, those of each: `S2 to S8 of the one, S3 to S9 of the other`."""
    names = []
    for side in range(len(versions)):
        numbers = [int(one["name"][1:]) for row in run for one in row["sides"][side]["sentences"]]
        stretches = [
            [number for _, number in part] for _, part in groupby(enumerate(numbers), lambda p: p[1] - p[0])
        ]
        names.append(listing(f"S{one[0]}" + f" to S{one[-1]}" * (len(one) > 1) for one in stretches))
    if len(set(names)) == 1:
        return names[0]
    return "; ".join(f"{name} of the {version.label}" for name, version in zip(names, versions, strict=True))


def _whole(text):
    return [text.sentence(one, alone=False) for one in text.places]


class _Text:
    """A version whose sentences are marked: its changes, statements, measures and markers of stance."""

    def __init__(self, version, form, found, comparison, side, url, back):
        self.version, self.side, self.url, self.back = version, side, url, back
        self.letters = form or version.shown
        self.places = sentence_places(version)
        self.notes: dict[str, list] = {}
        self.inserts: dict[int, list[Insert]] = {}
        self.layers = [*self._findings(found), *self._markers(found["marker"])]
        if comparison is not None:
            self.layers += self._changes(comparison)

    def sentence(self, sentence, alone):
        start, end = self.places[sentence]
        layers = self.layers
        if alone:
            tag, said = ALONE[self.side]
            layers = [Layer(start, end, tag, "change", said=said), *layers]
        return {
            "id": anchor("sentence", sentence),
            "name": short_id(sentence),
            "words": marked(self.letters, start, end, layers, self.inserts),
            "notes": self.notes.get(sentence, []),
        }

    def _findings(self, found):
        for kind, column in (("statement", "content_spans"), ("measure", "spans")):
            table = found[kind]
            if table is None:
                continue
            for row in table[table["version"] == self.version.id].to_dict("records"):
                yield from parts(kind, row[kind], row[column])
                href = self.back(kind, row[kind]) if self.back else None
                self.notes.setdefault(row["sentence"], []).append(
                    {"kind": kind, "name": short_id(row[kind]), "href": href, "of": anchor(kind, row[kind])}
                )

    def _markers(self, table):
        seen = set()
        rows = [] if table is None else table[table["version"] == self.version.id].to_dict("records")
        for row in rows:
            place = f"marker-{self.version.id}-{row['start']}"
            if place not in seen:
                seen.add(place)
                css = f"marker {row['marker_class']}"
                yield Layer(int(row["start"]), int(row["end"]), "span", css, place, row["marker_class"])

    def _changes(self, comparison):
        for row in comparison.edits.to_dict("records"):
            place = change_anchor(row, self.side)
            if row["level"] == "typography":
                if place:
                    yield Layer(
                        int(row[f"{self.side}_start"]), int(row[f"{self.side}_end"]), "span", "same", place
                    )
                continue
            if place and (layer := edit_layer(row, self.side, "change", place)):
                yield layer
            if (
                self.side == "after"
                and row["kind"] in ("delete", "replace")
                and not is_missing(row["after_start"])
            ):
                # What was cut stands in the later version too where the two are read as one.
                at = int(row["after_start"])
                blank = " " if at and not self.version.shown[at - 1].isspace() else ""
                cut = Insert(blank, row["before_text"], "" if blank else " ")
                self.inserts.setdefault(at, []).append(cut)


# --- the weightiest changes --------------------------------------------------------------------------


def change_cards(comparison, changes, *, url: Callable | None = None) -> str:
    """The weightiest changes, a card each. changes: of `most_important_changes`. Returns HTML."""
    forms = forms_of(comparison)
    edits = comparison.edits[comparison.edits["level"] != "typography"]
    kinds = (
        comparison.links.dropna(subset=["before", "after"]).set_index(["before", "after"])["change"].to_dict()
    )
    cards = []
    for row in changes.to_dict("records"):
        row["change"] = kinds.get((row["before"], row["after"]), "")
        sides = []
        for side, version in (("before", comparison.before), ("after", comparison.after)):
            ids = row[side].split() if isinstance(row[side], str) else []
            if ids:
                sides.append(_quoted(version, ids, forms.get(version.id), edits, side, url))
        names = [name for column in ("names_added", "numbers_added") for name in _listed(row[column])]
        cards.append(
            {"relation": relation(SimpleNamespace(**row)), "row": row, "sides": sides, "names": names}
        )
    labels = {"before": comparison.before.label, "after": comparison.after.label}
    return str(render("changes.html.j2", cards=cards, labels=labels))


def _listed(cell):
    return [] if is_missing(cell) or not cell else str(cell).split("; ")


def _quoted(version, ids, form, edits, side, url):
    """The first words of a change's sentences on one side, with what changed in them marked."""
    places, letters = sentence_places(version), form or version.shown
    pieces, left = [], _MOST_WORDS
    for sentence in ids:
        start, end = places[sentence]
        words = version.shown[start:end].split()
        if left <= 0:
            break
        if len(words) > left:
            end = start + _length_of(version.shown[start:end], left)
        left -= len(words)
        mine = edits[edits[side] == sentence].to_dict("records")
        layers = [layer for row in mine if (layer := edit_layer(row, side))]
        pieces.append(marked(letters, start, end, layers))
    more = " …" if left < 0 or len(pieces) < len(ids) else ""
    return {
        "side": side,
        "label": version.label,
        "words": Markup(" ").join(pieces) + more,
        "links": [{"name": short_id(one), "href": url("sentence", one) if url else None} for one in ids],
    }


def _length_of(text, words):
    """How many characters the first words of a text take."""
    *_, last = islice(re.finditer(r"\S+", text), words)
    return last.end()
