"""The reporting verbs and nouns of `data/codebooks/reporting.toml`, by every form they can have in a text."""

from functools import cache
from typing import Literal, NamedTuple

from copydesk.engine import toml_files
from copydesk.engine.language.english import english

_TAKES_VERB = frozenset("quote that that! wh to np ing as at obj objto small thing speaker".split())


class Cue(NamedTuple):
    """A reporting word: its base form, what follows its first word, its group, and what it takes.

    of_texts: whether it reports something only where the source is a text. words: what it takes to give words:
    a "clause", a "phrase", a "quotation" or "none".
    """

    lemma: str
    rest: tuple
    group: str
    kind: str
    takes: frozenset
    of_texts: bool = False
    words: str = "clause"


class Lexicon(NamedTuple):
    """Reporting words by the normal form of their first word; the longer come first.

    verbs: form -> [(Cue, "base" | "s" | "ing" | "past" | "participle")]; a form in -ed is "past".
    nouns: form -> [Cue]. rumoured: the passives by which something has been said. raising, clausal, mind, seeming: predicates that report without a verb of saying.
    light: forms of verbs that lend a noun their subject. texts: nouns of sources that are texts.
    evidence: verbs of which things are subjects, too, without saying anything. implicative: verbs and adjectives
    whose infinitive came true. triggers: every word or mark that can be a cue.
    """

    verbs: dict
    nouns: dict
    rumoured: frozenset
    raising: frozenset
    clausal: frozenset
    mind: frozenset
    seeming: frozenset
    light: frozenset
    texts: frozenset
    evidence: frozenset
    implicative: frozenset
    triggers: frozenset


@cache
def lexicon():
    """The codebook as a `Lexicon`, read once a process. Raises InputError for a faulty codebook."""
    book = toml_files.load("reporting", _model())
    verbs, nouns = {}, {}
    for name, group in book.groups():
        for phrase, takes in group.verbs.items():
            first, *rest = phrase.split()
            takes = frozenset(takes.split())
            cue = Cue(phrase, tuple(rest), name, group.kind, takes, group.by == "texts", group.words)
            for form, kind in verb_forms(first, book.irregular.get(first)):
                verbs.setdefault(form, []).append((cue, kind))
        for noun, takes in group.nouns.items():
            cue = Cue(noun, (), name, group.kind, frozenset(takes.split()), words=group.words)
            for form in (noun, _add_s(noun)):
                nouns.setdefault(form, []).append(cue)
    for entries in verbs.values():
        entries.sort(key=lambda entry: -len(entry[0].rest))
    lone = book.impersonal
    seeming = frozenset(form for verb in lone.verbs for form, _ in verb_forms(verb, None))
    light = frozenset(form for verb in lone.light for form, _ in verb_forms(verb, book.irregular.get(verb)))
    rumoured = frozenset(lone.rumoured)
    raising, clausal, mind = frozenset(lone.raising), frozenset(lone.clausal), frozenset(lone.mind)
    texts = frozenset(form for noun in lone.texts for form in (noun, _add_s(noun)))
    triggers = (
        raising | clausal | mind | seeming | {*verbs, *nouns, "according", "per", "about", "against", ":"}
    )
    shared = frozenset(lone.evidence), frozenset(lone.implicative)
    return Lexicon(verbs, nouns, rumoured, raising, clausal, mind, seeming, light, texts, *shared, triggers)


def verb_forms(base, irregular=None):
    """[(form, kind)] of a verb. irregular: its past tense and past participle, in one string."""
    forms = [(base, "base"), (_add_s(base), "s"), (_add_ing(base), "ing")]
    if irregular:
        past, participle = irregular.split()
        forms.append((past, "past"))
        if participle != past:
            forms.append((participle, "participle"))
    else:
        forms.append((_add_ed(base), "past"))
        if base.endswith("l") and base[-2:-1] in _VOWELS:  # British: signalled, labelling
            forms += [(base + "led", "past"), (base + "ling", "ing")]
    return list(dict.fromkeys(forms))


_VOWELS = frozenset("aeiou")


def _add_s(word):
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + ("zes" if word == "quiz" else "es")
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word in ("go", "echo", "veto", "do") else "s")


def _double(word):
    return word + word[-1] if word in english().words.doubling else word


def _add_ing(word):
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    return _double(word) + "ing"


def _add_ed(word):
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return _double(word) + "ed"


def _model():
    """The pydantic model of the codebook, made here so that pydantic is imported only when it is read."""
    from pydantic import BaseModel, ConfigDict, RootModel, field_validator, model_validator

    class Group(BaseModel):
        model_config = ConfigDict(extra="forbid")
        means: str
        kind: Literal["statement", "position", "act", "document"]
        by: Literal["anybody", "texts"] = "anybody"
        words: Literal["phrase", "clause", "quotation", "none"] = "clause"
        verbs: dict[str, str] = {}
        nouns: dict[str, str] = {}

        @field_validator("verbs")
        @classmethod
        def _known(cls, verbs):
            for verb, takes in verbs.items():
                unknown = sorted(set(takes.split()) - _TAKES_VERB)
                if unknown or not takes.split():
                    known = ", ".join(sorted(_TAKES_VERB))
                    raise ValueError(f"'{verb}' may take {known}; fix {', '.join(unknown)}")
            return verbs

    class Impersonal(BaseModel):
        model_config = ConfigDict(extra="forbid")
        means: str
        kind: Literal["statement", "position", "act", "document"]
        rumoured: list[str]
        raising: list[str]
        clausal: list[str]
        mind: list[str]
        verbs: list[str]
        light: list[str]
        texts: list[str]
        evidence: list[str]
        implicative: list[str]

    class Reporting(RootModel):
        root: dict[str, Group | Impersonal | dict[str, str]]

        @model_validator(mode="after")
        def _complete(self):
            for key, wanted in (("impersonal", Impersonal), ("irregular", dict)):
                if not isinstance(self.root.get(key), wanted):
                    raise ValueError(f"the table [{key}] is missing or incomplete")  # noqa: TRY004
            return self

        @property
        def impersonal(self):
            return self.root["impersonal"]

        @property
        def irregular(self):
            return self.root["irregular"]

        def groups(self):
            return [(name, group) for name, group in self.root.items() if isinstance(group, Group)]

    return Reporting
