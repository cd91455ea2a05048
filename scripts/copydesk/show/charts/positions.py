"""Where in each version the change falls: its words from lead to end, the changed ones marked."""

import pandas as pd

from copydesk.engine.text import count_words
from copydesk.show.charts.canvas import HATCH, named_versions
from copydesk.show.charts.chart import Chart, Labels, Url, nothing
from copydesk.show.charts.lettering import HEAD, SMALL, elide
from copydesk.show.charts.palette import BLUE, GREY, INK, ORANGE, PALE, PAPER, VERMILION
from copydesk.show.charts.titles import PART_NAMES, position_title
from copydesk.show.counts_and_lists import capital, count

_LOOKS = {
    "added": {"facecolor": BLUE},
    "reworded": {"facecolor": PAPER, "edgecolor": ORANGE, "linewidth": 1.6},
    "cut": {"facecolor": PAPER, "edgecolor": VERMILION, "hatch": HATCH, "linewidth": 0.8},
}
_HEIGHT, _ROOM = 26, 96  # of a strip; of a version with what stands above and below its strip


def change_positions(
    positions: pd.DataFrame,
    before: pd.DataFrame,
    after: pd.DataFrame,
    links: pd.DataFrame,
    edits: pd.DataFrame,
    labels: Labels = None,
    url: Url = None,
) -> Chart:
    """Where in each version the change falls: its words from lead to end, the changed ones marked.

    positions: a row for each third of each version (`revisions.position_of_change`). before, after: the
    sentences. links, edits: the tables between them. labels: dict version -> label. url: function from a
    sentence's id to a link. Returns Chart.
    """
    table = positions.reset_index(drop=True)
    if table.empty or not table.words.sum():
        return nothing("change-positions", "Neither version has a word.", table)
    named = named_versions(dict.fromkeys(table.version), labels)
    stretches = [_changed_stretches(part, links, edits, side) for side, part in enumerate((before, after))]

    def draw(canvas):
        canvas.legend(
            (BLUE, "filled", "added"), (ORANGE, "framed", "reworded"), (VERMILION, "hatched", "cut")
        )
        canvas.y -= 6
        axes = canvas.plot(canvas.left, canvas.y, canvas.right - canvas.left, _ROOM * len(named))
        most = max(int(table[table.version == version].words.sum()) for version in named)
        axes.set(xlim=(0, most), ylim=(_ROOM * len(named), 0), xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
        scale = (canvas.right - canvas.left) / most
        for n, (version, found) in enumerate(zip(named, stretches, strict=False)):
            top, rows = n * _ROOM, table[table.version == version]
            _strip(canvas, axes, top + 24 + _HEIGHT / 2, found, rows, url or (lambda _: None))
            head = elide(named[version], 320, HEAD, True)
            canvas.text(canvas.left, canvas.y + top + 15, head, size=HEAD, bold=True)
            _thirds(canvas, rows, canvas.y + top + 24 + _HEIGHT, scale)
        canvas.y += _ROOM * len(named) - 6

    return Chart("change-positions", position_title(table, named), _position_alt(table, named), table, draw)


def _strip(canvas, axes, y, stretches, rows, link):
    """A version as a bar, and upon it what changed."""
    axes.barh(y, int(rows.words.sum()), height=_HEIGHT, color=PALE)
    for fate, start, words, sentence, text in stretches:
        name = f"{fate}, {count(words, 'word')}: {elide(text, 480)}"
        (bar,) = axes.barh(y, max(words, 1), left=start, height=_HEIGHT, clip_on=False, **_LOOKS[fate])
        bar.set_gid(canvas.name_mark(name, link(sentence)))


def _thirds(canvas, rows, y, scale):
    """Under a strip, how many words of each third changed."""
    x = canvas.left
    for row in rows.itertuples():
        width = row.words * scale
        canvas.line(x, y - _HEIGHT - 3, x, y + 3, color=INK)
        name = row.part if canvas.narrow else PART_NAMES.get(row.part, row.part)
        canvas.text(x + 4, y + 15, elide(name, width - 6, SMALL, True), size=SMALL, bold=True)
        told = f"{row.changed} of {row.words}" + ("" if canvas.narrow else " words changed")
        canvas.text(x + 4, y + 30, elide(told, width - 6, SMALL), size=SMALL, color=GREY)
        x += width
    canvas.line(x, y - _HEIGHT - 3, x, y + 3, color=INK)


def _changed_stretches(sentences, links, edits, side):
    """(fate, first word, words, sentence, text) of each stretch that was added, cut or reworded."""
    lone = set(links[links.relation == ("deleted", "added")[side]][("before", "after")[side]].dropna())
    own = ("before", "after")[side]
    changed = {}
    for edit in edits[edits.kind != "move"].itertuples():
        if edit.level == "wording":
            span = (getattr(edit, f"{own}_start"), getattr(edit, f"{own}_end"))
            fate = "reworded" if edit.kind == "replace" else ("cut", "added")[side]
            changed.setdefault(getattr(edit, own), []).append((*span, fate))
    place, found = 0, []
    for row in sentences.itertuples():
        total = count_words(row.text)
        if row.sentence in lone:
            found.append((("cut", "added")[side], place, total, row.sentence, row.text))
        for start, end, fate in changed.get(row.sentence, []):
            words = count_words(row.text[start - row.start : end - row.start])
            if words:
                offset = count_words(row.text[: start - row.start])
                found.append(
                    (fate, place + offset, words, row.sentence, row.text[start - row.start : end - row.start])
                )
        place += total
    return found


def _position_alt(table, named):
    parts = []
    for version, rows in table.groupby("version", sort=False):
        told = [
            f"{PART_NAMES.get(r.part, r.part)} {r.changed} of {r.words} words changed"
            for r in rows.itertuples()
        ]
        parts.append(f"{capital(named[version])}: {', '.join(told)}.")
    return f"Strips from lead to end with the changed words marked. {' '.join(parts)}"
