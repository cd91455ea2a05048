"""Whether a candidate is a measure: named features, a table of weights in the codebook, one sum.

The weights stand in data/codebooks/sanctions.toml with how they were fitted.
"""

import math
from collections import Counter

from copydesk.engine.measures.actions import reaches
from copydesk.engine.measures.fields import doer_of
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.objects import declines
from copydesk.engine.measures.sanctions import codebook, grammar, word_set
from copydesk.engine.measures.sentence import has, tag_at, word_at

_ORDINARY = frozenset(
    (
        "ordinary story",
        "weak in ordinary story",
        "sender or target wanting",
        "placeless",
        "domestic in ordinary story",
    )
)
_OF_NOBODY = frozenset(("domestic", "vague and domestic", "own trade", "acts alone"))
_VOTES = 1
_TALK = frozenset(("called for", "judged", "negated", "question", "rejected", "law", "own choice", "unreal", "procedure", "target acts", "unknown governor", "domestic", "supposed", "mention", "weak deed of another", "declines"))  # fmt: skip
_OWN = frozenset(("its", "their", "his", "her", "own"))
_GROUPS = ("list", "lift", "expel", "boycott", "freeze", "cap")
_BINDING = ("senders", "instruments", "drafts", "registers")
_FRAMES = ("umbrellas", "regime", "instruments", "registers", "drafts")


def features_of(s, story, candidate, sender, target):
    """frozenset[str]: what speaks for and against a candidate. sender, target: stretches of tokens, or ()."""
    action, context = candidate.action, candidate.context
    found = {"bias", *context.signs, candidate.object.known, "noun" if action.is_noun else "verb"}
    told = {
        "weak": action.weak,
        action.group: action.group in _GROUPS,
        "eased": context.eased,
        "barred from doing": action.group in ("prohibit", "restrict", "exclude") and candidate.region.barred,
        "named kind": bool(action.type),
        "personal or arms": codebook().types[candidate.type].category in ("travel", "asset freeze", "arms"),
        "anaphoric": is_anaphoric(s, candidate),
        "listed in passing": action.group == "list" and bool(context.signs & {"participle", "relative"}),
    }
    found.update(name for name, holds in told.items() if holds)
    if candidate.type in codebook().roles.talks:
        found.discard("procedure")
    if action.group == "require":
        found.discard("own choice")  # "exporters will need a licence": a duty is no choice
    if action.form == "forbid":
        found.add("deals" if has(s, "dealings", action.end, action.end + LIMITS.beside) else "forbid")
        if declines(s, action):
            found.add("declines")
    aimed = target or _is_pointed(s, candidate) or _is_envoy(s, candidate)
    found |= _frame_features(s, story, candidate, bool(sender and aimed))
    found |= _party_features(s, story, candidate, sender, target)
    return frozenset(found)


def _frame_features(s, story, candidate, is_complete):
    """How much the sentence and the story speak of sanctions. is_complete: whether sender and target are named."""
    action, unsure = candidate.action, candidate.object.known == "untyped"
    framed = any(_frame_word(s, name, action) for name in _FRAMES)
    ordinary = story.sanctions == 0 and not story.is_short
    told = {
        "sentence frame": framed,
        "story frame": not framed and story.sanctions > 0,
        "no frame": not framed and story.sanctions == 0,
        "sanctions story": story.sanctions > 2,
        "ordinary story": ordinary,
        "weak in ordinary story": ordinary and (action.weak or unsure),
        "sender or target wanting": ordinary and not is_complete,
        "weak without frame": not framed and (action.weak or unsure),
        "weak and untyped": action.weak and unsure,
        "permitted": action.group == "permit",
        "permitted without frame": action.group == "permit" and not framed,
    }
    return {name for name, holds in told.items() if holds}


def _party_features(s, story, candidate, sender, target):
    """Who acts on whom: a state or body on another, on itself, nobody, a private body."""
    action = candidate.action
    doer = "" if action.group == "require" else doer_of(s, candidate)
    acting, struck = actors_in(s, sender), actors_in(s, target)
    pointed = _is_pointed(s, candidate)
    alone = bool(acting) and not struck and not target and not action.is_noun
    domestic = (
        bool(sender) and not struck and not story.target and not pointed and not _is_envoy(s, candidate)
    )
    goods = codebook().types[candidate.type].category == "commodity"
    binding = bool(s.places or sender or story.target) or any(has(s, name) for name in _BINDING)
    binding |= story.sanctions > 2
    told = {
        f"{doer} acts": bool(doer),
        "untyped by a sender": candidate.object.known == "untyped" and bool(acting and struck - acting),
        "weak deed of another": doer == "other" and action.weak,
        "sender": bool(sender),
        "target": bool(target),
        "nobody named": not sender and not target,
        # who is threatened when a measure has just been put in place, and is not named, is who put it in place
        "answers": candidate.context.status == "threatened" and story.status == "adopted" and not target,
        "foreign target": bool(struck - acting),
        "target acts": bool(acting & story.targets) and (not struck - story.targets or _ends_own(s, action)),
        "own conduct": not (sender or action.is_noun) and _stops_doing(s, action),
        "undertaken": not action.is_noun
        and (
            _stops_doing(s, action)
            and _is_promised(s, action)
            or _ends_own(s, action)
            and bool(acting)
            and acting <= story.targets
        ),
        "acts alone": alone,
        "own trade": alone and goods and not _is_aimed(s, candidate),
        "domestic": domestic,
        "domestic in ordinary story": domestic and story.sanctions == 0 and not story.is_short,
        "vague and domestic": domestic and candidate.object.known in ("general", "untyped"),
        "placeless": not pointed and not binding,
    }
    return {name for name, holds in told.items() if holds}


def actors_in(s, place):
    first, last = place or (0, 0)
    last = next(
        (k for k in range(first, last) if s.tags[k] == "g"), last
    )  # "Muslims entering the United States"
    return frozenset(s.places[k].value for k in range(first, last) if k in s.places)


def _stops_doing(s, action):
    """Whether somebody ends what he does himself: "agreed to stop dumping"."""
    return action.form != "past" and _ends_own(s, action)


def _ends_own(s, action):
    doing = action.end + (word_at(s, action.end) in _OWN)
    return action.group == "prohibit" and tag_at(s, doing) == "g"


def _is_promised(s, action):
    """Whether what is ended is one's own doing by a promise: "its pledge to stop dumping", "to stop selling its chips"."""
    before = s.words[max(0, action.start - 3) : action.start]
    bound = before[-2:] in (("was", "to"), ("were", "to"))
    return (
        bound
        or not word_set("undertakings").isdisjoint(before)
        or not _OWN.isdisjoint(s.words[action.end : action.end + 2])
    )


def _is_aimed(s, candidate):
    """Whether the measure's words say to, from, with or against whom."""
    aimed = ("to", "from", "with", "against")
    return any(s.words[k] in aimed and s.tags[k] == "p" for k in range(candidate.action.end, candidate.end))


def _is_envoy(s, candidate):
    """Whether it is about a diplomat, who is nowhere but at another state's."""
    first, last = candidate.object.place
    envoy = codebook().roles.expelled
    return any(hit.kind == "object" and hit.value == envoy and first <= hit.start < last for hit in s.hits)


def _is_pointed(s, candidate):
    """Whether the words point at a target named before: "the country", "the junta"."""
    return reaches(s, candidate.action) or any(
        s.tags[k] == "d" and word_at(s, k + 1) in _generic() for k in range(candidate.start, candidate.end)
    )


def _generic():
    return word_set("generic")


def is_anaphoric(s, candidate):
    """Whether a definite noun points back to a measure that was told: "the ban", "these tariffs"."""
    action, region = candidate.action, candidate.region
    return action.is_noun and s.words[region.start] in grammar().pointing and region.end <= action.end


def _frame_word(s, name, action):
    hit = has(s, name)
    return hit is not None and not (action.start <= hit.start < action.end and len(s.language[name]) == 1)


def add_company(rows, story):
    """Say of each candidate of a text how many others are told in it as measures are, and score it anew."""
    plain = [row for row in rows if not row["umbrella"] and _is_plain(row["features"])]
    struck = _struck_state(plain)
    for row in rows:
        if row["umbrella"]:
            continue
        if any(other["spans"][0] != row["spans"][0] for other in plain):
            row["features"] -= _ORDINARY
        if struck and row["actors"] and not row["struck"] and struck not in row["actors"]:
            row["features"] -= _OF_NOBODY
        row["score"] = score(row["features"])


def _struck_state(plain):
    """The state that measures of two sentences are aimed at, "" if there is none: what has no target of its own is aimed
    at it too ("closed their borders to trucks")."""
    told = Counter(
        state for state, _ in {(state, row["sentence"]) for row in plain for state in row["struck"]}
    )
    state, count = max(told.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return state if count >= _VOTES else ""


def _is_plain(features):
    """Whether a candidate is of a known type, on somebody or by somebody, and no talk of wishes or breaches."""
    parties = {"sender", "target", "foreign target"}
    return "typed" in features and bool(parties & features) and not _TALK & features


def score(features):
    """The sum of the weights of some features, to six decimals: above 0, a measure. It does not depend on their order."""
    weights = codebook().weights
    return round(math.fsum(weights.get(name, 0.0) for name in features), 6)
