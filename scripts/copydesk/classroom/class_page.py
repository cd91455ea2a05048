"""The report on a class's codings as a page: what to talk about, with whom, and what became of each file."""

from pathlib import Path

from markupsafe import Markup

from copydesk.classroom.sheets import FIELDS
from copydesk.show import tables
from copydesk.show.counts_and_lists import count, listing
from copydesk.show.markup import environment
from copydesk.stories import coding
from copydesk.stories.whole_folder import written_whole

ALL = "all fields"  # of the rows of `coders` that count every field of a table
MOST_CAMPS = 6  # units of a table that are drawn; all of them are in camps.csv
MOST_FINDINGS = 3  # units that the report leads with
MOST_MISSED = 6  # cells that a student's row names; all of them are in missed.csv
FEWEST = 5  # students from which on one can stand apart from the others

TABLES = ("alpha", "camps", "members", "coders", "missed", "notes", "files")
TEMPLATES = Path(__file__).parent / "templates"
_PAGE_STYLE = Path(__file__).parents[1] / "report" / "templates" / "page" / "style.css"
_FATES = {
    "counts": ("counts whole", "count whole"),
    "counts in part": ("counts in part", "count in part"),
    "no code": ("holds no code", "hold no code"),
    "left out": ("could not be used", "could not be used"),
    "passed over": ("was passed over, as no sheet", "were passed over, as no sheets"),
}


def write(made, story, output):
    """Write a ClassReport as `output/index.html` and its tables as `output/tables/NAME.csv`; returns the page's path."""
    kinds = set(coding.coders(story)["kind"])
    page = environment(TEMPLATES).get_template("class.html.j2").render(
        title=f"How the class coded: {story.title}",
        style=Markup(_PAGE_STYLE.read_text("utf-8") + (TEMPLATES / "class.css").read_text("utf-8")),
        counts=_counts(made),
        findings=[*_findings(made)],
        to_ask=to_ask(made.files).to_dict("records"),
        first_coders=" (runs of a language model)" if kinds == {"language model"} else "",
        camps=[*_camps(made)],
        students=[*_students_tables(made)],
        alpha=_alpha(made.alpha),
        fates=_fates(made.files),
        files=_files(made.files),
        notes=_notes(made.notes),
    )  # fmt: skip
    with written_whole(output) as place:
        (place / "tables").mkdir()
        for name in TABLES:
            tables.write_csv(getattr(made, name), place / "tables" / f"{name}.csv")
        (place / "index.html").write_text(page, encoding="utf-8", newline="\n")
    return output / "index.html"


# --- what is said at once -------------------------------------------------------------------------------


def _findings(made):
    named = made.coders["table"].unique()
    divided = [row for table in named for row in _most_divided(made, table, MOST_FINDINGS)]
    for row in sorted(divided, key=lambda row: row["agreement"])[:MOST_FINDINGS]:
        toward = f" toward {row['target']}" if row["target"] else ""
        yield (
            f"{row['item']} ({_cut(row['words'], 60)}) divided the class on its {_plain(row['field'])}{toward}: "
            f"{row['camps'].replace('; ', ', ')}. Which rule did each camp follow?"
        )
    for table, rows in _students(made).groupby("table", sort=False):
        far = apart(rows)
        if len(far):
            names = listing(f"{row.coder} ({row.with_class:.0%})" for row in far.itertuples())
            yield (
                f"On the {table}, talk first with {names}: nobody else is so far from the class, where the student in "
                f"the middle has {rows['with_class'].median():.0%} in common with the others."
            )
        open_ones = rows[rows["coded"] < rows["units"]]
        if len(open_ones):
            left = ((row.coder, row.units - row.coded) for row in open_ones.itertuples())
            names = listing(f"{coder} ({count(cells, 'cell')})" for coder, cells in left)
            yield f"On the {table}, some cells have no code that counts: {names}."
    for table, items in made.not_asked.items():
        if items:
            yield (
                f"On the {table}, most of the class left {_items(items)} open from end to end: they are taken for units that "
                "were not given out, nobody is said to have missed them, and they count nowhere."
            )


def _items(items):
    """M08, M09 and M10 as "M08 to M10", where they follow each other."""
    numbers = [int(item[1:]) for item in items]
    in_a_row = len(items) > 2 and numbers == [*range(numbers[0], numbers[-1] + 1)]
    return f"{items[0]} to {items[-1]}" if in_a_row else listing(items)


def _most_divided(made, table, n):
    """The n units that divided the class most, each with the field that did: list of rows. Strength is a scale, not camps."""
    camps = made.camps
    rows = camps[camps["divided"] & camps["table"].eq(table) & camps["field"].ne("strength")]
    return rows.drop_duplicates("item").head(n).to_dict("records")


def _counts(made):
    coded = listing(
        f"{count(len(rows), 'student')} coded the {table}"
        for table, rows in _students(made).groupby("table", sort=False)
    )
    return f"{coded}. {_fates(made.files)}"


def _fates(files):
    """How many files met which fate, in a sentence."""
    of = files["fate"].value_counts().to_dict()
    told = [f"{of[fate]} {words[of[fate] != 1]}" for fate, words in _FATES.items() if fate in of]
    return f"Of {count(len(files), 'file')}, {listing(told)}."


def to_ask(files):
    """The files that a teacher should ask somebody about: not read, without a code, or without a name."""
    asked = files["fate"].isin(["left out", "no code"]) | files["reason"].str.contains("; ask ")
    return files[asked].sort_values(["student", "file"], kind="stable")


def _students(made):
    """A row a student and table, over all fields."""
    return made.coders[made.coders["kind"].eq("student") & made.coders["field"].eq(ALL)]


def apart(rows):
    """Those students who agree with the class far less than the rest: below Tukey's fence (one and a half times the
    middle half's range below its lower end), and a tenth below the middle. rows: of `coders`, one a student. Least
    first; none of a few."""
    if len(rows) < FEWEST:
        return rows.head(0)
    low, high = rows["with_class"].quantile([0.25, 0.75])
    fence = min(low - 1.5 * (high - low), rows["with_class"].median() - 0.1)
    return rows[rows["with_class"] < fence].sort_values("with_class", kind="stable")


# --- the parts ------------------------------------------------------------------------------------------


def _camps(made):
    """(table, the units that divided the class most, each with its camps) for each table."""
    for table in made.coders["table"].unique():
        rows = _most_divided(made, table, MOST_CAMPS)
        if rows:
            yield table, [_unit(row, made.members) for row in rows]


def _unit(row, members):
    keys = ["table", "item", "field"]
    own = members[members[keys].eq([row[key] for key in keys]).all(axis=1)]
    camps = [
        {
            "code": camp["code"],
            "coders": camp["coders"],
            "width": round(70 * camp["coders"] / row["coders"]),
            "also": [name for name in ("resolved", "rules") if row[name] == camp["code"]],
            "who": camp["who"],
        }
        for camp in own.to_dict("records")
    ]
    return {**row, "field": _plain(row["field"]), "words": _cut(row["words"], 220), "camps": camps}


def _students_tables(made):
    """A table for each table that was coded: its coders, the least like the class first, and what each missed."""
    for table, rows in made.coders.groupby("table", sort=False):
        whole = rows[rows["field"].eq(ALL)].sort_values("with_class", kind="stable")
        missed = made.missed[made.missed["table"].eq(table)]
        shown = whole.assign(
            coded=[f"{row.coded} of {row.units}" for row in whole.itertuples()],
            with_class=[_share(row.with_class) for row in whole.itertuples()],
            with_resolved=[_share(row.with_resolved) for row in whole.itertuples()],
            furthest_in=[_furthest(rows, row.coder, row.kind) for row in whole.itertuples()],
            missed=[
                _missed(missed[missed["coder"].eq(row.coder)], table) if row.kind == "student" else "" for row in whole.itertuples()
            ],
        )[["coder", "with_class", "with_resolved", "furthest_in", "coded", "missed"]]  # fmt: skip
        caption = f"The coders of the {table}, what they have in common with others, and what they missed"
        yield Markup(tables.to_html(shown, caption, words=("missed",)))


def _share(value):
    return "–" if tables.is_missing(value) else f"{value:.0%}"


def _missed(rows, table):
    """What a student missed, in words: whole units that are empty, then cells, then codes unlike the class's."""
    empty = rows[rows["missed"].eq("empty")]
    told = []
    for item, own in empty.groupby("item", sort=False):
        fields = [_plain(one) for one in own["field"]]
        told.append(f"{item} {', '.join(fields) if len(fields) < len(FIELDS[table]) else 'all'} (empty)")
    for row in rows[rows["missed"].ne("empty")].itertuples():
        told.append(f"{row.item} {_plain(row.field)} (“{row.code}”; the class “{row.code_of_class}”)")
    more = len(told) - MOST_MISSED
    return "; ".join(told[:MOST_MISSED]) + (f"; and {more} more" if more > 0 else "")


def _furthest(rows, coder, kind):
    """The field in which a coder is furthest below what students have in common on average, or nothing."""
    fields = rows[rows["field"].ne(ALL)]
    usual = fields[fields["kind"].eq("student")].groupby("field")["with_class"].mean()
    own = fields[fields["coder"].eq(coder) & fields["kind"].eq(kind)].set_index("field")["with_class"]
    below = (own - usual).dropna()
    if below.empty or below.min() > -0.1:
        return ""
    return f"{_plain(below.idxmin())} ({own[below.idxmin()]:.0%})"


def _alpha(alpha):
    ranges = [f"{row.alpha_low:.2f} to {row.alpha_high:.2f}" for row in alpha.itertuples()]
    shown = alpha.assign(field=alpha["field"].map(_plain), range=ranges)
    shown.loc[alpha["alpha_low"].isna(), "range"] = ""
    columns = ["table", "field", "agreement", "alpha", "range", "alpha_with_rules"]
    columns += ["note"] * any(alpha["note"])
    return Markup(tables.to_html(shown, "Agreement by field", columns=columns))


def _files(files):
    """The files that do not count whole; of the others there is nothing to say."""
    shown = files[~files["fate"].isin(["counts", "passed over"])].sort_values(["fate", "file"], kind="stable")
    if shown.empty:
        return ""
    return Markup(tables.to_html(shown, "Files that do not count, or not whole", words=("reason",)))


def _notes(notes):
    if notes.empty:
        return ""
    shown = notes.sort_values(["file", "row"], kind="stable")
    shown = shown.assign(row=shown["row"].astype(str).replace("0", ""))
    return Markup(tables.to_html(shown, "Repairs and gaps, cell by cell", words=("reason",)))


def _plain(field):
    return field.replace("_", " ")


def _cut(words, most):
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
