"""Imports of libraries without the slow parts of theirs that nothing here uses."""

import sys
from types import ModuleType


def nltk():
    """Import NLTK and return it.

    NLTK imports scipy.stats, half a second in every kernel, for Fisher's exact test among its association
    measures: it gets a function in its place that imports scipy when somebody calls it. It imports
    scipy.sparse for a parser that works with scikit-learn only, which no environment of ours has. Its regular
    expressions stop after five seconds by the clock, even in a process that was only made to wait: ours have no limit.
    """
    stand_ins = {"scipy.stats": ModuleType("scipy.stats"), "scipy.sparse": None}
    stand_ins["scipy.stats"].fisher_exact = _fisher_exact
    if "nltk" in sys.modules or any(name in sys.modules for name in stand_ins):
        stand_ins = {}
    sys.modules.update(stand_ins)
    try:
        import nltk
    finally:
        for name in stand_ins:
            del sys.modules[name]
    if "nltk.redos" in sys.modules:  # since 3.10
        sys.modules["nltk.redos"].DEFAULT_TIMEOUT = None
    return nltk


def _fisher_exact(*arguments, **options):
    from scipy.stats import fisher_exact

    return fisher_exact(*arguments, **options)


def papermill():
    """Import papermill and return it.

    jsonschema, which it imports, looks for packages that check international web addresses and durations, and
    compile grammars at import for more than a second; a notebook's schema asks for no such check. papermill itself
    looks for pyarrow, to read notebooks from Hadoop.
    """
    stand_ins = [name for name in ("rfc3987_syntax", "isoduration", "pyarrow") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(stand_ins))
    try:
        import papermill
    finally:
        for name in stand_ins:
            del sys.modules[name]
    return papermill
