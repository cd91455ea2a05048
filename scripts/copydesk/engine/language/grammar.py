"""Words of English that carry grammar rather than content, from the codebook `comparison.toml`."""

from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from copydesk.engine import codebooks


class Codebook(BaseModel):
    """`data/codebooks/comparison.toml`."""

    model_config = ConfigDict(extra="forbid")
    grammar: str
    openers: str


class Words(NamedTuple):
    """grammar: words that any two sentences share. openers: words with which a phrase begins."""

    grammar: frozenset[str]
    openers: frozenset[str]


@cache
def words() -> Words:
    """The lists, read once a process."""
    book = codebooks.load("comparison", Codebook)
    return Words(frozenset(book.grammar.split()), frozenset(book.openers.split()))
