"""How far the rules on speakers look, in one record."""

from typing import NamedTuple


class Limits(NamedTuple):
    """How far the rules look, in tokens or in mentions. They keep the work in proportion to the text; none of them
    has been varied against coded texts yet."""

    persons: int = 12  # back to whom "she" can take up
    things: int = 8  # back to what "the company" can take up
    holders: int = 20  # back to whom "the minister" can take up
    body: int = 150  # tokens back to the body of "a spokesman": two or three paragraphs
    passing: int = 100  # tokens back to a body named in passing
    issued: int = 150  # tokens back to who gave out "the statement"
    described: int = 400  # tokens back to "the electoral commission", which "the commission" takes up
    dateline: int = 14  # tokens of a place, a date and an agency
    apposition: int = 25  # tokens of an apposition
    place: int = 14  # tokens to the place of a briefing
    subject: int = 40  # tokens in which a sentence's subject begins
    name: int = 5  # words of a person's name
    # The state that a story is about is named this often, and this many times as often as the next one.
    home: int = 3
    home_lead: float = 2.0


LIMITS = Limits()
