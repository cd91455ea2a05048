"""Many stories: time a pair beside difflib, two workers beside two bare processes, memory as stories go by."""

import cProfile
import json
import pstats
import shutil
import statistics
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

import click
from copydesk.corpus.archive import make_archive
from copydesk.corpus.cluster import open_client, over_workers
from copydesk.corpus.part import Job, do_part
from copydesk.corpus.readers import Index, open_source
from copydesk.corpus.story_rows import Options, RawVersion, read_story_rows

from benches.alignment import best_of
from benches.common import PATH, SMALL, print_table, run_in_turns, save_figure

REPEATS = 5


@click.command(help=__doc__)
@SMALL
@click.option("--pairs", default=120, show_default=True, metavar="N", help="Pairs of versions to time.")
@click.option("--stories", default=2000, show_default=True, metavar="N", help="Stories of the memory curve.")
@click.option("--workers", default=2, show_default=True, metavar="N", help="Workers, and bare processes.")
@click.option("--seed", default=1, show_default=True, metavar="N", help="The seed of what is made.")
@click.option(
    "--curve", type=PATH, metavar="FILE",
    help="A memory curve measured before: JSON lines with done, t and megabytes (a list).",
)  # fmt: skip
@click.option("--make", type=PATH, metavar="FOLDER", help="Write an archive of so many stories, and stop.")
def bench(**given):
    options = SimpleNamespace(**given)
    if options.make:
        print(make_archive(options.make, options.stories, seed=options.seed))
        return
    with tempfile.TemporaryDirectory(prefix="copydesk-") as place:
        place = Path(place)
        for templates in (1, 3):  # the README's own run has stories of one template
            number = 24 if options.small else options.pairs
            pairs = _pairs(place / f"pairs-{templates}", number, options.seed, templates)
            times = _time(pairs, rounds=1 if options.small else 3)
            _print_times(pairs, times)
        _print_profile(pairs)
        try:
            import distributed  # noqa: F401
        except ImportError:
            print("Dask is not installed: start scripts/corpus.py once, which installs it, for the rest.")
            return
        ratios = _workers_beside_processes(place, options)
        curve = _read_curve(options.curve) if options.curve else _memory(place, options)
        _print_memory(curve)
        _draw(times, ratios, curve)


# --- one core ---------------------------------------------------------------------------------------


def _pairs(folder, number, seed, templates):
    """Stories of so many templates, each of about 13 sentences a version: list of pairs of texts."""
    make_archive(folder, number, seed=seed, templates=templates, versions=2)
    rows = map(json.loads, (folder / "archive.jsonl").read_text(encoding="utf-8").splitlines())
    texts = [row["text"] for row in rows]
    return list(zip(texts[::2], texts[1::2], strict=True))


def read_pair(pair):
    """All that a run does for a story: links, edits, statements, speakers, markers, measures, readability."""
    return read_story_rows("s", [RawVersion(str(n), None, text) for n, text in enumerate(pair)], Options())


def matcher_both_ways(pair):
    """SequenceMatcher on the words of all pairs of sentences, from either side: links alone."""
    before, after = ([line.split() for line in text.splitlines()] for text in pair)
    return [best_of(words, after) for words in before], [best_of(words, before) for words in after]


def _time(pairs, rounds):
    """dict from method to milliseconds a pair, one core."""
    methods = {"Copydesk, everything": read_pair, "SequenceMatcher both ways, links alone": matcher_both_ways}
    for pair in pairs[:6]:
        read_pair(pair)  # codebooks are read once a process
    return run_in_turns(methods, pairs, rounds)[1]


def _print_times(pairs, times):
    ours, theirs = (statistics.median(values) for values in times.values())
    sentences = statistics.fmean(len(text.splitlines()) for pair in pairs for text in pair)
    rows = []
    for name, values in times.items():
        mean = statistics.fmean(values)
        rows.append([name, f"{mean:.1f}", f"{statistics.median(values):.1f}", f"{1000 / mean:.0f}"])
    note = f"By the medians, Copydesk takes {ours / theirs:.2f} of SequenceMatcher's time, and does far more."
    title = f"{len(pairs)} pairs of versions of {sentences:.0f} sentences, one core"
    print_table(title, ["method", "ms a pair", "median", "pairs a second"], rows, note)


def _print_profile(pairs):
    """Where the time goes, by module, as shares of all calls' own time."""
    profile = cProfile.Profile()
    profile.enable()
    for pair in pairs[:24]:
        read_pair(pair)
    profile.disable()
    own, total = Counter(), 0.0
    for (file, _, _), (_, _, seconds, _, callers) in pstats.Stats(profile).stats.items():
        total += seconds
        if file == "~":  # a function in C: its time belongs to those that called it
            for (caller, _, _), (_, _, part, _) in callers.items():
                own[_module(caller)] += part
        else:
            own[_module(file)] += seconds
    rows = [[module, f"{100 * seconds / total:.0f}"] for module, seconds in own.most_common(14)]
    print_table("Where the time goes", ["module", "% of the time"], rows)


def _module(file):
    path = Path(file)
    if "copydesk" not in path.parts:
        return f"{path.parent.name}.{path.stem}"
    inner = path.with_suffix("").parts[path.parts.index("copydesk") + 1 :]
    return ".".join(part for part in inner if part != "__init__")


# --- workers ----------------------------------------------------------------------------------------


def _workers_beside_processes(place, options):
    """Stories a second with Dask's workers, as a share of what as many bare processes reach, in turns."""
    archive = make_archive(
        place / "workers", 160 if options.small else 800, seed=options.seed, templates=3, versions=2
    )
    size = 20 if options.small else 50
    repeats = 3 if options.small else REPEATS
    rows, ratios = [], []
    spawn = get_context("spawn")
    with (
        ProcessPoolExecutor(options.workers, mp_context=spawn) as pool,
        open_client(options.workers, place) as client,
    ):
        for turn in range(repeats + 1):
            with _parts_of(archive, place / f"turn-{turn}", size) as (parts, job, other):
                start = time.perf_counter()
                list(pool.map(do_part, parts, [job] * len(parts)))  # each takes the next when it is free
                bare = time.perf_counter() - start
                start = time.perf_counter()
                list(over_workers(client, parts, other))
                dask = time.perf_counter() - start
            if turn:  # the first turn warms both up
                stories = sum(len(part.stories) for part in parts)
                ratios.append(bare / dask)
                rows.append(
                    [str(turn), f"{stories / bare:.1f}", f"{stories / dask:.1f}", f"{bare / dask:.2f}"]
                )
    rows.append(["median", "", "", f"{statistics.median(ratios):.2f}"])
    title = f"{options.workers} workers of Dask beside {options.workers} bare processes: stories a second"
    print_table(title, ["turn", "bare processes", "Dask", "Dask / bare"], rows)
    return ratios


@contextmanager
def _parts_of(archive, place, size):
    """The parts of an archive with two jobs that write to folders of their own."""
    place.mkdir()
    source = open_source(archive)
    index = Index(source, place, size)
    jobs = [
        Job(source, Options(), str(place / name), str(place), f"{place.name}-{name}")
        for name in ("bare", "dask")
    ]
    try:
        yield list(index.parts()), *jobs
    finally:
        index.close()
        shutil.rmtree(place)


# --- memory -----------------------------------------------------------------------------------------


def _memory(place, options):
    """The memory of the largest worker as stories go by: list of (stories, seconds, megabytes)."""
    archive = make_archive(place / "memory", 400 if options.small else options.stories, seed=options.seed)
    curve = []
    with (
        open_client(options.workers, place) as client,
        _parts_of(archive, place / "memory-run", 25 if options.small else 100) as (parts, job, _),
    ):
        start, done = time.perf_counter(), 0
        for receipt in over_workers(client, parts, job):
            done += receipt["stories"]
            curve.append((done, time.perf_counter() - start, max(client.run(resident).values())))
    return curve


def resident():
    """Megabytes of this process."""
    import psutil

    return psutil.Process().memory_info().rss / 1e6


def _read_curve(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row["done"], row["t"], max(row["megabytes"])) for row in rows if row["megabytes"]]


def _print_memory(curve):
    chosen = [curve[round(k * (len(curve) - 1) / 7)] for k in range(8)] if len(curve) > 8 else curve
    rows = [[str(done), f"{done / seconds:.1f}", f"{megabytes:.0f}"] for done, seconds, megabytes in chosen]
    print_table("Memory of the largest worker", ["stories", "stories a second", "MB"], rows)


def _draw(times, ratios, curve):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 3.6), layout="constrained")
    left, middle, right = figure.subplots(1, 3)
    names = list(times)
    left.barh(names, [statistics.median(times[name]) for name in names], color=["#D55E00", "#0072B2"])
    left.set(xlabel="milliseconds a pair of versions, one core", title="Beside difflib")
    left.set_yticks(range(len(names)), [name.replace(", ", ",\n") for name in names], fontsize=8)
    middle.plot(range(1, len(ratios) + 1), ratios, "o-", color="#D55E00")
    middle.axhline(0.9, color="#777777", linestyle=":")
    middle.set(ylim=(0, 1.2), xlabel="turn", title="Dask's workers, bare processes = 1")
    middle.set_xticks(range(1, len(ratios) + 1))
    right.plot([row[0] for row in curve], [row[2] for row in curve], color="#0072B2")
    right.set(ylim=(0, None), xlabel="stories", ylabel="MB", title="Memory of the largest worker")
    save_figure(figure, "corpus")
