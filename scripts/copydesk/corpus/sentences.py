"""What a run found, and what it read, in sentences: made from its tables and its manifest."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from copydesk.corpus.fates import changed_share
from copydesk.corpus.store import NOTED
from copydesk.engine.speakers import NO_ACTOR
from copydesk.show.counts_and_lists import capital, count, listing

if TYPE_CHECKING:
    import pandas as pd


def run_in_words(manifest: Mapping[str, Any]) -> list[str]:
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


def unused(manifest: Mapping[str, Any]) -> "pd.DataFrame":
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


def of_change(summary: "pd.DataFrame", made: bool = False) -> str:
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


def of_voices(fates: "pd.DataFrame", labels: Mapping[Any, str], made: bool = False) -> str:
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


def of_truth(scores: "pd.DataFrame") -> str:
    """How near the run came to the edits that a machine made; nothing where nobody knows them."""
    if scores.empty:
        return ""
    table: Any = scores.set_index("what")
    return (
        f"Of {int(table.loc['links', 'truth']):,} links that a machine's edits made, the run finds "
        f"{int(table.loc['links', 'right']):,} (F1 {table.loc['links', 'f1']:.3f}; "
        f"{table.loc['links that differ', 'f1']:.3f} on sentences that differ); it counts "
        f"{int(table.loc['words added', 'found']):,} words added where {int(table.loc['words added', 'truth']):,} were, "
        f"and {int(table.loc['words cut', 'found']):,} cut where {int(table.loc['words cut', 'truth']):,} were."
    )
