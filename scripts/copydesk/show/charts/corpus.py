"""Many stories in a picture: how much they change, where, and who gains and loses by it."""

import math
from typing import Any

import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from copydesk.show.charts.canvas import HATCH
from copydesk.show.charts.chart import Chart, nothing
from copydesk.show.charts.lettering import BODY, SMALL, elide, wrap
from copydesk.show.charts.palette import BLUE, GREY, INK, ORANGE, PAPER, RULE, VERMILION
from copydesk.show.charts.titles import (
    estimate,
    fates_title,
    gains_title,
    histogram_title,
    interval_title,
    percent,
)
from copydesk.show.counts_and_lists import count, listing

_BINS = 20
_ROW = 26  # height of a row of bars or dots
# Told apart without colours too: filled dark, framed, filled light, hatched.
_FATES = {
    "appeared": (BLUE, "filled"),
    "changed": (ORANGE, "framed"),
    "stayed": (RULE, "filled"),
    "vanished": (VERMILION, "hatched"),
}
_LETTERS = {"fontsize": SMALL, "parse_math": False, "annotation_clip": False}


def change_histogram(shares: pd.Series, name: str = "corpus-change", *, made: bool = False) -> Chart:
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
    title = histogram_title(shares, made)

    def draw(canvas):
        axes = canvas.plot(canvas.left + 12, canvas.y + 18, canvas.right - canvas.left - 36, 190)
        axes.set(xlim=(0, 1), ylim=(0, max(1, counts.max())), yticks=[])
        axes.spines["left"].set_visible(False)
        for n, number in counts[counts > 0].items():
            (bar,) = axes.bar((n + 0.5) / _BINS, number, width=0.9 / _BINS, color=BLUE, clip_on=False)
            reach = f"{percent(n / _BINS)} to {percent((n + 1) / _BINS)}"
            bar.set_gid(canvas.name_mark(f"{reach}: {count(number, 'revision')}"))
            _beside(axes, f"{number:,}", ((n + 0.5) / _BINS, number), (0, 4), "center", va="bottom")
        axes.axvline(middle, color=INK, linewidth=2, label="median", zorder=3)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
        axes.set_xticks([n / 10 for n in range(0, 11, 2 if canvas.narrow else 1)])
        canvas.y += 208
        _axis_label(canvas, axes, "share of the words that change; dark line: the median")

    spread = shares.quantile([0.25, 0.75]).to_list()
    alt = (
        f"Histogram of {count(len(shares), revision)} by the share of words that change: median {percent(middle)}, the "
        f"middle half from {percent(spread[0])} to {percent(spread[1])}, the largest {percent(shares.max())}."
    )
    return Chart(name, title, alt, table, draw)


def interval_dots(
    table: pd.DataFrame, name: str, what: str, *, unit: str = "", axis: str = "", zero: bool = False
) -> Chart:
    """Estimates with their intervals, a row each, on one scale.

    table: DataFrame `label, estimate, low, high, n` (n: how many stories). what: what is estimated, for the
    title. unit: "%" for shares, which are written as percentages. axis: what the scale counts. zero: the
    estimates are changes, and 0 is marked. Returns Chart; its table has `label, mean, from, to, stories`.
    """
    rows: Any = table.dropna(subset=["estimate"]).reset_index(drop=True)
    numbers = rows.rename(columns={"estimate": "mean", "low": "from", "high": "to", "n": "stories"})
    if rows.empty:
        return nothing(name, f"{what}: no story tells.", numbers)
    title = interval_title(rows, what, unit, zero)
    told = [_with_interval(row, unit) for row in rows.itertuples()]
    names = [f"{row.label}: {words}, {count(int(row.n), 'story', 'stories')}"
             for row, words in zip(rows.itertuples(), told, strict=True)]  # fmt: skip

    def draw(canvas):
        axes, places, _ = _rows(canvas, list(rows.label), 190, told)
        for row, y, mark in zip(rows.itertuples(), places, names, strict=True):
            gid = canvas.name_mark(mark)
            if not math.isnan(row.low):
                (line,) = axes.plot([row.low, row.high], [y, y], color=BLUE, linewidth=3)
                line.set_gid(gid)
            (dot,) = axes.plot(
                [row.estimate], [y], "o", color=BLUE, markeredgecolor=PAPER, markersize=10, clip_on=False
            )
            dot.set_gid(gid)
        ends = [v for v in (*rows.low, *rows.high, *rows.estimate, 0) if not math.isnan(v)]
        ticks = MaxNLocator(4 if canvas.narrow else 5, steps=[1, 2, 2.5, 5, 10]).tick_values(
            min(ends), max(ends)
        )
        axes.set(xlim=(ticks[0], ticks[-1]), xticks=ticks)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, unit, zero)))
        axes.grid(visible=True, axis="x")
        if zero:
            axes.axvline(0, color=INK, linestyle=":", linewidth=1.2)
        _axis_label(canvas, axes, "; ".join(filter(None, [axis, "dot: mean, line: 95% interval"])))

    return Chart(name, title, f"{title}. Mean and 95% interval: {'; '.join(names)}.", numbers, draw)


def gains_and_losses(
    table: pd.DataFrame,
    name: str,
    what: str,
) -> Chart:
    """What was gained and what was lost, two bars a row from a common middle.

    table: DataFrame `label, gained, lost`, counts. what: for the title. Returns Chart.
    """
    rows: Any = table[(table["gained"] > 0) | (table["lost"] > 0)].reset_index(drop=True)
    if rows.empty:
        return nothing(name, f"{what}: nothing was gained, and nothing lost.", table)
    title = gains_title(rows, what)
    most = max(rows["gained"].max(), rows["lost"].max(), 1)

    def draw(canvas):
        canvas.legend((VERMILION, "hatched", "lost"), (BLUE, "filled", "gained"))
        axes, places, height = _rows(canvas, list(rows.label), 24)
        axes.set(xlim=(-most * 1.28, most * 1.28), xticks=[])
        axes.axvline(0, color=INK, linewidth=1)
        axes.spines["bottom"].set_visible(False)
        for row, y in zip(rows.itertuples(), places, strict=True):
            gid = canvas.name_mark(
                f"{row.label}: {count(int(row.gained), 'word')} gained, {count(int(row.lost), 'word')} lost"
            )
            for number, side, look in ((row.gained, 1, "filled"), (row.lost, -1, "hatched")):
                if number:
                    color, anchor = (BLUE, "left") if side > 0 else (VERMILION, "right")
                    (bar,) = axes.barh(y, side * number, height=height, **_look(color, look))
                    bar.set_gid(gid)
                    _beside(axes, f"{int(number):,}", (side * number, y), (5 * side, 0), anchor)

    parts = [
        f"{row.label} {int(row.gained):,} gained and {int(row.lost):,} lost" for row in rows.itertuples()
    ]
    return Chart(name, title, f"{title}. Words: {listing(parts)}.", table, draw)


def fates_by_kind(table: pd.DataFrame, name: str, what: str) -> Chart:
    """How many of each kind appeared, changed, stayed and vanished, in parts of a bar.

    table: DataFrame `label` and counts `appeared, changed, stayed, vanished`. what: for the title. Returns Chart.
    """
    fates = list(_FATES)
    rows = table[table[fates].sum(axis=1) > 0].reset_index(drop=True)
    if rows.empty:
        return nothing(name, f"{what}: there are none.", rows)
    present = [fate for fate in fates if rows[fate].sum()]
    title = fates_title(rows, what, present)
    said = [
        ", ".join(f"{int(getattr(row, fate))} {fate}" for fate in present if getattr(row, fate))
        for row in rows.itertuples()
    ]

    def draw(canvas):
        canvas.legend(*((*_FATES[fate], fate) for fate in present))
        axes, places, height = _rows(canvas, list(rows.label), 300, said)
        axes.set(xlim=(0, rows[fates].sum(axis=1).max()), xticks=[])
        axes.spines["bottom"].set_visible(False)
        for row, y in zip(rows.itertuples(), places, strict=True):
            at = 0
            for fate in present:
                number = int(getattr(row, fate))
                if number:
                    (bar,) = axes.barh(
                        y, number, left=at, height=height, clip_on=False, **_look(*_FATES[fate])
                    )
                    bar.set_gid(canvas.name_mark(f"{row.label}: {number} {fate}"))
                at += number

    told = [f"{row.label}: {words}" for row, words in zip(rows.itertuples(), said, strict=True)]
    return Chart(name, title, f"{title}. {'; '.join(told)}.", table, draw)


def _rows(canvas, labels, beside, told=()):
    """Axes with a row for each label: (axes, the rows' places, a bar's height), in units of rows.

    A label stands at the left and what is told of it at the right, where `beside` is their room; on a phone
    both stand above the row.
    """
    above = 17 * (1 + bool(told)) if canvas.narrow else 0
    tall = _ROW + above
    left = canvas.left + (20 if canvas.narrow else 190)
    width = canvas.right - left - (20 if canvas.narrow else beside)
    axes = canvas.plot(left, canvas.y, width, tall * len(labels))
    axes.set(ylim=(len(labels) - 0.5, -0.5), yticks=[])
    axes.spines["left"].set_visible(False)
    for n, label in enumerate(labels):
        y = canvas.y + n * tall + (9 if canvas.narrow else tall / 2)
        room = canvas.right - canvas.left if canvas.narrow else 180
        canvas.middle(canvas.left, y, elide(label, room, BODY), size=BODY)
        if told:
            x, y = (canvas.left, y + 17) if canvas.narrow else (canvas.right - beside + 16, y)
            canvas.middle(x, y, elide(told[n], canvas.right - x, SMALL), size=SMALL, color=GREY)
    canvas.y += tall * len(labels)
    return axes, [n + above / tall / 2 for n in range(len(labels))], 0.62 * _ROW / tall


def _axis_label(canvas, axes, words):
    """What a scale counts, on as many lines as it needs."""
    lines = wrap(words, canvas.right - canvas.left - 30, SMALL)
    axes.set_xlabel("\n".join(lines))
    canvas.y += 28 + 16 * len(lines)


def _look(colour, look):
    """The look of a bar."""
    if look == "filled":
        return {"facecolor": colour}
    return {"facecolor": PAPER, "edgecolor": colour, "linewidth": 1 if look == "hatched" else 2,
            "hatch": HATCH if look == "hatched" else None}  # fmt: skip


def _beside(axes, words, place, offset, anchor, va="center"):
    """A number at the end of a bar, wherever a student moves the scale."""
    axes.annotate(
        words, place, xytext=offset, textcoords="offset points", ha=anchor, va=va, color=INK, **_LETTERS
    )


def _with_interval(row, unit):
    if math.isnan(row.low):
        return f"{estimate(row.estimate, unit)} (no interval)"
    return f"{estimate(row.estimate, unit)} ({estimate(row.low, unit)} to {estimate(row.high, unit)})"


def _tick(value, unit, zero):
    if unit == "%":
        return f"{100 * value:g}%"
    return "no change" if zero and value == 0 else f"{value:+g}".replace("-", "−")
