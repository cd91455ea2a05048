"""The statements of a version as rows: who says what, by rules, and which statement of another version it is."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count, product
from math import ceil
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from copydesk.engine.spans import Span, overlaps, row_id, write_spans
from copydesk.engine.speakers import NOBODY, UNRESOLVED, resolve
from copydesk.engine.statements import find_statements
from copydesk.engine.text import Document, count_words, is_word
from copydesk.stories.unify_identical import WHO

if TYPE_CHECKING:
    from copydesk.stories.story import Version

COLUMNS = [
    *("story", "version", "statement", "same_as", "sentence"),
    *("source", "source_start", "source_end", "source_id", "source_type"),
    *("affiliation", "actor", "resolved_by"),
    *("cue", "cue_start", "cue_end", "content", "content_spans", "quoted_spans", "words", "quoted_words"),
    *("quotation", "kind", "cue_class", "cue_lemma"),
]
# How much of their words two statements of two versions must share to be one (Dice, 0 to 1): more than
# half, so that no statement can be the counterpart of two.
_SAME = 0.6
_LEAST_IDENTICAL = 6  # words that two persons seldom say alike
# With how many statements that share a word one is compared at most, those nearest to its place. Stories of fewer
# statements are compared whole.
_NEAREST = 80
_MONTH = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])\b")
_found: WeakKeyDictionary = WeakKeyDictionary()  # Version -> its rows, so that they are found once a run


def statement_rows(version: "Version", extra: Sequence = ()) -> list[dict]:
    """The statements of one `Version` as list[dict], without pandas: `COLUMNS`, and by which `match_versions` compares
    `_norms` and `_quoted`, the words of the content and those of them that are quoted.

    extra: the story's `extra_actors`. Each call gives rows of its own.
    """
    known = _found.setdefault(version, {})
    key = tuple(one.model_dump_json() for one in extra)
    if key not in known:
        known[key] = _find_rows(version, extra)
    return [dict(row) for row in known[key]]


def _find_rows(version, extra):
    doc = version.document
    statements = find_statements(doc)
    month = _MONTH.search(version.entry.date)
    voices = resolve(statements, doc, extra, month[0] if month else None)
    found = zip(statements, voices, strict=True)
    return [_row(version, doc, number, one, voice) for number, (one, voice) in enumerate(found, 1)]


def _row(version, doc, number, one, voice):
    sentence = bisect_right(doc.sentence_starts, one.content[0].start)
    row = {
        "story": version.story,
        "version": version.id,
        "statement": row_id("statement", version.id, number),
        "same_as": "",
        "sentence": row_id("sentence", version.id, sentence),
        **voice._asdict(),
        "content": " ".join(_words_of(version.text, span) for span in one.content),
        "content_spans": write_spans(one.content),
        "quoted_spans": write_spans(one.quoted),
        "words": count_words(doc, one.content),
        "quoted_words": count_words(doc, one.quoted),
        "quotation": one.quotation,
        "kind": _kind(doc, one, voice),
        "cue_class": one.cue_class or "",
        "cue_lemma": one.lemma or "",
        "_norms": words_compared(doc, one.content),
        "_quoted": words_compared(doc, one.quoted),
    }
    for name, span in (("source", one.source), ("cue", one.cue)):
        row[name] = _words_of(version.text, span) if span else ""
        row[f"{name}_start"], row[f"{name}_end"] = span or (None, None)
    return row


def words_compared(doc: Document, spans: Iterable[Span]) -> list[str]:
    """The normalised words of spans, by which two statements are compared."""
    return [norm for span in spans for norm in doc.words(span) if is_word(norm)]


def _kind(doc, statement, voice):
    """The statement's kind, where its source or its build decides; else that of the reporting word."""
    if voice.source_type == "document":
        return "document"
    if statement.source and statement.cue:
        source, cue = doc.token_range(*statement.source)[0], doc.words(statement.cue)
        # "with Oslo favouring talks and Lima pressing for a date": no occasion on which anything was said.
        absolute = (
            source and doc.tokens[source - 1].norm in ("with", "and") and cue[:1] and cue[0].endswith("ing")
        )
        if absolute and statement.quotation == "indirect":
            return "position"
    return statement.kind


def _words_of(text, span):
    """The words of a span on one line: a line break in the file is no break in what was said."""
    return " ".join(text[span.start : span.end].split())


# --- one statement in two versions ------------------------------------------------------------------


def match_all(versions: Sequence[list[dict]]) -> None:
    """Fill in `same_as`, and give one source one id in all versions. versions: their lists of rows, in order."""
    for later in range(1, len(versions)):
        for earlier in range(later):
            free = [row for row in versions[later] if not row["same_as"]]
            match_versions(versions[earlier], versions[later], free)


def match_versions(before: list[dict], after: list[dict], free: list[dict] | None = None) -> None:
    """Fill in `same_as` between the `statement_rows` of two versions, and give one source one id in both.

    free: those rows of `after` that may still find a counterpart; without it all.
    """
    pairs = _counterparts(before, after if free is None else free)
    for one, other in pairs:
        other["same_as"] = one["statement"]
        one["same_as"] = one["same_as"] or other["statement"]
        _name_pronoun(one, other)
    _share_ids(pairs, before, after)


class _Bag:
    """The words of a statement, to be compared with others."""

    def __init__(self, row):
        self.voice, self.norms = _voice_of(row), row["_norms"]
        self.size = len(self.norms)
        self.quoted, self.quoted_size = f" {' '.join(row['_quoted'])} ", len(row["_quoted"])
        times = Counter()
        self.words = set()  # the second of a kind is another word than the first
        for norm in self.norms:
            self.words.add((norm, times[norm]) if norm in self.words else norm)
            times[norm] += 1

    def rarest(self, common):
        """Its rarest words, one of which every bag has that is the same."""
        # The other has at least s / (2 - s) of its size, so that so many words are shared.
        shared = ceil(_SAME / (2 - _SAME) * self.size - 1e-9)
        return sorted(self.words, key=lambda word: (common[word], str(word)))[: self.size - shared + 1]


def _voice_of(row):
    """By what two rows can be of one voice: the actor; where nobody is spoken for the person, or the group's noun."""
    if row["actor"] != NOBODY:
        return row["actor"]
    return {"named person": row["source_id"], "group": row["source_id"].split("-")[-1]}.get(
        row["source_type"], UNRESOLVED
    )


def _may_be_one(one, other, is_identical):
    """Whether two sources may be one though the rules have each speak for somebody else.

    They are by one id; and where their words are the same and many, by one of them being without a name.
    """
    if one["source_id"] == other["source_id"] != UNRESOLVED:
        return True
    nameless = any(row["source_type"].startswith(("anonymous", "group", UNRESOLVED)) for row in (one, other))
    return is_identical and len(one["_norms"]) >= _LEAST_IDENTICAL and nameless


def _is_one_quotation(one, other):
    """Whether the quoted words of one `_Bag` stand whole among those of another: a quotation that an edit made longer
    is the same quotation."""
    short, long = sorted((one, other), key=lambda bag: bag.quoted_size)
    return short.quoted_size >= _LEAST_IDENTICAL and short.quoted in long.quoted


def _name_pronoun(one, other):
    """Of one statement in two versions, whoever is named in the one is who speaks by a pronoun in the other."""
    pronouns = [row["resolved_by"] == "pronoun" for row in (one, other)]
    if one["source_id"] != other["source_id"] and sum(pronouns) == 1:
        named, meant = (other, one) if pronouns[0] else (one, other)
        if named["source_type"].startswith("named") and _is_one_quotation(_Bag(one), _Bag(other)):
            meant.update({name: named[name] for name in WHO})


def _counterparts(before, after):
    """Pairs of rows with the same content, the most alike first, each row in one pair at most."""
    found = []
    bags = [[_Bag(row) for row in rows] for rows in (before, after)]
    for i, j in _candidates(*bags):
        one, other = bags[0][i], bags[1][j]
        total, least = one.size + other.size, _SAME * (one.size + other.size) / 2
        # Nobody's words become somebody else's because they are alike.
        agree = one.voice == other.voice or UNRESOLVED in (one.voice, other.voice)
        quoted = _is_one_quotation(one, other)
        agree = agree or _may_be_one(before[i], after[j], one.norms == other.norms)
        agree = agree or (quoted and "pronoun" in (before[i]["resolved_by"], after[j]["resolved_by"]))
        if not agree or not total or (min(one.size, other.size) < least and not quoted):
            continue
        shared = one.size if one.norms == other.norms else len(one.words & other.words)
        if shared >= least or quoted:
            found.append((-2 * shared / total, abs(i - j), i, j))
    taken_before, taken_after, pairs = set(), set(), []
    for _, _, i, j in sorted(found):
        if i not in taken_before and j not in taken_after:
            taken_before.add(i)
            taken_after.add(j)
            pairs.append((before[i], after[j]))
    return pairs


def _candidates(before, after):
    """Pairs of places of `_Bag`s that may share enough words: those that share one of their rarest.

    Of a bag of so many words, whichever shares enough with it shares one of the rarest (prefix filtering; Chaudhuri,
    Ganti and Kaushik 2006). Where many have that word, the `_NEAREST` by place are looked at: in a text of lines that
    are all alike, the others would be no better.
    """
    if max(len(before), len(after)) <= _NEAREST:
        yield from product(range(len(before)), range(len(after)))
        return
    common = Counter(word for bags in (before, after) for bag in bags for word in bag.words)
    places = {}
    for i, bag in enumerate(before):
        for word in bag.rarest(common):
            places.setdefault(word, []).append(i)
    for j, bag in enumerate(after):
        near = set()
        for word in bag.rarest(common):
            held = places.get(word, ())
            middle = bisect_left(held, j)
            near.update(held[max(0, middle - _NEAREST // 2) : middle + _NEAREST // 2])
        yield from ((i, j) for i in near)


def _share_ids(pairs, before, after):
    """A source that says the same thing in two versions is one source, whatever each version calls it."""
    shared = {}
    for one, other in pairs:
        if one["source_type"] == other["source_type"] != UNRESOLVED:
            shared.setdefault(other["source_id"], one["source_id"])
    given = set(shared.values())
    taken = {row["source_id"] for row in (*before, *after)}
    numbers = {}
    for row in after:
        own = row["source_id"]
        # A person without a name who is only counted as the first there is not the first here.
        if own not in shared and own in given and row["source_type"].startswith("anonymous"):
            stem = own.rstrip("0123456789")
            numbering = numbers.setdefault(stem, count(1))
            shared[own] = next(f"{stem}{n}" for n in numbering if f"{stem}{n}" not in taken)
            taken.add(shared[own])
            given.add(shared[own])
        row["source_id"] = shared.get(own, own)


def statement_finder(places):
    """A function from spans to the id of the statement that shares most characters with them, or None.

    places: of `statement_places`.
    """
    owners = [(n, span) for n, (_, own) in enumerate(places) for span in own]
    overlapping = overlaps([span for _, span in owners])

    def holder(spans):
        shared = Counter()
        for start, end in spans:
            for number, (first, last) in map(owners.__getitem__, overlapping(start, end)):
                shared[number] += min(end, last) - max(start, first)
        return places[min(shared, key=lambda number: (-shared[number], number))][0] if shared else None

    return holder
