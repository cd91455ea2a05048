"""Lessons, and what a teacher needs around them: workbooks, coding sheets, a class's codings, an install without
a network.

A lesson's cells use `check`, `attempt` and what shows the tasks of a story; the rest is what `scripts/classroom.py` calls.
"""

from importlib import import_module

_HOME = {
    "Hint": "checks",
    "attempt": "checks",
    "check": "checks",
    "phrases_of": "tasks",
    "practice_files": "tasks",
    "read_instead": "tasks",
    "build": "lessons",
    "write_workbooks": "lessons",
    "collect": "collecting",
    "pack": "packing",
}

__all__ = [*_HOME]  # noqa: PLE0604


def __getattr__(name):
    if name in _HOME:
        return getattr(import_module(f"copydesk.classroom.{_HOME[name]}"), name)
    raise AttributeError(f"module 'copydesk.classroom' has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
