"""A story's codings: who coded what, its tables read and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.errors import InputError
from copydesk.stories.coding.coding_csv import (
    fault_at,
    read_file,
    read_rows,
    validated,
    write_file,
    write_rows,
)
from copydesk.stories.coding.row_models import RESOLVED, TABLES, CoderRow, format_cell, table_named

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.story import Story


def read_coding(story: Story, coder: str, table: str) -> pd.DataFrame | None:
    """One coder's table of a story, or None where that coder has not coded it.

    story: a Story. coder: the folder's name, or "resolved". table: "links", "statements", "stances" or
    "measures". Returns a DataFrame with the table's columns (offsets Int64, spans as tuples of Span, yes/no as
    bool, the rest str; `reason` behind them in a resolved coding). A file without rows is a coding that found
    nothing. Raises InputError that names file, row, column and fix.
    """
    table_named(table)
    if story.folder is None:
        return None
    path = Path(story.folder) / "coding" / coder / f"{table}.csv"
    if not path.is_file():
        return None
    # Read once for each state of the file: a report asks forty times.
    read = vars(story).setdefault("_codings_read", {})
    key = (path, path.stat().st_mtime_ns, path.stat().st_size)
    if key not in read:
        read[key] = read_file(path, table, texts_of(story))
    return read[key].copy()


def codings(story: Story, table: str) -> dict[str, pd.DataFrame]:
    """dict coder -> DataFrame: every coder's coding of a table, in the order of `coders.csv`.

    The resolved coding is not among them. A coding whose coder `coders.csv` does not name is refused.
    """
    table_named(table)
    if story.folder is None:
        return {}
    folder = Path(story.folder) / "coding"
    found = {path.parent.name for path in folder.glob(f"*/{table}.csv")} - {RESOLVED}
    named = [entry.coder for entry in entries_of(story, table)]
    for coder in sorted(found - set(named)):
        raise InputError(
            f"{folder / 'coders.csv'} does not say who made {coder}/{table}.csv; add a row for the coder "
            f"'{coder}' with {table} in the column tables."
        )
    return {coder: read_coding(story, coder, table) for coder in named if coder in found}


def resolved(story: Story, table: str) -> pd.DataFrame | None:
    """The resolved coding of a table as a DataFrame with a column `reason`, or None where there is none."""
    return read_coding(story, RESOLVED, table)


def coders(story: Story) -> pd.DataFrame:
    """Who coded: DataFrame `coder, kind, name, wrote_codebook, saw_rules, date, tables, note`."""
    import pandas as pd

    rows = [entry.model_dump() for entry in entries_of(story)]
    return pd.DataFrame(rows, columns=list(CoderRow.model_fields))


def write(
    folder: str | Path, coder: str, table: str, frame: pd.DataFrame, texts: Mapping[str, str] | None = None
) -> Path:
    """Write a coding to `FOLDER/coding/CODER/TABLE.csv`, whole or not at all; returns the path.

    folder: a story's folder. frame: DataFrame with the table's columns; those not given stay empty. texts: dict
    of version id -> text, to check offsets and words by. A wrong table is refused before anything is written.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", str(coder)):
        raise InputError(f"'{coder}' cannot name a coder; use letters, digits, - and _.")
    path = Path(folder) / "coding" / coder / f"{table}.csv"
    write_file(path, table, frame, texts, reason=coder == RESOLVED)
    return path


def enter_coder(folder: str | Path, **entry: Any) -> Path:
    """Enter a coder in `FOLDER/coding/coders.csv`, in place of an earlier entry for the same tables.

    entry: `coder`, `kind` ("person" or "language model"), `name`, `wrote_codebook`, `saw_rules`, `date`,
    `tables` (such as "links; stances") and `note`. Returns the path.
    """
    path = Path(folder) / "coding" / "coders.csv"
    old = [row for _, row in read_rows(path, CoderRow)[1]] if path.is_file() else []
    new = validated(CoderRow, {key: format_cell(value) for key, value in entry.items()}, path, len(old) + 2)
    kept = [row for row in old if (row.coder, row.table_names()) != (new.coder, new.table_names())]
    _check_entries(list(enumerate([*kept, new], 2)), path)
    write_rows(path, list(CoderRow.model_fields), [*kept, new])
    return path


def texts_of(story):
    return {name: version.text for name, version in story.versions.items()}


def entries_of(story, table=None):
    """The rows of `coders.csv`, all or those for one table."""
    path = None if story.folder is None else Path(story.folder) / "coding" / "coders.csv"
    if path is None or not path.is_file():
        return []
    numbered = read_rows(path, CoderRow)[1]
    _check_entries(numbered, path)
    return [entry for _, entry in numbered if table is None or table in entry.table_names()]


def _check_entries(numbered, path):
    """Refuse tables that there are not, and a coder who is named twice for one table."""
    seen = set()
    for number, entry in numbered:
        for name in entry.table_names():
            if name not in TABLES:
                raise fault_at(
                    path, number, "tables", f"there is no table '{name}'; name {', '.join(TABLES)}"
                )
            if (entry.coder, name) in seen:
                raise fault_at(path, number, "tables", f"'{entry.coder}' has {name} twice; keep one entry")
            seen.add((entry.coder, name))
