"""A sentence as the rules for measures read it: words, tags, what the codebook knows of them, verb groups.

Capital letters are never asked. Every search looks a bounded number of tokens around.
"""

from typing import NamedTuple

from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.sanctions import Hit, grammar

GOVERNORS = frozenset(
    "threatening calling judging deploring intending deciding requiring recommending imposing".split()
)
LICENCES = GOVERNORS | {"including", "expanded", "tightened", "continuing"}
_VERBS = sorted(LICENCES | {"dealings"})


class Sentence(NamedTuple):
    """One sentence, parsed: nothing in it changes. Indices of tokens count from its first word."""

    words: tuple
    tags: tuple
    tokens: tuple
    offset: int  # the document's token at which it begins
    hits: tuple
    language: dict  # class of language: its hits
    classes: dict  # token: {class: the longest hit that begins there}, verbs that govern or license
    places: dict  # token: the hit of the state or body that begins there
    struck: frozenset  # tokens that belong to names of states
    verbs: dict  # token at which a verb of the codebook stands as a verb: its form
    known: dict  # what `mood_of` and `subject_of` have found before, by their arguments


class Mood(NamedTuple):
    """A verb group: `modal` (will, would, must, may, should or ""), `perfect` ("", has, had), and so on."""

    modal: str
    perfect: str
    passive: bool
    kind: str  # finite, inf, ing, bare
    negated: bool
    start: int  # where the group begins
    past: bool
    auxiliary: str


def read_sentence(tokens, tags, hits, offset):
    """The `Sentence` of some tokens with their tags and hits (indices from the sentence's start)."""
    hits = _without_other_senses(hits)
    language = {}
    for hit in hits:
        if hit.kind == "language":
            language.setdefault(hit.value, []).append(hit)
    places = {hit.start: hit for hit in reversed(hits) if hit.kind == "place"}
    struck = frozenset(k for hit in hits if hit.form == "state" for k in range(hit.start, hit.end))
    words = tuple(token.norm for token in tokens)
    nouns = {hit.start for hit in hits if hit.kind == "object"}
    tags = _retagged(words, tags, places, {hit.start for hit in hits if hit.form == "s"}, nouns)
    bare = Sentence(
        words, tuple(tags), tuple(tokens), offset, tuple(hits), language, {}, places, struck, {}, {}
    )
    verbs = {hit.start: hit.form for hit in hits if hit.form in _VERB_FORMS and is_verb(bare, hit)}
    return bare._replace(classes=_classes(language), verbs=verbs)


def _retagged(words, tags, places, verbs, nouns):
    """The tags with "to" as a preposition where a name follows, "that" as a relative where a verb does, that in -s among
    `verbs`, and one of `nouns` as a noun behind a state's name that a verb has before it ("denied Qatari planes")."""
    tags = list(tags)
    for k in range(len(tags) - 1):
        if tags[k] == "v" and k in nouns and k - 1 in places and not {"e", "v", "x"}.isdisjoint(tags[:k]):
            tags[k] = "n"
        elif tags[k] == "i" and (k + 1 in places or _is_goal(words, tags, k)):
            tags[k] = "p"
        elif (
            words[k] == "that"
            and tags[k] == "d"
            and (tags[k + 1] in "xv" or k + 1 in verbs)
            and k
            and tags[k - 1] in "nmz"
        ):
            tags[k] = "w"
    return tags


def _is_goal(words, tags, k):
    """Whether "to" leads to a place and not to a verb: "to the firm's", "to and from", "flights to Riga were"."""
    after = tuple(tags[k + 2 : k + 3])
    if not grammar().trade.isdisjoint(words[max(0, k - 3) : k : 2]):
        return True  # "exports to", "shipments of goods to"
    return (
        words[k + 2 : k + 3] == ("'s",)
        or words[k + 1] in ("and", "or")
        or tags[k + 1] == "n"
        and after == ("x",)
    )


_VERB_FORMS = frozenset(("base", "s", "past", "ing"))


def _without_other_senses(hits):
    """The hits but for those inside a phrase in which the word means something else: "aid workers"."""
    others = [hit for hit in hits if hit.value == "other_senses"]
    if not others:
        return hits
    return [
        hit
        for hit in hits
        if hit.kind == "place" or not any(o.start <= hit.start and hit.end <= o.end for o in others)
    ]


def _classes(language):
    """Where a word stands that governs or licenses: {token: {class: its longest hit there}}."""
    found = {}
    for value in _VERBS:
        for hit in language.get(value, ()):
            found.setdefault(hit.start, []).append((hit.end, value, hit))
    for hit in language.get("judging_words", ()):
        found.setdefault(hit.start, []).append((hit.end, "judging", hit))
    classes = {}
    for start, hits in found.items():
        longest = max(hit[0] for hit in hits)
        classes[start] = {value: hit for end, value, hit in hits if end == longest}
    for hit in language.get("judging", ()):
        for k in range(hit.start + 1, hit.end):
            classes.pop(k, None)  # "dropped a plan to": the plan governs nothing
    return classes


def has(s, name, start=0, end=None):
    """The first hit of a class of language that begins in the stretch, or None."""
    end = len(s.words) if end is None else end
    return next((hit for hit in s.language.get(name, ()) if start <= hit.start < end), None)


def word_at(s, k):
    """The word at `k`, "" outside the sentence."""
    return s.words[k] if 0 <= k < len(s.words) else ""


def tag_at(s, k):
    """The class of the word at `k`, "" outside the sentence."""
    return s.tags[k] if 0 <= k < len(s.tags) else ""


# --- verbs ------------------------------------------------------------------------------------------


def is_verb(s, hit: Hit) -> bool:
    """Whether words that may be a verb or a noun (ban, freezes, limit, listed) are a verb here."""
    book = grammar()
    if hit.form == "past":
        return not _is_adjective(s, hit)
    if hit.form == "ing":
        return word_at(s, hit.end) != "of" and tag_at(s, hit.start - 1) not in ("d", "z")
    k = hit.start - 1
    while k >= 0 and s.tags[k] == "b" and s.words[k] not in book.negations:
        k -= 1
    before, letter = word_at(s, k), tag_at(s, k)
    after, following = word_at(s, hit.end), tag_at(s, hit.end)
    if letter == "i" or before in book.modals or before in book.negations or before in ("do", "does", "did"):
        return True
    if letter and letter in "dzmpe" or after in book.noun_followers and following != "i":
        return before in ("and", "or", ",") and letter == "c" and after not in book.noun_followers
    if letter in ("r", "w"):
        return True
    if not following or following not in "dnmergzw" or _is_listed(s, hit):
        return bool(following) and _is_listed(s, hit)
    if before in ("and", "or", ",") and _continues_verb(s, hit, k):
        return True
    if before == "," and hit.form in ("s", "base") and following in "dm":
        opened = opens_aside(s, k) or 0
        plural = word_at(s, opened - 1).endswith("s")
        if tag_at(s, opened - 1) == "n" and (plural or hit.form == "s"):
            return True
    if (
        before == "," and hit.form == "base" and following == "n"
    ):  # "the measures, which the bloc announced, ban foreign"
        opened = opens_aside(s, k) or 0
        return tag_at(s, opened + 1) == "w" and word_at(s, opened - 1).endswith("s")
    if letter in ("n", "t"):
        plural = before.endswith("s") and not before.endswith("ss")
        if hit.form == "base":
            return plural and following == "d" or tag_at(s, hit.start) == "v" and following == "n"
        if (
            hit.form == "s" and hit.value == "list"
        ):  # "U.S. sanctions evasion", but "U.S. sanctions two firms"
            return following in "dm"
        acts = any(h.end == k + 1 and (h.kind == "place" or h.value in _ACTING) for h in s.hits)
        return acts or following in "dm" and not plural
    return False


def _is_listed(s, hit):
    """Whether a list's mark stands before a base form: "(2) suspend the entry", "- suspend all aid"."""
    k = hit.start - 1
    marked = word_at(s, k) == ")" or k == 0 and tag_at(s, k) == "-"
    return hit.form == "base" and marked and tag_at(s, hit.end) in tuple("dnmergz")


_ACTING = frozenset("senders instruments parties drafts".split())


def _continues_verb(s, hit, k):
    """Whether a verb of the same form stands before the "and" or comma at `k`: "freezes … and bans …"."""
    for other in s.hits:
        if other.start >= k:
            return False
        if other.form == hit.form and k - other.start < LIMITS.governor:
            earlier = other.start - 1
            letter = tag_at(s, earlier)
            if hit.form == "base" and (letter in ("i", "b") or word_at(s, earlier) in grammar().modals):
                return True
            if hit.form == "s" and letter not in ("d", "z", "p", "m"):
                return tag_at(s, other.end) not in ("", ",", "c")
    return False


def _is_adjective(s, hit):
    """Whether a participle only describes the noun after it: "a banned test", "the sanctioned firm"."""
    following = tag_at(s, hit.end)
    if not following or following not in "ngm":
        return False
    k = hit.start - 1
    before, letter = word_at(s, k), tag_at(s, k) or "^"
    if before in grammar().be or before in grammar().have:
        return False
    dated = letter == "m" and word_at(s, k - 1) in ("in", "since")  # "in 2016 sent home 12 envoys"
    participle = letter == "c" and s.words[hit.start].endswith(("en", "wn"))  # "fresh and frozen fish"
    return letter in "dpzsem" and not dated or participle


def mood_of(s, i, form):
    """The `Mood` of the verb at `i`, read off what stands before it."""
    found = s.known.get((i, form))
    if found is None:
        found = s.known[i, form] = _shared_mood(s, i, form) or _mood(s, i, form)
    return found


def _shared_mood(s, i, form):
    """The mood of the participle before it where two share one: "is to be stopped and searched"; else None."""
    joined = word_at(s, i - 1) in ("and", "or") and tag_at(s, i - 2) in ("e", "v")
    if form != "past" or not joined or tag_at(s, i + 1) in tuple("dnmrz"):
        return None
    first = mood_of(s, i - 2, form)
    return first if first.passive else None


def _mood(s, i, form):
    book = grammar()
    modal = perfect = aux = ""
    passive = negated = to = False
    k, steps = i - 1, 0
    while k >= 0 and steps < LIMITS.near:
        word = s.words[k]
        if word in book.modals and not modal:
            modal = book.modals[word]
            negated = negated or word == "cannot"
        elif word in book.be:
            passive = passive or form in ("past", "permit")
            aux = aux or word
        elif word in book.have:
            perfect = "had" if word == "had" else "has"
        elif word == "to" and not to and form in ("base", "past", "permit"):
            to = True
            if form == "base" or passive or perfect:
                k -= 1
                break
        elif word in book.negations or word in ("longer", "more") and word_at(s, k - 1) == "no":
            negated = True
        elif word == ",":
            inner = _negated_aside(s, k)
            if inner < 0:
                break
            k = inner
        elif s.tags[k] not in 'b"':
            break
        k -= 1
        steps += 1
    if to and passive and s.words[k] in book.have:  # "would have to be closed"
        modal, to = "must", False
        k -= 1 + (word_at(s, k - 1) in book.modals)
    bound = to and s.words[k] in ("is", "are", "was", "were")
    if bound:  # "are to be closed"
        modal, to = "would" if s.words[k] in ("was", "were") else "will", False
        k -= 1
    start = k + 1
    while start < i and (
        s.tags[start] in ',"' or s.tags[start] == "b" and s.words[start] not in book.negations
    ):
        start += 1
    bare_past = form == "past" and not passive and not perfect
    kind = _kind(s, form, to, bool(aux or perfect), bool(modal), k, start)
    if bare_past and kind == "finite" and _is_base_too(s, i, start):
        kind, form = "bare", "base"  # "would add …, cut off …"
    past = form == "past" and not passive or aux in ("was", "were") or word_at(s, k) == "did"
    return Mood(modal, perfect, passive, kind, negated, start, past, aux)


def _kind(s, form, to, helped, modal, k, start):
    if to:
        return "inf"
    if form == "ing":
        return "finite" if helped else "ing"
    if form != "base" or modal or word_at(s, k) in ("do", "does", "did") or _has_subject(s, start):
        return "finite"
    return "bare"


def _is_base_too(s, i, start):
    """Whether a past form that is a base form too (cut, put, shut) is coordinated with a verb under a modal."""
    if word_at(s, start - 1) not in (",", "and", "or"):
        return False
    if not any(hit.start == i and hit.form == "base" for hit in s.hits):
        return False
    return not grammar().modals.keys().isdisjoint(s.words[:i])


def _negated_aside(s, comma):
    """The index of the comma that opens a short negated aside closed at `comma`, or -1."""
    for k in range(comma - 1, max(-1, comma - LIMITS.near), -1):
        if s.words[k] == ",":
            return k if "not" in s.words[k:comma] or "rather" in s.words[k:comma] else -1
    return -1


def _has_subject(s, start):
    if start and s.words[start - 1] == ",":
        comma = opens_aside(s, start - 1)
        return bool(comma) and s.tags[comma + 1] in "wepdn"
    return start > 0 and s.tags[start - 1] in "nrmw)" and s.words[start - 1] not in ("and", "or")


def opens_aside(s, comma):
    """The comma that opens the apposition which `comma` closes ("The draft, seen by an agency, would"), or 0."""
    for k in range(comma - 1, max(0, comma - LIMITS.aside), -1):
        if s.words[k] == ",":
            return k
    return 0


def is_finite(s, k):
    """Whether a finite verb or an auxiliary stands at `k`, which a noun phrase does not run over."""
    letter, before = s.tags[k], tag_at(s, k - 1)
    if before == "i":
        return False
    if letter in "xv":
        past = letter == "v" and not s.words[k].endswith("s")
        participle = past and before == "n" and word_at(s, k + 1) in ("by", "in")
        return (before not in ("d", "z") or letter == "x") and not participle
    form = s.verbs.get(k)
    if form == "base":
        return before not in (",", "c", "b", "")
    if form and letter != "g":
        return letter != "e" or _is_past_tense(s, k)
    return letter == "e" and _is_past_tense(s, k)


def _is_past_tense(s, k):
    """Whether a form in -ed is a verb with a subject and an object, not a participle of the noun before it."""
    if tag_at(s, k - 1) not in ("n", "r", "b", "w", "m", "t") or tag_at(s, k + 1) not in tuple("drtmn") + (
        "that",
    ):
        return False
    if tag_at(s, k - 1) == "r" or word_at(s, k + 1) == "that":
        return True
    return tag_at(s, k + 1) in ("d", "r", "t") and word_at(s, k + 1) not in ("last",)


# --- noun phrases -----------------------------------------------------------------------------------


def subject_of(s, start):
    """(first, end) of the noun phrase that is the subject of the verb group which begins at `start`; empty if none."""
    found = s.known.get(start)
    if found is None:
        found = s.known[start] = _subject(s, start)
    return found


def _subject(s, start):
    end = start
    while end > 0 and s.tags[end - 1] in ',"b':
        end -= 1
    if end and s.words[end - 1] in ("which", "who", "that"):
        end -= 1
        while end > 0 and s.tags[end - 1] in ',"':
            end -= 1
    if end < start and end and word_at(s, end) == ",":
        end = opens_aside(s, end) or end
    if tag_at(s, end - 1) == "c":
        return start, start  # a second predicate: "… and is not allowed"
    first = phrase_start(s, end)
    if end < start and word_at(s, first - 1) in grammar().examples and word_at(s, first - 2) == ",":
        first, end = phrase_start(s, first - 2), first - 2  # "officials, including two aides, who"
    if first >= end:
        return start, start
    return _before_relative(s, first), end


def _before_relative(s, first):
    """Where a subject begins whose last words, from `first`, belong to a relative clause in it.

    "All property of the firms that is in the country [is blocked]", "any money they keep in banks [is frozen]".
    """
    verb = first - 1
    while verb > 0 and s.tags[verb] in "pb":
        verb -= 1
    zero = verb == first - 1 and not is_finite(s, verb)
    finite = 0
    for k in range(verb, 0, -1):
        letter = s.tags[k]
        if letter in ',;:."sc' or s.words[k] in grammar().said:
            break
        if letter == "w" and (finite == 1 or k >= verb - 1):  # "firms which deal with it": tagged as a noun
            head = k - (tag_at(s, k - 1) == "p")
            return phrase_start(s, head) if tag_at(s, head - 1) in ("n", "m", "r") else first
        if letter == "r" and not zero and tag_at(s, k - 1) == "n" and k == verb - 1:
            return phrase_start(s, k)
        finite += is_finite(s, k) and not (k < verb and is_finite(s, k + 1))
    return first


def phrase_start(s, end):
    """Where the noun phrase begins that ends before `end`: its prepositional phrases and coordinated parts taken in."""
    k, lo = end - 1, 0
    while k >= lo:
        letter = s.tags[k]
        if letter == "r":
            k -= 1
            break
        if letter in "ndmzt" and s.words[k] != "that":
            if is_finite(s, k):
                break
        elif letter == "p":
            joined = s.words[k - 1] in ("and", "or") and tag_at(s, k - 2) in ("n", "m", "p")
            outside = k == end - 1 or s.words[k] in grammar().outside
            participle = tag_at(s, k - 1) == "v" and not is_finite(s, k - 1)
            if outside or tag_at(s, k - 1) not in tuple("nmegzt)") and not (joined or participle):
                break
        elif letter in "egv":
            if is_finite(s, k) or k == end - 1 and letter in "ev":
                break
        elif letter == "c":
            if (
                s.words[k] not in ("and", "or", "&")
                or is_finite(s, k - 1)
                or tag_at(s, k - 1) not in tuple("nmzg,t")
            ):
                break
        elif letter == ",":
            if not _in_list(s, k, end):
                break
        elif letter not in '"b/-' or letter == "-" and s.tokens[k].start > s.tokens[k - 1].end:
            break  # a dash between blanks ends a dateline or an aside
        k -= 1
    first = k + 1
    while first < end and s.tags[first] in 'pcb,"-':
        first += 1
    return first


def _in_list(s, comma, end):
    """Whether a comma stands between members of a list: another comma or "and" follows before `end`, no verb."""
    for k in range(comma + 1, end):
        if s.words[k] in ("and", "or"):
            return tag_at(s, comma - 1) in ("n", "z", "m")
        if s.tags[k] in "xvw":
            return False
    return False
