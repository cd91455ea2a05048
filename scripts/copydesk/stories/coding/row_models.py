"""What a row of a hand coding may hold, and by which of its columns two codings are compared.

A coding is keyed by spans: offsets in code points of a version's text, the end exclusive.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from copydesk.engine.spans import Span, write_spans
from copydesk.engine.text import is_word, normal_words
from copydesk.errors import InputError

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
