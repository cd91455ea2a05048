"""What the story says must be done: how binding each measure was, and how binding it would be."""

import pandas as pd
from matplotlib.path import Path

from copydesk.show.charts.style import (
    BLUE,
    BODY,
    GREY,
    INK,
    MARGIN,
    PALE,
    PAPER,
    RULE,
    SLIM,
    SMALL,
    VERMILION,
    Canvas,
    capital,
    count,
    elide,
    listing,
    named_versions,
    nothing,
    readable,
    text_width,
)

BINDING = ("none", "recommended", "conditional", "mandatory")  # from free to bound
UNKNOWN = "not stated"
ROW = 23
# The widths of the columns.
LABELS, NUMBERS, VERSIONS = 252, 104, 154
LANES = SLIM - 2 * MARGIN - LABELS - NUMBERS


def binding_arrows(measures, labels=None, versions=None, url=None):
    """How binding each measure was and would be: an arrow a measure, by category.

    measures: the measures table; umbrella sentences are left out. labels: dict version -> label. versions:
    ids, in order; a measure that stands in several is drawn as the last of them has it. url: function from a
    measure's id to a link. Which versions report a measure is said where they do not all report the same.
    Returns Chart.
    """
    versions = list(versions or (dict.fromkeys(measures.version) if len(measures) else []))
    named = named_versions(versions, labels)
    table = measures_by_version(measures, versions)
    if table.empty:
        return nothing("binding-arrows", "The story reports no sanctions measure.", table)
    title = _title(table, versions, named)
    agreed = bool(table.alike.all() and (table.versions.str.split().map(len) == len(versions)).all())
    width = SLIM if agreed else SLIM + VERSIONS
    canvas = Canvas(title, "From how binding a measure was (ring) to how binding it would be (arrowhead). A dot: as "
                    "binding as before. A square: in force already. A diamond: how it was is not stated.", width)  # fmt: skip
    places = _lanes(canvas, agreed)
    y = canvas.y
    for category, rows in table.groupby("category", sort=False):
        canvas.line(canvas.left, y, canvas.right, y)
        y += 18
        canvas.text(canvas.left, y, elide(category, LABELS, SMALL, True), size=SMALL, bold=True, color=GREY)
        y += 5
        for row in rows.itertuples():
            _ground(canvas, y + ROW / 2, row, places)
            with canvas.mark(f"{row.label}: {_told(row)}", url(row.measure) if url else None):
                _row(canvas, row, y + ROW / 2, places)
            if row.quantity:
                quantity = elide(row.quantity, NUMBERS - 8, BODY, True)
                canvas.middle(canvas.left + LABELS + LANES + 4, y + ROW / 2, quantity, bold=True)
            if not agreed:
                _reported_in(canvas, row, y + ROW / 2, named)
            y += ROW
        y += 4
    canvas.line(canvas.left, y, canvas.right, y)
    canvas.y = y
    return canvas.finish("binding-arrows", title, _alt(table, versions, named), table)


def _lanes(canvas, agreed):
    """Name the columns; returns dict of a lane's name and its middle."""
    left, step = canvas.left + LABELS, LANES / len(BINDING)
    places = {name: left + step * (n + 0.5) for n, name in enumerate(BINDING)}
    head = canvas.y + 10
    for name, x in places.items():
        canvas.text(x, head, name, size=SMALL, anchor="center")
    canvas.text(left + LANES + 4, head, "number", size=SMALL)
    if not agreed:
        canvas.text(canvas.right - VERSIONS, head, "reported in", size=SMALL)
    canvas.y = head + 10
    return places


def _ground(canvas, y, row, places):
    left = canvas.left + LABELS
    canvas.line(left, y, left + LANES - 14, y, color=PALE)
    for name, x in places.items():
        if name not in (row.binding_before, row.binding_after):
            canvas.circle(x, y, 1.8, fill=RULE)


def _reported_in(canvas, row, y, named):
    have = row.versions.split()
    everywhere = len(have) == len(named)
    where = _everywhere(named) if everywhere else f"in {listing(named[v] for v in have)}"
    where += "" if row.alike else ", differing"
    plain = everywhere and row.alike
    canvas.middle(canvas.right - VERSIONS, y, elide(where, VERSIONS, SMALL, not plain), size=SMALL, bold=not plain,
                  color=GREY if plain else INK)  # fmt: skip


def measures_by_version(measures, versions):
    """A row a measure, the versions joined: the n-th of a type in one answers the n-th of it in another.

    Returns DataFrame `measure, label, category, type, status, change, binding_before, binding_after,
    quantity, versions, alike`, as the last version that has the measure words it; `quantity` is written out
    ("17 individuals"), `versions` are ids with a blank between, `alike` whether they all say the same of it.
    """
    found = {}
    chosen = measures[~measures.umbrella.map(_is_true)] if len(measures) else measures
    for version in versions:
        seen = {}
        for row in chosen[chosen.version == version].itertuples():
            number = seen[row.type] = seen.get(row.type, 0) + 1
            found.setdefault((row.type, number), []).append(row)
    rows = []
    for group in found.values():
        told = [
            (row.status, row.change, row.binding_before, row.binding_after, _quantity(row)) for row in group
        ]
        last, have = group[-1], " ".join(row.version for row in group)
        rows.append((last.measure, str(last.label), str(last.category), last.type, *told[-1], have,
                     len(set(told)) == 1))  # fmt: skip
    columns = "measure label category type status change binding_before binding_after quantity versions alike"
    return pd.DataFrame(rows, columns=columns.split())


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


def _row(canvas, row, y, places):
    canvas.middle(canvas.left + 8, y, elide(row.label, LABELS - 12, BODY), size=BODY)
    start, end = places.get(row.binding_before), places.get(row.binding_after)
    in_force = row.status == "in force"
    if start is None and end is None:
        _words(canvas, canvas.left + LABELS, y, f"before and after: {UNKNOWN}")
    elif start is None:
        _diamond(canvas, end, y, INK if in_force else BLUE)
        _words(canvas, end, y, f"{'in force, ' * in_force}before: {UNKNOWN}")
    elif end is None:
        canvas.circle(start, y, 4.5, fill=PAPER, edge=GREY, stroke=1.6)
        _words(canvas, start, y, f"after: {UNKNOWN}")
    elif start == end:
        _words(canvas, end, y, row.status if in_force or row.change == UNKNOWN else row.change)
        if in_force:
            canvas.rect(end - 5, y - 5, 10, 10, fill=INK)
        else:
            canvas.circle(end, y, 5.5, fill=BLUE)
    else:
        colour = readable(VERMILION) if start > end else BLUE
        canvas.arrow(start + (5 if end > start else -5), end, y, color=colour, stroke=2.4, head=10)
        canvas.circle(start, y, 4.5, fill=PAPER, edge=colour, stroke=1.6)
        if in_force:
            _words(canvas, min(start, end), y, row.status)


def _diamond(canvas, x, y, color):
    corners = [(x, y - 6.5), (x + 6.5, y), (x, y + 6.5), (x - 6.5, y), (x, y - 6.5)]
    canvas.path(Path(corners, closed=True), fill=PAPER, edge=color, stroke=1.8)


def _words(canvas, x, y, words):
    """Quiet words left of a mark, or right of it where the lanes begin there."""
    if words == UNKNOWN:
        return
    width = text_width(words, SMALL) + 6
    left = x - 11 - width if x - 11 - width >= canvas.left + LABELS else x + 11
    canvas.rect(left, y - 8, width, 16, fill=PAPER)
    canvas.middle(left + 3, y, words, size=SMALL, color=GREY)


def _everywhere(versions):
    return {1: "", 2: "both versions"}.get(len(versions), "all versions")


def _told(row):
    if row.binding_before == row.binding_after:
        binding = f"{row.binding_after} before and after"
    else:
        binding = f"from {row.binding_before} to {row.binding_after}"
    return f"{row.status}, {binding}" + (f", {row.quantity}" if row.quantity else "")


def _title(table, versions, named):
    """How many measures would bind harder or less, and whether the versions have the same ones."""
    n = len(table)
    rank = {name: place for place, name in enumerate(BINDING)}
    change = (table.binding_after.map(rank) - table.binding_before.map(rank)).dropna()
    harder, less = int((change > 0).sum()), int((change < 0).sum())
    if change.empty:
        told = f"whether {_of(1, n, 'any')} would bind harder than before is {UNKNOWN}"
    elif harder:
        told = f"{_of(harder, n)} would bind harder than before" + (f", {less} less" if less else "")
    elif less:
        told = f"{_of(less, n)} would bind less than before"
    else:
        told = (
            "the only measure would bind as before"
            if n == 1
            else f"none of {n} measures would bind harder or less than before"
        )
    return capital("; ".join([told, *_reporters(table, versions, named)]))


def _of(some, n, word=""):
    """`5 of 14 measures`, or all of them, or the only one."""
    if n == 1:
        return "the only measure"
    return f"all {n} measures" if some == n else f"{word or some} of {n} measures"


def _reporters(table, versions, named):
    """[words]: how many of the measures each version reports, where there are several versions."""
    if len(versions) < 2:
        return []
    have = table.versions.str.split()
    counts = {v: int(have.map(lambda ids, v=v: v in ids).sum()) for v in versions}
    other = int((~table.alike).sum())
    told = listing(f"{number or 'none'} in the {named[v]}" for v, number in counts.items())
    return [told + (f", {other} in different terms" if other else "")]


def _alt(table, versions, named):
    parts = [
        f"{count(len(table), 'measure')} on a scale from none over recommended and conditional to mandatory."
    ]
    for category, rows in table.groupby("category", sort=False):
        told = []
        for row in rows.itertuples():
            have = row.versions.split()
            short = "" if len(have) == len(versions) else f", in {listing(named[v] for v in have)}"
            told.append(f"{row.label} ({_told(row)}{short})")
        parts.append(f"{capital(category)}: {'; '.join(told)}.")
    return " ".join(parts)
