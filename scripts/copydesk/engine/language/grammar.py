"""The words that matter to comparing two texts, by what they are: the codebook `comparison.toml`."""

import re
from functools import cache, cached_property
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from copydesk.engine import toml_files


def _split(value: object) -> object:
    return value.split() if isinstance(value, str) else value


def _number_lines(value: object) -> object:
    if not isinstance(value, str):
        return value
    return {word: number for number, line in enumerate(value.strip().splitlines()) for word in line.split()}


_List = Annotated[frozenset[str], BeforeValidator(_split)]


class Words(BaseModel):
    """The lists of `data/codebooks/comparison.toml`; `modals` gives each word the number of its group."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    grammar: _List
    openers: _List
    linkers: _List
    linked_nouns: _List
    attribution: _List
    titles: _List
    particles: _List
    pronouns: _List
    definites: _List
    light_verbs: _List
    negations: _List
    scarce: _List
    modals: Annotated[dict[str, int], BeforeValidator(_number_lines)]
    approximations: _List
    months: _List
    days: _List
    inflections: _List

    @cached_property
    def calendar(self) -> frozenset[str]:
        """Months and days."""
        return self.months | self.days


@cache
def words() -> Words:
    """The lists, read once a process."""
    return toml_files.load("comparison", Words)


def points_back(string: str) -> bool:
    """Whether a sentence or a source begins with a word that points at one before it: he, who, this."""
    first = re.search(r"\w+", string)
    known = words()
    return bool(first) and first.group().lower() in known.pronouns | known.definites - {"the"}
