"""How objects of the lower floors show themselves as the last line of a notebook's cell."""

from html import escape
from typing import Any


def comparison(one: Any) -> str:
    """Two versions side by side, the changed sentences only, as HTML. one: Comparison."""
    from copydesk.show.marked_text import side_by_side
    from copydesk.show.notebook_style import framed

    return framed(f"<p>{escape(repr(one))}</p>{side_by_side(one, changes_only=True)}")


def register(shell: Any) -> None:
    """Tell an IPython shell how to show what shows itself."""
    html = shell.display_formatter.formatters["text/html"]
    html.for_type_by_name("copydesk.stories.comparison", "Comparison", comparison)
