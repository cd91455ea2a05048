"""A chart as an object: a picture drawn wide and for a phone, with the title and the words that it is given."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from copydesk.show.charts import svg
from copydesk.show.charts.canvas import Canvas
from copydesk.show.charts.palette import GREY
from copydesk.show.markup import render

Labels = Mapping[str, str] | None  # what readers see of an id
Url = Callable[[str], str | None] | None  # from an id to its link, None where it has none


class Chart:
    """A figure with what a reader needs who cannot see it.

    `title` (a sentence: what the table shows), `alt` (alternative text with the numbers), `table` (the
    DataFrame that it draws), `name`. draw: function that draws on a `Canvas`; it is called once for the wide
    form and once for the narrow one. figure: a figure of matplotlib's that is there already, in place of `draw`.
    """

    def __init__(
        self, name: str, title: str, alt: str, table: pd.DataFrame, draw: Callable[[Canvas], object] | None = None,
        *, figure: Figure | None = None,
    ) -> None:  # fmt: skip
        self.name, self.title, self.alt, self.table = name, title, alt, table
        self._draw, self._own = draw, figure
        self._sheets: dict[bool, svg.Sheet] = {}

    def __repr__(self) -> str:
        return f"Chart({self.name!r}: {self.title})"

    @property
    def figure(self) -> Figure:
        """The wide form as matplotlib has it; what is changed on its axes is in what is shown and saved."""
        return self._sheet(False).figure

    @property
    def narrow_figure(self) -> Figure:
        """The form for a phone."""
        return self._sheet(True).figure

    def svg(self, narrow: bool = False) -> str:
        """An `<svg>` element to stand in a page below the chart's title; its colours are CSS variables."""
        return svg.in_page(self, self._sheet(narrow))

    def png(self) -> bytes:
        """The wide form with its title, two pixels a point."""
        return svg.png(self.figure)

    def save(self, folder: str | Path, name: str | None = None) -> tuple[str, str]:
        """Write NAME.svg, NAME-narrow.svg and NAME.png, titles included, into a folder, made if need be.

        Returns what `svg` does, wide and narrow: each form is drawn once for both.
        """
        folder, stem = Path(folder), name or self.name
        folder.mkdir(parents=True, exist_ok=True)
        shown = []
        for file, narrow in ((f"{stem}.svg", False), (f"{stem}-narrow.svg", True)):
            sheet = self._sheet(narrow)
            written = svg.write(self, sheet)
            drawn = '<?xml version="1.0" encoding="utf-8"?>\n' + svg.in_file(self, sheet, written) + "\n"
            (folder / file).write_text(drawn, encoding="utf-8", newline="\n")
            shown.append(svg.in_page(self, sheet, written))
        (folder / f"{stem}.png").write_bytes(self.png())
        return shown[0], shown[1]

    def reword(self, say: Callable[[str], str]) -> None:
        """Pass every word of the picture, its title and its alternative text through a function."""
        self.title, self.alt = say(self.title), say(self.alt)
        for sheet in (self._sheet(False), self._sheet(True)):
            for artist in sheet.figure.findobj(Text):
                artist.set_text(say(artist.get_text()))
            sheet.marks[:] = [(say(name), link) for name, link in sheet.marks]

    def _sheet(self, narrow):
        narrow = narrow and self._own is None
        if narrow not in self._sheets:
            self._sheets[narrow] = svg.sheet(self.title, self._draw, narrow, self._own)
        return self._sheets[narrow]

    def _repr_mimebundle_(self, include=None, exclude=None):
        html = str(render("chart.html.j2", title=self.title, svg=self.svg()))
        return {"text/html": html, "text/plain": f"{self.title}\n\n{self.alt}"}


def nothing(name: str, title: str, table: pd.DataFrame) -> Chart:
    """A chart that says there is nothing to show."""

    def draw(canvas):
        canvas.y = canvas.paragraph(canvas.left, canvas.y, "Nothing to show.", 300, color=GREY)

    return Chart(name, title, f"{title} Nothing to show.", table, draw)
