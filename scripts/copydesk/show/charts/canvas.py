"""A page in points on which a chart is drawn, once wide and once for a phone."""

from contextlib import contextmanager
from functools import cache

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform, TransformedPath

from copydesk.show.charts.lettering import BODY, SMALL, TITLE, clean, elide, font_file, text_width, wrap
from copydesk.show.charts.palette import GREY, INK, PALE, PAPER, RULE

WIDE, NARROW = 720, 350  # points, which a page shows as pixels at the least
# What a gid says of an artist, beside the mark that it belongs to.
HEADLINE, RUN, STROKE = "headline", "run", "stroke"
_GAP = 14  # below the title
# Nothing is clipped: matplotlib would make each artist a path to clip it by all the same, which takes as long as it does.
_WHOLE = TransformedPath(Path.unit_rectangle(), IdentityTransform())

# What a chart looks like is ours and not the notebook's: the settings of matplotlib that a chart depends on.
_PARTS = "axes boxplot errorbar font grid hatch hist lines mathtext markers patch path text xaxis xtick yaxis ytick".split()
_OURS = {
    "axes.edgecolor": RULE, "axes.facecolor": "none", "axes.labelcolor": GREY, "axes.labelsize": SMALL,
    "axes.spines.right": False, "axes.spines.top": False, "font.family": ["DejaVu Sans"], "font.size": BODY,
    "grid.color": PALE, "hatch.linewidth": 1.0, "lines.solid_capstyle": "butt", "path.simplify": False,
    "xtick.color": RULE, "xtick.labelcolor": GREY, "xtick.labelsize": SMALL, "ytick.color": RULE,
    "ytick.labelcolor": INK, "ytick.labelsize": BODY, "ytick.left": False,
}  # fmt: skip


@cache
def settings():
    """dict: the settings of matplotlib under which every chart is drawn and written."""
    kept = {key: value for key, value in matplotlib.rcParamsDefault.items() if key.split(".")[0] in _PARTS}
    return kept | _OURS


class Canvas:
    """A page in points, y downwards. `y` is how far down it is full; a chart moves it on as it draws.

    `narrow`: whether it is the phone's. `left`, `right`: the edges. `axes`: the page's own, in points;
    `plot` gives axes in the units of the data.
    """

    def __init__(self, title, narrow=False):
        self.narrow = narrow
        self.width = NARROW if narrow else WIDE
        self.left, self.right, self.y = 1, self.width - 1, 2
        self.marks = []
        self.figure = Figure(figsize=(self.width / 72, 1), dpi=72, facecolor=PAPER)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self._plots = []
        self._mark = HEADLINE
        size = TITLE - 2 if narrow else TITLE
        self.y = self.paragraph(
            self.left, self.y, title, self.right - self.left, size=size, bold=True, even=True
        )
        self._mark = None
        self.head = self.y + _GAP - 4
        self.y += _GAP

    def finish(self):
        """Make the page as high as what stands on it, and put the plots where they belong."""
        height = self.y + 4
        self.figure.set_size_inches(self.width / 72, height / 72)
        self.axes.set_xlim(0, self.width)
        self.axes.set_ylim(height, 0)
        for axes, left, top, width, tall in self._plots:
            axes.set_position(
                (left / self.width, 1 - (top + tall) / height, width / self.width, tall / height)
            )

    def plot(self, left, top, width, height):
        """matplotlib's Axes at a place on the page, drawn over it."""
        axes = self.figure.add_axes((0, 0, 1, 1), label=f"plot {len(self._plots)}")
        self._plots.append((axes, left, top, width, height))
        return axes

    @contextmanager
    def mark(self, name, href=None):
        """What is drawn inside is one mark: it has a name and, where `href` is given, a link."""
        self._mark = self.name_mark(name, href)
        try:
            yield
        finally:
            self._mark = None

    def name_mark(self, name, href=None):
        """The gid of a new mark, for artists that are drawn elsewhere."""
        self.marks.append((clean(name), href))
        return f"mark-{len(self.marks) - 1}"

    def path(self, path, *, fill="none", edge="none", stroke=1.0, dash=None, hatch=None):
        patch = PathPatch(
            path, facecolor=fill, edgecolor=edge, linewidth=stroke, hatch=hatch, zorder=2, clip_on=False
        )
        patch.set_clip_path(_WHOLE)
        patch.set_linestyle((0, dash) if dash else "-")
        patch.set_gid(self._mark)
        return self.axes.add_artist(patch)

    def line(self, x0, y0, x1, y1, *, color=RULE, stroke=1.0, dash=None):
        return self.path(Path([(x0, y0), (x1, y1)]), edge=color, stroke=stroke, dash=dash)

    def rect(self, x, y, width, height, *, radius=0.0, **look):
        return self.path(_rectangle(x, y, width, height, radius), **look)

    def circle(self, x, y, radius, **look):
        return self.path(Path.circle((x, y), radius), **look)

    def hatched(self, x, y, width, height, color):
        """A rectangle with slanted lines in it: what is paraphrased, or what is gone."""
        return self.rect(
            x + 0.6, y + 0.6, max(0.5, width - 1.2), height - 1.2, fill=PAPER, edge=color, hatch=HATCH
        )

    def ribbon(self, x0, top0, bottom0, x1, top1, bottom1, **look):
        """A band that joins two edges in a smooth curve."""
        middle = (x0 + x1) / 2
        points = [
            (x0, top0), (middle, top0), (middle, top1), (x1, top1),
            (x1, bottom1), (middle, bottom1), (middle, bottom0), (x0, bottom0), (x0, top0),
        ]  # fmt: skip
        curve = [Path.CURVE4] * 3
        return self.path(Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]), **look)

    def text(self, x, y, string, *, size=BODY, bold=False, color=INK, anchor="left", italic=False):
        """One line whose base is at y; anchor: left, center, right. The string is drawn as it is."""
        return self.axes.text(
            x, y, clean(string), fontproperties=font(bold, italic), fontsize=size, color=color, ha=anchor,
            va="baseline", parse_math=False, gid=self._mark, zorder=2, usetex=False, clip_on=False, clip_path=_WHOLE,
        )  # fmt: skip

    def run(self, x, y, string, *, struck=0.0, **look):
        """Words that others go on from: in SVG one line of text, whatever letters the reader's browser has.

        struck: the length of a stroke through them, or 0.
        """
        mark, self._mark = self._mark, f"{self._mark or ''} {RUN}{'-struck' if struck else ''}".strip()
        self.text(x, y, string, **look)
        self._mark = f"{mark or ''} {STROKE}".strip()
        if struck:
            self.line(x, y - look["size"] * 0.32, x + struck, y - look["size"] * 0.32, color=look["color"])
        self._mark = mark

    def middle(self, x, y, string, *, size=BODY, **look):
        """One line whose small letters are centred on y."""
        return self.text(x, y + size * 0.36, string, size=size, **look)

    def paragraph(self, x, y, string, width, *, size=BODY, bold=False, color=INK, leading=1.28, even=False):
        """Lines from y downwards, none wider than `width`; returns the y below them. even: of like length."""
        for line in wrap(string, width, size, bold, even):
            self.text(x, y + size, line, size=size, bold=bold, color=color)
            y += size * leading
        return y

    def legend(self, *entries):
        """What a look means: (color, look, word) each; look: filled, hatched, framed or dashed."""
        x, side = self.left, 14
        for color, look, word in entries:
            word = elide(word, self.right - self.left - side - 6, SMALL)
            width = side + 6 + text_width(word, SMALL)
            if x + width > self.right:
                x, self.y = self.left, self.y + 20
            swatch(self, x, self.y + 2, side, side - 2, color, look)
            self.middle(x + side + 6, self.y + 8, word, size=SMALL, color=GREY)
            x += width + 18
        self.y += 26


HATCH = "/////"


def swatch(canvas, x, y, width, height, color, look):
    """A rectangle in one of the looks that tell things apart where colours do not."""
    if look == "hatched":
        return canvas.hatched(x, y, width, height, color)
    if look == "filled":
        return canvas.rect(x, y, width, height, fill=color)
    dash = (3, 2) if look == "dashed" else None
    return canvas.rect(
        x + 0.8, y + 0.8, max(0.5, width - 1.6), height - 1.6, fill=PAPER, edge=color, stroke=1.6, dash=dash
    )


def named_versions(versions, labels=None):
    """dict version -> its label, which is the id where `labels` has none."""
    return {version: elide((labels or {}).get(version, version), 400) for version in versions}


@cache
def font(bold=False, italic=False):
    """DejaVu Sans, as matplotlib carries it."""
    # The file itself, so that another DejaVu on the machine makes no other picture.
    look = {"weight": "bold" if bold else "normal", "style": "italic" if italic else "normal"}
    return FontProperties(family="DejaVu Sans", fname=font_file(bold, italic), **look)


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
