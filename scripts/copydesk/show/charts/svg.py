"""matplotlib's SVG and PNG as a page needs them: the same bytes every time, named, linked, and self-contained."""

import io
import re
import threading
import warnings
from contextlib import contextmanager
from hashlib import sha256
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG

from copydesk.show.charts.lettering import clean

FONTS = "'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_SVG = "http://www.w3.org/2000/svg"
WIDTH = 960  # points, which at a page's 1,000 pixels are pixels, nearly
HEADLINE = "headline"  # the gid of the title and the subtitle
_XLINK = "{http://www.w3.org/1999/xlink}"
# matplotlib keeps what steers its SVG in a dict that all threads share.
_RENDERING = threading.RLock()
_NUMBERS = frozenset(
    "d x y x1 x2 y1 y2 cx cy r width height transform points viewBox font-size stroke-width".split()
)
_DECIMALS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_NO_TURN = re.compile(r"^rotate\(-?0 [^)]*\)$")
_SHIFT = re.compile(r"^translate\((\S+) (\S+)\)$")


def png(figure):
    """bytes: a figure as PNG, two pixels a point."""
    with _quietly({}):
        figure.set_dpi(144)
        buffer = io.BytesIO()
        FigureCanvasAgg(figure).print_png(buffer, metadata={"Software": None})
        return buffer.getvalue()


def accessible_svgs(chart):
    """matplotlib's SVG as a page needs it: named, linked by `href`, without ids or styles that leak out of it.

    Returns (str, str): the whole, and the drawing below its title and subtitle.
    """
    with _quietly({"svg.fonttype": "none", "svg.hashsalt": chart.name, "path.simplify": False}):
        buffer = io.StringIO()
        chart.figure.set_dpi(72)
        FigureCanvasSVG(chart.figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
        chart.figure.set_dpi(144)
    drawn = ElementTree.fromstring(buffer.getvalue())
    contents = (chart.title + chart.alt + buffer.getvalue()).encode("utf-8", "replace")
    prefix = f"{chart.name}-{sha256(contents).hexdigest()[:8]}"

    root = ElementTree.Element("svg", {"xmlns": _SVG, "viewBox": _round(drawn.get("viewBox"))})
    root.set("width", "100%")
    root.set("role", "group" if any(href for _, href in chart.marks) or _has_link(drawn) else "img")
    root.set("aria-label", clean(chart.title))
    root.set("aria-describedby", f"{prefix}-desc")
    root.set("font-family", FONTS)
    root.set("stroke-linejoin", "round")
    ElementTree.SubElement(root, "title").text = clean(chart.title)
    description = ElementTree.SubElement(root, "desc", {"id": f"{prefix}-desc"})
    description.text = clean(chart.alt, most=None)
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", buffer.getvalue()))
    _copy(drawn, root, prefix, used)
    _name_marks(root, chart.marks)
    headline = [child for child in root if child.attrib.pop("data-headline", None)]
    whole = ElementTree.tostring(root, encoding="unicode")
    for child in headline:
        root.remove(child)
    left, top, width, height = map(float, root.get("viewBox").split())
    root.set("width", f"{100 * width / WIDTH:.4g}%")  # on a page the letters of all charts are of one size
    root.set("viewBox", _round(f"{left:.2f} {top + chart.head:.2f} {width:.2f} {height - chart.head:.2f}"))
    return whole, ElementTree.tostring(root, encoding="unicode")


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
            elif value == HEADLINE:
                found["data-headline"] = "yes"
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


@contextmanager
def _quietly(settings):
    """matplotlib with settings of ours, in this thread alone; letters that its font lacks are no matter."""
    with _RENDERING, matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def _round(value):
    """Numbers with two decimals at most: a hundredth of a point is nothing, and the last digits differ by machine."""
    short = _DECIMALS.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value)
    return " ".join(short.split())
