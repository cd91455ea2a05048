"""How a deed is told: proposed, adopted, in force, threatened, lifted; and the signs that it is only talk.

A sign never deletes a measure by itself: `acceptance` weighs them.
"""

from typing import NamedTuple

from copydesk.engine.measures.actions import causative_of, is_reduced, noun_start
from copydesk.engine.measures.limits import LIMITS
from copydesk.engine.measures.sanctions import NOT_STATED, codebook, grammar, word_set
from copydesk.engine.measures.sentence import (
    GOVERNORS,
    LICENCES,
    has,
    is_finite,
    mood_of,
    opens_aside,
    subject_of,
    tag_at,
    word_at,
)

THINGS = ("instruments", "plans", "umbrellas", "drafts")  # what is decided, and decides nothing


class Context(NamedTuple):
    """How a deed is told."""

    status: str
    binding: str = "mandatory"
    governor: int = -1  # the token of the verb that governs or licenses it
    eased: bool = False
    signs: frozenset = frozenset()

    def plus(self, *signs):
        """The same with further signs."""
        return self._replace(signs=self.signs | frozenset(signs))


class Deeds(NamedTuple):
    """The actions of a sentence as its verbs ask for them."""

    verbs: dict  # token: the action that is a verb there
    lifts: dict  # the same for those that may lift a measure
    nouns: tuple


def deeds_of(actions):
    """The `Deeds` of a sentence's actions."""
    verbs = dict(_verbs(actions))
    lifts = {start: action for start, action in _verbs(actions) if action.group == "lift"}
    return Deeds(verbs, lifts, tuple(action for action in actions if action.is_noun))


def _verbs(actions):
    return ((action.start, action) for action in reversed(actions) if not action.is_noun)


def context_of(s, story, deeds, action, region):
    """The `Context` of an action. story: the `StoryFrame`."""
    if action.is_noun:
        context = _noun(s, story, deeds, action, region)
    else:
        k = action.start
        had = causative_of(s, action)
        form = "past" if word_at(s, had).endswith(("ed", "d", "saw", "kept", "left")) else "base"
        context = _verb(s, story, deeds, had, form) if had >= 0 else _verb(s, story, deeds, k, action.form)
        eased = action.group == "lift" or bool(codebook().actions[action.group].undoes)
        if region.passive and k in deeds.lifts:  # "sanctions on … are suspended"
            first, last = region.start, action.start
            eased |= any(first <= hit.start < last for hit in s.language.get("umbrellas", ()))
        if eased and context.status in ("in force", "adopted") and mood_of(s, k, action.form).modal == "may":
            context = context._replace(status="proposed")  # "may lift": it is not said to hold
        context = context._replace(eased=eased)
    signs = []
    if "?" in s.words[-2:]:
        signs.append("question")
    if action.weak and _is_procedure(s, action, region):
        signs.append("procedure")
    rejected = has(s, "rejections", action.start)
    if rejected:
        signs.append("rejected")
    return context.plus(*signs)


# --- verbs ------------------------------------------------------------------------------------------


def _verb(s, story, deeds, i, form, depth=0):
    mood = mood_of(s, i, "base" if form == "forbid" else form)
    signs = []
    if mood.negated and form not in ("permit", "forbid"):
        signs.append("negated")
    if _in_condition(s, i):
        signs.append("supposed")
    if form == "past" and mood.kind == "finite" and not mood.passive and not mood.perfect and depth == 0:
        action = deeds.verbs.get(i)
        if action and is_reduced(s, action):
            return Context(_inherited(s, story, deeds, i, depth).status).plus("participle", *signs)
    if mood.kind == "finite":
        return _finite(s, story, i, form, mood).plus(*signs)
    return _dependent(s, story, deeds, i, mood, depth).plus(*signs)


def _in_condition(s, i):
    """Whether the token stands in an if-clause: what is supposed there is not reported."""
    for hit in s.language.get("conditions", ()):
        if hit.start < i and s.words[hit.start] in ("if", "unless", "should", "provided"):
            comma = next((k for k in range(hit.end, len(s.words)) if s.words[k] == ","), len(s.words))
            if i < comma:
                return True
    return False


def _finite(s, story, i, form, mood):
    first, last = subject_of(s, mood.start)
    signs = []
    agent = (first, last) if first < last else first_subject(s, i)
    if mood.passive and "by" in s.words[i + 1 : i + 3]:
        agent = i + 1, i + LIMITS.beside
    if not word_set("courts").isdisjoint(s.words[agent[0] : agent[1]]):
        signs.append("law")
    if (
        not mood.passive
        and form not in ("forbid", "permit")
        and mood.modal not in ("must", "may")
        and s.words[i] not in grammar().undergoing
        and _is_private(s, first, last)
    ):
        signs.append("own choice")
    relative = word_at(s, mood.start - 1) in ("which", "who", "that")
    k, classes = (-1, {}) if relative else _complement_of(s, first)
    if relative:
        signs.append("relative")
    if "judging" in classes:
        return Context("adopted", governor=k).plus("judged", *signs)
    if "deploring" in classes:
        signs.append("presupposed")
    if "calling" in classes and "intending" not in classes and not is_sender_subject(s, k):
        return Context("proposed", governor=k).plus("called for", *signs)
    if "threatening" in classes:
        return Context("threatened", governor=k).plus(*signs)
    if classes.keys() & {"deciding", "imposing", "requiring"} and "intending" not in classes:
        hit = next(iter(classes.values()))
        if hit.form == "past" and not is_drafted(s, story, k):
            return Context("adopted", governor=k).plus(*signs)
    if mood.modal in ("must", "should") and _is_call(s, story, mood):
        signs.append("called for")
    status = _status(s, story, i, mood, form)
    if "intending" in classes and s.words[k] not in ("expects", "expect", "expected") and status == "adopted":
        status = "proposed"
    if status == "proposed" and mood.modal == "will" and _is_warned(s, story, i):
        status = "threatened"
    if mood.perfect and mood.modal:
        signs.append("unreal")
    return Context(status, "recommended" if mood.modal == "should" else "mandatory").plus(*signs)


def _names(s, name, place):
    return not word_set(name).isdisjoint(s.words[place[0] : place[1]])


def _is_private(s, first, last):
    """Whether those who act are a company or traders, who do as they please; a pronoun is the sentence's first subject."""
    if last - first == 1 and s.tags[first] == "r":
        first, last = first_subject(s, first)
    body = any(first <= k < last for k in s.places) or any(
        first <= hit.start < last for hit in s.language.get("senders", ())
    )
    return _names(s, "private", (first, last)) and not body


def _is_call(s, story, mood):
    """Whether "must" or "should" is what somebody says others ought to do, and no rule that binds them."""
    if has(s, "instruments") and mood.modal != "should":
        return False
    first, end = subject_of(s, mood.start)
    told = not grammar().said.isdisjoint(s.words)
    on_a_state = not mood.passive and any(k in s.struck for k in range(first, end))
    return mood.modal == "should" or told and (on_a_state or not has(s, "senders"))


def _is_warned(s, story, i):
    """Whether what will be done is held out as a consequence: "if …", "…, the minister warned"."""
    if is_drafted(s, story, i):
        return False
    hit = has(s, "conditions")
    hangs = bool(hit) and s.words[hit.start] in ("if", "unless")
    return hangs or any(hit.start > i and hit.form == "past" for hit in s.language.get("threatening", ()))


def _complement_of(s, first):
    """The governor whose that-clause begins at `first`, if there is one."""
    k = first - 1
    if word_at(s, k) == "," and opens_aside(s, k) and word_at(s, opens_aside(s, k) - 1) == "that":
        k = opens_aside(s, k) - 1
    while k >= 0 and s.words[k] in ("that", "whether", ",", "if", '"'):
        if s.words[k] == "whether":
            return k, {"judging": None}
        k -= 1
    if k < 0:
        return -1, {}
    for j in range(k, max(-1, k - LIMITS.beside), -1):
        found = {n: h for n, h in s.classes.get(j, {}).items() if n in GOVERNORS and h.end <= first}
        if found:
            return j, found
        if s.tags[j] in ",;":
            break
    return -1, {}


def _status(s, story, i, mood, form):
    """The status that the auxiliaries, the dates and the document give."""
    if mood.auxiliary == "be" and not mood.modal:  # "will be fined and be barred"
        shared = next(
            (grammar().modals[w] for w in reversed(s.words[: mood.start]) if w in grammar().modals), ""
        )
        mood = mood._replace(modal=shared)
    drafted = is_drafted(s, story, i)
    if mood.passive and not mood.modal and not mood.perfect and mood.auxiliary in grammar().present_be:
        if has(s, "drafts", 0, i):
            return "proposed"
        if _describes(s, mood):
            return "in force"
        news = story.status == "adopted" or not (story.status or story.is_short)
        return "adopted" if news and not has(s, "in_force") and not is_dated(s, i) else "in force"
    if form == "forbid" and not drafted and mood.modal != "would" and _is_decided(s):
        return "adopted"
    if form == "forbid" and s.words[i] in ("will", "would") and not drafted and not _hangs(s):
        return "proposed" if s.words[i] == "would" and not _is_reported(s, mood) else "adopted"
    if mood.modal == "would":
        if (
            not drafted
            and not _hangs(s)
            and (form in ("forbid", "permit") or _is_decided(s))
            and _is_reported(s, mood)
        ):
            return "adopted"  # "no film would be shown, the ministry said"
        return "proposed" if drafted or not _hangs(s) else "threatened"
    if mood.modal == "will" and not drafted and _is_decided(s):
        return "adopted"
    if mood.modal == "will":
        settled = mood.passive or _by_instrument(s, mood)
        return "adopted" if not drafted and settled and not _hangs(s) else "proposed"
    if drafted and not mood.past and not mood.perfect:
        return "proposed"
    if mood.modal in ("must", "may") or form == "forbid":
        if has(s, "in_force") or story.status != "adopted":
            return "proposed" if story.status == "proposed" and not has(s, "in_force") else "in force"
        return "adopted"
    return _told_as_done(s, story, i, mood)


def _is_decided(s):
    """Whether the sentence says that somebody decided: "…, the ministers agreed on Monday"."""
    things = {hit.end for name in THINGS for hit in s.language.get(name, ())}  # "plans announced in London"
    return any(
        form == "past"
        and s.classes.get(k, {}).keys() & {"deciding", "imposing"}
        and k not in things
        and not (mood_of(s, k, form).negated or mood_of(s, k, form).modal)
        for k, form in s.verbs.items()
    )


def _told_as_done(s, story, i, mood):
    if (mood.past or mood.perfect) and _is_given(s, mood):
        return "in force"
    if mood.perfect == "had":
        return "adopted" if (_is_reported(s, mood) or _names_day(s)) and not is_dated(s, i) else "in force"
    if mood.perfect == "has":
        lasting = mood.passive and has(s, "in_force") or _is_since(s)
        return "in force" if lasting or "already" in s.words[mood.start : i] or is_dated(s, i) else "adopted"
    if mood.past:
        return "in force" if is_dated(s, i) else "adopted"
    if has(s, "in_force", 0, i):
        return "in force"
    return "proposed" if story.status == "proposed" else "adopted"


def _is_since(s):
    """Whether it is said from when: "since Sunday", "since last spring", not "since it holds"."""
    times = {k for k, word in enumerate(s.words) if s.tags[k] == "t" or word in grammar().pointing_time}
    return any(word == "since" and times & {k + 1, k + 2} for k, word in enumerate(s.words))


def _describes(s, mood):
    """Whether a relative clause says what already holds for somebody: "those whose assets are frozen"."""
    first, _ = subject_of(s, mood.start)
    return any(word_at(s, k - 1) in ("who", "whose") for k in (mood.start, first))


def _is_given(s, mood):
    """Whether a deed is told in a relative clause that says which one is meant: "the steps that the bloc has taken"."""
    first, _ = subject_of(s, mood.start)
    k = (mood.start if tag_at(s, mood.start - 1) == "w" else first) - 1
    told = not grammar().said.isdisjoint(
        s.words[max(0, k - LIMITS.beside) : max(0, k)]
    )  # "told parliament that"
    return word_at(s, k) == "that" and tag_at(s, k) in "wd" and tag_at(s, k - 1) == "n" and not told


def is_drafted(s, story, i):
    """Whether a draft, a bill or a plan is spoken of before the token, or the story is about one."""
    if story.status == "proposed" or has(s, "drafts", 0, i) or has(s, "plans", 0, i):
        return True
    return any(
        word_at(s, k) in ("under", "to")
        for hit in s.language.get("drafts", ())
        for k in range(hit.start - 2, hit.start)
    )


def _hangs(s):
    hit = has(s, "conditions")
    return bool(hit) and s.words[hit.start] in ("if", "unless", "until")


def _by_instrument(s, mood):
    first, end = subject_of(s, mood.start)
    return any(first <= hit.start < end for hit in s.language.get("instruments", ()))


def _is_reported(s, mood):
    first, _ = subject_of(s, mood.start)
    return any(word in grammar().said for word in s.words[max(0, first - LIMITS.beside) : first])


def is_dated(s, i):
    """Whether the sentence dates the deed at `i` before the news: to another year, a month, "earlier", "already"."""
    if any(word in ("earlier", "previously", "already") for word in s.words[max(0, i - LIMITS.beside) : i]):
        return True
    if any(_dates(s, hit.start, hit.end, i) for hit in s.language.get("history", ())):
        return True
    for k, word in enumerate(s.words):
        year = word.isdigit() and len(word) == 4 and word[:2] in ("18", "19", "20")
        month = s.tags[k] == "t" and not word.endswith("day") and tag_at(s, k + 1) != "m"
        if not k or not (year or month):
            continue
        lead = k - 2 if s.tags[k - 1] == "t" or s.words[k - 1] in ("early", "late", "mid") else k - 1
        leads = ("in", "since", "last", "of") if year and k < i else ("in", "since", "last")
        if lead >= 0 and s.words[lead] in leads and _dates(s, lead, k + 1, i):
            return True
    return False


def tells_of_past(s):
    """Whether a sentence points back with its first word and tells in the simple past, without a day of its own."""
    begins = s.words[0] in grammar().pointing or s.tags[0] == "r"
    now = _names_day(s) or "today" in s.words
    present = not grammar().have.isdisjoint(s.words) or not grammar().present_be.isdisjoint(s.words)
    return begins and not (now or present or "will" in s.words or "would" in s.words)


def _names_day(s):
    """Whether a day of the week is named, and so the news of a few days."""
    return any(word.endswith("day") and s.tags[k] == "t" for k, word in enumerate(s.words))


def _dates(s, start, end, i):
    """Whether a date says when the deed at `i` was done: not "over last year's coup", "after a vote in 2020"."""
    if word_at(s, end) == "'s":
        return False
    lo = next((k + 1 for k in range(start - 1, -1, -1) if s.words[k] in (",", ";")), 0)
    lo += start < i and tag_at(s, lo) == "w"  # ", which in 2016 expelled"
    between = range(i, start) if start > i else range(lo, start)
    own = ("its", "their", "his", "her")
    reason = any(
        s.words[k] == "for" and (tag_at(s, k + 1) == "g" or word_at(s, k + 1) in own) for k in between
    )
    return not reason and word_set("causes").isdisjoint(s.words[k] for k in between)


def is_sender_subject(s, k):
    """Whether the one who asks is an instrument or a body that binds by asking."""
    mood = mood_of(s, k, _form_at(s, k))
    if mood.passive:
        return "by" not in s.words[k : k + LIMITS.beside]
    first, end = subject_of(s, mood.start)
    if end - first == 1 and s.words[first] == "it":
        return True
    return any(
        first <= hit.start < end and (hit.value == "instruments" or s.words[hit.end - 1] == "council")
        for name in ("instruments", "senders")
        for hit in s.language.get(name, ())
    )


def _decides(s, k):
    """Whether those who want something could decide on it: a state, a body, an instrument, "it"."""
    mood = mood_of(s, k, _form_at(s, k))
    if mood.passive:
        return "by" not in s.words[k : k + LIMITS.beside]  # "agencies are told not to": by those who may
    first, end = subject_of(s, mood.start)
    if first == end:
        first, end = first_subject(s, k)
    if end - first == 1 and s.tags[first] == "r":
        return True
    acting = {hit.start for name in ("senders", "instruments") for hit in s.language.get(name, ())}
    return any(j in s.places or j in acting for j in range(first, end))


def first_subject(s, k):
    for j in range(1, k):
        if is_finite(s, j):
            return subject_of(s, j)
    return 0, 0


def _form_at(s, k):
    found = s.classes.get(k)
    hit = next(iter(found.values())) if found else None
    return hit.form if hit else "base"


def governor_of(s, deeds, i, classes=GOVERNORS):
    """The nearest word to the left that governs what stands at `i`: (index, {class: hit}), (-1, {}) where none does.

    Coordinated members are passed over; a finite verb that the codebook does not know ends the search.
    """
    edges = grammar().edges
    skipped = {k for hit in s.language.get("recommended_before", ()) for k in range(hit.start, hit.end)}
    for k in range(i - 1, max(-1, i - LIMITS.governor), -1):
        if s.words[k] in edges and not (s.words[k] == "that" and k >= i - LIMITS.near):
            break
        found = s.classes.get(k)
        refused = k in deeds.verbs and s.words[k] in grammar().unwilling  # "refuse entry and close offices"
        if found and not refused and k not in skipped and word_at(s, k - 1) != "if":
            found = {name: hit for name, hit in found.items() if name in classes and hit.end <= i}
            if found and not _is_noun_use(s, k, found):
                return k, found
    return -1, {}


def _is_noun_use(s, k, found):
    """Whether a verb-like word is a noun here (a plan, the back), which governs nothing by itself."""
    hit = next(iter(found.values()))
    after = word_at(s, hit.end)
    if after == "of" and hit.end == hit.start + 1 and "judging" not in found:
        return True
    if s.words[hit.end - 1] in ("to", "for"):
        return False  # "a call for"
    if after == "to" and tag_at(s, hit.end) == "i" or after == "for" and "requiring" in found:
        return False
    if hit.form not in ("base", "s") or "including" in found or not k:
        return False
    before = s.words[k - 1]
    compound = hit.form == "base" and s.tags[k - 1] == "n" and before[-1] != "s" and "judging" in found
    return s.tags[k - 1] in "dz" or before in ("of", "on") or compound


def _dependent(s, story, deeds, i, mood, depth):
    """An infinitive, a participle or a coordinated verb: it has its status from elsewhere."""
    if mood.kind == "inf" and word_at(s, mood.start - 1) in ("is", "are", "'s", "'re"):
        return Context("proposed")  # "is to ban"
    gerund = mood.kind == "ing"
    k, classes = governor_of(s, deeds, i, LICENCES if gerund else GOVERNORS)
    if gerund and "including" in classes and (k >= i - 3 or s.words[i - 1] in ("and", "or")):
        return Context(_listed_status(s, story, k), governor=k).plus("listed")
    if gerund and k >= 0 and not _governs_gerund(s, k, classes, i):
        classes = {}
    if not classes or depth > LIMITS.deep:
        if mood.kind == "inf" and _is_plan_for(s, mood):
            return Context("proposed", governor=mood.start - 2)
        if mood.kind == "inf" and _unknown_governor(s, i, mood):
            return Context("proposed").plus("unknown governor")
        return _inherited(s, story, deeds, i, depth)
    return _governed(s, story, deeds, i, k, classes, depth)


def _governed(s, story, deeds, i, k, classes, depth):
    """The context of what hangs on the verb or noun at `k`."""
    hit = next(iter(classes.values()))
    if "judging" in classes:
        return Context("adopted", governor=k).plus("judged")
    if "deploring" in classes:
        return Context("adopted", governor=k).plus("presupposed")
    if not grammar().negations.isdisjoint(s.words[max(0, k - 2) : k]):
        return Context("proposed", governor=k).plus("negated")
    if _only_asks(s, deeds, k, classes, i):
        return Context("proposed", governor=k).plus("called for")
    outer = _verb(s, story, deeds, k, hit.form, depth + 1) if k in s.verbs else Context("")
    signs = outer.signs & {"negated", "judged", "own choice"}
    if "threatening" in classes:
        return Context("threatened", governor=k).plus(*signs & {"own choice"})
    if "recommending" in classes and is_sender_subject(s, k):
        return Context(_recommended_status(s, story, k, hit), "recommended", k)
    if "requiring" in classes and hit.end - hit.start > 2 and not _decides(s, k):
        return Context("proposed", governor=k).plus("called for")  # "activists told the council to"
    if classes.keys() & {"requiring", "imposing", "deciding"}:
        noun = hit.form == "noun" or s.tags[k] == "n" and hit.form == "base" and k not in s.verbs
        outer = (
            _inherited(s, story, deeds, k, depth + 1)
            if noun
            else _verb(s, story, deeds, k, hit.form, depth + 1)
        )
        return outer._replace(governor=k)
    if "intending" in classes:
        return Context("threatened" if _is_warned(s, story, i) else "proposed", governor=k).plus(*signs)
    return Context("proposed", governor=k).plus("called for")


def _is_plan_for(s, mood):
    """Whether an infinitive says what a bill, a resolution or a plan is for: "a resolution to cut off grain"."""
    return any(
        hit.end == mood.start
        for name in ("instruments", "drafts", "plans")
        for hit in s.language.get(name, ())
    )


def _unknown_governor(s, i, mood):
    """Whether an infinitive hangs on a word that the codebook does not know: "tried to ban", "the right to ban"."""
    k = mood.start - 1
    while k >= 0 and s.tags[k] in 'b"':
        k -= 1
    return k >= 0 and (s.tags[k] in "vneg" or s.words[k] == "not")


def _recommended_status(s, story, k, hit):
    """The status of what states are asked to do: that of the story where "are urged" says no more."""
    mood = mood_of(s, k, hit.form)
    if mood.passive and not mood.modal and not mood.past:
        return story.status or NOT_STATED
    return _finite(s, story, k, hit.form, mood).status or NOT_STATED


def _governs_gerund(s, k, classes, i):
    """Whether a verb takes the form in -ing as its object: "considered banning", "proposed cutting"."""
    if not classes.keys() & {"intending", "judging", "threatening", "calling", "deciding", "including"}:
        return False
    joined = s.words[i - 1] in ("and", "or", ",", "as") and tag_at(s, k + 1) == "g"
    return k >= i - 3 or joined


def _only_asks(s, deeds, k, classes, i):
    """Whether the word at `k` asks for what stands at `i` and decides nothing: "wants the council to ban"."""
    if "calling" not in classes:
        return False
    hit = classes["calling"]
    if "intending" in classes:
        to = next((j for j in range(hit.end, i) if s.tags[j] == "i"), hit.end)
        return to > hit.end or not _decides(s, k)
    return not is_sender_subject(s, k)


def _inherited(s, story, deeds, i, depth):
    """The status of the verb that the sentence's main clause turns on, else that of the document."""
    for k in range(i - 1, -1, -1):
        form = _deed_form(s, deeds, k)
        if form and depth <= LIMITS.deep:
            other = mood_of(s, k, form)
            if word_at(s, other.start - 1) in ("who", "which", "that", "where") and depth == 0:
                continue
            if other.kind == "finite" or other.modal:
                outer = _verb(s, story, deeds, k, form, depth + 1)
                return outer._replace(
                    signs=outer.signs & {"negated", "judged", "called for", "own choice", "law"}
                )
    modals = {grammar().modals.get(word) for word in s.words[:i]}
    if modals & {"would", "will"} or is_drafted(s, story, i):
        return Context("proposed")
    return Context("proposed" if story.status == "proposed" else "adopted")


def _deed_form(s, deeds, k):
    """The form of an action or of a verb that puts measures in place, at this token; "" where there is none."""
    action = deeds.verbs.get(k)
    if action and action.form in ("past", "s", "base", "ing"):
        return action.form
    for name in ("imposing", "deciding", "tightened", "expanded", "requiring", "threatening", "intending"):
        hit = s.classes.get(k, {}).get(name)
        if hit and k in s.verbs:
            return hit.form
    return ""


# --- nouns ------------------------------------------------------------------------------------------


def _is_procedure(s, action, region):
    """Whether what is blocked, halted or suspended is itself a decision, a vote or a draft: no measure then."""
    if action.is_noun or action.group not in ("prohibit", "freeze", "lift"):
        return False
    lo, hi = (
        region.parts[-1]
        if region.passive and len(region.parts) > 1 and not region.barred
        else region.parts[0]
    )
    head = next((k for k in range(lo + 1, hi) if s.tags[k] == "p"), hi)
    if not grammar().trade.isdisjoint(s.words[head:hi]):
        return False  # "suspended approvals of exports"
    return not word_set("procedures").isdisjoint(s.words[max(lo, head - 2) : head])


def _noun(s, story, deeds, action, region):
    """The context of a measure that is named by a noun: what puts it in place or ends it."""
    first, end = region.start, region.end
    signs = []
    lead = s.words[max(0, first - 1) : action.start]
    if any(word in ("no", "without", "neither", "nor") for word in lead):
        signs.append("negated")
    if _in_condition(s, action.start):
        signs.append("supposed")
    after = _said_after(s, story, deeds, end)
    if after:
        return after.plus("licensed", *signs)
    k = _lifting_before(s, deeds, first)
    licence, classes = governor_of(s, deeds, first, LICENCES)
    if k > licence:
        return (
            _verb(s, story, deeds, k, deeds.lifts[k].form)
            ._replace(governor=k, eased=True)
            .plus("licensed", *signs)
        )
    if licence < 0:
        shared = _shared_predicate(s, story, deeds, end)
        return (shared.plus("licensed") if shared else _mentioned(s, story, action)).plus(*signs)
    if _is_blocked(s, deeds, licence, first):
        return _mentioned(s, story, action).plus("blocked", *signs)
    return _licensed_by(s, story, deeds, licence, classes, first).plus(*signs)


def _mentioned(s, story, action):
    """A measure that is named and nothing done with it: it holds, unless a date or a draft says otherwise."""
    return Context("proposed" if is_drafted(s, story, action.start) else "in force").plus("mention")


def _is_blocked(s, deeds, licence, first):
    """Whether a finite verb of another kind stands between a verb and the noun that it is thought to license."""
    hit = next(iter(s.classes[licence].values()))
    for k in range(hit.end, first):
        if is_finite(s, k) and k not in s.classes and word_at(s, k - 1) not in ("which", "that", "who"):
            return True
    return False


def _licensed_by(s, story, deeds, k, classes, first):
    hit = next(iter(classes.values()))
    if "judging" in classes:
        return Context("in force", governor=k).plus("judged")
    if "deploring" in classes:
        return Context("adopted", governor=k).plus("presupposed")
    if _only_asks(s, deeds, k, classes, first):
        return Context("proposed", governor=k).plus("called for")
    if "threatening" in classes:
        return Context("threatened", governor=k).plus("licensed")
    if "imposing" in classes or "including" in classes:
        hit = classes.get("including") or classes["imposing"]
        return _put_in_place(s, story, deeds, k, hit, first)._replace(governor=k)
    if "intending" in classes:
        outer = _verb(s, story, deeds, k, hit.form)
        return Context("proposed", governor=k).plus(
            "licensed", *(outer.signs & {"negated", "judged", "supposed"})
        )
    if classes.keys() & {"tightened", "expanded", "continuing", "deciding", "requiring"}:
        return _verb(s, story, deeds, k, hit.form)._replace(governor=k).plus("licensed")
    return Context("proposed", governor=k).plus("called for")


def _put_in_place(s, story, deeds, k, hit, first):
    words = s.words[hit.start : hit.end]
    if words[0] == "there" or words[-1] in ("be", "under", "to"):
        return _existing(s, story, k, words)
    if words[0] == "including" and _lists_what_was_done(s, k):
        return Context("in force").plus("licensed")
    if words[0] in grammar().have:
        near = first - hit.end <= 1
        present = words[0] != "had" or word_at(s, k - 1) in ("has", "have")
        return Context("in force").plus("licensed" if near and present else "mention")
    if hit.value == "including":
        return Context(_listed_status(s, story, k)).plus("licensed", "listed")
    return _verb(s, story, deeds, k, hit.form).plus("licensed")


def _lists_what_was_done(s, k):
    """Whether "including" at `k` lists what a relative clause before it presupposes: "the steps that … have taken, including"."""
    that = next((j for j in range(k - 1, 0, -1) if s.words[j] == "that" and s.tags[j - 1] == "n"), k)
    return not grammar().have.isdisjoint(s.words[that:k])


def _existing(s, story, k, words):
    """The context of "there will be a ban", "is under an embargo", "subject to a freeze"."""
    book = grammar()
    before = s.words[max(0, k - 3) : k]
    if words[0] in ("under", "subject"):
        held = (
            any(w in book.be or w in ("been", "comes", "come") for w in before) or word_at(s, k - 1) == "now"
        )
        if not held:
            return Context("in force").plus("mention")
    modal = next((book.modals[w] for w in (*words, *before) if w in book.modals), "")
    if words[-1] == "under" or not modal:
        drafted = modal or is_drafted(s, story, k)
        return Context("proposed" if drafted else "in force").plus("licensed")
    settled = story.status == "adopted" and modal != "would"
    return Context("adopted" if settled else "proposed").plus("licensed")


def _listed_status(s, story, k):
    """The status of what a list of measures holds."""
    mood = mood_of(s, k, "s")
    considered = any("intending" in found for j, found in s.classes.items() if j < k)
    if is_drafted(s, story, k) or mood.modal == "would" or considered:
        return "proposed"
    if story.status == "adopted" or mood.modal == "will":
        return "adopted"
    return "in force" if has(s, "history") or mood.perfect else NOT_STATED


def _said_after(s, story, deeds, end):
    """The context that a passive or a verb of lasting gives to the noun phrase before it, or None."""
    if word_at(s, end) == ",":  # an inserted phrase: "inspections, until now voluntary, become"
        stop = min(len(s.words), end + LIMITS.aside)
        end = next((j for j in range(end + 1, stop) if s.words[j] == ","), end - 1) + 1
    end += word_at(s, end) in ("itself", "themselves")
    for k in range(end, len(s.words)):
        found = _predicate(s, story, deeds, k)
        if found:
            return found
        if s.tags[k] in ",pscw":
            break
    return None


def _predicate(s, story, deeds, k):
    action, found = deeds.lifts.get(k), s.classes.get(k, {})
    passive = mood_of(s, k, "past").passive
    reduced = tag_at(s, k - 1) in ("n", "m", ")") and tag_at(s, k) in ("e", "n")
    if action and action.form == "past" and passive:
        return _verb(s, story, deeds, k, "past")._replace(governor=k, eased=True)
    if "intending" in found and found["intending"].form == "past" and passive:
        return Context("proposed", governor=k)
    if "imposing" in found and found["imposing"].form == "past" and (passive or reduced):
        context = _verb(s, story, deeds, k, "past")._replace(governor=k)
        return (
            context if passive else context._replace(status=_reduced_status(s, story, k)).plus("participle")
        )
    if _is_in_force(s, k):
        return Context("in force", governor=k)
    if _enters(s, k):
        drafted = is_drafted(s, story, k) or word_at(s, k - 1) == "would"
        return Context("proposed" if drafted else "adopted", governor=k)
    ended = next((hit for hit in s.language.get("ending", ()) if hit.start == k), None)
    if ended:
        context = _verb(s, story, deeds, k, ended.form)
        status = "proposed" if context.status == "proposed" else "adopted"
        return context._replace(status=status, governor=k, eased=True)
    if "tightened" in found and found["tightened"].form in ("s", "base") and s.words[k].startswith("become"):
        return _verb(s, story, deeds, k, found["tightened"].form)._replace(governor=k)
    if "continuing" in found and found["continuing"].form in ("s", "base") and s.words[k] != "keep":
        before = s.words[max(0, k - 2) : k]
        modal = any(word in grammar().modals for word in before)
        if modal and story.status == "proposed" or not grammar().negations.isdisjoint(before):
            return None
        return Context("in force", governor=k)
    return None


def _reduced_status(s, story, k):
    """ "sanctions imposed last year": it holds; where the story is about a draft it is not decided."""
    return "in force" if story.status != "proposed" or is_dated(s, k) else "proposed"


def _shared_predicate(s, story, deeds, end):
    """What is said of the second of two measures and of the first: "an embargo and a ban on flights remain"."""
    joined = word_at(s, end) in ("and", "or", ",")
    if not joined and s.words[end : end + 3] != ("as", "well", "as"):
        return None
    other = next((a for a in deeds.nouns if end < a.start <= end + LIMITS.beside), None)
    if other is None:
        return None
    stop = min(len(s.words), other.end + LIMITS.far)
    verb = next((k for k in range(other.end, stop) if s.tags[k] in "xv"), 0)
    return _said_after(s, story, deeds, verb) if verb else None


def _is_in_force(s, k):
    """Whether the measure before it is said to be "in force" or "in place" at `k`."""
    before = s.words[max(0, k - 3) : k]
    held = any(hit.start == k < hit.end - 1 for hit in s.language.get("in_force", ()))
    return held and not grammar().be.isdisjoint(before) and grammar().modals.keys().isdisjoint(before)


def _enters(s, k):
    """Whether a verb at `k` says that the measure before it begins to hold."""
    return any(hit.start == k for hit in s.language.get("entering", ()))


def _lifting_before(s, deeds, first):
    joints = grammar().joints
    for k in range(first - 1, max(-1, first - LIMITS.far), -1):
        if s.words[k] in grammar().edges:
            break
        if k < first - LIMITS.near and joints.isdisjoint(s.words[k:first]):
            break
        if k in deeds.lifts:
            return k
    return -1


def span_start(s, deeds, context, action, region):
    """Where the words of a measure begin: a verb of duty, lifting or widening is taken in, an imposing one is not."""
    k = context.governor
    found = s.classes.get(k, {}) if k >= 0 else {}
    if action.is_noun:
        taken = found.keys() & {"requiring", "recommending", "expanded"} or context.eased
        return min(k, region.start) if taken and k >= 0 else region.start
    mood = mood_of(s, action.start, action.form)
    first_duty = not any(k < j < action.start for j in deeds.verbs)
    if k >= 0 and mood.kind == "inf" and "requiring" in found and k < region.start and first_duty:
        hit = found["requiring"]
        if k not in s.verbs and s.tags[k] == "n":
            return noun_start(s, k)
        duty = mood_of(s, k, hit.form)
        if duty.passive:
            first, last = subject_of(s, duty.start)
            return first if last > first else duty.start
        return k
    return region.start
