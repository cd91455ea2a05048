"""What a cue takes: the clause, phrase or quotation behind it or before it.

A part of `statements`.
"""

from typing import NamedTuple

from copydesk import phrases
from copydesk.clauses import SUBORDINATORS, Clauses

_OCCASIONS = frozenset(
    """interview interviews statement speech speeches address remarks post tweet email e-mail letter memo briefing
    conference debate podcast column editorial op-ed message essay report ad video""".split()
)


class Found(NamedTuple):
    """A candidate, in token indices; ranges are (first, last + 1)."""

    source: tuple | None
    cue: tuple
    content: tuple
    lemma: str
    group: str
    kind: str
    begins: int  # where its own words begin: a content before it ends here
    side: str  # "right", "left" or "both": where the content is
    breaks: bool  # whether it can end the content of a statement before it
    speech: bool = False  # whether the cue is one that quotations follow


class Complements(Clauses):
    """Finds contents: `_right` behind a cue, `_parenthesis` before it or on both sides."""

    def _right(self, cue, at, hi, enclosed):
        """What follows the cue: (what, ranges, end of the cue), or None where it takes nothing there.

        enclosed: whether the cue stands in a clause that ends with a comma, the main clause going on behind.
        """
        takes, tags, norms = cue.takes, self.tags, self.norms
        if enclosed:
            hi = self._enclosure(at, hi)
            if hi <= at:
                return None
        j = self._skip_adverbials(at, hi)
        if j >= hi:
            return None
        if j > at and cue.rest and cue.rest[-1] in ("to", "for", "of", "on", "about", "at", "with", "against"):
            j = at
        addressed = "obj" in takes and tags[j] in "dnrm" and norms[j] != "that"
        found = None if addressed else self._complement(takes, j, at, hi)
        if found:
            return found
        if ("obj" in takes or "objto" in takes) and tags[j] in "dnrm":
            end = phrases.noun_phrase_end(self.tokens, tags, j, hi, 12)
            if end < hi and tags[end] == "i" and "objto" in takes:
                return "np", ((j, self._content_end(j, hi, False)),), at
            if "obj" in takes and end < hi:
                if tags[end] in "xve" and end - j > 1 and tags[j] in "nd":
                    # Two names meet: "told Reuters Moscow needed time". The hearer is the shorter guess.
                    start = j + 1 if tags[j] == "n" else end - 1
                    return "that", ((start, self._content_end(start, hi, True)),), at
                k = self._skip_adverbials(end, hi)
                found = self._complement(takes | {"that", "wh", "quote"} - {"np"}, k, at, hi, addressed=True)
                if found:
                    return found
                if norms[k] in ("about", "of") and k + 1 < hi:
                    return "np", ((k + 1, self._content_end(k + 1, hi, False)),), at
                late = self._late(k, hi, takes)
                if late and tags[late] == "i":
                    return "np", ((late, self._content_end(late, hi, None)),), at
                found = self._complement(takes | {"that", "quote"} - {"np"}, late, at, hi, late=True) if late else None
                return found or self._complement(takes, j, at, hi)
        if takes & {"quote", "that", "that!"} and "np" not in takes:
            # "said at a rally in the north that": the clause or the quotation may come after phrases of
            # place and time.
            k = self._late(j, hi, takes)
            if k:
                if tags[k] == '"' and tags[j] in "dnrm" and "that" in takes and "obj" not in takes and k > j:
                    return "that", ((j, self._content_end(j, hi, True)),), at
                return self._complement(takes, k, at, hi, late=True)
        if takes & {"np", "small", "as"} and tags[j] in "dnrmgtew":
            return self._nominal(takes, j, at, hi)
        return None

    def _late(self, j, hi, takes):
        """Where the complement begins behind phrases of place and time, or None."""
        tags, norms = self.tags, self.norms
        for k in range(j, min(hi, j + 25)):
            letter = tags[k]
            if norms[k] == "that" and k > j or letter in ('"', ":"):
                return k
            if letter == "," and k + 1 < hi and (tags[k + 1] == '"' or norms[k + 1] == "that"):
                return k + 1
            if letter == "i" and (("to" in takes and "obj" not in takes) or "objto" in takes):
                return k
            if letter in "vxw,;s.?!":
                return None
        return None

    def _complement(self, takes, j, at, hi, addressed=False, late=False):
        tags, norms = self.tags, self.norms
        if j >= hi:
            return None
        letter, norm = tags[j], norms[j]
        if letter == '"' and j in self.opening:
            if takes & {"quote", "np", "small", "that"}:
                return "quote", ((j, self._content_end(j, hi, "quote" in takes or "that" in takes)),), at
            return None
        if letter in ",:" and j + 1 < hi and j + 1 in self.opening and "quote" in takes:
            if letter == ":" or not self._cue_follows(j + 1, hi):
                return "quote", ((j + 1, self._content_end(j + 1, hi, True)),), at
            return None
        if letter == ":" and "quote" in takes and j + 1 < hi:
            return "quote", ((j + 1, hi),), at
        if norm == "that" and takes & {"that", "that!"} and j + 1 < hi and (
                tags[j + 1] not in "vxpc" or (tags[j + 1] in "xvp" and "np" not in takes)):
            return "that", ((j, self._content_end(j, hi, True)),), at
        if (letter == "w" or norm in ("if", "whether")) and "wh" in takes:
            return "wh", ((j, self._content_end(j, hi, True)),), at
        if letter == "i" and "to" in takes:
            return "to", ((j, self._content_end(j, hi, None)),), at
        if letter == "g" and "ing" in takes:
            return "ing", ((j, self._content_end(j, hi, None)),), at
        if "that" in takes and letter in "dnrmtgi" and not late:
            if self._clause_at(j, hi) or (not takes & {"np", "obj"} and self._verb_ahead(j, hi)):
                return "that", ((j, self._content_end(j, hi, True)),), at
        if "that" in takes and letter in "sp" and not late and not addressed:
            # A clause that opens with a subordinate clause or a phrase: "said if elected, she would …"
            if letter == "s":
                return "that", ((j, self._content_end(j, hi, True)),), at
        return None

    def _cue_follows(self, opening, hi):
        """Whether the quotation that begins here has a cue of its own behind it."""
        quotation = self.opening[opening]
        k = quotation.close + 1
        if not quotation.closed or k >= hi or self.norms[quotation.close - 1] in (".",):
            return False
        return any(self.norms[x] in self.lexicon.verbs for x in range(k, min(hi, k + 6)))

    def _verb_ahead(self, j, hi):
        """Whether a finite verb comes before the sentence or a quotation ends the search."""
        for k in range(j + 1, min(hi, j + 30)):
            letter = self.tags[k]
            if letter in "xv" or (letter == "e" and self.tags[k - 1] in "nrb"):
                return True
            if letter in ".;:?!":
                return False
        return False

    def _clause_at(self, j, hi):
        """Whether a noun phrase and its verb begin at `j`: a clause without "that"."""
        tags = self.tags
        if self.norms[j] == "there" and j + 1 < hi:
            return tags[j + 1] == "x"
        if tags[j] == "g":
            return phrases.has_verb(tags, j, min(hi, j + 12))
        limit = min(hi, j + 25)
        end = phrases.noun_phrase_end(self.tokens, tags, j, hi)
        while end < limit:
            letter = tags[end]
            if letter in "xv":
                return True
            if letter == "e":
                return True
            if letter in "b":
                end += 1
                continue
            if letter == "z" and self.norms[end] == "'s":
                return True
            if letter in "wdrs" or self.norms[end] == "that":
                # a relative clause without or with its pronoun: find the verb behind it
                return sum(tags[k] in "xv" for k in range(end, limit)) >= 2
            if letter == ",":
                return phrases.has_verb(tags, end, limit)
            if letter in '"':
                return phrases.has_verb(tags, end + 1, limit)
            if letter in "pcntm":
                end += 1
                continue
            return False
        return False

    def _nominal(self, takes, j, at, hi):
        """A noun phrase as what is said, wanted or judged, with its predicate where the cue takes one."""
        tags, norms = self.tags, self.norms
        if tags[j] == "w" and "np" not in takes:
            return None
        end = self._content_end(j, hi, False)
        if takes & {"np"}:
            return "np", ((j, end),), at
        if "as" in takes:
            if any(norms[k] == "as" for k in range(j, min(end, j + 15))):
                return "np", ((j, end),), at
            return None
        if "small" in takes:
            noun_end = phrases.noun_phrase_end(self.tokens, tags, j, hi)
            if end > j + 1 and (noun_end < end or tags[j] == "r" or end - j >= 3):
                return "np", ((j, end),), at
        return None

    def _object_relative(self, cue, pronoun, at, hi):
        """"whom she described as …", "a rule that he said would …": the object has gone before."""
        if not (self.tags[pronoun] == "w" or self.norms[pronoun] == "that") or at >= hi:
            return None
        if "as" in cue.takes and self.norms[at] == "as":
            return "np", ((pronoun, pronoun + 1), (at, self._content_end(at, hi, False))), at
        if "that" in cue.takes and self.tags[at] in "xv":
            return "that", ((at, self._content_end(at, hi, True)),), at
        return None

    def _enclosure(self, at, hi):
        """Where the main clause goes on: after a comma, with a verb or a new subject."""
        tags, i = self.tags, at
        while i < hi:
            quotation = self.opening.get(i)
            if quotation:
                i = max(i + 1, quotation.close)
                if not (i < hi and tags[i] == '"' and self.norms[i - 1] == ","):
                    i += 1
                    continue
            if tags[i] == "-" and i > at + 1 and self.tokens[i].start > self.tokens[i - 1].end:
                return i
            if (tags[i] == "," or tags[i] == '"') and i + 1 < hi and i > at + 1:
                if tags[i + 1] in "vxew" or self.norms[i + 1] in ("he", "she", "they", "it", "we", "i", "there"):
                    return i
                if tags[i + 1] in "rdn" and self._clause_at(i + 1, min(hi, i + 9)):
                    return i
            if tags[i] == "v" and i > at + 1 and self.norms[i] in self.lexicon.verbs and tags[i - 1] in "net":
                return i
            i += 1
        return hi

    def _predicate_start(self, at, hi):
        """Where the verb comes whose subject holds an infinitive: "his plan to close it | is late"."""
        tags = self.tags
        for k in range(at + 1, hi):
            if tags[k] in "wsc," or self.norms[k] == "that":
                return hi
            if self.norms[k] in ("is", "was", "are", "were", "has", "had", "will", "would") and tags[k - 1] in "nmt":
                return k
        return hi

    def _skip_adverbials(self, j, hi):
        """Past adverbs, days and times: "said late on Thursday", "said last week"."""
        tags, norms = self.tags, self.norms
        while j < hi:
            letter = tags[j]
            if letter in "bt" and not (j + 1 < hi and tags[j + 1] == "z"):
                j += 1
                if letter == "t" and j < hi and tags[j] == "m":
                    j += 1
                    continue
            elif norms[j] in phrases.TIME_NOUNS or letter == "p" and j + 1 < hi and tags[j + 1] == "t":
                j += 1
            elif letter == "p" and j + 2 < hi and tags[j + 1] in "dn" and norms[j] in ("on", "in", "at", "during", "via"):
                end = phrases.noun_phrase_end(self.tokens, tags, j + 1, hi, 14)
                if end < hi and (norms[end] in ("that", ":") or tags[end] in ('"', ":", "r", "d")):
                    if norms[end] != "that" and end - j > 6:
                        return j
                    j = end
                else:
                    return j
            elif letter in "dn" and j + 1 < hi and norms[j] in ("this", "last", "next", "every", "earlier", "late"):
                if norms[j + 1] in phrases.TIME_NOUNS or tags[j + 1] == "t":
                    j += 2
                else:
                    return j
            else:
                return j
        return j

    def _content_end(self, start, hi, clause):
        """Where a content that begins at `start` ends.

        clause: True for a finite clause, False for a noun phrase, None for an infinitive or a gerund.
        """
        tags, norms, i = self.tags, self.norms, start
        verbs = self.lexicon.verbs
        quotation = self.opening.get(start)
        if quotation and clause and quotation.closed:
            # A quotation that is whole ends the content, unless another follows: “…,” and “…”.
            after = quotation.close + 1
            if after >= hi or (self._ends_quotation(quotation.close, start - 1) and not any(
                    k in self.opening for k in range(after, min(hi, after + 4)))):
                return min(after, hi)
            if tags[after] == "c" and after + 1 < hi and (tags[after + 1] in "vx" or (
                    tags[after + 1] == "e" and after + 2 < hi and tags[after + 2] in "dnrpi")):
                return after
        while i < hi:
            quotation = self.opening.get(i)
            if quotation:
                i = max(i + 1, quotation.close)
                if not (i < hi and i in self.closing and norms[i - 1] == ","):
                    i += i in self.closing
                    continue
            letter = tags[i]
            if letter == ";" or (letter == ":" and not clause):
                return i
            if letter == "-" and i + 1 < hi and i > start and (tags[i + 1] == "c" or not clause) and (
                    self.tokens[i].start > self.tokens[i - 1].end):
                return i
            if letter in ',"' and i + 1 < hi:
                after = tags[i + 1]
                if norms[i + 1] == "according":
                    return i
                if after == "g" and (norms[i + 1] in verbs or not clause):
                    return i
                if not clause and (after in "cs" or norms[i + 1] in ("as", "with", "when", "where", "after")):
                    if norms[i + 1] not in ("and", "or") or phrases.has_verb(tags, i + 1, min(hi, i + 8)):
                        return i
                if not clause and (after == "r" or (after == '"' and letter == "," and clause is False)):
                    return i
                if not clause and letter == '"' and not self._list_goes_on(i + 1, hi):
                    return i + 1
            elif not clause and i > start:
                if letter == "c" and i + 1 < hi:
                    if norms[i] == "but" and clause is False or self._parallel(i + 1, hi):
                        return i
                    k = i + 1
                    while k < hi and tags[k] == "b":
                        k += 1
                    if k < hi and (tags[k] in "vxr" or (tags[k] == "e" and k + 1 < hi and tags[k + 1] in "dnrpi")):
                        return i
                elif clause is not None and letter == "s" and norms[i] != "because" and norms[i] not in ("if", "whether") or letter == "w" and norms[i] == "when" or letter == "p" and i + 1 < hi and clause is not None and self._is_adjunct(i, start):
                    return i
            i += 1
        return hi

    def _parallel(self, at, hi):
        """Whether a noun phrase with a participle of reporting begins here: "and Tallinn stressing calm"."""
        end = phrases.noun_phrase_end(self.tokens, self.tags, at, hi, 8)
        return at < end < hi and self.tags[end] == "g" and self.norms[end] in self.lexicon.verbs

    def _list_goes_on(self, at, hi):
        """Whether another quotation follows soon and without a verb: a "pest," an "anchor" and …"""
        for k in range(at, min(hi, at + 6)):
            if k in self.opening:
                return True
            if self.tags[k] in "rvxe":
                return False
        return False

    def _is_adjunct(self, i, start):
        """Whether the preposition at `i` begins a phrase of time or occasion, no part of the noun phrase."""
        norm, after = self.norms[i], self.tags[i + 1]
        if norm in ("during", "after", "before", "until", "amid", "despite", "since"):
            return True
        if norm in ("on", "in", "by") and (after == "t" or self.norms[i + 1] in phrases.TIME_NOUNS):
            return True
        if norm == "as" and after == "r":
            return True
        if norm == "in" and any(n in _OCCASIONS for n in self.norms[i + 1 : i + 5]):
            return True
        if norm == "at" and after in "dnm" and i > start:
            return True
        return i - start == 1 and self.tags[start] == "r" and norm in ("on", "in", "at", "with", "by")

    def _left(self, cue, form, source, group, begins, lo, ranges, found):
        """The range of a quotation before `…,” she said, “…`, when there is also content behind."""
        if form == "ing" or source is None or begins is None or begins <= lo:
            return None
        if "quote" not in cue.takes:
            return None
        if self.tags[begins - 1] == "," and source[0] == begins and ranges[0][0] in self.opening and (
                self.tags[ranges[0][0] - 1] == ","):
            return self._interrupted(lo, begins - 1)
        if self.tags[begins - 1] == '"' and begins - 1 in self.closing:
            opened = self.closing[begins - 1].open
            if source[0] != begins or (opened > lo and not phrases.has_verb(self.tags, lo, opened)):
                return None
            if self.norms[begins - 2] in (",", "?", "!", "-", "...", "."):
                return self._left_range(opened, lo, found, begins)
        return None

    def _interrupted(self, lo, edge):
        """The first part of a clause that "she said" and a quotation interrupt: "It was, she said, “…”."""
        first = lo
        while first < edge and self.tags[first] in "bc":
            first += 1
        if first >= edge or self.tags[first] not in 'dnr"' or any(n in phrases.TIME_NOUNS for n in self.norms[first:edge]):
            return None
        return (first, edge) if not any(letter in ",;:" for letter in self.tags[first:edge]) else None

    def _left_range(self, opened, lo, found, end):
        """The content that ends with the quotation opened at `opened`: with the clause it completes."""
        first = max([lo, *(item.cue[1] for item in found if item.cue[1] <= opened)])
        if found and first != lo:
            return opened, end
        while first < opened and self.tags[first] in ",c;-":
            first += 1
        return first, end

    def _parenthesis(self, i, end, cue, form, group, source, begins, lo, hi, found):
        """`CONTENT, source cue` and `CONTENT, cue source`, the content going on behind or not."""
        if form == "ing":
            return None
        tags, norms = self.tags, self.norms
        inverted = None
        if source is None or begins is None or begins <= lo or tags[begins - 1] not in (",", '"', "-") or (
                source[0] != begins or tags[begins] == "w" or norms[begins] == "that"):
            if begins is not None and begins > lo and source and source[0] == begins and norms[begins - 1] == "as" and (
                    end + 1 < hi and tags[end] == "," and (begins - 1 == lo or tags[begins - 2] in ",cb")):
                return Found(source, (group, end), ((end + 1, hi),), cue.lemma, cue.group, cue.kind, begins - 1,
                              "right", True)
            if begins is not None and begins > lo + 1 and norms[begins - 1] == "as" and source and (
                    source[0] == begins and tags[begins - 2] in (",", '"')):
                return self._as_parenthesis(cue, source, group, end, begins, lo)
            if group > lo and tags[group - 1] in (",", '"', "-") and form in ("past", "s") and "quote" in cue.takes:
                inverted = self._inverted(end, hi)
            if inverted is None:
                return None
            source, begins, after = inverted, group, inverted[1]
        else:
            after = end
        edge = begins - 1
        if tags[edge] == '"':
            quotation = self.closing.get(edge)
            if not quotation:
                return None
            content = self._left_range(quotation.open, lo, found, edge + 1)
        else:
            first = lo
            for item in found:
                if item.cue[1] <= edge and item.side != "right":
                    first = max(first, item.cue[1], item.source[1] if item.source else 0)
            while first < edge and tags[first] in ",;-":
                first += 1
            if first >= edge or self._is_subordinate(first, edge):
                return None
            content = (first, edge)
            if not (phrases.has_verb(tags, first, edge) or tags[edge - 1] == '"'):
                rest = after
                while rest < hi and rest < after + 15 and tags[rest] not in ',vx"':
                    rest += 1
                if not (rest + 1 < hi and tags[rest] == "," and (
                        tags[rest + 1] == "e" or norms[rest + 1] == "that" or phrases.has_verb(tags, rest, hi))):
                    return None
        ranges = [content]
        tail = self._tail(after, hi, content)
        if tail:
            ranges.append(tail)
        return Found(source, (group, end), tuple(ranges), cue.lemma, cue.group, self._kind(cue, source),
                      begins, "left", True)

    def _as_parenthesis(self, cue, source, group, end, begins, lo):
        """`CONTENT, as the minister put it`."""
        edge = begins - 2 if self.tags[begins - 2] == "," else begins - 1
        return Found(source, (group, end), ((lo, edge),), cue.lemma, cue.group, cue.kind, begins - 1, "left", True)

    def _is_subordinate(self, first, edge):
        """Whether the range is one subordinate clause or phrase of time, no statement by itself."""
        while first < edge and self.tags[first] == "b":
            first += 1
        if first >= edge:
            return True
        if self.tags[first] not in "sg" and self.norms[first] not in SUBORDINATORS:
            return False
        return not any(self.tags[k] == "," for k in range(first, edge))

    def _tail(self, after, hi, content):
        """What goes on behind the cue: a quotation, or the rest of an interrupted clause."""
        tags, norms = self.tags, self.norms
        limit = min(hi, after + 40)
        for k in range(after + 1, limit):
            if k in self.opening and (tags[k - 1] in ",:" or (tags[k - 1] in "cb" and k > after + 1)):
                if any(tags[x] == "g" and "quote" in cue.takes and not cue.rest
                       for x in range(max(after, k - 4), k) for cue, _ in self.lexicon.verbs.get(norms[x], ())):
                    return None  # a cue of its own: "adding, …"
                first = k if tags[k - 1] in ",:" else k - 1
                return first, hi
            if tags[k] == "." or (tags[k] in "vx" and tags[k - 1] in "nrw"):
                break
        k = after
        while k < limit and tags[k] not in (",", ":", '"', ";", "-"):
            k += 1
        if k >= hi:
            return None
        if tags[k] == '"':
            return (k, hi) if k in self.opening else None
        if k + 1 < hi and k + 1 in self.opening:
            return (k + 1, hi)
        if tags[k] == "," and k + 1 < hi:
            after_comma = tags[k + 1]
            if after_comma == "g" and norms[k + 1] in self.lexicon.verbs:
                return None
            quoted = tags[content[1] - 1] == '"'
            if norms[k + 1] == "that" or (after_comma == "s" and not quoted):
                return (k + 1, self._content_end(k + 1, hi, True))
            if quoted:
                return None
            if not phrases.has_verb(tags, *content) or after_comma in "xvepbi" or norms[k + 1] in ("and", "but"):
                return (k + 1, self._content_end(k + 1, hi, True))
        return None
