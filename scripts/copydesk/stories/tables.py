"""The tables of a story: findings of all its versions, one row a finding, made from what the engine finds."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from copydesk.engine.language.grammar import points_back
from copydesk.engine.measures import COLUMNS as MEASURE_COLUMNS
from copydesk.engine.measures import measure_rows
from copydesk.engine.measures.sanctions import codebook as sanctions_codebook
from copydesk.engine.spans import Span, read_spans, row_id
from copydesk.engine.speakers import NOBODY, UNRESOLVED
from copydesk.engine.stance import MARKER_COLUMNS, marker_rows, suggest
from copydesk.engine.text import Document, is_word
from copydesk.stories.statement_rows import COLUMNS as STATEMENT_COLUMNS
from copydesk.stories.statement_rows import match_all, statement_finder, statement_rows
from copydesk.stories.unify_identical import (
    in_table,
    rows_of,
    unify_markers,
    unify_measures,
    unify_statements,
)

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.story import Story

STANCE_COLUMNS = [
    *("story", "version", "statement", "segment", "start", "end"),
    *("target", "stance", "strength", "coder"),
]
VADER_COLUMNS = [
    *("story", "version", "statement", "voice", "words"),
    *("compound", "positive", "neutral", "negative"),
]


def statements_table(story: "Story") -> "pd.DataFrame":
    """Every statement of every version, a row each: a DataFrame with the columns

    `story, version, statement, same_as, sentence, source, source_start, source_end, source_id, source_type,
    affiliation, actor, resolved_by, cue, cue_start, cue_end, content, content_spans, quoted_spans, words,
    quoted_words, quotation, kind, cue_class, cue_lemma`.

    story: Story. `source_id` is one person or body; `affiliation` what the text says of whom the source serves;
    `actor` the state, body or paper spoken for, "" for who speaks for nobody, "unresolved" where no rule settles it.
    Spans are written `12-40;55-80` (code points, end exclusive; `read_spans` reads them); `words` and
    `quoted_words` are counts; `same_as` is the statement's counterpart in another version, "" where it has none.
    `cue_class` is the cue's group in `reporting.toml`.
    """
    import pandas as pd

    rows = [statement_rows(version, story.entry.extra_actors) for version in story.versions.values()]
    unify_statements(rows, list(story.versions.values()))
    match_all(rows)
    frame = pd.DataFrame([row for version in rows for row in version], columns=STATEMENT_COLUMNS)
    counts = ("words", "quoted_words")
    whole = [name for name in frame.columns if name.endswith(("_start", "_end")) or name in counts]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def by_voice(statements: "pd.DataFrame") -> "pd.DataFrame":
    """The statements with the speaker as `actor` where nobody else is spoken for: whom a reader hears.

    Whoever is named is heard by that name, or by the words of it, where no rule settles for whom it speaks.
    """
    actor, source = statements["actor"], statements["source"].fillna("")
    alone = actor.eq(NOBODY) | actor.eq(UNRESOLVED) & source.ne("") & ~source.map(points_back).astype(bool)
    return statements.assign(actor=actor.mask(alone, statements["source_id"]))


def is_left_open(statements: "pd.DataFrame") -> "pd.Series[bool]":
    """Whether no rule settles who speaks in a statement, or for whom somebody without a name does."""
    actor, is_named = statements["actor"], statements["source_type"].str.startswith("named")
    is_open = statements["source_type"].eq(UNRESOLVED) | actor.eq(UNRESOLVED) & ~is_named
    return is_open | statements["source"].eq("") & actor.eq(NOBODY)


_MEASURE_TYPES = {"start": "int64", "end": "int64", "quantity": "Float64", "umbrella": "bool"}


def find_measures(text: str | Document, statements: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """The sanctions measures that a text reports: a DataFrame, a row a measure, with the columns

    `measure, sentence, start, end, spans, text, label, category, type, sender, sender_id, target, target_id,
    obligated_party, condition, exemption, status, change, binding_before, binding_after, quantity, unit, umbrella,
    statement`.

    text: str or Document. statements: the text's statements (a DataFrame with `statement` and `content_spans`), to
    say who reports a measure; without it `statement` is empty. `start`, `end` and `spans` are offsets in code points
    ("12-40;41-80": every mention of the measure), `quantity` is a number or missing, `umbrella` a bool; what the
    text does not say reads "not stated". Raises InputError where the codebook is faulty.
    """
    if statements is None:
        return _measures_frame(measure_rows(text, ()))
    pairs = zip(statements["statement"], statements["content_spans"], strict=True)
    return _measures_frame(measure_rows(text, pairs))


def _measures_frame(rows):
    import pandas as pd

    n = len(rows)
    words = [name for name in MEASURE_COLUMNS if name not in _MEASURE_TYPES]
    # One array, cut into columns: pandas takes as long for each array of strings as for all in one.
    strings = pd.array([row[name] for name in words for row in rows], dtype="str")
    columns = {name: strings[i * n : i * n + n] for i, name in enumerate(words)}
    for name, kind in _MEASURE_TYPES.items():
        columns[name] = pd.array([row[name] for row in rows], dtype=kind)
    return pd.DataFrame(columns, columns=MEASURE_COLUMNS)


def measures_of_versions(story: "Story") -> "pd.DataFrame":
    """The measures of each version of a story by itself: the columns of `find_measures` behind `story` and `version`.

    story: Story. Ids are `VERSION:M0001`; `statement` is empty.
    """
    import pandas as pd

    tables = []
    for name, version in story.versions.items():
        table = find_measures(version.document)
        table["measure"] = [row_id("measure", name, int(number)) for number in table["measure"]]
        table["sentence"] = [row_id("sentence", name, int(number)) for number in table["sentence"]]
        spans = map(read_spans, table["spans"])
        table["text"] = [" … ".join(version.text[start:end] for start, end in own) for own in spans]
        table.insert(0, "version", name)
        table.insert(0, "story", story.name)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def measures_table(story: "Story", statements: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """The measures of all versions of a story, those of identical sentences the same: a DataFrame with the columns

    `story, version, measure, sentence, start, end, spans, text, label, category, type, sender, sender_id, target,
    target_id, obligated_party, condition, exemption, status, change, binding_before, binding_after, quantity, unit,
    umbrella, statement`, as `find_measures` explains them.

    story: Story. statements: the story's statements table, if it is wanted in which of them a measure stands.
    """
    found = in_table(unify_measures, measures_of_versions(story), list(story.versions.values()))
    if statements is None:
        return found
    said = {one: statement_finder(statement_places(statements, one)) for one in story.versions}
    rows = zip(found["version"], found["spans"], strict=True)
    holders = [said[version](read_spans(spans)) or "" for version, spans in rows]
    return found.assign(statement=holders)


def measures_glossary(types: Iterable[str]) -> "pd.DataFrame":
    """What types of measures are and are not: a DataFrame `type, category, definition, not`, a row a type.

    types: names of the codebook, in the order wanted; one that it does not have is left out.
    """
    import pandas as pd

    known = sanctions_codebook().types
    rows = [
        (name, known[name].category, known[name].definition, known[name].is_not)
        for name in types
        if name in known
    ]
    return pd.DataFrame(rows, columns=["type", "category", "definition", "not"])


def statement_places(statements: "pd.DataFrame", version: str) -> list[tuple[str, list[Span]]]:
    """list of (statement, its content's spans) of one version, given by its id."""
    mine = statements[statements["version"] == version]
    return list(zip(mine["statement"], map(read_spans, mine["content_spans"]), strict=True))


def markers_table(story: "Story", statements: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """Every stance marker in every statement, those of identical sentences the same: a DataFrame with the columns `story, version, statement,
    marker, marker_class, polarity, start, end, negated, voice`.

    story: Story. statements: its `statements_table`, where that is made already. `voice` is "quoted" for a
    marker inside quotation marks and "paraphrased" for one outside; `start`, `end` are code points of the
    version's file, the end exclusive.
    """
    import pandas as pd

    statements = statements_table(story) if statements is None else statements
    rows = []
    for row in statements.itertuples():
        which = row.story, row.version, row.statement
        spans = read_spans(row.content_spans), read_spans(row.quoted_spans)
        rows += marker_rows(story.versions[row.version].document, which, *spans)
    found = pd.DataFrame(rows, columns=MARKER_COLUMNS)
    versions = list(story.versions.values())
    return in_table(unify_markers, found, versions, rows_of(statements, versions))


def suggest_stances(
    story: "Story", statements: "pd.DataFrame | None" = None, markers: "pd.DataFrame | None" = None
) -> "pd.DataFrame":
    """A direction toward each target of the story for each segment of each statement, by rule: a DataFrame with the
    columns `story, version, statement, segment, start, end, target, stance, strength, coder`.

    story: Story, whose `story.toml` names the targets. statements, markers: its tables, where made already.
    `coder` is "rules". `stance` is "supportive", "opposed", "mixed", "neutral" or "not expressed"; `strength` 0 to 3
    as in `stance-coding.md`. How it is found: see `copydesk.engine.stance.suggest`.
    """
    import pandas as pd

    statements = statements_table(story) if statements is None else statements
    markers = markers_table(story, statements) if markers is None else markers
    by_statement = {one: list(own.itertuples()) for one, own in markers.groupby("statement")}
    targets = {one.id: one.names for one in story.entry.targets}
    against = {one.id: one.against for one in story.entry.targets}
    rows = []
    for row in statements[statements["kind"] != "document"].itertuples():
        doc, content = story.versions[row.version].document, read_spans(row.content_spans)
        found = suggest(doc, row, content, by_statement.get(str(row.statement), []), targets, against)
        for number, (span, target, stance, strength) in enumerate(found, 1):
            rows.append(
                (row.story, row.version, row.statement, number, *span, target, stance, strength, "rules")
            )
    return pd.DataFrame(rows, columns=STANCE_COLUMNS)


def vader_table(story: "Story", statements: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """VADER's scores (Hutto and Gilbert 2014) of each statement's words, as a familiar yardstick.

    Returns a DataFrame with the columns `story, version, statement, voice, words, compound, positive, neutral,
    negative`, a row for each statement and voice (quoted, paraphrased) that has words: `compound` runs from -1 to 1,
    `positive`, `neutral` and `negative` are shares of 0 to 1. VADER was made for posts on social media: it scores a
    topic as if it were a verdict ("weapons" and "punishment" count against whoever utters them, the "united" of a
    country's name counts for) and knows no target.
    """
    import pandas as pd

    statements = statements_table(story) if statements is None else statements
    rows = []
    for row in statements.itertuples():
        doc = story.versions[row.version].document
        quoted = [doc.token_range(*span) for span in read_spans(row.quoted_spans)]
        inside = {i for first, last in quoted for i in range(first, last)}
        content = [i for span in read_spans(row.content_spans) for i in range(*doc.token_range(*span))]
        for voice in ("quoted", "paraphrased"):
            words = [doc.tokens[i].norm for i in content if (i in inside) == (voice == "quoted")]
            count = sum(map(is_word, words))
            if count:
                score = _vader().polarity_scores(" ".join(words))
                scores = (score["compound"], score["pos"], score["neu"], score["neg"])
                rows.append((row.story, row.version, row.statement, voice, count, *scores))
    return pd.DataFrame(rows, columns=VADER_COLUMNS)


@cache
def _vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
