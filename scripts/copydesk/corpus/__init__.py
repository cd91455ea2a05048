"""Many stories at once: the same findings as for one, written as Parquet tables, in this process or on Dask.

`readers` finds the stories of an archive, `work` reads one story, `store` keeps tables and what is finished,
`run` does the work part by part, `truth` compares a run with the edits of a generated archive.
"""

from importlib import import_module

_HOME = {
    "Options": "work",
    "run_corpus": "run",
    "Run": "store",
    "export_story": "readers",
    "score_against_truth": "truth",
    "has_truth": "truth",
    "changed_share": "summaries",
    "by_third": "summaries",
    "statement_fates": "summaries",
    "measure_fates": "summaries",
    "means_by": "summaries",
    "outcomes": "summaries",
}
_MODULES = ["summaries"]

__all__ = list(_HOME)


def __getattr__(name):
    if name in _HOME:
        return getattr(import_module(f"copydesk.corpus.{_HOME[name]}"), name)
    if name in _MODULES:
        return import_module(f"copydesk.corpus.{name}")
    raise AttributeError(f"module 'copydesk.corpus' has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
