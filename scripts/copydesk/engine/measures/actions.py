"""What is done and to what: the action words of a sentence, the stretch of words that each acts on, its members."""

from typing import NamedTuple

from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.sanctions import codebook, grammar
from copydesk.engine.measures.sentence import (
    is_finite,
    is_verb,
    mood_of,
    phrase_start,
    subject_of,
    tag_at,
    word_at,
)


class Action(NamedTuple):
    """An action word in a sentence, told apart as a verb or a noun."""

    start: int
    end: int
    group: str
    form: str  # base, s, past, ing, noun; permit and forbid where a negation makes the action
    is_noun: bool
    weak: bool
    type: str = ""  # where the word names a type by itself


class Region(NamedTuple):
    """What an action acts on: `parts` are stretches of tokens, the likeliest first; the whole is `start` to `end`."""

    parts: tuple
    start: int
    end: int
    passive: bool = False
    barred: bool = False  # whether a clause says what is barred: "from lending", "to trade"


_BIDDING = ("requiring", "recommending")
_NOBODY = frozenset(("no", "neither", "nobody", "nothing"))


def actions_of(s):
    """list[Action] of a sentence by start, the longest reading of each stretch."""
    found = []
    skipped = _skipped(s)
    words = [hit for hit in s.hits if hit.kind in ("act", "name") or hit.value == "forbidding"]
    for hit in sorted(words, key=lambda hit: (hit.start, -hit.end)):
        if hit.start in skipped and skipped[hit.start] >= hit.end:
            continue
        if hit.value == "reach":
            ban = reaches(s, _verb_of(hit)) or _is_on_goods(s, hit)
            hit = hit._replace(value="prohibit" if ban else "list")  # on goods, or on those who are listed
        action = _read(s, hit)
        if action and not _is_covered(action, found):
            found.append(action)
    return sorted([*found, *_denials(s, found)], key=lambda action: (action.start, -action.end))


def _is_on_goods(s, hit):
    """Whether it is said of goods that they are covered or affected, and not of people or bodies."""
    mood = mood_of(s, hit.start, hit.form)
    first, last = subject_of(s, mood.start)
    things = (codebook().types[h.value] for h in s.hits if h.kind == "object" and first <= h.start < last)
    return mood.passive and "list" not in getattr(next(things, None), "actions", ("list",))


def _verb_of(hit):
    return Action(hit.start, hit.end, hit.value, hit.form, False, hit.weak)


def _denials(s, found):
    """Dealings that are forbidden by a "no" or a "not": "must buy no ore", "told not to sell", "no arms … may be sold"."""
    denied_too = ("expand", "list")  # "asked not to extend credits": it is the extending that is denied
    taken = {k for action in found if action.group not in denied_too for k in range(action.start, action.end)}
    denied = _NOBODY & set(s.words)
    if denied:
        yield from _takes_none(s, taken)
    for k, word in enumerate(s.words if denied else ()):
        if word in grammar().modals and k not in taken and _is_nobody(s, k):
            yield Action(k, k + 1, "prohibit", "forbid", False, False)
    for k in range(3, len(s.words)):
        ordered = s.words[k - 2 : k] == ("not", "to") and any(
            not s.classes.get(j, {}).keys().isdisjoint(_BIDDING)
            for j in range(max(0, k - LIMITS.near), k - 2)
        )  # "banks were asked not to extend credits"
        if ordered and k not in taken:
            taken.add(k)
            yield Action(k, k + 1, "prohibit", "forbid", False, False)
    for hit in s.language.get("dealings", ()):
        if hit.start in taken or hit.form not in ("base", "past") or tag_at(s, hit.end) == "i":
            continue
        mood = mood_of(s, hit.start, hit.form)
        told = s.words[max(0, hit.start - 2) : hit.start] == ("not", "to")
        may = bool(mood.modal) or mood.kind == "inf"
        denied = word_at(s, hit.end) if may and not mood.modal and hit.form == "base" else ""
        if told or denied in ("no", "nothing"):
            yield Action(hit.start, hit.end + (denied == "no"), "prohibit", "forbid", False, False)


def _takes_none(s, taken):
    """Verbs whose object is denied under a modal: "will invite no players", "may take no coal"."""
    dealings = {hit.start for hit in s.language.get("dealings", ()) if hit.form == "base"}
    for k in range(1, len(s.words) - 1):
        if s.words[k] not in ("no", "neither", "nothing"):
            continue
        near = range(k - 1, max(k - LIMITS.near, -1), -1)
        verb = next((j for j in near if s.tags[j] not in "dnrzp" or j in dealings), k)
        verb += word_at(s, verb) in grammar().modals  # "will invite no": tagged as a noun
        if k == verb or verb in taken or s.words[verb] in grammar().be or s.words[verb] in grammar().have:
            continue
        mood = mood_of(s, verb, "base")
        if mood.modal and mood.kind == "finite" and (verb == k - 1 or verb in dealings):
            yield Action(verb, verb + 1, "prohibit", "forbid", False, False)


def takes_none(s, action):
    """Whether a verb is denied by its object: "will lend the junta nothing", not "may lend it nothing but"."""
    said = any(hit.start <= action.start < hit.end for hit in s.language.get("forbidding", ()))
    said |= s.words[max(0, action.start - 2) : action.start] == ("not", "to")
    return action.form == "forbid" and not said and s.words[action.start] not in grammar().modals


def reaches(s, action):
    """Whether what acts is a measure: "the embargo will also cover coal"."""
    if action.is_noun or not any(h.value == "reach" and h.start == action.start for h in s.hits):
        return False
    first, last = subject_of(s, mood_of(s, action.start, action.form).start)
    bans = ("prohibit", "restrict", "exclude", "cap")
    return any(
        h.kind == "name" or h.kind == "act" and h.value in bans for h in s.hits if first <= h.start < last
    )


def _is_nobody(s, start):
    """Whether the subject of the verb group at `start` is denied: "no weapons", "neither banks nor insurers"."""
    first, last = subject_of(s, start)
    begins = [first, *(k + 1 for k in range(first, last) if s.tags[k] == "c")]
    denied = first < last and any(s.words[k] in _NOBODY for k in begins)
    # "no more duties will be imposed": the measure itself is denied
    return denied and not any(h.kind == "name" and first <= h.start < last for h in s.hits)


def _skipped(s):
    """Where a longer phrase of talk begins, and its end: "stopped short of" is no stopping."""
    ends = {}
    listing = {hit.start for hit in s.hits if hit.kind == "act" and hit.value in ("list", "expand")}
    for name in ("judging", "asides", "expanded"):
        for hit in s.language.get(name, ()):
            if (
                name == "asides"
                or hit.end - hit.start > 1
                and not (name == "expanded" and hit.start in listing)
            ):
                ends[hit.start] = max(hit.end, ends.get(hit.start, 0))
    return ends


def _read(s, hit):
    if hit.form == "past" and _is_time(s, hit.start - 1):
        return None  # "the week ended", but not "Freedonia in May ended"
    if hit.kind == "name":
        return Action(hit.start, hit.end, "", "noun", True, False, hit.value)
    if hit.kind == "language":
        if any(h.start == hit.end and h.value == "require" for h in s.hits):
            return None  # "no longer need a licence"
        start = (
            hit.end - 1
            if s.words[hit.start] in grammar().negations and hit.end - hit.start > 1
            else hit.start
        )
        return Action(
            start, hit.end, "prohibit", "forbid", False, False
        )  # "no bank may": its subject stands before
    if hit.form == "permit":
        near = s.words[max(0, hit.start - 3) : hit.start]
        inverted = {"nor", "neither"} & set(
            s.words[max(0, hit.start - LIMITS.near) : hit.start]
        )  # "nor will its planes be let in"
        if grammar().negations.isdisjoint(near) and not inverted:
            return None
        return Action(hit.start, hit.end, hit.value, "permit", False, False)
    if hit.value == "permit" and word_at(s, hit.end) in _NOBODY:  # "will allow no more exports"
        return Action(hit.start, hit.end, "prohibit", "forbid", False, False)
    if hit.value == "permit" and hit.form == "past" and _is_nobody(s, mood_of(s, hit.start, "past").start):
        return Action(hit.start, hit.end, "prohibit", "permit", False, False)  # "no Lakian ships are let in"
    if hit.form == "noun":
        return _read_noun(s, hit)
    if s.words[hit.start] in grammar().unwilling and tag_at(s, hit.end) == "i":
        return None  # "refused to sign"
    if (
        hit.form == "past"
        and hit.end - hit.start < 3
        and tag_at(s, hit.end) == ","
        and tag_at(s, hit.start - 1) == "n"
    ):
        return None  # neither with an object nor behind what it describes: "Alpha Air Limited, …"
    if not is_verb(s, hit):
        if hit.form == "ing" and word_at(s, hit.end) == "of":
            return Action(hit.start, hit.end, hit.value, "noun", True, hit.weak)
        return None
    return _verb_of(hit)


def _read_noun(s, hit):
    """The action of a noun, None where the word is a verb here or part of a list's name."""
    if any(other.start == hit.end for other in s.language.get("registers", ())):
        return None  # "the export control list"
    verb = any(h.start == hit.start and h.kind == "act" and h.form in ("base", "s") for h in s.hits)
    unlike = (
        tag_at(s, hit.start - 1) in ("r", "i") or s.words[hit.start - 1] == "to" and tag_at(s, hit.end) == "d"
    )
    if unlike or verb and hit.start in s.verbs:  # "to blockade the port"
        return None
    return Action(hit.start, hit.end, hit.value, "noun", True, hit.weak)


def _is_time(s, k):
    """Whether a time is named that ends at `k`, and is not when something was done ("in May", "on the first day")."""
    if word_at(s, k) not in grammar().times:
        return False
    while k > 0 and s.tags[k] in "tnmde" and s.words[k] not in grammar().pointing_time:
        k -= 1
    if s.words[k] in grammar().pointing_time:
        return False  # "last May"
    return s.words[k] not in ("in", "on")


def _is_covered(action, found):
    """Whether a longer reading has taken the words; another group of the same words may stand beside it."""
    return any(
        other.start <= action.start < other.end
        and (other.type or other.end > action.end or other[:4] == action[:4])
        for other in found
    )


# --- the stretch that is acted on -------------------------------------------------------------------


def region_of(s, action, following):
    """The `Region` of an action; `following` are the actions behind it."""
    if action.is_noun:
        return _noun_region(s, action, following)
    mood = mood_of(s, action.start, "base" if action.form == "forbid" else action.form)
    be_done = action.form == "forbid" and word_at(s, action.end) == "be"
    end = region_end(s, action.end + 2 * be_done, following, action)
    from_ing = _complement(s, action, end)
    if not from_ing and word_at(s, end) in (
        "who",
        "that",
        "which",
    ):  # "bars those who work here from sending"
        from_ing = _complement(s, action, len(s.words))
        end = region_end(s, from_ing, following, action) if from_ing else end
    if action.form == "forbid" and not be_done:
        return _forbidden_region(s, action, mood, end)
    past = action.form in ("past", "permit") and (mood.passive or is_reduced(s, action))
    if past or be_done or causative_of(s, action) >= 0:
        return _passive_region(s, action, mood, end, from_ing)
    parts = ((from_ing, end), (action.end, from_ing)) if from_ing else ((action.end, end),)
    if _stops_by_itself(s, action):
        first, last = subject_of(s, mood.start)
        return Region(((first, last), *parts), first if first < last else action.start, end, True)
    split = word_at(s, action.start + 1) if action.end - action.start > 2 else ""
    if split and split not in ("off", "on", "out"):  # "took the firm off its list"
        parts = ((action.start + 1, end),)
    return Region(parts, action.start, end, barred=bool(from_ing))


def _stops_by_itself(s, action):
    """Whether what is acted on is the subject of an active verb: "deliveries stopped", "trains stopped running"."""
    if action.group != "prohibit" or not s.words[action.start].startswith(("stop", "ceas")):
        return False
    mood = mood_of(s, action.start, action.form)
    after = action.end + (s.words[action.end : action.end + 1] in (("running",), ("flying",), ("going",)))
    then = tag_at(s, after) in tuple("ptb.,") or word_at(s, after + 1) in grammar().times
    return mood.kind == "finite" and not mood.passive and then


def causative_of(s, action):
    """The helper of "have their assets frozen", which the object parts from the participle; -1 where there is none."""
    if action.form != "past" or tag_at(s, action.start - 1) != "n":
        return -1
    first = phrase_start(s, action.start)
    helpers = (
        k for k in range(action.start - 2, max(first, 1) - 2, -1) if s.words[k] in grammar().causatives
    )
    return next(helpers, -1)


def is_reduced(s, action):
    """Whether a bare past form hangs on the noun before it: "goods banned under the law", "those banned"."""
    k = action.start - 1
    if (
        action.form != "past"
        or action.end - action.start > 2
        or k < 0
        or tag_at(s, k) not in ("n", "m", "d", "z", ",")
    ):
        return False
    if s.words[k] == "those":
        return True
    after, letter = word_at(s, action.end), tag_at(s, action.end)
    return after in grammar().reduced_followers or letter == "p" and s.words[k] != "," or letter == "t"


def _forbidden_region(s, action, mood, end):
    """Of "may not import": what follows; where goods are the subject ("coal may no longer enter") those first."""
    first, last = subject_of(s, mood.start)
    parts = [(action.end, end)]
    if takes_none(s, action):
        parts.append((action.start, end))  # "will lend the junta nothing": the verb says what kind of thing
    if first < last:
        parts.append((first, last))
        if word_at(s, first - 1) in ("where", "which", "that"):
            parts.append((phrase_start(s, first - 1), first - 1))
    return Region(tuple(parts), first if first < last else mood.start, max(action.end, end))


def _passive_region(s, action, mood, end, from_ing):
    helper = causative_of(s, action)
    first, last = (helper + 1, action.start) if helper >= 0 else subject_of(s, mood.start)
    if is_reduced(s, action) and not mood.passive:
        first, last = phrase_start(s, action.start), action.start
    after = (from_ing or (action.start + 1 if action.group == "lift" else action.end), end)
    start = first if first < last else mood.start
    if action.group == "freeze" and first > 0 and tag_at(s, first - 1) in "pic":
        # "all property of the firms that is in the country or in the hands of citizens is blocked": the clause's head
        first = start = next((k + 1 for k in range(first - 1, -1, -1) if s.words[k] in (",", ";", ":")), 0)
    lead = from_ing or action.group == "exclude"  # "shut out of ports"
    parts = (after, (first, last)) if lead else ((first, last), after)
    if action.form == "forbid":
        parts = ((action.end + 1, min(action.end + 2, end)), *parts)  # "may not be insured"
    return Region(parts, start, max(action.end, end), True, bool(from_ing))


def _complement(s, action, end):
    """After "from" or "to" in "bars banks from lending", "forbidden to trade": where the clause begins, or 0."""
    if action.group not in ("prohibit", "restrict", "exclude", "require"):
        return 0
    for k in range(action.end, min(end - 1, action.end + LIMITS.near)):
        if s.words[k] == "from" and (s.tags[k + 1] == "g" or s.words[k + 1].endswith("ing")):
            return k + 1
        if s.tags[k] == "i":
            return k + 1
        if s.words[k] == ",":
            break
    return 0


def region_end(s, lo, following, action):
    """Where the words end that an action at their left can act on: before a new clause, an aside, a date, a deed."""
    stop = _farthest(s, lo, following, action)
    turns = _turns(s) if action.is_noun else ()
    let_have = action.form == "permit"  # "let the rebels have arms"
    may_lead = "xv" if action.form in ("forbid", "permit") else "x"  # "may not [import]"
    relative = False
    k = lo
    while k < stop:
        if s.words[k] == "(" and ")" in s.words[k : k + 8]:  # "$585 million (364 million pounds) in aid"
            k = s.words.index(")", k) + 1
            continue
        if k in turns or _ends_region(s, k, lo, action):
            break
        letter = s.tags[k]
        if letter == "w":
            if k > lo and s.words[k - 1] == ",":
                break
            relative = True
        elif let_have and s.words[k] == "have":
            pass
        elif is_finite(s, k) and not relative and not (k == lo and (letter in may_lead or may_lead == "xv")):
            break
        k += 1
    k = min(k, stop)
    while k > lo and (s.tags[k - 1] in 'pcb,".-' or s.words[k - 1] in ("to", "that")):
        k -= 1
    return k


def _farthest(s, lo, following, action):
    """Where an aside, a condition or the next deed begins, at the latest the limit."""
    stop = len(s.words)
    for name in ("asides", "conditions", "purposes", "exemptions"):
        for hit in s.language.get(name, ()):
            if lo <= hit.start < stop and not _inside_object(s, hit) and not _leads_on(s, lo, hit):
                stop = hit.start
    for other in following:
        led_on = (
            action.is_noun and other.start == lo and s.words[lo] in grammar().leads
        )  # "sanctions targeting"
        if lo <= other.start < stop and not led_on and not _belongs(s, lo, other):
            stop = _joint_before(s, lo, other.start)
    return stop


def _turns(s):
    return {hit.start for name in ("ending", "entering") for hit in s.language.get(name, ())}


def _ends_region(s, k, lo, action):
    """Whether a mark, a subordinate clause, a new clause or a date begins at `k`."""
    letter = s.tags[k]
    if s.words[k] in grammar().ends or letter == "s" or _begins_clause(s, k, lo, action):
        return True
    if letter == "-" and s.tokens[k].start > s.tokens[k - 1].end:
        return True
    if not _is_date(s, k):
        return False
    return tag_at(s, k + 1) != "p" and not (letter == "p" and tag_at(s, k + 2) == "p")


def _leads_on(s, lo, hit):
    """ "including" right behind the deed introduces what it acts on; an "unless" never does."""
    return hit.value == "asides" and hit.start == lo and s.words[hit.start] in ("including", "like", "such")


def _inside_object(s, hit):
    return any(o.kind == "object" and o.start < hit.start < o.end for o in s.hits)


def _is_date(s, k):
    if "'s" in s.words[k : k + 4]:
        return False  # "from next year's games"
    if s.tags[k] == "t":
        return True
    return s.tags[k] == "p" and tag_at(s, k + 1) == "t"


def _begins_clause(s, k, lo, action):
    """Whether a new clause begins at the comma or conjunction `k`: "…, the ministry said", "… and sent troops"."""
    word, letter = s.words[k], s.tags[k]
    if letter not in (",", "c"):
        return False
    if k == lo:
        return letter == "," and _has_verb_soon(s, k + 1)
    if word in ("but", "nor", "yet"):
        return True
    j = k + 1
    while tag_at(s, j) in ("b", "c", '"') and tag_at(s, j):
        j += 1
    here = tag_at(s, j)
    if here == "i" and word == "or" and action.group == "prohibit":
        return False  # "to prohibit the opening of branches or to engage in"
    if not here or here in "xsw" or here == "i" or word_at(s, j) in grammar().said:
        return True
    if letter == "," and here in "ge" and j == k + 1 and not (here == "g" and _leads_gerund(s, lo, k)):
        return not (
            here == "e" and tag_at(s, j + 1) == "n" and j not in s.verbs and _is_list(s, k)
        )  # "fish, dried fruit and"
    if here in "ve" and tag_at(s, j + 1) in ("d", "p", "r", "n", "m", "t"):
        return here == "v" or j in s.verbs or tag_at(s, j + 1) != "n"
    if here in "r":
        return True
    if letter == "," and not _is_list(s, k):
        return True
    if letter == "c" and action.is_noun and not any(is_finite(s, i) for i in range(action.start)):
        return False  # the sentence's subject is still going on: "a ban on gold, gems and timber falls away"
    return _has_verb_soon(s, j)


def _leads_gerund(s, lo, comma):
    """Whether forms in -ing are what is acted on: "bars banks from buying bonds, lending and …"."""
    if "g" in s.tags[lo : lo + 2]:
        return True
    return any(s.words[k] == "from" and s.tags[k + 1] == "g" for k in range(lo, comma - 1))


def _is_list(s, comma):
    """Whether an "and" or "or" follows that closes a list, before the clause ends."""
    for k in range(comma + 1, min(len(s.words), comma + LIMITS.aside)):
        if s.words[k] in ("and", "or") or s.words[k : k + 3] == ("as", "well", "as"):
            return True
        if s.words[k] in grammar().ends or s.tags[k] in "xsw" or s.words[k] in grammar().said:
            return False
    return False


def _has_verb_soon(s, j):
    """Whether the noun phrase at `j` is the subject of a finite verb."""
    if tag_at(s, j) == "p":
        return False
    for k in range(j, min(len(s.words), j + LIMITS.aside)):
        letter = s.tags[k]
        if is_finite(s, k) and k > j:
            return True
        if letter in ",cswp-" and s.words[k] != "of" or s.words[k] in grammar().ends:
            return False
    return False


def _belongs(s, lo, other):
    """Whether a further action word is only part of what the first is about: weak, no verb of its own."""
    if word_at(s, other.start - 1) == "from" and tag_at(s, other.start) == "g":
        return True  # "prevents its planes from taking off"
    if other.type or other.group == "lift" and not other.is_noun:
        return False
    if any(hit.kind == "object" and lo <= hit.start <= other.start < hit.end for hit in s.hits):
        return True
    joint = s.tags[other.start - 1] in (",", "c") or s.tags[max(0, other.start - 2)] in (",", "c")
    if other.is_noun:
        return not joint and not (tag_at(s, other.end) == "p" and word_at(s, other.end) in ("on", "against"))
    return other.weak and other.form == "past" and tag_at(s, other.start - 1) == "n"


def _joint_before(s, lo, start):
    """The last comma or conjunction before an action, or the action's own place."""
    for k in range(start - 1, lo, -1):
        two_ways = s.tags[k - 1] == s.tags[k + 1] == "p"  # "flights to and from"
        if s.words[k] in (",", "and", "or", "but", ";") and not two_ways:
            return k
    return start


def noun_start(s, i):
    """Where the noun phrase that ends in the action begins: its article and adjectives, not what precedes."""
    k = i
    while k > 0:
        letter = s.tags[k - 1]
        if letter == "d":
            return k - 1
        pair = s.words[k - 1] == "and" and s.tags[max(0, k - 3) : k - 1] == ("d", "n")
        if not (letter in "nmzetg" or pair) or k - 1 in s.verbs or s.classes.get(k - 1) and k - 1 in s.verbs:
            return k
        if letter in "e" and is_finite(s, k - 1):
            return k
        k -= 1
    return k


def _noun_region(s, action, following):
    first = noun_start(s, action.start)
    end = action.end + (tag_at(s, action.end) == '"')  # "a 'ban' on"
    after, letter = word_at(s, end), tag_at(s, end)
    leads = after in grammar().leads or letter == "e" and not is_finite(s, action.end) or letter == "i"
    if leads or letter == "g" and action.form == "noun" and not action.type:
        end = max(end, region_end(s, end, following, action))
    else:
        end = action.end
    if action.type and letter not in ("p", "e", "i") and after not in grammar().leads:
        end = action.end
    parts = tuple(part for part in ((action.end, end), (first, action.start)) if part[0] < part[1])
    return Region(parts, first, end)


# --- members ----------------------------------------------------------------------------------------


def members(s, lo, hi):
    """The coordinated members of a stretch as (start, end): cut at commas, "and", "or", "as well as"."""
    found, start, k = [], lo, lo
    while k < hi:
        wide = s.words[k : k + 3] == ("as", "well", "as")
        if s.words[k] in (",", "and", "or", "&", ";") or wide:
            if start < k:
                found.append((start, k))
            k += 3 if wide else 1
            start = k
        else:
            k += 1
    if start < hi:
        found.append((start, hi))
    return found


def is_number(s, k):
    """Whether a number stands at `k`, in figures or in words."""
    return s.tags[k] == "m" or s.words[k][0].isdigit() or worth_of(s.words[k]) is not None


def worth_of(word):
    """The number that a word means (nineteen, twenty-eight), or None."""
    magnitudes = codebook().language.magnitudes
    if word in magnitudes:
        return magnitudes[word]
    tens, _, ones = word.partition("-")
    return magnitudes[tens] + magnitudes[ones] if ones in magnitudes and tens in magnitudes else None


def number_before(s, start):
    """The index of the number that counts the noun at `start`, or None: "17 libyan individuals"."""
    for k in range(start - 1, -1, -1):
        word = s.words[k]
        if is_number(s, k):
            while k > 0 and s.tags[k - 1] == "m":
                k -= 1
            of = k - 2 if word_at(s, k - 1) == "of" else k - 3 if word_at(s, k - 2) == "of" else -1
            return of if of >= 0 and is_number(s, of) else k  # "eight of the 10 officials"
        partitive = s.tags[k] == "d" and word_at(s, k - 1) == "of"  # "eight of his firms"
        described = word in ("and", "or") and tag_at(s, k - 1) == "n" and not s.words[k - 1].endswith("s")
        counts = s.tags[k] in "negbz" or word in ("more", "other", "$", "of", "in")
        if not (counts or partitive or described):
            return None
    return None
