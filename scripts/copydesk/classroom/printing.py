"""What a class holds in its hands: a lesson's handout and a coding sheet as PDF, set like the report."""

import re
from pathlib import Path

from copydesk.report import pdf
from copydesk.show.markup import environment

TEMPLATES = Path(__file__).parent / "templates"


def handout_html(notebook):
    """What of a lesson is for paper: its prose but for the title and what is tagged `screen`. A tag `room-3` leaves three
    lines to write on."""
    parts = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and "screen" not in tags:
            prose = "\n".join(line for line in cell.source.splitlines() if not line.startswith("# "))
            room = [tag.removeprefix("room-") for tag in tags if tag.startswith("room-")]
            # An exercise stands on one page with the lines for its answer.
            parts.append((prose, room, bool(room) and prose.startswith("### ")))
    return _on_paper(parts).replace("<table>", '<table class="form">')


def _on_paper(parts):
    """HTML of (Markdown, the lines below it, whether it stands on one page)."""
    from nbconvert.filters.markdown import markdown2html

    made = [(markdown2html(prose), room, whole) for prose, room, whole in parts]
    return environment(TEMPLATES).get_template("paper.html.j2").render(parts=made)


def write_handout(notebook, path):
    """Set a lesson's handout as a PDF file; the same notebook gives the same bytes."""
    title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
    body = _typst(handout_html(notebook)) + "\n#notes\n"
    _write(title, body, ("report.typ", "handout.typ"), path)


def write_sheet(sheet, title, how, codebook, path):
    """Set a coding sheet for a pen as a PDF file.

    sheet: DataFrame, its cells empty where something is to be written. title, how: str. codebook: dict field ->
    paragraphs in Markdown. The same input gives the same bytes.
    """
    heads = [name for name in sheet.columns if name not in ("coder", "version", "start", "end", "note")]
    given = [name for name in heads if sheet[name].astype(bool).any()]
    parts = [part for name, texts in codebook.items() for part in (f"## {name.replace('_', ' ')}", *texts)]
    meanings = _on_paper([("\n\n".join(parts), [], False)])
    rows = [_array(row) for row in sheet[given].astype(str).to_numpy().tolist()]
    body = (
        f"{_typst(_on_paper([(how, [], False)]))}\n"
        f"#sheet({_array(name.replace('_', ' ') for name in heads)}, ({''.join(f'{row}, ' for row in rows)}))\n"
        f"#pagebreak()\n#columns(2)[\n{_typst(meanings)}\n]\n"
    )
    _write(title, body, ("report.typ", "handout.typ", "sheet.typ"), path)


def _array(texts):
    return f"({''.join(f'{pdf._string(text)}, ' for text in texts)})"


def _typst(html):
    # The title is no heading; the first headings below it are of the first level.
    html = re.sub(r"(</?h)([2-6])\b", lambda tag: f"{tag[1]}{int(tag[2]) - 1}", html)
    return pdf._to_typst(pdf._printable(html))


def _write(title, body, looks, path):
    path.write_bytes(pdf._compile(pdf._document(title, body, looks), path.parent))
