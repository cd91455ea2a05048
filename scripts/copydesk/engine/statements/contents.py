"""What a cue takes: the clause, phrase or quotation behind it or before it."""

from typing import NamedTuple

from copydesk.engine.language import phrases
from copydesk.engine.language import tags as wc
from copydesk.engine.language.english import is_person
from copydesk.engine.statements import can_speak, subjects, units
from copydesk.engine.statements.subjects import Subject

# What a content is, which decides where it ends.
CLAUSE, PHRASE, INFINITIVE = "clause", "phrase", "infinitive"


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


def right(p, cue, at, hi, enclosed):
    """What follows the cue, as `Taken`, or None where it takes nothing there.

    enclosed: whether the cue stands in a clause that ends with a comma, the main clause going on behind.
    """
    takes, tags = cue.takes, p.tags
    if enclosed:
        hi = _enclosure(p, at, hi)
    j = at if cue.rest and cue.rest[-1] in p.words.particles else _skip_adverbials(p, at, hi)
    if j < hi and tags[j] == ",":
        j = _behind_insertion(p, takes, j, hi)
    if j < hi and "quote" in takes:
        j = _behind_programme(p, j, hi)
    if j >= hi:
        return None
    if "obj" in takes and j in p.opening:
        behind = p.opening[j].close + 1  # "told “Harbour Today” that …"
        if behind - j <= p.limits.title and behind < hi and p.norms[behind] == "that":
            j = behind
    if takes & {"obj", "objto"} and tags[j] in wc.BEGINS and p.norms[j] != "that":
        taken = _behind_hearer(p, takes, j, hi)
        if taken or ("obj" in takes and "np" not in takes):
            return taken
    taken = complement(p, takes, j, hi)
    if taken:
        return taken
    if takes & {"quote", "that", "that!"} and (
        "np" not in takes or (tags[j] == wc.PREPOSITION and p.norms[j] != "as")
    ):
        late = _late(p, j, hi, takes)
        if (
            late
            and tags[late] in ('"', wc.INFINITIVE)
            and tags[j] in wc.BEGINS
            and "that" in takes
            and late > j
        ):
            return Taken("that", ((j, content_end(p, j, hi, CLAUSE)),))
        if late and tags[late] == wc.INFINITIVE and tags[j] not in wc.ADVERBIAL:
            return None  # "resolve a debate about ways to pay"
        if late and (p.norms[late] != "that" or tags[j] not in wc.BEGINS):
            return complement(p, takes, late, hi, late=True)
    if takes & {"np", "small", "as", "at"} and tags[j] in wc.ANY_PHRASE:
        return _nominal(p, takes, j, hi)
    return None


def rest(p, cue, at, hi):
    """All that follows a verb that takes nothing but words, as `Taken`, where a clause is in it, though what leads
    in hides its beginning, or its verb is not known: "says for a day he did not know", "said crews base their …"."""
    if not {"quote", "that"} <= cue.takes or cue.takes & {"np", "thing", "obj", "ing", "as"} or cue.rest:
        return None
    j = _skip_adverbials(p, at, hi)
    end = content_end(p, j, hi, CLAUSE)
    if end - j < p.limits.title or p.tags[j] in wc.PAUSES:
        return None
    if p.tags[j] in wc.BEGINS:
        clause = any(_hides_verb(p, k) for k in range(j + 1, end - 1))
    else:
        comma = next((k for k in range(j, end - 2) if p.tags[k] == ","), j)
        begins = range(comma + 1, comma + 2) if comma > j else range(j + 2, min(end, j + p.limits.clause))
        clause = any(p.tags[k] in wc.BEGINS and clause_at(p, k, end) for k in begins)
    return Taken("that", ((j, end),)) if clause and p.norms[j] not in ("as", "when", "while") else None


def _hides_verb(p, k):
    """Whether the word at `k` can only be a verb, by what is beside it: "crews | base | their", "it | deals | with"."""
    tags, norm = p.tags, p.norms[k]
    if tags[k] != wc.NOUN or tags[k - 1] != wc.NOUN or k in p.names:
        return False
    # "the soldiers | shot | four boys"
    counts = p.norms[k + 1] in "$€£¥" or tags[k + 1 : k + 3] == (wc.NUMBER, wc.NOUN)
    deals = norm.endswith("s") and tags[k + 1] in (wc.ADVERB, wc.PREPOSITION)
    return tags[k + 1] in wc.REFERS or counts or deals


def _reckoned(p, j, hi):
    """A noun phrase and the number that it is put at: "put the toll at more than 40"."""
    for k in range(j, min(hi - 1, j + p.limits.phrase)):
        if p.norms[k] == "at" and wc.NUMBER in p.tags[k + 1 : min(hi, k + p.limits.label)]:
            end = next((m for m in range(k + 1, hi) if p.tags[m] in wc.LATE_STOPS), hi)
            return Taken("as", ((j, end),)) if k > j else None
        if p.tags[k] in wc.LATE_STOPS:
            break
    return None


def _behind_insertion(p, takes, j, hi):
    """Past an insertion between commas, where a clause follows it: "said, through a lawyer, that"."""
    for k in range(j + 2, min(hi - 1, j + p.limits.clause)):
        if p.tags[j + 1] in wc.VERBAL:
            return j  # the clause that was interrupted goes on
        if p.tags[k] == ",":
            clause = p.norms[k + 1] == "that" or ("wh" in takes and p.norms[k + 1] == "whether")
            return k + 1 if clause or k + 1 in p.opening else j
    return j


def _behind_programme(p, j, hi):
    """Past the title of a programme or a text: "said on Monday on Lake Radio's “Tides,” that …"."""
    at = j + 1 if p.tags[j] == wc.PREPOSITION else j
    title = p.opening.get(at)
    if (
        title is None
        or p.tags[at - 1] not in wc.BEFORE_NOUN
        or not title.closed
        or title.close - title.open > p.limits.title
    ):
        return j
    behind = title.close + 1
    ends = behind < hi and (p.norms[title.close - 1] == "," or p.norms[behind] == "that")
    return behind if ends else j


def _behind_hearer(p, takes, j, hi):
    """The complement behind the person addressed, who is no part of it: "told reporters that …"."""
    tags = p.tags
    end = phrases.noun_phrase_end(p.tokens, tags, j, hi, p.limits.clause)
    if end >= hi:
        return None
    if "objto" in takes and _infinitive_at(p, end, hi):
        return Taken("objto", ((j, content_end(p, j, hi, PHRASE)),))
    if "obj" not in takes:
        return None
    end = _list_of_names(p, end, hi)
    if tags[end] in wc.VERBAL and end - j > 1 and tags[j] in wc.NOUN_BEGINS:
        # Two names meet: "told Reuters Oslo needed time". The hearer is the shorter guess.
        start = j + 1 if tags[j] == wc.NOUN else end - 1
        return Taken("that", ((start, content_end(p, start, hi, CLAUSE)),))
    if "np" in takes and not _can_hear(p, j, end):
        return None  # "promised a million jobs to end the slump"
    k = _skip_adverbials(p, end, hi)
    taken = complement(p, takes | {"that", "wh", "quote"} - {"np"}, k, hi)
    if taken:
        return taken
    apposed = next((m for m in range(k + 1, min(hi - 1, k + p.limits.clause)) if tags[m] == ","), k)
    if tags[k] == "," and apposed > k and (p.norms[apposed + 1] == "that" or apposed + 1 in p.opening):
        return complement(p, takes, apposed + 1, hi)  # "told her lawyer, Ann Lind, that"
    if tags[k] == "," and k + 1 < hi and tags[k + 1] in wc.BEGINS and clause_at(p, k + 1, hi):
        return Taken("that", ((k + 1, content_end(p, k + 1, hi, CLAUSE)),))  # "told the inquiry, he was late"
    if (
        k + 1 < hi
        and p.norms[k] in ("about", "of", "on")
        and tags[k + 1] in (wc.RELATIVE, wc.SUBORDINATOR)
        and "wh" in takes
    ):
        return Taken("wh", ((k + 1, content_end(p, k + 1, hi, CLAUSE)),))
    if k + 1 < hi and p.norms[k] in ("about", "of"):
        return Taken("np", ((k + 1, content_end(p, k + 1, hi, PHRASE)),))
    late = _late(p, k, hi, takes)
    if late and _infinitive_at(p, late, hi):
        return Taken("objto", ((late, content_end(p, late, hi, INFINITIVE)),))
    if late:
        taken = complement(p, takes | {"that", "quote"} - {"np"}, late, hi, late=True)
    return taken or complement(p, takes, j, hi)


def _can_hear(p, j, end):
    """Whether a noun phrase is somebody who can be told something."""
    head = phrases.head_noun(p.tokens, p.tags, end - 1, j)
    named = not p.names.isdisjoint(range(j, end)) or (p.caseless and p.tags[j] == wc.NOUN)
    return p.tags[j] == wc.PRONOUN or named or (head is not None and is_person(p.norms[head]))


def _list_of_names(p, end, hi):
    """Where a hearer ends whose name holds commas, up to "that": "the Health, Labor and Pensions Committee"."""
    k = end
    while k < hi - 1 and k < end + p.limits.clause and (k in p.names or p.tags[k] in wc.LISTS):
        k += 1
    return k if p.norms[k] == "that" and p.tags[k - 1] != "," else end


def _late(p, j, hi, takes):
    """Where the complement begins behind phrases of place and time, or None."""
    tags, norms = p.tags, p.norms
    for k in range(j, min(hi, j + p.limits.phrase)):
        letter = tags[k]
        if norms[k] == "that" and k > j or letter in ('"', ":"):
            return k
        if letter == "," and k + 1 < hi and (tags[k + 1] == '"' or norms[k + 1] == "that"):
            return k + 1
        if takes & {"to", "objto"} and _infinitive_at(p, k, hi):
            return k
        if letter in wc.LATE_STOPS:
            return None
    return None


def complement(p, takes, j, hi, late=False):
    """The complement that begins at `j`. late: phrases of place and time stand between it and the cue."""
    if j >= hi:
        return None
    tags, letter, norm = p.tags, p.tags[j], p.norms[j]
    after = tags[j + 1] if j + 1 < hi else ""
    if j in p.opening:
        mode = CLAUSE if takes & {"quote", "that"} else PHRASE
        whole = takes & {"quote", "np", "small", "that"}
        return Taken("quote", ((j, content_end(p, j, hi, mode)),)) if whole else None
    if letter in (",", ":") and "quote" in takes and j + 1 < hi:
        if j + 1 in p.opening:
            if letter == "," and cue_follows(p, j + 1, hi):
                return None
            return Taken("quote", ((j + 1, content_end(p, j + 1, hi, CLAUSE)),))
        return Taken("quote", ((j + 1, hi),)) if letter == ":" else None
    if (
        norm == "that"
        and takes & {"that", "that!"}
        and after
        and (after not in wc.LISTS or "," in tags[j + 2 : min(hi, j + p.limits.clause)])
        and (
            after not in wc.NO_SUBJECT
            or "np" not in takes
            or phrases.has_verb(tags, j + 2, min(hi, j + p.limits.clause))
        )
    ):
        return Taken("that", ((j, content_end(p, j, hi, CLAUSE)),))
    if "that!" in takes and letter in wc.BEGINS and not late and _is_finite(p, j, hi):
        return Taken("that", ((j, content_end(p, j, hi, CLAUSE)),))
    if (letter == wc.RELATIVE or norm in ("if", "whether")) and "wh" in takes:
        return Taken("wh", ((j, content_end(p, j, hi, CLAUSE)),))
    if "to" in takes and _infinitive_at(p, j, hi):
        return Taken("to", ((j, content_end(p, j, hi, INFINITIVE)),))
    if letter == wc.GERUND and "ing" in takes:
        return Taken("ing", ((j, content_end(p, j, hi, INFINITIVE)),))
    if (
        "that" in takes
        and not late
        and (
            letter == wc.SUBORDINATOR
            or (p.norms[j] in p.words.conceding and "," in tags[j : min(hi, j + p.limits.clause)])
            or (letter in wc.CLAUSE_BEGINS and _bare_clause(p, takes, j, hi))
            or (letter == wc.PARTICIPLE and after == wc.NOUN and clause_at(p, j + 1, hi))
            or _about(p, j, hi)
            or (letter == wc.PREPOSITION and after == wc.GERUND and _behind_adjunct(p, j, hi))
        )
    ):
        return Taken("that", ((j, content_end(p, j, hi, CLAUSE)),))
    return None


def _is_finite(p, j, hi):
    """Whether a noun phrase and a verb begin at `j` that can only be finite: "the body would", "it used two"."""
    tags, k = p.tags, phrases.noun_phrase_end(p.tokens, p.tags, j, hi)
    if not j < k < hi - 1:
        return False
    return tags[k] in wc.FINITE or (tags[k] == wc.PARTICIPLE and tags[k + 1] in wc.COUNTED)


def _behind_adjunct(p, j, hi):
    """Whether a phrase with a comma leads in a clause: "said besides opening the fair, she would meet the crews"."""
    comma = next((k for k in range(j, min(hi - 1, j + p.limits.clause)) if p.tags[k] in wc.PAUSES), j)
    return p.tags[comma] == "," and clause_at(p, comma + 1, hi)


def _about(p, j, hi):
    """Whether a clause begins at `j` with a number that is no exact one: "said at least nine were hurt"."""
    number = j + 1 if p.norms[j] in p.words.roughly else j + 2
    inexact = number < hi and (number == j + 1 or "-".join(p.norms[j:number]) in p.words.inexact)
    number += number < hi and p.norms[number] == "as"  # "as many as nine"
    if not inexact or number + 1 >= hi or p.tags[number] != wc.NUMBER:
        return False
    counted = p.tags[number + 1] == wc.VERB and p.norms[number + 1].endswith("s")  # "over 400 lives"
    return not counted and clause_at(p, number, hi)


def _infinitive_at(p, j, hi):
    """Whether an infinitive begins at `j`: "to go", "not to go"."""
    if p.norms[j] in p.words.negations:
        j += 1
    return j < hi and p.tags[j] == wc.INFINITIVE


def _bare_clause(p, takes, j, hi):
    """Whether a clause without "that" begins at `j`; where no noun phrase can, any verb ahead will do."""
    return clause_at(p, j, hi) or (not takes & {"np", "obj", "thing"} and _verb_ahead(p, j, hi))


def cue_follows(p, opening, hi):
    """Whether the quotation that begins here has a cue of its own behind it."""
    quotation = p.opening[opening]
    k = quotation.close + 1
    if not quotation.closed or k >= hi or p.norms[quotation.close - 1] in (".",):
        return False
    return any(p.norms[x] in p.lexicon.verbs for x in range(k, min(hi, k + p.limits.near)))


def _verb_ahead(p, j, hi):
    """Whether a finite verb comes before the sentence or a quotation ends the search."""
    for k in range(j + 1, min(hi, j + p.limits.phrase)):
        letter = p.tags[k]
        if letter in wc.FINITE or (letter == wc.PARTICIPLE and p.tags[k - 1] in wc.SUBJECT_END):
            return p.tags[k - 1] != wc.CONJUNCTION  # "ordered an inquiry and said": a verb beside the cue
        if letter in wc.STOPS or p.norms[k] == "when":
            return False
    return False


def clause_at(p, j, hi):
    """Whether a noun phrase and its verb begin at `j`: a clause without "that"."""
    tags = p.tags
    if p.norms[j] == "there":
        return j + 1 < hi and tags[j + 1] == wc.AUXILIARY
    if tags[j] == wc.GERUND:
        return phrases.has_verb(tags, j, min(hi, j + p.limits.clause))
    limit = min(hi, j + p.limits.phrase)
    first = phrases.noun_phrase_end(p.tokens, tags, j, hi)
    # Nothing behind it can go with a pronoun: "they both …", "she feared for …".
    stands = tags[j] == wc.PRONOUN
    first += stands and first < limit and p.norms[first] in ("both", "all", "each")
    for k in range(first, limit):
        letter = tags[k]
        if letter in wc.FINITE or p.norms[k] == "'s":
            return tags[k - 1] != wc.CONJUNCTION  # a verb beside the cue: "ordered an inquiry and said"
        if letter == wc.PARTICIPLE:
            # "steps confined to the north" is a phrase as it stands; a verb may follow.
            return (
                (stands and k == first)
                or k + 1 >= limit
                or tags[k + 1] != wc.PREPOSITION
                or any(after in wc.FINITE for after in tags[k + 1 : limit])
            )
        if letter in wc.NEW_CLAUSE or (letter == wc.PREPOSITION and p.norms[k] in p.words.clausal):
            # A relative clause, with or without its pronoun, has a verb of its own.
            return sum(tag in wc.FINITE for tag in tags[k:limit]) >= 2
        if letter in wc.PAUSES:
            return any(tags[m] in wc.PAUSES and tags[m + 1] in wc.VERBAL for m in range(k, limit - 1))
        if letter not in wc.SPACED:
            return False
    return False


def _nominal(p, takes, j, hi):
    """A noun phrase as what is said, wanted or judged, with its predicate where the cue takes one."""
    if "at" in takes:
        return _reckoned(p, j, hi)
    if p.tags[j] == wc.RELATIVE and "np" not in takes:
        return None
    end = content_end(p, j, hi, PHRASE)
    taken = Taken("np", ((j, end),))
    if "np" in takes:
        described = "as" in takes and "as" in p.norms[j : min(end, j + p.limits.clause)]
        told = any(
            p.norms[k] in p.lexicon.nouns and (p.tags[k + 1] == wc.INFINITIVE or p.norms[k + 1] == "that")
            for k in range(j, end - 1)
        )  # "announced plans to close it"
        return Taken("as" if described else "that", taken.ranges) if described or told else taken
    if "as" in takes:
        return Taken("as", taken.ranges) if "as" in p.norms[j : min(end, j + p.limits.clause)] else None
    if "small" in takes and end < hi and not any(k in p.opening for k in range(j, end)):
        late = _skip_adverbials(p, end, hi)
        if late in p.opening:  # "called the speech on Monday “a disgrace”"
            return Taken("small", ((j, content_end(p, late, hi, PHRASE)),))
    if p.norms[j] in ("a", "an") and not any(k in p.opening for k in range(j, end)):
        return None  # "declared a state of emergency": nothing is said of it
    noun_end = phrases.noun_phrase_end(p.tokens, p.tags, j, hi)
    while end > j and p.tags[end - 1] in wc.TRIMMED:
        end -= 1
    predicated = noun_end < end or p.tags[j] == wc.PRONOUN
    # "considers an attack", "declared war on Chad" judge nothing
    predicated |= (
        end - j >= 3
        and p.norms[j] not in ("a", "an")
        and (p.tags[j] == wc.DETERMINER or wc.PREPOSITION not in p.tags[j:end])
    )
    return Taken("small", taken.ranges) if end > j + 1 and predicated else None


def object_relative(p, cue, pronoun, at, hi):
    """The object has gone before: "whom she described as …", "a rule that he said would …"."""
    if p.norms[pronoun] not in ("who", "whom", "which", "what", "that") or at >= hi:
        return None
    if "as" in cue.takes and p.norms[at] == "as":
        return Taken("np", ((pronoun, pronoun + 1), (at, content_end(p, at, hi, PHRASE))))
    verb = p.tags[at] in wc.VERBAL or (p.tags[at] == wc.NOUN and at + 1 < hi and p.tags[at + 1] in wc.COUNTED)
    if "that" in cue.takes and verb:  # "a man who police say shot two people"
        return Taken("that", ((at, content_end(p, at, hi, CLAUSE)),))
    return None


def _enclosure(p, at, hi):
    """Where the main clause goes on: after a comma, with a verb or a new subject."""
    tags, i = p.tags, at
    while i < hi:
        quotation = p.opening.get(i)
        if quotation:
            i = max(i + 1, quotation.close)
            if not (i < hi and tags[i] == '"' and p.norms[i - 1] == ","):
                i += 1
                continue
        if tags[i] == "-" and i > at + 1 and units.apart(p, i):
            return i
        if tags[i] == wc.AUXILIARY and i > at + 1 and tags[i - 1] == wc.PARTICIPLE:
            return i  # "who thought it closed | were glad"
        if (tags[i] == "," or tags[i] == '"') and i + 1 < hi and i > at and not _lacks_verb(p, at, i):
            if tags[i + 1] in wc.LEAVES or p.norms[i + 1] in p.words.subjects:
                return i
            if tags[i + 1] in wc.BEGINS and clause_at(p, i + 1, min(hi, i + p.limits.near)):
                return i
        if (
            tags[i] == wc.VERB
            and i > at + 1
            and p.norms[i] in p.lexicon.verbs
            and tags[i - 1] in wc.POSTMODIFIED
        ):
            return i
        i += 1
    return hi


def _lacks_verb(p, at, i):
    """Whether a clause with "that" has no verb yet, so that it goes on: "that the mayor, Ann Lind, would"."""
    clause = p.norms[at] == "that" and (p.tags[at + 1] in wc.REFERS or at + 1 in p.names)
    return clause and not phrases.has_verb(p.tags, at + 1, i)


def predicate_start(p, at, hi):
    """Where the verb comes whose subject holds an infinitive: "his plan to close it | is late"."""
    tags = p.tags
    for k in range(at + 1, hi):
        if tags[k] in wc.CLAUSE_BREAKS or p.norms[k] == "that":
            return hi
        if tags[k] == wc.AUXILIARY and tags[k - 1] in wc.HEAD:
            return k
    return hi


def _skip_adverbials(p, j, hi):
    """Past adverbs, days and times: "said late on Thursday", "said last week"."""
    tags, norms = p.tags, p.norms
    while j < hi:
        letter = tags[j]
        if j + 1 < hi and tags[j + 1] == wc.POSSESSIVE:
            return j  # "says today's delay"
        if letter in wc.WHEN and norms[j] not in p.words.negations:
            j += 1
            if letter == wc.DAY and j < hi and tags[j] == wc.NUMBER:
                j += 1
                continue
        elif (
            norms[j] in p.words.time_nouns
            or letter == wc.PREPOSITION
            and j + 1 < hi
            and tags[j + 1] == wc.DAY
        ):
            j += 1
        elif (
            letter == wc.PREPOSITION
            and j + 2 < hi
            and tags[j + 1] in wc.NOUN_BEGINS
            and norms[j] in ("on", "in", "at", "during", "via")
        ):
            end = phrases.noun_phrase_end(p.tokens, tags, j + 1, hi, p.limits.clause)
            if end < hi and (
                norms[end] in ("that", ":") or (tags[end] in wc.REFERS or tags[end] in ('"', ":"))
            ):
                if norms[end] != "that" and end - j > p.limits.title:
                    return j
                j = end
            else:
                return j
        elif (
            letter in wc.NOUN_BEGINS
            and j + 1 < hi
            and norms[j] in ("this", "last", "next", "every", "earlier", "late")
        ):
            if norms[j + 1] in p.words.time_nouns or tags[j + 1] == wc.DAY:
                j += 2
            else:
                return j
        else:
            return j
    return j


def content_end(p, start, hi, mode):
    """Where a content that begins at `start` ends. mode: CLAUSE, PHRASE or INFINITIVE."""
    tags, i = p.tags, start
    if mode == CLAUSE and start in p.opening:
        end = _end_after_quotation(p, start, hi)
        if end:
            return end
    while i < hi:
        quotation = p.opening.get(i)
        if quotation:
            i = max(i + 1, quotation.close)
            if i in p.closing and p.norms[i - 1] != ",":
                i += 1
                continue
            if i >= hi:
                break
        letter = tags[i]
        if letter == ";" or (letter == ":" and mode != CLAUSE):
            return i
        if mode == PHRASE and p.norms[i] == "that" and i > start and _takes_clause(p, i - 1):
            return content_end(p, i, hi, CLAUSE)
        if letter == "-" and start < i < hi - 1 and _ends_at_dash(p, i, hi, mode):
            return i
        if letter in wc.PAUSES and i + 1 < hi and not (p.norms[start] == "that" and i == start + 1):
            if _ends_at_comma(p, i, hi, mode) or (
                _resumes(p, i + 1, start) and phrases.has_verb(tags, start, i)
            ):
                return i
            if mode != CLAUSE and letter == '"' and not _list_goes_on(p, i + 1, hi):
                return i + 1
        elif mode != CLAUSE and start < i < hi - 1 and _ends_phrase(p, i, start, hi, mode):
            return i
        i += 1
    return hi


def _takes_clause(p, i):
    """Whether a clause with "that" belongs to the noun at `i`: "rejected claims that it had lied"."""
    forms = (p.norms[i], p.norms[i].removesuffix("s"))
    return any("that" in cue.takes for form in forms for cue in p.lexicon.nouns.get(form, ()))


def _end_after_quotation(p, start, hi):
    """Where a content ends that begins with a quotation and is whole with it, or None.

    It is not whole where another quotation follows soon (“…,” and “…”), or the clause goes on.
    """
    tags, quotation = p.tags, p.opening[start]
    if not quotation.closed:
        return None
    after = quotation.close + 1
    if after >= hi:
        return hi
    if units.ends_quotation(p, quotation.close, start - 1) and not any(
        k in p.opening for k in range(after, min(hi, after + p.limits.label))
    ):
        return after
    return after if tags[after] == wc.CONJUNCTION and _verb_at(p, after + 1, hi) else None


def _verb_at(p, i, hi):
    """Whether a finite verb stands at `i`, as in "… and kept going"."""
    if i >= hi:
        return False
    return p.tags[i] in wc.FINITE or (
        p.tags[i] == wc.PARTICIPLE and i + 1 < hi and p.tags[i + 1] in wc.OBJECT
    )


def _ends_at_dash(p, i, hi, mode):
    """Whether a content ends at the dash at `i`; a quotation behind it goes on with the content."""
    if i + 1 in p.opening or not units.apart(p, i):
        return False
    if mode == CLAUSE and p.tags[i + 1] != wc.CONJUNCTION:
        return False
    return not any(
        p.tags[k] == "-" and units.apart(p, k) for k in range(i + 2, min(hi - 1, i + p.limits.phrase))
    )


def _ends_at_comma(p, i, hi, mode):
    """Whether a content ends at the comma (or the quotation with a comma) at `i`."""
    tags, norm, after = p.tags, p.norms[i + 1], p.tags[i + 1]
    if norm == "according" or (after == wc.GERUND and (mode != CLAUSE or norm in p.lexicon.verbs)):
        return True
    if (
        after == wc.ADVERB
        and i + 2 < hi
        and tags[i + 2] == wc.GERUND
        and norm not in ("not", "never", "thereby", "thus")
    ):
        return True
    if mode == CLAUSE:
        return False
    if _is_occasion(p, i + 1):
        return True
    if after in wc.JOINS or norm in ("as", "with", "when", "where", "after"):
        return norm not in ("and", "or") or phrases.has_verb(tags, i + 1, min(hi, i + p.limits.near))
    return after == wc.PRONOUN or (after == '"' and tags[i] == "," and mode == PHRASE)


def _ends_phrase(p, i, start, hi, mode):
    """Whether a noun phrase, an infinitive or a gerund ends before the word at `i`."""
    letter, norm = p.tags[i], p.norms[i]
    if letter == wc.CONJUNCTION:
        if (norm == "but" and (mode == PHRASE or clause_at(p, i + 1, hi))) or _parallel(p, i + 1, hi):
            return True
        k = i + 1
        while k < hi and p.tags[k] == wc.ADVERB:
            k += 1
        if wc.INFINITIVE in p.tags[start:i] and _is_base(p, k, hi):
            return False  # "to show restraint and resolve the dispute"
        return (k < hi and p.tags[k] == wc.PRONOUN) or _verb_at(p, k, hi) or _reports_at(p, k, hi)
    if letter == wc.RELATIVE:
        return norm == "when"
    if mode != PHRASE:
        return _is_occasion(p, i) and p.tags[start] == wc.GERUND  # "admitted taking it in an interview"
    if letter == wc.SUBORDINATOR:
        return norm not in ("because", "if", "whether")
    if letter != wc.PREPOSITION or _is_occasion(p, i):
        return letter == wc.PREPOSITION
    # "of killing the man on May 3": the time is that of the deed
    return wc.DEEDS.isdisjoint(p.tags[start:i]) and _is_adjunct(p, i, start)


def _is_base(p, k, hi):
    """Whether the word at `k` is the base form of a verb that the codebook has."""
    return k < hi and any(form == "base" for _, form in p.lexicon.verbs.get(p.norms[k], ()))


def _parallel(p, at, hi):
    """Whether a noun phrase with a participle of reporting begins here: "and Tallinn stressing calm"."""
    end = phrases.noun_phrase_end(p.tokens, p.tags, at, hi, p.limits.near)
    return at < end < hi and p.tags[end] == wc.GERUND and p.norms[end] in p.lexicon.verbs


def _reports_at(p, at, hi):
    """Whether somebody and a verb that quotations follow begin here: "and Ms. Lind said"."""
    if at >= hi or p.tags[at] not in wc.NOUN_BEGINS:
        return False
    end = phrases.noun_phrase_end(p.tokens, p.tags, at, hi, p.limits.near)
    return at < end < hi and p.tags[end] in wc.VERBAL and units.introduces_quotation(p, end)


def _list_goes_on(p, at, hi):
    """Whether another quotation follows soon and without a verb: a "pest," an "anchor" and …"""
    for k in range(at, min(hi, at + p.limits.near)):
        if k in p.opening:
            return True
        if p.tags[k] in wc.OTHER_CLAUSE:
            return False
    return False


def _is_occasion(p, i):
    """Whether a phrase begins at `i` that says on what occasion it was said: "in an interview"."""
    return p.norms[i] == "in" and any(n in p.words.occasions for n in p.norms[i + 1 : i + p.limits.label])


def _is_adjunct(p, i, start):
    """Whether the preposition at `i` begins a phrase of time or occasion, no part of the noun phrase."""
    norm, after = p.norms[i], p.tags[i + 1]
    if norm in ("during", "after", "before", "until", "amid", "despite", "since"):
        return True
    if norm in ("on", "in", "by") and (after == wc.DAY or p.norms[i + 1] in p.words.time_nouns):
        return True
    if norm == "as" and after == wc.PRONOUN:
        return True
    if norm == "at" and after in wc.NOUN_BEGINS and i > start and p.norms[i + 1] not in ("least", "most"):
        return p.norms[i + 1] != "last" or p.norms[i + 2] in p.words.time_nouns
    return i - start == 1 and p.tags[start] == wc.PRONOUN and norm in ("on", "in", "at", "with", "by")


def left(p, verb, subject, ranges, found):
    """What stands before a cue that has content behind it too, or None: `“…,” she said, “…”`."""
    source, begins, lo = subject.source, subject.begins, verb.lo
    if verb.form == "ing" or source is None or source[0] != begins or begins <= lo:
        return None
    if "quote" not in verb.cue.takes:
        return None
    first = ranges[0][0]
    if p.tags[begins - 1] == "," and first in p.opening and p.tags[first - 1] == ",":
        return _interrupted(p, lo, begins - 1)
    if units.ends_quotation(p, begins - 1, lo):
        opened = p.closing[begins - 1].open
        if opened == lo or phrases.has_verb(p.tags, lo, opened):
            return _left_range(p, opened, lo, found, begins)
    return None


def _interrupted(p, lo, edge):
    """The first part of a clause that "she said" and a quotation interrupt: "It was, she said, “…”."""
    first = lo
    while first < edge and p.tags[first] in wc.LEADS:
        first += 1
    if (
        first >= edge
        or p.tags[first] not in wc.QUOTED_BEGINS
        or any(n in p.words.time_nouns for n in p.norms[first:edge])
    ):
        return None
    return (first, edge) if not any(letter in wc.DIVIDES for letter in p.tags[first:edge]) else None


def _left_range(p, opened, lo, found, end):
    """The content that ends with the quotation opened at `opened`: with the clause it completes."""
    ends = (item.cue[1] for item in found if item.cue[1] <= opened and item.group != "impersonal")
    first = max([lo, *ends])
    if found and first != lo:
        return opened, end
    while first < opened and p.tags[first] in wc.CUT:
        first += 1
    return first, end


def parenthesis(p, verb, subject, found):
    """`CONTENT, source cue` and `CONTENT, cue source`, the content going on behind or not."""
    tags, lo, hi = p.tags, verb.lo, verb.hi
    if verb.form == "ing":
        return None
    source, begins, after = subject.source, subject.begins, verb.end
    if "quote" not in verb.cue.takes and tags[min(_skip_adverbials(p, after, hi), hi - 1)] in wc.BEGINS:
        return None  # "…, women hold three of ten posts": an object
    adjoins = source is not None and source[0] == begins and begins > lo
    if adjoins and tags[begins - 1] != '"' and _has_more(p, verb, after, hi):
        return None
    if (
        not adjoins
        or tags[begins - 1] not in wc.BREAKS
        or tags[begins] == wc.RELATIVE
        or p.norms[begins] == "that"
    ):
        if adjoins and p.norms[begins - 1] == "as":
            return _as_clause(p, verb, subject, found)
        if verb.group <= lo or tags[verb.group - 1] not in wc.BREAKS:
            return None
        # What stands behind the verb can be its subject only where no auxiliary stands before it.
        if verb.form not in ("past", "s") or verb.modal or "quote" not in verb.cue.takes:
            return None
        source = subjects.inverted(p, verb.end, hi)
        if source is None or not (tags[verb.group - 1] == '"' or can_speak.is_voice(p, source)):
            return None  # "the minister, who flew in, ordered an inquiry"
        begins, after = verb.group, source[1]
        clause = _has_main_verb(p, lo, begins) or _fills_sentence(p, verb, begins, after)
        clause = clause or _clause_resumes(p, after, hi, False)  # "My error, says the pilot, was …"
        if tags[begins - 1] == "," and not clause:
            return None
    content = content_before(p, begins - 1, lo, hi, after, found)
    if content is None:
        return None
    tail = _tail(p, after, hi, content)
    if tail and tags[content[1] - 1] in wc.JOINS and tags[content[1]] == ",":
        # "The lake is full but, surveyors say, will not rise": what is before the conjunction is nobody's
        return candidate(p, verb, Subject(source, begins, True), Taken("quote", (tail,)))
    ranges = (content, tail) if tail else (content,)
    return candidate(p, verb, Subject(source, begins, True), Taken("quote", ranges), side="left")


def _has_more(p, verb, after, hi):
    """Whether a verb is none of a reporting clause: an object or another adjective is behind it, as in "…, the mayor
    offered his help", "…, slights perceived and real"."""
    j = _skip_adverbials(p, after, hi)
    if j >= hi:
        return False
    if p.tags[j] == wc.CONJUNCTION:
        return (
            j + 1 < hi and p.tags[j + 1] == wc.NOUN and p.norms[j + 1] not in p.lexicon.verbs and j == after
        )
    timed = not p.words.time_nouns.isdisjoint(p.norms[j : j + 3])
    return p.tags[j] == wc.DETERMINER and "obj" not in verb.cue.takes and not timed


def _has_main_verb(p, lo, edge):
    """Whether a verb stands between `lo` and `edge` outside a relative clause: not in "the minister, who flew in,"."""
    commas = [k for k in range(lo, edge) if p.tags[k] == ","]
    opened = next((k for k in commas if p.tags[k + 1] == wc.RELATIVE), edge)
    closed = next((k for k in commas if k > opened), edge)
    return phrases.has_verb(p.tags, lo, opened) or phrases.has_verb(p.tags, closed, edge)


def _fills_sentence(p, verb, begins, after):
    """Whether all of a sentence but "argues the mayor" stands before it: a clause, though its verb is not known."""
    whole = after >= verb.hi or p.tags[after] in wc.STOPS
    leads = p.tags[verb.lo] in (wc.DETERMINER, wc.NOUN, wc.PRONOUN)
    return whole and leads and p.tags[verb.at] == wc.VERB and begins - verb.lo > 4


def _as_clause(p, verb, subject, found):
    """`CONTENT, as the minister put it` and `As the minister put it, CONTENT`, or None."""
    if any(item.side == "right" for item in found):
        return None  # a part of what somebody else says
    tags, lo, hi = p.tags, verb.lo, verb.hi
    before, end = subject.begins - 1, verb.end
    subject = subject._replace(begins=before, breaks=True)
    if end + 1 < hi and tags[end] == "," and (before == lo or tags[before - 1] in wc.LEADS_IN):
        return candidate(p, verb, subject, Taken("quote", ((end + 1, hi),)))
    if before > lo and tags[before - 1] in wc.PAUSES:
        edge = before - 1 if tags[before - 1] == "," else before
        return candidate(p, verb, subject, Taken("quote", ((lo, edge),)), side="left")
    return None


def content_before(p, edge, lo, hi, after, found):
    """The content that ends with the mark at `edge`, or None; the reporting clause ends at `after`."""
    tags = p.tags
    if tags[edge] == '"':
        quotation = p.closing.get(edge)
        goes_on = after < hi and tags[after] not in wc.STOPS
        if quotation is None or (goes_on and _is_title(p, quotation, lo)):
            return None
        return _left_range(p, quotation.open, lo, found, edge + 1)
    first = lo
    for item in found:
        if item.cue[1] <= edge and item.side != "right" and item.group != "impersonal":
            first = max(first, item.cue[1], item.source[1] if item.source else 0)
    apart = [k for k in range(first, edge) if tags[k] == ";" and ")" not in tags[k:edge]]
    if apart:  # "Chad denied it; its planes, a spokesman said, …"
        first = apart[-1]
    while first < edge and tags[first] in wc.DIVIDES:
        first += 1
    if first >= edge:
        return None
    if _clause_resumes(
        p, after, hi, adverbial=edge - first <= 4 and tags[first] in (wc.ADVERB, wc.PREPOSITION)
    ):
        return first, edge
    if _is_subordinate(p, first, edge):
        return None
    ends = edge - first > 3 and (after >= hi or tags[after] in wc.STOPS)
    clause = phrases.has_verb(tags, first, edge) or any(
        item.word is not None and first <= item.word < edge and tags[item.word] != wc.GERUND for item in found
    )
    return (first, edge) if ends or clause or tags[edge - 1] == '"' else None


def _is_title(p, quotation, lo):
    """Whether a quotation is a part of a phrase in front: `In his book, “Hard Times,” he said …`."""
    first = lo
    while first < quotation.open and p.tags[first] in wc.LEADS:
        first += 1
    while first < quotation.open and p.tags[first] in (wc.DAY, wc.NUMBER):
        first += 1  # "Wednesday on “Tides,” she said it was"
    if first >= quotation.open or p.tags[first] != wc.PREPOSITION:
        return False
    return not phrases.has_verb(p.tags, first, quotation.open)


def _clause_resumes(p, after, hi, adverbial):
    """Whether an interrupted clause goes on behind the reporting clause: `The plan, he said, would …`.

    adverbial: whether no more than an adverbial has gone before: `In the end, he said, …`.
    """
    tags, k = p.tags, after
    while k < hi and k < after + p.limits.clause and tags[k] not in wc.RESUMES:
        k += 1
    if k + 1 >= hi or tags[k] != "," or tags[k + 1] in (wc.GERUND, wc.PREPOSITION, wc.CONJUNCTION):
        return False
    if tags[k + 1] == wc.PARTICIPLE or p.norms[k + 1] == "that" or phrases.has_verb(tags, k, hi):
        return True
    return adverbial and tags[k + 1] in wc.BEGINS


def candidate(p, verb, subject, taken, side="right"):
    """The candidate of a verb with its subject and what it takes."""
    cue, begins = verb.cue, verb.group if subject.begins is None else subject.begins
    if verb.form == "past" and not verb.modal and taken.what == "that":
        taken = taken._replace(ranges=_in_tense(p, taken.ranges))
    return Found(
        subject.source,
        (verb.group, verb.end),
        taken.ranges,
        cue.lemma,
        cue.group,
        can_speak.kind(p, cue, subject.source, taken),
        begins,
        side,
        subject.breaks,
        "quote" in cue.takes and "that" in cue.takes,
        verb.at,
        what=taken.what,
        words=cue.words,
        said=can_speak.is_said(p, verb, begins),
    )


def _in_tense(p, ranges):
    """The ranges up to a "but" that leaves what somebody said for what is so: "she said the claims were false, but
    there are calls for her to go"."""
    *before, (first, last) = ranges
    finite = [k for k in range(first, last) if p.tags[k] in wc.FINITE]
    for but in range(first + 1, last):
        if p.norms[but] == "but" and not any(first <= k < last for k in p.opening if k > first):
            past = next((p.norms[k] for k in finite), "") in p.words.past
            present = next((p.norms[k] for k in finite if k > but), "") in p.words.present
            return (*before, (first, but)) if past and present else ranges
    return ranges


def _is_subordinate(p, first, edge):
    """Whether the range is one subordinate clause or phrase of time, no statement by itself."""
    while first < edge and p.tags[first] == wc.ADVERB:
        first += 1
    if first >= edge:
        return True
    asked = p.tags[first] == wc.PARTICIPLE and p.tags[first + 1 : first + 2] == (
        "p",
    )  # "Asked about it, she …"
    roughly = p.norms[first] in p.words.roughly or "-".join(p.norms[first : first + 2]) in p.words.inexact
    if roughly and wc.NUMBER in p.tags[first + 1 : first + 4]:
        return False  # "At least 40 boats sank, she said"
    if not asked and p.tags[first] not in wc.FRONTED and p.norms[first] not in p.words.fronting:
        return False
    if p.tags[first] == wc.GERUND or p.norms[first] in ("in", "on", "at", "during", "for"):
        # "In Lima 40 boats were lost, she said", "Selling what is left will not help, he said"
        inner = [k for k in range(first + 1, edge) if p.tags[k] in wc.FRONTED or p.norms[k] == "that"]
        if sum(p.tags[k] == wc.AUXILIARY for k in range(first, edge)) > len(inner):
            return False
    return not any(p.tags[k] == "," for k in range(first, edge))


def _tail(p, after, hi, content):
    """What goes on behind a reporting clause that interrupts: a quotation, or the rest of a clause."""
    tags, limit = p.tags, min(hi, after + p.limits.far)
    for k in range(after + 1, limit):
        if (
            k in p.opening
            and tags[k - 1] in wc.BEHIND_CLAUSE
            and (tags[k - 1] in (",", ":") or k > after + 1)
        ):
            if not _resumes(p, k, after) and any(
                tags[x] == wc.GERUND and units.introduces_quotation(p, x)
                for x in range(max(after, k - p.limits.label), k)
            ):
                return None  # a cue of its own: "adding, …"
            return (k if tags[k - 1] in (",", ":") else k - 1), hi
        if tags[k] == "." or (tags[k] in wc.FINITE and tags[k - 1] in (wc.NOUN, wc.PRONOUN, wc.RELATIVE)):
            break
    k = after
    while k < limit and tags[k] not in (",", ":", '"', ";", "-"):
        k += 1
    if k >= hi:
        return None
    if tags[k] == '"':
        return (k, hi) if k in p.opening else None
    if k + 1 < hi and k + 1 in p.opening:
        return k + 1, hi
    if tags[k] == "," and k + 1 < hi and _goes_on(p, k + 1, content):
        return k + 1, content_end(p, k + 1, hi, CLAUSE)
    return None


def _resumes(p, k, after):
    """Whether the quotation at `k` goes on in small letters with one that a comma ended before `after`:
    "“It is high,” she said in a note asking for help, “and it will rise.”"."""
    if (
        k not in p.opening
        or p.caseless
        or not p.text[p.tokens[k + 1].start].islower()
        or p.tags[k - 1] != ","
    ):
        return False
    before = next((m for m in range(after - 1, max(0, after - p.limits.far), -1) if m in p.closing), None)
    return before is not None and p.norms[before - 1] == ","


def _goes_on(p, i, content):
    """Whether the words from `i` complete the content that a reporting clause has interrupted."""
    letter, norm = p.tags[i], p.norms[i]
    if letter == wc.GERUND and norm in p.lexicon.verbs:
        return False
    if phrases.sums_up(p.tokens, p.tags, i, len(p.tags)):
        return False
    quoted = p.tags[content[1] - 1] == '"'
    if norm == "that" or quoted:
        return norm == "that"
    if letter in wc.GOES_ON or norm in ("and", "but") or not phrases.has_verb(p.tags, *content):
        return True
    return _is_subordinate(p, *content)
