"""Many stories in a picture: how much they change, where, and who gains and loses by it."""

import math

import pandas as pd
from matplotlib.ticker import MaxNLocator

from copydesk.show.charts.style import (
    BLUE,
    BODY,
    GREY,
    INK,
    ORANGE,
    PALE,
    PAPER,
    RULE,
    SLIM,
    SMALL,
    VERMILION,
    Canvas,
    count,
    elide,
    listing,
    nothing,
    text_width,
)

_BINS = 20
# Intervals from fewer stories come out too narrow for a headline (Cameron, Gelbach and Miller 2008).
_FEWEST = 10


def change_histogram(shares, name="corpus-change", *, made=False):
    """How large revisions are: a bar for each twentieth.

    shares: Series of shares, 0 to 1, one a comparison. made: whether a machine revised, which the title then
    says. Returns Chart; its table has `from, to, revisions`, and no row where there are none.
    """
    shares = shares.dropna()
    places = (shares * _BINS).astype(int).clip(upper=_BINS - 1)
    counts = places.value_counts().reindex(range(_BINS), fill_value=0).sort_index()
    table = pd.DataFrame(
        {"from": [n / _BINS for n in range(_BINS)], "to": [(n + 1) / _BINS for n in range(_BINS)],
         "revisions": counts.to_list()}
    )  # fmt: skip
    if shares.empty:
        return nothing(name, "No two versions were compared.", table[:0])
    middle, revision = shares.median(), "machine-made revision" if made else "revision"
    title = f"In half of the {count(len(shares), revision)}, {_percent(middle)} of the words change or less"
    if len(shares) == 1:
        title = f"In the only {revision}, {_percent(middle)} of the words change"
    canvas = Canvas(title, "A bar is a twentieth of the scale; its number says how many revisions fall in it. "
                    "The dark line is the median.")  # fmt: skip
    left, right, top, height = canvas.left + 10, canvas.right - 10, canvas.y, 190
    step, most = (right - left) / _BINS, max(1, counts.max())
    for n, number in counts.items():
        if not number:
            continue
        bar = max(2, height * number / most)
        x = left + n * step
        with canvas.mark(
            f"{_percent(n / _BINS)} to {_percent((n + 1) / _BINS)}: {count(number, 'revision')}"
        ):
            canvas.rect(x + 2, top + 16 + height - bar, step - 4, bar, fill=BLUE)
            canvas.text(
                x + step / 2, top + 12 + height - bar, f"{number:,}", size=SMALL, color=GREY, anchor="center"
            )
    base = top + 16 + height
    canvas.line(left, base, right, base, color=INK)
    x = left + (right - left) * middle
    canvas.line(x, top + 16, x, base, color=INK, stroke=2)  # below the numbers
    for tick in range(0, 101, 10):
        canvas.text(left + (right - left) * tick / 100, base + 16, f"{tick}%", size=SMALL, anchor="center")
    canvas.y = base + 22
    spread = shares.quantile([0.25, 0.75]).to_list()
    alt = (
        f"Histogram of {count(len(shares), revision)} by the share of words that change: median {_percent(middle)}, the "
        f"middle half from {_percent(spread[0])} to {_percent(spread[1])}, the largest {_percent(shares.max())}."
    )
    return canvas.finish(name, title, alt, table)


def interval_dots(table, name, what, *, unit="", axis="", zero=False):
    """Estimates with their intervals, a row each, on one scale.

    table: DataFrame `label, estimate, low, high, n` (n: how many stories). what: what is estimated, for the
    title. unit: "%" for shares, which are written as percentages. axis: what the scale counts. zero: the
    estimates are changes, and 0 is marked. Returns Chart; its table has `label, mean, from, to, stories`.
    """
    rows = table.dropna(subset=["estimate"])
    numbers = rows.rename(columns={"estimate": "mean", "low": "from", "high": "to", "n": "stories"})
    if rows.empty:
        return nothing(name, f"{what}: no story tells.", numbers)
    title = _dots_title(rows, what, unit, zero)
    ends = [v for v in (*rows["low"], *rows["high"], *rows["estimate"]) if not math.isnan(v)]
    ticks = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(min([*ends, 0]), max([*ends, 0])).tolist()
    canvas = Canvas(title, "Dot: the mean of the stories. Line: 95% interval, drawn by whole stories.", SLIM)
    left, right, top = canvas.left + 150, canvas.right - 170, canvas.y
    bottom = top + 28 * len(rows)

    def at(value):
        return left + (right - left) * (value - ticks[0]) / (ticks[-1] - ticks[0])

    for tick in ticks:
        canvas.line(at(tick), top, at(tick), bottom + 4, color=PALE)
        canvas.text(at(tick), bottom + 18, _tick(tick, unit, zero), size=SMALL, anchor="center", color=GREY)
    if zero:
        canvas.line(at(0), top, at(0), bottom + 4, color=INK, dash=(2, 2))
    canvas.text((left + right) / 2, bottom + 34, axis, size=SMALL, anchor="center", color=GREY)
    for number, row in enumerate(rows.itertuples()):
        middle = top + 28 * number + 14
        told = _with_interval(row, unit)
        canvas.middle(canvas.left, middle, elide(row.label, 140, BODY), size=BODY)
        with canvas.mark(f"{row.label}: {told}, {count(int(row.n), 'story', 'stories')}"):
            if not math.isnan(row.low):
                canvas.line(at(row.low), middle, at(row.high), middle, color=BLUE, stroke=3)
            canvas.circle(at(row.estimate), middle, 5, fill=BLUE, edge=PAPER)
        canvas.middle(right + 18, middle, told, size=SMALL)
    canvas.y = bottom + (36 if axis else 20)
    told = [
        f"{row.label} {_with_interval(row, unit)}, {count(int(row.n), 'story', 'stories')}"
        for row in rows.itertuples()
    ]
    return canvas.finish(name, title, f"{title}. Mean and 95% interval: {'; '.join(told)}.", numbers)


def _dots_title(rows, what, unit, zero):
    """What the intervals bear out, and no more."""
    least, most = (_value(end, unit) for end in (rows["estimate"].min(), rows["estimate"].max()))
    between = f"{least} to {most}" if least != most else least
    rows = rows[rows["n"] >= _FEWEST]
    if rows.empty:
        return f"{what}: {between}, from too few stories to tell"
    if zero:
        sure = rows[(rows["low"] > 0) | (rows["high"] < 0)]
        if sure.empty:
            return f"{what}: no interval leaves out zero"
        told = [f"{row.label} {'rises' if row.estimate > 0 else 'falls'}" for row in sure.itertuples()]
        return f"{what}: {listing(told)}"
    above, below = rows.loc[rows["low"].idxmax()], rows.loc[rows["high"].idxmin()]
    if above["low"] > below["high"]:
        more, less = (f"{row['label']} ({_value(row['estimate'], unit)})" for row in (above, below))
        return f"{what}: {more} above {less}"
    return f"{what}: no difference that the intervals bear out, {between}"


def gains_and_losses(table, name, what, *, gained="gained", lost="lost", unit="word"):
    """What was gained and what was lost, two bars a row from a common middle.

    table: DataFrame `label, gained, lost`, counts. what: for the title. gained, lost: what to call them.
    Returns Chart.
    """
    rows = table[(table["gained"] > 0) | (table["lost"] > 0)]
    if rows.empty:
        return nothing(name, f"{what}: nothing was {gained}, and nothing {lost}.", table)
    told = [
        f"{rows['label'].loc[rows[side].idxmax()]} {verb} most ({count(int(rows[side].max()), unit)})"
        for side, verb in (("gained", "gains"), ("lost", "loses"))
        if rows[side].max() > 0
    ]
    title = f"{what}: {listing(told)}"
    most = max(rows["gained"].max(), rows["lost"].max(), 1)
    canvas = Canvas(title, f"To the right, filled: {gained}. To the left, hatched: {lost}.")
    label_width = 230
    left, right = canvas.left + label_width, canvas.right
    middle, room = (left + right) / 2, (right - left) / 2 - 60
    canvas.text(middle + 6, canvas.y + 8, f"{gained} →", size=SMALL, color=GREY)
    canvas.text(middle - 6, canvas.y + 8, f"← {lost}", size=SMALL, color=GREY, anchor="right")
    y = canvas.y + 18
    for row in rows.itertuples():
        line = y + 11
        canvas.middle(canvas.left, line, elide(row.label, label_width - 12, BODY), size=BODY)
        with canvas.mark(
            f"{row.label}: {count(int(row.gained), unit)} {gained}, {count(int(row.lost), unit)} {lost}"
        ):
            if row.gained:
                width = max(1.5, room * row.gained / most)
                canvas.rect(middle, y + 3, width, 16, fill=BLUE)
                canvas.middle(middle + width + 5, line, f"{int(row.gained):,}", size=SMALL)
            if row.lost:
                width = max(1.5, room * row.lost / most)
                canvas.hatched(middle - width, y + 3, width, 16, VERMILION)
                canvas.middle(middle - width - 5, line, f"{int(row.lost):,}", size=SMALL, anchor="right")
        y += 24
    canvas.line(middle, canvas.y + 14, middle, y, color=INK)
    canvas.y = y
    told = [
        f"{row.label} {int(row.gained):,} {gained} and {int(row.lost):,} {lost}" for row in rows.itertuples()
    ]
    return canvas.finish(name, title, f"{title}. {unit.capitalize()}s: {listing(told)}.", table)


def fates_by_kind(table, name, what):
    """How many of each kind appeared, changed, stayed and vanished, in parts of a bar.

    table: DataFrame `label` and counts `appeared, changed, stayed, vanished`. what: for the title. Returns Chart.
    """
    fates = list(_FATE_LOOKS)
    rows = table[table[fates].sum(axis=1) > 0]
    if rows.empty:
        return nothing(name, f"{what}: there are none.", rows)
    present = [fate for fate in fates if rows[fate].sum()]
    title = f"{what}: {listing(f'{int(rows[fate].sum()):,} {fate}' for fate in present)}"
    most = rows[fates].sum(axis=1).max()
    canvas = Canvas(title, "A part of a bar is what became of measures, and has their number.")
    left, room, x = canvas.left + 210, canvas.right - canvas.left - 225, canvas.left
    for fate in present:
        _fate(canvas, x, canvas.y, 26, fate)
        canvas.middle(x + 32, canvas.y + 9, fate, size=SMALL)
        x += 56 + text_width(fate, SMALL)
    y = canvas.y + 30
    for row in rows.itertuples():
        line, x = y + 11, left
        canvas.middle(canvas.left, line, elide(row.label, 200, BODY), size=BODY)
        for fate in present:
            number = int(getattr(row, fate))
            if not number:
                continue
            width = max(16, room * number / (most * 1.15))
            with canvas.mark(f"{row.label}: {number} {fate}"):
                _fate(canvas, x, y + 2, width - 2, fate)
                if fate == "vanished":
                    canvas.rect(x + width / 2 - 9, y + 4, 16, 14, fill=PAPER)
                color = PAPER if fate == "appeared" else INK
                canvas.middle(x + width / 2 - 1, line, f"{number}", size=SMALL, anchor="center", color=color)
            x += width
        y += 26
    canvas.y = y
    told = [
        f"{row.label}: " + ", ".join(f"{int(getattr(row, fate))} {fate}" for fate in fates)
        for row in rows.itertuples()
    ]
    return canvas.finish(name, title, f"{title}. {'; '.join(told)}.", table)


# Told apart without colours too: filled dark, framed, filled light, hatched.
_FATE_LOOKS = {"appeared": BLUE, "changed": ORANGE, "stayed": RULE, "vanished": VERMILION}


def _fate(canvas, x, y, width, fate):
    """A part of a bar, in the look of a fate."""
    colour = _FATE_LOOKS[fate]
    if fate == "vanished":
        canvas.hatched(x, y, width, 18, colour)
    elif fate == "changed":
        canvas.rect(x + 1.25, y + 1.25, width - 2.5, 15.5, fill=PAPER, edge=colour, stroke=2.5)
    else:
        canvas.rect(x, y, width, 18, fill=colour)


def _percent(share):
    return f"{100 * share:.0f}%"


def _value(value, unit):
    if math.isnan(value):
        return "–"
    if unit == "%":
        return f"{100 * value:.1f}%"
    return f"{value:+.2f}{unit}".replace("-", "−")


def _with_interval(row, unit):
    if math.isnan(row.low):
        return f"{_value(row.estimate, unit)} (no interval)"
    return f"{_value(row.estimate, unit)} ({_value(row.low, unit)} to {_value(row.high, unit)})"


def _tick(value, unit, zero):
    if unit == "%":
        return f"{100 * value:g}%"
    return "no change" if zero and value == 0 else f"{value:+g}".replace("-", "−")
