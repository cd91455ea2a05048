"""Reading back what a class filled in: whose sheet it is, and the code of each of its cells.

Thirty people fill in a sheet in thirty ways. What was meant beyond doubt is repaired, and said; the rest of the
sheet counts, and what was left out of it is listed with its row. Every file has a fate that is told.
"""

import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from copydesk.classroom import handed_in
from copydesk.classroom.cell_values import code_of, plain, text_of, why_no_code
from copydesk.classroom.sheets import FIELDS, codes_of
from copydesk.errors import InputError
from copydesk.stories import coding
from copydesk.stories.coding.row_models import TABLES, format_cell, words_of

LEFT_OUT = "sheet left out"
NO_CODE = "it holds no code"
# What became of a file, in the order in which a teacher should look at them.
FATES = ("left out", "no code", "counts in part", "counts", "passed over")


class Note(NamedTuple):
    """What was repaired or left out: the file, the row of the spreadsheet (0 for the sheet), the column, what
    was found, what was done (`repaired`, `left out`, `sheet left out`, `to ask`) and why."""

    file: str
    row: int
    column: str
    found: str
    done: str
    reason: str


class Fate(NamedTuple):
    """What became of a file: the file, whose it is, which table, how many codes count, one of FATES, and why."""

    file: str
    student: str
    table: str
    codes: int
    fate: str
    reason: str


@dataclass
class Reading:
    """A file that was read: the `coder`, the `table`, `codes` (item, field) -> code, and the `notes`."""

    file: str
    coder: str = ""
    table: str = ""
    codes: dict = field(default_factory=dict)
    asked: frozenset = frozenset()  # the cells (item, field) that the class was asked for
    is_coding: bool = False  # of the form that `cd.explore` writes, not a sheet
    passed_over: str = ""  # why nobody need look at this file
    notes: list = field(default_factory=list)

    @property
    def folder(self):
        return PurePosixPath(self.file).parent.as_posix().removeprefix(".")

    def note(self, row, column, found, done, reason):
        self.notes.append(Note(self.file, row, column, str(found), done, reason))

    def leave_out(self, reason):
        self.codes = {}
        self.note(0, "", "", LEFT_OUT, reason)

    @property
    def fate(self):
        """Fate: what became of the file."""
        reasons = [note.reason for note in self.notes if note.done in (LEFT_OUT, "to ask")]
        if self.passed_over:
            fate, reasons = "passed over", [self.passed_over]
        elif not self.codes:
            fate = "no code" if any(one.startswith(NO_CODE) for one in reasons) else "left out"
        else:
            open_cells = len(self.asked - self.codes.keys())
            fate = "counts in part" if open_cells else "counts"
            if open_cells:
                verb = "has" if open_cells == 1 else "have"
                filled = sum(note.done == "left out" and bool(note.row and note.found) for note in self.notes)
                told = f"; {filled} hold what is no code of their column" if filled else ""
                reasons.append(f"{open_cells} of {len(self.asked)} cells {verb} no code that counts{told}")
        return Fate(self.file, self.coder, self.table, len(self.codes), fate, "; ".join(reasons))


def read_folder(folder, keys, frames=None, passed_over=()):
    """Read every file in a folder and in its folders and ZIP archives: sheets, and codings that were made in JupyterLab.

    keys, frames: dicts table -> what `units` gives; without frames, sheets alone are read. passed_over: coders who
    are not of the class. Returns a Reading for each file, with codes where it counts. Raises InputError.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}; name the one with the class's sheets.")
    readings = []
    with tempfile.TemporaryDirectory() as scratch:
        for file in handed_in.files(folder, Path(scratch)):
            readings += _read_file(file, keys, frames)
    for reading in readings:
        if reading.is_coding and reading.coder in passed_over:
            reading.codes, reading.notes = {}, []
            reading.passed_over = "it is a coding of the story's own, not of the class"
    if all(reading.passed_over for reading in readings):
        raise InputError(
            f"{folder} holds no files; put the class's sheets (XLSX, ODS, CSV, or a ZIP of them) into it."
        )
    _name_after_folders(readings)
    _name_the_unnamed(readings)
    _settle_doubles(readings)
    _say_what_was_asked(readings, keys)
    return readings


def _read_file(file, keys, frames):
    """The readings of a file: one, or one for each of a workbook's pages that hold codes."""
    reading = Reading(file.name, coder=name_in_file(file.name))
    if file.of_system:
        reading.coder, reading.passed_over = "", file.refused
        return [reading]
    try:
        if file.refused:
            raise InputError(file.refused)
        pages = handed_in.pages(file.path, lambda grid: _likeness(grid, keys))
    except InputError as error:
        reading.leave_out(str(error))
        return [reading]
    readings = [_read_page(file, page, keys, frames) for page in pages]
    coded = [(one, page) for one, page in zip(readings, pages, strict=True) if one.codes]
    if len(coded) > 1:
        for one, page in coded:
            one.file = f"{file.name} [{page.title}]"
    return [one for one, _ in coded] or readings[:1]


def _read_page(file, page, keys, frames):
    reading = Reading(file.name, coder=name_in_file(file.name))
    kind = _coding_kind(page.rows) if frames else None
    if kind:
        reading.is_coding = True
        _read_coding(reading, file.path, kind, keys, frames)
    else:
        _read_cells(reading, page, keys)
    if not reading.codes and not reading.passed_over and not any(n.done == LEFT_OUT for n in reading.notes):
        reading.leave_out(NO_CODE + _what_stands_there(reading))
    return reading


def _what_stands_there(reading):
    """What a sheet without a code holds in its cells, if anything."""
    filled = [one for one in reading.notes if one.done == "left out" and one.row and one.found]
    if not filled:
        return ""
    first = filled[0]
    return (
        f" that counts, though cells are filled ({len(filled)} that are none of the codes of their column; row {first.row}, "
        f"{first.column}: {first.reason}); were the columns shifted? ask for the sheet as it was handed out"
    )


_A_CLASS = 5  # so many sheets show what was given out: a few may all have stopped early


def _say_what_was_asked(readings, keys):
    """Tell each reading which cells its class was asked for: every unit's, but for those that more than half of a class
    left open from end to end, as where a teacher gave out the first half of a sheet."""
    for table, units in keys.items():
        own = [one for one in readings if one.table == table and one.codes]
        there = Counter(item for one in own for item in {item for item, _ in one.codes})
        items = [item for item in units["item"] if 2 * there[item] >= len(own) or len(own) < _A_CLASS]
        for one in own:
            one.asked = frozenset((item, name) for item in items for name in FIELDS[table])


def _read_cells(reading, cells, keys):
    """Fill in a Reading from the cells of a sheet."""
    grid = cells.rows
    table, top, header = _find_header(grid, keys)
    if table is None:
        reading.leave_out("no row of it has the columns of a coding sheet; use the sheet that was handed out")
        return
    reading.table = table
    rows = [(n, line) for n, line in enumerate(grid[top + 1 :], top + 2) if any(text_of(c) for c in line)]
    columns = _columns(reading, header, rows, keys[table], table, top + 1)
    if "item" not in columns and "words" not in columns:
        reading.leave_out("neither the column item nor the column words is there, so that no row can be told")
        return
    if not _name_in_column(reading, columns, rows):
        return
    _note_oddities(reading, cells, columns, top + 1)
    _read_rows(reading, columns, rows, keys[table], codes_of(table))


def _note_oddities(reading, cells, columns, top):
    """Note the formulas without a value and the merged cells below the header, in columns that count."""
    counting = ("coder", "item", *FIELDS[reading.table])
    names = {place + 1: name for name, place in columns.items() if name in counting}
    reason = "it is a formula whose value was not stored; open the file in a spreadsheet and save it there"
    for row, column in cells.without_value:
        if row > top and column in names:
            reading.note(row, names[column], "", "left out", reason)
    for first, left, last, right in cells.merged:
        covered = [
            names[column] for column in range(left, right + 1) if names.get(column, "coder") != "coder"
        ]
        if first > top and covered:
            where = f"rows {first} to {last}" if last > first else f"row {first}"
            reason = f"{where}: these cells are merged, and the code of a merged cell counts for its first row and column alone"
            reading.note(first, ", ".join(covered), "", "left out", reason)


# Whose sheet it is


def _name_in_column(reading, columns, rows):
    """Whether a sheet is one coder's; its coder is the one of the column `coder`, where that names somebody."""
    values = _values(rows, columns["coder"]) if "coder" in columns else []
    named = list(dict.fromkeys(" ".join(value.split()) for value in values if _as_name(value)))
    if len(named) == len(values) > _A_CLASS:
        named = []
        reason = "the column coder has another entry in each row, which names nobody"
        reading.note(0, "coder", "", "repaired", reason)
    if len({name.casefold() for name in named}) > 1:
        reading.coder = " / ".join(named)
        reading.leave_out(
            f"its column coder has several names ({', '.join(named)}), and a sheet is one coder's"
        )
        return False
    if named:
        reading.coder = named[0]
    return True


def name_in_file(file):
    """The name in a file's name, or that in the folder of a learning platform; empty where there is none."""
    path = PurePosixPath(file)
    for pattern in handed_in.words().platform_names:
        for part in reversed(path.parts):
            if found := re.match(pattern, part):
                return found.group(1).strip()
    name = _as_name(re.sub(r"\(\d+\)", " ", path.name.removesuffix(path.suffix)))
    return name if len(name) > 1 else ""


def _as_name(text):
    """What of a text names somebody: without the words that files carry; empty where nothing is left but a small number."""
    # The marks of direction too.
    parts = re.sub(r"[_\-.,()\u200e\u200f\u202a-\u202e\u2066-\u2069]+", " ", text).split()
    left = [part for part in parts if part.lower() not in {*FIELDS, *handed_in.words().not_names}]
    if any(part.isalpha() and part.lower() != "student" for part in left):
        # Without a number of the platform's or a camera's.
        left = [part for part in left if not (part.isdigit() and len(part) > 3)]
    is_nobody = all(part.isdigit() and len(part) < 4 or not any(map(str.isalnum, part)) for part in left)
    return "" if is_nobody or left in (["student"], ["Student"]) else " ".join(left)


_OWN_FOLDERS = 3  # from so many on, folders with one sheet of a table each are the students' own


def _name_after_folders(readings):
    """Name unnamed sheets after their folders where every sheet has a folder of its own, as learning platforms pack
    them. What holds the sheets of several, or all of them, is nobody's name."""
    sheets = [one for one in readings if not one.passed_over and not one.is_coding]
    unnamed = [one for one in sheets if not one.coder]
    per_folder = Counter((one.folder, one.table) for one in sheets)
    folders = {one.folder for one in unnamed}
    if len(folders) < _OWN_FOLDERS or "" in folders or max(per_folder.values()) > 1:
        return
    for one in unnamed:
        one.coder = _as_name(PurePosixPath(one.folder).name.removesuffix(".zip"))
        if one.coder:
            reason = "no name is in it: it is called after its folder; ask whose it is"
            one.note(0, "coder", one.coder, "to ask", reason)


def _name_the_unnamed(readings):
    number = 0
    for one in readings:
        if not one.coder and not one.passed_over:
            number += 1
            one.coder = f"unnamed {number}"
            one.note(0, "coder", "", "to ask", "no name is in it, nor in the file's name; ask whose it is")


def _by_name(readings):
    """The readings that hold codes, in lists of one name each."""
    found = {}
    for one in readings:
        if one.codes:
            found.setdefault(one.coder.casefold(), []).append(one)
    return list(found.values())


def _settle_doubles(readings):
    """Two sheets of one name for one table: one of two that are alike; each under its folder's name where they lie in
    different ones, to be asked about; none of two in one folder that differ."""
    for own in _by_name(readings):
        for group in _groups(own):
            _drop_copies(group)
        folders = [{one.folder for one in group} for group in _groups(own)]
        if any(len(own) > 1 for own in folders):
            for one in own:
                if one.codes and one.folder:
                    one.coder = f"{one.coder}, {one.folder}"
                    reason = "a sheet in another folder bears the same name; ask whether two students have it, or one"
                    one.note(0, "coder", "", "to ask", reason)
    for own in _by_name(readings):
        for group in _groups(own):
            if len(group) > 1:
                files = ", ".join(one.file for one in group)
                for one in group:
                    one.leave_out(f"{files} are one coder's and differ; keep the one that is meant")


def _groups(readings):
    """The readings with codes by their table: lists."""
    groups = {}
    for one in readings:
        if one.codes:
            groups.setdefault(one.table, []).append(one)
    return list(groups.values())


def _drop_copies(group):
    kept = []
    for one in group:
        first = next((other for other in kept if other.codes == one.codes), None)
        if first:
            one.leave_out(f"it holds the same codes as {first.file}, which counts")
        else:
            kept.append(one)


# A folder coding/CODER/, as `cd.explore` writes it

_COLUMNS = {name: {*spec.columns} - {"note"} for name, spec in TABLES.items()}
_COLUMNS["coders"] = {"coder", "kind", "wrote_codebook", "saw_rules"}


def _coding_kind(grid):
    """Of what table this is a coding, "coders" for the list of coders; None for a sheet, whose rows are items."""
    header = {plain(cell) for cell in grid[0]} if grid else set()
    return next(
        (name for name, columns in _COLUMNS.items() if "item" not in header and columns <= header), None
    )


def _read_coding(reading, path, table, keys, frames):
    """The codes of those of a class's units that a coder drew as well: who draws their own, draws some otherwise."""
    reading.coder = _as_name(PurePosixPath(reading.file).parent.name.removesuffix(".zip"))
    if table not in FIELDS:
        reading.passed_over = f"the {table} of a coding folder, which this report does not use"
        return
    reading.table = table
    try:
        found = coding.read_file(path, table)
    except InputError as error:
        reading.leave_out(str(error).replace(str(path), "it"))
        return
    units = keys[table]
    found = found[found["version"].isin(units["version"])].reset_index(drop=True)
    if "umbrella" in found:
        found = found[~found["umbrella"].astype(bool)].reset_index(drop=True)
    pairs = {i: j for i, j, _ in coding.match(frames[table], found, table)}
    for i, item in enumerate(units["item"]):
        for name in FIELDS[table] if i in pairs else ():
            code = format_cell(found[name].iloc[pairs[i]])
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


def _likeness(grid, keys):
    """How much of a grid is of a coding sheet: its header, then its words."""
    table, top, header = _find_header(grid, keys)
    if table is None:
        return (0, 0)
    wanted = set(keys[table]["words"])
    words = sum(_words(cell) in wanted for row in grid[top + 1 :] for cell in row)
    return (sum(bool(plain(cell)) and plain(cell) in _names(table) for cell in header), words)


def _find_header(grid, keys):
    """(table, place of the header row, its cells): the row of the first twenty with most of a sheet's columns; where none
    has two, the one above the first unit, whatever its heads are called. Table is None where there is neither."""
    best = (1, None, 0, [])
    for table in keys:
        for place, row in enumerate(grid[:20]):
            score = len({plain(cell) for cell in row} & set(_names(table)))
            if score > best[0]:
                best = (score, table, place, row)
    if best[1]:
        return best[1:]
    for table, units in keys.items():
        wanted = {*units["words"]}
        of_units = [n for n, row in enumerate(grid) if any(_words(cell) in wanted for cell in row)]
        if len(of_units) > 2:
            top = of_units[0] - 1
            return table, top, grid[top] if top >= 0 else [""] * max(map(len, grid))
    return None, 0, []


def _words(cell):
    return " ".join(text_of(cell).split())


def _names(table):
    return ["coder", "item", "version", "start", "end", "words", "target", *FIELDS[table], "note"]


# The columns


def _columns(reading, header, rows, units, table, row_number):
    """dict name -> place: the columns by name; a renamed one is known by its content, where that leaves no doubt."""
    names = [plain(cell) for cell in header]
    places = {}
    for name in _names(table):
        found = [place for place, one in enumerate(names) if one == name]
        if len(found) > 1:
            filled = [place for place in found if _values(rows, place)]
            found = filled[:1] if len(filled) <= 1 else []
            if not found:
                reason = f"the column {name} is there {len(filled)} times"
                reading.note(row_number, name, "", "left out", reason)
                continue
        if found:
            places[name] = found[0]
    free = [place for place in range(len(header)) if place not in places.values() and _values(rows, place)]
    wanted = [name for name in ("item", "words", *FIELDS[table]) if name not in places]
    told = {note.column for note in reading.notes}
    fits = {name: [p for p in free if _fits(name, _values(rows, p), units, table)] for name in wanted}
    for name in wanted:
        rivals = [p for p in fits[name] if sum(p in others for others in fits.values()) == 1]
        near = [p for p in free if _is_near(names[p], name)]
        place = near[0] if len(near) == 1 else rivals[0] if len(rivals) == len(fits[name]) == 1 else None
        if place is not None and place not in places.values():
            places[name] = place
            found = text_of(header[place]) or "(no head)"
            reading.note(row_number, name, found, "repaired", f"read as the column {name}")
        elif name not in told and name in FIELDS[table]:
            which = ", ".join(f"'{text_of(header[p])}'" for p in fits[name])
            reason = f"could be {which}" if fits[name] else "is missing, and no other column holds its codes"
            reading.note(row_number, name, "", "left out", f"the column {name} {reason}")
    _find_coder(reading, header, rows, places, row_number)
    return places


def _find_coder(reading, header, rows, places, row_number):
    """The column coder under another head: it stands before all others, and has one name."""
    first = min(places.values(), default=0)
    names = {name for place in range(first) for name in _values(rows, place)}
    if "coder" not in places and len(names) == 1 and _as_name(*names):
        places["coder"] = place = next(place for place in range(first) if _values(rows, place))
        reading.note(row_number, "coder", text_of(header[place]), "repaired", "read as the column coder")


def _values(rows, place):
    return [text_of(cells[place]) for _, cells in rows if place < len(cells) and text_of(cells[place])]


def _fits(name, values, units, table):
    """Whether nearly all values of a column are of the column that is missing."""
    if name == "item":
        known = {item.lower() for item in units["item"]}
        hits = sum(value.lower() in known for value in values)
    elif name == "words":
        known = set(units["words"])
        hits = sum(" ".join(value.split()) in known for value in values)
    else:
        codes = codes_of(table)[name]
        hits = sum(code_of(value, codes)[0] is not None for value in values)
    return len(values) >= 3 and hits >= 0.8 * len(values)


def _is_near(head, name):
    from rapidfuzz.distance import DamerauLevenshtein

    return bool(head) and DamerauLevenshtein.distance(head, name) <= max(1, len(name) // 5)


# The rows


def _read_rows(reading, columns, rows, units, codes):
    by_item = {item.lower(): item for item in units["item"]}
    words = dict(zip(units["item"], units["words"], strict=True))
    targets = dict(zip(units["item"], units["target"], strict=True)) if "target" in units else {}
    seen, repairs = {}, {}
    named = set()
    apart = []  # rows whose item is of one unit and whose words are of another: number, both items, whether it has codes
    for number, cells in rows:
        row = {name: cells[place] if place < len(cells) else None for name, place in columns.items()}
        filled = [name for name in codes if name in row and text_of(row[name])]
        item = _item(reading, number, row, by_item, words, targets, bool(filled))
        named.add(by_item.get(text_of(row.get("item")).lower()))
        if isinstance(item, tuple):
            apart.append((number, *item, bool(filled)))
            continue
        if item is None:
            continue
        found = {}
        for name in filled:
            code, repair, reason = code_of(row[name], codes[name])
            if code is None:
                reason = why_no_code(row[name], name, codes, reason)
                reading.note(number, name, text_of(row[name]), "left out", reason)
                continue
            if repair:
                # A locale's numbers are one thing to say, however many cells they fill.
                alike = name if code.isdigit() else (name, text_of(row[name]))
                repairs.setdefault(alike, []).append((number, name, text_of(row[name]), code))
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
    _note_apart(reading, [row for row in apart if row[-1]])
    there = {*seen, *named, *(own for _, _, own, _ in apart)}
    for item in units["item"]:
        if item not in there:
            reading.note(0, "item", item, "left out", f"the row {item} is missing; it counts as not coded")


def _note_apart(reading, rows):
    """Note the rows with codes whose item and words are two units': each, or once where they are the most of a sheet."""
    in_place = len({item for item, _ in reading.codes})
    if len(rows) > in_place:
        number, item, own, _ = rows[0]
        reading.leave_out(
            f"in {len(rows)} of its {len(rows) + in_place} coded rows item and words are not of one unit (row {number} says "
            f"{item}, and has the words of {own}): a column was sorted without the others, so that nobody can tell whose the "
            "codes are; ask for the sheet as it was before it was sorted"
        )
        return
    for number, item, own, _ in rows:
        reason = f"it says {item}, and has the words of {own}: was one column sorted without the others?"
        reading.note(number, "item", item, "left out", reason)


def _item(reading, number, row, by_item, words, targets, is_coded):
    """The unit that a row is of; the two, where its item is of one and its words are of another; or None, with a note
    where it holds codes."""
    given = text_of(row.get("item")).lower()
    item = by_item.get(given)
    text = _words(row.get("words"))
    target = text_of(row.get("target"))
    if text:
        same = [one for one, own in words.items() if own == text]
        same = [one for one in same if targets.get(one, "") in ("", target or targets.get(one))]
        if item is None and len(same) == 1:
            reason = f"told by its words: {same[0]}"
            reading.note(number, "item", text_of(row.get("item")), "repaired", reason)
            return same[0]
        if item is not None and same and item not in same:
            return item, same[0]
        if item is not None and not same and _unlike(text, words[item]):
            reading.note(number, "words", text[:60], "left out", f"these are not the words of {item}")
            return None
    if item is None and is_coded:
        shown = text_of(row.get("item")) or "(empty)"
        reading.note(number, "item", shown, "left out", "there is no such item, and its words are no unit's")
    return item


def _unlike(text, own):
    """Whether words are others than a unit's, and not the same with a few letters spoilt."""
    from rapidfuzz import fuzz

    return fuzz.ratio(" ".join(words_of(text)), " ".join(words_of(own))) < 70
