"""What the notebook of many stories works at: a run's tables, and a place for what it shows."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from copydesk.corpus import sentences
from copydesk.corpus.opening import find_corpus, is_run, read_now, story_page
from copydesk.corpus.store import Run
from copydesk.corpus.truth import has_truth
from copydesk.pages.notebook_output import Nowhere, Page, Showing, Shown
from copydesk.pages.parameters import check_cells
from copydesk.show.markup import render

if TYPE_CHECKING:
    import pandas as pd


_HOW_TO_LINK = (
    "python3 scripts/report.py --corpus ARCHIVE --stories 5 makes a full report of each of the first five and "
    "links them here."
)


class CorpusPage(Showing):
    """A run to work at. `run` reads its tables; `finding`, `table`, `figure`, `view` and `note` show something.

    archive: the archive's path where it is known. about: the run in words. made: whether a machine made the
    archive, so that its edits are known and nothing else is learnt. reports: how many of the most revised
    stories have a report of their own; story_page: function from a story to the path of its report's index.
    keep: what must live as long as the page. Tables and figures are saved as `corpus-NAME`.
    """

    def __init__(
        self, run, archive: Path | None, parameters: dict[str, Any], output: str = "", *, about: str = "",
        made: bool = False, reports: int = 0, story_page: Callable[[str], str] = str, keep: Any = None,
    ):  # fmt: skip
        self.run = run
        self.archive = archive
        self.parameters = parameters
        self.made = made
        self.public = False  # an archive's words are not shown
        self._about, self._reports, self._story_page, self._keep = about, reports, story_page, keep
        self._page = Page(Nowhere({"actor": self.actor_labels}), output, prefix="corpus-")

    def __repr__(self):
        return self._about

    def _repr_html_(self):
        return str(render("about.html.j2", about=self._about))

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """DataFrame: a row a comparison."""
        return self.run.read("summary")

    @cached_property
    def actor_labels(self) -> dict[str, str]:
        """The ids of the actors that the codebook knows, and their labels; a person's name from its id."""
        from copydesk.engine.language.actor_names import actor_labels

        return _Labels(actor_labels(()))

    def learnt(self, sentence: str | None) -> Shown | None:
        """Show what editing does: a finding, or of an archive that a machine made a note, since nobody edited it."""
        return self.note(sentence) if sentence and self.made else self.finding(sentence)

    def titled(self, what: str) -> str:
        """What a figure shows, saying where a machine made the archive."""
        return f"{what} (archive made by a machine)" if self.made else what

    def most_revised(self, table: "pd.DataFrame", name: str, caption: str) -> Shown:
        """Show a table of stories with their titles and addresses, where the archive has them; the first of them have a
        report of their own and lead to it."""
        linked = set(table["story"].head(self._reports))
        table = self._with_titles(table)

        def url(column, value, row):
            if column == "address" and str(value).startswith(("http://", "https://")):
                return str(value)
            return self._story_page(value) if column == "story" and value in linked else None

        caption = caption if linked else f"{caption}. {_HOW_TO_LINK}"
        return self._page.table(table, name, caption, columns=list(table.columns), url=url)

    def _with_titles(self, table):
        """The table with the columns `title` and `address` of each story's last version that tells them."""
        versions = self.run.read("versions", ["story", "number", "title", "url"])
        if versions.empty:
            return table
        told = versions.sort_values("number").groupby("story")[["title", "url"]].last()
        told = told.rename(columns={"url": "address"}).dropna(axis="columns", how="all").fillna("")
        named = table.merge(told, left_on="story", right_index=True, how="left")
        return named[["story", *told.columns, *table.columns.drop("story")]]


class _Labels(dict[str, str]):
    """Labels by actor; one that the codebook does not know is named by its id."""

    def get(self, actor, default=None):
        return super().get(actor) or str(actor).replace("-", " ").title()


def open_corpus_page(
    cells: dict[str, Any], *, corpus: str, archive: str = "", reports: int = 0, output: str = "", **parameters: Any
) -> CorpusPage:  # fmt: skip
    """What the notebook of many stories works at, its parameters checked.

    cells: IPython's `In`. corpus: the folder of a finished run; or a small archive, by its path or by a name
    under data/corpora, which is read here and now. archive: the archive of a finished run, where its edits are
    known. reports: how many of the most revised stories have a report under `stories/`. output: a folder for
    tables and figures. Raises InputError in one sentence.
    """
    given = {"corpus": corpus, "archive": archive, "reports": reports, "output": output, **parameters}
    given = check_cells(cells, given)
    reports, parameters = given["reports"], {name: given[name] for name in parameters}
    folder = find_corpus(corpus)
    place = None
    if is_run(folder):
        run, known = Run(folder), find_corpus(archive) if archive else None
    else:
        place = TemporaryDirectory(prefix="copydesk-")  # removed with the page
        run, known = read_now(folder, place.name), folder
    return CorpusPage(
        run, known, parameters, output, about=" ".join(sentences.run_in_words(run.manifest)), made=has_truth(known),
        reports=reports, story_page=story_page, keep=place,
    )  # fmt: skip
