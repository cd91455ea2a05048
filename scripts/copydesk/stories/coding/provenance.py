"""What can be said of how a table was coded, and rows to check by hand of one that nobody coded."""

from __future__ import annotations

import hashlib
from itertools import combinations
from typing import TYPE_CHECKING

from copydesk.stories.coding.comparing import differences, match
from copydesk.stories.coding.row_models import RESOLVED, format_cell
from copydesk.stories.coding.story_codings import codings, entries_of, resolved

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.story import Story


UNCHECKED = "By rule, unchecked."

_SAW = ("had seen the rules' output", "had not seen the rules' output")
_WROTE = ("wrote the codebook", "did not write the codebook")


def provenance_sentence(story: Story, table: str, *, rules_developed_here: bool = False) -> str:
    """One sentence on where the codes of a table come from, from `coders.csv` and the files there are.

    rules_developed_here: whether the rules were developed on this very story, so that they score too well on it.
    Two codings by one and the same language model are called two runs of it, since their errors are kin.
    """
    made = codings(story, table)
    if not made:
        return UNCHECKED
    entries = entries_of(story, table)
    who = [entry for entry in entries if entry.coder in made]
    times = {1: "once", 2: "twice"}.get(len(who), f"{len(who)} times")
    apart = " working apart" if len(who) > 1 else ""
    link = ", " if len(who) > 1 else "; "
    parts = [
        f"Coded by reading {times}, by {_described(who)}{apart}{link}{_share_of(who, 'saw_rules', *_SAW)}",
        _share_of(who, "wrote_codebook", *_WROTE),
    ]
    if len(who) > 1 and not _differ(made, table):
        parts.append("the coders did not differ")
    elif resolved(story, table) is not None:
        by = next((f" by {_described([entry])}" for entry in entries if entry.coder == RESOLVED), "")
        parts.append(f"differences resolved{by}, with reasons")
    elif len(who) > 1:
        parts.append("differences not yet resolved")
    if rules_developed_here:
        parts.append("rules developed on this story")
    return "; ".join(parts) + "."


def _differ(made, table):
    """Whether any two of the codings differ in a unit, in the edges of one, or in a code."""
    return any(
        len(differences(one, other, table)) or any(overlap < 1 for _, _, overlap in match(one, other, table))
        for one, other in combinations(made.values(), 2)
    )


_MANY = {2: "two", 3: "three", 4: "four"}


def _described(who):
    """`a person and two language models (Name, Name)`; people are not named."""
    parts = []
    people = sum(entry.kind == "person" for entry in who)
    if people:
        parts.append("a person" if people == 1 else f"{_MANY.get(people, people)} people")
    models = [entry.name for entry in who if entry.kind == "language model"]
    if models:
        names = list(dict.fromkeys(filter(None, models)))
        count = _MANY.get(len(models), len(models))
        kind = "a language model"
        if len(models) > 1:
            kind = f"{count} language models" if len(names) != 1 else f"{count} runs of one language model"
        parts.append(f"{kind} ({', '.join(names)})" if names else kind)
    return " and ".join(parts)


def _share_of(who, flag, deed, not_done):
    """`neither of which had seen the rules' output`, `one of whom wrote the codebook`, and the like."""
    done, n = sum(getattr(entry, flag) for entry in who), len(who)
    human = any(entry.kind == "person" for entry in who)
    if n == 1:
        return f"the coder {deed if done else not_done}"
    if done == 0:
        part = "neither" if n == 2 else "none"
    elif done == n:
        part = "both" if n == 2 else "all"
    else:
        part = _MANY.get(done, "one" if done == 1 else done)
    return f"{part} of {'whom' if human else 'which'} {deed}"


_IDENTITY = [
    *("story", "version", "before", "after", "statement", "measure", "segment"),
    *("start", "end", "target"),
]


def check_sheet(found: pd.DataFrame, n: int = 20) -> pd.DataFrame:
    """Rows to check by hand of a table that nobody has coded: `n` of them, with empty columns `right`, `note`.

    In effect a simple random sample, yet the same on every run and in whatever order the rows come: those
    rows whose identity (story, version, ids, offsets) has the smallest SHA-256. They stand in the table's order.
    """
    identity = [name for name in _IDENTITY if name in found.columns] or list(found.columns)
    keys = [
        hashlib.sha256("\x1f".join(map(format_cell, record.values())).encode("utf-8")).hexdigest()
        for record in found[identity].to_dict("records")
    ]
    chosen = sorted(sorted(range(len(keys)), key=keys.__getitem__)[:n])
    return found.iloc[chosen].reset_index(drop=True).assign(right="", note="")
