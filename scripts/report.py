"""Renders the report of a story: notebooks run headlessly, pages, tables and figures written."""

from _environment import ROOT, ensure

ensure()

import argparse
import shutil
import sys
from pathlib import Path

BUNDLED = "north-korea-sanctions"


def main(arguments=None):
    from copydesk.errors import InputError

    options = _parser().parse_args(arguments)
    try:
        given = _parameters(options)
        status = 0
        for story in options.story:
            status = max(status, _render(story, given, options))
        return status
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; the earlier report is as it was.", file=sys.stderr)
        return 130


def _parser():
    parser = argparse.ArgumentParser(
        prog="report.py",
        description="Render the report of a story: run the notebooks on it and write pages, tables and figures.",
        epilog="Without arguments, the bundled story is rendered to reports/. "
        "An earlier report is replaced only by a whole one.",
    )
    parser.add_argument(
        "story",
        nargs="*",
        default=[BUNDLED],
        metavar="STORY",
        help="a name under data/stories, or the path of a story's folder",
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NOTEBOOK",
        help="run this notebook alone, by name or number",
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="set a parameter of the notebooks"
    )
    parser.add_argument("--output", type=Path, metavar="DIR", help="write reports there (default: reports)")
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="notebooks run at once (default: one a processor)"
    )
    return parser


def _parameters(options):
    from copydesk.errors import InputError

    given = {}
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals or not name.isidentifier():
            raise InputError(f"--set wants NAME=VALUE, and '{setting}' is none.")
        given[name] = value
    return given


def _render(story, given, options):
    from copydesk.report import make_report
    from copydesk.stories import story_folder

    name = story_folder(story).resolve().name
    folder = (options.output or ROOT / "reports") / name
    with _Progress() as progress:
        report = make_report(
            story, folder, only=options.only, parameters=given, jobs=options.jobs, progress=progress.tell
        )
    for failure in report.failures:
        print(
            f"{failure.notebook} failed in cell {failure.cell}: {failure.error} (see {failure.copy})",
            file=sys.stderr,
        )
    if report.failures:
        return 1
    if name == BUNDLED and not (given or options.only or options.output):
        _keep_figures(folder / "figures")
    print(report.index)
    return 0


def _keep_figures(made):
    """The figures of the bundled story's default run are kept beside the README."""
    kept = ROOT / "figures"
    kept.mkdir(exist_ok=True)
    for old in [*kept.glob("*.svg"), *kept.glob("*.png")]:
        old.unlink()
    for figure in sorted(made.iterdir()):
        shutil.copyfile(figure, kept / figure.name)


class _Progress:
    """What is running, on a terminal; nothing where the output is none."""

    def __enter__(self):
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self._bars, self._tasks = None, {}
        if console.is_terminal:
            self._bars = Progress(
                SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console
            )
            self._bars.start()
        return self

    def __exit__(self, *_):
        if self._bars:
            self._bars.stop()

    def tell(self, name, state):
        if not self._bars:
            return
        if state == "running":
            self._tasks[name] = self._bars.add_task(f"{name}", total=1)
        else:
            self._bars.update(self._tasks[name], description=f"{name} {state}", completed=1)


if __name__ == "__main__":
    sys.exit(main())
