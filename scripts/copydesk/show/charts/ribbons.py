"""The picture of a revision: two columns of sentences, what is unchanged folded, what changed in its words."""

from collections import Counter
from typing import NamedTuple

import pandas as pd

from copydesk.engine.text import count_words
from copydesk.show.charts.canvas import named_versions
from copydesk.show.charts.chart import Chart, Labels, Url, nothing
from copydesk.show.charts.inline import LOOKS, Run, Wording, changed_runs, draw_runs, first_change, lay_out
from copydesk.show.charts.lettering import HEAD, SMALL, elide
from copydesk.show.charts.palette import (
    BLUE,
    GREEN,
    GREY,
    INK,
    KEPT,
    ORANGE,
    PALE,
    PURPLE,
    VERMILION,
    readable,
    wash,
)
from copydesk.show.charts.titles import kind_of, ribbon_title
from copydesk.show.counts_and_lists import capital, count, listing

# What a reader calls the kinds of row, and their colours.
COLOURS = {
    "unchanged": KEPT, "style only": KEPT, "changed": ORANGE, "split": GREEN, "merged": GREEN, "added": BLUE,
    "cut": VERMILION, "moved": PURPLE,
}  # fmt: skip
MOST_WORDED = 12  # rows that show their words; a picture of more is a page of text
_BAR, _NUMBER, _GAP = 12, 32, 4  # the bars' width, the room for a sentence's number, the gap between rows
_LEADING, _PAD = 16.5, 9
_MOST_LINES = (6, 14)  # of words in a row, wide and narrow: 60 words
_STYLE = "Style only, by rule: the wording changes, the content does not."
_LEAST, _SEGMENT = 22, 5  # height of a folded row, and of a sentence in it


class Row(NamedTuple):
    """A row of the picture: sentences of both versions (ids), what became of them, and how many words differ.

    elsewhere: the counterparts of a sentence that moved, which have a row of their own.
    """

    kind: str
    befores: tuple[str, ...]
    afters: tuple[str, ...]
    moved: bool = False
    weight: int = 0
    elsewhere: tuple[str, ...] = ()
    folded: int = 0  # how many rows it stands for, 0 where it shows its words


def revision_ribbons(
    before: pd.DataFrame,
    after: pd.DataFrame,
    links: pd.DataFrame,
    labels: Labels = None,
    url: Url = None,
    edits: pd.DataFrame | None = None,
    forms: Labels = None,
) -> Chart:
    """The picture of a revision: both versions as columns of sentences, joined by ribbons.

    before, after: sentences tables of the two versions. links, edits: the tables between them; where links
    have no column `change`, the edits decide what changed in style only. labels: dict version -> label. url:
    function from a sentence's id to a link or None. Returns Chart; its table has a row a link.
    """
    table = ribbon_table(before, after, links, edits)
    versions = [_version(before, "earlier version"), _version(after, "later version")]
    names = list(named_versions(versions, labels).values()) if versions[0] != versions[1] else versions
    if table.empty:
        return nothing("revision-ribbons", "Neither version has a sentence.", table)
    rows = folded(rows_of(table, list(before.sentence), list(after.sentence), _words_changed(edits)))
    picture = _Picture(before, after, Wording(before, after, forms), edits, url or (lambda _: None))

    def draw(canvas):
        _heads(canvas, names, (before, after))
        looks = {run.look for row in rows if not row.folded for run in picture.runs(row)}
        _legend(canvas, looks, {row.kind for row in rows})
        for row in rows:
            picture.row(canvas, row)
        canvas.y -= _GAP

    title = ribbon_title(table, names)
    return Chart("revision-ribbons", title, _alt(table, names, (before, after), title), table, draw)


def ribbon_table(before, after, links, edits=None) -> pd.DataFrame:
    """The links with the words on both sides: what the ribbons draw, a row a link.

    Returns DataFrame `relation, moved, change, before, before_words, after, after_words, text`.
    """
    texts = {row.sentence: row.text for part in (before, after) for row in part.itertuples()}
    if "change" not in links:
        links = links.assign(change=_change(links, edits))
    rows = []
    for row in links.itertuples():
        sides = [
            side if isinstance(side, str) and side in texts else None for side in (row.before, row.after)
        ]
        words = [count_words(texts[side]) if side else 0 for side in sides]
        shown = elide(texts[sides[1] or sides[0]] if any(sides) else "", 300)
        rows.append(
            (row.relation, bool(row.moved), row.change, sides[0], words[0], sides[1], words[1], shown)
        )
    columns = ["relation", "moved", "change", "before", "before_words", "after", "after_words", "text"]
    return pd.DataFrame(rows, columns=columns)


def _change(links, edits):
    """none, style or substance for each link: substance where a word was changed, and not only its place."""
    touched = set()
    if edits is not None:
        worded = edits[(edits.level == "wording") & (edits.kind != "move")]
        touched = set(zip(worded.before, worded.after, strict=True))
    known = edits is not None
    return [
        "none" if row.relation == "identical"
        else "substance" if not known or row.relation in ("added", "deleted") or (row.before, row.after) in touched
        else "style"
        for row in links.itertuples()
    ]  # fmt: skip


# --- rows -------------------------------------------------------------------------------------------------


def rows_of(table, befores, afters, weights=None) -> list[Row]:
    """The rows of the picture, in the order of both versions; what moved has a row in each place.

    weights: dict of a pair of ids and how many words changed; all words of a pair where there is none.
    """
    groups = _groups(table, weights)
    places = {sentence: n for side in (befores, afters) for n, sentence in enumerate(side)}
    kept = _in_order(
        [group for group in groups if group.befores and group.afters and not group.moved], places
    )
    of = {sentence: group for group in groups for sentence in group.befores + group.afters}
    in_place = {sentence for group in kept for sentence in group.befores + group.afters}
    waiting = [[one for one in side if one in of and one not in in_place] for side in (befores, afters)]
    rows = []
    for group in [*kept, None]:
        for side, own in zip(waiting, (group.befores, group.afters) if group else ((), ()), strict=True):
            limit = min((places[one] for one in own), default=len(places))
            while side and places[side[0]] < limit:
                row = _on_one_side(of[side[0]], side is waiting[0])
                rows.append(row)
                side[:] = [one for one in side if one not in row.befores + row.afters]
        rows += [group] if group else []
    return rows


def _on_one_side(row, first):
    """The part of a row that stands in one of the versions; where it has its counterpart elsewhere, it moved."""
    if not (row.befores and row.afters):
        return row
    if first:
        return row._replace(moved=True, afters=(), elsewhere=row.afters)
    return row._replace(moved=True, befores=(), elsewhere=row.befores)


def _words_changed(edits):
    """dict: a pair of ids, and how many words were cut from it and added to it."""
    if edits is None:
        return None
    found = Counter()
    for edit in edits[(edits.level == "wording") & (edits.kind != "move")].itertuples():
        texts = (getattr(edit, "before_text", None), getattr(edit, "after_text", None))
        found[edit.before, edit.after] += sum(count_words(text) for text in texts if isinstance(text, str))
    return found


def _groups(table, weights):
    """The links as rows: those that share a sentence, as of a split one, make one."""
    groups: list[Row] = []
    of = {}
    for link in table.itertuples():
        befores, afters = ((one,) if isinstance(one, str) else () for one in (link.before, link.after))
        kind = kind_of(link)
        weight = max(link.before_words, link.after_words)
        if weights is not None and befores and afters:
            weight = weights.get((link.before, link.after), 0)
        row = Row(kind, befores, afters, link.moved, weight)
        met = sorted({of[one] for one in befores + afters if one in of})
        if met:
            first = groups[met[0]]
            row = Row(first.kind, *(tuple(dict.fromkeys(a + b)) for a, b in zip(first[1:3], row[1:3], strict=True)),
                      first.moved and link.moved, first.weight + row.weight)  # fmt: skip
            groups[met[0]] = row
        else:
            groups.append(row)
        of.update(dict.fromkeys(row.befores + row.afters, met[0] if met else len(groups) - 1))
    return groups


def _in_order(groups, places):
    """Those groups that stand in one order in both versions: the longest such chain (Fredman 1975)."""
    groups = sorted(groups, key=lambda group: places[group.befores[0]])
    best = []  # for each group: length of the chain that ends with it, and the group before it
    for n, group in enumerate(groups):
        earlier = [
            (best[m][0], m) for m in range(n) if places[groups[m].afters[-1]] < places[group.afters[0]]
        ]
        length, previous = max(earlier, default=(0, -1))
        best.append((length + 1, previous))
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    chain = []
    while at >= 0:
        chain.append(groups[at])
        at = best[at][1]
    return chain[::-1]


def folded(rows) -> list[Row]:
    """Rows as they are drawn: the heaviest changes in their words, neighbours of one kind in one row."""
    heavy = sorted((n for n, row in enumerate(rows) if row.kind != "unchanged" and not (row.moved and not row.afters)),
                   key=lambda n: (rows[n].kind == "style only", -rows[n].weight))[:MOST_WORDED]  # fmt: skip
    worded, drawn = set(heavy), []
    for n, row in enumerate(rows):
        last = drawn[-1] if drawn else None
        if n in worded:
            drawn.append(row)
        elif last and last.folded and _alike(last, row):
            both = {
                side: getattr(last, side) + getattr(row, side) for side in ("befores", "afters", "elsewhere")
            }
            drawn[-1] = last._replace(**both, folded=last.folded + 1)
        else:
            drawn.append(row._replace(folded=1))
    return drawn


def _alike(one, other):
    sides = [(bool(row.befores), bool(row.afters), row.moved, row.kind if row.afters or not row.moved else "")
             for row in (one, other)]  # fmt: skip
    return sides[0] == sides[1]


# --- drawing ----------------------------------------------------------------------------------------------


class _Picture:
    """What the rows need to draw themselves: the sentences, their places, the edits."""

    def __init__(self, before, after, wording, edits, link):
        self.wording = wording
        self.numbers = {one: n for part in (before, after) for n, one in enumerate(part.sentence, 1)}
        self.edits, self.link = edits, link

    def row(self, canvas, row):
        top, inner = canvas.y, _BAR + 6
        left, right = canvas.left + inner, canvas.right - inner
        lines = []
        if not row.folded:
            indent = [_NUMBER if side else _funnel(canvas) for side in (row.befores, row.afters)]
            left, right = left + indent[0], right - indent[1]
            most = _MOST_LINES[canvas.narrow]
            if row.kind == "style only":
                lines = first_change(self.runs(row), right - left, most)
            else:
                lines = lay_out(self.runs(row), right - left, most)
        segments = max(len(row.befores), len(row.afters))
        height = max(len(lines) * _LEADING + _PAD, _LEAST, segments * _SEGMENT)
        name = f"{_said(row)}: {self._text(row)}" if not row.folded else _said(row)
        with canvas.mark(name, self.link((row.afters or row.befores)[0])):
            _ribbon(canvas, row, top, height)
            if row.folded:
                self._fold(canvas, row, top + height / 2)
            self._numbers(canvas, row, top)
            draw_runs(canvas, lines, left, top + (height - len(lines) * _LEADING) / 2 + 12.5, _LEADING)
        for x, own in ((canvas.left, row.befores), (canvas.right - _BAR, row.afters)):
            self._bar(canvas, x, own, row, top, height)
        canvas.y = top + height + _GAP

    def _bar(self, canvas, x, own, row, top, height):
        colour = COLOURS["moved" if row.moved else row.kind]
        for n, sentence in enumerate(own):
            y, tall = top + n * height / len(own), height / len(own) - (1.4 if len(own) > 1 else 0)
            with canvas.mark(f"S{self.numbers[sentence]}, {_said(row, 1)}: {elide(self.wording.of(sentence), 480)}",
                             self.link(sentence)):  # fmt: skip
                if row.kind == "cut" or row.kind == "style only":
                    canvas.hatched(x, y, _BAR, tall, readable(colour) if row.kind == "cut" else GREY)
                else:
                    canvas.rect(x, y, _BAR, tall, fill=colour)

    def _fold(self, canvas, row, y):
        """What a folded row says, in the middle, or at the side of the version that has it."""
        x, anchor, words = (canvas.left + canvas.right) / 2, "center", _said(row)
        if row.elsewhere and row.befores:
            places = [f"S{number}" for number in sorted(self.numbers[one] for one in row.elsewhere)]
            words = f"{row.folded} moved to {listing(places) if len(places) < 4 else 'other places'}"
        if not row.befores or not row.afters:
            anchor = "left" if row.befores else "right"
            x = canvas.left + _BAR + 8 if row.befores else canvas.right - _BAR - 8
        color = GREY if row.kind in ("unchanged", "style only") and not row.moved else _ink(row)
        canvas.middle(x, y, words, size=SMALL, color=color, anchor=anchor)

    def _numbers(self, canvas, row, top):
        if row.folded:
            return
        y = top + _PAD / 2 + 12.5
        for x, own, anchor in ((canvas.left + _BAR + 6, row.befores, "left"),
                               (canvas.right - _BAR - 6, row.afters, "right")):  # fmt: skip
            if own:
                name = f"S{self.numbers[own[0]]}"
                canvas.text(x, y, name, size=SMALL, color=GREY, anchor=anchor)

    def runs(self, row):
        """What became of a sentence, then its words."""
        runs = [Run(_said(row, 1), "label", _ink(row))]
        if row.elsewhere:
            runs[0] = runs[0]._replace(words=f"moved from S{self.numbers[row.elsewhere[0]]}" + _changed(row))
        if row.kind in ("unchanged", "added", "cut"):
            return [*runs, Run(self._text(row), "plain", INK)]
        return runs + changed_runs(row.befores or row.elsewhere, row.afters, self.wording, self.edits)

    def _text(self, row):
        return " ".join(map(self.wording.of, row.afters or row.befores))


def _said(row, number=0):
    """What a row says became of its sentences: `7 unchanged`, `moved from here`, `added`."""
    word = row.kind
    if row.moved and not (row.befores and row.afters):
        word = f"moved {'from' if row.befores else 'to'} here" + _changed(row)
    elif row.moved:
        word = f"moved{_changed(row)}"
    sentences = (
        max(len(row.befores), len(row.afters)) if row.kind in ("added", "cut", "unchanged") else row.folded
    )
    return f"{sentences or row.folded} {word}" if row.folded and not number else word


def _changed(row):
    return "" if row.kind == "unchanged" else f", {row.kind}"


def _ink(row):
    colour = COLOURS["moved" if row.moved else row.kind]
    return GREY if colour == KEPT else readable(colour)


def _funnel(canvas):
    return 26 if canvas.narrow else 70


def _ribbon(canvas, row, top, height):
    """A band from bar to bar, or one that comes out of nothing, or runs out."""
    x0, x1 = canvas.left + _BAR + 1, canvas.right - _BAR - 1
    plain = row.kind in ("unchanged", "style only") and not row.moved
    fill = PALE if plain else wash(COLOURS["moved" if row.moved else row.kind])
    if row.befores and row.afters:
        return canvas.rect(x0, top, x1 - x0, height, fill=fill)
    end, middle = _funnel(canvas), top + height / 2
    if row.afters:
        canvas.ribbon(x0, middle, middle, x0 + end, top, top + height, fill=fill)
        return canvas.rect(x0 + end - 0.3, top, x1 - x0 - end + 0.3, height, fill=fill)
    canvas.ribbon(x1 - end, top, top + height, x1, middle, middle, fill=fill)
    return canvas.rect(x0, top, x1 - x0 - end + 0.3, height, fill=fill)


def _heads(canvas, names, parts):
    """Above each column its version, and how many sentences and words it has."""
    room = (canvas.right - canvas.left) / 2 - 8
    for x, anchor, name, part in zip(
        (canvas.left, canvas.right), ("left", "right"), names, parts, strict=True
    ):
        canvas.text(x, canvas.y + 12, elide(name, room, HEAD, True), size=HEAD, bold=True, anchor=anchor)
        counts = f"{count(len(part), 'sentence')}, {count(sum(map(count_words, part.text)), 'word')}"
        canvas.text(x, canvas.y + 29, counts, size=SMALL, color=GREY, anchor=anchor)
    canvas.y += 40


def _legend(canvas, looks, kinds):
    entries = {"cut": "words cut", "new": "words added", "moved": "words moved"}
    runs = [Run(word, look, LOOKS[look]) for look, word in entries.items() if look in looks]
    if runs:
        runs.insert(0, Run("In a changed sentence:", "plain", GREY))
        lines = lay_out(runs, canvas.right - canvas.left, 2)
        draw_runs(canvas, lines, canvas.left, canvas.y + 11, _LEADING)
        canvas.y += len(lines) * _LEADING + 6
    if "style only" in kinds:
        canvas.y = 6 + canvas.paragraph(
            canvas.left, canvas.y, _STYLE, canvas.right - canvas.left, size=SMALL, color=GREY
        )


# --- in words ---------------------------------------------------------------------------------------------


def _version(sentences, fallback):
    return sentences.version.iloc[0] if len(sentences) else fallback


def _alt(table, names, parts, title):
    columns = [f"{capital(name)}: {count(len(part), 'sentence')}, {count(sum(map(count_words, part.text)), 'word')}."
               for name, part in zip(names, parts, strict=True)]  # fmt: skip
    changed = table[table.relation.isin(["added", "deleted"])]
    told = "; ".join(f"{kind_of(row)}: {row.text}" for row in changed.head(12).itertuples())
    return f"Two columns of sentences joined by ribbons. {' '.join(columns)} {title}." + (
        f" {told}." if told else ""
    )
