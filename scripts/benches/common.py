"""What the benches share: timing in turns, one table, one figure."""

import statistics
import time
from pathlib import Path

FIGURES = Path(__file__).resolve().parents[2] / "figures" / "benchmarks"


def run_in_turns(methods, items, rounds=1):
    """Run every method on every item, in turns, so that a busy moment of the machine strikes all alike.

    methods: dict from name to a function of one item. Returns (results, milliseconds): dicts from name to
    a list with an entry for each item; the time is the median over the rounds.
    """
    results = {name: [] for name in methods}
    milliseconds = {name: [] for name in methods}
    for item in items:
        times = {name: [] for name in methods}
        for turn in range(rounds):
            for name, method in methods.items():
                start = time.perf_counter()
                result = method(item)
                times[name].append(1000 * (time.perf_counter() - start))
                if turn == 0:
                    results[name].append(result)
        for name in methods:
            milliseconds[name].append(statistics.median(times[name]))
    return results, milliseconds


def print_table(title, columns, rows, note=None):
    """Print a table; a cell that is a number stands at the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, caption=note, title_justify="left", caption_justify="left")
    for number, column in enumerate(columns):
        numeric = all(row[number].lstrip("-").replace(".", "").replace("–", "").isdigit() for row in rows)
        table.add_column(column, justify="right" if numeric else "left", no_wrap=numeric)
    for row in rows:
        table.add_row(*row)
    Console(width=max(120, Console().width)).print(table)


def save_figure(figure, name):
    """Save a figure as figures/benchmarks/NAME.svg and say where."""
    import matplotlib

    FIGURES.mkdir(parents=True, exist_ok=True)
    path = FIGURES / f"{name}.svg"
    with matplotlib.rc_context({"svg.hashsalt": name, "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    print(f"Figure: {path.relative_to(FIGURES.parents[1])}")
