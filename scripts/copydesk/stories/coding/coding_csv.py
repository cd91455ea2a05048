"""The CSV file of a hand coding: read, checked row by row, and written whole or not at all.

What is wrong in a file is told in one sentence that names file, row, column and fix; rows are numbered as a
spreadsheet numbers them, the header being row 1.
"""

import csv
import io
import os
from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic import ValidationError

from copydesk.engine import toml_files
from copydesk.engine.spans import write_spans
from copydesk.errors import InputError
from copydesk.stories.csv_rows import write_csv_rows

if TYPE_CHECKING:
    import pandas as pd
from copydesk.stories.coding.row_models import LinkRow, StanceRow, format_cell, table_named, words_of


def read_file(path: Path, table: str, texts: Mapping[str, str] | None = None) -> "pd.DataFrame":
    """A coding from a CSV file: UTF-8, with or without a byte-order mark; comma, semicolon or tab.

    table: a name in TABLES. texts: dict of version id -> text; where it is given, the versions, offsets and
    words are checked against it. Returns a DataFrame (see `frame_of`). Raises InputError.
    """
    spec = table_named(table)
    header, rows = read_rows(path, spec.model)
    check_rows(rows, spec, texts, path)
    return frame_of([row for _, row in rows], spec, "reason" in header)


def write_file(path, table, frame, texts=None, reason=False):
    """Write a coding as CSV, whole or not at all. It is checked as on reading; columns not given stay empty."""
    spec = table_named(table)
    columns = [*spec.columns, "reason"] if reason else spec.columns
    for name in frame.columns:
        if name not in columns:
            raise InputError(f"{path} has no column '{name}'{_suggestion(name, columns)}.")
    records = [{name: format_cell(cell) for name, cell in row.items()} for row in frame.to_dict("records")]
    rows = [(number, validated(spec.model, row, path, number)) for number, row in enumerate(records, 2)]
    check_rows(rows, spec, texts, path)
    write_rows(path, columns, [row for _, row in rows])


def frame_of(rows, spec, reason=False):
    """Rows as a DataFrame: offsets and strength Int64, spans tuples of Span, yes/no bool, the rest str."""
    import pandas as pd

    columns = [*spec.columns, "reason"] if reason else spec.columns
    frame = pd.DataFrame([{name: getattr(row, name) for name in columns} for row in rows], columns=columns)
    whole = [name for name in columns if name.endswith(("start", "end")) or name == "strength"]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def read_rows(path, model):
    """(header, [(row number, instance of `model`)]) of a CSV file; rows without any content are passed over."""
    lines = list(_lines(path))
    header = lines[0][1] if lines else []
    _check_header(path, header, model)
    rows = []
    for number, cells in lines[1:]:
        if any(cells[len(header) :]):
            raise InputError(
                f"{path}, row {number}: {len(cells)} cells under a header of {len(header)}; "
                "put a cell with a comma in it in double quotation marks."
            )
        rows.append((number, validated(model, dict(zip(header, cells, strict=False)), path, number)))
    return header, rows


def write_rows(path, columns, rows):
    """Write instances of a row model as CSV: to a file beside it first, then in its place."""
    out = io.StringIO()
    cells = ([format_cell(getattr(row, name)) for name in columns] for row in rows)
    write_csv_rows(out, [list(columns), *cells])
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(out.getvalue().encode("utf-8"))
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); check the folder.") from None
    finally:
        temporary.unlink(missing_ok=True)


def validated(model, values, path, number):
    """An instance of `model`, or an InputError about its first fault."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
    column = str(fault["loc"][0]) if fault["loc"] else ""
    raise fault_at(path, number, column, _explain(fault, model, column))


def fault_at(path, number, column, message):
    """An InputError that names the file, the row, the column (where it is one) and the fix."""
    place = f"{path}, row {number}, column {column}" if column else f"{path}, row {number}"
    return InputError(f"{place}: {message if message.endswith('?') else message.rstrip('.') + '.'}")


def _lines(path):
    """(row number, stripped cells) of a CSV file."""
    text = toml_files.read_text(path).removeprefix("\ufeff")
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if any(map(str.strip, cells)):
                yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise InputError(f"{path} is no proper CSV ({error}); save it as CSV, UTF-8.") from None


def _check_header(path, header, model):
    known = list(model.model_fields)
    for name in header:
        if name not in known:
            raise fault_at(path, 1, "", f"unknown column '{name}'{_suggestion(name, known)}")
        if header.count(name) > 1:
            raise fault_at(path, 1, "", f"the column {name} is there twice; keep one")
    for name, field in model.model_fields.items():
        if field.is_required() and name not in header:
            raise fault_at(path, 1, "", f"the column {name} is missing; add it")


def _suggestion(value, known):
    near = get_close_matches(str(value).lower(), known, n=1)
    return f"; did you mean '{near[0]}'?" if near else f"; choose from {', '.join(filter(None, known))}"


def _explain(fault, model, column):
    value = fault["input"]
    if fault["type"] == "literal_error":
        return (
            f"'{value}' is not allowed{_suggestion(value, get_args(model.model_fields[column].annotation))}"
        )
    if fault["type"] in ("string_too_short", "missing"):
        return "is empty; fill it in"
    if fault["type"] == "extra_forbidden":
        return f"there is no such column{_suggestion(column, list(model.model_fields))}"
    message = fault["msg"].removeprefix("Value error, ")
    if message.startswith("invalid literal for int"):
        return f"'{value}' is no whole number; give one"
    return message if fault["type"] == "value_error" else f"'{value}': {message[0].lower()}{message[1:]}"


# --- what must hold between a row, the texts and the other rows ----------------------------------------


def check_rows(rows, spec, texts, path):
    """Raise InputError at the first row that has no unit, or does not fit the texts or the other rows."""
    for number, row in rows:
        if not any(side for _, side in row.sides()):
            raise fault_at(path, number, "", "has no span; give its spans, or its start and end")
        if texts is not None:
            _check_places(row, texts, path, number)
            _check_words(row, spec, texts, path, number)
    if spec.model is LinkRow:
        _check_links(rows, path)
    if spec.model is StanceRow:
        _check_unique(rows, ("version", "start", "end", "target"), path)


def _check_places(row, texts, path, number):
    for version, _ in row.sides():
        if version not in texts:
            raise fault_at(
                path, number, "", f"there is no version '{version}'{_suggestion(version, list(texts))}"
            )
    for column, version, spans in _places(row):
        length = len(texts[version])
        for start, end in spans:
            if end > length:
                message = (
                    f"{start}-{end} lies outside {version}, which has {length} characters; fix the offsets"
                )
                raise fault_at(path, number, column, message)


def _places(row):
    """(column, version, spans) for everything in a row that points into a text."""
    for name in type(row).model_fields:
        stem = name.removesuffix("start")
        if name.endswith("spans"):
            yield name, row.version, getattr(row, name)
        elif stem != name:
            yield name, getattr(row, f"{stem}version", None) or row.version, row.span(stem)


def _check_words(row, spec, texts, path, number):
    for column, place in spec.words.items():
        given = getattr(row, column)
        spans = (getattr(row, place) or row.span()) if place.endswith("spans") else row.span(place)
        if not given or not spans:
            continue
        there = " ".join(texts[row.version][start:end] for start, end in spans)
        if words_of(given) != words_of(there):
            shown = there if len(there) <= 60 else f"{there[:57]}..."
            message = (
                f"has other words than {row.version} at {write_spans(spans)} ('{shown}'); fix one of them"
            )
            raise fault_at(path, number, column, message)


def _check_links(rows, path):
    """A sentence that stands in several rows was split or merged, and one that did stands in several."""
    sides = ("before_version", "after_version", "before_start", "before_end", "after_start", "after_end")
    _check_unique(rows, sides, path)
    several = {"split": "before", "merged": "after"}
    count = Counter(_sentence(row, side) for _, row in rows for side in several.values())
    for number, row in rows:
        repeated = [
            side for side in several.values() if row.span(f"{side}_") and count[_sentence(row, side)] > 1
        ]
        side = several.get(row.relation)
        if side and side not in repeated:
            message = (
                f"{row.relation}, but no other row has its {side} sentence; add that row or write reworded"
            )
            raise fault_at(path, number, "relation", message)
        if repeated and not side:
            message = (
                f"{row.relation}, but another row has the same {repeated[0]} sentence; write split or merged"
            )
            raise fault_at(path, number, "relation", message)


def _sentence(row, side):
    return side, row.before_version, row.after_version, row.span(f"{side}_")


def _check_unique(rows, columns, path):
    seen = {}
    for number, row in rows:
        key = tuple(getattr(row, name) for name in columns)
        if key in seen:
            raise fault_at(path, number, "", f"codes the same as row {seen[key]}; keep one of them")
        seen[key] = number
