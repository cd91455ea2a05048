"""A class's codings put together: how far it agrees, what divided it, and how each coder stands to the others.

The units are given by the sheet, so that agreement is about codes alone. The machine codes the same units and
is counted as one more coder; the resolved coding is what the first coders of the story settled on.
"""

import hashlib
import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from copydesk.classroom import class_page, reading, sheets
from copydesk.errors import InputError
from copydesk.stories import coding
from copydesk.stories.coding.row_models import format_cell, is_blank
from copydesk.stories.csv_rows import write_csv_rows

MACHINE, RESOLVED, ALL = "rules", "resolved", class_page.ALL

ALPHA_COLUMNS = [
    *("table", "field", "coders", "units", "codes", "agreement"),
    *("alpha", "alpha_low", "alpha_high", "alpha_with_rules", "note"),
]
CAMP_COLUMNS = [
    *("table", "item", "words", "target", "field", "coders", "camps", "agreement", "largest"),
    *("divided", "resolved", "rules"),
]
MEMBER_COLUMNS = ["table", "item", "field", "code", "coders", "who"]
CODER_COLUMNS = [
    *("coder", "kind", "table", "field", "coded", "units"),
    *("with_class", "n_resolved", "equal_to_resolved", "with_resolved"),
]
MISSED_COLUMNS = [
    *("coder", "table", "item", "words", "target", "field", "missed"),
    *("code", "code_of_class", "share_of_class"),
]
NOTE_COLUMNS = list(reading.Note._fields)
FILE_COLUMNS = list(reading.Fate._fields)
# Of the other students, the share from which on their one code is what a student missed (and the resolved coding's).
MOST_OF_CLASS = 0.75


@dataclass
class ClassReport:
    """The tables of a class's report (DataFrames), and the folder's `index` where it was written."""

    alpha: object
    camps: object
    members: object
    coders: object
    missed: object
    notes: object
    files: object
    not_asked: dict  # by table the items that most of the class left open throughout, which count nowhere
    index: Path | None = None


def collect(folder, output, story="north-korea-sanctions", numbers=False):
    """Read a class's sheets in `folder`, and write the report into the folder `output`.

    story: whose units were coded. numbers: whether names give way to numbers; the list of who is which is then
    written beside the output, not into it. Returns a ClassReport. Raises InputError.
    """
    from copydesk.stories.story import read_story

    read = read_story(story)
    output = Path(output)
    if output.resolve() == Path(folder).resolve() or Path(folder).resolve() in output.resolve().parents:
        raise InputError(f"{output} lies in the folder of the sheets; name another one with --output.")
    keys, frames = {}, {}
    for table in sheets.FIELDS:
        keys[table], frames[table] = sheets.units(read, table)
    coders = coding.coders(read)
    not_of_class = {RESOLVED, *coders.loc[coders["kind"].ne("person"), "coder"]}
    readings = reading.read_folder(folder, keys, frames, not_of_class)
    if not any(one.codes for one in readings):
        reasons = "; ".join(f"{one.file}: {one.fate.reason}" for one in readings if not one.passed_over)
        raise InputError(f"No sheet in {folder} could be read ({reasons}).")
    key = _number(readings) if numbers else {}  # before the tables: whatever stands in them is a number
    made = tabulate(read, keys, frames, readings)
    made.index = class_page.write(made, read, output)
    if numbers:
        path = output.with_name(f"{output.name}-names.csv")
        with open(path, "w", encoding="utf-8-sig", newline="") as file:
            rows = sorted((number, name) for name, number in key.items())
            write_csv_rows(file, [("number", "name or file"), *rows])
    return made


def tabulate(story, keys, frames, readings):
    """The tables of the report. keys, frames: what `sheets.units` gives for each table. Returns ClassReport."""
    import pandas as pd

    alpha, camps, members, coders, missed, not_asked = [], [], [], [], [], {}
    for table, units in keys.items():
        own = [one for one in readings if one.table == table and one.codes]
        if not own:
            continue
        asked = own[0].asked
        of_class = {
            one.coder: {cell: code for cell, code in one.codes.items() if cell in asked} for one in own
        }
        is_asked = units["item"].isin({item for item, _ in asked})
        not_asked[table] = list(units.loc[~is_asked, "item"])
        units, frame = (one[is_asked.to_numpy()].reset_index(drop=True) for one in (units, frames[table]))
        machine = _machine(story, table, units, frame)
        resolved = _codes(units, frame, table) if coding.resolved(story, table) is not None else {}
        for field in sheets.FIELDS[table]:
            alpha.append((table, *_alpha_row(of_class, machine, units, field)))
            for row, own in _camp_rows(of_class, machine, resolved, units, field):
                camps.append((table, *row))
                members += [(table, *one) for one in own]
        coders += _coder_rows(of_class, machine, resolved, units, table)
        missed += _missed_rows(of_class, resolved, units, table)
    camps = pd.DataFrame(camps, columns=CAMP_COLUMNS).sort_values(
        ["agreement", "table", "item", "field"], kind="stable", ignore_index=True
    )
    return ClassReport(
        alpha=pd.DataFrame(alpha, columns=ALPHA_COLUMNS),
        camps=camps,
        members=pd.DataFrame(members, columns=MEMBER_COLUMNS),
        coders=pd.DataFrame(coders, columns=CODER_COLUMNS),
        missed=pd.DataFrame(missed, columns=MISSED_COLUMNS),
        notes=pd.DataFrame([note for one in readings for note in one.notes], columns=NOTE_COLUMNS),
        files=pd.DataFrame([one.fate for one in readings], columns=FILE_COLUMNS),
        not_asked=not_asked,
    )


def _machine(story, table, units, frame):
    """The rules' codes of the units that they found too: dict (item, field) -> code."""
    found = sheets.machine(story, table)
    pairs = {i: j for i, j, _ in coding.match(frame, found, table)}
    kept = [i for i in range(len(frame)) if i in pairs]
    matched = found.iloc[[pairs[i] for i in kept]].reset_index(drop=True)
    return _codes(units.iloc[kept].reset_index(drop=True), matched, table)


def _codes(units, frame, table):
    """A coding of the units as dict (item, field) -> code; what is not coded is left out."""
    codes = {}
    for item, row in zip(units["item"], frame.to_dict("records"), strict=True):
        for field in sheets.FIELDS[table]:
            value = "" if is_blank(row[field]) else format_cell(row[field])
            if value:
                codes[item, field] = value
    return codes


def _alpha_row(of_class, machine, units, field):
    """A row of the table of alphas, without the table's name."""
    interval = field == "strength"
    lists = [_given(of_class.values(), item, field, interval) for item in units["item"]]
    lists = [codes for codes in lists if len(codes) > 1]
    every = [code for codes in lists for code in codes]
    left_out = [coding.alpha(lists[:n] + lists[n + 1 :], interval=interval) for n in range(len(lists))]
    defined = [one for one in left_out if not math.isnan(one)]
    with_machine = [_given([*of_class.values(), machine], item, field, interval) for item in units["item"]]
    note = ""
    if every:
        value, most = Counter(every).most_common(1)[0]
        if most > 0.9 * len(every):
            note = f"alpha uninformative: {most} of {len(every)} codes are '{value}'"
    coders = sum(any(name == field for _, name in codes) for codes in of_class.values())
    low, high = min(defined, default=math.nan), max(defined, default=math.nan)
    alpha = coding.alpha(lists, interval=interval)
    beside = coding.alpha(with_machine, interval=interval) if machine else math.nan
    return field, coders, len(lists), len(every), _pairwise(lists), alpha, low, high, beside, note


def _given(codings, item, field, interval=False):
    codes = [codes[item, field] for codes in codings if (item, field) in codes]
    return [int(code) for code in codes] if interval else codes


def _pairwise(lists):
    """The share of pairs of coders with equal codes, over all units; NaN without a pair."""
    equal = sum(n * (n - 1) for codes in lists for n in Counter(codes).values())
    pairs = sum(len(codes) * (len(codes) - 1) for codes in lists)
    return equal / pairs if pairs else math.nan


def _camp_rows(of_class, machine, resolved, units, field):
    """For each unit (a row of camps, the rows of their members), without the table's name."""
    for unit in units.to_dict("records"):
        item = unit["item"]
        camps = {}
        for coder, codes in sorted(of_class.items()):
            if (item, field) in codes:
                camps.setdefault(codes[item, field], []).append(coder)
        if not camps:
            continue
        order = sorted(camps, key=lambda code: (-len(camps[code]), code))
        n = sum(map(len, camps.values()))
        share = len(camps[order[0]]) / n
        told = "; ".join(f"{code} {len(camps[code])}" for code in order)
        agreement = _pairwise([[code for code in order for _ in camps[code]]])
        others = (resolved.get((item, field), ""), machine.get((item, field), ""))
        of = (item, unit["words"], unit.get("target", ""), field)
        yield (
            (*of, n, told, agreement, share, len(order) > 1, *others),
            [(item, field, code, len(camps[code]), "; ".join(camps[code])) for code in order],
        )


def _coder_rows(of_class, machine, resolved, units, table):
    """Rows of the table of coders: each student, the rules and the resolved coding, field by field and in all."""
    everyone = {(coder, "student"): codes for coder, codes in sorted(of_class.items())}
    everyone |= {(name, name): codes for name, codes in ((MACHINE, machine), (RESOLVED, resolved)) if codes}
    fields = sheets.FIELDS[table]
    for (coder, kind), codes in everyone.items():
        others = [other for name, other in of_class.items() if (name, "student") != (coder, kind)]
        for field in [ALL, *fields]:
            cells = [
                (item, one) for item in units["item"] for one in fields
                if (item, one) in codes and field in (ALL, one)
            ]  # fmt: skip
            shares = []
            for item, one in cells:
                theirs = _given(others, item, one)
                if theirs:
                    shares.append(theirs.count(codes[item, one]) / len(theirs))
            settled = [cell for cell in cells if cell in resolved]
            equal = sum(codes[cell] == resolved[cell] for cell in settled)
            asked = len(units) * (len(fields) if field == ALL else 1)
            with_class = sum(shares) / len(shares) if shares else math.nan
            with_resolved = equal / len(settled) if settled else math.nan
            yield coder, kind, table, field, len(cells), asked, with_class, len(settled), equal, with_resolved


def _missed_rows(of_class, resolved, units, table):
    """Rows of what each student missed: cells that hold no code that counts (`empty`), and codes where nearly all others
    gave one other code, which the resolved coding has as well (`unlike the class`)."""
    for coder, codes in sorted(of_class.items()):
        others = [other for name, other in of_class.items() if name != coder]
        for unit in units.to_dict("records"):
            for field in sheets.FIELDS[table]:
                cell = (unit["item"], field)
                theirs = Counter(_given(others, *cell))
                most, n = theirs.most_common(1)[0] if theirs else ("", 0)
                share = n / theirs.total() if theirs else math.nan
                if cell not in codes:
                    why = "empty"
                elif share < MOST_OF_CLASS or resolved.get(cell, most) != most:
                    continue
                elif _is_unlike(codes[cell], most, field):
                    why = "unlike the class"
                else:
                    continue
                place = (unit["item"], unit["words"], unit.get("target", ""), field)
                yield (coder, table, *place, why, codes.get(cell, ""), most, share)


def _is_unlike(code, most, field):
    """Whether two codes differ; on a scale one step apart is no difference to talk about."""
    return bool(most) and (abs(int(code) - int(most)) > 1 if field == "strength" else code != most)


# --- names ----------------------------------------------------------------------------------------------


def _number(readings):
    """Put numbers in place of names and files' names, in an order that gives nobody away; returns dict of both -> number."""
    names = {one.coder.casefold(): one.coder for one in readings if one.coder}
    mixed = sorted(names, key=lambda name: hashlib.sha256(name.encode("utf-8")).hexdigest())
    width = len(str(len(mixed)))
    key = {name: f"student {n:0{width}d}" for n, name in enumerate(mixed, 1)}
    files, width = {}, len(str(len(readings)))
    for n, one in enumerate(sorted(readings, key=lambda one: key.get(one.coder.casefold(), "")), 1):
        kind = f" ({one.table})" if one.table else PurePosixPath(one.file).suffix.lower()
        files[one.file] = f"file {n:0{width}d}{kind}"
    forms = _forms(readings, key)
    # In a reason of ours a word may be a name by accident ("will", "row"); the names in full are no accident.
    full = {form: forms[form] for form in forms if len(form) > 1 or form in map(_parts, key)}
    for one in readings:
        one.notes = [_without_names(note, forms, full, files) for note in one.notes]
        one.passed_over = _cleaned(one.passed_over, full, files)
        one.coder, one.file = key.get(one.coder.casefold(), ""), files[one.file]
    return {names[name]: number for name, number in key.items()} | files


_SOMEBODY = "a student"  # for a name that several have


def _forms(readings, key):
    """dict of the ways in which students may be written of (their words, in lower case) -> number."""
    forms = {}
    known = {*sheets.FIELDS, *(name for fields in sheets.FIELDS.values() for name in fields)}
    for table in sheets.FIELDS:
        known |= {
            word for codes in sheets.codes_of(table).values() for code in codes for word in _parts(code)
        }
    for one in readings:
        number = key.get(one.coder.casefold(), _SOMEBODY)
        # Two of one name are told apart by their folders; the name alone is theirs too.
        own = [one.coder, one.coder.removesuffix(f", {one.folder}"), reading.name_in_file(one.file)]
        for name in (*own, *one.coder.split(" / ")):
            parts = _parts(name)
            words = [(word,) for word in parts if len(word) > 2 and not word.isdigit() and word not in known]
            for form in {parts, parts[-1:] + parts[:-1], *words} - {()}:
                forms.setdefault(form, set()).add(number)
    return {form: min(own) if len(own) == 1 else _SOMEBODY for form, own in forms.items()}


def _parts(text):
    return tuple(re.findall(r"[^\W_]+", text.casefold()))


def _without_names(note, forms, full, files):
    """A note with numbers for the names of students and of the files, which name those who made them."""
    found = "" if note.column == "coder" else _cleaned(note.found, forms, files)
    reason = note.reason.replace(note.found, found) if note.found and note.column != "coder" else note.reason
    reason = _WHOSE if "several names" in reason else _cleaned(reason, full, files)
    return note._replace(file=files[note.file], found=found, reason=reason)


def _cleaned(text, forms, files):
    for name in sorted(files, key=len, reverse=True):
        text = re.sub(
            rf"(?<!\w){re.escape(name)}(?!\w)", lambda _, name=name: files[name], text, flags=re.IGNORECASE
        )
    if not forms:
        return text
    ways = (
        r"[\W_]+".join(map(re.escape, form)) for form in sorted(forms, key=lambda form: (-len(form), form))
    )
    pattern = rf"(?<![^\W_])(?:{'|'.join(ways)})(?![^\W_])"
    return re.sub(
        pattern, lambda found: forms.get(_parts(found.group()), _SOMEBODY), text, flags=re.IGNORECASE
    )


# For a reason that quotes the names themselves.
_WHOSE = "its column coder has several names, and a sheet is one coder's"
