"""Which sentence of one version answers which of the other.

Two presets: `revision` for one text that was edited, `rewrite` for a story told anew by another hand.
Neither uses a model; both give the same links whichever version comes first.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from copydesk.errors import InputError
from copydesk.text import is_word, normal_words


class Link(NamedTuple):
    """A sentence of one version (index `before`), its counterpart in the other (index `after`), and their
    `similarity`, 0 to 1. A sentence that was split or merged stands in several links."""

    before: int
    after: int
    similarity: float


@dataclass(frozen=True)
class Options:
    """The parameters of `align_sentences` that a caller may override.

    threshold: the least similarity, 0 to 1, at which two sentences can be linked at all.
    midpoint, steepness: the similarity at which a link is as likely as not before its neighbours are
        looked at, and how fast the log-odds rise with it.
    context: how many log-odds the links of the sentences before and after can add or take away.
    coverage: the least share of a sentence that must be found again, for it to be part of a split.
    gain: how much a part of a split must raise the similarity of the whole.
    """

    threshold: float
    midpoint: float
    steepness: float
    context: float
    coverage: float
    gain: float


PRESETS = {
    "revision": Options(threshold=0.10, midpoint=0.16, steepness=30, context=1.5, coverage=0.6, gain=0.02),
    "rewrite": Options(threshold=0.05, midpoint=0.10, steepness=30, context=2.5, coverage=0.2, gain=0.0),
}

# Words are compared by their first letters, so that inflection changes little.
_STEM = 5
# A pair of neighbouring words weighs as much as a word of this inverse document frequency.
_BIGRAM_WEIGHT = 3.0
# Weights are whole numbers, so that sums do not depend on their order and the versions can change places.
_UNIT = 64
# Features that stand in more pairs of sentences than this propose no candidates; they still count.
_MOST_PAIRS = 2500
_ROUNDS = 3
# How many numbers are compared at once, to bound the memory.
_CHUNK = 1 << 20


def align_sentences(before, after, preset="revision", **overrides):
    """Link the sentences of two versions, many to many.

    before, after: lists of sentences, each a string or the list of its tokens' normal forms
        (`copydesk.text.normal_words`). preset: "revision" or "rewrite"; `overrides`: fields of `Options`.
    Returns list[Link], ordered; only linked pairs. Raises InputError for an unknown preset or option.

    Sentences are compared by weighted word and word-pair overlap (Dice); a link gains where the sentences
    before or after it are linked too, wherever the two places are, so that a moved passage supports itself.
    """
    options = _options(preset, overrides)
    norms = _Normaliser()
    before = [norms(sentence) for sentence in before]
    after = [norms(sentence) for sentence in after]
    if not before or not after:
        return []
    pairs = _Pairs(before, after)
    keep = pairs.similarity >= options.threshold
    rows, columns, similarity = pairs.rows[keep], pairs.columns[keep], pairs.similarity[keep]
    odds = _log_odds(rows, columns, similarity, len(before), len(after), options)
    links = _assign(rows, columns, odds)
    links += _further_parts(links, pairs, (len(before), len(after)), options)
    return [Link(i, j, pairs.find(i, j)) for i, j in sorted(links)]


def _options(preset, overrides):
    if preset not in PRESETS:
        known = ", ".join(PRESETS)
        raise InputError(f"There is no preset {preset!r} for linking sentences; use one of: {known}.")
    unknown = sorted(set(overrides) - set(Options.__dataclass_fields__))
    if unknown:
        known = ", ".join(Options.__dataclass_fields__)
        raise InputError(f"Linking sentences has no option {unknown[0]!r}; use one of: {known}.")
    return replace(PRESETS[preset], **overrides)


class _Normaliser:
    """The words of a sentence by which it is compared; the same string is tokenised once."""

    def __init__(self):
        self._known = {}

    def __call__(self, sentence):
        if not isinstance(sentence, str):
            return _stems(sentence)
        words = self._known.get(sentence)
        if words is None:
            words = self._known[sentence] = _stems(normal_words(sentence))
        return words


def _stems(norms):
    # A line that has marks only is compared by its marks.
    return [norm[:_STEM] for norm in norms if is_word(norm)] or list(norms)


class _Pairs:
    """The plausible pairs of sentences, in order: `rows` and `columns`, and their `similarity`.

    A sentence is a bag of words, weighted by inverse document frequency over both versions, and of pairs
    of neighbouring words (its beginning and end included), weighted alike. Similarity is Dice's
    coefficient of the bags. An inverted index finds the pairs that share a feature.
    """

    def __init__(self, before, after):
        self._heights = len(before), len(after)
        sentences, features, self._mass = _bags(before + after)
        self._features = features
        self._bounds = np.searchsorted(sentences, np.arange(len(before) + len(after) + 1))
        self._totals = np.bincount(sentences, self._mass, len(before) + len(after))
        entries = np.argsort(features, kind="stable")
        kinds = int(features.max()) + 1 if len(features) else 0
        is_after = sentences >= len(before)
        n_before = np.bincount(features[~is_after], minlength=kinds)
        n_after = np.bincount(features[is_after], minlength=kinds)
        shared = n_before * n_after
        common = np.flatnonzero(shared > _MOST_PAIRS)
        starts = np.cumsum(n_before + n_after) - n_before - n_after
        shared[common] = 0
        # Each entry of `before` meets each entry of `after` that has the same feature.
        left = entries[~is_after[entries]]
        left = left[shared[features[left]] > 0]
        repeats = n_after[features[left]]
        offsets = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        left = np.repeat(left, repeats)
        right = entries[starts[features[left]] + n_before[features[left]] + offsets]
        keys = sentences[left] * len(after) + sentences[right] - len(before)
        self._keys, place = np.unique(keys, return_inverse=True)
        overlap = np.bincount(place, np.minimum(self._mass[left], self._mass[right]), len(self._keys))
        self.rows, self.columns = np.divmod(self._keys, len(after))
        if len(common):
            overlap += self._common_overlap(sentences, features, common)
        self.similarity = self._dice(overlap, self.rows, self.columns)

    def _common_overlap(self, sentences, features, common):
        """What features so common that they propose no pair add to the pairs that others proposed."""
        table = np.zeros((sum(self._heights), len(common)), np.float32)
        column = np.full(int(features.max()) + 1, -1)
        column[common] = np.arange(len(common))
        chosen = column[features] >= 0
        table[sentences[chosen], column[features[chosen]]] = self._mass[chosen]
        overlap = np.empty(len(self.rows))
        step = max(1, _CHUNK // len(common))
        for start in range(0, len(overlap), step):
            part = slice(start, start + step)
            left, right = table[self.rows[part]], table[self.columns[part] + self._heights[0]]
            overlap[part] = np.minimum(left, right).sum(axis=1, dtype=float)
        return overlap

    def _dice(self, overlap, rows, columns):
        return 2 * overlap / (self._totals[rows] + self._totals[self._heights[0] + columns])

    def find(self, row, column):
        """The similarity of a pair; 0 where the inverted index did not propose it."""
        key = row * self._heights[1] + column
        place = int(np.searchsorted(self._keys, key))
        found = place < len(self._keys) and self._keys[place] == key
        return float(self.similarity[place]) if found else 0.0

    def bag(self, side, index):
        """dict from feature to weight: the sentence `index` of `side` (0 before, 1 after)."""
        index += side * self._heights[0]
        entries = slice(self._bounds[index], self._bounds[index + 1])
        return dict(zip(self._features[entries].tolist(), self._mass[entries].tolist(), strict=True))


def _bags(sentences):
    """Three arrays, ordered by sentence: sentence, feature, and the feature's weight in that sentence."""
    ids = {"": 0}
    stream, owner = [], []
    for number, words in enumerate(sentences):
        stream.append(0)
        stream.extend([ids.setdefault(word, len(ids)) for word in words])
        owner.extend([number] * (len(words) + 1))
    stream.append(0)
    stream, owner, kinds = np.array(stream), np.array(owner), len(ids)
    word, following = stream[:-1], stream[1:]
    is_word, is_pair = word > 0, word + following > 0
    # A word's code is its id; a pair's lies above all words.
    codes = np.concatenate([word[is_word], kinds * (1 + word[is_pair]) + following[is_pair]])
    owners = np.concatenate([owner[is_word], owner[is_pair]])
    codes, features = np.unique(codes, return_inverse=True)
    entries, counts = np.unique(owners * max(1, len(codes)) + features, return_counts=True)
    owners, features = np.divmod(entries, max(1, len(codes)))
    frequency = np.bincount(features, minlength=len(codes))
    weights = np.rint(_UNIT * np.log((len(sentences) + 1) / (frequency + 0.5)))
    weights = np.where(codes < kinds, np.maximum(weights, 1), _UNIT * _BIGRAM_WEIGHT)
    return owners, features, counts * weights[features]


def _log_odds(rows, columns, similarity, height, width, options):
    """How likely each pair is a link, as log-odds: from its similarity, its rivals and its neighbours.

    Relaxation labelling (Rosenfeld, Hummel and Zucker 1976): a pair's probability is set against the
    other pairs of both its sentences; the probability that the two sentences before it are linked, and
    the two after it, moves its log-odds; and so for a few rounds.
    """
    keys = rows * width + columns
    previous = _places(keys, keys - width - 1, columns > 0)
    following = _places(keys, keys + width + 1, columns < width - 1)
    # The beginnings and the ends of the texts support each other like an uncertain link.
    opening, ending = (keys == 0) * 0.5, (keys == height * width - 1) * 0.5
    base = options.steepness * (similarity - options.midpoint)
    odds = base
    for _ in range(_ROUNDS):
        strength = np.exp(odds)
        rivals = np.bincount(rows, strength, height)[rows] + np.bincount(columns, strength, width)[columns]
        probability = np.append(strength / (1 + rivals - strength), 0)
        support = np.maximum(probability[previous], opening) + np.maximum(probability[following], ending)
        odds = base + options.context * (support - 1)
    return odds


def _places(keys, wanted, valid):
    """Where each of `wanted` stands in the sorted `keys`; -1 where it does not."""
    places = np.searchsorted(keys, wanted)
    places[places == len(keys)] = 0
    return np.where(valid & (keys[places] == wanted), places, -1) if len(keys) else places


def _assign(rows, columns, odds):
    """The pairs more likely linked than not, most likely first, each sentence once."""
    likely = np.flatnonzero(odds > 0)
    # Among equals the earlier pair comes first, whichever version is called `before`.
    order = likely[np.lexsort((rows[likely] + columns[likely], -np.round(odds[likely], 9)))]
    used_rows, used_columns, links = set(), set(), []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row not in used_rows and column not in used_columns:
            used_rows.add(row)
            used_columns.add(column)
            links.append((row, column))
    return links


def _further_parts(links, pairs, heights, options):
    """Links for the other parts of split and merged sentences.

    A free sentence next to a linked one joins its link when most of it (`coverage`) is found in what the
    link leaves over of the partner, and the two together answer the partner better than the one did.
    """
    partners = dict(links), {j: i for i, j in links}
    offers = {}
    for link in links:
        if pairs.find(*link) == 1:
            continue
        for side in (0, 1):
            whole, part = link[side], link[1 - side]
            free = range(heights[1 - side])
            others = [k for k in (part - 1, part + 1) if k in free and k not in partners[1 - side]]
            if not others:
                continue
            bag, half = pairs.bag(side, whole), pairs.bag(1 - side, part)
            left_over = {feature: mass - half.get(feature, 0) for feature, mass in bag.items()}
            found = sum(mass - max(left_over[feature], 0) for feature, mass in bag.items())
            for other in others:
                piece = pairs.bag(1 - side, other)
                covered = sum(min(mass, max(left_over.get(feature, 0), 0)) for feature, mass in piece.items())
                size = sum(piece.values())
                both = sum(bag.values()) + sum(half.values())
                gain = 2 * (found + covered) / (both + size) - 2 * found / both
                if size and covered / size >= options.coverage and gain >= options.gain:
                    pair = (whole, other) if side == 0 else (other, whole)
                    best = offers.get((1 - side, other))
                    if best is None or (gain, -sum(pair)) > (best[0], -sum(best[1])):
                        offers[1 - side, other] = gain, pair
    return [pair for _, pair in offers.values()]
