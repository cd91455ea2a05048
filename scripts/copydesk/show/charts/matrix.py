"""How like each sentence of one version is to each of the other, and which pairs are linked."""

from collections.abc import Iterable

import pandas as pd

from copydesk.show.charts.chart import Chart, nothing
from copydesk.show.charts.lettering import SMALL, elide
from copydesk.show.charts.palette import GREY, KEPT, ORANGE, RULE
from copydesk.show.charts.titles import matrix_title

LEAST_SHOWN = 0.1  # similarity below which a cell stays empty


def similarity_matrix(
    similarities: Iterable[Iterable[float]], before: pd.DataFrame, after: pd.DataFrame, links: pd.DataFrame
) -> Chart:
    """How like each sentence of one version is to each of the other, and which pairs are linked.

    similarities: a row for each sentence of `before`, in it a number from 0 to 1 for each of `after`. before,
    after: the sentences. links: the links table. Returns Chart; its table has a row for each pair of some
    likeness, and each link.
    """
    linked = {(row.before, row.after) for row in links.itertuples()}
    rows = []
    for one, values in zip(before.itertuples(), similarities, strict=True):
        for other, value in zip(after.itertuples(), values, strict=True):
            pair = (one.sentence, other.sentence)
            if value >= LEAST_SHOWN or pair in linked:
                rows.append((*pair, float(value), pair in linked, one.text, other.text))
    columns = ["before", "after", "similarity", "linked", "before_text", "after_text"]
    table = pd.DataFrame(rows, columns=columns)
    if table.empty:
        return nothing("similarity-matrix", "No sentence of one version is like one of the other.", table)
    names = [before.version.iloc[0], after.version.iloc[0]]
    places = [{key: n for n, key in enumerate(part.sentence, 1)} for part in (before, after)]

    def draw(canvas):
        canvas.legend(
            (KEPT, "filled", "the larger a dot, the more alike"), (ORANGE, "framed", "a ring: linked")
        )
        cell = min(24.0, (canvas.right - canvas.left - 44) / len(after))
        axes = canvas.plot(canvas.left + 40, canvas.y + 34, cell * len(after), cell * len(before))
        axes.set(xlim=(0.5, len(after) + 0.5), ylim=(len(before) + 0.5, 0.5))
        axes.set_xlabel(elide(f"{names[1]}, sentence", 300, SMALL), loc="left")
        axes.set_ylabel(elide(f"{names[0]}, sentence", 300, SMALL), loc="top")
        axes.xaxis.set(ticks_position="top", label_position="top")
        axes.spines[:].set(visible=True, color=RULE)
        for ticks, n in ((axes.set_xticks, len(after)), (axes.set_yticks, len(before))):
            ticks(range(5, n + 1, 5 if cell * 5 > 26 else 10 if cell * 10 > 26 else 20))
        axes.tick_params(labelsize=SMALL, labelcolor=GREY)
        for row in table.itertuples():
            pair = f"{row.before} and {row.after}, similarity {row.similarity:.2f}"
            name = f"{pair}: {elide(row.after_text, 400)}"
            gid = canvas.name_mark(name) if row.linked else None
            size = (cell * 0.8) ** 2 * max(row.similarity, 0.02)
            at = (places[1][row.after], places[0][row.before])
            dot = axes.scatter(*at, size, KEPT, linewidths=0, clip_on=False)
            if row.linked:
                dot.set_gid(gid)
                ring = axes.scatter(*at, (cell * 0.92) ** 2, "none", edgecolors=ORANGE, linewidths=max(1.2, cell * 0.1),
                                    clip_on=False)  # fmt: skip
                ring.set_gid(gid)
        canvas.y += 38 + cell * len(before)

    return Chart("similarity-matrix", matrix_title(table), _matrix_alt(table, before, after), table, draw)


def _matrix_alt(table, before, after):
    links = table[table.linked]
    alt = f"A grid of {len(before)} by {len(after)} sentences. {matrix_title(table)}."
    if len(links):
        low, high = links.similarity.min(), links.similarity.max()
        alt += f" The linked pairs have similarities from {low:.2f} to {high:.2f}."
    return alt
