"""How far the rules on statements look, in one record. `bench.py attribution --gold FILE --sweep` varies each."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Counts of tokens, save where another unit is named.

    The rules are no better for looking farther: past a bound that sentences of newspapers seldom reach, a search
    costs time and finds what belongs to something else.
    """

    # Behind each, F1 on the 84 annotated articles of PolNeAR's dev set with the limit halved and doubled; .7377 as is.
    label: int = 4  # a label before a colon, a possessor, an occasion: .7382 .7382
    group: int = 7  # a verb with what belongs to it, "has not yet been able to say": .7371 .7377
    title: int = 7  # the title of a programme or a book: .7379 .7377
    near: int = 9  # what stands beside: a short noun phrase, a signature, a dateline: .7358 .7382
    clause: int = 15  # a short clause, an insertion: .7361 .7373
    phrase: int = 25  # a noun phrase with all that belongs to it: .7350 .7375
    far: int = 42  # an apposition, a clause that was interrupted: .7366 .7377
    unit: int = 250  # the longest sentence, which bounds the work on a text without stops: .7377 .7377
    term: int = 5  # words in single marks that are a term; it moves what is called a quotation, and no F1
    turn: int = 3  # turns that make a transcript, and paragraphs that one turn can run over: .7380 .7377


LIMITS = Limits()
