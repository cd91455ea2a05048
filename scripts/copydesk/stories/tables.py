"""The tables of a story: findings of all its versions, one row a finding, made from what the engine finds."""

from copydesk.engine.speakers import NOBODY
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
    match_all(rows)
    frame = pd.DataFrame([row for version in rows for row in version], columns=STATEMENT_COLUMNS)
    counts = ("words", "quoted_words")
    whole = [name for name in frame.columns if name.endswith(("_start", "_end")) or name in counts]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def by_voice(statements):
    """The statements with the speaker as `actor` where nobody else is spoken for: whom a reader hears."""
    actor = statements["actor"]
    return statements.assign(actor=actor.where(actor != NOBODY, statements["source_id"]))
