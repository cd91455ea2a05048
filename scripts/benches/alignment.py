"""Links between sentences: accuracy and time beside other methods, and how the time grows."""

import difflib
import json
import math
import time
from collections import Counter
from functools import partial
from types import SimpleNamespace

import click
import numpy as np
from copydesk.corpus.generator import Rates, edit_sentences, edit_text, synthetic_sentences
from copydesk.engine.alignment import PRESETS, align_sentences, similarities
from copydesk.errors import InputError
from copydesk.stories.story import read_story

from benches.common import PATH, SMALL, SWEEP, around, print_table, run_in_turns, save_figure

STORY = "north-korea-sanctions"


@click.command(help=__doc__)
@SMALL
@click.option(
    "--gold", type=PATH, multiple=True, metavar="FILE",
    help='JSON: [{"id", "before": [str], "after": [str], "links": [[i, j], …]}, …]; several times for several '
    "files. Without it, a real text is edited by known operations.",
)  # fmt: skip
@click.option("--preset", type=click.Choice(sorted(PRESETS)), default="revision", show_default=True)
@SWEEP
@click.option("--pairs", default=60, show_default=True, metavar="N", help="How many pairs to make.")
@click.option("--seed", default=1, show_default=True, metavar="N", help="The seed of what is made.")
def bench(**given):
    options = SimpleNamespace(**given)
    if options.gold:
        sources = {path.stem: read_gold(path) for path in options.gold}
    else:
        sources = {"alignment": make_pairs(options)}
    if options.sweep:
        _sweep(sources, options.preset)
        _shake(sources, options.preset, options.seed)
        _sweep_cost(options.preset, 200 if options.small else 1000)
        return
    sizes = [30, 100, 300, 1000] if options.small else [30, 100, 300, 1000, 2000, 4000]
    curve = _curve(sizes, options.preset)
    for name, pairs in sources.items():
        _compare(name, pairs, curve, options)


def _compare(name, pairs, curve, options):
    source = name if options.gold else f"{len(pairs)} edited pairs of {STORY}"
    methods = {
        "Copydesk": lambda pair: align_sentences(pair["before"], pair["after"], options.preset),
        **{name: partial(method, preset=options.preset) for name, method in PEERS.items()},
    }
    results, milliseconds = run_in_turns(methods, pairs, rounds=1 if options.small else 3)
    scores = {name: score(pairs, links) for name, links in results.items()}
    times = {name: sum(values) / len(values) for name, values in milliseconds.items()}
    rows = [_row(name, scores[name], times[name]) for name in methods]
    slow = next(name for name in PEERS if "both ways" in name)
    note = f"Copydesk takes {times['Copydesk'] / times[slow]:.2f} of the time of {slow}, all included."
    columns = ["method", "P", "R", "F1", "F1 all", "R many", "R crossing", "ms a pair"]
    print_table(f"{source}, preset {options.preset}: P, R, F1 on links that differ", columns, rows, note)
    figure = f"alignment-{name}" if options.gold else "alignment"
    save_figure(_draw(scores, times, curve, source), figure)


def _row(name, scores, milliseconds):
    values = [scores[key] for key in ("precision", "recall", "f1", "f1_all", "many", "crossing")]
    return [name, *("–" if math.isnan(value) else f"{value:.3f}" for value in values), f"{milliseconds:.2f}"]


# --- pairs with known links -------------------------------------------------------------------------


def read_gold(path):
    try:
        pairs = json.loads(path.read_text(encoding="utf-8"))
        for number, pair in enumerate(pairs):
            sizes = len(pair["before"]), len(pair["after"])
            if not all(0 <= k < size for link in pair["links"] for k, size in zip(link, sizes, strict=True)):
                raise InputError(f"{path}, entry {number}: a link points at no sentence; fix the indices.")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); give a file of links.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, InputError):
            raise
        wanted = 'a JSON list of {"id", "before", "after", "links"}'
        raise InputError(f"{path} is not a file of links ({error}); give {wanted}.") from error
    if not pairs:
        raise InputError(f"{path} holds no pair; give a file that has one.")
    return pairs


def make_pairs(options):
    versions = list(read_story(STORY).versions.values())
    number = 12 if options.small else options.pairs
    # Every third pair has much of its text moved about.
    rates = [Rates(), Rates(reword=0.5, strength=0.4), Rates(move=0.15)]
    made = []
    for k in range(number):
        pair = edit_text(versions[k % len(versions)].document, options.seed + k, rates[k % len(rates)])
        made.append({"id": str(k), "before": pair.before, "after": pair.after, "links": pair.links})
    return made


def score(pairs, predictions):
    """dict of micro-averages: `precision`, `recall`, `f1` over links whose sentences differ, `f1_all` over all,
    recall of links in splits and merges (`many`) and of links that cross another (`crossing`)."""
    n = Counter()
    for pair, links in zip(pairs, predictions, strict=True):
        n.update(_tally(pair, links))

    def rate(name, of):
        return n[name, "hit"] / n[name, of] if n[name, of] else math.nan

    def f1(name):
        return 2 * n[name, "hit"] / max(1, n[name, "want"] + n[name, "got"])

    return {
        "precision": rate("differ", "got"),
        "recall": rate("differ", "want"),
        "f1": f1("differ"),
        "f1_all": f1("all"),
        "many": rate("many", "want"),
        "crossing": rate("crossing", "want"),
    }


def _tally(pair, links):
    """Counter of the links of a pair that are wanted (`want`), found (`got`) and both (`hit`), for each kind."""
    want, got = {tuple(link) for link in pair["links"]}, {tuple(link[:2]) for link in links}
    differ = {(i, j) for i, j in want | got if pair["before"][i] != pair["after"][j]}
    left, right = Counter(i for i, _ in want), Counter(j for _, j in want)
    many = {(i, j) for i, j in want if left[i] > 1 or right[j] > 1}
    crossing = {(i, j) for i, j in want if any((i - a) * (j - b) < 0 for a, b in want)}
    n = Counter()
    for name, wanted, found in (
        ("all", want, got),
        ("differ", want & differ, got & differ),
        ("many", many, got),
        ("crossing", crossing, got),
    ):
        n[name, "hit"], n[name, "want"], n[name, "got"] = len(wanted & found), len(wanted), len(found)
    return n


# --- the peers --------------------------------------------------------------------------------------


def difflib_sentences(pair, preset):
    """difflib on the lists of sentences; those of a replaced block are linked in order."""
    matcher = difflib.SequenceMatcher(None, pair["before"], pair["after"], autojunk=False)
    links = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind in ("equal", "replace"):
            links += zip(range(start, end), range(other_start, other_end), strict=False)
    return links


def ndiff_words(pair, preset):
    """difflib.ndiff on the sentences; a removed one is linked to the first added one, in order, that holds more
    than .8 of the words of the shorter (an earlier way of NewsEdits; Spangher et al. 2022)."""
    links, removed, added, i, j = [], [], [], 0, 0
    for line in difflib.ndiff(pair["before"], pair["after"]):
        if line.startswith("  "):
            links.append((i, j))
        elif line.startswith("- "):
            removed.append(i)
        elif line.startswith("+ "):
            added.append(j)
        i += line.startswith(("  ", "- "))
        j += line.startswith(("  ", "+ "))
    words = [[set(sentence.split()) for sentence in pair[side]] for side in ("before", "after")]
    for i in removed:
        for j in added:
            shorter = max(1, min(len(words[0][i]), len(words[1][j])))
            if len(words[0][i] & words[1][j]) / shorter > 0.8:
                links.append((i, j))
                added.remove(j)
                break
    return links


# The least ratios and cosines that serve these two best on the development data.
LEAST = {"revision": (0.3, 0.3), "rewrite": (0.0, 0.1)}


def matcher_both_ways(pair, preset):
    """SequenceMatcher on the words of all pairs, from either side; two that are each other's best are linked."""
    before, after = ([sentence.split() for sentence in pair[side]] for side in ("before", "after"))
    best_after = [best_of(words, after) for words in before]
    best_before = [best_of(words, before) for words in after]
    least = LEAST[preset][0]
    return [(i, j) for i, (j, ratio) in enumerate(best_after) if ratio > least and best_before[j][0] == i]


def best_of(words, others):
    """(the place of the list of words that is most like this one, SequenceMatcher's ratio of the two)."""
    matcher = difflib.SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(words)
    best, highest = -1, 0.0
    for number, other in enumerate(others):
        matcher.set_seq1(other)
        ratio = matcher.ratio()
        if ratio > highest:
            best, highest = number, ratio
    return best, highest


def hungarian(pair, preset):
    """Cosines of TF-IDF word counts, assigned one to one (Kuhn 1955)."""
    from scipy.optimize import linear_sum_assignment

    sentences = [Counter(sentence.lower().split()) for sentence in pair["before"] + pair["after"]]
    ids = {}
    for words in sentences:
        for word in words:
            ids.setdefault(word, len(ids))
    counts = np.zeros((len(sentences), len(ids)))
    for number, words in enumerate(sentences):
        counts[number, [ids[word] for word in words]] = list(words.values())
    weighted = counts * (np.log((1 + len(sentences)) / (1 + (counts > 0).sum(axis=0))) + 1)
    weighted /= np.maximum(np.linalg.norm(weighted, axis=1, keepdims=True), 1e-12)
    cosines = weighted[: len(pair["before"])] @ weighted[len(pair["before"]) :].T
    rows, columns = linear_sum_assignment(-cosines)
    least = LEAST[preset][1]
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if cosines[i, j] > least]


PEERS = {
    "difflib on sentences": difflib_sentences,
    "ndiff, .8 of the words": ndiff_words,
    "SequenceMatcher on words, both ways": matcher_both_ways,
    "TF-IDF words, Hungarian": hungarian,
}


# --- growth, sweeps, figure --------------------------------------------------------------------------


def _curve(sizes, preset):
    """Time, plausible pairs and memory for texts of invented words; list of (sentences, ms, pairs, MB)."""
    import tracemalloc

    if preset == "rewrite":
        sizes = [size for size in sizes if size <= 1000]
    rows = []
    for size in sizes:
        pair = edit_sentences(synthetic_sentences(size, 1), 2)
        start = time.perf_counter()
        align_sentences(pair.before, pair.after, preset)
        milliseconds = 1000 * (time.perf_counter() - start)
        plausible = np.count_nonzero(similarities(pair.before, pair.after))
        tracemalloc.start()
        align_sentences(pair.before, pair.after, preset)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        rows.append((size, milliseconds, plausible, peak))
    columns = ["sentences a version", "ms", "plausible pairs", "all pairs", "peak MB"]
    cells = [[str(n), f"{ms:.0f}", str(pairs), str(n * n), f"{mb:.0f}"] for n, ms, pairs, mb in rows]
    print_table("Growth, on texts of invented words", columns, cells)
    return rows


def _sweep(sources, preset):
    """Give each parameter other values, one at a time; the standard error of the change shows what is chance."""
    chosen = vars(PRESETS[preset])
    usual = {name: _tallies(pairs, preset, {}) for name, pairs in sources.items()}
    columns = ["parameter", "value"]
    for name in sources:
        columns += [f"{name}: F1", "change", "s.e.", "R many"]
    rows = []
    for option, own in chosen.items():
        for value in around(own):
            row = [option, f"{value:g}{' (chosen)' if value == own else ''}"]
            for name, pairs in sources.items():
                tallies = _tallies(pairs, preset, {option: value})
                f1, change, error = _change(tallies, usual[name])
                row += [f"{f1:.4f}", f"{change:+.4f}", f"{error:.4f}", f"{_recall(tallies, 'many'):.3f}"]
            rows.append(row)
    note = "F1 on links that differ. s.e.: the standard error of the change, were other pairs of texts drawn."
    print_table(f"Preset {preset}, one parameter at a time", columns, rows, note)


_DRAWS = 30


def _shake(sources, preset, seed):
    """Change all shares and weights together, by about a tenth each: how much of the score is a lucky choice."""
    chosen = vars(PRESETS[preset])
    generator = np.random.default_rng(seed)
    shaken = [
        {name: own * generator.normal(1, 0.1) for name, own in chosen.items() if isinstance(own, float)}
        for _ in range(_DRAWS)
    ]
    rows = []
    for name, pairs in sources.items():
        usual, *others = (_f1(_tallies(pairs, preset, overrides)) for overrides in ({}, *shaken))
        rows.append([name, f"{usual:.4f}", f"{np.mean(others):.4f}", f"{np.std(others):.4f}"])
    columns = ["texts", "F1", f"mean of {_DRAWS} shaken", "s.d."]
    print_table(f"Preset {preset}, all parameters shaken together by a tenth", columns, rows)


def _tallies(pairs, preset, overrides):
    """dict from kind to an array, a row for each pair of texts: links found and wanted, wanted, found."""
    tallies = [_tally(p, align_sentences(p["before"], p["after"], preset, **overrides)) for p in pairs]
    return {
        kind: np.array([[one[kind, what] for what in ("hit", "want", "got")] for one in tallies])
        for kind in ("differ", "many")
    }


def _recall(tallies, kind):
    hit, want, _ = tallies[kind].sum(axis=0)
    return hit / want if want else math.nan


def _f1(tallies):
    hit, want, got = tallies["differ"].sum(axis=0)
    return 2 * hit / max(1, want + got)


def _change(tallies, usual):
    """(F1, how much it differs from the usual, the standard error of that, by the pairs' influences)."""
    influences = []
    for one in (tallies, usual):
        hit, want, got = one["differ"].T
        influences.append((2 * hit - _f1(one) * (want + got)) / max(1, (want + got).sum()))
    error = float(np.sqrt(((influences[0] - influences[1]) ** 2).sum()))
    return _f1(tallies), _f1(tallies) - _f1(usual), error


def _sweep_cost(preset, size):
    """What `most_pairs` is there for: the time that common words cost in a long text, and the links they bring."""
    pair = edit_sentences(synthetic_sentences(size, 1), 2)
    gold = {"before": pair.before, "after": pair.after, "links": pair.links}
    own = PRESETS[preset].most_pairs
    rows = []
    for value in (own // 25, own // 5, own, 5 * own, 25 * own):
        start = time.perf_counter()
        links = align_sentences(pair.before, pair.after, preset, most_pairs=value)
        milliseconds = 1000 * (time.perf_counter() - start)
        mark = " (chosen)" if value == own else ""
        rows.append([f"{value}{mark}", f"{score([gold], [links])['f1']:.4f}", f"{milliseconds:.0f}"])
    print_table(f"{size} sentences of invented words, preset {preset}", ["most_pairs", "F1", "ms"], rows)


def _draw(scores, times, curve, source):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    names = list(scores)[::-1]
    colours = ["#D55E00" if name == "Copydesk" else "#0072B2" for name in names]
    left.barh(names, [scores[name]["f1"] for name in names], color=colours)
    for place, name in enumerate(names):
        label = f"{scores[name]['f1']:.3f} in {times[name]:.1f} ms"
        left.annotate(label, (scores[name]["f1"], place), (4, 0), textcoords="offset points", va="center")
    left.set(xlim=(0, 1.45), xlabel="F1 on links that differ, and time a pair", title=source)
    left.set_xticks([0, 0.25, 0.5, 0.75, 1])
    left.spines[["top", "right"]].set_visible(False)
    sizes = [row[0] for row in curve]
    right.plot(sizes, [row[1] for row in curve], "o-", color="#D55E00", label="milliseconds")
    right.plot(sizes, [row[2] for row in curve], "s--", color="#0072B2", label="plausible pairs")
    right.plot(sizes, [n * n for n in sizes], ":", color="#777777", label="all pairs")
    right.set(xscale="log", yscale="log", xlabel="sentences a version", title="How the work grows")
    right.legend(frameon=False)
    return figure
