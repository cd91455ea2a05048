"""The words that matter to comparing two texts, by what they are: the codebook `comparison.toml`."""

import re
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from copydesk.engine import toml_files


class Codebook(BaseModel):
    """`data/codebooks/comparison.toml`: words parted by blanks; of `modals`, a group a line."""

    model_config = ConfigDict(extra="forbid")
    grammar: str
    openers: str
    linkers: str
    linked_nouns: str
    attribution: str
    titles: str
    particles: str
    pronouns: str
    definites: str
    light_verbs: str
    negations: str
    scarce: str
    modals: str
    approximations: str
    months: str
    days: str
    inflections: str


class Words(NamedTuple):
    """The lists of the codebook; `modals` gives each word the number of its group, `calendar` has months and days."""

    grammar: frozenset[str]
    openers: frozenset[str]
    linkers: frozenset[str]
    linked_nouns: frozenset[str]
    attribution: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    pronouns: frozenset[str]
    definites: frozenset[str]
    light_verbs: frozenset[str]
    negations: frozenset[str]
    scarce: frozenset[str]
    modals: dict[str, int]
    approximations: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    calendar: frozenset[str]
    inflections: frozenset[str]


@cache
def words() -> Words:
    """The lists, read once a process."""
    book = toml_files.load("comparison", Codebook)
    lists: dict[str, Any] = {name: frozenset(value.split()) for name, value in book.model_dump().items()}
    lists["calendar"] = lists["months"] | lists["days"]
    groups = enumerate(book.modals.strip().splitlines())
    lists["modals"] = {word: number for number, line in groups for word in line.split()}
    return Words(**lists)


def points_back(string: str) -> bool:
    """Whether a sentence or a source begins with a word that points at one before it: he, who, this."""
    first = re.search(r"\w+", string)
    known = words()
    return bool(first) and first.group().lower() in known.pronouns | known.definites - {"the"}
