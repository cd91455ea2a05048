"""The colours of all charts, each for a light page and for a dark one.

Colours are written into a picture as light ones; in a page each is a CSS variable with the light one as its
fallback, and `theme` sets the variables of a dark page. The hues are those of Okabe and Ito (2008), told apart
with every kind of colour vision. A hue has three parts: itself, a wash of it to lie under words, and a shade
that reads as text.
"""

ORANGE, SKY, GREEN, YELLOW = "#e69f00", "#56b4e9", "#009e73", "#f0e442"
BLUE, VERMILION, PURPLE = "#0072b2", "#d55e00", "#cc79a7"
PAPER, INK = "#ffffff", "#1a1a1a"
GREY = "#595959"  # quiet text: 7 to 1 on the paper
KEPT = "#949494"  # a bar of what is unchanged: 3 to 1 on the paper
RULE, PALE = "#d4d4d4", "#eeeeee"

READS = 4.6  # contrast of text with its ground; WCAG 2.2 asks for 4.5
_WASH = 0.2  # share of the hue

_DARK = {
    "paper": (PAPER, "#15171a"), "ink": (INK, "#e9e6e0"), "grey": (GREY, "#b4b0a8"), "kept": (KEPT, "#777c83"),
    "rule": (RULE, "#43474d"), "pale": (PALE, "#26292e"),
}  # fmt: skip
_HUES = {
    "orange": (ORANGE, "#f0b440"), "sky": (SKY, "#8fd0f5"), "green": (GREEN, "#3fc79f"), "yellow": (YELLOW, "#f0e442"),
    "blue": (BLUE, "#56b4e9"), "vermilion": (VERMILION, "#ff9151"), "purple": (PURPLE, "#e0a3c5"),
}  # fmt: skip


def contrast(one, other):
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(color):
    """A hue, darkened until it reads as text on the paper and on its wash."""
    return _text(color, PAPER)


def wash(color):
    """A hue so thin that words can stand on it."""
    return _mixed(color, PAPER, _WASH)


def ink_on(fill):
    """Ink or paper, whichever reads better on a colour."""
    return INK if contrast(INK, fill) >= contrast(PAPER, fill) else PAPER


def themed(color):
    """A colour as a page has it: the variable of that colour, or the colour where it has none."""
    name = _NAMES.get(color)
    return f"var(--chart-{name}, {color})" if name else color


def theme() -> str:
    """str: the CSS declarations that make the charts of a dark page dark, for `:root` or a part of a page."""
    return " ".join(f"--chart-{name}: {dark};" for name, (_, dark) in _variables().items())


def _variables():
    """dict: the name of each variable, its light colour and its dark one."""
    found, paper = dict(_DARK), _DARK["paper"]
    for name, (light, dark) in _HUES.items():
        found[name] = (light, dark)
        found[f"{name}-wash"] = (wash(light), _mixed(dark, paper[1], _WASH))
        found[f"{name}-text"] = (readable(light), _text(dark, paper[1]))
    return found


def _text(color, paper):
    """A colour mixed with black, or on a dark paper with white, until it reads on its wash."""
    ground, end, share = _mixed(color, paper, _WASH), INK if paper == PAPER else PAPER, 1.0
    while contrast(_mixed(color, end, share), ground) < READS:
        share -= 0.02
    return _mixed(color, end, share)


def _mixed(color, other, share):
    parts = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def _channels(color):
    return [int(color[n : n + 2], 16) for n in (1, 3, 5)]


def _luminance(color):
    shares = [part / 255 for part in _channels(color)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


_NAMES = {light: name for name, (light, _) in reversed(_variables().items())}
