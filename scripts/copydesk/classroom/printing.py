"""What a class holds in its hands: a lesson's handout and a coding sheet as PDF, set like the report."""

from html import escape

from copydesk import pdf


def handout_html(notebook):
    """The cells of a lesson that are for paper: all its prose but what is tagged `screen`. Returns str."""
    from nbconvert.filters.markdown import markdown2html

    prose = [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and "screen" not in cell.metadata.get("tags", [])
    ]
    return "".join(map(markdown2html, prose))


def sheet_html(sheet, codes, title, how):
    """A coding sheet to be filled in with a pen. sheet: DataFrame. codes: dict field -> its codes. Returns str."""
    columns = [name for name in sheet.columns if name not in ("coder", "version", "start", "end", "note")]
    heads = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(row[name]))}</td>" for name in columns) + "</tr>"
        for row in sheet.to_dict("records")
    )
    legend = "".join(
        f"<li><b>{escape(field.replace('_', ' '))}</b>: {escape(', '.join(values))}</li>"
        for field, values in codes.items()
    )
    return (
        f"<h1>{escape(title)}</h1><p>{escape(how)}</p><p>Name or number: ______________________</p>"
        f"<table><caption>One row, one unit</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"<h2>The codes</h2><ul>{legend}</ul>"
    )


def write_pdf(html, title, path):
    """Set HTML as a PDF file; the same input gives the same bytes."""
    body = pdf._to_typst(pdf._printable(pdf._part("sheet", html)))
    head = f"#let title = {pdf._string(title)}\n#let running = {pdf._string(title)}\n"
    style = (pdf._TEMPLATES / "report.typ").read_text("utf-8")
    path.write_bytes(pdf._compile(head + style + body, path.parent))
