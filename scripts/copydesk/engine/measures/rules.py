"""From a sentence to the measures in it: who must or may not do what, and whether that is only talk.

A part of `measures`. An action word of the codebook meets an object word of a type within one clause; the
verb's mood and what governs it say whether the measure is proposed, adopted, in force, threatened or lifted,
or whether somebody merely asks for it, judges it or remembers it. Capital letters are never asked.
Every search looks a bounded number of tokens around, so that the work is linear in the text.
"""

from typing import NamedTuple

from copydesk.engine.measures.clauses import (
    BE,
    CLAUSE_EDGES,
    GOVERNORS,
    HAVE,
    JOINTS,
    LICENCES,
    MODALS,
    NEGATIONS,
    PRESENT_BE,
    SAID,
    Action,
    Clause,
    Mood,
)
from copydesk.engine.measures.sanctions import NOT_STATED

_POINTING_BACK = frozenset("them these those their".split())


class Frame(NamedTuple):
    """How a verb or noun is put: its status, the force it gives, or why it reports no measure."""

    status: str
    binding: str = "mandatory"
    dropped: str = ""
    governor: int = -1


class Finding(NamedTuple):
    """A measure before its fields are read: token indices are the sentence's own."""

    type: str
    action: Action
    start: int
    end: int
    object: tuple
    mood: Mood | None
    frame: Frame
    licence: int
    eased: bool
    umbrella: bool = False


class Report(Clause):
    """A sentence with what it reports of measures: as proposed, adopted, in force, threatened, lifted, or as talk."""

    def frame(self, i, form, depth=0):
        """The `Frame` of the verb at `i`: its status by its mood, by what governs it and by the document."""
        mood = self.mood(i, form)
        if mood.negated and form not in ("permit", "forbid"):
            return Frame("", dropped="negated")
        if self.has("rejections", i):
            return Frame("", dropped="talk")
        if self._in_condition(i):
            return Frame("", dropped="condition")
        if mood.kind == "finite":
            return self._finite(i, form, mood)
        return self._dependent(i, form, mood, depth)

    def _in_condition(self, i):
        """Whether the token stands in an if-clause: what is supposed there is not reported."""
        for hit in self.language.get("conditions", ()):
            if hit.start < i and self.words[hit.start] in ("if", "unless"):
                comma = next(
                    (k for k in range(hit.end, len(self.words)) if self.words[k] == ","), len(self.words)
                )
                if i < comma:
                    return True
        return False

    def _finite(self, i, form, mood):
        first, last = self.subject(mood.start)
        agent = (i + 1, i + 5) if mood.passive and "by" in self.words[i + 1 : i + 3] else (first, last)
        if self.names("courts", *agent):
            return Frame("", dropped="law")
        relative = self.words[max(0, mood.start - 1)] in ("which", "who", "that")
        k, classes = (-1, {}) if relative else self._complement_of(first)
        if "judging" in classes or ("calling" in classes and not self._is_sender_subject(k)):
            return Frame("", dropped="talk")
        if "threatening" in classes:
            return Frame("threatened", governor=k)
        if "intending" in classes and self.words[k] not in ("expects", "expect", "expected"):
            return Frame("proposed", governor=k)
        if mood.modal in ("must", "should") and self._is_call(mood):
            return Frame("", dropped="talk")
        status = self._status(i, mood, form)
        if status == "proposed" and mood.modal == "will" and self._is_warned(i):
            status = "threatened"
        binding = "recommended" if mood.modal == "should" else "mandatory"
        return Frame(status, binding, dropped="" if status else "past")

    def _is_call(self, mood):
        """Whether "must" or "should" is what somebody says others ought to do, and no rule that binds them."""
        if any(hit.start not in self.deeds for hit in self.language.get("instruments", ())):
            return False
        first, end = self.subject(mood.start)
        told = not SAID.isdisjoint(self.words)
        on_a_state = any(k in self.places for k in range(first, end))
        return mood.modal == "should" or told and (on_a_state or not self.has("senders"))

    def _is_warned(self, i):
        """Whether what will be done is held out as a consequence: "if …", "…, the minister warned"."""
        if self.is_drafted(i):
            return False
        hit = self.has("conditions")
        hangs = bool(hit) and self.words[hit.start] in ("if", "unless")
        return hangs or any(
            hit.start > i and hit.form == "past" for hit in self.language.get("threatening", ())
        )

    def _complement_of(self, first):
        """The governor whose that-clause begins at `first`, if there is one."""
        k = first - 1
        while k >= 0 and self.words[k] in ("that", "whether", ",", "if"):
            if self.words[k] == "whether":
                return k, {"judging": None}
            k -= 1
        if k < 0:
            return -1, {}
        for j in range(k, max(-1, k - 4), -1):
            found = {n: h for n, h in self.classes.get(j, {}).items() if n in GOVERNORS and h.end <= first}
            if found:
                return j, found
        return -1, {}

    def _status(self, i, mood, form):
        """The status that the auxiliaries and the document give, "" for what is past and gone."""
        if (
            mood.auxiliary == "be" and not mood.modal
        ):  # "will be fined and be barred"; "directed that it be barred"
            shared = next((MODALS[w] for w in reversed(self.words[: mood.start]) if w in MODALS), "")
            mood = mood._replace(modal=shared)
        drafted = self.is_drafted(i)
        if mood.passive and not mood.modal and not mood.perfect and mood.auxiliary in PRESENT_BE:
            if self.has("drafts", 0, i):
                return "proposed"
            return "adopted" if self.is_about_those_struck() and not self.has("in_force") else "in force"
        if mood.modal == "would":
            if mood.perfect:
                return ""
            return "proposed" if drafted or not self._unless() else "threatened"
        if mood.modal == "will":
            settled = mood.passive or self._by_instrument(mood)
            return "adopted" if self.document_frame == "adopted" and not drafted and settled else "proposed"
        if drafted and not mood.past:
            return "proposed"
        if mood.modal in ("must", "may") or form == "forbid":
            if self.has("in_force") or self.document_frame != "adopted":
                return (
                    "proposed"
                    if self.document_frame == "proposed" and not self.has("in_force")
                    else "in force"
                )
            return "adopted"
        if mood.perfect == "had":
            return "adopted" if self._is_reported(mood) and not self._is_history(i) else ""
        if mood.perfect == "has":
            lasting = mood.passive and (self.has("in_force") or "since" in self.words)
            return "in force" if lasting or "already" in self.words[mood.start : i] else "adopted"
        if mood.past:
            return "" if self._is_history(i) else "adopted"
        if self.has("in_force", 0, i):
            return "in force"
        return {"proposed": "proposed"}.get(self.document_frame, "adopted")

    def is_about_those_struck(self):
        """Whether a sentence points back to those whom the news has just struck: "their assets are frozen"."""
        return self.document_frame == "adopted" and not _POINTING_BACK.isdisjoint(self.words)

    def is_drafted(self, i):
        """Whether a draft, a bill or a plan is spoken of before the token, or the story is about one."""
        if self.document_frame == "proposed" or self.has("drafts", 0, i) or self.has("plans", 0, i):
            return True
        return any(
            self.words[k] in ("under", "to")
            for hit in self.language.get("drafts", ())
            for k in range(hit.start - 2, hit.start)
        )

    def _unless(self):
        hit = self.has("conditions")
        return bool(hit) and self.words[hit.start] in ("if", "unless", "until")

    def _by_instrument(self, mood):
        first, end = self.subject(mood.start)
        return any(first <= hit.start < end for hit in self.language.get("instruments", ()))

    def _is_reported(self, mood):
        first, _ = self.subject(mood.start)
        return any(word in SAID for word in self.words[max(0, first - 5) : first])

    def _is_history(self, i):
        """Whether the sentence dates the deed at `i` to another year, and not something else that it names."""
        if "since" in self.words:
            return False
        if any(self._dates(hit.start, hit.end, i) for hit in self.language.get("history", ())):
            return True
        for k, word in enumerate(self.words):
            if word.isdigit() and len(word) == 4 and word[:2] in ("19", "20") and k:
                lead = k - 2 if self.tags[k - 1] == "t" or self.words[k - 1] in ("early", "late") else k - 1
                if lead >= 0 and self.words[lead] in ("in", "of", "from") and self._dates(lead, k + 1, i):
                    return True
        return False

    def _dates(self, start, end, i):
        """Whether a date says when the deed at `i` was done: not "over last year's coup", "after a vote in 2020"."""
        if self.words[end : end + 1] == ["'s"]:
            return False
        lo = next((k + 1 for k in range(start - 1, -1, -1) if self.words[k] in (",", ";")), 0)
        return not self.names("causes", *((i, start) if start > i else (lo, start)))

    def _is_sender_subject(self, k):
        """Whether the one who asks is an instrument or a body that binds by asking."""
        if k < 0:
            return False
        mood = self.mood(k, self._form_at(k))
        if mood.passive:
            return "by" not in self.words[k : k + 4]
        first, end = self.subject(mood.start)
        if first == end:
            first, end = self.first_subject(k)
        if end - first == 1 and self.words[first] == "it":
            return True
        return any(
            first <= hit.start < end and (hit.value == "instruments" or self.words[hit.end - 1] == "council")
            for name in ("instruments", "senders")
            for hit in self.language.get(name, ())
        )

    def first_subject(self, k):
        """The subject of the first verb of a coordination: "it imposes … and calls on …"."""
        for j in range(1, k):
            calls = self.classes.get(j, {}).keys() & {"calling", "recommending"} and self.tags[j] == "n"
            if self.tags[j] in "vx" or calls or self._verb_at(j):
                return self.subject(j)
        return 0, 0

    def _decides(self, k):
        """Whether those who want something could decide on it: a state, a body, an instrument, "it"."""
        first, end = self.subject(self.mood(k, self._form_at(k)).start)
        if first == end:
            first, end = self.first_subject(k)
        if end - first == 1 and self.tags[first] == "r":
            return True
        return any(
            first <= hit.start < end
            for hit in self.hits
            if hit.kind == "place" or hit.value in ("senders", "instruments")
        )

    def _only_asks(self, k, classes, i):
        """Whether the word at `k` asks for what stands at `i` and decides nothing: "wants the council to ban"."""
        if "calling" not in classes:
            return False
        hit = classes["calling"]
        if "intending" in classes:
            to = next((j for j in range(hit.end, i) if self.tags[j] == "i"), hit.end)
            return to > hit.end or not self._decides(k)
        return "imposing" in classes and not self._is_sender_subject(k)

    def _form_at(self, k):
        return next(iter(self.classes[k].values())).form

    def _dependent(self, i, form, mood, depth):
        """An infinitive, a participle or a coordinated verb: it has its status from elsewhere."""
        if mood.kind == "inf" and self.words[max(0, mood.start - 1)] in ("is", "are", "'s", "'re"):
            return Frame("proposed")  # "is to ban"
        k, classes = self.governor(i)
        if mood.kind == "ing" and k >= 0 and not self._governs_gerund(k, classes, i):
            if "judging" in classes and k >= i - 3 or self._negated_before(i):
                return Frame("", dropped="talk")
            classes = {}
        if not classes or depth > 4:
            return self._inherited(i, mood, depth)
        hit = next(iter(classes.values()))
        if "judging" in classes or self._only_asks(k, classes, i):
            return Frame("", dropped="talk")
        if "threatening" in classes:
            return Frame("threatened", governor=k)
        if "recommending" in classes and self._is_sender_subject(k):
            return Frame(self._recommended_status(k, hit), "recommended", governor=k)
        if "requiring" in classes and hit.end - hit.start > 2 and not self._decides(k):
            return Frame("", dropped="talk")  # "activists told the council to"
        if "requiring" in classes or "imposing" in classes or "deciding" in classes:
            if hit.form in ("noun",) or self.tags[k] == "n" and hit.form == "base":
                return self._inherited(k, mood, depth + 1)._replace(governor=k)
            return self.frame(k, hit.form, depth + 1)._replace(governor=k)
        if "intending" in classes:
            return Frame("threatened" if self._is_warned(i) else "proposed", governor=k)
        return Frame("", dropped="talk")

    def _recommended_status(self, k, hit):
        """The status of what states are asked to do: that of the story where "are urged" says no more."""
        mood = self.mood(k, hit.form)
        if mood.passive and not mood.modal and not mood.past:
            return self.document_frame or NOT_STATED
        return self._finite(k, hit.form, mood).status or NOT_STATED

    def _governs_gerund(self, k, classes, i):
        """Whether a verb takes the form in -ing as its object: "considered banning", "proposed cutting"."""
        if not classes.keys() & {"intending", "judging", "threatening", "calling", "deciding"}:
            return False
        joined = self.words[i - 1] in ("and", "or", ",", "as") and self.tags[k + 1 : k + 2] == ["g"]
        return k >= i - 2 or joined

    def _inherited(self, i, mood, depth):
        """The status of the verb that the sentence's main clause turns on, else that of the document."""
        for k in range(i - 1, -1, -1):
            hit = self._verb_at(k)
            if hit and depth <= 4:
                other = self.mood(k, hit.form)
                bare = hit.form == "past" and not (other.passive or other.perfect)
                if bare and self.is_reduced(k, hit.end):
                    continue
                if other.kind == "finite" or other.modal:
                    frame = self.frame(k, hit.form, depth + 1)
                    return frame._replace(binding="mandatory" if frame.dropped else frame.binding)
        modals = {MODALS.get(word) for word in self.words[:i]}
        if "would" in modals or "will" in modals or self.is_drafted(i):
            return Frame("proposed")
        return Frame("adopted" if self.document_frame != "proposed" else "proposed")

    def _verb_at(self, k):
        """The hit of an action or of a verb that puts measures in place, at this token."""
        action = self.deeds.get(k)
        if action and action.form in ("past", "s", "base", "ing"):
            return action
        found = self.classes.get(k, {})
        for name in (
            "imposing",
            "deciding",
            "tightened",
            "expanded",
            "requiring",
            "threatening",
            "intending",
        ):
            if name in found and found[name].form in ("past", "s", "base", "ing"):
                if self.tags[k - 1] in "dz" if k else False:
                    continue
                return found[name]
        return None

    # --- nouns --------------------------------------------------------------------------------------

    def noun_frame(self, action, first, end):
        """(Frame, licence, eased) of a measure that is named by a noun: what puts it in place or ends it."""
        if any(word in ("no", "without", "neither") for word in self.words[max(0, first - 1) : action.start]):
            return Frame("", dropped="negated"), -1, False
        after = self._said_after(end)
        if after:
            return after
        k = self._lifting_before(first)
        licence, classes = self.governor(first, LICENCES)
        if k > licence:
            return self.frame(k, self._action_at(k).form), k, True
        if licence < 0:
            return self._shared_predicate(end) or (Frame("", dropped="mention"), -1, False)
        hit = next(iter(classes.values()))
        if "judging" in classes or self._only_asks(licence, classes, first):
            return Frame("", dropped="talk"), licence, False
        if "threatening" in classes:
            return Frame("threatened"), licence, False
        if "imposing" in classes or "including" in classes:
            hit = classes.get("imposing") or classes["including"]
            return self._licensed(licence, hit, first), licence, False
        if "intending" in classes:
            frame = self.frame(licence, hit.form)
            if frame.dropped in ("talk", "negated", "condition"):
                return frame, licence, False
            return Frame("proposed"), licence, False
        if "recommending" in classes and self._is_sender_subject(licence):
            frame = self.frame(licence, hit.form)
            return (
                frame._replace(status=frame.status or NOT_STATED, binding="recommended", dropped=""),
                licence,
                False,
            )
        if (
            "tightened" in classes
            or "expanded" in classes
            or "continuing" in classes
            or "deciding" in classes
            or "requiring" in classes
        ):
            return self.frame(licence, hit.form), licence, False
        return Frame("", dropped="talk"), licence, False

    def _licensed(self, k, hit, first):
        words = self.words[hit.start : hit.end]
        if words[0] == "there" or words[-1] in ("be", "under", "to"):
            if words[0] in ("under", "subject") and not any(
                w in BE or w in ("been", "comes") for w in self.words[max(0, k - 2) : k]
            ):
                return Frame("", dropped="mention")
            modal = next((MODALS[w] for w in words if w in MODALS), "")
            if not modal:
                modal = next((MODALS[w] for w in self.words[max(0, k - 3) : k] if w in MODALS), "")
            if words[-1] == "under":
                return Frame("proposed" if modal else "in force")
            if modal:
                return Frame(
                    "proposed" if self.document_frame != "adopted" or modal == "would" else "adopted"
                )
            return Frame("proposed" if self.is_drafted(k) else "in force")
        if words[0] in HAVE:
            near = first - hit.end <= 1
            present = words[0] != "had" or self.words[k - 1] in ("has", "have")
            return Frame("in force") if near and present else Frame("", dropped="mention")
        if hit.value == "including":
            return Frame(self._listed_status(k))
        if hit.form == "noun":
            return Frame("", dropped="mention")
        return self.frame(k, hit.form)

    def _listed_status(self, k):
        """The status of what a list of measures holds."""
        if self.is_drafted(k):
            return "proposed"
        mood = self.mood(k, "s")
        if mood.modal == "would":
            return "proposed"
        return "adopted" if self.document_frame == "adopted" else "not stated"

    def _said_after(self, end):
        """The frame that a passive or a verb of lasting gives to the noun phrase before it, or None."""
        if self.words[end : end + 1] == [
            ","
        ]:  # an inserted phrase: "inspections, until now voluntary, become"
            end = next(
                (j for j in range(end + 1, min(len(self.words), end + 8)) if self.words[j] == ","), end
            )
        for k in range(end, min(len(self.words), end + 5)):
            action = self._action_at(k)
            if action and action.group == "lift" and action.form == "past" and self.mood(k, "past").passive:
                return self.frame(k, "past"), k, True
            found = self.classes.get(k, {})
            if "intending" in found and found["intending"].form == "past" and self.mood(k, "past").passive:
                return Frame("proposed"), k, False
            if "imposing" in found and found["imposing"].form == "past" and self.mood(k, "past").passive:
                return self.frame(k, "past"), k, False
            if self._is_in_force(k):
                return Frame("in force"), k, False
            if self._enters(k):
                drafted = self.is_drafted(k) or MODALS.get(self.words[k - 1]) == "would"
                return Frame("proposed" if drafted else "adopted"), k, False
            if any(hit.start == k and hit.form == "past" for hit in self.language.get("ending", ())):
                frame = self.frame(k, "past")
                return frame._replace(status="adopted"), k, True
            if (
                "tightened" in found
                and found["tightened"].form in ("s", "base")
                and self.words[k].startswith("become")
            ):
                return self.frame(k, found["tightened"].form), k, False
            if (
                "continuing" in found
                and found["continuing"].form in ("s", "base")
                and self.words[k] != "keep"
            ):
                modal = {MODALS.get(word) for word in self.words[max(0, k - 2) : k]}
                negated = any(word in NEGATIONS for word in self.words[max(0, k - 2) : k])
                if modal - {None} and self.document_frame == "proposed" or negated:
                    return None
                return Frame("in force"), k, False
        return None

    def _shared_predicate(self, end):
        """What is said of the second of two measures and of the first: "an embargo and a ban on flights remain"."""
        joined = self.words[end : end + 1] in (["and"], ["or"], [","])
        if not joined and self.words[end : end + 3] != ["as", "well", "as"]:
            return None
        other = next((a for a in self.actions if a.is_noun and end < a.start <= end + 4), None)
        if other is None:
            return None
        verb = next(
            (k for k in range(other.end, min(len(self.words), other.end + 16)) if self.tags[k] in "xv"), 0
        )
        return self._said_after(verb) if verb else None

    def _is_in_force(self, k):
        """Whether the measure before it is said to be "in force" or "in place" at `k`."""
        before = self.words[max(0, k - 3) : k]
        held = any(hit.start == k < hit.end - 1 for hit in self.language.get("in_force", ()))
        return held and not BE.isdisjoint(before) and MODALS.keys().isdisjoint(before)

    def _enters(self, k):
        """Whether a verb at `k` says that the measure before it begins to hold."""
        return any(hit.start == k for hit in self.language.get("entering", ()))

    def _lifting_before(self, first):
        for k in range(first - 1, max(-1, first - 16), -1):
            if self.words[k] in CLAUSE_EDGES:
                break
            if k < first - 7 and JOINTS.isdisjoint(self.words[k:first]):
                break
            action = self._action_at(k)
            if action and action.group == "lift" and not action.is_noun:
                return k
        return -1

    def _action_at(self, k):
        here = [action for action in self.actions if action.start == k]
        return next((action for action in here if action.group == "lift"), here[0] if here else None)
