"""Why two sentences were linked, or were not: the parts of the decision that `alignment` takes, in words."""

from typing import NamedTuple

import numpy as np

from copydesk import alignment
from copydesk.text import is_word


class Rival(NamedTuple):
    """Another pair with one of the two sentences: indices, `similarity`, and whether it is linked."""

    before: int
    after: int
    similarity: float
    linked: bool


class Explanation(NamedTuple):
    """Why a pair is linked or not.

    before, after: indices of the two sentences. similarity: 0 to 1. linked: bool. reason: a sentence.
    rivals: list[Rival], the most similar first. neighbours: list[Rival], the pairs just before and behind.
    shared: the pair's common words (normal forms, shortened as the comparison shortens them).
    """

    before: int
    after: int
    similarity: float
    linked: bool
    reason: str
    rivals: list
    neighbours: list
    shared: frozenset


class Explainer:
    """Explains any pair of sentences of two versions; the comparison behind it is made once.

    before, after: `Version`s. preset, threshold: as for `compare_versions`.
    """

    def __init__(self, before, after, preset="revision", threshold=None):
        self.names = before.label, after.label
        self.norms = tuple([doc.words(s) for s in doc.sentences] for doc in (before.document, after.document))
        self.preset = preset
        self.options = alignment._options(preset, {} if threshold is None else {"threshold": threshold})
        overrides = {"threshold": self.options.threshold}
        self.linked = {
            (one.before, one.after) for one in alignment.align_sentences(*self.norms, preset, **overrides)
        }
        if preset == "revision":
            self._read_revision()
        else:
            self.similarity = alignment._lexical_similarity(*self.norms, self.options.letters)

    def _read_revision(self):
        pairs = alignment._Pairs(*self.norms)
        self.similarity = np.zeros(pairs.heights)
        self.similarity[pairs.rows, pairs.columns] = pairs.similarity
        candidates = pairs.at_least(self.options.threshold)
        odds = alignment._log_odds(candidates, pairs.heights, self.options)
        self._chosen = set(alignment._assign(candidates, odds))
        self._odds = dict(zip(zip(*(c.tolist() for c in candidates[:2]), strict=True), odds, strict=True))

    def explain(self, before, after):
        """The Explanation of a pair of sentences, by their indices."""
        linked = (before, after) in self.linked
        rivals = self._rivals(before, after)
        reason = self._why_linked(before, after, rivals) if linked else self._why_not(before, after, rivals)
        near = [self._rival(before + step, after + step) for step in (-1, 1)]
        shared = frozenset(_stems(self.norms[0][before])) & frozenset(_stems(self.norms[1][after]))
        similarity = float(self.similarity[before, after])
        return Explanation(before, after, similarity, linked, reason, rivals, [r for r in near if r], shared)

    def nearest_miss(self):
        """The most similar pair that is not linked, as indices; None where every pair is linked."""
        free = self.similarity.copy()
        for pair in self.linked:
            free[pair] = -1
        if not free.size or free.max() < 0:
            return None
        return tuple(int(n) for n in np.unravel_index(int(free.argmax()), free.shape))

    def weakest_link(self):
        """The least similar pair that is linked, as indices; None where nothing is linked."""
        return min(self.linked, key=lambda pair: (self.similarity[pair], pair), default=None)

    def _rival(self, before, after):
        if not (0 <= before < len(self.norms[0]) and 0 <= after < len(self.norms[1])):
            return None
        similarity = float(self.similarity[before, after])
        return Rival(before, after, similarity, (before, after) in self.linked)

    def _rivals(self, before, after):
        """The three most similar other pairs of either sentence, and all that are linked."""
        row = [(before, j) for j in range(len(self.norms[1])) if j != after]
        column = [(i, after) for i in range(len(self.norms[0])) if i != before]
        ranked = sorted(row + column, key=lambda pair: (-self.similarity[pair], pair))
        kept = [pair for n, pair in enumerate(ranked) if n < 3 or pair in self.linked]
        return [self._rival(*pair) for pair in kept]

    def _why_linked(self, before, after, rivals):
        own = self.similarity[before, after]
        if self.preset == "rewrite":
            return (
                "Linked: of all ways to read the two tellings side by side in order, enough of the weight "
                f"lies on this pair (similarity {own:.2f})."
            )
        if (before, after) not in self._chosen:
            return (
                f"Linked as a further part: it stands beside a linked sentence and holds words which that "
                f"link leaves over (similarity {own:.2f})."
            )
        next_best = next((one for one in rivals if not one.linked), None)
        against = f"; the next best pair of either has {next_best.similarity:.2f}" if next_best else ""
        return f"Linked: it is the likeliest pair for both sentences (similarity {own:.2f}{against})."

    def _why_not(self, before, after, rivals):
        own = self.similarity[before, after]
        if own < self.options.threshold:
            return (
                f"Not linked: the similarity {own:.2f} is below the threshold {self.options.threshold:.2f}."
            )
        taken = next((one for one in rivals if one.linked), None)
        if taken:
            side = 0 if taken.before == before else 1
            mine, other = (before, taken.after) if side == 0 else (after, taken.before)
            better = "answers" if taken.similarity >= own else "fits the order better with"
            return (
                f"Not linked: sentence {mine + 1} of {self.names[side]} {better} sentence {other + 1} of "
                f"{self.names[1 - side]} ({taken.similarity:.2f} against {own:.2f})."
            )
        if self.preset == "rewrite":
            return (
                f"Not linked: the two share too little ({own:.2f}) for the places at which they stand in "
                "their tellings."
            )
        if (before, after) in self._chosen:
            return (
                "Not linked: alone and out of the common order it would be chance; such a link needs the "
                f"similarity {self.options.stray:.2f}, and this has {own:.2f}."
            )
        odds = self._odds.get((before, after), -np.inf)
        return (
            f"Not linked: with the similarity {own:.2f} and these neighbours it is less likely than not "
            f"(probability {1 / (1 + np.exp(-odds)):.2f})."
        )


def shared_places(doc, sentence, shared):
    """list of (start, end): the words of a sentence (a Span) that stand in `shared`."""
    first, last = doc.token_range(*sentence)
    words = [token for token in doc.tokens[first:last] if is_word(token.norm)]
    return [(t.start, t.end) for t in words if _stems([t.norm])[0] in shared]


def _stems(norms):
    return alignment._words(norms)
