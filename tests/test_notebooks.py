"""The rules of the notebook style, and what each notebook's parameters cell promises."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert [path.stem for path in NOTEBOOKS][:3] == [
        "1-compare-versions",
        "2-tabulate-measures",
        "3-chart-stance",
    ]


def test_is_valid_and_stored_without_outputs(notebook):
    nbformat.validate(notebook)
    assert not any(cell.outputs or cell.execution_count for cell in code(notebook))


def test_cells_are_short_and_define_nothing(notebook):
    for cell in code(notebook):
        assert len([line for line in cell.source.splitlines() if line.strip()]) <= 10, cell.source
        assert not re.search(r"^\s*(def|class) ", cell.source, re.MULTILINE), cell.source
        assert all(len(line) <= 110 for line in cell.source.splitlines()), cell.source


def test_first_lines_tell_outcome_time_and_what_to_know(notebook):
    first = notebook.cells[0]
    assert first.cell_type == "markdown" and first.source.startswith("# ")
    for word in ("**You get**", "**Time**", "**To know**"):
        assert word in first.source


def test_headings_ask_and_step_down_by_one(notebook):
    levels = [1]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for marks, text in re.findall(r"^(#+) (.+)$", cell.source, re.MULTILINE):
                assert len(marks) <= levels[-1] + 1, text
                levels.append(len(marks))
    assert levels.count(1) == 2, "one first heading"
    questions = [
        text
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for text in re.findall(r"^## (.+)$", cell.source, re.MULTILINE)
    ]
    assert len([text for text in questions if text.endswith("?")]) >= len(questions) - 2


@pytest.mark.parametrize("path", NOTEBOOKS[:3], ids=lambda path: path.stem)
def test_each_section_of_a_story_begins_with_text_and_ends_with_something_to_predict(path):
    sections, own = [], []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            own = []
            sections.append(own)
        own.append(cell)
    *asked, last = sections
    assert last[0].source.startswith("## What can this notebook not tell?")
    for section in asked:
        assert len(section[0].source.splitlines()) > 1, section[0].source
        assert "**Change and predict**" in section[-1].source, section[0].source


def test_one_parameters_cell_with_annotated_defaults_and_help(notebook):
    tagged = [cell for cell in code(notebook) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1 and tagged[0] is code(notebook)[0]
    lines = tagged[0].source.splitlines()
    for line in lines:
        statement = ast.parse(line).body
        assert len(statement) == 1 and isinstance(statement[0], ast.AnnAssign), line
        assert isinstance(statement[0].annotation, ast.Name), line
        _, _, comment = line.partition("  # ")
        assert comment and "=" not in comment, f"papermill reads no help from: {line}"


def test_papermill_reads_name_type_default_and_help(notebook, tmp_path):
    import papermill

    path = tmp_path / "notebook.ipynb"
    nbformat.write(notebook, path)
    for name, parameter in papermill.inspect_notebook(str(path)).items():
        assert parameter["inferred_type_name"] in ("str", "int", "float", "bool", "list"), name
        assert parameter["help"], name
