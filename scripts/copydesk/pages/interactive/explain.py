"""Why two sentences were linked, or were not: what `alignment` says of the decision, in words."""

from typing import NamedTuple

from copydesk.engine.alignment import explain_links


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
    shared: dict from each word (normal form) that has its like in the other sentence to the weight shared.
    """

    before: int
    after: int
    similarity: float
    linked: bool
    reason: str
    rivals: list
    neighbours: list
    shared: dict


class Explainer:
    """Explains any pair of sentences of two versions; the comparison behind it is made once.

    before, after: `Version`s. preset, threshold: as for `compare_versions`.
    """

    def __init__(self, before, after, preset="revision", threshold=None):
        self.names = before.label, after.label
        norms = ([doc.words(s) for s in doc.sentences] for doc in (before.document, after.document))
        self._preset = preset
        pairs = explain_links(*norms, preset, **({} if threshold is None else {"threshold": threshold}))
        self._rows = {(pair.before, pair.after): pair for pair in pairs}

    def explain(self, before, after):
        """The Explanation of a pair of sentences, by their indices."""
        pair = self._rows[before, after]
        rivals = self._rivals(pair)
        reason = self._why_linked(pair, rivals) if pair.linked else self._why_not(pair, rivals)
        near = [self._rows.get((before + step, after + step)) for step in (-1, 1)]
        neighbours = [_rival(row) for row in near if row]
        return Explanation(
            before, after, pair.similarity, pair.linked, reason, rivals, neighbours, pair.shared
        )

    def nearest_miss(self):
        """The most similar pair that is not linked, as indices; None where every pair is linked."""
        missed = (pair for pair in self._rows.values() if not pair.linked)
        found = max(missed, key=lambda pair: pair.similarity, default=None)
        return found and found[:2]

    def weakest_link(self):
        """The least similar pair that is linked, as indices; None where nothing is linked."""
        linked = (pair for pair in self._rows.values() if pair.linked)
        found = min(linked, key=lambda pair: pair.similarity, default=None)
        return found and found[:2]

    def _rivals(self, pair):
        """The three most similar other pairs of either sentence, and all that are linked."""
        others = [
            row for row in self._rows.values() if (row.before == pair.before) != (row.after == pair.after)
        ]
        ranked = sorted(others, key=lambda row: -row.similarity)
        return [_rival(row) for n, row in enumerate(ranked) if n < 3 or row.linked]

    def _why_linked(self, pair, rivals):
        own = pair.similarity
        if self._preset == "rewrite":
            return (
                "Linked: of all ways to read the two tellings side by side in order, enough of the weight "
                f"lies on this pair (probability {pair.probability:.2f}, similarity {own:.2f})."
            )
        if pair.step == "part":
            return (
                "Linked as a further part: enough of one sentence stands in what the other links of the other "
                f"sentence leave over (similarity {own:.2f})."
            )
        next_best = next((one for one in rivals if not one.linked), None)
        against = f"; the next best pair of either has {next_best.similarity:.2f}" if next_best else ""
        return f"Linked: it is the likeliest pair for both sentences (similarity {own:.2f}{against})."

    def _why_not(self, pair, rivals):
        own = pair.similarity
        if pair.step == "threshold":
            return f"Not linked: the similarity {own:.2f} is below the threshold {pair.needs:.2f}."
        if pair.step == "stray":
            return (
                "Not linked: alone and out of the common order it would be chance; such a link needs the "
                f"similarity {pair.needs:.2f}, and this has {own:.2f}."
            )
        taken = next((one for one in rivals if one.linked), None)
        if taken:
            side = 0 if taken.before == pair.before else 1
            mine, other = (pair.before, taken.after) if side == 0 else (pair.after, taken.before)
            better = "answers" if taken.similarity >= own else "fits the order better with"
            return (
                f"Not linked: sentence {mine + 1} of {self.names[side]} {better} sentence {other + 1} of "
                f"{self.names[1 - side]} ({taken.similarity:.2f} against {own:.2f})."
            )
        if pair.step == "rival":
            return (
                f"Not linked: one of the two was likelier to answer another sentence (similarity {own:.2f})."
            )
        places = "their tellings" if self._preset == "rewrite" else "their versions"
        return (
            f"Not linked: the two share too little ({own:.2f}) for the places at which they stand in {places} "
            f"(probability {pair.probability:.2f}; a link needs {pair.needs:.2f})."
        )


def _rival(row):
    return Rival(row.before, row.after, row.similarity, row.linked)


def shared_places(doc, sentence, shared):
    """list of (start, end, weight): the words of a sentence (a Span) that stand in `shared`."""
    first, last = doc.token_range(*sentence)
    words = [token for token in doc.tokens[first:last] if token.norm in shared]
    return [(token.start, token.end, shared[token.norm]) for token in words]
