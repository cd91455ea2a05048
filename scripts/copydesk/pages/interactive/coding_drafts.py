"""A coding in the making: on disk at every step, its coder's alone, and shown to nobody until committed.

While somebody codes, their rows stand in `coding/CODER/TABLE.draft.csv`, in the form of a coding and written
anew, whole, at every change. To commit is to check it once more, write it as `coding/CODER/TABLE.csv` and
enter the coder in `coding/coders.csv`. Nothing here ever writes into the folder of another coder.
"""

import datetime
import hashlib
import re
from collections import Counter
from pathlib import Path

from copydesk.errors import InputError
from copydesk.stories import coding
from copydesk.stories.coding.coding_csv import frame_of, write_file
from copydesk.stories.coding.row_models import TABLES, format_cell, is_blank, table_named

# Names that a column of a comparison has, or that are no person's.
_RESERVED = {coding.RESOLVED, coding.RULES, "class"}


class Draft:
    """One coder's coding of one table of a story; get it from `open_draft`.

    `rows` is a list of dicts by column of the table; `committed` says whether it is finished; `saw_rules`,
    which may be set, whether the coder had seen what the rules found. It is kept with the rows.
    """

    def __init__(self, story, coder, table):
        self.story, self.coder, self.table = story, coder, table
        folder = Path(story.folder) / "coding" / coder
        self.path = folder / f"{table}.draft.csv"
        self.final = folder / f"{table}.csv"
        self._seen = folder / f"{table}.saw-rules"
        self.saw_rules = self._seen.is_file()
        self._texts = {one: version.text for one, version in story.versions.items()}
        self.committed = self.final.is_file()
        found = self.final if self.committed else self.path
        self.rows = []
        if found.is_file():
            records = coding.read_file(found, table, self._texts).to_dict("records")
            self.rows = [{name: _plain(cell) for name, cell in row.items()} for row in records]
        self._digest = _digest(self.path)

    def __repr__(self):
        state = "committed" if self.committed else "draft"
        return f"Draft({self.coder!r}, {self.table!r}: {len(self.rows)} rows, {state})"

    def frame(self):
        """DataFrame: the rows as a coding (see `copydesk.stories.coding`)."""
        spec = table_named(self.table)
        return frame_of([spec.model.model_validate(_cells(row)) for row in self.rows], spec)

    def add(self, row):
        """Add a row (dict of column and value), save, and return its place."""
        self.put([*self.rows, row])
        return len(self.rows) - 1

    def change(self, place, **cells):
        """Change cells of the row at a place, and save."""
        changed = {**self.rows[place], **cells}
        self.put([*self.rows[:place], changed, *self.rows[place + 1 :]])

    def remove(self, place):
        """Take the row at a place back, and save."""
        self.put([*self.rows[:place], *self.rows[place + 1 :]])

    def commit(self):
        """Finish the coding: write it as the coder's, enter the coder, and let go of the draft.

        From here on it counts in reports, and is not changed here any more. Returns the path.
        """
        if not self.rows:
            raise InputError(f"{self.coder} has coded no {self.table} yet; code some before you commit.")
        self._check_is_ours()
        # First the entry: a coding that no entry names would stop every report.
        coding.enter_coder(
            self.story.folder, coder=self.coder, kind="person", name="", wrote_codebook=False,
            saw_rules=self.saw_rules, date=datetime.date.today().isoformat(), tables=self.table, note="",
        )  # fmt: skip
        path = coding.write(self.story.folder, self.coder, self.table, self.frame(), self._texts)
        self.path.unlink(missing_ok=True)
        self._seen.unlink(missing_ok=True)
        self.committed = True
        return path

    def put(self, rows):
        """Write these rows in place of all that there are."""
        if self.committed:
            raise InputError(
                f"{self.coder}'s {self.table} are committed; a second coding needs another name."
            )
        self._check_is_ours()
        import pandas as pd

        spec = table_named(self.table)
        frame = pd.DataFrame([_cells(row) for row in rows], columns=[*spec.columns])
        write_file(self.path, self.table, frame, self._texts)
        self.rows, self._digest = rows, _digest(self.path)
        if self.saw_rules:
            self._seen.touch()

    def _check_is_ours(self):
        """Whoever codes under the same name elsewhere keeps what they wrote."""
        if _digest(self.path) != self._digest or self.final.is_file():
            raise InputError(
                f"{self.path} was changed by somebody else since it was read; nothing was written. "
                "Open it again, or code under another name."
            )


def open_draft(story, coder, table):
    """A coder's `Draft` of a table ("links", "statements", "stances" or "measures"), begun or gone on with.

    story: Story with a folder. coder: a name of letters, digits, - and _. Refuses, in one sentence, names that
    are not a person's to take: a language model's coding, the resolved one, another spelling of a name.
    """
    table_named(table)
    if story.folder is None:
        raise InputError("This story has no folder to keep a coding in; bring it with scripts/new_story.py.")
    check_coder(story, coder)
    return Draft(story, coder, table)


def check_coder(story, coder):
    """Raise InputError where this name cannot be a person's who codes this story here."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", coder or ""):
        raise InputError(f"'{coder}' cannot name a coder; use letters, digits, - and _.")
    if coder.lower() in _RESERVED:
        raise InputError(f"The name '{coder}' is taken by Copydesk itself; code under another.")
    folder = Path(story.folder) / "coding"
    for other in sorted(path.name for path in folder.glob("*") if path.is_dir()):
        if other != coder and other.lower() == coder.lower():
            raise InputError(
                f"There is a coder '{other}' already; write the name like that, or take another."
            )
    entered = coding.coders(story)
    kinds = set(entered[entered["coder"] == coder]["kind"])
    if "language model" in kinds:
        raise InputError(f"'{coder}' is a language model's coding; code under a name of your own.")


def committed_tables(story, coder):
    """The tables that a coder has committed, as a list of names."""
    folder = Path(story.folder) / "coding" / coder
    return [name for name in TABLES if (folder / f"{name}.csv").is_file()]


# --- side by side, once committed -------------------------------------------------------------------


def side_by_side(story, coder, table, found, fields, statements=None):
    """One coder's codes beside everybody else's, the class's and the rules'; for after the commit.

    found: the rules' table. fields: the columns to show. statements: the rules' statements, for measures.
    A link's place is its first side's, its words are both sides'. Returns a DataFrame: `version, start, end, words,
    field`, a column for each coder (this one first, then the resolved coding and the others), `class` (what the people coded, with counts) and `rules`. A unit that
    a coder does not have is "not coded" there. Raises InputError before the coding is committed.
    """
    import pandas as pd

    made = coding.codings(story, table)
    if coder not in made:
        raise InputError(f"{coder} has not committed the {table} yet; what others coded is shown after that.")
    people = coding.coders(story).query("kind == 'person'")["coder"].tolist()
    columns = {coder: made.pop(coder)}  # the order of the columns is that of this dict
    settled = coding.resolved(story, table)
    if settled is not None:
        columns[coding.RESOLVED] = settled.drop(columns="reason", errors="ignore")
    columns |= made | {coding.RULES: coding.as_coding(found, table, story.sentences, statements)}
    units, rows_of = _joined(columns, table, story)
    records = []
    for place, (version, start, end, words) in enumerate(units):
        toward = next((row[place].get("target") for row in rows_of.values() if place in row), "")
        for field in fields:
            values = {name: _code(rows_of[name].get(place), field) for name in columns}
            by_people = Counter(value for name, value in values.items() if name in people)
            order = sorted(by_people, key=lambda value: (-by_people[value], value))
            told = ", ".join(f"{value} ×{by_people[value]}" for value in order)
            rules = values.pop(coding.RULES)
            records.append(
                {"version": version, "start": start, "end": end, "words": words,
                 "field": f"{field} toward {toward}" if table == "stances" else field,
                 **values, "class": told, "rules": rules}
            )  # fmt: skip
    order = {version: n for n, version in enumerate(story.versions)}
    frame = pd.DataFrame(records)
    if frame.empty:
        return frame
    by_place = frame.sort_values("start", kind="stable")
    return by_place.sort_values("version", key=lambda one: one.map(order), kind="stable", ignore_index=True)


def _joined(columns, table, story):
    """(places and words of all units, dict of coder and dict of unit and row): matched from coder to coder."""
    import pandas as pd

    known, places, rows_of = None, [], {}
    for name, frame in columns.items():
        pairs = {} if known is None else {j: i for i, j, _ in coding.match(known, frame, table)}
        rows_of[name], fresh = {}, []
        for j, row in enumerate(frame.to_dict("records")):
            if j not in pairs:
                pairs[j] = len(places)
                places.append(_place(row, story))
                fresh.append(j)
            rows_of[name][pairs[j]] = row
        new = frame.iloc[fresh]
        known = new if known is None else pd.concat([known, new], ignore_index=True)
    return places, rows_of


def _place(row, story):
    """(version, start, end, words) of a unit."""
    if "version" in row:
        spans = row.get("spans") or row.get("content_spans") or [(row["start"], row["end"])]
        sides = [(row["version"], int(spans[0][0]), int(spans[-1][1]))]
    else:
        sides = [
            (row[f"{side}_version"], int(row[f"{side}_start"]), int(row[f"{side}_end"]))
            for side in ("before", "after")
            if not is_blank(row[f"{side}_start"])
        ]
    words = (" ".join(story.versions[version].text[start:end].split()) for version, start, end in sides)
    return *sides[0], " → ".join(words)


def _code(row, field):
    if row is None:
        return "not coded"
    return format_cell(row.get(field)) or "not coded"


def _cells(row):
    return {name: format_cell(cell) for name, cell in row.items()}


def _plain(cell):
    return "" if is_blank(cell) else cell


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
