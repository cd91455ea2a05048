"""The work on an archive, part by part: in this process, or on Dask's workers here or on a cluster.

Dask distributes, retries and replaces workers; nothing of that is done here. A part that ends its worker again
and again is read story by story in processes of its own, so that only the story at fault fails.
"""

import ast
import hashlib
import json
import shutil
import sqlite3
import tempfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version as package_version
from multiprocessing import get_context
from pathlib import Path
from traceback import extract_tb

from copydesk.corpus.readers import Index, Rows, fingerprint, open_source, whole_path
from copydesk.corpus.store import MANIFEST, NOTED, Run, Store, write_json
from copydesk.corpus.work import TABLES, Options, read_story_rows
from copydesk.engine import codebooks
from copydesk.errors import InputError

# Parts that wait at the scheduler for each worker: enough that none is idle, few enough that nothing piles up.
_WAITING = 3


def run_corpus(archive, output, options=None, *, workers=0, scheduler=None, restart=False, progress=None):
    """Read an archive and write its tables to the folder `output`.

    archive: a path (see `readers`). workers: processes on this machine; 0 does the work in this one, without
    Dask. scheduler: the address of a running Dask scheduler, whose workers reach the archive and the output by
    the same paths. restart: do away with an earlier run there; without it, the same run goes on where it was
    stopped, and another one is refused. progress: called with (stories done, stories, failed, done before).
    Returns a `Run`. Raises InputError in one sentence.
    """
    options = options or Options()
    source = open_source(archive, options.columns)
    store = Store(whole_path(output))
    what = _what(source, options)
    run_id = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
    store.refuse_another(run_id, what, restart)
    work = store.folder / ".work"
    try:
        # The whole archive has been looked through before anything of the run is written.
        with _fresh(work), closing(Index(source, work, options.part)) as index:
            if not index.rows:
                raise InputError(f"{source.path} holds no version of any story; nothing was written.")
            store.claim(run_id, what, restart)
            receipts = _do_parts(index, store, Job(source, options, str(store.folder), str(work), run_id),
                                 workers, scheduler, progress)  # fmt: skip
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise InputError(
            f"The run in {store.folder} stopped ({reason}); mend that, and the same command goes on from there."
        ) from error
    store.drop_parts_from(len(receipts))
    _write_manifest(store, what, receipts)
    return Run(store.folder)


def _what(source, options):
    """What decides the tables: the archive, the parameters, the rules."""
    return {
        "archive": fingerprint(source),
        "parameters": asdict(options),
        "rules": _rules(),
    }


@cache
def _rules():
    """SHA-256 over the modules that read a story, and the codebooks: what is read otherwise is another run."""
    total = hashlib.sha256()
    for path in [*modules_read_with(), *sorted((codebooks.data_folder() / "codebooks").glob("*.toml"))]:
        total.update(f"{path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def modules_read_with():
    """The files of the package's modules that decide what is read, by what they import: sorted list of Paths."""
    package = Path(__file__).resolve().parents[1]
    wanted, paths = [package / "corpus" / "work.py", package / "corpus" / "readers.py"], set()
    while wanted:
        path = wanted.pop()
        if path.is_file() and path not in paths:
            paths.add(path)
            for name in _imported(path):
                place = package / name.replace(".", "/")
                wanted += [place.with_suffix(".py"), place / "__init__.py"]
                wanted += [folder / "__init__.py" for folder in place.parents if package in folder.parents]
    return sorted(paths)


def _imported(path):
    """The names of the package's modules that a module may import."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "copydesk":
            inner = node.module.split(".")[1:]
            yield ".".join(inner)
            yield from (".".join([*inner, alias.name]) for alias in node.names)


@contextmanager
def _fresh(folder):
    """A folder for what a run needs while it runs; where nothing else was written, the run's own goes with it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()


# --- a part -----------------------------------------------------------------------------------------


class Job:
    """What every part needs to know. It goes with each: what is only kept on workers is lost with them."""

    def __init__(self, source, options, folder, work, run_id):
        # Of a folder of stories the places tell which; the list may be long.
        self.source = source._replace(files=[one for one in source.files if one[0] != "folder"])
        self.options, self.folder, self.work, self.run_id = options, folder, work, run_id


def do_part(part, job, read=None):
    """Do a part and return its receipt; one that is finished already is left as it is."""
    store = Store(job.folder)
    done = store.receipt(part.number, job.run_id)
    if done:
        return done
    rows = {name: [] for name in TABLES}
    with Rows(job.source, job.work) as reader:
        for story, places in part.stories:
            found = (read or _read_story)(story, places, job, reader)
            for name in TABLES:
                rows[name] += found[name]
    return store.write_part(part.number, rows, len(part.stories), job.run_id)


def _read_story(story, places, job, reader):
    """The rows of a story; where it cannot be read, of `failed` alone."""
    try:
        return read_story_rows(story, reader.read(places), job.options)
    except InputError as error:
        return failure(story, str(error))
    except Exception as error:  # noqa: BLE001 - a bug of ours: the other stories go on
        place = extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        return failure(story, f"{type(error).__name__}: {str(error)[:200]} ({where})")


def failure(story, reason):
    """The rows of a story that could not be read."""
    return {name: [] for name in TABLES} | {"failed": [(story, reason)]}


# --- all parts --------------------------------------------------------------------------------------


def _do_parts(index, store, job, workers, scheduler, progress):
    """The receipts of all parts, in order."""
    receipts, waiting = {}, []
    tell = _Told(progress, index.stories, receipts)
    for part in index.parts():
        done = store.receipt(part.number, job.run_id)
        if done:
            receipts[part.number] = done
            tell.before += done["stories"]
        else:
            waiting.append(part.number)
    tell()
    if waiting:
        todo = set(waiting)
        parts = (part for part in index.parts() if part.number in todo)
        done = _on_dask(parts, job, workers, scheduler) if workers or scheduler else _here(parts, job)
        for receipt in done:
            receipts[receipt["part"]] = receipt
            tell()
    return [receipts[number] for number in sorted(receipts)]


class _Told:
    """Tells how far the work is."""

    def __init__(self, progress, stories, receipts):
        self._progress, self._stories, self._receipts = progress, stories, receipts
        self.before = 0

    def __call__(self):
        if self._progress:
            done = sum(one["stories"] for one in self._receipts.values())
            failed = sum(one["tables"]["failed"]["rows"] for one in self._receipts.values())
            self._progress(done, self._stories, failed, self.before)


def _here(parts, job):
    for part in parts:
        yield do_part(part, job)


def _on_dask(parts, job, workers, scheduler):
    with open_client(workers, scheduler) as client:
        yield from over_workers(client, parts, job)


def over_workers(client, parts, job):
    """The receipts of parts as a client's workers finish them. Only a few parts wait at the scheduler at a time,
    so that its memory is flat."""
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    parts, under_way = iter(parts), {}

    def submit():
        limit = _WAITING * _n_workers(client)
        while len(under_way) < limit and (part := next(parts, None)) is not None:
            key = f"{job.run_id[:12]}-{part.number}"
            future = client.submit(do_part, part, job, key=key, retries=3, pure=False)
            under_way[key] = part
            yield future

    running = as_completed(list(submit()))
    for future in running:
        part = under_way.pop(future.key)
        try:
            receipt = future.result()
        except KilledWorker:
            with closing(_Alone()) as alone:
                receipt = do_part(part, job, alone)
        future.release()
        running.update(submit())
        yield receipt


def _n_workers(client):
    return max(1, len(client.scheduler_info(n_workers=-1)["workers"]))


@contextmanager
def open_client(workers, scheduler):
    """A client of the scheduler at an address, or of one on this machine with so many workers."""
    import dask
    from distributed import Client, LocalCluster

    # Each part is a file of its own that was written before it is reported; nothing need be kept in memory.
    settings = {
        "distributed.scheduler.allowed-failures": 3,
        "distributed.comm.timeouts.connect": "20s",
        # Workers would keep an hour of profiles of every second: a hundred megabytes that nobody looks at.
        "distributed.worker.profile.enabled": False,
    }
    with dask.config.set(settings):
        if scheduler:
            try:
                client = Client(scheduler, timeout=20)
            except (OSError, ValueError) as error:
                raise InputError(f"No Dask scheduler answers at {scheduler} ({error}).") from None
            with client:
                if not client.scheduler_info()["workers"]:
                    raise InputError(
                        f"The scheduler at {scheduler} has no workers; start some with dask worker."
                    )
                yield client
            return
        cluster = LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0",
            host="127.0.0.1",
            silence_logs=50, local_directory=str(Path(tempfile.gettempdir()) / "copydesk-dask"),
        )  # fmt: skip
        with cluster, Client(cluster) as client:
            yield client


# --- stories that end the process that reads them ---------------------------------------------------


class _Alone:
    """Reads stories in a process beside this one, which may come to an end without harm."""

    def __init__(self):
        self._pool = None

    def __call__(self, story, places, job, _):
        self._pool = self._pool or ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        try:
            return self._pool.submit(_in_own_process, story, places, job).result()
        except BrokenProcessPool:
            self._pool = None
            return failure(story, "the process that read it came to a sudden end")

    def close(self):
        if self._pool:
            self._pool.shutdown()


def _in_own_process(story, places, job):
    with Rows(job.source, job.work) as reader:
        return _read_story(story, places, job, reader)


# --- the manifest -----------------------------------------------------------------------------------


def _write_manifest(store, what, receipts):
    """What the run was and what it gave: no times in it, so that the same run has the same manifest."""
    import pyarrow

    counts = {name: sum(one["tables"][name]["rows"] for one in receipts) for name in TABLES}
    content = {
        **what,
        "package": f"copydesk {package_version('copydesk')}",
        "pyarrow": pyarrow.__version__,
        "stories": sum(one["stories"] for one in receipts),
        "rows": counts,
        **{name: sum(one[name] for one in receipts) for name in NOTED},
        "parts": [
            {"part": one["part"], "stories": one["stories"], "tables": one["tables"]} for one in receipts
        ],
    }
    write_json(store.folder / MANIFEST, content)
