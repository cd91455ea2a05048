"""What stands on a page around an article: found line by line, by the kinds of `boilerplate.toml`."""

import re
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, field_validator

from copydesk.engine import codebooks
from copydesk.engine.text import is_word, read

# A line of prose has at least so many words: the shortest of the sentences that news texts print alone
# ("He declined to comment.") have four; buttons with a full stop ("Learn more.") have two or three.
_LEAST_WORDS = 4

_TERMINAL = re.compile(r"""[.?!…:;,—–-][\s"'”’»)\]]*$|[.?!…]\s?\(\s?[^()]{1,80}\)$""")


class Kind(BaseModel):
    """A kind of boilerplate, as the codebook has it."""

    model_config = ConfigDict(extra="forbid")
    id: str
    definition: str
    patterns: list[str]
    opens: list[str] = []
    closes: list[str] = []
    opens_list: list[str] = []

    @field_validator("patterns", "opens", "closes", "opens_list")
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
    kinds: list[Kind]


class Stretch(NamedTuple):
    """A stretch of boilerplate: `start`, `end` in code points, and its `kind`."""

    start: int
    end: int
    kind: str


def find_boilerplate(text):
    """The stretches of a page's text that are not its article, a line (or a dateline) each.

    text: str or Document. Returns list[Stretch] in order, without overlap. A line is boilerplate when a
    pattern of the codebook says so, when it stands in a picture gallery, or when it ends without a full
    stop in a text whose lines otherwise do (a headline, a button, a link). Nothing is removed.
    """
    doc = read(text)
    lines = doc.paragraphs
    kinds = _by_pattern(doc.text, lines)
    _fill_galleries(doc.text, lines, kinds)
    _fill_unpunctuated(doc, lines, kinds)
    found = [Stretch(*line, kind) for line, kind in zip(lines, kinds, strict=True) if kind]
    dateline = _dateline(doc.text, lines, kinds)
    return sorted([*found, dateline] if dateline else found)


def blank(text, stretches):
    """`text` with each stretch blanked: the same length, its line ends kept, so that offsets hold."""
    pieces, place = [], 0
    for start, end, _ in stretches:
        pieces += [text[place:start], re.sub(r"[^\r\n]", " ", text[start:end])]
        place = end
    return "".join([*pieces, text[place:]])


def definitions():
    """dict: each kind of boilerplate and its definition."""
    return {kind.id: kind.definition for kind in codebooks.load("boilerplate", Codebook).kinds}


@cache
def _patterns(key):
    kinds = codebooks.load("boilerplate", Codebook).kinds
    return [(kind.id, re.compile(p, re.IGNORECASE)) for kind in kinds for p in getattr(kind, key)]


def _match(text, line, key, skip=()):
    for kind, pattern in _patterns(key):
        if kind not in skip and pattern.match(text, line.start, line.end):
            return kind
    return None


def _by_pattern(text, lines):
    return [_match(text, line, "patterns", skip=("dateline",)) for line in lines]


def _fill_galleries(text, lines, kinds):
    """From a gallery's opening line to the last of its controls, whatever has no kind is its caption."""
    opening = None
    for number, line in enumerate(lines):
        if kind := _match(text, line, "opens"):
            kinds[number] = kind
            opening = number if opening is None else opening
        elif kind := _match(text, line, "closes"):
            kinds[number] = kind
            for inside in range(number if opening is None else opening, number):
                finished = _is_finished(text, lines[inside])
                kinds[inside] = kinds[inside] or ("caption" if finished else kind)


def _fill_unpunctuated(doc, lines, kinds):
    """A line that ends without a full stop, in a text whose lines otherwise end with one, is no prose."""
    prose = [_is_prose(doc, line) for line in lines]
    open_lines = [line for line, kind in zip(lines, kinds, strict=True) if not kind]
    finished = sum(len(doc.text[a:b]) for a, b in open_lines if _is_finished(doc.text, (a, b)))
    if finished < sum(b - a for a, b in open_lines) / 2:
        return  # a text without punctuation tells nothing by lacking it
    first = next((n for n, kind in enumerate(kinds) if prose[n] and not kind), None)
    if first is None:
        return  # short lines alone are the article, if anything is
    in_list = False
    for number, line in enumerate(lines):
        if _match(doc.text, line, "opens_list"):
            in_list = True
        if kinds[number] or prose[number]:
            in_list = in_list and not (prose[number] and not kinds[number])
            continue
        if number < first:
            kinds[number] = "headline"
        elif not _is_finished(doc.text, line):
            kinds[number] = "promotion" if in_list or len(doc.words(line)) > 6 else "navigation"


def _is_prose(doc, line):
    return _is_finished(doc.text, line) and sum(map(is_word, doc.words(line))) >= _LEAST_WORDS


def _is_finished(text, line):
    return bool(_TERMINAL.search(text, max(line[0], line[1] - 100), line[1]))


def _dateline(text, lines, kinds):
    """The dateline of the article's first line, if it has one and a sentence follows."""
    line = next((line for line, kind in zip(lines, kinds, strict=True) if not kind), None)
    if line is None:
        return None
    for kind, pattern in _patterns("patterns"):
        if kind == "dateline" and (match := pattern.match(text, line.start, line.end)):
            end = match.start() + len(match.group().rstrip())
            if match.end() < line.end:
                return Stretch(line.start, end, kind)
    return None
