"""Which sentence of one version answers which of the other.

Two presets: `revision` for one text that was edited, `rewrite` for a story told anew by another hand.
Neither uses a model; both give the same links whichever version comes first.

Every number that was chosen is a field of `RevisionOptions` or `RewriteOptions`, so that any can be given
another value; `scripts/bench.py alignment --sweep --gold FILE` gives each the values around its own, one at a
time, and prints what becomes of the links. The few other numbers in the code guard sums against rounding
and overflow.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from copydesk.engine.text import is_word, normal_words
from copydesk.errors import InputError


class Link(NamedTuple):
    """A sentence of one version (index `before`), its counterpart in the other (index `after`), and their
    `similarity`, 0 to 1. A sentence that was split or merged stands in several links."""

    before: int
    after: int
    similarity: float


@dataclass(frozen=True)
class _Options:
    stem: int = 5
    unit: int = 64
    most_pairs: int = 2500


@dataclass(frozen=True)
class RevisionOptions(_Options):
    """The parameters of the preset `revision`.

    threshold: the least similarity, 0 to 1, at which two sentences can be linked at all.
    midpoint, steepness: the similarity at which a link is as likely as not before its neighbours are
        looked at, and how fast the log-odds rise with it.
    context: by how much log-odds the links of the sentences before and after can raise or lower a link.
    stray: the least similarity of a link that leaves the common order without a neighbour.
    reach: how far apart, in both versions, two sentences may stand that moved together.
    coverage: the least share of a sentence's words that the sentence it was split from must hold for it.
    neighbours: the weight of two neighbouring words, as the inverse document frequency of one word.
    stem: words are compared by this many first letters, so that inflection changes little.
    unit: weights are whole numbers of this part of one, so that no sum depends on its order and the versions
        can change places; any fine one will do.
    most_pairs: a feature in both versions that would pair more sentences than this proposes no pair; it
        still counts. It keeps the cost of long texts down and changes no link of short ones.

    On essays under revision (ArgRewrite V.2), as they are and with passages moved, no value within a tenth of its
    own changes F1 by more than .0024; all shaken together by a tenth, .956 falls to .953, and .950 with moves to
    .947. Essays without moves would have `stray` higher, moves would have it lower: from .54 to .75 both hardly
    change, as with a `reach` of 2 to 5. A `coverage` of .5 and more loses parts of splits.
    """

    threshold: float = 0.1
    midpoint: float = 0.18
    steepness: float = 25.0
    context: float = 1.5
    stray: float = 0.6
    reach: int = 3
    coverage: float = 0.4
    neighbours: float = 3.0


@dataclass(frozen=True)
class RewriteOptions(_Options):
    """The parameters of the preset `rewrite`.

    threshold: the least similarity, 0 to 1, at which two sentences can be linked at all.
    midpoint, steepness: as for a revision.
    letters: the share of letter sequences, against words, in the similarity.
    sequence: how many letters a sequence has.
    closed: the weight of words of the closed classes, against other words.
    length: what a sentence adds to the similarity as its length grows e-fold; long ones are seldom left out.
    typical: the words of a sentence whose length adds nothing; it lets `length` and `midpoint` vary apart.
    joining: the log-odds of one more sentence in a split or a merge, beside its own.
    longest: as many sentences as one can be told in.
    certainty: the least probability of a link.
    stem, unit, most_pairs: as for a revision.

    On fables told by two authors (GNAT Aesop) the score is rough: a single best setting is mostly luck, and the
    halves of the fables have it at different values. These stand in the middle of a stretch where others score as
    well. All shaken together by a tenth, F1 falls from .697 to .677, which is what other texts may bring. What
    matters most is the balance between links missed and links too many that `midpoint`, `typical`, `joining` and
    `certainty` strike.
    """

    threshold: float = 0.0
    midpoint: float = 0.07
    steepness: float = 16.0
    letters: float = 0.5
    sequence: int = 4
    closed: float = 0.35
    length: float = 0.025
    typical: int = 11
    joining: float = -1.75
    longest: int = 4
    certainty: float = 0.3


PRESETS = {"revision": RevisionOptions(), "rewrite": RewriteOptions()}


def align_sentences(before, after, preset="revision", **overrides):
    """Link the sentences of two versions, many to many.

    before, after: lists of sentences, each a string or the list of its tokens' normal forms
        (`copydesk.engine.text.normal_words`).
    preset: "revision" or "rewrite"; `overrides`: fields of `RevisionOptions` or `RewriteOptions`.
    Returns list[Link], ordered; only linked pairs. Raises InputError for an unknown preset or option.
    """
    options = _options(preset, overrides)
    return _METHODS[preset](*_normalise(before, after), options).links


def explain_links(before, after, preset="revision", **overrides):
    """Why each pair of sentences was linked or was not.

    before, after, preset, overrides: as for `align_sentences`, whose links these are. Returns a DataFrame with a
    row for every sentence of `before` with every one of `after`, in that order: for stories, not for books.

    - `before`, `after`: the indices of the two sentences.
    - `similarity`: 0 to 1.
    - `alone`, `probability`: how likely a link is, 0 to 1, by what the two sentences are, and by the pairs around
      them too; missing where the threshold ruled a pair out before it was weighed.
    - `linked`: bool.
    - `step`: what decided. Linked by `match` (the likeliest for both sentences) or as `part` (a further part of a
      sentence split or merged); not linked by `threshold` (too little alike), `probability` (too unlikely),
      `rival` (one of the two went to a likelier pair) or `stray` (alone out of the common order, and too little
      alike for that).
    - `needs`: what the step asks for at least: of the similarity (`threshold`, `stray`), of the probability
      (`match`, `probability`) or of the share of a part's words (`part`); missing for `rival`.
    - `shared`: dict from the normal form of each word that has its like in the other sentence to the weight that
      the two share of it, the weightiest first.

    Raises InputError for an unknown preset or option.
    """
    import pandas as pd

    options = _options(preset, overrides)
    before, after = _normalise(before, after)
    found = _METHODS[preset](before, after, options)
    similarity, alone, probability, step = found.decisions()
    words = [found.bags.words(index) for index in range(len(before) + len(after))]
    forms = [{norm: _words([norm], options.stem)[0] for norm in norms} for norms in before + after]
    rows, columns = (places.ravel() for places in np.indices(similarity.shape))
    frame = pd.DataFrame({"before": rows, "after": columns, "similarity": similarity.ravel()})
    frame["alone"], frame["probability"] = alone.ravel(), probability.ravel()
    frame["linked"] = np.isin(step, ["match", "part"]).ravel()
    frame["step"] = step.ravel()
    frame["needs"] = frame["step"].map(found.needs).astype(float)
    frame["shared"] = [
        _shared_words(words[i], words[j], forms[i] | forms[j], options.unit)
        for i, j in zip(rows.tolist(), (len(before) + columns).tolist(), strict=True)
    ]
    return frame


def _shared_words(left, right, forms, unit):
    """dict from normal form to shared weight. left, right: dicts from word to mass; forms: from normal form to
    word."""
    shared = {word: min(mass, right[word]) / unit for word, mass in left.items() if word in right}
    weights = {norm: shared[word] for norm, word in forms.items() if word in shared}
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def similarities(before, after):
    """How like each sentence of one version is to each of the other, by the measure of the preset `revision`.

    before, after: as for `align_sentences`. Returns an array with a row for each sentence of `before` and a column
    for each of `after`: numbers from 0 to 1, 1 for the same words in the same order. It is what
    `charts.similarity_matrix` draws.
    """
    return _Pairs(*_normalise(before, after), PRESETS["revision"]).matrix()


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


def _words(norms, stem):
    """The words by which a sentence is compared; a line that has marks only, by its marks."""
    return [norm[:stem] for norm in norms if is_word(norm)] or list(norms)


# --- bags of features -------------------------------------------------------------------------------


class _Bags:
    """The sentences of two versions as bags of weighted features, and what the bags share.

    `sentences`, `features`, `masses`: an entry for each feature of each sentence, ordered by sentence,
    those of `before` first; a mass is the feature's weight, in whole units, times its count. `heights`: the
    numbers of sentences. `totals`: the mass of each sentence.
    """

    def __init__(self, entries, weights, words, heights, options):
        """entries: (sentences, features, counts). weights: of each feature. words: the first features' names."""
        self.sentences, self.features, counts = entries
        units = np.maximum(np.rint(options.unit * weights), 1)
        self.masses = counts * units[self.features]
        self.totals = np.bincount(self.sentences, self.masses, sum(heights))
        self.heights, self._names, self._most_pairs = heights, words, options.most_pairs

    def words(self, index):
        """dict from word to mass: a sentence by its number, those of `before` first."""
        start, end = self._bounds[index : index + 2]
        features = self.features[start:end]
        features = features[: np.searchsorted(features, len(self._names))].tolist()
        masses = self.masses[start : start + len(features)].tolist()
        return {self._names[feature]: mass for feature, mass in zip(features, masses, strict=True)}

    @cached_property
    def _bounds(self):
        return np.searchsorted(self.sentences, np.arange(sum(self.heights) + 1))

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
        common = np.flatnonzero(meetings > self._most_pairs)
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
    """Three things of lists of features: their sentences, their numbers (from 0), and the kinds as numbered."""
    ids = {}
    numbers = [ids.setdefault(feature, len(ids)) for sentence in sentences for feature in sentence]
    owners = np.repeat(np.arange(len(sentences)), [len(sentence) for sentence in sentences])
    return owners, np.array(numbers, dtype=np.int64), list(ids)


def _count(owners, codes):
    """(sentences, features, counts, kinds): entries ordered by sentence; `kinds` are the distinct codes."""
    kinds, features = np.unique(codes, return_inverse=True)
    width = max(1, len(kinds))
    entries, counts = np.unique(owners * width + features, return_counts=True)
    return *np.divmod(entries, width), counts, kinds


def _rarity(features, n_kinds, n_sentences):
    """Inverse document frequency of each feature over both versions, by the form of BM25 (Robertson and Zaragoza
    2009) to which 1 is added, so that it is never negative."""
    frequency = np.bincount(features, minlength=n_kinds)
    return np.log((n_sentences + 1) / (frequency + 0.5))


# --- a text that was edited -------------------------------------------------------------------------


class _Revision:
    """Sentences are compared by weighted word and word-pair overlap; the links of the sentences before
    and after support a link, wherever the two places are, so that a moved passage supports itself; then
    the likeliest links are taken, lone chance links dropped, and further parts of splits added."""

    def __init__(self, before, after, options):
        self._pairs = _Pairs(before, after, options)
        self._candidates = self._pairs.at_least(options.threshold)
        self._alone, self._odds = _log_odds(self._candidates, self._pairs.heights, options)
        likeliest = _assign(self._candidates, self._odds)
        self._strays = _strays(likeliest, self._pairs, options)
        self._matches = _in_order([link for link in likeliest if link not in self._strays], self._pairs)
        self._parts = _further_parts(self._matches, self._pairs, options)
        self.links = [Link(i, j, self._pairs.find(i, j)) for i, j in sorted(self._matches + self._parts)]
        self.bags = self._pairs.bags
        needs = {"threshold": options.threshold, "probability": 0.5, "match": 0.5}
        self.needs = {**needs, "stray": options.stray, "part": options.coverage}

    def decisions(self):
        """Arrays of `similarity`, `alone`, `probability`, `step`, as in `explain_links`."""
        rows, columns, _ = self._candidates
        alone, probability = np.full((2, *self._pairs.heights), np.nan)
        alone[rows, columns], probability[rows, columns] = _logistic(self._alone), _logistic(self._odds)
        step = np.full(self._pairs.heights, "threshold", dtype=object)
        step[rows, columns] = np.where(self._odds > 0, "rival", "probability")
        for name, pairs in (("stray", self._strays), ("match", self._matches), ("part", self._parts)):
            for pair in pairs:
                step[pair] = name
        return self._pairs.matrix(), alone, probability, step


def _logistic(odds):
    return 1 / (1 + np.exp(-odds))


class _Pairs:
    """The plausible pairs of sentences, in order: `rows` and `columns`, and their `similarity`.

    A sentence is a bag of words, weighted by inverse document frequency over both versions, and of pairs
    of neighbouring words (its beginning and end included), weighted alike. Similarity is Dice's (1945)
    coefficient of the bags.
    """

    def __init__(self, before, after, options):
        self.heights = len(before), len(after)
        self.words = [_words(norms, options.stem) for norms in before + after]
        self.bags = _word_and_pair_bags(self.words, self.heights, options)
        totals = self.bags.totals
        self._keys, overlap = _with_twins(
            *self.bags.shared(), _twins(self.words, self.heights), totals, self.heights[1]
        )
        self.rows, self.columns = np.divmod(self._keys, self.heights[1])
        self.similarity = 2 * overlap / (totals[self.rows] + totals[self.heights[0] + self.columns])

    def matrix(self):
        """The similarities of all pairs, 0 for those that are not plausible."""
        matrix = np.zeros(self.heights)
        matrix[self.rows, self.columns] = self.similarity
        return matrix

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


def _word_and_pair_bags(sentences, heights, options):
    # The empty word, which marks where sentences begin and end, has the number 0.
    owner, word, names = _number([["", *words] for words in sentences])
    following, n_names = np.append(word[1:], 0), len(names)
    is_word, is_pair = word > 0, word + following > 0
    codes = np.concatenate([word[is_word], n_names * (1 + word[is_pair]) + following[is_pair]])
    *entries, kinds = _count(np.concatenate([owner[is_word], owner[is_pair]]), codes)
    rarity = _rarity(entries[1], len(kinds), len(sentences))
    weights = np.where(kinds < n_names, rarity, options.neighbours)
    return _Bags(entries, weights, names[1:], heights, options)


def _log_odds(candidates, heights, options):
    """How likely each pair is a link, as two arrays of log-odds: from its similarity alone, and from its rivals and
    neighbours too.

    The first step of relaxation labelling (Rosenfeld, Hummel and Zucker 1976): a pair's probability is set
    against the other pairs of both its sentences; the probabilities that the two sentences before it are
    linked, and the two after it, move its log-odds.
    """
    (rows, columns, similarity), (height, width) = candidates, heights
    keys = rows * width + columns
    previous = _places(keys, keys - width - 1, columns > 0)
    following = _places(keys, keys + width + 1, columns < width - 1)
    alone = options.steepness * (similarity - options.midpoint)
    strength = np.exp(alone)
    rivals = np.bincount(rows, strength, height)[rows] + np.bincount(columns, strength, width)[columns]
    probability = np.append(strength / (1 + rivals - strength), 0)
    return alone, alone + options.context * (probability[previous] + probability[following] - 1)


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
    """The set of links that leave the common order alone, without the similarity (`stray`) that a move needs.

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
    return {link for link in weak if not _has_company(link, moved, options.reach)}


def _has_company(link, moved, reach):
    """Whether a sentence moved together with another that stands at most `reach` sentences from it."""
    row, column = link
    for step in range(1, reach + 1):
        if 0 < moved.get(row + step, -1) - column <= reach:
            return True
        if row - step in moved and 0 < column - moved[row - step] <= reach:
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


def _in_order(links, pairs):
    """The same links, where sentences that come several times cross without a reason kept in their order.

    The reason would be a neighbour, other than they, that moved along.
    """
    same = {}
    for row, column in links:
        if pairs.find(row, column) == 1:
            same.setdefault(tuple(pairs.words[row]), []).append((row, column))
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
    partners, first = (dict(links), {j: i for i, j in links}), (0, pairs.heights[0])
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
            taken = pairs.bags.words(first[1 - side] + part)
            left_over = {
                word: mass - taken.get(word, 0)
                for word, mass in pairs.bags.words(first[side] + whole).items()
                if mass > taken.get(word, 0)
            }
            for other in free:
                piece = pairs.bags.words(first[1 - side] + other)
                found = sum(min(mass, left_over.get(word, 0)) for word, mass in piece.items())
                covered = found / max(1, sum(piece.values()))
                pair = (whole, other) if side == 0 else (other, whole)
                offer = (covered, -sum(pair)), pair
                if covered >= options.coverage and offer[0] > offers.get((1 - side, other), ((0, 0),))[0]:
                    offers[1 - side, other] = offer
    return [pair for _, pair in offers.values()]


# --- a story told anew ------------------------------------------------------------------------------

# The closed classes of English: words that any two sentences share. They weigh less.
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


class _Rewrite:
    """Two tellings follow one order, more or less; a sentence of one may be told in several of the other.
    All monotone alignments are weighed at once, and the links that enough of their weight holds are kept."""

    def __init__(self, before, after, options):
        height, words = len(before), [_words(norms, options.stem) for norms in before + after]
        closed = {word[: options.stem] for word in _CLOSED}
        self.bags = _plain_bags(words, (height, len(after)), options, closed)
        self._similarity = self._lexical(_letters(before + after, options.sequence), options)
        sizes = np.log([(1 + len(some)) / (1 + options.typical) for some in words])
        likeness = self._similarity + options.length * (sizes[:height, None] + sizes[None, height:])
        self._odds = options.steepness * (likeness - options.midpoint)
        probability = _link_probabilities(self._odds, options.joining, options.longest)
        self._probability = np.round(probability, 9)
        self._alike = self._similarity >= options.threshold
        self._kept = self._alike & (self._probability >= options.certainty)
        self.links = [Link(int(i), int(j), float(self._similarity[i, j])) for i, j in np.argwhere(self._kept)]
        self.needs = {
            "threshold": options.threshold,
            "probability": options.certainty,
            "match": options.certainty,
        }

    def _lexical(self, letters, options):
        """How much the sentences share of their words and of their sequences of letters, 0 to 1."""
        by_letters = _overlap_share(_plain_bags(letters, self.bags.heights, options))
        return (1 - options.letters) * _overlap_share(self.bags) + options.letters * by_letters

    def decisions(self):
        """Arrays of `similarity`, `alone`, `probability`, `step`, as in `explain_links`."""
        step = np.where(self._alike, np.where(self._kept, "match", "probability"), "threshold").astype(object)
        return self._similarity, _logistic(self._odds), self._probability, step


def _letters(sentences, length):
    """For each sentence, all sequences of so many letters in its words, spaces among them."""
    texts = [f" {' '.join(norm for norm in norms if is_word(norm))} " for norms in sentences]
    return [[text[k : k + length] for k in range(len(text) - length + 1)] for text in texts]


def _plain_bags(sentences, heights, options, closed=()):
    """The bags of features by rarity; those in `closed` weigh less."""
    owners, numbers, names = _number(sentences)
    *entries, kinds = _count(owners, numbers)
    weights = _rarity(entries[1], len(kinds), len(sentences))
    light = np.array([name in closed for name in names], dtype=bool)
    return _Bags(entries, np.where(light, options.closed, 1) * weights, names, heights, options)


def _overlap_share(bags):
    """The shared mass of each pair, as a share of the geometric mean of both masses (Ochiai 1957)."""
    height, width = bags.heights
    keys, overlap = bags.shared()
    shared = np.zeros(height * width)
    shared[keys] = overlap
    room = np.sqrt(bags.totals[:height, None] * bags.totals[None, height:])
    return shared.reshape(height, width) / np.maximum(room, 1)


def _link_probabilities(odds, joining, longest):
    """The probability of each link, over all monotone alignments in which a sentence stands alone, answers
    one sentence, or answers a run of up to `longest` (forward and backward sums; Rabiner 1989)."""
    if not odds.size:
        return odds
    strength, join = np.exp(np.minimum(odds, 40)), np.exp(joining)  # 40: so that nothing overflows
    forward = list(_sums(strength, join, longest))
    backward = reversed(list(_sums(strength[::-1, ::-1], join, longest)))
    whole, scale = forward[-1][1:]
    probability = np.empty(odds.shape)
    for row, ((ahead, _, before), (behind, _, after)) in enumerate(zip(forward, backward, strict=True)):
        behind = behind[:, ::-1]
        through = ahead[0] * behind[0]
        for done in range(longest):
            for to_come in range(longest - done):
                if done + to_come:
                    down = ahead[done] * behind[to_come]
                    right = ahead[_along(done, longest)] * behind[_along(to_come, longest)]
                    through = through + (down + right)
        probability[row] = through / strength[row] / whole * np.exp(before + after - scale)
    return probability


def _along(step, longest):
    """Which row of `_sums`'s states holds runs within a row after this many further steps."""
    return step if step == 0 else longest - 1 + step


def _sums(strength, join, longest):
    """For each row: (states, sum, scale). states[0]: the summed weight of all alignments up to a link that
    begins a run there; states[k]: of those whose run came k rows down; states[longest - 1 + k]: k columns
    along. sum: the weight of all alignments up to the row's end. All are to be multiplied by exp(scale)."""
    width = strength.shape[1]
    so_far, scale = np.zeros(width + 1), 0.0
    so_far[0] = 1  # the alignment that has no link yet
    above = np.zeros((2 * longest - 1, width))
    for row in strength:
        states = np.zeros_like(above)
        states[0] = row * np.cumsum(so_far)[:-1]
        states[1:longest] = row * join * above[: longest - 1]
        for step in range(1, longest):
            states[_along(step, longest), 1:] = row[1:] * join * states[_along(step - 1, longest), :-1]
        so_far[1:] += states.sum(axis=0)
        largest = so_far.max()
        if largest > 1e100:
            so_far, states, scale = so_far / largest, states / largest, scale + float(np.log(largest))
        yield states, so_far.sum(), scale
        above = states


_METHODS = {"revision": _Revision, "rewrite": _Rewrite}
