"""The one style of all charts: a page to draw on, and its colours.

A figure is drawn in points on a white panel of its own, so that it reads alike on a light page, on a dark
one and on paper.
"""

from contextlib import contextmanager
from functools import cache

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from copydesk.show.charts.canvas import HEADLINE
from copydesk.show.charts.chart import Chart, nothing
from copydesk.show.charts.lettering import (
    BODY,
    HEAD,
    SMALL,
    TITLE,
    clean,
    elide,
    font_file,
    spread,
    text_width,
    wrap,
)
from copydesk.show.charts.svg import Sheet
from copydesk.show.phrasing import capital, count, listing

__all__ = [
    "BLUE",
    "BODY",
    "GREEN",
    "GREY",
    "HEAD",
    "INK",
    "MARGIN",
    "ORANGE",
    "PALE",
    "PAPER",
    "PURPLE",
    "RULE",
    "SKY",
    "SLIM",
    "SMALL",
    "TITLE",
    "VERMILION",
    "WIDTH",
    "YELLOW",
    "Canvas",
    "Chart",
    "capital",
    "clean",
    "contrast",
    "count",
    "elide",
    "ink_on",
    "listing",
    "named_versions",
    "nothing",
    "readable",
    "spread",
    "text_width",
    "the",
    "tint",
    "wrap",
]

WIDTH = 960
SLIM = 720  # points, of a chart that needs no more
MARGIN = 22

PAPER = "#ffffff"
INK = "#1a1a1a"
GREY = "#595959"  # quiet text: 7 to 1 on the paper
RULE = "#d4d4d4"
PALE = "#eeeeee"

# Okabe and Ito (2008), told apart with every kind of colour vision.
ORANGE, SKY, GREEN, YELLOW = "#e69f00", "#56b4e9", "#009e73", "#f0e442"
BLUE, VERMILION, PURPLE = "#0072b2", "#d55e00", "#cc79a7"


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
        self.subtitle = subtitle
        self._mark = HEADLINE
        size = TITLE if width >= 600 else TITLE - 3
        room = self.right - self.left
        self.y = self.paragraph(self.left, self.y, title, room, size=size, bold=True, even=True)
        if subtitle:
            self.y = self.paragraph(
                self.left, self.y + 4, subtitle, room, size=BODY, color=GREY, leading=1.35, even=True
            )
        self._mark = None
        self._head = self.y
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
        chart = Chart(name, title, alt, table, figure=self.figure)
        chart._sheets[False] = Sheet(self.figure, self.marks, self._head)
        return chart


def named_versions(versions, labels=None):
    """dict version -> its label, which is the id where `labels` has none."""
    return {version: str((labels or {}).get(version, version)) for version in versions}


def the(label):
    """A version's label as a sentence has it: `the longer version`."""
    return f"the {label}"


@cache
def _font(bold, italic):
    # The file itself, so that another DejaVu on the machine makes no other picture.
    return FontProperties(
        family="DejaVu Sans",
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
        fname=font_file(bold, italic),
    )


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
