"""Renders the report of a story: notebooks run headlessly, pages, tables and figures written.

python3 scripts/report.py                                  the bundled story, into reports/
python3 scripts/report.py STORY --set threshold=0.3        another one, with a parameter of the notebooks
python3 scripts/report.py --formats html,pdf               a PDF beside the pages
python3 scripts/report.py --corpus DIR --stories 5         a run of scripts/corpus.py, or a small archive
"""

from _environment import ROOT, ensure

ensure()

import sys
from pathlib import Path

import click
from _command import BUNDLED, SETTINGS, printable, run, say

FORMATS = ("html", "pdf")
COUNT = click.IntRange(min=1)
PATH = click.Path(path_type=Path)


def _formats(_, __, text):
    chosen = [part.strip().lower() for part in text.split(",") if part.strip()]
    if not chosen or set(chosen) - set(FORMATS):
        raise click.BadParameter(f"'{text}' is not a list of {' and '.join(FORMATS)}")
    return chosen


@click.command(
    context_settings=SETTINGS,
    epilog="""examples:

    \b
      report.py                                the bundled story; open the file that is named at the end
      report.py my-story                       the story in data/stories/my-story
      report.py ~/texts/my-story --output ~/reports
      report.py --only 3 --set actors=china,united-states
      report.py --formats html,pdf             a PDF beside the pages (installs what that takes, once)

    A report replaces the earlier one only when it is whole. What a notebook's parameters are stands in its second
    cell. Exit status: 0 the report is there; 1 a notebook failed; 2 something given was wrong.""",
)
@click.argument("story", nargs=-1)
@click.option(
    "--corpus", metavar="DIR",
    help="Study many stories: the folder of a run of corpus.py, or a small archive (path, or name under "
    "data/corpora), in a STORY's place.",
)  # fmt: skip
@click.option(
    "--stories", type=COUNT, metavar="N",
    help="Make a full report of each of the N most revised stories of the corpus.",
)  # fmt: skip
@click.option(
    "--archive", metavar="PATH", help="The archive of a finished run, to take the stories' texts from."
)
@click.option(
    "--only", multiple=True, metavar="NOTEBOOK",
    help="Run this notebook alone, by number, name or part of it; may be given several times.",
)  # fmt: skip
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE",
    help="Set a parameter of the notebooks; may be given several times.",
)  # fmt: skip
@click.option(
    "--parameters", type=PATH, metavar="FILE.yaml", help="Parameters from a file; --set goes before them."
)
@click.option("--output", type=PATH, metavar="DIR", help="Write to DIR/STORY (default: reports/STORY).")
@click.option(
    "--public", is_flag=True,
    help="Show only the sentences that a finding cites; the rest reads [n words withheld].",
)  # fmt: skip
@click.option(
    "--formats", callback=_formats, default="html", metavar="LIST",
    help="html, or html,pdf for a PDF too (default: html).",
)  # fmt: skip
@click.option("--appendix", is_flag=True, help="Put every table into the PDF, too (with --formats html,pdf).")
@click.option(
    "--force", is_flag=True, help="Make a report anew though nothing that it is made from has changed."
)
@click.option(
    "--jobs", type=COUNT, metavar="N",
    help="Kernels at once, each of which serves notebooks one after another (default: 2 where there are two processors).",
)  # fmt: skip
@click.option(
    "--timeout", type=COUNT, metavar="SECONDS", help="The longest that a cell may run (default: 600)."
)
def main(story, settings, parameters, public, **options):
    """Render the report of a story: run the notebooks on it and write pages, tables and figures.

    STORY is a name under data/stories, or the path of a story's folder. Without arguments, the bundled story is
    rendered into reports/.
    """
    if "pdf" in options["formats"]:
        ensure(extras=("pdf",))
    if options["stories"] and options["corpus"] is None:
        raise click.UsageError("--stories picks the most revised stories of a corpus, which --corpus names")
    if story and options["corpus"]:
        raise click.UsageError("Give a story, or an archive with --corpus; each has a report of its own")
    given = _parameters(settings, parameters)
    if public:
        given["public"] = "true"
    _check_names(story)
    nothing_else = [BUNDLED] if options["corpus"] is None else [None]
    return max(_render(one, given, **options) for one in story or nothing_else)


def _parameters(settings, path):
    from copydesk.errors import InputError
    from copydesk.report import read_parameters

    given = read_parameters(path) if path else {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.isidentifier():
            raise InputError(f"--set wants NAME=VALUE, and '{setting}' is none.")
        given[name] = value
    return given


def _check_names(stories):
    """Two stories of one name would be written over each other."""
    from copydesk.errors import InputError
    from copydesk.stories.story import story_folder

    folders = {}
    for story in stories:
        folder = story_folder(story).resolve()
        other = folders.setdefault(folder.name, folder)
        if other != folder:
            raise InputError(f"{other} and {folder} have one name; render them with an --output each.")


def _render(story, given, *, corpus, output, only, stories, **options):
    from copydesk.report import make_report
    from copydesk.stories.story import story_folder

    name = Path(corpus).resolve().name if story is None else story_folder(story).resolve().name
    ordinary = name == BUNDLED and not (given or only or output or corpus)
    folder = (output or ROOT / "reports") / name
    with _Progress() as progress:
        report = make_report(
            story, folder, corpus=corpus, stories=stories or 0, only=list(only), parameters=given,
            progress=progress.report, **options,
        )  # fmt: skip
    for failure in report.failures:
        cell = f" in cell {failure.cell}" if failure.cell else ""
        copy = f" (its executed copy: {failure.copy})" if failure.copy else ""
        say(f"{failure.notebook} failed{cell}: {failure.error}{copy}")
    if report.failures:
        return 1
    if report.is_unchanged:
        print("Nothing that this report is made from has changed; --force makes it anew.")
    elif ordinary:
        _keep_figures(folder / "figures")
    if report.pdf:
        print(printable(report.pdf))
    print(printable(report.index))
    return 0


def _keep_figures(made):
    """The figures of the bundled story's default run are kept beside the README."""
    import os
    import shutil

    kept = ROOT / "figures"
    kept.mkdir(exist_ok=True)
    names = {figure.name for figure in made.iterdir()}
    for name in sorted(names):
        fresh = kept / f".{name}"
        shutil.copyfile(made / name, fresh)
        os.replace(fresh, kept / name)
    for old in [*kept.glob("*.svg"), *kept.glob("*.png")]:
        if old.name not in names:
            old.unlink()


class _Progress:
    """What is running, on a terminal; nothing where the output is none."""

    def __enter__(self):
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
        console = Console(stderr=True)
        self._bars, self._tasks = Progress(*columns, console=console, disable=not console.is_terminal), {}
        self._bars.start()
        return self

    def __exit__(self, *_):
        self._bars.stop()

    def report(self, name, state, place=""):
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=1)
        words = f"{name}: {printable(place)[:70]}" if place else f"{name} {state}"
        self._bars.update(self._tasks[name], description=words, completed=int(state != "running"))


if __name__ == "__main__":
    sys.exit(run(main, stopped="Stopped; the earlier report is as it was."))
