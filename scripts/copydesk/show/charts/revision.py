"""The picture of a revision: sentences as bars, joined where one answers the other."""

from typing import NamedTuple

import pandas as pd

from copydesk.engine.text import count_words
from copydesk.show.charts.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PAPER,
    PURPLE,
    RULE,
    SKY,
    SMALL,
    VERMILION,
    Canvas,
    capital,
    count,
    elide,
    named_versions,
    nothing,
    readable,
    spread,
    text_width,
    tint,
)

KEPT = "#b4b4b4"
# relation -> its colour and the word a reader sees; `moved` outranks the relation's own colour.
RELATIONS = {
    "identical": (KEPT, "unchanged"),
    "reworded": (SKY, "reworded"),
    "split": (GREEN, "split"),
    "merged": (PURPLE, "merged"),
    "moved": (ORANGE, "moved"),
    "added": (BLUE, "added"),
    "deleted": (VERMILION, "cut"),
}
MOST_LABELS = 45  # sentences a column, beyond which only the changed ones are labelled
BAR = 16
TAG = SMALL + 10  # from one tag to the next, at least
GAP = 3
LEAST_SHOWN = 0.1  # similarity below which a cell of the matrix stays empty
_QUARTER = (0.28125, 0.15625)  # where the ribbon's curve is at t = 1/4, as shares of its width and height


class Box(NamedTuple):
    """A sentence as it is drawn: its place in the column, in points."""

    id: str
    text: str
    words: int
    top: float
    height: float

    @property
    def bottom(self):
        return self.top + self.height

    @property
    def middle(self):
        return self.top + self.height / 2


def revision_ribbons(before, after, links, labels=None, url=None, edits=None):
    """The picture of a revision: both versions as columns of sentences, joined by ribbons.

    before, after: sentences tables of the two versions. links: the links table between them. labels: dict
    version -> label. url: function from a sentence's id to a link or None. edits: the edits table, to darken
    the changed words in a sentence's bar. Returns Chart.
    """
    table = ribbon_table(before, after, links)
    names = [_label(before, labels, "earlier version"), _label(after, labels, "later version")]
    if table.empty:
        return nothing("revision-ribbons", "Neither version has a sentence.", table)
    title = _ribbon_title(table, names)
    canvas = Canvas(
        title,
        "Each bar is a sentence, as tall as it is long; a ribbon joins it to its counterpart. Grey is word for word "
        "the same; whatever changed says how.",
    )
    label_width = 310
    x0, x1 = canvas.left + label_width + 8, canvas.right - label_width - 8 - BAR
    heads = [(x0 + BAR, "right"), (x1, "left")]
    for (x, anchor), name, sentences in zip(heads, names, (before, after), strict=True):
        _head(canvas, x, name, sentences, label_width + BAR, anchor)
    top = canvas.y + 46
    columns = _boxes([before, after], top)
    relations = _relations(table)
    link = url or (lambda _: None)

    edges = _edges(table, columns)
    order = sorted(table.index, key=lambda n: (table.moved[n], table.relation[n] != "identical", n))
    for n in order:
        if n in edges:
            _ribbon(canvas, table.loc[n], (x0 + BAR + 1, x1 - 1), edges[n], link)
    bottoms = [_words_between(canvas, table, edges, columns, (x0 + BAR, x1), top)]
    for side, (boxes, x) in enumerate(zip(columns, (x0, x1), strict=True)):
        boxes = list(boxes.values())
        bottoms.append(_sentence_marks(canvas, boxes, x, side, relations, label_width, names[side], link))
        _changed_words(canvas, (before, after)[side], edits, columns[side], x, side)
    canvas.y = max([*bottoms, *(box.bottom for boxes in columns for box in boxes.values())]) + 2
    return canvas.finish("revision-ribbons", title, _ribbon_alt(table, names, before, after), table)


def ribbon_table(before, after, links):
    """The links with the words on both sides: what the ribbons draw, a row a link.

    Returns DataFrame `relation, moved, before, before_words, after, after_words, text`.
    """
    texts = {row.sentence: row.text for part in (before, after) for row in part.itertuples()}
    rows = []
    for row in links.itertuples():
        sides = [
            side if isinstance(side, str) and side in texts else None for side in (row.before, row.after)
        ]
        words = [count_words(texts[side]) if side else 0 for side in sides]
        shown = texts[sides[1] or sides[0]] if any(sides) else ""
        rows.append(
            (row.relation, bool(row.moved), sides[0], words[0], sides[1], words[1], elide(shown, 300))
        )
    columns = ["relation", "moved", "before", "before_words", "after", "after_words", "text"]
    return pd.DataFrame(rows, columns=columns)


def _label(sentences, labels, fallback):
    version = sentences.version.iloc[0] if len(sentences) else fallback
    return str((labels or {}).get(version, version))


def total_words(sentences):
    return sum(count_words(text) for text in sentences.text)


def _ribbon_title(table, names):
    once_before = table.drop_duplicates("before").dropna(subset="before")
    once_after = table.drop_duplicates("after").dropna(subset="after")
    added = once_after[once_after.relation == "added"]
    cut = once_before[once_before.relation == "deleted"]
    same, total = (once_before.relation == "identical").sum(), len(once_before)
    if same == total == len(once_after):
        moved = int(table.moved.sum())
        if moved:
            return f"The {names[1]} changes no word; it moves {count(moved, 'sentence')}"
        return f"The {names[1]} is the {names[0]}, word for word"
    if len(added) == len(once_after) and len(cut) == total:
        return f"No sentence of the {names[1]} answers one of the {names[0]}"
    kept = f"leaves {same or 'none'} of {total} word for word as they were"
    if not len(added) and not len(cut):
        return f"The {names[1]} adds and cuts no sentence and {kept}"
    news = f"{count(len(added), 'sentence')}"
    adds = (
        f"adds {news} ({count(int(added.after_words.sum()), 'word')})" if len(added) else "adds no sentence"
    )
    cuts = f"cuts {len(cut)} ({count(int(cut.before_words.sum()), 'word')})" if len(cut) else "cuts none"
    return f"The {names[1]} {adds}, {cuts} and {kept}"


def _ribbon_alt(table, names, before, after):
    parts = []
    for relation, (_, word) in RELATIONS.items():
        if relation == "moved":
            continue
        rows = table[table.relation == relation]
        side = "after" if relation in ("added", "merged") else "before"
        n = rows[side].nunique()
        words = int(rows.drop_duplicates(side)[f"{side}_words"].sum())
        parts.append(f"{n} {word} ({words:,} words)" if n else f"none {word}")
    moved = int(table.moved.sum())
    changed = table[table.relation.isin(["added", "deleted"])]
    quoted = "; ".join(f"{RELATIONS[row.relation][1]}: {row.text}" for row in changed.head(12).itertuples())
    return (
        f"Two columns of sentences joined by ribbons. {capital(names[0])}: {count(len(before), 'sentence')}, "
        f"{total_words(before):,} words. {capital(names[1])}: {count(len(after), 'sentence')}, {total_words(after):,} words. "
        f"Sentences: {', '.join(parts)}; {moved or 'none'} moved." + (f" {quoted}." if quoted else "")
    )


def _head(canvas, x, name, sentences, width, anchor):
    canvas.text(x, canvas.y + 12, elide(name, width, 14, True), size=14, bold=True, anchor=anchor)
    counts = f"{count(len(sentences), 'sentence')}, {count(total_words(sentences), 'word')}"
    canvas.text(x, canvas.y + 29, counts, color=GREY, anchor=anchor)


def _boxes(versions, top):
    """For each version a dict sentence id -> Box, all to one scale."""
    lengths = [[max(1, count_words(text)) for text in sentences.text] for sentences in versions]
    most = max((len(lengths_) for lengths_ in lengths), default=0)
    height = most * 19 if most <= MOST_LABELS else max(MOST_LABELS * 19, most * 12)
    longest = max((sum(lengths_) for lengths_ in lengths), default=1) or 1
    scale = max(height - GAP * most, 4 * most) / longest
    columns = []
    for sentences, counts in zip(versions, lengths, strict=True):
        y, boxes = top, {}
        for row, words in zip(sentences.itertuples(), counts, strict=True):
            boxes[row.sentence] = Box(row.sentence, row.text, words, y, words * scale)
            y += words * scale + GAP
        columns.append(boxes)
    return columns


def _relations(table):
    """dict sentence id -> (relation, moved): the change that says most, where a sentence has several links."""
    found = {}
    for row in table.itertuples():
        for side in (row.before, row.after):
            if isinstance(side, str) and (side not in found or found[side][0] == "identical"):
                found[side] = (row.relation, row.moved)
    return found


def _edges(table, columns):
    """dict row -> ((top, bottom) before, (top, bottom) after): a sentence's edge is shared by its partners."""
    links = [row for row in table.itertuples() if isinstance(row.before, str) and isinstance(row.after, str)]
    edges = {link.Index: [None, None] for link in links}
    for side, (own, other) in enumerate((("before", "after"), ("after", "before"))):
        order = {sentence: number for number, sentence in enumerate(columns[1 - side])}
        partners = {}
        for link in links:
            partners.setdefault(getattr(link, own), []).append(link)
        for sentence, group in partners.items():
            box = columns[side].get(sentence)
            if box is None:
                continue
            group.sort(key=lambda link, other=other, order=order: order.get(getattr(link, other), 0))
            words = [getattr(link, f"{other}_words") for link in group]
            y = box.top
            for link, number in zip(group, words, strict=True):
                share = box.height * number / max(1, sum(words))
                edges[link.Index][side] = (y, y + share)
                y += share
    return {n: pair for n, pair in edges.items() if None not in pair}


def _word(relation, moved):
    word = RELATIONS.get(relation, (GREY, relation))[1]
    if not moved:
        return word
    return "moved" if relation == "identical" else f"moved, {word}"


def _colour(relation, moved):
    return RELATIONS["moved" if moved else relation if relation in RELATIONS else "reworded"][0]


def _ribbon(canvas, row, xs, edge, link):
    colour = _colour(row.relation, row.moved)
    plain = row.relation == "identical" and not row.moved
    with canvas.mark(f"{_word(row.relation, row.moved)}: {row.text}", link(row.after)):
        canvas.ribbon(
            xs[0], *edge[0], xs[1], *edge[1],
            fill=PALE if plain else tint(colour, 0.45), alpha=None if plain else 0.85,
            edge="none" if plain else readable(colour), stroke=0.7,
        )  # fmt: skip


def _words_between(canvas, table, edges, columns, xs, top):
    """What happened, in words: a tag on each ribbon, and beside each sentence that stands alone.

    A split or a merger says it once. A tag rides on the first quarter of its ribbon, so that what is said
    of added sentences has the right half to itself.
    """
    said = {}
    for n, edge in edges.items():
        row = table.loc[n]
        if _changed((row.relation, row.moved)):
            group = {"split": row.before, "merged": row.after}.get(row.relation, n)
            start, end = sum(edge[0]) / 2, sum(edge[1]) / 2
            place = start + _QUARTER[1] * (end - start)
            said.setdefault((group, row.relation, bool(row.moved)), []).append(place)
    tags = [(sum(ys) / len(ys), False, *key[1:]) for key, ys in said.items()]
    alone = {"deleted": [], "added": []}
    for row in table.itertuples():
        if row.relation in alone:
            side = 1 if row.relation == "added" else 0
            box = columns[side].get(row.after if side else row.before)
            if box:
                alone[row.relation].append((box.middle, box.words, row.relation, False))
    left = sorted([*tags, *alone["deleted"]], key=lambda item: item[0])
    tag_x = xs[0] + _QUARTER[0] * (xs[1] - xs[0])
    lowest = top
    for items, step in ((left, TAG), (sorted(alone["added"]), SMALL + 6)):
        places = spread([item[0] for item in items], step, top + step / 2)
        for y, (_, words, relation, moved) in zip(places, items, strict=True):
            lowest = max(lowest, y + step / 2)
            colour = _colour(relation, moved)
            if words is not False:
                _lone_words(canvas, xs, y, relation, words, readable(colour))
            else:
                _tag(canvas, tag_x, y, _word(relation, moved), colour)
    return lowest


def _lone_words(canvas, xs, y, relation, words, colour):
    """Beside a sentence that stands alone: what it is, on paper, since a ribbon may run below it."""
    after = relation == "added"
    label = f"{'+ added' if after else '− cut'}, {count(words, 'word')}"
    width = text_width(label, SMALL, True)
    left = xs[1] - 6 - width if after else xs[0] + 6
    canvas.rect(left - 3, y - SMALL / 2 - 3, width + 6, SMALL + 6, fill=PAPER)
    canvas.middle(left + width if after else left, y, label, size=SMALL, bold=True, color=colour,
                  anchor="right" if after else "left")  # fmt: skip


def _tag(canvas, x, y, word, colour):
    """A word on a ribbon."""
    width, height = text_width(word, SMALL) + 12, SMALL + 5
    canvas.rect(x - width / 2, y - height / 2, width, height, radius=height / 2, fill=PAPER,
                edge=readable(colour), stroke=0.8)  # fmt: skip
    canvas.middle(x, y, word, size=SMALL, anchor="center")


def _sentence_marks(canvas, boxes, x, side, relations, label_width, version, link):
    """A column's bars and the first words of its sentences."""
    shown = [box for box in boxes if len(boxes) <= MOST_LABELS or _changed(relations.get(box.id))]
    line = SMALL + 3.5
    places = spread([box.middle for box in shown], line, boxes[0].top + line / 2 if boxes else 0)
    places = {box.id: y for box, y in zip(shown, places, strict=True)}
    for number, box in enumerate(boxes, 1):
        relation, moved = relations.get(box.id, ("identical", False))
        colour = _colour(relation, moved)
        name = f"{version}, sentence {number}, {_word(relation, moved)}: {elide(box.text, 480)}"
        with canvas.mark(name, link(box.id)):
            if relation == "deleted":
                canvas.hatched(x, box.top, BAR, box.height, readable(colour), gap=3.5)
            else:
                canvas.rect(x, box.top, BAR, box.height, fill=colour)
            if box.id in places:
                y = places[box.id]
                _leader(canvas, x, side, box, y)
                strong = relation in ("added", "deleted")
                canvas.middle(
                    x - 10 if side == 0 else x + BAR + 10, y, elide(box.text, label_width - 12, SMALL, strong),
                    size=SMALL, bold=strong, anchor="right" if side == 0 else "left",
                    color=INK if _changed((relation, moved)) else GREY,
                )  # fmt: skip
    return max((y + line / 2 for y in places.values()), default=0)


def _changed_words(canvas, sentences, edits, boxes, x, side):
    """Darker stretches in a bar: the words that an edit changed, where they stand in the sentence."""
    if edits is None or edits.empty:
        return
    own = ("before", "after")[side]
    rows = {row.sentence: row for row in sentences.itertuples()}
    for edit in edits[edits.level == "wording"].itertuples():
        row, box = rows.get(getattr(edit, own)), boxes.get(getattr(edit, own))
        start, end = getattr(edit, f"{own}_start"), getattr(edit, f"{own}_end")
        if row is None or end <= start:
            continue
        top = box.top + box.height * (start - row.start) / (row.end - row.start)
        height = box.height * (end - start) / (row.end - row.start)
        canvas.rect(x, top, BAR, max(height, 1.2), fill=readable(RELATIONS["reworded"][0]))


def _leader(canvas, x, side, box, y):
    """A hair line from a bar to its label, where the label had to give way."""
    if box.top <= y <= box.bottom:
        return
    x0, x1 = (x - 1, x - 8) if side == 0 else (x + BAR + 1, x + BAR + 8)
    canvas.line(x0, box.middle, x1, y, color=RULE, stroke=0.8)


def _changed(relation):
    return relation is not None and (relation[0] != "identical" or relation[1])


# --- three versions and more ------------------------------------------------------------------------


def sentence_lives(lives, labels=None, url=None, sentences=None):
    """Each sentence's life through three or more versions: columns of bars, joined where it lives on.

    lives: the table of `revisions.sentence_lives`. labels: dict version -> label. url: function from a
    sentence's id to a link. sentences: those of all versions, so that a bar is named by its first words too.
    Returns Chart.
    """
    texts = {} if sentences is None else dict(zip(sentences.sentence, sentences.text, strict=True))
    table = lives.reset_index(drop=True)
    versions = list(dict.fromkeys(table.version))
    if not versions:
        return nothing("sentence-lives", "No version has a sentence.", table)
    named = named_versions(versions, labels)
    lived = table.groupby("life").version.agg(list)
    title = _lives_title(lived, versions, named)
    canvas = Canvas(title, "Each bar is a sentence, as tall as it is long. Grey: in every version. Solid: it came in "
                    "later. Striped: it is cut from the next version.")  # fmt: skip
    step = (canvas.right - canvas.left - BAR) / max(1, len(versions) - 1)
    xs = {version: canvas.left + n * step for n, version in enumerate(versions)}
    head_width = min(step - 12, 300)
    for n, version in enumerate(versions):
        own = table[table.version == version]
        edge = len(versions) - 1 == n and n > 0
        x, anchor = (xs[version] + BAR, "right") if edge else (xs[version], "left")
        _life_head(canvas, x, anchor, head_width if n + 2 != len(versions) or n == 0 else head_width / 2,
                   named[version], own, n)  # fmt: skip
    top = canvas.y + 64
    boxes, bottom = _life_boxes(table, versions, top)
    link = url or (lambda _: None)
    for row in table.itertuples():
        if isinstance(row.previous, str) and row.previous in boxes:
            _life_ribbon(canvas, row, boxes, xs, versions, link)
    bottom = max(
        [bottom, *(_life_tags(canvas, table, version, boxes, xs, step, top) for version in versions[1:])]
    )
    for row in table.itertuples():
        place = versions.index(row.version)
        spans = lived[row.life]
        x, (y, height) = xs[row.version], boxes[row.sentence]
        cut = place < len(versions) - 1 and not (table.previous == row.sentence).any()
        new = len(spans) < len(versions) and spans[0] != versions[0]
        state = "cut from the next version" if cut else "came in later" if new else "in every version"
        words = elide(texts.get(row.sentence, ""), 480)
        name = f"{named[row.version]}, sentence {row.number}, {count(row.words, 'word')}, {state}: {words}"
        with canvas.mark(name.removesuffix(": "), link(row.sentence)):
            if cut:
                canvas.hatched(x, y, BAR, height, readable(VERMILION), gap=3.5)
            else:
                canvas.rect(x, y, BAR, height, fill=BLUE if new else KEPT)
    canvas.y = bottom
    return canvas.finish("sentence-lives", title, _lives_alt(table, lived, versions, named), table)


def _life_head(canvas, x, anchor, width, name, own, number):
    canvas.text(x, canvas.y + 12, elide(name, width, 13, True), size=13, bold=True, anchor=anchor)
    canvas.text(
        x,
        canvas.y + 28,
        elide(count(len(own), "sentence"), width, SMALL),
        size=SMALL,
        color=GREY,
        anchor=anchor,
    )
    if number:
        new = int(own.previous.isna().sum())
        canvas.text(x, canvas.y + 43, f"+ {new} new" if new else "none new", size=SMALL, bold=bool(new),
                    color=readable(BLUE) if new else GREY, anchor=anchor)  # fmt: skip


def _life_boxes(table, versions, top):
    most = int(table.groupby("version").size().max())
    longest = max(1, int(table.groupby("version").words.sum().max()))
    scale = max(10.0 * most, 320.0) / longest
    boxes, bottom = {}, top
    for version in versions:
        y = top
        for row in table[table.version == version].itertuples():
            boxes[row.sentence] = (y, max(1, row.words) * scale)
            y += max(1, row.words) * scale + GAP
        bottom = max(bottom, y)
    return boxes, bottom


def _life_ribbon(canvas, row, boxes, xs, versions, link):
    before = versions[versions.index(row.version) - 1]
    (y0, height0), (y1, height1) = boxes[row.previous], boxes[row.sentence]
    relation = "identical" if row.relation in ("identical", "first") else row.relation
    plain = relation == "identical" and not row.moved
    colour = _colour(relation, row.moved)
    with canvas.mark(f"{_word(relation, row.moved)}: sentence {row.number}", link(row.sentence)):
        canvas.ribbon(xs[before] + BAR + 1, y0, y0 + height0, xs[row.version] - 1, y1, y1 + height1,
                      fill=PALE if plain else tint(colour, 0.45), alpha=None if plain else 0.85,
                      edge="none" if plain else readable(colour), stroke=0.7)  # fmt: skip


def _life_tags(canvas, table, version, boxes, xs, step, top):
    """What happened on the way to a version, in words on the ribbons; returns the lowest y."""
    changed = table[
        (table.version == version) & table.previous.notna() & ((table.relation != "identical") | table.moved)
    ]
    marks = []
    for (relation, _, moved), rows in changed.groupby(
        [
            changed.relation,
            changed.previous.where(changed.relation == "split", changed.sentence),
            changed.moved,
        ]
    ):
        places = []
        for row in rows.itertuples():
            start, end = (sum((boxes[key][0], boxes[key][1] / 2)) for key in (row.previous, row.sentence))
            places.append(start + _QUARTER[1] * (end - start))
        marks.append((sum(places) / len(places), relation, moved))
    marks.sort()
    spots = spread([mark[0] for mark in marks], TAG, top + TAG / 2)
    run = step - BAR
    x = xs[version] - run + _QUARTER[0] * run
    for y, (_, relation, moved) in zip(spots, marks, strict=True):
        _tag(canvas, x, y, _word(relation, moved), _colour(relation, moved))
    return max((y + TAG / 2 for y in spots), default=0)


def _lives_title(lived, versions, named):
    whole = int((lived.map(len) == len(versions)).sum())
    return f"{whole} of {count(len(lived), 'sentence')} {'lives' if whole == 1 else 'live'} through all {len(versions)} versions"


def _lives_alt(table, lived, versions, named):
    parts = []
    for n, version in enumerate(versions):
        own = table[table.version == version]
        told = count(len(own), "sentence")
        if n:
            gone = set(table[table.version == versions[n - 1]].sentence) - set(own.previous.dropna())
            told += (
                f", {int(own.previous.isna().sum())} new, {len(gone)} cut since the {named[versions[n - 1]]}"
            )
        parts.append(f"{capital(named[version])}: {told}.")
    return f"Columns of sentences joined where they live on. {' '.join(parts)} {_lives_title(lived, versions, named)}."


# --- each sentence against each -------------------------------------------------------------------------


def similarity_matrix(similarities, before, after, links, labels=None, url=None):
    """How like each sentence of one version is to each of the other, and which pairs are linked.

    similarities: a row for each sentence of `before`, in it a number from 0 to 1 for each of `after`. before,
    after: the sentences. links: the links table. labels: dict version -> label. url: function from a
    sentence's id to a link. Returns Chart; its table has a row for each pair of some likeness, and each link.
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
    names = [_label(before, labels, "earlier version"), _label(after, labels, "later version")]
    if table.empty:
        return nothing("similarity-matrix", "No sentence of one version is like one of the other.", table)
    unlinked = table[~table.linked & (table.similarity >= 0.5)]
    title = (
        f"{count(int(table.linked.sum()), 'pair')} of sentences linked; "
        f"{count(len(unlinked), 'other pair')} at least half alike"
    )
    canvas = Canvas(title, f"Down: the sentences of the {names[0]}. Across: those of the {names[1]}. The larger and darker a "
                    "dot, the more alike the two; a ring marks a link.")  # fmt: skip
    left, top = canvas.left + 40, canvas.y + 34
    cell = min(24.0, (canvas.right - left) / len(after), max(640.0 / len(before), 6.0))
    places = [{key: n for n, key in enumerate(part.sentence)} for part in (before, after)]
    _matrix_rulers(canvas, left, top, cell, len(before), len(after), names)
    for row in table.itertuples():
        y, x = (top + (places[0][row.before] + 0.5) * cell, left + (places[1][row.after] + 0.5) * cell)
        radius = cell * 0.38 * max(row.similarity, 0) ** 0.5
        shade = tint(INK, 0.15 + 0.6 * row.similarity)
        if not row.linked:
            canvas.circle(x, y, radius, fill=shade)
            continue
        name = f"{row.before} and {row.after}, similarity {row.similarity:.2f}: {elide(row.after_text, 400)}"
        with canvas.mark(name, url(row.after) if url else None):
            canvas.circle(x, y, radius, fill=shade)
            canvas.circle(x, y, cell * 0.46, edge=ORANGE, stroke=max(1.2, cell * 0.12))
    canvas.y = top + cell * len(before)
    linked_rows = table[table.linked]
    alt = (
        f"A grid of {len(before)} by {len(after)} sentences. {title}. "
        f"The linked pairs have similarities from {linked_rows.similarity.min():.2f} to "
        f"{linked_rows.similarity.max():.2f}."
        if len(linked_rows)
        else f"A grid without a link. {title}."
    )
    return canvas.finish("similarity-matrix", title, alt, table)


def _matrix_rulers(canvas, left, top, cell, n_before, n_after, names):
    """Numbers of sentences along both edges, each fifth where there is room."""
    right, bottom = left + cell * n_after, top + cell * n_before
    canvas.text(
        left, top - 20, elide(f"{names[1]} →", right - left + 200, SMALL, True), size=SMALL, bold=True
    )
    canvas.rect(left, top, right - left, bottom - top, edge=RULE)
    step = 5 if cell * 5 > 22 else 10
    for number in range(step, max(n_before, n_after) + 1, step):
        if number <= n_after:
            x = left + (number - 0.5) * cell
            canvas.text(x, top - 5, str(number), size=10, color=GREY, anchor="center")
        if number <= n_before:
            canvas.middle(
                left - 6, top + (number - 0.5) * cell, str(number), size=10, color=GREY, anchor="right"
            )
