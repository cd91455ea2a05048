"""Who is quoted: the source, cue and content of every statement, by rules.

A statement is what a text attributes to somebody: words said or written, quoted or reported, and
positions (a hope, a belief, a demand). The rules find the cue first (`reporting.toml` lists verbs and
nouns with what they take), then the complement that the cue is known to take, then its subject. No model
is trained; the only knowledge of English is in the codebook and in `phrases`.

The division into source, cue and content follows Pareti (2015) and PolNeAR (Newell et al. 2018).
"""

from typing import NamedTuple

from copydesk.engine.language import phrases
from copydesk.engine.language import tags as wc
from copydesk.engine.language.limits import LIMITS, Limits
from copydesk.engine.language.parse import parse
from copydesk.engine.spans import Span
from copydesk.engine.statements import frames, units
from copydesk.engine.statements.contents import Found
from copydesk.engine.text import Document

_SINGLE_MARKS = frozenset(("‘", "'", "’", "`"))


class Statement(NamedTuple):
    """What somebody is reported to have said, thought or wanted.

    source: the mention of the speaker nearest to the cue, or None where the text names none.
    cue: the words that attribute, without auxiliaries but with a negation, or None for a quotation that stands alone and goes on with another.
    content: the words attributed, in order, without the outer quotation marks.
    quotation: "direct" (all quoted), "mixed" (in part) or "indirect".
    quoted: the parts of the content that stand in quotation marks.
    kind: "statement", "position", "act" or "document". cue_class: the cue's group in the codebook.
    lemma: the cue's base form, such as "point out".
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quotation: str
    quoted: tuple[Span, ...] = ()
    kind: str = "statement"
    cue_class: str | None = None
    lemma: str | None = None


def find_statements(text: str | Document, limits: Limits = LIMITS) -> list[Statement]:
    """The statements of a text.

    limits: how far the rules look. Returns list[Statement] in the order of their first words; spans are offsets
    into the text, ordered and inside it.
    """
    p = parse(text)
    return _statements(p if limits is LIMITS else p._replace(limits=limits)) if p.tokens else []


def _turn(label, content):
    """The candidate of a turn in a transcript: its words are given as they were spoken."""
    first, colon = label
    return Found(
        label, (colon, colon + 1), content, ":", "neutral", "statement", first, "right", True, verbatim=True
    )


def _statements(p):
    starts = p.heads
    found = []  # [candidate, its ranges], for quotations that float behind are added to the ranges
    spoken, paragraph, spoken_in, open_ = None, 0, 0, []
    turns = _turns(p)
    found += [[item, list(item.content)] for _, item in turns]
    turns.append((len(p.tokens), None))
    k = 0
    for lo, hi in units.units(p):
        paragraph += lo in starts
        while lo >= turns[k][0]:
            k += 1
        if k < len(turns) - 1 and hi > turns[k][1].begins:
            spoken = None
            continue
        here = _resolve(p, lo, hi)
        if not here:
            floating = _floating(p, lo, hi)
            if floating and _goes_on_open(p, floating[-1][0]):
                open_ += floating
                continue
            floating, open_ = open_ + floating, []
            if floating and spoken and paragraph - spoken_in <= 1 and _same_marks(p, floating, spoken[1]):
                spoken[1].extend(floating)
                spoken_in = paragraph
            continue
        entries = [[item, list(item.content)] for item in here]
        found += entries
        if open_ and entries[0][1][0][0] in p.opening:
            entries[0][1][:0] = open_
        open_ = []
        speaking = [entry for entry in entries if _quotes(p, entry[1])]
        speaking = speaking[-1:] or [entry for entry in entries if entry[0].speech][:1]
        if speaking and not (paragraph == spoken_in and _goes_on_speaking(p, spoken, speaking[0])):
            spoken, spoken_in = speaking[0], paragraph
    made = [_statement(p, item, ranges) for item, ranges in found]
    return sorted((one for one in made if one), key=lambda one: min(one.content[0].start, one.cue.start))


def _turns(p):
    """[(where it ends, candidate)] for each turn of a transcript: `WALLACE: …`, `Q: …`.

    Labels with a colon at the head of paragraphs make a transcript where there are three of them or more and
    one comes again. A turn runs to the end of its paragraph, and over paragraphs between it and the next.
    """
    labels = [_label(p, *span) for span in p.paragraphs]
    names = [tuple(p.norms[label[0] : label[1]]) for label in labels if label]
    if len(names) < p.limits.turn or len(set(names)) < 2 or len(set(names)) == len(names):
        return []
    turns, opened, between = [], None, []
    for (first, last), label in zip(p.paragraphs, labels, strict=True):
        if label:
            if opened:  # what stands between two turns belongs to the first
                opened[1] += between
            opened, between = [label, [(label[1] + 1, last)]], []
            turns.append(opened)
        elif opened and len(between) < p.limits.turn:
            between.append((first, last))
        else:
            opened = None
    return [(content[-1][1], _turn(label, tuple(content))) for label, content in turns]


def _label(p, first, last):
    """The range of a speaker's label, with a colon behind it, at the head of a paragraph, or None."""
    if first < last and p.tags[first] == '"':
        first += 1
    colon = first
    while colon < min(last, first + p.limits.label) and (
        p.tags[colon] in wc.MODIFIER or p.norms[colon] in ("a", ".")
    ):
        colon += 1
    speaks = first < colon < last - 3 and p.tags[colon] == ":"
    if not speaks or any(p.norms[k] in p.words.headings for k in range(first, colon)):
        return None
    return (first, colon) if p.tags[last - 1] in wc.TURN_ENDS else None


def _resolve(p, lo, hi):
    """The candidates of a unit that stand side by side; what is said inside another is left out."""
    kept = []
    for item in frames.candidates(p, lo, hi):
        passed_on = item.lemma == "according to" and kept and kept[-1].side == "left"
        if passed_on and not phrases.has_verb(p.tags, kept[-1].cue[1], item.cue[0]):
            continue  # “…,” she told the court, according to a transcript
        if item.side != "right":
            first = item.content[0][0]
            while kept and kept[-1].cue[0] >= first:
                kept.pop()
            within = kept and kept[-1].content[-1][0] < first < kept[-1].content[-1][1]
            if within and _begins_anew(p, first):  # 'says it hurt his family "We wept," he said'
                kept[-1] = _cut(p, kept[-1], first) or kept[-1]
        if kept and item.content[0][0] == kept[-1].content[0][0]:
            continue  # "said in a statement that": one content, one cue
        if kept and _inside(item, kept[-1]):
            before = kept[-1]
            if before.group == "impersonal" and item.content[-1][0] in p.opening:
                kept[-1] = item  # "appeared to warn them, saying “…”": somebody speaks after all
                continue
            if not item.breaks or _is_imagined(p, item):
                continue
            shorter = _cut(p, before, item.begins)
            if shorter is None:
                continue
            kept[-1] = shorter
        kept.append(item)
    return kept


def _begins_anew(p, mark):
    """Whether a quotation begins a sentence behind a clause that is whole, the stop forgotten."""
    return mark in p.opening and p.tags[mark - 1] in wc.HEAD and p.text[p.tokens[mark + 1].start].isupper()


def _is_imagined(p, item):
    """Whether somebody only might say or think so: "said some would wait, but others would see a chance"."""
    modal = p.words.unsaid - p.words.negators
    return not item.said and item.source is not None and not modal.isdisjoint(p.norms[slice(*item.cue)])


def _inside(item, other):
    return any(first <= item.cue[0] < last for first, last in other.content)


def _cut(p, item, at):
    """The candidate with its content ended before the token `at`, or None where nothing is left."""
    content = []
    for first, last in item.content:
        last = min(last, at)
        while last > first and (p.tags[last - 1] in wc.LOOSE or p.norms[last - 1] in ("as", "that")):
            last -= 1
        if last > first:
            content.append((first, last))
    return item._replace(content=tuple(content)) if content else None


def _floating(p, lo, hi):
    """The ranges of the quotations that fill a unit, without a word beside them; else none."""
    ranges, i = [], lo
    while i < hi:
        quotation = p.opening.get(i)
        if quotation:
            ranges.append((i, min(quotation.end, hi)))
            i = quotation.end
        elif p.tags[i].isalpha():
            return []
        else:
            i += 1
    return ranges


def _goes_on_open(p, mark):
    """Whether a quotation is left open before the next in its paragraph: “We wait. “We go on,” she said."""
    quotation = p.opening[mark]
    return not quotation.closed and quotation.close in p.opening and quotation.close not in p.heads


def _goes_on_speaking(p, spoken, other):
    """Whether a quotation behind `other` goes on with the one before it: “…,” she said. She named nobody."""
    if spoken is None or not _quotes(p, spoken[1]) or _quotes(p, other[1]):
        return False
    source = other[0].source
    return source is not None and source[1] - source[0] == 1 and p.tags[source[0]] == wc.PRONOUN


def _same_marks(p, floating, ranges):
    """Whether a quotation stands in the marks of the one before it: single ones in a line of their own are a
    heading where speech stands in double ones."""
    before = [i for first, last in ranges for i in range(first, last) if i in p.opening]
    return not before or _is_single(p, before[-1]) or not _is_single(p, floating[0][0])


def _is_single(p, mark):
    token = p.tokens[mark]
    return p.text[token.start : token.end] in _SINGLE_MARKS


def _quotes(p, ranges):
    """Whether one of the ranges begins with a quotation, or has one near its beginning."""
    return any(
        i in p.opening for first, last in ranges for i in range(first, min(last, first + p.limits.far))
    )


def _statement(p, item, ranges):
    """The `Statement` of a candidate, or None where its ranges hold marks only."""
    content, quoted, terms, unquoted = [], [], [], False
    for first, last in ranges:
        first, last = _trimmed(p, first, last)
        if first >= last:
            continue
        content.append(_span(p, first, last))
        if item.verbatim:
            quoted.append(content[-1])
            continue
        i = first
        while i < last:
            quotation = _quotation_at(p, i)
            if quotation:
                inner = max(quotation.open + 1, first), min(quotation.close, last)
                if inner[0] < inner[1] and _marks_speech(p, quotation):
                    (terms if _is_term(p, quotation) else quoted).append(_span(p, *inner))
                i = max(quotation.close + 1, i + 1)
            else:
                leads = i == first and p.norms[i] in ("that", "to")
                unquoted = unquoted or (p.tags[i].isalpha() and not leads)
                i += 1
    if not content:
        return None
    if not unquoted:
        quoted += terms
        content = quoted or content
    return Statement(
        source=_span(p, *item.source) if item.source else None,
        cue=_span(p, _cue_start(p, item), item.cue[1]),
        content=tuple(sorted(set(content))),
        quotation="indirect" if not quoted else "mixed" if unquoted else "direct",
        quoted=tuple(sorted(set(quoted))),
        kind=_kind_of(p, item, quoted, unquoted),
        cue_class=item.group,
        lemma=item.lemma,
    )


def _kind_of(p, item, quoted, unquoted):
    """The kind of a candidate: an act where no words are given, or where nobody has said them.

    A content has a verb or stands in quotation marks: "promised to resign" says what was promised, "denied
    the charge" is an act. So is what somebody would say, has not said, or what no source is named for.
    """
    if item.group == "impersonal":
        return item.kind
    if not item.said or not item.source:
        nobody = item.word is None and unquoted  # "there were signs that … the “axis”"
        return "statement" if quoted and item.kind == "statement" and not nobody else "act"
    if item.kind == "document":
        return item.kind
    bare = item.what in ("np", "object") and not _says_what_was_done(p, item)
    given = quoted or item.words == "phrase" or (item.words == "clause" and not bare)
    given = given and item.words != "none"
    if item.kind == "position":
        return "position" if given else "act"
    return "statement" if given else "act"


def _says_what_was_done(p, item):
    """Whether somebody is found fault with or praised for what the words say: "accused it of hiding the loss"."""
    verbs = (
        k
        for first, last in item.content
        for k in range(first + 1, last)
        if p.tags[k] == wc.GERUND and p.norms[k - 1] in ("of", "for")
    )
    return item.group in frames.AGENTLESS and any(verbs)


def _cue_start(p, item):
    """Where the reporting word begins, without its auxiliaries: "would require", but "did not say"."""
    first, word = item.cue[0], item.word
    if word is None or any(norm in p.words.negators for norm in p.norms[first:word]):
        return first
    return word


def _quotation_at(p, i):
    """The quotation that begins at the token `i`, or whose first word it is."""
    return p.opening.get(i) or p.opening.get(i - 1)


def _marks_speech(p, quotation):
    """Whether the marks are quotation marks for certain.

    Two apostrophes on both sides stand for them in some archives, but for emphasis or inches in other
    texts: what they hold is kept together, and not counted as quoted.
    """
    token = p.tokens[quotation.open]
    return p.text[token.start : token.end] != "''"


def _is_term(p, quotation):
    """Whether single marks hold a few words only: a term, a title, irony, rather than speech."""
    token = p.tokens[quotation.open]
    words = sum(letter.isalpha() for letter in p.tags[quotation.open + 1 : quotation.close])
    return p.text[token.start : token.end] in _SINGLE_MARKS and words < p.limits.term


def _trimmed(p, first, last):
    """A range without marks at its ends, and without quotation marks that enclose all of it."""
    tags = p.tags
    while last > first and (tags[last - 1] in wc.TRIMMED or tags[last - 1] == wc.CONJUNCTION):
        last -= 1
    while first < last and tags[first] in wc.TRIMMED:
        first += 1
    if first < last and first in p.opening:
        quotation = p.opening[first]
        if quotation.close + 1 >= last:
            first, last = first + 1, min(last, quotation.close)
    return first, last


def _span(p, first, last):
    return Span(p.tokens[first].start, p.tokens[last - 1].end)
