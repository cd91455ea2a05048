"""What the rules know of English words: their classes, and the lists of `data/codebooks/english.toml`."""

from functools import cache
from typing import Any, NamedTuple

from copydesk.engine import toml_files


class Words(NamedTuple):
    """The codebook's lists, each by its name there, where a comment says what stands in it."""

    not_ing: frozenset
    not_ed: frozenset
    not_ly: frozenset
    base_prefixes: frozenset
    number_words: frozenset
    calendar: frozenset
    inside_names: frozenset
    be: frozenset
    finite_be: frozenset
    linking: frozenset
    kept_adverbs: frozenset
    negations: frozenset
    negators: frozenset
    unsaid: frozenset
    backshifted: frozenset
    past: frozenset
    present: frozenset
    conditions: frozenset
    nobody: frozenset
    subjects: frozenset
    voiceless: frozenset
    impersonal: frozenset
    relatives: frozenset
    possessives: frozenset
    standing_alone: frozenset
    clausal: frozenset
    conceding: frozenset
    plurals: frozenset
    fronting: frozenset
    outside: frozenset
    particles: frozenset
    means: frozenset
    occasions: frozenset
    roughly: frozenset
    inexact: frozenset
    time_nouns: frozenset
    which_time: frozenset
    headings: frozenset
    summing: frozenset
    shares: frozenset
    persons: frozenset
    person_endings: frozenset
    things: frozenset
    abbreviations: frozenset
    names_abbreviated: frozenset
    starters: frozenset
    asking: frozenset
    doubling: frozenset


class English(NamedTuple):
    """Words by class (it grows by guesses, see `tags.tag`), and the lists."""

    classes: dict
    words: Words


@cache
def english() -> English:
    """The codebook, read once a process. Raises InputError with the place of a fault."""
    from pydantic import ConfigDict, create_model

    strict = ConfigDict(extra="forbid")
    fields: Any = dict.fromkeys(Words._fields, (str, ...))
    lists = create_model("Lists", __config__=strict, **fields)
    model = create_model("Book", __config__=strict, classes=(dict[str, str], ...), lists=(lists, ...))
    book = toml_files.load("english", model)
    classes = {word: letter for letter, words in book.classes.items() for word in words.split()}
    classes.update({"'s": "z", "'": "z", "...": "...", '"': '"'})
    return English(classes, Words(*(frozenset(getattr(book.lists, name).split()) for name in Words._fields)))


def is_person(norm: str) -> bool:
    """Whether a noun is one for persons, by the list or by its ending: "clerk", "builder", "chemists"."""
    words = english().words
    if norm in words.persons or norm.removesuffix("s") in words.persons:
        return True
    return norm.endswith(tuple(words.person_endings)) and norm.removesuffix("s") not in words.things
