"""A part of an archive: its stories read one after another, written as tables with a receipt.

Two kinds of fault are kept apart. A story that is wrong in itself stands in `failed`, with the reason. A fault of
what is around it, a disk that is full or an archive out of reach, is never written down as a story's.
"""

import sqlite3
import time
from pathlib import Path
from traceback import extract_tb

from copydesk.corpus.readers import Rows
from copydesk.corpus.store import Store
from copydesk.corpus.story_rows import TABLES, read_story_rows
from copydesk.corpus.time_limit import OutOfTime, limit
from copydesk.errors import InputError

# The processor's seconds that a story may take, where no other limit is given: a thousand times what one takes.
STORY_SECONDS = 60
# What is around a story, not in it: tried again, and never written down as the story's fault.
PASSING = (OSError, MemoryError, sqlite3.OperationalError)
# How often a part is tried, and how many seconds pass in between.
ATTEMPTS, PAUSE = 4, 2.0


class Job:
    """What every part needs to know. It goes with each: what is only kept on workers is lost with them."""

    def __init__(self, source, options, folder, work, run_id, seconds=STORY_SECONDS):
        self.source, self.options, self.folder = source, options, folder
        self.work, self.run_id, self.seconds = work, run_id, seconds

    def without_folders(self):
        """The same for the parts: of a folder of stories their places tell which, and the list may be long."""
        files = [one for one in self.source.files if one[0] != "folder"]
        source = self.source._replace(files=files)
        return Job(source, self.options, self.folder, self.work, self.run_id, self.seconds)


def do_part(part, job, read=None):
    """Do a part and return its receipt; one that is finished already is left as it is."""
    store = Store(job.folder)
    done = store.receipt(part.number, job.run_id)
    if done:
        return done
    rows = {name: [] for name in TABLES}
    with Rows(job.source, job.work) as reader:
        for story, places in part.stories:
            found = (read or read_or_fail)(story, places, job, reader)
            for name in TABLES:
                rows[name] += found[name]
    return store.write_part(part.number, rows, len(part.stories), job.run_id)


def do_part_patiently(part, job):
    """Do a part; where what is around it fails, try again after a pause."""
    for _ in range(ATTEMPTS - 1):
        try:
            return do_part(part, job)
        except PASSING:
            time.sleep(PAUSE)
    return do_part(part, job)


def read_or_fail(story, places, job, reader):
    """The rows of a story; where it cannot be read, of `failed` alone. Raises what is `PASSING`."""
    try:
        with limit(job.seconds):
            return read_story_rows(story, reader.read(places), job.options)
    except PASSING:
        raise
    except OutOfTime:
        return failure(story, f"it took longer than {job.seconds:g} seconds of a processor (--seconds)")
    except InputError as error:
        return failure(story, str(error))
    except Exception as error:  # noqa: BLE001 - a bug of ours: the other stories go on
        place = extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        return failure(story, f"{type(error).__name__}: {str(error)[:200]} ({where})")


def failure(story, reason):
    """The rows of a story that could not be read."""
    return {name: [] for name in TABLES} | {"failed": [(story, reason)]}
