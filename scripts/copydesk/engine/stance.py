"""Stance: the words by which a speaker shows certainty, feeling, duty and judgement, and for or against what.

Markers are found by the codebook `stance.toml`, in five classes after Hyland (2005) and Martin and White
(2005), and only in what somebody is reported to have said: quoted words are the actor's, paraphrased words
are the reporter's rendering. `suggest_stances` proposes a direction toward each of a story's targets; it is
a suggestion, to be shown with its agreement with a coding by reading and never without.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, model_validator

from copydesk.engine import toml_files
from copydesk.engine.language.english import english
from copydesk.engine.language.reporting_codebook import verb_forms
from copydesk.engine.language.tags import names_of, tag
from copydesk.engine.spans import Span
from copydesk.engine.text import Document, normal_words, read

CLASSES = ("hedge", "booster", "attitude", "obligation", "evaluation")
MARKER_COLUMNS = [
    *("story", "version", "statement", "marker", "marker_class", "polarity"),
    *("start", "end", "negated", "voice"),
]

_CLAUSE_MARKS = frozenset((",", ";", ":", ".", "?", "!", "...", "-", "(", ")", '"'))
_WITHIN = 3  # words before a marker in which `not_within` looks


class Marker(NamedTuple):
    """A stance marker in a text.

    marker: its words in normal form. marker_class: one of CLASSES. polarity: "positive", "negative" or "",
    as the codebook has it; `negated` turns it round.
    """

    start: int
    end: int
    marker: str
    marker_class: str
    polarity: str
    negated: bool


def find_markers(text: str | Document, spans: Sequence[Span] | None = None) -> list[Marker]:
    """The stance markers of a text, or of the given spans of it.

    spans: where to look; markers do not reach over their ends, nor does negation. Returns list[Marker] in textual
    order. Of overlapping markers the longest is taken. Linear in the text.
    """
    doc = read(text)
    ranges = [(0, len(doc.tokens))] if spans is None else [doc.token_range(*span) for span in spans]
    return [marker for first, last in sorted(ranges) for marker in _markers_between(doc, first, last)]


def marker_rows(
    doc: Document, which: tuple[Any, ...], content: Sequence[Span], quoted: Sequence[Span]
) -> list[tuple[Any, ...]]:
    """The markers of one statement as tuples of MARKER_COLUMNS.

    which: (story, version, statement). content, quoted: the statement's Spans.
    """
    return [
        (*which, found.marker, found.marker_class, found.polarity, found.start, found.end, found.negated,
         "quoted" if any(s.start <= found.start < s.end for s in quoted) else "paraphrased")
        for found in find_markers(doc, content)
    ]  # fmt: skip


def definitions() -> dict[str, tuple[str, str]]:
    """dict of each marker class to (what it is, what it is not), for readers."""
    book = codebook()
    return {name: (getattr(book, name).means, getattr(book, name).is_not) for name in CLASSES}


# --- the codebook -----------------------------------------------------------------------------------


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _List(_Strict):
    words: list[str] = []
    verbs: list[str] = []
    adjectives: list[str] = []

    @model_validator(mode="after")
    def _holds_words(self):
        for value in [*self.words, *self.verbs, *self.adjectives]:
            if not any(map(str.isalpha, value)):
                raise ValueError(f"'{value}' is no word")
        return self

    def forms(self, irregular):
        """(form as a tuple of normal forms, the word that it is a form of)."""
        for value in self.words:
            yield tuple(normal_words(value)), value
        for verb in self.verbs:
            first, *rest = verb.split()
            for form, _ in verb_forms(first, irregular.get(first)):
                yield (form, *rest), verb
        for adjective in self.adjectives:
            stem = adjective.removesuffix("e")
            for form in (adjective, stem + "er", stem + "est"):
                yield (form,), adjective


class _Class(_List):
    means: str
    is_not: str
    positive: _List | None = None
    negative: _List | None = None


class _Negation(_Strict):
    reach: int
    negators: list[str]
    carriers: list[str]
    modals: list[str]
    not_negators: list[str]
    ends: list[str]


class _Suggestions(_Strict):
    cuts: list[str]
    conditions: list[str]
    attributive: int
    verbs: dict[str, int]


class _Caution(_Strict):
    marker: str
    reason: str
    small: bool = False
    not_after: list[str] = []
    not_before: list[str] = []
    only_before: list[str] = []
    only_after: list[str] = []
    not_behind: list[str] = []
    not_within: list[str] = []
    not_in_clause: list[str] = []
    verb: bool = False
    forms: bool = False


class Codebook(_Strict):
    """`stance.toml`, whole."""

    hedge: _Class
    booster: _Class
    obligation: _Class
    attitude: _Class
    evaluation: _Class
    negation: _Negation
    irregular: dict[str, str] = {}
    suggestions: _Suggestions
    cautions: list[_Caution] = []

    def lists(self) -> Iterator[tuple[str, str, _List]]:
        """(class, polarity, _List) for every list of markers."""
        for name in CLASSES:
            own = getattr(self, name)
            for polarity, words in (("", own), ("positive", own.positive), ("negative", own.negative)):
                if words:
                    yield name, polarity, words

    @model_validator(mode="after")
    def _is_consistent(self):
        known = {}
        for name, polarity, words in self.lists():
            for form, _ in words.forms(self.irregular):
                here = f"{polarity} {name}".strip()
                if known.setdefault(form, here) != here:
                    raise ValueError(f"'{' '.join(form)}' stands under {known[form]} and {here}; keep one")
        for caution in self.cautions:
            if tuple(normal_words(caution.marker)) not in known:
                raise ValueError(f"the caution for '{caution.marker}' is for no marker; check its spelling")
        return self


def codebook() -> Codebook:
    """The codebook `stance.toml`. Raises InputError with the place of a fault."""
    return toml_files.load("stance", Codebook)


class _Lexicon(NamedTuple):
    markers: dict[str, Any]  # first word -> [(rest, class, polarity, caution)], the longest first
    negators: dict[str, Any]  # first word -> [rest]
    not_negators: dict[str, Any]
    ends: frozenset[str]
    carriers: frozenset[str]
    modals: frozenset[str]
    reach: int


@cache
def _lexicon():
    book = codebook()
    exact = {tuple(normal_words(one.marker)): one for one in book.cautions}
    for_all = {one.marker: one for one in book.cautions if one.forms}
    markers = {}
    for name, polarity, words in book.lists():
        for form, base in dict(words.forms(book.irregular)).items():
            entry = (form[1:], name, polarity, exact.get(form) or for_all.get(base))
            markers.setdefault(form[0], []).append(entry)
    for entries in markers.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    negation = book.negation
    sets = (frozenset(words) for words in (negation.ends, negation.carriers, negation.modals))
    return _Lexicon(
        markers, _by_first(negation.negators), _by_first(negation.not_negators), *sets, negation.reach
    )


def _by_first(values):
    found = {}
    for value in values:
        first, *rest = normal_words(value)
        found.setdefault(first, []).append(tuple(rest))
    for rests in found.values():
        rests.sort(key=len, reverse=True)
    return found


# --- markers ----------------------------------------------------------------------------------------


def _markers_between(doc, first, last):
    lexicon, names = _lexicon(), names_of(doc)
    norms = doc.norms[first:last]
    negated: list[bool] = []  # most stretches have no marker
    i = 0
    while i < len(norms):
        size = 1
        for rest, name, polarity, caution in lexicon.markers.get(norms[i], ()):
            end = i + 1 + len(rest)
            named = first + i in names or first + end - 1 in names
            if (
                tuple(norms[i + 1 : end]) == rest
                and not named
                and _is_marker(doc, first, norms, i, end, caution)
            ):
                negated = negated or _negated(norms, lexicon)
                turned = _is_denied(norms, i, end) if norms[i] in lexicon.modals else negated[i]
                start, stop = doc.tokens[first + i].start, doc.tokens[first + end - 1].end
                yield Marker(start, stop, " ".join(norms[i:end]), name, polarity, turned)
                size = end - i
                break
        i += size


def _is_marker(doc, offset, norms, i, end, caution):
    """Whether nothing that the codebook warns of makes the word something else here."""
    if caution is None:
        return True
    before, after = norms[i - 1] if i else "", norms[end] if end < len(norms) else ""
    opens = before in ("", ".", "?", "!", '"', ":")
    if caution.small and not opens and doc.text[doc.tokens[offset + i].start].isupper():
        return False
    if caution.verb and before and before != "to" and tag(before) in ("d", "z", "m", "p"):
        return False
    if _is_among(before, caution.not_after) or _is_among(after, caution.not_before):
        return False
    around = (
        (norms[max(0, i - _WITHIN) : i], caution.not_within),
        (_clause(norms[:i][::-1]), caution.not_behind),
        (_clause(norms[end:]), caution.not_in_clause),
    )
    if any(words and any(_is_among(norm, words) for norm in stretch) for stretch, words in around):
        return False
    wanted = (before, caution.only_after), (after, caution.only_before)
    return all(not words or _is_among(norm, words) for norm, words in wanted)


def _clause(norms):
    """The words up to the next mark."""
    return takewhile(lambda norm: norm not in _CLAUSE_MARKS, norms)


def _is_among(norm, words):
    if not norm:
        return False
    letter = tag(norm)
    plural = letter == "n" and norm.endswith("s") and not norm.endswith(("ss", "us", "is"))
    kinds = {"m": "#", "t": "@time", "n": "@noun"}
    return norm in words or kinds.get(letter) in words or (plural and "@plural" in words)


def _negated(norms, lexicon):
    """For each word, whether an odd number of negators before it has it in its scope."""
    open_until, flags, skip = [], [], 0
    for i, norm in enumerate(norms):
        before = norms[i - 1] if i else ""
        leaves = norm == "to" and before not in lexicon.carriers and before not in lexicon.negators
        if norm in _CLAUSE_MARKS or norm in lexicon.ends or leaves:
            open_until = []
        open_until = [limit for limit in open_until if limit >= i]
        flags.append(len(open_until) % 2 == 1)
        if skip:
            skip -= 1
            continue
        size = _phrase_size(lexicon.not_negators, norms, i)
        if size:
            skip = size - 1
            continue
        size = _phrase_size(lexicon.negators, norms, i)
        if size:
            open_until.append(i + size - 1 + lexicon.reach)
    return flags


def _is_denied(norms, i, end):
    """Whether a modal is denied by the word beside it: "should not", "won't", "do not have to"."""
    negators = english().words.negators
    if i and norms[i - 1] in negators:
        return True
    behind = end < len(norms) and norms[end] in negators
    return behind and not _phrase_size(_lexicon().not_negators, norms, end)


def _phrase_size(words, norms, i):
    for rest in words.get(norms[i], ()):
        if tuple(norms[i + 1 : i + 1 + len(rest)]) == rest:
            return 1 + len(rest)
    return 0


# --- suggested stances ------------------------------------------------------------------------------


class Suggestion(NamedTuple):
    """A direction toward a target: span, the target's id, stance and strength (0 to 3) as `stance-coding.md` has them."""

    span: Span
    target: str
    stance: str
    strength: int


def suggest(
    doc: Document,
    row: Any,
    content: Sequence[Span],
    markers: Sequence[Any],
    targets: Mapping[str, Sequence[str]],
    against: Mapping[str, Sequence[str]],
) -> Iterator[Suggestion]:
    """A direction toward each target for each segment of a statement, by rule.

    row: the statement's `quotation`, `kind` and `cue_class`. content: its Spans. markers: of `find_markers` or rows
    of a markers table. targets: dict from target to its names. against: dict from target to those it is made against.

    A segment that names the target takes its direction from the markers that bear on it: an attitude on
    what follows it, an adjective on the noun behind it or else on the subject, an obligation on its subject.
    In paraphrase the reporting verb decides, where it says for or against, for the words may be the
    reporter's. A booster sharpens; a hedge, a condition and the form of a question soften. A segment that names
    the target without any of these is neutral. Where a target is made against another, who backs the one is against
    the other: as strongly where both are named and nothing else is said of the other, and by implication
    (strength 1) where the one is demanded and the other is not named.
    """
    targets = {one: _by_first(names) for one, names in targets.items()}
    verbs = codebook().suggestions.verbs
    found: dict[str, list[Any]] = {
        target: [] for target in targets
    }  # target -> [(segment, stance, strength)]
    for segment in _segments(doc, content):
        mentions = _mentions(doc, segment, targets)
        own = [marker for marker in markers if segment.start <= marker.start < segment.end]
        bearing = [(_bears_on(doc, marker, mentions), marker) for marker in own]
        for target in dict.fromkeys(target for _, target in mentions):
            about = [marker for place, marker in bearing if place == target]
            verb = verbs.get(row.cue_class) if mentions[0][1] == target else None
            soft = _is_softened(doc, segment)
            first = next(place for place, other in mentions if other == target)
            found[target].append((segment, *_direction(doc, about, own, verb, row.quotation, soft, first)))
        _oppose(found, against, segment, row)
    for target, stances in found.items():
        if not stances:
            yield Suggestion(Span(content[0].start, content[-1].end), target, "not expressed", 0)
        for span, stance, strength in _joined(stances, content):
            yield Suggestion(span, target, stance, strength)


def _oppose(found, against, segment, row):
    """Let what backs a target in the segment oppose those that it is made against, and the reverse.

    found: target -> [(segment, stance, strength)], to which the segment's have been added.
    """
    turned = {"supportive": "opposed", "opposed": "supportive"}
    here = {target: stances[-1] for target, stances in found.items() if stances and stances[-1][0] == segment}
    for target, (_, stance, strength) in here.items():
        for other in against[target]:
            if stance not in turned:
                continue
            if other not in here:
                if row.kind == "position" and row.cue_class == "demanding":
                    found[other].append((segment, turned[stance], 1))
            elif here[other][1] == "neutral":
                found[other][-1] = (segment, turned[stance], strength)


def _is_softened(doc, segment):
    """Whether the segment is a question or holds a condition: it asserts nothing outright."""
    first, last = doc.token_range(*segment)
    norms = [token.norm for token in doc.tokens[first : last + 1]]
    return "?" in norms or not set(codebook().suggestions.conditions).isdisjoint(norms)


def _segments(doc, content):
    """The statement cut at sentences, semicolons and the words that turn from one thought to the next."""
    starts, cuts = {span.start for span in doc.sentences}, codebook().suggestions.cuts
    segments = []
    for span in content:
        first, last = doc.token_range(*span)
        begin = first
        for i in range(first + 1, last):
            token = doc.tokens[i]
            if token.start in starts or token.norm == ";" or token.norm in cuts:
                segments.append((begin, i))
                begin = i
        segments.append((begin, last))
    return [
        Span(doc.tokens[first].start, doc.tokens[last - 1].end) for first, last in segments if first < last
    ]


def _mentions(doc, span, targets):
    """[(token index, target id)] for each place in a span that names a target."""
    first, last = doc.token_range(*span)
    norms = [token.norm for token in doc.tokens[first:last]]
    return [
        (first + i, target)
        for i in range(len(norms))
        for target, names in targets.items()
        if _phrase_size(names, norms, i)
    ]


def _bears_on(doc, marker, mentions):
    """The id of the target that a marker speaks of, or None."""
    if not mentions:
        return None
    _, end = doc.token_range(marker.start, marker.end)
    behind = next((mention for mention in mentions if mention[0] >= end), None)
    if behind is None or marker.marker_class == "obligation":
        return mentions[0][1]
    if marker.marker_class == "attitude":
        return behind[1]
    is_attributive = behind[0] - end < codebook().suggestions.attributive and not _is_predicate(marker.marker)
    return behind[1] if is_attributive else mentions[0][1]


@cache
def _evaluating_verbs():
    """The evaluation markers that are verbs: they judge their subject, not what they are done to."""
    evaluation, irregular = codebook().evaluation, codebook().irregular
    sides = [side for side in (evaluation.positive, evaluation.negative) if side]
    return frozenset(form for side in sides for form, _ in _List(verbs=side.verbs).forms(irregular))


def _is_predicate(marker):
    words = tuple(marker.split())
    return len(words) > 1 or words in _evaluating_verbs()


def _direction(doc, about, own, verb, quotation, soft, first):
    """(stance, strength) of one segment toward a target.

    about: the markers that bear on it. own: all of the segment's. verb: 1, -1 or None by the reporting verb.
    soft: whether it is a question or conditional. first: the token index where the target is first named.
    """
    signs, duties = set(), set()
    for marker in about:
        sign = {"positive": 1, "negative": -1}.get(marker.polarity, 0)
        if marker.marker_class == "obligation":
            # What somebody else ought to do to the target is said by the verb: "should cushion the sanctions".
            behind = doc.token_range(marker.start, marker.end)[0] > first
            (signs if behind else duties).add(-1 if marker.negated else 1)
        else:
            signs.add(-sign if marker.negated else sign)
    signs.discard(0)
    signs = signs or duties
    if verb and (quotation == "indirect" or not signs):
        signs = {verb}
    if not signs:
        return "neutral", 0
    classes = {marker.marker_class for marker in own}
    superlative = any(marker.marker_class == "evaluation" and marker.marker.endswith("est") for marker in own)
    strength = 2 + ("booster" in classes or superlative) - ("hedge" in classes or soft)
    if len(signs) > 1:
        return "mixed", strength
    return ("supportive" if signs == {1} else "opposed"), strength


def _joined(found, content):
    """Neighbouring segments of one stretch and one direction as one; what is neutral beside a direction is
    left out."""
    if any(stance != "neutral" for _, stance, _ in found):
        found = [item for item in found if item[1] != "neutral"]
    ends = [span.end for span in content]
    joined, last_stretch = [], None
    for span, stance, strength in found:
        stretch = bisect_left(ends, span.end)
        if joined and joined[-1][1] == stance and stretch == last_stretch:
            last = joined.pop()
            joined.append((Span(last[0].start, span.end), stance, max(last[2], strength)))
        else:
            joined.append((span, stance, strength))
        last_stretch = stretch
    return joined
