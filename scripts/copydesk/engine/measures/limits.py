"""How far the rules for measures look, in one record.

They keep the work in proportion to the text. None of them has been varied against coded texts yet.
"""

from typing import NamedTuple


class Limits(NamedTuple):
    """Numbers of tokens, save where it says otherwise."""

    sentence: int = 300  # what runs on for longer is cut up, so that it costs no more than its length
    governor: int = 28  # back from a deed to the verb that governs it
    subject: int = 40  # back from a verb group to where its subject begins
    region: int = 60  # on from a deed to where its objects end
    lookahead: int = 18  # on from a comma to the "and" that makes it a list
    aside: int = 24  # the longest apposition between two commas
    predicate: int = 6  # on from a noun phrase to the verb that says what became of it
    count: int = 8  # type: ignore[assignment]  # back from a noun to the number that counts it
    memory: int = 200  # rows (not tokens) among which a measure told again is looked for


LIMITS = Limits()
