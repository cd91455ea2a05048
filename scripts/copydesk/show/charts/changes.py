"""What the editing did to the words: how many, where in the story, how hard to read."""

from itertools import pairwise

import pandas as pd

from copydesk.engine.text import count_words
from copydesk.show.charts.revision import KEPT, total_words
from copydesk.show.charts.style import (
    BLUE,
    BODY,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PAPER,
    PURPLE,
    SKY,
    SLIM,
    SMALL,
    VERMILION,
    YELLOW,
    Canvas,
    capital,
    count,
    elide,
    listing,
    named_versions,
    nothing,
    readable,
    spread,
    text_width,
    the,
)

# What becomes of a word: its colour and how many of it are said. Moved and respelled words are kept words.
FATES = {
    "kept": (KEPT, "kept"),
    "moved": (ORANGE, "moved"),
    "respelled": (YELLOW, "respelled"),
    "reworded": (SKY, "reworded"),
    "added": (BLUE, "added"),
    "cut": (VERMILION, "cut"),
}
# The scales of `readability.FORMULAS` that a title compares. A step of Flesch's table (1948) is ten points.
EASE, NEAR_EASE = "0 to 100, higher is easier", 5
GRADES, NEAR_GRADES = ("US school grade", "years of schooling"), 1
PART_NAMES = {"lead": "lead third", "middle": "middle third", "end": "last third"}


def word_balance(summary, labels=None, url=None):
    """Words kept, moved, respelled, reworded, added and cut: a stacked bar a version.

    summary: a comparison's summary (its rows of the unit "words" are drawn). labels: dict version -> label.
    url: function from a version's id and a fate, one of `FATES`, to a link or None. Returns Chart.
    """
    table = summary[(summary.unit == "words") & (summary.measure != "total")]
    table = table[["version", "measure", "count", "share"]].reset_index(drop=True)
    if table["count"].sum() == 0:
        return nothing("word-balance", "Neither version has a word.", table)
    named = named_versions(dict.fromkeys(table.version), labels)
    title = _balance_title(table, named)
    canvas = Canvas(
        title, "Each bar is a version, as long as its words are many; each part is what became of them."
    )
    most = table.groupby("version")["count"].sum().max()
    room = canvas.right - canvas.left
    height, y = 34, canvas.y
    for version, rows in table.groupby("version", sort=False):
        rows = rows.set_index("measure")["count"].reindex(list(FATES)).fillna(0).astype(int)
        total = int(rows.sum())
        canvas.text(canvas.left, y + 12, elide(named[version], 400, 14, True), size=14, bold=True)
        canvas.text(canvas.left, y + 29, count(total, "word"), color=GREY)
        y += 38
        x, parts = canvas.left, []
        for fate, n in rows[rows > 0].items():
            width = room * n / most
            told = f"{count(n, 'word')} {FATES[fate][1]}, {the(named[version])}"
            with canvas.mark(told, url(version, fate) if url else None):
                _fate_bar(canvas, x, y, width, height, fate)
            parts.append(
                (
                    x + width / 2,
                    f"{n:,} {FATES[fate][1]}",
                    f"{n / total:.0%}" if n / total >= 0.01 else "<1%",
                    fate,
                )
            )
            x += width
        _part_labels(canvas, parts, y, height)
        y += height + 52
    canvas.y = y - 20
    return canvas.finish("word-balance", title, _balance_alt(table, named), table)


def _fate_bar(canvas, x, y, width, height, fate):
    colour = FATES[fate][0]
    if fate == "cut":
        canvas.hatched(x, y, width, height, readable(colour), gap=4)
    else:
        canvas.rect(x, y, width, height, fill=colour, edge=PAPER, stroke=0.6 if width > 4 else 0)
        if fate == "added" and width > 16:
            canvas.middle(
                x + width / 2, y + height / 2, "+", size=16, bold=True, color=PAPER, anchor="center"
            )


def _part_labels(canvas, parts, y, height):
    """Under each part its number, share and word; narrow neighbours make room for each other."""
    widths = [
        max(text_width(label, SMALL, True), text_width(share, SMALL)) + 10 for _, label, share, _ in parts
    ]
    gaps = [(a + b) / 2 for a, b in pairwise(widths)]
    low = canvas.left + (widths[0] / 2 if widths else 0)
    places = spread([middle for middle, *_ in parts], gaps, low)
    # What runs over at the right is pushed back from the right, again with room for each.
    limit = canvas.right
    for n in reversed(range(len(places))):
        places[n] = min(places[n], limit - widths[n] / 2)
        limit = places[n] - widths[n] / 2
    for (middle, label, share, fate), x in zip(parts, places, strict=True):
        canvas.line(middle, y + height, middle, y + height + 4, color=GREY)
        canvas.line(middle, y + height + 4, x, y + height + 9, color=GREY)
        canvas.text(x, y + height + 21, label, size=SMALL, bold=True, anchor="center",
                    color=INK if fate == "kept" else readable(FATES[fate][0]))  # fmt: skip
        canvas.text(x, y + height + 35, share, size=SMALL, color=GREY, anchor="center")


def _balance_title(table, named):
    first, *_, last = [*named, *named]
    counts = table.set_index(["version", "measure"])["count"]
    total = {version: int(counts[version].sum()) for version in named}
    kept = {v: int(counts[v].reindex(["kept", "moved", "respelled"]).fillna(0).sum()) for v in named}
    if len(named) == 1 or not (total[first] and total[last]):
        return f"The {named[last]} has {count(total[last], 'word')}"
    if kept[first] == total[first] and kept[last] == total[last]:
        return f"Every word of the {named[first]} is in the {named[last]}, and no other"
    return (
        f"The {named[last]} keeps {_percent(kept[first], total[first])} of the words of the {named[first]}; "
        f"{_percent(total[last] - kept[last], total[last])} of its own are new"
    )


def _percent(part, whole):
    share = 100 * part / whole
    # Nearly all is not all, and nearly none is not none.
    return f"{min(max(round(share), 1), 99) if 0 < part < whole else round(share)}%"


def _balance_alt(table, named):
    parts = []
    for version, rows in table.groupby("version", sort=False):
        told = [f"{row.count_:,} {FATES.get(row.measure, ('', row.measure))[1]} ({row.share:.1%})"
                for row in rows.rename(columns={"count": "count_"}).itertuples() if row.count_]  # fmt: skip
        parts.append(f"{capital(named[version])}, {int(rows['count'].sum()):,} words: {', '.join(told)}.")
    return f"One bar a version. {' '.join(parts)}"


# --- where in the story -----------------------------------------------------------------------------


def change_positions(positions, before, after, links, edits, labels=None, url=None):
    """Where in each version the change falls: its words from lead to end, the changed ones marked.

    positions: a row for each third of each version (`revisions.position_of_change`). before, after: the
    sentences. links, edits: the tables between them. labels: dict version -> label. url: function from a
    sentence's id to a link. Returns Chart.
    """
    table = positions.reset_index(drop=True)
    if table.empty or not table.words.sum():
        return nothing("change-positions", "Neither version has a word.", table)
    named = named_versions(dict.fromkeys(table.version), labels)
    title = _position_title(table, named)
    canvas = Canvas(title, "Each strip is a version from its first word to its last, to one scale. Marked: solid "
                    "where words were added, light where they were reworded, striped where they were cut.")  # fmt: skip
    totals = [total_words(before), total_words(after)]
    scale = (canvas.right - canvas.left) / max(*totals, 1)
    height, y = 30, canvas.y
    link = url or (lambda _: None)
    for side, (version, sentences) in enumerate(zip(named, (before, after), strict=False)):
        rows = table[table.version == version]
        canvas.text(canvas.left, y + 12, elide(named[version], 400, 14, True), size=14, bold=True)
        y += 22
        canvas.rect(canvas.left, y, totals[side] * scale, height, fill=PALE)
        for fate, start, words, sentence, text in _changed_stretches(sentences, links, edits, side):
            with canvas.mark(f"{FATES[fate][1]}, {count(words, 'word')}: {elide(text, 480)}", link(sentence)):
                width = max(1.6, words * scale)
                _fate_bar(canvas, canvas.left + start * scale, y, width, height, fate)
        x = canvas.left
        for row in rows.itertuples():
            width = totals[side] * scale * row.words / max(1, rows.words.sum())
            canvas.line(x, y - 3, x, y + height + 3, color=INK)
            told = f"{row.changed} of {row.words} words changed"
            canvas.text(x + 5, y + height + 15, PART_NAMES.get(row.part, row.part), size=SMALL, bold=True)
            canvas.text(x + 5, y + height + 29, elide(told, width - 6, SMALL), size=SMALL, color=GREY)
            x += width
        canvas.line(x, y - 3, x, y + height + 3, color=INK)
        y += height + 56
    canvas.y = y - 22
    return canvas.finish("change-positions", title, _position_alt(table, named), table)


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


def _position_title(table, named):
    *_, (version, name) = named.items()
    last = table[table.version == version]
    changed = int(last.changed.sum())
    if not table.changed.sum():
        return f"No word of {listing(map(the, named.values()))} was changed"
    if not changed:
        return f"The {name} only leaves words out"
    top = last.loc[last.changed.idxmax()]
    if changed == 1:
        return f"The one new word of the {name} stands in its {PART_NAMES.get(top.part, top.part)}"
    if top.changed * 2 > changed:
        share, part = _percent(top.changed, changed), PART_NAMES.get(top.part, top.part)
        return f"{share} of the {changed:,} new words of the {name} stand in its {part}"
    # About a third in each is what chance would do.
    shares = [
        f"{_percent(row.changed, changed)} in the {PART_NAMES.get(row.part, row.part)}"
        for row in last.itertuples()
    ]
    return f"The {changed:,} new words of the {name} are spread: {listing(shares)}"


def _position_alt(table, named):
    parts = []
    for version, rows in table.groupby("version", sort=False):
        told = [
            f"{PART_NAMES.get(r.part, r.part)} {r.changed} of {r.words} words changed"
            for r in rows.itertuples()
        ]
        parts.append(f"{capital(named[version])}: {', '.join(told)}.")
    return f"Strips from lead to end with the changed words marked. {' '.join(parts)}"


# --- readability ------------------------------------------------------------------------------------


def readability_dots(table, labels=None, url=None):
    """Each formula's score in both versions, as dots on a quiet line.

    table: `version, formula, score, scale`, as `readability.readability_table` has them; its counts of words
    and sentences are no scores and left out. Formulas of one scale share an axis. labels: dict version ->
    label. url: function from a version's id to a link or None. Returns Chart.
    """
    table = table.rename(columns={"measure": "formula"})
    if "scale" not in table:
        table = table.assign(scale="")
    table = table[["version", "formula", "scale", "score"]].dropna(subset="score")
    table = table[~table.scale.isin(["number", "mean"])].reset_index(drop=True)
    if table.empty:
        return nothing("readability-dots", "There is no text to score.", table)
    named = named_versions(dict.fromkeys(table.version), labels)
    wide = table.pivot_table(index="formula", columns="version", values="score", sort=False)[list(named)]
    scales = table.drop_duplicates("formula").set_index("formula").scale
    title = _readability_title(wide, scales, named)
    canvas = Canvas(title, "Two scores a point apart mean nothing: the formulas count syllables and stops, and differ "
                    "among themselves by more.", SLIM)  # fmt: skip
    left, right = canvas.left + 200, canvas.right - 106
    looks = [{"fill": PAPER, "edge": VERMILION, "stroke": 2.2}, {"fill": BLUE}]
    looks += [{"fill": PAPER, "edge": GREEN, "stroke": 2.2}, {"fill": PURPLE}] * len(named)
    y = canvas.y
    x = left
    for look, name in zip(looks, named.values(), strict=False):
        canvas.circle(x + 5, y + 4, 5, **look)
        name = elide(name, 180, SMALL)
        canvas.middle(x + 15, y + 4, name, size=SMALL)
        x += text_width(name, SMALL) + 36
    y += 24
    for scale, rows in table.groupby("scale", sort=False):
        low, high = _ends(rows.score)
        place = lambda score, low=low, high=high: left + (right - left) * (score - low) / (high - low)
        if scale:
            canvas.text(
                canvas.left, y + 10, elide(scale, 188, SMALL, True), size=SMALL, bold=True, color=GREY
            )
        canvas.text(left, y + 10, f"{low:g}", size=SMALL, color=GREY, anchor="center")
        canvas.text(right, y + 10, f"{high:g}", size=SMALL, color=GREY, anchor="center")
        point, middle = (right - left) / (high - low), (left + right) / 2
        for x in (middle, middle + point):
            canvas.line(x, y + 2, x, y + 10, color=GREY)
        canvas.line(middle, y + 6, middle + point, y + 6, color=GREY)
        canvas.text(middle + point + 6, y + 10, "one point", size=SMALL, color=GREY)
        y += 18
        for formula, scores in rows.groupby("formula", sort=False):
            middle = y + 12
            canvas.middle(canvas.left + 8, middle, elide(formula, left - canvas.left - 24, BODY), size=BODY)
            canvas.line(left, middle, right, middle)
            own = scores.set_index("version").score
            xs = [place(own[version]) for version in named if version in own]
            canvas.line(min(xs), middle, max(xs), middle, color=GREY, stroke=2)
            for version, look in zip(named, looks, strict=False):
                if version in own:
                    told = f"{formula}, {the(named[version])}: {own[version]:.1f}"
                    with canvas.mark(told, url(version) if url else None):
                        canvas.circle(
                            place(own[version]), middle, 6.5 if look["fill"] == PAPER else 4, **look
                        )
            told = " → ".join(f"{own[version]:.1f}" for version in named if version in own)
            canvas.middle(canvas.right, middle, told, size=SMALL, anchor="right")
            y += 25
        y += 8
    canvas.y = y - 6
    return canvas.finish("readability-dots", title, _readability_alt(wide, named), table)


def _ends(scores):
    """Round ends for an axis that holds the scores, so far apart that a point looks as small as it is."""
    step = 10 if scores.max() > 25 else 5
    low, high = step * (scores.min() // step), step * -(-scores.max() // step)
    while high - low < 3 * step:
        if scores.min() - low <= high - scores.max() and low > 0:
            low -= step
        else:
            high += step
    return low, high


def _readability_title(wide, scales, named):
    """How far the last version is from the first: reading ease and school grades, each on its own scale."""
    first, *_, last = [*named, *named]
    change = (wide[last] - wide[first]).dropna().round(1)
    ease, grades = (change[scales[change.index].isin(kind)] for kind in ([EASE], GRADES))
    if first == last or ease.empty and grades.empty:
        return f"{capital(listing(map(the, named.values())))} by {count(len(wide), 'readability formula')}"
    than = f" than the {named[first]}" if len(named) > 2 else ""
    told = [f"the {named[last]} is {_eased(gap)}{than} by {formula}" for formula, gap in ease.items()]
    if len(grades):
        told.append(f"school grades are at most {grades.abs().max():.1f} apart")
    near = (ease.abs() < NEAR_EASE).all() and (grades.abs() <= NEAR_GRADES).all()
    return f"Hardly a difference: {', and '.join(told)}" if near else capital(", and ".join(told))


def _eased(gap):
    if not gap:
        return "as easy"
    return f"{abs(gap):.1f} points of 100 {'easier' if gap > 0 else 'harder'}"


def _readability_alt(wide, named):
    told = []
    for measure, row in wide.iterrows():
        told.append(f"{measure} " + ", ".join(f"{named[v]} {row[v]:.1f}" for v in named if pd.notna(row[v])))
    return f"Dots on a line for each readability formula. {'; '.join(told)}. Two scores a point apart mean nothing."
