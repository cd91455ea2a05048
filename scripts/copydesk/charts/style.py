"""The one style of all charts: a page to draw on, its colours, its letters, and how it becomes SVG and PNG.

A figure is drawn in points on a white panel of its own, so that it reads alike on a light page, on a dark
one and on paper. Text is measured in DejaVu Sans, which matplotlib carries and which is wider than the
fonts that a reader's browser puts in its place: what fits here fits there.
"""

import io
import re
import threading
import unicodedata
import warnings
from contextlib import contextmanager
from functools import cache, lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path as File
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import PathPatch
from matplotlib.path import Path

WIDTH = 960  # points, which at a page's 1,000 pixels are pixels, nearly
MARGIN = 22
FONTS = "'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
SMALL, BODY, HEAD, TITLE = 11, 12, 13, 19

PAPER = "#ffffff"
INK = "#1a1a1a"
GREY = "#595959"  # quiet text: 7 to 1 on the paper
RULE = "#d4d4d4"
PALE = "#eeeeee"

# Okabe and Ito (2008), told apart with every kind of colour vision.
ORANGE, SKY, GREEN, YELLOW = "#e69f00", "#56b4e9", "#009e73", "#f0e442"
BLUE, VERMILION, PURPLE, BLACK = "#0072b2", "#d55e00", "#cc79a7", "#000000"

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}"
# matplotlib keeps what steers its SVG in a dict that all threads share.
_RENDERING = threading.RLock()


class Chart:
    """A figure with what a reader needs who cannot see it.

    `figure` (matplotlib Figure), `title` (a sentence: what it shows), `alt` (alternative text with the
    numbers), `table` (the DataFrame that it draws), `name`. marks: (name, link or None) for each mark that
    stands for words; an artist belongs to mark n when its gid is `mark-n`.
    """

    def __init__(self, name, figure, title, alt, table, marks=()):
        self.name = name
        self.figure = figure
        self.title = title
        self.alt = alt
        self.table = table
        self.marks = list(marks)

    def __repr__(self):
        return f"Chart({self.name!r}: {self.title})"

    def svg(self):
        """str: an `<svg>` element to stand in a page; its ids are its own, its links are plain `href`s."""
        return _accessible_svg(self)

    def png(self):
        """bytes: the figure as PNG, two pixels a point."""
        with _quietly({}):
            self.figure.set_dpi(144)
            buffer = io.BytesIO()
            FigureCanvasAgg(self.figure).print_png(buffer, metadata={"Software": None})
            return buffer.getvalue()

    def save(self, folder, name=None):
        """Write NAME.svg and NAME.png into a folder, which is made if need be."""
        folder = File(folder)
        folder.mkdir(parents=True, exist_ok=True)
        stem = name or self.name
        head = '<?xml version="1.0" encoding="utf-8"?>\n'
        (folder / f"{stem}.svg").write_text(head + self.svg() + "\n", encoding="utf-8", newline="\n")
        (folder / f"{stem}.png").write_bytes(self.png())

    def _repr_html_(self):
        # On a narrow screen a figure scrolls inside itself rather than shrink its letters out of sight.
        return (
            '<figure class="chart" style="margin:0;overflow-x:auto">'
            f'<div style="min-width:640px">{self.svg()}</div></figure>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self._repr_html_(), "text/plain": f"{self.title}\n\n{self.alt}"}


class Canvas:
    """A page in points, y downwards, on which charts draw; `finish` makes it as high as what stands on it."""

    def __init__(self, title, subtitle="", width=WIDTH):
        self.width = width
        self.left, self.right = MARGIN, width - MARGIN
        self.marks = []
        self._mark = None
        self.figure = Figure(figsize=(width / 72, 1), dpi=72, facecolor=PAPER)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.y = MARGIN
        size = TITLE if width >= 600 else TITLE - 3
        room = self.right - self.left
        self.y = self.paragraph(self.left, self.y, title, room, size=size, bold=True, even=True)
        if subtitle:
            self.y = self.paragraph(
                self.left, self.y + 4, subtitle, room, size=BODY, color=GREY, leading=1.35, even=True
            )
        self.y += 16

    @contextmanager
    def mark(self, name, href=None):
        """What is drawn inside is one mark: it has a name, and, where `href` is given, a link."""
        self.marks.append((clean(name), href))
        self._mark = f"mark-{len(self.marks) - 1}"
        try:
            yield
        finally:
            self._mark = None

    def path(self, path, *, fill="none", edge="none", stroke=1.0, alpha=None, dash=None):
        patch = PathPatch(path, facecolor=fill, edgecolor=edge, linewidth=stroke, alpha=alpha, zorder=2)
        patch.set_linestyle((0, dash) if dash else "-")
        patch.set_gid(self._mark)
        self.axes.add_artist(patch)
        patch.set_clip_on(False)
        return patch

    def line(self, x0, y0, x1, y1, *, color=RULE, stroke=1.0, dash=None):
        return self.path(Path([(x0, y0), (x1, y1)]), edge=color, stroke=stroke, dash=dash)

    def rect(self, x, y, width, height, *, radius=0.0, **look):
        return self.path(_rectangle(x, y, width, height, radius), **look)

    def circle(self, x, y, radius, **look):
        circle = Path.circle((x, y), radius)
        return self.path(circle, **look)

    def hatched(self, x, y, width, height, color, *, gap=5.0, line=1.0):
        """A rectangle with slanted lines in it: paraphrase, or what is gone."""
        self.rect(x, y, width, height, fill=PAPER)
        points = _slants(x, y, width, height, gap)
        if points:
            codes = [Path.MOVETO, Path.LINETO] * (len(points) // 2)
            self.path(Path(points, codes), edge=color, stroke=line)
        return self.rect(x, y, width, height, edge=color, stroke=1.2)

    def ribbon(self, x0, top0, bottom0, x1, top1, bottom1, **look):
        """A band that joins two edges in a smooth curve."""
        middle = (x0 + x1) / 2
        points = [
            (x0, top0), (middle, top0), (middle, top1), (x1, top1),
            (x1, bottom1), (middle, bottom1), (middle, bottom0), (x0, bottom0), (x0, top0),
        ]  # fmt: skip
        curve = [Path.CURVE4] * 3
        return self.path(Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]), **look)

    def arrow(self, x0, x1, y, *, color=INK, stroke=2.0, head=7.0):
        """A horizontal arrow whose point is at x1."""
        back = x1 - head if x1 > x0 else x1 + head
        self.line(x0, y, back, y, color=color, stroke=stroke)
        corners = [(x1, y), (back, y - head * 0.6), (back, y + head * 0.6), (x1, y)]
        return self.path(Path(corners, closed=True), fill=color)

    def text(self, x, y, string, *, size=BODY, bold=False, color=INK, anchor="left", italic=False):
        """One line whose base is at y; anchor: left, center, right. The string is drawn as it is."""
        artist = self.axes.text(
            x, y, clean(string), fontproperties=_font(bold, italic), fontsize=size, color=color, ha=anchor,
            va="baseline", parse_math=False, gid=self._mark, zorder=2, usetex=False,
        )  # fmt: skip
        artist.set_clip_on(False)
        return artist

    def middle(self, x, y, string, *, size=BODY, **look):
        """One line whose small letters are centred on y."""
        return self.text(x, y + size * 0.36, string, size=size, **look)

    def paragraph(self, x, y, string, width, *, size=BODY, bold=False, color=INK, leading=1.28, even=False):
        """Lines from y downwards, none wider than `width`; returns the y below them. even: of like length."""
        for line in wrap(string, width, size, bold, even):
            self.text(x, y + size, line, size=size, bold=bold, color=color)
            y += size * leading
        return y

    def finish(self, name, title, alt, table, *, bottom=None):
        height = (self.y if bottom is None else bottom) + MARGIN
        self.figure.set_size_inches(self.width / 72, height / 72)
        self.axes.set_xlim(0, self.width)
        self.axes.set_ylim(height, 0)
        return Chart(name, self.figure, title, alt, table, self.marks)


def nothing(name, title, table):
    """A chart that says there is nothing to show."""
    canvas = Canvas(title)
    canvas.paragraph(canvas.left, canvas.y - 8, "Nothing to show.", 400, color=GREY)
    canvas.y += 12
    return canvas.finish(name, title, f"{title} Nothing to show.", table)


# --- words ------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def clean(string):
    """A label without what does no good in a picture: line breaks, control and direction marks, piles of accents."""
    out, piled = [], 0
    for letter in " ".join(str(string)[:2000].split()):
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


def count(number, noun, plural=None):
    """`1 sentence`, `3 sentences`, `no sentences`."""
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {word}" if number else f"no {word}"


def listing(items):
    """`a`, `a and b`, `a, b and c`."""
    items = list(items)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def capital(string):
    """The string with its first letter a capital, all others as they are."""
    return string[:1].upper() + string[1:]


def spread(wished, gaps, low):
    """Places as near as can be to those wished (ascending), each at least a gap below the last.

    gaps: one number for all, or a list with the gap after each but the last. Neighbours that crowd each
    other move apart about their common middle (pool adjacent violators, as in isotonic regression); none
    lies above `low`.
    """
    if not wished:
        return []
    if not isinstance(gaps, list):
        gaps = [gaps] * (len(wished) - 1)
    offsets = [0.0, *accumulate(gaps)]
    blocks = []  # [sum of wished minus offsets, members]
    for place, offset in zip(wished, offsets, strict=True):
        blocks.append([place - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            value, members = blocks.pop()
            blocks[-1][0] += value
            blocks[-1][1] += members
    means = [value / members for value, members in blocks for _ in range(members)]
    return [max(mean, low) + offset for mean, offset in zip(means, offsets, strict=True)]


def ink_on(fill):
    """Black or white, whichever reads better on a colour."""
    return INK if contrast(INK, fill) >= contrast(PAPER, fill) else PAPER


def readable(color, ground=PAPER):
    """A colour, darkened until it reads as text on a ground (4.5 to 1)."""
    parts = _channels(color)
    while contrast(_hex(parts), ground) < 4.6:
        parts = [part * 0.96 for part in parts]
    return _hex(parts)


def tint(color, share):
    """A colour mixed with the paper: share 1 is the colour itself, 0 the paper."""
    return _hex([255 + (part - 255) * share for part in _channels(color)])


def contrast(one, other):
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(color):
    return [int(color[n : n + 2], 16) for n in (1, 3, 5)]


def _hex(parts):
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _luminance(color):
    shares = [part / 255 for part in _channels(color)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def _font_file(bold, italic=False):
    name = {(0, 0): "", (1, 0): "-Bold", (0, 1): "-Oblique", (1, 1): "-BoldOblique"}[bool(bold), bool(italic)]
    return File(matplotlib.get_data_path(), "fonts", "ttf", f"DejaVuSans{name}.ttf")


@cache
def _font(bold, italic):
    # The file itself, so that another DejaVu on the machine makes no other picture.
    return FontProperties(
        family="DejaVu Sans",
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
        fname=_font_file(bold, italic),
    )


@lru_cache(maxsize=4096)
def _advance(letter, bold):
    """The width of a letter at size 1."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    font = get_font(_font_file(bold))
    with _RENDERING:
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


# --- shapes -----------------------------------------------------------------------------------------


def _rectangle(x, y, width, height, radius):
    right, bottom = x + width, y + height
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return Path([(x, y), (right, y), (right, bottom), (x, bottom), (x, y)], closed=True)
    points = [
        (x + r, y), (right - r, y), (right, y), (right, y + r),
        (right, bottom - r), (right, bottom), (right - r, bottom),
        (x + r, bottom), (x, bottom), (x, bottom - r),
        (x, y + r), (x, y), (x + r, y), (x + r, y),
    ]  # fmt: skip
    side = [Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path(points, [Path.MOVETO, *side * 4, Path.CLOSEPOLY])


def _slants(x, y, width, height, gap):
    """End points of lines at 45 degrees, cut to a rectangle."""
    points = []
    step = gap * 2**0.5
    offset = step / 2
    while offset < width + height:
        # The line runs from the top or right edge down to the left or bottom edge.
        points.append((x + offset, y) if offset <= width else (x + width, y + offset - width))
        points.append((x, y + offset) if offset <= height else (x + offset - height, y + height))
        offset += step
    return points


# --- out --------------------------------------------------------------------------------------------


@contextmanager
def _quietly(settings):
    """matplotlib with settings of ours, in this thread alone; letters that its font lacks are no matter."""
    with _RENDERING, matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


_NUMBERS = frozenset(
    [
        "d",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "width",
        "height",
        "transform",
        "points",
        "viewBox",
        "font-size",
        "stroke-width",
    ]
)
_DECIMALS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_NO_TURN = re.compile(r"^rotate\(-?0 [^)]*\)$")
_SHIFT = re.compile(r"^translate\((\S+) (\S+)\)$")


def _accessible_svg(chart):
    """matplotlib's SVG as a page needs it: named, linked by `href`, without ids or styles that leak out of it."""
    with _quietly({"svg.fonttype": "none", "svg.hashsalt": chart.name, "path.simplify": False}):
        buffer = io.StringIO()
        chart.figure.set_dpi(72)
        FigureCanvasSVG(chart.figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
        chart.figure.set_dpi(144)
    drawn = ElementTree.fromstring(buffer.getvalue())
    prefix = f"{chart.name}-{sha256((chart.title + chart.alt + buffer.getvalue()).encode()).hexdigest()[:8]}"

    root = ElementTree.Element("svg", {"xmlns": _SVG, "viewBox": _round(drawn.get("viewBox"))})
    root.set("width", "100%")
    root.set("role", "group" if any(href for _, href in chart.marks) or _has_link(drawn) else "img")
    root.set("aria-label", clean(chart.title))
    root.set("aria-describedby", f"{prefix}-desc")
    root.set("font-family", FONTS)
    root.set("stroke-linejoin", "round")
    ElementTree.SubElement(root, "title").text = clean(chart.title)
    description = ElementTree.SubElement(root, "desc", {"id": f"{prefix}-desc"})
    description.text = " ".join(_xml_safe(chart.alt).split())
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", buffer.getvalue()))
    _copy(drawn, root, prefix, used)
    _name_marks(root, chart.marks)
    return ElementTree.tostring(root, encoding="unicode")


def _copy(source, target, prefix, used):
    """Copy drawn elements, without wrappers that say nothing."""
    for child in source:
        tag = child.tag.removeprefix(f"{{{_SVG}}}")
        if tag in ("metadata", "style"):
            continue
        attributes = _attributes(child, prefix, used)
        if tag == "defs" and not any(grand.get("id") in used for grand in child):
            continue
        if tag == "g" and not attributes:
            _copy(child, target, prefix, used)
            continue
        copied = ElementTree.SubElement(target, tag, attributes)
        copied.text = child.text if tag == "text" else None
        _copy(child, copied, prefix, used)


def _attributes(element, prefix, used):
    """An element's attributes, its style among them as attributes of their own."""
    found = {}
    for key, value in element.attrib.items():
        if key == "style":
            pairs = (part.split(":", 1) for part in value.split(";") if ":" in part)
            found.update({name.strip(): setting.strip() for name, setting in pairs})
        elif key == f"{_XLINK}href":
            found["href"] = f"#{prefix}-{value[1:]}" if value[:1] == "#" and value[1:] in used else value
        elif key == "id":
            if value.startswith("mark-"):
                found["data-mark"] = value[5:]
            elif value in used:
                found["id"] = f"{prefix}-{value}"
        elif key != "target":
            found[key] = value
    found.pop("font-family", None)
    found.pop("mix-blend-mode", None)
    turn = found.get("transform", "")
    if _NO_TURN.match(turn):
        del found["transform"]
    elif element.tag.endswith("text") and _SHIFT.match(turn):
        found["x"], found["y"] = _SHIFT.match(turn).groups()
        del found["transform"]
    if "font-size" in found:
        found["font-size"] = found["font-size"].removesuffix("px")
    return {
        key: _round(value) if key in _NUMBERS else value.replace("url(#", f"url(#{prefix}-")
        for key, value in found.items()
    }


def _name_marks(root, marks):
    """Join the neighbouring parts of a mark, and give it its name and link."""
    for parent in list(root.iter()):
        children, current = [], None
        for child in list(parent):
            number = child.attrib.pop("data-mark", None) if child.tag == "g" else None
            if number is None:
                children.append(child)
                current = None
                if child.tag == "a" and "aria-label" not in child.attrib:
                    child.set("aria-label", child.get("href", ""))
                continue
            if current is None or current[0] != number:
                current = (number, _mark_element(*marks[int(number)]))
                children.append(current[1])
            current[1].extend(list(child) if not child.attrib else [child])
        parent[:] = children


def _mark_element(name, href):
    if not href:
        element = ElementTree.Element("g")
    else:
        element = ElementTree.Element("a", {"href": href, "aria-label": name})
    ElementTree.SubElement(element, "title").text = name
    return element


def _has_link(root):
    return any(element.tag == f"{{{_SVG}}}a" for element in root.iter())


def _round(value):
    """Numbers with two decimals at most: a hundredth of a point is nothing, and the last digits differ by machine."""
    short = _DECIMALS.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value)
    return " ".join(short.split())


def _xml_safe(string):
    return "".join(
        letter if letter in "\t\n" or unicodedata.category(letter) not in ("Cc", "Cs", "Cn") else "\ufffd"
        for letter in str(string)
    )
