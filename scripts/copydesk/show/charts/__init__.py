"""Charts: a table in, a figure out, with its title, its alternative text and the table it draws.

Each function returns a `Chart`. A title states what the table shows; it is computed from it, as is the
alternative text. `url` is a function from an id to a link, for the marks that stand for words.
"""

from importlib import import_module

_HOME = {
    "Chart": "chart",
    "theme": "palette",
    "voices_alone_title": "titles",
    "revision_ribbons": "ribbons",
    "change_positions": "positions",
    "sentence_lives": "lives",
    "similarity_matrix": "matrix",
    "voice_words": "voices",
    "voice_strip": "strip",
    "stance_lanes": "stance",
    "marker_dots": "markers",
    "change_histogram": "corpus",
    "interval_dots": "corpus",
    "gains_and_losses": "corpus",
    "fates_by_kind": "corpus",
}

__all__ = list(_HOME)


def __getattr__(name):
    if name in _HOME:
        return getattr(import_module(f"copydesk.show.charts.{_HOME[name]}"), name)
    raise AttributeError(f"module 'copydesk.show.charts' has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
