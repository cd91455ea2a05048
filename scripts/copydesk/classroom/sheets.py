"""Coding sheets for a class: a row for each unit, the fields to fill in, and reading them back.

Whoever fills one in may do so in any spreadsheet, and thirty people do it in thirty ways. What was meant beyond
doubt is repaired, and said; the rest of the sheet counts, and what was left out of it is listed with its row.
"""

import csv
import datetime
import io
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

from copydesk.engine.codebooks import data_folder
from copydesk.errors import InputError
from copydesk.stories import coding
from copydesk.stories.coding.tables import TABLES, words_of

FIELDS = {
    "measures": ["category", "status", "change", "binding_before", "binding_after"],
    "stances": ["stance", "strength"],
}
_LETTERS = {"measures": "M", "stances": "S"}
_HOW = {
    "measures": "Say of each measure what the story says of it. What it does not say is 'not stated'.",
    "stances": "Say where the words stand toward the target, and how strongly (0 to 3).",
}
_CODEBOOKS = {"measures": "measures-coding.md", "stances": "stance-coding.md"}
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


def codes_of(table):
    """dict: the fields of a table's sheet, and the codes that each can have (list of str)."""
    model = TABLES[table].model
    found = {}
    for name in FIELDS[table]:
        annotation = model.model_fields[name].annotation
        found[name] = [one for one in get_args(annotation) if isinstance(one, str) and one] or list("0123")
    return found


def codebook_of(table):
    """dict: what the codebook says of each field of a table's sheet, as paragraphs in Markdown, the codes in bold."""
    folder = data_folder() / "codebooks"
    text = (folder / _CODEBOOKS[table]).read_text(encoding="utf-8").replace("`", "**")
    sections = {part.partition("\n")[0].strip("* "): part for part in text.split("\n## ")}
    rows = {name: rest for name, *rest in _rows_of(sections["The fields"])}
    found = {
        name: _without_tables(sections[name]) if name in sections else rows.get(name)
        for name in FIELDS[table]
    }
    if "category" in found:
        kinds = tomllib.loads((folder / "sanctions.toml").read_text(encoding="utf-8"))["categories"]
        found["category"] = [f"**{kind}**: {meaning}" for kind, meaning in kinds.items()]
    return found


def _rows_of(text):
    """The rows of the tables in Markdown: lists of cells, without the heads."""
    lines = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in text.splitlines()
        if line[:1] == "|"
    ]
    rules = {n for n, cells in enumerate(lines) if set("".join(cells)) <= set("-: ")}
    return [[cells[0].strip("* "), *cells[1:]] for n, cells in enumerate(lines) if not {n, n + 1} & rules]


def _without_tables(section):
    """The paragraphs of a section, each row of a table one of them."""
    prose = [part for part in section.split("\n\n")[1:] if part[:1] != "|"]
    return [f"**{code}**: {'; '.join(rest)}" for code, *rest in _rows_of(section)] + prose


def units(story, table):
    """The units of a story's first version that a class codes: (DataFrame `item, version, start, end, words`, and
    `target` for stances; the rows of the coding that they are of, in the same order).

    Of the resolved coding, or of the rules where nobody has coded the story. Umbrella measures are left out.
    """
    frame = coding.resolved(story, table)
    if frame is None:
        frame = machine(story, table)
    first = next(iter(story.versions))
    frame = frame[frame["version"].eq(first)]
    if table == "measures":
        frame = frame[~frame["umbrella"].astype(bool)]
    frame = frame.reset_index(drop=True)
    text = story.versions[first].text
    letter = _LETTERS[table]
    kept = ["version", "start", "end", *(["target"] if table == "stances" else [])]
    made = frame[kept].copy()
    made.insert(0, "item", [f"{letter}{n:02d}" for n in range(1, len(frame) + 1)])
    spans = frame["spans"] if "spans" in frame else [()] * len(frame)
    places = [
        list(own) or [(start, end)]
        for own, start, end in zip(spans, frame["start"], frame["end"], strict=True)
    ]
    made["words"] = [" … ".join(" ".join(text[a:b].split()) for a, b in own) for own in places]
    if table == "stances":
        made["target"] = made.pop("target")  # behind the words
    return made, frame


def machine(story, table):
    """What the rules code: a coding (see `copydesk.stories.coding`) of the table."""
    from copydesk.stories.tables import statements_table

    statements = statements_table(story)
    if table == "measures":
        from copydesk.stories.tables import measures_table

        return coding.as_coding(measures_table(story, statements), table, statements=statements)
    from copydesk.stories.tables import suggest_stances

    return coding.as_coding(suggest_stances(story, statements), table)


def blank_sheet(story, table):
    """The sheet that a student fills in: DataFrame, the fields empty."""
    made, _ = units(story, table)
    made.insert(0, "coder", "")
    return made.assign(**dict.fromkeys(FIELDS[table], ""), note="")


def write_sheets(story, folder):
    """Write each table's sheet as CSV, XLSX and, for a pen, PDF. Returns list[Path]."""
    from copydesk.classroom import printing

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for table in FIELDS:
        sheet, codes = blank_sheet(story, table), codes_of(table)
        if sheet.empty:
            continue
        paths = [folder / f"{table}{suffix}" for suffix in (".csv", ".xlsx", ".pdf")]
        # With a mark of its encoding, by which spreadsheets know UTF-8.
        with open(paths[0], "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(sheet.columns)
            writer.writerows(sheet.astype(object).values.tolist())
        _write_xlsx(sheet, codes, table, paths[1])
        printing.write_sheet(sheet, f"Coding sheet: {table}", _HOW[table], codebook_of(table), paths[2])
        made += paths
    return made


def _write_xlsx(sheet, codes, table, path):
    import xlsxwriter

    # A date in the file would make it another file on every day.
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        page = book.add_worksheet("coding")
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        given = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F2F2F2"})
        free = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        widths = {"words": 60, "item": 6, "start": 7, "end": 7, "note": 30, "coder": 12}
        for place, name in enumerate(sheet.columns):
            page.set_column(place, place, widths.get(name, 16))
            page.write_string(0, place, name, head)
            is_given = name in ("item", "version", "start", "end", "words", "target")
            for row, value in enumerate(sheet[name], 1):
                if is_given and name in ("start", "end"):
                    page.write_number(row, place, int(value), given)
                else:
                    page.write_string(row, place, str(value), given if is_given else free)
            if name in codes:
                page.data_validation(1, place, len(sheet), place, {"validate": "list", "source": codes[name]})
            if name in ("version", "start", "end"):
                page.set_column(place, place, widths.get(name, 16), None, {"hidden": True})
        page.freeze_panes(1, 2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        legend = book.add_worksheet("codes")
        legend.set_column(0, 0, 110)
        legend.write_string(
            0, 0, f"{_HOW[table]} Write your name into the first cell of the column coder.", free
        )
        lines = [line for name, texts in codebook_of(table).items() for line in (f"**{name}**", *texts)]
        for row, line in enumerate(lines, 2):
            is_head = line.strip("*") in codes
            legend.write_string(row, 0, re.sub(r"\*", "", line), head if is_head else free)


# --- reading what came back ---------------------------------------------------------------------------


class Note(NamedTuple):
    """What was repaired or left out: the file, the row of the spreadsheet (0 for the sheet), the column, what
    was found, what was done (`repaired`, `left out`, `sheet left out`) and why."""

    file: str
    row: int
    column: str
    found: str
    done: str
    reason: str


@dataclass
class Reading:
    """A sheet that was read: the `coder`, the `table`, `codes` (item, field) -> code, and the `notes`."""

    file: str
    coder: str = ""
    table: str = ""
    codes: dict = field(default_factory=dict)
    is_coding: bool = False  # of the form that `cd.explore` writes, not a sheet
    notes: list = field(default_factory=list)

    def note(self, row, column, found, done, reason):
        self.notes.append(Note(self.file, row, column, str(found), done, reason))


def read_folder(folder, keys, frames=None, passed_over=()):
    """Read every sheet in a folder and the folders in it, and every coding that was made in JupyterLab.

    keys, frames: dicts table -> what `units` gives; without frames, sheets alone are read. passed_over: coders who
    are not of the class. Returns (readings that count, notes on all files). Raises InputError.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}; name the one with the class's sheets.")
    readings = []
    for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).as_posix()):
        parts = path.relative_to(folder).parts
        if path.is_dir() or any(part.startswith((".", "~$", "__MACOSX")) for part in parts):
            continue
        readings.append(read_sheet(path, keys, path.relative_to(folder).as_posix(), frames))
    if not readings:
        raise InputError(f"{folder} holds no files; put the class's sheets (CSV or XLSX) into it.")
    for reading in readings:
        if reading.is_coding and reading.coder in passed_over:
            reading.codes, reading.notes = {}, []
    _settle_doubles(readings)
    notes = [note for reading in readings for note in reading.notes]
    return [reading for reading in readings if reading.codes], notes


def read_sheet(path, keys, name=None, frames=None):
    """Read one sheet, or one coding. Returns a Reading, without codes where nothing of it can count."""
    path = Path(path)
    reading = Reading(name or path.name)
    try:
        grid = _grid(path, keys)
    except InputError as error:
        reading.note(0, "", "", "sheet left out", str(error))
        return reading
    kind = _coding_kind(grid) if frames else None
    if kind:
        reading.is_coding = True
        _read_coding(reading, path, kind, keys, frames)
        return reading
    table, top, header = _find_header(grid, keys)
    if table is None:
        reason = "no row of it has the columns of a coding sheet; use the sheet that was handed out"
        reading.note(0, "", "", "sheet left out", reason)
        return reading
    reading.table = table
    rows = [(n, cells) for n, cells in enumerate(grid[top + 1 :], top + 2) if any(_text(c) for c in cells)]
    columns = _columns(reading, header, rows, keys[table], table, top + 1)
    if "item" not in columns and "words" not in columns:
        reason = "neither the column item nor the column words is there, so that no row can be told"
        reading.note(0, "", "", "sheet left out", reason)
        return reading
    reading.coder = _coder(reading, path, columns, rows)
    if reading.coder is None:
        return reading
    _read_rows(reading, columns, rows, keys[table], codes_of(table))
    return reading


# A folder coding/CODER/, as `cd.explore` writes it

_COLUMNS = {"coders": {"coder", "kind", "wrote_codebook", "saw_rules"}} | {
    name: {*spec.columns} - {"note"} for name, spec in TABLES.items()
}


def _coding_kind(grid):
    """Of what table this is a coding, "coders" for the list of coders; None for a sheet, whose rows are items."""
    header = {_plain(cell) for cell in grid[0]} if grid else set()
    return next(
        (name for name, columns in _COLUMNS.items() if "item" not in header and columns <= header), None
    )


def _read_coding(reading, path, table, keys, frames):
    """The codes of those of a class's units that a coder drew as well: who draws their own, draws some otherwise."""
    if table not in FIELDS:
        return
    reading.table, reading.coder = table, path.parent.name
    try:
        found = coding.read_file(path, table)
    except InputError as error:
        reading.note(0, "", "", "sheet left out", str(error).replace(str(path), "it"))
        return
    units = keys[table]
    found = found[found["version"].isin(units["version"])].reset_index(drop=True)
    if "umbrella" in found:
        found = found[~found["umbrella"].astype(bool)].reset_index(drop=True)
    pairs = {i: j for i, j, _ in coding.match(frames[table], found, table)}
    for i, item in enumerate(units["item"]):
        for name in FIELDS[table] if i in pairs else ():
            code = coding.format_cell(found[name].iloc[pairs[i]])
            if code:
                reading.codes[item, name] = code
    if path.name.endswith(".draft.csv"):
        reading.note(0, "", "", "repaired", "it was not committed; it counts as it stands")
    missing = [item for i, item in enumerate(units["item"]) if i not in pairs]
    if missing:
        reason = f"{len(missing)} of {len(units)} units are not coded, or not with these words"
        reading.note(0, "item", ", ".join(missing), "left out", reason)
    if len(found) > len(pairs):
        reason = f"{len(found) - len(pairs)} of its {len(found)} rows are none of the class's units"
        reading.note(0, "words", "", "left out", reason)


# The file


def _grid(path, keys):
    """The cells of a file: list of rows."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError("it is no CSV or XLSX file; open it in a spreadsheet and save it as one of those")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"it cannot be read ({error.strerror})") from None
    if not content.strip():
        raise InputError("it is empty")
    if content[:2] == b"PK" or suffix.startswith(".xls"):
        return _xlsx_grid(content, keys)
    return _csv_grid(content, keys)


def _xlsx_grid(content, keys):
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that openpyxl does not keep
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever the broken part of the file raises
        raise InputError("it cannot be read as XLSX; open it in a spreadsheet and save it again") from None
    grids = [[list(row) for row in page.iter_rows(values_only=True)] for page in book.worksheets]
    return max(grids, key=lambda grid: _likeness(grid, keys), default=[])


def _csv_grid(content, keys):
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
                grids.append(list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)))
            except csv.Error:
                continue
    if not grids:
        raise InputError("it is no proper CSV; open it in a spreadsheet and save it as CSV, UTF-8")
    return max(grids, key=lambda grid: _likeness(grid, keys))  # of equals the first


def _likeness(grid, keys):
    """How much of a grid is of a coding sheet: its header, then its words."""
    table, top, header = _find_header(grid, keys)
    if table is None:
        return (0, 0)
    wanted = set(keys[table]["words"])
    words = sum(" ".join(_text(cell).split()) in wanted for row in grid[top + 1 :] for cell in row)
    return (sum(bool(_plain(cell)) and _plain(cell) in _names(table) for cell in header), words)


def _find_header(grid, keys):
    """(table, place of the header row, its cells): the row of the first twenty with most of a sheet's columns."""
    best = (1, None, 0, [])
    for table in keys:
        for place, row in enumerate(grid[:20]):
            score = len({_plain(cell) for cell in row} & set(_names(table)))
            if score > best[0]:
                best = (score, table, place, row)
    return best[1:]


def _names(table):
    return ["coder", "item", "version", "start", "end", "words", "target", *FIELDS[table], "note"]


# The columns


def _columns(reading, header, rows, units, table, row_number):
    """dict name -> place: the columns by name; a renamed one is known by its content, where that leaves no doubt."""
    names = [_plain(cell) for cell in header]
    places = {}
    for name in _names(table):
        found = [place for place, one in enumerate(names) if one == name]
        if len(found) > 1:
            filled = [place for place in found if _values(rows, place)]
            found = filled[:1] if len(filled) <= 1 else []
            if not found:
                reading.note(
                    row_number, name, "", "left out", f"the column {name} is there {len(filled)} times"
                )
                continue
        if found:
            places[name] = found[0]
    free = [place for place in range(len(header)) if place not in places.values() and _values(rows, place)]
    wanted = [name for name in ("item", "words", *FIELDS[table]) if name not in places]
    told = {note.column for note in reading.notes}
    fits = {
        name: [p for p in free if _fits(name, names[p], _values(rows, p), units, table)] for name in wanted
    }
    for name in wanted:
        rivals = [p for p in fits[name] if sum(p in others for others in fits.values()) == 1]
        near = [p for p in free if _is_near(names[p], name)]
        place = near[0] if len(near) == 1 else rivals[0] if len(rivals) == len(fits[name]) == 1 else None
        if place is not None and place not in places.values():
            places[name] = place
            found = _text(header[place]) or "(no head)"
            reading.note(row_number, name, found, "repaired", f"read as the column {name}")
        elif name not in told and name in FIELDS[table]:
            which = ", ".join(f"'{_text(header[p])}'" for p in fits[name])
            reason = f"could be {which}" if fits[name] else "is missing, and no other column holds its codes"
            reading.note(row_number, name, "", "left out", f"the column {name} {reason}")
    return places


def _values(rows, place):
    return [_text(cells[place]) for _, cells in rows if place < len(cells) and _text(cells[place])]


def _fits(name, head, values, units, table):
    """Whether nearly all values of a column are of the column that is missing."""
    if name == "item":
        known = {item.lower() for item in units["item"]}
        hits = sum(value.lower() in known for value in values)
    elif name == "words":
        known = set(units["words"])
        hits = sum(" ".join(value.split()) in known for value in values)
    else:
        codes = codes_of(table)[name]
        hits = sum(_code(value, codes)[0] is not None for value in values)
    return len(values) >= 3 and hits >= 0.8 * len(values)


def _is_near(head, name):
    from rapidfuzz.distance import DamerauLevenshtein

    return bool(head) and DamerauLevenshtein.distance(head, name) <= max(1, len(name) // 5)


# The coder


def _coder(reading, path, columns, rows):
    """Whose sheet it is: the column `coder`, else the file's name without the table's, else the folder's."""
    place = columns.get("coder")
    named = (
        list(dict.fromkeys(" ".join(value.split()) for value in _values(rows, place)))
        if place is not None
        else []
    )
    if len({name.casefold() for name in named}) > 1:
        reason = f"its column coder has several names ({', '.join(named)}), and a sheet is one coder's"
        reading.note(0, "coder", "", "sheet left out", reason)
        return None
    if named:
        return named[0]
    stem = re.sub(
        r"\(\d+\)|\bcopy\b|\bcoding\b|\bsheet\b",
        " ",
        re.sub(r"[_\-.]+", " ", Path(path).stem),
        flags=re.IGNORECASE,
    )
    stem = " ".join(word for word in stem.split() if word.lower() not in FIELDS)
    return stem or Path(path).parent.name


def _settle_doubles(readings):
    """Two sheets of one coder for one table: one of two that are alike; none of two that differ."""
    groups = {}
    for reading in readings:
        if reading.codes:
            groups.setdefault((reading.coder.casefold(), reading.table), []).append(reading)
    for group in groups.values():
        first, *others = group
        if not others:
            continue
        if all(other.codes == first.codes for other in others):
            for other in others:
                other.codes = {}
                other.note(
                    0, "", "", "sheet left out", f"it holds the same codes as {first.file}, which counts"
                )
            continue
        files = ", ".join(one.file for one in group)
        for one in group:
            one.codes = {}
            one.note(
                0, "", "", "sheet left out", f"{files} are one coder's and differ; keep the one that is meant"
            )


# The rows


def _read_rows(reading, columns, rows, units, codes):
    by_item = {item.lower(): item for item in units["item"]}
    words = dict(zip(units["item"], units["words"], strict=True))
    targets = dict(zip(units["item"], units["target"], strict=True)) if "target" in units else {}
    seen, repairs = {}, {}
    for number, cells in rows:
        row = {name: cells[place] if place < len(cells) else None for name, place in columns.items()}
        filled = [name for name in codes if name in row and _text(row[name])]
        item = _item(reading, number, row, by_item, words, targets, bool(filled))
        if item is None:
            continue
        found = {}
        for name in filled:
            code, repair, reason = _code(row[name], codes[name])
            if code is None:
                reading.note(
                    number, name, _text(row[name]), "left out", _wrong(row[name], name, codes, reason)
                )
                continue
            if repair:
                # A locale's numbers are one thing to say, however many cells they fill.
                alike = name if code.isdigit() else (name, _text(row[name]))
                repairs.setdefault(alike, []).append((number, name, _text(row[name]), code))
            found[name] = code
        if item in seen and seen[item][1] != found:
            reason = f"{item} stands here and in row {seen[item][0]} with other codes; neither counts"
            reading.note(number, "item", item, "left out", reason)
            for name in codes:
                reading.codes.pop((item, name), None)
            continue
        seen.setdefault(item, (number, found))
        reading.codes.update({(item, name): code for name, code in found.items()})
    for (number, name, text, code), *more in repairs.values():
        rest = f", and {len(more)} more like it" if more else ""
        reading.note(number, name, text, "repaired", f"read as '{code}'{rest}")
    for item in units["item"]:
        if item not in seen:
            reading.note(0, "item", item, "left out", f"the row {item} is missing; it counts as not coded")


def _item(reading, number, row, by_item, words, targets, is_coded):
    """The unit that a row is of, or None, with a note where it holds codes."""
    given = _text(row.get("item")).lower()
    item = by_item.get(given)
    text = " ".join(_text(row.get("words")).split())
    target = _text(row.get("target"))
    if text:
        same = [
            one
            for one, own in words.items()
            if own == text and targets.get(one, "") in ("", target or targets.get(one))
        ]
        if item is None and len(same) == 1:
            reading.note(number, "item", _text(row.get("item")), "repaired", f"told by its words: {same[0]}")
            return same[0]
        if item is not None and same and item not in same:
            reason = (
                f"it says {item}, and has the words of {same[0]}: was one column sorted without the others?"
            )
            if is_coded:
                reading.note(number, "item", item, "left out", reason)
            return None
        if item is not None and not same and _unlike(text, words[item]):
            reading.note(number, "words", text[:60], "left out", f"these are not the words of {item}")
            return None
    if item is None and is_coded:
        shown = _text(row.get("item")) or "(empty)"
        reading.note(number, "item", shown, "left out", "there is no such item, and its words are no unit's")
    return item


def _unlike(text, own):
    """Whether words are others than a unit's, and not the same with a few letters spoilt."""
    from rapidfuzz import fuzz

    return fuzz.ratio(" ".join(words_of(text)), " ".join(words_of(own))) < 70


# The cells


def _text(cell):
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell).strip().strip("\u00a0\ufeff").strip()


def _plain(cell):
    """A cell as a column's name or a code is compared: small letters, blanks for signs."""
    return re.sub(r"[\s_\-.,;:/]+", "_", _text(cell).casefold()).strip("_")


def _code(cell, codes):
    """(code, whether it was repaired, why there is none)."""
    if set(codes) <= set("0123456789"):
        return _digit(cell, codes)
    if _is_date(cell):
        return None, False, "is a date, which a spreadsheet may have made of something else"
    value = _plain(cell)
    known = {_plain(code): code for code in codes}
    if value in known:
        return known[value], False, ""
    if not value.strip("?"):
        return None, False, "is no code"
    begun = [code for plain, code in known.items() if len(value) >= 4 and plain.startswith(value)]
    if len(begun) == 1:
        return begun[0], True, ""
    return _misspelt(value, known)


def _misspelt(value, known):
    """The code that a value is misspelt from: one slip (two in a long word), and no other code nearly as near.

    What is a code of another field is none that is misspelt: "opposed" is not "proposed".
    """
    from rapidfuzz.distance import DamerauLevenshtein

    near = sorted(
        (DamerauLevenshtein.distance(value, plain), code, len(plain)) for plain, code in known.items()
    )
    distance, code, length = near[0]
    allowed = 2 if length >= 10 else 1 if length >= 5 else 0
    if value not in _every_code() and distance <= allowed and (len(near) == 1 or near[1][0] > distance + 1):
        return code, True, ""
    return None, False, "is no code"


@cache
def _every_code():
    return {_plain(code) for table in FIELDS for codes in codes_of(table).values() for code in codes}


def _digit(cell, codes):
    if isinstance(cell, (datetime.datetime, datetime.date)):
        day = (datetime.date(cell.year, cell.month, cell.day) - datetime.date(1899, 12, 31)).days
        # A spreadsheet shows the number 2 in a cell made for dates as 2 January 1900.
        return (str(day), True, "") if str(day) in codes else (None, False, "is a date, not a number")
    if isinstance(cell, datetime.time):
        return ("0", True, "") if cell == datetime.time() else (None, False, "is a time, not a number")
    if isinstance(cell, bool):
        return None, False, "is no number"
    text = _text(cell)
    if text in codes:
        return text, False, ""
    match = re.fullmatch(r"(\d+)[.,]0+", text)
    if match and match.group(1) in codes:
        return match.group(1), True, ""
    return None, False, "is a date, not a number" if _is_date(cell) else f"is not one of {', '.join(codes)}"


def _is_date(cell):
    if isinstance(cell, (datetime.date, datetime.time)):
        return True
    return bool(re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[-. ][A-Za-zäé]{3,4}\.?", _text(cell)))


def _wrong(cell, name, codes, reason):
    """Why a cell holds no code, in one clause."""
    value = _plain(cell)
    elsewhere = [other for other, values in codes.items() if other != name and value in map(_plain, values)]
    if elsewhere and reason == "is no code":
        return f"'{_text(cell)}' is a code of {elsewhere[0]}, not of {name}"
    if reason == "is no code":
        return f"'{_text(cell)}' is no code of {name}; choose from {', '.join(codes[name])}"
    return f"'{_text(cell)}' {reason}"
