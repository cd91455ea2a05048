"""The tables of a story: findings of all its versions, one row a finding, made from what the engine finds."""

from copydesk.engine import measures
from copydesk.engine.spans import read_spans
from copydesk.engine.speakers import NOBODY
from copydesk.stories.identical import unify_markers, unify_measures, unify_statements
from copydesk.stories.statement_rows import COLUMNS as STATEMENT_COLUMNS
from copydesk.stories.statement_rows import match_all, statement_rows


def statements_table(story):
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


def by_voice(statements):
    """The statements with the speaker as `actor` where nobody else is spoken for: whom a reader hears."""
    actor = statements["actor"]
    return statements.assign(actor=actor.where(actor != NOBODY, statements["source_id"]))


def measures_table(story, statements=None):
    """The measures of all versions of a story, those of identical sentences the same: the engine's `measures_table`.

    statements: the story's statements table, if it is wanted in which of them a measure stands.
    """
    found = unify_measures(measures.measures_table(story), list(story.versions.values()))
    if statements is None:
        return found
    said = {one: statement_places(statements, one) for one in story.versions}
    holders = [
        statement_at(said[version], read_spans(spans)) or ""
        for version, spans in zip(found["version"], found["spans"], strict=True)
    ]
    return found.assign(statement=holders)


def markers_table(story, statements=None):
    """Every stance marker in every statement, those of identical sentences the same: the engine's `markers_table`."""
    from copydesk.engine import stance

    statements = statements_table(story) if statements is None else statements
    return unify_markers(stance.markers_table(story, statements), statements, list(story.versions.values()))


def statement_places(statements, version):
    """list of (statement, its content's spans) of one version, given by its id."""
    mine = statements[statements["version"] == version]
    return [(row.statement, read_spans(row.content_spans)) for row in mine.itertuples(index=False)]


def statement_at(places, spans):
    """The id of the statement that shares most characters with the spans, or None. places: of `statement_places`."""
    shared = [
        (sum(max(0, min(b, d) - max(a, c)) for a, b in own for c, d in spans), -n, statement)
        for n, (statement, own) in enumerate(places)
    ]
    most = max(shared, default=(0, 0, None))
    return most[2] if most[0] else None
