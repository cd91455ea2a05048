"""Words of several looks on one line: what was cut, what came, and a little of what stands around them."""

import re
from itertools import dropwhile, groupby, takewhile
from typing import NamedTuple

from copydesk.show.charts.lettering import SMALL, clean, follows, text_width, wrap
from copydesk.show.charts.palette import BLUE, GREY, INK, PURPLE, VERMILION, readable

_BOLD = ("label", "new", "moved")
_AROUND = 6  # words of what is unchanged, on either side of a change
_MOST = 40  # words of one change
LOOKS = {"plain": GREY, "cut": readable(VERMILION), "new": readable(BLUE), "moved": readable(PURPLE)}
_BEFORE_STOP = re.compile(r"\s+([,.;:!?%’”)\]])")
_AFTER_OPENING = re.compile(r"([“‘(\[])\s+")
_APOSTROPHE = re.compile(r"(\w’)\s+(?=(?:s|t|re|ve|ll|d|m)\b)")


class Run(NamedTuple):
    """Words of one look (label, plain, cut, new or moved) and one colour."""

    words: str
    look: str
    color: str


class Wording:
    """The words of the sentences of both versions as a picture has them.

    before, after: sentences tables. forms: dict version -> what stands for each character of its file where it
    is to be read (`show.reading_form`), for a version that was kept in lower case and in tokens.
    """

    def __init__(self, before, after, forms=None):
        self.rows = {row.sentence: row for part in (before, after) for row in part.itertuples()}
        self._forms = forms or {}

    def of(self, sentence, start=None, end=None) -> str:
        """The words of a sentence (an id), or of a stretch of the file within it."""
        row = self.rows[sentence]
        start, end = row.start if start is None else start, row.end if end is None else end
        form = self._forms.get(row.version)
        if form is not None:
            return clean("".join(form[start:end]), most=None)
        return _reading(clean(row.text[start - row.start : end - row.start], most=None))

    def has_no_capitals(self, sentences) -> bool:
        texts = [self.rows[one].text for one in sentences]
        return all(text == text.lower() for text in texts)


def _reading(text):
    """A text with the spaces of a tokeniser taken out before stops and after opening marks."""
    return _APOSTROPHE.sub(r"\1", _AFTER_OPENING.sub(r"\1", _BEFORE_STOP.sub(r"\1", text)))


def changed_runs(befores, afters, wording, edits) -> list[Run]:
    """The changes of a sentence in its words: what was cut, what came, and a little of what stands around them."""
    if edits is None:
        return [Run(" ".join(map(wording.of, afters)), "plain", INK)]
    side = "after" if len(befores) > 1 or wording.has_no_capitals(befores) else "before"
    ids = befores if side == "before" else afters
    runs = []
    for one in ids:
        own = edits[(edits[side] == one) & (edits.level != "typography")]
        if len(own) or len(ids) == 1:
            runs += _marked(one, own, wording, side)
    return runs


def _marked(sentence, edits, wording, side):
    """A sentence of one version with the words that the other lacks or has in their place."""
    other = "after" if side == "before" else "before"
    looks = ("cut", "new") if side == "before" else ("new", "cut")
    row, pieces = wording.rows[sentence], []
    place = row.start
    for edit in edits.sort_values([f"{side}_start", f"{side}_end"], kind="stable").itertuples():
        start, end = (max(place, int(getattr(edit, f"{side}_{name}"))) for name in ("start", "end"))
        pieces.append(("plain", wording.of(sentence, place, start)))
        own = wording.of(sentence, start, end)
        if edit.kind == "move":
            pieces.append(("moved", own))
        else:
            stretch = (int(getattr(edit, f"{other}_{name}")) for name in ("start", "end"))
            partner = getattr(edit, other)
            theirs = wording.of(partner, *stretch) if isinstance(partner, str) else ""
            parts = [(looks[0], own), (looks[1], theirs)]
            pieces += parts if side == "before" else parts[::-1]
        place = end
    pieces.append(("plain", wording.of(sentence, place)))
    return _shortened([(look, words) for look, words in pieces if words])


def _shortened(pieces):
    runs = []
    for n, (look, words) in enumerate(pieces):
        found = words.split()
        if look == "plain":
            first, last = n == 0, n == len(pieces) - 1
            if last and not any(map(str.isalnum, words)):
                continue
            head, tail = [] if first else found[:_AROUND], [] if last else found[-_AROUND:]
            if len(found) > len(head) + len(tail):
                found = [*head, "…", *tail]
        elif len(found) > _MOST:
            found = [*found[:_MOST], "…"]
        runs.append(Run(" ".join(found), look, LOOKS[look]))
    return runs


def lay_out(runs, width, most):
    """Lines of runs, none wider than `width`, `most` at the most; what does not fit is elided."""
    lines, line, used = [], [], 0.0
    words = [(part, run) for run in runs for word in clean(run.words).split()
             for part in wrap(word, width * 0.9, SMALL, run.look in _BOLD)]  # fmt: skip
    for n, (word, run) in enumerate(words):
        bold = run.look in _BOLD
        wide = text_width(f"{word} ", SMALL, bold)
        last = len(lines) == most - 1
        room = width - (text_width(" …", SMALL) if last and n < len(words) - 1 else 0)
        if used + wide > room and line:
            if last:
                line.append(("…", run._replace(look="plain", color=GREY)))
                break
            lines.append(line)
            line, used = [], 0.0
        line.append((word, run))
        used += wide
    lines += [line] if line else []
    return [[Run(" ".join(word for word, _ in part), *look) for look, part in _alike(line)] for line in lines]


def first_change(runs, width, most):
    """As few lines of runs as show the whole of what changed first, `most` at the most."""
    rest = dropwhile(lambda run: run.look in ("label", "plain"), runs)
    changed = [
        run.look for run in takewhile(lambda run: run.look != "plain", rest) for _ in run.words.split()
    ]
    for number in range(1, most):
        lines = lay_out(runs, width, number)
        if sum(len(run.words.split()) for line in lines for run in line if run.look in changed) >= len(
            changed
        ):
            return lines
    return lay_out(runs, width, most)


def _alike(line):
    return [
        (look, list(part)) for look, part in groupby(line, key=lambda item: (item[1].look, item[1].color))
    ]


def draw_runs(canvas, lines, x, y, leading):
    """Lines of runs from a base line downwards."""
    for line in lines:
        at = x
        for run in line:
            bold = run.look in _BOLD
            at -= text_width(" ", SMALL) if follows(run.words) and at > x else 0
            width = text_width(run.words, SMALL, bold)
            struck = width if run.look == "cut" else 0
            canvas.run(at, y, run.words, size=SMALL, bold=bold, color=run.color, struck=struck)
            at += width + text_width(" ", SMALL)
        y += leading
