"""The sentences that rules search, and where a quotation ends them.

Token indices throughout; a range is (first, last + 1).
"""

from copydesk.engine.language import phrases
from copydesk.engine.language import tags as wc


def units(p):
    """Token ranges of the sentences, those that share a quotation joined."""
    units, carried = [], None
    inside = p.quotations
    k = 0
    for lo, hi in p.sentences:
        if lo in p.heads:
            lo = _behind_dateline(p, lo, hi)
        if carried is not None:
            lo, carried = carried, None
        if hi - 1 in p.opening and hi - 1 > lo:
            carried = hi = hi - 1  # a mark that opens belongs to the next sentence
        if hi <= lo:
            continue
        while k < len(inside) and inside[k].end <= lo:
            k += 1
        if units and lo in p.closing and p.closing[lo].open >= units[-1][0]:
            lo += 1  # a mark that closes belongs to the sentence before
            units[-1][1] = lo
            if hi <= lo:
                continue
        if units and (
            (k < len(inside) and inside[k].open < lo)
            or (p.tags[lo - 1] == ":" and lo in p.opening)
            or _attributes(p, units[-1][0], lo, hi)
        ):
            units[-1][1] = hi
        else:
            units.append([lo, hi])
    return [part for unit in units for part in _parts(p, *unit)]


def _behind_dateline(p, lo, hi):
    """Where the sentence begins behind a place and a date or an agency: `LIMA, April 9 - The mine …`."""
    for k in range(lo + 1, min(hi - 1, lo + p.limits.near)):
        if p.tags[k] == "-" and apart(p, k):
            closes = p.tags[k - 1] in (wc.NUMBER, wc.DAY, ")") or (
                p.tags[k - 1] == "." and p.tags[k - 2] in (wc.NUMBER, wc.DAY)
            )
            return k + 1 if closes or p.names.issuperset(range(lo, k)) else lo
        if p.tags[k] not in wc.DATELINE:
            return lo
    return lo


def apart(p, i):
    """Whether a dash stands apart from the word before it, and is no hyphen."""
    return p.tokens[i].start > p.tokens[i - 1].end


def _parts(p, lo, hi):
    """A unit in parts of at most `limits.unit` tokens, a quotation counting as one.

    No sentence of a newspaper is as long; the bound keeps the searches inside a unit short on any text.
    """
    count, i = 0, lo
    while i < hi:
        quotation = p.opening.get(i)
        i = max(quotation.close, i + 1) if quotation else i + 1
        count += 1
        if count == p.limits.unit and i < hi:
            yield lo, i
            lo, count = i, 0
    yield lo, hi


def _attributes(p, before, lo, hi):
    """Whether the sentence from `lo` is no more than "she asked", behind a quotation with a stop."""
    tags = p.tags
    if not ends_quotation(p, lo - 1, before):
        return False
    if lo in p.heads and (p.norms[lo - 2] == "." or tags[lo] != "-"):
        return False  # “… to the end.” | The mayor spoke to reporters on Monday.
    if tags[lo] == "-":
        return hi - lo <= p.limits.near
    if tags[lo] not in wc.BEGINS:
        return False
    k = phrases.noun_phrase_end(p.tokens, tags, lo, hi, p.limits.near)
    while k < hi and tags[k] in wc.GROUP:
        k += 1
    if k >= hi or not introduces_quotation(p, k):
        return False
    hears = any("obj" in cue.takes for cue, _ in p.lexicon.verbs[p.norms[k]])
    if hears and k + 1 < hi and tags[k + 1] in wc.BEGINS:  # "she asked reporters"
        k = phrases.noun_phrase_end(p.tokens, tags, k + 1, hi, p.limits.near) - 1
    after = tags[k + 1] if k + 1 < hi else "."
    if after != wc.PREPOSITION:
        return after in wc.CUE_ENDS
    rest = range(k + 1, min(hi, k + p.limits.clause))
    return not any(tags[x] in ('"', ":") or p.norms[x] == "that" for x in rest)


def introduces_quotation(p, i):
    """Whether the word at `i` is a form of a verb that a quotation can follow."""
    entries = p.lexicon.verbs.get(p.norms[i], ())
    return any(form != "base" and not cue.rest and "quote" in cue.takes for cue, form in entries)


def ends_quotation(p, at, lo):
    """Whether the token `at` closes a quotation that a reporting clause can follow."""
    quotation = p.closing.get(at) if at > lo else None
    if not quotation:
        return False
    last = at - 1
    while last > quotation.open and p.norms[last] in ('"', "'"):
        last -= 1
    return last > quotation.open and p.norms[last] in (",", "?", "!", "-", ".", "...")
