"""The pages of a report, made from what the notebooks showed: the story, its words, sanctions, voices, the method."""

import base64
import hashlib
import re
from calendar import month_name
from datetime import datetime
from functools import cache, cached_property
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

from markupsafe import Markup

from copydesk.pages.story_page import StoryPage
from copydesk.report.parts import NotebookParts, Parts
from copydesk.show import charts, tables
from copydesk.show.counts_and_lists import count, listing
from copydesk.show.lede import is_quoted
from copydesk.show.markup import environment, visible
from copydesk.show.sentences import words_changed
from copydesk.stories import withholding
from copydesk.stories.dates import NOT_STATED
from copydesk.stories.rule_scores import score_sentence

_TEMPLATES = Path(__file__).parent / "templates"
WORKBOOK, ARCHIVE = "tables.xlsx", "report.zip"
# The pages of a story's report, in order: file, name, and the notebook that one needs.
_PAGES = [
    ("index.html", "Story", ""),
    ("words.html", "Words", ""),
    ("sanctions.html", "Sanctions", "2-tabulate-measures"),
    ("voices.html", "Voices", "3-chart-stance"),
    ("method.html", "Method and data", ""),
]
TASKS = ("links", "statements", "measures", "stances")


class StoryReport:
    """What the templates of a story's pages are given: the story's page, what its notebooks showed, its versions."""

    def __init__(self, page: StoryPage, folder: Path, parameters: dict[str, Any], pdf: str | None):
        self.page, self.folder, self.parameters, self.pdf = page, folder, parameters, pdf
        self.story = page.story
        self.parts = Parts(folder / "executed")
        ran = {notebook.name for notebook in self.parts.notebooks}
        self.files = [
            (file, name)
            for file, name, notebook in _PAGES
            if (not notebook or notebook in ran) and (file != "sanctions.html" or self.has_sanctions())
        ]

    def has_sanctions(self) -> bool:
        """Whether measures are counted, or the story asks for their page."""
        return self.story.entry.sanctions or self.parts.get("view", "measures") is not None

    def has(self, file: str) -> bool:
        """Whether the report has this page."""
        return file in dict(self.files)

    def view(self, name: str) -> Markup:
        """A view of the notebooks as HTML; nothing where there is none."""
        part = self.parts.get("view", name)
        return Markup(part["html"]) if part else Markup("")

    def finding(self, name: str) -> dict[str, Any] | None:
        return self.parts.get("finding", name)

    def note(self, name: str) -> dict[str, Any] | None:
        return self.parts.get("note", name)

    def figure(self, name: str) -> dict[str, Any] | None:
        return self.parts.get("figure", name)

    def table(self, name: str, short: int | None = tables.SHORT) -> Markup:
        """A table of the notebooks as HTML; nothing where there is none or it has no rows."""
        part = self.parts.get("table", name)
        return Markup(tables.set_table(part["table"], short=short)) if part else Markup("")

    @property
    def lede(self) -> dict[str, Any]:
        """The headline and the deck."""
        return self.parts.get("view", "lede") or {"headline": self.story.title, "deck": ""}

    def quoted(self, part: dict[str, Any], most: int = 1) -> list[dict[str, Any]]:
        """Some of the words that a finding tells of, those left out that stand above it already."""
        then = self.story.entry.lede.then if self.story.entry.lede and self.view("then-and-now") else []
        above = " ".join([self.lede["headline"], self.lede["deck"], *(one.words for one in then)])
        words = part["words"]["words"] or []
        return [one for one in words if not is_quoted(one["text"], above)][:most]

    def told(self, kind: str, row_id: str) -> str | None:
        """The link from words to the page that tells of them, where the report has it."""
        link = self.page.told(kind, row_id)
        return link if link and self.has(link.partition("#")[0]) else None

    @cached_property
    def comparison(self) -> Any:
        """The two versions compared as the notebooks compared them."""
        from copydesk.stories.comparison import compare_versions

        given = self.page.parameters
        chosen = {name: given[name] for name in ("preset", "threshold") if given.get(name)}
        return compare_versions(self.page.before, self.page.after, **chosen)

    def words_changed(self) -> list[dict[str, Any]]:
        """How many words were added, cut and replaced, each with the link that lights them up."""
        n = words_changed(self.comparison)
        told = {
            "added": f"{count(n['added'], 'word')} added",
            "cut": f"{count(n['cut'], 'word')} cut",
            "replaced": f"{count(n['replaced'], 'word')} replaced with {count(n['new'], 'other')}",
        }
        return [{"href": f"words.html#words-{name}", "text": text} for name, text in told.items() if n[name]]

    def versions(self, printed: bool = False) -> Markup:
        """Both versions, sentence by sentence. printed: without unchanged runs."""
        from copydesk.show.versions import versions_view
        from copydesk.stories import resolved
        from copydesk.stories.tables import markers_table

        page, story = self.page, self.story
        statements = resolved.statements(story)
        measures = resolved.measures(story, statements)
        untold = set(measures.loc[measures["umbrella"].astype(bool), "measure"])
        html = versions_view(
            self.comparison,
            statements=statements,
            measures=measures,
            markers=markers_table(story, statements),
            others=[
                version for version in story.versions.values() if version not in (page.before, page.after)
            ],
            url=page.url,
            back=lambda kind, one: None if one in untold else self.told(kind, one),
            printed=printed,
        )
        return Markup(withholding.say(html) if page.public else html)

    def filed(self, version) -> str:
        """What a version's file holds of the article, as it is."""
        start, end = version.document.sentences[0].start, version.document.sentences[-1].end
        text = version.shown[start:end]
        return withholding.say(text) if self.page.public else text

    def score(self, task: str) -> str:
        """How often the rules are right on texts that they were not made on, where that was measured."""
        return score_sentence(task)

    def scored(self, task: str) -> str:
        """The same without how it was measured, which the page on method says."""
        return f"{self.score(task).partition(': ')[0].rstrip('.')}." if self.score(task) else ""

    def tasks(self) -> list[str]:
        """What is coded by reading, or could be, of what the report's pages show."""
        return [task for task in TASKS if task != "measures" or self.has("sanctions.html")]

    @property
    def unchecked(self) -> bool:
        """Whether nobody has coded the story's statements by reading."""
        return not self.page.coded("statements")

    def coders(self) -> str:
        """Who coded the story, as kinds with their names."""
        from copydesk.stories import coding

        found = coding.coders(self.story)
        kinds = dict.fromkeys(zip(found["kind"], found["name"], strict=True)) if len(found) else {}
        return listing(f"{name} (a {kind})" for kind, name in kinds)

    def shares_shown(self) -> str:
        """How much of each version a public report shows."""
        return listing(
            f"{withholding.shown_words(version):,} of the {version.words:,} words of the {version.label}"
            for version in self.story.versions.values()
        )

    def parameters_told(self) -> str:
        """Which parameters were changed for this report."""
        given = {name: value for name, value in sorted(self.parameters.items()) if name != "public"}
        listed = "; ".join(f"{name} = {value}" for name, value in given.items())
        told = f"The notebooks ran with these parameters changed: {listed}." if given else (
            "The notebooks ran with their own parameters."
        )  # fmt: skip
        return told + (
            " Sentences that no finding cites are withheld; their words are counted."
            if self.page.public
            else ""
        )

    def catalogue(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every table, figure and notebook: groups of (path, what it is)."""
        captions = {part["name"]: part["caption"] for part in self.parts.every("table")}
        captions["claims"] = (
            "Each thing that a finding says and a reader could check, with the words that back it"
        )
        titles = {part["name"]: part["title"] for part in self.parts.every("figure")}
        names = {notebook.name: notebook.title for notebook in self.parts.notebooks}
        return catalogue(self.folder, captions, titles, names)


def catalogue(folder: Path, captions, titles, notebooks) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every file of a report that is to be taken away, in groups, with a line on each."""
    groups = [
        ("Tables", "tables/*.csv", captions),
        ("Figures", "figures/*.svg", titles),
        ("Notebooks as they ran", "executed/*.ipynb", notebooks),
    ]
    return [
        (
            name,
            [
                (path.relative_to(folder).as_posix(), told[path.stem])
                for path in sorted(folder.glob(pattern))
                if path.stem in told
            ],
        )
        for name, pattern, told in groups
    ]


def write_pages(
    page: StoryPage, folder: Path, parameters: dict[str, Any], pdf: str | None = None
) -> StoryReport:
    """Write the pages of a story's report, its workbook and its archive into `folder`.

    page: the story's page, with `output` the folder, so that its links lead into the report. parameters: those
    that the run was given. pdf: the name of the PDF that will stand beside the pages.
    """
    report = StoryReport(page, folder, parameters, pdf)
    for file, name in report.files:
        _write(folder / file, file.replace(".html", ".html.j2"), report=report, story=report.story, name=name,
               nav=report.files)  # fmt: skip
    write_takeaways(folder)
    return report


def write_takeaways(folder: Path) -> None:
    """Write what there is of a report in one piece: a workbook of all tables, and an archive of everything."""
    from copydesk.report.workbook import write_workbook

    write_workbook(sorted(folder.glob("tables/*.csv")), folder / WORKBOOK)
    write_archive(folder)


def write_archive(folder: Path) -> None:
    """Everything in one ZIP file; the same files give the same bytes."""
    import zipfile

    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in (".zip", ".pdf") and "stories" not in path.parts[-3:-2]:
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, path.read_bytes())


def write_corpus_pages(title: str, folder: Path, parameters: dict[str, Any], pdf: str | None = None) -> None:
    """Write the page of a report on many stories, its workbook and its archive into `folder`."""
    parts = Parts(folder / "executed")
    captions = {part["name"]: part["caption"] for part in parts.every("table")}
    titles = {part["name"]: part["title"] for part in parts.every("figure")}
    names = {notebook.name: notebook.title for notebook in parts.notebooks}
    listed = "; ".join(f"{name} = {value}" for name, value in sorted(parameters.items()))
    _write(
        folder / "index.html", "corpus.html.j2", title=title, notebooks=parts.notebooks, nav=[],
        catalogue=catalogue(folder, captions, titles, names), parameters=listed, pdf=pdf,
    )  # fmt: skip
    write_takeaways(folder)


@cache
def markdown_reader():
    import mistune

    return mistune.create_markdown(escape=True, plugins=["table"])


def kept_items(notebook: NotebookParts):
    """The sections of a notebook that have something to show, and the headings of those that do not."""
    kept = [section for section in notebook.sections if not section.is_empty]
    return kept, [section.heading for section in notebook.sections if section.is_empty]


@cache
def templates():
    """The Jinja2 environment of the pages."""
    made = environment(_TEMPLATES / "page")
    made.globals |= {
        "set_table": lambda table, short=tables.SHORT: Markup(tables.set_table(table, short=short)),
        "kept_items": kept_items,
        "package": f"Copydesk {package_version('copydesk')}",
        "workbook": WORKBOOK,
        "archive": ARCHIVE,
    }
    made.filters |= {"day": _day, "dated": _dated}
    made.filters["markdown"] = lambda source: Markup(markdown_reader()(source))
    style, script = ((_TEMPLATES / "page" / name).read_text("utf-8") for name in ("style.css", "script.js"))
    style += f":root {{ --chart-paper: var(--paper); }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {charts.theme()} }} }}\n"
    # A page runs this script and no other, whatever a text says, and asks for nothing.
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    made.globals |= {"style": Markup(style), "script": Markup(script), "policy": policy}
    return made


def _day(value):
    """A date in ISO form as a page has it: `25 February 2016`, with the time where it is given."""
    when = datetime.fromisoformat(value)
    return f"{when.day} {month_name[when.month]} {when.year}" + (f", {when:%H:%M}" if len(value) > 10 else "")


def _dated(version):
    """When a version is from: its date; where the story's entry has none, the dateline that says a day."""
    if version.entry.date != NOT_STATED:
        return _day(version.entry.date)
    parts = version.boilerplate
    lines = [" ".join(one.split()) for one in parts.loc[parts["kind"] == "dateline", "text"]]
    return next((f"datelined {one.rstrip(' -–—')}" for one in lines if re.search(r"\d", one)), "not dated")


def _digest(content):
    """The name by which a content security policy lets this style or script in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode()}'"


def _write(path, template, **content):
    # Once more over the whole: a name in a figure or a widget may hold what nobody sees.
    html = visible(templates().get_template(template).render(here=path.name, **content))
    path.write_text(html, encoding="utf-8", newline="\n", errors="xmlcharrefreplace")
