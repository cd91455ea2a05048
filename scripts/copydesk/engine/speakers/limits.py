"""How far the rules on speakers look, in one record. `bench.py speakers --gold FILE --sweep` varies each."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Numbers of tokens, save where it says otherwise. They keep the work in proportion to the text.

    Behind each, how many of 2,085 speakers change with the limit halved and doubled: those of 209 statements coded in
    twelve articles, and of what the rules find in 84 articles of PolNeAR. On the coded ones B-cubed F1 of the persons is
    .968 and the share of right actors .703 as they are, and with another value where it is given.
    """

    mentions: int = (
        12  # persons or bodies back to whom "she", "the company" or "the minister" can take up: 1, 2
    )
    near: int = 150  # back to the body of "a spokesman" or who gave out "the statement", two or three paragraphs: 0, 1
    described: int = 400  # back to "the electoral commission", which "the commission" takes up: 3, 0
    apposition: int = 25  # of an apposition, or from an office to its place: 57 (actors .694), 13
    subject: int = 40  # in which a sentence's subject begins: 4, 0
    name: int = 5  # words of a person's name: 131 (persons .935, actors .612), 0
    # The state that a story is about is named this often, and this many times as often as the next one: 0, 3; 4, 2.
    home: int = 3
    home_lead: float = 2.0


LIMITS = Limits()
