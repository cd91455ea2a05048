"""A run on a generated archive held against the edits that made it."""

import json
from bisect import bisect_right
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from copydesk.corpus.archive import ARCHIVE, TRUTH
from copydesk.corpus.readers import Index, Rows, open_source
from copydesk.corpus.store import Run
from copydesk.corpus.story_rows import Options, in_order
from copydesk.engine.spans import read_id
from copydesk.stories.story import Version, VersionEntry

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["what", "truth", "found", "right", "precision", "recall", "f1"]


def has_truth(archive: str | Path | None) -> bool:
    """Whether an archive (a folder or its file) was made by `make_archive`, so that its edits are known."""
    return archive is not None and (_folder(archive) / TRUTH).is_file()


def _folder(archive):
    return Path(archive) if Path(archive).is_dir() else Path(archive).parent


def score_against_truth(run: Run, archive: str | Path | None, limit: int | None = None) -> "pd.DataFrame":
    """What a run found, against what was done: DataFrame, a row for each kind of edit, with `COLUMNS`.

    run: Run. archive: the folder of `make_archive`. limit: look at so many stories only.
    "links": pairs of sentences; "links that differ": without those word for word alike; "moved links": of two
    neighbours that changed places either may be said to have moved; "comparisons with a move". For these
    `right` is how many are in both, and precision, recall and F1 follow. "words added" and "words cut"
    are sums, in which a word that was replaced or put elsewhere in its sentence counts as one of each, as a
    reader of the difference sees it; `right` is missing there. No rows where nobody knows what was done.
    """
    import pandas as pd

    if not has_truth(archive):
        return pd.DataFrame(columns=COLUMNS)
    counts, tables = Counter(), _Found(run)
    for story, texts, known in _stories(_folder(archive), limit):
        found = tables.of(story, texts)
        for row in known if found else ():  # a story that could not be read tells nothing of the reading
            _count(counts, row, texts, *found[row["comparison"]])
    kinds = "links", "links that differ", "moved links", "comparisons with a move"
    rows = [_rates(name, counts) for name in kinds]
    for name in ("words added", "words cut"):
        rows.append((name, counts[name, "truth"], counts[name, "found"], None, None, None, None))
    whole = dict.fromkeys(("truth", "found", "right"), "Int64")
    return pd.DataFrame(rows, columns=COLUMNS).astype(whole | dict.fromkeys(COLUMNS[4:], float))


def _stories(folder, limit):
    """(story, its texts in order, the rows of the truth) of each story."""
    source = open_source(folder / ARCHIVE)
    with open(folder / TRUTH, encoding="utf-8") as file, TemporaryDirectory(prefix="copydesk-") as work:
        known = groupby(map(json.loads, file), key=lambda row: row["story"])
        index = Index(source, work)
        try:
            with Rows(source, work) as rows:
                for number, (story, its) in enumerate(known):
                    if limit is not None and number >= limit:
                        return
                    versions = in_order(rows.read(index.places(story)), Options())
                    yield story, [one.text for one in versions], list(its)
        finally:
            index.close()


class _Found:
    """The tables of a run, by story."""

    def __init__(self, run):
        links = run.read("links", ["story", "comparison", "before", "after", "moved"]).dropna()
        self._links = dict(list(links.groupby("story")))
        self._sums = dict(list(run.summary.groupby("story")))

    def of(self, story, texts):
        """dict from a comparison's number to (pairs of linked lines, those moved, words added, words cut)."""
        lines, found = [_lines(text) for text in texts], {}
        for row in self._sums[story].itertuples() if story in self._sums else ():
            links = self._links.get(story, [])
            pairs, moved = set(), set()
            for link in links[links["comparison"] == row.comparison].itertuples() if len(links) else ():
                ends = read_id(link.before)[2] - 1, read_id(link.after)[2] - 1
                pair = lines[row.comparison - 1][ends[0]], lines[row.comparison][ends[1]]
                pairs.add(pair)
                if link.moved:
                    moved.add(pair)
            words = row.added_after + row.reworded_after, row.cut_before + row.reworded_before
            found[row.comparison] = pairs, moved, *words
        return found


def _lines(text):
    """For each sentence the number of the line on which it begins: the generator's sentence."""
    version = Version(VersionEntry.model_construct(id="v", file="", label="v"), text)
    ends = [place for place, letter in enumerate(text) if letter == "\n"]
    return [bisect_right(ends, start) for start, _ in version.document.sentences]


def _count(counts, row, texts, links, moved, added, cut):
    truth = {tuple(link) for link in row["links"]}
    before, after = (texts[row["comparison"] - 1 + k].splitlines() for k in (0, 1))
    differ = {(i, j) for i, j in truth | links if before[i] != after[j]}
    crossing = {tuple(link) for link in row["moved"]}
    for name, wanted, got in (
        ("links", truth, links),
        ("links that differ", truth & differ, links & differ),
        ("moved links", crossing, moved),
        ("comparisons with a move", {True} & {_crosses(truth)}, {True} & {bool(moved)}),
    ):
        counts.update(
            {(name, "truth"): len(wanted), (name, "found"): len(got), (name, "right"): len(wanted & got)}
        )
    for name, got in (("added", added), ("cut", cut)):
        counts[f"words {name}", "truth"] += row[f"words_{name}"] + row["words_shifted"]
        counts[f"words {name}", "found"] += int(got)


def _crosses(links):
    """Whether two of the links run across each other."""
    ordered = sorted(links)
    return any(one[1] > other[1] for one, other in pairwise(ordered))


def _rates(name, counts):
    truth, found, right = (counts[name, key] for key in ("truth", "found", "right"))
    precision, recall = (right / n if n else None for n in (found, truth))
    f1 = 2 * right / (found + truth) if found + truth else None
    return name, truth, found, right, precision, recall, f1
