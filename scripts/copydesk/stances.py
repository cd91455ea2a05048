"""Where each segment of a statement stands: as it was coded by reading, or else as the rules suggest."""

from copydesk import coding, stance


def stances_table(story, statements, markers=None):
    """The stances of a story, a row a segment and target: DataFrame with `stance.STANCE_COLUMNS`.

    story: Story. statements: its `statements_table`. The resolved coding where there is one, else the first
    coder's, else the rules' suggestions; the column `coder` says which. A coded segment belongs to the
    statement with which it shares most characters; one that shares none is left out.
    """
    import pandas as pd

    coded, coder = _best_coding(story)
    if coded is None:
        return stance.suggest_stances(story, statements, markers)
    places = {version: _places(statements, version) for version in story.versions}
    rows, segments = [], {}
    for row in coded.itertuples(index=False):
        statement = _statement_at(places[row.version], int(row.start), int(row.end))
        if statement:
            key = (statement, row.target)
            segments[key] = segments.get(key, 0) + 1
            number, strength = segments[key], int(row.strength)
            rows.append(
                (story.name, row.version, statement, number, int(row.start), int(row.end))
                + (row.target, row.stance, strength, coder)
            )
    return pd.DataFrame(rows, columns=stance.STANCE_COLUMNS)


def _best_coding(story):
    """(the coding that counts, its coder), or (None, None)."""
    resolved = coding.resolved(story, "stances")
    if resolved is not None:
        return resolved, coding.RESOLVED
    for coder, frame in coding.codings(story, "stances").items():
        return frame, coder
    return None, None


def _places(statements, version):
    mine = statements[statements["version"] == version]
    return [
        (row.statement, coding_spans)
        for row in mine.itertuples(index=False)
        if (coding_spans := _spans(row.content_spans))
    ]


def _spans(cell):
    return [tuple(map(int, part.split("-"))) for part in str(cell).split(";") if part]


def _statement_at(places, start, end):
    shared = [
        (sum(max(0, min(end, b) - max(start, a)) for a, b in spans), -n, statement)
        for n, (statement, spans) in enumerate(places)
    ]
    most = max(shared, default=(0, 0, None))
    return most[2] if most[0] else None
