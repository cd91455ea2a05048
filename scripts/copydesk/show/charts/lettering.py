"""Words in a picture: how wide they are and where a line breaks.

Text is measured in DejaVu Sans, which matplotlib carries and which is wider than the fonts that a reader's
browser puts in its place: what fits here fits there.
"""

import threading
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

SMALL, BODY, HEAD, TITLE = 12, 13, 14.5, 18  # points; a reader gets no smaller letter
STOPS = frozenset(",.;:!?%’”)]")  # marks that follow a word without a blank
# Straight quotation marks that close: those that no letter follows.
_CLOSING = ('" ', "' ")
_MEASURING = threading.Lock()


def follows(words):
    """Whether words go on from others without a blank: those that begin with a mark that follows a word."""
    return words[:1] in STOPS or words in ('"', "'") or words.startswith(_CLOSING)


@lru_cache(maxsize=4096)
def clean(string, most=2000):
    """A label without what does no good in a picture: line breaks, control and direction marks, piles of accents.

    most: how many of its letters are read, or None for all.
    """
    out, piled = [], 0
    for letter in " ".join(str(string)[:most].split()):
        kind = unicodedata.category(letter)
        if kind in ("Cc", "Cf", "Zl", "Zp"):
            continue
        piled = piled + 1 if kind in ("Mn", "Me") else 0
        if piled <= 2:
            out.append("\ufffd" if kind in ("Cs", "Cn") else letter)
    return " ".join("".join(out).split())


@lru_cache(maxsize=65536)
def text_width(string, size=BODY, bold=False):
    """The width of a line in points."""
    return sum(_advance(letter, bold) for letter in string) * size


def elide(string, width, size=BODY, bold=False):
    """The first words that fit into a width, with an ellipsis where some are left out."""
    string = clean(string)
    if text_width(string, size, bold) <= width:
        return string
    room = width - text_width("…", size, bold)
    kept = _fitting(string, room, size, bold)
    cut = string[:kept]
    if " " in cut and string[kept : kept + 1] != " " and kept < len(string):
        whole = cut.rsplit(" ", 1)[0]
        # A whole word less is better than half a word, unless it leaves the line half empty.
        cut = whole if text_width(whole, size, bold) > room * 0.7 else cut
    return cut.rstrip(" ,.;:-–—“\"'‘(") + "…"


def wrap(string, width, size=BODY, bold=False, even=False):
    """The lines of a paragraph, none wider than `width`; a word that is wider is broken.

    even: lines of like length rather than a short last one.
    """
    if even:
        lines = wrap(string, width, size, bold)
        if len(lines) > 1 and text_width(lines[-1], size, bold) > width * 0.45:
            return lines
        while len(lines) > 1 and len(wrap(string, width * 0.97, size, bold)) == len(lines):
            width *= 0.97
        return wrap(string, width, size, bold)
    lines, line = [], ""
    for word in clean(string).split():
        while text_width(word, size, bold) > width:
            kept = max(1, _fitting(word, width, size, bold))
            if line:
                lines.append(line)
                line = ""
            lines.append(word[:kept])
            word = word[kept:]
        longer = f"{line} {word}".strip()
        if text_width(longer, size, bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


@cache
def font_file(bold, italic=False):
    name = {(0, 0): "", (1, 0): "-Bold", (0, 1): "-Oblique", (1, 1): "-BoldOblique"}[bool(bold), bool(italic)]
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts", "ttf", f"DejaVuSans{name}.ttf")


@lru_cache(maxsize=4096)
def _advance(letter, bold):
    """The width of a letter at size 1."""
    from matplotlib.font_manager import get_font

    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    font = get_font(font_file(bold))
    with _MEASURING:
        font.set_size(100, 72)
        return font.load_glyph(font.get_char_index(ord(letter))).linearHoriAdvance / 65536 / 100


def _fitting(string, width, size, bold):
    """How many letters of a string fit into a width."""
    total = 0.0
    for number, letter in enumerate(string):
        total += _advance(letter, bold) * size
        if total > width:
            return number
    return len(string)
