"""From the sources of the lessons to what a teacher hands out: workbooks, solutions, handouts, coding sheets.

A source is a notebook with nbgrader's own marks: `### BEGIN SOLUTION`, `### BEGIN HIDDEN TESTS`, and the
metadata of cells that are answers or tests. What is made of it needs nbgrader no more.
"""

import re
import tomllib
from pathlib import Path

from copydesk.classroom.tasks import Answers, hashes, prose_of
from copydesk.engine.toml_files import data_folder, read_text
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


# What students open, in the folder that JupyterLab shows; the sources hold the solutions, and lie elsewhere.
WORKBOOKS = ("notebooks", "lessons")
PRIMER = "0-python-you-need.ipynb"


def sources():
    """The lessons' sources, in order: list[Path]; empty in a copy without solutions, such as a release or a pack."""
    return sorted((data_folder().parent / "teaching" / "lessons").glob("[1-9]*.ipynb"))


def write_workbooks():
    """Write what students have anew from the sources: the workbooks that they open in JupyterLab, and the hashes by which
    the checks know what is right. Returns list[Path]."""
    folder = data_folder().parent.joinpath(*WORKBOOKS)
    made = [write(workbook(read(source)), folder / source.name) for source in _chosen(())]
    right = data_folder() / "lessons" / "right.txt"
    right.write_text("\n".join(hashes(answers())) + "\n", encoding="utf-8", newline="\n")
    return [*made, right]


def answers():
    """dict story -> Answers: what is right, which stands with the sources."""
    path = sources()[0].parent / "answers.toml"
    return {name: Answers(**own) for name, own in tomllib.loads(read_text(path)).items()}


def build(output, story="north-korea-sanctions", only=()):
    """Write everything a class needs into the folder `output`; returns list[Path] of the files.

    `workbooks/` and `solutions/` (notebooks), `handouts/` (PDF), `sheets/` (CSV, XLSX, and PDF for a pen), and
    `nbgrader/`, a course folder for those who grade with nbgrader. story: whose units the coding sheets hold, and on
    which the lessons are; one that it has no tasks for is left out. only: numbers of lessons, empty for all. Raises InputError.
    """
    from copydesk.stories.story import read_story
    from copydesk.stories.whole_folder import written_whole

    chosen = _chosen(only)
    the_story = read_story(story)
    with written_whole(output) as place:
        made = _write_all(place, the_story, story, chosen)
        return [Path(output) / path.relative_to(place) for path in made]


def _write_all(output, the_story, story, chosen):
    from copydesk.classroom import printing, sheets

    made = []
    for source in chosen:
        notebook = for_story(read(source), story)
        if notebook is None:
            continue
        made.append(write(workbook(notebook), output / "workbooks" / source.name))
        made.append(write(solution(notebook), output / "solutions" / source.name))
        handout = _place(output / "handouts" / f"{source.stem}.pdf")
        printing.write_handout(notebook, handout)
        assignment = _place(output / "nbgrader" / "source" / source.stem / source.name)
        write(notebook, assignment)
        made += [handout, assignment]
    primer = data_folder().parent.joinpath(*WORKBOOKS, PRIMER)
    made.append(write(read(primer), output / "workbooks" / PRIMER))
    config = output / "nbgrader" / "nbgrader_config.py"
    config.write_text(CONFIG, encoding="utf-8", newline="\n")
    return [*made, config, *sheets.write_sheets(the_story, output / "sheets")]


def for_story(notebook, story):
    """A lesson on another story: its prose in place of the first one's, and its name for a parameter. Where the story
    has no tasks at all, the lesson as it is; None where it has some, and none for this lesson."""
    own = prose_of(story)
    lesson = notebook.cells[0].id.partition("-")[0]
    if not any(cell.startswith(f"{lesson}-") for cell in own):
        return None if own else notebook
    notebook = _copy(notebook)
    for cell in notebook.cells:
        cell.source = own.get(cell.id, cell.source).strip("\n")
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = re.sub(r'(?<== )"[^"]*"', f'"{story}"', cell.source, count=1)
        # What such a cell would show stands in the lesson itself.
        cell.source = re.sub(r"^read_instead\(.*\n?", "", cell.source, flags=re.MULTILINE)
    notebook.cells = [cell for cell in notebook.cells if cell.source]
    return notebook


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
    if not every:
        raise InputError(
            "The lessons' sources are not in this copy, which is for students: take Copydesk with git clone, as the "
            "README says, to build from them."
        )
    for number in only:
        if str(number) not in every:
            raise InputError(f"There is no lesson {number}; there are {', '.join(every)}.")
    return [path for number, path in every.items() if not only or number in map(str, only)]


def read(path):
    """A notebook."""
    import nbformat

    try:
        return nbformat.reads(read_text(path), as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, AttributeError, KeyError, RecursionError):
        raise InputError(f"{path} is not a notebook that can be read; restore it, as from git.") from None


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
