"""What the comparison of words weighs and how far it looks. `bench.py revisions --gold FILE … --sweep` varies each."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Counts of words, save where another unit is named.

    No coding says which edits a reader would see. Behind each, the edits and the words that they mark with the limit
    halved and doubled, on 90 pairs of essay drafts (ArgRewrite V.2) and 67 fables told twice (GNAT Aesop): fewer edits
    are easier to follow, fewer words are closer to what was written anew. As they are: 1934 edits, 10950 words.
    """

    # What a word of grammar counts for when it is asked whether words in common between two changes are really kept,
    # or are there by chance: such words turn up in any two sentences. 1917, 11064; 2044, 10588.
    grammar_weight: float = 0.5
    # Words in common that weigh so much are kept whatever stands around them. 2018, 10554; 1912, 11164.
    kept: float = 3.0
    # The share of words in common below which the same phrase at two places is chance. Moves found: 55; none; 38 as is.
    shared: float = 0.5
    # Letters that two forms of one word have in common. Sentences changed in substance: 2365; 2344; 2342 as is.
    stem: int = 4
    # Bounds on the work, in pairs of words, which no text of the benches reaches. Above the first (a bit each, 32 MB)
    # the middle of two long stretches is shown as replaced: two of 16,000 random words take .6 s, and 14.6 s without.
    # Above the second nothing is said to have moved: two of 8,000 words of five kinds take .6 s, and 7.4 s without.
    pairs: int = 1 << 28
    move_pairs: int = 1 << 20


LIMITS = Limits()
