"""The pages of a report, made from executed notebooks and from the tables that they kept."""

import csv
import re
from functools import cache
from html import escape
from importlib.metadata import version as package_version
from pathlib import Path

from copydesk import views

_TEMPLATES = Path(__file__).parent / "templates"
_HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)


def write_pages(story, folder, parameters):
    """Write one page a notebook, the page of the texts and the index into the report's `folder`.

    parameters: dict of those that the run was given. Returns the path of the index.
    """
    notebooks = [_NotebookPage(path) for path in sorted((folder / "executed").glob("*.ipynb"))]
    nav = [
        ("index.html", "Findings"),
        *((f"{n.name}.html", n.short) for n in notebooks),
        ("texts.html", "Texts"),
    ]
    common = {"story": story, "nav": nav, "parameters": _sentence(parameters), "package": _package()}
    for page in notebooks:
        _write(
            folder / f"{page.name}.html", title=page.title, body=page.body, contents=page.contents, **common
        )
    texts = views.texts_page(story, _read_tables(folder / "tables"))
    heads = [(f"text-{v.id}", v.label) for v in story.versions.values()]
    _write(folder / "texts.html", title="The versions, whole", body=_TEXTS + texts, contents=heads, **common)
    index = _index(notebooks, folder)
    _write(folder / "index.html", title=story.title, body=index, contents=[], **common)
    return folder / "index.html"


_TEXTS = (
    "<h1>The versions, whole</h1><p>Every number of this report leads to words on this page. A dotted line marks "
    "a statement, a dashed one a measure; words that the other version lacks are marked as cut or added. The "
    "brackets behind a sentence lead back to the tables.</p>"
)


class _NotebookPage:
    """An executed notebook: its `title`, `body`, `contents`, `findings` and first `figure`."""

    def __init__(self, path):
        import nbformat

        self.name = path.stem
        notebook = nbformat.read(path, as_version=4)
        self.contents = _anchor_headings(notebook)
        self.title = self.contents.pop(0)[1] if self.contents else self.name
        self.contents = [(place, text) for place, text, level in (c[:3] for c in self.contents) if level == 2]
        self.short = self.name.partition("-")[2].replace("-", " ").capitalize()
        self.findings = list(_shown(notebook, "finding"))
        self.figures = list(_shown(notebook, "figure"))
        self.body = _exporter().from_notebook_node(notebook)[0]


def _anchor_headings(notebook):
    """Give each heading of the notebook an id; return (id, text, level) in order."""
    found = []

    def _tag(match):
        level, text = len(match.group(1)), match.group(2).strip()
        place = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or f"part-{len(found)}"
        found.append((place, text, level))
        return f'<h{level} id="{place}">{escape(text)}</h{level}>\n'

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _HEADING.sub(_tag, cell.source)
    return found


def _shown(notebook, role):
    """What the notebook's cells showed in this role: (metadata, HTML, plain text)."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            metadata = output.get("metadata", {}).get("text/html", {}).get("copydesk", {})
            if metadata.get("role") == role:
                yield metadata, output["data"]["text/html"], output["data"]["text/plain"]


@cache
def _exporter():
    from nbconvert.exporters import HTMLExporter

    return HTMLExporter(template_name="notebook", extra_template_basedirs=[str(_TEMPLATES)])


def _index(notebooks, folder):
    parts = []
    for page in notebooks:
        findings = "".join(html for _, html, _ in page.findings)
        figure = page.figures[0] if page.figures else None
        picture = ""
        if figure:
            picture = f'<a class="teaser" href="{page.name}.html">{_picture(folder, figure)}</a>'
        parts.append(
            f'<section><h2><a href="{page.name}.html">{escape(page.title)}</a></h2>{findings}{picture}</section>'
        )
    return f"{''.join(parts)}{_files(folder)}"


def _picture(folder, figure):
    name, alt = figure[0]["name"], figure[2]
    return f'<img src="figures/{escape(name)}.svg" alt="{escape(alt)}">'


def _files(folder):
    rows = []
    for path in sorted([*folder.glob("tables/*.csv"), *folder.glob("executed/*.ipynb")]):
        place = path.relative_to(folder).as_posix()
        rows.append(f'<li><a href="{escape(place)}">{escape(place)}</a></li>')
    return f'<section><h2>Files to take away</h2><ul class="files">{"".join(rows)}</ul></section>'


def _read_tables(folder):
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with open(path, encoding="utf-8", newline="", errors="surrogatepass") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def _sentence(parameters):
    if not parameters:
        return "The notebooks ran with their own parameters."
    given = "; ".join(f"{name} = {value}" for name, value in sorted(parameters.items()))
    return f"The notebooks ran with these parameters of their own changed: {given}."


def _package():
    return f"Copydesk {package_version('copydesk')}"


@cache
def _page_template():
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_TEMPLATES / "page"), autoescape=True)
    return environment.get_template("page.html.j2"), (_TEMPLATES / "page" / "style.css").read_text("utf-8")


def _write(path, **content):
    template, style = _page_template()
    html = template.render(style=style, here=path.name, **content)
    path.write_text(html, encoding="utf-8", newline="\n", errors="xmlcharrefreplace")
