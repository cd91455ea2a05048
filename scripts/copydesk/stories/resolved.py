"""The findings that count: as they were coded by reading and resolved, or else as the rules have them.

Each function returns the table that the rules would make, with the same columns and its own ids, so that
whatever reads the one reads the other.
"""

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Any

from copydesk.engine.language.quotations import find_quotations
from copydesk.engine.measures import COLUMNS as MEASURE_COLUMNS
from copydesk.engine.spans import Span, read_spans, row_id, write_spans
from copydesk.engine.text import count_words
from copydesk.stories import coding
from copydesk.stories.coding.row_models import is_blank
from copydesk.stories.statement_rows import COLUMNS as STATEMENT_COLUMNS
from copydesk.stories.statement_rows import match_all, statement_finder, words_compared
from copydesk.stories.tables import (
    STANCE_COLUMNS,
    measures_table,
    statement_places,
    statements_table,
    suggest_stances,
)

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.story import Story

BY_READING = "coded by reading"  # in place of the rule by which a source was resolved


def is_by_rule(statements: "pd.DataFrame") -> bool:
    """Whether some of the statements (a table of theirs) are as the rules have them, and were not coded by reading."""
    return "resolved_by" in statements and not statements["resolved_by"].eq(BY_READING).all()


def statements(story: "Story") -> "pd.DataFrame":
    """The statements of a story, with the columns of `tables.statements_table`.

    `resolved_by` is "coded by reading" for a resolved coding; what it does not code
    (`cue_class`, `cue_lemma`, mostly `affiliation`) is taken from the rules' row that it matches, and empty where it matches none.
    """
    import pandas as pd

    found = statements_table(story)
    coded = coding.resolved(story, "statements")
    if coded is None:
        return found
    pairs = coding.match(coded, coding.as_coding(found, "statements"), "statements")
    twins = {i: found.iloc[j] for i, j, _ in pairs}
    made = {one: [] for one in story.versions}
    rows: list[Any] = list(coded.itertuples(index=False))
    for i, row in sorted(enumerate(rows), key=lambda pair: pair[1].start):
        version = story.versions[row.version]
        made[row.version].append(_statement(version, row, twins.get(i), len(made[row.version]) + 1))
    versions = list(made.values())
    match_all(versions)
    frame = pd.DataFrame([row for rows in versions for row in rows], columns=STATEMENT_COLUMNS)
    return frame.astype({name: kind.name for name, kind in found.dtypes.items() if kind.name == "Int64"})


def measures(story: "Story", said: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """The measures of a story, with the columns of `measures.measures_table`.

    said: a table of the statements, to say in which of them a measure stands.
    """
    import pandas as pd

    found = measures_table(story, said)
    coded = coding.resolved(story, "measures")
    if coded is None:
        return found
    rows, numbers = [], dict.fromkeys(story.versions, 0)
    order = {one: n for n, one in enumerate(story.versions)}
    places = (
        {one: statement_finder(statement_places(said, one)) for one in story.versions}
        if said is not None
        else {}
    )
    for row in sorted(coded.to_dict("records"), key=lambda r: (order[r["version"]], r["start"])):
        version = row["version"]
        numbers[version] += 1
        spans = read_spans(row["spans"]) or [Span(row["start"], row["end"])]
        rows.append(
            {
                **row,
                "story": story.name,
                "measure": row_id("measure", version, numbers[version]),
                "sentence": _sentence_at(story.versions[version], row["start"]),
                "spans": write_spans(spans),
                "quantity": None if is_blank(row["quantity"]) else float(row["quantity"]),
                "unit": "" if is_blank(row["unit"]) else row["unit"],
                "umbrella": str(row["umbrella"]) in ("yes", "True"),
                "statement": (said is not None and places[version](spans)) or "",
            }
        )
    frame = pd.DataFrame(rows, columns=["story", "version", *MEASURE_COLUMNS])
    return frame.astype({"start": "int64", "end": "int64", "quantity": "Float64", "umbrella": "bool"})


def stances(story: "Story", said: "pd.DataFrame", markers: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """The stances of a story, a row a segment and target, with the columns of `tables.suggest_stances`.

    said: the table of the statements. `coder` says whose codes they are: the resolved coding's, or the
    rules' suggestions. A coded segment belongs to the statement with which it shares most characters.
    """
    import pandas as pd

    coded = coding.resolved(story, "stances")
    if coded is None:
        return suggest_stances(story, said, markers)
    places = {version: statement_finder(statement_places(said, version)) for version in story.versions}
    rows, segments = [], Counter()
    for row in coded.to_dict("records"):
        start, end = int(row["start"]), int(row["end"])
        statement = places[row["version"]]([(start, end)])
        if statement:
            segments[statement, row["target"]] += 1
            number, strength = segments[statement, row["target"]], int(row["strength"])
            rows.append(
                (story.name, row["version"], statement, number, start, end)
                + (row["target"], row["stance"], strength, coding.RESOLVED)
            )
    return pd.DataFrame(rows, columns=STANCE_COLUMNS)


def _statement(version, row, twin, number):
    """A coded statement as a row of the statements table, with `_norms` for `match_versions`."""
    doc, content = version.document, read_spans(row.content_spans)
    quoted = _quoted(doc, row.quotation, content)
    made = {
        "story": version.story,
        "version": version.id,
        "statement": row_id("statement", version.id, number),
        "same_as": "",
        "sentence": _sentence_at(version, content[0].start),
        "source_id": row.source_id,
        "source_type": row.source_type,
        "affiliation": row.affiliation if twin is None else row.affiliation or twin["affiliation"],
        "actor": row.actor,
        "resolved_by": BY_READING,
        "content": " ".join(_words(version, span) for span in content),
        "content_spans": write_spans(content),
        "quoted_spans": write_spans(quoted),
        "words": count_words(doc, content),
        "quoted_words": count_words(doc, quoted),
        "quotation": row.quotation,
        "kind": row.kind,
        "cue_class": "" if twin is None else twin["cue_class"],
        "cue_lemma": "" if twin is None else twin["cue_lemma"],
        "_norms": words_compared(doc, content),
        "_quoted": words_compared(doc, quoted),
    }
    for name in ("source", "cue"):
        start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
        span = None if is_blank(start) else Span(int(start), int(end))
        made[name] = _words(version, span) if span else ""
        made[f"{name}_start"], made[f"{name}_end"] = span or (None, None)
    return made


def _quoted(doc, quotation, content):
    """The stretches of the content that stand in quotation marks."""
    if quotation != "mixed":
        return content if quotation == "direct" else []
    inside = [Span(doc.tokens[q.open + 1].start, doc.tokens[q.close - 1].end) for q in find_quotations(doc)]
    shared = [Span(max(a, c), min(b, d)) for a, b in content for c, d in inside]
    return [span for span in shared if span.start < span.end]


def _words(version, span):
    return " ".join(version.text[span.start : span.end].split())


def _sentence_at(version, place):
    number = bisect_right([span.start for span in version.document.sentences], place)
    return row_id("sentence", version.id, max(number, 1))
