"""A table in, accessible HTML or CSV out. Nothing is added to the table on the way."""

import json
import math
import re
import unicodedata
from html import escape
from itertools import groupby

from copydesk.stories.csv_rows import write_csv_rows

# Columns that hold the words of a text: they are set in the text's own face, and may be long.
_WORDS = {"text", "content", "source", "cue", "marker", "before_text", "after_text", "words", "item"}
_LONG = 40  # letters, from which on a cell's words are text to read, and get the room of a line
# Columns of places in a file, which are looked up and not compared.
_PLACES = ("start", "end")
# What nobody sees and what turns the direction of writing around, lest it hide words or turn those of the page;
# the joiners and direction marks that scripts need, and soft hyphens, are left alone.
_UNSEEN = re.compile(
    "([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff])\\1*"
)
_MOST_MARKS = 4  # upon one letter: as many as an orthography needs


def write_csv(table, path):
    """Write a DataFrame as CSV: UTF-8, LF, the words exactly, an empty field for a missing value."""
    with open(path, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        rows = ([_plain(value) for value in row] for row in table.itertuples(index=False))
        write_csv_rows(file, [list(table.columns), *rows])


def write_json(table, path):
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


def to_html(
    table, caption, *, columns=None, labels=None, url=None, words=(), limit=None, row_id=None, notes=None,
    download=None, values=None,
):  # fmt: skip
    """An HTML table with a caption, heads with scope, and a frame that scrolls by itself.

    table: DataFrame. caption: str. columns: those to show, or all. labels: dict column -> head, where the
    column's name will not do. url: function from a column, its value and the row (a dict) to a link or None.
    words: further columns that hold words of a text. limit: the most rows to show; the rest is counted in the
    caption; a table without rows is a sentence. row_id: function from a row (a dict) to its id or None. notes: (head, function from a row to HTML)
    of a last column that is no column of the table. download: link to the whole table. values: dict of a column
    and of the labels (a dict) that readers see in place of its values. Returns str.
    """
    link = _download(download, caption)
    if not len(table):
        return f'<p class="empty">{text(caption)}: none.{link}</p>'
    labels = labels or {}
    columns = list(table.columns if columns is None else columns)
    shown = table if limit is None else table.head(limit)
    rest = ""
    if len(shown) < len(table):
        where = "; all are in the CSV file" if download else ""
        rest = f" (the first {len(shown)} of {len(table)} rows{where})"
    kinds = {column: _Column(column, table[column], column in words) for column in columns}
    heads = "".join(
        f'<th scope="col"{kinds[column].css}>{text(labels.get(column, humanise(column)))}</th>'
        for column in columns
    )
    heads += f'<th scope="col">{escape(notes[0])}</th>' if notes else ""
    rows = shown.to_dict("records")
    body = "".join(_row(row, columns, kinds, url, row_id, notes, values or {}) for row in rows)
    name = escape(visible(caption + rest), quote=True)
    is_wide = any(kind.is_long for kind in kinds.values())
    return (
        f'<div class="table{"" if is_wide else " narrow"}" role="group" aria-label="{name}" tabindex="0"><table>'
        f'<caption><span class="caption">{text(caption + rest)}{link}</span></caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _download(href, caption):
    """A link to the file of a whole table."""
    if not href:
        return ""
    return f' <a class="csv" href="{escape(href, quote=True)}" aria-label="CSV: {escape(visible(caption), quote=True)}">CSV</a>'


class _Column:
    """How a column is set: its class in HTML, and whether its numbers have decimals."""

    def __init__(self, name, series, holds_words):
        self.name = name
        self.numeric = _is_numeric(series)
        holds_words = not self.numeric and (holds_words or name in _WORDS)
        self.is_long = holds_words and any(len(str(v)) > _LONG for v in series if not is_missing(v))
        css = "number" if self.numeric else "words long" if self.is_long else "words" if holds_words else ""
        self.css = f' class="{css}"' if css else ""
        values = [v for v in series if not is_missing(v)] if self.numeric else []
        self.decimals = 2 if any(float(v) != int(v) for v in values if math.isfinite(v)) else 0
        largest = max((abs(v) for v in values if math.isfinite(v)), default=0)
        self.grouped = largest >= 10000 and not str(name).endswith(_PLACES)

    def content(self, value, link):
        if is_missing(value):
            return '<span class="none"><span aria-hidden="true">–</span><span class="sr">none</span></span>'
        if isinstance(value, bool) or type(value).__name__ == "bool_":
            return "yes" if value else "no"
        if self.numeric:
            html = escape(_figure(value, self.decimals, self.grouped))
        else:
            html = text(number(value) if isinstance(value, float) else value)
        return f'<a href="{escape(link, quote=True)}">{html}</a>' if link else html


def _row(row, columns, kinds, url, row_id, notes, values):
    found = row_id(row) if row_id else None
    place = f' id="{escape(found, quote=True)}"' if found else ""
    cells = []
    for n, column in enumerate(columns):
        value, kind = row[column], kinds[column]
        link = url(column, value, row) if url and not is_missing(value) else None
        tag, scope = ("th", ' scope="row"') if n == 0 else ("td", "")
        shown = values[column].get(value, value) if column in values else value
        cells.append(f"<{tag}{scope}{kind.css}>{kind.content(shown, link)}</{tag}>")
    if notes:
        cells.append(f'<td class="cited">{notes[1](row)}</td>')
    return f"<tr{place}>{''.join(cells)}</tr>"


def text(value):
    """A text as HTML: escaped, apart from the direction of the page, and its controls to be seen."""
    return f"<bdi>{escape(visible(value))}</bdi>"


def visible(value):
    """A text with a sign for each character that is not to be seen, and without floods of marks on one letter.

    A control such as ESC becomes its picture (U+2400 and following); others are named in brackets, as in
    `[U+202E]`; beyond four marks upon a letter the rest are counted.
    """
    string = _UNSEEN.sub(_named, str(value))
    return _thinned(string) if any(map(unicodedata.combining, string)) else string


def _named(run):
    code, times = ord(run[1]), len(run[0])
    if code < 0x20 or code == 0x7F:
        return chr(0x2421 if code == 0x7F else 0x2400 + code) * times
    return f"[U+{code:04X}]" if times == 1 else f"[U+{code:04X}, {times} times]"


def _thinned(string):
    pieces = []
    for marks, letters in groupby(string, key=lambda letter: unicodedata.combining(letter) > 0):
        run = "".join(letters)
        more = len(run) - _MOST_MARKS
        pieces.append(f"{run[:_MOST_MARKS]}[{more} more marks]" if marks and more > 0 else run)
    return "".join(pieces)


def humanise(column):
    """A column's name as a head for readers: `before_start` is `before start`."""
    return str(column).replace("_", " ")


def number(value):
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


def is_missing(value):
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
