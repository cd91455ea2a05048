"""Where in the story each actor speaks: a lane an actor, from lead to end, a strip a version."""

from bisect import bisect_right
from collections.abc import Iterable

import pandas as pd

from copydesk.engine.spans import read_spans
from copydesk.engine.text import count_words
from copydesk.show.charts.canvas import named_versions
from copydesk.show.charts.chart import Chart, Labels, Url, nothing
from copydesk.show.charts.lettering import BODY, HEAD, SMALL, elide
from copydesk.show.charts.palette import GREY, INK, KEPT, PAPER, RULE
from copydesk.show.charts.titles import share_of, strip_title
from copydesk.show.charts.voices import actors_by_words, source_names, versions_of, voiced
from copydesk.show.counts_and_lists import capital, count
from copydesk.stories.resolved import is_by_rule
from copydesk.stories.tables import by_voice

_LANE, _NAME = 24, 150


def voice_strip(
    statements: pd.DataFrame,
    sentences: pd.DataFrame,
    labels: Labels = None,
    versions: Iterable[str] | None = None,
    version_labels: Labels = None,
    url: Url = None,
) -> Chart:
    """Where in the story each actor speaks: a lane an actor, from lead to end, a strip a version.

    sentences: the sentences of all versions. Other arguments as for `voice_words` and `stance_lanes`.
    Returns Chart.
    """
    versions, statements = list(versions or versions_of(sentences)), by_voice(statements)
    labels = labels or {actor: actor for actor in actors_by_words(statements)}
    named = named_versions(versions, version_labels)
    table, lengths = strip_table(statements, sentences, labels, versions)
    if table.empty:
        return nothing("voice-strip", "Nobody is quoted.", table)

    def draw(canvas):
        canvas.legend((KEPT, "filled", "quoted"), (KEPT, "framed", "paraphrased"))
        for version in versions:
            rows = table[table.version == version]
            head = elide(named[version], 170, HEAD, True)
            canvas.text(canvas.left, canvas.y + 13, head, size=HEAD, bold=True)
            end = elide(f"end, {count(lengths[version], 'word')}", 170, SMALL)
            canvas.text(canvas.right, canvas.y + 13, end, size=SMALL, anchor="right", color=GREY)
            canvas.y += 20
            _lanes(canvas, rows, labels, max(lengths.values()), lengths[version], url)
            canvas.y += 14

    title = strip_title(table, labels, versions, named, lengths, is_by_rule(statements))
    return Chart("voice-strip", title, _strip_alt(table, labels, versions, named, lengths), table, draw)


def _lanes(canvas, rows, labels, most, length, url):
    """A version's lanes, on axes that count words from the lead."""
    name = 110 if canvas.narrow else _NAME
    axes = canvas.plot(canvas.left + name, canvas.y, canvas.right - canvas.left - name, _LANE * len(labels))
    axes.set(xlim=(0, most), ylim=(len(labels) - 0.5, -0.5), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    for n, (actor, label) in enumerate(labels.items()):
        own = rows[rows.actor == actor]
        y = canvas.y + (n + 0.5) * _LANE
        canvas.middle(
            canvas.left, y, elide(label, name - 10, BODY), size=BODY, color=INK if len(own) else GREY
        )
        line = {"linewidth": 1.5, "linestyle": "-"} if len(own) else {"linewidth": 1, "linestyle": ":"}
        axes.plot([0, length], [n, n], color=RULE, **line)
        for row in own.itertuples():
            (bar,) = axes.barh(n, max(row.words, most / 200), left=row.first_word, height=0.66, edgecolor=KEPT, linewidth=1.4,
                               facecolor=KEPT if row.voice == "quoted" else PAPER, clip_on=False, zorder=3)  # fmt: skip
            told = f"{row.source}, {row.voice}: {elide(row.text, 480)}"
            bar.set_gid(canvas.name_mark(told, url(row.statement) if url else None))
    canvas.y += _LANE * len(labels)


def strip_table(statements, sentences, labels, versions):
    """(table, lengths): a row a stretch of content, quoted or not, with its place in words from the lead.

    Columns `version, actor, source, statement, voice, first_word, words, text`; lengths: dict version -> words.
    """
    statements = by_voice(statements)
    names = source_names(statements, labels)
    rulers = {version: _Ruler(sentences[sentences.version == version]) for version in versions}
    rows = []
    for row in statements[
        statements.version.isin(versions) & statements.actor.isin(list(labels))
    ].itertuples():
        ruler = rulers[row.version]
        source = names[row.source_id]
        for start, end, voice in voiced(read_spans(row.content_spans), read_spans(row.quoted_spans)):
            first, last = ruler.place(start), ruler.place(end)
            if last > first:
                rows.append(
                    (row.version, row.actor, source, row.statement, voice, first, last - first, row.content)
                )
    columns = ["version", "actor", "source", "statement", "voice", "first_word", "words", "text"]
    return pd.DataFrame(rows, columns=columns), {version: ruler.total for version, ruler in rulers.items()}


class _Ruler:
    """How many words of a version's sentences stand before an offset of its file."""

    def __init__(self, sentences):
        self.rows = [(row.start, row.end, row.text) for row in sentences.itertuples()]
        self.before, self.total = [], 0
        for _, _, text in self.rows:
            self.before.append(self.total)
            self.total += count_words(text)

    def place(self, offset):
        number = bisect_right([start for start, _, _ in self.rows], offset) - 1
        if number < 0:
            return 0
        start, _, text = self.rows[number]
        return self.before[number] + count_words(text[: offset - start])


def _strip_alt(table, labels, versions, named, lengths):
    parts = []
    for version in versions:
        told = []
        for actor, label in labels.items():
            rows = table[(table.version == version) & (table.actor == actor)]
            if rows.empty:
                told.append(f"{label}: no words found")
                continue
            places = [
                f"{row.words} {row.voice} at {share_of(row.first_word, lengths[version])}"
                for row in rows.itertuples()
            ]
            told.append(f"{label}: {', '.join(places)}")
        parts.append(f"{capital(named[version])}, {count(lengths[version], 'word')}. {'; '.join(told)}.")
    return f"Lanes from lead to end, a block for each stretch of words. {' '.join(parts)}"
