"""Which words of stance each actor uses: every marker as it is written."""

from collections.abc import Iterable

import pandas as pd

from copydesk.show.charts.chart import Chart, Labels, Url, nothing
from copydesk.show.charts.lettering import HEAD, SMALL, clean, elide, text_width
from copydesk.show.charts.palette import GREY, INK, PAPER
from copydesk.show.charts.titles import marker_title
from copydesk.show.charts.voices import actors_by_words, versions_of
from copydesk.show.counts_and_lists import capital, count, listing
from copydesk.stories.resolved import is_by_rule
from copydesk.stories.statistics import once
from copydesk.stories.tables import by_voice

CLASSES = ("hedge", "booster", "attitude", "obligation", "evaluation")
FEW_WORDS = 100  # of an actor, below which a rate per hundred is of words that nobody said
_HEIGHT, _LABEL, _COUNTS = 20, 92, 176  # of a chip; the room for a class, and for its counts


def marker_dots(
    markers: pd.DataFrame,
    statements: pd.DataFrame,
    labels: Labels = None,
    versions: Iterable[str] | None = None,
    url: Url = None,
) -> Chart:
    """Stance markers by actor and class, each a chip with its words; quoted and paraphrased apart.

    A statement that stands in both versions counts once. labels: dict actor -> label, in order. url:
    function from a statement's id to a link. Beside the chips: how many are quoted and paraphrased.
    Returns Chart; its table has rates where the actor has `FEW_WORDS` in that voice.
    """
    single = _count_once(statements, list(versions or versions_of(statements)))
    labels = labels or {actor: actor for actor in actors_by_words(single)}
    chips = marker_chips(markers, single, labels)
    table = marker_rates(chips, single, labels)
    if chips.empty:
        return nothing("marker-dots", "No stance marker was found in what the actors say.", table)

    def draw(canvas):
        canvas.legend(
            (GREY, "filled", "quoted: the speaker’s word"), (GREY, "dashed", "paraphrased: the reporter’s")
        )
        for actor, label in labels.items():
            _actor(canvas, label, table[table.actor == actor], chips[chips.actor == actor], url)
        canvas.y -= 12

    title = marker_title(table, labels, is_by_rule(statements))
    return Chart("marker-dots", title, _marker_alt(table, chips, labels), table, draw)


def _actor(canvas, label, own, chips, url):
    """An actor's words and markers, a line or more for each class that has any."""
    words = own.drop_duplicates("voice").set_index("voice").words
    said = f"{count(int(words['quoted']), 'word')} quoted, {int(words['paraphrased']) or 'none'} paraphrased"
    canvas.line(canvas.left, canvas.y, canvas.right, canvas.y, color=INK)
    canvas.text(canvas.left, canvas.y + 19, elide(capital(label), 320, HEAD, True), size=HEAD, bold=True)
    canvas.y += 36 if canvas.narrow else 20
    canvas.text(canvas.left if canvas.narrow else canvas.right, canvas.y - 1, said, size=SMALL, color=GREY,
                anchor="left" if canvas.narrow else "right")  # fmt: skip
    canvas.y += 6
    lacking = []
    for marker_class, cells in own.groupby("marker_class", sort=False):
        rows = chips[chips.marker_class == marker_class]
        if rows.empty:
            lacking.append(marker_class)
            continue
        top, told = canvas.y, _counts(cells)
        canvas.text(canvas.left, top + 16, marker_class, size=SMALL)
        canvas.text(canvas.right, top + 16, told, size=SMALL, color=GREY, anchor="right")
        left, right = canvas.left + _LABEL, canvas.right - _COUNTS
        if canvas.narrow:
            left, right, canvas.y = canvas.left, canvas.right, top + 22
        _chips(canvas, rows, left, right, url)
        canvas.line(canvas.left, canvas.y, canvas.right, canvas.y)
        canvas.y += 2
    if lacking:
        room = canvas.right - canvas.left
        canvas.y = canvas.paragraph(
            canvas.left, canvas.y + 3, f"none found: {listing(lacking)}", room, size=SMALL, color=GREY
        )
    canvas.y += 12


def _counts(cells):
    """`7 quoted, 1 paraphrased`."""
    return ", ".join(f"{cell.count} {cell.voice}" for cell in cells.itertuples() if cell.count)


def _chips(canvas, rows, left, right, url):
    x, y = left, canvas.y + 1
    for row in rows.itertuples():
        written = f"not “{row.marker}”" if row.negated is True or row.negated == "yes" else row.marker
        word = elide(written, right - left - 16, SMALL)
        width = text_width(word, SMALL) + 14
        if x + width > right and x > left:
            x, y = left, y + _HEIGHT + 4
        quoted = row.voice == "quoted"
        with canvas.mark(f"{row.marker_class}, {row.voice}: {word}", url(row.statement) if url else None):
            canvas.rect(x + 0.6, y, width - 1.2, _HEIGHT, radius=_HEIGHT / 2, fill=GREY if quoted else PAPER, edge=GREY,
                        stroke=1.2, dash=None if quoted else (3, 2))  # fmt: skip
            canvas.middle(x + width / 2, y + _HEIGHT / 2, word, size=SMALL, anchor="center",
                          color=PAPER if quoted else INK)  # fmt: skip
        x += width + 5
    canvas.y = y + _HEIGHT + 5


def _count_once(statements, versions):
    """The statements with each that stands in several versions kept once, in the version named first."""
    order = statements[statements.version.isin(versions)]
    return once(order.sort_values("version", key=lambda column: column.map(versions.index), kind="stable"))


def marker_chips(markers, statements, labels):
    """DataFrame `actor, marker_class, voice, marker, negated, statement, start`, a row a marker."""
    actors = dict(zip(statements.statement, by_voice(statements).actor, strict=True))
    chosen = markers[markers.statement.map(actors).isin(list(labels))] if len(markers) else markers
    table = chosen.assign(actor=chosen.statement.map(actors))
    columns = ["actor", "marker_class", "voice", "marker", "negated", "statement", "start"]
    return table.reindex(columns=columns).reset_index(drop=True)


def marker_rates(chips, statements, labels):
    """DataFrame `actor, label, marker_class, voice, count, words, per_hundred`, a row each of them.

    words: the actor's, in that voice. per_hundred is missing where they are fewer than `FEW_WORDS`.
    """
    statements = by_voice(statements)
    classes = [*CLASSES, *sorted(set(chips.marker_class) - set(CLASSES))]
    rows = []
    for actor, label in labels.items():
        own = statements[statements.actor == actor]
        quoted = int(own.quoted_words.sum())
        words = {"quoted": quoted, "paraphrased": int(own.words.sum()) - quoted}
        for marker_class in classes:
            for voice, total in words.items():
                mine = chips[chips.marker_class.eq(marker_class) & chips.voice.eq(voice)]
                n = int(mine.actor.eq(actor).sum())
                rate = 100 * n / total if total >= FEW_WORDS else float("nan")
                rows.append((actor, str(label), marker_class, voice, n, total, rate))
    columns = ["actor", "label", "marker_class", "voice", "count", "words", "per_hundred"]
    return pd.DataFrame(rows, columns=columns)


def _marker_alt(table, chips, labels):
    parts = ["Chips with the words of each stance marker, by actor and class."]
    for actor, label in labels.items():
        own = table[(table.actor == actor) & (table["count"] > 0)]
        words = table[table.actor == actor].drop_duplicates("voice").set_index("voice").words
        told = []
        for row in own.itertuples():
            mine = chips[
                (chips.actor == actor) & (chips.marker_class == row.marker_class) & (chips.voice == row.voice)
            ]
            told.append(
                f"{row.count} {row.marker_class} {row.voice} ({', '.join(map(clean, mine.marker.head(8)))})"
            )
        base = f"{words['quoted']} words quoted, {words['paraphrased']} paraphrased"
        parts.append(f"{label} ({base}): {'; '.join(told) or 'no marker'}.")
    return " ".join(parts)
