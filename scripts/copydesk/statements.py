"""Who is quoted: the source, cue and content of every statement, by rules.

A statement is what a text attributes to somebody: words said or written, quoted or reported, and
positions (a hope, a belief, a demand). The rules find the cue first (`reporting.toml` lists verbs and
nouns with what they take), then the complement that the cue is known to take, then its subject. No model
is trained; the only knowledge of English is in the codebook and in `phrases`.

The division into source, cue and content follows Pareti (2015) and PolNeAR (Newell et al. 2018).
"""

from typing import NamedTuple

from copydesk.cues import Cues
from copydesk.text import Span, read

_SINGLE_MARKS = frozenset(("‘", "'", "’", "`"))


class Statement(NamedTuple):
    """What somebody is reported to have said, thought or wanted.

    source: the mention of the speaker nearest to the cue, or None where the text names none.
    cue: the words that attribute, or None for a quotation that stands alone and goes on with another.
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


def find_statements(text):
    """The statements of a text.

    text: str or Document. Returns list[Statement] in the order of their first words; spans are offsets
    into the text, ordered and inside it.
    """
    doc = read(text)
    if not doc.tokens:
        return []
    return _Statements(doc).statements()


class _Statements(Cues):
    """The statements of a text: candidates that stand side by side, with the quotations that float behind."""

    def statements(self):
        found = []  # lists, whose content may grow by quotations that float behind
        paragraph_starts = [self.doc.token_range(*p)[0] for p in self.doc.paragraphs]
        starts = set(paragraph_starts)
        last = None  # the last statement that a floating quotation may continue
        paragraph, last_paragraph = 0, -9
        for lo, hi in self._units():
            if lo in starts:
                paragraph += 1
            here = self._resolve(lo, hi)
            floating = self._floating(lo, hi, here)
            if floating and last is not None and not here and paragraph - last_paragraph <= 1:
                last[1].extend(floating)
                last_paragraph = paragraph
                continue
            spoken = None
            for item in here:
                entry = [item, list(item.content)]
                found.append(entry)
                if self._quotes(item.content) or spoken is None and item.speech:
                    spoken = entry
            if spoken:
                last, last_paragraph = spoken, paragraph
            if floating and here and last is not None:
                last[1].extend(floating)
        made = [self._statement(item, ranges) for item, ranges in found]
        made = [statement for statement in made if statement]
        return sorted(made, key=lambda s: min(s.content[0].start, s.cue.start))

    def _resolve(self, lo, hi):
        """The candidates of a unit that stand side by side; what is said inside another is left out."""
        kept = []
        for item in self._candidates(lo, hi):
            if item.side != "right":
                first = item.content[0][0]
                while kept and kept[-1].cue[0] >= first:
                    kept.pop()
            if kept and item.content[0][0] == kept[-1].content[0][0]:
                continue  # "said in a statement that": one content, one cue
            if kept and self._inside(item, kept[-1]):
                before = kept[-1]
                if not item.breaks:
                    continue
                shorter = self._cut(before, item.begins)
                if shorter is None:
                    continue
                kept[-1] = shorter
            kept.append(item)
        return kept

    @staticmethod
    def _inside(item, other):
        return any(first <= item.cue[0] < last for first, last in other.content)

    def _cut(self, item, at):
        """The candidate with its content ended before the token `at`, or None where nothing is left."""
        content = []
        for first, last in item.content:
            last = min(last, at)
            while last > first and (self.tags[last - 1] in ",c;-" or self.norms[last - 1] in ("while", "as")):
                last -= 1
            if last > first:
                content.append((first, last))
        return item._replace(content=tuple(content)) if content else None

    def _floating(self, lo, hi, here):
        """Ranges of quotations that fill a unit, or what is left of it, and have no cue of their own."""
        taken = [r for item in here for r in item.content]
        first = lo
        while first < hi and self.tags[first] in "-(":
            first += 1
        if here:
            return []
        quotation = self.opening.get(first)
        if not quotation:
            return []
        ranges, i = [], first
        while i < hi:
            quotation = self.opening.get(i)
            if quotation:
                ranges.append((quotation.open, min(quotation.close + 1, hi)))
                i = quotation.close + 1
            elif self.tags[i] in ".,;-?!...)":
                i += 1
            else:
                return []
        return [r for r in ranges if r not in taken]

    def _quotes(self, ranges):
        return any(self.tags[i] == '"' for first, last in ranges for i in range(first, min(last, first + 60)))

    def _statement(self, item, ranges):
        content, quoted, terms, outside = [], [], [], 0
        for first, last in ranges:
            first, last = self._trimmed(first, last)
            if first >= last:
                continue
            content.append(self._span(first, last))
            i = first
            while i < last:
                quotation = self._quotation_at(i)
                if quotation:
                    a, b = max(quotation.open + 1, first), min(quotation.close, last)
                    if a < b and self._marks_speech(quotation):
                        (terms if self._is_term(quotation) else quoted).append(self._span(a, b))
                    i = max(quotation.close + 1, i + 1)
                else:
                    outside += self.tags[i].isalpha() and not (i == first and self.norms[i] in ("that", "to"))
                    i += 1
        if not content:
            return None
        if not outside:
            quoted += terms
        kind = "indirect" if not quoted else "mixed" if outside else "direct"
        content = tuple(sorted(set(content)))
        return Statement(
            self._span(*item.source) if item.source else None,
            self._span(*item.cue),
            content,
            kind,
            tuple(sorted(set(quoted))),
            item.kind,
            item.group,
            item.lemma,
        )

    def _quotation_at(self, i):
        """The quotation that begins at the token `i`, or whose first word it is."""
        return self.opening.get(i) or self.opening.get(i - 1)

    def _marks_speech(self, quotation):
        """Whether the marks are quotation marks for certain.

        Two apostrophes on both sides stand for them in some archives, but for emphasis or inches in other
        texts: what they hold is kept together, and not counted as quoted.
        """
        token = self.tokens[quotation.open]
        return self.doc.text[token.start : token.end] != "''"

    def _is_term(self, quotation):
        """Whether single marks hold a few words only: a term, a title, irony, rather than speech."""
        token = self.tokens[quotation.open]
        words = sum(letter.isalpha() for letter in self.tags[quotation.open + 1 : quotation.close])
        return self.doc.text[token.start : token.end] in _SINGLE_MARKS and words < 5

    def _trimmed(self, first, last):
        """A range without marks at its ends, and without quotation marks that enclose all of it."""
        tags = self.tags
        while last > first and (tags[last - 1] in ".,;:-" or tags[last - 1] == "c"):
            last -= 1
        while first < last and tags[first] in ",;:-.":
            first += 1
        if first < last and first in self.opening:
            quotation = self.opening[first]
            if quotation.close + 1 >= last:
                first, last = first + 1, min(last, quotation.close)
        return first, last

    def _span(self, first, last):
        return Span(self.tokens[first].start, self.tokens[last - 1].end)
