"""What holds for a whole text: whether its measures are a draft, whose they are, on whom, how much of it is sanctions."""

from typing import NamedTuple

from copydesk.engine.measures.context import THINGS, is_dated
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.sanctions import Hit
from copydesk.engine.measures.sentence import mood_of, word_at


class StoryFrame(NamedTuple):
    """What holds for the whole text; stretches are indices of the document's tokens, or ()."""

    status: str  # proposed, adopted or ""
    sender: tuple
    regime: tuple  # whose sanctions hold already
    target: tuple
    targets: frozenset  # the ids of the target
    sanctions: int  # how often sanctions, an embargo, a blacklist are named
    is_short: bool  # whether the text is too short to say what it is about


_SHORT = 3  # sentences; a shorter text has no frame of its own
LEAD = 4  # sentences at the head of a story in which it says what it is about
_OF_THE_STORY = frozenset(
    "drafts adoptions imposing deciding senders instruments umbrellas list regime".split()
)


def story_frame(hits_of_sentences, sentences, tokens, lead):
    """The `StoryFrame`, from the words for drafts and adoptions, for senders and for sanctions on a target.

    lead: the first sentences that are read, at most `LEAD`.
    """
    hits = [
        Hit(hit[0] + first, hit[1] + first, *hit[2:])
        for own, (first, _) in zip(hits_of_sentences, sentences, strict=True)
        for hit in own
        if hit.value in _OF_THE_STORY or hit.kind == "place"
    ]
    draft_places = [hit.start for hit in hits if hit.value == "drafts"]
    drafts = len(draft_places)
    if (
        drafts < 3
        and sentences
        and draft_places
        and draft_places[0] >= sentences[min(LEAD, len(sentences)) - 1][1]
    ):
        drafts = 0  # a draft that is named late is not what the story is about
    adopted = any(hit.value == "adoptions" for hit in hits)
    past = any(
        hit.value == "imposing"
        and hit.form == "past"
        and tokens[hit.start].norm in ("imposed", "adopted", "approved")
        and tokens[hit.start - 1].norm not in ("be", "if", ",", "sanctions", "not", "have", "had")
        for hit in hits
    )
    past |= not drafts and any(map(_tells_of_deed, lead))
    status = "adopted" if adopted or (past and drafts < 3) else "proposed" if drafts else ""
    target = _target(hits, tokens)
    named = sum(hit.value == "regime" for hit in hits)
    targets = frozenset(
        hit.value for hit in hits if target and hit.kind == "place" and hit.start == target[0]
    )
    return StoryFrame(
        status, _sender(hits), _regime(hits, tokens, target), target, targets, named, len(sentences) < _SHORT
    )


def _tells_of_deed(s):
    """Whether a sentence tells as news that somebody decided or put something in place."""
    things = {hit.end for name in THINGS for hit in s.language.get(name, ())}  # "plans announced in London"
    for k, form in s.verbs.items():
        deed = s.classes.get(k, {}).keys() & {"imposing", "deciding"} or any(
            hit.start == k and hit.kind == "act" and not hit.weak for hit in s.hits
        )
        if form != "past" or not deed or k in things or is_dated(s, k):
            continue
        mood = mood_of(s, k, form)
        held = mood.passive and not (mood.perfect or mood.past)  # "are prohibited"
        told = mood.kind == "finite" and not (held or mood.negated or mood.modal or mood.perfect == "had")
        if told and word_at(s, mood.start - 1) not in ("that", "which", "who", "if", "unless"):
            return True
    return False


def _regime(hits, tokens, target):
    """Whose sanctions are in force: the state or body named before "sanctions" that is not their target."""
    heads = {hit.start for hit in hits if hit.value == "umbrellas"}
    aimed_at = [tokens[k].norm for k in range(*target)] if target else []
    for hit in hits:
        words = [tokens[k].norm for k in range(hit.start, hit.end)]
        if hit.kind == "place" and hit.end in heads and words != aimed_at:
            return hit.start, hit.end
    return ()


def _sender(hits):
    """Whose measures the story is about: the first body or state that puts measures in place, else the one
    that is named with the first instrument ("a Security Council resolution"), else the first body."""
    bodies = [hit for hit in hits if hit.value == "senders"]
    places = [hit for hit in hits if hit.kind == "place"]
    instruments = {hit.start for hit in hits if hit.value == "instruments"}
    near = [hit for hit in bodies if hit.end in instruments]
    if near:
        return _with_place(near[0], places)
    deeds = {
        hit.start
        for hit in hits
        if hit.value in ("imposing", "deciding") and hit.form != "base" or hit.value == "list"
    }
    for hit in sorted(bodies + places):
        if any(k in deeds for k in range(hit.end, hit.end + 3)):
            return _with_place(hit, places)
    return _with_place(bodies[0], places) if bodies else ()


def _with_place(body, places):
    """A body with the state or organisation named right before it."""
    before = next((hit for hit in places if hit.end == body.start), None)
    return (before.start if before else body.start, body.end)


def _target(hits, tokens):
    """The first state that sanctions or restrictions are said to be on, against or of."""
    heads = {hit.end for hit in hits if hit.value == "umbrellas"}
    places = {hit.start: hit for hit in reversed(hits) if hit.form == "state"}
    for i in sorted(heads):
        if i < len(tokens) and tokens[i].norm in ("on", "against"):
            for k in range(i + 1, i + LIMITS.beside):
                if k in places:
                    return (places[k].start, places[k].end)
    return ()
