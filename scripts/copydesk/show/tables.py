"""A table in, accessible HTML, CSV or JSON out. Nothing is added to the table on the way.

`layout` says what a reader sees of a table, as plain values that a notebook's output can hold; the template
`table.html.j2` sets that, in a notebook and on a report's page alike.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from copydesk.show.markup import render, visible
from copydesk.stories.csv_rows import write_csv_rows

if TYPE_CHECKING:
    import pandas as pd


# Columns that hold the words of a text: they are set in the text's own face, and may be long.
_WORDS = {"text", "content", "source", "cue", "marker", "before_text", "after_text", "words", "item"}
_LONG = 40  # letters, from which on a cell's words are text to read, and get the room of a line
# Columns of places in a file, which are looked up and not compared.
_PLACES = ("start", "end")
SHORT = 8  # rows of a table that a page shows before it is asked for all


def write_csv(table: "pd.DataFrame", path: Path) -> None:
    """Write a DataFrame as CSV: UTF-8, LF, the words exactly, an empty field for a missing value."""
    with open(path, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        rows = ([_plain(value) for value in row] for row in table.itertuples(index=False))
        write_csv_rows(file, [list(table.columns), *rows])


def write_json(table: "pd.DataFrame", path: Path) -> None:
    """Write a DataFrame as a JSON list of rows; cells that hold spans become lists of [start, end]."""
    rows = [
        {name: _json(name, value) for name, value in zip(table.columns, row, strict=True)}
        for row in table.itertuples(index=False)
    ]
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def _json(name, value):
    if is_missing(value):
        return None
    if name.endswith("spans"):
        return [[int(place) for place in part.split("-")] for part in str(value).split(";") if part]
    return value.item() if hasattr(value, "item") else value


Row = Mapping[Any, Any]


def layout(
    table: "pd.DataFrame", caption: str, *, columns: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None, url: Callable[[str, Any, Row], str | None] | None = None,
    words: Iterable[str] = (), limit: int | None = None, row_id: Callable[[Row], str | None] | None = None,
    cited: Callable[[Row], list[Any]] | None = None, download: str | None = None, values: Mapping[str, Row] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What a reader sees of a DataFrame: a dict of plain values, which JSON can hold.

    columns: those to show, or all. labels: dict column -> head, where the column's name will not do. url:
    function from a column, its value and the row (a dict) to a link or None. words: further columns that hold
    words of a text. limit: the most rows to show; the rest is counted in the caption. row_id: function from a
    row to its id or None. cited: function from a row to groups of links, each a dict of `version` and `links`,
    for a last column of the words that the row counts. download: link to the whole table. values: dict of a
    column and of the labels (a dict) that readers see in place of its values.
    """
    labels, values = labels or {}, values or {}
    columns = list(table.columns if columns is None else columns)
    kept = table if limit is None else table.head(limit)
    kinds = {column: _Column(column, table[column], column in words) for column in columns}
    rest = ""
    if len(kept) < len(table):
        where = "; all are in the CSV file" if download else ""
        rest = f" (the first {len(kept)} of {len(table)} rows{where})"
    rows = [
        {
            "id": row_id(row) if row_id else None,
            "cells": [_cell(column, row, kinds[column], url, values) for column in columns],
            "cited": cited(row) if cited else None,
        }
        for row in kept.to_dict("records")
    ]
    return {
        "caption": caption + rest,
        "download": download,
        "heads": [
            {"text": str(labels.get(column, humanise(column))), "css": kinds[column].css} for column in columns
        ],
        "is_wide": any(kind.is_long for kind in kinds.values()),
        "has_words": cited is not None,
        "rows": rows,
    }  # fmt: skip


def _cell(column, row, kind, url, values):
    value = row[column]
    if is_missing(value):
        return None
    shown = values[column].get(value, value) if column in values else value
    return {"text": kind.content(shown), "href": url(column, value, row) if url else None}


def to_html(table: "pd.DataFrame", caption: str, **look: Any) -> str:
    """A DataFrame as an HTML table with a caption and heads with scope; without rows, a sentence.

    look: as `layout`.
    """
    return str(set_table(layout(table, caption, **look)))


def set_table(made: dict[str, Any], short: int | None = None) -> Markup:
    """What `layout` gave, as HTML. short: how many rows stand there before the reader asks for all."""
    return render("table.html.j2", table=made, short=short)


class _Column:
    """How a column is set: its class in HTML, and whether its numbers have decimals."""

    def __init__(self, name, series, holds_words):
        self.numeric = _is_numeric(series)
        holds_words = not self.numeric and (holds_words or name in _WORDS)
        self.is_long = holds_words and any(len(str(v)) > _LONG for v in series if not is_missing(v))
        self.css = (
            "number" if self.numeric else "words long" if self.is_long else "words" if holds_words else ""
        )
        values = [v for v in series if not is_missing(v)] if self.numeric else []
        self.decimals = 2 if any(float(v) != int(v) for v in values if math.isfinite(v)) else 0
        largest = max((abs(v) for v in values if math.isfinite(v)), default=0)
        self.grouped = largest >= 10000 and not str(name).endswith(_PLACES)

    def content(self, value):
        if isinstance(value, bool) or type(value).__name__ == "bool_":
            return "yes" if value else "no"
        if self.numeric:
            return _figure(value, self.decimals, self.grouped)
        return visible(number(value) if isinstance(value, float) else value)


def humanise(column: Any) -> str:
    """A column's name as a head for readers: `before_start` is `before start`."""
    return str(column).replace("_", " ")


def number(value: Any) -> str:
    """A number as a reader wants it: no trailing zeros, at most two decimals."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def _figure(value, decimals, grouped):
    """A number of a column, all of whose numbers have as many decimals."""
    if not math.isfinite(value):
        return str(value)
    whole = f"{value:.{decimals}f}"
    return f"{float(whole):,.{decimals}f}" if grouped else whole


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or NA."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in ("NAType", "NaTType")


def _is_numeric(series):
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    return is_numeric_dtype(series) and not is_bool_dtype(series)


def _plain(value):
    if is_missing(value):
        return ""
    if isinstance(value, float):
        return repr(float(value))
    return value
