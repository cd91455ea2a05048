"""A notebook's sections, and those that have nothing to show."""


def split(cells, heading="## "):
    """The cells in groups: what comes before the first section, then a group for each."""
    groups = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith(heading):
            groups.append([])
        groups[-1].append(cell)
    return groups


def leave_out_empty(notebook):
    """Take out the sections that show tables and figures without rows alone; say in a last cell which."""
    from nbformat.v4 import new_markdown_cell

    opening, *sections = split(notebook.cells)
    empty = [section for section in sections if _is_empty(section)]
    if empty:
        kept = [cell for section in sections if section not in empty for cell in section]
        titles = [section[0].source.partition("\n")[0].removeprefix("## ") for section in empty]
        said = new_markdown_cell(f"*Left out, since there is nothing to show*: {' '.join(titles)}")
        notebook.cells = [*opening, *kept, said]


def _is_empty(section):
    shown = [
        output.get("metadata", {}).get("text/html", {}).get("copydesk", {})
        for cell in section
        for output in cell.get("outputs", [])
    ]
    return bool(shown) and all(metadata.get("rows") == 0 for metadata in shown)
