"""Every place of a sentence where a measure might be told: an action, its object, how it is told.

Candidates are many; `acceptance` decides which are measures.
"""

from typing import NamedTuple

from copydesk.engine.measures.actions import Action, Region, actions_of, is_number, region_of
from copydesk.engine.measures.context import Context, context_of, deeds_of, span_start
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.objects import Object, is_umbrella, objects_of
from copydesk.engine.measures.sanctions import codebook, grammar
from copydesk.engine.measures.sentence import has, mood_of, subject_of, tag_at, word_at


class Candidate(NamedTuple):
    """A measure before it is accepted and its fields are read; token indices are the sentence's own."""

    type: str
    action: Action
    object: Object
    region: Region
    context: Context
    start: int
    end: int
    umbrella: bool


def candidates_of(s, story):
    """list[Candidate] of a `Sentence`, in the order of the text."""
    actions = actions_of(s)
    deeds = deeds_of(actions)
    found = []
    for n, action in enumerate(actions):
        if action.weak and action.group == "list" and not action.is_noun and not _is_listing(s, action):
            continue
        region = region_of(s, action, actions[n + 1 :])
        objects = objects_of(s, action, region)
        if not objects and not action.is_noun:
            continue
        context = context_of(s, story, deeds, action, region)
        if action.is_noun:
            region, objects = _laid_on(s, action, region, context, actions, objects)
        found += _candidates(s, deeds, action, region, context, objects)
    return without_doubles(sorted(_of_best_reading(found), key=lambda one: (one.start, one.end)))


def _of_best_reading(found):
    """Of the readings of one word those that know what is acted on."""
    known = {one.action.start for one in found if one.object.known == "typed"}
    return [one for one in found if one.object.known != "untyped" or one.action.start not in known]


def _laid_on(s, action, region, context, actions, objects):
    """Region and objects of a noun with its verb between them: "sanctions were imposed on"."""
    k = context.governor
    if action.weak and action.group == "list" and not _is_listing(s, action, region.end):
        return region, []
    if k >= region.end and word_at(s, k + 1) in ("on", "against"):
        following = [other for other in actions if other.start > k]
        end = region_of(s, action._replace(start=k, end=k + 1, type=""), following).end
        region = Region(((k + 1, end),), region.start, end)
        objects = objects_of(s, action, region)
    return region, objects


def _is_listing(s, action, reach=0):
    """Whether an everyday word (add, put, name, hit) speaks of a list of sanctions: of what stands behind it."""
    lo, hi = action.start, min(len(s.words), max(reach, action.end) + LIMITS.near)
    if has(s, "registers", lo, hi) is not None:
        return True
    register = has(s, "registers", max(0, lo - LIMITS.near), lo)  # "put on its list and also barred"
    if (
        register is not None
        and not action.is_noun
        and register.start > 3
        and word_at(s, lo - 1) in ("and", "also")
    ):
        return True
    if action.is_noun:
        return False
    _, last = subject_of(s, mood_of(s, action.start, action.form).start)
    if any(hit.end == last for hit in s.language.get("umbrellas", ())):
        return any(is_number(s, k) for k in range(action.end, min(hi, action.end + LIMITS.beside)))
    struck = has(s, "umbrellas", action.end, hi)
    if struck is not None:
        return not {"with", "under", "by"}.isdisjoint(
            s.words[max(action.end, struck.start - LIMITS.beside) : struck.start]
        )
    lists = s.words[action.start].startswith("list") and tag_at(s, action.end) == "m"
    return lists and any(
        hit.end == action.start for hit in s.hits if hit.kind == "place" or hit.value == "senders"
    )


def _candidates(s, deeds, action, region, context, objects):
    if not objects:
        return _umbrella(s, action, region, context)
    start = span_start(s, deeds, context, action, region)
    found = []
    for n, one in enumerate(objects):
        first, last = (start, region.end) if n == 0 else (one.span[0], region.end)
        if n + 1 < len(objects):
            last = min(last, max(one.place[1], _before_joint(s, objects[n + 1].span[0])))
        while first < one.place[0] and (s.tags[first] in "c," or s.words[first] == "to" and n):
            first += 1
        name = one.type
        kind = codebook().types[name]
        if context.eased and kind.undone and not (action.group == "lift" and not action.is_noun):
            name = kind.undone
        if action.is_noun and context.eased and region.end <= context.governor < len(s.words):
            last = max(last, context.governor + 1)  # "the ban on flights was ended"
        last = max(last, one.place[1]) if region.passive or n else max(last, one.place[1], action.end)
        if region.passive and n == 0:
            last = max(last, action.end) if len(objects) == 1 else last
        found.append(Candidate(name, action, one, region, context, first, last, is_umbrella(name)))
    return found


def _before_joint(s, k):
    while k > 0 and s.tags[k - 1] in "c,":
        k -= 1
    return k


def _umbrella(s, action, region, context):
    """A general noun (sanctions, restrictions) that something is done with: announced, not said what."""
    general = any(hit.end == action.end for hit in s.language.get("umbrellas", ()))
    if not action.is_noun or not general or tag_at(s, action.end) in ("n", "z"):
        return []
    roles = codebook().roles
    name = roles.unnamed_lifted if context.eased else roles.unnamed
    k, first, end = context.governor, region.start, region.end
    start = k if 0 <= k < first and first - k < LIMITS.beside else first
    if k > first:
        end = max(end, k + 1)
    purpose = has(s, "purposes", end, end + 1)
    if purpose:
        end = len(s.words) - (s.words[-1] in grammar().ends)
    one = Object(name, (action.start, action.end), (first, end), "umbrella")
    return [Candidate(name, action, one, region, context, start, end, True)]


def without_doubles(found):
    """One candidate for what a sentence says of one measure in two ways."""
    kept = []
    for one in found:
        twin = next((k for k, other in enumerate(kept) if _is_twin(other, one)), None)
        if twin is None:
            kept.append(one)
            continue
        other = kept[twin]
        if one.action.start == other.action.start or _overlap(other.object.place, one.object.place):
            kept[twin] = one if _rank(one) > _rank(other) else other
        else:
            better = other if other.action.type == "" and not other.action.is_noun else one
            signs = better.context.signs | (
                frozenset(("licensed",)) & (one.context.signs | other.context.signs)
            )
            kept[twin] = better._replace(
                start=min(other.start, one.start),
                end=max(other.end, one.end),
                context=better.context._replace(
                    signs=signs, governor=max(other.context.governor, one.context.governor)
                ),
            )
    return kept


def _rank(one):
    first, last = one.object.place
    return one.object.known == "typed", not one.action.weak, -first, last - first


def _is_twin(one, other):
    if one.action.start == other.action.start:  # one word that has two readings
        read_twice = one.action.group != other.action.group and _overlap(one.object.span, other.object.span)
        if read_twice or _overlap(one.object.place, other.object.place):
            return True
    if one.type != other.type:
        return False
    if one.object.place == other.object.place:
        return True
    if one.context.eased != other.context.eased or one.context.status != other.context.status:
        return False
    return one.action.is_noun != other.action.is_noun and other.start - one.end <= 3


def _overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]
