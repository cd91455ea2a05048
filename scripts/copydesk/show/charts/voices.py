"""Whose words the story carries: those of one version first, and alone in colour."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from copydesk.engine.spans import read_spans
from copydesk.engine.speakers import NOBODY, UNRESOLVED
from copydesk.show.charts.canvas import HATCH, font, named_versions
from copydesk.show.charts.chart import Chart, Labels, Url, nothing
from copydesk.show.charts.lettering import HEAD, SMALL, elide, text_width, wrap
from copydesk.show.charts.palette import BLUE, GREY, INK, KEPT, PAPER, VERMILION
from copydesk.show.charts.titles import voice_title
from copydesk.show.counts_and_lists import capital, count, listing
from copydesk.stories.resolved import is_by_rule
from copydesk.stories.tables import by_voice, is_left_open

_INITIALS = re.compile(r"\b(?:[a-z]\.)+")
_BAR, _LINE, _BETWEEN = 14, 22, 12  # height of a bar, of a row, and what lies between two actors
_NAME = 168  # the room for an actor's name beside the bars


def source_names(statements, labels):
    """dict source_id -> a short name: the actor's label, or what the id itself says."""
    names = {}
    ids = set(statements.source_id)
    for row in statements.itertuples():
        source = row.source_id
        if source in labels:
            names[source] = str(labels[source])
        elif source not in names:
            alone = str(source).endswith("-1") and f"{str(source)[:-1]}2" not in ids
            words = (str(source)[:-2] if alone else str(source)).replace("-", " ")
            words = _INITIALS.sub(lambda found: found[0].upper(), words)
            named = str(getattr(row, "source_type", "")).startswith("named")
            names[source] = " ".join(map(capital, words.split())) if named else capital(words)
    return names


def voice_words(
    statements: pd.DataFrame,
    labels: Labels = None,
    versions: Iterable[str] | None = None,
    version_labels: Labels = None,
    url: Url = None,
    title: str | None = None,
) -> Chart:
    """Words given to each actor, quoted and paraphrased, by version: bars, a part for each statement.

    statements: the statements table. labels: dict actor -> label; its order is the order of the rows of each
    group (actors of one version, of several, sources not resolved), and an actor in it that nobody quotes
    is named. versions: ids, in order. version_labels: dict. url: function from a statement's id to a link.
    title: one whose claims were looked up, in place of one that counts. Returns Chart.
    """
    versions, is_open = list(versions or versions_of(statements)), is_left_open(statements)
    statements = by_voice(statements)
    table = voice_table(statements, labels, versions)
    named = named_versions(versions, version_labels)
    if table.empty or not table.words.sum():
        return nothing("voice-words", "Nobody is quoted.", table)

    def draw(canvas):
        keys = [(KEPT, "filled", "quoted"), (KEPT, "hatched", "paraphrased, in the reporter’s words")]
        for color, name in colours.values():
            if (color, "filled", name) not in keys:
                keys.append((color, "filled", name))
        canvas.legend(*keys)
        rows, lines = _places(table, groups, colours, named, canvas)
        _bars(canvas, rows, statements, url)
        for y, words, look in lines:
            canvas.text(canvas.left, canvas.y + y, words, **look)
        canvas.y += (rows[-1].y if rows else 0) + _LINE
        if silent:
            names = dict.fromkeys(table.label[table.actor.isin(silent)])
            words = f"No words found: {listing(names)}."
            canvas.y = canvas.paragraph(
                canvas.left, canvas.y, words, canvas.right - canvas.left, size=SMALL, color=GREY
            )

    *groups, silent = _groups(table, {*statements.actor[is_open], NOBODY, UNRESOLVED})
    colours = _colours(table, groups[0], named)
    alt = f"Bars of words given to each actor. {_voice_alt(table, versions, named)}"
    title = title or voice_title(table, groups[0] + groups[1], versions, named, is_by_rule(statements))
    return Chart("voice-words", title, alt, table, draw)


def voice_table(statements, labels=None, versions=None) -> pd.DataFrame:
    """DataFrame `actor, label, version, voice, statements, words`; voice is `quoted` or `paraphrased`."""
    versions, statements = list(versions or versions_of(statements)), by_voice(statements)
    labels = labels or {actor: actor for actor in actors_by_words(statements)}
    rows = []
    for actor, label in labels.items():
        for version in versions:
            own = statements[(statements.actor == actor) & (statements.version == version)]
            quoted, total = int(own.quoted_words.sum()), int(own.words.sum())
            paraphrased = int((own.words > own.quoted_words).sum())
            rows.append((actor, str(label), version, "quoted", int((own.quoted_words > 0).sum()), quoted))
            rows.append((actor, str(label), version, "paraphrased", paraphrased, total - quoted))
    return pd.DataFrame(rows, columns=["actor", "label", "version", "voice", "statements", "words"])


def actors_by_words(statements):
    return list(
        by_voice(statements).groupby("actor").words.sum().sort_values(ascending=False, kind="stable").index
    )


def versions_of(table):
    return list(dict.fromkeys(table.version)) if len(table) else []


class _Row(NamedTuple):
    """A bar: whose, of which version (the first of those that have the same numbers), where, in which colour."""

    actor: str
    version: str
    label: str
    y: float
    color: str
    quoted: int
    paraphrased: int


def _groups(table, left_open):
    """Actors with words in one version, in several, and those for whom nobody knows who speaks; those without words."""
    words = table.groupby(["actor", "version"], sort=False).words.sum().unstack()
    heard = (words > 0).sum(axis=1)
    order = list(dict.fromkeys(table.actor))
    several = words.shape[1] > 1
    one = [a for a in order if a not in left_open and heard[a] == 1 and several]
    more = [a for a in order if a not in left_open and heard[a] and a not in one]
    apart = [a for a in order if a in left_open and heard[a]]
    return one, more, apart, [a for a in order if not heard[a]]


def _places(table, groups, colours, named, canvas):
    """([_Row], [(y, words, look)]): the bars, and the names beside or above them."""
    labels = {actor: capital(label) for actor, label in zip(table.actor, table.label, strict=True)}
    rows, lines, y = [], [], 0.0
    for number, group in enumerate(groups):
        if number == 2 and group:
            lines.append((y + 10, "For whom these speak is not known", {"size": SMALL, "color": GREY}))
            y += 22
        for actor in group:
            bars = _versions_alike(table[table.actor == actor], named)
            name = wrap(labels[actor], _NAME, HEAD, True)
            name = (
                name
                if len(name) <= len(bars) and not canvas.narrow
                else [elide(labels[actor], 340 if canvas.narrow else _NAME, HEAD, True)]
            )
            lines += [
                (y + 15 + n * HEAD * 1.2, words, {"size": HEAD, "bold": True}) for n, words in enumerate(name)
            ]
            y += _LINE if canvas.narrow else 0
            for version, label, quoted, paraphrased in bars:
                color = colours.get(actor, (KEPT,))[0]
                y += 14 if canvas.narrow else 0
                rows.append(_Row(actor, version, label, y + _LINE / 2, color, quoted, paraphrased))
                y += _LINE
            y += _BETWEEN
        y += _BETWEEN if group else 0
    return rows, lines


def _colours(table, one, named):
    """dict actor -> (colour, what it means), of those who speak in one version: that of words added, or of words cut."""
    first, *rest = named
    found = {}
    for actor in one:
        own = table[table.actor.eq(actor) & table.words.gt(0)]
        version = own.version.iloc[0]
        is_cut = version == first and len(rest) == 1
        found[actor] = (VERMILION if is_cut else BLUE, f"in the {named[version]} alone")
    return found


def _versions_alike(own, named):
    """[(version, label, quoted, paraphrased)]; versions with the same numbers are one bar."""
    found: dict[tuple, list] = {}
    for version in named:
        found.setdefault(_voice_counts(own, version), []).append(version)
    label = {
        1: lambda ids: named[ids[0]],
        len(named): lambda ids: "both versions" if len(ids) == 2 else "all versions",
    }
    return [(ids[0], label.get(len(ids), lambda ids: listing(named[i] for i in ids))(ids), *counts)
            for counts, ids in found.items()]  # fmt: skip


def _voice_counts(rows, version):
    own = rows[rows.version == version].set_index("voice")
    return int(own.words["quoted"]), int(own.words["paraphrased"])


def _bars(canvas, rows, statements, url):
    """The bars, on axes that count words, with what they say at their ends or, on a phone, above them."""
    most = max(row.quoted + row.paraphrased for row in rows)
    beside = (
        0 if canvas.narrow else _NAME + 10 + min(150, max(text_width(row.label, SMALL) for row in rows) + 14)
    )
    room = canvas.right - canvas.left - beside
    if not canvas.narrow:  # as long as what stands at the bars' ends lets them be
        room = min(
            (room - 10 - text_width(_told(row), SMALL)) / max(0.3, (row.quoted + row.paraphrased) / most)
            for row in rows
        )
    height = rows[-1].y + _LINE / 2
    axes = canvas.plot(canvas.left + beside, canvas.y, room, height)
    axes.set(xlim=(0, most), ylim=(height, 0), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    for row in rows:
        own = statements[(statements.actor == row.actor) & (statements.version == row.version)]
        _parts(canvas, axes, row, own, url)
        told = _told(row)
        look = {
            "va": "center",
            "fontproperties": font(),
            "fontsize": SMALL,
            "annotation_clip": False,
            "parse_math": False,
        }
        if canvas.narrow:
            label = elide(row.label, room - text_width(f": {told}", SMALL), SMALL)
            canvas.middle(canvas.left, canvas.y + row.y - 18, f"{label}: {told}", size=SMALL, color=GREY)
        else:
            canvas.middle(canvas.left + beside - 8, canvas.y + row.y, elide(row.label, beside - _NAME - 15, SMALL), size=SMALL,
                          color=GREY, anchor="right")  # fmt: skip
            axes.annotate(told, (row.quoted + row.paraphrased, row.y), xytext=(7, 0), textcoords="offset points",
                          color=INK if row.quoted + row.paraphrased else GREY, **look)  # fmt: skip
        if not row.quoted + row.paraphrased:
            axes.plot([0, 0], [row.y - 7, row.y + 7], color=GREY, linewidth=1.5, clip_on=False)


def _parts(canvas, axes, row, own, url):
    """Parts of a bar: first what is quoted of each statement, then what is paraphrased of each."""
    parts = [("quoted", one, int(one.quoted_words)) for one in own.itertuples()]
    parts += [("paraphrased", one, int(one.words - one.quoted_words)) for one in own.itertuples()]
    at = 0
    for voice, one, words in parts:
        if words <= 0:
            continue
        look = {"facecolor": row.color, "edgecolor": PAPER} if voice == "quoted" else {
            "facecolor": PAPER, "edgecolor": row.color, "hatch": HATCH}  # fmt: skip
        (bar,) = axes.barh(row.y, words, left=at, height=_BAR, linewidth=1, clip_on=False, **look)
        name = f"{count(words, 'word')} {voice}: {_words_of(one, voice)}"
        bar.set_gid(canvas.name_mark(name, url(one.statement) if url else None))
        at += words


def _words_of(statement, voice):
    """The words of a statement that are quoted, or paraphrased."""
    quoted, words, at = read_spans(statement.quoted_spans), [], 0
    for start, end in read_spans(statement.content_spans):
        for low, high, whose in voiced([(start, end)], quoted):
            if whose == voice:
                words += statement.content[at + low - start : at + high - start].split()
        at += end - start + 1
    return " ".join(words)


def voiced(content, quoted):
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


def _told(row):
    parts = [f"{row.quoted:,} quoted"] * bool(row.quoted) + [f"{row.paraphrased:,} paraphrased"] * bool(
        row.paraphrased
    )
    return " + ".join(parts) or "none found"


def _voice_alt(table, versions, named):
    parts = []
    for _actor, rows in table.groupby("actor", sort=False):  # two may have one label
        label, told = rows["label"].iloc[0], []
        for version in versions:
            quoted, para = _voice_counts(rows, version)
            told.append(f"{named[version]} {quoted} words quoted and {para} paraphrased")
        parts.append(f"{label}: {', '.join(told)}.")
    return " ".join(parts)
