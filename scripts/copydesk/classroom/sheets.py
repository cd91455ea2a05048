"""Coding sheets for a class: a row for each unit, the fields to fill in, and the codes that each can have."""

import csv
import datetime
import re
import tomllib
from pathlib import Path
from typing import get_args

from copydesk.engine.toml_files import data_folder
from copydesk.stories import coding
from copydesk.stories.coding.row_models import TABLES

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
