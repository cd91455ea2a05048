"""What changed from one version to the next: sentence by sentence, word by word, and in sum."""

from bisect import bisect_right
from collections import Counter
from functools import cached_property
from html import escape
from itertools import pairwise
from typing import NamedTuple

from copydesk.engine.alignment import Link, align_sentences, heaviest_chain
from copydesk.engine.revisions.changes import describe_changes, only_in
from copydesk.engine.revisions.differences import Difference, find_differences
from copydesk.engine.spans import finding_id
from copydesk.engine.text import is_counted, is_word, read
from copydesk.errors import InputError

RELATIONS = ("identical", "reworded", "split", "merged", "added", "deleted")
KINDS = ("insert", "delete", "replace", "move")
LEVELS = ("wording", "spelling", "typography")
# What becomes of a word; `cut` is said of the earlier version, `added` of the later.
FATES = ("kept", "moved", "respelled", "reworded", "cut", "added")
PARTS = ("lead", "middle", "end")

_KEPT, _MOVED, _RESPELLED, _REWORDED, _CUT, _ADDED = range(6)
_FATE_OF = {"insert": _ADDED, "delete": _CUT, "replace": _REWORDED}


class SentenceLink(NamedTuple):
    """A row of the links: indices of sentences, None where there is none; similarity None likewise."""

    before: int | None
    after: int | None
    relation: str
    moved: bool
    similarity: float | None


class Edit(NamedTuple):
    """A row of the edits: indices of the sentences where it stands, offsets in code points, what it is."""

    before: int
    after: int
    before_start: int
    before_end: int
    after_start: int
    after_end: int
    kind: str
    level: str


class Revision(NamedTuple):
    """What `compare_documents` finds, in plain lists.

    links: list[SentenceLink] in reading order. edits: list[Edit]. groups: the linked sentences, a pair of
    lists of indices each. before_fates, after_fates: for each token of the document an index into `FATES`.
    """

    links: list
    edits: list
    groups: list
    before_fates: bytearray
    after_fates: bytearray


def compare_documents(before, after, preset="revision", threshold=None):
    """Compare two texts, without pandas: for programs that compare many.

    before, after: str or Document. preset, threshold: as for `align_sentences` (None: the preset's own).
    Returns a `Revision`. Raises InputError for an unknown preset and for a threshold that is no similarity.
    """
    if threshold is not None and not 0 <= threshold <= 1:
        raise InputError(
            f"The threshold is {threshold:g}; give the least similarity of linked sentences, 0 to 1."
        )
    before, after = read(before), read(after)
    sides = _sides(before), _sides(after)
    options = {} if threshold is None else {"threshold": threshold}
    linked = align_sentences(sides[0].norms, sides[1].norms, preset, **options)
    moved = _moved_links(linked, sides)
    groups = _groups(linked)
    fates = bytearray([_CUT]) * len(before.tokens), bytearray([_ADDED]) * len(after.tokens)
    edits = []
    for group in groups:
        edits += _compare_group(before, after, sides, group, fates, moved)
    links = _in_reading_order(_relations(linked, moved, sides), len(sides[0].norms), len(sides[1].norms))
    edits.sort(key=lambda edit: (edit.after_start, edit.after_end, edit.before_start, edit.before_end))
    return Revision(links, edits, groups, *fates)


class _Side(NamedTuple):
    """One version's sentences: their (first, last) tokens, and their normal forms."""

    ranges: list
    norms: list


def _sides(doc):
    words = [token.norm for token in doc.tokens]
    ranges = [doc.token_range(*span) for span in doc.sentences]
    return _Side(ranges, [words[first:last] for first, last in ranges])


# --- relations --------------------------------------------------------------------------------------


def _relations(linked, moved, sides):
    """list[SentenceLink]: one for each linked pair.

    A sentence with several partners was split, several with one partner were merged.
    """
    n_before = Counter(link.before for link in linked)
    n_after = Counter(link.after for link in linked)
    rows = []
    for link in linked:
        partners, rivals = n_before[link.before], n_after[link.after]
        if partners > rivals:
            relation = "split"
        elif rivals > partners:
            relation = "merged"
        elif partners == 1 and _are_identical(sides[0].norms[link.before], sides[1].norms[link.after]):
            relation = "identical"
        else:
            relation = "reworded"
        is_moved = (link.before, link.after) in moved
        rows.append(SentenceLink(link.before, link.after, relation, is_moved, link.similarity))
    return rows


def relate_sentences(before, after, pairs):
    """What became of each sentence, where somebody else says which answers which (a person, by reading).

    before, after: str or Document. pairs: (index of a sentence of before, index of one of after). Returns
    list[SentenceLink] in reading order, added and deleted sentences among them, without similarities.
    """
    sides = _sides(read(before)), _sides(read(after))
    linked = [Link(*pair, None) for pair in pairs]
    rows = _relations(linked, _moved_links(linked, sides), sides)
    return _in_reading_order(rows, *(len(side.norms) for side in sides))


def _are_identical(before, after):
    return before == after or (len(before) - len(after) in (-1, 0, 1) and _plain(before) == _plain(after))


def _plain(norms):
    """Normal forms in which it makes no difference whether a stop stands before or behind a closing
    quotation mark, nor whether an abbreviation's stop that ends the sentence is written twice; without what
    cannot be seen (a byte order mark, a zero-width blank)."""
    plain = []
    for norm in norms:
        if not norm.isprintable():
            continue
        if norm == "." and plain and len(plain[-1]) > 1 and plain[-1].endswith(".") and plain[-1] != "...":
            continue
        plain.append(norm)
        place = len(plain) - 1
        while norm in (".", ",") and place > 0 and plain[place - 1] in ('"', "'"):
            plain[place - 1], plain[place] = plain[place], plain[place - 1]
            place -= 1
    return plain


def _moved_links(linked, sides):
    """set of (before, after): the links outside the longest chain of links that run in order."""
    pairs = sorted((link.before, link.after) for link in linked)
    return set(pairs) - heaviest_chain(pairs, sides[0].norms, sides[1].norms)


def _groups(linked):
    """[(indices of before, indices of after)]: the sentences that hang together by links."""
    group_of, groups = {}, []
    for link in linked:
        ends = ("before", link.before), ("after", link.after)
        found = [group_of[end] for end in ends if end in group_of]
        group = found[0] if found else len(groups)
        if not found:
            groups.append(set())
        elif len(set(found)) == 2:
            groups[group] |= groups[found[1]]
            group_of.update((end, group) for end in groups[found[1]])
            groups[found[1]] = set()
        groups[group].update(ends)
        group_of.update((end, group) for end in ends)
    return [
        tuple(sorted(index for side, index in group if side == which) for which in ("before", "after"))
        for group in groups
        if group
    ]


def _in_reading_order(rows, n_before, n_after):
    """The rows in the order of the later version, with those of added and deleted sentences; a deleted
    sentence comes where it stood: behind the last sentence before it that is still there and not moved."""
    by_after, followers = {}, {}
    for row in rows:
        by_after.setdefault(row.after, []).append(row)
        if not row.moved:
            followers[row.before] = max(row.after, followers.get(row.before, -1))
    linked = {row.before for row in rows}
    deleted, anchor = {}, -1
    for index in range(n_before):
        anchor = followers.get(index, anchor)
        if index not in linked:
            deleted.setdefault(anchor, []).append(SentenceLink(index, None, "deleted", False, None))
    ordered = deleted.get(-1, [])
    for index in range(n_after):
        added = [SentenceLink(None, index, "added", False, None)]
        ordered += sorted(by_after.get(index, added), key=lambda row: row.before or 0)
        ordered += deleted.get(index, [])
    return ordered


# --- edits ------------------------------------------------------------------------------------------


def _compare_group(before, after, sides, group, fates, moved):
    """The edits of a group of linked sentences; writes the fates of its words."""
    joined = [_joined(side, indices) for side, indices in zip(sides, group, strict=True)]
    places, norms = zip(*joined, strict=True)
    is_moved = bool(moved) and any((i, j) in moved for i in group[0] for j in group[1])
    for side in (0, 1):
        for index in group[side]:
            first, last = sides[side].ranges[index]
            fates[side][first:last] = bytes([_MOVED if is_moved else _KEPT]) * (last - first)
    edits = []
    for difference in find_differences(*norms):
        for piece in _contiguous(difference, places):
            _mark(piece, norms, places, fates)
            edits.append(_edit(before, after, sides, group, places, piece))
    return edits


def _joined(side, indices):
    """The tokens of some sentences of a version, as one sequence: (their places, their normal forms)."""
    if len(indices) == 1:
        return range(*side.ranges[indices[0]]), side.norms[indices[0]]
    places = [token for index in indices for token in range(*side.ranges[index])]
    return places, [norm for index in indices for norm in side.norms[index]]


def _contiguous(difference, places):
    """The difference, cut where sentences of a group do not stand side by side in their version."""
    gone = _runs(places[0], difference.before_start, difference.before_end)
    come = _runs(places[1], difference.after_start, difference.after_end)
    if len(gone) == 1 and len(come) == 1:
        return [difference]
    pieces = []
    for number in range(max(len(gone), len(come))):
        i, p = gone[number] if number < len(gone) else (difference.before_end,) * 2
        j, q = come[number] if number < len(come) else (difference.after_end,) * 2
        kind = "insert" if i == p else "delete" if j == q else "replace"
        pieces.append(Difference(i, p, j, q, kind, difference.level))
    return pieces


def _runs(places, start, end):
    """[(start, end)]: the stretch, cut where the tokens' places leave a gap."""
    cuts = [k for k in range(start + 1, end) if places[k] != places[k - 1] + 1]
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _mark(difference, norms, places, fates):
    """Write what becomes of the words of an edit. Where only marks differ, its words are kept."""
    if difference.level == "typography":
        return
    if difference.kind == "move":
        fate = _MOVED
    elif difference.level == "spelling":
        fate = _RESPELLED
    else:
        fate = _FATE_OF[difference.kind]
    for k in range(difference.before_start, difference.before_end):
        fates[0][places[0][k]] = fate
    for k in range(difference.after_start, difference.after_end):
        fates[1][places[1][k]] = fate


def _edit(before, after, sides, group, places, difference):
    i, *span = _place(before, sides[0], group[0], places[0], difference.before_start, difference.before_end)
    j, *other = _place(after, sides[1], group[1], places[1], difference.after_start, difference.after_end)
    return Edit(i, j, *span, *other, difference.kind, difference.level)


def _place(doc, side, indices, places, start, end):
    """(sentence, start, end) of a stretch of a group's words; an empty one stands behind the word before
    it, or at the start of the sentence."""
    if start < end:
        first, last = doc.tokens[places[start]], doc.tokens[places[end - 1]]
        return _sentence_of(side, indices, places[start]), first.start, last.end
    if start > 0:
        offset = doc.tokens[places[start - 1]].end
        return _sentence_of(side, indices, places[start - 1]), offset, offset
    offset = doc.tokens[places[0]].start
    return indices[0], offset, offset


def _sentence_of(side, indices, token):
    return next(index for index in indices if side.ranges[index][0] <= token < side.ranges[index][1])


# --- a comparison of two versions -------------------------------------------------------------------


def compare_versions(before, after, preset="revision", threshold=None):
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


def compare_all(story, preset="revision", threshold=None):
    """list[Comparison]: each version of a story with the one before it."""
    versions = list(story.versions.values())
    return [compare_versions(before, after, preset, threshold) for before, after in pairwise(versions)]


class Comparison:
    """Two versions side by side: `before` and `after` (`Version`s), `revision` (plain lists), and tables."""

    def __init__(self, before, after, revision):
        self.before = before
        self.after = after
        self.revision = revision

    def __repr__(self):
        counts = Counter(link.relation for link in self.revision.links)
        found = ", ".join(f"{counts[name]} {name}" for name in RELATIONS if counts[name])
        return f"Comparison({self.before.id!r} → {self.after.id!r}: {found or 'no sentences'})"

    def _repr_html_(self):
        from copydesk.show.marked_text import side_by_side
        from copydesk.show.notebook_style import framed

        return framed(f"<p>{escape(repr(self))}</p>{side_by_side(self, changes_only=True)}")

    @cached_property
    def links(self):
        """DataFrame `story, before, after, relation, moved, similarity, change, holds`: each sentence of both versions.

        In the reading order of the later version; a deleted sentence comes where it stood. `before` or
        `after` is missing where a sentence was added or deleted, and so is `similarity` (0 to 1). `change` and
        `holds` (joined by ";") are as `changes.describe_changes` has them.
        """
        changes = describe_changes(self.revision, self.before.document, self.after.document)
        rows = [
            (
                self.after.story,
                self._id(0, link.before),
                self._id(1, link.after),
                *link[2:],
                change,
                ";".join(holds),
            )
            for link, (change, holds) in zip(self.revision.links, changes, strict=True)
        ]
        frame = _frame(rows, ["story", *SentenceLink._fields, "change", "holds"])
        return frame.astype({"moved": bool, "similarity": float})

    @cached_property
    def edits(self):
        """DataFrame of what changed inside linked sentences: the design's columns, then `before_text` and
        `after_text`, the words as the versions have them."""
        texts = self.before.text, self.after.text
        rows = [
            (
                self.after.story,
                self._id(0, edit.before),
                self._id(1, edit.after),
                *edit[2:],
                texts[0][edit.before_start : edit.before_end],
                texts[1][edit.after_start : edit.after_end],
            )
            for edit in self.revision.edits
        ]
        return _frame(rows, ["story", *Edit._fields, "before_text", "after_text"])

    @cached_property
    def summary(self):
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
        rows.append((story, "typography", "words written otherwise", None, self._written_otherwise(), None))
        frame = _frame(rows, ["story", "unit", "measure", "version", "count", "share"])
        return frame.astype({"count": int, "share": float})

    def _id(self, side, index):
        return (
            None if index is None else finding_id("sentence", (self.before, self.after)[side].id, index + 1)
        )

    def _written_otherwise(self):
        """How many kept words and marks have another form in the files."""
        docs = self.before.document, self.after.document
        fates = self.revision.before_fates, self.revision.after_fates
        count = 0
        for group in self.revision.groups:
            kept = [_kept_words(*side) for side in zip(docs, fates, group, strict=True)]
            for one, other in zip(*kept, strict=False):
                written = docs[0].text[one.start : one.end], docs[1].text[other.start : other.end]
                count += one.norm == other.norm and written[0] != written[1]
        return count


def _kept_words(doc, fates, sentences):
    """The words of the sentences that no edit changed, in order."""
    for index in sentences:
        for place in range(*doc.token_range(*doc.sentences[index])):
            if fates[place] in (_KEPT, _MOVED) and is_word(doc.tokens[place].norm):
                yield doc.tokens[place]


def word_fates(revision, doc, side):
    """Counter of `FATES`: what became of the words of one version (side 0 before, 1 after)."""
    fates = (revision.before_fates, revision.after_fates)[side]
    counts = Counter(fate for fate, token in zip(fates, doc.tokens, strict=True) if is_counted(token.norm))
    return Counter({FATES[fate]: count for fate, count in counts.items()})


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


def rebuild(comparison):
    """list[str]: the later version's normal form, made from the earlier one's words, the links and the edits.

    Of the later version only the words of added sentences and of edits are read: that this gives its normal
    form shows that the tables lose nothing.
    """
    docs = comparison.before.document, comparison.after.document
    revision = comparison.revision
    put = {}
    for edit in revision.edits:
        for place in range(*docs[1].token_range(edit.after_start, edit.after_end)):
            put[place] = docs[1].tokens[place].norm
    taken = {
        place
        for edit in revision.edits
        for place in range(*docs[0].token_range(edit.before_start, edit.before_end))
    }
    sources = {}
    for before, after in revision.groups:
        kept = [
            docs[0].tokens[place].norm
            for index in before
            for place in range(*docs[0].token_range(*docs[0].sentences[index]))
            if place not in taken
        ]
        words = iter(kept)
        sources.update(dict.fromkeys(after, words))
    rebuilt = []
    for index, span in enumerate(docs[1].sentences):
        for place in range(*docs[1].token_range(*span)):
            if place in put or index not in sources:
                rebuilt.append(put.get(place, docs[1].tokens[place].norm))
            else:
                rebuilt.append(next(sources[index]))
    return rebuilt


# --- readings of a comparison -----------------------------------------------------------------------


def position_of_change(comparison):
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
            changed = counts[_REWORDED] + counts[_CUT] + counts[_ADDED]
            met = [counts[fate] for fate in range(len(FATES))]
            size = end - start
            rows.append((version.story, version.id, part, size, *met, changed, _share(changed, size)))
    columns = ["story", "version", "part", "words", *FATES, "changed", "share"]
    return _frame(rows, columns).astype({"share": float})


def names_and_numbers(comparison, extra=()):
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
                 finding_id("sentence", version.id, number), start, end, 1 + len(others))
            )  # fmt: skip
    return _frame(rows, ["story", "change", "kind", "item", "version", "sentence", "start", "end", "times"])


def _span(doc, item):
    return doc.tokens[item.first].start, doc.tokens[item.last - 1].end


# A name or number that the story gains or loses counts as much as so many words.
_WORDS_A_NAME = 5


def most_important_changes(comparison, n=10, extra=()):
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
    for relation, moved, before, after, gone, come in _change_units(comparison.revision, docs):
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
                " ".join(comparison._id(side, index) for index in part) or None
                for side, part in enumerate((before, after))
            ]
            lists = ["; ".join(named[k]) for k in (2, 0, 3, 1)]
            rows.append((relation, moved, *ids, counts[1], counts[0], *lists, weight, *texts))
    rows.sort(key=lambda row: -row[10])
    rows = [(comparison.after.story, rank, *row) for rank, row in enumerate(rows[:n], 1)]
    columns = """story rank relation moved before after words_added words_removed names_added names_removed
        numbers_added numbers_removed weight before_text after_text""".split()
    return _frame(rows, columns).astype({"moved": bool})


def _change_units(revision, docs):
    """(relation, moved, sentences before, after, spans removed, spans added) of each change, in order."""
    group_of = {(0, i): n for n, group in enumerate(revision.groups) for i in group[0]}
    edits = {}
    for edit in revision.edits:
        if edit.level == "wording" and edit.kind != "move":
            edits.setdefault(group_of[0, edit.before], []).append(edit)
    run, seen = [], set()
    for link in [*revision.links, None]:
        if run and (link is None or link.relation != run[-1].relation):
            side = 1 if run[0].relation == "added" else 0
            indices = [row[side] for row in run]
            spans = [docs[side].sentences[index] for index in indices]
            both = ([], indices) if side else (indices, [])
            yield run[0].relation, False, *both, *(([], spans) if side else (spans, []))
            run = []
        if link is None:
            return
        if link.relation in ("added", "deleted"):
            run.append(link)
        elif (number := group_of[0, link.before]) in edits and number not in seen:
            seen.add(number)
            spans = [
                [tuple(edit[k : k + 2]) for edit in edits[number] if edit[k] < edit[k + 1]] for k in (2, 4)
            ]  # fmt: skip
            yield link.relation, link.moved, *revision.groups[number], *spans


def sentence_lives(story, preset="revision", threshold=None):
    """Each sentence's life through the versions of a story: DataFrame, a row for each version it stands in.

    Columns `story, life` (a number, in the order of first appearance), `version, sentence, number` (its place
    in the version, from 1), `words`, `relation` and `moved` (to the version before; "first" in the first
    version), `previous` (the sentence it continues, missing where it is new). A sentence that was merged
    goes on in the life of the part that is most like it; where a sentence was split, the part most like it
    carries its life on and the others begin lives of their own, with `previous` to tell whence.
    """
    versions = list(story.versions.values())
    rows, lives, n_lives = [], {}, 0
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
                (story.name, life, version.id, finding_id("sentence", version.id, index + 1), index + 1, words, relation,
                 bool(link and link.moved),
                 None if previous is None else finding_id("sentence", versions[number - 1].id, previous + 1))
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
