"""Which sentence of one version is the counterpart of which of the other.

Two presets: `revision` for one text that was edited, `rewrite` for a story told anew by another hand.
Neither uses a model; both give the same links whichever version comes first.

Every number that was chosen is a field of `RevisionOptions` or `RewriteOptions`, so that any can be given
another value; `scripts/bench.py alignment --sweep --gold FILE` gives each the values around its own, one at a
time, and prints what becomes of the links.
"""

import re
import zlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import count, pairwise
from typing import Any, NamedTuple

import numpy as np

from copydesk.engine.language import grammar
from copydesk.engine.language.english import english
from copydesk.engine.text import is_word, normal_words
from copydesk.errors import InputError

Sentence = str | list[str]


class Link(NamedTuple):
    """A sentence of one version (index `before`), its counterpart in the other (index `after`), and their
    `similarity`, 0 to 1. A sentence that was split or merged stands in several links."""

    before: int
    after: int
    similarity: float


class Pair(NamedTuple):
    """Why two sentences, by their indices, were linked or were not.

    similarity: 0 to 1. alone, probability: how likely a link is, 0 to 1, by what the two sentences are, and by the
    pairs around them too; None where the threshold ruled the pair out before it was weighed. step: what decided.
    Linked by `match` (the likeliest for both sentences) or as `part` (a further part of a sentence split or
    merged); not linked by `threshold` (too little alike), `probability` (too unlikely), `rival` (one of the two
    went to a likelier pair) or `stray` (out of the common order, and too little alike for that). needs: what the
    step asks for at least, of the similarity (`threshold`, `stray`) or of the probability (`match`, `probability`);
    else None. shared: dict from the normal form of each word that has its like in the other sentence to its
    weight, the weightiest first.
    """

    before: int
    after: int
    similarity: float
    alone: float | None
    probability: float | None
    linked: bool
    step: str
    needs: float | None
    shared: dict[str, float]


@dataclass(frozen=True)
class _Options:
    stem: int = 5  # words are compared by this many first letters, so that inflection changes little
    # Weights are whole numbers of this part of one, so that no sum depends on its order and the versions can
    # change places; any fine one will do.
    unit: int = 64
    # The rarest features that together pair no more sentences than this are compared, commoner ones left out. It
    # bounds the time of long texts; those of 500 sentences do not reach it.
    most_pairs: int = 2_000_000


@dataclass(frozen=True)
class RevisionOptions(_Options):
    """The parameters of the preset `revision`.

    On essays under revision (ArgRewrite V.2) F1 is .951, with passages moved .949. What a reader would call wrong
    among further parts begins below an `evidence` of 5 and a `leap` of 6; at 99 both, F1 rises by .005, since that
    coding knows no crossing link, and on news four in five merges of sentences far apart are missed.
    """

    threshold: float = 0.1  # the least similarity, 0 to 1, at which two sentences can be linked at all
    midpoint: float = 0.18  # the similarity at which a link is as likely as not, its neighbours aside
    steepness: float = 25.0  # how fast the log-odds of a link rise with its similarity
    context: float = (
        1.5  # by how much log-odds the links of the sentences before and after raise or lower a link
    )
    stray: float = (
        0.3  # the least similarity of a link that leaves the common order; at .28 the first false one
    )
    neighbours: float = (
        3.0  # the weight of two neighbouring words, as the inverse document frequency of one word
    )
    # A free sentence joins one that is linked to the sentence beside it, where it finds at least this share of its
    # words in what that one's links leave over.
    coverage: float = 0.4
    # It joins any other that keeps the common order by this much evidence: the share of its words, times their
    # weight; and one that leaves the order by `leap`.
    evidence: float = 5.5
    leap: float = 6.0
    light: float = 0.25  # the weight of words of grammar in the evidence, against other words


@dataclass(frozen=True)
class RewriteOptions(_Options):
    """The parameters of the preset `rewrite`.

    On fables told by two authors (GNAT Aesop) F1 is .69, and rough: a single best setting is mostly luck, and the
    halves of the fables have it at different values. These stand in the middle of a stretch where others score as
    well. What matters most is the balance between links missed and links too many that `midpoint`, `joining` and
    `certainty` strike.
    """

    threshold: float = 0.0  # the least similarity, 0 to 1, at which two sentences can be linked at all
    midpoint: float = 0.07  # as for a revision, for sentences of `typical` words
    steepness: float = 16.0
    letters: float = 0.5  # the share of letter sequences, against words, in the similarity
    sequence: int = 4  # how many letters a sequence has
    light: float = 0.35  # the weight of words of grammar, against other words
    length: float = (
        0.025  # what a sentence adds to the similarity as its length grows e-fold: few leave out long ones
    )
    typical: int = 11  # the words of a sentence whose length adds nothing
    joining: float = -1.75  # the log-odds of one more sentence in a split or a merge, beside its own
    longest: int = 4  # as many sentences as one can be told in
    certainty: float = 0.3  # the least probability of a link


PRESETS: dict[str, RevisionOptions | RewriteOptions] = {
    "revision": RevisionOptions(),
    "rewrite": RewriteOptions(),
}


def align_sentences(
    before: Sequence[Sentence], after: Sequence[Sentence], preset: str = "revision", **overrides: float
) -> list[Link]:
    """Link the sentences of two versions, many to many.

    before, after: lists of sentences, each a string or the list of its tokens' normal forms
        (`copydesk.engine.text.normal_words`).
    preset: "revision" or "rewrite"; `overrides`: fields of `RevisionOptions` or `RewriteOptions`.
    Returns list[Link], ordered; only linked pairs. Raises InputError for an unknown preset or option.
    """
    options = _options(preset, overrides)
    return _METHODS[preset](before, after, options).links


def explain_links(
    before: Sequence[Sentence], after: Sequence[Sentence], preset: str = "revision", **overrides: float
) -> list[Pair]:
    """Why each pair of sentences was linked or was not.

    before, after, preset, overrides: as for `align_sentences`, whose links these are and whose errors. Returns
    list[Pair], one for every sentence of `before` with every one of `after`, in that order: for stories, not books.
    """
    options = _options(preset, overrides)
    norms = [normal_words(one) if isinstance(one, str) else one for one in [*before, *after]]
    found = _METHODS[preset](norms[: len(before)], norms[len(before) :], options)
    stem = options.stem
    forms = [{n: n[:stem] for n in one if is_word(n)} or {n: n for n in one} for one in norms]
    pairs = []
    for (i, j), similarity, alone, probability, step in found.decisions():
        one, other = forms[i], forms[len(before) + j]
        common = set(one.values()) & set(other.values())
        shared = {
            norm: found.weights.get(word, 0.0) for norm, word in (one | other).items() if word in common
        }
        ordered = dict(sorted(shared.items(), key=lambda item: (-item[1], item[0])))
        linked, needs = step in ("match", "part"), found.needs.get(step)
        pairs.append(Pair(i, j, similarity, alone, probability, linked, step, needs, ordered))
    return pairs


def similarities(before: Sequence[Sentence], after: Sequence[Sentence]) -> np.ndarray:
    """How like each sentence of one version is to each of the other, by the measure of the preset `revision`.

    before, after: as for `align_sentences`. Returns an array with a row for each sentence of `before` and a column
    for each of `after`: numbers from 0 to 1, 1 for the same words in the same order. It is what
    `charts.similarity_matrix` draws.
    """
    return _Revision(before, after, PRESETS["revision"]).matrix()


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


# --- words ------------------------------------------------------------------------------------------

# A mark that its word stands apart from: what lies between blanks is then no unit of its own.
_APART = re.compile(r"(?<!\S)['’.]|['’](?!\S)")
# The stop at the end of a tokenised sentence, behind a word that is no initial.
_STOP_APART = re.compile(r"(?<!\S)([^\W\d_]{2,}) \.\s*$")


def _words(sentences, stem):
    """For each sentence, the words by which it is compared; for a line that has marks only, its marks."""
    words, known = [], {}  # versions of a text have most of their sentences in common
    lists = english().words
    for sentence in sentences:
        if not isinstance(sentence, str):
            words.append(_stems(sentence, stem))
            continue
        if sentence not in known:
            found, ends = [], _STOP_APART.search(sentence)
            last = ends[1].lower() if ends else ""
            whole = ends is None or last in lists.abbreviations or last in lists.names_abbreviated
            written = sentence if whole else sentence[: ends.end(1)]
            for piece in () if _APART.search(written) else written.split():
                found += _piece(piece, stem)
            known[sentence] = found or _stems(normal_words(sentence), stem)
        words.append(known[sentence])
    return words


def _stems(norms, stem):
    return [norm[:stem] for norm in norms if is_word(norm)] or list(norms)


@lru_cache(maxsize=1 << 16)
def _piece(piece, stem):
    """The words of what stands between two blanks; most come again and again."""
    norms = [piece.lower()] if piece.isalpha() else normal_words(piece)
    return [norm[:stem] for norm in norms if is_word(norm)]


@cache
def _words_of_grammar(stem):
    return frozenset(word[:stem] for word in grammar.words().grammar)


def _number(sentences):
    """Three things of lists of words: the sentences of the words, the words' numbers (from 1), and their names,
    the first of which is the empty word."""
    numbering = count()
    ids: dict[str, int] = defaultdict(numbering.__next__, {"": next(numbering)})
    numbers = [ids[word] for words in sentences for word in words]
    owners = np.repeat(np.arange(len(sentences)), [len(words) for words in sentences])
    return owners, np.array(numbers, dtype=np.int64), list(ids)


class _Shared:
    """What the sentences of two versions have in common: features (numbers), each counted once a sentence.

    `kinds`: the distinct features; `rarity`: of each, the inverse document frequency over both versions, by the
    form of BM25 (Robertson and Zaragoza 2009) to which 1 is added, so that it is never negative. `rows`,
    `columns`: the pairs of sentences that share a feature, in order.
    """

    def __init__(self, owners, features, heights, most_pairs):
        self._heights, (height, width) = heights, heights
        self.kinds, places = np.unique(features, return_inverse=True)
        n_kinds = max(1, len(self.kinds))
        entries = np.sort(owners * n_kinds + places)
        owners, places = np.divmod(entries[np.diff(entries, prepend=-1) > 0], n_kinds)
        split = np.searchsorted(owners, height)
        n_before = np.bincount(places[:split], minlength=n_kinds)
        n_after = np.bincount(places[split:], minlength=n_kinds)
        self.rarity = np.log((sum(heights) + 1) / (n_before + n_after + 0.5))
        meetings = n_before * n_after
        rarest_first = np.sort(meetings)
        within = np.searchsorted(np.cumsum(rarest_first), most_pairs, "right")
        if within < n_kinds:
            kept = meetings < max(2, rarest_first[within])  # what pairs two sentences alone costs nothing
            owners, places = owners[kept[places]], places[kept[places]]
            n_after, split = n_after * kept, np.searchsorted(owners, height)
        self._owners, self._places = owners, places
        # Each entry of `before` meets each entry of `after` that has the same feature.
        repeats = n_after[places[:split]]
        shares = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        self._met = np.repeat(places[:split], repeats)
        partners = owners[split:][np.argsort(places[split:], kind="stable")] - height
        columns = partners[(np.cumsum(n_after) - n_after)[self._met] + shares]
        keys = np.repeat(owners[:split], repeats) * width + columns
        if height * width <= most_pairs:  # quicker where all pairs are not too many
            self._keys, self._at = np.flatnonzero(np.bincount(keys)), keys
        else:
            self._keys, self._at = np.unique(keys, return_inverse=True)
        self._dense = self._at is keys
        self.rows, self.columns = np.divmod(self._keys, max(1, width))

    def overlap(self, weights):
        """The weight of what each pair of sentences shares. weights: of each of `kinds`."""
        sums = np.bincount(self._at, weights[self._met])
        return sums[self._keys] if self._dense else sums

    def totals(self, weights):
        """The weight of each sentence, those of `before` first."""
        return np.bincount(self._owners, weights[self._places], sum(self._heights))


def heaviest_chain(
    links: Sequence[tuple[int, ...]],
    before: Sequence[Any],
    after: Sequence[Any],
    alike: dict[Any, Any] | None = None,
) -> set[Any]:
    """The common order of two versions: the heaviest chain of links that runs the same way in both.

    links: pairs of indices, in order. before, after: the sentences, as lists of words. alike: the similarity of
    each link; without it all count the same. Of chains as heavy that with more words is taken, so that the shorter
    text counts as moved; a last tie is settled by the words themselves, the same whichever version comes first.
    Time n log n (Fredman 1975).
    """
    if all(one[1] <= other[1] for one, other in pairwise(links)):
        return set(links)
    columns, totals, chains = [], [], []  # the best chain that ends at or before each column
    for link in links:
        ends = before[link[0]], after[link[1]]
        checksum = sum(zlib.crc32(" ".join(words).encode("utf-8", "surrogatepass")) for words in ends)
        total: tuple[int, ...] = (round(1e6 * alike[link]) if alike else 1, sum(map(len, ends)), checksum)
        at = bisect_right(columns, link[1])
        if at:
            total = tuple(map(sum, zip(totals[at - 1], total, strict=True)))
        chain = (link, chains[at - 1] if at else None)
        end = at
        while end < len(columns) and totals[end] <= total:
            end += 1
        if at and columns[at - 1] == link[1]:
            at -= 1
        columns[at:end], totals[at:end], chains[at:end] = [link[1]], [total], [chain]
    found, chain = set(), chains[-1]
    while chain:
        found.add(chain[0])
        chain = chain[1]
    return found


# --- a text that was edited -------------------------------------------------------------------------


class _Revision:
    """Sentences are compared by weighted words and pairs of neighbouring words; the links of the sentences before
    and after support a link, wherever the two places are, so that a moved passage supports itself; then the
    likeliest links are taken, lone chance links dropped, and free sentences joined to those that hold their words.
    """

    def __init__(self, before, after, options):
        self._options, self._heights = options, (len(before), len(after))
        self._words = _words([*before, *after], options.stem)
        self._compare()
        self._weigh_links()
        matches = _likeliest(self._rows, self._columns, self._odds, self._similarity)
        # The common order is the heaviest chain of links that runs the same way in both versions. What moved is
        # plainly the same; a lone weak link across is chance.
        height = self._heights[0]
        self._ground = heaviest_chain(list(matches), self._words[:height], self._words[height:], matches)
        kept = {pair for pair, alike in matches.items() if alike >= options.stray} | self._ground
        self._strays = matches.keys() - kept
        self._matches = {pair: matches[pair] for pair in sorted(kept)}
        self._parts = self._join_free()
        self.links = [Link(*pair, alike) for pair, alike in sorted((self._matches | self._parts).items())]
        self.needs = {
            "threshold": options.threshold,
            "probability": 0.5,
            "match": 0.5,
            "stray": options.stray,
        }

    def _compare(self):
        """The similarity of all pairs that share something: Dice's (1945) coefficient of weighted features."""
        options, heights = self._options, self._heights
        stream = [["", *words] for words in self._words]
        owners, first, names = _number(stream)
        second = np.append(first[1:], 0)
        word, pair = first > 0, first + second > 0
        twins = _twins(self._words, heights[0])
        features = [first[word], len(names) * (1 + first[pair]) + second[pair], -1 - twins]
        owners = [owners[word], owners[pair], np.arange(len(twins))]
        found = _Shared(np.concatenate(owners), np.concatenate(features), heights, options.most_pairs)
        kinds, rarity = found.kinds, found.rarity
        is_word = (kinds > 0) & (kinds < len(names))
        weights = np.maximum(np.rint(options.unit * np.where(is_word, rarity, options.neighbours)), 1)
        weights[kinds < 0] = (
            2.0**-20
        )  # what pairs two twins that no other feature pairs adds to no similarity
        totals = found.totals(weights)
        self._pairs = found.rows, found.columns
        room = totals[found.rows] + totals[heights[0] + found.columns]
        self._alike = np.round(2 * found.overlap(weights) / room, 6)
        # What the words that are not of grammar weigh: the evidence for further parts.
        light = _words_of_grammar(options.stem)
        factors = np.array([0.0, *(options.light if name in light else 1.0 for name in names[1:])])
        content = np.where(is_word, rarity * factors[np.where(is_word, kinds, 0)], 0)
        content = np.rint(options.unit * content) / options.unit
        self._evidence, self._totals = found.overlap(content), found.totals(content)
        self._named = names, kinds[is_word], rarity[is_word], content[is_word]

    @property
    def weights(self):
        """dict from word to inverse document frequency."""
        names, kinds, rarity, _ = self._named
        return {names[kind]: weight for kind, weight in zip(kinds.tolist(), rarity.tolist(), strict=True)}

    def _weigh_links(self):
        """How likely each pair is a link, as log-odds: from its similarity alone, and from its neighbours too.

        The first step of relaxation labelling (Rosenfeld, Hummel and Zucker 1976): a pair's probability is set
        against the other pairs of both its sentences; the probabilities that the two sentences before it are
        linked, and the two after it, move its log-odds.
        """
        options, (height, width) = self._options, self._heights
        kept = self._alike >= options.threshold
        self._rows, self._columns = rows, columns = [places[kept] for places in self._pairs]
        self._similarity = self._alike[kept]
        self._alone = options.steepness * (self._similarity - options.midpoint)
        strength = np.exp(self._alone)
        rivals = np.bincount(rows, strength, height)[rows] + np.bincount(columns, strength, width)[columns]
        probability = np.append(strength / (1 + rivals - strength), 0)
        keys = rows * width + columns
        support = probability[_places(keys, keys - width - 1, columns > 0)]
        support = support + probability[_places(keys, keys + width + 1, columns < width - 1)]
        self._odds = np.round(self._alone + options.context * (support - 1), 9)

    def _join_free(self):
        """dict from link to similarity: the further parts of split and merged sentences.

        A free sentence joins the sentence of the other version that holds its words, where its other links leave
        them over: beside a link of that sentence by the share of its words (`coverage`), elsewhere by the share
        times their weight (`evidence`, `leap`), the best first.
        """
        options, height = self._options, self._heights[0]
        partners = [set() for _ in self._words]
        for i, j in self._matches:
            partners[i].add(height + j)
            partners[height + j].add(i)
        offered = self._offered(partners)
        if not offered:
            return {}
        names, kinds, _, weights = self._named
        content = {names[kind]: weight for kind, weight in zip(kinds.tolist(), weights.tolist(), strict=True)}
        ground = sorted(self._ground)
        joined, words = {}, [set(some) for some in self._words]

        def held(part, whole):
            """(share, evidence): how much of a sentence another holds beside its partners."""
            left = words[part] & words[whole]
            for partner in partners[whole]:
                left = left - words[partner]
            weight = sum(content[word] for word in left)
            return weight / self._totals[part], weight * weight / self._totals[part]

        offers = []
        for number in offered:
            i, j = int(self._pairs[0][number]), int(self._pairs[1][number])
            for part, whole in ((i, height + j), (height + j, i)):
                if not partners[part]:
                    offers.append((round(held(part, whole)[1], 6), -i - j, part, whole, (i, j), number))
        for *_, part, whole, link, number in sorted(offers, key=lambda offer: offer[:2], reverse=True):
            if partners[part]:
                continue
            share, evidence = held(part, whole)
            beside = not partners[whole].isdisjoint((part - 1, part + 1)) and share >= options.coverage
            if beside or evidence >= (options.evidence if _keeps_order(link, ground) else options.leap):
                joined[link] = float(self._alike[number])
                partners[part].add(whole)
                partners[whole].add(part)
        return joined

    def _offered(self, partners):
        """Which of the pairs can join a free sentence at all, by what they share."""
        free = np.array([not some for some in partners], dtype=bool)
        rows, columns = self._pairs
        columns = self._heights[0] + columns
        smaller = np.minimum(
            np.where(free[rows], self._totals[rows], np.inf),
            np.where(free[columns], self._totals[columns], np.inf),
        )
        weight = self._evidence
        enough = (weight >= self._options.coverage * smaller) | (
            weight**2 >= self._options.evidence * smaller
        )
        possible = (smaller > 0) & np.isfinite(smaller) & (self._alike >= self._options.threshold)
        return np.flatnonzero(possible & enough & (weight > 0)).tolist()

    def matrix(self):
        """The similarities of all pairs, 0 for those that share nothing."""
        matrix = np.zeros(self._heights)
        matrix[self._pairs] = self._alike
        return matrix

    def decisions(self):
        """((before, after), similarity, alone, probability, step) of each pair, as in `explain_links`."""
        pairs = zip(self._rows.tolist(), self._columns.tolist(), strict=True)
        weighed = dict(zip(pairs, zip(self._alone.tolist(), self._odds.tolist(), strict=True), strict=True))
        decided = dict.fromkeys(self._strays, "stray")
        decided.update(dict.fromkeys(self._matches, "match") | dict.fromkeys(self._parts, "part"))
        for pair, alike in np.ndenumerate(self.matrix()):
            alone, odds = weighed.get(pair, (None, None))
            usual = "threshold" if odds is None else "rival" if odds > 0 else "probability"
            chances = (None, None) if odds is None else (_logistic(alone), _logistic(odds))
            yield pair, float(alike), *chances, decided.get(pair, usual)


def _twins(words, height):
    """A number for each sentence: the first of some words has that of the first with the same words in the other
    version, the second that of the second, and so on. A line that comes again and again may have no other feature
    that is rare enough to find its partner by."""
    ids, met, numbers = {}, ({}, {}), []
    for place, some in enumerate(words):
        like, counts = tuple(some), met[place >= height]
        counts[like] = counts.get(like, 0) + 1
        # A sentence without words has no like.
        numbers.append(ids.setdefault((like, counts[like]) if like else place, len(ids)))
    return np.array(numbers, dtype=np.int64)


def _logistic(odds):
    return float(1 / (1 + np.exp(-odds)))


def _places(keys, wanted, valid):
    """Where each of `wanted` stands in the sorted `keys`; -1 where it does not."""
    if not len(keys):
        return keys
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(valid & (keys[places] == wanted), places, -1)


def _likeliest(rows, columns, odds, similarity):
    """dict from pair to similarity: those more likely linked than not, most likely first, each sentence once."""
    likely = np.flatnonzero(odds > 0)
    # Among equals the earlier pair comes first, whichever version is called `before`.
    order = likely[np.lexsort((rows[likely] + columns[likely], -odds[likely]))]
    used_rows, used_columns, links = set(), set(), {}
    chosen = (values[order].tolist() for values in (rows, columns, similarity))
    for row, column, alike in zip(*chosen, strict=True):
        if row not in used_rows and column not in used_columns:
            used_rows.add(row)
            used_columns.add(column)
            links[row, column] = alike
    return dict(sorted(links.items()))


def _keeps_order(pair, chain):
    """Whether a pair crosses none of a chain (in order)."""
    place = bisect_left(chain, pair)
    around = chain[max(0, place - 2) : place + 2]
    return not any((row - pair[0]) * (column - pair[1]) < 0 for row, column in around)


# --- a story told anew ------------------------------------------------------------------------------


class _Rewrite:
    """Two tellings follow one order, more or less; a sentence of one may be told in several of the other.
    All monotone alignments are weighed at once, and the links that enough of their weight holds are kept."""

    def __init__(self, before, after, options):
        height, heights = len(before), (len(before), len(after))
        whole = _words([*before, *after], None)
        words = [[word[: options.stem] for word in some] for some in whole]
        light = _words_of_grammar(options.stem)
        by_words, self.weights = _overlap_shares(words, heights, options, light)
        texts = [" ".join(["", *some, ""]) for some in whole]
        letters = [
            [text[k : k + options.sequence] for k in range(len(text) - options.sequence + 1)]
            for text in texts
        ]
        by_letters, _ = _overlap_shares(letters, heights, options)
        self._similarity = np.round((1 - options.letters) * by_words + options.letters * by_letters, 9)
        sizes = np.log([(1 + len(some)) / (1 + options.typical) for some in words])
        likeness = self._similarity + options.length * (sizes[:height, None] + sizes[None, height:])
        self._odds = options.steepness * (likeness - options.midpoint)
        self._probability = np.round(_link_probabilities(self._odds, options.joining, options.longest), 9)
        self._alike = self._similarity >= options.threshold
        self._kept = self._alike & (self._probability >= options.certainty)
        self.links = [Link(int(i), int(j), float(self._similarity[i, j])) for i, j in np.argwhere(self._kept)]
        self.needs = dict.fromkeys(("probability", "match"), options.certainty) | {
            "threshold": options.threshold
        }

    def decisions(self):
        """((before, after), similarity, alone, probability, step) of each pair, as in `explain_links`."""
        steps = np.where(self._alike, np.where(self._kept, "match", "probability"), "threshold")
        for pair, step in np.ndenumerate(steps):
            chances = _logistic(self._odds[pair]), float(self._probability[pair])
            yield pair, float(self._similarity[pair]), *chances, str(step)


def _overlap_shares(sentences, heights, options, light=()):
    """(array, dict): the weight of the features that each pair of sentences shares, as a share of the geometric
    mean of what both have (Ochiai 1957), and the weight of each feature; those in `light` weigh less."""
    owners, numbers, names = _number(sentences)
    found = _Shared(owners, numbers, heights, options.most_pairs)
    factors = np.array([options.light if name in light else 1 for name in names])
    weights = np.maximum(np.rint(options.unit * found.rarity * factors[found.kinds]), 1)
    totals = found.totals(weights)
    shares = np.zeros(heights)
    room = np.sqrt(totals[found.rows] * totals[heights[0] + found.columns])
    shares[found.rows, found.columns] = found.overlap(weights) / room
    return shares, {
        names[kind]: weight for kind, weight in zip(found.kinds, weights / options.unit, strict=True)
    }


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


_METHODS: dict[str, type[_Revision] | type[_Rewrite]] = {"revision": _Revision, "rewrite": _Rewrite}
