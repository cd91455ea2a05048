"""Two versions of a story compared: the tables of links and edits, the summary, and readings of them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from copydesk.engine.revisions import (
    FATES,
    KINDS,
    LEVELS,
    PARTS,
    RELATIONS,
    Edit,
    Revision,
    SentenceLink,
    change_units,
    compare_documents,
    word_fates,
    written_otherwise,
)
from copydesk.engine.revisions.changes import describe_changes, only_in
from copydesk.engine.spans import row_id
from copydesk.engine.text import is_counted
from copydesk.errors import InputError
from copydesk.stories.story import Story, Version

if TYPE_CHECKING:
    import pandas as pd


def compare_versions(
    before: Version, after: Version, preset: str = "revision", threshold: float | None = None
) -> "Comparison":
    """Compare two versions of a story.

    before, after: `Version`s, the earlier first. preset: "revision" (one text, edited) or "rewrite" (told
    anew). threshold: the least similarity at which sentences can be linked, 0 to 1; None for the preset's.
    Returns a `Comparison`. Raises InputError for an unknown preset, and for a version beside itself.
    """
    if before is after:
        raise InputError(
            f"There is nothing to compare: the version {before.id!r} is both the earlier and the later one; name "
            "two with `before` and `after`, or leave this notebook out (--only 2 --only 3)."
        )
    revision = compare_documents(before.document, after.document, preset, threshold)
    return Comparison(before, after, revision)


def compare_all(story: Story, preset: str = "revision", threshold: float | None = None) -> list["Comparison"]:
    """list[Comparison]: each version of a story with the one before it."""
    versions = list(story.versions.values())
    return [compare_versions(before, after, preset, threshold) for before, after in pairwise(versions)]


class Comparison:
    """Two versions side by side: `before` and `after` (`Version`s), `revision` (plain lists), and tables."""

    def __init__(self, before: Version, after: Version, revision: Revision) -> None:
        self.before = before
        self.after = after
        self.revision = revision

    def __repr__(self) -> str:
        counts = Counter(link.relation for link in self.revision.links)
        found = ", ".join(f"{counts[name]} {name}" for name in RELATIONS if counts[name])
        return f"Comparison({self.before.id!r} → {self.after.id!r}: {found or 'no sentences'})"

    @cached_property
    def links(self) -> "pd.DataFrame":
        """DataFrame `story, before, after, relation, moved, similarity, change, holds`: each sentence of both versions.

        In the reading order of the later version; a deleted sentence comes where it stood. `before` or
        `after` is missing where a sentence was added or deleted, and so is `similarity` (0 to 1). `change` and
        `holds` (joined by ";") are as `changes.describe_changes` has them.
        """
        changes = describe_changes(self.revision, self.before.document, self.after.document)
        rows = [
            (*self._sides(link), *link[2:], change, ";".join(holds))
            for link, (change, holds) in zip(self.revision.links, changes, strict=True)
        ]
        frame = _frame(rows, ["story", *SentenceLink._fields, "change", "holds"])
        return frame.astype({"moved": bool, "similarity": float})

    @cached_property
    def edits(self) -> "pd.DataFrame":
        """DataFrame of what changed inside linked sentences: the design's columns, then `before_text` and
        `after_text`, the words as the versions have them."""
        rows = []
        for edit in self.revision.edits:
            before = self.before.text[edit.before_start : edit.before_end]
            after = self.after.text[edit.after_start : edit.after_end]
            rows.append((*self._sides(edit), *edit[2:], before, after))
        return _frame(rows, ["story", *Edit._fields, "before_text", "after_text"])

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """DataFrame `story, unit, measure, version, count, share`: the revision in numbers.

        unit "words": what became of the words of each version (`FATES`), and their `total`; numbers count as
        words, marks and clitics ('s, n't) do not. "sentences": how many stand in which relation, and how
        many `moved` (these are counted in their relation too). `share` is of the version's total. "edits":
        how many of which kind and level. "typography": the words kept that are written otherwise (capitals,
        quotation marks, spacing). The last two units belong to no version and have no share.
        """
        story, rows = self.after.story, []
        for side, version in enumerate((self.before, self.after)):
            rows += [(story, *row) for row in _word_counts(self.revision, version, side)]
        for side, version in enumerate((self.before, self.after)):
            rows += [(story, *row) for row in _sentence_counts(self.revision, version, side)]
        edits = Counter((edit.kind, edit.level) for edit in self.revision.edits)
        for kind in KINDS:
            for level in LEVELS:
                if kind != "move" or level == "wording":
                    rows.append((story, "edits", f"{kind}, {level}", None, edits[kind, level], None))
        otherwise = written_otherwise(self.revision, self.before.document, self.after.document)
        rows.append((story, "typography", "words written otherwise", None, otherwise, None))
        frame = _frame(rows, ["story", "unit", "measure", "version", "count", "share"])
        return frame.astype({"count": int, "share": float})

    def _sides(self, one):
        return self.after.story, self.sentence_id(0, one.before), self.sentence_id(1, one.after)

    def sentence_id(self, side: int, index: int | None) -> str | None:
        """The id of a sentence of one version (side 0 before, 1 after) by its number from 0; None for None."""
        version = (self.before, self.after)[side]
        return None if index is None else row_id("sentence", version.id, index + 1)


def _word_counts(revision, version, side):
    counts = word_fates(revision, version.document, side)
    total = sum(counts.values())
    yield "words", "total", version.id, total, _share(total, total)
    for fate in FATES:
        if fate != ("added", "cut")[side]:
            yield "words", fate, version.id, counts[fate], _share(counts[fate], total)


def _sentence_counts(revision, version, side):
    relations, moved = {}, set()
    for link in revision.links:
        if link[side] is not None:
            relations.setdefault(link.relation, set()).add(link[side])
            if link.moved:
                moved.add(link[side])
    total = len(version.document.sentences)
    yield "sentences", "total", version.id, total, _share(total, total)
    for relation in RELATIONS:
        if relation != ("added", "deleted")[side]:
            count = len(relations.get(relation, ()))
            yield "sentences", relation, version.id, count, _share(count, total)
    yield "sentences", "moved", version.id, len(moved), _share(len(moved), total)


def _share(count, total):
    return count / total if total else None


# --- readings of a comparison -----------------------------------------------------------------------


def position_of_change(comparison: Comparison) -> "pd.DataFrame":
    """Where in each version the change falls: DataFrame, a row for each third of each version.

    Columns `story, version, part` ("lead", "middle", "end": thirds of its words), `words`, then how many of
    them met which fate (`kept` … `added`), `changed` (reworded, cut or added) and its `share`.
    """
    rows = []
    for side, version in enumerate((comparison.before, comparison.after)):
        tokens = version.document.tokens
        fates = (comparison.revision.before_fates, comparison.revision.after_fates)[side]
        words = [fate for fate, token in zip(fates, tokens, strict=True) if is_counted(token.norm)]
        for number, part in enumerate(PARTS):
            start, end = (len(words) * number // 3, len(words) * (number + 1) // 3)
            counts = Counter(words[start:end])
            changed = sum(counts[FATES.index(fate)] for fate in ("reworded", "cut", "added"))
            met = [counts[fate] for fate in range(len(FATES))]
            size = end - start
            rows.append((version.story, version.id, part, size, *met, changed, _share(changed, size)))
    columns = ["story", "version", "part", "words", *FATES, "changed", "share"]
    return _frame(rows, columns).astype({"share": float})


def places_of_words(comparison: Comparison) -> "pd.DataFrame":
    """The sentences in which the words stand that `position_of_change` and `summary` count: DataFrame, a row for each.

    Columns `version, part, measure` (a fate: `kept` … `added`) and `sentence`.
    """
    rows = {}
    for side, version in enumerate((comparison.before, comparison.after)):
        doc, fates = (
            version.document,
            (comparison.revision.before_fates, comparison.revision.after_fates)[side],
        )
        words = [one for one in zip(doc.tokens, fates, strict=True) if is_counted(one[0].norm)]
        for number, part in enumerate(PARTS):
            for token, fate in words[len(words) * number // 3 : len(words) * (number + 1) // 3]:
                sentence = comparison.sentence_id(side, bisect_right(doc.sentence_starts, token.start) - 1)
                rows[version.id, part, FATES[fate], sentence] = None
    return _frame(list(rows), ["version", "part", "measure", "sentence"])


def names_and_numbers(comparison: Comparison, extra: Iterable[Any] = ()) -> "pd.DataFrame":
    """The names and numbers that one version has and the other has nowhere: DataFrame, a row for each.

    Columns `story, change` ("new", "vanished"), `kind` ("name", "number"), `item` (as first written),
    `version`, `sentence`, `start, end` (where it stands first), `times` (how often). extra: the story's
    `extra_actors`. How names are found, and which are missed: see `copydesk.engine.language.names.find_items`.
    """
    rows = []
    found = only_in(comparison.before.document, comparison.after.document, extra)
    for side, change in ((1, "new"), (0, "vanished")):
        version = (comparison.before, comparison.after)[side]
        for item, *others in found[side]:
            start, end = _span(version.document, item)
            number = bisect_right(version.document.sentences, (start, len(version.text) + 1))
            rows.append(
                (version.story, change, item.kind, version.text[start:end], version.id,
                 row_id("sentence", version.id, number), start, end, 1 + len(others))
            )  # fmt: skip
    return _frame(rows, ["story", "change", "kind", "item", "version", "sentence", "start", "end", "times"])


def _span(doc, item):
    return doc.tokens[item.first].start, doc.tokens[item.last - 1].end


# A name or number that the story gains or loses counts as much as so many words: a new name of two words outweighs
# a reworded clause, and not a new paragraph.
_WORDS_A_NAME = 5


def most_important_changes(comparison: Comparison, n: int = 10, extra: Iterable[Any] = ()) -> "pd.DataFrame":
    """The changes that matter most: DataFrame of at most n rows, the weightiest first.

    A change is a run of added sentences, a run of deleted ones, or a group of linked sentences whose wording
    differs. Its weight is the number of words added and removed, and five more for each name and number
    that the other version has nowhere. Columns `story, rank, relation, moved, before, after` (sentence ids,
    parted by blanks, missing where there are none), `words_added, words_removed, names_added, names_removed,
    numbers_added, numbers_removed` (parted by "; "), `weight, before_text, after_text` (the edits' words).
    """
    docs = comparison.before.document, comparison.after.document
    items = [
        [(places[0].kind, *_span(doc, places[0])) for places in found]
        for doc, found in zip(docs, only_in(*docs, extra), strict=True)
    ]
    rows = []
    for relation, moved, before, after, gone, come in change_units(comparison.revision, docs):
        counts, named, texts = [], [], []
        for doc, spans, side_items in zip(docs, (gone, come), items, strict=True):
            counts.append(sum(is_counted(word) for span in spans for word in doc.words(span)))
            within = [item for item in side_items if any(start <= item[1] < end for start, end in spans)]
            for wanted in ("name", "number"):
                named.append([doc.text[start:end] for kind, start, end in within if kind == wanted])
            texts.append(" … ".join(doc.text[start:end] for start, end in spans))
        weight = sum(counts) + _WORDS_A_NAME * sum(map(len, named))
        if weight:
            ids = [
                " ".join(row_id("sentence", version.id, index + 1) for index in part) or None
                for version, part in zip((comparison.before, comparison.after), (before, after), strict=True)
            ]
            lists = ["; ".join(named[k]) for k in (2, 0, 3, 1)]
            rows.append((relation, moved, *ids, counts[1], counts[0], *lists, weight, *texts))
    rows.sort(key=lambda row: -row[10])
    rows = [(comparison.after.story, rank, *row) for rank, row in enumerate(rows[:n], 1)]
    columns = """story rank relation moved before after words_added words_removed names_added names_removed
        numbers_added numbers_removed weight before_text after_text""".split()
    return _frame(rows, columns).astype({"moved": bool})


def sentence_lives(story: Story, preset: str = "revision", threshold: float | None = None) -> "pd.DataFrame":
    """Each sentence's life through the versions of a story: DataFrame, a row for each version it stands in.

    Columns `story, life` (a number, in the order of first appearance), `version, sentence, number` (its place
    in the version, from 1), `words`, `relation` and `moved` (to the version before; "first" in the first
    version), `previous` (the sentence it continues, missing where it is new). A sentence that was merged
    goes on in the life of the part that is most like it; where a sentence was split, the part most like it
    carries its life on and the others begin lives of their own, with `previous` to tell whence.
    """
    versions = list(story.versions.values())
    lives: dict[int, int] = {}
    rows, n_lives = [], 0
    for number, version in enumerate(versions):
        incoming = {}
        if number:
            revision = compare_documents(versions[number - 1].document, version.document, preset, threshold)
            incoming = _continuations(revision.links)
        current, carried = {}, set()
        for index, span in enumerate(version.document.sentences):
            link = incoming.get(index)
            previous = None if link is None else link.before
            if previous is not None and _carries(incoming, link) and lives[previous] not in carried:
                life = lives[previous]
            else:
                n_lives += 1
                life = n_lives
            carried.add(life)
            current[index] = life
            words = sum(map(is_counted, version.document.words(span)))
            relation = link.relation if link else ("added" if number else "first")
            rows.append(
                (story.name, life, version.id, row_id("sentence", version.id, index + 1), index + 1, words, relation,
                 bool(link and link.moved),
                 None if previous is None else row_id("sentence", versions[number - 1].id, previous + 1))
            )  # fmt: skip
        lives = current
    columns = ["story", "life", "version", "sentence", "number", "words", "relation", "moved", "previous"]
    return _frame(rows, columns)


def _continuations(links):
    """dict from a later sentence to the link with the earlier one that is most like it."""
    best = {}
    for link in links:
        if link.before is not None and link.after is not None:
            known = best.get(link.after)
            if known is None or link.similarity > known.similarity:
                best[link.after] = link
    return best


def _carries(incoming, link):
    """Whether the link is the best of those that continue its earlier sentence."""
    rivals = [other for other in incoming.values() if other.before == link.before]
    return link is max(rivals, key=lambda other: (other.similarity, -other.after))


def _frame(rows, columns):
    import pandas as pd

    return pd.DataFrame(rows, columns=columns)
