"""What a cue takes: the clause, phrase or quotation behind it or before it.

A part of `statements`.
"""

from typing import NamedTuple

from copydesk.engine.language import actor_names, phrases
from copydesk.engine.statements.clauses import SUBORDINATORS, Clauses, Subject

_OCCASIONS = frozenset(
    """interview interviews statement speech speeches address remarks post tweet email e-mail letter memo
    briefing conference debate podcast column editorial op-ed message essay report ad video""".split()
)


# What a content is, which decides where it ends.
CLAUSE, PHRASE, INFINITIVE = "clause", "phrase", "infinitive"

# Particles after which a day or a time is a part of the phrase: "talked about Thursday".
_PARTICLES = frozenset("to for of on about at with against".split())
_NEGATIONS = frozenset(("not", "never"))
_INEXACT = frozenset(("at least", "at most", "up to", "as many", "close to", "more than"))
_ROUGHLY = frozenset("between about around over under nearly almost".split())
_SUBJECTS = frozenset("he she they it we i there".split())
_NOBODY = frozenset("nobody none neither".split())
_IFS = frozenset("if unless lest whether".split())
_UNSAID = frozenset("would could might may can will should must shall ca wo 'd 'll not n't never".split())


class Taken(NamedTuple):
    """A complement behind a cue: what it is (as in the codebook's list of what verbs take), its ranges."""

    what: str
    ranges: tuple


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
    word: int | None = None  # where the reporting word itself stands, auxiliaries before it
    verbatim: bool = False  # whether the content is given as it was spoken, without quotation marks
    what: str = "that"  # what the content is, as in the codebook's list of what verbs take
    words: str = "phrase"  # what it takes to give words, as in the codebook
    said: bool = True  # whether it was said at all: not "would say", "never said", "if he says"


class Complements(Clauses):
    """Finds contents: `_right` behind a cue, `_parenthesis` before it or on both sides."""

    def _right(self, cue, at, hi, enclosed):
        """What follows the cue, as `Taken`, or None where it takes nothing there.

        enclosed: whether the cue stands in a clause that ends with a comma, the main clause going on behind.
        """
        takes, tags = cue.takes, self.tags
        if enclosed:
            hi = self._enclosure(at, hi)
        j = at if cue.rest and cue.rest[-1] in _PARTICLES else self._skip_adverbials(at, hi)
        if j < hi and tags[j] == ",":
            j = self._behind_insertion(takes, j, hi)
        if j < hi and "quote" in takes:
            j = self._behind_programme(j, hi)
        if j >= hi:
            return None
        if "obj" in takes and j in self.opening:
            behind = self.opening[j].close + 1  # "told “Harbour Today” that …"
            if behind - j <= 7 and behind < hi and self.norms[behind] == "that":
                j = behind
        if takes & {"obj", "objto"} and tags[j] in "dnrm" and self.norms[j] != "that":
            taken = self._behind_hearer(takes, j, hi)
            if taken or "obj" in takes:
                return taken
        taken = self._complement(takes, j, hi)
        if taken:
            return taken
        if takes & {"quote", "that", "that!"} and (
            "np" not in takes or (tags[j] == "p" and self.norms[j] != "as")
        ):
            late = self._late(j, hi, takes)
            if late and tags[late] in '"i' and tags[j] in "dnrm" and "that" in takes and late > j:
                return Taken("that", ((j, self._content_end(j, hi, CLAUSE)),))
            if late and tags[late] == "i" and tags[j] not in "ptb,":
                return None  # "resolve a debate about ways to pay"
            if late and (self.norms[late] != "that" or tags[j] not in "dnrm"):
                return self._complement(takes, late, hi, late=True)
        if takes & {"np", "small", "as"} and tags[j] in "dnrmgtew":
            return self._nominal(takes, j, hi)
        return None

    def _behind_insertion(self, takes, j, hi):
        """Past an insertion between commas, where a clause follows it: "said, through a lawyer, that"."""
        for k in range(j + 2, min(hi - 1, j + 12)):
            if self.tags[j + 1] in "xve":
                return j  # the clause that was interrupted goes on
            if self.tags[k] == ",":
                clause = self.norms[k + 1] == "that" or ("wh" in takes and self.norms[k + 1] == "whether")
                return k + 1 if clause or k + 1 in self.opening else j
        return j

    def _behind_programme(self, j, hi):
        """Past the title of a programme or a text: "said on Monday on Lake Radio's “Tides,” that …"."""
        at = j + 1 if self.tags[j] == "p" else j
        title = self.opening.get(at)
        if title is None or self.tags[at - 1] not in "pz" or not title.closed or title.close - title.open > 6:
            return j
        behind = title.close + 1
        ends = behind < hi and (self.norms[title.close - 1] == "," or self.norms[behind] == "that")
        return behind if ends else j

    def _behind_hearer(self, takes, j, hi):
        """The complement behind the person addressed, who is no part of it: "told reporters that …"."""
        tags = self.tags
        end = phrases.noun_phrase_end(self.tokens, tags, j, hi, 12)
        if end >= hi:
            return None
        if "objto" in takes and self._infinitive_at(end, hi):
            return Taken("objto", ((j, self._content_end(j, hi, PHRASE)),))
        if "obj" not in takes:
            return None
        end = self._list_of_names(end, hi)
        if tags[end] in "xve" and end - j > 1 and tags[j] in "nd":
            # Two names meet: "told Reuters Oslo needed time". The hearer is the shorter guess.
            start = j + 1 if tags[j] == "n" else end - 1
            return Taken("that", ((start, self._content_end(start, hi, CLAUSE)),))
        k = self._skip_adverbials(end, hi)
        taken = self._complement(takes | {"that", "wh", "quote"} - {"np"}, k, hi)
        if taken:
            return taken
        if k + 1 < hi and self.norms[k] in ("about", "of", "on") and tags[k + 1] in "ws" and "wh" in takes:
            return Taken("wh", ((k + 1, self._content_end(k + 1, hi, CLAUSE)),))
        if k + 1 < hi and self.norms[k] in ("about", "of"):
            return Taken("np", ((k + 1, self._content_end(k + 1, hi, PHRASE)),))
        late = self._late(k, hi, takes)
        if late and self._infinitive_at(late, hi):
            return Taken("objto", ((late, self._content_end(late, hi, INFINITIVE)),))
        if late:
            taken = self._complement(takes | {"that", "quote"} - {"np"}, late, hi, late=True)
        return taken or self._complement(takes, j, hi)

    def _list_of_names(self, end, hi):
        """Where a hearer ends whose name holds commas, up to "that": "the Health, Labor and Pensions Committee"."""
        k = end
        while k < hi - 1 and k < end + 15 and (k in self.names or self.tags[k] in ",c"):
            k += 1
        return k if self.norms[k] == "that" and self.tags[k - 1] != "," else end

    def _late(self, j, hi, takes):
        """Where the complement begins behind phrases of place and time, or None."""
        tags, norms = self.tags, self.norms
        for k in range(j, min(hi, j + 25)):
            letter = tags[k]
            if norms[k] == "that" and k > j or letter in ('"', ":"):
                return k
            if letter == "," and k + 1 < hi and (tags[k + 1] == '"' or norms[k + 1] == "that"):
                return k + 1
            if takes & {"to", "objto"} and self._infinitive_at(k, hi):
                return k
            if letter in "vxw,;s.?!":
                return None
        return None

    def _complement(self, takes, j, hi, late=False):
        """The complement that begins at `j`. late: phrases of place and time stand between it and the cue."""
        if j >= hi:
            return None
        tags, letter, norm = self.tags, self.tags[j], self.norms[j]
        after = tags[j + 1] if j + 1 < hi else ""
        if j in self.opening:
            mode = CLAUSE if takes & {"quote", "that"} else PHRASE
            whole = takes & {"quote", "np", "small", "that"}
            return Taken("quote", ((j, self._content_end(j, hi, mode)),)) if whole else None
        if letter in (",", ":") and "quote" in takes and j + 1 < hi:
            if j + 1 in self.opening:
                if letter == "," and self._cue_follows(j + 1, hi):
                    return None
                return Taken("quote", ((j + 1, self._content_end(j + 1, hi, CLAUSE)),))
            return Taken("quote", ((j + 1, hi),)) if letter == ":" else None
        if (
            norm == "that"
            and takes & {"that", "that!"}
            and after
            and after not in "c,"
            and (after not in "vxp" or "np" not in takes or phrases.has_verb(tags, j + 2, min(hi, j + 15)))
        ):
            return Taken("that", ((j, self._content_end(j, hi, CLAUSE)),))
        if "that!" in takes and letter in "dnr" and not late and self._is_finite(j, hi):
            return Taken("that", ((j, self._content_end(j, hi, CLAUSE)),))
        if (letter == "w" or norm in ("if", "whether")) and "wh" in takes:
            return Taken("wh", ((j, self._content_end(j, hi, CLAUSE)),))
        if "to" in takes and self._infinitive_at(j, hi):
            return Taken("to", ((j, self._content_end(j, hi, INFINITIVE)),))
        if letter == "g" and "ing" in takes:
            return Taken("ing", ((j, self._content_end(j, hi, INFINITIVE)),))
        if (
            "that" in takes
            and not late
            and (
                letter == "s"
                or (letter in "dnrmtgi" and self._bare_clause(takes, j, hi))
                or (not takes & {"np"} and self._about(j, hi))
            )
        ):
            return Taken("that", ((j, self._content_end(j, hi, CLAUSE)),))
        return None

    def _is_finite(self, j, hi):
        """Whether a noun phrase and a verb begin at `j` that can only be finite: "the body would", "it used two"."""
        tags, k = self.tags, phrases.noun_phrase_end(self.tokens, self.tags, j, hi)
        if not j < k < hi - 1:
            return False
        return tags[k] in "xv" or (tags[k] == "e" and tags[k + 1] in "dmr")

    def _about(self, j, hi):
        """Whether a clause begins at `j` with a number that is no exact one: "said at least nine were hurt"."""
        number = j + 1 if self.norms[j] in _ROUGHLY else j + 2
        inexact = number < hi and (number == j + 1 or " ".join(self.norms[j:number]) in _INEXACT)
        return inexact and self.tags[number] == "m" and self._clause_at(number, hi)

    def _infinitive_at(self, j, hi):
        """Whether an infinitive begins at `j`: "to go", "not to go"."""
        if self.norms[j] in _NEGATIONS:
            j += 1
        return j < hi and self.tags[j] == "i"

    def _bare_clause(self, takes, j, hi):
        """Whether a clause without "that" begins at `j`; where no noun phrase can, any verb ahead will do."""
        return self._clause_at(j, hi) or (not takes & {"np", "obj", "thing"} and self._verb_ahead(j, hi))

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
        if self.norms[j] == "there":
            return j + 1 < hi and tags[j + 1] == "x"
        if tags[j] == "g":
            return phrases.has_verb(tags, j, min(hi, j + 12))
        limit = min(hi, j + 25)
        for k in range(phrases.noun_phrase_end(self.tokens, tags, j, hi), limit):
            letter = tags[k]
            if letter in "xv" or self.norms[k] == "'s":
                return True
            if letter == "e":
                # "steps confined to the north" is a phrase as it stands; a verb may follow.
                return (
                    k + 1 >= limit
                    or tags[k + 1] != "p"
                    or any(after in "xv" for after in tags[k + 1 : limit])
                )
            if letter in "wdrs":
                # A relative clause, with or without its pronoun, has a verb of its own.
                return sum(tag in "xv" for tag in tags[k:limit]) >= 2
            if letter in (",", '"'):
                return any(tags[m] in ',"' and tags[m + 1] in "xve" for m in range(k, limit - 1))
            if letter not in "bpcntm":
                return False
        return False

    def _nominal(self, takes, j, hi):
        """A noun phrase as what is said, wanted or judged, with its predicate where the cue takes one."""
        if self.tags[j] == "w" and "np" not in takes:
            return None
        end = self._content_end(j, hi, PHRASE)
        taken = Taken("np", ((j, end),))
        if "np" in takes:
            described = "as" in takes and "as" in self.norms[j : min(end, j + 15)]
            told = any(
                self.norms[k] in self.lexicon.nouns
                and (self.tags[k + 1] == "i" or self.norms[k + 1] == "that")
                for k in range(j, end - 1)
            )  # "announced plans to close it"
            return Taken("as" if described else "that", taken.ranges) if described or told else taken
        if "as" in takes:
            return Taken("as", taken.ranges) if "as" in self.norms[j : min(end, j + 15)] else None
        if "small" in takes and end < hi and not any(k in self.opening for k in range(j, end)):
            late = self._skip_adverbials(end, hi)
            if late in self.opening:  # "called the speech on Monday “a disgrace”"
                return Taken("small", ((j, self._content_end(late, hi, PHRASE)),))
        noun_end = phrases.noun_phrase_end(self.tokens, self.tags, j, hi)
        taken = Taken("small", taken.ranges)
        return taken if end > j + 1 and (noun_end < end or self.tags[j] == "r" or end - j >= 3) else None

    def _object_relative(self, cue, pronoun, at, hi):
        """The object has gone before: "whom she described as …", "a rule that he said would …"."""
        if self.norms[pronoun] not in ("who", "whom", "which", "what", "that") or at >= hi:
            return None
        if "as" in cue.takes and self.norms[at] == "as":
            return Taken("np", ((pronoun, pronoun + 1), (at, self._content_end(at, hi, PHRASE))))
        if "that" in cue.takes and self.tags[at] in "xv":
            return Taken("that", ((at, self._content_end(at, hi, CLAUSE)),))
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
            if tags[i] == "-" and i > at + 1 and self._apart(i):
                return i
            if tags[i] == "x" and i > at + 1 and tags[i - 1] == "e":
                return i  # "who thought it closed | were glad"
            if (tags[i] == "," or tags[i] == '"') and i + 1 < hi and i > at:
                if tags[i + 1] in "vxew" or self.norms[i + 1] in _SUBJECTS:
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
            if (
                self.norms[k] in ("is", "was", "are", "were", "has", "had", "will", "would")
                and tags[k - 1] in "nmt"
            ):
                return k
        return hi

    def _skip_adverbials(self, j, hi):
        """Past adverbs, days and times: "said late on Thursday", "said last week"."""
        tags, norms = self.tags, self.norms
        while j < hi:
            letter = tags[j]
            if letter in "bt" and norms[j] not in _NEGATIONS and not (j + 1 < hi and tags[j + 1] == "z"):
                j += 1
                if letter == "t" and j < hi and tags[j] == "m":
                    j += 1
                    continue
            elif norms[j] in phrases.TIME_NOUNS or letter == "p" and j + 1 < hi and tags[j + 1] == "t":
                j += 1
            elif (
                letter == "p"
                and j + 2 < hi
                and tags[j + 1] in "dn"
                and norms[j] in ("on", "in", "at", "during", "via")
            ):
                end = phrases.noun_phrase_end(self.tokens, tags, j + 1, hi, 14)
                if end < hi and (norms[end] in ("that", ":") or tags[end] in ('"', ":", "r", "d")):
                    if norms[end] != "that" and end - j > 6:
                        return j
                    j = end
                else:
                    return j
            elif (
                letter in "dn"
                and j + 1 < hi
                and norms[j] in ("this", "last", "next", "every", "earlier", "late")
            ):
                if norms[j + 1] in phrases.TIME_NOUNS or tags[j + 1] == "t":
                    j += 2
                else:
                    return j
            else:
                return j
        return j

    def _content_end(self, start, hi, mode):
        """Where a content that begins at `start` ends. mode: CLAUSE, PHRASE or INFINITIVE."""
        tags, i = self.tags, start
        if mode == CLAUSE and start in self.opening:
            end = self._quotation_end(start, hi)
            if end:
                return end
        while i < hi:
            quotation = self.opening.get(i)
            if quotation:
                i = max(i + 1, quotation.close)
                if i in self.closing and self.norms[i - 1] != ",":
                    i += 1
                    continue
                if i >= hi:
                    break
            letter = tags[i]
            if letter == ";" or (letter == ":" and mode != CLAUSE):
                return i
            if letter == "-" and start < i < hi - 1 and self._ends_at_dash(i, hi, mode):
                return i
            if letter in (",", '"') and i + 1 < hi:
                if self._ends_at_comma(i, hi, mode):
                    return i
                if mode != CLAUSE and letter == '"' and not self._list_goes_on(i + 1, hi):
                    return i + 1
            elif mode != CLAUSE and start < i < hi - 1 and self._ends_phrase(i, start, hi, mode):
                return i
            i += 1
        return hi

    def _quotation_end(self, start, hi):
        """Where a content ends that begins with a quotation and is whole with it, or None.

        It is not whole where another quotation follows soon (“…,” and “…”), or the clause goes on.
        """
        tags, quotation = self.tags, self.opening[start]
        if not quotation.closed:
            return None
        after = quotation.close + 1
        if after >= hi:
            return hi
        if self._ends_quotation(quotation.close, start - 1) and not any(
            k in self.opening for k in range(after, min(hi, after + 4))
        ):
            return after
        return after if tags[after] == "c" and self._verb_at(after + 1, hi) else None

    def _verb_at(self, i, hi):
        """Whether a finite verb stands at `i`, as in "… and kept going"."""
        if i >= hi:
            return False
        return self.tags[i] in "vx" or (self.tags[i] == "e" and i + 1 < hi and self.tags[i + 1] in "dnrpi")

    def _ends_at_dash(self, i, hi, mode):
        """Whether a content ends at the dash at `i`; a quotation behind it goes on with the content."""
        if i + 1 in self.opening or not self._apart(i):
            return False
        if mode == CLAUSE and self.tags[i + 1] != "c":
            return False
        return not any(self.tags[k] == "-" and self._apart(k) for k in range(i + 2, min(hi - 1, i + 20)))

    def _ends_at_comma(self, i, hi, mode):
        """Whether a content ends at the comma (or the quotation with a comma) at `i`."""
        tags, norm, after = self.tags, self.norms[i + 1], self.tags[i + 1]
        if norm == "according" or (after == "g" and (mode != CLAUSE or norm in self.lexicon.verbs)):
            return True
        if after == "b" and i + 2 < hi and tags[i + 2] == "g" and norm not in ("not", "never"):
            return True
        if mode == CLAUSE:
            return False
        if after in "cs" or norm in ("as", "with", "when", "where", "after"):
            return norm not in ("and", "or") or phrases.has_verb(tags, i + 1, min(hi, i + 8))
        return after == "r" or (after == '"' and tags[i] == "," and mode == PHRASE)

    def _ends_phrase(self, i, start, hi, mode):
        """Whether a noun phrase, an infinitive or a gerund ends before the word at `i`."""
        letter, norm = self.tags[i], self.norms[i]
        if letter == "c":
            if (norm == "but" and mode == PHRASE) or self._parallel(i + 1, hi):
                return True
            k = i + 1
            while k < hi and self.tags[k] == "b":
                k += 1
            return (k < hi and self.tags[k] == "r") or self._verb_at(k, hi) or self._reports_at(k, hi)
        if letter == "w":
            return norm == "when"
        if mode != PHRASE:
            return False
        if letter == "s":
            return norm not in ("because", "if", "whether")
        return letter == "p" and self._is_adjunct(i, start)

    def _parallel(self, at, hi):
        """Whether a noun phrase with a participle of reporting begins here: "and Tallinn stressing calm"."""
        end = phrases.noun_phrase_end(self.tokens, self.tags, at, hi, 8)
        return at < end < hi and self.tags[end] == "g" and self.norms[end] in self.lexicon.verbs

    def _reports_at(self, at, hi):
        """Whether somebody and a verb that quotations follow begin here: "and Ms. Lind said"."""
        if at >= hi or self.tags[at] not in "dnt":
            return False
        end = phrases.noun_phrase_end(self.tokens, self.tags, at, hi, 8)
        return at < end < hi and self.tags[end] in "ve" and self._introduces_quotation(end)

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

    def _left(self, verb, subject, ranges, found):
        """What stands before a cue that has content behind it too, or None: `“…,” she said, “…”`."""
        source, begins, lo = subject.source, subject.begins, verb.lo
        if verb.form == "ing" or source is None or source[0] != begins or begins <= lo:
            return None
        if "quote" not in verb.cue.takes:
            return None
        first = ranges[0][0]
        if self.tags[begins - 1] == "," and first in self.opening and self.tags[first - 1] == ",":
            return self._interrupted(lo, begins - 1)
        if self._ends_quotation(begins - 1, lo):
            opened = self.closing[begins - 1].open
            if opened == lo or phrases.has_verb(self.tags, lo, opened):
                return self._left_range(opened, lo, found, begins)
        return None

    def _interrupted(self, lo, edge):
        """The first part of a clause that "she said" and a quotation interrupt: "It was, she said, “…”."""
        first = lo
        while first < edge and self.tags[first] in "bc":
            first += 1
        if (
            first >= edge
            or self.tags[first] not in 'dnr"'
            or any(n in phrases.TIME_NOUNS for n in self.norms[first:edge])
        ):
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

    def _parenthesis(self, verb, subject, found):
        """`CONTENT, source cue` and `CONTENT, cue source`, the content going on behind or not."""
        tags, lo, hi = self.tags, verb.lo, verb.hi
        if verb.form == "ing":
            return None
        source, begins, after = subject.source, subject.begins, verb.end
        adjoins = source is not None and source[0] == begins and begins > lo
        if (
            not adjoins
            or tags[begins - 1] not in (",", '"', "-")
            or tags[begins] == "w"
            or self.norms[begins] == "that"
        ):
            if adjoins and self.norms[begins - 1] == "as":
                return self._as_clause(verb, subject, found)
            if verb.group <= lo or tags[verb.group - 1] not in (",", '"', "-"):
                return None
            # What stands behind the verb can be its subject only where no auxiliary stands before it.
            if verb.form not in ("past", "s") or verb.modal or "quote" not in verb.cue.takes:
                return None
            source = self._inverted(verb.end, hi)
            if source is None:
                return None
            begins, after = verb.group, source[1]
            if tags[begins - 1] == "," and not phrases.has_verb(tags, lo, begins):
                return None
        content = self._content_before(begins - 1, lo, hi, after, found)
        if content is None:
            return None
        tail = self._tail(after, hi, content)
        ranges = (content, tail) if tail else (content,)
        return self._found(verb, Subject(source, begins, True), Taken("quote", ranges), side="left")

    def _as_clause(self, verb, subject, found):
        """`CONTENT, as the minister put it` and `As the minister put it, CONTENT`, or None."""
        if any(item.side == "right" for item in found):
            return None  # a part of what somebody else says
        tags, lo, hi = self.tags, verb.lo, verb.hi
        before, end = subject.begins - 1, verb.end
        subject = subject._replace(begins=before, breaks=True)
        if end + 1 < hi and tags[end] == "," and (before == lo or tags[before - 1] in ",cb"):
            return self._found(verb, subject, Taken("quote", ((end + 1, hi),)))
        if before > lo and tags[before - 1] in (",", '"'):
            edge = before - 1 if tags[before - 1] == "," else before
            return self._found(verb, subject, Taken("quote", ((lo, edge),)), side="left")
        return None

    def _content_before(self, edge, lo, hi, after, found):
        """The content that ends with the mark at `edge`, or None; the reporting clause ends at `after`."""
        tags = self.tags
        if tags[edge] == '"':
            quotation = self.closing.get(edge)
            goes_on = after < hi and tags[after] not in ".?!"
            if quotation is None or (goes_on and self._is_title(quotation, lo)):
                return None
            return self._left_range(quotation.open, lo, found, edge + 1)
        first = lo
        for item in found:
            if item.cue[1] <= edge and item.side != "right":
                first = max(first, item.cue[1], item.source[1] if item.source else 0)
        while first < edge and tags[first] in ",;-":
            first += 1
        if first >= edge:
            return None
        if self._clause_resumes(after, hi, adverbial=edge - first <= 4 and tags[first] in "bp"):
            return first, edge
        if self._is_subordinate(first, edge):
            return None
        ends = edge - first > 3 and (after >= hi or tags[after] in ".?!;")
        clause = phrases.has_verb(tags, first, edge) or any(
            item.word is not None and first <= item.word < edge and tags[item.word] != "g" for item in found
        )
        return (first, edge) if ends or clause or tags[edge - 1] == '"' else None

    def _is_title(self, quotation, lo):
        """Whether a quotation is a part of a phrase in front: `In his book, “Hard Times,” he said …`."""
        first = lo
        while first < quotation.open and self.tags[first] in "bc":
            first += 1
        if first >= quotation.open or self.tags[first] != "p":
            return False
        return not phrases.has_verb(self.tags, first, quotation.open)

    def _clause_resumes(self, after, hi, adverbial):
        """Whether an interrupted clause goes on behind the reporting clause: `The plan, he said, would …`.

        adverbial: whether no more than an adverbial has gone before: `In the end, he said, …`.
        """
        tags, k = self.tags, after
        while k < hi and k < after + 15 and tags[k] not in ',vx"':
            k += 1
        if k + 1 >= hi or tags[k] != "," or tags[k + 1] in "gpc":
            return False
        if tags[k + 1] == "e" or self.norms[k + 1] == "that" or phrases.has_verb(tags, k, hi):
            return True
        return adverbial and tags[k + 1] in "dnr"

    def _found(self, verb, subject, taken, side="right"):
        """The candidate of a verb with its subject and what it takes."""
        cue, begins = verb.cue, verb.group if subject.begins is None else subject.begins
        return Found(
            subject.source,
            (verb.group, verb.end),
            taken.ranges,
            cue.lemma,
            cue.group,
            self._kind(cue, subject.source, taken),
            begins,
            side,
            subject.breaks,
            "quote" in cue.takes and "that" in cue.takes,
            verb.at,
            what=taken.what,
            words=cue.words,
            said=self._is_said(verb, begins),
        )

    def _is_said(self, verb, begins):
        """Whether the cue reports what was said: not "would say", "never said", "were to say", "if she says"."""
        norms, group = self.norms, range(verb.group, verb.at)
        wished = verb.cue.kind == "position" and norms[verb.group] in ("would", "'d", "will", "'ll")
        if any(norms[k] in _UNSAID for k in group) and not wished:
            return False
        if norms[max(verb.lo, begins - 1)] in _IFS or not _NOBODY.isdisjoint(norms[begins : verb.group]):
            return False
        if verb.form == "base" and not verb.modal and self.tags[verb.group - 1] == "c":
            return "i" not in self.tags[verb.lo : verb.group]  # "to shut the school and ask parents to wait"
        return (
            not any(self.tags[k] == "i" for k in group) or norms[verb.group - 1] in self.lexicon.implicative
        )

    def _is_voice(self, source):
        """Whether a source is somebody, a body or a text for certain, and not a thing that shows something."""
        first, last = source
        norms, tags = self.norms, self.tags
        if last - first == 1 and (tags[first] in "wr" or norms[first] == "that"):
            if tags[first] == "r":
                return norms[first] not in ("there", "everything", "something", "nothing", "anything")
            return first > 0 and tags[first - 1] in "n," and self._is_voice(self._antecedent(first))
        at = self._head_at(source)
        head = norms[at]
        named = any(
            k in self.names and tags[k - 1] == "," for k in range(at + 1, last)
        )  # "her agent, Paul Weir"
        if self.doc.caseless or at in self.names or self._begins_named(at) or named:
            return True
        if tags[first] == "m" or phrases.is_share(head) or (last - first == 1 and tags[first] == "d"):
            return norms[first] not in ("this", "that", "these")
        names = actor_names.lexicon()
        forms = {head, head.removesuffix("s"), head + "s", head.removesuffix("y") + "ies"}
        if any(cue.group == "neutral" for cue in self.lexicon.nouns.get(head, ())):
            return True  # "comments by the envoy suggest"
        kinds = names.common, names.body_words, names.callings, self.lexicon.texts
        return not all(map(forms.isdisjoint, kinds)) or phrases.is_person(head)

    def _antecedent(self, pronoun):
        """The range of what a relative pronoun takes up."""
        last = pronoun - 1 - (self.tags[pronoun - 1] == ",")
        return min(phrases.noun_phrase_start(self.tokens, self.tags, last, max(0, last - 20)), last), last + 1

    def _begins_named(self, k):
        """Whether a noun at the head of its sentence is a name: with a capital, and nowhere written small."""
        token = self.tokens[k]
        return self.tags[k] in "nt" and self.doc.text[token.start].isupper() and token.norm not in self.small

    def _kind(self, cue, source, taken):
        """`statement`, `position`, `act` or `document`: by the source, by what is taken, by the group."""
        if source and self._head(source) in self.lexicon.texts:
            return "document"
        return cue.kind

    def _head(self, source):
        """The normal form of the head noun of a source."""
        return self.norms[self._head_at(source)]

    def _head_at(self, source):
        """The index of the head noun of a source, which an apposition may follow."""
        first, last = source
        while first < last - 1 and self.tags[first] == "b":
            first += 1
        last = max(first + 1, phrases.noun_phrase_end(self.tokens, self.tags, first, last))
        head = phrases.head_noun(self.tokens, self.tags, last - 1, first)
        return last - 1 if head is None else head

    def _is_subordinate(self, first, edge):
        """Whether the range is one subordinate clause or phrase of time, no statement by itself."""
        while first < edge and self.tags[first] == "b":
            first += 1
        if first >= edge:
            return True
        asked = self.tags[first] == "e" and self.tags[first + 1 : first + 2] == [
            "p"
        ]  # "Asked about it, she …"
        if not asked and self.tags[first] not in "sg" and self.norms[first] not in SUBORDINATORS:
            return False
        return not any(self.tags[k] == "," for k in range(first, edge))

    def _tail(self, after, hi, content):
        """What goes on behind a reporting clause that interrupts: a quotation, or the rest of a clause."""
        tags, limit = self.tags, min(hi, after + 40)
        for k in range(after + 1, limit):
            if k in self.opening and tags[k - 1] in ",:cb" and (tags[k - 1] in ",:" or k > after + 1):
                if any(tags[x] == "g" and self._introduces_quotation(x) for x in range(max(after, k - 4), k)):
                    return None  # a cue of its own: "adding, …"
                return (k if tags[k - 1] in ",:" else k - 1), hi
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
            return k + 1, hi
        if tags[k] == "," and k + 1 < hi and self._goes_on(k + 1, content):
            return k + 1, self._content_end(k + 1, hi, CLAUSE)
        return None

    def _goes_on(self, i, content):
        """Whether the words from `i` complete the content that a reporting clause has interrupted."""
        letter, norm = self.tags[i], self.norms[i]
        if letter == "g" and norm in self.lexicon.verbs:
            return False
        if phrases.sums_up(self.tokens, self.tags, i, len(self.tags)):
            return False
        quoted = self.tags[content[1] - 1] == '"'
        if norm == "that" or quoted:
            return norm == "that"
        if letter in "sxvepbi" or norm in ("and", "but") or not phrases.has_verb(self.tags, *content):
            return True
        return self._is_subordinate(*content)
