"""From the sources of the lessons to what a teacher hands out: workbooks, solutions, handouts, coding sheets.

A source is a notebook with nbgrader's own marks: `### BEGIN SOLUTION`, `### BEGIN HIDDEN TESTS`, and the
metadata of cells that are answers or tests. What is made of it needs nbgrader no more.
"""

import re
import shutil
from pathlib import Path

from copydesk.engine.codebooks import data_folder
from copydesk.errors import InputError

# What stands in a workbook where a solution stood: a function that has a docstring is whole with it.
STUB = "# Your code here"
_MARK = re.compile(r"^[ \t]*### (?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS)[ \t]*\n?", re.MULTILINE)

CONFIG = f"""\
# nbgrader's settings for the course of Copydesk's lessons.
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "copydesk"
c.ClearSolutions.code_stub = {{"python": {STUB!r}}}
"""


def sources():
    """The lessons' sources, in order: list[Path]."""
    return sorted((data_folder().parent / "notebooks" / "lessons").glob("[0-9]*.ipynb"))


def build(output, story="north-korea-sanctions", only=()):
    """Write everything a class needs into the folder `output`; returns list[Path] of the files.

    `workbooks/` and `solutions/` (notebooks), `handouts/` (PDF), `sheets/` (CSV, XLSX, and PDF for a pen), and
    `nbgrader/`, a course folder for those who grade with nbgrader. story: whose units the coding sheets hold.
    only: numbers of lessons, empty for all. Raises InputError.
    """
    from copydesk.classroom import printing, sheets
    from copydesk.stories.story import read_story

    chosen = _chosen(only)
    the_story = read_story(story)
    output = Path(output)
    made = []
    for source in chosen:
        notebook = read(source)
        made.append(write(workbook(notebook), output / "workbooks" / source.name))
        made.append(write(solution(notebook), output / "solutions" / source.name))
        handout = _place(output / "handouts" / f"{source.stem}.pdf")
        printing.write_handout(notebook, handout)
        assignment = _place(output / "nbgrader" / "source" / source.stem / source.name)
        shutil.copyfile(source, assignment)
        made += [handout, assignment]
    config = output / "nbgrader" / "nbgrader_config.py"
    config.write_text(CONFIG, encoding="utf-8", newline="\n")
    return [*made, config, *sheets.write_sheets(the_story, output / "sheets")]


def workbook(notebook):
    """A lesson for a student: no solutions, no hidden tests, tests that cannot be changed by accident."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions, LockCells

    clear = ClearSolutions(code_stub={"python": STUB})
    for step in (clear, ClearHiddenTests(), LockCells()):
        notebook, _ = step.preprocess(_copy(notebook), {})
    return notebook


def solution(notebook):
    """A lesson for a teacher: solved, its marks taken out."""
    notebook = _copy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = _MARK.sub("", cell.source).rstrip("\n")
    return notebook


def _chosen(only):
    every = {path.stem.partition("-")[0]: path for path in sources()}
    for number in only:
        if str(number) not in every:
            raise InputError(f"There is no lesson {number}; there are {', '.join(every)}.")
    return [path for number, path in every.items() if not only or number in map(str, only)]


def read(path):
    """A notebook."""
    import nbformat

    return nbformat.read(path, as_version=4)


def _copy(notebook):
    import nbformat

    return nbformat.from_dict(notebook)


def write(notebook, path):
    """Write a notebook; returns the path."""
    import nbformat

    _place(path).write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    return path


def _place(path):
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path.parent} cannot be made ({error.strerror}); name another folder.") from None
    return path
