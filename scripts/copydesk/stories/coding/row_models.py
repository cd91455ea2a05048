"""What a row of a hand coding may hold, and its CSV file.

A coding is keyed by spans: offsets in code points of a version's text, the end exclusive. What is wrong in
a file is told in one sentence that names file, row, column and fix; rows are numbered as a spreadsheet
numbers them, the header being row 1.
"""

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from copydesk.engine import toml_files
from copydesk.engine.spans import Span, write_spans
from copydesk.engine.text import is_word, normal_words
from copydesk.errors import InputError
from copydesk.stories.csv_rows import write_csv_rows

if TYPE_CHECKING:
    import pandas as pd

RESOLVED = "resolved"

# --- cells ------------------------------------------------------------------------------------------


def is_blank(cell):
    """Whether a cell holds nothing: None, an empty string, NaN or pandas' NA."""
    if isinstance(cell, str):
        return not cell.strip()
    return cell is None or (not isinstance(cell, (tuple, list)) and str(cell) in ("nan", "<NA>", "NaT"))


def read_coded_spans(cell):
    """The spans that a cell writes, as a tuple of Span: `12-40;55-80`.

    Pairs of offsets in any other dress (`12..40 55..80`, `[[12, 40], [55, 80]]`, a tuple of pairs) are read too.
    What a spreadsheet has made a date of is refused. Raises ValueError.
    """
    if not isinstance(cell, str):
        pairs = [] if is_blank(cell) else [tuple(pair) for pair in cell]
    elif re.search(r"[^\d\s\[\](),;:.–-]", cell):
        raise ValueError(f"'{cell}' is no list of spans; write them as 12-40;55-80")
    else:
        numbers = re.findall(r"\d+", cell)
        if len(numbers) % 2:
            raise ValueError(f"'{cell}' has an odd number of offsets; write spans as 12-40;55-80")
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
    spans = tuple(Span(int(start), int(end)) for start, end in pairs)
    for start, end in spans:
        if not 0 <= start < end:
            raise ValueError(f"{start}-{end} is empty or runs backward; fix its offsets")
    return spans


def format_cell(value):
    """A value as the CSV file has it: spans as above, yes or no, nothing for a missing value."""
    if isinstance(value, (tuple, list)):
        return write_spans(value)
    if is_blank(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a whole number from a column that also has missing values
    if not isinstance(value, str) and str(value) in ("True", "False"):  # numpy's as well as Python's
        return "yes" if value else "no"
    return str(value)


def words_of(text):
    """The words of a text in normal form, without the marks."""
    return [norm for norm in normal_words(text) if is_word(norm)]


def _offset(cell):
    if is_blank(cell):
        return None
    return int(cell.removesuffix(".0")) if isinstance(cell, str) else int(cell)


def _yes_or_no(cell):
    known = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
    value = format_cell(cell).strip().lower()
    if value not in known:
        raise ValueError(f"'{cell}' is neither yes nor no; write one of them")
    return known[value]


def _lowered(cell):
    return cell.lower() if isinstance(cell, str) else cell


Offset = Annotated[int | None, BeforeValidator(_offset)]
Spans = Annotated[tuple[Span, ...], BeforeValidator(read_coded_spans)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]


_LOWERED = BeforeValidator(_lowered)

# An empty cell is "not coded", which is another thing than "not stated".
Relation = Annotated[Literal["identical", "reworded", "split", "merged", "added", "deleted"], _LOWERED]
Quotation = Annotated[Literal["direct", "mixed", "indirect", ""], _LOWERED]
StatementKind = Annotated[Literal["statement", "position", "act", "document", ""], _LOWERED]
Stance = Annotated[Literal["supportive", "opposed", "mixed", "neutral", "not expressed"], _LOWERED]
Category = Annotated[
    Literal[
        "travel",
        "asset freeze",
        "diplomatic",
        "arms",
        "proscribed activities",
        "commodity",
        "transportation",
        "financial sector",
        "not stated",
        "",
    ],
    _LOWERED,
]
Status = Annotated[
    Literal["proposed", "adopted", "in force", "threatened", "lifted", "not stated", ""], _LOWERED
]
Change = Annotated[Literal["new", "tightened", "expanded", "continuing", "eased", "not stated", ""], _LOWERED]
Binding = Annotated[Literal["none", "recommended", "conditional", "mandatory", "not stated", ""], _LOWERED]
CoderKind = Annotated[Literal["person", "language model"], _LOWERED]

# --- rows -------------------------------------------------------------------------------------------


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    note: str = ""
    reason: str = ""  # of a resolved coding: why it is so, where the coders differed

    @model_validator(mode="after")
    def _offsets_go_together(self):
        for name in type(self).model_fields:
            if not name.endswith("start"):
                continue
            partner = name.removesuffix("start") + "end"
            start, end = getattr(self, name), getattr(self, partner)
            if (start is None) != (end is None):
                raise ValueError(f"{name} and {partner} go together; give both or neither")
            if start is not None and not 0 <= start < end:
                raise ValueError(
                    f"{name} and {partner} give {start}-{end}; the start must lie before the end"
                )
        return self

    def span(self, stem=""):
        """`STEMstart` and `STEMend` as a tuple of one Span, or () where they are empty."""
        start, end = getattr(self, f"{stem}start"), getattr(self, f"{stem}end")
        return () if start is None else (Span(start, end),)


class LinkRow(_Row):
    """A sentence of one version and its answer in another; `added` and `deleted` have one side only."""

    before_version: str = Field(min_length=1)
    after_version: str = Field(min_length=1)
    before_start: Offset = None
    before_end: Offset = None
    after_start: Offset = None
    after_end: Offset = None
    relation: Relation
    moved: YesNo = False

    @model_validator(mode="after")
    def _has_its_sides(self):
        for side, without in (("before", "added"), ("after", "deleted")):
            given = bool(self.span(f"{side}_"))
            if given == (self.relation == without):
                what = "must be empty" if given else "are missing; give them"
                raise ValueError(f"with the relation {self.relation}, {side}_start and {side}_end {what}")
        return self

    def sides(self):
        return [(self.before_version, self.span("before_")), (self.after_version, self.span("after_"))]


class StatementRow(_Row):
    """What a source is reported to have said, believed, demanded or done in words."""

    version: str = Field(min_length=1)
    start: Offset = None
    end: Offset = None
    content_spans: Spans = ()
    content: str = ""
    source: str = ""
    source_start: Offset = None
    source_end: Offset = None
    source_id: str = ""
    source_type: str = ""
    affiliation: str = ""
    actor: str = ""
    cue: str = ""
    cue_start: Offset = None
    cue_end: Offset = None
    quotation: Quotation = ""
    kind: StatementKind = ""

    def sides(self):
        return [(self.version, self.content_spans or self.span())]


class StanceRow(_Row):
    """The stance that one segment of a statement takes toward one target."""

    version: str = Field(min_length=1)
    start: Offset
    end: Offset
    text: str = ""
    target: str = Field(min_length=1)
    stance: Stance
    strength: Annotated[int | None, Field(ge=0, le=3), BeforeValidator(_offset)] = None

    def sides(self):
        return [(self.version, self.span())]


class MeasureRow(_Row):
    """A sanctions measure, as the version reports it."""

    version: str = Field(min_length=1)
    start: Offset = None
    end: Offset = None
    spans: Spans = ()
    text: str = ""
    label: str = ""
    category: Category = ""
    type: str = ""
    sender: str = ""
    target: str = ""
    obligated_party: str = ""
    condition: str = ""
    exemption: str = ""
    status: Status = ""
    change: Change = ""
    binding_before: Binding = ""
    binding_after: Binding = ""
    quantity: str = ""
    unit: str = ""
    umbrella: YesNo = False
    reported_by: str = ""

    def sides(self):
        return [(self.version, self.spans or self.span())]


class CoderRow(BaseModel):
    """A line of `coders.csv`: who coded which tables, and what they knew when they did."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    coder: str = Field(min_length=1)
    kind: CoderKind
    name: str = ""
    wrote_codebook: YesNo = False
    saw_rules: YesNo = False
    date: str = ""
    tables: str = Field(min_length=1)
    note: str = ""

    def table_names(self):
        return [name for name in re.split(r"[;,\s]+", self.tables) if name]


@dataclass(frozen=True)
class Table:
    """How the rows of a table are read, and by which columns `comparing` compares them.

    within: the columns in which two rows must agree before their spans are compared.
    words: column of words -> what it must be the words of: a column of spans, or the stem of two offsets.
    fields: field -> how its values are compared, one of
      value     the code as it stands; an empty cell is "not coded" and counts nowhere
      words     free text, equal when its words are (case and marks aside); empty is "not stated"
      name      the same, but empty is "not coded"
      id        a name made up for one person or body: equal when both coders mean the same one by theirs
      presence  free text that two readers word differently: stated, or not stated
      interval  a number; disagreement grows with the square of the difference
    """

    model: type[BaseModel]
    within: tuple[str, ...]
    words: dict[str, str]
    fields: dict[str, str]

    @property
    def columns(self):
        """The columns of the CSV file in their order; a resolved coding has `reason` behind them."""
        return [*(name for name in self.model.model_fields if name not in ("note", "reason")), "note"]


TABLES = {
    "links": Table(
        model=LinkRow,
        within=("before_version", "after_version"),
        words={},
        fields={"relation": "value", "moved": "value"},
    ),
    "statements": Table(
        model=StatementRow,
        within=("version",),
        words={"content": "content_spans", "source": "source_", "cue": "cue_"},
        fields={
            "source": "words",
            "source_id": "id",
            "source_type": "value",
            "actor": "value",
            "cue": "words",
            "quotation": "value",
            "kind": "value",
        },
    ),
    "stances": Table(
        model=StanceRow,
        within=("version", "target"),
        words={"text": ""},
        fields={"stance": "value", "strength": "interval"},
    ),
    "measures": Table(
        model=MeasureRow,
        within=("version",),
        words={"text": "spans"},
        fields={
            "category": "value",
            "type": "value",
            "sender": "words",
            "target": "words",
            "obligated_party": "words",
            "condition": "presence",
            "exemption": "presence",
            "status": "value",
            "change": "value",
            "binding_before": "value",
            "binding_after": "value",
            "quantity": "words",
            "unit": "words",
            "umbrella": "value",
            "reported_by": "name",
        },
    ),
}


def table_named(name):
    """The Table of that name, or an InputError that lists the names."""
    if name not in TABLES:
        raise InputError(f"There is no table '{name}' to code; choose from {', '.join(TABLES)}.")
    return TABLES[name]


# --- files ------------------------------------------------------------------------------------------


def read_file(path: Path, table: str, texts: Mapping[str, str] | None = None) -> "pd.DataFrame":
    """A coding from a CSV file: UTF-8, with or without a byte-order mark; comma, semicolon or tab.

    table: a name in TABLES. texts: dict of version id -> text; where it is given, the versions, offsets and
    words are checked against it. Returns a DataFrame (see `frame_of`). Raises InputError.
    """
    spec = table_named(table)
    header, rows = read_rows(path, spec.model)
    check_rows(rows, spec, texts, path)
    return frame_of([row for _, row in rows], spec, "reason" in header)


def write_file(path, table, frame, texts=None, reason=False):
    """Write a coding as CSV, whole or not at all. It is checked as on reading; columns not given stay empty."""
    spec = table_named(table)
    columns = [*spec.columns, "reason"] if reason else spec.columns
    for name in frame.columns:
        if name not in columns:
            raise InputError(f"{path} has no column '{name}'{_suggestion(name, columns)}.")
    records = frame.to_dict("records")
    rows = [
        (
            number,
            validated(spec.model, {name: format_cell(cell) for name, cell in record.items()}, path, number),
        )
        for number, record in enumerate(records, 2)
    ]
    check_rows(rows, spec, texts, path)
    write_rows(path, columns, [row for _, row in rows])


def frame_of(rows, spec, reason=False):
    """Rows as a DataFrame: offsets and strength Int64, spans tuples of Span, yes/no bool, the rest str."""
    import pandas as pd

    columns = [*spec.columns, "reason"] if reason else spec.columns
    frame = pd.DataFrame([{name: getattr(row, name) for name in columns} for row in rows], columns=columns)
    whole = [name for name in columns if name.endswith(("start", "end")) or name == "strength"]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def read_rows(path, model):
    """(header, [(row number, instance of `model`)]) of a CSV file; rows without any content are passed over."""
    lines = list(_lines(path))
    header = lines[0][1] if lines else []
    _check_header(path, header, model)
    rows = []
    for number, cells in lines[1:]:
        if any(cells[len(header) :]):
            raise InputError(
                f"{path}, row {number}: {len(cells)} cells under a header of {len(header)}; "
                "put a cell with a comma in it in double quotation marks."
            )
        rows.append((number, validated(model, dict(zip(header, cells, strict=False)), path, number)))
    return header, rows


def write_rows(path, columns, rows):
    """Write instances of a row model as CSV: to a file beside it first, then in its place."""
    out = io.StringIO()
    cells = ([format_cell(getattr(row, name)) for name in columns] for row in rows)
    write_csv_rows(out, [list(columns), *cells])
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(out.getvalue().encode("utf-8"))
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); check the folder.") from None
    finally:
        temporary.unlink(missing_ok=True)


def validated(model, values, path, number):
    """An instance of `model`, or an InputError about its first fault."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
    column = str(fault["loc"][0]) if fault["loc"] else ""
    raise fault_at(path, number, column, _explain(fault, model, column))


def fault_at(path, number, column, message):
    """An InputError that names the file, the row, the column (where it is one) and the fix."""
    place = f"{path}, row {number}, column {column}" if column else f"{path}, row {number}"
    return InputError(f"{place}: {message if message.endswith('?') else message.rstrip('.') + '.'}")


def _lines(path):
    """(row number, stripped cells) of a CSV file."""
    text = toml_files.read_text(path).removeprefix("\ufeff")
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if any(map(str.strip, cells)):
                yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise InputError(f"{path} is no proper CSV ({error}); save it as CSV, UTF-8.") from None


def _check_header(path, header, model):
    known = list(model.model_fields)
    for name in header:
        if name not in known:
            raise fault_at(path, 1, "", f"unknown column '{name}'{_suggestion(name, known)}")
        if header.count(name) > 1:
            raise fault_at(path, 1, "", f"the column {name} is there twice; keep one")
    for name, field in model.model_fields.items():
        if field.is_required() and name not in header:
            raise fault_at(path, 1, "", f"the column {name} is missing; add it")


def _suggestion(value, known):
    near = get_close_matches(str(value).lower(), known, n=1)
    return f"; did you mean '{near[0]}'?" if near else f"; choose from {', '.join(filter(None, known))}"


def _explain(fault, model, column):
    value = fault["input"]
    if fault["type"] == "literal_error":
        return (
            f"'{value}' is not allowed{_suggestion(value, get_args(model.model_fields[column].annotation))}"
        )
    if fault["type"] in ("string_too_short", "missing"):
        return "is empty; fill it in"
    if fault["type"] == "extra_forbidden":
        return f"there is no such column{_suggestion(column, list(model.model_fields))}"
    message = fault["msg"].removeprefix("Value error, ")
    if message.startswith("invalid literal for int"):
        return f"'{value}' is no whole number; give one"
    return message if fault["type"] == "value_error" else f"'{value}': {message[0].lower()}{message[1:]}"


# --- what must hold between a row, the texts and the other rows ----------------------------------------


def check_rows(rows, spec, texts, path):
    """Raise InputError at the first row that has no unit, or does not fit the texts or the other rows."""
    for number, row in rows:
        if not any(side for _, side in row.sides()):
            raise fault_at(path, number, "", "has no span; give its spans, or its start and end")
        if texts is not None:
            _check_places(row, texts, path, number)
            _check_words(row, spec, texts, path, number)
    if spec.model is LinkRow:
        _check_links(rows, path)
    if spec.model is StanceRow:
        _check_unique(rows, ("version", "start", "end", "target"), path)


def _check_places(row, texts, path, number):
    for version, _ in row.sides():
        if version not in texts:
            raise fault_at(
                path, number, "", f"there is no version '{version}'{_suggestion(version, list(texts))}"
            )
    for column, version, spans in _places(row):
        length = len(texts[version])
        for start, end in spans:
            if end > length:
                message = (
                    f"{start}-{end} lies outside {version}, which has {length} characters; fix the offsets"
                )
                raise fault_at(path, number, column, message)


def _places(row):
    """(column, version, spans) for everything in a row that points into a text."""
    for name in type(row).model_fields:
        stem = name.removesuffix("start")
        if name.endswith("spans"):
            yield name, row.version, getattr(row, name)
        elif stem != name:
            yield name, getattr(row, f"{stem}version", None) or row.version, row.span(stem)


def _check_words(row, spec, texts, path, number):
    for column, place in spec.words.items():
        given = getattr(row, column)
        spans = (getattr(row, place) or row.span()) if place.endswith("spans") else row.span(place)
        if not given or not spans:
            continue
        there = " ".join(texts[row.version][start:end] for start, end in spans)
        if words_of(given) != words_of(there):
            shown = there if len(there) <= 60 else f"{there[:57]}..."
            message = (
                f"has other words than {row.version} at {write_spans(spans)} ('{shown}'); fix one of them"
            )
            raise fault_at(path, number, column, message)


def _check_links(rows, path):
    """A sentence that stands in several rows was split or merged, and one that did stands in several."""
    _check_unique(
        rows,
        ("before_version", "after_version", "before_start", "before_end", "after_start", "after_end"),
        path,
    )
    several = {"split": "before", "merged": "after"}
    count = Counter(_sentence(row, side) for _, row in rows for side in several.values())
    for number, row in rows:
        repeated = [
            side for side in several.values() if row.span(f"{side}_") and count[_sentence(row, side)] > 1
        ]
        side = several.get(row.relation)
        if side and side not in repeated:
            message = (
                f"{row.relation}, but no other row has its {side} sentence; add that row or write reworded"
            )
            raise fault_at(path, number, "relation", message)
        if repeated and not side:
            message = (
                f"{row.relation}, but another row has the same {repeated[0]} sentence; write split or merged"
            )
            raise fault_at(path, number, "relation", message)


def _sentence(row, side):
    return side, row.before_version, row.after_version, row.span(f"{side}_")


def _check_unique(rows, columns, path):
    seen = {}
    for number, row in rows:
        key = tuple(getattr(row, name) for name in columns)
        if key in seen:
            raise fault_at(path, number, "", f"codes the same as row {seen[key]}; keep one of them")
        seen[key] = number
