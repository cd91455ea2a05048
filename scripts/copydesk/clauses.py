"""Clauses about a cue: the sentences, the verb group, its subject.

A part of `statements`; classes of words come from `phrases`. Token indices throughout; a range is
(first, last + 1). Searches stay inside a unit, and a unit is short (see `_parts`).
"""

from copydesk import phrases
from copydesk.quotations import find_quotations
from copydesk.reporting import lexicon

BE = frozenset("be am is are was were been being 's 're 'm get got gets getting".split())
SUBORDINATORS = frozenset("as after before since when while until in on at during despite for".split())
_OWN_DETERMINERS = frozenset(
    """this that these those all both some many several few most others another each either neither
    enough""".split()
)
_RELATIVES = frozenset("who which whom whose what whoever".split())
_PLURALS = frozenset("people police women men media".split())
_POSSESSIVES = frozenset("his her its their my our your".split())
_LONGEST = 250


class Clauses:
    """A text with its tokens, their classes and its quotations, and what can be asked of a clause in it."""

    def __init__(self, doc):
        self.doc = doc
        self.tokens = doc.tokens
        self.norms = [token.norm for token in doc.tokens]
        self.tags = phrases.tag_tokens(doc.tokens)
        self.quotations = find_quotations(doc)
        self.opening = {q.open: q for q in self.quotations}
        self.closing = {q.close: q for q in self.quotations if q.closed}
        self.lexicon = lexicon()

    def _units(self):
        """Token ranges of the sentences, those that share a quotation joined."""
        units, carried = [], None
        inside = sorted((q.open, q.close) for q in self.quotations)
        k = 0
        for span in self.doc.sentences:
            lo, hi = self.doc.token_range(*span)
            if carried is not None:
                lo, carried = carried, None
            if hi - 1 in self.opening and hi - 1 > lo:
                carried = hi = hi - 1  # a mark that opens belongs to the next sentence
            if hi <= lo:
                continue
            while k < len(inside) and inside[k][1] < lo:
                k += 1
            if units and (
                (k < len(inside) and inside[k][0] < lo <= inside[k][1])
                or (self.tags[lo - 1] == ":" and lo in self.opening)
                or self._attributes(units[-1][0], lo, hi)
            ):
                units[-1][1] = hi
            else:
                units.append([lo, hi])
        return [part for unit in units for part in self._parts(*unit)]

    def _parts(self, lo, hi):
        """A unit in parts of at most `_LONGEST` tokens, a quotation counting as one.

        No sentence of a newspaper is as long; the bound keeps the searches inside a unit short on any text.
        """
        count, i = 0, lo
        while i < hi:
            quotation = self.opening.get(i)
            i = max(quotation.close, i + 1) if quotation else i + 1
            count += 1
            if count == _LONGEST and i < hi:
                yield lo, i
                lo, count = i, 0
        yield lo, hi

    def _attributes(self, before, lo, hi):
        """Whether the sentence from `lo` is no more than "she asked", behind a quotation that ends with a stop."""
        if not self._ends_quotation(lo - 1, before):
            return False
        tags, k = self.tags, lo
        if tags[k] == "-" and hi - lo <= 9:
            return True
        if tags[k] not in "dnrm":
            return False
        k = phrases.noun_phrase_end(self.tokens, tags, k, hi, 10)
        while k < hi and tags[k] in "bx":
            k += 1
        if k >= hi or not any("quote" in cue.takes and form in ("past", "s", "ing") and not cue.rest
                              for cue, form in self.lexicon.verbs.get(self.norms[k], ())):
            return False
        k += 1
        return k >= hi or tags[k] in ".,bt" or (tags[k] == "p" and not any(
            tags[x] in ('"', ":") or self.norms[x] == "that" for x in range(k, min(hi, k + 15))))

    def _ends_quotation(self, at, lo):
        """Whether the token `at` closes a quotation that a reporting clause can follow."""
        quotation = self.closing.get(at) if at > lo else None
        if not quotation:
            return False
        last = at - 1
        while last > quotation.open and self.norms[last] in ('"', "'"):
            last -= 1
        return last > quotation.open and self.norms[last] in (",", "?", "!", "-", ".", "...")

    def _is_fronted(self, group, lo):
        """Whether the cue stands in a subordinate clause or participle that comes before its main clause."""
        first = lo
        while first < group and self.tags[first] in "cb":
            first += 1
        if first == group:
            return True
        if self.tags[first] not in "swg" and self.norms[first] not in SUBORDINATORS and self.norms[first] != "by":
            return False
        k = first
        while k < group:
            quotation = self.opening.get(k)
            if quotation:
                k = quotation.close
                if k < group and self._ends_quotation(k, lo):
                    return False
            elif self.tags[k] == ",":
                return False
            k += 1
        return True

    def _is_loose_infinitive(self, i, group, lo, kind):
        """"grounds to believe", "how to respond": an infinitive that nobody is said to carry out."""
        if not any(letter == "i" for letter in self.tags[group:i]):
            return False
        at = group - 1
        while at > lo and self.tags[at] == "b":
            at -= 1
        return at >= lo and self.tags[at] in ("wnd" if kind == "position" else "w")

    def _verb_group(self, i, lo):
        """(first token of the verb group, whether it is passive, whether an auxiliary or "to" is in it)."""
        group = i
        passive = modal = False
        while group > lo and i - group < 7:
            letter = self.tags[group - 1]
            if letter == "x" or (letter == "z" and self.norms[group - 1] == "'s" and self.tags[i] == "g"):
                if group == i or not modal:
                    passive = self.norms[group - 1] in BE
                modal = True
            elif letter == "i":
                modal = True
            elif letter != "b" and not (self.norms[group - 1] == "further" and group == i):
                break
            group -= 1
        while group < i and self.tags[group] == "b" and self.norms[group] not in ("not", "n't", "never", "also"):
            group += 1
        return group, passive, modal

    def _is_verb(self, i, group, form, modal, lo, hi, end):
        """Whether the word is a verb here, where the same form could be a noun or an adjective."""
        while group > lo and self.tags[group - 1] == "b":
            group -= 1
        before = self.tags[group - 1] if group > lo else "^"
        word_before = self.norms[group - 1] if group > lo else ""
        if modal:
            return True
        if form == "ing":
            return before not in "dz" or word_before in _OWN_DETERMINERS
        if before == "^" and form in ("base", "s"):
            return False
        if form == "past":
            if before == "d":
                return word_before in _OWN_DETERMINERS
            if before in ("p", "z"):
                return False
            return not (end < hi and self.tags[end] == "p" and self.norms[end] == "by")
        if before in ("p", "z", "i", "m"):
            return before == "m" and form == "base"
        if before == "d" and word_before not in _OWN_DETERMINERS:
            return False
        if form == "base":
            if before == "r":
                return word_before not in ("he", "she", "it")
            if before in "wc" or word_before in _OWN_DETERMINERS:
                return True
            if before in ('"', ","):
                return self.tags[i] == "v"
            if self.tags[i] == "v" and before in "nt)":
                return True
            head = phrases.head_noun(self.tokens, self.tags, group - 1, lo)
            if head is not None and head != group - 1:
                return self.norms[head].endswith("s") and end < hi and (
                    self.tags[end] in "dri\"" or self.norms[end] in ("that", "how"))
            return word_before.endswith("s") or word_before in _PLURALS
        if before in "rwc,":
            return True
        if self.tags[i] == "v":
            return True
        if end >= hi or self.tags[end] in ".,":
            start = phrases.noun_phrase_start(self.tokens, self.tags, group - 1, lo)
            return start > lo and self.tags[start - 1] in ',"'
        return before in ("n", "t", ")", '"', "e") and end < hi and (
            self.tags[end] in "dridwmgb" or self.tags[end] in ('"', ":") or self.tags[end] == "n")

    def _subject(self, i, group, form, modal, lo, hi, found):
        """(source range or None, where the clause of the cue begins, whether it breaks a content off)."""
        tags = self.tags
        at = group - 1
        while at >= lo and tags[at] == "b":
            at -= 1
        finite = form != "ing" or modal
        infinitive = any(tags[k] == "i" for k in range(group, i))
        if at < lo:
            if form == "ing":
                return phrases.first_noun_phrase(self.tokens, tags, lo, hi), lo, False
            return None, None, False
        letter = tags[at]
        if infinitive or letter == "i":
            return self._earlier_subject(group, lo, found), group, False
        if not finite:
            if letter in ("n", "t", "r"):
                start = phrases.noun_phrase_start(self.tokens, tags, at, lo)
                if start <= at:
                    return (start, at + 1), group, False
            comma = letter == ","
            source = self._earlier_subject(group, lo, found, participle=True)
            return source, at if comma else group, comma or letter == "c"
        if letter == "c":
            before = self._earlier_subject(group, lo, found)
            return before, at, True
        if letter == "w":
            if self.norms[at] not in _RELATIVES:
                return None, None, False
            return (at, at + 1), at, False
        if letter == "d" and self.norms[at] in _OWN_DETERMINERS:
            return (at, at + 1), at, self._after_break(at, lo)
        if letter == "," or letter == "-":
            start = self._behind_quotation(at, lo) or self._appositive(at, lo)
            if start is not None:
                return (start, at), start, self._after_break(start, lo)
            return None, None, False
        if letter == ")":
            opened = at
            while opened > max(lo, at - 12) and tags[opened] != "(":
                opened -= 1
            start = phrases.noun_phrase_start(self.tokens, tags, opened - 1, lo)
            if start <= opened - 1:
                return (start, opened), start, self._after_break(start, lo)
            return None, None, False
        if letter == '"':
            quotation = self.closing.get(at)
            if quotation and at - quotation.open <= 7 and quotation.open > lo and tags[quotation.open - 1] in "ndm":
                start = phrases.noun_phrase_start(self.tokens, tags, quotation.open - 1, lo)
                return (start, at + 1), start, self._after_break(start, lo)
            return None, None, False
        start = phrases.noun_phrase_start(self.tokens, tags, at, lo)
        if start > at:
            if tags[i] == "v" and form in ("past", "s") and letter == "e":
                # "a man who asked not to be named said": the phrase before ends in a clause of its own
                return phrases.first_noun_phrase(self.tokens, tags, lo, at), group, True
            return None, None, False
        return (start, self._without_time(start, at)), start, self._after_break(start, lo)

    def _without_time(self, start, at):
        """The end of the noun phrase from `start` to `at` without "Thursday", "on Thursday", "last week"."""
        tags, norms, last = self.tags, self.norms, at
        if tags[last] == "t" or (norms[last] in phrases.TIME_NOUNS and norms[last - 1] in ("last", "this", "next")):
            last -= 1 if tags[last] == "t" else 2
            if last > start and tags[last] == "p":
                last -= 1
        return (last if last >= start else at) + 1

    def _after_break(self, start, lo):
        """Whether a clause can begin at `start` beside another: after a comma, a conjunction, a mark."""
        if start <= lo:
            return True
        before = start - 1
        while before > lo and self.tags[before] == "b":
            before -= 1
        letter = self.tags[before]
        if letter == "c":
            return before > lo and self.tags[before - 1] in ',;-"'
        return letter in (",", ";", "-", ":", '"') or self.norms[before] in ("while", "although", "though")

    def _behind_quotation(self, at, lo):
        """Where the subject begins that fills all between a quotation and the mark `at`, or None."""
        for k in range(at - 1, max(lo, at - 40), -1):
            if k in self.closing and self._ends_quotation(k, lo):
                return k + 1 if self.tags[k + 1] in "dnr" else None
        return None

    def _appositive(self, at, lo):
        """Where the noun phrase begins before an insertion that ends with the mark `at`, or None."""
        tags, mark = self.tags, self.tags[at]
        low = max(lo, at - 45)
        start, edge = None, at
        while True:
            k = edge - 1
            while k > low and tags[k] not in (mark, ";", ":", '"'):
                k -= 1
            if k <= low or tags[k] != mark or k == edge - 1:
                return start
            head = phrases.noun_phrase_start(self.tokens, tags, k - 1, lo)
            if head > k - 1:
                return start
            inner = tags[k + 1]
            if inner not in "wdnmpegt" and self.norms[k + 1] != "that":
                return start
            if inner not in "weg" and any(letter in "vx" for letter in tags[k + 1 : edge]) and not any(
                letter == "w" for letter in tags[k + 1 : edge]
            ):
                return start  # a clause stands between the marks, not an apposition
            if head <= lo or tags[head - 1] != mark:
                return head
            start, edge = head, head - 1
            if not phrases.has_verb(tags, lo, edge):
                return start

    def _earlier_subject(self, group, lo, found, participle=False):
        """The subject that a verb without one of its own shares: of the cue before it, or of its clause."""
        for item in reversed(found):
            if item.cue[0] < lo:
                break
            if item.source and item.source[0] < group:
                if participle and any(a <= group < b for a, b in item.content) and item.side == "right":
                    pass
                return item.source
        start = phrases.clause_start(self.tags, group, lo)
        return phrases.first_noun_phrase(self.tokens, self.tags, start, group)

    def _inverted(self, at, hi):
        """The subject behind the cue: "said the minister"."""
        if at >= hi or self.tags[at] not in "dnrmt":
            return None
        stop = phrases.noun_phrase_end(self.tokens, self.tags, at, hi)
        if stop <= at:
            return None
        if stop + 1 < hi and self.tags[stop] == "," and self.tags[stop + 1] in "dnw":
            # an apposition, to its comma or the end
            k = stop + 1
            while k < hi and k < stop + 25 and self.tags[k] not in (",", ".", '"', ";"):
                k += 1
            if not phrases.has_verb(self.tags, stop + 1, k) or self.tags[stop + 1] == "w":
                stop = k
        return at, stop

    def _possessor(self, i, lo):
        """Whose claim it is: "the minister's claim", "his claim"."""
        tags, norms = self.tags, self.norms
        k = i - 1
        while k >= lo and i - k < 4 and tags[k] in "nemb":
            k -= 1
        if k < lo:
            return None
        if tags[k] == "z":
            start = phrases.noun_phrase_start(self.tokens, tags, k - 1, lo)
            return (start, k) if start < k else None
        if norms[k] in _POSSESSIVES:
            return k, k + 1
        return None
