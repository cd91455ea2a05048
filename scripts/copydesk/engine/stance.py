"""Stance: the words by which a speaker shows certainty, feeling, duty and judgement, and for or against what.

Markers are found by the codebook `stance.toml`, in five classes after Hyland (2005) and Martin and White
(2005), and only in what somebody is reported to have said: quoted words are the actor's, paraphrased words
are the reporter's rendering. `suggest_stances` proposes a direction toward each of a story's targets; it is
a suggestion, to be shown with its agreement with a coding by reading and never without.
"""

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, model_validator

from copydesk.engine import codebooks
from copydesk.engine.language.reporting import verb_forms
from copydesk.engine.language.tags import tag
from copydesk.engine.spans import Span, read_spans
from copydesk.engine.text import is_word, normal_words, read
from copydesk.stories.tables import statements_table

CLASSES = ("hedge", "booster", "attitude", "obligation", "evaluation")
MARKER_COLUMNS = [
    *("story", "version", "statement", "marker", "marker_class", "polarity"),
    *("start", "end", "negated", "voice"),
]
STANCE_COLUMNS = [
    *("story", "version", "statement", "segment", "start", "end"),
    *("target", "stance", "strength", "coder"),
]
VADER_COLUMNS = [
    "story",
    "version",
    "statement",
    "voice",
    "words",
    "compound",
    "positive",
    "neutral",
    "negative",
]

_CLAUSE_MARKS = frozenset((",", ";", ":", ".", "?", "!", "...", "-", "(", ")", '"'))
_FOLLOWING_NEGATORS = frozenset(("not", "n't", "never"))
_MODALS = frozenset(
    "must should shall may might could will 'll would can need ought has have had is are".split()
)


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


def find_markers(text, spans=None):
    """The stance markers of a text, or of the given spans of it.

    text: str or Document. spans: Spans to look in; markers do not reach over their ends, nor does negation.
    Returns list[Marker] in textual order. Of overlapping markers the longest is taken. Linear in the text.
    """
    doc = read(text)
    ranges = [(0, len(doc.tokens))] if spans is None else [doc.token_range(*span) for span in spans]
    return [marker for first, last in sorted(ranges) for marker in _markers_between(doc, first, last)]


def markers_table(story, statements=None):
    """Every stance marker in every statement, a row each, with MARKER_COLUMNS.

    story: Story. statements: its `statements_table`, where that is made already. `voice` is "quoted" for a
    marker inside quotation marks and "paraphrased" for one outside; `start`, `end` are code points of the
    version's file, the end exclusive.
    """
    import pandas as pd

    statements = statements_table(story) if statements is None else statements
    rows = []
    for row in statements.itertuples():
        doc = story.versions[row.version].document
        which = row.story, row.version, row.statement
        rows += marker_rows(doc, which, read_spans(row.content_spans), read_spans(row.quoted_spans))
    return pd.DataFrame(rows, columns=MARKER_COLUMNS)


def marker_rows(doc, which, content, quoted):
    """The markers of one statement as tuples of MARKER_COLUMNS, without pandas.

    which: (story, version, statement). content, quoted: the statement's Spans.
    """
    return [
        (*which, found.marker, found.marker_class, found.polarity, found.start, found.end, found.negated,
         "quoted" if any(s.start <= found.start < s.end for s in quoted) else "paraphrased")
        for found in find_markers(doc, content)
    ]  # fmt: skip


def vader_table(story, statements=None):
    """VADER's scores (Hutto and Gilbert 2014) of each statement's words, as a familiar yardstick.

    Returns a DataFrame with VADER_COLUMNS, a row for each statement and voice (quoted, paraphrased) that has
    words: `compound` runs from -1 to 1, `positive`, `neutral` and `negative` are shares of 0 to 1. VADER was
    made for posts on social media: it scores a topic as if it were a verdict ("weapons" and "punishment"
    count against whoever utters them, the "united" of a country's name counts for) and knows no target.
    """
    import pandas as pd

    statements = statements_table(story) if statements is None else statements
    rows = []
    for row in statements.itertuples():
        doc = story.versions[row.version].document
        quoted = [doc.token_range(*span) for span in read_spans(row.quoted_spans)]
        inside = {i for first, last in quoted for i in range(first, last)}
        content = [i for span in read_spans(row.content_spans) for i in range(*doc.token_range(*span))]
        for voice in ("quoted", "paraphrased"):
            words = [doc.tokens[i].norm for i in content if (i in inside) == (voice == "quoted")]
            count = sum(map(is_word, words))
            if count:
                score = _vader().polarity_scores(" ".join(words))
                rows.append(
                    (row.story, row.version, row.statement, voice, count)
                    + (score["compound"], score["pos"], score["neu"], score["neg"])
                )
    return pd.DataFrame(rows, columns=VADER_COLUMNS)


def suggest_stances(story, statements=None, markers=None):
    """A direction toward each target of the story for each segment of each statement, by rule.

    story: Story, whose `story.toml` names the targets. statements, markers: its tables, where made already.
    Returns a DataFrame with STANCE_COLUMNS, `coder` being "rules". `stance` is "supportive", "opposed",
    "mixed", "neutral" or "not expressed"; `strength` 0 to 3 as in `stance-coding.md`.

    A segment that names the target takes its direction from the markers that bear on it: an attitude on
    what follows it, an adjective on the noun behind it or else on the subject, an obligation on its subject.
    In paraphrase the reporting verb decides, where it says for or against, for the words may be the
    reporter's. A booster sharpens; a hedge, a condition and the form of a question soften. A segment that names
    the target without any of these is neutral. Where a target is made against another (`against` in
    `story.toml`), who backs the one is against the other: as strongly where both are named and nothing else is
    said of the other, and by implication (strength 1) where the one is demanded and the other is not named.
    """
    import pandas as pd

    statements = statements_table(story) if statements is None else statements
    markers = markers_table(story, statements) if markers is None else markers
    by_statement = dict(list(markers.groupby("statement"))) if len(markers) else {}
    targets = {one.id: _by_first(one.names) for one in story.entry.targets}
    against = {one.id: one.against for one in story.entry.targets}
    rows = []
    for row in statements.itertuples():
        if row.kind == "document":
            continue
        doc = story.versions[row.version].document
        own = by_statement.get(row.statement)
        found = [] if own is None else list(own.itertuples())
        stances = _stances_of(doc, row, found, targets, against)
        for number, (span, target, stance, strength) in enumerate(stances, 1):
            rows.append(
                (row.story, row.version, row.statement, number, span.start, span.end)
                + (target, stance, strength, "rules")
            )
    return pd.DataFrame(rows, columns=STANCE_COLUMNS)


def definitions():
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

    def forms(self):
        """Every form as a tuple of normal forms."""
        for value in self.words:
            yield tuple(normal_words(value))
        for verb in self.verbs:
            first, *rest = verb.split()
            for form, _ in verb_forms(first, _IRREGULAR.get(first)):
                yield (form, *rest)
        for adjective in self.adjectives:
            stem = adjective.removesuffix("e")
            yield from ((adjective,), (stem + "er",), (stem + "est",))


class _Class(_List):
    means: str
    is_not: str
    positive: _List | None = None
    negative: _List | None = None


class _Negation(_Strict):
    reach: int
    negators: list[str]
    not_negators: list[str]
    ends: list[str]


class _Caution(_Strict):
    marker: str
    reason: str
    small: bool = False
    not_after: list[str] = []
    not_before: list[str] = []
    only_before: list[str] = []


class Codebook(_Strict):
    """`stance.toml`, whole."""

    hedge: _Class
    booster: _Class
    obligation: _Class
    attitude: _Class
    evaluation: _Class
    negation: _Negation
    cautions: list[_Caution] = []

    def lists(self):
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
            for form in words.forms():
                here = f"{polarity} {name}".strip()
                if known.setdefault(form, here) != here:
                    raise ValueError(f"'{' '.join(form)}' stands under {known[form]} and {here}; keep one")
        for caution in self.cautions:
            if tuple(normal_words(caution.marker)) not in known:
                raise ValueError(f"the caution for '{caution.marker}' is for no marker; mend its spelling")
        return self


_IRREGULAR = {
    "hurt": "hurt hurt",
    "lie": "lay lain",
    "make": "made made",
    "pay": "paid paid",
    "bear": "bore borne",
}


def codebook():
    """The codebook `stance.toml`. Raises InputError with the place of a fault."""
    return codebooks.load("stance", Codebook)


class _Lexicon(NamedTuple):
    markers: dict  # first word -> [(rest, class, polarity, caution)], the longest first
    negators: dict  # first word -> [rest]
    not_negators: dict
    ends: frozenset
    reach: int


@cache
def _lexicon():
    book = codebook()
    cautions = {tuple(normal_words(one.marker)): one for one in book.cautions}
    markers = {}
    for name, polarity, words in book.lists():
        for form in dict.fromkeys(words.forms()):
            entry = (form[1:], name, polarity, cautions.get(form))
            markers.setdefault(form[0], []).append(entry)
    for entries in markers.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    negation = book.negation
    return _Lexicon(
        markers,
        _by_first(negation.negators),
        _by_first(negation.not_negators),
        frozenset(negation.ends),
        negation.reach,
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
    lexicon = _lexicon()
    norms = [token.norm for token in doc.tokens[first:last]]
    negated = _negated(norms, lexicon)
    i = 0
    while i < len(norms):
        size = 1
        for rest, name, polarity, caution in lexicon.markers.get(norms[i], ()):
            end = i + 1 + len(rest)
            if tuple(norms[i + 1 : end]) == rest and _is_marker(doc, first, norms, i, end, caution):
                tokens = doc.tokens
                is_negated = negated[i] or _is_negated_behind(norms, i, end)
                yield Marker(
                    tokens[first + i].start,
                    tokens[first + end - 1].end,
                    " ".join(norms[i:end]),
                    name,
                    polarity,
                    is_negated,
                )
                size = end - i
                break
        i += size


def _is_marker(doc, offset, norms, i, end, caution):
    """Whether nothing that the codebook warns of makes the word something else here."""
    if caution is None:
        return True
    if caution.small and not doc.caseless:
        start = doc.tokens[offset + i].start
        begins = i == 0 or norms[i - 1] in (".", "?", "!", '"', ":")
        if doc.text[start].isupper() and not begins:
            return False
    before = norms[i - 1] if i else ""
    after = norms[end] if end < len(norms) else ""
    if _is_among(before, caution.not_after) or _is_among(after, caution.not_before):
        return False
    return not caution.only_before or _is_among(after, caution.only_before)


def _is_among(norm, words):
    return bool(norm) and (norm in words or ("#" in words and tag(norm) == "m"))


def _negated(norms, lexicon):
    """For each word, whether an odd number of negators before it has it in its scope."""
    open_until, count, flags = [], 0, []
    skip = 0
    for i, norm in enumerate(norms):
        if norm in _CLAUSE_MARKS or norm in lexicon.ends:
            open_until, count = [], 0
        open_until = [limit for limit in open_until if limit >= i]
        count = len(open_until)
        flags.append(count % 2 == 1)
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


def _is_negated_behind(norms, i, end):
    """Whether a modal is denied by the word after it: "should not", "won't"."""
    if norms[i] not in _MODALS or end >= len(norms) or norms[end] not in _FOLLOWING_NEGATORS:
        return False
    return norms[end : end + 2][-1] not in ("just", "only", "merely", "simply")


def _phrase_size(words, norms, i):
    for rest in words.get(norms[i], ()):
        if tuple(norms[i + 1 : i + 1 + len(rest)]) == rest:
            return 1 + len(rest)
    return 0


@cache
def _vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


# --- suggested stances ------------------------------------------------------------------------------

_CUTS = frozenset("but however although though while whereas since because".split())
_CONDITIONS = frozenset("if unless provided".split())
# What the choice of the reporting verb says of the thing reported, by its group in `reporting.toml`.
_CUE_DIRECTION = {"praising": 1, "demanding": 1, "wishing": 1, "blaming": -1, "denying": -1, "warning": -1}

# An adjective bears on a target that is named no more than so many words behind it.
_ATTRIBUTIVE = 3


def _stances_of(doc, row, markers, targets, against):
    """(span, target id, stance, strength) for each segment and target of a statement."""
    content = read_spans(row.content_spans)
    found = {target: [] for target in targets}  # target -> [(segment, stance, strength)]
    for segment in _segments(doc, content):
        mentions = _mentions(doc, segment, targets)
        own = [marker for marker in markers if segment.start <= marker.start < segment.end]
        bearing = [(_bears_on(doc, marker, mentions), marker) for marker in own]
        for target in dict.fromkeys(target for _, target in mentions):
            about = [marker for place, marker in bearing if place == target]
            verb = _CUE_DIRECTION.get(row.cue_class) if mentions[0][1] == target else None
            soft = _is_softened(doc, segment)
            first = next(place for place, other in mentions if other == target)
            found[target].append((segment, *_direction(doc, about, own, verb, row.quotation, soft, first)))
        _oppose(found, against, segment, row)
    for target, stances in found.items():
        if not stances:
            yield Span(content[0].start, content[-1].end), target, "not expressed", 0
        for span, stance, strength in _joined(stances, content):
            yield span, target, stance, strength


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
    return "?" in norms or not _CONDITIONS.isdisjoint(norms)


def _segments(doc, content):
    """The statement cut at sentences, semicolons and the words that turn from one thought to the next."""
    starts = {span.start for span in doc.sentences}
    segments = []
    for span in content:
        first, last = doc.token_range(*span)
        begin = first
        for i in range(first + 1, last):
            token = doc.tokens[i]
            if token.start in starts or token.norm == ";" or token.norm in _CUTS:
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
    is_attributive = behind[0] - end < _ATTRIBUTIVE and not _is_predicate(marker.marker)
    return behind[1] if is_attributive else mentions[0][1]


@cache
def _evaluating_verbs():
    """The evaluation markers that are verbs: they judge their subject, not what they are done to."""
    evaluation = codebook().evaluation
    sides = [side for side in (evaluation.positive, evaluation.negative) if side]
    return frozenset(form for side in sides for form in _List(verbs=side.verbs).forms())


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
