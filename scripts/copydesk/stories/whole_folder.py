"""Writing several files into a folder so that all of them come there, or none."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.errors import InputError


@contextmanager
def written_whole(folder: str | Path) -> Iterator[Path]:
    """A new folder to write into, whose files are put into `folder` when the block has ended well.

    Other files that stand there stay. Raises InputError where the disk is full or the folder cannot be written.
    """
    folder = Path(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        build = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".new", dir=folder.parent))
        try:
            yield build
            for path in sorted(one for one in build.rglob("*") if one.is_file()):
                place = folder / path.relative_to(build)
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, place)
        finally:
            shutil.rmtree(build, ignore_errors=True)
    except OSError as error:
        # Of many files that could not be copied, the first tells why.
        reason = error.args[0][0][2] if isinstance(error, shutil.Error) else error.strerror
        raise InputError(
            f"{folder} cannot be written ({reason}); make room or name another folder."
        ) from error
