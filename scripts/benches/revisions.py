"""Edits between linked versions: how many, how many words they mark, and time beside difflib on the same words.

No coding says which edits a reader would see, so that this bench counts what a choice changes: fewer edits are easier
to follow, fewer marked words are closer to what was written anew.
"""

import difflib
from types import SimpleNamespace

import click
from copydesk.engine.revisions import compare_documents
from copydesk.engine.revisions.changes import describe_changes
from copydesk.engine.revisions.limits import LIMITS
from copydesk.engine.text import Document, is_word, normal_words

from benches.alignment import make_pairs, read_gold
from benches.common import PATH, SMALL, SWEEP, print_table, run_in_turns, sweep


@click.command(help=__doc__)
@SMALL
@click.option(
    "--gold", type=PATH, multiple=True, metavar="FILE", help="Pairs of texts, as for the bench alignment."
)
@SWEEP
@click.option("--pairs", default=60, show_default=True, metavar="N", help="How many pairs to make.")
@click.option("--seed", default=1, show_default=True, metavar="N", help="The seed of what is made.")
def bench(**given):
    options = SimpleNamespace(**given)
    pairs = [pair for path in options.gold for pair in read_gold(path)] or make_pairs(options)
    pairs = [("\n\n".join(pair["before"]), "\n\n".join(pair["after"])) for pair in pairs]
    if options.sweep:
        title = f"Edits between {len(pairs)} pairs, one limit at a time"
        package = "copydesk.engine.revisions"
        sweep(title, LIMITS, package, lambda: [compare(pair) for pair in pairs], COLUMNS, figures)
        return
    results, times = run_in_turns(METHODS, pairs, rounds=1 if options.small else 3)
    rows = [
        [name, *figures(found), f"{sum(times[name]) / len(pairs):.1f}"] for name, found in results.items()
    ]
    print_table(f"Edits between {len(pairs)} pairs", ["method", *COLUMNS, "ms a pair"], rows)


COLUMNS = ["edits", "words marked", "moves", "sentences changed in substance"]


def compare(pair):
    """(edits as (kind, words marked), kinds of change) of a pair of texts; voices are left out."""
    docs = [Document(text) for text in pair]
    revision = compare_documents(*docs)

    def words(doc, start, end):
        return sum(map(is_word, normal_words(doc.text[start:end])))

    edits = [
        (edit.kind, words(docs[0], *edit[2:4]), words(docs[1], *edit[4:6]), edit) for edit in revision.edits
    ]
    return edits, [change.change for change in describe_changes(revision, *docs, voices=((), ()))]


def difflib_words(pair):
    """difflib on the words of the whole texts, for the same counts."""
    words = [normal_words(text) for text in pair]
    codes = difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes()
    return [
        (kind, sum(map(is_word, words[0][i:p])), sum(map(is_word, words[1][j:q])))
        for kind, i, p, j, q in codes
        if kind != "equal"
    ], []


def figures(found):
    """The cells of `COLUMNS`."""
    edits = [edit for one, _ in found for edit in one]
    counts = (
        len(edits),
        sum(before + after for _, before, after, *_ in edits),
        sum(edit[0] == "move" for edit in edits),
        sum(change == "substance" for _, changes in found for change in changes),
    )
    return [f"{count}" for count in counts]


METHODS = {"Copydesk": compare, "difflib on words": difflib_words}
