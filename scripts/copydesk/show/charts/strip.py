"""Where in the story each actor speaks, in the form that the notebook still shows."""

from bisect import bisect_right

import pandas as pd

from copydesk.engine.spans import read_spans
from copydesk.engine.speakers import NO_ACTOR
from copydesk.engine.text import count_words
from copydesk.show.charts.style import (
    BLUE,
    BODY,
    GREY,
    INK,
    PALE,
    PAPER,
    SMALL,
    Canvas,
    capital,
    count,
    elide,
    listing,
    named_versions,
    nothing,
    text_width,
)
from copydesk.show.charts.voices import actors_by_words, source_names, versions_of
from copydesk.stories.tables import by_voice

# --- where in the story -----------------------------------------------------------------------------


def voice_strip(
    statements, sentences, labels=None, versions=None, version_labels=None, source_labels=None, url=None
):
    """Where in the story each actor speaks: a lane an actor, from lead to end, a strip a version.

    sentences: the sentences of all versions. Other arguments as for `voice_words` and `stance_lanes`.
    Returns Chart.
    """
    versions = list(versions or versions_of(sentences))
    labels = labels or {actor: actor for actor in actors_by_words(statements)}
    named = named_versions(versions, version_labels)
    table, lengths = strip_table(statements, sentences, labels, versions, source_labels)
    if table.empty:
        return nothing("voice-strip", "Nobody is quoted.", table)
    title = _strip_title(table, labels, versions, named, lengths)
    canvas = Canvas(title, "Each block is what an actor is reported to say, where it stands among the story’s words. "
                    "Filled: quoted. Outlined: paraphrased.")  # fmt: skip
    widths = [text_width(str(label), BODY) for label in labels.values()]
    label_width = min(190, 12 + max(*widths, *(text_width(name, 14, True) for name in named.values())))
    x0 = canvas.left + label_width
    scale = (canvas.right - x0) / max(lengths.values())
    lane, y = 24, canvas.y
    for version in versions:
        end = x0 + lengths[version] * scale
        canvas.text(
            canvas.left, y + 12, elide(named[version], label_width - 10, 14, True), size=14, bold=True
        )
        canvas.text(x0, y + 12, "lead", size=SMALL, color=GREY)
        canvas.text(
            end, y + 12, f"end, {count(lengths[version], 'word')}", size=SMALL, color=GREY, anchor="right"
        )
        y += 20
        for third in (1, 2):
            x = x0 + lengths[version] * scale * third / 3
            canvas.line(x, y, x, y + lane * len(labels), dash=(1, 3))
        for actor, label in labels.items():
            rows = table[(table.version == version) & (table.actor == actor)]
            canvas.middle(canvas.left, y + lane / 2, elide(label, label_width - 10, BODY), size=BODY,
                          color=INK if len(rows) else GREY)  # fmt: skip
            if rows.empty:
                canvas.line(x0, y + lane / 2, end, y + lane / 2, dash=(2, 3))
                words = "not heard"
                canvas.rect(x0, y + 3, text_width(words, SMALL) + 10, lane - 6, fill=PAPER)
                canvas.middle(x0, y + lane / 2, words, size=SMALL, color=GREY)
            else:
                canvas.rect(x0, y + lane / 2 - 1, end - x0, 2, fill=PALE)
                _strip_blocks(canvas, rows, x0, scale, y, lane, url)
            y += lane
        y += 20
    canvas.y = y - 18
    return canvas.finish("voice-strip", title, _strip_alt(table, labels, versions, named, lengths), table)


def strip_table(statements, sentences, labels, versions, source_labels=None):
    """(table, lengths): a row a stretch of content, quoted or not, with its place in words from the lead.

    Columns `version, actor, source, statement, voice, first_word, words, text`; lengths: dict version -> words.
    """
    statements = by_voice(statements)
    names = source_names(statements, labels, source_labels)
    rulers = {version: _Ruler(sentences[sentences.version == version]) for version in versions}
    rows = []
    for row in statements[
        statements.version.isin(versions) & statements.actor.isin(list(labels))
    ].itertuples():
        ruler = rulers[row.version]
        source = names[row.source_id]
        for start, end, voice in _voiced(read_spans(row.content_spans), read_spans(row.quoted_spans)):
            first, last = ruler.place(start), ruler.place(end)
            if last > first:
                rows.append(
                    (row.version, row.actor, source, row.statement, voice, first, last - first, row.content)
                )
    columns = ["version", "actor", "source", "statement", "voice", "first_word", "words", "text"]
    return pd.DataFrame(rows, columns=columns), {version: ruler.total for version, ruler in rulers.items()}


def _voiced(content, quoted):
    """Each stretch of content as (start, end, voice): the quoted parts, and what is left between them."""
    for start, end in content:
        place = start
        for low, high in sorted((max(s, start), min(e, end)) for s, e in quoted if s < end and e > start):
            if low > place:
                yield place, low, "paraphrased"
            yield low, high, "quoted"
            place = max(place, high)
        if place < end:
            yield place, end, "paraphrased"


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


def _strip_blocks(canvas, rows, x0, scale, y, lane, url):
    for row in rows.itertuples():
        name = f"{row.source}, {row.voice}: {elide(row.text, 480)}"
        quoted = row.voice == "quoted"
        with canvas.mark(name, url(row.statement) if url else None):
            x, width = x0 + row.first_word * scale, max(3.0, row.words * scale)
            canvas.rect(
                x + 0.7, y + 4, width - 1.4, lane - 8, fill=BLUE if quoted else PAPER, edge=BLUE, stroke=1.4
            )


def _strip_title(table, labels, versions, named, lengths):
    firsts = table[~table.actor.isin(NO_ACTOR)].groupby(["version", "actor"]).first_word.min()
    heard = {v: [actor for actor in labels if (v, actor) in firsts.index] for v in versions}

    def told(version, actor):
        return f"{labels[actor]} ({_percent(firsts[version, actor], lengths[version])} into it)"

    for version in reversed(versions):
        others = {actor for other in versions if other != version for actor in heard[other]}
        only = [told(version, actor) for actor in heard[version] if actor not in others]
        if only and len(versions) > 1:
            return f"Heard only in the {named[version]}: {listing(only)}"
    last = versions[-1]
    if not heard[last]:
        return f"None of the actors shown is heard in the {named[last]}"
    order = sorted(heard[last], key=lambda actor: firsts[last, actor])
    if len(order) == 1:
        return f"In the {named[last]} one of the actors is heard: {told(last, order[0])}"
    return f"In the {named[last]} the first to be heard is {told(last, order[0])}, the last {told(last, order[-1])}"


def _percent(part, whole):
    return f"{round(100 * part / whole)}%" if whole else "0%"


def _strip_alt(table, labels, versions, named, lengths):
    parts = []
    for version in versions:
        told = []
        for actor, label in labels.items():
            rows = table[(table.version == version) & (table.actor == actor)]
            if rows.empty:
                told.append(f"{label}: not heard")
                continue
            places = [
                f"{row.words} {row.voice} at {_percent(row.first_word, lengths[version])}"
                for row in rows.itertuples()
            ]
            told.append(f"{label}: {', '.join(places)}")
        parts.append(f"{capital(named[version])}, {count(lengths[version], 'word')}. {'; '.join(told)}.")
    return f"Lanes from lead to end, a block for each stretch of words. {' '.join(parts)}"
