"""From a sentence to the measures in it: who must or may not do what, and whether that is only talk.

A part of `measures`. An action word of the codebook meets an object word of a type within one clause; the
verb's mood and what governs it say whether the measure is proposed, adopted, in force, threatened or lifted,
or whether somebody merely asks for it, judges it or remembers it. Capital letters are never asked.
Every search looks a bounded number of tokens around, so that the work is linear in the text.
"""

from functools import cached_property
from typing import NamedTuple

from copydesk.phrases import noun_phrase_start, tag_tokens
from copydesk.sanctions import NOT_STATED, codebook

_BE = frozenset("is are was were am be been being 'm 're remain remains remained stay stays stayed".split())
_PRESENT_BE = frozenset("is are 're am remain remains stay stays".split())
_HAVE = frozenset("has have had having 've".split())
_MODALS = {
    "will": "will", "'ll": "will", "wo": "will", "would": "would", "'d": "would", "could": "would",
    "might": "would", "must": "must", "shall": "must", "should": "should", "may": "may", "can": "may",
    "cannot": "may", "ca": "may",
}  # fmt: skip
_NEGATIONS = frozenset("not n't never no neither nor without cannot hardly nobody nothing".split())
_CLAUSE_EDGES = frozenset(
    "; : but while after because although though since which who that whereas when".split()
)
_GOVERNORS = frozenset(
    "threatening calling judging intending deciding requiring recommending imposing".split()
)
_LICENCES = _GOVERNORS | {"including", "expanded", "tightened", "continuing"}
_SORTED_LICENCES = sorted(_LICENCES)
_REACH = 28
_ACTING = frozenset("senders instruments parties drafts plans deciding".split())
_OBJECT_BEGINS = [[letter] for letter in "dnmrge"]
_NOUN_LEADS = frozenset("on of against to for from in with over".split())
_VERB_LEADS = frozenset(
    "to will would must shall should can could may might not n't and or also they we it".split()
)
_COMPOUND = frozenset(
    "export exports import imports sale sales trade supply supplies u.n. global total".split()
)
_TRADE_CATEGORIES = frozenset(["commodity", "arms"])


class Mood(NamedTuple):
    """A verb's auxiliaries: `modal` (will, would, must, may, should or ""), perfect ("", has, had), and so on."""

    modal: str
    perfect: str
    passive: bool
    kind: str  # finite, inf, ing, bare
    negated: bool
    start: int  # where the verb group begins
    past: bool
    auxiliary: str


class Frame(NamedTuple):
    """How a verb or noun is put: its status, the force it gives, or why it reports no measure."""

    status: str
    binding: str = "mandatory"
    dropped: str = ""
    governor: int = -1


class Action(NamedTuple):
    """An action word in a sentence, told apart as a verb or a noun."""

    start: int
    end: int
    group: str
    form: str
    is_noun: bool
    weak: bool
    type: str = ""  # where the word names a type by itself


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


class Clause:
    """One sentence with its hits, read for measures."""

    def __init__(self, tokens, hits, offset, document_frame):
        self.words = [token.norm for token in tokens]
        self.tokens = tokens
        self.offset = offset
        self.document_frame = document_frame
        self.hits = hits
        self.types = codebook().types
        self.book_actions = codebook().actions
        self.language = {}
        for hit in self.hits:
            if hit.kind == "language":
                self.language.setdefault(hit.value, []).append(hit)
        self.classes = self._longest_by_start()
        self._moods = {}
        self._subjects = {}

    def _longest_by_start(self):
        """Where a word stands that governs or licenses: {token: {class: its longest hit there}}."""
        found, language = {}, self.language
        for value in _SORTED_LICENCES:
            for hit in language.get(value, ()):
                found.setdefault(hit.start, []).append((hit.end, value, hit))
        for hit in language.get("judging_words", ()):
            found.setdefault(hit.start, []).append((hit.end, "judging", hit))
        classes = {}
        for start, hits in found.items():
            longest = max(hit[0] for hit in hits)
            classes[start] = {value: hit for end, value, hit in hits if end == longest}
        return classes

    @cached_property
    def tags(self):
        return tag_tokens(self.tokens)

    @cached_property
    def places(self):
        """The tokens that belong to names of states: what a measure can be aimed at."""
        return {i for hit in self.hits if hit.form == "state" for i in range(hit.start, hit.end)}

    def has(self, name, start=0, end=None):
        """The first hit of a class of language that begins in the stretch, or None."""
        end = len(self.words) if end is None else end
        return next((hit for hit in self.language.get(name, ()) if start <= hit.start < end), None)

    def number_before(self, start):
        """The index of the number that counts the noun at `start`, or None: "17 north korean individuals"."""
        for k in range(start - 1, max(-1, start - 6), -1):
            word = self.words[k]
            if self.tags[k] == "m" or word[0].isdigit() or word == "one":
                while k > 0 and self.tags[k - 1] == "m":
                    k -= 1
                return k
            if self.tags[k] not in "negbz" and word not in ("more", "other", "$", "of", "in"):
                return None
        return None

    def is_modifier(self, hit, others):
        """Whether an object word stands before another one that it describes: "oil [equipment]"."""
        return any(
            other.start == hit.end
            and other.value != hit.value
            and not self.types[other.value].general
            and self.types[other.value].category == self.types[hit.value].category
            for other in others
        )

    # --- actions ------------------------------------------------------------------------------------

    @cached_property
    def actions(self):
        """list[Action]: by start, the longest reading of each stretch."""
        found = []
        words = [hit for hit in self.hits if hit.kind in ("act", "name") or hit.value == "forbidding"]
        for hit in sorted(words, key=lambda hit: (hit.start, -hit.end)):
            if hit.kind == "name":
                action = Action(hit.start, hit.end, "", "noun", True, False, hit.value)
            elif hit.kind == "act":
                action = self._read_act(hit)
            elif hit.kind == "language" and hit.value == "forbidding":
                action = Action(hit.start, hit.end, "prohibit", "forbid", False, False)
            else:
                continue
            if action and not self._is_covered(action, found):
                found.append(action)
        return found

    @cached_property
    def _asides(self):
        """Where a longer phrase of talk begins, and its end: "stopped short of" is no stopping."""
        ends = {}
        for hit in self.language.get("judging", ()):
            ends[hit.start] = max(hit.end, ends.get(hit.start, 0))
        return ends

    @cached_property
    def _aside_starts(self):
        return {hit.start for hit in self.language.get("asides", ())}

    @cached_property
    def deeds(self):
        """The verbs among the actions, by their first token."""
        return {action.start: action for action in reversed(self.actions) if not action.is_noun}

    @staticmethod
    def _is_covered(action, found):
        """Whether a longer reading has taken the words; another group of the same words may stand beside it."""
        return any(
            other.start <= action.start < other.end
            and (other.type or other.end > action.end or other == action)
            for other in found
        )

    def _read_act(self, hit):
        if self._asides.get(hit.start, 0) > hit.end or hit.start in self._aside_starts:
            return None
        if hit.form == "permit":
            if not self._negated_before(hit.start):
                return None
            return Action(hit.start, hit.end, hit.value, "permit", False, False)
        if hit.form == "noun" and not self._is_verb_too(hit):
            return Action(hit.start, hit.end, hit.value, hit.form, True, hit.weak)
        noun_like = self._is_noun(hit)
        if (hit.form == "noun") != noun_like and hit.form in ("noun", "base", "s"):
            return None
        if hit.form in ("past", "ing") and self._is_adjective(hit):
            return None
        if hit.form == "ing" and self.words[hit.end : hit.end + 1] == ["of"]:
            return Action(hit.start, hit.end, hit.value, "noun", True, hit.weak)
        return Action(hit.start, hit.end, hit.value, hit.form, hit.form == "noun", hit.weak)

    def _is_verb_too(self, hit):
        return any(
            other.start == hit.start and other.kind == "act" and other.form in ("base", "s")
            for other in self.hits
        )

    def _negated_before(self, i):
        return any(word in _NEGATIONS for word in self.words[max(0, i - 3) : i])

    def _is_noun(self, hit):
        """Whether a word that may be a verb or a noun (ban, bans, freeze, limit) is a noun here."""
        i, words, tags = hit.start, self.words, self.tags
        before = words[i - 1] if i else ""
        after = words[hit.end] if hit.end < len(words) else ""
        letter = tags[i - 1] if i else ""
        if hit.form in ("past", "ing"):
            return False
        if before in _VERB_LEADS and not (before in ("and", "or") and after in ("on", "of", "against")):
            return before in ("and", "or") and tags[hit.end : hit.end + 1] not in _OBJECT_BEGINS
        if letter == "x" or letter == "b" and before not in ("first",):
            return False
        if any(other.start == hit.end for other in self.language.get("registers", ())):
            return True
        if letter and letter in "dzmp":
            return True
        if after in ("on", "of", "against", ",", ".", "and", "or", "for", "to", ")", "with", "that", "in"):
            return True
        following = tags[hit.end] if hit.end < len(words) else ""
        if following and following in "xvwp":
            return True
        plural_subject = before.endswith("s") and not before.endswith("ss")
        is_s_form = words[i].endswith("s")
        if is_s_form:
            names_actor = any(
                other.end == i and (other.kind == "place" or other.value in _ACTING) for other in self.hits
            )
            acts = names_actor or letter in ("r", "w", "b") or letter == "n" and following == "d"
            return not (acts and following and following in "dnmegr")
        return not plural_subject and not (letter in ("r", "w"))

    def _is_adjective(self, hit):
        """Whether a participle only describes the noun after it: "a banned test", "the sanctioned firm"."""
        i, words, tags = hit.start, self.words, self.tags
        after = tags[hit.end] if hit.end < len(words) else ""
        if not after or after not in "ng" or hit.form != "past":
            return False
        before = words[i - 1] if i else ""
        letter = tags[i - 1] if i else "^"
        if before in _BE or before in _HAVE or letter == "b":
            return False
        return letter in "dpzsem^" or any(
            other.start == i - 1 and other.value == "dealings" for other in self.language.get("dealings", ())
        )

    # --- verbs --------------------------------------------------------------------------------------

    def mood(self, i, form):
        """The `Mood` of the verb at `i`; remembered, since several rules ask."""
        found = self._moods.get((i, form))
        if found is None:
            found = self._moods[i, form] = self._read_mood(i, form)
        return found

    def _read_mood(self, i, form):
        words, tags = self.words, self.tags
        modal, perfect, passive, negated, to, aux = "", "", False, False, False, ""
        k, steps = i - 1, 0
        while k >= 0 and steps < 8:
            word = words[k]
            if word in _MODALS and not modal:
                modal = _MODALS[word]
            elif word in _BE:
                passive = passive or form in ("past", "permit")
                aux = aux or word
            elif word in _HAVE:
                perfect = "had" if word == "had" else "has"
            elif word == "to" and not to and form in ("base", "past", "permit"):
                to = True
                if form == "base" or passive or perfect:
                    k -= 1
                    break
            elif (
                word in _NEGATIONS
                or word in ("longer", "more")
                and k
                and words[k - 1] == "no"
                or word == "no"
                and words[k + 1] in ("longer", "more")
            ):
                negated = True
            elif word == ",":
                inner = self._parenthesis(k)
                if inner < 0:
                    break
                k = inner
            elif tags[k] != "b":
                break
            k -= 1
            steps += 1
        start = k + 1
        while start < i and (words[start] == "," or tags[start] == "b" and words[start] not in _NEGATIONS):
            start += 1
        if to:
            kind = "inf"
        elif form == "ing":
            kind = "finite" if aux or perfect else "ing"
        elif form == "base" and not modal and k >= 0 and words[k] in ("do", "does", "did"):
            kind = "finite"
        elif form == "base" and not modal and not self._has_subject(start):
            kind = "bare"
        else:
            kind = "finite"
        past = form == "past" and not passive or aux in ("was", "were") or (k >= 0 and words[k] == "did")
        return Mood(modal, perfect, passive, kind, negated, start, past, aux)

    def _parenthesis(self, comma):
        """The index of the comma that opens a short negated aside closed at `comma`, or -1."""
        for k in range(comma - 1, max(-1, comma - 7), -1):
            if self.words[k] == ",":
                return k if "not" in self.words[k:comma] or "rather" in self.words[k:comma] else -1
        return -1

    def _has_subject(self, start):
        if start and self.words[start - 1] == ",":
            comma = self._closes_apposition(start - 1)
            return bool(comma) and self.tags[comma + 1] in "wep"
        return start > 0 and self.tags[start - 1] in "nrmw)" and self.words[start - 1] not in ("and", "or")

    def subject(self, start):
        """(start, end) of the noun phrase before the verb group that begins at `start`; empty if none."""
        found = self._subjects.get(start)
        if found is None:
            found = self._subjects[start] = self._read_subject(start)
        return found

    def _read_subject(self, start):
        end = start
        while end > 0 and (self.words[end - 1] in (",", '"') or self.tags[end - 1] in "b"):
            end -= 1
        if end and self.words[end - 1] in ("which", "who", "that"):
            end -= 1
            while end > 0 and self.words[end - 1] == ",":
                end -= 1
        if end < start and end and self.words[end : end + 1] == [","] and self._closes_apposition(end):
            end = self._closes_apposition(end)
        if end <= 0:
            return start, start
        first = noun_phrase_start(self.tokens, self.tags, end - 1, 0)
        first = self._into_participles(first)
        that = next((k for k in range(end - 1, first - 1, -1) if self.words[k] == "that"), -1)
        return max(first, that + 1), end

    def bearer(self, start):
        """The subject of a verb group, or of the verb that it is coordinated with."""
        first, end = self.subject(start)
        if first < end or not start or self.words[start - 1] not in ("and", "or"):
            return first, end
        for action in reversed(self.actions):
            if action.start < start and not action.is_noun:
                mood = self.mood(action.start, action.form)
                if mood.kind == "finite":
                    return self.subject(mood.start)
        return first, end

    def _into_participles(self, first):
        """Take in what a participle hangs on: "ships [owned by a firm]"."""
        k = first - 1
        if k > 0 and self.tags[k] == "p" and self.tags[k - 1] == "e":
            k -= 1
        if k > 0 and self.tags[k] == "e" and self.tags[k - 1] in "nm":
            return noun_phrase_start(self.tokens, self.tags, k - 1, 0)
        return first

    def _closes_apposition(self, comma):
        """ "The draft, seen by an agency, would": the end of the phrase before the first comma, or 0."""
        for k in range(comma - 1, max(0, comma - 24), -1):
            if self.words[k] == ",":
                return k
        return 0

    def governor(self, i, classes=_GOVERNORS):
        """The nearest word to the left that governs what stands at `i`: (index, {class: hit}) or (-1, {})."""
        skipped = {
            k for hit in self.language.get("recommended_before", ()) for k in range(hit.start, hit.end)
        }
        for k in range(i - 1, max(-1, i - _REACH), -1):
            if self.words[k] in _CLAUSE_EDGES and not (self.words[k] == "that" and k >= i - 12):
                break
            found = self.classes.get(k)
            if found and k not in skipped:
                found = {name: hit for name, hit in found.items() if name in classes and hit.end <= i}
                if found and not self._is_noun_use(k, found):
                    return k, found
        return -1, {}

    def _is_noun_use(self, k, found):
        """Whether a verb-like word is a noun here (a plan, the back), which governs nothing by itself."""
        hit = next(iter(found.values()))
        if (
            self.words[hit.end : hit.end + 1] == ["of"]
            and hit.end == hit.start + 1
            and "judging" not in found
        ):
            return True
        after = self.words[hit.end : hit.end + 1]
        if after == ["to"] and self.tags[hit.end] == "i" or after == ["for"] and "requiring" in found:
            return False
        if hit.form not in ("base", "s") or "including" in found or not k:
            return False
        before = self.words[k - 1]
        compound = hit.form == "base" and self.tags[k - 1] == "n" and before[-1] != "s" and "judging" in found
        return self.tags[k - 1] in "dz" or before in ("of", "on") or compound

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
        first, _ = self.subject(mood.start)
        relative = self.words[max(0, mood.start - 1)] in ("which", "who", "that")
        k, classes = (-1, {}) if relative else self._complement_of(first)
        if "judging" in classes or ("calling" in classes and not self._is_sender_subject(k)):
            return Frame("", dropped="talk")
        if "threatening" in classes:
            return Frame("threatened", governor=k)
        if "intending" in classes and self.words[k] not in ("expects", "expect", "expected"):
            return Frame("proposed", governor=k)
        status = self._status(i, mood, form)
        return Frame(status, dropped="" if status else "past")

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
            found = {n: h for n, h in self.classes.get(j, {}).items() if n in _GOVERNORS and h.end <= first}
            if found:
                return j, found
        return -1, {}

    def _status(self, i, mood, form):
        """The status that the auxiliaries and the document give, "" for what is past and gone."""
        drafted = self.is_drafted(i)
        if mood.passive and not mood.modal and not mood.perfect and mood.auxiliary in _PRESENT_BE:
            return "proposed" if self.has("drafts", 0, i) else "in force"
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
        return any(
            word in ("said", "announced", "says", "reported")
            for word in self.words[max(0, first - 5) : first]
        )

    def _is_history(self, i):
        """Whether the sentence dates the deed to another year."""
        if self.has("history"):
            return True
        if "since" in self.words:
            return False
        for k, word in enumerate(self.words):
            if word.isdigit() and len(word) == 4 and word[:2] in ("19", "20") and k:
                lead = k - 2 if self.tags[k - 1] == "t" or self.words[k - 1] in ("early", "late") else k - 1
                if lead >= 0 and self.words[lead] in ("in", "of", "from"):
                    return True
        return False

    def _is_sender_subject(self, k):
        """Whether the one who asks is an instrument or a body that binds by asking."""
        if k < 0:
            return False
        mood = self.mood(k, self._form_at(k))
        if mood.passive:
            return "by" not in self.words[k : k + 4]
        first, end = self.subject(mood.start)
        if first == end:
            first, end = self._first_subject(k)
        if end - first == 1 and self.words[first] == "it":
            return True
        return any(
            first <= hit.start < end and (hit.value == "instruments" or self.words[hit.end - 1] == "council")
            for name in ("instruments", "senders")
            for hit in self.language.get(name, ())
        )

    def _first_subject(self, k):
        """The subject of the first verb of a coordination: "it imposes … and calls on …"."""
        for j in range(1, k):
            if self.tags[j] in "vx" or self._verb_at(j):
                return self.subject(j)
        return 0, 0

    def _form_at(self, k):
        return next(iter(self.classes[k].values())).form

    def _dependent(self, i, form, mood, depth):
        """An infinitive, a participle or a coordinated verb: it has its status from elsewhere."""
        k, classes = self.governor(i)
        if mood.kind == "ing" and k >= 0 and not self._governs_gerund(k, classes, i):
            if "judging" in classes and k >= i - 3 or self._negated_before(i):
                return Frame("", dropped="talk")
            classes = {}
        if not classes or depth > 4:
            return self._inherited(i, mood, depth)
        hit = next(iter(classes.values()))
        if "judging" in classes:
            return Frame("", dropped="talk")
        if "threatening" in classes:
            return Frame("threatened", governor=k)
        if "recommending" in classes and self._is_sender_subject(k):
            return Frame(self._recommended_status(k, hit), "recommended", governor=k)
        if "requiring" in classes or "imposing" in classes or "deciding" in classes:
            if hit.form in ("noun",) or self.tags[k] == "n" and hit.form == "base":
                return self._inherited(k, mood, depth + 1)._replace(governor=k)
            return self.frame(k, hit.form, depth + 1)._replace(governor=k)
        if "intending" in classes:
            return Frame("proposed", governor=k)
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
                if other.kind == "finite" or other.modal:
                    frame = self.frame(k, hit.form, depth + 1)
                    return frame._replace(binding="mandatory" if frame.dropped else frame.binding)
        modals = {_MODALS.get(word) for word in self.words[:i]}
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
        licence, classes = self.governor(first, _LICENCES)
        if k > licence:
            return self.frame(k, self._action_at(k).form), k, True
        if licence < 0:
            return Frame("", dropped="mention"), -1, False
        hit = next(iter(classes.values()))
        if "judging" in classes:
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
                w in _BE or w in ("been", "comes") for w in self.words[max(0, k - 2) : k]
            ):
                return Frame("", dropped="mention")
            modal = next((_MODALS[w] for w in words if w in _MODALS), "")
            if not modal:
                modal = next((_MODALS[w] for w in self.words[max(0, k - 3) : k] if w in _MODALS), "")
            if words[-1] == "under":
                return Frame("proposed" if modal else "in force")
            if modal:
                return Frame(
                    "proposed" if self.document_frame != "adopted" or modal == "would" else "adopted"
                )
            return Frame("proposed" if self.is_drafted(k) else "in force")
        if words[0] in _HAVE:
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
                modal = {_MODALS.get(word) for word in self.words[max(0, k - 2) : k]}
                negated = any(word in _NEGATIONS for word in self.words[max(0, k - 2) : k])
                if modal - {None} and self.document_frame == "proposed" or negated:
                    return None
                return Frame("in force"), k, False
        return None

    def _lifting_before(self, first):
        for k in range(first - 1, max(-1, first - 8), -1):
            if self.words[k] in _CLAUSE_EDGES:
                break
            action = self._action_at(k)
            if action and action.group == "lift" and not action.is_noun:
                return k
        return -1

    def _action_at(self, k):
        here = [action for action in self.actions if action.start == k]
        return next((action for action in here if action.group == "lift"), here[0] if here else None)
