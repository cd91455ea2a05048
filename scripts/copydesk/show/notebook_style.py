"""The style of what is shown in a notebook, where no report's page lends its own."""

from functools import cache
from pathlib import Path

from copydesk.show.markup import render


def framed(html):
    """HTML with the style that it needs outside a report's page."""
    return str(render("framed.html.j2", style=style(), html=html))


@cache
def style():
    """str: the style sheet of what is shown in a notebook, each rule confined to `.copydesk-part`."""
    return (Path(__file__).parent / "templates" / "part.css").read_text(encoding="utf-8")
