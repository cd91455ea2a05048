"""What kind of change a sentence met: of style or of substance, and what it adds to the story or takes away."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.engine.language import grammar
from copydesk.engine.language.names import Item, find_items, places_of, stands_in_other_form
from copydesk.engine.language.quotations import find_quotations
from copydesk.engine.language.spelling import is_magnitude, is_misspelt, is_spoken, key
from copydesk.engine.revisions.limits import LIMITS
from copydesk.engine.statements import find_statements
from copydesk.engine.text import Document, is_word

CHANGES = ("none", "style", "substance")
HOLDINGS = ("voice", "quotation", "name", "number", "date")

_YEAR = re.compile(r"(1[89]|20)\d\d")


class Change(NamedTuple):
    """change: one of `CHANGES`. holds: those of `HOLDINGS` that one version has by this sentence alone."""

    change: str
    holds: tuple[str, ...]


def describe_changes(
    revision, before: Document, after: Document, voices: tuple | None = None, extra: Iterable = ()
) -> list[Change]:
    """What kind of change each link of a revision is: list[Change], in the order of `revision.links`.

    revision: of `compare_documents`. voices: for each version the Spans of what speakers said; without it they are
    looked for. extra: the story's `extra_actors`.

    `substance` where a content word, a name, a number, a negation, a modal verb or a quotation differs, and where
    a sentence was added or deleted; `style` where the words of grammar, the order, the forms of words, their
    spelling, a name and its pronoun or the marks differ; `none` where sentences are identical. A name, number or
    date that a sentence `holds` stands nowhere in the other version, nor are the words of a quotation quoted
    there; a `voice` speaks in the sentence and not in its counterpart.
    """
    if all(link.relation == "identical" for link in revision.links):
        return [Change("none", ())] * len(revision.links)
    docs = before, after
    items = _items(docs, extra)
    sides = [
        _Side(*one) for one in zip(docs, voices or map(_voices, docs), items, _only(docs, items), strict=True)
    ]
    known, found = {}, []
    for linked in revision.groups:
        known.update(dict.fromkeys(linked[0], _Group(sides, linked)))
    for link in revision.links:
        if link.relation == "identical":
            found.append(Change("none", ()))
        elif link.before is None or link.after is None:
            alone = ((), (link.after,)) if link.before is None else ((link.before,), ())
            found.append(Change("substance", _Group(sides, alone).holds()))
        else:
            group = known[link.before]
            found.append(Change("substance" if group.differs() else "style", group.holds()))
    return found


_KNOWN_VOICES: WeakKeyDictionary = WeakKeyDictionary()


def _voices(doc):
    """The Spans of what speakers said; of each text looked for once."""
    if doc not in _KNOWN_VOICES:
        said = (one for one in find_statements(doc) if one.source and one.kind == "statement")
        _KNOWN_VOICES[doc] = [span for one in said for span in one.content]
    return _KNOWN_VOICES[doc]


def only_in(before: Document, after: Document, extra: Iterable = ()) -> list[list[list[Item]]]:
    """The names and numbers that one of two texts has and the other has nowhere.

    extra: a story's `extra_actors`. Returns a list for each text: of lists of `Item`s, all the places of one name
    or number each.
    """
    docs = before, after
    return _only(docs, _items(docs, extra))


def _items(docs, extra):
    """The names and numbers of each text; one without capitals is searched for the names of the other too."""
    cased = {doc: _cased_items(doc) for doc in docs if not doc.caseless}
    known = {item.words for items in cased.values() for item in items if item.kind == "name"}
    return [cased[doc] if doc in cased else find_items(doc, known, extra) for doc in docs]


_KNOWN_ITEMS: WeakKeyDictionary = WeakKeyDictionary()


def _cased_items(doc):
    """The names and numbers of a text with capitals, which no other text bears on; of each text looked for once."""
    if doc not in _KNOWN_ITEMS:
        _KNOWN_ITEMS[doc] = find_items(doc)
    return _KNOWN_ITEMS[doc]


def _only(docs, items):
    counted = [{item.words for item in some if item.kind == "number"} for some in items]
    result = []
    for side, (doc, other) in enumerate(zip(docs, reversed(docs), strict=True)):
        places = {}
        for item in items[side]:
            words = tuple(map(key, item.words))
            if item.kind == "number":
                is_there = words in counted[1 - side]
            else:
                is_there = any(True for _ in places_of(other, words)) or stands_in_other_form(
                    doc, item, other
                )
            if not is_there:
                places.setdefault((item.kind, words), []).append(item)
        result.append(list(places.values()))
    return result


class _Side:
    """One version: its sentences as ranges of tokens, and which of its tokens and sentences are what."""

    def __init__(self, doc, voices, items, only):
        self.norms, self.ranges = doc.norms, doc.sentence_ranges
        starts = doc.sentence_starts
        self.spoken = {
            index
            for start, end in voices
            for index in range(bisect_right(starts, start) - 1, bisect_left(starts, end))
        }
        self.keys = set(map(key, set(self.norms)))
        self.quoted = {n for one in find_quotations(doc) for n in range(one.open + 1, one.close)}
        self.quoted_keys = " ".join(key(self.norms[n]) for n in sorted(self.quoted) if is_word(self.norms[n]))
        self.names = {n for item in items if item.kind == "name" for n in range(item.first, item.last)}
        particles = grammar.words().particles
        self.names |= {n - 1 for n in self.names if n and self.norms[n - 1] in particles}
        # A line in capitals shows no names in a text that has small letters too.
        shouted = {
            n
            for span, tokens in zip(doc.sentences, self.ranges, strict=True)
            if not doc.caseless and doc.text[span.start : span.end].isupper()
            for n in range(*tokens)
        }
        self.only = {
            n: item.kind
            for places in only
            for item in places
            if item.kind == "number" or item.first not in shouted
            for n in range(item.first, item.last)
        }

    def tokens(self, sentences):
        return [n for index in sentences for n in range(*self.ranges[index])]


class _Group:
    """Sentences of two versions that hang together by links; of one version alone where they have none."""

    def __init__(self, sides, sentences):
        self._sides, self._sentences = sides, sentences
        self._tokens = [side.tokens(part) for side, part in zip(sides, sentences, strict=True)]

    def differs(self):
        """Whether the two wordings differ in substance."""
        return any(
            one != other
            for one, other in (self._both(f) for f in (_negations, _modals, _numbers, _quoted_words))
        ) or any(self._content_left())

    def _both(self, read):
        return [read(side, tokens) for side, tokens in zip(self._sides, self._tokens, strict=True)]

    def _content_left(self):
        """[the content words of each side that the other side has in no form]."""
        words, counts = grammar.words(), []
        attributed = all(self._both(_attributes))
        for side, tokens in zip(self._sides, self._tokens, strict=True):
            content = Counter()
            for n in tokens:
                norm = side.norms[n]
                light = (
                    norm in words.grammar or norm in words.titles or norm == "per" or _links(side.norms, n)
                )
                if is_spoken(norm) and not light and not (attributed and norm in words.attribution):
                    is_per_cent = norm == "cent" and side.norms[n - 1] == "per"
                    content[key("percent" if is_per_cent else norm)] += 1
            counts.append(content)
        left = [set(counts[0]) - set(counts[1]), set(counts[1]) - set(counts[0])]
        pronouns = self._both(_pronouns)
        for number in (0, 1):
            # A pronoun stands for what the other version names elsewhere.
            for named in self._named(number)[: max(0, pronouns[1 - number] - pronouns[number])]:
                left[number] -= named
        given = [
            {one for one in left[number] if any(_is_form(one, some) for some in counts[1 - number])}
            for number in (0, 1)
        ]
        light = words.light_verbs if any(given) else set()
        units = [self._units(n) if left[1 - n] <= given[1 - n] else set() for n in (0, 1)]
        closed, short = self._closed_up(left), self._abbreviated()
        return [
            some - one - same - formed - unit - light
            for some, one, same, formed, unit in zip(left, closed, short, given, units, strict=True)
        ]

    def _units(self, number):
        """The words of a side that count something, and stand behind a magnitude each time: 10 billion [dollars]."""
        norms, behind, others = self._sides[number].norms, set(), set()
        for n in self._tokens[number]:
            (behind if is_magnitude(norms[n - 1]) else others).add(key(norms[n]))
        return behind - others

    def _named(self, number):
        """[the words of a definite phrase, or of a name that the other version has elsewhere] of a side, where the
        other side's sentences lack them."""
        side, other, words = self._sides[number], self._sides[1 - number], grammar.words()
        counterpart = {key(other.norms[n]) for n in self._tokens[1 - number]}
        phrases, last = [], -2  # (its words, whether it is a name)
        for n in self._tokens[number]:
            norm = side.norms[n]
            light = norm in words.grammar or norm in words.titles or norm in words.attribution
            if light or not is_spoken(norm) or key(norm) in counterpart:
                continue
            goes_on = last == n - 1 and (last in side.names) == (n in side.names)
            if not goes_on and n not in side.names and side.norms[n - 1] not in words.definites:
                continue
            if not goes_on:
                phrases.append((set(), n in side.names))
            phrases[-1][0].add(key(norm))
            last = n
        return [some for some, is_name in phrases if not is_name or some <= other.keys]

    def _closed_up(self, left):
        """The words of each side that the other writes as one, or as two: `air strike`, `airstrike`, `air-strike`."""
        found = (set(), set())
        for number in (0, 1):
            keys = [key(self._sides[number].norms[n]) for n in self._tokens[number]]
            for one, two in pairwise(keys):
                if one + two in left[1 - number]:
                    found[number].update((one, two))
                    found[1 - number].add(one + two)
        return found

    def _abbreviated(self):
        """[the words of each side that the other abbreviates or writes out]."""
        found = (set(), set())
        for number in (0, 1):
            for norm in {self._sides[number].norms[n] for n in self._tokens[number]}:
                written_out = self._initials(norm, 1 - number)
                if written_out:
                    found[number].add(key(norm))
                    found[1 - number].update(written_out)
        return found

    def _initials(self, short, number):
        """The words of a side whose first letters make an abbreviation."""
        letters = _letters(short)
        if not letters:
            return set()
        norms, initials = self._words[number]
        place = initials.find(letters)
        return {key(word) for word in norms[place : place + len(letters)]} if place >= 0 else set()

    @cached_property
    def _words(self):
        """[(the words of each side, the first letter of each, a blank for a word of one letter)]."""
        words = [
            [side.norms[n] for n in tokens] for side, tokens in zip(self._sides, self._tokens, strict=True)
        ]
        return [(norms, "".join(norm[0] if len(norm) > 1 else " " for norm in norms)) for norms in words]

    def holds(self):
        """Those of `HOLDINGS` that one version has by these sentences and the other has not."""
        found, short = set(), self._abbreviated()
        voices = [
            bool(side.spoken & set(part)) for side, part in zip(self._sides, self._sentences, strict=True)
        ]
        if voices[0] != voices[1]:
            found.add("voice")
        for number, (side, tokens) in enumerate(zip(self._sides, self._tokens, strict=True)):
            other = self._sides[1 - number]
            new = (n for n in tokens if n in side.only and not _is_date(side.norms, n))
            found |= {side.only[n] for n in new if key(side.norms[n]) not in short[number]}
            if any(_is_date(side.norms, n) and key(side.norms[n]) not in other.keys for n in tokens):
                found.add("date")
            if any(run not in other.quoted_keys for run in _quoted_runs(side, tokens)):
                found.add("quotation")
        return tuple(name for name in HOLDINGS if name in found)


@lru_cache(maxsize=1 << 14)
def _letters(norm):
    """The letters of a word that may be an abbreviation, else ""."""
    letters = norm.replace(".", "")
    may_be = 1 < len(letters) < 6 and letters.isalpha() and norm not in grammar.words().grammar
    return letters if may_be else ""


def _negations(side, tokens):
    words = grammar.words()
    return sum(
        side.norms[n] in words.negations
        or (side.norms[n] in words.scarce and side.norms[n - 1] not in ("a", "an"))
        for n in tokens
    )


def _links(norms, n):
    """Whether a word is a linking adverbial or the noun of one: `however`, `for example`, `as a result`."""
    words = grammar.words()
    leads_in = norms[n - 1] in ("for", "in") or norms[max(0, n - 2) : n] == ["as", "a"]
    return norms[n] in words.linkers or (norms[n] in words.linked_nouns and leads_in)


def _modals(side, tokens):
    modals = grammar.words().modals
    return Counter(modals[side.norms[n]] for n in tokens if side.norms[n] in modals)


def _pronouns(side, tokens):
    return sum(side.norms[n] in grammar.words().pronouns for n in tokens)


def _attributes(side, tokens):
    return any(side.norms[n] in grammar.words().attribution for n in tokens)


def _numbers(side, tokens):
    """The numbers of some sentences, each with whether it is a rough one."""
    rough = grammar.words().approximations
    return Counter(
        (key(side.norms[n]), side.norms[n - 1] in rough) for n in tokens if side.norms[n][0].isdigit()
    )


def _quoted_words(side, tokens):
    return [key(side.norms[n]) for n in tokens if n in side.quoted and is_word(side.norms[n])]


def _quoted_runs(side, tokens):
    """The words of each quotation in some sentences, as one string."""
    runs, last = [], None
    for n in tokens:
        if n in side.quoted:
            if last != n - 1:
                runs.append([])
            last = n
            runs[-1].append(side.norms[n])
    spoken = ([key(norm) for norm in run if is_word(norm)] for run in runs)
    return [" ".join(run) for run in spoken if run]


def _is_date(norms, n):
    """Whether a token is a day, a month or a year, or a number beside a month."""
    calendar, norm = grammar.words().calendar, norms[n]
    if norm in calendar or not norm[0].isdigit():
        return norm in calendar
    around = norms[max(0, n - 1) : n + 2]
    return bool(_YEAR.fullmatch(norm)) or "may" in around or not calendar.isdisjoint(around)


def _is_form(one, other):
    """Whether two words are forms of one word: `end`, `ended`; `agency`, `agencies`; one of them may be misspelt."""
    if is_misspelt(one, other):
        return True
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    endings = grammar.words().inflections
    return shared >= min(LIMITS.stem, len(one), len(other)) > 2 and all(
        not word[shared:] or word[shared:] in endings for word in (one, other)
    )
