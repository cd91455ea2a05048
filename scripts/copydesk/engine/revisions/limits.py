"""What the comparison of words weighs and how far it looks. `bench.py revisions --sweep` varies each."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Counts of words, save where another unit is named."""

    # What a word of grammar counts for when it is asked whether words in common between two changes are really kept,
    # or are there by chance: such words turn up in any two sentences.
    grammar_weight: float = 0.5
    kept: float = 3.0  # words in common that weigh so much are kept whatever stands around them
    moved: int = 2  # the words of a phrase that counts as moved, one of them more than grammar
    shared: float = 0.5  # the share of words in common below which the same phrase at two places is chance
    stem: int = 4  # letters that two forms of one word have in common at least
    slide: int = 60  # how far an insertion or deletion is slid along to where a phrase begins
    # Bounds on the work, in pairs of words. Above the first, a bit each and so 32 MB, the middle of two long stretches
    # is shown as replaced; above the second nothing is said to have moved.
    pairs: int = 1 << 28
    move_pairs: int = 1 << 20


LIMITS = Limits()
