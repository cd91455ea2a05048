"""Sentences that are identical in two versions: they have identical statements, markers and measures.

The rules read a sentence in its text, so that the same words may be read otherwise in another version. Where two readings
of identical sentences differ, one holds for both: of a speaker the one that is resolved, by a name rather than by a
pronoun; of measures the fuller one; else the one of the text that has capitals, or of the earlier version.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from copydesk.engine.spans import Span, finding_id, read_spans, write_spans

Row = dict[str, Any]
_WHO = ("source_id", "source_type", "affiliation", "actor", "resolved_by")
_PLACED = ("source", "cue")
_PLACES_OF_MEASURE = ("story", "version", "measure", "sentence", "start", "end", "spans", "text", "statement")
NOT_STATED = "not stated"


def identical_sentences(before: Any, after: Any) -> list[tuple[int, int]]:
    """The pairs of sentences (their numbers, from 0) of two Versions that have the same normal form, each in one pair at most."""
    places: dict[tuple[str, ...], list[int]] = {}
    for number, span in enumerate(before.document.sentences):
        places.setdefault(tuple(before.document.words(span)), []).append(number)
    pairs = []
    for number, span in enumerate(after.document.sentences):
        if same := places.get(tuple(after.document.words(span))):
            pairs.append((same.pop(0), number))
    return pairs


def unify_statements(rows: Sequence[list[Row]], versions: Sequence[Any]) -> None:
    """Give identical sentences identical statements: change the rows (of `statement_rows`, a list a version) in place."""
    for one, other in combinations(range(len(versions)), 2):
        pair = rows[one], rows[other]
        _unify(
            pair, (versions[one], versions[other]), _statement_spans, _worth_of_statements, _project_statement
        )
        _share_speakers(pair, (versions[one], versions[other]))
    for version, own in zip(versions, rows, strict=True):
        own.sort(key=lambda row: read_spans(row["content_spans"])[0])
        for number, row in enumerate(own, 1):
            row["statement"] = finding_id("statement", version.id, number)


def unify_measures(rows: Sequence[list[Row]], versions: Sequence[Any]) -> None:
    """Give identical sentences identical measures: change the rows (a list a version, with ids) in place."""
    for one, other in combinations(range(len(versions)), 2):
        pair = rows[one], rows[other]
        sides = versions[one], versions[other]
        _unify(pair, sides, _measure_spans, _worth_of_measures, _project_measure)
        # A measure that is told again in a later sentence reaches beyond its own, and keeps its places.
        names = dict.fromkeys(name for own in pair for row in own for name in row)
        read = [name for name in names if name not in (*_PLACES_OF_MEASURE, "type", "umbrella")]
        _share(pair, sides, _measure_sign, lambda row: _worth_of_measures([row]), read)
    for version, own in zip(versions, rows, strict=True):
        own.sort(key=lambda row: (row["start"], row["end"]))
        for number, row in enumerate(own, 1):
            row["measure"] = finding_id("measure", version.id, number)


def unify_markers(
    rows: Sequence[list[Row]], statements: Sequence[list[Row]], versions: Sequence[Any]
) -> None:
    """Give identical sentences identical markers: change the rows (a list a version) in place.

    statements: the rows that they were found in, with `unify_statements` done.
    """
    said = {
        version.id: [(row["statement"], read_spans(row["content_spans"])) for row in own]
        for version, own in zip(versions, statements, strict=True)
    }

    def project(row: Row, one: Any, other: Any, move: Callable[[Span], Span]) -> Row:
        start, end = move(Span(int(row["start"]), int(row["end"])))
        holders = [which for which, spans in said[other.id] if any(a <= start < b for a, b in spans)]
        held = holders[0] if holders else ""
        return {**row, "version": other.id, "start": start, "end": end, "statement": held}

    for one, other in combinations(range(len(versions)), 2):
        _unify((rows[one], rows[other]), (versions[one], versions[other]), _marker_spans, len, project)
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


def _unify(
    rows: tuple[list[Row], list[Row]], versions: tuple[Any, Any], spans_of: Callable[[Row], list[Span]],
    worth: Callable[[list[Row]], Any], project: Callable[..., Row],
) -> None:  # fmt: skip
    """Where the rows of two identical sentences differ, put those of the better reading in the place of the other's."""
    for sentences, own in _readings(rows, versions, spans_of):
        if own is None:
            continue
        signs = [
            sorted(map(str, (_sign(row, spans_of, versions[k], sentences[k]) for row in own[k])))
            for k in (0, 1)
        ]
        if signs[0] == signs[1]:
            continue
        best = max((0, 1), key=lambda k: (worth(own[k]), not versions[k].document.caseless, -k))
        rest = 1 - best
        move = _mover(versions[best], sentences[best], versions[rest], sentences[rest])
        gone = {id(row) for row in own[rest]}
        rows[rest][:] = [row for row in rows[rest] if id(row) not in gone]
        rows[rest].extend(project(row, versions[best], versions[rest], move) for row in own[best])


def _readings(
    rows: tuple[list[Row], list[Row]], versions: tuple[Any, Any], spans_of: Callable[[Row], list[Span]]
) -> Iterator[tuple[tuple[Span, ...], tuple[list[Row], ...] | None]]:
    """Each pair of identical sentences with its rows; None in their place where one of them reaches beyond its sentence."""
    for numbers in identical_sentences(*versions):
        sentences = tuple(
            version.document.sentences[number] for version, number in zip(versions, numbers, strict=True)
        )
        touching = tuple(
            [row for row in own if any(a < sentence.end and b > sentence.start for a, b in spans_of(row))]
            for own, sentence in zip(rows, sentences, strict=True)
        )
        is_whole = all(
            sentence.start <= a and b <= sentence.end
            for own, sentence in zip(touching, sentences, strict=True)
            for row in own
            for a, b in spans_of(row)
        )
        yield sentences, touching if is_whole else None


def _sign(row: Row, spans_of: Callable[[Row], list[Span]], version: Any, sentence: Span) -> tuple[Any, ...]:
    """What two rows of identical sentences must have in common: their places by tokens, and what was read there."""
    first, _ = version.document.token_range(*sentence)
    places = [tuple(n - first for n in version.document.token_range(*span)) for span in spans_of(row)]
    placed = {"story", "version", "sentence", "start", "end", "same_as", "statement", "measure", "source_id"}
    skipped = (
        placed
        | {"text", "content", "spans", "_norms"}
        | {name for name in row if name.endswith(("_spans", "_start", "_end"))}
    )
    words = {
        name: str(value).casefold() for name, value in row.items() if name not in skipped | {*_PLACED, *_WHO}
    }
    return (*places, sorted(words.items()))


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
    number = sum(span.start <= place for span in version.document.sentences)
    return finding_id("sentence", version.id, number)


def _share(
    rows: tuple[list[Row], list[Row]], versions: tuple[Any, Any], sign: Callable[[Row, Any, Span], Any],
    worth: Callable[[Row], Any], names: Iterable[str],
) -> None:  # fmt: skip
    """Of two rows with one `sign` in identical sentences, give the fields `names` of the worthier to both."""
    for numbers in identical_sentences(*versions):
        signed: list[dict[Any, Row]] = []
        for own, version, number in zip(rows, versions, numbers, strict=True):
            sentence, span = (
                finding_id("sentence", version.id, number + 1),
                version.document.sentences[number],
            )
            signed.append({sign(row, version, span): row for row in own if row["sentence"] == sentence})
        for key in signed[0].keys() & signed[1].keys():
            pair = signed[0][key], signed[1][key]
            ranks = [(worth(pair[k]), not versions[k].document.caseless, -k) for k in (0, 1)]
            best = ranks.index(max(ranks))
            if any(str(pair[0].get(name)) != str(pair[1].get(name)) for name in names):
                pair[1 - best].update({name: pair[best][name] for name in names if name in pair[best]})


def _statement_sign(row: Row, version: Any, sentence: Span) -> str:
    return str(_sign(row, _statement_spans, version, sentence))


def _share_speakers(rows: tuple[list[Row], list[Row]], versions: tuple[Any, Any]) -> None:
    """Two identical statements of identical sentences have the speaker that is known better."""
    _share(rows, versions, _statement_sign, _support, _WHO)


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
