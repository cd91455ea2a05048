"""What a notebook shows and saves: findings, tables, figures and views, each told apart for the report.

Beside its HTML an output carries a record of ours (`MIME`): what it is, its table or figure, its ids. A report's
pages and its PDF are made from those records.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from copydesk.show import tables
from copydesk.show.claims import Finding, claims_table, keep_claims
from copydesk.show.markup import render
from copydesk.stories import withholding

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.show.charts.chart import Chart
    from copydesk.show.claims import Claim

MIME = "application/vnd.copydesk.part+json"
# What a page holds of a long table or a crowded figure: 1.5 MB are enough for a page.
MOST_ROWS = 200
_MOST_SVG = 400_000


class Places(Protocol):
    """Where the words of findings stand, and what readers see in place of ids."""

    @property
    def values(self) -> Mapping[str, Mapping]:
        """What readers see in place of ids, by column."""

    def link(self, column: str, value: Any, row: Mapping) -> str | None:
        """The link of a table's cell, or None."""

    def cited(self, table, columns: list[str], of) -> Callable[[Mapping], list] | None:
        """A function from a row to the links to the words that it counts, or None."""

    def withheld(self, table) -> Any:
        """A table without the words of its texts that are withheld."""

    def words_of(self, of) -> dict[str, Any]:
        """What a finding tells of: its `kind`, the `links` to the words, and some of the `words` themselves."""


class Nowhere:
    """Places where there are none: an archive's words are not in its report."""

    def __init__(self, values: Mapping[str, Mapping] | None = None):
        self.values = values or {}

    def link(self, column, value, row):
        return None

    def cited(self, table, columns, of):
        return None

    def withheld(self, table):
        return table

    def words_of(self, of):
        return {}


class Page:
    """Shows findings, tables, figures, views and notes, and saves tables and figures where `output` names a folder.

    places: where the words of findings stand. public: whether sentences are withheld. prefix: of the names of
    the files.
    """

    def __init__(self, places: Places, output: str = "", *, public: bool = False, prefix: str = ""):
        self.places = places
        self.output = Path(output) if output else None
        self.public = public
        self.prefix = prefix

    def finding(self, sentence: str | None, of=None, name: str = "") -> "Shown | None":
        """Show a sentence that the tables back, if there is one; its claims are saved in `tables/claims.csv`.

        sentence: a `Finding` with claims, or a str. of: the rows of a table that it tells of, or a dict of the words
        for each of its counts, such as `added`, and the rows that it counts.
        """
        if not sentence:
            return None
        self.save_claims(sentence)
        name = name or getattr(sentence, "name", "")
        words: dict[str, Any] = {"kind": "", "ids": [], "groups": [], "words": [], "counts": []}
        counts = of if isinstance(of, Mapping) else {}
        if counts:
            import pandas as pd

            of = pd.concat(list(counts.values()))
        if of is not None and len(of):
            words |= self.places.words_of(of)
            found = [(told, self.places.words_of(rows)) for told, rows in counts.items() if len(rows)]
            words["counts"] = [
                {"told": f"{len(one['ids'])} {told}", "groups": one["groups"]} for told, one in found
            ]
        return self._shown("finding", str(sentence), name=name, sentence=str(sentence), words=words)

    def save_claims(self, finding: str) -> None:
        """Save what a `Finding` claims, where it has a name and there is a folder for it."""
        if self.output and isinstance(finding, Finding) and finding.name:
            table = claims_table(finding)
            keep_claims(withholding.withheld(table) if self.public else table, finding.name, self.output)

    def note(self, sentence: str | None, name: str = "") -> "Shown | None":
        """Show a sentence beside a finding, if there is one."""
        if not sentence:
            return None
        return self._shown("note", sentence, name=name, sentence=sentence)

    def view(self, html: str, plain: str, name: str = "", rows: int = 1, **more) -> "Shown":
        """Show words of the texts that a function of `show` has set. name: of its place in the report.

        rows: how many things it shows; 0 leaves its section out of a report. more: what the record says besides.
        """
        return self._shown("view", plain, name=name, html=str(html), rows=rows, **more)

    def table(
        self, table, name: str, caption: str, *, columns=None, labels=None, words: Iterable[str] = (),
        limit: int | None = None, of=None, json: bool = False, url: Callable | None = None,
    ) -> "Shown":  # fmt: skip
        """Show a DataFrame under its caption, and save it whole as `tables/NAME.csv`.

        columns: those to show; all are saved. limit: the most rows to show, 200 where it is not given. json:
        save it as `tables/NAME.json` too. of: the table whose rows it counts: in a report each count then leads
        to the words of what it counts, found by the columns that both tables have. url: as `tables.layout`.
        """
        name = self.prefix + name
        if self.public:
            table = self.places.withheld(table)
        if self.output:
            folder = self.output / "tables"
            folder.mkdir(parents=True, exist_ok=True)
            tables.write_csv(table, folder / f"{name}.csv")
            if json:
                tables.write_json(table, folder / f"{name}.json")
        shown = list(table.columns.drop("story", errors="ignore") if columns is None else columns)
        made = tables.layout(
            table, caption, columns=shown, labels=dict(self.places.values.get("version", {})) | (labels or {}),
            url=url or self.places.link, words=words, limit=limit or MOST_ROWS,
            cited=self.places.cited(table, shown, of),
            download=f"tables/{name}.csv" if self.output else None, values=self.places.values,
        )  # fmt: skip
        plain = table[shown].to_string(max_rows=20)
        return self._shown("table", plain, name=name, caption=caption, rows=len(table), table=made)

    def figure(self, chart, name: str, caption: str = "", claims=(), of=None) -> "Shown":
        """Show a chart with its alternative text and its table beside it; save it as `figures/NAME`.

        claims: those that its title makes, as a `Finding` has them. of: the table whose rows its table counts.
        """
        name = self.prefix + name
        self.save_claims(Finding(chart.title, claims, f"figure-{name}"))
        if self.public:
            chart.reword(withholding.say)
            chart.table = withholding.withheld(chart.table)
        if self.output:
            wide, narrow = chart.save(self.output / "figures", name)
        else:
            wide, narrow = chart.svg(), chart.svg(narrow=True)
        numbers = tables.layout(
            chart.table, f"What the figure shows: {chart.title}", url=self.places.link, limit=MOST_ROWS,
            cited=self.places.cited(chart.table, list(chart.table.columns), of) if of is not None else None,
            values=self.places.values,
        )  # fmt: skip
        narrow = "" if narrow == wide else narrow  # a figure of a notebook's own has one form
        # So many marks stand on it that nobody could point at one: it is a file of its own.
        crowded = len(wide) > _MOST_SVG and self.output is not None
        return self._shown(
            "figure", chart.alt, name=name, title=chart.title, alt=chart.alt, caption=caption,
            rows=len(chart.table), table=numbers, crowded=crowded,
            wide="" if crowded else wide, narrow="" if crowded else narrow, picture=self._png(chart, name), size=[float(side) for side in chart.figure.get_size_inches()],
        )  # fmt: skip

    def _png(self, chart, name):
        """The figure as PNG, which JupyterLab shows even where it does not trust a notebook."""
        from copydesk.pages.interactive.parts import can_answer

        if can_answer():
            return b""
        return (self.output / "figures" / f"{name}.png").read_bytes() if self.output else chart.png()

    def _shown(self, role, plain, picture=b"", **part):
        if self.public:
            part, plain = _said(part), withholding.say(plain)
        return Shown({"role": role, **part}, plain, picture)


class Showing:
    """What a notebook works at: it shows things, and saves them where the parameter `output` names a folder."""

    _page: Page

    @property
    def output(self) -> Path | None:
        """The folder that receives tables and figures."""
        return self._page.output

    def finding(
        self, sentence: str | None, of: "pd.DataFrame | dict[str, pd.DataFrame] | None" = None, name: str = ""
    ) -> "Shown | None":
        """Show a sentence that the tables back, if there is one; the report leads with it.

        sentence: a `Finding`, whose claims are saved in `tables/claims.csv`, or a str. of: the rows of a table that
        it tells of, or a dict of the words for each of its counts, such as `added`, and the rows that it counts; in a
        report the words of each count are a link away.
        """
        return self._page.finding(sentence, of, name)

    def note(self, sentence: str | None, name: str = "") -> "Shown | None":
        """Show a sentence beside a finding, if there is one."""
        return self._page.note(sentence, name)

    def view(self, html: str, plain: str, name: str = "", rows: int = 1) -> "Shown":
        """Show words of the texts that a function of `copydesk.show` has set."""
        return self._page.view(html, plain, name, rows)

    def table(
        self, table: "pd.DataFrame", name: str, caption: str, *, columns: list[str] | None = None,
        labels: Mapping[str, str] | None = None, words: Iterable[str] = (), limit: int | None = None,
        of: "pd.DataFrame | None" = None, json: bool = False,
    ) -> "Shown":  # fmt: skip
        """Show a DataFrame under its caption, and save it whole as `tables/NAME.csv`.

        columns: those to show; all are saved. limit: the most rows to show, 200 where it is not given. json: save it as
        `tables/NAME.json` too. of: the table whose rows it counts: in a report each count then leads to the words of
        what it counts, found by the columns that both tables have.
        """
        return self._page.table(
            table, name, caption, columns=columns, labels=labels, words=words, limit=limit, of=of, json=json
        )

    def figure(
        self, chart: "Chart", name: str, caption: str = "", claims: "Iterable[Claim]" = (), of: "pd.DataFrame | None" = None
    ) -> "Shown":  # fmt: skip
        """Show a chart with its alternative text and its table beside it; save it as `figures/NAME`.

        claims: those that its title makes, as a `Finding` has them. of: the table whose rows its table counts.
        """
        return self._page.figure(chart, name, caption, claims, of)


class Shown:
    """One thing shown: the record of what it is (a dict), its plain text, and its picture as PNG, if it is one."""

    def __init__(self, part: dict[str, Any], plain: str, picture: bytes = b""):
        self.part, self._plain, self._picture = part, plain, picture

    def __repr__(self):
        return self._plain

    def html(self) -> str:
        """What a notebook shows."""
        return str(render("part.html.j2", part=self.part, set_table=tables.set_table))

    def _repr_mimebundle_(self, include=None, exclude=None):
        from copydesk.pages.interactive.parts import can_answer
        from copydesk.show.notebook_style import framed

        if can_answer():
            return {"text/html": framed(self.html()), "text/plain": self._plain}
        data = {MIME: self.part, "text/plain": self._plain}
        if self._picture:
            return data | {"image/png": b64encode(self._picture).decode("ascii")}
        return data | {"text/html": framed(self.html())}


class Several:
    """Several things shown in one cell, one after the other."""

    def __init__(self, parts: Iterable[Shown]):
        self.parts = list(parts)

    def _ipython_display_(self):
        from IPython.display import display

        for part in self.parts:
            display(part)


def _said(value):
    """A record with `[n words withheld]` wherever words are withheld."""
    if isinstance(value, str):
        return withholding.say(value)
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_said(one) for one in value]
    return value
