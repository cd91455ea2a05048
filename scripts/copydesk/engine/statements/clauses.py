"""Clauses about a cue: the sentences, the verb group, its subject.

A part of `statements`; classes of words come from `phrases`. Token indices throughout; a range is
(first, last + 1). Searches stay inside a unit, and a unit is short (see `_parts`).
"""

from typing import NamedTuple

from copydesk.engine.language import phrases
from copydesk.engine.language.quotations import find_quotations
from copydesk.engine.language.reporting import Cue, lexicon

BE = frozenset("be am is are was were been being 's 're 'm get got gets getting".split())
SUBORDINATORS = frozenset("as after before since when while until in on at during despite for".split())
_OWN_DETERMINERS = frozenset(
    """this that these those all both some many several few most others another each either neither
    enough""".split()
)
_RELATIVES = frozenset("who which whom whose whoever".split())
_WHICH_TIME = frozenset("last this next earlier late later early".split())
_KEPT_ADVERBS = frozenset("not n't never also".split())
_PLURALS = frozenset("people police women men media".split())
_POSSESSIVES = frozenset("his her its their my our your".split())
_MEANS = tuple([noun] for noun in "email e-mail phone telephone text letter fax video radio telegram".split())
_LONGEST = 250


class Verb(NamedTuple):
    """A verb as it stands in a unit (`lo` to `hi`): `at` itself, `end` behind it and its particle, `group`
    the first token of its verb group ("has never said"), `modal` whether an auxiliary or "to" belongs to it.
    """

    at: int
    end: int
    form: str
    group: int
    modal: bool
    lo: int
    hi: int
    cue: Cue | None = None


class Subject(NamedTuple):
    """A subject: its range or None, where its clause begins, whether that clause can break off a content."""

    source: tuple | None
    begins: int | None
    breaks: bool


NOBODY = Subject(None, None, False)


class Clauses:
    """A text with its tokens, their classes and its quotations, and what can be asked of a clause in it."""

    def __init__(self, doc):
        self.doc = doc
        self.tokens = doc.tokens
        self.norms = [token.norm for token in doc.tokens]
        self.tags = phrases.tags_of(doc)
        self.names = phrases.names_of(doc)
        self.small = {token.norm for token in self.tokens if doc.text[token.start].islower()}
        self.quotations = find_quotations(doc)
        self.opening = {q.open: q for q in self.quotations}
        self.closing = {q.close: q for q in self.quotations if q.closed}
        self.paragraph_starts = {doc.token_range(*span)[0] for span in doc.paragraphs}
        self.lexicon = lexicon()

    def _units(self):
        """Token ranges of the sentences, those that share a quotation joined."""
        units, carried = [], None
        inside = self.quotations
        k = 0
        for span in self.doc.sentences:
            lo, hi = self.doc.token_range(*span)
            if lo in self.paragraph_starts:
                lo = self._behind_dateline(lo, hi)
            if carried is not None:
                lo, carried = carried, None
            if hi - 1 in self.opening and hi - 1 > lo:
                carried = hi = hi - 1  # a mark that opens belongs to the next sentence
            if hi <= lo:
                continue
            while k < len(inside) and inside[k].end <= lo:
                k += 1
            if units and lo in self.closing and self.closing[lo].open >= units[-1][0]:
                lo += 1  # a mark that closes belongs to the sentence before
                units[-1][1] = lo
                if hi <= lo:
                    continue
            if units and (
                (k < len(inside) and inside[k].open < lo)
                or (self.tags[lo - 1] == ":" and lo in self.opening)
                or self._attributes(units[-1][0], lo, hi)
            ):
                units[-1][1] = hi
            else:
                units.append([lo, hi])
        return [part for unit in units for part in self._parts(*unit)]

    def _behind_dateline(self, lo, hi):
        """Where the sentence begins behind a place and a date or an agency: `LIMA, April 9 - The mine …`."""
        for k in range(lo + 1, min(hi - 1, lo + 10)):
            if self.tags[k] == "-" and self._apart(k):
                closes = self.tags[k - 1] in "mt)" or (self.tags[k - 1] == "." and self.tags[k - 2] in "mt")
                return k + 1 if closes or self.names.issuperset(range(lo, k)) else lo
            if self.tags[k] not in "ntm,().":
                return lo
        return lo

    def _apart(self, i):
        """Whether a dash stands apart from the word before it, and is no hyphen."""
        return self.tokens[i].start > self.tokens[i - 1].end

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
        """Whether the sentence from `lo` is no more than "she asked", behind a quotation with a stop."""
        tags = self.tags
        if not self._ends_quotation(lo - 1, before):
            return False
        if self.norms[lo - 2] == "." and lo in self.paragraph_starts:
            return False  # “… to the end.” | The mayor spoke to reporters on Monday.
        if tags[lo] == "-":
            return hi - lo <= 9
        if tags[lo] not in "dnrm":
            return False
        k = phrases.noun_phrase_end(self.tokens, tags, lo, hi, 10)
        while k < hi and tags[k] in "bx":
            k += 1
        if k >= hi or not self._introduces_quotation(k):
            return False
        if k + 1 < hi and tags[k + 1] in "dnr":  # "she asked reporters"
            k = phrases.noun_phrase_end(self.tokens, tags, k + 1, hi, 8) - 1
        after = tags[k + 1] if k + 1 < hi else "."
        if after != "p":
            return after in ".,bt"
        rest = range(k + 1, min(hi, k + 16))
        return not any(tags[x] in ('"', ":") or self.norms[x] == "that" for x in rest)

    def _introduces_quotation(self, i):
        """Whether the word at `i` is a form of a verb that a quotation can follow."""
        entries = self.lexicon.verbs.get(self.norms[i], ())
        return any(form != "base" and not cue.rest and "quote" in cue.takes for cue, form in entries)

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
        if (
            self.tags[first] not in "swg"
            and self.norms[first] not in SUBORDINATORS
            and self.norms[first] != "by"
        ):
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

    def _is_loose_infinitive(self, verb):
        """An infinitive that nobody is said to carry out: "grounds to believe", "how to respond"."""
        if verb.form != "base" or "i" not in self.tags[verb.group : verb.at]:
            return False
        before = phrases.skip_back(self.tags, verb.group - 1, verb.lo, "b")
        return before >= verb.lo and self.tags[before] in ("wnd" if verb.cue.kind == "position" else "w")

    def _verb_group(self, i, lo):
        """(first token of the verb group, whether it is passive, whether an auxiliary or "to" is in it)."""
        tags, norms, group = self.tags, self.norms, i
        passive = modal = False
        while group > lo and i - group < 7:
            letter, norm = tags[group - 1], norms[group - 1]
            if letter == "x" or (norm == "'s" and tags[i] == "g"):
                if group == i or not modal:
                    passive = norm in BE
                modal = True
            elif letter == "i":
                modal = True
            elif letter != "b" and not (norm in ("further", "long") and group == i):
                break
            group -= 1
        while group < i and tags[group] == "b" and norms[group] not in _KEPT_ADVERBS:
            group += 1
        return group, passive, modal

    def _is_verb(self, verb):
        """Whether the word is a verb here, where the same form could be a noun or an adjective."""
        if verb.modal:
            return True
        before = phrases.skip_back(self.tags, verb.group - 1, verb.lo, "b")
        if before < verb.lo:
            return verb.form in ("ing", "past")
        letter, own = self.tags[before], self.norms[before] in _OWN_DETERMINERS
        if verb.form == "ing":
            return letter not in "dz" or own
        if letter in "pz" or (letter == "d" and not own):
            return False
        if verb.form == "past":
            return own or not self._has_agent(verb)
        if letter == "m":
            return verb.form == "base"
        if letter == "i":
            return False
        return self._is_base_form(verb, before) if verb.form == "base" else self._is_s_form(verb, before)

    def _has_agent(self, verb):
        """Whether a form in -ed has "by" behind it as a passive has, and no means: "said by phone"."""
        after = self.norms[verb.end : min(verb.hi, verb.end + 2)]
        return after[:1] == ["by"] and after[1:] not in _MEANS

    def _is_base_form(self, verb, before):
        """Whether a base form is the verb of what is before it: "they claim", "polls in May show the …"."""
        letter, norm, clear = self.tags[before], self.norms[before], self.tags[verb.at] == "v"
        if letter == "r":
            return norm not in ("he", "she", "it")
        if letter in "wc" or norm in _OWN_DETERMINERS:
            return True
        if letter in ('"', ",") or (clear and letter in "nt)"):
            return clear
        head = phrases.head_noun(self.tokens, self.tags, before, verb.lo)
        if head is None or head == before:
            return norm.endswith("s") or norm in _PLURALS
        after = verb.end
        return (
            (self.norms[head].endswith("s") or self._is_many(head))
            and after < verb.hi
            and (self.tags[after] in ("d", "r", "i", '"') or self.norms[after] in ("that", "how"))
        )

    def _is_many(self, head):
        """Whether a number heads the noun phrase: "four in ten voters"."""
        return self.tags[head] == "m" and self.norms[head] not in ("one", "1", "half")

    def _is_s_form(self, verb, before):
        """Whether a form in -s is a verb, and no plural noun: "she claims", "the mayor plans to"."""
        letter, after = self.tags[before], verb.end
        if letter in "rwc," or self.tags[verb.at] == "v":
            return True
        if after >= verb.hi or self.tags[after] in ".,":
            start = phrases.noun_phrase_start(self.tokens, self.tags, before, verb.lo)
            return start > verb.lo and self.tags[start - 1] in ',"'
        return letter in ("n", "t", ")", '"', "e") and self.tags[after] in (*"dribgwmn", '"', ":")

    def _subject(self, verb, found):
        """The `Subject` of a verb. found: the candidates before it, whose sources it may share."""
        tags, lo, group = self.tags, verb.lo, verb.group
        finite = verb.form != "ing" or verb.modal
        at = phrases.skip_back(tags, group - 1, lo, "b")
        if finite:
            at = phrases.skip_back(tags, self._before_time(at, lo), lo, "b")
        if finite and group - 1 > lo and self._is_name(group - 1) and self._ends_quotation(group - 2, lo):
            return Subject((group - 1, group), group - 1, True)
        if finite and at > lo and verb.cue and "quote" in verb.cue.takes:
            start = self._fills_gap(at, lo)
            if start is not None:
                return Subject((start, at + 1), start, True)
        if at < lo:
            if finite:
                return NOBODY
            return Subject(phrases.first_noun_phrase(self.tokens, tags, lo, verb.hi), lo, False)
        letter = tags[at]
        if letter == "i" or "i" in tags[group : verb.at]:
            return Subject(self._earlier_subject(group, lo, found), group, False)
        if not finite:
            return self._subject_of_participle(at, group, lo, found)
        if letter == "c":
            return Subject(self._earlier_subject(group, lo, found), at, self._can_coordinate(verb, found))
        if letter == "w":
            asks = at <= lo or tags[at - 1] in '":'  # "Who wants to wait?"
            return Subject((at, at + 1), at, False) if self.norms[at] in _RELATIVES and not asks else NOBODY
        if letter == "d" and self.norms[at] in _OWN_DETERMINERS:
            return Subject((at, at + 1), at, self._after_break(at, lo))
        if letter in (",", "-"):
            start = self._behind_quotation(at, lo) or self._appositive(at, lo)
            if start is None:
                return NOBODY
            return Subject(self._without_insertion(start, at), start, self._after_break(start, lo))
        if letter == ")":
            opened = phrases.find_back(tags, at, max(lo, at - 12), "(")
            return self._noun_phrase_before(opened, opened, lo)
        if letter == '"':
            quotation = self.closing.get(at)
            if (
                quotation
                and at - quotation.open <= 7
                and quotation.open > lo
                and tags[quotation.open - 1] in "ndm"
            ):
                return self._noun_phrase_before(quotation.open, at + 1, lo)
            return NOBODY
        start = phrases.noun_phrase_start(self.tokens, tags, at, lo)
        if found and start < found[-1].cue[1] <= at:
            # "asked for a photo and Lind said": what a cue has taken is no part of the next one's subject
            ends = [last for _, last in found[-1].content if last <= at]
            start = phrases.noun_phrase_start(self.tokens, tags, at, max([found[-1].cue[1], *ends]))
        if lo < start <= at and tags[start - 1] in "pveiw":
            head = self._with_relative_clause(start, lo)
            if head:
                return Subject(head, head[0], self._after_break(head[0], lo))
        if start <= at:
            start = self._list_start(start, at, lo)
            return Subject((start, self._without_time(start, at)), start, self._after_break(start, lo))
        if letter == "e" and at < group - 1 and at > lo and tags[at - 1] in "nm":
            start = phrases.noun_phrase_start(
                self.tokens, tags, at - 1, lo
            )  # "a poll taken | last week found"
            if start < at:
                return Subject((start, at), start, self._after_break(start, lo))
        if tags[verb.at] == "v" and letter == "e" and verb.form in ("past", "s"):
            # "a man who asked not to be named said": the phrase before ends in a clause of its own
            return Subject(phrases.first_noun_phrase(self.tokens, tags, lo, at), group, True)
        return NOBODY

    def _list_start(self, start, at, lo):
        """Where a list begins that ends with the noun phrases from `start` to `at`: "France, Spain and Italy"."""
        if start - 2 < lo or self.tags[start - 1] != "," or "and" not in self.norms[start:at]:
            return start
        first = lo
        while first < start - 1 and self.tags[first] in "cb":
            first += 1
        comma = self.tags.index(",", first)
        names = all(letter in "n,dz" for letter in self.tags[first : start - 1])
        unnamed = {"a", "an"}.intersection(self.norms[first:at])  # nobody is known by name
        return (
            first if names and not unnamed and start - first < 16 and self._is_named(first, comma) else start
        )

    def _with_relative_clause(self, end, lo):
        """The noun phrase whose relative clause runs up to the verb, where the phrase before the verb is a part
        of that clause: "the groups who wrote to her | say"; None where there is none."""
        tags, k = self.tags, end - 1
        while k > max(lo, end - 15) and tags[k] not in ("w", ",", ";", ":", '"', "c"):
            k -= 1
        if tags[k] != "w" or self.norms[k] not in ("who", "which") or k <= lo or tags[k - 1] not in "nmt":
            return None
        if not phrases.has_verb(tags, k, end + 1):
            return None
        start = phrases.noun_phrase_start(self.tokens, tags, k - 1, lo)
        return (start, k) if start < k else None

    def _fills_gap(self, at, lo):
        """Where a subject begins that fills all between a quotation and its verb, though some mark or name in
        it is strange to the rules: "organiser of Fight for $15"; else None."""
        k = at
        while k > lo and at - k < 12 and self.tags[k] not in ',;:.?!"-wsxvic()':
            if self.tags[k] in "er" and k < at:
                return None
            k -= 1
        if k < at and self.tags[k] == '"' and self._ends_quotation(k, lo):
            while k + 1 < at and self.tags[k + 1] == "b":
                k += 1
            return k + 1
        return None

    def _can_coordinate(self, verb, found):
        """Whether a verb behind a conjunction can be coordinated with the cue before it: not a base form with
        a form in -s or a past tense, as in "says he'll wait and hope"."""
        if verb.form != "base" or verb.modal or not found or found[-1].word is None:
            return True
        forms = self.lexicon.verbs.get(self.norms[found[-1].word], ())
        return any(form == "base" for _, form in forms)

    def _is_name(self, at):
        """Whether a word can only be a name between a quotation and its verb, whatever its ending: Husted."""
        return self.tags[at] in "evgb" and self.norms[at] not in self.lexicon.verbs

    def _subject_of_participle(self, at, group, lo, found):
        """The noun just before ("with Oslo urging") or else the subject of the clause (", urging …")."""
        letter = self.tags[at]
        if letter in "ntr":
            start = phrases.noun_phrase_start(self.tokens, self.tags, at, lo)
            if start <= at:
                return Subject((start, at + 1), group, False)
        comma = letter == ","
        return Subject(
            self._earlier_subject(group, lo, found), at if comma else group, comma or letter == "c"
        )

    def _noun_phrase_before(self, at, end, lo):
        """As a `Subject`, the noun phrase that ends before the token `at`, taken on to `end`."""
        start = phrases.noun_phrase_start(self.tokens, self.tags, at - 1, lo)
        return NOBODY if start > at - 1 else Subject((start, end), start, self._after_break(start, lo))

    def _without_insertion(self, start, at):
        """The range from `start` to the mark `at`, but for an insertion that does not name anybody.

        An apposition says who it is; "seen by our reporter", "speaking in Oslo", "on the phone" do not.
        """
        end = phrases.noun_phrase_end(self.tokens, self.tags, start, at)
        names = end + 1 >= at or self.tags[end] != self.tags[at] or self.tags[end + 1] not in "egpb"
        return (start, at) if names or end == start else (start, end)

    def _before_time(self, at, lo):
        """The token before an adverbial of time that ends with `at`: "officials | last week", "he | on May 5"."""
        tags, norms, k = self.tags, self.norms, at
        if k > lo and tags[k] == "m" and tags[k - 1] == "t":
            k -= 1
        if k < lo or not (tags[k] == "t" or norms[k] in phrases.TIME_NOUNS):
            return at
        k -= 1
        named = k >= lo and norms[k] in _WHICH_TIME
        while k >= lo and norms[k] in _WHICH_TIME:
            k -= 1
        if k >= lo and tags[k] == "p" and (named or tags[k + 1] == "t"):
            return k - 1
        return k if named else at

    def _without_time(self, start, at):
        """The end of the noun phrase from `start` to `at` without "Thursday", "on Thursday", "last week"."""
        tags, norms, last = self.tags, self.norms, at
        if tags[last] == "t" or (
            norms[last] in phrases.TIME_NOUNS and norms[last - 1] in ("last", "this", "next")
        ):
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
            if before > lo and before - 1 in self.closing:
                return self._ends_quotation(before - 1, lo)
            return before > lo and self.tags[before - 1] in ",;-"
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
            last = phrases.skip_back(tags, k - 1, lo, "b")
            if tags[last] == ")":
                last = phrases.find_back(tags, last, max(lo, last - 12), "(") - 1
            head = phrases.noun_phrase_start(self.tokens, tags, last, lo)
            if head > last:
                return start
            inner = tags[k + 1]
            if inner not in "wdnmpegtb" and self.norms[k + 1] != "that":
                return start
            if (
                inner not in "weg"
                and any(letter in "vx" for letter in tags[k + 1 : edge])
                and not any(letter == "w" for letter in tags[k + 1 : edge])
            ):
                return start  # a clause stands between the marks, not an apposition
            if head <= lo or tags[head - 1] != mark:
                return head
            start, edge = head, head - 1
            if not phrases.has_verb(tags, lo, edge):
                first = lo
                while first < edge and tags[first] in "cb":
                    first += 1
                return first if self._is_named(first, edge) else start

    def _is_named(self, first, last):
        """Whether the words up to a comma are nothing but somebody, with appositions to follow, and no time."""
        if self.tags[first] not in "dn" or any(
            self.norms[k] in phrases.TIME_NOUNS for k in range(first, last)
        ):
            return False
        return phrases.noun_phrase_end(self.tokens, self.tags, first, last) == last

    def _earlier_subject(self, group, lo, found):
        """The subject that a verb without one of its own shares: of the cue before it, or of its clause."""
        for place in range(len(found) - 1, -1, -1):
            item = found[place]
            if item.source and item.source[0] < group and not self._is_reported(item, found[:place]):
                return item.source
        start = phrases.clause_start(self.tags, group, lo)
        return phrases.first_noun_phrase(self.tokens, self.tags, start, group)

    @staticmethod
    def _is_reported(item, before):
        """Whether the candidate just before it reports this one: "they" in "said they want it, but agreed"."""
        return bool(before) and any(first <= item.cue[0] < last for first, last in before[-1].content)

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
