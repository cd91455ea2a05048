"""Two codings held against each other: the units that both found, and how far they agree on them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from copydesk.engine import light_imports
from copydesk.stories.coding.coding_csv import check_rows, frame_of, validated
from copydesk.stories.coding.row_models import RESOLVED, TABLES, format_cell, is_blank, table_named, words_of
from copydesk.stories.coding.story_codings import codings, read_coding, texts_of

if TYPE_CHECKING:
    import pandas as pd

    from copydesk.stories.story import Story


RULES = "rules"


# --- matching units ---------------------------------------------------------------------------------


def match(
    a: pd.DataFrame, b: pd.DataFrame, table: str, threshold: float = 0.5
) -> list[tuple[int, int, float]]:
    """Which units of coding `a` are units of coding `b`.

    Two units can match when they agree in the table's key columns (the version; for stances the target too;
    for links both versions, and which sides there are) and the characters of their spans overlap by at least
    `threshold` (0 to 1), as intersection over union; of a link, the side that overlaps less counts. Pairs
    are taken one to one, the best overlap first.

    Returns a list of (position in a, position in b, overlap), in the order of `a`.
    """
    by_key = {}
    for j, (key, sides) in enumerate(_units(b, table)):
        by_key.setdefault(key, []).append((j, sides))
    candidates = []
    for i, (key, sides) in enumerate(_units(a, table)):
        for j, others in by_key.get(key, ()):
            overlap = min(map(_overlap, sides, others))
            if overlap > 0 and overlap >= threshold:
                candidates.append((-overlap, i, j))
    taken_a, taken_b, pairs = set(), set(), []
    for negative, i, j in sorted(candidates):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            pairs.append((i, j, -negative))
    return sorted(pairs)


def _units(frame, table):
    """(key, sides) for each row: a side is the set of its characters, and only a link has two."""
    return [_unit(table, *one) for one in _cells(frame)]


def _rows(frame, table):
    """The rows of a coding as instances of the table's row model."""
    return [_row(table, *one) for one in _cells(frame)]


def _cells(frame):
    for number, record in enumerate(frame.to_dict("records"), 1):
        yield number, tuple((name, format_cell(cell)) for name, cell in record.items())


# A report holds the same rows against each other four times.
@lru_cache(maxsize=4096)
def _row(table, number, cells):
    return validated(table_named(table).model, dict(cells), f"the {table}", number)


@lru_cache(maxsize=4096)
def _unit(table, number, cells):
    row = _row(table, number, cells)
    sides = [side for _, side in row.sides()]
    key = (tuple(getattr(row, name) for name in TABLES[table].within), tuple(map(bool, sides)))
    return key, [{place for span in side for place in range(*span)} for side in sides if side]


def _overlap(one, other):
    """Intersection over union of two sets."""
    return len(one & other) / len(one | other)


# --- agreement --------------------------------------------------------------------------------------

AGREEMENT_COLUMNS = [
    *("table", "field", "coder_a", "coder_b"),
    *("n_a", "n_b", "matched", "precision", "recall", "f1"),
    *("n", "agreement", "alpha", "alpha_low", "alpha_high", "note"),
]
DISAGREEMENT_COLUMNS = [
    *("table", "field", "version", "start", "end", "words"),
    *("coder_a", "coder_b", "value_a", "value_b"),
]
UNITS = "units"  # the field of the first row of an agreement, and of a unit that only one coder has


def agreement(story: Story, table: str) -> pd.DataFrame:
    """How far the coders agreed before anything was resolved, field by field for each pair of coders: a DataFrame
    `table, field, coder_a, coder_b, n_a, n_b, matched, precision, recall, f1, n, agreement, alpha,
    alpha_low, alpha_high, note`, as `compare` explains them.

    Empty, with its columns, where fewer than two have coded the table.
    """
    made = codings(story, table)
    found = [compare(made[one], made[other], table, one, other) for one, other in combinations(made, 2)]
    return _stacked(found, AGREEMENT_COLUMNS)


def disagreements(story: Story, table: str) -> pd.DataFrame:
    """Every disagreement between the coders of a table, a row each: a DataFrame with the columns
    `table, field, version, start, end, words, coder_a, coder_b, value_a, value_b`.
    """
    made, texts = codings(story, table), texts_of(story)
    pairs = combinations(made, 2)
    found = [differences(made[one], made[other], table, one, other, texts=texts) for one, other in pairs]
    return _stacked(found, DISAGREEMENT_COLUMNS)


def against_rules(
    story: Story,
    table: str,
    found: pd.DataFrame,
    coder: str = RESOLVED,
    statements: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rules' table against a coding: (agreement, disagreements), with coder_b "rules".

    found: the rules' DataFrame with the columns of the design. coder: whose coding to hold it against.
    statements: the rules' statements, by which measures that name one tell who reports them.
    Precision is then the share of the rules' units that the coding has, recall the share of the coding's
    units that the rules found. Both tables are empty where there is no such coding.
    """
    coded = read_coding(story, coder, table)
    if coded is None:
        return _stacked([], AGREEMENT_COLUMNS), _stacked([], DISAGREEMENT_COLUMNS)
    rules = as_coding(found, table, story.sentences, statements)
    names = (coder, RULES)
    return (
        compare(coded, rules, table, *names),
        differences(coded, rules, table, *names, texts=texts_of(story)),
    )


def compare(
    a: pd.DataFrame,
    b: pd.DataFrame,
    table: str,
    coder_a: str = "a",
    coder_b: str = "b",
) -> pd.DataFrame:
    """Agreement between two codings of a table.

    Returns a DataFrame with AGREEMENT_COLUMNS. Its first row, field "units", has the units: `n_a`, `n_b`,
    `matched`, `precision` (matched / n_b), `recall` (matched / n_a) and `f1`. Then comes a row a field, on the
    matched units that both gave a code: `n`, `agreement` (the share of equal codes, 0 to 1), Krippendorff's
    `alpha`, the lowest and highest alpha when any one unit is left out, and a note where alpha says nothing.
    """
    import pandas as pd

    spec = table_named(table)
    pairs = match(a, b, table)
    records_a, records_b = a.to_dict("records"), b.to_dict("records")
    rows = [{"field": UNITS, **_unit_agreement(len(a), len(b), len(pairs))}]
    for field, kind in spec.fields.items():
        codes = _codes(pairs, records_a, records_b, field, kind)
        rows.append({"field": field, **field_agreement(codes, interval=kind == "interval")})
    named = {"table": table, "coder_a": coder_a, "coder_b": coder_b, "note": ""}
    frame = pd.DataFrame([{**named, **row} for row in rows], columns=AGREEMENT_COLUMNS)
    whole = dict.fromkeys(("n_a", "n_b", "matched", "n"), "Int64")
    shares = ("precision", "recall", "f1", "agreement", "alpha", "alpha_low", "alpha_high")
    return frame.astype(whole | dict.fromkeys(shares, "float64"))


def differences(
    a: pd.DataFrame,
    b: pd.DataFrame,
    table: str,
    coder_a: str = "a",
    coder_b: str = "b",
    *,
    texts: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Every disagreement between two codings, in the order of the text.

    Returns a DataFrame with DISAGREEMENT_COLUMNS: `field` is "units" where only one coder has the unit, and
    `value_a`, `value_b` are then "coded" and "not coded". `version`, `start`, `end` say where the unit stands
    (in `a`, or in `b` where a has none); `words` are its words where `texts` are given, of a link both sides.
    """
    import pandas as pd

    spec = table_named(table)
    pairs = match(a, b, table)
    records_a, records_b = a.to_dict("records"), b.to_dict("records")
    places_a = [_place(row, texts) for row in _rows(a, table)]
    places_b = [_place(row, texts) for row in _rows(b, table)]
    matched_a, matched_b = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    found = [(place, UNITS, "coded", "not coded") for i, place in enumerate(places_a) if i not in matched_a]
    found += [(place, UNITS, "not coded", "coded") for j, place in enumerate(places_b) if j not in matched_b]
    for field, kind in spec.fields.items():
        for (i, j, _), (one, other) in zip(
            pairs, _codes(pairs, records_a, records_b, field, kind), strict=True
        ):
            if None not in (one, other) and one != other:
                mine, theirs = format_cell(records_a[i].get(field)), format_cell(records_b[j].get(field))
                found.append((places_a[i], field, mine or one, theirs or other))
    found.sort(key=lambda row: row[0][:3])
    rows = [(table, field, *place, coder_a, coder_b, one, other) for place, field, one, other in found]
    return pd.DataFrame(rows, columns=DISAGREEMENT_COLUMNS)


def field_agreement(codes: Iterable[tuple[Any, Any]], *, interval: bool = False) -> dict[str, Any]:
    """Agreement on one field: dict with `n`, `agreement`, `alpha`, `alpha_low`, `alpha_high`, `note`.

    codes: (code of a, code of b) for each unit; None is "not coded", and such a unit does not count.
    The leave-one-out range shows how much hangs on a single unit, which with few units is much. Where one
    value takes over 90% of the codes, chance agreement is so high that alpha says nothing; the note says so.
    """
    codes = [pair for pair in codes if None not in pair]
    if not codes:
        return {"n": 0, "note": "no unit that both coded"}
    value, most = Counter(code for pair in codes for code in pair).most_common(1)[0]
    total = 2 * len(codes)
    # Units with the same two codes are interchangeable: leaving out one of each kind shows the whole range.
    left_out = [alpha(_without(codes, pair), interval=interval) for pair in dict.fromkeys(codes)]
    defined = [one for one in left_out if not math.isnan(one)]
    return {
        "n": len(codes),
        "agreement": sum(one == other for one, other in codes) / len(codes),
        "alpha": alpha(codes, interval=interval),
        "alpha_low": min(defined, default=math.nan),
        "alpha_high": max(defined, default=math.nan),
        "note": f"alpha uninformative: {most} of {total} codes are '{value}'" if most > 0.9 * total else "",
    }


def alpha(codes: Iterable[Sequence[Any]], *, interval: bool = False) -> float:
    """Krippendorff's alpha, through NLTK.

    codes: for each unit the codes that the coders gave it, None where a coder gave none; any number of
    coders. interval: whether disagreement is the squared difference of numbers, or just being different.
    Units with fewer than two codes do not count. NaN where the codes that count do not vary: nothing then
    tells agreement from chance (NLTK would say 1).

    Source: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; its worked examples are tests.
    """
    light_imports.nltk()
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance, interval_distance

    units = [[code for code in unit if code is not None] for unit in codes]
    units = [unit for unit in units if len(unit) > 1]
    if len({code for unit in units for code in unit}) < 2:
        return math.nan
    data = [(coder, item, code) for item, unit in enumerate(units) for coder, code in enumerate(unit)]
    task = AnnotationTask(data, distance=interval_distance if interval else binary_distance)
    return round(float(task.alpha()), 12)


def as_coding(
    found: pd.DataFrame,
    table: str,
    sentences: pd.DataFrame | None = None,
    statements: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A table of the rules in the form of a coding, to be held against one.

    found: DataFrame with the design's columns. sentences: DataFrame `version, sentence, start, end` of all
    versions; links need it, since they name sentences by id. statements: DataFrame `statement, source`, for
    who reports a measure; without it `reported_by` stays empty.
    """
    spec = table_named(table)
    records = found.to_dict("records")
    if table == "links":
        records = _placed_links(records, sentences)
    elif table == "measures":
        known = () if statements is None else zip(statements["statement"], statements["source"], strict=True)
        sources = dict(known)
        records = [{"reported_by": sources.get(record.get("statement"), ""), **record} for record in records]
    names = f"the rules' {table}"
    rows = [
        (number, validated(spec.model, _coding_cells(record, spec), names, number))
        for number, record in enumerate(records, 1)
    ]
    check_rows(rows if table != "links" else [], spec, None, names)
    return frame_of([row for _, row in rows], spec)


def _coding_cells(record, spec):
    return {name: format_cell(record[name]) for name in spec.columns if name in record and name != "note"}


def _placed_links(records, sentences):
    """The rules' links with the spans and versions of the sentences that they name by id."""
    places = {
        row["sentence"]: row for row in sentences[["version", "sentence", "start", "end"]].to_dict("records")
    }
    placed = []
    for record in records:
        row = {name: record[name] for name in ("relation", "moved") if name in record}
        for side in ("before", "after"):
            place = None if is_blank(record[side]) else places[record[side]]
            row[f"{side}_start"] = place and place["start"]
            row[f"{side}_end"] = place and place["end"]
            row[f"{side}_version"] = record.get(f"{side}_version") or (place and place["version"])
        placed.append(row)
    # Of an added or deleted sentence, the other version is the one that the rest of the table names.
    for side in ("before_version", "after_version"):
        known = next((row[side] for row in placed if row[side]), "none")
        for row in placed:
            row[side] = row[side] or known
    return placed


def _unit_agreement(n_a, n_b, matched):
    return {
        "n_a": n_a,
        "n_b": n_b,
        "matched": matched,
        "precision": matched / n_b if n_b else math.nan,
        "recall": matched / n_a if n_a else math.nan,
        "f1": 2 * matched / (n_a + n_b) if n_a + n_b else math.nan,
    }


def _without(codes, pair):
    place = codes.index(pair)
    return codes[:place] + codes[place + 1 :]


def _codes(pairs, records_a, records_b, field, kind):
    """(value of a, value of b) of a field for each pair of matched units."""
    codes = [
        (_value(records_a[i].get(field), kind), _value(records_b[j].get(field), kind)) for i, j, _ in pairs
    ]
    return _renamed(codes) if kind == "id" else codes


def _value(cell, kind):
    """The value by which a code is compared (see `Table.fields`); None where nothing was coded."""
    unstated = is_blank(cell) or format_cell(cell).strip().lower() == "not stated"
    if kind == "presence":
        return "not stated" if unstated else "stated"
    if kind == "words":
        return "not stated" if unstated else " ".join(words_of(format_cell(cell)))
    if is_blank(cell):
        return None
    if kind == "name":
        return " ".join(words_of(format_cell(cell)))
    return int(cell) if kind == "interval" else format_cell(cell).strip().lower()


def _renamed(codes):
    """The codes with b's ids put into a's, one to one, those first that stand for the same most often.

    Two coders who tell the same people apart agree, whatever ids they made up for them.
    """
    together = Counter(pair for pair in codes if None not in pair)
    names = {}
    for one, other in sorted(together, key=lambda pair: (-together[pair], pair[0] != pair[1], pair)):
        if other not in names and one not in names.values():
            names[other] = one
    return [(one, other if other is None else names.get(other, f"another: {other}")) for one, other in codes]


def _place(row, texts):
    """(version, start, end, words) of a row; of a link, the first side that it has, and the words of both."""
    sides = [(version, spans) for version, spans in row.sides() if spans]
    shown = [
        " … ".join(texts[version][start:end] for start, end in spans) for version, spans in sides if texts
    ]
    version, spans = sides[0]
    return version, spans[0].start, spans[-1].end, " → ".join(shown)


def _stacked(frames, columns):
    import pandas as pd

    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
