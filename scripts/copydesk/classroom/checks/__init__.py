"""Checks for the exercises of the lessons: they say what is wrong with an answer, not just that it is wrong.

A lesson calls `check("overlap", overlap)`. In a student's notebook a wrong answer gets its hint, and the notebook goes
on; where nbgrader runs it, the hint is raised, so that it counts as a failed test like any other.

An exercise is a table: steps, each with the slips that are known, as (whether it is this one, what to say). What is
right is worked out from invented sentences or from the story that the lesson reads.
"""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

from copydesk.classroom.checks.tables import Hint, is_open
from copydesk.errors import InputError

__all__ = ["Hint", "attempt", "check", "judge"]

_LESSONS = ("changes", "coding", "speakers", "own_story")
_OPEN = "There is no answer yet: write it into the cell above, run that cell, then this one."


def check(exercise: str, answer: object, *more: object) -> None:
    """Say that an answer is right, or what is wrong with it.

    exercise: the name of the exercise, as it stands in the lesson. answer, more: what the lesson hands over.
    Raises Hint where nbgrader grades or validates, and InputError for an exercise that is not there.
    """
    try:
        print(f"Right. {judge(exercise, answer, *more)}")
    except Hint as hint:
        if "NBGRADER_EXECUTION" in os.environ:
            raise
        print(f"Not yet. {hint}")


def judge(exercise: str, answer: object, *more: object) -> str:
    """What to say of a right answer; raises Hint for any other."""
    exercises = {
        name: one
        for lesson in _LESSONS
        for name, one in import_module(f"copydesk.classroom.checks.{lesson}").EXERCISES.items()
    }
    if exercise not in exercises:
        raise InputError(f"There is no exercise '{exercise}'; there are {', '.join(exercises)}.")
    if is_open(answer):
        raise Hint(_OPEN)
    return exercises[exercise].judge(answer, *more)


def attempt(exercise: str, function: Callable, *arguments: object, otherwise: Any) -> Any:
    """What a student's function gives, where it passes the check of its exercise; else `otherwise`, and a line that says so.

    A cell that goes on with an answer uses it, so that an exercise left open does not stop the notebook.
    """
    try:
        judge(exercise, function)
        return function(*arguments)
    except Hint:
        print(f"(Your {exercise} is not there yet; this cell goes on without it.)")
        return otherwise
