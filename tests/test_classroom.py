"""A class's papers and codings: thirty simulated sheets, five of them spoiled, and what comes of them."""

import csv
import datetime
import io
import math
import re
import subprocess
import sys
from collections import Counter
from itertools import permutations
from pathlib import Path

import copydesk as cd
import pandas as pd
import pytest
from copydesk.classroom import class_page, handed_in, packing, sheets
from copydesk.classroom import reading as reading_back
from copydesk.classroom.class_page import TABLES
from copydesk.classroom.collecting import ALL, collect
from copydesk.errors import InputError
from copydesk.stories import coding

ROOT = Path(__file__).resolve().parents[1]
openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture(scope="module")
def story():
    return cd.read_story("north-korea-sanctions")


@pytest.fixture(scope="module")
def keys(story):
    return {table: sheets.units(story, table)[0] for table in sheets.FIELDS}


def read_folder(folder, keys, frames=None, passed_over=()):
    """(the readings that count, all notes)."""
    readings = reading_back.read_folder(folder, keys, frames, passed_over)
    return [one for one in readings if one.codes], [note for one in readings for note in one.notes]


# --- a class ------------------------------------------------------------------------------------------------


def code_of(student, place, field_number, right, codes):
    """What a simulated student writes: the resolved code, or now and then another."""
    if (student * 7 + place * 3 + field_number * 5) % 9:
        return right
    return codes[(codes.index(right) + 1 + (student + place) % 2) % len(codes)]


def answers(story, table, n):
    """dict student -> {(item, field): code}."""
    units, frame = sheets.units(story, table)
    codes, made = sheets.codes_of(table), {}
    for student in range(1, n + 1):
        made[f"Student {student:02d}"] = {
            (item, field): code_of(student, place, number, str(frame[field].iloc[place]), codes[field])
            for place, item in enumerate(units["item"])
            for number, field in enumerate(sheets.FIELDS[table])
        }
    return made


def rows_of(story, table, codes):
    """A filled-in sheet: list of rows, header first."""
    sheet = sheets.blank_sheet(story, table)
    rows = [list(sheet.columns)]
    for record in sheet.to_dict("records"):
        filled = {name: codes.get((record["item"], name), value) for name, value in record.items()}
        rows.append([filled[name] for name in sheet.columns])
    return rows


def as_csv(rows, separator=",", encoding="utf-8-sig"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place_of(rows, item):
    return next(n for n, row in enumerate(rows) if item in row)


@pytest.fixture(scope="module")
def class_of_thirty(story, tmp_path_factory):
    """(folder, what each student's sheet should be read as, the notes that should come of it)."""
    folder = tmp_path_factory.mktemp("class")
    wanted = answers(story, "measures", 30)
    notes = []
    for number, (student, codes) in enumerate(wanted.items(), 1):
        rows = rows_of(story, "measures", codes)
        column = {name: place for place, name in enumerate(rows[0])}
        suffix, content = (".xlsx", as_xlsx(rows)) if number % 3 == 0 else (".csv", as_csv(rows))
        if number == 5:  # a column renamed
            rows[0][column["status"]] = "Stand der Dinge"
            suffix, content = ".csv", as_csv(rows)
            notes.append(("status", 1, "Stand der Dinge", "repaired"))
        if number == 11:  # a code misspelt, and one that could be anything
            first, second = place_of(rows, "M02"), place_of(rows, "M03")
            codes["M02", "binding_after"] = "mandatory"
            rows[first][column["binding_after"]] = "mandatry"
            rows[second][column["status"]] = "opposed"
            del codes["M03", "status"]
            suffix, content = ".csv", as_csv(rows)
            notes.append(("binding_after", first + 1, "mandatry", "repaired"))
            notes.append(("status", second + 1, "opposed", "left out"))
        if number == 17:  # a row missing
            del rows[place_of(rows, "M07")]
            for field in sheets.FIELDS["measures"]:
                del codes["M07", field]
            suffix, content = ".csv", as_csv(rows)
            notes.append(("item", 0, "M07", "left out"))
        if number == 23:  # saved by a spreadsheet in another locale
            rows[1][column["note"]] = "für später – geprüft"
            date = place_of(rows, "M05")
            rows[date][column["change"]] = "01.02.2024"
            del codes["M05", "change"]
            suffix, content = ".csv", as_csv(rows, ";", "cp1252")
            notes.append(("change", date + 1, "01.02.2024", "left out"))
        if number == 29:  # no spreadsheet at all
            suffix, content = ".xlsx", b"PK\x03\x04 broken"
            notes.append(("", 0, "", "sheet left out"))
        (folder / f"{student.lower().replace(' ', '-')}_measures{suffix}").write_bytes(content)
    del wanted["Student 29"]
    return folder, {name.lower(): codes for name, codes in wanted.items()}, notes


@pytest.fixture(scope="module")
def report(class_of_thirty, tmp_path_factory):
    return collect(class_of_thirty[0], tmp_path_factory.mktemp("made") / "report")


def krippendorff(units):
    """Krippendorff's alpha for codes without an order, from the coincidences (his 2011 paper, section C)."""
    coincidences = Counter()
    for codes in units:
        for one, other in permutations(codes, 2):
            coincidences[one, other] += 1 / (len(codes) - 1)
    totals = Counter()
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    n = sum(totals.values())
    expected = sum(totals[a] * totals[b] for a, b in permutations(totals, 2)) / (n - 1)
    observed = sum(weight for (a, b), weight in coincidences.items() if a != b)
    return 1 - observed / expected if expected else math.nan


def given(wanted, item, field):
    return [codes[item, field] for codes in wanted.values() if (item, field) in codes]


def test_the_sheets_are_read_cell_by_cell(class_of_thirty, keys):
    folder, wanted, _ = class_of_thirty
    readings, _ = read_folder(folder, keys)
    assert {one.coder: one.codes for one in readings} == wanted
    assert {one.table for one in readings} == {"measures"}


def test_what_was_spoiled_is_listed_with_row_and_reason(class_of_thirty, report):
    found = sorted((note.column, note.row, note.found, note.done) for note in report.notes.itertuples())
    assert found == sorted(class_of_thirty[2])
    reasons = dict(zip(report.notes["found"], report.notes["reason"], strict=True))
    assert "'opposed' is no code of status; choose from proposed" in reasons["opposed"]
    assert "is a date" in reasons["01.02.2024"]
    assert reasons["mandatry"] == "read as 'mandatory'"
    assert report.notes["file"].is_unique is False and report.notes["file"].nunique() == 5


def test_alpha_by_field(class_of_thirty, report, keys):
    wanted = class_of_thirty[1]
    rows = report.alpha.set_index("field")
    assert list(rows.index) == sheets.FIELDS["measures"]
    for field, row in rows.iterrows():
        units = [given(wanted, item, field) for item in keys["measures"]["item"]]
        assert row["codes"] == sum(map(len, units)) and row["coders"] == 29
        assert row["alpha"] == pytest.approx(krippendorff(units))
        without = [krippendorff(units[:n] + units[n + 1 :]) for n in range(len(units))]
        assert row["alpha_low"] == pytest.approx(min(without))
        assert row["alpha_high"] == pytest.approx(max(without))
        pairs = [a == b for codes in units for a, b in permutations(codes, 2)]
        assert row["agreement"] == pytest.approx(sum(pairs) / len(pairs))


def test_camps_of_each_unit(class_of_thirty, report, keys):
    wanted = class_of_thirty[1]
    camps = report.camps.set_index(["item", "field"])
    assert len(camps) == len(keys["measures"]) * len(sheets.FIELDS["measures"])
    for (item, field), row in camps.iterrows():
        codes = Counter(given(wanted, item, field))
        shown = dict(part.rsplit(" ", 1) for part in row["camps"].split("; "))
        assert {code: int(n) for code, n in shown.items()} == codes
        assert row["largest"] == pytest.approx(max(codes.values()) / sum(codes.values()))
        assert row["divided"] == (len(codes) > 1)
    assert report.camps["agreement"].is_monotonic_increasing
    for row in report.members.itertuples():
        who = [name for name, codes in wanted.items() if codes.get((row.item, row.field)) == row.code]
        assert row.who.split("; ") == sorted(who) and row.coders == len(who)


def test_each_student_against_the_class_and_the_resolved_coding(class_of_thirty, report, story, keys):
    wanted = class_of_thirty[1]
    _, frame = sheets.units(story, "measures")
    settled = {
        (item, field): frame[field].iloc[n]
        for n, item in enumerate(keys["measures"]["item"])
        for field in sheets.FIELDS["measures"]
    }
    rows = report.coders.set_index(["coder", "field"])
    for name, codes in wanted.items():
        for field in [ALL, *sheets.FIELDS["measures"]]:
            cells = [cell for cell in codes if field in (ALL, cell[1])]
            row = rows.loc[(name, field)]
            assert row["coded"] == row["n_resolved"] == len(cells)
            assert row["equal_to_resolved"] == sum(codes[cell] == settled[cell] for cell in cells)
            shares = []
            for cell in cells:
                others = [c[cell] for other, c in wanted.items() if other != name and cell in c]
                shares.append(others.count(codes[cell]) / len(others))
            assert row["with_class"] == pytest.approx(sum(shares) / len(shares))
    assert rows.loc[("resolved", ALL), "with_resolved"] == 1


def test_the_machine_is_one_more_coder(report, story, keys):
    found = sheets.machine(story, "measures")
    _, frame = sheets.units(story, "measures")
    pairs = {i: j for i, j, _ in coding.match(frame, found, "measures")}
    rows = report.coders[report.coders["kind"].eq("rules")].set_index("field")
    for field in sheets.FIELDS["measures"]:
        equal = sum(frame[field].iloc[i] == found[field].iloc[j] for i, j in pairs.items())
        assert rows.loc[field, "equal_to_resolved"] == equal
    assert report.alpha["alpha_with_rules"].notna().all()


def test_the_report_is_a_page_and_tables_that_say_the_same(report):
    page = report.index.read_text("utf-8")
    for heading in (
        "What to talk about first",
        "What divided the class?",
        "What did each student miss?",
        "How far does the class agree?",
        "What became of each file?",
    ):
        assert heading in page
    assert (
        "29 students coded the measures. Of 30 files, 26 count whole, 3 count in part and 1 could not be used."
        in page
    )
    assert "<b>student 29</b>, student-29_measures.xlsx: it cannot be read as XLSX" in page
    assert "the first coders of the story (runs of a language model) settled on" in page
    assert "student 29" not in set(report.coders["coder"])
    first = report.camps[report.camps["divided"]].iloc[0]
    assert f"{first['item']} (" in page and first["camps"].replace("; ", ", ") in page
    for name in TABLES:
        table = pd.read_csv(report.index.parent / "tables" / f"{name}.csv", keep_default_na=False)
        assert len(table) == len(getattr(report, name))
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_who_needs_help_is_said_at_once(story, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    codes = sheets.codes_of("measures")
    for student, own in answers(story, "measures", 8).items():
        if student == "Student 03":  # always the last code of each field
            own = {cell: codes[cell[1]][-1] for cell in own}
        if student == "Student 05":
            del own["M02", "status"], own["M03", "status"]
        (folder / f"{student}.csv").write_bytes(as_csv(rows_of(story, "measures", own)))
    made = collect(folder, tmp_path / "out")
    text = made.index.read_text("utf-8")
    assert re.search(r"talk first with Student 03 \(\d\d%\): nobody else", text)
    assert "have no code that counts: Student 05 (2 cells)" in text
    coders = made.coders[made.coders["field"].eq(ALL) & made.coders["kind"].eq("student")]
    assert list(class_page.apart(coders)["coder"]) == ["Student 03"]
    assert class_page.apart(coders.head(4)).empty and class_page.apart(coders.assign(with_class=0.8)).empty


# --- codings made in JupyterLab -----------------------------------------------------------------------------


@pytest.fixture
def frames(story):
    return {table: sheets.units(story, table)[1] for table in sheets.FIELDS}


def coding_folder(folder, coder, table, frame, name=""):
    """A folder CODER/ as `cd.explore` writes it."""
    frame = frame.drop(columns="reason", errors="ignore")
    path = folder / coder / (name or f"{table}.csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    coding.coding_csv.write_file(path, table, frame)
    return path


def test_a_coding_from_jupyterlab_is_a_sheet_too(story, keys, frames, tmp_path):
    frame = frames["measures"].copy()
    frame.loc[1, "status"] = "adopted"
    coding_folder(tmp_path, "anna", "measures", frame.drop(index=4))
    coding_folder(tmp_path, "anna", "statements", coding.resolved(story, "statements"))
    (tmp_path / "coders.csv").write_bytes((Path(story.folder) / "coding" / "coders.csv").read_bytes())
    coding_folder(tmp_path, "ben", "stances", frames["stances"], "stances.draft.csv")
    coding_folder(tmp_path, "resolved", "measures", frame)
    readings, notes = read_folder(tmp_path, keys, frames, {"resolved"})
    anna, ben = readings
    assert (anna.coder, anna.table, ben.coder, ben.table) == ("anna", "measures", "ben", "stances")
    wanted = {
        (item, field): str(frame[field].iloc[n])
        for n, item in enumerate(keys["measures"]["item"])
        for field in sheets.FIELDS["measures"]
        if item != "M05"
    }
    assert anna.codes == wanted and anna.codes["M02", "status"] == "adopted"
    assert len(ben.codes) == 2 * len(keys["stances"])
    assert [(note.found, note.done) for note in notes] == [("M05", "left out"), ("", "repaired")]
    assert "not committed" in notes[1].reason


def test_a_coding_that_cannot_be_read_costs_nobody_else_theirs(keys, frames, tmp_path):
    path = coding_folder(tmp_path, "anna", "measures", frames["measures"])
    coding_folder(tmp_path, "ben", "measures", frames["measures"])
    path.write_text(path.read_text("utf-8").replace("proposed", "propposed", 1), encoding="utf-8", newline="")
    readings, notes = read_folder(tmp_path, keys, frames)
    assert [one.coder for one in readings] == ["ben"]
    (note,) = notes
    assert note.done == "sheet left out" and "propposed" in note.reason and str(tmp_path) not in note.reason


def test_sheets_and_codings_make_one_report(story, frames, tmp_path):
    folder = tmp_path / "in"
    coding_folder(folder, "anna", "measures", frames["measures"])
    for student, codes in answers(story, "measures", 2).items():
        (folder / f"{student}.csv").write_bytes(as_csv(rows_of(story, "measures", codes)))
    own = Path(story.folder) / "coding" / "founder" / "measures.csv"
    (folder / "founder").mkdir()
    (folder / "founder" / "measures.csv").write_bytes(own.read_bytes())
    coders = collect(folder, tmp_path / "out").coders
    assert set(coders.loc[coders["kind"].eq("student"), "coder"]) == {"anna", "Student 01", "Student 02"}
    assert coders.set_index(["coder", "field"]).loc[("anna", ALL), "with_resolved"] == 1


def test_a_locales_numbers_are_one_note(tmp_path, keys, good):
    rows = [list(row) for row in good[1]]
    place = rows[0].index("strength")
    for row in rows[1:]:
        row[place] = f"{row[place]},0"
    reading = read(tmp_path, keys, as_csv(rows, ";"))
    assert reading.codes == good[0]
    (note,) = reading.notes
    assert (note.row, note.column, note.done) == (2, "strength", "repaired")
    assert note.reason.endswith(f"and {len(rows) - 2} more like it")


def test_the_same_sheets_give_the_same_bytes(class_of_thirty, report, tmp_path):
    again = collect(class_of_thirty[0], tmp_path / "again")
    for path in sorted(report.index.parent.rglob("*.*")):
        other = again.index.parent / path.relative_to(report.index.parent)
        assert other.read_bytes() == path.read_bytes(), path.name


def test_names_give_way_to_numbers(class_of_thirty, tmp_path, story):
    folder = tmp_path / "sheets"
    folder.mkdir()
    for path in class_of_thirty[0].iterdir():
        (folder / path.name.replace("student", "zoe")).write_bytes(path.read_bytes())
    made = collect(folder, tmp_path / "report", numbers=True)
    for path in (tmp_path / "report").rglob("*.*"):
        assert "zoe" not in path.read_text("utf-8").lower(), path.name
    assert "student 01" in set(made.coders["coder"])
    names = list(csv.reader(io.StringIO((tmp_path / "report-names.csv").read_text("utf-8-sig"))))
    assert names[0] == ["number", "name or file"] and len(names) == 1 + 30 + 30
    assert [number for number, _ in names[1:]] == sorted(number for number, _ in names[1:])
    students = [name for number, name in names[1:] if number.startswith("student")]
    assert students != sorted(students)


# --- one sheet, spoiled in one way ------------------------------------------------------------------------


def read_sheet(path, keys):
    [found, *_] = reading_back._read_file(handed_in.File(path, path.name), keys, None)
    reading_back._say_what_was_asked([found], keys)
    return found


def read(tmp_path, keys, content, name="anna.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_sheet(path, keys)


@pytest.fixture(scope="module")
def good(story):
    codes = answers(story, "stances", 1)["Student 01"]
    return codes, rows_of(story, "stances", codes)


def changed(rows, which, /, **cells):
    rows = [list(row) for row in rows]
    place = place_of(rows, which)
    for name, value in cells.items():
        rows[place][rows[0].index(name)] = value
    return rows


def test_a_good_sheet_has_no_notes(tmp_path, keys, good):
    codes, rows = good
    for name, content in {
        "a.csv": as_csv(rows), "b.csv": as_csv(rows, ";", "utf-8"), "c.txt": as_csv(rows, "\t", "utf-16"),
        "d.xlsx": as_xlsx(rows), "e.csv": as_csv(rows, ";", "mac_roman"), "f.csv": b"sep=,\r\n" + as_csv(rows, encoding="utf-8"),
    }.items():  # fmt: skip
        reading = read(tmp_path, keys, content, name)
        assert (reading.codes, reading.notes, reading.table) == (codes, [], "stances"), name


@pytest.mark.parametrize(
    "cell, code",
    [
        ("2,0", "2"),
        ("2.00", "2"),
        (" 2 ", "2"),
        (datetime.datetime(1900, 1, 2), "2"),
        (datetime.time(), "0"),
        (2.0, "2"),
    ],
)
def test_numbers_of_other_locales_are_repaired(tmp_path, keys, good, cell, code):
    reading = read(tmp_path, keys, as_xlsx(changed(good[1], "S03", strength=cell)), "anna.xlsx")
    assert reading.codes["S03", "strength"] == code
    assert len(reading.codes) == len(good[0])


@pytest.mark.parametrize("cell", ["2,5", "4", "02/01/1900", "two", "-1", "2 Jan", "#NAME?", "²"])
def test_numbers_that_leave_a_doubt_are_left_out(tmp_path, keys, good, cell):
    reading = read(tmp_path, keys, as_csv(changed(good[1], "S03", strength=cell)))
    assert ("S03", "strength") not in reading.codes and len(reading.codes) == len(good[0]) - 1
    (note,) = reading.notes
    assert (note.done, note.column, note.found, note.row) == ("left out", "strength", cell, 4)


@pytest.mark.parametrize(
    "cell, code",
    [
        ("SUPPORTIVE", "supportive"), ("suportive", "supportive"), ("supp.", "supportive"), ("not_expressed", "not expressed"),
        ("not  expressd", "not expressed"), ("oposed", "opposed"), ("Mixed.", "mixed"),
    ],
)  # fmt: skip
def test_misspelt_codes_are_repaired(tmp_path, keys, good, cell, code):
    reading = read(tmp_path, keys, as_csv(changed(good[1], "S05", stance=cell)))
    assert reading.codes["S05", "stance"] == code
    assert all(note.done == "repaired" for note in reading.notes)


@pytest.mark.parametrize("cell", ["not", "pro", "supportive/opposed", "?", "mixd up", "2"])
def test_codes_that_leave_a_doubt_are_left_out(tmp_path, keys, good, cell):
    reading = read(tmp_path, keys, as_csv(changed(good[1], "S05", stance=cell)))
    assert ("S05", "stance") not in reading.codes
    assert [note.done for note in reading.notes] == ["left out"]


def test_a_code_of_another_field_is_said_to_be_one(tmp_path, keys, story):
    rows = rows_of(story, "measures", answers(story, "measures", 1)["Student 01"])
    reading = read(tmp_path, keys, as_csv(changed(rows, "M01", status="mandatory")))
    assert "is a code of binding_before, not of status" in reading.notes[0].reason


def test_an_empty_cell_is_not_coded_and_no_fault(tmp_path, keys, good):
    reading = read(tmp_path, keys, as_csv(changed(good[1], "S05", stance="")))
    assert ("S05", "stance") not in reading.codes and reading.notes == []


@pytest.mark.parametrize("head", ["Stance ", "stanse", "Haltung", "", "my opinion"])
def test_a_renamed_column_is_known_by_name_or_content(tmp_path, keys, good, head):
    rows = [[head if cell == "stance" else cell for cell in good[1][0]], *good[1][1:]]
    reading = read(tmp_path, keys, as_csv(rows))
    assert reading.codes == good[0]


def test_two_columns_with_the_same_codes_renamed_leave_a_doubt(tmp_path, keys, story):
    codes = answers(story, "measures", 1)["Student 01"]
    rows = rows_of(story, "measures", codes)
    rows[0] = [{"binding_before": "X", "binding_after": "Y"}.get(cell, cell) for cell in rows[0]]
    reading = read(tmp_path, keys, as_csv(rows))
    assert {field for _, field in reading.codes} == {"category", "status", "change"}
    assert [(note.column, note.done) for note in reading.notes] == [
        ("binding_before", "left out"), ("binding_after", "left out"),
    ]  # fmt: skip
    assert "could be 'X', 'Y'" in reading.notes[0].reason


def test_a_lost_item_is_told_by_its_words(tmp_path, keys, story):
    codes = answers(story, "measures", 1)["Student 01"]
    rows = changed(rows_of(story, "measures", codes), "M04", item="")
    reading = read(tmp_path, keys, as_csv(rows))
    assert reading.codes == codes and reading.notes[0].reason == "told by its words: M04"


def test_an_item_that_stands_twice_with_other_codes_counts_nowhere(tmp_path, keys, good):
    codes, rows = good
    twice = [
        *rows,
        changed(rows, "S02", stance="mixed" if codes["S02", "stance"] != "mixed" else "neutral")[2],
    ]
    reading = read(tmp_path, keys, as_csv(twice))
    assert not any(item == "S02" for item, _ in reading.codes)
    assert len(reading.codes) == len(codes) - 2
    assert read(tmp_path, keys, as_csv([*rows, rows[2]])).codes == codes


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("photo.pdf", b"%PDF", "typed into the sheet"),
        ("empty.csv", b"\r\n", "is empty"),
        ("other.csv", b"a,b\n1,2\n", "columns of a coding sheet"),
        ("broken.xlsx", b"PK\x03\x04 no", "cannot be read as XLSX"),
        ("noise.csv", bytes(range(256)) * 4, "coding sheet"),
    ],
)
def test_files_that_are_no_sheet_are_listed(tmp_path, keys, name, content, reason):
    reading = read(tmp_path, keys, content, name)
    assert (
        not reading.codes and reading.notes[0].done == "sheet left out" and reason in reading.notes[0].reason
    )


def test_whose_sheet_it_is(tmp_path, keys, good):
    (tmp_path / "Berta Braun").mkdir()
    content = as_csv(good[1])
    assert read(tmp_path, keys, content, "stances_anna-lena.csv").coder == "anna lena"
    assert read(tmp_path, keys, content, "Anna (2).csv").coder == "Anna"
    assert read(tmp_path / "Berta Braun", keys, content, "stances.csv").coder == ""
    named = changed(good[1], "S01", coder="Carla")
    assert read(tmp_path, keys, as_csv(named), "stances_anna.csv").coder == "Carla"
    two = changed(named, "S02", coder="Dora")
    assert "several names" in read(tmp_path, keys, as_csv(two)).notes[0].reason


def test_two_sheets_of_one_coder(tmp_path, keys, good):
    rows = good[1]
    (tmp_path / "stances_anna.csv").write_bytes(as_csv(rows))
    (tmp_path / "Anna (1).xlsx").write_bytes(as_xlsx(rows))
    (tmp_path / "~$anna.xlsx").write_bytes(b"a lock of a spreadsheet")
    readings, notes = read_folder(tmp_path, keys)
    assert len(readings) == 1 and "holds the same codes" in notes[0].reason
    (tmp_path / "Anna (1).xlsx").write_bytes(as_xlsx(changed(rows, "S01", stance="mixed")))
    readings, notes = read_folder(tmp_path, keys)
    assert readings == [] and len(notes) == 2 and "differ" in notes[0].reason


def test_wrong_folders_are_refused(tmp_path):
    with pytest.raises(InputError, match="There is no folder"):
        collect(tmp_path / "none", tmp_path / "out")
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError, match="holds no files"):
        collect(tmp_path / "in", tmp_path / "out")
    with pytest.raises(InputError, match="lies in the folder of the sheets"):
        collect(tmp_path / "in", tmp_path / "in" / "report")
    (tmp_path / "in" / "a.csv").write_text("x,y\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"No sheet .*a\.csv: no row"):
        collect(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_class_of_one_mind_has_no_camps_and_no_range(story, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    codes = {(item, "stance"): "neutral" for item in sheets.units(story, "stances")[0]["item"]}
    for student in ("a", "b", "c"):
        (folder / f"{student}.csv").write_bytes(as_csv(rows_of(story, "stances", codes)))
    text = collect(folder, tmp_path / "out").index.read_text("utf-8")
    assert "nan" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL).lower()
    assert "divided the class on" not in text and "talk first" not in text and "alpha uninformative" in text


def test_strength_is_a_number_to_alpha(story, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    made = answers(story, "stances", 3)
    for student, codes in made.items():
        (folder / f"{student}.csv").write_bytes(as_csv(rows_of(story, "stances", codes)))
    report = collect(folder, tmp_path / "out").alpha.set_index("field")
    items = sheets.units(story, "stances")[0]["item"]
    lists = [[int(codes[item, "strength"]) for codes in made.values()] for item in items]
    assert report.loc["strength", "alpha"] == pytest.approx(coding.alpha(lists, interval=True))
    assert report.loc["strength", "alpha"] != pytest.approx(krippendorff(lists))


# --- sheets and handouts ---------------------------------------------------------------------------------------


def test_blank_sheets_hold_the_storys_words(story):
    for table in sheets.FIELDS:
        for row in sheets.blank_sheet(story, table).itertuples():
            shown = " ".join(story.versions[row.version].text[row.start : row.end].split())
            assert all(part in shown for part in row.words.split(" … "))


def test_a_story_that_nobody_has_coded_gets_sheets_by_rule(tmp_path):
    text = "The minister said the draft would ban all exports of coal and freeze the assets of 12 firms.\n"
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    versions = "".join(f'[[versions]]\nid = "{n}"\nfile = "{n}.txt"\nlabel = "{n}"\n' for n in ("one", "two"))
    (tmp_path / "story.toml").write_text(f'title = "T"\n{versions}', encoding="utf-8", newline="\n")
    sheet = sheets.blank_sheet(cd.read_story(tmp_path), "measures")
    assert len(sheet) and set(sheet["version"]) == {"one"}


def test_an_unfilled_xlsx_comes_back_without_codes(story, tmp_path, keys):
    sheet, codes = sheets.blank_sheet(story, "measures"), sheets.codes_of("measures")
    path = tmp_path / "measures.xlsx"
    sheets._write_xlsx(sheet, codes, "measures", path)
    first = path.read_bytes()
    sheets._write_xlsx(sheet, codes, "measures", path)
    assert path.read_bytes() == first
    page = openpyxl.load_workbook(path)["coding"]
    assert [cell.value for cell in page[1]] == list(sheet.columns)
    assert len(page.data_validations.dataValidation) == len(codes)
    reading = read_sheet(path, keys)
    assert (reading.codes, [note.reason for note in reading.notes]) == ({}, [reading_back.NO_CODE])


def test_a_handout_is_for_paper():
    pytest.importorskip("nbconvert")
    from copydesk.classroom import lessons, printing

    for path in lessons.sources():
        notebook = lessons.read(path)
        html = printing.handout_html(notebook)
        exercises = [c for c in notebook.cells if c.cell_type == "markdown" and "### Exercise" in c.source]
        assert html.count("Exercise") >= len(exercises) and html.count("data-lines=") >= len(exercises) // 2
        for word in ("<h1", "Write <code>", "next cell", "(folder /", "write_text", "check(", '"""'):
            assert word not in html, (path.stem, word)
        for cell in exercises:  # each has something to do with a pen: a task, or cells of a table
            assert (
                "*On paper*" in cell.source
                or "| |" in cell.source
                or "by the rule" in cell.source
                or ("Which of these" in cell.source)
            ), cell.source[:60]


def test_a_practice_story_is_printed_as_its_readers_saw_it():
    from copydesk.classroom import lessons, printing

    html = printing.handout_html(lessons.read(lessons.sources()[3]))
    assert "<strong>Monday</strong>" in html and "<p>The line has run since 1931.</p>" in html
    of_phones = lessons.for_story(lessons.read(lessons.sources()[3]), "school-phones")
    html = printing.handout_html(of_phones)
    assert (
        "<strong>Evening version</strong>" in html and "<p>The lockers will cost 210,000 crowns.</p>" in html
    )
    assert "1931" not in html


@pytest.mark.slow
@pytest.mark.parametrize("number, most", [(1, 3), (2, 3), (3, 3), (4, 3)])
def test_a_handout_begins_on_its_first_page_and_wastes_none(number, most, tmp_path):
    pytest.importorskip("typst", reason="the extra 'pdf' is not installed")
    from copydesk.classroom import lessons, printing
    from pypdf import PdfReader

    printing.write_handout(lessons.read(lessons.sources()[number - 1]), tmp_path / "one.pdf")
    pages = [page.extract_text() for page in PdfReader(tmp_path / "one.pdf").pages]
    assert len(pages) <= most and "You will be able to" in pages[0] and "Name" in pages[0]
    assert all(len(page) > 300 for page in pages)


def test_the_codebook_says_what_each_code_means():
    for table, fields in sheets.FIELDS.items():
        codebook = sheets.codebook_of(table)
        assert list(codebook) == fields
        told = " ".join(text for texts in codebook.values() for text in texts)
        for codes in sheets.codes_of(table).values():
            assert [code for code in codes if f"**{code}**" not in told] == []


@pytest.mark.slow
def test_build_makes_everything_twice_the_same(tmp_path):
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    pytest.importorskip("typst", reason="the extra 'pdf' is not installed")
    from copydesk.classroom import build

    one, other = build(tmp_path / "one", only=["2"]), build(tmp_path / "other", only=["2"])
    names = [path.relative_to(tmp_path / "one").as_posix() for path in one]
    assert {
        "workbooks/2-from-prose-to-a-table.ipynb",
        "handouts/2-from-prose-to-a-table.pdf",
        "sheets/measures.xlsx",
    } <= set(names)
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name
    for path in one:
        if path.suffix == ".pdf":
            assert path.read_bytes().startswith(b"%PDF-")


def test_build_refuses_a_lesson_that_is_not_there(tmp_path):
    from copydesk.classroom import build

    with pytest.raises(InputError, match="There is no lesson 7; there are 1, 2, 3, 4"):
        build(tmp_path, only=["7"])


# --- pack ----------------------------------------------------------------------------------------------------------


class Programs:
    """Stands in for uv and pip, and remembers what they were asked."""

    def __init__(self, status=0):
        self.commands, self.status = [], status

    def __call__(self, command, check):
        self.commands.append(command)
        return subprocess.CompletedProcess(command, self.status)


@pytest.mark.parametrize(
    "system, platform, tag",
    [
        ("windows", "x86_64-pc-windows-msvc", "win_amd64"),
        ("macos", "aarch64-apple-darwin", "macosx_14_0_arm64"),
        ("linux", "x86_64-unknown-linux-gnu", "manylinux2014_x86_64"),
    ],
)
def test_pack_resolves_for_the_system_first_and_then_downloads_what_was_resolved(
    tmp_path, system, platform, tag
):
    pytest.importorskip("nbgrader", reason="the extra 'teach' is not installed")
    programs = Programs()
    folder = packing.pack(system, tmp_path / "pack", pythons=["3.13"], extras=["pdf"], run=programs)
    resolve, download = programs.commands[:2]
    assert (
        resolve[2:5] == ["uv", "pip", "compile"]
        and resolve[resolve.index("--python-platform") + 1] == platform
    )
    narrowed = resolve[resolve.index("--output-file") + 1]
    assert download[-1] == narrowed and "--no-deps" in download and "--require-hashes" in download
    assert f"--platform={tag}" in download and download[download.index("--python-version") + 1] == "3.13"
    assert len(programs.commands) == 6  # the core, uv and the extra
    assert (folder / "copydesk" / "scripts" / "lab.py").is_file()
    assert (folder / "copydesk" / "requirements.lock").read_bytes() == (
        ROOT / "requirements.lock"
    ).read_bytes()
    tops = {path.name for path in (folder / "copydesk").iterdir()}
    assert tops == {*packing._TAKEN}  # nothing of the teacher's that lies about
    lessons = list((folder / "copydesk" / "notebooks" / "lessons").glob("*.ipynb"))
    assert len(lessons) == 5 and not any("BEGIN SOLUTION" in path.read_text("utf-8") for path in lessons)
    compile((folder / "install.py").read_text("utf-8"), "install.py", "exec")
    assert ("py install.py" in (folder / "README.txt").read_text("utf-8")) == (system == "windows")


def test_pack_tells_what_is_wrong(tmp_path):
    with pytest.raises(InputError, match="no pack for 'amiga'"):
        packing.pack("amiga", tmp_path)
    with pytest.raises(InputError, match="no extra 'hats'"):
        packing.pack("linux", tmp_path / "a", extras=["hats"], run=Programs())
    with pytest.raises(InputError, match="uv could not resolve"):
        packing.pack("linux", tmp_path / "b", run=Programs(status=1))
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds something else"):
        packing.pack("linux", tmp_path / "c", run=Programs())
    # Once more, with a network: what was begun is in no way.
    assert (packing.pack("linux", tmp_path / "b", run=Programs()) / "README.txt").is_file()


def test_the_installer_lets_no_index_be_asked(tmp_path):
    (tmp_path / "install.py").write_text(packing.INSTALL, encoding="utf-8", newline="\n")
    script = tmp_path / "copydesk" / "scripts" / "lab.py"
    script.parent.mkdir(parents=True)
    script.write_text(
        "import os, sys\nprint(sys.argv[1:], os.environ['PIP_NO_INDEX'], os.environ['UV_NO_INDEX'], "
        "os.environ['PIP_FIND_LINKS'], 'PIP_INDEX_URL' in os.environ)\nsys.exit(7)\n",
        encoding="utf-8",
    )
    import os

    environment = dict(os.environ, PIP_INDEX_URL="https://example.invalid")
    done = subprocess.run(
        [sys.executable, tmp_path / "install.py"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7
    assert done.stdout.split() == ["['--check']", "1", "1", str(tmp_path / "wheels"), "False"]
