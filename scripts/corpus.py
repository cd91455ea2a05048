"""Reads an archive of many stories and writes what is found as Parquet tables, on all processors or on a cluster.

python3 scripts/corpus.py ARCHIVE --output DIR              on this machine; the same command goes on after a stop
python3 scripts/corpus.py ARCHIVE --output DIR --retry-failed
python3 scripts/corpus.py ARCHIVE --output DIR --scheduler tls://HOST:8786 --tls-ca FILE --tls-cert FILE --tls-key FILE
python3 scripts/corpus.py ARCHIVE --output DIR --export STORY FOLDER
"""

from _environment import ensure

if __name__ == "__main__":  # a worker's process is started by one that has the environment already
    ensure(extras=("corpus",))

import os
import sys
import time
from pathlib import Path

import click
from _command import SETTINGS, run, say

PATH = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.command(
    context_settings=SETTINGS,
    epilog="A run that was stopped goes on when it is started again. Then: python3 scripts/report.py --corpus DIR.",
)
@click.argument("archive", type=PATH)
@click.option("--output", metavar="DIR", type=PATH, help="The folder of the run (default: runs/ARCHIVE).")
@click.option(
    "--columns", metavar="FIELD=NAME", multiple=True,
    help="The archive's name for story, version, published, text or title; may be given several times.",
)  # fmt: skip
@click.option("--preset", type=click.Choice(["revision", "rewrite"]), default="revision", show_default=True)
@click.option("--threshold", type=float, default=0.0, metavar="N", help="0 for the preset's own.")
@click.option(
    "--longest", type=int, default=400_000, metavar="N", help="Characters that a version may have (400,000)."
)
@click.option("--part", type=int, default=0, metavar="N", help="Stories a part (by the archive's size).")
@click.option("--workers", type=int, metavar="N", help="Processes (default: one a processor).")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, instead of processes here.")
@click.option("--tls-ca", type=FILE, help="By which that scheduler is known: a PEM file of its authority.")
@click.option("--tls-cert", type=FILE, help="This client's certificate, signed by the same (PEM).")
@click.option("--tls-key", type=FILE, help="The key of that certificate (PEM).")
@click.option(
    "--seconds", type=float, default=60.0, metavar="N",
    help="What a story may take of a processor before it fails (60; 0 for no limit).",
)  # fmt: skip
@click.option("--retry-failed", is_flag=True, help="Read the stories that failed once more.")
@click.option("--restart", is_flag=True, help="Do away with an earlier run in DIR.")
@click.option(
    "--export", nargs=2, metavar="STORY FOLDER", help="Write one story as a folder for report.py, and stop."
)
def main(
    archive, output, columns, preset, threshold, longest, part, workers, scheduler, tls_ca, tls_cert, tls_key,
    seconds, retry_failed, restart, export,
):  # fmt: skip
    """Read an archive of stories in many versions; write tables of what changed and who speaks.

    ARCHIVE is a folder of stories, a file or folder of JSON Lines, CSV, TSV or Parquet with a row a version, or a
    database of diffengine or NewsEdits. The exit status is 1 where a story failed, and the last line says how many.
    """
    from copydesk.corpus import Options, export_story, run_corpus
    from copydesk.corpus.sentences import run_in_words

    _check_counts(longest=(longest, 1), part=(part, 0), seconds=(seconds, 0))
    settings = Options(preset, threshold, longest, _columns(columns), part)
    if export:
        print(export_story(archive, *export, settings))
        return 0
    workers = os.cpu_count() or 1 if workers is None else max(0, workers)
    folder = output or Path("runs") / archive.name.split(".")[0]
    with _Progress() as progress:
        made = run_corpus(
            archive, folder, settings, workers=workers, cluster=_address(scheduler, tls_ca, tls_cert, tls_key),
            restart=restart, retry_failed=retry_failed, seconds=seconds, progress=progress.report,
        )  # fmt: skip
    for line in run_in_words(made.manifest):
        say(line)
    print(made.folder, flush=True)
    return _say_failed(made)


def _say_failed(made):
    from copydesk.show.counts_and_lists import count

    failed = made.manifest["rows"]["failed"]
    if failed:
        say(
            f"{count(failed, 'story', 'stories')} failed: {made.folder / 'failed'} says why, and --retry-failed tries again."
        )
    return 1 if failed else 0


def _address(scheduler, ca, certificate, key):
    """The `Address` of a scheduler elsewhere, or None."""
    from copydesk.corpus.cluster import Address
    from copydesk.errors import InputError

    files = ca, certificate, key
    if not scheduler:
        if any(files):
            raise InputError("--tls-ca, --tls-cert and --tls-key belong to a --scheduler; name its address.")
        return None
    if any(files) and not all(files):
        raise InputError("--tls-ca, --tls-cert and --tls-key go together; give all three.")
    if any(files) != scheduler.startswith("tls://"):
        raise InputError(
            f"{scheduler} and the TLS files do not go together; a scheduler at tls:// wants --tls-ca, --tls-cert and "
            "--tls-key, and another takes none."
        )
    if not any(files):
        say(f"{scheduler} is not encrypted: whoever reaches it can run programs as its workers.")
    return Address(scheduler, *map(str, filter(None, files)))


def _columns(pairs):
    from copydesk.errors import InputError

    columns = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or not column:
            raise InputError(f"--columns wants FIELD=NAME, and '{pair}' is not one.")
        columns[name] = column
    return columns


def _check_counts(**counts):
    from copydesk.errors import InputError

    for name, (number, least) in counts.items():
        if not number >= least:
            raise InputError(f"--{name} wants a number of at least {least}.")


class _Progress:
    """A line, or on a terminal a bar: stories done, stories a second, time left."""

    def __enter__(self):
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._started, self._reported = time.monotonic(), -60.0
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

    def report(self, done, stories, failed, before):
        now = time.monotonic()
        pace = self._pace(done, stories, failed, before, now - self._started)
        if self._bar:
            self._bar.update(self._task, completed=done, total=stories, pace=pace)
        elif now - self._reported >= 10 or done == stories:
            self._reported = now
            of = "1 story" if stories == 1 else f"{stories} stories"
            say(f"{done} of {of}{pace and ', ' + pace}")

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
    sys.exit(run(main, stopped="Stopped; the same command goes on from here."))
