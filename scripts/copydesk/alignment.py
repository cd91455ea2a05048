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
    stray: the least similarity of a link that leaves the common order without a neighbour.
    coverage: the least share of a sentence's words that the sentence it was split from must hold for it.
    """

    threshold: float
    midpoint: float
    steepness: float
    context: float
    stray: float
    coverage: float


PRESETS = {
    "revision": Options(threshold=0.1, midpoint=0.18, steepness=25, context=1.5, stray=0.6, coverage=0.4),
    "rewrite": Options(threshold=0.05, midpoint=0.1, steepness=25, context=2.5, stray=0.6, coverage=0.2),
}

# Words are compared by their first letters, so that inflection changes little.
_STEM = 5
# A pair of neighbouring words weighs as much as a word of this inverse document frequency.
_BIGRAM_WEIGHT = 3.0
# Weights are whole numbers, so that sums do not depend on their order and the versions can change places.
_UNIT = 64
# Features that stand in more pairs of sentences than this propose no candidates; they still count.
_MOST_PAIRS = 2500
_ROUNDS = 2
_REACH = 3
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
    links = _revision(pairs, options)
    return [Link(i, j, pairs.find(i, j)) for i, j in sorted(links)]


def _revision(pairs, options):
    candidates = pairs.at_least(options.threshold)
    links = _assign(candidates, _log_odds(candidates, pairs.heights, options))
    strays = set(_strays(links, pairs, options))
    links = [link for link in links if link not in strays]
    return links + _further_parts(links, pairs, options)


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
        self.heights = len(before), len(after)
        sentences, features, self._mass, self._n_words = _bags(before + after)
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
        table = np.zeros((sum(self.heights), len(common)), np.float32)
        column = np.full(int(features.max()) + 1, -1)
        column[common] = np.arange(len(common))
        chosen = column[features] >= 0
        table[sentences[chosen], column[features[chosen]]] = self._mass[chosen]
        overlap = np.empty(len(self.rows))
        step = max(1, _CHUNK // len(common))
        for start in range(0, len(overlap), step):
            part = slice(start, start + step)
            left, right = table[self.rows[part]], table[self.columns[part] + self.heights[0]]
            overlap[part] = np.minimum(left, right).sum(axis=1, dtype=float)
        return overlap

    def _dice(self, overlap, rows, columns):
        return 2 * overlap / (self._totals[rows] + self._totals[self.heights[0] + columns])

    def at_least(self, threshold):
        """(rows, columns, similarities) of the pairs at or above a similarity."""
        keep = self.similarity >= threshold
        return self.rows[keep], self.columns[keep], self.similarity[keep]

    def find(self, row, column):
        """The similarity of a pair; 0 where the inverted index did not propose it."""
        key = row * self.heights[1] + column
        place = int(np.searchsorted(self._keys, key))
        found = place < len(self._keys) and self._keys[place] == key
        return float(self.similarity[place]) if found else 0.0

    def bag(self, side, index):
        """dict from word to weight: the sentence `index` of `side` (0 before, 1 after)."""
        index += side * self.heights[0]
        entries = slice(self._bounds[index], self._bounds[index + 1])
        features = self._features[entries]
        n_words = np.searchsorted(features, self._n_words)
        return dict(zip(features[:n_words].tolist(), self._mass[entries][:n_words].tolist(), strict=True))


def _bags(sentences):
    """Arrays ordered by sentence: sentence, feature, its weight there; and how many features are words."""
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
    return owners, features, counts * weights[features], int(np.searchsorted(codes, kinds))


def _log_odds(candidates, heights, options):
    """How likely each pair is a link, as log-odds: from its similarity, its rivals and its neighbours.

    Relaxation labelling (Rosenfeld, Hummel and Zucker 1976): a pair's probability is set against the
    other pairs of both its sentences; the probability that the two sentences before it are linked, and
    the two after it, moves its log-odds; and so for a few rounds.
    """
    (rows, columns, similarity), (height, width) = candidates, heights
    keys = rows * width + columns
    previous = _places(keys, keys - width - 1, columns > 0)
    following = _places(keys, keys + width + 1, columns < width - 1)
    base = options.steepness * (similarity - options.midpoint)
    odds = base
    for _ in range(_ROUNDS):
        strength = np.exp(odds)
        rivals = np.bincount(rows, strength, height)[rows] + np.bincount(columns, strength, width)[columns]
        probability = np.append(strength / (1 + rivals - strength), 0)
        support = probability[previous] + probability[following]
        odds = base + options.context * (support - 1)
    return odds


def _places(keys, wanted, valid):
    """Where each of `wanted` stands in the sorted `keys`; -1 where it does not."""
    places = np.searchsorted(keys, wanted)
    places[places == len(keys)] = 0
    return np.where(valid & (keys[places] == wanted), places, -1) if len(keys) else places


def _assign(candidates, odds):
    """The pairs more likely linked than not, most likely first, each sentence once."""
    rows, columns, _ = candidates
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


def _strays(links, pairs, options):
    """Links that leave the common order alone, without the similarity (`stray`) that a move needs.

    The common order is the heaviest chain of links that runs the same way in both versions. A passage
    that moved brings neighbours along or is plainly the same; a lone weak link across is chance.
    """
    links = sorted(links)
    weights = [round(1000 * pairs.find(*link)) for link in links]
    columns = [column for _, column in links]
    last = pairs.heights[1] - 1
    up_to = _chain_weights(columns, weights)
    from_on = _chain_weights([last - column for column in reversed(columns)], weights[::-1])[::-1]
    heaviest = max(up_to, default=0)
    through = [a + b - weight for a, b, weight in zip(up_to, from_on, weights, strict=True)]
    moved = [link for link, weight in zip(links, through, strict=True) if weight < heaviest]
    weak = [link for link in moved if pairs.find(*link) < options.stray]
    return [link for link in weak if not _has_company(link, dict(moved))]


def _has_company(link, moved):
    """Whether a sentence moved together with another that stands at most `_REACH` sentences from it."""
    row, column = link
    for step in range(1, _REACH + 1):
        if 0 < moved.get(row + step, -1) - column <= _REACH:
            return True
        if row - step in moved and 0 < column - moved[row - step] <= _REACH:
            return True
    return False


def _chain_weights(columns, weights):
    """For each link, the weight of the heaviest rising chain that ends with it (Fenwick's tree of maxima)."""
    size = max(columns, default=0) + 1
    tree, ends = [0] * (size + 1), []
    for column, weight in zip(columns, weights, strict=True):
        best, place = weight, column
        while place > 0:
            best = max(best, weight + tree[place])
            place -= place & -place
        ends.append(best)
        place = column + 1
        while place <= size:
            tree[place] = max(tree[place], best)
            place += place & -place
    return ends


def _further_parts(links, pairs, options):
    """Links for the other parts of split and merged sentences.

    A free sentence next to a linked one joins its link when enough of it (`coverage`) is found in what
    the link leaves over of the partner.
    """
    partners = dict(links), {j: i for i, j in links}
    offers = {}
    for link in links:
        if pairs.find(*link) == 1:
            continue
        for side in (0, 1):
            whole, part = link[side], link[1 - side]
            other_side = range(pairs.heights[1 - side])
            free = [k for k in (part - 1, part + 1) if k in other_side and k not in partners[1 - side]]
            if not free:
                continue
            taken = pairs.bag(1 - side, part)
            left_over = {
                word: mass - taken.get(word, 0)
                for word, mass in pairs.bag(side, whole).items()
                if mass > taken.get(word, 0)
            }
            for other in free:
                piece = pairs.bag(1 - side, other)
                found = sum(min(mass, left_over.get(word, 0)) for word, mass in piece.items())
                covered = found / max(1, sum(piece.values()))
                pair = (whole, other) if side == 0 else (other, whole)
                offer = (covered, -sum(pair)), pair
                if covered >= options.coverage and offer[0] > offers.get((1 - side, other), ((0, 0),))[0]:
                    offers[1 - side, other] = offer
    return [pair for _, pair in offers.values()]
