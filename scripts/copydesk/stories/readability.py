"""Readability of a story's versions as a table. What the scores mean is in `copydesk.engine.readability`."""

from collections.abc import Iterable

import pandas as pd

from copydesk.engine.readability import comparable, score_text
from copydesk.stories.story import Story, Version

COLUMNS = ["story", "version", "formula", "score", "scale", "source"]


def readability_table(story: Story | Iterable[Version]) -> pd.DataFrame:
    """Readability of each version on comparable text: a row for each version and figure.

    Columns `story, version, formula, score, scale, source`; `formula` is one of the formulas by its readers' name,
    or "words", "sentences", "words per sentence", "syllables per word". `score` is missing where there is nothing
    to score. textstat leaves sentences of one or two words out of its count of sentences; "sentences" counts them,
    "words per sentence" is textstat's.
    """
    return _table(
        (version, comparable(version.document), len(version.document.sentences))
        for version in _versions(story)
    )


def raw_readability_table(story: Story | Iterable[Version]) -> pd.DataFrame:
    """What the same formulas say of the files as they are, page and all: the columns
    `story, version, formula, score, scale, source`, as `readability_table` has them.

    For a lesson: captions, headlines and the spacing of a tokenised text change the scores more than any
    editing did. "sentences" is textstat's count.
    """
    return _table((version, version.text, None) for version in _versions(story))


def _versions(story: Story | Iterable[Version]) -> list[Version]:
    return list(story.versions.values()) if isinstance(story, Story) else list(story)


def _table(texts: Iterable[tuple[Version, str, int | None]]) -> pd.DataFrame:
    rows = [
        (version.story, version.id, *score)
        for version, text, n_sentences in texts
        for score in score_text(text, n_sentences)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"score": float})
