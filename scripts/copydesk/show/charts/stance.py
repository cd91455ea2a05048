"""Where the sources stand, and which words show it."""

import pandas as pd

from copydesk.engine.spans import read_spans
from copydesk.engine.text import normal_words
from copydesk.show.charts.style import (
    BLUE,
    BODY,
    GREY,
    HEAD,
    INK,
    PALE,
    PAPER,
    PURPLE,
    RULE,
    SLIM,
    SMALL,
    VERMILION,
    Canvas,
    clean,
    count,
    elide,
    ink_on,
    listing,
    named_versions,
    nothing,
    readable,
    text_width,
)
from copydesk.show.charts.voices import actors_by_words, source_names, versions_of
from copydesk.stories.tables import by_voice

LANES = ("opposed", "neutral", "supportive", "mixed", "not expressed")
LANE_COLOURS = {
    "opposed": VERMILION,
    "neutral": GREY,
    "supportive": BLUE,
    "mixed": PURPLE,
    "not expressed": GREY,
}
CLASSES = ("hedge", "booster", "attitude", "obligation", "evaluation")
FEW_WORDS = 100  # of an actor, below which a rate per hundred is of words that nobody said


def stance_lanes(
    stances, statements, target, labels=None, versions=None, version_labels=None, source_labels=None,
    target_label=None, url=None,
):  # fmt: skip
    """Where each source stands toward one target: a tile a segment, in lanes, the versions side by side.

    stances, statements: the tables. target: a target's id. labels: dict actor -> label, in the order of the
    groups; only these actors are drawn. source_labels: dict source_id -> short name. url: function from a
    statement's id to a link. Returns Chart.
    """
    versions = list(versions or versions_of(statements))
    labels = labels or {actor: actor for actor in actors_by_words(statements)}
    named = named_versions(versions, version_labels)
    target_label = target_label or target
    table = stance_table(stances, statements, target, labels, versions, source_labels)
    if table.empty:
        return nothing(
            "stance-lanes", f"No statement has been coded for a stance toward {target_label}.", table
        )
    title = _stance_title(table, labels, versions, named, target_label)
    canvas = Canvas(title, "A row is one thing said; its tile stands in the lane of its stance. Filled: quoted. "
                    "Outlined: paraphrased. Bars in a tile: strength, 1 to 3.")  # fmt: skip
    panel_gap = 26
    words_width = 330 if len(versions) < 3 else 220
    panel = (canvas.right - canvas.left - words_width - panel_gap * len(versions)) / max(1, len(versions))
    lefts = [canvas.left + words_width + panel_gap + n * (panel + panel_gap) for n in range(len(versions))]
    _lane_heads(canvas, lefts, panel, [named[version] for version in versions])
    y = canvas.y
    heard = set(zip(by_voice(statements).actor, statements.version, strict=True))
    absent = {a: {v: "not coded" if (a, v) in heard else "not heard here" for v in versions} for a in labels}
    for actor, label in labels.items():
        rows = table[table.actor == actor]
        y = _stance_group(canvas, y, label, rows, versions, absent[actor], lefts, panel, words_width, url)
    canvas.line(canvas.left, y, canvas.right, y)
    canvas.y = y
    return canvas.finish(
        "stance-lanes", title, _stance_alt(table, labels, absent, named, target_label), table
    )


def stance_table(stances, statements, target, labels, versions, source_labels=None):
    """A row a segment: DataFrame `actor, source, version, statement, same_as, stance, strength, voice, text, start`."""
    facts = {row.statement: row for row in by_voice(statements).itertuples()}
    names = source_names(statements, labels, source_labels)
    rows = []
    chosen = stances[stances.target == target] if len(stances) else stances
    for row in chosen.itertuples():
        said = facts.get(row.statement)
        if said is None or said.actor not in labels or said.version not in versions:
            continue
        rows.append(
            (
                said.actor,
                names[said.source_id],
                said.version,
                row.statement,
                said.same_as if isinstance(said.same_as, str) and said.same_as else None,
                row.stance,
                int(row.strength) if pd.notna(row.strength) else 0,
                "quoted" if _is_quoted(said, row) else "paraphrased",
                _segment_words(said, row),
                int(row.start),
            )
        )
    columns = [
        "actor",
        "source",
        "version",
        "statement",
        "same_as",
        "stance",
        "strength",
        "voice",
        "text",
        "start",
    ]
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


def _lane_places(left, panel):
    """dict lane -> (x, width): three lanes in a row, then two apart."""
    gap = 8
    width = (panel - gap) / len(LANES)
    return {lane: (left + n * width + (gap if n >= 3 else 0), width) for n, lane in enumerate(LANES)}


def _lane_heads(canvas, lefts, panel, names):
    """Names of versions and lanes; where lanes are narrow, their names take turns on three lines."""
    narrow = panel / len(LANES) < 50
    base = canvas.y + (52 if narrow else 38)
    for left, name in zip(lefts, names, strict=True):
        canvas.text(left, canvas.y + 10, elide(name, panel, 14, True), size=14, bold=True)
        for number, (lane, (x, width)) in enumerate(_lane_places(left, panel).items()):
            look = {"size": 10, "color": readable(LANE_COLOURS[lane])}
            if lane != "not expressed":
                y = base - 11 * (number % 2) if narrow else base
                canvas.text(x + width / 2, y, lane, anchor="center", **look)
            elif narrow:
                canvas.text(x + width, base - 22, lane, anchor="right", **look)
            else:
                canvas.text(x + width / 2, base - 11, "not ex-", anchor="center", **look)
                canvas.text(x + width / 2, base, "pressed", anchor="center", **look)
    canvas.y = base + 8


def _stance_group(canvas, y, label, rows, versions, absent, lefts, panel, words_width, url):
    pairs = _pair_up(rows, versions)
    shown = [pair for pair in pairs if any(row.stance != "not expressed" for row in pair.values())]
    silent = [pair for pair in pairs if pair not in shown]
    line = 24
    top = y
    height = 36 + line * (len(shown) + bool(silent)) if pairs else 36
    canvas.line(canvas.left, y, canvas.right, y, color=INK, stroke=1.0)
    canvas.text(canvas.left, y + 19, elide(label, words_width, HEAD, True), size=HEAD, bold=True)
    for left, version in zip(lefts, versions, strict=True):
        present = len(rows[rows.version == version]) > 0
        if present:
            _lane_grounds(canvas, left, panel, top + 4, height - 6)
        else:
            canvas.rect(left, top + 4, panel, height - 8, fill=PAPER, edge=RULE, dash=(3, 3))
            canvas.middle(left + panel / 2, top + height / 2, elide(f"{label}: {absent[version]}", panel - 8, BODY),
                          size=BODY, color=GREY, anchor="center")  # fmt: skip
    y += 30
    for pair in shown:
        row = next(iter(pair.values()))
        name_width = 116 if words_width > 300 else 84
        canvas.middle(
            canvas.left, y + line / 2, elide(row.source, name_width - 8, SMALL, True), size=SMALL, bold=True
        )
        start = canvas.left + name_width
        words = elide(row.text, words_width + 14 - name_width, SMALL)
        canvas.middle(start, y + line / 2, words, size=SMALL)
        for left, version in zip(lefts, versions, strict=True):
            if version in pair:
                _tile(canvas, pair[version], _lane_places(left, panel), y, line, url)
        y += line
    if silent:
        canvas.middle(canvas.left, y + line / 2, "Nothing said of it", size=SMALL, color=GREY)
        for left, version in zip(lefts, versions, strict=True):
            _silent_tiles(
                canvas, [p[version] for p in silent if version in p], _lane_places(left, panel), y, line, url
            )
        y += line
    return max(y, top + height)


def _pair_up(rows, versions):
    """One dict version -> row for each segment: those of one statement's versions joined, in reading order."""
    pairs = []
    for row in rows.itertuples():
        twins = [
            pair
            for pair in pairs
            if row.version not in pair and any(one.statement == row.same_as for one in pair.values())
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


def _lane_grounds(canvas, left, panel, top, height):
    for x, width in _lane_places(left, panel).values():
        canvas.rect(x + 1.5, top, width - 3, height, fill="#f5f5f5")


def _tile(canvas, row, places, y, line, url):
    x, width = places.get(row.stance, places["not expressed"])
    colour = readable(LANE_COLOURS.get(row.stance, GREY))
    inset, height = 5, line - 6
    name = f"{row.source}, {row.voice}, {row.stance}, strength {row.strength}: {row.text}"
    with canvas.mark(name, url(row.statement) if url else None):
        filled = row.voice == "quoted"
        canvas.rect(x + inset, y + 3, width - 2 * inset, height, radius=3, fill=colour if filled else PAPER,
                    edge=colour, stroke=1.6)  # fmt: skip
        for n in range(row.strength):
            start = x + width / 2 - (row.strength * 6 - 3) / 2
            canvas.rect(start + n * 6, y + 3 + height / 2 - 4, 3, 8, fill=PAPER if filled else colour)


def _silent_tiles(canvas, rows, places, y, line, url):
    x, width = places["not expressed"]
    size, step = 8, 11
    across = max(1, int((width - 6) // step))
    for n, row in enumerate(rows[: across * 2]):
        column, rank = n % across, n // across
        with canvas.mark(
            f"{row.source}, {row.voice}, not expressed: {row.text}", url(row.statement) if url else None
        ):
            left = x + (width - min(across, len(rows)) * step + step - size) / 2 + column * step
            top = y + (line - size) / 2 if len(rows) <= across else y + 2 + rank * step
            canvas.rect(left, top, size, size, radius=1.5, edge=GREY, stroke=1.2,
                        fill=GREY if row.voice == "quoted" else PAPER)  # fmt: skip


def _stance_title(table, labels, versions, named, target):
    """The tiles of whoever takes a stand in one version alone, else those of each actor or of each version."""
    told = table[table.stance != "not expressed"]
    if told.empty:
        return f"Nobody takes a stand toward {target}"
    actors = {v: [a for a in labels if (told.actor[told.version == v] == a).any()] for v in versions}
    parts = []
    for version in reversed(versions):
        others = {actor for one in versions if one != version for actor in actors[one]}
        only = [
            f"{labels[a]} ({_stances(told[told.actor == a])})" for a in actors[version] if a not in others
        ]
        if only and len(versions) > 1:
            parts.append(f"only the {named[version]} carries {listing(only)}")
    if parts:
        return f"On {target}, {'; '.join(parts)}"
    each = {v: [f"{labels[a]} {_stances(told[(told.version == v) & (told.actor == a)])}" for a in actors[v]]
            for v in versions}  # fmt: skip
    first = each[versions[0]]
    if all(stands == first for stands in each.values()):
        alike = {1: "", 2: ", in both versions"}.get(len(versions), f", in all {len(versions)} versions")
        return f"Toward {target}{alike}: {'; '.join(first)}"
    return f"Toward {target}: " + "; ".join(
        f"{_stances(told[told.version == v]) or 'none'} in the {named[v]}" for v in versions
    )


def _stances(rows):
    """`2 opposed, 1 mixed`: how many tiles stand in each lane."""
    counts = rows.stance.value_counts()
    return ", ".join(f"{counts[lane]} {lane}" for lane in LANES if lane in counts)


def _stance_alt(table, labels, absent, named, target):
    parts = [f"Tiles in lanes of stance toward {target}, a row for each thing said."]
    for version in named:
        told = []
        for actor, label in labels.items():
            rows = table[(table.actor == actor) & (table.version == version)]
            told.append(f"{label}: {_stances(rows) or absent[actor][version]}")
        parts.append(f"In the {named[version]}, {'; '.join(told)}.")
    return " ".join(parts)


# --- in which words ---------------------------------------------------------------------------------


def marker_dots(markers, statements, labels=None, versions=None, url=None):
    """Stance markers by actor and class, each a chip with its words; quoted and paraphrased apart.

    A statement that stands in both versions counts once. labels: dict actor -> label, in order. url:
    function from a statement's id to a link. At the right: how many are quoted, how many paraphrased, and how
    many per hundred words where the actor has `FEW_WORDS` in that voice. Returns Chart.
    """
    once = count_once(statements, versions)
    labels = labels or {actor: actor for actor in actors_by_words(once)}
    chips = marker_chips(markers, once, labels)
    table = marker_rates(chips, once, labels)
    if chips.empty:
        return nothing("marker-dots", "No stance marker was found in what the actors say.", table)
    title = _marker_title(table, labels)
    canvas = Canvas(title, "Each chip is one marker, in the order of the story; a statement in several versions "
                    "counts once. Filled: quoted, the actor’s own word. Outlined: paraphrased, the reporter’s word.", SLIM)  # fmt: skip
    heads = {"quoted": canvas.right - 98, "paraphrased": canvas.right}
    y = canvas.y
    for voice, x in heads.items():
        rated = table[table.voice == voice].per_hundred.notna().any()
        canvas.text(x, y, voice, size=SMALL, bold=True, anchor="right")
        canvas.text(x, y + 14, "n · per 100 words" if rated else "n", size=9.5, color=GREY, anchor="right")
    y += 22
    for actor, label in labels.items():
        own = table[table.actor == actor]
        canvas.line(canvas.left, y, canvas.right, y, color=INK)
        y += 20
        canvas.text(canvas.left, y, elide(label, 400, HEAD, True), size=HEAD, bold=True)
        words = own.drop_duplicates("voice").set_index("voice").words
        for voice, x in heads.items():
            canvas.text(
                x, y, f"of {count(int(words[voice]), 'word')}", size=SMALL, color=GREY, anchor="right"
            )
        y += 8
        if not own["count"].any():
            canvas.text(canvas.left + 6, y + 16, "no marker of any class", size=SMALL, color=GREY)
            y += 28
            continue
        for marker_class, cells in own.groupby("marker_class", sort=False):
            rows = chips[(chips.actor == actor) & (chips.marker_class == marker_class)]
            y = _marker_row(canvas, marker_class, rows, cells, heads, y, url)
        y += 6
    canvas.line(canvas.left, y, canvas.right, y)
    canvas.y = y
    return canvas.finish("marker-dots", title, _marker_alt(table, chips, labels), table)


def _marker_row(canvas, marker_class, rows, cells, heads, y, url):
    """The chips of one class and, at the right, how many they are; returns the y below them."""
    canvas.line(canvas.left + 6, y, canvas.right, y, color=PALE)
    y += 1
    canvas.text(canvas.left + 6, y + 16, marker_class, size=BODY, color=INK if len(rows) else GREY)
    for cell in cells.itertuples():
        rate = f" · {cell.per_hundred:.1f}" if cell.per_hundred == cell.per_hundred else ""
        shown = f"{cell.count}{rate}" if rows.voice.eq(cell.voice).any() else "–"
        canvas.text(
            heads[cell.voice], y + 16, shown, size=BODY, anchor="right", color=GREY if shown == "–" else INK
        )
    return _chips(canvas, rows, canvas.left + 108, canvas.right - 196, y, url)


def count_once(statements, versions=None):
    """The statements with each that stands in several versions kept once, in the version named first."""
    order = list(versions or versions_of(statements))
    seen, kept = set(), []
    ranked = statements[statements.version.isin(order)]
    ranked = ranked.assign(_rank=ranked.version.map(order.index)).sort_values("_rank", kind="stable")
    for row in ranked.itertuples():
        if row.statement not in seen:
            kept.append(row.statement)
        seen.add(row.statement)
        if isinstance(row.same_as, str) and row.same_as:
            seen.add(row.same_as)
    return statements[statements.statement.isin(kept)]


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
                n = int(
                    (
                        (chips.actor == actor) & (chips.marker_class == marker_class) & (chips.voice == voice)
                    ).sum()
                )
                rate = 100 * n / total if total >= FEW_WORDS else float("nan")
                rows.append((actor, str(label), marker_class, voice, n, total, rate))
    columns = ["actor", "label", "marker_class", "voice", "count", "words", "per_hundred"]
    return pd.DataFrame(rows, columns=columns)


def _chips(canvas, rows, left, right, y, url):
    height, x = 19, left
    if rows.empty:
        canvas.text(left, y + 16, "none", size=SMALL, color=GREY)
        return y + height + 5
    for row in rows.itertuples():
        word = elide(
            f"not “{row.marker}”" if row.negated is True or row.negated == "yes" else row.marker,
            right - left - 16,
            SMALL,
        )
        width = text_width(word, SMALL) + 14
        if x + width > right and x > left:
            x, y = left, y + height + 4
        quoted = row.voice == "quoted"
        with canvas.mark(f"{row.marker_class}, {row.voice}: {word}", url(row.statement) if url else None):
            canvas.rect(x, y + 2, width, height, radius=height / 2, fill=BLUE if quoted else PAPER, edge=BLUE,
                        stroke=1.2, dash=None if quoted else (3, 2))  # fmt: skip
            canvas.middle(x + width / 2, y + 2 + height / 2, word, size=SMALL, anchor="center",
                          color=ink_on(BLUE) if quoted else INK)  # fmt: skip
        x += width + 5
    return y + height + 5


def _marker_title(table, labels):
    totals = table.groupby("actor", sort=False)["count"].sum()
    words = table.drop_duplicates(["actor", "voice"]).groupby("actor", sort=False).words.sum()
    parts = [f"{labels[actor]} {int(totals[actor]) or 'none'} in {count(int(words[actor]), 'word')}"
             for actor in labels if words[actor]]  # fmt: skip
    return f"Stance markers: {', '.join(parts)}"


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
