"""How objects of the lower floors show themselves as the last line of a notebook's cell."""

from typing import Any

from copydesk.show.markup import render
from copydesk.show.notebook_style import framed


def comparison(one: Any) -> str:
    """Two versions side by side, the changed sentences only, as HTML. one: Comparison."""
    from copydesk.show.marked_text import side_by_side

    return framed(_titled(repr(one), side_by_side(one, changes_only=True)))


def story(one: Any) -> str:
    """The versions of a story, where they come from and how long they are, as HTML. one: Story."""
    sizes = {name: (v.words, len(v.document.sentences)) for name, v in one.versions.items()}
    table = one.provenance[["version", "label", "date", "source"]].assign(
        words=[words for words, _ in sizes.values()], sentences=[n for _, n in sizes.values()]
    )
    return _titled(one.title, table.to_html(index=False, border=0, na_rep=""))


def _titled(title, body):
    return str(render("titled.html.j2", title=title, body=body))


def register(shell: Any) -> None:
    """Tell an IPython shell how to show what shows itself."""
    html = shell.display_formatter.formatters["text/html"]
    html.for_type_by_name("copydesk.stories.comparison", "Comparison", comparison)
    html.for_type_by_name("copydesk.stories.story", "Story", story)
