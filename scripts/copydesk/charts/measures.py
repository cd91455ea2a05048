"""What the story says must be done: how binding each measure was, and how binding it would be."""

import pandas as pd

from copydesk.charts.style import (
    BLUE,
    BODY,
    GREY,
    INK,
    PALE,
    PAPER,
    RULE,
    SMALL,
    VERMILION,
    Canvas,
    capital,
    count,
    elide,
    listing,
    nothing,
    readable,
    text_width,
)

# From free to bound; what the story does not say stands apart, before them.
BINDING = ("none", "recommended", "conditional", "mandatory")
UNKNOWN = "not stated"


def binding_arrows(measures, labels=None, versions=None, url=None):
    """How binding each measure was and would be: an arrow a measure, by category.

    measures: the measures table; umbrella sentences are left out. labels: dict version -> label. versions:
    ids, in order. url: function from a measure's id to a link. Returns Chart.
    """
    versions = list(versions or (dict.fromkeys(measures.version) if len(measures) else []))
    named = {version: str((labels or {}).get(version, version)) for version in versions}
    table = measures_by_version(measures, versions)
    if table.empty:
        return nothing("binding-arrows", "The story reports no sanctions measure.", table)
    title = _title(table, versions, named)
    canvas = Canvas(title, "From how binding a measure was (ring) to how binding it would be (arrowhead). A dot: as "
                    "binding as before. A square: in force already. A dotted line: how it was is not stated.")  # fmt: skip
    label_width, right_width = 262, 216
    axis_left = canvas.left + label_width
    step = (canvas.right - right_width - axis_left) / (len(BINDING) + 1)
    places = {name: axis_left + step * (n + 0.5) for n, name in enumerate((UNKNOWN, *BINDING))}
    head = canvas.y + 10
    for name, x in places.items():
        canvas.text(x, head, name, size=SMALL, color=GREY if name == UNKNOWN else INK, anchor="center")
    quantity_x, version_x = canvas.right - right_width + 16, canvas.right - 96
    canvas.text(quantity_x, head, "number", size=SMALL)
    if len(versions) > 1:
        canvas.text(version_x, head, "reported in", size=SMALL)
    y = canvas.y = head + 10
    row_height = 23
    for category, rows in table.groupby("category", sort=False):
        canvas.line(canvas.left, y, canvas.right, y)
        y += 18
        canvas.text(
            canvas.left, y, elide(category, label_width, SMALL, True), size=SMALL, bold=True, color=GREY
        )
        y += 5
        for row in rows.itertuples():
            middle = y + row_height / 2
            canvas.line(
                places[UNKNOWN] + step / 2, middle, places["mandatory"] + step / 2, middle, color=PALE
            )
            canvas.line(
                places[UNKNOWN] - step / 2 + 8, middle, places[UNKNOWN] + step / 2 - 8, middle, color=PALE
            )
            for name, x in places.items():
                if name in (row.binding_before, row.binding_after):
                    continue
                canvas.circle(x, middle, 1.8, fill=RULE)
            with canvas.mark(f"{row.label}: {_told(row)}", url(row.measure) if url else None):
                _row(canvas, row, middle, places, label_width)
            if row.quantity:
                canvas.middle(quantity_x, middle, elide(row.quantity, version_x - quantity_x - 6, BODY, True),
                              size=BODY, bold=True)  # fmt: skip
            have = row.versions.split()
            both = len(have) == len(versions)
            where = _everywhere(versions) if both else f"only {listing(named[v] for v in have)}"
            canvas.middle(version_x, middle, elide(where, canvas.right - version_x, SMALL, not both), size=SMALL,
                          bold=not both, color=GREY if both else INK)  # fmt: skip
            y += row_height
        y += 4
    canvas.line(canvas.left, y, canvas.right, y)
    canvas.y = y
    return canvas.finish("binding-arrows", title, _alt(table, versions, named), table)


def measures_by_version(measures, versions):
    """A row a measure, the versions joined: the n-th of a type in one answers the n-th of it in another.

    Returns DataFrame `measure, label, category, type, status, change, binding_before, binding_after,
    quantity, versions`; `quantity` is written out ("17 individuals"), `versions` are ids with a blank between.
    """
    found = {}
    chosen = measures[~measures.umbrella.map(_is_true)] if len(measures) else measures
    for version in versions:
        seen = {}
        for row in chosen[chosen.version == version].itertuples():
            number = seen[row.type] = seen.get(row.type, 0) + 1
            found.setdefault((row.type, number), []).append(row)
    rows = [
        (
            group[0].measure,
            str(group[0].label),
            str(group[0].category),
            group[0].type,
            group[0].status,
            group[0].change,
            group[0].binding_before,
            group[0].binding_after,
            _quantity(group[0]),
            " ".join(row.version for row in group),
        )
        for group in found.values()
    ]
    columns = (
        "measure label category type status change binding_before binding_after quantity versions".split()
    )
    return pd.DataFrame(rows, columns=columns)


def _is_true(value):
    return str(value).lower() in ("true", "yes", "1")


def _quantity(row):
    if pd.isna(row.quantity) or row.quantity == "":
        return ""
    number = row.quantity
    if not isinstance(number, str):
        number = f"{number:,.0f}" if float(number).is_integer() else f"{number:,}"
    unit = row.unit if isinstance(row.unit, str) else ""
    return f"{number} {unit}".strip()


def _row(canvas, row, y, places, label_width):
    canvas.middle(canvas.left + 8, y, elide(row.label, label_width - 16, BODY), size=BODY)
    start, end = (
        places.get(row.binding_before, places[UNKNOWN]),
        places.get(row.binding_after, places[UNKNOWN]),
    )
    if start == end:
        words = row.status if row.status != UNKNOWN else ""
        if row.status == "in force":
            canvas.rect(end - 5, y - 5, 10, 10, fill=INK)
        else:
            canvas.circle(end, y, 5.5, fill=BLUE)
            words = row.change if row.change != UNKNOWN else words
        if words:
            _tag(canvas, end - 11, y, words)
        return
    eased = row.binding_after in BINDING and start > end
    colour = readable(VERMILION) if eased else BLUE
    unknown = UNKNOWN in (row.binding_before, row.binding_after)
    side = 5 if end > start else -5
    if unknown:
        canvas.line(start + side, y, end - side * 2, y, color=colour, stroke=1.6, dash=(1.5, 2.5))
        canvas.arrow(end - side * 2, end, y, color=colour, stroke=1.6, head=10)
    else:
        canvas.arrow(start + side, end, y, color=colour, stroke=2.4, head=10)
    canvas.circle(start, y, 4.5, fill=PAPER, edge=GREY if unknown else colour, stroke=1.6)
    if row.status == "in force":
        _tag(canvas, end + 24, y, "in force")


def _tag(canvas, right, y, words):
    width = text_width(words, SMALL) + 6
    canvas.rect(right - width, y - 8, width, 16, fill=PAPER)
    canvas.middle(right - 3, y, words, size=SMALL, color=GREY, anchor="right")


def _everywhere(versions):
    return {1: "", 2: "both versions"}.get(len(versions), "all versions")


def _told(row):
    if row.binding_before == row.binding_after:
        binding = f"{row.binding_after} before and after"
    else:
        binding = f"from {row.binding_before} to {row.binding_after}"
    return f"{row.status}, {binding}" + (f", {row.quantity}" if row.quantity else "")


def _title(table, versions, named):
    n = len(table)
    statuses = table.status.value_counts()
    parts = [
        f"{number} {'of unstated status' if status == UNKNOWN else status}"
        for status, number in statuses.items()
    ]
    if len(versions) >= 2:
        have = table.versions.str.split()
        full = have.map(len) == len(versions)
        if full.all():
            who = "Both versions report" if len(versions) == 2 else f"All {len(versions)} versions report"
            what = f"the same {count(n, 'measure')}"
            return (
                f"{who} {what}: {', '.join(parts)}"
                if len(parts) > 1
                else f"{who} {what}, {statuses.index[0]}"
            )
        lacking = {v: int((~have.map(lambda ids, v=v: v in ids)).sum()) for v in versions}
        told = [f"{named[version]} {'' if n else 'leaves out '}{short}"
                for n, (version, short) in enumerate((v, k) for v, k in lacking.items() if k)]  # fmt: skip
        return f"Of {count(n, 'measure')}, {listing(told)}"
    return f"The story reports {count(n, 'measure')}: {', '.join(parts)}"


def _alt(table, versions, named):
    parts = [
        f"{count(len(table), 'measure')} on a scale from none over recommended and conditional to mandatory."
    ]
    for category, rows in table.groupby("category", sort=False):
        told = []
        for row in rows.itertuples():
            have = row.versions.split()
            short = "" if len(have) == len(versions) else f", only in {listing(named[v] for v in have)}"
            told.append(f"{row.label} ({_told(row)}{short})")
        parts.append(f"{capital(category)}: {'; '.join(told)}.")
    return " ".join(parts)
