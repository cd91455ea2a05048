"""A limit of the processor's seconds for a piece of work.

Counted is the time that the work itself takes, so that neither a busy machine, nor a process that was stopped for a
while, nor a clock that is put right makes a story fail.
"""

import ctypes
import threading
import time
from contextlib import contextmanager

_LOOK_EVERY = 0.2  # seconds between two looks of the watch


class OutOfTime(BaseException):
    """The work took longer than its limit. No `Exception`, so that nothing in the work takes it for its own."""


@contextmanager
def limit(seconds):
    """Raise OutOfTime in the block when it has used so many of the processor's seconds (0: no limit).

    The exception comes between two steps of Python: one long step in C, a search of a regular expression say,
    ends first.
    """
    if not seconds:
        yield
        return
    watched = _Watched(threading.get_ident(), seconds)
    _WATCH.add(watched)
    try:
        yield
    finally:
        _WATCH.remove(watched)
        for _ in range(2):  # what was already on its way arrives at the turn of a loop: here, and not later
            pass


class _Watched:
    def __init__(self, thread, seconds):
        self.thread = thread
        self._clock = getattr(time, "pthread_getcpuclockid", lambda _: None)(thread)
        self.end = self.now() + seconds

    def now(self):
        # Where a thread has no clock of its own, that of the process: a worker reads one story at a time.
        return time.process_time() if self._clock is None else time.clock_gettime(self._clock)


class _Watch:
    """One thread that looks at all work under way, as long as there is some."""

    def __init__(self):
        self._lock, self._watched, self._thread = threading.Lock(), [], None

    def add(self, watched):
        with self._lock:
            self._watched.append(watched)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="copydesk-limit", daemon=True)
                self._thread.start()

    def remove(self, watched):
        with self._lock:
            if watched in self._watched:
                self._watched.remove(watched)

    def _look(self):
        idle = 0
        while True:
            time.sleep(_LOOK_EVERY)
            with self._lock:
                idle = 0 if self._watched else idle + 1
                if idle > 5 / _LOOK_EVERY:
                    self._thread = None
                    return
                for watched in [one for one in self._watched if one.now() > one.end]:
                    self._watched.remove(watched)
                    _raise_in(watched.thread)


def _raise_in(thread):
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OutOfTime))


_WATCH = _Watch()
