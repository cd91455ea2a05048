"""Copydesk reads two versions of one news story side by side.

What a notebook needs is reachable here by name; each name is imported when it is first used, so that
`import copydesk` costs next to nothing.
"""

from importlib import import_module

_HOME = {
    "InputError": "errors",
    "Span": "text",
    "read": "text",
    "split_sentences": "text",
    "read_story": "stories",
    "align_sentences": "alignment",
    "compare_versions": "revisions",
    "find_statements": "statements",
    "statements_table": "actors",
    "markers_table": "stance",
    "find_measures": "measures",
    "measures_table": "measures",
    "outcome_table": "outcomes",
    "open_desk": "desk",
    "open_corpus_desk": "corpus.desk",
    "explore": "lab.explorer",
}
_NAMES = [
    "actors",
    "alignment",
    "boilerplate",
    "charts",
    "coding",
    "corpus",
    "findings",
    "inference",
    "measures",
    "readability",
    "revisions",
    "settled",
    "stance",
    "statements",
    "stories",
    "tables",
    "text",
    "views",
]

_MODULES = {name: name for name in _NAMES} | {"play": "lab.play"}

__all__ = ["__version__", *_HOME, *_MODULES]  # noqa: PLE0604


def __getattr__(name):
    if name in _HOME:
        return getattr(import_module(f"copydesk.{_HOME[name]}"), name)
    if name in _MODULES:
        return import_module(f"copydesk.{_MODULES[name]}")
    if name == "__version__":
        from importlib.metadata import version

        return version("copydesk")
    raise AttributeError(f"module 'copydesk' has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
