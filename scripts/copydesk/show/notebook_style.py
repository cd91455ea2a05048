"""The style of what is shown in a notebook, where no report's page lends its own."""

import re
from functools import cache
from pathlib import Path

from copydesk.show.markup import render

# What must not be lost where JupyterLab trusts a notebook too little to take its style sheet.
_CELL = re.compile(r"<(t[dh])(?=[ >])(?![^>]*\bnumber\b)")
_ON_ELEMENTS = {
    'class="sr"': 'class="sr" style="display: none"',
    'class="paraphrase"': 'class="paraphrase" style="font-style: italic"',
    'class="quoted"': 'class="quoted" style="font-style: normal"',
}


def framed(html):
    """HTML with the style that it needs outside a report's page."""
    html = _CELL.sub(r'<\1 style="text-align: left"', html)
    for plain, styled in _ON_ELEMENTS.items():
        html = html.replace(plain, styled)
    return str(render("framed.html.j2", style=style(), html=html))


@cache
def style():
    """str: the style sheet of what is shown in a notebook, each rule confined to `.copydesk-part`."""
    return (Path(__file__).parent / "templates" / "part.css").read_text(encoding="utf-8")
