"""A class of thirty in which fifteen spoil what they hand in, each in another way: nobody and no file is lost."""

import datetime
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import copydesk as cd
import pytest
from copydesk.classroom import handed_in, reading, sheets
from copydesk.classroom.collecting import collect
from copydesk.errors import InputError

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine", reason="the extra 'teach' is not installed")
from test_classroom import answers, as_csv, as_xlsx, changed, place_of, read_sheet, rows_of

SAVED = Path(__file__).parent / "sheets"


@pytest.fixture(scope="module")
def story():
    return cd.read_story("north-korea-sanctions")


@pytest.fixture(scope="module")
def keys(story):
    return {table: sheets.units(story, table)[0] for table in sheets.FIELDS}


def as_ods(rows):
    """A spreadsheet in the OpenDocument format, as small as it can be."""
    names = "office table text".split()
    spaces = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in names)
    lines = "".join(
        "<table:table-row>{}</table:table-row>".format(
            "".join(
                f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
                for cell in row
            )
        )
        for row in rows
    )
    table = f'<table:table table:name="coding">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2">{body}</office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = (("/", kind), ("content.xml", "text/xml"))
    entries = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{one}"/>' for path, one in parts)
    spaces = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    manifest = f"<m:manifest {spaces}>{entries}</m:manifest>"
    return as_zip({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def as_zip(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_formulas(rows, item, name):
    """An XLSX file in which a cell is a formula whose value no spreadsheet has reckoned."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.cell(place_of(rows, item) + 1, rows[0].index(name) + 1).value = "=CONCATENATE(A1,B1)"
    return saved(book)


def with_merged(rows, item, name):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    row, column = place_of(rows, item) + 1, rows[0].index(name) + 1
    book.active.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def spoiled_class(story, tmp_path_factory):
    """(the folder, the names of the files in it, what should count: coder -> codes)."""
    folder = tmp_path_factory.mktemp("hand-ins") / "teach.class"
    wanted = answers(story, "measures", 30)
    rows = {name: rows_of(story, "measures", codes) for name, codes in wanted.items()}
    made = {}  # file -> content
    for number, (name, own) in enumerate(rows.items(), 1):
        if number <= 15:
            made[f"{name}.csv"] = as_csv(own)
    for name, lost in (("Student 23", ("M04", "status")), ("Student 24", ("M06", "change"))):
        del wanted[name][lost]
    blank = rows_of(story, "measures", {})
    made |= {
        "Student 16.ods": as_ods(rows["Student 16"]),
        "late/more.zip": as_zip(
            {"Student 17.csv": as_csv(rows["Student 17"]), "in.zip": as_zip({"Student 18.ods": as_ods(rows["Student 18"])}), "__MACOSX/x": b""}
        ),
        "measures.csv": as_csv(rows["Student 19"]),
        "measures (2).csv": as_csv(rows["Student 20"]),
        "Kopie von measures.xlsx": as_xlsx(rows["Student 21"]),
        "section 1/A. B..csv": as_csv(changed(rows["Student 22"], "M01", coder="A. B.")),
        "section 2/measures.csv": as_csv(changed(rows["Student 25"], "M01", coder="A. B.")),
        "Student 23.xlsx": with_formulas(rows["Student 23"], "M04", "status"),
        "Student 24.xlsx": with_merged(rows["Student 24"], "M05", "change"),
        "Student 26.xlsx": as_xlsx(blank),
        "Student 27.csv": b"",
        "Student 28.pdf": b"%PDF-1.7",
        "Student 29.xlsx": b"\xff\xd8\xff\xe0 a photograph",
        "Student 30.docx": as_zip({"[Content_Types].xml": b"", "word/document.xml": b"<w/>"}),
        ".DS_Store": b"\0",
    }  # fmt: skip
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    counts = {
        name: codes for name, codes in wanted.items() if int(name[-2:]) <= 18 or name[-2:] in ("23", "24")
    }
    counts |= {"A. B., section 1": wanted["Student 22"], "A. B., section 2": wanted["Student 25"]}
    # In the order of the files' names.
    counts |= {f"unnamed {n}": wanted[f"Student {number}"] for n, number in enumerate((21, 20, 19), 1)}
    zipped = [
        "late/more.zip/Student 17.csv",
        "late/more.zip/in.zip/Student 18.ods",
        "late/more.zip/__MACOSX/x",
    ]
    return folder, {*made, *zipped} - {"late/more.zip"}, counts


@pytest.fixture(scope="module")
def report(spoiled_class, tmp_path_factory):
    return collect(spoiled_class[0], tmp_path_factory.mktemp("made") / "report")


def test_every_file_has_a_fate_and_every_student_is_named(spoiled_class, report):
    _, files, _ = spoiled_class
    fates = report.files.set_index("file")
    assert set(fates.index) == files and fates.index.is_unique
    told = " ".join(fates["student"])
    for number in (*range(1, 19), 23, 24, *range(26, 31)):
        assert f"Student {number:02d}" in told
    assert {"unnamed 1", "unnamed 2", "unnamed 3", "A. B., section 1", "A. B., section 2"} <= set(
        fates["student"]
    )
    assert not any("teach" in name or name.startswith(("late", "section")) for name in fates["student"])


def test_the_codes_that_count_are_those_that_were_given(spoiled_class, keys):
    readings = reading.read_folder(spoiled_class[0], keys)
    assert {one.coder: one.codes for one in readings if one.codes} == spoiled_class[2]


@pytest.mark.parametrize(
    "file, fate, reason",
    [
        ("Student 26.xlsx", "no code", "it holds no code"),
        ("Student 27.csv", "left out", "not a byte is in it"),
        ("Student 28.pdf", "left out", "typed into the sheet"),
        ("Student 29.xlsx", "left out", "a picture or a printed page"),
        ("Student 30.docx", "left out", "copy its table into a spreadsheet"),
        ("Student 23.xlsx", "counts in part", "1 of 70 cells has no code that counts"),
        ("Student 24.xlsx", "counts in part", "1 of 70 cells has no code that counts"),
        ("measures.csv", "counts", "ask whose it is"),
        ("late/more.zip/__MACOSX/x", "passed over", "a file of the system"),
        ("late/more.zip/in.zip/Student 18.ods", "counts", ""),
    ],
)
def test_what_became_of_a_file(report, file, fate, reason):
    row = report.files.set_index("file").loc[file]
    assert row["fate"] == fate and reason in row["reason"]
    if fate == "left out":
        assert "open it in a spreadsheet" not in row["reason"]


def test_formulas_without_a_value_and_merged_cells_say_so(report):
    notes = report.notes.set_index("file")
    assert "formula whose value was not stored" in notes.loc["Student 23.xlsx", "reason"]
    assert (
        "merged" in notes.loc["Student 24.xlsx", "reason"]
        and notes.loc["Student 24.xlsx", "column"] == "change"
    )


def test_the_page_leads_with_what_divided_the_class_and_with_whom_to_ask(report):
    text = re.sub(r"<style>.*?</style>", "", report.index.read_text("utf-8"), flags=re.DOTALL)
    lead, _, rest = text.partition("What divided the class?")
    first = report.camps[report.camps["divided"]].iloc[0]
    assert f"{first['item']} (" in lead and "Which rule did each camp follow?" in lead
    for name in ("Student 26", "Student 30", "unnamed 1"):
        assert f"<b>{name}</b>" in lead, name
    assert "Student 01" in rest


def test_what_each_student_missed_is_named(spoiled_class, report, story):
    missed = report.missed[report.missed["coder"].eq("Student 23")]
    assert ("M04", "status", "empty") in set(
        zip(missed["item"], missed["field"], missed["missed"], strict=True)
    )
    text = report.index.read_text("utf-8")
    assert "M04 status (empty)" in text
    _, frame = sheets.units(story, "measures")
    settled = {
        (f"M{n:02d}", name): value
        for n, row in enumerate(frame.to_dict("records"), 1)
        for name, value in row.items()
    }
    unlike = report.missed[report.missed["missed"].eq("unlike the class")]
    assert len(unlike)
    for row in unlike.itertuples():
        codes = [
            own[row.item, row.field]
            for name, own in spoiled_class[2].items()
            if name != row.coder and (row.item, row.field) in own
        ]
        assert codes.count(row.code_of_class) >= 0.75 * len(codes) and row.code != row.code_of_class
        assert settled[row.item, row.field] == row.code_of_class


def test_with_numbers_no_name_is_left(spoiled_class, tmp_path):
    made = collect(spoiled_class[0], tmp_path / "out", numbers=True)
    assert len(made.files) == len(spoiled_class[1])
    for path in (tmp_path / "out").rglob("*.*"):
        text = path.read_text("utf-8")
        assert not re.search(r"Student \d|A\. B\.|section \d|Kopie|late/", text), path.name
    names = (tmp_path / "out-names.csv").read_text("utf-8-sig")
    assert "Student 30.docx" in names and "A. B., section 1" in names


def test_with_numbers_a_student_whom_another_writes_of_is_not_named(story, tmp_path):
    """In a cell, in whatever order and case, by the first name alone, and where two students have the name."""
    folder = tmp_path / "class"
    told = [
        "ask Mara Quill",
        "see quill, mara",
        "as MARA had it",
        "mara_quill?",
        "Tove Brandt knows",
        "like Tove",
    ]
    names = ["Mara Quill", "Mara Quill", "Tove Brandt", "Ove Lind", "Siri Holm"]
    codes = [*answers(story, "measures", 5).values()]
    for n, (name, own) in enumerate(zip(names, codes, strict=True)):
        rows = [list(row) for row in rows_of(story, "measures", own)]
        for place, text in enumerate(told, 1):
            rows[place][rows[0].index("status")] = text
        path = folder / f"group {n % 2}" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_csv(rows))
    collect(folder, tmp_path / "out", numbers=True)
    for path in (tmp_path / "out").rglob("*.*"):
        found = re.findall("mara|quill|tove|brandt|holm", path.read_text("utf-8"), flags=re.IGNORECASE)
        assert not found, (path.name, found)
    notes = (tmp_path / "out" / "tables" / "notes.csv").read_text("utf-8-sig")
    assert "ask a student" in notes and "'student" in notes and "is no code of status" in notes
    assert "Mara Quill, group 0" in (tmp_path / "out-names.csv").read_text("utf-8-sig")


def test_folders_of_a_platform_name_their_students_and_a_section_does_not(story, keys, tmp_path):
    for n, (name, codes) in enumerate(answers(story, "stances", 4).items()):
        content = as_csv(rows_of(story, "stances", codes))
        for place in (
            f"moodle/{name}_4711{n}_assignsubmission_file_/stances.csv",
            f"own/Person {name[-1]}/stances.csv",
            f"sections/{n % 2}/stances {n}.csv",
        ):
            path = tmp_path / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def coders(folder):
        return {one.coder for one in reading.read_folder(tmp_path / folder, keys)}

    assert coders("moodle") == {f"Student 0{n}" for n in range(1, 5)}
    assert coders("own") == {f"Person {n}" for n in range(1, 5)}
    assert coders("sections") == {f"unnamed {n}" for n in range(1, 5)}


@pytest.mark.parametrize("table", ["measures", "stances"])
@pytest.mark.parametrize("column", ["item", "words"])
def test_a_column_that_was_sorted_apart_is_told_of_and_no_row_is_called_missing(
    story, keys, tmp_path, table, column
):
    [codes] = answers(story, table, 1).values()
    head, *body = rows_of(story, table, codes)
    place = head.index(column)
    moved = [row[place] for row in body]
    moved = moved[1:] + moved[:1]  # no unit keeps its own
    body = [[*row[:place], value, *row[place + 1 :]] for row, value in zip(body, moved, strict=True)]
    (tmp_path / "a.csv").write_bytes(as_csv([head, *body]))
    found = read_sheet(tmp_path / "a.csv", keys)
    reasons = " ".join(note.reason for note in found.notes)
    assert "sorted without the others" in reasons
    assert "is missing" not in reasons and reading.NO_CODE not in reasons
    if not found.codes:
        assert found.fate.fate == "left out" and "before it was sorted" in found.fate.reason
    # A row that is gone as well is still told of, and what stands in the right row counts.
    (tmp_path / "b.csv").write_bytes(as_csv([head, *rows_of(story, table, codes)[1:9], *body[9:12]]))
    found = read_sheet(tmp_path / "b.csv", keys)
    assert found.codes and found.fate.fate == "counts in part"


def test_an_archive_that_cannot_be_unpacked_is_a_file_that_is_told_of(keys, story, tmp_path, monkeypatch):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no")
    (tmp_path / "none.zip").write_bytes(as_zip({}))
    deep = as_zip({"a.csv": b"x"})
    for _ in range(handed_in.DEEPEST):
        deep = as_zip({"in.zip": deep})
    (tmp_path / "deep.zip").write_bytes(deep)
    monkeypatch.setattr(handed_in, "MOST_UNPACKED", 1000)
    (tmp_path / "huge.zip").write_bytes(as_zip({"a.csv": b"x" * 1001}))
    found = {one.file: one.fate for one in reading.read_folder(tmp_path, keys)}
    told = {name: fate.reason for name, fate in found.items()}
    assert "packed again" in told["broken.zip"] and "nothing in it" in told["none.zip"]
    assert "more than a class's sheets" in told["huge.zip"]
    assert "archives within archives" in told["deep.zip/in.zip/in.zip/in.zip"]
    assert {fate.fate for fate in found.values()} == {"left out"}
    with pytest.raises(InputError, match=r"No sheet in .* could be read"):
        collect(tmp_path, tmp_path.parent / "out")


# --- thirty more, fifteen of them spoiled in other ways ----------------------------------------------------

_TRANSLATED = ["Kodierer", "Einheit", "Fassung", "Anfang", "Ende", "Wörter", "Kategorie", "Stand", "Änderung", "vorher", "nachher", "Notiz"]  # fmt: skip


def as_workbook(pages):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in pages.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    return saved(book)


def as_csv_in_quotes(rows):
    """CSV that was opened as text and saved again: each line is one cell."""
    lines = as_csv(rows, encoding="utf-8").decode("utf-8").splitlines()
    return as_csv([[line] for line in lines])


def with_dates_for_items(rows):
    """As where a spreadsheet takes M01 for a month."""
    place = rows[0].index("item")
    return [rows[0]] + [
        [*row[:place], datetime.datetime(2024, 1 + n % 12, 1 + n // 12), *row[place + 1 :]]
        for n, row in enumerate(rows[1:])
    ]


def sorted_apart(rows, name):
    place = rows[0].index(name)
    column = sorted(row[place] for row in rows[1:])
    return [rows[0]] + [
        [*row[:place], value, *row[place + 1 :]] for row, value in zip(rows[1:], column, strict=True)
    ]


@pytest.fixture(scope="module")
def second_class(story, tmp_path_factory):
    """(the folder, what became of each file: name -> (student, table, codes that count, what is said of it))."""
    folder = tmp_path_factory.mktemp("second")
    wanted = answers(story, "measures", 30)
    stances = answers(story, "stances", 1)["Student 01"]
    rows = {int(name[-2:]): rows_of(story, "measures", codes) for name, codes in wanted.items()}
    own = {int(name[-2:]): codes for name, codes in wanted.items()}
    hebrew = "\u200fיעל כהן\u200f"
    spaced = [[f" {cell}\u00a0 " if cell else cell for cell in row] for row in rows[24]]
    translated = [_TRANSLATED, *changed(rows[17], "M01", coder="Ida Stern")[1:]]
    table = "<w:tbl>" + "".join(f"<w:tr><w:t>{row[1]}</w:t></w:tr>" for row in rows[22]) + "</w:tbl>"
    both = {"measures": rows[16], "stances": rows_of(story, "stances", stances), "notes": [["see above"]]}
    one_field = {cell: code for cell, code in own[17].items() if not cell[1].startswith("binding")}
    no_codes = {}
    spoiled = {
        "P 16.xlsx": (as_workbook(both), None),
        "x.xlsx": (as_xlsx(translated), ("Ida Stern", one_field, "28 of 70 cells have no code that counts")),
        "P 18.xlsx": (as_xlsx(with_dates_for_items(rows[18])), ("P 18", own[18], "")),
        "P 19.txt": (as_csv(rows[19], "\t", "utf-16"), ("P 19", own[19], "")),
        "P 20.csv": (as_csv_in_quotes(rows[20]), ("P 20", own[20], "")),
        "P 21.numbers": (as_zip({"Index/Document.iwa": b"x"}), ("P 21", no_codes, "Apple Numbers")),
        "P 22.docx": (as_zip({"word/document.xml": table}), ("P 22", no_codes, "copy its table into a spreadsheet")),
        "P 23.gdoc": (b'{"doc_id": "abc"}', ("P 23", no_codes, "download the sheet")),
        "P 24.csv": (as_csv(spaced), ("P 24", own[24], "")),
        "P 25.xlsx": (b"", ("P 25", no_codes, "not a byte is in it")),
        f"{hebrew}.csv": (as_csv(rows[26]), ("יעל כהן", own[26], "")),
        "P 27.csv": (as_csv(sorted_apart(rows[27], "words")), ("P 27", no_codes, "before it was sorted")),
        "P 28.csv": (as_csv(rows[28][:1]), ("P 28", no_codes, "it holds no code")),
        "P 29.xlsx": (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), ("P 29", no_codes, "locked with a password")),
        "P 30 draft.csv": (as_csv(rows[30]), ("P 30", own[30], "")),
        "P 31/": (None, ("P 31", no_codes, "a folder with nothing in it")),
    }  # fmt: skip
    packed = {f"P {n:02d}.csv": as_csv(rows[n]) for n in range(1, 16)}
    (folder / "from a mac.zip").write_bytes(as_zip(packed | {"__MACOSX/._P 01.csv": b"\0\5\x16\7"}))
    expected = {f"from a mac.zip/P {n:02d}.csv": (f"P {n:02d}", own[n], "") for n in range(1, 16)}
    for name, (content, became) in spoiled.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)
        if became:
            expected[name] = became
    expected["P 16.xlsx [measures]"] = ("P 16", own[16], "")
    expected["P 16.xlsx [stances]"] = ("P 16", stances, "")
    return folder, expected


def test_a_second_class_spoils_its_sheets_in_other_ways_and_none_is_lost(second_class, keys, tmp_path):
    folder, expected = second_class
    readings = {one.file: one for one in reading.read_folder(folder, keys) if not one.passed_over}
    assert set(readings) == set(expected)
    for name, (coder, codes, told) in expected.items():
        one = readings[name]
        assert (one.coder, one.codes) == (coder, codes), name
        assert told in one.fate.reason and bool(told) == bool(one.fate.reason), (name, one.fate.reason)
    made = collect(folder, tmp_path / "out")
    page = made.index.read_text("utf-8")
    for name in ("P 21", "P 22", "P 23", "P 25", "P 27", "P 28", "P 29", "P 31"):
        assert f"<b>{name}</b>" in page, name
    for name in ("Ida Stern", "יעל כהן", "P 01", "P 16"):
        assert name in set(made.coders["coder"])


def test_a_class_that_was_given_half_a_sheet_has_missed_nothing_of_the_rest(story, tmp_path):
    """The session of 90 minutes codes M01 to M07; one goes on, one stops at M03."""
    folder = tmp_path / "in"
    folder.mkdir()
    for student, codes in answers(story, "measures", 8).items():
        last = {"Student 02": 14, "Student 05": 3}.get(student, 7)
        codes = {cell: code for cell, code in codes.items() if int(cell[0][1:]) <= last}
        (folder / f"{student}.csv").write_bytes(as_csv(rows_of(story, "measures", codes)))
    made = collect(folder, tmp_path / "out")
    empty = made.missed[made.missed["missed"].eq("empty")]
    assert set(empty["coder"]) == {"Student 05"} and len(empty) == 4 * 5
    assert set(made.camps["item"]) == {f"M{n:02d}" for n in range(1, 8)}
    fates = made.files.set_index("student")
    assert fates.loc["Student 05", "reason"] == "20 of 35 cells have no code that counts"
    assert set(fates["fate"].drop("Student 05")) == {"counts"}
    text = made.index.read_text("utf-8")
    assert "most of the class left M08 to M14 open" in text and "Student 05 (20 cells)." in text
    # Of a few, all may have stopped early: they were asked for the whole sheet.
    for path in sorted(folder.iterdir())[4:]:
        path.unlink()
    assert set(collect(folder, tmp_path / "few").camps["item"]) > {"M14"}


def test_work_in_the_wrong_cells_is_not_called_none(story, keys, tmp_path):
    """Codes shifted by a column, a number in each cell of the column coder, codes given in doubt."""
    [codes] = answers(story, "measures", 1).values()
    rows = rows_of(story, "measures", codes)
    first = rows[0].index("category")
    shifted = [rows[0]] + [[*row[:first], "", *row[first:-1]] for row in rows[1:]]
    one = read_sheet(put(tmp_path, as_csv(shifted)), keys)
    assert re.search("; [0-9]+ hold what is no code of their column", one.fate.reason)
    none = [rows[0]] + [[*row[:first], *["arms embargo"] * 5, ""] for row in rows[1:]]
    fate = read_sheet(put(tmp_path, as_csv(none)), keys).fate
    assert fate.fate == "no code" and "70 that are none" in fate.reason and "columns shifted?" in fate.reason
    numbered = [rows[0]] + [[f"measure {n}", *row[1:]] for n, row in enumerate(rows[1:], 1)]
    one = read_sheet(put(tmp_path, as_csv(numbered)), keys)
    assert (one.coder, one.codes) == ("Ada", codes)
    doubted = [rows[0]] + [
        [f"{cell} ?" if n >= first and cell else cell for n, cell in enumerate(row)] for row in rows[1:]
    ]
    assert read_sheet(put(tmp_path, as_csv(doubted)), keys).codes == codes


def put(folder, content):
    (folder / "Ada.csv").write_bytes(content)
    return folder / "Ada.csv"


def test_what_is_read_of_the_mark_of_another_encoding(story, keys, tmp_path):
    """A CSV that LibreOffice opened in the wrong encoding: the mark of UTF-8 stands before the first head."""
    [codes] = answers(story, "measures", 1).values()
    rows = changed(rows_of(story, "measures", codes), "M01", coder="Lotte Office")
    rows[0][0] = "ï»¿coder"
    (tmp_path / "x.csv").write_bytes(as_csv(rows))
    one = read_sheet(tmp_path / "x.csv", keys)
    assert (one.coder, one.codes) == ("Lotte Office", codes)
    assert reading.name_in_file("x.csv") == "" and reading.name_in_file("A. B..csv") == "A B"
    assert reading.name_in_file("Anna_Bauer_98765_late_measures.csv") == "Anna Bauer"
    assert (
        reading.name_in_file("mail from Ella.eml") == "Ella"
        and reading.name_in_file("4711234.csv") == "4711234"
    )


# --- as LibreOffice saves it: tests/sheets/lia.* were saved by LibreOffice 7.4 from a file of openpyxl's ------------


def lia(story):
    """(codes, rows) of the sheet that LibreOffice was given: its row S05 is merged with the one above in `stance`."""
    codes = answers(story, "stances", 1)["Student 01"]
    rows = changed(rows_of(story, "stances", codes), "S01", coder="Lia Office")
    return {cell: code for cell, code in codes.items() if cell != ("S05", "stance")}, rows


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_what_libreoffice_saved_is_read(story, keys, kind):
    one = read_sheet(SAVED / f"lia.{kind}", keys)
    codes, _ = lia(story)
    assert (one.coder, one.table) == ("Lia Office", "stances")
    assert one.codes == codes  # the formula in S02's strength has the value that LibreOffice reckoned
    if kind != "xls":  # of which merged cells are not told
        assert [(note.row, note.column, note.done) for note in one.notes] == [(5, "stance", "left out")]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "csv"])
def test_what_this_machines_libreoffice_saves_is_read(story, keys, tmp_path, kind):
    office = shutil.which("soffice") or pytest.skip("no LibreOffice on this machine")
    codes = answers(story, "measures", 2)["Student 02"]
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "Olga.xlsx").write_bytes(as_xlsx(rows_of(story, "measures", codes)))
    command = [
        office,
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to",
        kind,
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "given" / "Olga.xlsx"], check=True, capture_output=True
    )
    one = read_sheet(tmp_path / f"Olga.{kind}", keys)
    assert (one.coder, one.codes, one.notes) == ("Olga", codes, [])


@pytest.mark.slow
def test_the_report_prints_on_four_pages(report, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not browser:
        pytest.skip("no Chromium on this machine, to print in")
    out = tmp_path / "page.pdf"
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    subprocess.run(
        [browser, *options, f"--print-to-pdf={out}", report.index.as_uri()], check=True, capture_output=True
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    assert len(pages) <= 4
    first = " ".join(pages[0].split())
    assert "What to talk about" in first and "Whom to ask" in first


def test_the_sample_class_is_reported_without_one_lost(tmp_path):
    """What the README lets a teacher try: thirty invented sheets, and the page that its picture is of."""
    folder = Path(__file__).resolve().parents[1] / "teaching" / "sample-class"
    made = collect(folder, tmp_path / "out")
    coders = made.coders[made.coders["kind"].eq("student")]["coder"].unique()
    told = {*coders, *made.files.loc[~made.files["fate"].str.startswith("counts"), "student"]}
    assert len(told) == 30 and {"Cem Winter, section 1", "Cem Winter, section 2", "unnamed 1"} <= set(coders)
    assert dict(made.files["fate"].value_counts()) == {
        "counts": 24,
        "counts in part": 4,
        "no code": 1,
        "left out": 1,
    }
    assert "talk first with Nils Corbet" in made.index.read_text("utf-8")
