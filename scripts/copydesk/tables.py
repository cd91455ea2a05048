"""A table in, accessible HTML or CSV out. Nothing is added to the table on the way."""

import csv
import math
from html import escape

# Columns that hold the words of a text: they are set in the text's own face, and may be long.
_WORDS = {"text", "content", "source", "cue", "marker", "before_text", "after_text", "words", "label"}


def write_csv(table, path):
    """Write a DataFrame as CSV: UTF-8, LF, the words exactly, an empty field for a missing value."""
    with open(path, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([_plain(value) for value in row] for row in table.itertuples(index=False))


def to_html(table, caption, *, labels=None, url=None, words=(), limit=None, row_id=None):
    """An HTML table with a caption, heads with scope, and a frame that scrolls by itself.

    table: DataFrame. caption: str. labels: dict column -> head, where the column's name will not do.
    url: function from a column and an id in it to a link or None, or no function. words: further columns that hold words
    of a text. limit: the most rows to show; the rest is counted in the caption.
    row_id: function from the first column and its value to an id for the row, or None. Returns str.
    """
    labels = labels or {}
    shown = table if limit is None else table.head(limit)
    if len(shown) < len(table):
        caption = f"{caption} (the first {len(shown)} of {len(table)} rows; all are in the CSV file)"
    numeric = {column for column in table if _is_numeric(table[column])}
    heads = "".join(
        f'<th scope="col"{_class(column, numeric, words)}>{escape(labels.get(column, humanise(column)))}</th>'
        for column in shown
    )
    body = "".join(
        f"<tr{_id(row_id, shown.columns[0], row[0])}>"
        + "".join(_cell(row[n], column, n == 0, numeric, words, url) for n, column in enumerate(shown))
        + "</tr>"
        for row in shown.itertuples(index=False)
    )
    name = escape(caption, quote=True)
    return (
        f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _id(row_id, column, value):
    found = row_id(column, value) if row_id else None
    return f' id="{escape(found, quote=True)}"' if found else ""


def humanise(column):
    """A column's name as a head for readers: `before_start` is `before start`."""
    return str(column).replace("_", " ")


def number(value):
    """A number as a reader wants it: no trailing zeros, at most two decimals."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def is_missing(value):
    """Whether a cell holds nothing: None, NaN, NaT or NA."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in ("NAType", "NaTType")


def _cell(value, column, is_first, numeric, words, url):
    tag, scope = ("th", ' scope="row"') if is_first else ("td", "")
    return f"<{tag}{scope}{_class(column, numeric, words)}>{_content(value, column, url)}</{tag}>"


def _content(value, column, url):
    if is_missing(value):
        return '<span class="none">–</span>'
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "yes" if value else "no"
    text = number(value) if isinstance(value, float) else str(value)
    link = url(column, text) if url and isinstance(value, str) else None
    if link is None:
        return f"<bdi>{escape(text)}</bdi>" if isinstance(value, str) else escape(text)
    return f'<a href="{escape(link, quote=True)}">{escape(text)}</a>'


def _class(column, numeric, words):
    if column in numeric:
        return ' class="number"'
    return ' class="words"' if column in _WORDS or column in words else ""


def _is_numeric(series):
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    return is_numeric_dtype(series) and not is_bool_dtype(series)


def _plain(value):
    if is_missing(value):
        return ""
    if isinstance(value, float):
        return repr(float(value))
    return value
