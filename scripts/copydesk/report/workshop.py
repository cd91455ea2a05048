"""A folder beside a report in which the next one is built, and the step by which it takes its place.

No system call swaps two folders everywhere, so the step is two renames: the earlier report aside, the new one
into its place. A journal, written when the new report is whole, says what they are; a run that is killed in
between leaves it to the next one, which puts in place whatever the place lacks. Beside every workshop is a file
that its run locks before it makes the workshop, for as long as it lives: where that is not locked, the run is dead
and its workshop is cleared away. Two runs at once have a workshop each; both publish a whole report, and the later
one stays.
"""

import errno
import glob
import json
import os
import secrets
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from copydesk.errors import InputError

# What an operating system says when there is no more room: the disk, the quota, the size of a file.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def open_workshop(output):
    """A `Workshop` for the report folder `output`; cleared away at the end, whatever happens.

    What dead runs have left is put in order first. Raises InputError where the folder cannot be written.
    """
    output = Path(os.path.realpath(output))
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        recover(output)
        _check_place(output)
        workshop = Workshop(output)
    except OSError as error:
        raise cannot_write(output, error) from error
    try:
        yield workshop
    finally:
        workshop.close()


def _check_place(output):
    """Refuse to replace what is no report: a story's own folder, say."""
    if output.exists() and not output.is_dir():
        raise InputError(f"{output} is a file; name another folder with --output.")
    if output.is_dir() and any(output.iterdir()) and not (output / "index.html").is_file():
        raise InputError(f"{output} holds files that are no report; name another folder with --output.")


def recover(output):
    """Complete or undo what runs that were killed left half done at `output`, and clear their folders away."""
    output = Path(output)
    for folder in sorted(output.parent.glob(f".{glob.escape(output.name)}.*.run")):
        with (
            suppress(Timeout, OSError),
            _lock(folder).acquire(blocking=False),
        ):  # else its run lives, or is another user's
            if not output.exists():
                _complete(folder, output)
            _remove(folder)


def cannot_write(place, error):
    """The InputError for an OSError met while writing at `place`."""
    if error.errno in FULL:
        return InputError(f"There is no room left to write {place}; free some, or name another --output.")
    return InputError(f"{place} cannot be written ({error.strerror or error}); name another with --output.")


class Workshop:
    """`report`: the folder in which to build. `publish` puts it in place of the folder `output`."""

    def __init__(self, output):
        self.output = output
        self.folder = output.with_name(f".{output.name}.{secrets.token_hex(4)}.run")
        self._held = _lock(self.folder).acquire()
        self.folder.mkdir()
        self.report = self.folder / "report"
        self.report.mkdir()

    def publish(self):
        """Put the report in its place. Only a whole report may come here."""
        try:
            (self.folder / "journal").write_text(
                json.dumps({"place": self.output.name, "new": "report", "earlier": "earlier"}),
                encoding="utf-8",
            )
            self._swap()
        except OSError as error:
            self._put_back()
            raise cannot_write(self.output, error) from error

    def _swap(self):
        for attempt in range(100):
            with suppress(FileNotFoundError):
                os.rename(self.output, self.folder / f"earlier{attempt or ''}")
            try:
                return os.rename(self.report, self.output)
            except OSError:
                if not self.output.exists():
                    raise
                time.sleep(0.01)  # another run has published in between; its report is now the earlier one
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    def _put_back(self):
        if not self.output.exists():
            with suppress(OSError):
                _complete(self.folder, self.output, names=("earlier",))

    def close(self):
        with self._held:
            _remove(self.folder)


def _lock(folder):
    return FileLock(folder.with_suffix(".lock"), thread_local=False)


def _complete(folder, output, names=("report", "earlier")):
    """Put in place the new report, if the journal says that it is whole, else the earlier one."""
    if not (folder / "journal").is_file():
        return
    for name in names:
        if (folder / name).is_dir():
            os.rename(folder / name, output)
            return


def _remove(folder):
    """Remove a workshop. A killed run's kernels may write for a moment yet: once more, then."""
    for _ in range(5):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(0.3)
    folder.with_suffix(".lock").unlink(missing_ok=True)
