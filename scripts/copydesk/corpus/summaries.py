"""What a run's tables say of many stories: fates of statements and measures, and findings in a sentence."""

from copydesk.corpus.store import NOTED
from copydesk.engine.speakers import NO_ACTOR
from copydesk.show.phrasing import capital, count, listing

_MEASURE_FIELDS = ["status", "change", "binding_before", "binding_after", "quantity", "umbrella"]


def changed_share(summary):
    """Series: of the words of both versions of a comparison, the share that was cut, added or replaced."""
    changed = (
        summary["cut_before"]
        + summary["reworded_before"]
        + summary["added_after"]
        + summary["reworded_after"]
    )
    return changed / (summary["words_before"] + summary["words_after"])


def by_third(summary):
    """DataFrame `story, part, side, words, changed, share`: a row for each third of each compared version."""
    import pandas as pd

    rows = []
    for side in ("before", "after"):
        for part in ("lead", "middle", "end"):
            words, changed = summary[f"{part}_words_{side}"], summary[f"{part}_changed_{side}"]
            rows.append(
                pd.DataFrame(
                    {
                        "story": summary["story"],
                        "part": part,
                        "side": side,
                        "words": words,
                        "changed": changed,
                    }
                )
            )
    table = pd.concat(rows, ignore_index=True)
    return table.assign(share=table["changed"] / table["words"].where(table["words"] > 0))


def statement_fates(statements, versions):
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


def measure_fates(measures, versions):
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


def means_by(table, value, group, *, resamples=999):
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
        low, high = cluster_bootstrap(part, lambda drawn: float(drawn[value].mean()), resamples=resamples)
        rows.append((name, part[value].mean(), low, high, len(part)))
    return pd.DataFrame(rows, columns=[group, "estimate", "low", "high", "n"])


def outcomes(tests):
    """DataFrame `question, estimate, p, stories, exact, least_p`, and `p_corrected` where there are several.

    tests: dict from a question to its `inference.Outcome`; those that no story answers are left out. The p values
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


# --- in a sentence ----------------------------------------------------------------------------------


def run_in_words(manifest):
    """What was read, and what could not be: a list of sentences."""
    rows, noted = manifest["rows"], _noted(manifest)
    read = _stories(manifest["stories"] - rows["failed"])
    said = [f"{read} in {count(rows['versions'], 'version')} read"]
    said[0] += f", {count(rows['summary'], 'pair')} of neighbouring versions compared."
    if rows["failed"]:
        said.append(f"{_stories(rows['failed'])} could not be read; the table of those that failed says why.")
    if noted["stories_of_one_version"]:
        said.append(f"{_stories(noted['stories_of_one_version'])} of one version, with nothing to compare.")
    if noted["unread_dates"]:
        dates = count(noted["unread_dates"], "time")
        said.append(f"{dates} of publication could not be read; {_READ_DATES}.")
    if noted["undated_versions"] == rows["versions"] > 0:
        said.append("No version tells when it was published.")
    return [capital(sentence) for sentence in said]


def unused(manifest):
    """DataFrame `what, number`: what a run could make no use of, or only in part."""
    import pandas as pd

    noted = _noted(manifest)
    rows = [
        ("stories that could not be read", manifest["rows"]["failed"]),
        ("stories of one version, with nothing to compare", noted["stories_of_one_version"]),
        (f"times of publication that could not be read; {_READ_DATES}", noted["unread_dates"]),
        ("versions that do not tell when they were published", noted["undated_versions"]),
    ]
    return pd.DataFrame([row for row in rows if row[1]], columns=["what", "number"])


_READ_DATES = "2026-01-31T08:00:00Z (ISO 8601) can, and seconds since 1970"


def _noted(manifest):
    """dict: what a manifest notes; one of an older version notes nothing."""
    return {name: manifest.get(name, 0) for name in NOTED}


def _stories(number):
    return count(number, "story", "stories")


def of_change(summary, made=False):
    """How much a revision changes, and how often it adds more than it cuts. made: whether a machine revised."""
    if summary.empty:
        return "No story has two versions to compare."
    compared = summary[~summary["same_text"]]
    if compared.empty:
        return "No version differs from the one before it."
    share = f"{100 * changed_share(compared).median():.0f}% of the words"
    grew = int((compared["words_after"] > compared["words_before"]).sum())
    if len(compared) == 1:
        told = f"the only revision changes {share} and makes the story {'' if grew else 'no '}longer."
    else:
        told = (
            f"half of the revisions change {share} or less; {grew} of {len(compared)} make the story longer."
        )
    return _in_made(told) if made else capital(told)


_LEAST_STORIES = 3


def of_voices(fates, labels, made=False):
    """Which actors gain and lose most words by editing; nothing to say where no statement comes or goes.

    An actor counts from three stories up: a single story's voice is no finding of an archive; and only one that has a
    label. fates: the table of `statement_fates`. labels: dict actor -> label, of those that the rules know. made: whether a machine revised.
    """
    if fates.empty:
        return ""
    known = fates[fates["actor"].isin(list(labels)) & ~fates["actor"].isin(NO_ACTOR)]
    known = known[known.groupby("actor")["story"].transform("nunique") >= _LEAST_STORIES]
    words = known.pivot_table(index="actor", columns="fate", values="words", aggfunc="sum", fill_value=0)
    if words.empty:
        return f"Editing gives or takes words in {_LEAST_STORIES} stories or more from no actor that the rules know."
    parts = []
    for fate, verbs in (("gained", ("gains", "gain")), ("lost", ("loses", "lose"))):
        if fate in words and words[fate].max() > 0:
            best = words[fate].sort_values(ascending=False, kind="stable")
            top = [f"{labels[actor]} ({number:,})" for actor, number in best.head(3).items() if number]
            parts.append(f"{listing(top)} {verbs[len(top) > 1]} most")
    told = f"of the actors that the rules know, {'; '.join(parts)} words by editing."
    return _in_made(told) if made else capital(told)


def _in_made(told):
    return f"In an archive made by a machine, {told}"


def of_truth(scores):
    """How near the run came to the edits that a machine made; nothing where nobody knows them."""
    if scores.empty:
        return ""
    table = scores.set_index("what")
    return (
        f"Of {int(table.loc['links', 'truth']):,} links that a machine's edits made, the run finds "
        f"{int(table.loc['links', 'right']):,} (F1 {table.loc['links', 'f1']:.3f}; "
        f"{table.loc['links that differ', 'f1']:.3f} on sentences that differ); it counts "
        f"{int(table.loc['words added', 'found']):,} words added where {int(table.loc['words added', 'truth']):,} were, "
        f"and {int(table.loc['words cut', 'found']):,} cut where {int(table.loc['words cut', 'truth']):,} were."
    )
