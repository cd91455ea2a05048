"""What the notebook of many stories works at: a finished run, or a small archive that is read at once."""

import csv
import re
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from copydesk.corpus import summaries
from copydesk.corpus.readers import Index, corpora_folder, export_story, fingerprint, open_source
from copydesk.corpus.run import run_corpus
from copydesk.corpus.store import MANIFEST, Run
from copydesk.corpus.truth import has_truth
from copydesk.corpus.work import Options
from copydesk.errors import InputError
from copydesk.pages.story_page import StoryPage, _check_names, _check_types
from copydesk.show import tables

# An archive with more stories takes longer than somebody who opened a notebook likes to wait.
_MOST_STORIES = 300


class CorpusPage(StoryPage):
    """A run on the desk. `run` (Run) reads its tables; `finding`, `table`, `figure`, `note` show something.

    `archive` is the archive's path where it is known. Tables and figures are kept as `corpus-NAME`.
    """

    def __init__(self, run, archive, parameters, output="", reports=0):
        self.run = run
        self.archive = archive
        self.parameters = parameters
        self.output = Path(output) if output else None
        self.public = False
        self._reports = reports

    def __repr__(self):
        return " ".join(summaries.run_in_words(self.run.manifest))

    def _repr_html_(self):
        return f'<p class="read">{tables.text(repr(self))}</p>'

    @property
    def made(self):
        """bool: whether a machine made the archive, so that its edits are known and nothing else is learnt."""
        return has_truth(self.archive)

    @cached_property
    def summary(self):
        """DataFrame: a row a comparison."""
        return self.run.read("summary")

    @cached_property
    def actor_labels(self):
        """dict: the ids of the actors that the codebook knows, and their labels; a person's name from its id."""
        from copydesk.engine.language.actor_names import actor_labels

        return _Labels(actor_labels(()))

    @cached_property
    def _values(self):
        return {"actor": self.actor_labels}

    def url(self, column, finding_id):
        """None: an archive's words are not in the report."""

    def table(self, table, name, caption, **look):
        """As `StoryPage.table`, kept as `tables/corpus-NAME.csv`."""
        return super().table(table, f"corpus-{name}", caption, **look)

    def figure(self, chart, name, caption=""):
        """As `StoryPage.figure`, kept as `figures/corpus-NAME`."""
        return super().figure(chart, f"corpus-{name}", caption)

    def learnt(self, sentence):
        """Show what editing does: a finding, or of an archive that a machine made a note, since nobody edited it."""
        return self.note(sentence) if sentence and self.made else self.finding(sentence)

    def titled(self, what):
        """What a figure shows, saying where a machine made the archive."""
        return f"{what} (archive made by a machine)" if self.made else what

    def most_revised(self, table, name, caption):
        """A table of stories, the first of which have a report of their own and lead to it."""
        if self.output:
            folder = self.output / "tables"
            folder.mkdir(parents=True, exist_ok=True)
            tables.write_csv(table, folder / f"corpus-{name}.csv")
        linked = set(table["story"].head(self._reports))

        def url(column, value, row):
            return story_page(value) if column == "story" and value in linked else None

        html = tables.to_html(table, caption, url=url)
        note = "" if linked else '<p class="note">' + escape(_HOW_TO_LINK) + "</p>"
        shown = {"role": "table", "name": f"corpus-{name}", "rows": len(table)}
        return self._show(html + note, table.to_string(), **shown)

    def _link(self, column, value, row):
        return None

    def _row_ids(self, columns):
        return lambda row: None

    def _words_of(self, table, columns, of):
        return None


_HOW_TO_LINK = (
    "python3 scripts/report.py --corpus ARCHIVE --stories 5 makes a full report of each of the first five and "
    "links them here."
)


class _Labels(dict):
    """Labels by actor; one that the codebook does not know is named by its id."""

    def get(self, actor, default=None):
        return super().get(actor) or str(actor).replace("-", " ").title()


def story_page(story):
    """Where the report of one story stands, beside that of its archive."""
    return f"stories/{story_slug(story)}/index.html"


def story_slug(story):
    """A story's id as the name of a folder; ids that differ have names that differ."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", str(story)).strip("-")[:80] or "story"
    return name if name == story else f"{name}-{sha256(str(story).encode()).hexdigest()[:8]}"


def open_corpus_page(cells, *, corpus, archive="", reports=0, output="", **parameters):
    """The desk of the notebook of many stories, its parameters checked.

    cells: IPython's `In`. corpus: the folder of a finished run; or a small archive, by its path or by a name
    under data/corpora, which is read here and now. archive: the archive of a finished run, where its edits are
    known. reports: how many of the most revised stories have a report under `stories/`. output: a folder for
    tables and figures. Raises InputError in one sentence.
    """
    given = {"corpus": corpus, "archive": archive, "reports": reports, "output": output, **parameters}
    _check_names(cells, given)
    _check_types(cells, given)
    folder = find_corpus(corpus)
    if is_run(folder):
        known = find_corpus(archive) if archive else None
        return CorpusPage(Run(folder), known, parameters, output, reports)
    place = TemporaryDirectory(prefix="copydesk-")
    desk = CorpusPage(_read_now(folder, place.name), folder, parameters, output, reports)
    desk._place = place  # removed with the desk
    return desk


def find_corpus(corpus):
    """The path of a run or archive: a name under data/corpora, or a path. Raises InputError."""
    named = corpora_folder() / str(corpus)
    if "/" not in str(corpus) and "\\" not in str(corpus) and named.is_dir():
        return named
    if not Path(corpus).exists():
        known = sorted(
            path.name for path in corpora_folder().iterdir() if path.is_dir() and path.name != "templates"
        )
        raise InputError(f"There is no corpus '{corpus}'; give a path, or choose from {', '.join(known)}.")
    return Path(corpus)


def is_run(folder):
    """Whether a folder is one that `run_corpus` writes into, be it finished or not."""
    return any((Path(folder) / name).is_file() for name in (MANIFEST, "plan.json"))


def _read_now(archive, place):
    source = open_source(archive)
    work = Path(place) / "index"
    work.mkdir()
    index = Index(source, work)
    stories = index.stories
    index.close()
    if stories > _MOST_STORIES:
        raise InputError(
            f"{archive} has {stories} stories, more than are read while a notebook waits; run scripts/corpus.py on "
            "it and give the folder of the run."
        )
    return run_corpus(archive, Path(place) / "run")


# --- reports of single stories ----------------------------------------------------------------------


def where_texts_are(corpus, archive):
    """(archive, Options): what has a corpus's texts, and how it is read. Raises InputError.

    An archive has them itself; of a finished run, `archive` has, which must be the one that it read.
    """
    if not is_run(corpus):
        return corpus, Options()
    run = Run(corpus)
    if not archive:
        raise InputError(f"{corpus} is a run, which keeps no texts; name its archive with --archive.")
    options = Options(**run.manifest["parameters"])
    if fingerprint(open_source(archive, options.columns)) != run.manifest["archive"]:
        raise InputError(f"{archive} is not the archive that {corpus} was made of, or has changed since.")
    return archive, options


def export_most_revised(many, report, place):
    """Write the most revised stories, as the notebook has named them, as folders; pairs of name and folder.

    many: the notebook's parameters `corpus`, `archive` and `reports`. report: the folder with its tables.
    """
    texts, options = where_texts_are(many["corpus"], many.get("archive"))
    with open(Path(report) / "tables" / "corpus-most-revised.csv", encoding="utf-8", newline="") as file:
        stories = [row["story"] for row in csv.DictReader(file)][: many["reports"]]
    for story in stories:
        name = story_slug(story)
        yield name, export_story(texts, story, Path(place) / name, options)
