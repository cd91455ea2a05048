"""All tables of a report in one workbook for spreadsheets: words as words, numbers as numbers, nothing computed."""

import csv
import re
from datetime import datetime
from io import StringIO

# What a cell, a sheet's name and a sheet can hold (Microsoft, "Excel specifications and limits").
MOST_LETTERS = 32767
MOST_ROWS = 1048576
_NAME_LETTERS = 31
# A number as Python writes one; what is written otherwise (007, 1e5) is a text.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?")
_DATE = datetime(2000, 1, 1)  # the same bytes at any time
_WIDEST = 60


def write_workbook(csv_paths, path):
    """Write the tables in CSV files (paths) as sheets of one XLSX file; the first sheet says what there is.

    Every text is a text cell: no formula, no link. A column is one of numbers where all its cells are. A text
    longer than a cell can hold is cut, and says so.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Tables of the report", "created": _DATE})
        head = book.add_format({"bold": True, "bottom": 1})
        words = book.add_format({"text_wrap": True, "valign": "top"})
        contents = book.add_worksheet("contents")
        listed = [("sheet", "rows", "columns", "file")]
        names = set()
        for one in csv_paths:
            rows = _read(one)
            name = _sheet_name(one.stem, names)
            _write(book.add_worksheet(name), rows, head, words)
            listed.append(
                (name, str(len(rows) - 1), ", ".join(rows[0]) if rows else "", f"tables/{one.name}")
            )
        _write(contents, listed, head, words)


def _read(path):
    text = path.read_text(encoding="utf-8", errors="surrogatepass")
    return list(csv.reader(StringIO(text, newline="")))


def _sheet_name(stem, taken):
    """A sheet's name: short, without the signs that Excel refuses, and unlike every other."""
    base = re.sub(r"[\[\]:*?/\\']", "-", stem)[:_NAME_LETTERS]
    name, n = base, 2
    while name.lower() in taken or name.lower() == "contents":
        name = f"{base[: _NAME_LETTERS - 4]} {n}"
        n += 1
    taken.add(name.lower())
    return name


def _write(sheet, rows, head, words):
    if not rows:
        return
    width = len(rows[0])
    body = rows[1:MOST_ROWS]
    numeric = [_is_numeric(row[n] for row in body) for n in range(width)]
    for n, title in enumerate(rows[0]):
        sheet.write_string(0, n, title, head)
        longest = max([len(title), *(len(row[n]) for row in body[:200])])
        sheet.set_column(n, n, min(max(longest + 2, 8), _WIDEST))
    for y, row in enumerate(body, 1):
        for x, cell in enumerate(row):
            if cell and numeric[x]:
                sheet.write_number(y, x, float(cell))
            elif cell:
                sheet.write_string(y, x, _cut(cell), words)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(body), 1), width - 1)


def _is_numeric(cells):
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)


def _cut(cell):
    if len(cell.encode("utf-16-le", "surrogatepass")) // 2 <= MOST_LETTERS:
        return cell
    note = " [cut here: the CSV file has the whole]"
    # Letters beyond the sixteen-bit plane count twice.
    room, used, end = MOST_LETTERS - len(note), 0, 0
    for end, letter in enumerate(cell):  # noqa: B007 - what it was at last counts
        used += 2 if letter > "\uffff" else 1
        if used > room:
            break
    return cell[:end] + note
