"""Who speaks: the verb group about a cue, and its subject.

Searches stay inside a unit, and a unit is short (see `units`).
"""

from typing import NamedTuple

from copydesk.engine.language import phrases
from copydesk.engine.language import tags as wc
from copydesk.engine.language.english import is_person
from copydesk.engine.language.reporting_codebook import Cue
from copydesk.engine.statements import units


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


def is_fronted(p, group, lo):
    """Whether the cue stands in a subordinate clause or participle that comes before its main clause."""
    first = lo
    while first < group and p.tags[first] in wc.LEADS:
        first += 1
    if first == group:
        return True
    if p.tags[first] not in wc.FRONTED and p.norms[first] not in p.words.fronting and p.norms[first] != "by":
        return False
    k = first
    while k < group:
        quotation = p.opening.get(k)
        if quotation:
            k = quotation.close
            if k < group and units.ends_quotation(p, k, lo):
                return False
        elif p.tags[k] == ",":
            return False
        k += 1
    return True


def is_loose_infinitive(p, verb):
    """An infinitive that nobody is said to carry out: "grounds to believe", "how to respond"."""
    if verb.form != "base" or wc.INFINITIVE not in p.tags[verb.group : verb.at]:
        return False
    before = phrases.skip_back(p.tags, verb.group - 1, verb.lo, wc.ADVERB)
    return before >= verb.lo and (
        p.tags[before] == wc.RELATIVE or (verb.cue.kind == "position" and p.tags[before] in wc.NOUN_BEGINS)
    )


def verb_group(p, i, lo):
    """(first token of the verb group, whether it is passive, whether an auxiliary or "to" is in it)."""
    tags, norms, group = p.tags, p.norms, i
    passive = modal = False
    while group > lo and i - group < p.limits.group:
        letter, norm = tags[group - 1], norms[group - 1]
        if letter == wc.AUXILIARY or (norm == "'s" and tags[i] == wc.GERUND):
            if group == i or not modal:
                passive = norm in p.words.be
            modal = True
        elif letter == wc.INFINITIVE:
            modal = True
        elif letter != wc.ADVERB and not (norm in ("further", "long") and group == i):
            before = before_insertion(p, group - 1, lo)
            if before is None:
                break
            group = before + 1
            continue
        group -= 1
    while group < i and tags[group] == wc.ADVERB and norms[group] not in p.words.kept_adverbs:
        group += 1
    return group, passive, modal


def before_insertion(p, at, lo):
    """The auxiliary before "all" or a time that ends at `at`: "have all called", "had in March ruled"; or None."""
    k = at
    if p.norms[k] in ("all", "both", "each"):
        k -= 1
    elif p.tags[k] == wc.DAY or p.norms[k] in p.words.time_nouns:
        k = _before_time(p, k, lo)
    elif k - 2 > lo and p.tags[k - 1] == wc.PREPOSITION and p.tags[k - 2] == wc.AUXILIARY:
        k -= 2  # "had in 2019 ruled", "has at last said"
    elif k - 3 > lo and p.tags[k - 3 : k] == (wc.AUXILIARY, wc.PREPOSITION, wc.DETERMINER):
        k -= 3  # "have in the past been"
    return k if lo < k < at and p.tags[k] == wc.AUXILIARY else None


def is_verb(p, verb):
    """Whether the word is a verb here, where the same form could be a noun or an adjective."""
    if verb.modal:
        return True
    before = phrases.skip_back(p.tags, verb.group - 1, verb.lo, wc.ADVERB)
    if before < verb.lo:
        return verb.form in ("ing", "past")
    letter, own = p.tags[before], p.norms[before] in p.words.standing_alone
    if verb.form == "ing":  # "the holding firms", "Lind holding firms"
        firms = letter in wc.HEAD and p.tags[verb.end : verb.end + 1] == (wc.NOUN,) and verb.at not in p.names
        whole = verb.cue is not None and verb.cue.takes == {"that!"} and firms
        return (letter not in wc.OWNED or own) and not whole
    if letter in wc.BEFORE_NOUN or (letter == wc.DETERMINER and not own):
        return False
    if verb.form == "past":
        return own or not _has_agent(p, verb)
    if letter == wc.NUMBER:  # "four in ten say", but "all four state polls"
        counted = p.tags[verb.at] != wc.VERB and p.tags[verb.end : verb.end + 1] == (wc.NOUN,)
        return verb.form == "base" and not counted
    if letter == wc.INFINITIVE:
        return False
    return _is_base_form(p, verb, before) if verb.form == "base" else _is_s_form(p, verb, before)


def _has_agent(p, verb):
    """Whether a form in -ed has "by" behind it as a passive has, and no means: "said by phone"."""
    after = p.norms[verb.end : min(verb.hi, verb.end + 2)]
    return after[:1] == ("by",) and p.words.means.isdisjoint(after[1:])


def _is_base_form(p, verb, before):
    """Whether a base form is the verb of what is before it: "they claim", "polls in May show the …"."""
    letter, norm, clear = p.tags[before], p.norms[before], p.tags[verb.at] == wc.VERB
    if letter == wc.PRONOUN:
        return norm not in ("he", "she", "it")
    if letter in (wc.RELATIVE, wc.CONJUNCTION) or norm in p.words.standing_alone:
        return True
    if letter in ('"', ",") or (clear and letter in (wc.NOUN, wc.DAY, ")")):
        return clear
    head = phrases.head_noun(p.tokens, p.tags, before, verb.lo)
    if head is None or head == before:
        return norm.endswith("s") or norm in p.words.plurals
    after = verb.end
    return (
        (p.norms[head].endswith("s") or _is_many(p, head))
        and after < verb.hi
        and (
            p.tags[after] in (wc.DETERMINER, wc.PRONOUN, wc.INFINITIVE, '"')
            or p.norms[after] in ("that", "how")
        )
    )


def _is_many(p, head):
    """Whether a number heads the noun phrase: "four in ten voters"."""
    return p.tags[head] == wc.NUMBER and p.norms[head] not in ("one", "1", "half")


def _is_s_form(p, verb, before):
    """Whether a form in -s is a verb, and no plural noun: "she claims", "the mayor plans to"."""
    letter, after = p.tags[before], verb.end
    if p.tags[verb.at] == wc.VERB:
        return True
    if any(form == "base" for _, form in p.lexicon.verbs.get(p.norms[min(after, verb.hi - 1)], ())):
        return letter == wc.PRONOUN  # "the latest figures show"
    if letter in wc.BEFORE_VERB:
        return True
    if after >= verb.hi or p.tags[after] in (".", ","):
        start = phrases.noun_phrase_start(p.tokens, p.tags, before, verb.lo)
        return start > verb.lo and p.tags[start - 1] in wc.PAUSES
    return letter in wc.BEFORE_S_FORM and p.tags[after] in wc.BEHIND_S_FORM


def subject(p, verb, found):
    """The `Subject` of a verb. found: the candidates before it, whose sources it may share."""
    tags, lo, group = p.tags, verb.lo, verb.group
    finite = verb.form != "ing" or verb.modal
    at = phrases.skip_back(tags, group - 1, lo, wc.ADVERB)
    if finite:
        at = phrases.skip_back(tags, _before_time(p, at, lo), lo, wc.ADVERB)
        if group - 1 > lo and _is_name(p, group - 1) and units.ends_quotation(p, group - 2, lo):
            return Subject((group - 1, group), group - 1, True)
        quotes = at > lo and verb.cue and "quote" in verb.cue.takes
        start = (_fills_gap(p, at, lo) or _name_and_apposition(p, at, lo)) if quotes else None
        if start is not None:
            return Subject((start, at + 1), start, True)
    if at < lo:
        if finite:
            return NOBODY
        return Subject(phrases.first_noun_phrase(p.tokens, tags, lo, verb.hi), lo, False)
    if tags[at] == wc.INFINITIVE or wc.INFINITIVE in tags[group : verb.at]:
        return Subject(_earlier_subject(p, group, lo, found), group, False)
    if not finite:
        return _subject_of_participle(p, at, group, lo, found)
    if tags[at] == wc.CONJUNCTION:
        return Subject(_earlier_subject(p, group, lo, found), at, _can_coordinate(p, verb, found))
    return _beside(p, verb, at) or _in_noun_phrase(p, verb, at, found)


def _beside(p, verb, at):
    """The `Subject` where the token before the verb is a relative, a word that stands alone, or a mark; or None."""
    tags, letter, lo = p.tags, p.tags[at], verb.lo
    if letter == wc.RELATIVE:
        asks = at <= lo or tags[at - 1] in ('"', ":")  # "Who wants to wait?"
        return Subject((at, at + 1), at, False) if p.norms[at] in p.words.relatives and not asks else NOBODY
    if letter == wc.DETERMINER and p.norms[at] in p.words.standing_alone:
        return Subject((at, at + 1), at, after_break(p, at, lo))
    if letter in (",", "-"):
        start = _behind_quotation(p, at, lo) or _appositive(p, at, lo)
        if start is None and letter == "," and p.tags[verb.at] == wc.VERB:
            start = _all_before(p, at, lo)
        if start is None:
            return NOBODY
        return Subject(_without_insertion(p, start, at), start, after_break(p, start, lo))
    if letter == ")":
        opened = phrases.find_back(tags, at, max(lo, at - p.limits.clause), "(")
        return _noun_phrase_before(p, opened, opened, lo)
    if letter != '"':
        return None
    quotation = p.closing.get(at)
    is_title = quotation and at - quotation.open <= p.limits.title and quotation.open > lo
    if is_title and tags[quotation.open - 1] in wc.NOUN_BEGINS:
        return _noun_phrase_before(p, quotation.open, at + 1, lo)
    return NOBODY


def _in_noun_phrase(p, verb, at, found):
    """The `Subject` whose noun phrase ends with the token `at` before a finite verb."""
    tags, letter, lo, group = p.tags, p.tags[at], verb.lo, verb.group
    start = phrases.noun_phrase_start(p.tokens, tags, at, lo)
    if found and start < found[-1].cue[1] <= at:
        # "asked for a photo and Lind said": what a cue has taken is no part of the next one's subject
        ends = [last for _, last in found[-1].content if last <= at]
        start = phrases.noun_phrase_start(p.tokens, tags, at, max([found[-1].cue[1], *ends]))
    during = lo < start - 1 and start <= at and p.norms[start - 1] in p.words.outside
    if during and tags[start - 2] == wc.RELATIVE:  # "the army, which during the day | said"
        return Subject((start - 2, start - 1), start - 2, False)
    # "the man who calls himself Abu | told"
    governed = lo < start and (tags[start - 1] in wc.GOVERNS or p.norms[start - 1].endswith("self"))
    if governed and start <= at:
        head = _with_relative_clause(p, start, lo)
        if head:
            return Subject(head, head[0], after_break(p, head[0], lo))
    if start <= at and p.norms[start] in ("a", "an") and verb.form == "base" and p.norms[at].endswith("s"):
        return NOBODY  # "a goal | critics say is out of reach"
    if start <= at:
        start = _list_start(p, start, at, lo)
        return Subject((start, _without_time(p, start, at)), start, after_break(p, start, lo))
    if letter == wc.PARTICIPLE and at > lo and p.norms[at - 1] == "those":  # "most of those polled"
        start = phrases.noun_phrase_start(p.tokens, tags, at - 1, lo)
        return Subject((start, at + 1), start, after_break(p, start, lo))
    if letter == wc.PARTICIPLE and at < group - 1 and at > lo and tags[at - 1] in wc.HEAD:
        start = phrases.noun_phrase_start(p.tokens, tags, at - 1, lo)  # "a poll taken | last week found"
        if start < at:
            return Subject((start, at), start, after_break(p, start, lo))
    if tags[verb.at] == wc.VERB and letter == wc.PARTICIPLE and verb.form in ("past", "s"):
        # "a man who asked not to be named said": the phrase before ends in a clause of its own
        return Subject(phrases.first_noun_phrase(p.tokens, tags, lo, at), group, True)
    return NOBODY


def _list_start(p, start, at, lo):
    """Where a list begins that ends with the noun phrases from `start` to `at`: "France, Spain and Italy"."""
    listed = start - 2 >= lo and p.tags[start - 1] == "," and p.tags[start] in wc.BEGINS
    if not listed or "and" not in p.norms[start:at]:
        return start
    first = start
    while first - 2 >= lo and p.tags[first - 1] == "," and start - first < p.limits.clause:
        part = first - 1
        while part > lo and p.tags[part - 1] in wc.NAMED:
            part -= 1
        if part == first - 1 or not _is_named(p, part, first - 1):
            break
        if part > lo and p.tags[part - 1] == wc.PREPOSITION:  # "voters in Lima, Cusco and Puno"
            part = phrases.noun_phrase_start(p.tokens, p.tags, part - 2, lo) if part - 2 >= lo else part
        if part > lo and p.tags[part - 1] not in wc.LEADS_IN:
            break
        first = part
    unnamed = {"a", "an"}.intersection(p.norms[first:at])  # nobody is known by name
    return start if unnamed else first


def _with_relative_clause(p, end, lo):
    """The noun phrase whose relative clause runs up to the verb, where the phrase before the verb is a part
    of that clause: "the groups who wrote to her | say"; None where there is none."""
    tags, k = p.tags, end - 1
    while k > max(lo, end - p.limits.clause) and tags[k] not in wc.CLAUSE_EDGES:
        k -= 1
    if tags[k] != wc.RELATIVE or p.norms[k] not in ("who", "which") or k <= lo or tags[k - 1] not in wc.HEAD:
        return None
    if not (
        phrases.has_verb(tags, k, end + 1) or tags[k + 1] in wc.VERBAL or p.norms[k + 1] in p.lexicon.verbs
    ):
        return None
    start = phrases.noun_phrase_start(p.tokens, tags, k - 1, lo)
    return (start, k) if start < k else None


def _fills_gap(p, at, lo):
    """Where a subject begins that fills all between a quotation and its verb, though some mark or name in
    it is strange to the rules: "organiser of Fight for $15"; else None."""
    k = at
    while k > lo and at - k < p.limits.clause and p.tags[k] not in wc.OUT_OF_NAME:
        if p.tags[k] in (wc.PARTICIPLE, wc.PRONOUN) and k < at:
            return None
        k -= 1
    if k < at and p.tags[k] == '"' and units.ends_quotation(p, k, lo):
        while k + 1 < at and p.tags[k + 1] == wc.ADVERB:
            k += 1
        return k + 1
    return None


def _name_and_apposition(p, at, lo):
    """Where a subject begins that fills all between a quotation and its verb with a name, a comma and who that is,
    the second comma forgotten: `“…,” Ruth Amsel, a nurse who saw it told the court`; else None."""
    k = at
    while k > max(lo, at - p.limits.clause) and p.tags[k] not in wc.DIVIDES and p.tags[k] != '"':
        k -= 1
    k -= 2 * (p.tags[k - 2 : k] == (",", wc.NUMBER))  # "Ruth Amsel, 18, from Lima said"
    name = k - 1
    while name > lo and (name in p.names or (p.tags[name] == wc.NOUN and name - 1 in p.closing)):
        name -= 1
    apposed = p.tags[k] == "," and k < at and p.tags[k + 1] in wc.APPOSED
    return name + 1 if apposed and name < k - 1 and units.ends_quotation(p, name, lo) else None


def _can_coordinate(p, verb, found):
    """Whether a verb behind a conjunction can be coordinated with the cue before it: not a base form with
    a form in -s or a past tense, as in "says he'll wait and hope", nor what goes on with the tense of what is
    reported: "said he was sorry and would resign"."""
    if found and p.norms[verb.group] in p.words.backshifted and found[-1].word is not None:
        reported = _is_reported(found[-1], found[:-1])
        return not reported and p.norms[verb.group] in p.norms[slice(*found[-1].cue)]
    if verb.form != "base" or verb.modal or not found or found[-1].word is None:
        return True
    forms = p.lexicon.verbs.get(p.norms[found[-1].word], ())
    return any(form == "base" for _, form in forms)


def _is_name(p, at):
    """Whether a word can only be a name between a quotation and its verb, whatever its ending: Husted."""
    return p.tags[at] in wc.VERBLIKE and p.norms[at] not in p.lexicon.verbs


def _subject_of_participle(p, at, group, lo, found):
    """The noun just before ("with Oslo urging") or else the subject of the clause (", urging …")."""
    letter = p.tags[at]
    if letter in wc.NOMINAL and _before_time(p, at, lo) == at:
        start = phrases.noun_phrase_start(p.tokens, p.tags, at, lo)
        if start <= at:
            return Subject((start, at + 1), group, False)
    comma = letter == ","
    return Subject(
        _earlier_subject(p, group, lo, found), at if comma else group, comma or letter == wc.CONJUNCTION
    )


def _noun_phrase_before(p, at, end, lo):
    """As a `Subject`, the noun phrase that ends before the token `at`, taken on to `end`."""
    start = phrases.noun_phrase_start(p.tokens, p.tags, at - 1, lo)
    return NOBODY if start > at - 1 else Subject((start, end), start, after_break(p, start, lo))


def _without_insertion(p, start, at):
    """The range from `start` to the mark `at`, but for an insertion that does not name anybody.

    An apposition says who it is; "seen by our reporter", "speaking in Oslo", "on the phone" do not.
    """
    end = phrases.noun_phrase_end(p.tokens, p.tags, start, at)
    names = end + 1 >= at or p.tags[end] != p.tags[at] or p.tags[end + 1] not in wc.INSERTED
    return (start, at) if names or end == start else (start, end)


def _before_time(p, at, lo):
    """The token before an adverbial of time that ends with `at`: "officials | last week", "he | on May 5"."""
    tags, norms, k = p.tags, p.norms, at
    if k > lo and tags[k] == wc.NUMBER and tags[k - 1] == wc.DAY:
        k -= 1
    if k < lo or not (tags[k] == wc.DAY or norms[k] in p.words.time_nouns):
        return at
    k -= 1
    named = k >= lo and norms[k] in p.words.which_time
    while k >= lo and norms[k] in p.words.which_time:
        k -= 1
    if k >= lo and tags[k] == wc.PREPOSITION and (named or tags[k + 1] == wc.DAY):
        return k - 1
    return k if named else at


def _without_time(p, start, at):
    """The end of the noun phrase from `start` to `at` without "Thursday", "on Thursday", "last week"."""
    tags, norms, last = p.tags, p.norms, at
    if tags[last] == wc.DAY or (
        norms[last] in p.words.time_nouns and norms[last - 1] in ("last", "this", "next")
    ):
        last -= 1 if tags[last] == wc.DAY else 2
        if last > start and tags[last] == wc.PREPOSITION:
            last -= 1
    return (last if last >= start else at) + 1


def after_break(p, start, lo):
    """Whether a clause can begin at `start` beside another: after a comma, a conjunction, a mark."""
    if start <= lo:
        return True
    before = start - 1
    while before > lo and p.tags[before] == wc.ADVERB:
        before -= 1
    letter = p.tags[before]
    if letter == wc.CONJUNCTION:
        if before > lo and before - 1 in p.closing:
            return units.ends_quotation(p, before - 1, lo)
        return before > lo and p.tags[before - 1] in wc.DIVIDES
    return letter in (",", ";", "-", ":", '"') or p.norms[before] in ("while", "although", "though")


def _behind_quotation(p, at, lo):
    """Where the subject begins that fills all between a quotation and the mark `at`, or None."""
    for k in range(at - 1, max(lo, at - p.limits.far), -1):
        if k in p.closing and units.ends_quotation(p, k, lo):
            return k + 1 if p.tags[k + 1] in wc.BEGINS else None
    return None


def _appositive(p, at, lo):
    """Where the noun phrase begins before an insertion that ends with the mark `at`, or None."""
    tags, mark = p.tags, p.tags[at]
    low = max(lo, at - p.limits.far)
    start, edge = None, at
    while True:
        k = edge - 1
        while k > low and (k in p.closing or tags[k] not in (mark, ";", ":", '"')):
            k = p.closing[k].open - 1 if k in p.closing else k - 1
        if k <= low or tags[k] != mark or k == edge - 1:
            return start
        last = phrases.skip_back(tags, k - 1, lo, wc.ADVERB)
        if tags[last] == ")":
            last = phrases.find_back(tags, last, max(lo, last - p.limits.clause), "(") - 1
        head = phrases.noun_phrase_start(p.tokens, tags, last, lo)
        if head > last:
            return start
        if head - 2 > lo and tags[head - 1] == wc.PREPOSITION and tags[head - 2] == mark:
            start, edge = head, head - 2  # "Ann Lind, 22, of Lima, Ohio, said"
            continue
        inner = tags[k + 1]
        # "the team, led by Ann Lind, said", "the bank, or PBOC, said"
        led = (inner == wc.VERB and tags[k + 2] == wc.PREPOSITION) or p.norms[k + 1] == "or"
        if inner not in wc.APPOSED and not led and p.norms[k + 1] != "that":
            return start
        if (
            inner not in (wc.RELATIVE, wc.PARTICIPLE, wc.GERUND)
            and not led
            and any(letter in wc.FINITE for letter in tags[k + 1 : edge])
            and not any(letter == wc.RELATIVE for letter in tags[k + 1 : edge])
        ):
            return start  # a clause stands between the marks, not an apposition
        if head <= lo or tags[head - 1] != mark:
            return head
        start, edge = head, head - 1
        if not phrases.has_verb(tags, lo, edge):
            first = lo
            while first < edge and tags[first] in wc.LEADS:
                first += 1
            comma = p.tags.index(",", first, edge) if "," in p.tags[first:edge] else edge
            return first if _is_named(p, first, comma) else start


def _all_before(p, at, lo):
    """Where a sentence begins that holds nothing but somebody's name before a comma too many: "The union's head
    Ann Lind, says"; or None."""
    while lo < at and p.tags[lo] in wc.LEADS:
        lo += 1
    named = at - 1 in p.names and (at - 2 in p.names or is_person(p.norms[at - 2]))
    named = named and p.tags[lo] in wc.NOUN_BEGINS
    return lo if named and not phrases.has_verb(p.tags, lo, at) and "," not in p.tags[lo:at] else None


def _is_named(p, first, last):
    """Whether the words up to a comma are nothing but somebody, with appositions to follow, and no time."""
    if p.tags[first] not in wc.NOUN_BEGINS or any(
        p.norms[k] in p.words.time_nouns for k in range(first, last)
    ):
        return False
    return phrases.noun_phrase_end(p.tokens, p.tags, first, last) == last


def _earlier_subject(p, group, lo, found):
    """The subject that a verb without one of its own shares: of the cue before it, or of its clause."""
    for place in range(len(found) - 1, -1, -1):
        item = found[place]
        if item.source and item.source[0] < group and not _is_reported(item, found[:place]):
            return item.source
    start = phrases.clause_start(p.tags, group, lo)
    if start > lo and p.tags[start - 1] == wc.RELATIVE:
        resumes = (p.tags[k] == "," and p.tags[k + 1] in wc.VERBAL for k in range(start, group - 1))
        if any(resumes):  # "the minister, who flew in, ordered an inquiry and said"
            return phrases.first_noun_phrase(p.tokens, p.tags, lo, start - 1)
    if start > lo and p.tags[start - 1] == "-" and p.tags[start] == wc.CONJUNCTION:
        start = lo  # "They went down the shaft - and say they found water"
    return phrases.first_noun_phrase(p.tokens, p.tags, start, group)


def _is_reported(item, before):
    """Whether the candidate just before it reports this one: "they" in "said they want it, but agreed"."""
    return bool(before) and any(first <= item.cue[0] < last for first, last in before[-1].content)


def inverted(p, at, hi):
    """The subject behind the cue: "said the minister"."""
    if at >= hi or p.tags[at] not in wc.BEGINS:
        return None
    stop = phrases.noun_phrase_end(p.tokens, p.tags, at, hi)
    if stop <= at:
        return None
    if stop + 1 < hi and p.tags[stop] == "," and p.tags[stop + 1] in (wc.DETERMINER, wc.NOUN, wc.RELATIVE):
        # an apposition, to its comma or the end
        k = stop + 1
        while k < hi and k < stop + p.limits.phrase and p.tags[k] not in (",", ".", '"', ";"):
            k += 1
        relative = next((m for m in range(stop + 1, k) if p.tags[m] == wc.RELATIVE), k)
        if not phrases.has_verb(p.tags, stop + 1, relative):
            stop = k
    return at, stop


def possessor(p, i, lo):
    """Whose claim it is: "the minister's claim", "his claim"."""
    tags, norms = p.tags, p.norms
    k = i - 1
    while k >= lo and i - k < p.limits.label and tags[k] in wc.MODIFIED:
        k -= 1
    if k < lo:
        return None
    if tags[k] == wc.POSSESSIVE:
        start = phrases.noun_phrase_start(p.tokens, tags, k - 1, lo)
        return (start, k) if start < k else None
    if norms[k] in p.words.possessives:
        return k, k + 1
    return None
