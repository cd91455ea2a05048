"""Noun phrases and clauses, by the classes of words (see `tags`).

Every search looks a bounded number of tokens around, so that the work is linear in the text.
"""

from copydesk.engine.language import tags as wc
from copydesk.engine.language.english import english


def sums_up(tokens, tags, i, hi):
    """Whether a phrase begins at `i` that sums up the clause before it: "in a surprise move that …"."""
    k = i + (tokens[i].norm == "in")
    if k >= hi or tokens[k].norm not in ("a", "an", "the", "another"):
        return False
    k += 1
    while k < hi and k < i + 5 and tags[k] in wc.MODIFIER and tokens[k].norm not in english().words.summing:
        k += 1
    return (
        k + 1 < hi
        and tokens[k].norm in english().words.summing
        and (tokens[k + 1].norm == "that" or tags[k + 1] in (wc.RELATIVE, wc.INFINITIVE))
    )


def skip_back(tags, i, lo, over):
    """The index at or before `i` whose class is not in `over`, or lo - 1."""
    while i >= lo and tags[i] in over:
        i -= 1
    return i


def find_back(tags, i, lo, letter):
    """The index at or before `i`, not before `lo`, whose class is `letter`, or `lo`."""
    while i > lo and tags[i] != letter:
        i -= 1
    return i


def noun_phrase_start(tokens, tags, last, lo, reach=30):
    """Where the noun phrase that ends with the token `last` begins: an index, `last + 1` if there is none.

    Prepositional phrases are taken in ("the head of the party"), coordination too unless the part before
    it is the object of a verb.
    """
    lo = max(lo, last - reach)
    i, goes_on = last, True
    while goes_on and i >= lo:
        step, goes_on = _BACK.get(tags[i], _over_mark)(tokens, tags, i, lo, last)
        i -= step
    return _without_adverbial(tokens, tags, i + 1, last)


# Each rule says of the token at `i` how many tokens to take into the phrase, and whether the phrase goes on before them.


def _over_pronoun(tokens, tags, i, lo, last):
    if i == last and i - 1 > lo and tokens[i - 1].norm == "of" and tags[i - 2] in wc.NOUN_BEGINS:
        return 2, True  # "one of them"
    if i == last and i - 1 > lo and tokens[i].norm == "others" and tokens[i - 1].norm == "among":
        return 2, True  # "Norway and Peru among others"
    return int(i == last or tags[i + 1] in wc.BEHIND_PRONOUN), False


def _over_noun(tokens, tags, i, lo, last):
    if tags[i] != wc.DETERMINER:
        return 1, True
    behind_head = i > lo and tags[i - 1] in wc.HEAD
    if tokens[i].norm == "that" and i < last and (behind_head or tags[i + 1] == wc.DETERMINER):
        return 0, False  # "a plan that | Lisbon", "that | the mayor": a noun takes no "that" behind it
    return 1, i == last or not behind_head


def _over_participle(tokens, tags, i, lo, last):
    if i - 1 > lo and tokens[i - 1].norm == "not" and tags[i - 2] in wc.HEAD and i < last:
        return 2, True  # "two people not involved in the study"
    if i == last or tags[i + 1] in wc.REFERS or (i > lo and tags[i - 1] in (wc.ADVERB, wc.PRONOUN)):
        return 0, False
    return 1, True


def _over_gerund(tokens, tags, i, lo, last):
    if i == last:
        inside = i == lo or tags[i - 1] in (wc.NOUN, wc.DETERMINER, wc.POSSESSIVE)
    else:
        inside = tags[i + 1] not in wc.REFERS
    return int(inside), inside


def _over_preposition(tokens, tags, i, lo, last):
    inside = lo < i < last and tags[i - 1] in wc.POSTMODIFIED
    inside = inside and tokens[i].norm not in english().words.outside
    return int(inside), inside


def _over_adverb(tokens, tags, i, lo, last):
    inside = lo < i < last and tags[i + 1] in wc.MODIFIER and tags[i - 1] in wc.LINKS
    return int(inside), inside


def _over_conjunction(tokens, tags, i, lo, last):
    inside = lo < i < last and tags[i - 1] in wc.NOMINAL and _coordinates(tokens, tags, i, lo)
    return int(inside), inside


def _over_mark(tokens, tags, i, lo, last):
    inside = (
        tags[i] in wc.INSIDE_NAME
        and lo < i < last
        and tags[i - 1] in wc.HEAD
        and tags[i + 1] in wc.HEAD
        and tokens[i].start == tokens[i - 1].end
    )
    return int(inside), inside


_BACK = {
    **dict.fromkeys(wc.INSIDE, _over_noun),
    wc.PRONOUN: _over_pronoun,
    wc.PARTICIPLE: _over_participle,
    wc.GERUND: _over_gerund,
    wc.PREPOSITION: _over_preposition,
    wc.ADVERB: _over_adverb,
    wc.CONJUNCTION: _over_conjunction,
}


def _coordinates(tokens, tags, conjunction, lo):
    """Whether the conjunction joins two noun phrases rather than two clauses."""
    if tokens[conjunction].norm not in ("and", "or", "&"):
        return False
    before = noun_phrase_start(tokens, tags, conjunction - 1, max(lo, conjunction - 8), 8) - 1
    return before < lo or tags[before] not in wc.TAKES_OBJECT


def _without_adverbial(tokens, tags, start, last):
    """Drop a bare adverbial of time from the front: "[on] Thursday the senator" begins at "the"."""
    for i in range(start, last):
        if tags[i] == wc.DAY or tokens[i].norm in english().words.time_nouns:
            after = i + 1
            if tags[after] == wc.NUMBER:
                after += 1
            if after <= last and tags[after] in wc.REFERS:
                return after
        elif tags[i] not in wc.NOUN_BEGINS:
            break
    return start


def clause_start(tags, i, lo):
    """Where the clause begins that holds the token `i`: after the last mark, subordinator or relative."""
    while i > lo and tags[i - 1] not in wc.CLAUSE_STARTS:
        i -= 1
    return i


def first_noun_phrase(tokens, tags, lo, hi):
    """(start, end) of the first noun phrase between `lo` and `hi` that can be a subject, or None.

    What leads in is passed over: conjunctions, adverbs, and prepositional or participial phrases up to
    their comma.
    """
    i = lo
    while i < hi:
        letter = tags[i]
        if letter in wc.LEADS_IN or letter in ('"', "-", "...", "("):
            i += 1
        elif letter in wc.SUBORDINATE or (letter == wc.RELATIVE and i == lo):
            comma = _comma_of(tokens, tags, i, hi)
            if comma >= hi:
                return None if letter != wc.PREPOSITION else _after_preposition(tokens, tags, i + 1, hi)
            i = comma + 1
            if i + 1 < hi and tags[i] == wc.NUMBER and tags[i + 1] == ",":
                i += 2  # the year of a date
        elif letter in wc.BEGINS:
            end = noun_phrase_end(tokens, tags, i, hi)
            return (i, end) if end > i else None
        else:
            return None
    return None


def _comma_of(tokens, tags, i, hi):
    """The comma that ends what leads in at `i`: the first with a subject and its verb behind it, or the first; `hi`
    where there is none. "Noting the views of Oslo, Bergen and Moss, she said" has three."""
    commas = [k for k in range(i, hi) if tags[k] == ","]
    for comma in commas[:4]:
        end = noun_phrase_end(tokens, tags, comma + 1, hi)
        if comma + 1 < end < hi and tags[end] in wc.PREDICATE:
            return comma
    return commas[0] if commas else hi


def _after_preposition(tokens, tags, i, hi):
    while i < hi and tags[i] in wc.ADJUNCT:
        i += 1


def noun_phrase_end(tokens, tags, i, hi, reach=25):
    """The index after the noun phrase that begins at `i`, its prepositional phrases included."""
    hi = min(hi, i + reach)
    if i < hi and tags[i] == wc.PRONOUN:
        if (
            i + 2 < hi
            and tokens[i + 1].norm == "and"
            and tags[i + 2] in wc.BEGINS
            and tokens[i].norm in ("he", "she", "they")
        ):
            return noun_phrase_end(tokens, tags, i + 2, hi, 10)
        return i + 1
    start = i
    while i < hi and _goes_on(tokens, tags, i, start, hi):
        i += 1
    while i > start and tags[i - 1] in wc.TRAILING:
        i -= 1
    return i


def _goes_on(tokens, tags, i, start, hi):
    """Whether the token at `i` belongs to the noun phrase that begins at `start`."""
    letter, following = tags[i], tags[i + 1] if i + 1 < hi else None
    if letter in wc.INSIDE:
        return not (letter == wc.DETERMINER and i > start and tags[i - 1] in wc.HEAD)
    if letter in wc.FORMS:
        if i == start or (
            letter == wc.GERUND and tags[i - 1] == wc.DETERMINER and following not in wc.REFERS
        ):
            return True  # "the ruling"
        joined = tags[i - 1] not in wc.HEAD or tags[i - 1] == wc.NUMBER  # "two wounded men"
        return following in wc.HEAD and joined
    if letter == wc.PREPOSITION:
        return i > start and following in wc.ANY_PHRASE and tokens[i].norm not in english().words.outside
    if letter == wc.ADVERB:
        return following in wc.MODIFIER and tags[i - 1] in wc.LINKS
    return letter == wc.CONJUNCTION and following in wc.NOUN_BEGINS and tokens[i].norm in ("and", "or", "&")


def has_verb(tags, lo, hi):
    """Whether a finite verb or auxiliary stands between `lo` and `hi`."""
    return any(letter in wc.FINITE for letter in tags[lo:hi]) or any(
        tags[i] == wc.PARTICIPLE and i > lo and tags[i - 1] in wc.SUBJECT_END for i in range(lo, hi)
    )


def head_noun(tokens, tags, last, lo):
    """The index of the head of the noun phrase that ends with the token `last`, or None.

    It is the noun before the phrase's first preposition: "polls" in "polls in the northern states".
    """
    start = noun_phrase_start(tokens, tags, last, lo)
    if start > last:
        return None
    for i in range(start + 1, last + 1):
        if tags[i] in (wc.PREPOSITION, wc.RELATIVE):
            head = skip_back(tags, i - 1, start, wc.REDUCED)  # "people | not involved | in the study"
            return head if head >= start else i - 1
    return last
