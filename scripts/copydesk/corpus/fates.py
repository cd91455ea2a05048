"""What became of words, statements and measures over an archive: counted from a run's tables."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_MEASURE_FIELDS = ["status", "change", "binding_before", "binding_after", "quantity", "umbrella"]


def changed_share(summary: "pd.DataFrame") -> "pd.Series":
    """Series: of the words of both versions of a comparison, the share that was cut, added or replaced."""
    changed = summary[["cut_before", "reworded_before", "added_after", "reworded_after"]].sum(axis=1)
    return changed / (summary["words_before"] + summary["words_after"])


def by_third(summary: "pd.DataFrame") -> "pd.DataFrame":
    """DataFrame `story, part, side, words, changed, share`: a row for each third of each compared version."""
    import pandas as pd

    rows = []
    for side in ("before", "after"):
        for part in ("lead", "middle", "end"):
            words, changed = summary[f"{part}_words_{side}"], summary[f"{part}_changed_{side}"]
            rows.append(summary[["story"]].assign(part=part, side=side, words=words, changed=changed))
    table = pd.concat(rows, ignore_index=True)
    return table.assign(share=table["changed"] / table["words"].where(table["words"] > 0))


def statement_fates(statements: "pd.DataFrame", versions: "pd.DataFrame") -> "pd.DataFrame":
    """What editing did to statements: DataFrame, a row for each that was gained or lost from one version to the next.

    statements, versions: a run's tables. Returns the statements' columns and `number` (of the version) and
    `fate`: "gained" where the version before has no counterpart, "lost" where the next one has none.
    """
    import pandas as pd

    numbers = versions[["story", "version", "number"]]
    last = versions.groupby("story")["number"].max().rename("last")
    table = statements.merge(numbers, on=["story", "version"]).merge(last, on="story")
    ids = table[["story", "statement", "number"]].rename(columns={"statement": "same_as", "number": "of"})
    linked = table[["story", "statement", "same_as", "number"]].merge(ids, on=["story", "same_as"])
    back = linked[linked["of"] == linked["number"] - 1]
    kept = pd.MultiIndex.from_frame(back[["story", "statement"]])
    followed = pd.MultiIndex.from_frame(back[["story", "same_as"]])
    index = pd.MultiIndex.from_frame(table[["story", "statement"]])
    gained = table[(table["number"] > 1) & ~index.isin(kept)].assign(fate="gained")
    lost = table[(table["number"] < table["last"]) & ~index.isin(followed)].assign(fate="lost")
    both = pd.concat([gained, lost]).drop(columns="last")
    return both.sort_values(["story", "number", "statement", "fate"], kind="stable", ignore_index=True)


def measure_fates(measures: "pd.DataFrame", versions: "pd.DataFrame") -> "pd.DataFrame":
    """What editing did to measures: DataFrame, a row for each measure of two neighbouring versions.

    The n-th measure of a type in one version answers the n-th of it in the next. Columns `story, comparison,
    category, type, label, fate` ("appeared", "vanished", "changed", "stayed").
    """
    numbers = versions[["story", "version", "number"]]
    table = measures.merge(numbers, on=["story", "version"])
    table = table.assign(nth=table.groupby(["story", "version", "type"]).cumcount())
    last = versions.groupby("story")["number"].max().rename("last")
    keys = ["story", "comparison", "category", "type", "label", "nth"]
    table = table.merge(last, on="story")
    table = table[table["last"] > 1]
    if table.empty:  # pandas cannot join two tables of Arrow's without rows
        return table.assign(comparison=0, fate="")[[*keys[:-1], "fate"]]
    before = table[table["number"] < table["last"]].assign(comparison=lambda t: t["number"])
    after = table[table["number"] > 1].assign(comparison=lambda t: t["number"] - 1)
    both = before[keys + _MEASURE_FIELDS].merge(
        after[keys + _MEASURE_FIELDS], on=keys, how="outer", suffixes=("", "_after"), indicator=True
    )
    stayed = both["_merge"] == "both"
    for one in _MEASURE_FIELDS:
        was, now = both[one], both[f"{one}_after"]
        stayed &= (was == now) | (was.isna() & now.isna())
    fate = (
        both["_merge"].map({"left_only": "vanished", "right_only": "appeared", "both": "changed"}).astype(str)
    )
    both = both.assign(fate=fate.where(~stayed, "stayed"))
    return both[[*keys[:-1], "fate"]].sort_values(keys[:-1], kind="stable", ignore_index=True)


def means_by(table: "pd.DataFrame", value: str, group: str, *, resamples: int = 999) -> "pd.DataFrame":
    """The mean of story means for each group: DataFrame `GROUP, estimate, low, high, n`, in order of appearance.

    table: DataFrame with `story`. value, group: columns. low, high: a 95% interval by `cluster_bootstrap`, in
    which whole stories are drawn `resamples` times; n: how many stories have the group.
    """
    import pandas as pd

    from copydesk.stories.statistics import cluster_bootstrap

    kept = table.dropna(subset=[value])
    means = kept.groupby([group, "story"], sort=False)[value].mean().reset_index()
    rows = []
    for name, part in means.groupby(group, sort=False):
        low, high = cluster_bootstrap(part, value, resamples=resamples)
        rows.append((name, part[value].mean(), low, high, len(part)))
    return pd.DataFrame(rows, columns=[group, "estimate", "low", "high", "n"])


def outcomes(tests: Mapping[str, Any]) -> "pd.DataFrame":
    """DataFrame `question, estimate, p, stories, exact, least_p`, and `p_corrected` where there are several.

    tests: dict from a question to its `statistics.Outcome`; those that no story answers are left out. The p values
    are text with four decimals; the corrected are Holm's.
    """
    import pandas as pd

    from copydesk.stories.statistics import Outcome, holm

    asked = {question: outcome for question, outcome in tests.items() if outcome.stories}
    table = pd.DataFrame(list(asked.values()), columns=Outcome._fields)
    table.insert(0, "question", list(asked))
    if len(tests) > 1:
        table["p_corrected"] = holm(table["p"])
    written = table.columns.intersection(["p", "least_p", "p_corrected"])
    return table.assign(**{name: table[name].map("{:.4f}".format) for name in written})
