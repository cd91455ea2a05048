"""A sentence as the rules for measures read it: its actions, verb groups, subjects and governors.

A part of `measures`. Capital letters are never asked. Every search looks a bounded number of tokens around.
"""

from functools import cached_property
from typing import NamedTuple

from copydesk.engine.language.phrases import noun_phrase_start
from copydesk.engine.language.tags import tag_tokens
from copydesk.engine.measures.sanctions import codebook, word_set

BE = frozenset("is are was were am be been being 'm 're remain remains remained stay stays stayed".split())
PRESENT_BE = frozenset("is are 're am remain remains stay stays".split())
HAVE = frozenset("has have had having 've".split())
JOINTS = frozenset([",", "and", "or", "as"])
CAUSATIVES = HAVE | frozenset("see sees saw".split())
MODALS = {
    "will": "will", "'ll": "will", "wo": "will", "would": "would", "'d": "would", "could": "would",
    "might": "would", "must": "must", "shall": "must", "should": "should", "may": "may", "can": "may",
    "cannot": "may", "ca": "may",
}  # fmt: skip
NEGATIONS = frozenset("not n't never no neither nor without cannot hardly nobody nothing".split())
CLAUSE_EDGES = frozenset(
    "; : but while after because although though since which who that whereas when".split()
)
GOVERNORS = frozenset(
    "threatening calling judging intending deciding requiring recommending imposing".split()
)
LICENCES = GOVERNORS | {"including", "expanded", "tightened", "continuing"}
_IN_ORDER = sorted(LICENCES)
_REACH = 28
_ACTING = frozenset("senders instruments parties drafts plans deciding".split())
SAID = frozenset("said says saying announced told reported confirmed added".split())
_POINTING = frozenset("this that these those last next each every all".split())
_OBJECT_BEGINS = [[letter] for letter in "dnmrge"]
_VERB_LEADS = frozenset(
    "to will would must shall should can could may might not n't and or also they we it".split()
)


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


class Action(NamedTuple):
    """An action word in a sentence, told apart as a verb or a noun."""

    start: int
    end: int
    group: str
    form: str
    is_noun: bool
    weak: bool
    type: str = ""  # where the word names a type by itself


def _without_other_senses(hits):
    """The hits but for those inside a phrase in which the word means something else: "aid workers"."""
    others = [hit for hit in hits if hit.value == "other_senses"]
    if not others:
        return hits
    return [hit for hit in hits if not any(o.start <= hit.start and hit.end <= o.end for o in others)]


class Clause:
    """One sentence with its hits, read for measures."""

    def __init__(self, tokens, hits, offset, document_frame):
        self.words = [token.norm for token in tokens]
        self.tokens = tokens
        self.offset = offset
        self.document_frame = document_frame
        self.hits = _without_other_senses(hits)
        self.types = codebook().types
        self.roles = codebook().roles
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
        for value in _IN_ORDER:
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

    def names(self, name, start, end):
        """Whether a word of a set of the codebook (private, courts, …) stands in the stretch."""
        return not word_set(name).isdisjoint(self.words[start:end])

    def number_before(self, start):
        """The index of the number that counts the noun at `start`, or None: "17 libyan individuals"."""
        for k in range(start - 1, max(-1, start - 8), -1):
            word = self.words[k]
            if self.tags[k] == "m" or word[0].isdigit() or word == "one":
                while k > 0 and self.tags[k - 1] == "m":
                    k -= 1
                of = self.tags[k - 3 : k] == ["m", "p", "d"]  # "eight of the 10 officials"
                return k - 3 if of and self.words[k - 2] == "of" else k
            partitive = self.tags[k] == "d" and k and self.words[k - 1] == "of"  # "eight of his firms"
            if (
                self.tags[k] not in "negbz"
                and word not in ("more", "other", "$", "of", "in")
                and not partitive
                and not self._joins_adjectives(k)
            ):
                return None
        return None

    def _joins_adjectives(self, k):
        """Whether "and" at `k` joins two descriptions of one noun: "four current and former ministers"."""
        if self.words[k] not in ("and", "or") or not k or self.tags[k - 1] != "n":
            return False
        noun = any(hit.end == k and hit.kind == "object" for hit in self.hits)
        return not noun and not self.words[k - 1].endswith("s")

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
            else:
                action = self._read_forbidding(hit)
            if action and not self._is_covered(action, found):
                found.append(action)
        return found

    def _read_forbidding(self, hit):
        """The action of "may not", "illegal to"; in "no bank may" the modal, with what is before it as its subject."""
        start = hit.start
        if self.words[start] in NEGATIONS:
            start = hit.end - 1
            self._subjects[start] = hit.start, start
        return Action(start, hit.end, "prohibit", "forbid", False, False)

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
        if hit.form == "noun" and hit.start and self.tags[hit.start - 1] == "r":
            return None  # "what they control"
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
        return any(word in NEGATIONS for word in self.words[max(0, i - 3) : i])

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
        following = tags[hit.end] if hit.end < len(words) else ""
        if following == "d" and after not in _POINTING:
            return False
        if after in ("on", "of", "against", ",", ".", "and", "or", "for", "to", ")", "with", "that", "in"):
            return True
        if following and following in "xvwp" and after != "as":
            return True
        plural_subject = before.endswith("s") and not before.endswith("ss")
        is_s_form = words[i].endswith("s")
        if is_s_form:
            names_actor = any(
                other.end == i and (other.kind == "place" or other.value in _ACTING) for other in self.hits
            )
            listed = letter == "," and any(
                other.start < i and other.form == "s" and self.tags[other.start - 1 : other.start] != ["d"]
                for other in self.hits
            )  # "it prohibits …, bans …"
            acts = names_actor or listed or letter in ("r", "w", "b") or letter == "n" and following == "d"
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
        if before in BE or before in HAVE or letter == "b":
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
            if word in MODALS and not modal:
                modal = MODALS[word]
            elif word in BE:
                passive = passive or form in ("past", "permit")
                aux = aux or word
            elif word in HAVE:
                perfect = "had" if word == "had" else "has"
            elif word == "to" and not to and form in ("base", "past", "permit"):
                to = True
                if form == "base" or passive or perfect:
                    k -= 1
                    break
            elif (
                word in NEGATIONS
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
        while start < i and (words[start] == "," or tags[start] == "b" and words[start] not in NEGATIONS):
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
        if (
            form == "past"
            and kind == "finite"
            and not passive
            and not perfect
            and self._is_base_too(i, start)
        ):
            kind, form = "bare", "base"  # "would add …, cut off …"
        past = form == "past" and not passive or aux in ("was", "were") or (k >= 0 and words[k] == "did")
        return Mood(modal, perfect, passive, kind, negated, start, past, aux)

    def _is_base_too(self, i, start):
        """Whether a past form that is a base form too (cut, put, shut) is coordinated with a verb under a modal."""
        if self.words[start - 1 : start] not in ([","], ["and"], ["or"]):
            return False
        if not any(hit.start == i and hit.form == "base" for hit in self.hits):
            return False
        return not MODALS.keys().isdisjoint(self.words[:i])

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

    def is_reduced(self, start, end):
        """Whether a bare past form hangs on the noun before it: "goods banned under the law", "those banned"."""
        before = self.tags[start - 1] if start else ""
        if start and self.words[start - 1] == "those":
            return True
        after = self.words[end : end + 1]
        return (
            bool(after)
            and after[0] in ("by", "in", "under", "since", "last", ",", "from")
            and before in tuple("nm,")
        )

    def governor(self, i, classes=GOVERNORS):
        """The nearest word to the left that governs what stands at `i`: (index, {class: hit}) or (-1, {})."""
        skipped = {
            k for hit in self.language.get("recommended_before", ()) for k in range(hit.start, hit.end)
        }
        for k in range(i - 1, max(-1, i - _REACH), -1):
            if self.words[k] in CLAUSE_EDGES and not (self.words[k] == "that" and k >= i - 12):
                break
            found = self.classes.get(k)
            if found and k not in skipped and self.words[k - 1 : k] != ["if"]:
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
        if self.words[hit.end - 1] == "to":
            return False
        if after == ["to"] and self.tags[hit.end] == "i" or after == ["for"] and "requiring" in found:
            return False
        if hit.form not in ("base", "s") or "including" in found or not k:
            return False
        before = self.words[k - 1]
        compound = hit.form == "base" and self.tags[k - 1] == "n" and before[-1] != "s" and "judging" in found
        return self.tags[k - 1] in "dz" or before in ("of", "on") or compound
