"""Parts of a notebook that answer when they are touched, and are plain HTML where nothing can answer."""

import os
from functools import cache
from pathlib import Path

from copydesk.show.marked_text import marked
from copydesk.show.markup import environment
from copydesk.show.notebook_style import framed

# JupyterLab takes keys that are pressed on a list or a button for its own: "dd" would delete the cell, and
# the arrows would leave the list. An element with this attribute keeps them.
_KEEP_KEYS = """setTimeout(() => element?.closest?.(".jp-OutputArea")?.addEventListener("focusin",
  (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true")), 0)"""


def can_answer():
    """Whether a page with a widget manager is at the other end of this kernel.

    JupyterLab, Notebook and Binder tell the kernel their session; VS Code and Colab leave marks of their
    own. papermill and nbconvert leave none, and get plain HTML, so that no report needs a widget.
    COPYDESK_WIDGETS set to 1 or 0 decides otherwise.
    """
    wish = os.environ.get("COPYDESK_WIDGETS")
    if wish in ("0", "1"):
        return wish == "1"
    return any(os.environ.get(name) for name in ("JPY_SESSION_NAME", "VSCODE_PID", "COLAB_RELEASE_TAG"))


class Part:
    """A part of a notebook: its static HTML, its plain text, and a function that makes its widget."""

    def __init__(self, html, plain, build, name):
        self._html, self._plain, self._build, self._name = html, plain, build, name
        self._made = None

    def __repr__(self):
        return self._plain

    @property
    def widget(self):
        """The ipywidgets widget, made when it is first asked for."""
        if self._made is None:
            self._made = self._build()
        return self._made

    def _ipython_display_(self):
        from IPython.display import display

        if can_answer():
            # Without words of its own: a notebook that is not trusted shows those in the script's place.
            display({"application/javascript": _KEEP_KEYS, "text/html": ""}, raw=True)
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)

    def _repr_mimebundle_(self, include=None, exclude=None):
        page = not can_answer()
        data = {"text/html": self._html if page else framed(self._html), "text/plain": self._plain}
        if not page:
            data |= {
                kind: view
                for kind, view in self.widget._repr_mimebundle_().items()
                if kind.startswith("application/vnd.jupyter.widget-view")
            }
        return data, {"text/html": {"copydesk": {"role": "play", "name": self._name}}}


# --- what the pages to code at are made of ------------------------------------------------------------

WRAP = {"flex_flow": "row wrap", "align_items": "center"}


@cache
def said():
    """The macros of `interactive.html.j2`, each of which gives a piece of HTML."""
    return environment(Path(__file__).parent / "templates").get_template("interactive.html.j2").module


def layout(**look):
    """ipywidgets' Layout."""
    import ipywidgets as w

    return w.Layout(**look)


def html_widget(html=""):
    """An HTML widget as wide as its place."""
    import ipywidgets as w

    widget = w.HTML(layout=w.Layout(width="auto"))
    widget.value = framed(html)
    return widget


def numbered(number, words, most=90, told=""):
    """A line of a list: a number, what is told of it, and the beginning of some words."""
    words = " ".join(words.split())
    return f"{number:>3}{told}  {words if len(words) <= most else words[: most - 1] + '…'}"


def in_context(version, number, layers=(), alone=False):
    """HTML: a sentence, by its place, with the one before and behind it, quietly; or `alone`."""
    spans = version.document.sentences
    reach = 0 if alone else 1
    pieces = []  # (words, whether they are the sentence)
    for n in range(max(0, number - reach), min(len(spans), number + reach + 1)):
        words = marked(version.text, *spans[n], layers if n == number else [])
        pieces.append((words, n == number))
    return str(said().context(pieces))
