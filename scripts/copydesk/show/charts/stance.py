"""Where the sources stand toward one target, as people coded it."""

from collections.abc import Iterable

import pandas as pd

from copydesk.engine.spans import read_spans
from copydesk.engine.text import normal_words
from copydesk.show.charts.canvas import named_versions
from copydesk.show.charts.chart import Chart, Labels, Url, nothing
from copydesk.show.charts.lettering import HEAD, SMALL, elide, text_width
from copydesk.show.charts.palette import BLUE, GREY, INK, PAPER, PURPLE, RULE, VERMILION, ink_on, readable
from copydesk.show.charts.titles import stance_title
from copydesk.show.charts.voices import actors_by_words, source_names, versions_of
from copydesk.show.counts_and_lists import count, listing
from copydesk.stories.tables import by_voice

LANES = {"opposed": VERMILION, "neutral": GREY, "supportive": BLUE, "mixed": PURPLE}
SILENT = "not expressed"
_TILE, _LINE = 84, 26  # the width of a lane, the height of a row


def stance_lanes(
    stances: pd.DataFrame,
    statements: pd.DataFrame,
    target: str,
    labels: Labels = None,
    versions: Iterable[str] | None = None,
    version_labels: Labels = None,
    target_label: str | None = None,
    url: Url = None,
) -> Chart:
    """Where each source stands toward one target, as coded: a tile a segment, in lanes from opposed to supportive.

    stances, statements: the tables; what the rules guessed of stance is left out. target: a target's id.
    labels: dict actor -> label, in the order of the groups; only these actors are drawn. url: function from a
    statement's id to a link. Returns Chart.
    """
    versions = list(versions or versions_of(statements))
    labels = labels or {actor: actor for actor in actors_by_words(statements)}
    named = named_versions(versions, version_labels)
    target_label = target_label or target
    coded = stances[stances.coder != "rules"] if "coder" in stances else stances
    table = stance_table(coded, statements, target, labels, versions)
    if table.empty:
        return nothing(
            "stance-lanes", f"Nobody has coded where statements stand toward {target_label}.", table
        )

    def draw(canvas):
        canvas.legend((GREY, "filled", "quoted"), (GREY, "framed", "paraphrased"))
        canvas.y -= 4
        canvas.text(
            canvas.left, canvas.y + 8, "Bars behind a tile: how strong, 1 to 3", size=SMALL, color=GREY
        )
        canvas.y += 20
        for actor, label in labels.items():
            rows = table[table.actor == actor]
            if len(rows):
                _group(canvas, label, _pair_up(rows, versions), named, url)

    drawn = list(dict.fromkeys(table.version))
    held = [(label, _held(table[table.actor == actor], drawn)) for actor, label in labels.items()]
    title = stance_title(held, LANES, target_label)
    return Chart("stance-lanes", title, _stance_alt(table, labels, named, target_label), table, draw)


def stance_table(stances, statements, target, labels, versions):
    """A row a segment: DataFrame `actor, source, version, statement, same_as, stance, strength, voice, text, start`."""
    facts = {row.statement: row for row in by_voice(statements).itertuples()}
    names = source_names(statements, labels)
    rows = []
    chosen = stances[stances.target == target] if len(stances) else stances
    for row in chosen.itertuples():
        said = facts.get(row.statement)
        if said is None or said.actor not in labels or said.version not in versions:
            continue
        same_as = said.same_as if isinstance(said.same_as, str) and said.same_as else None
        strength = int(row.strength) if pd.notna(row.strength) else 0
        voice = "quoted" if _is_quoted(said, row) else "paraphrased"
        of = (said.actor, names[said.source_id], said.version, row.statement, same_as)
        rows.append((*of, row.stance, strength, voice, _segment_words(said, row), int(row.start)))
    columns = "actor source version statement same_as stance strength voice text start".split()
    table = pd.DataFrame(rows, columns=columns)
    order = {version: n for n, version in enumerate(versions)}
    return table.sort_values(["version", "start"], key=lambda c: c.map(order) if c.name == "version" else c,
                             kind="stable", ignore_index=True)  # fmt: skip


def _is_quoted(said, segment):
    """Whether most of a segment stands in quotation marks."""
    start, end = int(segment.start), int(segment.end)
    content = [(max(start, s), min(end, e)) for s, e in read_spans(said.content_spans)]
    within = sum(max(0, e - s) for s, e in content) or end - start
    quoted = sum(max(0, min(end, e) - max(start, s)) for s, e in read_spans(said.quoted_spans))
    return quoted * 2 >= within and quoted > 0


def _segment_words(said, segment):
    """The segment's words, cut out of the statement's content."""
    text = getattr(segment, "text", None)
    if isinstance(text, str):
        return text
    pieces, place = [], 0
    content = str(said.content)
    for start, end in read_spans(said.content_spans):
        length = end - start
        low, high = max(int(segment.start), start), min(int(segment.end), end)
        if low < high:
            pieces.append(content[place + low - start : place + high - start])
        place += length + 1  # spans are joined by one blank
    return " ".join(pieces) or content


def _group(canvas, label, pairs, named, url):
    """An actor's name, a row for each segment in which it takes a stand, and how many do not."""
    canvas.line(canvas.left, canvas.y, canvas.right, canvas.y, color=INK)
    half = (canvas.right - canvas.left) / 2 - 6
    canvas.text(canvas.left, canvas.y + 19, elide(label, half, HEAD, True), size=HEAD, bold=True)
    everywhere = {tuple(v for v in named if v in pair) for pair in pairs}
    shared = listing(named[v] for v in next(iter(everywhere))) if len(everywhere) == 1 else ""
    if shared and len(next(iter(everywhere))) < len(named):
        canvas.text(
            canvas.right, canvas.y + 19, elide(shared, half, SMALL), size=SMALL, color=GREY, anchor="right"
        )
    canvas.y += 28
    for pair in pairs:
        row = next(iter(pair.values()))
        if row.stance == SILENT:
            continue
        lacking = len(pair) < len(named) and not shared
        _segment(canvas, row, listing(named[v] for v in named if v in pair) if lacking else "", url)
    silent = sum(next(iter(pair.values())).stance == SILENT for pair in pairs)
    if silent:
        words = f"{count(silent, 'further statement')} without a stance toward it"
        canvas.text(canvas.left, canvas.y + 15, words, size=SMALL, color=GREY)
        canvas.y += 22
    canvas.y += 8


def _segment(canvas, row, only, url):
    """Who said it, its first words, and its tile."""
    lanes = canvas.right - _TILE * len(LANES) if not canvas.narrow else canvas.left
    room = (canvas.right if canvas.narrow else lanes - 12) - canvas.left
    source = elide(row.source, 120, SMALL, True)
    start = text_width(source, SMALL, True) + 8
    with canvas.mark(f"{row.source}, {row.voice}, {row.stance}, strength {row.strength}: {row.text}",
                     url(row.statement) if url else None):  # fmt: skip
        y = canvas.y + _LINE / 2
        canvas.middle(canvas.left, y, source, size=SMALL, bold=True)
        said = f"{row.text} ({only})" if only else row.text
        canvas.middle(canvas.left + start, y, elide(said, room - start, SMALL), size=SMALL)
        if canvas.narrow:
            y += _LINE - 3
        _tile(canvas, row, lanes, y)
    canvas.y = y + _LINE / 2
    canvas.line(canvas.left, canvas.y, canvas.right, canvas.y)


def _tile(canvas, row, left, y):
    for n, lane in enumerate(LANES):
        x = left + n * _TILE
        if lane != row.stance:
            canvas.line(x + _TILE / 2 - 5, y, x + _TILE / 2 + 5, y, color=RULE, stroke=1.5)
            continue
        colour, filled = readable(LANES[lane]), row.voice == "quoted"
        canvas.rect(
            x + 1, y - 10, _TILE - 14, 20, radius=3, fill=colour if filled else PAPER, edge=colour, stroke=1.5
        )
        ink = ink_on(colour) if filled else INK
        canvas.middle(x + (_TILE - 12) / 2, y, lane, size=SMALL, anchor="center", color=ink)
        for bar in range(row.strength):
            canvas.rect(x + _TILE - 11 + bar * 4, y - 6, 2.4, 12, fill=colour)


def _pair_up(rows, versions):
    """One dict version -> row for each segment: those of one statement's versions that are coded alike are joined."""
    pairs: list[dict] = []
    for row in rows.itertuples():
        twins = [
            pair
            for pair in pairs
            if row.version not in pair
            and any(one.statement == row.same_as and one.stance == row.stance for one in pair.values())
        ]
        best = max(twins, key=lambda pair, row=row: _likeness(pair, row), default=None)
        if best is not None and _likeness(best, row) >= 0.5:
            best[row.version] = row
        else:
            pairs.append({row.version: row})
    return _reading_order(pairs, versions)


def _likeness(pair, row):
    """The share of words that two segments have in common (Dice 1945)."""
    one, other = set(normal_words(next(iter(pair.values())).text)), set(normal_words(row.text))
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _reading_order(pairs, versions):
    """Pairs as the last version has them; what it lacks comes behind what is before it elsewhere."""
    ordered = []
    for version in reversed(versions):
        mine = sorted((pair for pair in pairs if version in pair), key=lambda pair, v=version: pair[v].start)
        place = 0
        for pair in mine:
            if pair in ordered:
                place = ordered.index(pair) + 1
            else:
                ordered.insert(place, pair)
                place += 1
    return ordered


def _held(rows, versions):
    """The stance of each segment of an actor; one that stands in several versions counts once."""
    return [next(iter(pair.values())).stance for pair in _pair_up(rows, versions)]


def _stances(rows):
    """`2 opposed, 1 mixed`: how many tiles stand in each lane."""
    counts = rows.stance.value_counts()
    return ", ".join(f"{counts[lane]} {lane}" for lane in (*LANES, SILENT) if lane in counts)


def _stance_alt(table, labels, named, target):
    parts = [f"Tiles in lanes of stance toward {target}, a row for each thing said."]
    for version in named:
        told = []
        for actor, label in labels.items():
            rows = table[(table.actor == actor) & (table.version == version)]
            told.append(f"{label}: {_stances(rows) or 'none coded'}")
        parts.append(f"In the {named[version]}, {'; '.join(told)}.")
    return " ".join(parts)
