"""Imports of libraries without the slow parts of theirs that nothing here uses."""

import sys
from types import ModuleType


def nltk():
    """Import NLTK and return it.

    NLTK imports scipy.stats, half a second in every kernel, for Fisher's exact test among its association
    measures. It gets a function in its place that imports scipy when somebody calls it.
    """
    waiting = "nltk" not in sys.modules and "scipy.stats" not in sys.modules
    if waiting:
        sys.modules["scipy.stats"] = stand_in = ModuleType("scipy.stats")
        stand_in.fisher_exact = _fisher_exact
    try:
        import nltk
    finally:
        if waiting:
            del sys.modules["scipy.stats"]
    return nltk


def _fisher_exact(*arguments, **options):
    from scipy.stats import fisher_exact

    return fisher_exact(*arguments, **options)


def without_iri_grammar():
    """Call before anything imports jsonschema, as nbformat does.

    jsonschema looks for this package, which compiles the grammar of international web addresses at import,
    for more than a second; a notebook's schema asks for no such check.
    """
    if "jsonschema" not in sys.modules:
        sys.modules.setdefault("rfc3987_syntax", None)
