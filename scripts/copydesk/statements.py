"""Who is quoted: the source, cue and content of every statement, by rules.

A statement is what a text attributes to somebody: words said or written, quoted or reported, and
positions (a hope, a belief, a demand). The rules find the cue first (`reporting.toml` lists verbs and
nouns with what they take), then the complement that the cue is known to take, then its subject. No model
is trained; the only knowledge of English is in the codebook and in `phrases`.

The division into source, cue and content follows Pareti (2015) and PolNeAR (Newell et al. 2018).
"""

from typing import NamedTuple

from copydesk import phrases
from copydesk.quotations import find_quotations
from copydesk.reporting import lexicon
from copydesk.text import Span, read


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


class _Found(NamedTuple):
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


def find_statements(text):
    """The statements of a text.

    text: str or Document. Returns list[Statement] in the order of their first words; spans are offsets
    into the text, ordered and inside it.
    """
    doc = read(text)
    if not doc.tokens:
        return []
    return _Reader(doc).statements()


_BE = frozenset(["be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "get", "got", "gets", "getting"])
_LINKING = frozenset("remain remains remained become becomes became feel feels felt sound sounds sounded".split())
_OWN_DETERMINERS = frozenset(
    ["this", "that", "these", "those", "all", "both", "some", "many", "several", "few", "most", "others", "another", "each", "either", "neither", "enough"]
)
# Groups whose passive says by itself that somebody said something of the subject.
_AGENTLESS = frozenset(("blaming", "praising", "denying"))
_LONGEST = 250
_SINGLE_MARKS = frozenset(("‘", "'", "’", "`"))
_RELATIVES = frozenset("who which whom whose what whoever".split())
_PERSONS = frozenset(["me", "us", "him", "them", "you", "reporters", "everyone", "everybody"])
_SUBORDINATORS = frozenset("as after before since when while until in on at during despite for".split())
_OCCASIONS = frozenset(
    """interview interviews statement speech speeches address remarks post tweet email e-mail letter memo briefing
    conference debate podcast column editorial op-ed message essay report ad video""".split()
)
_NO_SPEAKER = frozenset(
    ["watch", "photo", "photos", "update", "updated", "note", "story", "more", "related", "source", "sources", "video", "read", "warning", "breaking", "opinion", "exclusive", "analysis", "editor", "contact", "copyright", "photograph", "caption", "file", "chat", "subject", "date", "time", "tags", "category", "share", "follow", "listen", "correction", "advertisement", "from", "to", "re"]
)


class _Reader:
    """One text being read: tokens, their classes, quotations, and the statements found so far."""

    def __init__(self, doc):
        self.doc = doc
        self.tokens = doc.tokens
        self.norms = [token.norm for token in doc.tokens]
        self.tags = phrases.tag_tokens(doc.tokens)
        self.quotations = find_quotations(doc)
        self.opening = {q.open: q for q in self.quotations}
        self.closing = {q.close: q for q in self.quotations if q.closed}
        self.lexicon = lexicon()

    # --- from candidates to statements ---------------------------------------------------------------

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
                if self._quotes(item.content):
                    spoken = entry
                elif spoken is None and item.speech:
                    spoken = entry
            if spoken:
                last, last_paragraph = spoken, paragraph
            if floating and here and last is not None:
                last[1].extend(floating)
        made = [self._statement(item, ranges) for item, ranges in found]
        made = [statement for statement in made if statement]
        return sorted(made, key=lambda s: min(s.content[0].start, s.cue.start))

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

    # --- cues ----------------------------------------------------------------------------------------

    def _candidates(self, lo, hi):
        """The candidates of a unit, in the order of their cues; nothing inside a quotation is a cue."""
        found = []
        colon = self._headline(lo, hi)
        if colon:
            found.append(colon)
        i, verbs, nouns = lo, self.lexicon.verbs, self.lexicon.nouns
        while i < hi:
            quotation = self.opening.get(i)
            if quotation:
                i = quotation.close + 1 if quotation.closed else quotation.close
                item = self._unlisted(i, lo, hi) if quotation.closed and i < hi else None
                if item:
                    found.append(item)
                    i = item.cue[1]
                continue
            norm = self.norms[i]
            item = None
            if norm in verbs:
                item = self._verb(i, lo, hi, found)
            if item is None and norm in nouns:
                item = self._noun(i, lo, hi)
            if item is None:
                item = self._other(i, norm, lo, hi, found)
            if item is None and self.tags[i] == ":" and i + 1 in self.opening:
                item = self._announced(i, lo, hi, found)
            if item:
                found.append(item)
                i = max(i + 1, item.cue[1])
            else:
                i += 1
        return found

    def _unlisted(self, i, lo, hi):
        """`…,” the senator beamed.` and `…,” beamed the senator.`: any verb between a quotation and a stop."""
        tags = self.tags
        if not self._ends_quotation(i - 1, lo) or (self.norms[i - 2] == "." and tags[i] != "-"):
            return None
        content = (self.closing[i - 1].open, i)
        if tags[i] == "-" and i + 1 < hi:
            end = i + 1
            while end < hi and end < i + 9 and tags[end] in "ndtmpbz,":
                end += 1
            if end > i + 1 and (end >= hi or (end == hi - 1 and tags[end] == ".")):
                return _Found((i + 1, end), (i, i + 1), (content,), "-", "neutral", "statement", i, "left", True)
            return None
        if tags[i] in "dnr":
            verb = phrases.noun_phrase_end(self.tokens, tags, i, hi, 20)
            after = verb + 1
            while verb < hi and tags[verb] == "b":
                verb, after = verb + 1, after + 1
            if verb >= hi or tags[verb] not in "ev" or self.norms[verb] in self.lexicon.verbs:
                return None
            source, cue = (i, verb), (verb, verb + 1)
            if after < hi and tags[after] not in ".,bp":
                return None
        elif tags[i] == "e" and self.norms[i] not in self.lexicon.verbs:
            source = self._inverted(i + 1, hi)
            if not source or (source[1] < hi and tags[source[1]] not in ".,p"):
                return None
            cue = (i, i + 1)
        else:
            return None
        return _Found(source, cue, (content,), self.norms[cue[0]], "neutral", "statement", i, "left", True)

    def _announced(self, colon, lo, hi, found):
        """"The senator took the stage: “…”": a clause, a colon and a quotation, without a reporting word."""
        if any(a <= colon + 1 < b for item in found for a, b in item.content):
            return None
        start = max([lo, *(item.cue[1] for item in found if item.side == "left")])
        source = phrases.first_noun_phrase(self.tokens, self.tags, start, colon)
        if source is None or source[1] >= colon or self.tags[source[1]] not in "xveb":
            return None
        return _Found(source, (source[1], colon), ((colon + 1, hi),), ":", "neutral", "statement", source[0],
                      "right", True, True)

    def _other(self, i, norm, lo, hi, found):
        if norm == "according" and i + 1 < hi and self.norms[i + 1] == "to":
            return self._according(i, lo, hi)
        if norm in self.lexicon.raising or norm in self.lexicon.clausal or norm in self.lexicon.mind:
            return self._predicate(i, norm, lo, hi)
        if norm in ("about", "against") and i - 2 > lo and i + 1 < hi:
            return self._disposed(i, norm, lo, hi)
        if norm in self.lexicon.seeming:
            return self._seeming(i, lo, hi)
        return None

    def _verb(self, i, lo, hi, found):
        for cue, form in self.lexicon.verbs[self.norms[i]]:
            end = i + 1 + len(cue.rest)
            if cue.rest and (end > hi or tuple(self.norms[i + 1 : end]) != cue.rest):
                end += 1  # one adverb may stand between: "spoke openly about"
                if end > hi or self.tags[i + 1] != "b" or tuple(self.norms[i + 2 : end]) != cue.rest:
                    continue
            item = self._verb_frame(i, end, cue, form, lo, hi, found)
            if item:
                return item._replace(speech="quote" in cue.takes and "that" in cue.takes)
        return None

    def _verb_frame(self, i, end, cue, form, lo, hi, found):
        group, passive, modal = self._verb_group(i, lo)
        if form == "participle" and group == i:
            return None
        if passive and form in ("past", "participle"):
            return self._passive(i, end, cue, group, lo, hi)
        if not self._is_verb(i, group, form, modal, lo, hi, end):
            return None
        if i == lo and form == "past" and "quote" in cue.takes:
            source = self._inverted(end, hi)
            if source and source[1] + 1 < hi and self.tags[source[1]] in ":," and source[1] + 1 in self.opening:
                return _Found(source, (i, end), ((source[1] + 1, hi),), cue.lemma, cue.group, cue.kind, i, "right", True)
        if self._ends_quotation(group - 1, lo) and form in ("past", "s") and "quote" in cue.takes:
            item = self._parenthesis(i, end, cue, form, group, None, None, lo, hi, found)
            if item:
                return item
        source, begins, breaks = self._subject(i, group, form, modal, lo, hi, found)
        relative = source is not None and source[1] - source[0] == 1 and (
            self.tags[source[0]] == "w" or self.norms[source[0]] == "that")
        if (source and source[0] == begins and form != "ing" and "quote" in cue.takes and not relative
                and self._ends_quotation(begins - 1, lo) and not (end < hi and self.norms[end] == "that")):
            item = self._parenthesis(i, end, cue, form, group, source, begins, lo, hi, found)
            if item:
                return item
        if form == "base" and self._is_loose_infinitive(i, group, lo, cue.kind):
            return None
        if source and self.norms[source[0]] == "you" and cue.group != "neutral":
            return None  # the reader, not a source
        item = self._right(cue, end, hi, relative or self._is_fronted(group, lo))
        if item is None and source and source[0] > lo and not relative:
            item = self._object_relative(cue, source[0] - 1, end, hi)
        if item is not None and not (item[0] == "parenthesis"):
            ranges, cue_end = item[1], item[2]
            left = self._left(cue, form, source, group, begins, lo, ranges, found)
            if left:
                return _Found(source, (group, cue_end), (left, *ranges), cue.lemma, cue.group,
                              self._kind(cue, source), begins, "both", True)
            if source is None and form != "ing" and begins is None:
                return None
            return _Found(source, (group, cue_end), ranges, cue.lemma, cue.group, self._kind(cue, source),
                          begins if begins is not None else group, "right", breaks)
        if not cue.takes & {"quote", "that", "that!"}:
            return None
        return self._parenthesis(i, end, cue, form, group, source, begins, lo, hi, found)

    def _is_loose_infinitive(self, i, group, lo, kind):
        """"grounds to believe", "how to respond": an infinitive that nobody is said to carry out."""
        if not any(letter == "i" for letter in self.tags[group:i]):
            return False
        at = group - 1
        while at > lo and self.tags[at] == "b":
            at -= 1
        return at >= lo and self.tags[at] in ("wnd" if kind == "position" else "w")

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
        if self.tags[first] not in "swg" and self.norms[first] not in _SUBORDINATORS and self.norms[first] != "by":
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

    def _verb_group(self, i, lo):
        """(first token of the verb group, whether it is passive, whether an auxiliary or "to" is in it)."""
        group = i
        passive = modal = False
        while group > lo and i - group < 7:
            letter = self.tags[group - 1]
            if letter == "x" or (letter == "z" and self.norms[group - 1] == "'s" and self.tags[i] == "g"):
                if group == i or not modal:
                    passive = self.norms[group - 1] in _BE
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
            return word_before.endswith("s") or word_before in ("people", "police", "women", "men", "media")
        if before in "rwc,":
            return True
        if self.tags[i] == "v":
            return True
        if end >= hi or self.tags[end] in ".,":
            start = phrases.noun_phrase_start(self.tokens, self.tags, group - 1, lo)
            return start > lo and self.tags[start - 1] in ',"'
        return before in ("n", "t", ")", '"', "e") and end < hi and (
            self.tags[end] in "dridwmgb" or self.tags[end] in ('"', ":") or self.tags[end] == "n")

    def _kind(self, cue, source):
        return cue.kind

    # --- subjects ------------------------------------------------------------------------------------

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

    # --- complements ---------------------------------------------------------------------------------

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
            if letter in "pcgntm":
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
                elif clause is not None and letter == "s" and norms[i] != "because" and norms[i] not in ("if", "whether") or letter == "w" and norms[i] == "when":
                    return i
                elif letter == "p" and i + 1 < hi and clause is not None and self._is_adjunct(i, start):
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

    # --- content before the cue ----------------------------------------------------------------------

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
                return _Found(source, (group, end), ((end + 1, hi),), cue.lemma, cue.group, cue.kind, begins - 1,
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
        return _Found(source, (group, end), tuple(ranges), cue.lemma, cue.group, self._kind(cue, source),
                      begins, "left", True)

    def _as_parenthesis(self, cue, source, group, end, begins, lo):
        """`CONTENT, as the minister put it`."""
        edge = begins - 2 if self.tags[begins - 2] == "," else begins - 1
        return _Found(source, (group, end), ((lo, edge),), cue.lemma, cue.group, cue.kind, begins - 1, "left", True)

    def _is_subordinate(self, first, edge):
        """Whether the range is one subordinate clause or phrase of time, no statement by itself."""
        while first < edge and self.tags[first] == "b":
            first += 1
        if first >= edge:
            return True
        if self.tags[first] not in "sg" and self.norms[first] not in _SUBORDINATORS:
            return False
        return not any(self.tags[k] == "," for k in range(first, edge))

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

    # --- cues that are no verbs ----------------------------------------------------------------------

    def _passive(self, i, end, cue, group, lo, hi):
        """"was criticised by the union", "was asked whether …", "was called a failure"."""
        tags, norms = self.tags, self.norms
        subject = None
        at = group - 1
        if at >= lo and tags[at] in "nrtmd":
            start = phrases.noun_phrase_start(self.tokens, tags, at, lo)
            if start <= at:
                subject = (start, at + 1)
        elif at >= lo and tags[at] == "w":
            subject = (at, at + 1)
        if subject is None:
            return None
        if norms[i] in self.lexicon.raising and end < hi and tags[end] == "i":
            return self._raising(subject, group, end, hi)
        by = end
        while by < min(hi, end + 3) and norms[by] != "by":
            by += 1
        if by < min(hi, end + 3) and by + 1 < hi and cue.takes & {"np", "small", "as", "objto", "quote", "that"}:
            stop = phrases.noun_phrase_end(self.tokens, tags, by + 1, hi)
            if stop > by + 1:
                ranges = [subject]
                if stop < hi and (norms[stop] in ("as", "for", "of") or tags[stop] == "i"):
                    ranges.append((stop, self._content_end(stop, hi, False)))
                return _Found((by + 1, stop), (group, by + 1), tuple(ranges), cue.lemma, cue.group, cue.kind,
                              subject[0], "both", True)
            return None
        if "obj" in cue.takes and end < hi:
            found = self._complement(cue.takes | {"to"}, end, end, hi)
            if found:
                return _Found(None, (group, end), found[1], cue.lemma, cue.group, cue.kind, subject[0], "right", True)
            if norms[end] == "about":
                return _Found(None, (group, end + 1), ((end + 1, self._content_end(end + 1, hi, False)),), cue.lemma,
                              cue.group, cue.kind, subject[0], "right", True)
        if "np" in cue.takes and cue.group in _AGENTLESS:
            ranges = [subject]
            if end < hi and (norms[end] in ("as", "for", "of", "over") or tags[end] == "i"):
                ranges.append((end, self._content_end(end, hi, False)))
            return _Found(None, (group, end), tuple(ranges), cue.lemma, cue.group, cue.kind, subject[0], "both", False)
        if cue.takes & {"as", "small"} and end < hi:
            if "as" in cue.takes and norms[end] == "as" or "small" in cue.takes and tags[end] in 'dn"':
                return _Found(None, (group, end), (subject, (end, self._content_end(end, hi, False))), cue.lemma,
                              cue.group, "position", subject[0], "both", False)
        return None

    def _raising(self, subject, group, end, hi):
        return _Found(None, (group, end), (subject, (end, self._content_end(end, hi, False))), "be expected",
                      "impersonal", "position", subject[0], "both", False)

    def _predicate(self, i, norm, lo, hi):
        """"is likely to win", "it is unclear whether", "is confident that"."""
        tags, norms = self.tags, self.norms
        group = i
        while group > lo and tags[group - 1] in "xb" and i - group < 6:
            group -= 1
        if not any(norms[k] in _BE or norms[k] in ("'s", "be") for k in range(group, i)):
            return None
        end, at = i + 1, group - 1
        if end >= hi or at < lo:
            return None
        impersonal = norms[at] in ("it", "there")
        clause = norms[end] in ("that", "whether", "if") or tags[end] == "w" and norm in self.lexicon.clausal
        if impersonal and (norm in self.lexicon.clausal or norm in self.lexicon.raising):
            if clause or (norm in ("expected", "believed", "said", "reported") and self._clause_at(end, hi)):
                return _Found(None, (at, end), ((end, self._content_end(end, hi, True)),), norm, "impersonal",
                              "position", at, "right", self._after_break(at, lo))
            return None
        if tags[at] == "w":
            subject = (at, at + 1)
        else:
            start = phrases.noun_phrase_start(self.tokens, tags, at, lo)
            if start > at:
                return None
            subject = (start, at + 1)
        if norm in self.lexicon.raising and tags[end] == "i" and norm not in self.lexicon.mind:
            return self._raising(subject, group, end, hi)
        if norm in self.lexicon.mind:
            if norms[end] == "that" or (tags[end] in "dnr" and self._clause_at(end, hi)):
                ranges = ((end, self._content_end(end, hi, True)),)
            elif tags[end] == "i" or norms[end] in ("about", "of", "to", "with", "for") and end + 1 < hi:
                first = end if tags[end] == "i" else end + 1
                ranges = ((first, self._content_end(first, hi, False)),)
            else:
                return None
            return _Found(subject, (group, end), ranges, "be " + norm, "believing", "position", subject[0], "right",
                          self._after_break(subject[0], lo))
        return None

    def _disposed(self, i, norm, lo, hi):
        """"is unapologetic about his aim", "was against it": any adjective will do."""
        at = i if norm == "against" else i - 1
        if norm == "about" and self.tags[at] not in "neg":
            return None
        group = at
        while group > lo and self.tags[group - 1] in "xb" and i - group < 7:
            group -= 1
        if not any(n in _BE or n in _LINKING for n in self.norms[group:at]) or self.tags[i + 1] not in "ndrmtgw":
            return None
        source, begins, breaks = self._subject(at, group, "past", True, lo, hi, ())
        if source is None or self.norms[source[0]] in ("it", "there", "this", "that"):
            return None
        return _Found(source, (group, i + 1), ((i + 1, self._content_end(i + 1, hi, False)),), "be " + self.norms[at],
                      "believing", "position", begins, "right", breaks)

    def _seeming(self, i, lo, hi):
        tags = self.tags
        if i + 1 >= hi or tags[i + 1] != "i":
            return None
        group, _, _ = self._verb_group(i, lo)
        at = group - 1
        if at < lo:
            return None
        if tags[at] == "w":
            subject = (at, at + 1)
        else:
            start = phrases.noun_phrase_start(self.tokens, tags, at, lo)
            if start > at:
                return None
            subject = (start, at + 1)
        return _Found(None, (group, i + 1), (subject, (i + 1, self._content_end(i + 1, hi, False))), "seem",
                      "impersonal", "position", subject[0], "both", False)

    def _according(self, i, lo, hi):
        """"according to a poll, …", "…, according to the ministry", and in the midst of a clause."""
        tags = self.tags
        at = i + 2
        if at >= hi:
            return None
        stop = phrases.noun_phrase_end(self.tokens, tags, at, hi)
        if stop < hi and tags[stop] == '"' and stop in self.opening and self.opening[stop].close < min(hi, stop + 8):
            stop = self.opening[stop].close + 1
        if stop <= at:
            return None
        source = (at, stop)
        edge = i
        while edge > lo and tags[edge - 1] in ",-":
            edge -= 1
        k = stop
        while k < hi and tags[k] != "," and k < stop + 25:
            k += 1
        has_left = edge > lo and (phrases.has_verb(tags, lo, edge) or tags[edge - 1] == '"')
        ranges = []
        if has_left:
            ranges.append((lo, edge))
        elif edge > lo and edge - lo <= 3:
            pass
        if k + 1 < hi and tags[k] == ",":
            if not has_left:
                if edge > lo:
                    ranges.append((lo, edge))
                ranges.append((k + 1, hi))
        if not ranges:
            if edge > lo:
                ranges.append((lo, edge))
            else:
                return None
        return _Found(source, (i, i + 2), tuple(ranges), "according to", "neutral", "statement", i,
                      "left" if has_left else "both", True)

    def _noun(self, i, lo, hi):
        """A nominal cue: "the warning that …", "their hope of …", "a call for …"."""
        tags, norms = self.tags, self.norms
        if i + 2 >= hi:
            return None
        after = norms[i + 1]
        for cue in self.lexicon.nouns[norms[i]]:
            if after == "that" and "that" in cue.takes:
                if tags[i + 2] in "vxpc,":
                    continue
                ranges = ((i + 1, self._content_end(i + 1, hi, True)),)
                source = self._possessor(i, lo)
            elif after in cue.takes and after not in ("to", "that"):
                source = self._possessor(i, lo)
                ranges = ((i + 2, self._content_end(i + 2, hi, False)),)
            elif tags[i + 1] == "i" and "to" in cue.takes:
                source = self._possessor(i, lo)
                ranges = ((i + 1, self._content_end(i + 1, self._predicate_start(i + 2, hi), False)),)
            else:
                continue
            if source is None:
                return self._light_verb(i, cue, ranges, lo)
            return _Found(source, (i, i + 1), ranges, cue.lemma, cue.group, cue.kind, source[0], "right", False)
        return None

    def _predicate_start(self, at, hi):
        """Where the verb comes whose subject holds an infinitive: "his plan to close it | is late"."""
        tags = self.tags
        for k in range(at + 1, hi):
            if tags[k] in "wsc," or self.norms[k] == "that":
                return hi
            if self.norms[k] in ("is", "was", "are", "were", "has", "had", "will", "would") and tags[k - 1] in "nmt":
                return k
        return hi

    def _light_verb(self, i, cue, ranges, lo):
        """"made the claim that", "has taken a stance against": the subject of the verb is the source."""
        k = i - 1
        while k > lo and i - k < 6 and self.tags[k] in "ndmbe" and self.norms[k] not in self.lexicon.light:
            k -= 1
        source, first = None, i
        if self.norms[k] in self.lexicon.light:
            group, _, modal = self._verb_group(k, lo)
            form = "ing" if self.tags[k] == "g" else "past"
            source, _, _ = self._subject(k, group, form, modal, lo, i, ())
            first = group
        elif ranges[0][0] > i + 1 or self.tags[ranges[0][0]] == "i":
            return None  # a preposition or an infinitive behind a noun that is nobody's
        return _Found(source, (first, ranges[0][0] if ranges[0][0] > i + 1 else i + 1), ranges, cue.lemma, cue.group,
                      cue.kind, first, "right", False)

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
        if norms[k] in ("his", "her", "its", "their", "my", "our", "your"):
            return k, k + 1
        return None

    def _headline(self, lo, hi):
        """"Mayor: the bridge will open": a speaker, a colon, what is said."""
        tags = self.tags
        colon = lo
        while colon < min(hi, lo + 12) and tags[colon] in "nmtdzcp().":
            colon += 1
        if not (lo < colon < hi - 3 and tags[colon] == ":"):
            return None
        if any(self.norms[k] in _NO_SPEAKER for k in range(lo, colon)) or tags[lo] in "m":
            return None
        if colon + 1 not in self.opening and (colon > lo + 6 or any(letter in "cp().d" for letter in tags[lo:colon])):
            return None
        if not (colon + 1 in self.opening or phrases.has_verb(tags, colon + 1, hi)):
            return None
        return _Found((lo, colon), (colon, colon + 1), ((colon + 1, hi),), ":", "neutral", "statement", lo, "right",
                      True)
