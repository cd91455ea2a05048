"""Spans, tokens and sentences of a text, and the normal form in which two texts are compared.

Nothing here alters a text. A finding is a span: two offsets in code points, the end exclusive. The
normal form is the sequence of the tokens' `norm`s, and each token's span is its way back to the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from copydesk.engine import light_imports
from copydesk.engine.language.english import english
from copydesk.engine.language.tags import DETERMINER
from copydesk.engine.spans import Span

_CLITICS = "s|re|ll|ve|d|m|t"
_WORD = r"[\w\u0300-\u036f\u00ad\u200c\u200d]"
_TOKEN = re.compile(
    rf"""
    [^\W\d_]{{2,}} (?= [ ] [^\W\d_] )                                      # most words: the short way
  | (?P<blank> \s{{2,}} )                                                    # a page blanked around its article
  | (?P<dotted> (?<![\w.]) [^\W\d_] (?: \. [^\W\d_] (?![^\W\d_]) )+ (?: [ ]? \. (?![.]) )? )  # U.S.  u.s .
  | (?P<spaced> (?<!\w) (?: [odlODL] [ ]? ['’] [ ]? [^\W\d_]{{3,}}               # O'Brien  o ’ brien
                           | [^\W\d_]{{2,4}} ['’] (?=[A-Z]) [^\W\d_]{{3,}} ) )    # Dell'Orto
  | \d+ (?: [.,:] \d+ )* {_WORD}* (?: - {_WORD}+ )*                             # 1,718  46.5  17-member
  | (?P<clitic> \w {_WORD}* (?: [-‑&] {_WORD}+ )* [ ]? ['’] [ ]? (?i:{_CLITICS}) \b )   # China's  china ’ s
  | \w {_WORD}* (?: [-‑&] {_WORD}+ )*                                           # non-proliferation
  | (?P<suffix> ['’] [ ]? (?i:s|re|ll|ve|d|m) \b )                           # 's, standing alone
  | (?P<ellipsis> \.{{2,}} | … | \. (?: [ ] \. ){{2,}} )
  | (?P<dash> -{{2,}} | [-‐‑‒–—―−] )
  | (?P<double> [“”"„‟«»] | `` | '' )
  | (?P<single> [‘’'`‚‛] )
  | (?P<stop> \. )
  | \S
    """,
    re.VERBOSE,
)

_CLITIC_TOKENS = frozenset(f"'{clitic}" for clitic in _CLITICS.split("|"))
_CLOSERS = frozenset("\"')]}")
_TERMINAL = frozenset(".?!…")
_STRAIGHT = {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'"}


class Token(NamedTuple):
    """A word, number or mark: its span, and its normal form.

    In `norm`, case is lowered, double and single quotation marks are `"`, apostrophes are `'`, dashes
    `-`, ellipses `...`; clitics stand apart (`china`, `'s`; `do`, `n't`); abbreviations keep their stop.
    """

    start: int
    end: int
    norm: str


class Document:
    """A text that is tokenised and split once, however many modules read it."""

    def __init__(self, text: str, line_breaks: list[Span] | None = None):
        """line_breaks: those that end a paragraph, where `text` is a `Document`'s with parts of it blanked."""
        self.text = text
        if line_breaks is not None:
            self.line_breaks = line_breaks

    def __repr__(self):
        return f"Document({self.text[:40]!r}…, {len(self.text)} characters)"

    @cached_property
    def tokens(self) -> list[Token]:
        """list[Token]: every character that is no white space belongs to exactly one."""
        return _tokenise(self.text)

    @cached_property
    def token_starts(self) -> list[int]:
        """list[int]: the `start` of each token, for searching."""
        return [token.start for token in self.tokens]

    @cached_property
    def norms(self) -> list[str]:
        """list[str]: the normal form of each token; not to be changed."""
        return [token.norm for token in self.tokens]

    @cached_property
    def sentences(self) -> list[Span]:
        """list[Span]: every character that is no white space belongs to exactly one."""
        return _split(self)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """list[int]: the `start` of each sentence, for searching."""
        return [span.start for span in self.sentences]

    @cached_property
    def sentence_ranges(self) -> list[tuple[int, int]]:
        """list of (first, last + 1): the indices of each sentence's tokens."""
        return [self.token_range(*span) for span in self.sentences]

    @cached_property
    def paragraphs(self) -> list[Span]:
        """list[Span]: blocks between line breaks that end a paragraph (see `_paragraph_breaks`)."""
        return list(_blocks(self.text, self.line_breaks))

    @cached_property
    def caseless(self) -> bool:
        """bool: whether the text has no capital letters to go by, being all in small letters or all in capitals."""
        return not (any(map(str.isupper, self.text)) and any(map(str.islower, self.text)))

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Indices (first, last + 1) of the tokens that begin in the span."""
        return bisect_left(self.token_starts, start), bisect_left(self.token_starts, end)

    def words(self, span: tuple[int, int]) -> list[str]:
        """list[str]: the normal forms of the tokens that begin in the span."""
        first, last = self.token_range(*span)
        return self.norms[first:last]

    @cached_property
    def line_breaks(self) -> list[Span]:
        """list[Span]: the line breaks that end a paragraph."""
        return _paragraph_breaks(self.text)


def read(text: str | Document) -> Document:
    """A `Document` of `text`; a `Document` passes through, so that work on it is shared."""
    return text if isinstance(text, Document) else Document(text)


def split_sentences(text: str | Document) -> list[Span]:
    """The sentences of a text.

    text: str or Document. Returns list[Span], ordered and without overlap; the gaps are white space.

    Punkt (Kiss and Strunk 2006) with given parameters proposes boundaries; they are then repaired for
    quotation marks, ellipses, line breaks and abbreviations, alike in cased and in tokenised lower-case
    text. Two sentences in one quotation are two sentences.
    """
    return read(text).sentences


def normal_words(text: str | Document) -> list[str]:
    """list[str]: the normal form of a text (see `Token`)."""
    return list(read(text).norms)


# The two questions are asked of every token by every module; a text's words repeat.
@lru_cache(maxsize=1 << 16)
def is_word(norm: str) -> bool:
    """Whether a token's normal form is a word or a number rather than a mark."""
    return norm[0].isalnum() or norm[-1].isalnum()


@lru_cache(maxsize=1 << 16)
def is_counted(norm: str) -> bool:
    """Whether a token counts as a word of its own: no mark, and no clitic."""
    return is_word(norm) and norm[0] != "'" and norm != "n't"


def count_words(text: str | Document, spans: Iterable[tuple[int, int]] | None = None) -> int:
    """How many words and numbers stand in a text, or in the given spans of it.

    Counted alike however a version was tokenised: `China's` and `china ’ s` are one word, marks are none.
    """
    doc = read(text)
    ranges = [(0, len(doc.tokens))] if spans is None else [doc.token_range(*span) for span in spans]
    return sum([is_counted(norm) for first, last in ranges for norm in doc.norms[first:last]])


# --- tokens -----------------------------------------------------------------------------------------


def _tokenise(text):
    tokens = []
    append, new = tokens.append, tuple.__new__  # most tokens are plain words: made without Token's own checks
    single_open, cased = False, not text.islower()
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind is None:
            append(new(Token, (start, end, text[start:end].lower())))
        elif kind == "blank":
            continue
        elif kind == "stop":
            if tokens and _keeps_stop(text, tokens[-1], start, cased):
                word = tokens.pop()
                append(Token(word.start, end, word.norm + "."))
            else:
                append(Token(start, end, "."))
        elif kind == "double":
            append(Token(start, end, '"'))
        elif kind == "dash":
            append(Token(start, end, "-"))
        elif kind == "single":
            single_open, norm = _single_mark(text, start, end, single_open)
            append(Token(start, end, norm))
        elif kind == "clitic":
            _append_clitic(text, start, end, tokens)
        elif kind == "dotted":
            append(Token(start, end, text[start:end].lower().replace(" ", "").rstrip(".") + "."))
        elif kind == "ellipsis":
            append(Token(start, end, "..."))
        elif kind == "spaced":
            append(Token(start, end, text[start:end].lower().replace(" ", "").replace("’", "'")))
        else:  # suffix
            append(Token(start, end, text[start:end].lower().replace(" ", "").replace("’", "'")))
    return tokens


def _keeps_stop(text, word, stop, cased):
    """Whether the full stop at `stop` belongs to the word before it: `Jan.`, `Mr.`, the initial `W.`"""
    short = word.norm.rpartition("-")[2]  # Sen., D-Ohio.
    words = english().words
    named = short in words.names_abbreviated and not (cased and text[word.start].islower())
    if named or short in words.abbreviations:
        return word.end == stop or (word.end == stop - 1 and text[word.end] == " ")
    return word.end == stop and stop - word.start == 1 and text[word.start].isupper() and word.norm != "i"


def _single_mark(text, start, end, is_open):
    """(whether a single quotation is open afterwards, the mark's normal form)."""
    mark = text[start:end]
    if mark == "‘" or mark in "`‚‛":
        return True, '"'
    if is_open:
        return False, '"'
    before = text[start - 1 : start]
    if mark == "'" and (not before or before.isspace() or before in '(["“') and text[end : end + 1].isalnum():
        # A word such as 'tis has no partner mark on its line; a quotation does.
        line_end = text.find("\n", end)
        if "'" in text[end : line_end if line_end >= 0 else len(text)]:
            return True, '"'
    return False, "'"


def _append_clitic(text, start, end, tokens):
    """Split `China's`, `china ’ s`, `don't`, `don ’ t` into the word and its clitic."""
    whole = text[start:end]
    cut = max(whole.rfind("'"), whole.rfind("’"))
    suffix = whole[cut + 1 :].strip().lower()
    stem_end = start + len(whole[:cut].rstrip())
    if suffix == "t":
        if text[stem_end - 1] in "nN":
            if stem_end - 1 > start:
                tokens.append(Token(start, stem_end - 1, text[start : stem_end - 1].lower()))
            tokens.append(Token(stem_end - 1, end, "n't"))
        else:
            tokens.append(Token(start, end, text[start:stem_end].lower() + "'t"))
        return
    tokens.append(Token(start, stem_end, text[start:stem_end].lower()))
    tokens.append(Token(stem_end if text[stem_end] != " " else stem_end + 1, end, "'" + suffix))


# --- paragraphs -------------------------------------------------------------------------------------

_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029]\s*")
_LINE_ENDS = re.compile(r"\r\n|\n|\r|\u2028|\u2029")
BULLET = re.compile(r"(?:[-–—•*·▪◦‣●○■□]|\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")

# Texts are wrapped at 60 to 80 columns, seldom at 132; what is narrower than 40 is a list.
_NARROWEST, _WIDEST = 40, 132
# Of its width, the part that a line wrapped by hand fills before it ends.
_RAGGED = 0.9


class _Line(NamedTuple):
    """A line: its letters, the columns before them, and what parts it from the next one."""

    text: str
    indent: int
    gap: Span

    @property
    def width(self):
        return self.indent + len(self.text)


def _paragraph_breaks(text):
    """The line breaks that end a paragraph: all of them, save in a text whose lines were cut by width.

    In such a text a line ends where the next word would not have fitted; a paragraph begins behind a blank
    line, with an indentation, or behind a line that had room for the next word and ends a sentence.
    """
    breaks = [Span(*match.span()) for match in _LINE_BREAK.finditer(text)]
    if len(breaks) < 2:
        return breaks
    lines = list(_lines(text, breaks))
    widths = sorted(len(line.text) for line in lines)  # indentation often comes on top
    width = widths[-1 - len(widths) // 20]  # one line in twenty may be longer: a title, an address
    if not _NARROWEST <= width <= _WIDEST or not _is_wrapped(text, lines, width):
        return breaks
    return [one.gap for one, other in pairwise(lines) if _parts_paragraphs(text, one, other, width)]


def _lines(text, breaks):
    """The lines that hold something, each with the gap behind it."""
    start = indent = 0
    for gap in [*breaks, Span(len(text), len(text))]:
        line = text[start : gap.start]
        bare = line.strip()
        if bare:
            indent += len(line) - len(line.lstrip())
            yield _Line(bare, indent, gap)
        *_, indentation = _LINE_ENDS.split(text[gap.start : gap.end])
        start, indent = gap.end, len(indentation.expandtabs())


def _is_blank_between(text, gap):
    return len(_LINE_ENDS.findall(text, gap.start, gap.end)) > 1


def _is_forced(one, other, width):
    """Whether the first word of a line would not have fitted on the line before it."""
    return one.width + 1 + len(other.text.split(maxsplit=1)[0]) > width


def _is_wrapped(text, lines, width):
    """Whether four in five of the line breaks within sentences are forced, and sentences seldom end with lines."""
    inside = [
        (one, other)
        for one, other in pairwise(lines)
        if not _is_blank_between(text, one.gap) and other.indent <= one.indent
    ]
    within = [(one, other) for one, other in inside if not ends_sentence(one.text)]
    forced = [other for one, other in within if _is_forced(one, other, _RAGGED * width)]
    if not forced or len(forced) < 0.8 * len(within) or 2 * len(within) < len(inside):
        return False
    if text.upper() == text or text.lower() == text:
        return len(forced) > 1
    # A list of titles is as even as wrapped prose; its lines begin with capitals.
    return 2 * sum(other.text[0].isupper() for other in forced) <= len(forced)


def _parts_paragraphs(text, one, other, width):
    """Whether the break between two lines of a wrapped text ends a paragraph."""
    if _is_blank_between(text, one.gap) or max(one.width, other.width) > 1.2 * width:
        return True
    bullet = BULLET.match(one.text)
    if other.indent > one.indent + (bullet.end() if bullet else 0):
        return True
    if _is_forced(one, other, width):
        return bool(BULLET.match(other.text)) and ends_sentence(one.text)
    # Room enough for several words: a title, an address, or the last line of what has no full stop.
    return ends_sentence(one.text) or bool(BULLET.match(other.text)) or one.width < width * 2 / 3


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does: with a full stop, an ellipsis or another end mark, or a colon."""
    bare = line.rstrip().rstrip("\"'”’») ")
    return bare[-1:] in _TERMINAL or bare[-1:] == ":"


def _blocks(text, breaks):
    start = 0
    for gap in [*breaks, Span(len(text), len(text))]:
        span = _trim(text, start, gap.start)
        if span:
            yield span
        start = gap.end


def _trim(text, start, end):
    """The span without white space at its ends, or None where nothing is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return None
    return Span(start + left, end - (len(piece) - len(piece.rstrip())))


# --- sentences --------------------------------------------------------------------------------------

_punkt = None


def _punkt_splitter():
    global _punkt
    if _punkt is None:
        light_imports.nltk()
        from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

        parameters = PunktParameters()
        words = english().words
        parameters.abbrev_types = set(words.abbreviations | words.names_abbreviated)
        parameters.sent_starters = set(words.starters)
        _punkt = PunktSentenceTokenizer(parameters)
        # NLTK has another engine run this one, which takes several times as long.
        marks: Any = _punkt._lang_vars
        marks._re_period_context = re.compile(marks.period_context_re().pattern, re.VERBOSE)
    return _punkt


def _straight(text):
    """The text with straight quotation marks, code point for code point (ten times as fast as translate)."""
    for curly, straight in _STRAIGHT.items():
        text = text.replace(curly, straight)
    return text


def _proposed_ends(paragraph):
    """Where Punkt would end sentences in a paragraph. Versions of a story have most of their paragraphs in
    common, so that those of common length are remembered."""
    return _remembered_ends(paragraph) if len(paragraph) <= 2000 else _punkt_ends(paragraph)


@lru_cache(maxsize=1 << 12)
def _remembered_ends(paragraph):
    return _punkt_ends(paragraph)


def _punkt_ends(paragraph):
    # Punkt knows straight quotation marks only; one code point replaces one, so offsets hold.
    ends = [end for _, end in _punkt_splitter().span_tokenize(_straight(paragraph))]
    # Marks that are left over at the end of a paragraph are no sentence.
    last = next((k for k in range(len(paragraph) - 1, -1, -1) if paragraph[k].isalnum()), -1)
    return tuple(end for end in ends if end <= last)


def _split(doc):
    text, tokens = doc.text, doc.tokens
    if not tokens:
        return []
    proposed = {start + end for start, stop in doc.paragraphs for end in _proposed_ends(text[start:stop])}
    hard = {bisect_left(doc.token_starts, gap.start) for gap in doc.line_breaks}
    cuts = {bisect_left(doc.token_starts, end) for end in proposed} | hard
    cuts |= {i + 1 for i, token in enumerate(tokens) if token.norm == "..." or _ends_though_short(doc, i)}
    if doc.caseless:  # where Punkt takes the year in `since 2006. the port` for an ordinal number
        cuts |= {
            i + 1 for i in range(1, len(tokens)) if tokens[i].norm == "." and tokens[i - 1].norm.isdigit()
        }
    depth = _quote_depth(doc)
    kept = []
    for cut in sorted({_before_openers(doc, depth, cut) for cut in cuts}):
        cut = _after_closers(doc, depth, cut, hard)
        if 0 < cut < len(tokens) and (not kept or cut > kept[-1]) and _is_boundary(doc, cut, hard):
            kept.append(cut)
    edges = _join_fragments(doc, [0, *kept, len(tokens)])
    return [Span(tokens[a].start, tokens[b - 1].end) for a, b in pairwise(edges)]


def _ends_though_short(doc, i):
    """Whether a letter with a stop ends its sentence: "he wrote on X. It …", "no plan B. The …", but "by J. Lind";
    or a word that only a capital makes an abbreviation: "it did not miss. Fans …"."""
    tokens, text = doc.tokens, doc.text
    if tokens[i].norm == "." and 0 < i < len(tokens) - 1:
        word, behind = tokens[i - 1], tokens[min(i + 1 + (tokens[i + 1].norm == '"'), len(tokens) - 1)]
        small = word.norm in english().words.names_abbreviated and text[word.start].islower()
        return small and text[behind.start].isupper()
    if len(tokens[i].norm) != 2 or tokens[i].norm[1] != "." or not 0 < i < len(tokens) - 1:
        return False
    before, behind = text[tokens[i - 1].start], tokens[i + 1]
    return before.islower() and text[behind.start].isupper() and behind.norm in english().words.starters


def _quote_depth(doc):
    """For each token, whether a double quotation is open just before it."""
    text, is_open, depth = doc.text, False, []
    for token in doc.tokens:
        depth.append(is_open)
        if token.norm == '"' and token.end - token.start <= 2:
            mark = text[token.start : token.end]
            if mark in ("“", "„", "``", "«"):
                is_open = True
            elif mark in ("”", "‟", "»"):
                is_open = False
            elif mark in _STRAIGHT_MARKS:
                is_open = _opens(text, token, is_open)
    return depth


def _opens(text, token, is_open):
    """Whether a straight mark opens: by the blank before or after it, else by turn."""
    before = text[token.start - 1 : token.start]
    after = text[token.end : token.end + 1]
    blank_before = not before or before.isspace() or before in "([-—–"
    blank_after = not after or after.isspace()
    if blank_before and not blank_after:
        return True
    if blank_after and not blank_before:
        return False
    return not is_open


_OPENING = frozenset(("“", "„", "``", "«", "‘", "`", "‚", "‛"))
_STRAIGHT_MARKS = frozenset(('"', "''"))  # these open as well as close


def _opens_quotation(doc, depth, place):
    """Whether the token at `place` is a quotation mark that opens."""
    token = doc.tokens[place]
    mark = doc.text[token.start : token.end]
    straight = mark in _STRAIGHT_MARKS and _opens(doc.text, token, depth[place])
    return token.norm == '"' and (mark in _OPENING or straight)


def _before_openers(doc, depth, cut):
    """Move a proposed boundary before the quotation marks that open what comes after it: Punkt takes the
    mark in `asked . “ because` for one that closes."""
    while 1 < cut < len(doc.tokens) and _opens_quotation(doc, depth, cut - 1):
        cut -= 1
    return cut


def _after_closers(doc, depth, cut, hard):
    """Move a proposed boundary behind the quotation marks and brackets that close what comes before it."""
    tokens, text = doc.tokens, doc.text
    while 0 < cut < len(tokens) and tokens[cut].norm in _CLOSERS:
        token = tokens[cut]
        if cut in hard and token.norm != '"':
            break
        begins_line = cut in hard and text[token.start] == '"' and text[token.end : token.end + 1].isalnum()
        if begins_line or _opens_quotation(doc, depth, cut):
            break
        cut += 1
    return cut


def _is_boundary(doc, cut, hard):
    """Whether a sentence ends before the token `cut`."""
    tokens, text = doc.tokens, doc.text
    last = cut - 1
    while last > 0 and tokens[last].norm in _CLOSERS:
        last -= 1
    closed = last < cut - 1
    end, following = tokens[last], tokens[cut]
    first = text[following.start]
    if following.norm in _CLITIC_TOKENS:
        return False  # the N.R.A., a line break, ’s charity
    is_dotted = end.norm.endswith(".") and "." in end.norm.strip(".")
    if is_dotted and (cut in hard or doc.caseless) and _continues(doc, cut):
        return False  # u.s . ambassador
    if cut in hard:
        return True
    if following.norm[0] == "'" and following.norm != "'":
        return False  # the N.R.A.'s members
    if len(end.norm) == 4 and is_dotted and not closed and first.isupper():
        if _has_capitals_behind_initials(doc):
            return False
        if end.norm[:3] not in english().words.abbreviations:
            return following.norm in english().words.starters  # J.K. Rowling
    if end.norm == "...":
        return _may_end(doc, last) and _begins_sentence(doc, cut)
    if following.norm[0].isdigit() and end.norm.endswith(".") and len(end.norm) > 1:
        return False  # Feb. 7
    if following.norm[0].isdigit() and end.norm == "." and last and tokens[last - 1].norm in ("no", "nos"):
        return False  # No. 10
    if end.norm == "." and last and tokens[last - 1].norm.isdigit() and (last == 1 or last - 1 in hard):
        return False  # the number of an item in a list
    if closed and (first.islower() or doc.caseless):
        # `"Why?" he asked` goes on; in a text of one case only a question or a cry can go on after the mark.
        return doc.caseless and not (end.norm in "?!" and _reporting_follows(doc, cut))
    after_abbreviation = end.norm.endswith(".") and end.norm != "."
    return not (after_abbreviation and first.islower() and not doc.caseless)


def _continues(doc, cut):
    """Whether what follows a dotted abbreviation (`u.s .`) goes on with its sentence."""
    following = doc.tokens[cut]
    first = doc.text[following.start]
    if following.norm in ("and", "or"):
        return True
    if following.norm in english().words.starters or not first.isalpha():
        return False
    return first.islower() or doc.caseless


def _may_end(doc, place):
    """Whether a sentence can end with the ellipsis at `place`: not behind a mark that opens, nor an article."""
    if not place:
        return False
    before = doc.tokens[place - 1]
    if before.norm == '"':
        return not _opens(doc.text, before, False)
    words = english()
    return words.classes.get(before.norm) != DETERMINER or before.norm in words.words.standing_alone


def _begins_sentence(doc, cut):
    """Whether the token after an ellipsis begins a sentence: a capital letter on a word that needs none."""
    tokens, text = doc.tokens, doc.text
    while cut < len(tokens) - 1 and tokens[cut].norm == '"':
        cut += 1
    token = tokens[cut]
    if not text[token.start].isupper():
        return False
    if token.norm in english().words.starters and token.norm != "i":
        return True
    return token.norm in _lower_words(doc)


def _has_capitals_behind_initials(doc):
    """Whether a text has a capital on every word behind such as `U.S.`, as old wires have: it tells nothing there."""
    if not hasattr(doc, "_behind_initials"):
        behind = [
            other
            for one, other in pairwise(doc.tokens)
            if len(one.norm) == 4 and one.norm[1::2] == ".." and is_word(other.norm)
        ]
        small = any(doc.text[token.start].islower() for token in behind)
        common = (t.norm in _lower_words(doc) and t.norm not in english().words.starters for t in behind)
        doc._behind_initials = not small and any(common)
    return doc._behind_initials


def _lower_words(doc):
    """The words that the text also writes with a small initial: they are no names."""
    if not hasattr(doc, "_lower"):
        doc._lower = {t.norm for t in doc.tokens if doc.text[t.start].islower()}
    return doc._lower


def _reporting_follows(doc, cut):
    """Whether one of the next four words reports speech, as in `“ why ? ” the senator asked`."""
    return any(token.norm in english().words.asking for token in doc.tokens[cut : cut + 4])


def _join_fragments(doc, edges):
    """A stretch that holds nothing but an abbreviation, or no word at all, is no sentence of its own."""
    tokens, joined = doc.tokens, [edges[0]]
    for a, b in pairwise(edges):
        stretch = tokens[a:b]
        words = [token for token in stretch if is_word(token.norm)]
        is_last = b == edges[-1]
        only_abbreviation = len(words) == 0 and all(t.norm in ('"', "'") for t in stretch)
        only_abbreviation |= len(stretch) == 1 and stretch[0].norm.endswith(".") and len(stretch[0].norm) > 2
        if only_abbreviation and not is_last and stretch[0].norm != "...":
            continue
        joined.append(b)
    return joined
