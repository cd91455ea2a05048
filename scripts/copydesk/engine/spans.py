"""Where the words of a row stand: spans, their one written form, and the ids of sentences, statements and measures."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: `start` and `end` in code points, `end` exclusive."""

    start: int
    end: int


_WRITTEN = re.compile(r"\d+-\d+(;\d+-\d+)*")
_ID = re.compile(r"(.+):([SQM])(\d+)")
KINDS = {"sentence": "S", "statement": "Q", "measure": "M"}


def read_spans(cell: object) -> list[Span]:
    """The spans that a table's cell holds: written as `12-40;55-80`, or pairs of offsets; none in an empty cell.

    Raises ValueError where a string is written otherwise.
    """
    if isinstance(cell, str):
        return list(_read_cell(cell))
    return [Span(int(start), int(end)) for start, end in (cell if isinstance(cell, (tuple, list)) else ())]


@lru_cache(maxsize=1 << 12)  # every step that works on a row reads its cells again
def _read_cell(cell: str) -> tuple[Span, ...]:
    if cell and not _WRITTEN.fullmatch(cell):
        raise ValueError(f"'{cell}' is not a list of spans; write them as 12-40;55-80")
    pairs = (part.split("-") for part in cell.split(";") if part)
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def write_spans(spans: Iterable[tuple[int, int]]) -> str:
    """The cell for spans: `12-40;55-80`."""
    return ";".join(f"{start}-{end}" for start, end in spans)


def overlaps(spans: Sequence[tuple[int, int]]) -> Callable[[int, int], Iterator[int]]:
    """A function from `start`, `end` to the indices of those of `spans` that share a character with it, in no order."""
    order = sorted(range(len(spans)), key=spans.__getitem__)
    starts = [spans[n][0] for n in order]
    reach = list(accumulate((spans[n][1] for n in order), max))

    def overlapping(start: int, end: int) -> Iterator[int]:
        place = bisect_left(starts, end)
        while place and reach[place - 1] > start:
            place -= 1
            if spans[order[place]][1] > start:
                yield order[place]

    return overlapping


def row_id(kind: str, version: str, number: int) -> str:
    """The id of a version's sentence, statement or measure, counted from 1: `VERSION:S0001`."""
    return f"{version}:{KINDS[kind]}{number:04d}"


def read_id(written: object) -> tuple[str, str, int] | None:
    """(version, kind, number) of an id that `row_id` made; None for anything else."""
    found = _ID.fullmatch(str(written))
    if not found:
        return None
    kind = next(kind for kind, letter in KINDS.items() if letter == found[2])
    return found[1], kind, int(found[3])
