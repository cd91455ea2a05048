"""The codebook of sanctions measures, and the lexicon that is compiled from its words.

All that it knows of measures stands in data/codebooks/sanctions.toml; the names of
states and organisations come from data/codebooks/actors.toml.
"""

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from copydesk.engine import toml_files
from copydesk.engine.text import normal_words

NOT_STATED = "not stated"
_GAPS = {"...": 3, "......": 6}  # how many words of any kind may stand there
_PARTICLES = frozenset(
    ("off", "out", "away", "back", "down", "home")
)  # what a verb's object may part from it
_LIMIT = 200_000


GoodsClass = Literal["natural", "food", "metals", "textiles", "weapons"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def _check_phrase(phrase):
    words = phrase.split()
    if not words or phrase != phrase.lower() or words[0] in _GAPS or words[-1] in _GAPS:
        raise ValueError(f"'{phrase}' is no phrase; write small letters, a word first and a word last")
    for word in words:
        if "*" in word[:-1] or word == "*" or any(not part for part in word.split("/")):
            raise ValueError(f"'{phrase}' is no phrase; '*' ends a word, '/' stands between two words")
    return phrase


class _Phrases(_Strict):
    @field_validator("*", mode="after")
    @classmethod
    def _are_phrases(cls, value):
        return [_check_phrase(phrase) for phrase in value] if isinstance(value, list) else value


class Action(_Phrases):
    """A group of words for one kind of action; see the codebook's head."""

    verbs: list[str] = []
    weak: list[str] = []
    nouns: list[str] = []
    weak_nouns: list[str] = []
    permissions: list[str] = []
    undoes: str | None = None
    fallback: str | None = None
    bare: dict[str, str] = {}


class Type(_Strict):
    """One type of measure: its definition for people, its words for the rules."""

    label: str = Field(min_length=1)
    category: str
    definition: str = Field(min_length=1)
    example: str = Field(min_length=1)
    is_not: str = Field(min_length=1, alias="not")
    names: list[str]
    actions: list[str]
    objects: list[str]
    nouns: GoodsClass | None = None
    general: bool = False
    undone: str | None = None

    @field_validator("names", "objects")
    @classmethod
    def _are_phrases(cls, value):
        return [_check_phrase(phrase) for phrase in value]


class Language(_Phrases):
    """The words by which reports of measures are told from other talk; see the codebook."""

    instruments: list[str]
    drafts: list[str]
    plans: list[str]
    adoptions: list[str]
    imposing: list[str]
    introducing: list[str]
    including: list[str]
    deciding: list[str]
    intending: list[str]
    threatening: list[str]
    calling: list[str]
    judging: list[str]
    deploring: list[str]
    judging_words: list[str]
    rejections: list[str]
    requiring: list[str]
    recommending: list[str]
    forbidding: list[str]
    recommended_before: list[str]
    none_before: list[str]
    new: list[str]
    tightened: list[str]
    expanded: list[str]
    continuing: list[str]
    in_force: list[str]
    regime: list[str]
    earlier: list[str]
    history: list[str]
    registers: list[str]
    conditions: list[str]
    exemptions: list[str]
    asides: list[str]
    purposes: list[str]
    dealings: list[str]
    umbrellas: list[str]
    senders: list[str]
    parties: list[str]
    units: list[str]
    other_senses: list[str]
    private: list[str]
    courts: list[str]
    procedures: list[str]
    generic: list[str]
    causes: list[str]
    undertakings: list[str]
    entering: list[str]
    ending: list[str]
    magnitudes: dict[str, int]


class Roles(_Strict):
    """The types that a rule needs to know by the part they play."""

    nationals: str
    bodies: str
    unknown: str
    expelled: str
    shut_out: str
    talks: list[str]
    together: str
    frozen: str
    withheld: str
    unnamed: str
    unnamed_lifted: str
    falls_on: list[str]
    amounts: list[str]
    sums: list[str]
    rates: list[str]
    goods: str
    one_of_a_kind: list[str]


class Grammar(_Strict):
    """The closed classes of English that the rules for measures ask for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    be: frozenset[str]
    present_be: frozenset[str]
    have: frozenset[str]
    causatives: frozenset[str]
    modals: dict[str, str]
    negations: frozenset[str]
    joints: frozenset[str]
    edges: frozenset[str]
    ends: frozenset[str]
    phrase_ends: frozenset[str]
    said: frozenset[str]
    leads: frozenset[str]
    to_target: frozenset[str]
    trade: frozenset[str]
    articles: frozenset[str]
    times: frozenset[str]
    outside: frozenset[str]
    noun_followers: frozenset[str]
    reduced_followers: frozenset[str]
    quantities: frozenset[str]
    examples: frozenset[str]
    unwilling: frozenset[str]
    undergoing: frozenset[str]
    indefinite: frozenset[str]
    money: frozenset[str]
    pointing_time: frozenset[str]
    pointing: frozenset[str]

    @field_validator("*", mode="before")
    @classmethod
    def _split(cls, value):
        return frozenset(value.split()) if isinstance(value, str) else value


class Codebook(_Strict):
    """data/codebooks/sanctions.toml."""

    categories: dict[str, str]
    actions: dict[str, Action]
    types: dict[str, Type]
    roles: Roles
    grammar: Grammar
    weights: dict[str, float]
    language: Language

    @model_validator(mode="after")
    def _is_consistent(self):
        for role, names in self.roles:
            for name in names if isinstance(names, list) else [names]:
                if name not in self.types:
                    raise ValueError(f"the role '{role}' is played by '{name}', which is no type")
        for name, kind in self.types.items():
            if kind.category not in self.categories and kind.category != NOT_STATED:
                raise ValueError(
                    f"the type '{name}' is of a category '{kind.category}' that is none of "
                    f"{', '.join(self.categories)}"
                )
            if kind.undone is not None and kind.undone not in self.types:
                raise ValueError(f"the type '{name}' is undone by '{kind.undone}', which is no type")
            for action in kind.actions:
                if action not in self.actions:
                    raise ValueError(
                        f"the type '{name}' has an action '{action}' that is none of {', '.join(self.actions)}"
                    )
            if not kind.names and not (kind.actions and kind.objects) and kind.category != NOT_STATED:
                raise ValueError(
                    f"the type '{name}' has no words to be found by; give names, or actions and objects"
                )
        for group, action in self.actions.items():
            names = [action.fallback or "other", *action.bare.values()]
            if any(name not in self.types for name in names):
                raise ValueError(f"the action '{group}' falls back on {' or '.join(names)}, which is no type")
        return self


def codebook():
    """The `Codebook`. Raises InputError with file, place and fix where it is faulty."""
    return toml_files.load("sanctions", Codebook)


class Nouns(_Strict):
    """data/codebooks/nouns.toml: for each class its roots in WordNet and its words, apart by blanks."""

    roots: dict[GoodsClass, list[str]]
    words: dict[GoodsClass, str]


def load_nouns():
    """The `Nouns`. Raises InputError with file, place and fix where the file is faulty."""
    return toml_files.load("nouns", Nouns)


def grammar():
    """The `Grammar` of the codebook."""
    return codebook().grammar


class Hit(NamedTuple):
    """Words of the lexicon in a text: tokens `start` to `end`, what they are (`kind`, `value`, `form`).

    kind: act (value: group; form: base, s, past, ing, noun, permit), object and name (value: type),
    language (value: class; form as for acts), place (value: the actor's id; form: state or body).
    """

    start: int
    end: int
    kind: str
    value: str
    form: str
    weak: bool


class Lexicon:
    """Finds the codebook's phrases in a list of normal forms, by their first words."""

    def __init__(self, book, places, nouns):
        self._by_word = {}
        self._by_prefix = {}
        self._seen = {}
        self._remembered = lru_cache(maxsize=1 << 12)(self._find)  # versions share most of their sentences
        for group, action in book.actions.items():
            self._add_action(group, action)
        for name, kind in book.types.items():
            for phrase in kind.names:
                self._add(phrase, "name", name, "noun", plural=True)
            for phrase in (*kind.objects, *nouns.get(kind.nouns, "").split()):
                self._add(phrase, "object", name, "noun", plural=True)
        for name, phrases in book.language:
            if name in _VERBAL:
                self._add_verbs(phrases, "language", name, False)
            elif name != "magnitudes" and name not in _WORD_SETS:
                for phrase in phrases:
                    self._add(phrase, "language", name, "noun", plural=True)
        for place, (actor, form) in places:
            words = [frozenset([word]) for word in normal_words(place)]
            self._add_words(words, ("place", actor, form, False))
        for entries in (*self._by_word.values(), *self._by_prefix.values()):
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add_action(self, group, action):
        for verbs, weak in ((action.verbs, False), (action.weak, True)):
            self._add_verbs(verbs, "act", group, weak)
        for nouns, weak in ((action.nouns, False), (action.weak_nouns, True)):
            for noun in nouns:
                self._add(noun, "act", group, "noun", weak, plural=True)
        for verb in action.permissions:
            for word, _ in _verb_forms(verb):
                self._add(word, "act", group, "permit")

    def _add_verbs(self, verbs, kind, value, weak):
        for verb in verbs:
            for phrase, form in _verb_forms(verb):
                self._add(phrase, kind, value, form, weak)
                word, _, particle = phrase.partition(" ")
                if particle in _PARTICLES:  # "turn away ships", "turn ships away"
                    self._add(f"{word} ...... {particle}", kind, value, form, weak)

    def _add(self, phrase, kind, value, form, weak=False, plural=False):
        slots = [_slot(word, plural) for word in phrase.split()]
        self._add_words(slots, (kind, value, form, weak))

    def _add_words(self, slots, meaning):
        first, rest = slots[0], tuple(slots[1:])
        if isinstance(first, str):
            self._by_prefix.setdefault(first, []).append((rest, *meaning))
            return
        for word in sorted(first):
            entries = self._by_word.setdefault(word, [])
            if (rest, *meaning) not in entries:
                entries.append((rest, *meaning))

    def _entries(self, word):
        """What can begin with this word; remembered, since a text's words repeat."""
        found = self._seen.get(word)
        if found is None:
            found = list(self._by_word.get(word, ()))
            for prefix, entries in self._by_prefix.items():
                if word.startswith(prefix):
                    found += entries
            if len(self._seen) < _LIMIT:
                self._seen[word] = found
        return found

    def find(self, words):
        """list[Hit], by start and then the longest first."""
        return list(self._remembered(tuple(words)))

    def _find(self, words):
        hits = []
        append, seen, entries_of = hits.append, self._seen, self._entries
        last, present = len(words), frozenset(words)
        for i, word in enumerate(words):
            entries = seen.get(word)
            if entries is None:
                entries = entries_of(word)
            for rest, kind, value, form, weak in entries:
                if not rest:
                    append(Hit(i, i + 1, kind, value, form, weak))
                    continue
                if i + 1 == last:
                    continue
                second = rest[0]
                if second.__class__ is frozenset:
                    if words[i + 1] not in second:
                        continue  # most phrases fail at their second word
                elif (
                    second.__class__ is int and rest[1].__class__ is frozenset and rest[1].isdisjoint(present)
                ):
                    continue  # what stands behind the gap must be somewhere
                end = _end_of(rest, words, i + 1, last)
                if end:
                    append(Hit(i, end, kind, value, form, weak))
        return hits


_VERBAL = frozenset(
    """imposing introducing deciding intending threatening calling judging deploring requiring recommending tightened expanded
    continuing in_force dealings entering ending""".split()
)


_WORD_SETS = frozenset("private courts procedures generic causes undertakings".split())


@cache
def word_set(name):
    """The words of a class of language that is asked for here and there only, with their plurals."""
    words = getattr(codebook().language, name)
    return frozenset(words) | {_plural(word) for word in words}


@cache
def lexicon():
    """The `Lexicon` of the codebook and of the names of states and organisations."""
    return Lexicon(codebook(), _places(), load_nouns().words)


class _Actors(BaseModel):
    model_config = ConfigDict(extra="ignore")
    ordinary_words: list[str] = []
    states: dict[str, dict] = {}
    international_organisations: dict[str, dict] = {}


def _places():
    """Pairs (name, (actor's id, "state" or "body")): names, demonyms and capitals of states; names of organisations
    and the seats and offices of states as bodies, which act and at which nothing is aimed."""
    actors = toml_files.load("actors", _Actors)
    found = {}
    for table, form in ((actors.international_organisations, "body"), (actors.states, "state")):
        for actor, entry in table.items():
            demonyms = entry.get("demonyms", ())
            for name in (
                entry["label"],
                *entry.get("names", ()),
                *entry.get("capitals", ()),
                *demonyms,
                *(demonym + "s" for demonym in demonyms),
            ):
                found[name] = (actor, form)
            for name in (*entry.get("seats", ()), *entry.get("bodies", ())):
                found.setdefault(name, (actor, "body"))
    return sorted(item for item in found.items() if item[0] not in actors.ordinary_words)


def _slot(word, plural):
    """A set of words, a prefix (str), or the number of words in a gap."""
    if word in _GAPS:
        return _GAPS[word]
    if word.endswith("*"):
        return word[:-1]
    words = set(word.split("/"))
    if plural:
        words |= {_plural(one) for one in words}
    return frozenset(words)


def _plural(word):
    if word.endswith(("s", "x", "z", "ch", "sh")) or word.endswith("o") and word[-2:-1] not in "aeiou":
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _end_of(slots, words, i, last, n=0):
    """The index after the words that fill the slots, those from `n` on, from the word `i` on; or 0."""
    while n < len(slots):
        slot = slots[n]
        n += 1
        if slot.__class__ is int:
            following = slots[n]
            fixed = following.__class__ is frozenset
            for k in range(i, min(i + slot + 1, last)):
                if fixed and words[k] not in following:
                    continue
                end = _end_of(slots, words, k, last, n)
                if end:
                    return end
            return 0
        if i >= last or not (words[i].startswith(slot) if isinstance(slot, str) else words[i] in slot):
            return 0
        i += 1
    return i


def _verb_forms(verb):
    """Pairs (phrase, form) of a verb in all its forms: base, s, past (participle too), ing.

    A verb of several words inflects in the first. "freeze/froze/frozen" gives past and participle, a
    fourth part the form in -ing. Forms that do not exist are harmless: nobody writes them.
    """
    parts = verb.split("/")
    base, *rest = parts[0].split()
    tail = "".join(" " + word for word in rest)
    yield base + tail, "base"
    yield _plural(base) + tail, "s"
    stem = base.removesuffix("e")
    past = {part.split()[0] for part in parts[1:3]}
    ing = {part.split()[0] for part in parts[3:]}
    if not past:
        past = {base[:-1] + "ied"} if base.endswith("y") and base[-2:-1] not in "aeiou" else {stem + "ed"}
        past.add(base + base[-1] + "ed")
    ing |= {stem + "ing", base + base[-1] + "ing"} | ({base + "ing"} if base.endswith("ee") else set())
    for form in sorted(past):
        yield form + tail, "past"
    for form in sorted(ing):
        yield form + tail, "ing"
