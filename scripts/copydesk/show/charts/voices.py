"""Whose words the story carries, how many of them, and where."""

import re
from bisect import bisect_right

import pandas as pd

from copydesk.engine.spans import read_spans
from copydesk.engine.speakers import NO_ACTOR
from copydesk.engine.text import count_words
from copydesk.show.charts.style import (
    BLUE,
    BODY,
    GREY,
    HEAD,
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
    wrap,
)
from copydesk.stories.tables import by_voice

_INITIALS = re.compile(r"\b(?:[a-z]\.)+")


def source_names(statements, labels, known=None):
    """dict source_id -> a short name: the one known, the actor's label, or what the id itself says."""
    names = {}
    ids = set(statements.source_id)
    for row in statements.itertuples():
        source = row.source_id
        if known and source in known:
            names[source] = str(known[source])
        elif source in labels:
            names[source] = str(labels[source])
        elif source not in names:
            alone = str(source).endswith("-1") and f"{str(source)[:-1]}2" not in ids
            words = (str(source)[:-2] if alone else str(source)).replace("-", " ")
            words = _INITIALS.sub(lambda found: found[0].upper(), words)
            named = str(getattr(row, "source_type", "")).startswith("named")
            names[source] = " ".join(map(capital, words.split())) if named else capital(words)
    return names


# --- whose words ------------------------------------------------------------------------------------


def voice_words(statements, labels=None, versions=None, version_labels=None, url=None):
    """Words given to each actor, quoted and paraphrased, by version: paired bars.

    statements: the statements table. labels: dict actor -> label; its order is the order of the rows, and
    an actor in it that nobody quotes is shown with none. versions: ids, in order. version_labels: dict. url:
    function from a statement's id to a link. Returns Chart.
    """
    versions, statements = list(versions or versions_of(statements)), by_voice(statements)
    table = voice_table(statements, labels, versions)
    named = named_versions(versions, version_labels)
    if table.empty:
        return nothing("voice-words", "Nobody is quoted.", table)
    title = _voice_title(table, versions, named)
    canvas = Canvas(title, "Words of each actor’s statements. Filled: quoted directly. Striped: paraphrased, "
                    "so that the words are the reporter’s. A part: what one statement quotes, or paraphrases.")  # fmt: skip
    label_width = 150
    version_width = min(170, max(text_width(name, SMALL) for name in named.values()) + 12)
    x0 = canvas.left + label_width + version_width
    room = canvas.right - x0 - 200
    most = table.groupby(["actor", "version"]).words.sum().max() or 1
    height, y = 15, canvas.y
    for actor, rows in table.groupby("actor", sort=False):
        canvas.line(canvas.left, y, canvas.right, y)
        y += 10
        name = rows.label.iloc[0]
        _actor_name(canvas, y, name, label_width - 10, len(versions))
        for version in versions:
            quoted, para = _voice_counts(rows, version)
            canvas.middle(x0 - 8, y + height / 2, elide(named[version], version_width - 10, SMALL), size=SMALL,
                          color=GREY, anchor="right")  # fmt: skip
            own = statements[(statements.actor == actor) & (statements.version == version)]
            _voice_bar(canvas, x0, y, height, room / most, own, url)
            _voice_counts_told(canvas, x0 + (quoted + para) * room / most, y + height / 2, quoted, para)
            y += height + 6
        y += 4
    canvas.line(canvas.left, y, canvas.right, y)
    canvas.y = y
    alt = f"Bars of words given to each actor. {_voice_alt(table, versions, named)}"
    return canvas.finish("voice-words", title, alt, table)


def voice_table(statements, labels=None, versions=None):
    """DataFrame `actor, label, version, voice, statements, words`; voice is `quoted` or `paraphrased`."""
    versions, statements = list(versions or versions_of(statements)), by_voice(statements)
    labels = labels or {actor: actor for actor in actors_by_words(statements)}
    rows = []
    for actor, label in labels.items():
        for version in versions:
            own = statements[(statements.actor == actor) & (statements.version == version)]
            quoted = int(own.quoted_words.sum())
            total = int(own.words.sum())
            rows.append((actor, str(label), version, "quoted", int((own.quoted_words > 0).sum()), quoted))
            paraphrased = own.words > own.quoted_words
            rows.append((actor, str(label), version, "paraphrased", int(paraphrased.sum()), total - quoted))
    return pd.DataFrame(rows, columns=["actor", "label", "version", "voice", "statements", "words"])


def actors_by_words(statements):
    """list of the actors, and of the speakers who speak for nobody else, by how many words they have."""
    return list(
        by_voice(statements).groupby("actor").words.sum().sort_values(ascending=False, kind="stable").index
    )


def versions_of(table):
    return list(dict.fromkeys(table.version)) if len(table) else []


def _actor_name(canvas, y, name, width, lines):
    """The name above one another in at most so many lines."""
    first, *rest = wrap(name, width, HEAD, True)
    if len(rest) >= lines:
        first, rest = elide(name, width, HEAD, True), []
    for n, line in enumerate((first, *rest)):
        canvas.text(canvas.left, y + 12 + n * HEAD * 1.25, line, size=HEAD, bold=True)


def _voice_counts(rows, version):
    own = rows[rows.version == version].set_index("voice")
    return int(own.words["quoted"]), int(own.words["paraphrased"])


def _voice_bar(canvas, x, y, height, scale, own, url):
    """Parts: first what is quoted of each statement, then what is paraphrased of each."""
    parts = [("quoted", row, row.quoted_words) for row in own.itertuples()]
    parts += [("paraphrased", row, row.words - row.quoted_words) for row in own.itertuples()]
    for voice, row, words in parts:
        if words <= 0:
            continue
        width = words * scale
        with canvas.mark(
            f"{count(words, 'word')} {voice}: {row.content}", url(row.statement) if url else None
        ):
            if voice == "quoted":
                canvas.rect(x, y, width, height, fill=BLUE, edge=PAPER, stroke=0.8)
            else:
                canvas.hatched(x + 0.6, y + 0.6, max(width - 1.2, 0.5), height - 1.2, BLUE)
        x += width


def _voice_counts_told(canvas, end, y, quoted, para):
    if not quoted + para:
        canvas.line(end, y - 8, end, y + 8, color=INK)
        canvas.middle(end + 7, y, "not heard", size=SMALL, color=GREY)
        return
    parts = [f"{quoted:,} quoted"] * bool(quoted) + [f"{para:,} paraphrased"] * bool(para)
    canvas.middle(end + 7, y, " + ".join(parts), size=SMALL)


def _voice_title(table, versions, named):
    resolved = table[~table.actor.isin(NO_ACTOR)]
    table = resolved if resolved.words.sum() else table
    totals = table.pivot_table(index="label", columns="version", values="words", aggfunc="sum", sort=False)
    heard = totals[totals.sum(axis=1) > 0]
    if heard.empty:
        return f"None of the actors shown is heard: {listing(totals.index)}"
    if len(versions) >= 2:
        first, last = versions[0], versions[-1]
        for one, other in ((last, first), (first, last)):
            only = heard[(heard[one] > 0) & (heard[other] == 0)]
            if len(only):
                told = [f"{name} ({int(words)} words)" for name, words in only[one].items()]
                return f"Only the {named[one]} lets the reader hear {listing(told)}"
        rise = (heard[last] - heard[first]).astype(int)
        if not rise.any():
            return f"Both versions give every actor as many words; most go to {heard.sum(axis=1).idxmax()}"
        who = rise.abs().idxmax()
        words = f"{count(heard[last][who], 'word')} in the {named[last]}, {heard[first][who]:,} in the {named[first]}"
        return f"{capital(who)} has {words}"
    who = heard[versions[0]].idxmax()
    return f"{capital(who)} is given most words: {heard[versions[0]][who]:,} of {int(heard[versions[0]].sum()):,}"


def _voice_alt(table, versions, named):
    parts = []
    for label, rows in table.groupby("label", sort=False):
        told = []
        for version in versions:
            quoted, para = _voice_counts(rows, version)
            told.append(f"{named[version]} {quoted} words quoted and {para} paraphrased")
        parts.append(f"{label}: {', '.join(told)}.")
    return " ".join(parts)


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
