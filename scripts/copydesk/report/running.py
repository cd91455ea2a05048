"""Running notebooks by papermill: one warm kernel serves them one after another, each in a namespace of its own."""

import os
import re
import subprocess
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.engine import light_imports
from copydesk.report.workshop import FULL

_SECONDS_TO_START = 60  # nbclient's own limit for a kernel
CELL_SECONDS = 600  # the longest that a cell may run, where no other limit is given

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ERRNO = re.compile(r"\[Errno (\d+)\]")
_HEADING = re.compile(r"^#{1,3} +(.+)$", re.MULTILINE)
# What a kernel does before its first notebook, and before the next one: forget the last, and count its cells from 1.
_WARM = "__import__('copydesk.report.warm')"
_FRESH = "get_ipython().reset(new_session=False); get_ipython().execution_count = 1"


@dataclass
class Failure:
    """A notebook that did not run to its end: its name, the cell, the error, and the executed copy."""

    notebook: str
    cell: int | None
    error: str
    copy: Path | None = None
    is_input: bool = False


@dataclass
class Job:
    """A notebook to run: its path, its parameters, and what stands for their paths in the executed copy."""

    path: Path
    parameters: dict[str, Any]
    shown: Mapping[str, Any]


def run_all(
    jobs: list[Job], folder: Path, kernels: int, timeout: int | None, tell: Callable
) -> list[Failure]:
    """Run notebooks into `folder/executed`; the failures among them.

    kernels: how many at once, each of which serves its notebooks one after another. timeout: seconds a cell may
    run. tell: called with (notebook's name, "running", "done" or "failed", what it is at).
    """
    (folder / "executed").mkdir()
    queue = list(jobs)
    lock, importing = threading.Lock(), threading.Lock()

    def serve(_):
        failures, kernel = [], _Kernel(folder)
        try:
            kernel.start()  # which then imports its libraries while this process imports papermill
            with importing:
                light_imports.papermill()
            while True:
                with lock:
                    job = queue.pop(0) if queue else None
                if job is None:
                    return failures
                failure = _run(job, folder, kernel, timeout or CELL_SECONDS, tell)
                failures += [failure] if failure else []
        finally:
            kernel.stop()

    workers = max(1, min(len(jobs), kernels))
    with _kernels_apart(folder.parent), ThreadPoolExecutor(workers) as pool:
        found = [failure for failures in pool.map(serve, range(workers)) for failure in failures]
    return sorted(found, key=lambda failure: failure.notebook)


def _for_papermill(path):
    """A path as papermill wants it: braces would stand for parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


@contextmanager
def _kernels_apart(folder):
    """Kernels write what they need into the workshop, and read no settings and no history of the user's."""
    apart = {
        "JUPYTER_RUNTIME_DIR": str(folder / "kernels"),
        "IPYTHONDIR": str(folder / "ipython"),
        # A kernel that the user has installed elsewhere under this name is not ours.
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    before = {name: os.environ.get(name) for name in apart}
    os.environ.update(apart)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Kernel:
    """A kernel that outlives the notebook that it runs; a new one takes its place when it is lost."""

    def __init__(self, folder):
        self.folder = folder
        self._manager, self._client, self._has_run = None, None, False

    def start(self):
        """Start the process, which imports what notebooks work with before it is asked for anything."""
        from jupyter_client.manager import AsyncKernelManager
        from jupyter_client.utils import run_sync
        from traitlets.config import Config

        # Without encryption a kernel prints a warning; with IPC, parallel kernels share their sockets.
        config = Config({"KernelManager": {"transport_encryption": "auto"}})
        self._manager = AsyncKernelManager(kernel_name="python3", config=config)
        run_sync(self._manager.start_kernel)(
            extra_arguments=["--HistoryManager.hist_file=:memory:"],
            # papermill's `cwd` would change the folder of this whole process, with all its threads.
            cwd=str(self.folder),
            env={**os.environ, "COPYDESK_WIDGETS": "0"},
            stderr=subprocess.DEVNULL,  # what a cell says comes by messages; a kernel that dies is reported in a sentence
        )
        self._client = self._manager.client()
        self._client.allow_stdin = False
        self._client.start_channels()
        self._client.execute(_WARM, silent=True)

    def execute(self, manager, timeout, watch):
        """Run a notebook's cells. manager: papermill's, of the notebook's execution."""
        from jupyter_client.utils import run_sync
        from papermill.clientwrap import PapermillNotebookClient

        watch.notebook = manager.nb
        if self._manager is None:
            self.start()
        if self._has_run:
            self._client.execute(_FRESH, silent=True)
        else:
            run_sync(self._client.wait_for_ready)(timeout=_SECONDS_TO_START)
        self._has_run = True
        client = PapermillNotebookClient(
            manager, km=self._manager, timeout=timeout, on_cell_execute=watch.cell
        )
        client.owns_km, client.kc = False, self._client
        client.execute()

    def stop(self):
        """End the kernel."""
        from jupyter_client.utils import ensure_async, run_sync

        manager, client = self._manager, self._client
        self._manager, self._client, self._has_run = None, None, False

        async def end():
            with suppress(RuntimeError):  # it died
                await ensure_async(manager.shutdown_kernel(now=True))
            await ensure_async(manager.cleanup_resources())

        if client is not None:
            client.stop_channels()
        if manager is not None:
            run_sync(end)()


def _run(job, folder, kernel, timeout, tell):
    """Run one notebook; a Failure if it does not come to its end."""
    from nbclient.exceptions import CellTimeoutError
    from papermill.exceptions import PapermillExecutionError

    name = job.path.stem
    watch = _Watch(name, tell)
    tell(name, "running")
    failure = None
    try:
        _execute(job, folder, kernel, timeout, watch)
    except PapermillExecutionError as error:
        failure = _failure(name, error)
    except CellTimeoutError:
        watch.save(folder / "executed" / job.path.name)
        failure = Failure(name, watch.number, f"the cell ran longer than {timeout} seconds (--timeout)")
    except RuntimeError as error:  # nbclient's word for a kernel that died or never answered
        watch.save(folder / "executed" / job.path.name)
        failure = Failure(name, watch.number, f"{' '.join(str(error).split())[:300]} (too little memory?)")
    if failure:
        kernel.stop()  # whatever state it is in, the next notebook gets another
    tell(name, "failed" if failure else "done")
    return failure


def _execute(job, folder, kernel, timeout, watch):
    """Run one notebook by papermill, and write its executed copy without this machine's paths and times."""
    from papermill.engines import NBClientEngine, papermill_engines

    class Warm(NBClientEngine):
        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, **_):
            kernel.execute(nb_man, timeout, watch)

    engine = f"copydesk-{threading.get_ident()}"
    papermill_engines.register(engine, Warm)
    path = folder / "executed" / job.path.name
    try:
        light_imports.papermill().execute_notebook(
            _for_papermill(job.path),
            _for_papermill(path),
            parameters=job.parameters,
            engine_name=engine,
            progress_bar=False,
            kernel_name="python3",
            # Written once, at the end: papermill would write the whole notebook twice a cell.
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
        )
    except OSError:
        path.unlink(missing_ok=True)  # half-written, on a full disk
        raise
    finally:
        if path.is_file():
            _without_machine(path, job)


def _without_machine(path, job):
    """Take out of an executed notebook when and where it ran: the same run gives the same bytes anywhere."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        cell.pop("id", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.source = "# Parameters\n" + "\n".join(
                f"{name} = {job.shown.get(name, value)!r}" for name, value in job.parameters.items()
            )
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def _failure(name, error):
    """A Failure in one sentence; an InputError for a full disk, whoever met it."""
    sentence = " ".join(_ANSI.sub("", error.evalue).split()) or error.ename
    if error.ename == "InputError":
        return Failure(name, error.exec_count, sentence, is_input=True)
    number = _ERRNO.search(sentence)
    if error.ename == "OSError" and number and int(number.group(1)) in FULL:
        raise OSError(int(number.group(1)), sentence)
    return Failure(name, error.exec_count, f"{error.ename}: {sentence}"[:500])


class _Watch:
    """Follows a notebook as it runs, to say what it is at and to keep it if its kernel is lost."""

    def __init__(self, name, tell):
        self.name, self.tell = name, tell
        self.notebook, self.number = None, None

    def cell(self, cell, cell_index):
        if cell.cell_type != "code":
            return
        before = self.notebook.cells[: cell_index + 1]
        self.number = sum(one.cell_type == "code" for one in before)
        headings = [
            heading
            for one in before
            if one.cell_type == "markdown"
            for heading in _HEADING.findall(one.source)
        ]
        self.tell(self.name, "running", headings[-1] if headings else f"cell {self.number}")

    def save(self, path):
        import nbformat

        if self.notebook is not None:
            path.write_text(nbformat.writes(self.notebook), encoding="utf-8")
