"""The report on a class's codings as a page: what divided the class, and who needs help, before any table."""

from html import escape
from pathlib import Path

from copydesk.show import tables
from copydesk.show.phrasing import capital, count, listing
from copydesk.stories import coding

ALL = "all fields"  # of the rows of `coders` that count every field of a table
MOST_CAMPS = 6  # units of a table that are drawn; all of them are in camps.csv
FEWEST = 5  # students from which on one can stand apart from the others

_INTRO = (
    "Everybody coded the same units, so agreement here is about codes alone. Nobody's coding is taken for the truth: "
    "the resolved coding is what the first coders of the story{who} settled on, and the rules are one more coder, who "
    "never tires and never understands."
)
_CAMPS = (
    "Each bar is a camp: the code, how many gave it. A unit that splits the class in two is more often a hole in the "
    "codebook than a fault of half the class: let each camp say the rule that it followed. Strength is a scale, where "
    "one step apart is no camp; it is in camps.csv."
)
_CODERS = (
    "Least like the class stands first. With class: how often, on average, another student gave the same code. With "
    "resolved: how often the resolved coding has it. Low in both is worth a talk; low with the class and high with the "
    "resolved coding is worth hearing out."
)
_ALPHA = (
    "Agreement is the share of pairs of students with the same code. Alpha takes chance off it: 1 is perfect, 0 is what "
    "chance would give; the range shows how far it moves when any one unit is left out. Where one code takes over nine "
    "tenths, alpha says nothing."
)
_NOTES = (
    "What was repaired counts as repaired. What was left out is missing, and nothing else of the sheet is."
)
_STYLE = """.table { max-height: none; } .finding { font-size: 1.1rem; max-width: 46rem; } dl { font-size: .85rem; }
.camps { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
  gap: 1.6rem 2.4rem; } .camps p { margin: 0 0 .3rem; font-size: .95rem; line-height: 1.4; }
.camp { display: grid; grid-template-columns: 8rem 1fr; gap: .6rem; font: .85rem/1.6 var(--sans); }
.camp .bar { display: flex; gap: .5rem; align-items: center; } .camp small { color: var(--quiet); }
.camp i { height: .9rem; background: #0072b2; flex: none; print-color-adjust: exact; }"""


def write(made, story, output):
    """Write a ClassReport as `output/index.html` and its tables as `output/tables/NAME.csv`; returns the page's path."""
    (output / "tables").mkdir(parents=True, exist_ok=True)
    for name in ("alpha", "camps", "members", "coders", "notes"):
        tables.write_csv(getattr(made, name), output / "tables" / f"{name}.csv")
    title = escape(f"How the class coded: {story.title}")
    style = (Path(__file__).parents[1] / "report" / "templates" / "page" / "style.css").read_text("utf-8")
    findings = "".join(f'<p class="finding">{escape(finding)}</p>' for finding in _findings(made))
    parts = [
        f'<h1>{title}</h1><p class="standfirst">{escape(_counts(made))}</p>{findings}<p>{escape(_INTRO.format(who=_first_coders(story)))}</p>'
    ]
    parts += [_section("What divided the class?", _camps(made), _CAMPS)]
    parts += [_section("Who stands where?", _coders(made), _CODERS)]
    parts += [_section("How far does the class agree?", _alpha(made.alpha), _ALPHA)]
    parts += [_section("What was repaired, and what left out?", _notes(made.notes), _NOTES)]
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{style}{_STYLE}</style></head>"
        f'<body><main id="main">{"".join(parts)}</main></body></html>\n'
    )
    index = output / "index.html"
    index.write_text(page, encoding="utf-8", newline="\n")
    return index


def _first_coders(story):
    kinds = set(coding.coders(story)["kind"])
    return " (runs of a language model)" if kinds == {"language model"} else ""


def _section(question, html, how):
    return f"<h2>{escape(question)}</h2>{html or '<p>None.</p>'}<p><em>How to read it</em>: {escape(how)}</p>"


# --- what is said at once -------------------------------------------------------------------------------


def _findings(made):
    for table, rows in _students(made).groupby("table", sort=False):
        for row in _divided(made, table).head(1).to_dict("records"):
            yield (
                f"The {table} divided the class most on {row['item']} ({_cut(row['words'], 60)}), "
                f"{_plain(row['field'])}: {row['camps'].replace('; ', ', ')}."
            )
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
            yield f"Of the {table}, some cells are empty or could not be read: {names}."


def _counts(made):
    coded = listing(
        f"{count(len(rows), 'student')} coded the {table}"
        for table, rows in _students(made).groupby("table", sort=False)
    )
    unused = made.notes["done"].eq("sheet left out").sum()
    return f"{coded}." + (
        f" {capital(count(unused, 'file'))} could not be used: see below which, and why." if unused else ""
    )


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


def _divided(made, table):
    camps = made.camps
    return camps[camps["divided"] & camps["table"].eq(table) & camps["field"].ne("strength")]


# --- the parts ------------------------------------------------------------------------------------------


def _camps(made):
    """The units of each table that divided the class most, each with a bar a camp."""
    parts = []
    for table in made.coders["table"].unique():
        units = [
            _unit(row, made.members) for row in _divided(made, table).head(MOST_CAMPS).to_dict("records")
        ]
        if units:
            parts.append(f'<h3>{capital(table)}</h3><ol class="camps">{"".join(units)}</ol>')
    return "".join(parts)


def _unit(row, members):
    own = members[
        members[["table", "item", "field"]].eq([row["table"], row["item"], row["field"]]).all(axis=1)
    ]
    bars, who = [], []
    for camp in own.to_dict("records"):
        also = [name for name in ("resolved", "rules") if row[name] == camp["code"]]
        bars.append(
            f'<div class="camp"><span>{escape(camp["code"])}</span><span class="bar"><i style="width: '
            f'{70 * camp["coders"] / row["coders"]:.0f}%"></i>{camp["coders"]}<small>{escape(", ".join(also))}</small>'
            "</span></div>"
        )
        who.append(f"<dt>{escape(camp['code'])}</dt><dd>{escape(camp['who'].replace('; ', ', '))}</dd>")
    target = f" toward {row['target']}" if row["target"] else ""
    return (
        f"<li><p><b>{escape(row['item'])}, {escape(_plain(row['field']) + target)}</b>: {escape(row['words'])}</p>"
        f"{''.join(bars)}<details><summary>Who</summary><dl>{''.join(who)}</dl></details></li>"
    )


def _coders(made):
    """A table for each table that was coded: its coders, the least like the class first."""
    parts = []
    for table, rows in made.coders.groupby("table", sort=False):
        whole = rows[rows["field"].eq(ALL)].sort_values("with_class", kind="stable")
        shown = whole.assign(
            coded=[f"{row.coded} of {row.units}" for row in whole.itertuples()],
            with_class=[f"{row.with_class:.0%}" for row in whole.itertuples()],
            with_resolved=[
                "–" if not row.n_resolved else f"{row.with_resolved:.0%}" for row in whole.itertuples()
            ],
            furthest_in=[_furthest(rows, row.coder, row.kind) for row in whole.itertuples()],
        )[["coder", "with_class", "with_resolved", "furthest_in", "coded"]]
        parts.append(
            tables.to_html(shown, f"The coders of the {table}, and what they have in common with others")
        )
    return "".join(parts)


def _furthest(rows, coder, kind):
    """The field in which a coder is furthest below what students have in common on average, or nothing."""
    fields = rows[rows["field"].ne(ALL)]
    usual = fields[fields["kind"].eq("student")].groupby("field")["with_class"].mean()
    own = fields[fields["coder"].eq(coder) & fields["kind"].eq(kind)].set_index("field")["with_class"]
    below = (own - usual).dropna()
    return (
        "" if below.empty or below.min() > -0.1 else f"{_plain(below.idxmin())} ({own[below.idxmin()]:.0%})"
    )


def _alpha(alpha):
    ranges = [f"{row.alpha_low:.2f} to {row.alpha_high:.2f}" for row in alpha.itertuples()]
    shown = alpha.assign(field=alpha["field"].map(_plain), range=ranges)
    shown.loc[alpha["alpha_low"].isna(), "range"] = ""
    columns = ["table", "field", "agreement", "alpha", "range", "alpha_with_rules"]
    return tables.to_html(shown, "Agreement by field", columns=columns + ["note"] * any(alpha["note"]))


def _notes(notes):
    shown = notes.sort_values(["file", "row"], kind="stable")
    shown = shown.assign(row=shown["row"].astype(str).replace("0", ""))
    return tables.to_html(shown, "Repairs and gaps", words=("reason",)) if len(notes) else ""


def _plain(field):
    return field.replace("_", " ")


def _cut(words, most):
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
