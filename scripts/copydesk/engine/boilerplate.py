"""What stands on a page around an article: found line by line, by the kinds of `boilerplate.toml`."""

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, field_validator

from copydesk.engine import toml_files
from copydesk.engine.text import BULLET, Document, is_word, read

# A line of prose has at least so many words: the shortest of the sentences that news texts print alone
# ("He declined to comment.") have four; buttons with a full stop ("Learn more.") have two or three.
_LEAST_WORDS = 4

# A heading inside an article, a button and an agency's name at the end have at most so many words.
_MOST_WORDS_OF_HEADING = 6
_MOST_WORDS_OF_TITLE = 20

# Of the words behind the lead, the share beyond which a reader is told that so much is set apart.
MOST_SET_APART = 0.03

_TERMINAL = re.compile(r"""[.?!…:;,—–-][\s"'”’»)\]]*$|[.?!…]\s?\(\s?[^()]{1,80}\)$""")
_STOP = re.compile(r"""[.?!…][\s"'”’»)\]]*$""")
_LAST_STOP = re.compile(r"""[.?!…]["'”’»)\]]*(?=[^.?!…]*$)""")
_BEHIND_STOP = re.compile(r"""(?<=[.?!…"”’»)\]])\s*(?=\S)""")


class Kind(BaseModel):
    """A kind of boilerplate, as the codebook has it."""

    model_config = ConfigDict(extra="forbid")
    id: str
    definition: str
    patterns: list[str] = []
    paragraphs: list[str] = []
    tails: list[str] = []
    datelines: list[str] = []
    caseless_datelines: list[str] = []
    opens: list[str] = []
    closes: list[str] = []
    opens_list: list[str] = []

    @field_validator(
        "patterns", "paragraphs", "tails", "datelines", "caseless_datelines", "opens", "closes", "opens_list"
    )
    @classmethod
    def _compiles(cls, patterns):
        for pattern in patterns:
            try:
                re.compile(pattern, re.IGNORECASE)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression ({error})") from None
        return patterns


class Codebook(BaseModel):
    """`data/codebooks/boilerplate.toml`."""

    model_config = ConfigDict(extra="forbid")
    words: dict[str, list[str]] = {}
    kinds: list[Kind]


class Stretch(NamedTuple):
    """A stretch of boilerplate: `start`, `end` in code points, and its `kind`."""

    start: int
    end: int
    kind: str


def find_boilerplate(text: str | Document) -> list[Stretch]:
    """The stretches of a page's text that are not its article: a paragraph, the end of one, or a dateline each.

    text: str or Document. Returns list[Stretch] in order, without overlap. A paragraph is boilerplate when a
    pattern of the codebook says so, when it stands in a picture gallery, or when it ends without a full stop in
    a text whose paragraphs otherwise do (a headline, a button, a link). One with a finished sentence is the
    article's, save what a pattern for whole paragraphs matches; where it ends unfinished, its tail is set apart.
    Headings and lists inside the article are the article's. Nothing is removed.
    """
    page = _Page(read(text))
    page.set_apart_by_pattern()
    page.set_apart_galleries()
    page.set_apart_unpunctuated()
    page.set_apart_tails()
    page.set_apart_dateline()
    return sorted(page.stretches())


def blank(text: str, stretches: Iterable[Stretch]) -> str:
    """`text` with each stretch blanked: the same length, its line ends kept, so that offsets hold."""
    pieces, place = [], 0
    for start, end, _ in stretches:
        pieces += [text[place:start], re.sub(r"[^\r\n]", " ", text[start:end])]
        place = end
    return "".join([*pieces, text[place:]])


def definitions() -> dict[str, str]:
    """dict: each kind of boilerplate and its definition."""
    return {kind.id: kind.definition for kind in toml_files.load("boilerplate", Codebook).kinds}


@cache
def _patterns(key):
    """list of (kind, compiled pattern); `{name}` stands for any of the words of that name."""
    book = toml_files.load("boilerplate", Codebook)
    return [
        (kind.id, re.compile(_with_words(pattern, book.words), re.IGNORECASE))
        for kind in book.kinds
        for pattern in getattr(kind, key)
    ]


@cache
def _any_pattern(key):
    """One pattern that matches where one of `_patterns` does: most paragraphs match none."""
    return re.compile(
        "|".join(f"(?:{pattern.pattern})" for _, pattern in _patterns(key)) or r"(?!)", re.IGNORECASE
    )


def _with_words(pattern, words):
    for name, alternatives in words.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(alternatives)})")
    return pattern


class _Page:
    """The paragraphs of a page, what is known of each, and what kind of boilerplate it is, if any."""

    def __init__(self, doc):
        self.doc = doc
        self.lines = doc.paragraphs
        self.flat = re.sub(r"\s", " ", doc.text)  # patterns run over the line breaks inside a paragraph
        self.kinds = [None] * len(self.lines)
        self.parts = []  # stretches smaller than a paragraph
        self.finished = [bool(_TERMINAL.search(self.flat, max(a, b - 100), b)) for a, b in self.lines]
        self.stopped = [bool(_STOP.search(self.flat, max(a, b - 100), b)) for a, b in self.lines]
        self.words = [sum(map(is_word, doc.words(line))) for line in self.lines]
        self.ends = [self._end_of_sentences(n) for n in range(len(self.lines))]

    def _end_of_sentences(self, number):
        """Where the last finished sentence of a paragraph ends; None where it has none."""
        start, end = self.lines[number]
        if self.finished[number]:
            return end if self.words[number] >= _LEAST_WORDS else None
        if self.words[number] < _LEAST_WORDS or not (stop := _LAST_STOP.search(self.flat, start, end)):
            return None
        if not any(map(str.isalnum, self.flat[stop.end() : end])):
            return stop.end()
        paragraph = Document(self.flat[start:end])
        for sentence in reversed(paragraph.sentences):
            is_prose = sum(map(is_word, paragraph.words(sentence))) >= _LEAST_WORDS
            if is_prose and _STOP.search(paragraph.text, *sentence):
                return start + sentence.end
        return None

    def stretches(self):
        """Every Stretch, in no order."""
        whole = [Stretch(*line, kind) for line, kind in zip(self.lines, self.kinds, strict=True) if kind]
        return whole + self.parts

    def _match(self, start, end, key):
        if not _any_pattern(key).match(self.flat, start, end):
            return None
        return next((kind for kind, pattern in _patterns(key) if pattern.match(self.flat, start, end)), None)

    def set_apart_by_pattern(self):
        """Whatever a pattern matches; a finished sentence needs a pattern for paragraphs."""
        for number, line in enumerate(self.lines):
            is_sentence = self.words[number] >= _LEAST_WORDS - 1 and self.stopped[number]
            is_open = not is_sentence and (self.ends[number] is None or self.finished[number])
            keys = ["paragraphs"] + ["patterns"] * is_open + ["tails"] * (self.ends[number] is None)
            self.kinds[number] = next(filter(None, (self._match(*line, key) for key in keys)), None)
            goes_on = not self.doc.caseless and self.flat[line.start].islower()
            if goes_on and number and self.kinds[number - 1] == "credit":
                self.kinds[number] = "credit"

    def set_apart_galleries(self):
        """From a gallery's opening line to the last of its controls, whatever has no kind is its caption."""
        opening = None
        for number, line in enumerate(self.lines):
            if kind := self._match(*line, "opens"):
                self.kinds[number] = kind
                opening = number if opening is None else opening
            elif kind := self._match(*line, "closes"):
                self.kinds[number] = kind
                for inside in range(number if opening is None else opening, number):
                    self.kinds[inside] = self.kinds[inside] or ("caption" if self.finished[inside] else kind)

    @cached_property
    def _is_punctuated(self):
        """Whether half of what no pattern matches ends as sentences do; if not, to end otherwise tells nothing."""
        left = [n for n, kind in enumerate(self.kinds) if not kind]
        size = {n: self.lines[n].end - self.lines[n].start for n in left}
        return 2 * sum(size[n] for n in left if self.ends[n] or self.finished[n]) >= sum(size.values())

    @cached_property
    def _prose(self):
        """list[int]: the paragraphs with a finished sentence."""
        return [n for n, end in enumerate(self.ends) if end and not self.kinds[n]]

    def set_apart_unpunctuated(self):
        """A paragraph without a finished sentence, in a text whose paragraphs otherwise have them."""
        if not self._is_punctuated or not self._prose:
            return  # short lines alone are the article, if anything is
        first, prose = self._prose[0], set(self._prose)
        in_links = in_article = is_announced = False
        for number, kind in enumerate(self.kinds):
            opens_links = bool(self._match(*self.lines[number], "opens_list"))
            if number in prose:
                in_links, in_article = opens_links, True
                is_announced = self.flat[self.lines[number].end - 1] == ":"
            elif kind or self.finished[number]:
                in_links |= opens_links
            elif number < first:
                self.kinds[number] = "headline"
            elif in_links or opens_links or not in_article or not self._is_part(number, is_announced):
                in_links |= opens_links
                in_article = False
                is_long = self.words[number] > _MOST_WORDS_OF_HEADING
                self.kinds[number] = "promotion" if in_links or is_long else "navigation"

    def _is_part(self, number, is_announced):
        """Whether a paragraph without a finished sentence, behind one of the article, belongs to it too.

        It is an item of a list that was announced by a colon, or that goes on with prose, or it is a heading.
        """
        if is_announced:
            return True
        if number > self._prose[-1]:
            return False
        if BULLET.match(self.flat, *self.lines[number]):
            return True
        behind = next(n for n in range(number + 1, len(self.kinds)) if not self.kinds[n])
        is_headed = self.ends[behind] or BULLET.match(self.flat, *self.lines[behind])
        return self.words[number] <= _MOST_WORDS_OF_HEADING and bool(is_headed)

    def set_apart_tails(self):
        """What stands behind the last finished sentence of a paragraph: a sign-off, a link."""
        last = self._prose[-1] if self._prose else None
        for number in self._prose:
            end, line_end = self.ends[number], self.lines[number].end
            if end < line_end and self._is_punctuated:
                start = end + len(self.flat[end:line_end]) - len(self.flat[end:line_end].lstrip())
                few = len(self.flat[start:line_end].split()) <= _MOST_WORDS_OF_HEADING
                kind = self._match(start, line_end, "tails") or self._match(start, line_end, "patterns")
                kind = kind or ("promotion" if not few else "credit" if number == last else "navigation")
                self.parts.append(Stretch(start, line_end, kind))
            elif number == last:
                self._set_apart_sign_off(end)

    def _set_apart_sign_off(self, end):
        """A sign-off that ends with a full stop or a bracket, behind the last sentence of the article."""
        for gap in _BEHIND_STOP.finditer(self.flat, max(self.lines[self._prose[-1]].start, end - 100), end):
            if kind := self._match(gap.end(), end, "tails"):
                self.parts.append(Stretch(gap.end(), end, kind))
                return

    def set_apart_dateline(self):
        """The dateline of the article, and as headlines the short lines before it, finished or not."""
        for number, (start, end) in enumerate(self.lines):
            if self.kinds[number]:
                continue
            if match := self._dateline(start, end):
                self.parts.append(Stretch(start, start + len(match.group().rstrip()), "dateline"))
                for before in range(number):
                    self.kinds[before] = self.kinds[before] or "headline"
                return
            if self.words[number] > _MOST_WORDS_OF_TITLE:
                return

    def _dateline(self, start, end):
        """The match of a dateline that something follows."""
        keys = ("datelines", "caseless_datelines") if self.doc.caseless else ("datelines",)
        found = (pattern.match(self.flat, start, end) for key in keys for _, pattern in _patterns(key))
        return next((match for match in found if match and match.end() < end), None)
