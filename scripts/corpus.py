"""Reads an archive of many stories and writes what is found as Parquet tables, on all processors or on a cluster.

python3 scripts/corpus.py ARCHIVE --output DIR              on this machine; the same command goes on after a stop
python3 scripts/corpus.py ARCHIVE --output DIR --scheduler tcp://HOST:8786
python3 scripts/corpus.py ARCHIVE --output DIR --export STORY FOLDER
"""

from _environment import ensure

if __name__ == "__main__":  # a worker's process is started by one that has the environment already
    ensure(extras=("corpus",))

import argparse
import os
import sys
import time
from pathlib import Path


def main(arguments=None):
    from copydesk.errors import InputError

    options = _parser().parse_args(arguments)
    try:
        if options.export:
            print(_export(options, *options.export))
            return 0
        return _run(options)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; the same command goes on from here.", file=sys.stderr)
        return 130


def _parser():
    parser = argparse.ArgumentParser(
        prog="corpus.py",
        description="Read an archive of stories in many versions; write tables of what changed and who speaks.",
        epilog="ARCHIVE is a folder of stories, a file or folder of JSON Lines, CSV, TSV or Parquet with a row a "
        "version, or a database of diffengine or NewsEdits. A run that was stopped goes on when it is started "
        "again. Then: python3 scripts/report.py --corpus DIR.",
    )
    parser.add_argument("archive", metavar="ARCHIVE", type=Path)
    parser.add_argument(
        "--output", metavar="DIR", type=Path, help="the folder of the run (default: runs/ARCHIVE)"
    )
    parser.add_argument(
        "--columns", metavar="FIELD=NAME", nargs="+", default=[],
        help="the archive's names for story, version, published, text and title",
    )  # fmt: skip
    parser.add_argument(
        "--preset", choices=("revision", "rewrite"), default="revision", help="default: revision"
    )
    parser.add_argument("--threshold", type=float, default=0.0, metavar="N", help="0 for the preset's own")
    parser.add_argument(
        "--longest", type=int, default=400_000, metavar="N", help="characters a version may have (400,000)"
    )
    parser.add_argument(
        "--part", type=int, default=0, metavar="N", help="stories a part (by the archive's size)"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one a processor)")
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="a running Dask scheduler, instead of processes here"
    )
    parser.add_argument("--restart", action="store_true", help="do away with an earlier run in DIR")
    parser.add_argument(
        "--export",
        nargs=2,
        metavar=("STORY", "FOLDER"),
        help="write one story as a folder for report.py, and stop",
    )
    return parser


def _run(options):
    from copydesk.corpus import run_corpus
    from copydesk.corpus.summaries import run_in_words

    workers = os.cpu_count() or 1 if options.workers is None else options.workers
    with _Progress() as progress:
        run = run_corpus(
            options.archive, _output(options), _settings(options), workers=max(0, workers),
            scheduler=options.scheduler, restart=options.restart, progress=progress.tell,
        )  # fmt: skip
    print(*run_in_words(run.manifest), sep="\n", file=sys.stderr)
    print(run.folder)
    return 0


def _output(options):
    return options.output or Path("runs") / options.archive.name.split(".")[0]


def _settings(options):
    from copydesk.corpus import Options
    from copydesk.errors import InputError

    columns = {}
    for pair in options.columns:
        name, equals, column = pair.partition("=")
        if not equals or not column:
            raise InputError(f"--columns wants FIELD=NAME, and '{pair}' is none.")
        columns[name] = column
    for name in ("longest", "part"):
        if getattr(options, name) < (1 if name == "longest" else 0):
            raise InputError(f"--{name} wants a number of at least one.")
    return Options(options.preset, options.threshold, options.longest, columns, options.part)


def _export(options, story, folder):
    from copydesk.corpus import export_story

    return export_story(options.archive, story, folder, _settings(options))


class _Progress:
    """A line, or on a terminal a bar: stories done, stories a second, time left."""

    def __enter__(self):
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._started, self._told = time.monotonic(), -60.0
        console = Console(stderr=True)
        self._bar = None
        if console.is_terminal:
            self._bar = Progress(
                TextColumn("stories"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"),
                console=console,
            )  # fmt: skip
            self._task = self._bar.add_task("stories", total=None, pace="")
            self._bar.start()
        return self

    def __exit__(self, *_):
        if self._bar:
            self._bar.stop()

    def tell(self, done, stories, failed, before):
        now = time.monotonic()
        pace = self._pace(done, stories, failed, before, now - self._started)
        if self._bar:
            self._bar.update(self._task, completed=done, total=stories, pace=pace)
        elif now - self._told >= 10 or done == stories:
            self._told = now
            of = "1 story" if stories == 1 else f"{stories} stories"
            print(f"{done} of {of}{pace and ', ' + pace}", file=sys.stderr, flush=True)

    @staticmethod
    def _pace(done, stories, failed, before, passed):
        rate = (done - before) / max(passed, 1e-9)
        parts = [f"{failed} failed"] if failed else []
        if done > before:
            left = (stories - done) / rate
            parts.append(
                f"{rate:.1f} a second, {int(left // 3600)}:{int(left // 60 % 60):02}:{int(left % 60):02} left"
            )
        elif before:
            parts.append(f"{before} done before")
        return ", ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
