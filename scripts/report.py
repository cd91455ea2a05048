"""Renders the report of a story: notebooks run headlessly, pages, tables and figures written.

python3 scripts/report.py                                  the bundled story, into reports/
python3 scripts/report.py STORY --set threshold=0.3        another one, with a parameter of the notebooks
python3 scripts/report.py --formats html,pdf               a PDF beside the pages
python3 scripts/report.py --corpus DIR --stories 5         a run of scripts/corpus.py, or a small archive
"""

import argparse
import sys
from pathlib import Path

from _environment import ROOT, ensure

BUNDLED, CORPUS = "north-korea-sanctions", "small"
FORMATS = ("html", "pdf")


def main(arguments=None):
    options = _parser().parse_args(arguments)
    ensure(extras=("pdf",) if "pdf" in options.formats else ())
    from copydesk.errors import InputError

    try:
        if options.stories and options.corpus is None:
            raise InputError("--stories picks the most revised stories of a corpus; name it with --corpus.")
        given = _parameters(options)
        _check_names(options.story)
        if options.corpus is not None:
            return max([_render(story, given, options) for story in options.story or [None]])
        return max([_render(story, given, options) for story in options.story or [BUNDLED]])
    except InputError as error:
        print(_printable(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; the earlier report is as it was.", file=sys.stderr)
        return 130


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, f"{message[0].upper()}{message[1:]}; {self.prog} --help says what there is.\n")


def _parser():
    parser = _Parser(
        prog="report.py",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Render the report of a story: run the notebooks on it and write pages, tables and figures.\n"
        "Without arguments, the bundled story is rendered into reports/.",
        epilog="""examples:
  report.py                                the bundled story; open the file that is named at the end
  report.py my-story                       the story in data/stories/my-story
  report.py ~/texts/my-story --output ~/reports
  report.py --only 3 --set actors=china,united-states
  report.py --formats html,pdf             a PDF beside the pages (installs what that takes, once)

A report replaces the earlier one only when it is whole. What a notebook's parameters are stands in its second
cell. Exit status: 0 the report is there; 1 a notebook failed; 2 something given was wrong.""",
    )
    parser.add_argument(
        "story",
        nargs="*",
        metavar="STORY",
        help=f"a name under data/stories, or the path of a story's folder (default: {BUNDLED})",
    )
    parser.add_argument(
        "--corpus",
        metavar="DIR",
        help="study many stories: the folder of a run of corpus.py, or a small archive (path, or name under "
        "data/corpora); without a STORY, nothing else",
    )
    parser.add_argument(
        "--stories",
        type=_at_least_one,
        default=0,
        metavar="N",
        help="make a full report of each of the N most revised stories of the corpus",
    )
    parser.add_argument(
        "--archive", metavar="PATH", help="the archive of a finished run, to take the stories' texts from"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NOTEBOOK",
        help="run this notebook alone, by number, name or part of it; may be given several times",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a parameter of the notebooks; may be given several times",
    )
    parser.add_argument(
        "--parameters", type=Path, metavar="FILE.yaml", help="parameters from a file; --set goes before them"
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="write to DIR/STORY (default: reports/STORY)"
    )
    parser.add_argument(
        "--public",
        action="store_true",
        help="show only the sentences that a finding cites; the rest reads [n words withheld]",
    )
    parser.add_argument(
        "--formats",
        type=_formats,
        default=["html"],
        metavar="LIST",
        help="html, or html,pdf for a PDF too (default: html)",
    )
    parser.add_argument(
        "--jobs",
        type=_at_least_one,
        metavar="N",
        help="notebooks run at once (default: one a processor)",
    )
    parser.add_argument(
        "--timeout",
        type=_at_least_one,
        metavar="SECONDS",
        help="the longest that a cell may run (default: 600)",
    )
    return parser


def _formats(text):
    chosen = [part.strip().lower() for part in text.split(",") if part.strip()]
    wrong = [part for part in chosen if part not in FORMATS]
    if wrong or not chosen:
        raise argparse.ArgumentTypeError(f"'{text}' is no list of {' and '.join(FORMATS)}")
    return chosen


def _at_least_one(text):
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 1 up")
    return int(text)


def _parameters(options):
    from copydesk.errors import InputError
    from copydesk.report import read_parameters

    given = read_parameters(options.parameters) if options.parameters else {}
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals or not name.isidentifier():
            raise InputError(f"--set wants NAME=VALUE, and '{setting}' is none.")
        given[name] = value
    if options.public:
        given["public"] = "true"
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


def _render(story, given, options):
    from copydesk.report import make_report
    from copydesk.stories.story import story_folder

    name = Path(options.corpus).resolve().name if story is None else story_folder(story).resolve().name
    ordinary = name == BUNDLED and not (given or options.only or options.output)
    folder = (options.output or ROOT / "reports") / name
    with _Progress() as progress:
        report = make_report(
            story,
            folder,
            corpus=options.corpus or (CORPUS if story is not None and name == BUNDLED else None),
            archive=options.archive,
            stories=options.stories,
            only=options.only,
            parameters=given,
            formats=options.formats,
            jobs=options.jobs,
            timeout=options.timeout,
            progress=progress.tell,
        )
    for failure in report.failures:
        cell = f" in cell {failure.cell}" if failure.cell else ""
        copy = f" (its executed copy: {failure.copy})" if failure.copy else ""
        print(_printable(f"{failure.notebook} failed{cell}: {failure.error}{copy}"), file=sys.stderr)
    if report.failures:
        return 1
    if ordinary and not options.corpus:
        _keep_figures(folder / "figures")
    if report.pdf:
        print(_printable(report.pdf))
    print(_printable(report.index))
    return 0


def _printable(message):
    """Text for a terminal: what comes from a story may hold what steers one."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in str(message).encode("utf-8", "backslashreplace").decode()
    )


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
        self._bars, self._tasks = None, {}
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
            self._bars = Progress(*columns, console=Console(stderr=True))
            self._bars.start()
        return self

    def __exit__(self, *_):
        if self._bars:
            self._bars.stop()

    def tell(self, name, state, place=""):
        if not self._bars:
            return
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=1)
        words = f"{name}: {_printable(place)[:70]}" if place else f"{name} {state}"
        self._bars.update(self._tasks[name], description=words, completed=int(state != "running"))


if __name__ == "__main__":
    sys.exit(main())
