"""Finding a corpus: a finished run, or a small archive that is read at once; and its stories, each by itself."""

import csv
import re
from hashlib import sha256
from pathlib import Path

from copydesk.corpus.readers import Index, corpora_folder, export_story, fingerprint, open_source
from copydesk.corpus.run import run_corpus
from copydesk.corpus.store import MANIFEST, Run
from copydesk.corpus.story_rows import Options
from copydesk.errors import InputError

# An archive with more stories takes longer than somebody who opened a notebook likes to wait.
_MOST_STORIES = 300


def story_page(story):
    """Where the report of one story stands, beside that of its archive."""
    return f"stories/{story_slug(story)}/index.html"


def story_slug(story):
    """A story's id as the name of a folder; ids that differ have names that differ."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", str(story)).strip("-")[:80] or "story"
    return name if name == story else f"{name}-{sha256(str(story).encode()).hexdigest()[:8]}"


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


def read_now(archive, place):
    """The Run of a small archive, made in the folder `place`. Raises InputError where it is too large to wait for."""
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
