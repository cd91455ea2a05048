"""Speakers against a coding of whole articles: who is one person, and for whom each statement is made.

FILE is a CSV with a row a statement (document, content_spans, source_start, source_end, cue_start, cue_end, person,
actor, optional), offsets in code points of `texts/DOCUMENT.txt` beside it. The rules are given the coded statements, so
that only the speakers are scored. `persons`: B-cubed F1 (Bagga & Baldwin 1998) of the ids against the coded persons,
within each article. `actors`: the share of statements that speak for a state, body, company, party or paper, or for
nobody, as the coding says.
"""

import csv
import re
from collections import Counter, defaultdict

import click
from copydesk.engine.spans import Span, read_spans
from copydesk.engine.speakers import NO_ACTOR, UNRESOLVED, resolve
from copydesk.engine.speakers.limits import LIMITS
from copydesk.engine.statements import Statement, find_statements
from copydesk.engine.text import Document
from copydesk.engine.toml_files import read_text
from copydesk.errors import InputError
from copydesk.stories.story import read_story

from benches.attribution import read_gold
from benches.common import PATH, SMALL, SWEEP, print_table, run_in_turns, sweep


@click.command(help=__doc__)
@SMALL
@click.option("--gold", type=PATH, metavar="FILE", help="A coding of whole articles, a CSV file.")
@click.option(
    "--also", type=PATH, metavar="FILE",
    help="Articles of the bench attribution, where a sweep counts which speakers change.",
)  # fmt: skip
@SWEEP
@click.option("--rounds", default=9, show_default=True, help="Runs whose median time is taken.")
def bench(small, gold, also, rounds, **given):
    articles = [_coded(*one) for one in _read_gold(gold)] if gold else []
    others = read_gold(also) if also else []
    if given["sweep"]:
        if not articles:
            raise InputError("--sweep varies the limits on coded articles; give them with --gold FILE.")
        more = [(Document(one["text"]), find_statements(one["text"])) for one in others]

        def read():
            texts = [(Document(doc.text), said) for doc, said, _ in articles] + more
            return [(one, k) for k, text in enumerate(texts) for one in resolve(text[1], text[0])]

        title = f"{gold.name}: speakers, one limit at a time"
        sweep(
            title, LIMITS, "copydesk.engine.speakers", read, COLUMNS, lambda found: figures(articles, found)
        )
        return
    if articles:
        found = [(one, k) for k, (doc, said, _) in enumerate(articles) for one in resolve(said, doc)]
        cells = [str(len(found)), *figures(articles, found)]
        print_table(f"{gold.name}, {len(articles)} articles", ["statements", *COLUMNS], [cells])
    _time(5 if small else rounds)


COLUMNS = ["persons", "actors", "unresolved"]


def _read_gold(path):
    """[(text, its coded rows)] of each article."""
    rows = defaultdict(list)
    for row in csv.DictReader(read_text(path).splitlines()):
        rows[row["document"]].append(row)
    return [(read_text(path.parent / "texts" / f"{name}.txt"), own) for name, own in rows.items()]


def _coded(text, rows):
    """(Document, the coded statements, their rows)."""

    def span(row, role):
        return Span(int(row[f"{role}_start"]), int(row[f"{role}_end"])) if row[f"{role}_start"] else None

    said = [
        Statement(span(row, "source"), span(row, "cue"), tuple(read_spans(row["content_spans"])), row["quotation"])
        for row in rows
    ]  # fmt: skip
    return Document(text), said, rows


def figures(articles, found):
    """The cells of `COLUMNS`; optional rows count too, since each has a speaker."""
    right, unresolved, total, persons = 0, 0, 0, 0.0
    voices = iter(found)
    for _, _, rows in articles:
        own = [next(voices)[0] for _ in rows]
        pairs = [(voice.source_id, row["person"]) for voice, row in zip(own, rows, strict=True)]
        persons += b_cubed(pairs) * len(pairs)
        right += sum(_same(voice, row["actor"]) for voice, row in zip(own, rows, strict=True))
        unresolved += sum(voice.actor == UNRESOLVED for voice in own)
        total += len(rows)
    return [f"{persons / total:.3f}", f"{right / total:.3f}", str(unresolved)]


def _same(voice, coded):
    actor = _letters(voice.actor)
    return actor == _letters(coded) or (not coded and voice.actor in NO_ACTOR)


def _letters(name):
    return re.sub(r"[\W_]+", "", name.casefold().removeprefix("the "))


def b_cubed(pairs):
    """F1 of a partition against another: pairs are (found, coded) of each item."""
    found, coded, both = Counter(f for f, _ in pairs), Counter(c for _, c in pairs), Counter(pairs)
    precision = sum(both[pair] / found[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / coded[pair[1]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def _time(rounds):
    """Milliseconds for the speakers of the bundled story, beside those for its statements."""
    texts = [version.body for version in read_story("north-korea-sanctions").versions.values()]
    said = [find_statements(text) for text in texts]
    methods = {
        "statements": lambda k: find_statements(texts[k]),
        "speakers": lambda k: resolve(said[k], texts[k]),
    }
    _, times = run_in_turns(methods, range(len(texts)), rounds)
    rows = [[name, f"{sum(own) / len(own):.1f}"] for name, own in times.items()]
    print_table("Milliseconds a version of the bundled story, tokens included", ["what", "ms"], rows)
