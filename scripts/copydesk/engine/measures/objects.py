"""The types of a measure: from the head of what is acted on, by the codebook, else by the kind of action."""

from typing import NamedTuple

from copydesk.engine.measures.actions import is_number, members, number_before, takes_none
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.sanctions import NOT_STATED, codebook, grammar, word_set
from copydesk.engine.measures.sentence import has, mood_of, tag_at, word_at


class Object(NamedTuple):
    """One member of what is acted on: its type, the words that tell it, and the member's stretch of tokens."""

    type: str
    place: tuple
    span: tuple
    known: str = "typed"  # typed, general, named (a party by its name) or untyped


def objects_of(s, action, region):
    """list[Object] of an action: one for each type, and one for each counted group of those listed."""
    if action.type:
        return [Object(action.type, (action.start, action.end), (region.start, region.end))]
    if action.group == "list":
        return _listed(s, action, region)
    if action.form == "forbid" and not _forbids_dealing(s, action):
        return []
    money = _sum_struck(s, action, region)
    if money and word_at(s, money.place[1]) not in ("in", "of", "worth"):
        return [money]
    best = []
    for lo, hi in region.parts:
        found = _in_part(s, action, lo, hi)
        if found and found[0].known == "typed" and not _is_entered(s, action, region, found[0]):
            found = _spread(s, action, found, hi)
            return _counted_heads(s, found) if action.group == "expel" else found
        state = _state_struck(s, action, lo, hi)
        if state:
            return [state]
        best = best or found
    return best or _fallback(s, action, region)


def _state_struck(s, action, lo, hi):
    """People known by their state who are expelled ("35 Ruritanians"), a state that is shut out of a body ("from its ranks")."""
    if action.group == "expel":
        one = _nationals(s, lo, hi)
        if one:
            return one._replace(type=codebook().roles.expelled)
        told = action.end - action.start > 2  # "gave Ruritanian residents a week to leave"
        people = [k for k in range(lo, hi) if k in s.struck and (told or number_before(s, k) is not None)]
        named = people and tag_at(s, people[0] + 1) == "n"  # "40 Ruritanian teachers must leave"
        return (
            Object(codebook().roles.unknown, (people[0], people[0] + 2), (lo, hi), "general")
            if named
            else None
        )
    if action.group != "exclude" or lo not in s.places or s.places[lo].form != "state":
        return None
    end = s.places[lo].end
    if action.weak and (
        end == hi or s.words[end:hi] == ("out",)
    ):  # "the league suspended the republic": from what it is a member of
        return Object(codebook().roles.shut_out, (lo, end), (lo, hi))
    if word_at(s, end) != "from" or tag_at(s, end + 1) not in ("d", "z") or has(s, "registers", end, hi):
        return None
    return Object(codebook().roles.shut_out, (lo, end), (lo, hi))


def declines(s, action):
    """Whether somebody says what he will not do himself: "will not fly to", and not "will no longer fly to"."""
    return s.words[action.end - 1] == "not" and word_at(s, mood_of(s, action.start, "base").start) in (
        "will",
        "would",
    )


def _forbids_dealing(s, action):
    """Whether what may not be done is a dealing, or is told by an object ("may not enter"): not "cannot comply with"."""
    if declines(s, action):
        return any(hit.start == action.end and hit.form == "base" for hit in s.language.get("dealings", ()))
    lo, hi = action.start, action.end + LIMITS.beside
    if takes_none(s, action) or _dealing(s, lo, hi) or s.words[action.end : action.end + 1] == ("be",):
        return True
    near = action.end + 1 + (tag_at(s, action.end + 1) == "n")  # "take foreign wheat"
    return any(hit.kind in ("object", "act") and lo < hit.start <= near for hit in s.hits)


def _dealing(s, lo, hi):
    """Whether a dealing is told in the stretch: "may not serve the ships", not "will serve to delay"."""
    return any(lo <= hit.start < hi and tag_at(s, hit.end) != "i" for hit in s.language.get("dealings", ()))


def _is_entered(s, action, region, one):
    """Whether goods or ships are what may not enter, and so no travel ban: "coal may no longer enter the country"."""
    if action.form != "forbid" or codebook().types[one.type].category != "travel":
        return False
    return any(
        hit is not None and codebook().types[hit.value].category in ("commodity", "arms", "transportation")
        for lo, hi in region.parts[1:]
        for hit in [_best_hit(s, action, lo, hi)]
    )


def fits(action, name):
    """Whether a type is made by the action's group, or by the group that it undoes."""
    book = codebook()
    groups = book.types[name].actions
    undoes = book.actions[action.group].undoes if action.group else None
    goods = action.group == "boycott" and book.types[name].category == "commodity"
    if (goods or action.group == "exclude") and "prohibit" in groups:
        return True  # to be shut out of credits is to be forbidden them
    return action.group in groups or undoes is not None and undoes in groups


def _in_part(s, action, lo, hi):
    chosen = []
    for first, last in _segments(s, lo, hi):
        hit = _best_hit(s, action, first, last)
        if hit is None:
            continue
        known = "general" if codebook().types[hit.value].general else "typed"
        if chosen and not _is_sibling(s, chosen[-1], first, hit):
            continue
        if any(one.type == hit.value for one in chosen) and action.group not in ("freeze", "expel"):
            continue
        if chosen and known == "general" and chosen[0].known == "typed":
            continue
        chosen.append(Object(hit.value, (hit.start, hit.end), (first, last), known))
    return _one_of_a_kind(s, chosen)


def _segments(s, lo, hi):
    """The members of a stretch, those without a noun of their own ("imports and exports of") joined to the next."""
    found = []
    plain = grammar().trade
    start = None
    for first, last in members(s, lo, hi):
        begin = first if start is None else start
        bare = all(
            s.words[k] in plain or s.tags[k] in "dbi" or s.words[k] == "new" for k in range(first, last)
        )
        if bare and last < hi and s.words[last] != ";":
            start = begin
            continue
        found.append((begin, last))
        start = None
    if start is not None:
        found.append((start, hi))
    return found


def _best_hit(s, action, lo, hi):
    """The object word that tells the type: the most special one of the phrase's first zone, the head of a compound."""
    best, rank = None, None
    for hit in s.hits:
        if hit.kind != "object" or not (lo <= hit.start and hit.end <= hi) or not fits(action, hit.value):
            continue
        if s.words[hit.start - 1] == "of" and _is_predicate(s, lo, hit.start):
            continue
        apart = action.is_noun and hit.start > action.end  # but "suspension from the league"
        if apart and s.words[hit.start] == "from" and hit.value == codebook().roles.shut_out:
            continue  # "an embargo on grain from the union"
        general = codebook().types[hit.value].general
        modifier = (
            tag_at(s, hit.end) == "n"
            and tag_at(s, hit.end - 1) != "p"
            and hit.end < hi
            and hit.end not in s.places
            and word_at(s, hit.end) not in grammar().trade
        )
        own = (not general, not modifier, -_zone(s, lo, hit.start), hit.end - hit.start, -hit.start)
        if rank is None or own > rank:
            best, rank = hit, own
    return best


def _is_predicate(s, lo, k):
    """Whether a word belongs to what a relative clause says of the thing: "the market that is a mark of membership"."""
    relative = next((j for j in range(lo + 1, k) if s.tags[j] == "w"), k)
    return not grammar().be.isdisjoint(s.words[relative:k])


def _zone(s, lo, k):
    """How many prepositions, participles and relatives stand before a word, "of" apart: 0 for the phrase's head."""
    return sum(s.tags[j] in "pweg" and s.words[j] not in ("of", "in") for j in range(lo + 1, k))


def _is_sibling(s, one, first, hit):
    """Whether a further member is coordinated with the object before it, not with a part of what that is about."""
    lo, hi = one.place[1], one.span[1]
    between = [k for k in range(lo, hi) if s.tags[k] in "pwi" and s.words[k] not in ("of",)]
    if not between:
        return True
    head = s.words[first]
    if s.tags[first] == "p":
        return True  # "a ban on trade and on port calls"
    return (
        head in grammar().trade
        or s.tags[first] in "dg"
        or s.words[hit.start] in grammar().trade
        or s.tags[first] == "m"
        or any(word in grammar().trade for word in s.words[first : hit.start])
        or codebook().types[hit.value].category == codebook().types[one.type].category
    )


def _one_of_a_kind(s, chosen):
    """For people and money frozen or expelled, several rows of one type only where each is counted."""
    kept = []
    for one in chosen:
        same = [other for other in kept if other.type == one.type]
        if same and number_before(s, one.place[0]) is None:
            continue
        kept.append(one)
    return kept


def _spread(s, action, found, hi):
    """One row for each counted group that a freeze falls on: "the assets of nine firms and 10 people"."""
    if action.group != "freeze":
        return found
    one = found[-1]
    lo = one.place[1] + (word_at(s, one.place[1]) in ("of", "on", "against", "held", "belonging"))
    groups = [
        (first, last)
        for first, last in members(s, lo, hi)
        if is_number(s, first) or is_number(s, min(first + 1, last - 1))
    ]
    hits = [(_party_hit(s, first, last), first, last) for first, last in groups]
    counted = [Object(one.type, (hit.start, hit.end), (first, last)) for hit, first, last in hits if hit]
    return [*found[:-1], *counted] if len(counted) > 1 else found


def _counted_heads(s, found):
    counted = [one for one in found if number_before(s, one.place[0]) is not None]
    return counted or found[:1]


def _fallback(s, action, region):
    """An object of no type in the codebook: the type that the action's group falls back on, if it may."""
    group = codebook().actions[action.group] if action.group else None
    money = _sum_struck(s, action, region)
    if money:
        return [money]
    if group is None or group.fallback is None:
        return []
    if s.words[action.start] in grammar().unwilling:
        return []  # "denied the claims": what is denied to somebody has a name ("visas", "licences")
    lasting = s.words[action.end - 1] == "longer" and not mood_of(s, action.start, "base").modal
    if takes_none(s, action) and not _is_denied_to(s, *region.parts[0]):
        return []  # "would give no details"
    if action.is_noun and action.weak:
        return []  # "an end to the war"
    unknown = action.form in ("forbid", "permit") and not _dealing(s, action.end, action.end + LIMITS.beside)
    if lasting or unknown and not takes_none(s, action):
        return []  # "must not be busy with", "no longer works": no dealing is forbidden
    if region.passive and action.weak and not mood_of(s, action.start, action.form).passive:
        return []  # "its work there ended in May"
    lo, hi = next(((lo, hi) for lo, hi in region.parts if lo < hi), (0, 0))
    bare = group.bare.get(s.words[action.start])
    if bare and (lo < hi or action.is_noun):
        return [Object(bare, (action.start, action.end), (region.start, region.end), "general")]
    head = next((k for k in range(lo + 1, hi) if s.tags[k] in "pw"), hi)
    general = any(
        hit.end == action.end if action.is_noun else lo <= hit.start < head
        for hit in s.language.get("umbrellas", ())
    )
    if general and action.is_noun and action.group == "restrict":
        found = _listed(s, action, region)  # "restrictions on the central bank"
        return [one for one in found if one.type != codebook().roles.together]
    things = any(s.tags[k] in "nmeg" and k not in s.struck for k in range(lo, hi))
    if lo >= hi or general or not things and "nothing" not in s.words[lo:hi]:
        return []
    traded = not grammar().trade.isdisjoint((*s.words[lo:hi], *s.words[action.start : action.end]))
    if traded and fits(action, codebook().roles.goods):
        return [Object(codebook().roles.goods, (lo, hi), (region.start, region.end), "general")]
    return [Object(group.fallback, (lo, hi), (region.start, region.end), "untyped")]


def _is_denied_to(s, lo, hi):
    """Whether nothing at all, or nothing of or for a state is taken or given: "invite no Ruritanian teams"."""
    end = next((k for k in range(lo, hi) if s.tags[k] == "p" and s.words[k] not in ("to", "from")), hi)
    return any(k in s.struck or s.words[k] == "nothing" for k in range(lo, end))


def _sum_struck(s, action, region):
    """Money of which no more is said: "withheld $3 million from", "froze 90 million euros that belong to"."""
    roles = codebook().roles
    name = {"freeze": roles.frozen, "prohibit": roles.withheld, "reduce": roles.withheld}.get(action.group)
    if any(hit.start == action.start and hit.value == "freeze" for hit in s.hits):
        name = roles.frozen  # "blocked $3 million"
    lo, hi = region.parts[0] if region.parts else (0, 0)
    lo += sum(s.tags[k] in "bd" for k in range(lo, min(lo + 2, hi)))  # "roughly $3 million"
    head = next((k for k in range(lo, hi) if s.tags[k] in "pwve" or s.words[k] == "that"), hi)
    money = grammar().money
    if name is None or action.is_noun or money.isdisjoint(s.words[lo:head]):
        return None
    if all(is_number(s, k) or s.words[k] in money for k in range(lo, head)):
        return Object(name, (lo, head), (region.start, region.end))
    return None


# --- those listed -----------------------------------------------------------------------------------


def _listed(s, action, region):
    """The people, bodies and ships that an action lists: "adds X to its list", "sanctions on X"."""
    for lo, hi in _list_parts(s, action, region):
        found = _listed_in(s, action, lo, hi)
        if found:
            return found
    return []


def _list_parts(s, action, region):
    for lo, hi in region.parts:
        if action.is_noun:
            if hi <= action.start:  # before the noun: "U.S. sanctions", "company sanctions"
                continue
            heads = ("on", "against", "targeting", "of")
            first = next((k for k in range(lo, hi - 1) if s.words[k] in heads and s.tags[k + 1] != "t"), None)
            if first is not None and first - lo <= LIMITS.beside:
                yield first + 1, hi
            continue
        to = next(
            (
                k
                for k in range(lo, hi)
                if s.words[k] in ("to", "on", "under", "with", "in")
                and any(k < h.start <= k + LIMITS.beside for h in _registers(s))
            ),
            None,
        )
        yield lo, to if to is not None and to > lo else hi


def _registers(s):
    return (*s.language.get("registers", ()), *s.language.get("umbrellas", ()))


def _listed_in(s, action, lo, hi):
    chosen = []
    inside = False
    for first, last in members(s, lo, hi):
        counted = is_number(s, first)
        if inside and not counted:
            continue
        hit = _party_hit(s, first, last)
        if hit is None:
            one = _nationals(s, first, last) or (None if chosen else _named(s, action, first, last))
            if one is None:
                inside = inside or _is_opaque(s, first, last)
                continue
        else:
            one = Object(hit.value, (hit.start, hit.end), (first, last))
        inside = _is_opaque(s, one.place[1], last)
        same = next((n for n, other in enumerate(chosen) if other.type == one.type), None)
        if same is None or number_before(s, one.place[0]) is not None:
            chosen.append(one)
    if action.is_noun and all(_is_vague(s, one) for one in chosen):
        return []
    roles = codebook().roles
    bare = all(one.span[0] == one.place[0] for one in chosen[1:])
    if bare and {one.type for one in chosen} == {roles.nationals, roles.bodies}:
        # "officials and companies involved in the raid", "40 people and firms": not told apart
        return [chosen[0]._replace(type=roles.together, span=(chosen[0].span[0], chosen[-1].span[1]))]
    return _counted_beside(s, chosen)


def _is_vague(s, one):
    """Whether bodies or ships on which sanctions are said to be are neither counted, named nor marked out."""
    if one.known == "named" or one.type in (codebook().roles.nationals, codebook().roles.together):
        return False
    first = one.span[0]
    marked = s.tags[first] == "d" and s.words[first] not in grammar().indefinite
    head = s.words[one.place[1] - 1]
    return (
        not marked
        and head.endswith(("s", "es"))
        and number_before(s, one.place[0]) is None
        or s.words[first] in grammar().indefinite
    )


def _is_opaque(s, lo, hi):
    return any(s.tags[k] in "pweg" and s.words[k] != "of" for k in range(lo, hi))


def _party_hit(s, lo, hi):
    """The first word for people, bodies or ships among the heads of a phrase: not behind a preposition but "of"."""
    end = next(
        (
            k
            for k in range(lo + 1 + (s.words[lo] == "those"), hi)
            if s.tags[k] in "pwe"
            and s.words[k] not in ("of", "than", "about", "over", "up", "to")
            and not (s.tags[k] == "e" and tag_at(s, k + 1) in ("n", "g"))
            and k > lo
        ),
        hi,
    )
    best = None
    for hit in s.hits:
        if hit.kind != "object" or not (lo <= hit.start and hit.end <= end):
            continue
        kind = codebook().types[hit.value]
        if "list" not in kind.actions:
            continue
        if word_at(s, hit.end) == "of" and s.words[hit.start] in grammar().quantities:
            continue
        compound = best is not None and hit.start == best.end  # "the national bank"
        if best is None or compound or hit.start == best.start and hit.end > best.end:
            best = hit
    return best


def _nationals(s, lo, hi):
    """Counted people that are named by their state alone: "16 Libyans", "seven individual Russians"."""
    for k in range(lo, hi):
        hit = s.places.get(k)
        people = (
            hit and hit.form == "state" and s.words[hit.end - 1].endswith("s") and tag_at(s, hit.end) != "n"
        )
        if people and number_before(s, k) is not None:
            return Object(codebook().roles.nationals, (hit.start, hit.end), (lo, hi))
    return None


def _named(s, action, lo, hi):
    """A listed party of which the sentence says no more than a name."""
    if lo >= hi or s.tags[lo] not in "ndme" or s.words[lo] in ("a", "an"):
        return None
    end = next(
        (
            k
            for k in range(lo + 1, hi)
            if s.tags[k] in "pwtbig"
            and not (s.tags[k] == "g" and tag_at(s, k + 1) == "n")
            or s.words[k] in grammar().times
        ),
        hi,
    )
    general = not word_set("generic").isdisjoint(s.words[lo:end])
    general |= lo in s.struck and (
        end - lo < 2 or tag_at(s, lo + 1) != "n" or s.words[lo + 1] in grammar().pointing_time
    )
    general |= any(h.value in ("umbrellas", "instruments") and lo <= h.start < end for h in s.hits)
    general |= any(h.kind == "object" and lo <= h.start < end for h in s.hits)
    common = s.tags[lo] == "d" and end - lo == 2  # "the budget" may be sanctioned too
    places = all(k in s.struck for k in range(lo, end) if s.tags[k] not in "dz")
    plural = action.is_noun and s.words[end - 1].endswith("s") and s.tags[lo] != "d"
    if end - lo < 2 and action.is_noun or general or common or places or plural:
        return None
    return Object(codebook().roles.together, (lo, end), (lo, hi), "named")


def _counted_beside(s, chosen):
    """Beside counted groups stands what is counted or has an article of its own: "two officers and a bank"."""
    counted = [one for one in chosen if number_before(s, one.place[0]) is not None]
    if not counted:
        return chosen
    return [
        one
        for one in chosen
        if one in counted
        or (s.tags[one.span[0]] == "d" and not any(other.type == one.type for other in counted))
    ]


def is_umbrella(name):
    """Whether a type names no measure of its own."""
    return codebook().types[name].category == NOT_STATED and name in (
        codebook().roles.unnamed,
        codebook().roles.unnamed_lifted,
    )
