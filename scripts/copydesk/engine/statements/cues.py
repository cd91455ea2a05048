"""Cues: reporting verbs and nouns, "according to", predicates, colons and dashes, each in its frame.

A part of `statements`.
"""

from copydesk.engine.language import phrases
from copydesk.engine.statements.clauses import BE, NOBODY, Subject, Verb
from copydesk.engine.statements.complements import CLAUSE, PHRASE, Complements, Found, Taken

_LINKING = frozenset(
    "remain remains remained become becomes became feel feels felt sound sounds sounded".split()
)
# Groups whose passive says by itself that somebody said something of the subject.
_AGENTLESS = frozenset(("blaming", "praising", "denying"))
_FINITE_BE = frozenset("is are was were has had".split())
# Headings and labels that stand before a colon and speak for nobody.
NO_SPEAKER = frozenset(
    """watch photo photos update updated note story more related source sources video read warning breaking
    opinion exclusive analysis editor contact copyright photograph caption file chat subject date time tags
    category share follow listen correction advertisement from to re""".split()
)


class Cues(Complements):
    """Finds the candidates of a unit: every cue with its source and content."""

    def _candidates(self, lo, hi):
        """The candidates of a unit, in the order of their cues; nothing inside a quotation is a cue."""
        found = []
        colon = self._headline(lo, hi)
        if colon:
            found.append(colon)
        i = lo
        while i < hi:
            quotation = self.opening.get(i)
            if quotation:
                i = quotation.close + 1 if quotation.closed else quotation.close
                item = self._unlisted(i, lo, hi) if quotation.closed and i < hi else None
                if item:
                    found.append(item)
                    i = item.cue[1]
                continue
            if self.norms[i] not in self.lexicon.triggers or i in self.names:
                i += 1
                continue
            item = self._candidate(i, lo, hi, found)
            if item:
                found.append(item)
                i = max(i + 1, item.cue[1])
            else:
                i += 1
        return found

    def _candidate(self, i, lo, hi, found):
        """The candidate whose cue is or begins with the word at `i`, or None."""
        norm, lexicon = self.norms[i], self.lexicon
        item = self._verb(i, lo, hi, found) if norm in lexicon.verbs else None
        if item is None and norm in lexicon.nouns:
            item = self._noun(i, lo, hi)
        if item:
            return item
        if norm == ":":
            return self._announced(i, lo, hi, found) if i + 1 in self.opening else None
        if norm == "according":
            return self._according(i, lo, hi) if i + 1 < hi and self.norms[i + 1] == "to" else None
        if norm in lexicon.raising or norm in lexicon.clausal or norm in lexicon.mind:
            return self._predicate(i, norm, lo, hi)
        if norm in ("about", "against"):
            return self._disposed(i, norm, lo, hi) if lo < i - 2 and i + 1 < hi else None
        return self._seeming(i, lo, hi) if norm in lexicon.seeming else None

    def _verb(self, i, lo, hi, found):
        for cue, form in self.lexicon.verbs[self.norms[i]]:
            end = i + 1 + len(cue.rest)
            if cue.rest and (end > hi or tuple(self.norms[i + 1 : end]) != cue.rest):
                end += 1  # one adverb may stand between: "spoke openly about"
                if end > hi or self.tags[i + 1] != "b" or tuple(self.norms[i + 2 : end]) != cue.rest:
                    continue
            item = self._verb_frame(i, end, cue, form, lo, hi, found)
            if item is None or (
                cue.of_texts and not (item.source and self._head(item.source) in self.lexicon.texts)
            ):
                continue
            if (
                item.source is None
                or cue.lemma not in self.lexicon.evidence
                or self._is_voice(item.source)
                or any(first in self.opening for first, _ in item.content)
            ):
                return item
        return None

    def _verb_frame(self, i, end, cue, form, lo, hi, found):
        group, passive, modal = self._verb_group(i, lo)
        verb = Verb(i, end, form, group, modal, lo, hi, cue)
        if form == "participle" and group == i:
            return None
        speaker = self._speaker(verb) if "speaker" in cue.takes else None
        if passive and form in ("past", "participle"):
            return None if speaker else self._passive(verb)  # its participle finds the subject
        if speaker:
            return speaker
        if not self._is_verb(verb) or self._is_adjective(verb):
            return None
        item = self._before_quotation(verb) or self._behind_quotation_mark(verb, found)
        if item:
            return item
        subject = self._subject(verb, found)
        source, begins = subject.source, subject.begins
        relative = (
            source is not None
            and source[1] - source[0] == 1
            and (self.tags[source[0]] == "w" or self.norms[source[0]] == "that")
        )
        if source and source[0] == begins and not relative and self._follows_quotation(verb, begins):
            item = self._parenthesis(verb, subject, found)
            if item:
                return item
        if self._is_loose_infinitive(verb):
            return None
        if source and self.norms[source[0]] == "you" and cue.group != "neutral":
            return None  # the reader, not a source
        if source and "small" in cue.takes and self._is_naming(verb, source):
            return None
        enclosed = relative or self._is_inserted(verb, source) or self._is_fronted(group, lo)
        taken = self._right(cue, end, hi, enclosed)
        if taken is None and source and source[0] > lo and not relative:
            taken = self._object_relative(cue, source[0] - 1, end, hi)
        if taken is None:
            return self._parenthesis(verb, subject, found) if cue.takes & {"quote", "that", "that!"} else None
        if source is None and form != "ing" and begins is None:
            return None
        left = self._left(verb, subject, taken.ranges, found)
        if left:
            taken = Taken(taken.what, (left, *taken.ranges))
            return self._found(verb, subject._replace(breaks=True), taken, side="both")
        return self._found(verb, subject, taken)

    def _is_naming(self, verb, source):
        """Whether a participle only gives a name: "a man named Lind", "a group called the Ring of Freedom"."""
        if verb.modal or verb.form not in ("past", "participle") or verb.end >= verb.hi:
            return False
        named = verb.end if self.tags[verb.end] != "d" else verb.end + 1
        before = self.norms[max(source[0], verb.group - 5) : verb.group]
        indefinite = not {"a", "an"}.isdisjoint(before) or self.tags[max(verb.lo, source[0] - 1)] == "p"
        return indefinite and (named in self.names or verb.end in self.opening or verb.cue.lemma == "name")

    def _is_adjective(self, verb):
        """Whether a form in -ing goes with the noun behind it: "and leading Republicans said"."""
        if verb.form != "ing" or verb.modal or verb.cue.takes & {"that", "that!", "quote"}:
            return False
        before = self.tags[verb.at - 1] if verb.at > verb.lo else "c"
        end = phrases.noun_phrase_end(self.tokens, self.tags, verb.end, verb.hi, 10)
        return before == "c" and verb.end < end < verb.hi and self.tags[end] == "v"

    def _speaker(self, verb):
        """`Quoted the envoy as saying that …`: whose words are passed on, with the participle as the cue."""
        for k in range(verb.end, min(verb.hi - 2, verb.end + 25)):
            if k in self.opening or self.norms[k] == "that":
                return None
            if self.norms[k] == "as" and self.tags[k + 1] == "g":
                break
        else:
            return None
        last = phrases.skip_back(self.tags, k - 1, verb.end, ",") + 1
        for cue, _ in self.lexicon.verbs.get(self.norms[k + 1], ()):
            says = "that" in cue.takes and not cue.rest
            taken = self._right(cue, k + 2, verb.hi, False) if says else None
            if taken:
                participle = Verb(k + 1, k + 2, "ing", k + 1, False, verb.lo, verb.hi, cue)
                return self._found(participle, Subject((verb.end, last), verb.group, True), taken)
        return None

    def _is_inserted(self, verb, source):
        """Whether a participle stands between commas before its main verb: "Lind, praising it, signed"."""
        before = verb.group - 1
        return (
            verb.form == "ing"
            and not verb.modal
            and before > verb.lo
            and self.tags[before] == ","
            and source is not None
            and source[1] == before
        )

    def _before_quotation(self, verb):
        """`Said the mayor: “…”`, at the head of a sentence."""
        if verb.at != verb.lo or verb.form != "past" or "quote" not in verb.cue.takes:
            return None
        source = self._inverted(verb.end, verb.hi)
        if (
            source is None
            or self.tags[min(source[1], verb.hi - 1)] not in (":", ",")
            or source[1] + 1 not in self.opening
        ):
            return None
        return self._found(verb, Subject(source, verb.at, True), Taken("quote", ((source[1] + 1, verb.hi),)))

    def _behind_quotation_mark(self, verb, found):
        """`“…,” said the mayor`: the cue follows the closing mark."""
        if verb.form not in ("past", "s") or "quote" not in verb.cue.takes:
            return None
        return (
            self._parenthesis(verb, NOBODY, found) if self._ends_quotation(verb.group - 1, verb.lo) else None
        )

    def _follows_quotation(self, verb, begins):
        """Whether the reporting clause from `begins` follows a quotation, as in `“…,” the mayor said`."""
        if (
            verb.form == "ing"
            or "quote" not in verb.cue.takes
            or not self._ends_quotation(begins - 1, verb.lo)
        ):
            return False
        return not (verb.end < verb.hi and self.norms[verb.end] == "that")

    def _unlisted(self, i, lo, hi):
        """`…,” the senator beamed.` and `…,” beamed the senator.`: any verb before a stop will do."""
        tags = self.tags
        signed = tags[i] == "-" and self.closing[i - 1].open == lo
        if not (signed or self._ends_quotation(i - 1, lo)) or (self.norms[i - 2] == "." and tags[i] != "-"):
            return None
        content = (self.closing[i - 1].open, i)
        if tags[i] == "-" and i + 1 < hi:
            end = i + 1
            while end < hi and end < i + 9 and tags[end] in "ndtmpbz,":
                end += 1
            if end > i + 1 and (end >= hi or (end == hi - 1 and tags[end] == ".")):
                return Found(
                    (i + 1, end), (i, i + 1), (content,), "-", "neutral", "statement", i, "left", True
                )
            return None
        if tags[i] in "dnr":
            verb = phrases.noun_phrase_end(self.tokens, tags, i, hi, 20)
            after = verb + 1
            while verb < hi and tags[verb] == "b":
                verb, after = verb + 1, after + 1
            quotes = verb < hi and any(
                "quote" in cue.takes for cue, _ in self.lexicon.verbs.get(self.norms[verb], ())
            )
            if verb >= hi or tags[verb] not in "ev" or quotes:
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
        return Found(source, cue, (content,), self.norms[cue[0]], "neutral", "statement", i, "left", True)

    def _announced(self, colon, lo, hi, found):
        """A clause, a colon and a quotation, without a reporting word: `The senator took the stage: “…”`."""
        if any(a <= colon + 1 < b for item in found for a, b in item.content):
            return None
        start = max([lo, *(item.cue[1] for item in found if item.side == "left")])
        source = phrases.first_noun_phrase(self.tokens, self.tags, start, colon)
        if source is None or source[1] >= colon or self.tags[source[1]] not in "xveb":
            return None
        return Found(
            source,
            (source[1], colon),
            ((colon + 1, hi),),
            ":",
            "neutral",
            "statement",
            source[0],
            "right",
            True,
            True,
        )

    def _passive(self, verb):
        """A passive: "was criticised by the union", "was asked whether …", "was called a failure"."""
        tags, norms, cue, end, hi = self.tags, self.norms, verb.cue, verb.end, verb.hi
        subject = self._plain_subject(verb.group - 1, verb.lo)
        if subject is None or end >= hi:
            return None
        if norms[verb.at] in self.lexicon.raising and tags[end] == "i":
            return self._raising(subject, verb.group, end, hi)
        if "by" in norms[end : min(hi, end + 3)]:
            return self._agent(verb, subject, norms.index("by", end))
        clause = Subject(None, subject[0], True)
        if "obj" in cue.takes:
            taken = self._complement(cue.takes | {"to"}, end, hi)
            if taken is None and norms[end] == "about":
                verb = verb._replace(end=end + 1)
                taken = Taken("np", ((end + 1, self._content_end(end + 1, hi, PHRASE)),))
            if taken:
                return self._found(verb, clause, taken)
        rest = (end, self._content_end(end, hi, PHRASE))
        if "np" in cue.takes and cue.group in _AGENTLESS:
            goes_on = norms[end] in ("as", "for", "of", "over") or tags[end] == "i"
            ranges = (subject, rest) if goes_on else (subject,)
            return self._found(verb, clause._replace(breaks=False), Taken("object", ranges), side="both")
        if ("as" in cue.takes and norms[end] == "as") or (
            "small" in cue.takes and tags[end] in ("d", "n", '"')
        ):
            item = self._found(
                verb, clause._replace(breaks=False), Taken("object", (subject, rest)), side="both"
            )
            return item._replace(kind="position")
        return None

    def _agent(self, verb, subject, by):
        """The agent is the source, the subject is spoken of: "was criticised by the union"."""
        stop = phrases.noun_phrase_end(self.tokens, self.tags, by + 1, verb.hi)
        if stop <= by + 1 or not verb.cue.takes & {"np", "small", "as", "objto", "quote", "that"}:
            return None
        ranges = (subject,)
        if stop < verb.hi and (self.norms[stop] in ("as", "for", "of") or self.tags[stop] == "i"):
            ranges = (subject, (stop, self._content_end(stop, verb.hi, PHRASE)))
        source = Subject((by + 1, stop), subject[0], True)
        return self._found(verb._replace(end=by + 1), source, Taken("object", ranges), side="both")

    def _plain_subject(self, at, lo):
        """The range of the noun phrase or relative pronoun that ends with the token `at`, or None."""
        if at < lo:
            return None
        if self.tags[at] == "w":
            return at, at + 1
        start = phrases.noun_phrase_start(self.tokens, self.tags, at, lo)
        return (start, at + 1) if start <= at else None

    def _raising(self, subject, group, end, hi):
        """Subject and infinitive are the content, the source is not stated: "is expected to win"."""
        content = (subject, (end, self._content_end(end, hi, PHRASE)))
        return Found(
            None, (group, end), content, "be expected", "impersonal", "position", subject[0], "both", False
        )

    def _predicate(self, i, norm, lo, hi):
        """A predicate: "is believed to have won", "it is unclear whether", "is confident that"."""
        tags, norms = self.tags, self.norms
        group = i
        while group > lo and tags[group - 1] in "xb" and i - group < 6:
            group -= 1
        if not any(norms[k] in BE or norms[k] in ("'s", "be") for k in range(group, i)):
            return None
        end, at = i + 1, group - 1
        if end >= hi or at < lo:
            return None
        impersonal = norms[at] in ("it", "there")
        clause = norms[end] in ("that", "whether", "if") or tags[end] == "w" and norm in self.lexicon.clausal
        if impersonal and (norm in self.lexicon.clausal or norm in self.lexicon.raising):
            if clause or (norm in ("expected", "believed", "said", "reported") and self._clause_at(end, hi)):
                return Found(
                    None,
                    (at, end),
                    ((end, self._content_end(end, hi, CLAUSE)),),
                    norm,
                    "impersonal",
                    "position",
                    at,
                    "right",
                    self._after_break(at, lo),
                )
            return None
        subject = self._plain_subject(at, lo)
        if subject is None:
            return None
        if norm in self.lexicon.raising and tags[end] == "i" and norm not in self.lexicon.mind:
            return self._raising(subject, group, end, hi)
        return self._of_mind(i, subject, group, lo, hi) if norm in self.lexicon.mind else None

    def _of_mind(self, i, subject, group, lo, hi):
        """The subject is the source: "is confident that", "is ready to"."""
        norm, end = self.norms[i + 1], i + 1
        if norm == "that" or (self.tags[end] in "dnr" and self._clause_at(end, hi)):
            content = end, self._content_end(end, hi, CLAUSE)
        elif self.tags[end] == "i":
            content = end, self._content_end(end, hi, PHRASE)
        elif norm in ("about", "of", "to", "with", "for") and end + 1 < hi:
            content = end + 1, self._content_end(end + 1, hi, PHRASE)
        else:
            return None
        breaks, lemma = self._after_break(subject[0], lo), f"be {self.norms[i]}"
        return Found(
            subject, (group, end), (content,), lemma, "believing", "position", subject[0], "right", breaks
        )

    def _disposed(self, i, norm, lo, hi):
        """Any adjective will do: "is unapologetic about his aim", "was against it"."""
        at = i if norm == "against" else i - 1
        if norm == "about" and self.tags[at] not in "neg":
            return None
        group = at
        while group > lo and self.tags[group - 1] in "xb" and i - group < 7:
            group -= 1
        if (
            not any(n in BE or n in _LINKING for n in self.norms[group:at])
            or self.tags[i + 1] not in "ndrmtgw"
        ):
            return None
        source, begins, breaks = self._subject(Verb(at, at + 1, "past", group, True, lo, hi), ())
        if source is None or self.norms[source[0]] in ("it", "there", "this", "that"):
            return None
        return Found(
            source,
            (group, i + 1),
            ((i + 1, self._content_end(i + 1, hi, PHRASE)),),
            "be " + self.norms[at],
            "believing",
            "position",
            begins,
            "right",
            breaks,
        )

    def _seeming(self, i, lo, hi):
        """How it looks to nobody in particular: "seems to have failed"."""
        if i + 1 >= hi or self.tags[i + 1] != "i":
            return None
        group, _, _ = self._verb_group(i, lo)
        subject = self._plain_subject(group - 1, lo)
        if subject is None:
            return None
        content = (subject, (i + 1, self._content_end(i + 1, hi, PHRASE)))
        return Found(
            None, (group, i + 1), content, "seem", "impersonal", "position", subject[0], "both", False
        )

    def _according(self, i, lo, hi):
        """`According to a poll, …`, `…, according to the ministry`, and in the midst of a clause."""
        tags, at = self.tags, i + 2
        if at >= hi:
            return None
        stop = phrases.noun_phrase_end(self.tokens, tags, at, hi)
        if stop in self.opening and self.opening[stop].close < min(hi, stop + 8):
            stop = self.opening[stop].close + 1
        if stop <= at:
            return None
        edge = phrases.skip_back(tags, i - 1, lo, ",-") + 1
        before = edge > lo and (phrases.has_verb(tags, lo, edge) or tags[edge - 1] == '"')
        comma = stop
        while comma < min(hi, stop + 25) and tags[comma] != ",":
            comma += 1
        ranges = [(lo, edge)] if edge > lo else []
        if not before and comma + 1 < hi and tags[comma] == ",":
            ranges.append((comma + 1, hi))
        if not ranges:
            return None
        side = "left" if before else "both"
        return Found(
            (at, stop), (i, i + 2), tuple(ranges), "according to", "neutral", "statement", i, side, True
        )

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
                ranges = ((i + 1, self._content_end(i + 1, self._clause_end(i, lo, hi), CLAUSE)),)
                source = self._possessor(i, lo)
            elif tags[i + 1] in (",", ":") and i + 2 in self.opening and cue.kind == "statement":
                return self._light_verb(i, cue, ((i + 2, self._content_end(i + 2, hi, CLAUSE)),), lo)
            elif after in cue.takes and after not in ("to", "that"):
                source = self._possessor(i, lo)
                ranges = ((i + 2, self._content_end(i + 2, hi, PHRASE)),)
            elif tags[i + 1] == "i" and "to" in cue.takes:
                source = self._possessor(i, lo)
                ranges = ((i + 1, self._content_end(i + 1, self._predicate_start(i + 2, hi), PHRASE)),)
            else:
                continue
            if source is None:
                return self._light_verb(i, cue, ranges, lo)
            what = "np" if after in cue.takes and after not in ("to", "that") else "that"
            return Found(
                source,
                (i, i + 1),
                ranges,
                cue.lemma,
                cue.group,
                cue.kind,
                source[0],
                "right",
                False,
                what=what,
                words=cue.words,
            )
        return None

    def _clause_end(self, i, lo, hi):
        """Where the clause of a noun ends that is the subject: "the fear that it failed | was …"."""
        tags = self.tags
        start = phrases.noun_phrase_start(self.tokens, tags, i, lo)
        if start > i or phrases.skip_back(tags, start - 1, lo, "bc") >= lo:
            return hi
        verbs = 0
        for k in range(i + 2, hi):
            if tags[k] in ("w", "s", ",", ";"):
                return hi
            if verbs and self.norms[k] in _FINITE_BE and tags[k - 1] in "nmtve":
                return k
            verbs += tags[k] in "xv" or (tags[k] == "e" and tags[k - 1] in "nr")
        return hi

    def _light_verb(self, i, cue, ranges, lo):
        """The subject of the verb is the source: "made the claim that", "has taken a stance against"."""
        k = i - 1
        while k > lo and i - k < 6 and self.tags[k] in "ndmbe" and self.norms[k] not in self.lexicon.light:
            k -= 1
        source, first = None, i
        if self.norms[k] in self.lexicon.light:
            group, _, modal = self._verb_group(k, lo)
            form = "ing" if self.tags[k] == "g" else "past"
            source = self._subject(Verb(k, k + 1, form, group, modal, lo, i), ()).source
            first = group
        elif ranges[0][0] > i + 1 or self.tags[ranges[0][0]] == "i":
            return None  # a preposition or an infinitive behind a noun that is nobody's
        return Found(
            source,
            (first, max(i + 1, ranges[0][0])),
            ranges,
            cue.lemma,
            cue.group,
            cue.kind,
            first,
            "right",
            False,
            what="np" if ranges[0][0] > i + 1 and ranges[0][0] not in self.opening else "that",
            words=cue.words,
        )

    def _is_place(self, first, last):
        """Whether a label in capitals is the place or the heading in front, and no abbreviation: "OSLO: The king …"."""
        letters = sum(token.end - token.start for token in self.tokens[first:last])
        return letters > 3 and self.names.issuperset(range(first, last))

    def _headline(self, lo, hi):
        """A speaker, a colon, what is said: `Mayor: the bridge will open`."""
        tags = self.tags
        colon = lo
        while colon < min(hi, lo + 12) and tags[colon] in "nmtdzcp().,":
            colon += 1
        if not (lo < colon < hi - 3 and tags[colon] == ":"):
            return None
        if any(self.norms[k] in NO_SPEAKER for k in range(lo, colon)) or tags[lo] in "mt":
            return None
        if colon + 1 not in self.opening and (
            colon > lo + 6
            or any(letter in "cp().d," for letter in tags[lo:colon])
            or self._is_place(lo, colon)
        ):
            return None
        if not (colon + 1 in self.opening or phrases.has_verb(tags, colon + 1, hi)):
            return None
        return Found(
            (lo, colon),
            (colon, colon + 1),
            ((colon + 1, hi),),
            ":",
            "neutral",
            "statement",
            lo,
            "right",
            True,
        )
