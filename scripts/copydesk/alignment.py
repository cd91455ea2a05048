"""Which sentence of one version answers which of the other.

Two presets: `revision` for one text that was edited, `rewrite` for a story told anew by another hand.
Neither uses a model; both give the same links whichever version comes first.

Every constant was chosen by a sweep that `scripts/bench.py alignment --gold FILE --sweep` repeats; where
the score hardly changes between neighbouring values, a round one was taken.
"""

from dataclasses import dataclass, replace
from functools import cached_property
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
class RevisionOptions:
    """The parameters of the preset `revision`.

    threshold: the least similarity, 0 to 1, at which two sentences can be linked at all.
    midpoint, steepness: the similarity at which a link is as likely as not before its neighbours are
        looked at, and how fast the log-odds rise with it.
    context: by how much log-odds the links of the sentences before and after can raise or lower a link.
    stray: the least similarity of a link that leaves the common order without a neighbour.
    coverage: the least share of a sentence's words that the sentence it was split from must hold for it.

    On essays under revision (ArgRewrite V.2) F1 stays within .004 for a midpoint of .16 to .22, a steepness
    of 19 to 40, a context of .75 to 2, stray from .5 up, coverage from .3 up; a threshold up to .1 changes
    nothing, it is there for callers. Where passages were moved, stray above .75 loses moved sentences; a
    coverage above .4 loses parts of splits.
    """

    threshold: float = 0.1
    midpoint: float = 0.18
    steepness: float = 25
    context: float = 1.5
    stray: float = 0.6
    coverage: float = 0.4


@dataclass(frozen=True)
class RewriteOptions:
    """The parameters of the preset `rewrite`.

    threshold: the least similarity, 0 to 1, at which two sentences can be linked at all.
    midpoint, steepness: as for a revision.
    letters: the share of letter sequences, against words, in the similarity.
    length: what a sentence adds to the similarity as its length grows e-fold; long ones are seldom left out.
    joining: the log-odds of one more sentence in a split or a merge, beside its own.
    certainty: the least probability of a link.

    On fables told by two authors (GNAT Aesop) F1 stays within .015 for a midpoint of .08 to .11, a steepness
    of 14 to 20, letters from .35 to .75, length from .015 to .03, joining from -2 to -1.1, certainty from .2
    to .3. That both speak, and where in the story they stand, did not help beyond chance.
    """

    threshold: float = 0.0
    midpoint: float = 0.09
    steepness: float = 16
    letters: float = 0.5
    length: float = 0.025
    joining: float = -1.5
    certainty: float = 0.25


PRESETS = {"revision": RevisionOptions(), "rewrite": RewriteOptions()}

# Words are compared by their first letters, so that inflection changes little.
_STEM = 5
# Weights are whole numbers of this part, so that no sum depends on its order and versions can change places.
_UNIT = 64
# A feature in both versions that would pair more sentences than this proposes no pair; it still counts.
_MOST_PAIRS = 2500


def align_sentences(before, after, preset="revision", **overrides):
    """Link the sentences of two versions, many to many.

    before, after: lists of sentences, each a string or the list of its tokens' normal forms
        (`copydesk.text.normal_words`).
    preset: "revision" or "rewrite"; `overrides`: fields of `RevisionOptions` or `RewriteOptions`.
    Returns list[Link], ordered; only linked pairs. Raises InputError for an unknown preset or option.
    """
    options = _options(preset, overrides)
    before, after = _normalise(before, after)
    if not any(before) or not any(after):
        return []
    return _revision(before, after, options) if preset == "revision" else _rewrite(before, after, options)


def similarities(before, after):
    """How like each sentence of one version is to each of the other, by the measure of the preset `revision`.

    before, after: as for `align_sentences`. Returns an array with a row for each sentence of `before` and a column
    for each of `after`: numbers from 0 to 1, 1 for the same words in the same order. It is what
    `charts.similarity_matrix` draws.
    """
    before, after = _normalise(before, after)
    matrix = np.zeros((len(before), len(after)))
    if any(before) and any(after):
        pairs = _Pairs(before, after)
        matrix[pairs.rows, pairs.columns] = pairs.similarity
    return matrix


def _options(preset, overrides):
    if preset not in PRESETS:
        known = ", ".join(PRESETS)
        raise InputError(f"There is no preset {preset!r} for linking sentences; use one of: {known}.")
    known = type(PRESETS[preset]).__dataclass_fields__
    unknown = sorted(set(overrides) - set(known))
    if unknown:
        options = ", ".join(known)
        raise InputError(f"The preset {preset!r} has no option {unknown[0]!r}; use one of: {options}.")
    return replace(PRESETS[preset], **overrides)


def _normalise(*versions):
    """Each version as a list of lists of normal forms; a string that comes again is tokenised once."""
    seen = {}

    def norms(sentence):
        if not isinstance(sentence, str):
            return sentence
        if sentence not in seen:
            seen[sentence] = normal_words(sentence)
        return seen[sentence]

    return [[norms(sentence) for sentence in version] for version in versions]


def _words(norms):
    """The words by which a sentence is compared; a line that has marks only, by its marks."""
    return [norm[:_STEM] for norm in norms if is_word(norm)] or list(norms)


# --- bags of features -------------------------------------------------------------------------------


class _Bags:
    """The sentences of two versions as bags of weighted features, and what the bags share.

    `sentences`, `features`, `masses`: an entry for each feature of each sentence, ordered by sentence,
    those of `before` first; a mass is the feature's weight times its count. `heights`: the numbers of
    sentences. `totals`: the mass of each sentence.
    """

    def __init__(self, sentences, features, masses, heights):
        self.sentences, self.features, self.masses, self.heights = sentences, features, masses, heights
        self.totals = np.bincount(sentences, masses, sum(heights))

    @cached_property
    def shared(self):
        """(keys, overlap): the pairs of sentences that share a feature, and the mass that they share.

        A key is row * width + column. An inverted index finds the pairs, so that the work grows with
        their number. Features so common that they would pair everything with everything find none.
        """
        in_before = self.sentences < self.heights[0]
        n_kinds = int(self.features.max(initial=0)) + 1
        n_before = np.bincount(self.features[in_before], minlength=n_kinds)
        n_after = np.bincount(self.features[~in_before], minlength=n_kinds)
        meetings = n_before * n_after
        common = np.flatnonzero(meetings > _MOST_PAIRS)
        meetings[common] = 0
        by_feature = np.argsort(self.features, kind="stable")
        first_after = np.cumsum(n_before + n_after) - n_after
        # Each entry of `before` meets each entry of `after` that has the same feature.
        left = by_feature[in_before[by_feature]]
        left = left[meetings[self.features[left]] > 0]
        repeats = n_after[self.features[left]]
        within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        left = np.repeat(left, repeats)
        right = by_feature[first_after[self.features[left]] + within]
        keys = self.sentences[left] * self.heights[1] + self.sentences[right] - self.heights[0]
        keys, place = np.unique(keys, return_inverse=True)
        overlap = np.bincount(place, np.minimum(self.masses[left], self.masses[right]), len(keys))
        overlap = overlap.astype(float)  # whole numbers where there is no key
        if len(common):
            overlap += self._common_overlap(keys, common)
        return keys, overlap

    def _common_overlap(self, keys, common):
        """The mass of common features in pairs that other features found."""
        column = np.full(int(self.features.max()) + 1, -1)
        column[common] = np.arange(len(common))
        chosen = column[self.features] >= 0
        table = np.zeros((sum(self.heights), len(common)), np.float32)
        table[self.sentences[chosen], column[self.features[chosen]]] = self.masses[chosen]
        rows, columns = np.divmod(keys, self.heights[1])
        overlap = np.empty(len(keys))
        step = max(1, (1 << 20) // len(common))  # a few megabytes at a time
        for start in range(0, len(keys), step):
            part = slice(start, start + step)
            left, right = table[rows[part]], table[self.heights[0] + columns[part]]
            overlap[part] = np.minimum(left, right).sum(axis=1, dtype=float)
        return overlap


def _number(sentences):
    """Three things of lists of features: their sentences, their numbers (from 1), and how many kinds."""
    ids = {}
    numbers = [ids.setdefault(feature, len(ids) + 1) for sentence in sentences for feature in sentence]
    owners = np.repeat(np.arange(len(sentences)), [len(sentence) for sentence in sentences])
    return owners, np.array(numbers, dtype=np.int64), ids


def _count(owners, codes):
    """(sentences, features, counts, kinds): entries ordered by sentence; `kinds` are the distinct codes."""
    kinds, features = np.unique(codes, return_inverse=True)
    width = max(1, len(kinds))
    entries, counts = np.unique(owners * width + features, return_counts=True)
    return *np.divmod(entries, width), counts, kinds


def _rarity(features, n_kinds, n_sentences):
    """Inverse document frequency of each feature over both versions, at least a little."""
    frequency = np.bincount(features, minlength=n_kinds)
    return np.maximum(np.log((n_sentences + 1) / (frequency + 0.5)), 0.05)


# --- a text that was edited -------------------------------------------------------------------------

# A pair of neighbouring words weighs as much as a word of this inverse document frequency: 3 of
# 1.5, 2, 3, 4 and 6, which differ by .004 at most.
_PAIR_WEIGHT = 3.0
# The rounds in which neighbours inform each other; a third changes nothing.
_ROUNDS = 2
# How far apart, in both versions, two sentences may stand that moved together.
_REACH = 3


def _revision(before, after, options):
    """Sentences are compared by weighted word and word-pair overlap; the links of the sentences before
    and after support a link, wherever the two places are, so that a moved passage supports itself; then
    the likeliest links are taken, lone chance links dropped, and further parts of splits added."""
    pairs = _Pairs(before, after)
    candidates = pairs.at_least(options.threshold)
    links = _assign(candidates, _log_odds(candidates, pairs.heights, options))
    strays = set(_strays(links, pairs, options))
    links = _in_order([link for link in links if link not in strays], before, pairs)
    links += _further_parts(links, pairs, options)
    return [Link(i, j, pairs.find(i, j)) for i, j in sorted(links)]


class _Pairs:
    """The plausible pairs of sentences, in order: `rows` and `columns`, and their `similarity`.

    A sentence is a bag of words, weighted by inverse document frequency over both versions, and of pairs
    of neighbouring words (its beginning and end included), weighted alike. Similarity is Dice's (1945)
    coefficient of the bags.
    """

    def __init__(self, before, after):
        self.heights = len(before), len(after)
        sentences = [_words(norms) for norms in before + after]
        self._bags, self._n_words = _word_and_pair_bags(sentences, self.heights)
        self._bounds = np.searchsorted(self._bags.sentences, np.arange(sum(self.heights) + 1))
        self._keys, overlap = _with_twins(
            *self._bags.shared, _twins(sentences, self.heights), self._bags.totals, self.heights[1]
        )
        self.rows, self.columns = np.divmod(self._keys, self.heights[1])
        totals = self._bags.totals
        self.similarity = 2 * overlap / (totals[self.rows] + totals[self.heights[0] + self.columns])

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
        features = self._bags.features[entries]
        n_words = np.searchsorted(features, self._n_words)
        masses = self._bags.masses[entries][:n_words]
        return dict(zip(features[:n_words].tolist(), masses.tolist(), strict=True))


def _twins(sentences, heights):
    """The keys of like sentences, the first with the first, the second with the second, and so on: a line
    that comes again and again may have no feature rare enough to find its partner by."""
    places = {}
    for j, words in enumerate(sentences[heights[0] :]):
        places.setdefault(tuple(words), []).append(j)
    keys, met = [], {}
    for i, words in enumerate(sentences[: heights[0]]):
        like = tuple(words)
        nth = met[like] = met.get(like, -1) + 1
        if like and nth < len(places.get(like, ())):
            keys.append(i * heights[1] + places[like][nth])
    return np.array(keys, dtype=np.int64)


def _with_twins(keys, overlap, twins, totals, width):
    """The keys and what they share, with those of twins that no feature proposed."""
    new = np.setdiff1d(twins, keys)
    if not len(new):
        return keys, overlap
    order = np.argsort(np.concatenate([keys, new]), kind="stable")
    shared = np.concatenate([overlap, totals[new // width]])
    return np.concatenate([keys, new])[order], shared[order]


def _word_and_pair_bags(sentences, heights):
    """(bags, how many features are words); words come before pairs."""
    owner, word, ids = _number([["", *words] for words in sentences])
    word -= 1  # so that the empty word, which marks where sentences begin and end, is 0
    following, n_ids = np.append(word[1:], 0), len(ids)
    is_word, is_pair = word > 0, word + following > 0
    codes = np.concatenate([word[is_word], n_ids * (1 + word[is_pair]) + following[is_pair]])
    owners, features, counts, kinds = _count(np.concatenate([owner[is_word], owner[is_pair]]), codes)
    rarity = _rarity(features, len(kinds), len(sentences))
    weights = np.rint(_UNIT * np.where(kinds < n_ids, rarity, _PAIR_WEIGHT))
    return _Bags(owners, features, counts * weights[features], heights), int(np.searchsorted(kinds, n_ids))


def _log_odds(candidates, heights, options):
    """How likely each pair is a link, as log-odds: from its similarity, its rivals and its neighbours.

    Relaxation labelling (Rosenfeld, Hummel and Zucker 1976): a pair's probability is set against the
    other pairs of both its sentences; the probabilities that the two sentences before it are linked, and
    the two after it, move its log-odds; and so for a few rounds.
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
        odds = base + options.context * (probability[previous] + probability[following] - 1)
    return odds


def _places(keys, wanted, valid):
    """Where each of `wanted` stands in the sorted `keys`; -1 where it does not."""
    if not len(keys):
        return keys
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(valid & (keys[places] == wanted), places, -1)


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
    moved = dict(link for link, weight in zip(links, through, strict=True) if weight < heaviest)
    weak = [link for link in moved.items() if pairs.find(*link) < options.stray]
    return [link for link in weak if not _has_company(link, moved)]


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


def _in_order(links, before, pairs):
    """The same links, where sentences that come several times cross without a reason kept in their order.

    The reason would be a neighbour, other than they, that moved along.
    """
    same = {}
    for row, column in links:
        if pairs.find(row, column) == 1:
            same.setdefault(tuple(_words(before[row])), []).append((row, column))
    alike = {link for group in same.values() for link in group if len(group) > 1}
    others = set(links) - alike
    loose = [
        [(i, j) for i, j in group if (i - 1, j - 1) not in others and (i + 1, j + 1) not in others]
        for group in same.values()
        if len(group) > 1
    ]
    resorted = {link for group in loose for link in group}
    kept = [link for link in links if link not in resorted]
    for group in loose:
        kept += zip(sorted(i for i, _ in group), sorted(j for _, j in group), strict=True)
    return kept


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


# --- a story told anew ------------------------------------------------------------------------------

# The closed classes of English: words that any two sentences share. They weigh less (`_CLOSED_WEIGHT`).
_CLOSED = frozenset(
    """a an the this that these those some any no every each all both either neither such other another
    i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us
    our ours they them their theirs themselves one who whom whose which what when where why how whether if
    then than as so because since while until till before after though although unless and or but nor yet
    for of in on at by with without from to into onto upon out up down over under off through about against
    between among toward towards away back near along around is am are was were be been being do does did
    done has have had having will would shall should can could may might must ought 'll 'd 've 're 's 'm n't
    not there here now just only very too also even still again once more most much many few little own same
    quite rather well soon ever never always""".split()
)
_CLOSED_STEMS = frozenset(word[:_STEM] for word in _CLOSED)
_CLOSED_WEIGHT = 0.3
_LETTERS = 4
# The share of the longer sentence in the measure of what two sentences could have in common.
_LONGER = 0.6
# As many sentences as one can be told in.
_LONGEST = 4


def _rewrite(before, after, options):
    """Two tellings follow one order, more or less; a sentence of one may be told in several of the other.
    All monotone alignments are weighed at once, and the links that most of their weight holds are kept."""
    height = len(before)
    lexical = _lexical_similarity(before, after, options.letters)
    sizes = np.log([1 + len(_words(norms)) for norms in before + after])
    likeness = lexical + options.length * (sizes[:height, None] + sizes[None, height:] - 5)
    odds = options.steepness * (likeness - options.midpoint)
    probability = np.round(_link_probabilities(odds, options.joining), 9)
    keep = (probability >= options.certainty) & _best_of_finer(probability)
    keep = (keep | (probability > 0.5)) & (lexical >= options.threshold)
    return [Link(int(i), int(j), float(lexical[i, j])) for i, j in np.argwhere(keep)]


def _best_of_finer(probability):
    """Which pairs are the likeliest for their sentence in the telling that has more sentences."""
    height, width = probability.shape
    of_row = probability == probability.max(axis=1, keepdims=True)
    of_column = probability == probability.max(axis=0, keepdims=True)
    return of_row if height > width else of_column if height < width else of_row | of_column


def _lexical_similarity(before, after, letters):
    """Array of similarities, 0 to 1: weighted overlap of word stems and of letter sequences."""
    words = [_words(norms) for norms in before + after]
    texts = [f" {' '.join(norm for norm in norms if is_word(norm))} " for norms in before + after]
    grams = [[text[k : k + _LETTERS] for k in range(len(text) - _LETTERS + 1)] for text in texts]
    heights = len(before), len(after)
    by_words, by_letters = _overlap_share(words, heights, _CLOSED_STEMS), _overlap_share(grams, heights)
    return (1 - letters) * by_words + letters * by_letters


def _overlap_share(sentences, heights, closed=()):
    """The shared mass of each pair, as a share of a mean of both masses that leans to the greater."""
    owners, codes, ids = _number(sentences)
    owners, features, counts, kinds = _count(owners, codes)
    weights = _rarity(features, len(kinds), len(sentences))
    light = np.array([feature in closed for feature in ids], dtype=bool)
    weights = np.rint(_UNIT * np.where(light, _CLOSED_WEIGHT, 1) * weights)
    bags = _Bags(owners, features, counts * weights[features], heights)
    keys, overlap = bags.shared
    shared = np.zeros(heights[0] * heights[1])
    shared[keys] = overlap
    left, right = bags.totals[: heights[0], None], bags.totals[None, heights[0] :]
    room = np.minimum(left, right) ** (1 - _LONGER) * np.maximum(left, right) ** _LONGER
    return np.minimum(shared.reshape(heights) / np.maximum(room, 1), 1)


def _link_probabilities(odds, joining):
    """The probability of each link, over all monotone alignments in which a sentence stands alone, answers
    one sentence, or answers a run of up to `_LONGEST` (forward and backward sums; Rabiner 1989)."""
    strength, join = np.exp(np.minimum(odds, 10)), np.exp(joining)
    forward = list(_sums(strength, join))
    backward = reversed(list(_sums(strength[::-1, ::-1], join)))
    whole, scale = forward[-1][1:]
    probability = np.empty(odds.shape)
    for row, ((ahead, _, before), (behind, _, after)) in enumerate(zip(forward, backward, strict=True)):
        behind = behind[:, ::-1]
        through = ahead[0] * behind[0]
        for done in range(_LONGEST):
            for to_come in range(_LONGEST - done):
                if done + to_come:
                    down = ahead[done] * behind[to_come]
                    right = ahead[_along(done)] * behind[_along(to_come)]
                    through = through + (down + right)
        probability[row] = through / strength[row] / whole * np.exp(before + after - scale)
    return probability


def _along(step):
    """Which row of `_sums`'s states holds runs within a row after this many further steps."""
    return step if step == 0 else _LONGEST - 1 + step


def _sums(strength, join):
    """For each row: (states, sum, scale). states[0]: the summed weight of all alignments up to a link that
    begins a run there; states[k]: of those whose run came k rows down; states[_LONGEST - 1 + k]: k columns
    along. sum: the weight of all alignments up to the row's end. All are to be multiplied by exp(scale)."""
    width = strength.shape[1]
    so_far, scale = np.zeros(width + 1), 0.0
    so_far[0] = 1  # the alignment that has no link yet
    above = np.zeros((2 * _LONGEST - 1, width))
    for row in strength:
        states = np.zeros_like(above)
        states[0] = row * np.cumsum(so_far)[:-1]
        states[1:_LONGEST] = row * join * above[: _LONGEST - 1]
        for step in range(1, _LONGEST):
            states[_along(step), 1:] = row[1:] * join * states[_along(step - 1), :-1]
        so_far[1:] += states.sum(axis=0)
        largest = so_far.max()
        if largest > 1e100:
            so_far, states, scale = so_far / largest, states / largest, scale + float(np.log(largest))
        yield states, so_far.sum(), scale
        above = states
