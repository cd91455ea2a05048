"""Jinja2 templates, autoescaped: where the HTML of tables, views and pages comes from."""

import re
import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from copydesk.show.counts_and_lists import inside

TEMPLATES = Path(__file__).parent / "templates"

# What nobody sees and what turns the direction of writing around, lest it hide words or turn those of the page;
# the joiners and direction marks that scripts need, and soft hyphens, are left alone.
_UNSEEN = re.compile(
    "([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff])\\1*"
)
_MOST_MARKS = 4  # upon one letter: as many as an orthography needs


@cache
def environment(*folders: Path):
    """The Jinja2 environment of these folders of templates, those of this floor behind them.

    Its filters: `shown`, a text of a story with its hidden characters named and its direction kept to itself;
    `visible`, the same for an attribute; `inside`, a name as it stands inside a sentence.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([*map(str, folders), str(TEMPLATES)]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {"shown": shown, "visible": visible, "inside": inside}
    return made


def render(template: str, **content) -> Markup:
    """A template of this floor as HTML."""
    return Markup(environment().get_template(template).render(**content))


def shown(value) -> Markup:
    """A text as HTML: escaped, apart from the direction of the page, and its controls to be seen."""
    return Markup("<bdi>{}</bdi>").format(visible(value))


def visible(value):
    """A text with a sign for each character that is not to be seen, and without floods of marks on one letter.

    A control such as ESC becomes its picture (U+2400 and following); others are named in brackets, as in
    `[U+202E]`; beyond four marks upon a letter the rest are counted.
    """
    string = _UNSEEN.sub(_named, str(value))
    return _thinned(string) if any(map(unicodedata.combining, string)) else string


def _named(run):
    code, times = ord(run[1]), len(run[0])
    if code < 0x20 or code == 0x7F:
        return chr(0x2421 if code == 0x7F else 0x2400 + code) * times
    return f"[U+{code:04X}]" if times == 1 else f"[U+{code:04X}, {times} times]"


def _thinned(string):
    pieces = []
    for marks, letters in groupby(string, key=lambda letter: unicodedata.combining(letter) > 0):
        run = "".join(letters)
        more = len(run) - _MOST_MARKS
        pieces.append(f"{run[:_MOST_MARKS]}[{more} more marks]" if marks and more > 0 else run)
    return "".join(pieces)
