"""What was handed in: every file of a folder and of the ZIP archives in it, and the cells of those that are spreadsheets.

No file is passed over in silence: one that is no spreadsheet is refused with advice that fits it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict

from copydesk.engine import toml_files
from copydesk.errors import InputError

SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
# More than a class hands in, and less than what fills a disk.
MOST_UNPACKED, MOST_MEMBERS, DEEPEST = 300_000_000, 5_000, 3

Grid = list[list[Any]]
_SAVE_AGAIN = "open it in a spreadsheet and save it again"


class Words(BaseModel):
    """`data/codebooks/classroom.toml`."""

    model_config = ConfigDict(extra="forbid")
    not_names: list[str]
    platform_names: list[Annotated[str, AfterValidator(lambda value: re.compile(value) and value)]]
    advice: dict[str, str]


def words() -> Words:
    """The words that are nobody's name, and the advice by kind of file."""
    return toml_files.load("classroom", Words)


class File(NamedTuple):
    """A file that was handed in: where its content is, and its name as it is shown, below the folder."""

    path: Path
    name: str
    refused: str = ""  # why nothing of it is read, where that is known by now
    of_system: bool = False  # a lock or a note of an operating system, which nobody handed in


def files(folder: Path, scratch: Path) -> Iterator[File]:
    """Every file in a folder, in the order of the names, those in ZIP archives unpacked into `scratch`."""
    yield from _files(folder, "", scratch, 0)


def _files(folder, prefix, scratch, depth):
    for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).as_posix()):
        name = prefix + path.relative_to(folder).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                yield File(path, f"{name}/", "it is a folder with nothing in it")
            continue
        if _is_of_system(path.relative_to(folder).parts):
            yield File(path, name, "it is no sheet, but a file of the system", of_system=True)
        elif path.suffix.lower() == ".zip":
            yield from _unpacked(path, name, scratch, depth)
        else:
            yield File(path, name)


def _is_of_system(parts):
    return any(part.startswith((".", "~$", "__MACOSX")) for part in parts) or parts[-1].lower() in (
        "thumbs.db", "desktop.ini",
    )  # fmt: skip


def _unpacked(path, name, scratch, depth):
    try:
        if depth >= DEEPEST:
            raise InputError("it is packed in archives within archives; unpack it")
        into = scratch / f"{len(list(scratch.iterdir()))}"
        into.mkdir()
        _unpack(path, into)
    except InputError as error:
        yield File(path, name, str(error))
        return
    inside = list(_files(into, f"{name}/", scratch, depth + 1))
    yield from inside or [File(path, name, "it is an archive with nothing in it")]


def _unpack(path, into):
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
                raise InputError(
                    "it is an archive of more than a class's sheets; unpack it, and put the sheets here"
                )
            archive.extractall(into)  # keeps every member inside the folder
    except InputError:
        raise
    except RuntimeError:
        raise InputError("it is locked with a password; unpack it") from None
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError):
        raise InputError("it cannot be unpacked; have it packed again, or handed in as it is") from None


# --- the cells of a file ---------------------------------------------------------------------------------


@dataclass
class Cells:
    """The rows of a spreadsheet's page, and what is odd about its cells: (row, column), both from 1."""

    rows: Grid
    title: str = ""
    without_value: list[tuple[int, int]] = field(default_factory=list)  # formulas whose value was not stored
    # First row and column, last row and column.
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def pages(path: Path, likeness: Callable[[Grid], Any]) -> list[Cells]:
    """The pages of a file, one at least. likeness: how much a page's cells are those of a coding sheet; the likeliest
    stands first.

    Raises InputError, a clause that begins with "it", where the file is no spreadsheet.
    """
    content = _content(path)
    kind = _kind(content, path.suffix.lower())
    found = [*_READERS[kind](content)] if kind in _READERS else [Cells(_csv(content, likeness))]
    return sorted(found, key=lambda page: likeness(page.rows), reverse=True) or [Cells([])]


def _content(path):
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"it cannot be read ({error.strerror})") from None
    if not content:
        raise InputError("it is empty: not a byte is in it")
    if not content.strip():
        raise InputError("it is empty")
    return content


# What a file begins with, whatever its name says.
_BEGINNINGS = {b"%PDF": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"{\\rtf": "rtf", b"Rar!": "rar", b"7z\xbc\xaf": "7z"}  # fmt: skip


def _kind(content, suffix):
    """`xlsx`, `ods`, `xls` or `csv`; what is none of them is refused with advice."""
    begun = next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), "")
    advice = {one: told for kinds, told in words().advice.items() for one in kinds.split()}
    for kind in (begun, suffix.lstrip(".")):
        if kind in advice:
            raise InputError(advice[kind])
    if content[:2] == b"PK":
        return _packed_kind(content, suffix, advice)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputError(f"it is locked with a password; {_SAVE_AGAIN} without one")
        return "xls"
    if suffix in (".xlsx", ".xlsm", ".ods", ".xls"):
        if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            raise InputError(advice["html"])
        if not content.isascii() and b"\0" in content:
            raise InputError(f"it cannot be read as a spreadsheet; {_SAVE_AGAIN}")
        return "csv"  # a text under another name
    if suffix not in SHEETS and b"\0" in content:
        raise InputError("it is no spreadsheet; have the sheet that was handed out filled in and handed in")
    return "csv"


def _packed_kind(content, suffix, advice):
    """What a ZIP file is: it says so by what lies in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            mime = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        what = suffix.lstrip(".").upper() if suffix in (".xlsx", ".xlsm", ".ods") else "a spreadsheet"
        raise InputError(f"it cannot be read as {what}; {_SAVE_AGAIN}") from None
    if "spreadsheet" in mime:
        return "ods"
    kinds = {"xl/": "xlsx", "word/": "docx", "ppt/": "pptx", "Index/": "numbers", "content.xml": "odt"}
    for part, kind in kinds.items():
        if any(name.startswith(part) for name in names):
            if kind == "xlsx":
                return kind
            raise InputError(advice[kind])
    raise InputError("it is an archive under another name; give it the ending .zip")


def _xlsx(content):
    import warnings

    import openpyxl

    def load(**options):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that openpyxl does not keep
            return openpyxl.load_workbook(io.BytesIO(content), **options)

    try:
        values, formulas = load(data_only=True), load()
    except Exception:  # noqa: BLE001 - openpyxl raises whatever the broken part of the file raises
        raise InputError(f"it cannot be read as XLSX; {_SAVE_AGAIN}") from None
    for page in values.worksheets:
        of_formulas = formulas[page.title]
        lost = [
            (cell.row, cell.column) for row in of_formulas.iter_rows() for cell in row
            if cell.data_type == "f" and page.cell(cell.row, cell.column).value is None
        ]  # fmt: skip
        merged = [
            (one.min_row, one.min_col, one.max_row, one.max_col) for one in of_formulas.merged_cells.ranges
        ]
        rows = [list(row) for row in page.iter_rows(values_only=True)]
        yield Cells(rows, page.title, lost, sorted(merged))


def _calamine(content):
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (name, [[None if cell == "" else cell for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)])
            for name in book.sheet_names
        ]  # fmt: skip
    except (CalamineError, ValueError, OSError):
        raise InputError(f"it cannot be read as a spreadsheet; {_SAVE_AGAIN}") from None


def _xls(content):
    return [Cells(rows, title) for title, rows in _calamine(content)]


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"


def _ods(content):
    from defusedxml import ElementTree

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            tree = ElementTree.fromstring(archive.read("content.xml"))
        except (KeyError, ElementTree.ParseError, RuntimeError):
            raise InputError(f"it cannot be read as ODS; {_SAVE_AGAIN}") from None
    oddities = [_oddities_of_ods(table) for table in tree.iter(f"{_TABLE}table")]
    return [
        Cells(rows, title, *odd) for (title, rows), odd in zip(_calamine(content), oddities, strict=False)
    ]


def _oddities_of_ods(table):
    """(formulas without a value, merged ranges) of a page, which calamine does not tell of."""
    lost, merged, row = [], [], 1
    for line in table.iter(f"{_TABLE}table-row"):
        column = 1
        for cell in line:
            if cell.get(f"{_TABLE}formula") and not cell.get(_VALUE_TYPE):
                lost.append((row, column))
            height, width = (
                int(cell.get(f"{_TABLE}number-{what}-spanned", 1)) for what in ("rows", "columns")
            )
            if height * width > 1:
                merged.append((row, column, row + height - 1, column + width - 1))
            column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        row += int(line.get(f"{_TABLE}number-rows-repeated", 1))
    return lost, merged


_READERS = {"xlsx": _xlsx, "ods": _ods, "xls": _xls}


def _csv(content, likeness):
    """The likeliest of the encodings and separators: the one in which headers and words are those of the sheet."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        texts = [content.decode("utf-16", errors="replace")]
    else:
        texts = []
        for encoding in ("utf-8-sig", "cp1252", "mac_roman"):
            try:
                texts.append(content.decode(encoding))
            except UnicodeDecodeError:
                continue
    grids = []
    for text in texts:
        for separator in ",;\t":
            try:
                grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
                if all(len(row) < 2 for row in grid):  # saved twice, each line as one cell
                    grid = list(csv.reader(("".join(row) for row in grid), delimiter=separator))
                grids.append(grid)
            except csv.Error:
                continue
    if not grids:
        raise InputError("it is no proper CSV; open it in a spreadsheet and save it as XLSX, ODS or CSV")
    return max(grids, key=likeness)  # of equals the first
