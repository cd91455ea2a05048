"""Quotation spans: which marks open and close one another, balanced or not.

One pass over the tokens, so that the work is linear in the length of the text
whatever marks it holds.
"""

from bisect import bisect_right
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.engine.text import read

_OPENING = frozenset(("“", "„", "``", "«", "‘", "‚", "‛", "`"))
_CLOSING = frozenset(("”", "‟", "»", "’"))  # two apostrophes may open as well as close
_SINGLE = frozenset(("‘", "’", "'", "`", "‚", "‛"))

# A quotation whose closing mark is in a later paragraph, with no mark between, may run this far.
_REACH = 400


class Quotation(NamedTuple):
    """Token indices of a quotation: `open` its first mark, `close` its last mark or the token after it.

    The words quoted are the tokens from `open + 1` to `close`, exclusive. `continues` says that the
    quotation goes on with one that the paragraph before left open.
    """

    open: int
    close: int
    closed: bool
    continues: bool

    @property
    def end(self):
        """The index after the last token that belongs to the quotation, its marks included."""
        return self.close + self.closed


_found = WeakKeyDictionary()  # Document -> its quotations, which three modules ask for


def find_quotations(text):
    """The quotations of a text, outermost only, in order and without overlap.

    text: str or Document. Returns list[Quotation]. An opening mark without a partner holds to the end of
    its paragraph; a closing mark without a partner is no quotation.
    """
    doc = read(text)
    if doc not in _found:
        _found[doc] = _find(doc)
    return _found[doc]


def _find(doc):
    marks = [i for i, token in enumerate(doc.tokens) if token.norm == '"']
    if not marks:
        return []
    singles = [i for i in marks if doc.text[doc.tokens[i].start : doc.tokens[i].end] in _SINGLE]
    single = set(singles)
    doubles = _pair(doc, [i for i in marks if i not in single])
    inner, found = _outside(singles, doubles), list(doubles)
    found += [q for q in _pair(doc, inner) if q.closed]
    found.sort()
    kept = []
    for quotation in found:
        if not kept or quotation.open >= kept[-1].end:
            kept.append(quotation)
    return kept


def _outside(marks, quotations):
    """The marks that stand in none of the quotations."""
    opens = [q.open for q in quotations]
    outside = []
    for mark in marks:
        at = bisect_right(opens, mark) - 1
        if at < 0 or mark >= quotations[at].end:
            outside.append(mark)
    return outside


def _pair(doc, marks):
    """Pair the marks of one kind (double or single) in one pass."""
    paragraphs = _paragraph_ranges(doc)
    starts = [first for first, _ in paragraphs]
    found, opened, continues = [], None, False

    for mark in marks:
        here = bisect_right(starts, mark) - 1
        turn = _turn(doc, mark, opened is not None)
        if opened is None:
            if turn == "open":
                opened, continues = mark, False
            continue
        there = bisect_right(starts, opened) - 1
        leads = mark == paragraphs[here][0]
        if turn == "close" and (here == there or (mark - opened <= _REACH and not leads)):
            found.append(Quotation(opened, mark, True, continues))
            opened = None
            continue
        end = mark if here == there else paragraphs[there][1]
        if end > opened + 1:
            found.append(Quotation(opened, end, False, continues))
        continues = leads and here == there + 1
        opened = mark if turn == "open" or leads else None
    if opened is not None:
        end = paragraphs[bisect_right(starts, opened) - 1][1]
        if end > opened + 1:
            found.append(Quotation(opened, end, False, continues))
    return found


def _paragraph_ranges(doc):
    ranges = [doc.token_range(*span) for span in doc.paragraphs]
    return [(first, last) for first, last in ranges if last > first] or [(0, len(doc.tokens))]


def _turn(doc, index, is_open):
    """Whether a mark opens or closes: by its shape, else by the blanks about it, else by turn."""
    token, text = doc.tokens[index], doc.text
    mark = text[token.start : token.end]
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    blank_before = not before or before.isspace() or before in "([-—–"
    blank_after = not after or after.isspace()
    if mark in _OPENING:
        return "close" if is_open and blank_after and not blank_before else "open"
    if mark in _CLOSING:
        return "open" if not is_open and blank_before and not blank_after else "close"
    if blank_before != blank_after:
        return "open" if blank_before else "close"
    return "close" if is_open else "open"
