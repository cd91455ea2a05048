"""What may be concluded from counts: little from one story, more from a corpus.

Within one story the counts are the finding. Its few statements are no sample of anything, so an interval
reads "as if sampled", nothing is tested, and `least_attainable_p` says how little a test could have shown.

In a corpus the story is the unit. Statements of one story share its reporter, its event and its sources, so
that they are not independent; what is exchanged, flipped or drawn is always a whole story. Everything that
draws at random takes a seed, and the same seed gives the same figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

SEED = 20160225
RESAMPLES = 9999

# --- within one story -------------------------------------------------------------------------------


class Interval(NamedTuple):
    """A lower and an upper bound."""

    low: float
    high: float


class Outcome(NamedTuple):
    """What a test for a corpus came to.

    estimate: the difference in means of story means, first group less second. p: two-sided. stories: how
    many count. exact: whether all rearrangements were looked at. least_p: the least p that so many stories
    could have reached.
    """

    estimate: float
    p: float
    stories: int
    exact: bool
    least_p: float


def wilson(k: int, n: int, level: float = 0.95) -> Interval:
    """The Wilson score interval for `k` of `n`, as if the n were a random sample; (0, 1) when n is 0.

    k, n: whole numbers, 0 <= k <= n. level: the confidence, between 0 and 1. Raises ValueError.
    Source: Wilson (1927); it keeps near its level with small n and k at 0 or n, where the usual one has no
    width (Brown, Cai and DasGupta 2001).
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no count")
    if n == 0:
        return Interval(0.0, 1.0)
    # scipy.stats has it too, and takes most of a second to import.
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
    # Rounding may carry a bound a hair past the share that it must hold, or past 0 and 1.
    return Interval(max(0.0, min(middle - half, k / n)), min(1.0, max(middle + half, k / n)))


def least_attainable_p(n_a: int, n_b: int) -> float:
    """The least two-sided p that an exact test of two groups of these sizes could reach, whatever the data.

    Of all ways to deal n_a + n_b observations into the groups, the most extreme is one (two, when the groups
    are of equal size and the mirror image is as extreme). Fisher's test and the permutation test have the
    same floor: two voices against one reach 1/3 at best. 1.0 when a group is empty. Raises ValueError.
    """
    if n_a < 0 or n_b < 0:
        raise ValueError(f"{n_a} and {n_b} are no group sizes")
    if n_a == 0 or n_b == 0:
        return 1.0
    return (2 if n_a == n_b else 1) / math.comb(n_a + n_b, n_a)


def once(statements: pd.DataFrame) -> pd.DataFrame:
    """Each statement once, though it may stand in several versions.

    statements: DataFrame with `version`, `statement`, `same_as` (the id of its counterpart in another version,
    or missing) and, for several stories, `story`. Returns of each statement the row that comes first, with a
    column `versions` that names all versions in which it stands (`first; second`).
    """
    story = statements["story"] if "story" in statements else [""] * len(statements)
    keys = list(zip(story, statements["statement"], strict=True))
    place = {key: number for number, key in enumerate(keys)}
    first = list(range(len(keys)))  # the earliest row known to be the same statement

    def find(number):
        while first[number] != number:
            number = first[number]
        return number

    for number, (key, other) in enumerate(zip(keys, statements["same_as"], strict=True)):
        if (key[0], other) in place:
            early, late = sorted((find(number), find(place[key[0], other])))
            first[late] = early
    groups = [find(number) for number in range(len(keys))]
    versions = {}
    for group, version in zip(groups, statements["version"], strict=True):
        versions.setdefault(group, {})[version] = None
    kept = list(versions)
    rows = statements.iloc[kept].reset_index(drop=True)
    return rows.assign(versions=["; ".join(versions[group]) for group in kept])


def shares(table: pd.DataFrame, group: str, hit: str | pd.Series, source: str | None = None) -> pd.DataFrame:
    """k of n for each group, and again without its most talkative source.

    table: DataFrame, one row a statement (see `once`). group: the column to count by. hit: a boolean
    column or Series that says which rows count toward k. source: the column that says who speaks.

    Returns a DataFrame, in the order of first appearance: `group`, `k`, `n`, `share`, `low`, `high` (Wilson, as if
    sampled), `text` (`3 of 4`); where `source` is given also `most_talkative`, `k_without`, `n_without`,
    `text_without`. Of equally talkative sources the one that speaks first is left out.
    """
    import pandas as pd

    hits = (table[hit] if isinstance(hit, str) else hit).astype(bool)
    rows, without = [], ("most_talkative", "k_without", "n_without", "text_without")
    for name, part in table.groupby(group, sort=False, dropna=False):
        k, n = int(hits[part.index].sum()), len(part)
        row = {group: name, "k": k, "n": n, "share": k / n, **wilson(k, n)._asdict(), "text": f"{k} of {n}"}
        if source is not None:
            loudest = most_talkative(part, source)
            rest = part[part[source] != loudest]
            k_rest, n_rest = int(hits[rest.index].sum()), len(rest)
            row |= dict(zip(without, (loudest, k_rest, n_rest, f"{k_rest} of {n_rest}"), strict=True))
        rows.append(row)
    columns = [group, "k", "n", "share", "low", "high", "text", *(without if source is not None else ())]
    return pd.DataFrame(rows, columns=columns)


def most_talkative(table: pd.DataFrame, source: str) -> Any:
    """The source with the most rows; of several the one that comes first. None for an empty table."""
    counts = table.groupby(source, sort=False).size()
    return counts.idxmax() if len(counts) else None


# --- a corpus of stories ----------------------------------------------------------------------------


def within_stories(
    table: pd.DataFrame,
    value: str,
    group: str,
    groups: Sequence[Any],
    story: str = "story",
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Outcome:
    """Do two groups that speak in the same stories differ? A permutation test, clustered by story.

    table: DataFrame, one row a statement. value: a column of numbers (0 and 1 for yes and no). group: the
    column that says which group speaks. groups: the two values of it to compare. Stories in which only one of
    the two speaks do not count.

    Of each story only its two group means enter, so that a talkative story weighs no more than a terse one. The
    null hypothesis is that in any story the two groups could change places: what is exchangeable is the
    pair of labels of a whole story, which flips the sign of its difference. All 2**stories flips are looked at
    where they are no more than `resamples`, else that many are drawn. Returns an Outcome.
    """
    import numpy as np
    from scipy.stats import permutation_test

    means = _story_means(table, value, [story, group]).unstack(group)
    pairs = means.reindex(columns=list(groups)).dropna().to_numpy(dtype=float)
    n = len(pairs)
    if n == 0:
        return Outcome(math.nan, 1.0, 0, True, 1.0)
    gaps = pairs[:, 0] - pairs[:, 1]
    if n == 1:  # either labelling is as extreme as the other
        return Outcome(float(gaps[0]), 1.0, 1, True, 1.0)
    result = permutation_test(
        (gaps, np.zeros(n)),
        lambda one, other, axis: np.abs(np.mean(one - other, axis=axis)),
        permutation_type="samples",
        alternative="greater",
        vectorized=True,
        n_resamples=resamples,
        batch=_batch(n),
        rng=np.random.default_rng(seed),
    )
    exact = 2**n <= resamples
    return Outcome(
        float(gaps.mean()), float(result.pvalue), n, exact, max(2 / 2**n, 0 if exact else 1 / (resamples + 1))
    )


def _batch(stories):
    """How many rearrangements are looked at at once: of a hundred thousand stories all would not fit into memory."""
    return max(1, 20_000_000 // stories)


def _story_means(table, value, keys):
    return table.dropna(subset=[value]).groupby(keys, sort=True)[value].mean()


def holm(p_values: Iterable[float]) -> list[float]:
    """Holm's (1979) step-down correction: adjusted p values in the order given, for any dependence.

    The smallest of m is multiplied by m, the next by m - 1, and so on; none may fall below the one before
    it, nor pass 1. NaN (nothing to test) stays NaN and does not count toward m.
    """
    p_values = [float(p) for p in p_values]
    order = sorted((p, place) for place, p in enumerate(p_values) if not math.isnan(p))
    adjusted, running = list(p_values), 0.0
    for rank, (p, place) in enumerate(order):
        running = max(running, min(1.0, (len(order) - rank) * p))
        adjusted[place] = running
    return adjusted


def log_odds(
    counts_a: Mapping[str, int],
    counts_b: Mapping[str, int],
    background: Mapping[str, int] | None = None,
    prior_words: float = 500.0,
) -> pd.DataFrame:
    """Which words set two groups apart: log-odds ratios with an informative Dirichlet prior.

    counts_a, counts_b: dicts word -> count. background: counts of the language at large; the two groups' own
    are always added to it, so that no word is without a prior. prior_words: how many words the prior
    weighs; more of them draw rare words harder toward no difference.

    Returns a DataFrame `word, count_a, count_b, log_odds, sd, z`, the words of `a` first: a ranking by z, to be read
    beside the counts. z is no test; the words of one story are not independent.

    Source: Monroe, Colaresi and Quinn (2008), "Fightin' Words", Political Analysis 16(4).
    """
    import pandas as pd

    for counts in (counts_a, counts_b, background or {}):
        if any(count < 0 for count in counts.values()):
            raise ValueError("a word cannot have a negative count")
    words = sorted(
        word for word in {*counts_a, *counts_b} if counts_a.get(word, 0) + counts_b.get(word, 0) > 0
    )
    total_a, total_b = sum(counts_a.values()), sum(counts_b.values())
    total = total_a + total_b + sum((background or {}).values())
    rows = []
    for word in words:
        a, b = counts_a.get(word, 0), counts_b.get(word, 0)
        prior = prior_words * (a + b + (background or {}).get(word, 0)) / total
        ratio = _log_odds(a, total_a, prior, prior_words) - _log_odds(b, total_b, prior, prior_words)
        sd = math.sqrt(1 / (a + prior) + 1 / (b + prior))
        rows.append((word, a, b, ratio, sd, ratio / sd))
    frame = pd.DataFrame(rows, columns=["word", "count_a", "count_b", "log_odds", "sd", "z"])
    frame = frame.astype({"log_odds": float, "sd": float, "z": float})
    return frame.sort_values(["z", "word"], ascending=[False, True], kind="stable", ignore_index=True)


def _log_odds(count, total, prior, prior_words):
    rest = (total - count) + (prior_words - prior)
    # Where there is but one word in the world, it has no odds.
    return math.log((count + prior) / rest) if rest > 1e-9 else math.nan


def cluster_bootstrap(
    table: pd.DataFrame,
    value: str,
    story: str = "story",
    *,
    level: float = 0.95,
    resamples: int = 1999,
    seed: int = SEED,
) -> Interval:
    """A percentile interval for the mean of a column, drawing whole stories with replacement.

    table: DataFrame with a column that says which story a row belongs to. value: a column of numbers; rows without
    one do not count, nor do draws of none but such rows. Returns an Interval, of NaNs where there are fewer than two
    stories. With fewer than some twenty stories it comes out too narrow.

    Source: Davison and Hinkley (1997), section 3.8; Cameron, Gelbach and Miller (2008) on few clusters.
    """
    import numpy as np

    of = table.groupby(story)[value].agg(["sum", "count"]).to_numpy(dtype=float)
    stories = len(of)
    if stories < 2:
        return Interval(math.nan, math.nan)
    # scipy.stats.bootstrap draws single observations, and gives up on a draw without a figure.
    rng, figures, batch = np.random.default_rng(seed), [], _batch(stories)
    for done in range(0, resamples, batch):
        drawn = rng.integers(stories, size=(min(batch, resamples - done), stories))
        sums, counts = (column[drawn].sum(axis=1) for column in of.T)
        figures.append(sums[counts > 0] / counts[counts > 0])
    means = np.concatenate(figures)
    if not len(means):
        return Interval(math.nan, math.nan)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))
