"""What a class holds in its hands: a lesson's handout and a coding sheet as PDF, set like the report."""

import re
from html import escape

from copydesk.report import pdf


def handout_html(notebook):
    """What of a lesson is for paper: all its prose but what is tagged `screen`, and code that is tagged `handout`."""
    from nbconvert.filters.markdown import markdown2html

    parts = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and "screen" not in tags:
            parts.append(markdown2html(cell.source))
        elif cell.cell_type == "code" and "handout" in tags:
            parts.append(f"<pre>{escape(cell.source)}</pre>")
    # The page has the lesson's title above it.
    return re.sub(r"<h1.*?</h1>", "<h1>Handout</h1>", "".join(parts), count=1, flags=re.DOTALL)


def sheet_html(sheet, codes, how):
    """A coding sheet to be filled in with a pen. sheet: DataFrame. codes: dict field -> its codes. Returns str."""
    columns = [name for name in sheet.columns if name not in ("coder", "version", "start", "end", "note")]
    heads = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in columns)
    room = "<br>\u00a0"  # a line more, for a pen
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{escape(str(row[name]))}{room if name == 'words' else ''}</td>" for name in columns)
        + "</tr>"
        for row in sheet.to_dict("records")
    )
    legend = "".join(
        f"<li><b>{escape(field.replace('_', ' '))}</b>: {escape(', '.join(values))}</li>"
        for field, values in codes.items()
    )
    return (
        f"<h1>To fill in</h1><p>{escape(how)}</p><p>Name or number: ______________________</p>"
        f"<table><caption>One row, one unit</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"<h2>The codes</h2><ul>{legend}</ul>"
    )


def write_pdf(html, title, path):
    """Set HTML as a PDF file; the same input gives the same bytes."""
    body = pdf._to_typst(pdf._printable(pdf._part("handout", html)))
    path.write_bytes(pdf._compile(pdf._document(title, body), path.parent))
