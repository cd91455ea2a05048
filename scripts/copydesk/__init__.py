"""Copydesk reads two versions of one news story side by side.

What a notebook needs is reachable here by name; each name is imported when it is first used, so that
`import copydesk` costs next to nothing.
"""

import sys
from importlib import import_module

_HOME = {
    "InputError": "errors",
    "Span": "engine.spans",
    "read": "engine.text",
    "split_sentences": "engine.text",
    "read_story": "stories.story",
    "align_sentences": "engine.alignment",
    "compare_versions": "stories.comparison",
    "find_statements": "engine.statements",
    "statements_table": "stories.tables",
    "markers_table": "stories.tables",
    "suggest_stances": "stories.tables",
    "vader_table": "stories.tables",
    "find_measures": "stories.tables",
    "measures_table": "stories.tables",
    "measures_glossary": "stories.tables",
    "outcome_table": "stories.outcome",
    "open_page": "pages.story_page",
    "open_corpus_page": "pages.corpus_page",
    "bring": "pages.interactive.bringing",
    "explore": "pages.interactive.explorer",
}
_MODULES = {
    "alignment": "engine.alignment",
    "boilerplate": "engine.boilerplate",
    "charts": "show.charts",
    "coding": "stories.coding",
    "controls": "pages.interactive.controls",
    "corpus": "corpus",
    "marked_text": "show.marked_text",
    "measures": "engine.measures",
    "readability": "stories.readability",
    "resolved": "stories.resolved",
    "revisions": "stories.comparison",
    "sentences": "show.sentences",
    "speakers": "engine.speakers",
    "stance": "engine.stance",
    "statements": "engine.statements",
    "statistics": "stories.statistics",
    "stories": "stories",
    "tables": "show.tables",
    "text": "engine.text",
}

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


# Where a notebook or IPython has us: how objects of ours show themselves there.
if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()):
    from copydesk.show.reprs import register

    register(_shell)
