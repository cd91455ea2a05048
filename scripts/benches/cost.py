"""How time grows with length, on texts made to be hard: an exponent for each step and each shape.

An exponent of 1 is time in proportion to length, 2 is four times the time for twice the text. Seconds are the
processor's, so that a busy machine does not show.
"""

import math
import random
import time
from types import SimpleNamespace

import click
from copydesk.corpus.story_rows import Options, RawVersion, read_story_rows, reading_scores
from copydesk.engine.boilerplate import find_boilerplate
from copydesk.engine.measures import measure_rows
from copydesk.engine.revisions import compare_documents
from copydesk.engine.stance import marker_rows
from copydesk.engine.text import Document
from copydesk.stories.statement_rows import match_versions, statement_rows
from copydesk.stories.story import MOST_CHARACTERS, Version, VersionEntry

from benches.common import SMALL, print_table, save_figure

SMALLEST = 6_250
# Where a text half as long took longer than this, a longer one is not tried.
PATIENCE = 20.0
# What grows faster than this is said at the end: n log n between two lengths of this size grows by 1.1.
WORST = 1.35


@click.command(help=__doc__)
@SMALL
@click.option("--longest", default=MOST_CHARACTERS, show_default=True, metavar="N", help="Characters.")
@click.option("--shape", "chosen", multiple=True, metavar="NAME", help="Of the shapes those so named.")
def bench(**given):
    options = SimpleNamespace(**given)
    longest = min(options.longest, 2 * SMALLEST) if options.small else options.longest
    sizes = [longest >> k for k in range(12) if longest >> k >= SMALLEST][::-1]
    shapes = {name: make for name, make in SHAPES.items() if not options.chosen or name in options.chosen}
    _story(make_text("ordinary paragraphs", 4_000))  # codebooks are read once a process
    curves, rows, worst = {}, [], []
    for name in shapes:
        curves[name] = _curve(name, sizes)
        rows.append(_row(name, curves[name]))
        worst += [f"{name}: {step}" for step in STEPS if _exponent(curves[name][step]) > WORST]
    note = f"Seconds for {longest:,} characters; exponents from a quarter of that to it. Above {WORST}: {'; '.join(worst) or 'none'}."
    print_table("How time grows", ["shape", "seconds", *STEPS], rows, note)
    _draw(curves)


# --- shapes -----------------------------------------------------------------------------------------

_LINES = (
    "The mayor of Larnbridge said on Monday that the ferry would stop in winter.",
    "“We have no money for another boat,” she told the council.",
    "Ravenia imposed a travel ban on nine officials of the port and froze their assets.",
    "Some 400 people met in the hall; officials said that the talks were difficult.",
    "It was not clear who would pay, according to a spokesman for the harbour office.",
)


def _repeated(piece):
    return lambda size: piece * (size // len(piece) + 1)


def _numbered(line):
    """Lines that differ by their number alone."""
    return lambda size: "\n\n".join(line.format(n=n) for n in range(size // len(line) + 1))


def _drawn(letters, words):
    def make(size):
        draw = random.Random(1)
        pieces = (
            "".join(draw.choice(letters) for _ in range(1 + draw.randrange(words))) for _ in range(size)
        )
        return " ".join(pieces)

    return make


SHAPES = {
    "ordinary paragraphs": _repeated("\n\n".join(_LINES) + "\n\n"),
    "paragraphs that differ": _numbered(" ".join(_LINES) + " That was day {n}."),
    "one sentence repeated": _repeated(_LINES[0] + " "),
    "one sentence repeated, a line each": _repeated(_LINES[0] + "\n\n"),
    "a quoted line repeated": _repeated("“Good,” he said.\n\n"),
    "a quoted sentence repeated": _repeated("“Good,” he said. "),
    "quoted lines that differ": _numbered("“There are {n} of them,” he said."),
    "a sanctions clause repeated": _repeated("Ravenia imposed an arms embargo and a ban on oil exports. "),
    "a list of sanctions": _repeated("a travel ban, an asset freeze, an arms embargo, "),
    "sanctions that differ": _numbered(
        "Ravenia imposed a ban on {n} companies and froze the assets of {n} people."
    ),
    "leader dots": _repeated(". . . . "),
    "dots": _repeated("."),
    "ellipses": _repeated("And then … "),
    "open quotation marks": _repeated("“so "),
    "closed quotation marks": _repeated("so” "),
    "straight quotation marks": _repeated('"so" '),
    "apostrophes": _repeated("it's 'so' "),
    "open brackets": _repeated("(so "),
    "dashes": _repeated("so - so — "),
    "commas": _repeated("so, "),
    "one word without end": _repeated("ab"),
    "capitals": _repeated("THE MAYOR SAID THE FERRY WOULD STOP. "),
    "names": _repeated("Anna Larn of Ravenia, Boris Holt of Ostmark, "),
    "names that differ": _numbered("Anna Larn{n} said that Boris Holt{n} was ill."),
    "initials": _repeated("J. R. R. A. B. "),
    "numbers": _repeated("1,000.5 3 20 "),
    "line breaks": _repeated("so\n"),
    "blank lines": _repeated("\n \n"),
    "blanks": lambda size: "So it was" + " " * size + "said.",
    "said": _repeated("said that he said "),
    "pronouns": _repeated("She said he told her that they knew. "),
    "headings": _repeated("Read more\nShare this\nAdvertisement\n"),
    "bullets": _repeated("- so it was\n- so it will be\n"),
    "random letters": _drawn("abcdefghijklmnopqrstuvwxyz", 12),
    "random marks": _drawn("ab.,;:!?\"'“”‘’()[]-–—…% \n", 9),
    "emoji and marks upon letters": _repeated("Z\u0337\u0321\u0334a 🙂 "),
}


def make_text(shape, size):
    """A text of so many characters; its first line is a sentence, since a page without an article is no version."""
    return f"{_LINES[0]}\n\n{SHAPES[shape](size)}"[:size]


# --- steps ------------------------------------------------------------------------------------------


def _version(text, name):
    return Version(VersionEntry.model_construct(id=name, file="", label=name), text, story="s")


def _edited(text):
    """The text with a piece gone from its middle, and another sentence at its end."""
    middle = len(text) // 2
    return f"{text[:middle]}{text[middle + len(text) // 50 + 1 :]}\n\nThe mayor denied it.\n"


def _measure(shape, size):
    """dict from step to the processor's seconds."""
    text = make_text(shape, size)
    times, found = {}, {}

    def step(name, work):
        start = time.process_time()
        found[name] = work()
        times[name] = time.process_time() - start

    one, other = _version(text, "one"), _version(_edited(text), "two")
    step("sentences", lambda: (Document(text).sentences, one._page.sentences, other._page.sentences))
    times["sentences"] /= 3
    step("boilerplate", lambda: find_boilerplate(one._page))
    docs = one.document, other.document
    step("links, edits", lambda: compare_documents(*docs))
    step("statements", lambda: statement_rows(one))
    later = statement_rows(other)
    step("match", lambda: match_versions(found["statements"], later))
    step("markers", lambda: marker_rows(docs[0], ("s", "one", "one:Q0001"), list(docs[0].sentences), []))
    step("measures", lambda: measure_rows(docs[0]))
    step("readability", lambda: reading_scores(docs[0]))
    step("a story", lambda: _story(text))
    return times


STEPS = ["sentences", "boilerplate", "links, edits", "statements", "match", "markers", "measures", "readability", "a story"]  # fmt: skip


def _story(text):
    """All that a run does for a story of two versions."""
    raw = [RawVersion("one", None, text), RawVersion("two", None, _edited(text))]
    return read_story_rows("s", raw, Options(longest=2 * len(text) + 100))


def _curve(shape, sizes):
    """dict from step to a list of (characters, seconds)."""
    curve = {step: [] for step in STEPS}
    for size in sizes:
        times = _measure(shape, size)
        for step in STEPS:
            curve[step].append((size, times[step]))
        if times["a story"] > PATIENCE:
            break
    return curve


def _exponent(points):
    """From a quarter of the longest to it, where it took long enough to tell; nan where it did not."""
    told = [point for point in points[-3:] if point[1] >= 0.02]
    if len(told) < 2 or told[-1][1] < 0.05:
        return math.nan
    (first, before), (whole, after) = told[0], told[-1]
    return math.log(after / before) / math.log(whole / first)


def _row(name, curve):
    exponents = [_exponent(curve[step]) for step in STEPS]
    _, seconds = curve["a story"][-1]
    return [name, f"{seconds:.1f}", *("–" if math.isnan(one) else f"{one:.1f}" for one in exponents)]


def _draw(curves):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.add_subplot()
    last = sorted(curves, key=lambda name: -curves[name]["a story"][-1][1])
    for name in last[::-1]:
        points = curves[name]["a story"]
        style = {"label": name, "lw": 1.6} if name in last[:6] else {"color": "#bbbbbb", "lw": 0.8}
        axes.plot([size for size, _ in points], [seconds for _, seconds in points], "o-", ms=2.5, **style)
    axes.set(
        xscale="log", yscale="log", xlabel="characters a version", ylabel="seconds of a processor",
        title="A story of two versions, by the shape of its text",
    )  # fmt: skip
    axes.legend(frameon=False, fontsize=8, title="the six slowest")
    save_figure(figure, "cost")
