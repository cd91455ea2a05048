"""What changed from one version to the next: sentence by sentence, word by word, and in sum."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from copydesk.engine.alignment import Link, align_sentences, heaviest_chain
from copydesk.engine.revisions.differences import Difference, find_differences
from copydesk.engine.text import Document, is_counted, is_word, read
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


def compare_documents(
    before: str | Document, after: str | Document, preset: str = "revision", threshold: float | None = None
) -> Revision:
    """Compare two texts, without pandas: for programs that compare many.

    before, after: str or Document. preset, threshold: as for `align_sentences` (None: the preset's own).
    Returns a `Revision`. Raises InputError for an unknown preset and for a threshold that is no similarity.
    """
    if threshold is not None and not 0 <= threshold <= 1:
        raise InputError(
            f"The threshold is {threshold:g}; give the least similarity of linked sentences, 0 to 1."
        )
    docs = read(before), read(after)
    sides = _sides(docs[0]), _sides(docs[1])
    options = {} if threshold is None else {"threshold": threshold}
    linked = align_sentences(sides[0].norms, sides[1].norms, preset, **options)
    moved = _moved_links(linked, sides)
    groups = _groups(linked)
    fates = bytearray([_CUT]) * len(docs[0].tokens), bytearray([_ADDED]) * len(docs[1].tokens)
    edits = []
    for group in groups:
        edits += _compare_group(*docs, sides, group, fates, moved)
    links = _in_reading_order(_relations(linked, moved, sides), len(sides[0].norms), len(sides[1].norms))
    edits.sort(key=lambda edit: (edit.after_start, edit.after_end, edit.before_start, edit.before_end))
    return Revision(links, edits, groups, *fates)


class _Side(NamedTuple):
    """One version's sentences: their (first, last) tokens, and their normal forms."""

    ranges: list
    norms: list


def _sides(doc):
    return _Side(doc.sentence_ranges, [doc.norms[first:last] for first, last in doc.sentence_ranges])


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


def relate_sentences(
    before: str | Document, after: str | Document, pairs: Iterable[tuple[int, int]]
) -> list[SentenceLink]:
    """What became of each sentence, where somebody else says which answers which (a person, by reading).

    before, after: str or Document. pairs: (index of a sentence of before, index of one of after). Returns
    list[SentenceLink] in reading order, added and deleted sentences among them, without similarities.
    """
    sides = _sides(read(before)), _sides(read(after))
    linked = [Link(*pair, 0.0) for pair in pairs]
    found = _relations(linked, _moved_links(linked, sides), sides)
    rows = [row._replace(similarity=None) for row in found]
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


# --- readings ---------------------------------------------------------------------------------------


def word_fates(revision: Revision, doc: Document, side: int) -> Counter:
    """Counter of `FATES`: what became of the words of one version (side 0 before, 1 after)."""
    fates = (revision.before_fates, revision.after_fates)[side]
    counts = Counter(fate for fate, token in zip(fates, doc.tokens, strict=True) if is_counted(token.norm))
    return Counter({FATES[fate]: count for fate, count in counts.items()})


def written_otherwise(revision: Revision, before: Document, after: Document) -> int:
    """How many kept words and marks have another form in the texts."""
    count = 0
    for one_group, other_group in revision.groups:
        kept = (
            _kept_words(before, revision.before_fates, one_group),
            _kept_words(after, revision.after_fates, other_group),
        )
        for one, other in zip(*kept, strict=False):
            written = before.text[one.start : one.end], after.text[other.start : other.end]
            count += one.norm == other.norm and written[0] != written[1]
    return count


def _kept_words(doc, fates, sentences):
    """The words of the sentences that no edit changed, in order."""
    for index in sentences:
        for place in range(*doc.token_range(*doc.sentences[index])):
            if fates[place] in (_KEPT, _MOVED) and is_word(doc.tokens[place].norm):
                yield doc.tokens[place]


def change_units(revision: Revision, docs: Sequence[Document]) -> Iterator[tuple]:
    """(relation, moved, sentences before, after, spans removed, spans added) of each change, in order."""
    group_of = {(0, i): n for n, group in enumerate(revision.groups) for i in group[0]}
    edits: dict[int, list[Any]] = {}
    for edit in revision.edits:
        if edit.level == "wording" and edit.kind != "move":
            edits.setdefault(group_of[0, edit.before], []).append(edit)
    run: list[SentenceLink] = []
    seen = set()
    for link in [*revision.links, None]:
        if run and not _goes_on(run[-1], link):
            side = 1 if run[0].relation == "added" else 0
            indices = [row.after if side else row.before for row in run]
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
            changed = [
                [tuple(edit[k : k + 2]) for edit in edits[number] if edit[k] < edit[k + 1]] for k in (2, 4)
            ]  # fmt: skip
            yield link.relation, link.moved, *revision.groups[number], *changed


def _goes_on(row: SentenceLink, link: SentenceLink | None) -> bool:
    """Whether an added or a deleted sentence stands directly behind another such in its version."""
    if link is None or link.relation != row.relation:
        return False
    last, place = (row.after, link.after) if row.relation == "added" else (row.before, link.before)
    return last is not None and place == last + 1
