"""Each sentence's life through three or more versions: columns of bars, joined where it lives on."""

import pandas as pd

from copydesk.show.charts.canvas import named_versions
from copydesk.show.charts.chart import Chart, Labels, Url, nothing
from copydesk.show.charts.lettering import HEAD, SMALL, elide
from copydesk.show.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    KEPT,
    ORANGE,
    PALE,
    PURPLE,
    VERMILION,
    readable,
    wash,
)
from copydesk.show.charts.titles import lives_title
from copydesk.show.counts_and_lists import capital, count

_BAR, _GAP, _TOP = 14, 2.5, 62
_COLOURS = {"split": GREEN, "merged": GREEN, "moved": PURPLE}


def sentence_lives(lives: pd.DataFrame, labels: Labels = None, url: Url = None) -> Chart:
    """Each sentence's life through three or more versions: columns of bars, joined where it lives on.

    lives: the table of `revisions.sentence_lives`. labels: dict version -> label. url: function from a
    sentence's id to a link. Returns Chart.
    """
    table = lives.reset_index(drop=True)
    versions = list(dict.fromkeys(table.version))
    if not versions:
        return nothing("sentence-lives", "No version has a sentence.", table)
    named = named_versions(versions, labels)
    link = url or (lambda _: None)

    def draw(canvas):
        canvas.legend((KEPT, "filled", "in every version"), (BLUE, "filled", "came in later"),
                      (VERMILION, "hatched", "cut from the next version"))  # fmt: skip
        canvas.legend(
            (ORANGE, "filled", "changed on the way"),
            (PURPLE, "filled", "moved"),
            (GREEN, "filled", "split or merged"),
        )
        step = (canvas.right - canvas.left - _BAR) / max(1, len(versions) - 1)
        xs = {version: canvas.left + n * step for n, version in enumerate(versions)}
        for n, version in enumerate(versions):
            _column_head(canvas, xs[version], n, versions, named, table[table.version == version], step)
        boxes, bottom = _boxes(table, versions, canvas.y + _TOP)
        for row in table.itertuples():
            if isinstance(row.previous, str) and row.previous in boxes:
                _life_ribbon(canvas, row, boxes, xs, versions, link)
        for row in table.itertuples():
            state = _state(row, table, versions)
            name = f"{named[row.version]}, sentence {row.number}, {count(row.words, 'word')}, {state}"
            with canvas.mark(name, link(row.sentence)):
                _bar(canvas, xs[row.version], *boxes[row.sentence], state)
        canvas.y = bottom

    title = lives_title(table, versions)
    return Chart("sentence-lives", title, _lives_alt(table, versions, named, title), table, draw)


def _state(row, table, versions):
    """What a bar says of its sentence."""
    if row.version != versions[-1] and not (table.previous == row.sentence).any():
        return "cut from the next version"
    life = list(table.version[table.life == row.life])
    return "came in later" if len(life) < len(versions) and life[0] != versions[0] else "in every version"


def _bar(canvas, x, y, height, state):
    if state.startswith("cut"):
        canvas.hatched(x, y, _BAR, height, readable(VERMILION))
    else:
        canvas.rect(x, y, _BAR, height, fill=BLUE if state == "came in later" else KEPT)


def _column_head(canvas, x, n, versions, named, own, step):
    """A version's name, its sentences, and how many of them are new; the first and last run inwards."""
    last = n == len(versions) - 1 and n > 0
    x, anchor = (x + _BAR, "right") if last else (x + _BAR / 2, "center") if n else (x, "left")
    width = min(step, (canvas.right - canvas.left) / len(versions)) - 8
    new = int(own.previous.isna().sum())
    lines = [
        (named[versions[n]], {"size": HEAD, "bold": True}),
        (count(len(own), "sentence"), {"size": SMALL, "color": GREY}),
    ]
    lines += [(f"{new} new", {"size": SMALL, "color": readable(BLUE)})] * bool(n and new)
    for place, (words, look) in enumerate(lines):
        shown = elide(words, width, look["size"], look.get("bold", False))
        canvas.text(x, canvas.y + 13 + 17 * place, shown, anchor=anchor, **look)


def _boxes(table, versions, top):
    """(dict sentence -> (y, height), the lowest y)"""
    most = int(table.groupby("version").size().max())
    longest = max(1, int(table.groupby("version").words.sum().max()))
    scale = max(9.0 * most, 240.0) / longest
    boxes, bottom = {}, top
    for version in versions:
        y = top
        for row in table[table.version == version].itertuples():
            boxes[row.sentence] = (y, max(1, row.words) * scale)
            y += max(1, row.words) * scale + _GAP
        bottom = max(bottom, y)
    return boxes, bottom


def _life_ribbon(canvas, row, boxes, xs, versions, link):
    before = versions[versions.index(row.version) - 1]
    (y0, height0), (y1, height1) = boxes[row.previous], boxes[row.sentence]
    relation = "unchanged" if row.relation in ("identical", "first") else row.relation
    plain = relation == "unchanged" and not row.moved
    colour = PURPLE if row.moved else _COLOURS.get(relation, ORANGE)
    word = relation if not row.moved else "moved" if relation == "unchanged" else f"moved, {relation}"
    with canvas.mark(f"{word}: sentence {row.number}", link(row.sentence)):
        canvas.ribbon(xs[before] + _BAR + 1, y0, y0 + height0, xs[row.version] - 1, y1, y1 + height1,
                      fill=PALE if plain else wash(colour), edge="none" if plain else readable(colour), stroke=0.7)  # fmt: skip


def _lives_alt(table, versions, named, title):
    parts = []
    for n, version in enumerate(versions):
        own = table[table.version == version]
        told = count(len(own), "sentence")
        if n:
            gone = set(table[table.version == versions[n - 1]].sentence) - set(own.previous.dropna())
            told += (
                f", {int(own.previous.isna().sum())} new, {len(gone)} cut since the {named[versions[n - 1]]}"
            )
        parts.append(f"{capital(named[version])}: {told}.")
    return f"Columns of sentences joined where they live on. {' '.join(parts)} {title}."
