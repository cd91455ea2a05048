"""Texts edited by known operations, so that the true links of two versions are known.

For measuring how well links are found where nobody has linked by hand, and for archives whose edits are
known. What it makes reads as badly as a text cut up by a machine does; it is for counting, not for reading.
"""

import math
import random
from collections import Counter
from dataclasses import dataclass, field

from copydesk.engine.text import count_words, is_word, read
from copydesk.errors import InputError


@dataclass(frozen=True)
class Rates:
    """How often each operation befalls a sentence, 0 to 1.

    At most one of `cut`, `split`, `merge` and `reword` befalls the same sentence; `insert` adds a sentence
    after it; `move` carries off a block of one to three that begins with it. `strength` is the share of words
    that a reworded sentence has changed (at least one).
    """

    cut: float = 0.08
    insert: float = 0.1
    move: float = 0.03
    split: float = 0.04
    merge: float = 0.03
    reword: float = 0.3
    strength: float = 0.25

    def __post_init__(self):
        for name, value in vars(self).items():
            if not 0 <= value <= 1:
                raise InputError(f"The rate {name} is {value}; give a number from 0 to 1.")
        if self.cut + self.split + self.merge + self.reword > 1:
            raise InputError(
                "The rates cut, split, merge and reword add up to more than 1; lower one of them."
            )


@dataclass
class EditedPair:
    """Two versions of a text. `before`, `after`: sentences. `links`: pairs of indices, a split or a merge
    in several. `operations`: how many sentences (for `move`: blocks) each operation changed. `crossing`:
    the links of moved blocks. `words`: how many words were `added` and `cut`, whole sentences included, and how
    many were put elsewhere inside their sentence (`shifted`)."""

    before: list
    after: list
    links: list
    operations: Counter
    crossing: list = field(default_factory=list)
    words: Counter = field(default_factory=Counter)


def edit_text(text, seed, rates=None):
    """Edit a text by operations drawn at `rates` (`Rates()`).

    text: str or Document. seed: an int; the same text, seed and rates give the same pair, on any machine.
    Returns an `EditedPair`. Raises InputError for a text without a sentence.
    """
    doc = read(text)
    sentences = [doc.text[start:end] for start, end in doc.sentences]
    if not sentences:
        raise InputError("The text to be edited has no sentence; give one that has.")
    return edit_sentences(sentences, seed, rates)


def edit_sentences(sentences, seed, rates=None, donors=None):
    """The same for a list of sentences. donors: sentences to be inserted, in their order, and none where they
    are used up; then marks stay where they are too, so that the text reads more like one. Without donors words
    are thrown together."""
    rates = rates or Rates()
    draw = _Draw(seed)
    # A pool drawn from by frequency, so that foreign words are as common as the text's own.
    pool = [word for sentence in sentences for word in sentence.split() if is_word(word)] or ["so"]
    if donors is not None:
        pool = [word for word in pool if word.isalnum()] or ["so"]
    operations, pieces, words = Counter(), [], Counter()
    donors = None if donors is None else iter(donors)
    position = 0
    while position < len(sentences):
        sentence, taken = sentences[position], [position]
        chance = draw.share()
        if chance < rates.cut:
            operations["cut"] += 1
            words["cut"] += count_words(sentence)
            new = []
        elif chance < rates.cut + rates.split and len(sentence.split()) >= 8:
            operations["split"] += 1
            new = list(_split(sentence))
        elif chance < rates.cut + rates.split + rates.merge and position + 1 < len(sentences):
            operations["merge"] += 1
            taken = [position, position + 1]
            words["added"] += 1
            new = [_merge(sentence, sentences[position + 1])]
        elif chance > 1 - rates.reword and sentence.split():
            operations["reword"] += 1
            bare = sentence.rstrip(_END_MARKS) if donors is not None else sentence
            new = [_reword(bare, rates.strength, pool, draw, words) + sentence[len(bare) :]]
        else:
            new = [sentence]
        pieces.extend((one, taken) for one in new)
        if draw.share() < rates.insert:
            donor = _invent(pool, draw) if donors is None else next(donors, None)
            if donor is not None:
                operations["insert"] += 1
                words["added"] += count_words(donor)
                pieces.append((donor, []))
        position = taken[-1] + 1
    pieces, moved = _move(pieces, rates.move, operations, draw)
    links = sorted((source, place) for place, (_, taken) in enumerate(pieces) for source in taken)
    crossing = sorted((source, place) for place in moved for source in pieces[place][1])
    return EditedPair(
        list(sentences), [sentence for sentence, _ in pieces], links, operations, crossing, words
    )


# What can stand at the end of a sentence.
_END_MARKS = "\"'”’.?!…,;: "


class _Draw:
    """Chance that is the same on every version of Python: all of it comes from `Random.random`."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def share(self):
        return self._random.random()

    def below(self, limit):
        return math.floor(self._random.random() * limit)

    def pick(self, items):
        return items[self.below(len(items))]


def _split(sentence):
    """Two sentences of one: at the comma or semicolon nearest its middle, else in the middle."""
    words = sentence.split()
    inner = range(3, len(words) - 2)
    stops = [k for k in inner if words[k - 1].endswith((",", ";", ":"))] or list(inner)
    cut = min(stops, key=lambda k: (abs(k - len(words) / 2), k))
    first, second = " ".join(words[:cut]).rstrip(",;:"), " ".join(words[cut:])
    return f"{first}.", second[:1].upper() + second[1:]


def _merge(first, second):
    stripped = first.rstrip("\"'”’").rstrip(".?!… ")
    return f"{stripped}, and {second[:1].lower()}{second[1:]}"


def _reword(sentence, strength, pool, draw, count):
    """The sentence with about `strength` of its words dropped, replaced, preceded by another or put elsewhere;
    `count` (Counter) takes the words added, cut and shifted."""
    words = sentence.split()
    changes = max(1, round(strength * len(words)))
    for _ in range(changes):
        place, kind = draw.below(len(words)), draw.below(4)
        if kind == 0 and len(words) > 3:
            del words[place]
            count["cut"] += 1
        elif kind == 1:
            words.insert(place, draw.pick(pool))
            count["added"] += 1
        elif kind == 2 and len(words) > 3:
            words.insert(draw.below(len(words) - 1), words.pop(place))
            count["shifted"] += 1
        else:
            words[place] = draw.pick(pool)
            count.update(("added", "cut"))
    return " ".join(words)


def _invent(pool, draw):
    words = [draw.pick(pool).strip("\"'“”‘’,.;:?!()").lower() or "so" for _ in range(8 + draw.below(20))]
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def _move(pieces, rate, operations, draw):
    """(pieces in their new order, the places of those that were moved)."""
    blocks, position = [], 0
    while position < len(pieces):
        moves = draw.share() < rate
        size = 1 + draw.below(3) if moves else 1
        blocks.append((moves, list(range(position, min(position + size, len(pieces))))))
        position += size
    order = [piece for moves, block in blocks if not moves for piece in block]
    moved = []
    for moves, block in blocks:
        if moves and order:
            place = draw.below(len(order) + 1)
            order[place:place] = block
            moved.extend(block)
            operations["move"] += 1
        elif moves:
            order.extend(block)
    places = {piece: place for place, piece in enumerate(order)}
    return [pieces[piece] for piece in order], sorted(places[piece] for piece in moved)


def synthetic_sentences(number, seed):
    """Sentences of invented words, as common as words are (Zipf 1935), for texts of any length.

    number: how many. Returns list[str], of about 22 words each, no two alike.
    """
    draw = _Draw(seed)
    onsets, vowels = "b c d f g h l m n p r s t v st tr pl".split(), "a e i o u ai ou".split()

    def word():
        # Rank by Zipf's law: the logarithm of a rank is uniform.
        rank = math.floor(math.exp(draw.share() * math.log(60_000)))
        letters = ""
        while rank or not letters:
            rank, onset = divmod(rank, len(onsets))
            rank, vowel = divmod(rank, len(vowels))
            letters += onsets[onset] + vowels[vowel]
        return letters

    sentences = []
    for _ in range(number):
        words = [word() for _ in range(10 + draw.below(25))]
        sentences.append(" ".join([words[0].capitalize(), *words[1:]]) + ".")
    return sentences
