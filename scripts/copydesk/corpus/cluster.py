"""The parts of a run on Dask: its workers on this machine, or those of a scheduler elsewhere.

Dask distributes, retries and replaces workers; nothing of that is done here. What a scheduler is sent it runs, so
the processes of a run talk by TLS alone, with a key that is made for the run and is written nowhere: another user
of the machine can reach the ports, and is refused. A part that ends its worker again and again is read story by
story in processes of its own, so that only the story at fault fails.
"""

import logging
import os
import time
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from multiprocessing import get_context
from typing import NamedTuple

from copydesk.corpus import part as one_part
from copydesk.corpus.readers import Rows
from copydesk.errors import InputError

try:
    import resource
except ImportError:  # Windows
    resource = None

# Parts that wait at the scheduler for each worker: enough that none is idle, few enough that nothing piles up.
_WAITING = 3
# How often a story may end the process that reads it before that is its own fault: once may be chance.
_DEATHS = 2


class Address(NamedTuple):
    """Where a scheduler is (`tls://HOST:8786`), and the files by which it and this client know each other."""

    scheduler: str
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None


def on_dask(parts, job, workers, address):
    """For each part its receipt, or the passing fault that hindered it, as Dask's workers finish them."""
    try:
        with open_client(workers, job.work, address) as client:
            yield from over_workers(client, parts, job, ours=address is None)
    except CancelledError:
        yield ConnectionError("the scheduler is lost")


def over_workers(client, parts, job, ours=True):
    """The same by a client. Only a few parts wait at the scheduler at a time, so that its memory is flat.

    ours: whether the workers read for this run alone, and one story at a time.
    """
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    parts, under_way = iter(parts), {}
    read = _read_or_end if ours else None

    def submit():
        most = _WAITING * _n_workers(client)
        while len(under_way) < most and (part := next(parts, None)) is not None:
            key = f"{job.run_id[:12]}-{part.number}"
            future = client.submit(
                _do_part, part, job, read, key=key, retries=one_part.ATTEMPTS - 1, pure=False
            )
            under_way[key] = part
            yield future

    running = as_completed(list(submit()))
    for future in running:
        part = under_way.pop(future.key)
        try:
            found = future.result()
        except KilledWorker:
            with closing(_Alone()) as alone:
                found = one_part.do_part(part, job, alone)
        except one_part.PASSING as error:
            found = error
        future.release()
        running.update(submit())
        yield found


def _n_workers(client):
    return max(1, len(client.scheduler_info(n_workers=-1)["workers"]))


def _do_part(part, job, read):
    """Do a part in a worker; a passing fault is given a moment to pass before Dask tries again."""
    try:
        return one_part.do_part(part, job, read)
    except one_part.PASSING:
        time.sleep(one_part.PAUSE)
        raise


def _read_or_end(story, places, job, reader):
    """Read a story in a process of our own, which ends where the story holds it for good in one step of C.

    The limit counts the processor's seconds, as that of `part.read_or_fail`, which comes first. Windows has none.
    """
    if not job.seconds or resource is None:
        return one_part.read_or_fail(story, places, job, reader)
    before = resource.getrlimit(resource.RLIMIT_CPU)
    end = int(time.process_time() + job.seconds + max(job.seconds, 5)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (end, before[1]))
    try:
        return one_part.read_or_fail(story, places, job, reader)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)


@contextmanager
def open_client(workers, place, address=None):
    """A client of the scheduler at an `Address`, or of one on this machine with so many workers.

    place: a folder of the run's own, for what workers put on disk.
    """
    import dask

    # Each part is a file of its own that was written before it is reported; nothing need be kept in memory.
    settings = {
        "distributed.scheduler.allowed-failures": 3,
        # The scheduler imports from its folder, which is otherwise one of a known name among everybody's.
        "temporary-directory": str(place),
        "distributed.comm.timeouts.connect": "20s",
        # Workers would keep an hour of profiles of every second: a hundred megabytes that nobody looks at.
        "distributed.worker.profile.enabled": False,
    }
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it meets is said here, in one sentence
    with dask.config.set(settings), _elsewhere(address) if address else _here(workers, place) as client:
        yield client


@contextmanager
def _here(workers, place):
    from distributed import Client, LocalCluster
    from distributed.security import Security

    security = Security.temporary()
    cluster = LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", protocol="tls://",
        security=security, dashboard_address="127.0.0.1:0", worker_dashboard_address=None, silence_logs=50,
        local_directory=str(place),
    )  # fmt: skip
    with cluster, Client(cluster, security=security) as client:
        yield client


@contextmanager
def _elsewhere(address):
    from distributed import Client
    from distributed.security import Security

    files = {"tls_ca_file": address.ca, "tls_client_cert": address.certificate, "tls_client_key": address.key}
    files = {name: os.path.abspath(file) for name, file in files.items() if file}
    security = Security(**files, require_encryption=bool(files))
    try:
        client = Client(address.scheduler, timeout=20, security=security)
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"No Dask scheduler answers at {address.scheduler} ({error}).") from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise InputError(
                f"The scheduler at {address.scheduler} has no workers; start some with dask worker."
            )
        yield client


# --- stories that end the process that reads them ---------------------------------------------------


class _Alone:
    """Reads stories in a process beside this one, which may come to an end without harm."""

    def __init__(self):
        self._pool = None

    def __call__(self, story, places, job, _):
        for _ in range(_DEATHS):
            self._pool = self._pool or ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            try:
                return self._pool.submit(_in_own_process, story, places, job).result()
            except BrokenProcessPool:
                self._pool = None
        return one_part.failure(story, "the process that read it came to a sudden end")

    def close(self):
        if self._pool:
            self._pool.shutdown()


def _in_own_process(story, places, job):
    with Rows(job.source, job.work) as reader:
        return _read_or_end(story, places, job, reader)
