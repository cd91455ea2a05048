"""The pages of a report, made from executed notebooks and from the tables that they kept."""

import base64
import csv
import hashlib
import re
from functools import cache
from html import escape
from importlib.metadata import version as package_version
from pathlib import Path

from copydesk.report import sections
from copydesk.show import marked_text
from copydesk.show.phrasing import listing
from copydesk.show.tables import text, visible
from copydesk.stories import withholding

_TEMPLATES = Path(__file__).parent / "templates"
_HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)
_ROW_ID = re.compile(r'<tr id="(row-[^"]+)"')
_FIGURE = re.compile(r"<figure[^>]*>(.*?)(?:<figcaption>.*?</figcaption>)?</figure>", re.DOTALL)
_PANDAS_STYLE = re.compile(r"<style scoped>.*?</style>", re.DOTALL)
_STYLE_ATTRIBUTE = re.compile(r'(<[a-z]+[^<>]*?) style="[^"]*"')
_WORKBOOK = "tables.xlsx"


def write_pages(story, folder, parameters, pdf=None):
    """Write one page a notebook, the page of the texts, the workbook and the index into the report's `folder`.

    parameters: dict of those that the run was given; with `public` true, the pages show only the sentences that
    a finding cites, as the notebooks did. pdf: the name of the PDF that will stand beside the pages, for the
    index to lead to. Returns the path of the index.
    """
    from copydesk.report.workbook import write_workbook

    # What comes from a command line is text still.
    public = str(parameters.get("public", False)).lower() in ("true", "yes", "on")
    if public:
        _withhold(story, parameters)
    notebooks = [_NotebookPage(path) for path in sorted((folder / "executed").glob("*.ipynb"))]
    nav = [
        ("index.html", "Findings"),
        *((f"{n.name}.html", n.short) for n in notebooks),
        *([("texts.html", "Texts")] if story.versions else []),
    ]
    common = {"story": story, "nav": nav, "parameters": _sentence(parameters, public), "package": _package()}
    places = {}
    for page in notebooks:
        places |= dict.fromkeys(_ROW_ID.findall(page.body), f"{page.name}.html")
        _write(
            folder / f"{page.name}.html", title=page.title, lead=page.lead, body=page.body,
            contents=page.contents, kind="article", **common,
        )  # fmt: skip
    if story.versions:  # where many stories are studied, their texts stay in the archive
        texts = marked_text.texts_page(story, _found(story, _read_tables(folder / "tables")), places)
        texts = withholding.say(texts) if public else texts
        heads = [(f"text-{v.id}", v.label) for v in story.versions.values()]
        _write(
            folder / "texts.html", body=texts, contents=heads, kind="texts",
            title="The versions, as far as findings cite them" if public else "The versions, whole",
            lead=_TEXTS + (_share_shown(story) if public else ""), **common,
        )  # fmt: skip
    write_workbook(sorted(folder.glob("tables/*.csv")), folder / _WORKBOOK)
    _write(
        folder / "index.html", title=story.title, lead=_versions(story), body=_index(notebooks, folder, pdf),
        contents=[], kind="index", **common,
    )  # fmt: skip
    return folder / "index.html"


_TEXTS = (
    '<p class="standfirst">Every number of this report leads to words on this page. A dotted line marks a statement, '
    "a dashed one a measure; <del>words</del> that the later version lacks are struck through, <ins>words</ins> that "
    "it adds are underlined. A sentence's number leads to its counterpart; the brackets behind it lead back to "
    "the tables.</p>"
)


def _share_shown(story):
    """How much of each version a public report shows."""
    shares = [
        f"{withholding.shown_words(version):,} of the {version.words:,} words of the {version.label}"
        for version in story.versions.values()
    ]
    return (
        f'<p class="standfirst">Shown are the sentences that a finding cites: {text(listing(shares))}. What stood '
        "around the article on its page is withheld whole.</p>"
    )


def _withhold(story, parameters):
    ids = list(story.versions)
    before = story.version(parameters.get("before") or ids[0])
    after = story.version(parameters.get("after") or ids[-1])
    settings = {name: parameters[name] for name in ("preset", "threshold") if parameters.get(name)}
    if "threshold" in settings:
        settings["threshold"] = float(settings["threshold"])
    withholding.withhold(story, before, after, **settings)


class _NotebookPage:
    """An executed notebook as an article: `title`, `lead`, `body`, `contents`, `findings` and `figures`.

    The lead is what the notebook finds, said first; the body has the rest, section by section, with the code
    of each section folded at its end.
    """

    def __init__(self, path):
        import nbformat

        self.name = path.stem
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = [
            cell for cell in notebook.cells if "injected-parameters" not in cell.metadata.get("tags", [])
        ]
        sections.leave_out_empty(notebook)
        self.findings = list(_shown(notebook, "finding"))
        self.figures = list(_shown(notebook, "figure"))
        headings = _anchor_headings(notebook)
        self.title = headings[0][1] if headings else self.name
        self.contents = [(place, words) for place, words, level in headings if level == 2]
        self.short = self.name.partition("-")[2].replace("-", " ").capitalize()
        opening, *others = sections.split(notebook.cells, "<h2 ")
        self.lead = _html_of(opening)
        _gather_code([opening, *others])
        for cell in opening:  # what the lead has shown
            cell.outputs = []
        if opening and opening[0].cell_type == "markdown":
            opening[0].source = _about(opening[0].source)
        notebook.cells = [cell for section in (opening, *others) for cell in section]
        self.body = _exporter().from_notebook_node(notebook)[0]


def _anchor_headings(notebook):
    """Give each heading of the notebook an id; return (id, text, level) in order."""
    found, taken = [], set()

    def _tag(match):
        level, words = len(match.group(1)), match.group(2).strip()
        base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "part"
        place, n = base, 2
        while place in taken:
            place, n = f"{base}-{n}", n + 1
        taken.add(place)
        found.append((place, words, level))
        return f'<h{level} id="{place}">{escape(words)}</h{level}>\n'

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _HEADING.sub(_tag, cell.source)
    return found


def _gather_code(sections):
    """Put the code of each section's cells, in order, behind its last cell."""
    for section in sections:
        code = [cell.source for cell in section if cell.cell_type == "code"]
        if code:
            section[-1].metadata["copydesk_code"] = "\n\n".join(code)


def _html_of(cells):
    """What the cells show, as it stands in their outputs."""
    return "".join(
        output["data"]["text/html"]
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    )


def _about(source):
    """The first cell's words about the notebook, without its title, folded."""
    words = re.sub(r"<h1 [^>]*>.*?</h1>\n", "", source, count=1)
    return f'<details class="about"><summary>About this notebook</summary>\n\n{words}\n\n</details>'


def _shown(notebook, role):
    """What the notebook's cells showed in this role: (metadata, HTML, plain text)."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            metadata = output.get("metadata", {}).get("text/html", {}).get("copydesk", {})
            if metadata.get("role") == role:
                yield metadata, output["data"]["text/html"], output["data"]["text/plain"]


@cache
def _exporter():
    from nbconvert.exporters import HTMLExporter, TemplateExporter

    class _Exporter(HTMLExporter):
        """Without a last pass through BeautifulSoup, which takes a second a page and mends what is whole."""

        def from_notebook_node(self, nb, resources=None, **options):
            return TemplateExporter.from_notebook_node(self, nb, resources, **options)

    exporter = _Exporter(template_name="notebook", extra_template_basedirs=[str(_TEMPLATES)])
    exporter.register_filter("visible", visible)
    exporter.register_filter("dressed", _dressed)
    return exporter


def _dressed(html):
    """What a cell showed; a bare DataFrame, as pandas sets it, in the frame and the style of our tables."""
    if 'class="dataframe"' not in html:
        return html
    html = _STYLE_ATTRIBUTE.sub(r"\1", _PANDAS_STYLE.sub("", html))
    html = html.replace("<th></th>", "<td></td>").replace('<table border="1"', "<table")
    return f'<div class="table narrow" role="group" aria-label="Table" tabindex="0">{html}</div>'


# --- the index --------------------------------------------------------------------------------------


def _versions(story):
    """One sentence on what was read."""
    if not story.versions:
        return '<p class="standfirst">Neighbouring versions of many stories, compared.</p>'
    parts = [
        f"the <b>{text(v.label)}</b> ({v.words:,} words, "
        + (f"dated {text(v.entry.date)}" if v.entry.date != "not stated" else "not dated")
        + ")"
        for v in story.versions.values()
    ]
    number = {1: "One version", 2: "Two versions"}.get(len(parts), f"{len(parts)} versions")
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f'<p class="standfirst">{number} of one story, read side by side: {listed}.</p>{_unchecked(story)}'


def _unchecked(story):
    """That nobody has coded the story, where nobody has."""
    from copydesk.stories import coding

    if coding.resolved(story, "statements") is not None:
        return ""
    return f'<p class="note">{coding.UNCHECKED} Nobody has coded this story by reading; each page has rows to check.</p>'


def _index(notebooks, folder, pdf):
    parts = [_summary(page) for page in notebooks]
    return f"{''.join(parts)}{_files(folder, pdf)}"


def _summary(page):
    """A notebook's findings and first figure, with the way to the rest."""
    findings = "".join(html for _, html, _ in page.findings)
    link = (
        f'<p class="more"><a href="{page.name}.html">{escape(page.short)}: figures, tables and words</a></p>'
    )
    return (
        f'<section id="{escape(page.name)}"><h2><a href="{page.name}.html">{escape(page.title)}</a></h2>'
        f"{findings}{_picture(page)}{link}</section>"
    )


def _picture(page):
    names = [metadata["name"] for metadata, _, _ in page.figures if metadata.get("rows")]
    if not names:
        return ""
    name = names[0]
    html = next(html for metadata, html, _ in page.figures if metadata["name"] == name)
    return (
        f"<figure>{_FIGURE.search(html)[1]}"
        f'<figcaption><a href="{page.name}.html#figure-{escape(name)}">The numbers of this figure</a></figcaption>'
        "</figure>"
    )


def _files(folder, pdf):
    """What there is to take away: the whole first, then each table and each executed notebook."""
    whole = [(pdf, "the report to print")] if pdf else []
    whole += [(_WORKBOOK, "every table, a sheet each, for a spreadsheet")]
    rows = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a>, {what}</li>' for name, what in whole)
    groups = [
        ("Tables, with the words exactly (CSV)", sorted(folder.glob("tables/*.csv"))),
        ("Figures (SVG)", sorted(folder.glob("figures/*.svg"))),
        ("Notebooks as they ran", sorted(folder.glob("executed/*.ipynb"))),
    ]
    lists = "".join(_file_list(head, paths, folder) for head, paths in groups if paths)
    return f'<section id="files"><h2>Files to take away</h2><ul>{rows}</ul>{lists}</section>'


def _file_list(head, paths, folder):
    links = "".join(
        f'<li><a href="{escape(path.relative_to(folder).as_posix())}">{escape(path.name)}</a></li>'
        for path in paths
    )
    return f'<h3>{head}</h3><ul class="files">{links}</ul>'


# --- what every page has ----------------------------------------------------------------------------


def _found(story, tables):
    """The tables with the statements and the measures among them, though no notebook that ran has kept those."""
    from copydesk.show.tables import is_missing
    from copydesk.stories import resolved

    for name, find in (("statements", resolved.statements), ("measures", resolved.measures)):
        if name not in tables:
            rows = find(story).to_dict("records")
            tables[name] = [{k: "" if is_missing(v) else str(v) for k, v in row.items()} for row in rows]
    return tables


def _read_tables(folder):
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with open(path, encoding="utf-8", newline="", errors="surrogatepass") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def _sentence(parameters, public):
    given = {name: value for name, value in sorted(parameters.items()) if name != "public"}
    sentences = ["The notebooks ran with their own parameters."]
    if given:
        listed = "; ".join(f"{name} = {value}" for name, value in given.items())
        sentences = [f"The notebooks ran with these parameters of their own changed: {listed}."]
    if public:
        sentences.append("Sentences that no finding cites are withheld; their words are counted.")
    return " ".join(sentences)


def _package():
    return f"Copydesk {package_version('copydesk')}"


@cache
def _page_template():
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(_TEMPLATES / "page"), autoescape=True)
    environment.filters |= {"visible": visible, "shown": lambda value: Markup(text(value))}
    style, script = ((_TEMPLATES / "page" / name).read_text("utf-8") for name in ("style.css", "script.js"))
    # A page runs this script and no other, whatever a text says, and asks for nothing.
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment.get_template("page.html.j2"), {"style": style, "script": script, "policy": policy}


def _digest(content):
    """The name by which a content security policy lets this style or script in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode()}'"


def _write(path, **content):
    template, common = _page_template()
    # Once more over the whole: a name in a figure or a widget may hold what nobody sees.
    html = visible(template.render(here=path.name, **common, **content))
    path.write_text(html, encoding="utf-8", newline="\n", errors="xmlcharrefreplace")
