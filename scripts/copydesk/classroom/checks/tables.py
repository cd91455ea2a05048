"""What the tables of exercises are made of."""

import dis
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from numbers import Real
from types import FunctionType, SimpleNamespace
from typing import Any, NamedTuple

Slip = tuple[Callable[[Any], Any], str]


class Hint(AssertionError):
    """What is wrong with an answer, in a sentence or two for the one who gave it."""

    def _render_traceback_(self) -> list[str]:
        return [f"Not yet. {self}"]


class Step(NamedTuple):
    """facts: from the answer and what the lesson hands over to a SimpleNamespace, or a Hint where that cannot be.
    slips: (predicate of the facts, hint); the first that is true is told. A hint is a format string of the facts, and
    of `told`, what its predicate gave."""

    facts: Callable[..., SimpleNamespace]
    slips: Sequence[Slip]


class Exercise(NamedTuple):
    """steps: taken in order, up to the first slip. right: what to say then, a format string of the last facts."""

    steps: Sequence[Step]
    right: str

    def judge(self, answer: object, *more: object) -> str:
        facts = SimpleNamespace()
        for step in self.steps:
            facts = step.facts(answer, *more)
            for is_it, hint in step.slips:
                if told := is_it(facts):
                    raise Hint(hint.format(**vars(facts), told=told))
        return self.right.format(**vars(facts))


def function(right: str, *calls: tuple[tuple, Callable, Sequence[Slip]]) -> Exercise:
    """An exercise that asks for a function. calls: (arguments, reader, slips); the reader makes of what the function gave
    back (`given`) and of the call as written (`shown`) what the slips look at, `f.found`."""

    def step(arguments, reader, slips):
        def facts(answer, *_):
            given, shown = run(answer, *arguments)
            return SimpleNamespace(found=reader(given, shown), shown=shown, function=answer)

        return Step(facts, slips)

    return Exercise([step(*one) for one in calls], right)


def is_open(answer: object) -> bool:
    """Whether this is what a workbook holds before anything is written: nothing, an empty text, a form without an entry,
    a function without a body."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping):
        return bool(answer) and all(is_open(one) for one in answer.values())
    if isinstance(answer, FunctionType):
        steps = [
            one
            for one in dis.get_instructions(answer)
            if one.opname not in ("RESUME", "NOP", "COPY_FREE_VARS")
        ]
        return all(
            one.opname in ("RETURN_VALUE", "LOAD_CONST", "RETURN_CONST") and one.argval is None
            for one in steps
        )
    return False


def run(answer: Any, *arguments: object) -> tuple[Any, str]:
    """(what a student's function gives back, the call as written); what it raises, and a missing return, become a hint."""
    if not callable(answer):
        raise Hint("Hand over the function itself, by its name, without brackets behind it.")
    shown = f"{getattr(answer, '__name__', 'it')}({', '.join(brief(one) for one in arguments)})"
    try:
        found = answer(*arguments)
        if isinstance(found, Iterator):
            found = list(found)
    except Hint:
        raise
    except ZeroDivisionError:
        raise Hint(
            f"{shown} divides by zero: say first what you return when there is nothing to count."
        ) from None
    except LookupError as error:
        raise Hint(_of_lookup(shown, error)) from None
    except Exception as error:  # noqa: BLE001 - whatever a student's function raises is to be told
        of_sets = (
            " Those are for sets, which words(...) makes of a sentence."
            if re.search(r"for [&|]: 'str'", str(error))
            else ""
        )
        raise Hint(f"{shown} stops with {type(error).__name__}: {_first_line(error)}.{of_sets}") from None
    if found is None:
        raise Hint(
            f"{shown} gives nothing back: the last line of the function begins with return (print only shows)."
        )
    return found, shown


def _of_lookup(shown: str, error: Exception) -> str:
    if "nltk" in str(error).lower():
        return (
            "nltk.word_tokenize wants data that would have to be downloaded, and nothing is downloaded here. Take "
            r"re.findall(r'\w+', ...), or nltk.wordpunct_tokenize, which needs none."
        )
    return f"{shown} stops with {type(error).__name__}: {_first_line(error)}."


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else "nothing more is said"


def brief(value: object) -> str:
    string = repr(value)
    return string if len(string) <= 70 else f"{string[:67]}..."


# --- readers: what was given back, as the slips look at it ------------------------------------------------


def as_it_is(given: Any, shown: str) -> Any:
    return given


def a_number(given: Any, shown: str) -> float:
    if not isinstance(given, Real) or isinstance(given, bool):
        raise Hint(f"{shown} gives {brief(given)}, and a number is wanted.")
    return float(given)


def a_list(what: str) -> Callable[[Any, str], list]:
    """A reader for a list (or tuple, or set) of `what`."""

    def read(given, shown):
        if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
            raise Hint(f"{shown} gives a {type(given).__name__}, and a list of {what} is wanted.")
        found = list(given)
        if found and all(type(one).__name__ == "Match" for one in found):
            raise Hint(
                "re.finditer gives matches, objects that hold more than the words: take match.group(1) of each, or "
                "re.findall, which gives the words themselves."
            )
        return found

    return read


def a_mapping(answer: Any, what: str) -> dict:
    """A dict of a dict or a pandas Series."""
    found = answer.to_dict() if hasattr(answer, "to_dict") else answer
    if not isinstance(found, Mapping):
        raise Hint(f"{what}; this is {brief(answer)}.")
    return dict(found)


def a_form(answer: Any, what: str, asked: Sequence) -> dict:
    """An answer that is a dict with an entry for each of what is asked."""
    found = a_mapping(answer, what)
    gone = [one for one in asked if one not in found]
    if gone:
        raise Hint(f"{', '.join(map(repr, gone))}: not in your dict any more. Put it back, as it stood.")
    return found


def is_near(one: float, other: float) -> bool:
    """Whether two numbers are the same but for rounding to two places."""
    return math.isclose(one, other, abs_tol=0.006)


def near(value: float, hint: str) -> Slip:
    """A slip that is told by the number that comes of it."""
    return (lambda f: is_near(f.found, value)), hint
