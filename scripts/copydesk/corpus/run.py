"""The work on an archive, part by part: in this process, or on Dask's workers (`cluster`).

A part that is hindered by what is around it is tried again; if that does not help the run stops, to go on later where
it was.
"""

import ast
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import asdict
from functools import cache
from importlib.metadata import version as package_version
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.corpus.part import PASSING, STORY_SECONDS, Job, do_part_patiently
from copydesk.corpus.readers import Index, fingerprint, open_source, whole_path
from copydesk.corpus.store import MANIFEST, NOTED, WORK, Run, Store, write_json
from copydesk.corpus.story_rows import TABLES, Options
from copydesk.engine import toml_files
from copydesk.errors import InputError

if TYPE_CHECKING:
    from copydesk.corpus.cluster import Address

# So many parts that cannot be done, and the fault is no single file's: the run stops.
_MOST_STUCK = 3


def run_corpus(
    archive: str | Path, output: str | Path, options: Options | None=None, *, workers: int=0, cluster: "Address | None"=None, restart: bool=False, retry_failed: bool=False,
    seconds: float=STORY_SECONDS, progress: Callable[[int, int, int, int], None] | None=None,
) -> Run:  # fmt: skip
    """Read an archive and write its tables to the folder `output`.

    archive: a path (see `readers`). workers: processes on this machine; 0 does the work in this one, without
    Dask. cluster: `cluster.Address` of a running Dask scheduler, whose workers reach the archive and the output by
    the same paths. restart: do away with an earlier run there; without it, the same run goes on where it was
    stopped, and another one is refused. retry_failed: read the parts anew in which a story failed. seconds: what a
    story may take of a processor before it fails (0: no limit). progress: called with (stories done, stories,
    failed, done before). Returns a `Run`. Raises InputError in one sentence.
    """
    options = options or Options()
    source = open_source(archive, options.columns)
    store = Store(whole_path(output))
    try:
        what = _what(source, options)
        run_id = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
        with store.held():
            store.refuse_another(run_id, what, restart)
            with _fresh(store.folder) as work:
                job = Job(source, options, str(store.folder), work, run_id, seconds)
                receipts = _do_archive(store, job, what, (workers, cluster), restart, retry_failed, progress)
                _refuse_changed(source, what["archive"])
            store.drop_parts_from(len(receipts))
            _write_manifest(store, what, receipts)
    except PASSING as error:
        raise InputError(
            f"The run in {store.folder} stopped ({in_words(error)}); fix that, and the same command goes on from there."
        ) from error
    return Run(store.folder)


def in_words(error):
    """What a passing fault says of itself, with the file that it names."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    name = getattr(error, "filename", None)
    return f"{reason}: {name}" if name and str(name) not in reason else reason


def _do_archive(store, job, what, where, restart, retry_failed, progress):
    """The receipts of all parts. The archive has been looked through before anything of the run is written."""
    with closing(Index(job.source, job.work, job.options.part)) as index:
        if not index.rows:
            raise InputError(f"{job.source.path} holds no version of any story; nothing was written.")
        store.claim(job.run_id, what, restart)
        if retry_failed:
            store.forget_failed()
        return _do_parts(index, store, job.without_folders(), where, progress)


def _refuse_changed(source, before):
    if fingerprint(source) != before:
        raise InputError(
            f"{source.path} has changed while it was read; start the command again with --restart."
        )


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
    for path in [*modules_read_with(), *sorted((toml_files.data_folder() / "codebooks").glob("*.toml"))]:
        total.update(f"{path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def modules_read_with():
    """The files of the package's modules that decide what is read, by what they import: sorted list of Paths."""
    package = Path(__file__).resolve().parents[1]
    wanted, paths = [package / "corpus" / "story_rows.py", package / "corpus" / "readers.py"], set()
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
    """A folder of its own for what a run needs while it runs; what killed runs have left there goes."""
    for left in folder.glob(f"{WORK}*"):
        shutil.rmtree(left, ignore_errors=True)
    work = tempfile.mkdtemp(prefix=WORK, dir=folder)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


# --- all parts --------------------------------------------------------------------------------------


def _do_parts(index, store, job, where, progress):
    """The receipts of all parts, in order. Raises what hindered a part, when the others are done."""
    receipts, todo = {}, set()
    tell = _Told(progress, index.stories, receipts)
    for part in index.parts():
        done = store.receipt(part.number, job.run_id)
        if done:
            receipts[part.number] = done
            tell.before += done["stories"]
        else:
            todo.add(part.number)
    tell()
    if todo:
        parts = (part for part in index.parts() if part.number in todo)
        with closing(_results(parts, job, *where)) as results:
            _collect(results, receipts, tell)
    return [receipts[number] for number in sorted(receipts)]


def _results(parts, job, workers, cluster):
    """For each part its receipt, or the passing fault that hindered it."""
    if workers or cluster:
        from copydesk.corpus.cluster import on_dask

        yield from on_dask(parts, job, workers, cluster)
        return
    for part in parts:
        try:
            yield do_part_patiently(part, job)
        except PASSING as error:
            yield error


def _collect(results, receipts, tell):
    stuck = []
    for found in results:
        if isinstance(found, BaseException):
            stuck.append(found)
            if len(stuck) == _MOST_STUCK:
                break
        else:
            receipts[found["part"]] = found
            tell()
    if stuck:
        raise stuck[0]


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
