"""Copydesk reads two versions of one news story side by side.

What a notebook needs is reachable here by name; each name is imported when it is first used, so that
`import copydesk` costs next to nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "Span": "text",
    "read": "text",
    "split_sentences": "text",
    "read_story": "stories",
    "align_sentences": "alignment",
    "compare_versions": "revisions",
    "find_statements": "statements",
    "find_measures": "measures",
    "InputError": "errors",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name):
    if name in _HOME:
        return getattr(import_module(f"copydesk.{_HOME[name]}"), name)
    raise AttributeError(f"module 'copydesk' has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
