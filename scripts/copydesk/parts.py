"""Parts of a notebook that answer when they are touched, and are plain HTML where nothing can answer."""

import os

# Names carry no browser of their own: a report's page has its own style, JupyterLab has none for us.
_STYLE = """<style>
.copydesk-part { --quiet: var(--jp-ui-font-color2, #595959); --rule: var(--jp-border-color2, #d4d4d4);
  font: 14px/1.45 "Helvetica Neue", Arial, sans-serif; color: var(--jp-ui-font-color1, #1a1a1a); }
.copydesk-part .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.copydesk-part table { border-collapse: collapse; font-size: 13px; margin: 0; }
.copydesk-part .table { overflow: auto; max-height: 28rem; margin: .5rem 0; }
.copydesk-part caption { text-align: left; font-weight: bold; padding: .3rem .4rem; caption-side: top; }
.copydesk-part th, .copydesk-part td { text-align: left; vertical-align: top; padding: .25rem .5rem;
  border-bottom: 1px solid var(--rule); white-space: normal; max-width: 34rem; }
.copydesk-part th.number, .copydesk-part td.number { text-align: right; font-variant-numeric: tabular-nums; }
.copydesk-part td.left { text-align: right; } .copydesk-part .concordance td { font-family: Georgia, serif; }
.copydesk-part .words, .copydesk-part blockquote { font-family: Georgia, serif; }
.copydesk-part blockquote { margin: .3rem 0 .8rem; padding: .1rem 0 .1rem .8rem; border-left: 3px solid var(--rule);
  max-width: 46rem; font-size: 15px; }
.copydesk-part .quiet, .copydesk-part .none, .copydesk-part .count { color: var(--quiet); }
.copydesk-part mark { background: #fff0b8; color: #1a1a1a; border-bottom: 2px solid #8a6d00; }
.copydesk-part .answer { font-weight: bold; }
.copydesk-part svg { width: 100%; max-width: 960px; height: auto; background: #fff; }
</style>"""


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
        from IPython.display import Javascript, display

        if can_answer():
            display(Javascript(_KEEP_KEYS))
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


def framed(html):
    """HTML with the style that it needs outside a report's page."""
    return f'<div class="copydesk-part">{_STYLE}{html}</div>'


def html_widget(html=""):
    """An HTML widget as wide as its place."""
    import ipywidgets as w

    widget = w.HTML(layout=w.Layout(width="100%"))
    widget.value = framed(html)
    return widget
