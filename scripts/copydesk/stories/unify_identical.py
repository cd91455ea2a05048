"""Sentences that are identical in two versions: they have identical statements, markers and measures.

The rules read a sentence in its text, so that the same words may be read otherwise in another version. Where two readings
of identical sentences differ, one holds for both: of a speaker the one that is resolved, by a name rather than by a
pronoun; of measures the fuller one; else the one of the text that has capitals, or of the earlier version.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from copydesk.engine.spans import Span, overlaps, read_spans, row_id, write_spans

Row = dict[str, Any]
WHO = ("source_id", "source_type", "affiliation", "actor", "resolved_by")
_PLACED = ("source", "cue")
_PLACES_OF_MEASURE = ("story", "version", "measure", "sentence", "start", "end", "spans", "text", "statement")
_WHERE = (
    *("story", "version", "sentence", "start", "end", "same_as", "statement", "measure"),
    *("text", "content", "spans", "_norms", "_quoted"),
)
NOT_STATED = "not stated"


def unify_statements(rows: Sequence[list[Row]], versions: Sequence[Any]) -> None:
    """Give identical sentences identical statements: change the rows (of `statement_rows`, a list a version) in place."""
    _unify(rows, versions, _statement_spans, _worth_of_statements, _project_statement)
    # Two identical statements of identical sentences have the speaker that is known better.
    _share(rows, versions, _statement_sign, _support, WHO)
    for version, own in zip(versions, rows, strict=True):
        own.sort(key=lambda row: read_spans(row["content_spans"])[0])
        for number, row in enumerate(own, 1):
            row["statement"] = row_id("statement", version.id, number)


def unify_measures(rows: Sequence[list[Row]], versions: Sequence[Any]) -> None:
    """Give identical sentences identical measures: change the rows (a list a version, with ids) in place."""
    _unify(rows, versions, _measure_spans, _worth_of_measures, _project_measure)
    # A measure that is told again in a later sentence reaches beyond its own, and keeps its places.
    names = dict.fromkeys(name for own in rows for row in own for name in row)
    read = [name for name in names if name not in (*_PLACES_OF_MEASURE, "type", "umbrella")]
    _share(rows, versions, _measure_sign, lambda row: _worth_of_measures([row]), read)
    for version, own in zip(versions, rows, strict=True):
        own.sort(key=lambda row: (row["start"], row["end"]))
        for number, row in enumerate(own, 1):
            row["measure"] = row_id("measure", version.id, number)


def unify_markers(
    rows: Sequence[list[Row]], statements: Sequence[list[Row]], versions: Sequence[Any]
) -> None:
    """Give identical sentences identical markers: change the rows (a list a version) in place.

    statements: the rows that they were found in, with `unify_statements` done.
    """
    said = {}  # id of a version: its spans of content with their statements, and by what they are found
    for version, own in zip(versions, statements, strict=True):
        held = [(span, row["statement"]) for row in own for span in read_spans(row["content_spans"])]
        said[version.id] = held, overlaps([span for span, _ in held])

    def project(row: Row, one: Any, other: Any, move: Callable[[Span], Span]) -> Row:
        start, end = move(Span(int(row["start"]), int(row["end"])))
        held, overlapping = said[other.id]
        first = min(overlapping(start, start + 1), default=None)
        holder = "" if first is None else held[first][1]
        return {**row, "version": other.id, "start": start, "end": end, "statement": holder}

    _unify(rows, versions, _marker_spans, len, project)
    for own in rows:
        own[:] = [row for row in own if row["statement"]]
        own.sort(key=lambda row: (row["statement"], row["start"]))


def in_table(
    unify: Callable[..., None], table: Any, versions: Sequence[Any], *others: Sequence[list[Row]]
) -> Any:
    """What `unify_measures` or `unify_markers` makes of a DataFrame: a DataFrame like `table`."""
    import pandas as pd

    rows = rows_of(table, versions)
    unify(rows, *others, versions)
    made = pd.DataFrame([row for own in rows for row in own], columns=table.columns)
    return made.astype(table.dtypes.to_dict())


def rows_of(table: Any, versions: Sequence[Any]) -> list[list[Row]]:
    """The rows of a DataFrame as a list a version."""
    return [table[table["version"] == version.id].to_dict("records") for version in versions]


# --- one reading for two sentences ------------------------------------------------------------------


@lru_cache(maxsize=1)
def _twins(versions: tuple[Any, ...]) -> list[list[tuple[int, int]]]:
    """The sentences of two Versions or more that are identical: lists of (number of the version, of the sentence)."""
    places: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for k, version in enumerate(versions):
        seen: Counter[tuple[str, ...]] = Counter()
        for number, span in enumerate(version.document.sentences):
            words = tuple(version.document.words(span))
            places.setdefault((seen[words], words), []).append((k, number))
            seen[words] += 1
    return [group for group in places.values() if len(group) > 1]


class _Placed:
    """The rows of a version by the sentence that they stand in (`within`), and the sentences beyond which a row reaches."""

    def __init__(self, rows: Iterable[Row], version: Any, spans_of: Callable[[Row], list[Span]]):
        self.within: dict[int, list[Row]] = {}
        self.open: set[int] = set()
        starts = version.document.sentence_starts
        for row in rows:
            touched: set[int] = set()
            for start, end in spans_of(row):
                touched.update(range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)))
            if len(touched) == 1:
                self.within.setdefault(touched.pop(), []).append(row)
            else:
                self.open |= touched


def _unify(
    rows: Sequence[list[Row]], versions: Sequence[Any], spans_of: Callable[[Row], list[Span]],
    worth: Callable[[list[Row]], Any], project: Callable[..., Row],
) -> None:  # fmt: skip
    """Where the rows of identical sentences differ, put those of the best reading in the place of the others'."""
    placed = [_Placed(own, version, spans_of) for own, version in zip(rows, versions, strict=True)]
    gone: set[int] = set()
    new: list[list[Row]] = [[] for _ in rows]
    for twins in _read_twins(placed, versions):
        own = {k: placed[k].within.get(number, []) for k, number in twins}
        sentences = {k: versions[k].document.sentences[number] for k, number in twins}
        signs = {
            k: sorted(str(_sign(row, spans_of, versions[k], sentences[k])) for row in own[k]) for k in own
        }
        best = max(own, key=lambda k: (worth(own[k]), not versions[k].document.caseless, -k))
        for k, mine in own.items():
            if signs[k] != signs[best]:
                move = _mover(versions[best], sentences[best], versions[k], sentences[k])
                gone.update(map(id, mine))
                new[k] += [project(row, versions[best], versions[k], move) for row in own[best]]
    for own_rows, more in zip(rows, new, strict=True):
        own_rows[:] = [row for row in own_rows if id(row) not in gone] + more


def _read_twins(placed: list[_Placed], versions: Sequence[Any]) -> Iterator[list[tuple[int, int]]]:
    """Identical sentences in which something is read, without those beyond which a row reaches."""
    for group in _twins(tuple(versions)):
        twins = [(k, number) for k, number in group if number not in placed[k].open]
        if len(twins) > 1 and any(number in placed[k].within for k, number in twins):
            yield twins


def _sign(row: Row, spans_of: Callable[[Row], list[Span]], version: Any, sentence: Span) -> tuple[Any, ...]:
    """What two rows of identical sentences must have in common: their places by tokens, and what was read there."""
    first, _ = version.document.token_range(*sentence)
    places = [tuple(n - first for n in version.document.token_range(*span)) for span in spans_of(row)]
    return (*places, *(str(row[name]).casefold() for name in _read_in(tuple(row))))


@lru_cache(maxsize=64)
def _read_in(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a row's names that tell what was read, and not where."""
    skipped = {*_PLACED, *WHO, *_WHERE}
    return tuple(
        sorted(one for one in names if one not in skipped and not one.endswith(("_spans", "_start", "_end")))
    )


def _mover(one: Any, sentence: Span, other: Any, twin: Span) -> Callable[[Span], Span]:
    """A function from a span of a sentence to that of the same tokens in the identical sentence."""
    shift = other.document.token_range(*twin)[0] - one.document.token_range(*sentence)[0]

    def move(span: Span) -> Span:
        first, last = one.document.token_range(*span)
        tokens = other.document.tokens
        return Span(tokens[first + shift].start, tokens[last - 1 + shift].end)

    return move


def _words(version: Any, spans: Iterable[Span]) -> str:
    return " ".join(" ".join(version.text[start:end].split()) for start, end in spans)


# --- statements -------------------------------------------------------------------------------------


def _statement_spans(row: Row) -> list[Span]:
    placed = [
        Span(row[f"{name}_start"], row[f"{name}_end"]) for name in _PLACED if row[f"{name}_start"] is not None
    ]
    return [*read_spans(row["content_spans"]), *placed]


def _worth_of_statements(rows: list[Row]) -> tuple[int, int]:
    return sum(_support(row) > 0 for row in rows), sum(row["quoted_words"] for row in rows)


def _support(row: Row) -> int:
    """How well a speaker is known: 0 unresolved, 1 without the actor, 2 by a pronoun, 3 by a name."""
    if row["source_type"] == "unresolved":
        return 0
    return 1 if row["actor"] == "unresolved" else 2 if row["resolved_by"] == "pronoun" else 3


def _project_statement(row: Row, one: Any, other: Any, move: Callable[[Span], Span]) -> Row:
    made = {**row, "version": other.id, "same_as": ""}
    for name in ("content_spans", "quoted_spans"):
        made[name] = write_spans([move(span) for span in read_spans(row[name])])
    for name in _PLACED:
        if row[f"{name}_start"] is not None:
            span = move(Span(row[f"{name}_start"], row[f"{name}_end"]))
            made[f"{name}_start"], made[f"{name}_end"] = span
            made[name] = _words(other, [span])
    content = read_spans(made["content_spans"])
    made["content"] = _words(other, content)
    made["sentence"] = _sentence_at(other, content[0].start)
    return made


def _sentence_at(version: Any, place: int) -> str:
    return row_id("sentence", version.id, bisect_right(version.document.sentence_starts, place))


def _share(
    rows: Sequence[list[Row]], versions: Sequence[Any], sign: Callable[[Row, Any, Span], Any],
    worth: Callable[[Row], Any], names: Iterable[str],
) -> None:  # fmt: skip
    """Of rows with one `sign` in identical sentences, give the fields `names` of the worthiest to all."""
    standing: list[dict[str, list[Row]]] = [{} for _ in rows]
    for own, held in zip(rows, standing, strict=True):
        for row in own:
            held.setdefault(row["sentence"], []).append(row)
    for group in _twins(tuple(versions)):
        signed: dict[Any, dict[int, Row]] = {}
        for k, number in group:
            for row in standing[k].get(row_id("sentence", versions[k].id, number + 1), ()):
                key = sign(row, versions[k], versions[k].document.sentences[number])
                signed.setdefault(key, {})[k] = row
        for alike in signed.values():
            best = max(alike, key=lambda k: (worth(alike[k]), not versions[k].document.caseless, -k))
            for row in alike.values():
                row.update({name: alike[best][name] for name in names if name in alike[best]})


def _statement_sign(row: Row, version: Any, sentence: Span) -> str:
    return str(_sign(row, _statement_spans, version, sentence))


# --- measures and markers ---------------------------------------------------------------------------


def _measure_spans(row: Row) -> list[Span]:
    return read_spans(row["spans"])


def _worth_of_measures(rows: list[Row]) -> tuple[int, int]:
    return len(rows), sum(value not in ("", NOT_STATED, None) for row in rows for value in row.values())


def _measure_sign(row: Row, version: Any, sentence: Span) -> tuple[Any, ...]:
    """The type of a measure, and by tokens where its first words stand in the sentence."""
    first, _ = version.document.token_range(*sentence)
    return row["type"], row["umbrella"], version.document.token_range(*_measure_spans(row)[0])[0] - first


def _project_measure(row: Row, one: Any, other: Any, move: Callable[[Span], Span]) -> Row:
    spans = [move(span) for span in read_spans(row["spans"])]
    return {
        **row, "version": other.id, "sentence": _sentence_at(other, spans[0].start), "spans": write_spans(spans),
        "start": min(spans).start, "end": max(span.end for span in spans), "text": _words(other, spans), "statement": "",
    }  # fmt: skip


def _marker_spans(row: Row) -> list[Span]:
    return [Span(int(row["start"]), int(row["end"]))]
