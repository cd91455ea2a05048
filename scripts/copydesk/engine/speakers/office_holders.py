"""Who held which office when: heads of state and government, foreign ministers, heads of large bodies.

The data stand in `office-holders.csv`; they are read the first time that a name is looked up.
"""

import csv
import unicodedata
from functools import cache
from typing import NamedTuple

from copydesk.engine import toml_files
from copydesk.engine.language.actor_names import codebook
from copydesk.engine.text import normal_words
from copydesk.errors import InputError

_FILE = "office-holders.csv"
_COLUMNS = ["actor", "office", "name", "surname", "from", "to"]


class Holder(NamedTuple):
    """Somebody who held an office of an actor, from and to a month ("" while it lasts)."""

    actor: str
    office: str
    words: frozenset[str]
    start: str
    end: str


def find(
    name: tuple[str, ...], role: str | None, month: str | None = None, *, leads: bool = False
) -> str | None:
    """The actor whose office somebody held: an id, or None where nobody or more than one actor fits.

    name: tuple of norms, a surname at least. role: the office that the text gives, or None where it gives none.
    month: when the text was written; without it the office must be given. leads: only heads of a government.
    """
    actors = {holder.actor for holder in holders(name, role, month, leads=leads)}
    return actors.pop() if len(actors) == 1 else None


def holders(
    name: tuple[str, ...], role: str | None, month: str | None = None, *, leads: bool = False
) -> list[Holder]:
    """list[Holder]: all whom the name and the office fit (see `find`)."""
    words = frozenset(map(_plain, name))
    return [
        holder
        for surname, holder in ((word, holder) for word in words for holder in _by_surname().get(word, ()))
        if _is_named(words, surname, holder.words) and _holds(holder, role, month, leads)
    ]


def _is_named(words, surname, whole):
    """Whether all words of a name but its single letters belong to the holder's: "Vladimir V. Putin"."""
    return all(word in whole or len(word.rstrip(".")) == 1 for word in words)


def _holds(holder, role, month, leads):
    roles = codebook().roles
    if leads and holder.office not in roles.leading:
        return False
    if role is not None:
        office = roles.same_as.get(role, role)
        if office and office != roles.same_as.get(holder.office, holder.office):
            return False
    elif not leads and month is None:
        return False
    return month is None or holder.start <= month <= (holder.end or "9999")


@cache
def _by_surname():
    """dict of a surname to its holders. Raises InputError with the line of a fault."""
    path = toml_files.data_folder() / "codebooks" / _FILE
    rows = csv.DictReader(toml_files.read_text(path).splitlines())
    if rows.fieldnames != _COLUMNS:
        raise InputError(f"{path}: the first line must be {','.join(_COLUMNS)}.")
    found = {}
    for row in rows:
        if None in row.values() or not (row["actor"] and row["office"] and row["name"] and row["from"]):
            raise InputError(
                f"{path}, line {rows.line_num}: give an actor, an office, a name and a month or year."
            )
        for spelling in row["name"].split(" / "):
            words = [_plain(word) for word in normal_words(spelling)]
            surname = _plain(row["surname"].casefold()) or words[-1]
            end = row["to"] if len(row["to"]) != 4 else f"{row['to']}-12"
            holder = Holder(row["actor"], row["office"], frozenset(words), row["from"], end)
            found.setdefault(surname, []).append(holder)
    return found


def _plain(word):
    """A word without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter in "-.")
