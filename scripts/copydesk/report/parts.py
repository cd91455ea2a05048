"""What executed notebooks showed: the records that their outputs carry (`copydesk.pages.notebook_output.MIME`), in order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copydesk.pages.notebook_output import MIME

_PLAIN = "text/plain"


@dataclass
class Section:
    """A section of a notebook: its heading, its cells as (kind, content), and their code.

    kind: "prose" with Markdown, "part" with a record, "plain" with text, "html" with what another library shows.
    """

    heading: str
    items: list[tuple[str, Any]] = field(default_factory=list)
    code: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it shows tables, figures and views alone, and none of them has a row."""
        shown = [item for kind, item in self.items if kind != "prose"]
        return bool(shown) and all(isinstance(one, dict) and one.get("rows") == 0 for one in shown)


@dataclass
class NotebookParts:
    """A notebook that ran: its file's stem, its title, its sections (the opening first)."""

    name: str
    title: str
    sections: list[Section]

    @property
    def code(self) -> str:
        """All of its code."""
        return "\n\n".join(source for section in self.sections for source in section.code)

    def parts(self, role: str = "") -> Iterator[dict[str, Any]]:
        """Its records, or those of one role."""
        for section in self.sections:
            for kind, item in section.items:
                if kind == "part" and role in ("", item["role"]):
                    yield item


class Parts:
    """All notebooks of a report, and their records by role and name."""

    def __init__(self, folder: Path):
        self.notebooks = [read_notebook(path) for path in sorted(folder.glob("*.ipynb"))]
        every = [part for notebook in self.notebooks for part in notebook.parts()]
        self._named = {(part["role"], part["name"]): part for part in every if part.get("name")}

    def get(self, role: str, name: str) -> dict[str, Any] | None:
        """The record of that role and name, where it was shown and has anything to show."""
        part = self._named.get((role, name))
        return part if part and part.get("rows") != 0 else None

    def every(self, role: str) -> list[dict[str, Any]]:
        """The records of one role, in the order of the notebooks."""
        return [part for notebook in self.notebooks for part in notebook.parts(role)]


def read_notebook(path: Path) -> NotebookParts:
    """An executed notebook as its sections."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    sections = [Section("")]
    title = path.stem
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            head, _, rest = cell.source.partition("\n")
            if head.startswith("# "):
                title = head[2:].strip()
            elif head.startswith("## "):
                sections.append(Section(head[3:].strip()))
            else:
                rest = cell.source
            if rest.strip():
                sections[-1].items.append(("prose", rest.strip()))
        elif cell.cell_type == "code":
            sections[-1].code.append(cell.source)
            sections[-1].items += [_item(output) for output in cell.outputs]
    return NotebookParts(path.stem, title, sections)


def _item(output):
    if output.output_type == "stream":
        return "plain", output.text
    if output.output_type == "error":
        return "plain", f"{output.ename}: {output.evalue}"
    if MIME in output.data:
        return "part", output.data[MIME]
    if "text/html" in output.data:
        return "html", output.data["text/html"]
    return "plain", output.data.get(_PLAIN, "")
