"""Many stories at once: the same findings as for one, written as Parquet tables, in this process or on Dask.

`readers` finds the stories of an archive, `story_rows` reads one story, `store` keeps tables and what is finished,
`run` does the work part by part, `truth` compares a run with the edits of a generated archive.
"""

from importlib import import_module

_HOME = {
    "Options": "story_rows",
    "run_corpus": "run",
    "Run": "store",
    "export_story": "readers",
    "score_against_truth": "truth",
    "has_truth": "truth",
    "changed_share": "fates",
    "by_third": "fates",
    "statement_fates": "fates",
    "measure_fates": "fates",
    "means_by": "fates",
    "outcomes": "fates",
}
_MODULES = ["sentences"]

__all__ = list(_HOME)


def __getattr__(name):
    if name in _HOME:
        return getattr(import_module(f"copydesk.corpus.{_HOME[name]}"), name)
    if name in _MODULES:
        return import_module(f"copydesk.corpus.{name}")
    raise AttributeError(f"module 'copydesk.corpus' has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
