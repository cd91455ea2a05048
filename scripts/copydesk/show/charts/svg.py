"""matplotlib's SVG and PNG as a page needs them: the same bytes every time, named, linked, and self-contained."""

import io
import re
import threading
import warnings
from contextlib import contextmanager
from hashlib import sha256
from typing import NamedTuple
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from copydesk.show.charts.canvas import HEADLINE, RUN, STROKE, Canvas, settings
from copydesk.show.charts.lettering import clean, follows
from copydesk.show.charts.palette import themed

FONTS = "'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}"
# matplotlib keeps what steers its SVG in a dict that all threads share.
_RENDERING = threading.RLock()
_NUMBERS = frozenset(
    "d x y x1 x2 y1 y2 cx cy r width height transform points viewBox font-size stroke-width".split()
)
_DECIMALS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_NO_TURN = re.compile(r"^rotate\(-?0 [^)]*\)$")
_RUN_LOOKS = ("fill", "font-weight", "font-style")
_SHIFT = re.compile(r"^translate\((\S+) (\S+)\)$")


class Sheet(NamedTuple):
    """One form of a chart as it is drawn: its figure, its marks (name, link or None), and how far down its title reaches.

    An artist belongs to mark n when its gid is `mark-n`.
    """

    figure: Figure
    marks: list[tuple[str, str | None]]
    head: float


def sheet(title, draw, narrow=False, figure=None):
    """A chart drawn in one form, whatever the notebook has set."""
    if figure is not None:
        return Sheet(figure, [], 0)
    with _quietly():
        canvas = Canvas(title, narrow)
        draw(canvas)
        canvas.finish()
    return Sheet(canvas.figure, canvas.marks, canvas.head)


def png(figure):
    """bytes: a figure as PNG, two pixels a point."""
    with _quietly():
        figure.set_dpi(144)
        buffer = io.BytesIO()
        # Of zlib's levels 3 takes three fifths of the time of 6, for files that are 1% larger.
        FigureCanvasAgg(figure).print_png(
            buffer, metadata={"Software": None}, pil_kwargs={"compress_level": 3}
        )
        return buffer.getvalue()


def in_file(chart, drawn, written=None):
    """str: a chart's SVG by itself, with its title and in the colours of a light page. written: of `write`, if any."""
    return ElementTree.tostring(
        _tree(chart, drawn, _same, written or write(chart, drawn)), encoding="unicode"
    )


def in_page(chart, drawn, written=None):
    """str: a chart's SVG below the title that a page sets, in colours that a page can change."""
    root = _tree(chart, drawn, themed, written or write(chart, drawn))
    for child in [child for child in root if child.get("data-headline")]:
        root.remove(child)
    left, top, width, height = map(float, root.get("viewBox").split())
    root.set("viewBox", _round(f"{left:.2f} {top + drawn.head:.2f} {width:.2f} {height - drawn.head:.2f}"))
    return ElementTree.tostring(root, encoding="unicode")


def _same(value):
    return value


def write(chart, drawn):
    """str: the SVG that matplotlib makes of a form of a chart."""
    with _quietly({"svg.fonttype": "none", "svg.hashsalt": chart.name}):
        buffer = io.StringIO()
        drawn.figure.set_dpi(72)
        FigureCanvasSVG(drawn.figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
        drawn.figure.set_dpi(144)
    return buffer.getvalue()


def _tree(chart, drawn, colour, written):
    """matplotlib's SVG named, linked by `href`, without ids or styles that leak out of it."""
    source = ElementTree.fromstring(written)
    contents = (chart.title + chart.alt + written).encode("utf-8", "replace")
    prefix = f"{chart.name}-{sha256(contents).hexdigest()[:8]}"
    root = ElementTree.Element("svg", {"xmlns": _SVG, "viewBox": _round(source.get("viewBox"))})
    root.set("width", "100%")
    root.set("role", "group" if any(href for _, href in drawn.marks) or _has_link(source) else "img")
    root.set("aria-label", clean(chart.title))
    root.set("aria-describedby", f"{prefix}-desc")
    root.set("font-family", FONTS)
    root.set("stroke-linejoin", "round")
    ElementTree.SubElement(root, "title").text = clean(chart.title)
    ElementTree.SubElement(root, "desc", {"id": f"{prefix}-desc"}).text = clean(chart.alt, most=None)
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", written))
    _copy(source, root, prefix, used, colour)
    _join_runs(root)
    _name_marks(root, drawn.marks)
    return root


def _copy(source, target, prefix, used, colour):
    """Copy drawn elements, without wrappers that say nothing."""
    for child in source:
        tag = child.tag.removeprefix(f"{{{_SVG}}}")
        if tag in ("metadata", "style"):
            continue
        attributes = _attributes(child, prefix, used, colour)
        if tag == "defs" and not any(grand.get("id") in used for grand in child):
            continue
        if tag == "g" and not attributes:
            _copy(child, target, prefix, used, colour)
            continue
        copied = ElementTree.SubElement(target, tag, attributes)
        copied.text = child.text if tag == "text" else None
        _copy(child, copied, prefix, used, colour)


def _attributes(element, prefix, used, colour):
    """An element's attributes, its style among them as attributes of their own."""
    found = {}
    for key, value in element.attrib.items():
        if key == "style":
            pairs = (part.split(":", 1) for part in value.split(";") if ":" in part)
            found.update({name.strip(): setting.strip() for name, setting in pairs})
        elif key == f"{_XLINK}href":
            found["href"] = f"#{prefix}-{value[1:]}" if value[:1] == "#" and value[1:] in used else value
        elif key == "id":
            found.update(_of_gid(value))
            if value in used:
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
    found.update({key: colour(found[key]) for key in ("fill", "stroke") if key in found})
    return {
        key: _round(value) if key in _NUMBERS else value.replace("url(#", f"url(#{prefix}-")
        for key, value in found.items()
    }


def _of_gid(gid):
    """What the words of a gid say of an artist."""
    found = {}
    for word in gid.split():
        if word.startswith("mark-"):
            found["data-mark"] = word[5:]
        elif word in (HEADLINE, RUN, f"{RUN}-struck", STROKE):
            found[f"data-{word}"] = "yes"
    return found


def _join_runs(root):
    """Make of runs of words on one line one text, whose parts follow each other in any font."""
    for parent in list(root.iter()):
        children, line = [], None
        for child in list(parent):
            if child.attrib.pop(f"data-{STROKE}", None):
                continue
            struck = child.attrib.pop(f"data-{RUN}-struck", None)
            if not (child.attrib.pop(f"data-{RUN}", None) or struck):
                children.append(child)
                line = None
                continue
            text = child.find("text")
            if line is None or line.get("y") != text.get("y"):
                line = ElementTree.Element("text", {key: text.get(key) for key in ("x", "y", "font-size")})
                wrapper = ElementTree.Element("g", child.attrib)
                wrapper.append(line)
                children.append(wrapper)
            elif len(line):
                line[-1].tail = "" if follows(text.text or " ") else " "
            part = ElementTree.SubElement(line, "tspan", {k: v for k, v in text.items() if k in _RUN_LOOKS})
            part.text = text.text
            if struck:
                part.set("text-decoration", "line-through")
        parent[:] = children


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


@contextmanager
def _quietly(more=None):
    """matplotlib with settings of ours, in this thread alone; letters that its font lacks are no matter."""
    with _RENDERING, matplotlib.rc_context(settings() | (more or {})), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def _round(value):
    """Numbers with two decimals at most: a hundredth of a point is nothing, and the last digits differ by machine."""
    short = _DECIMALS.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value)
    return " ".join(short.split())
