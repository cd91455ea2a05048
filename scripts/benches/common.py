"""What the benches share: timing in turns, one table, one figure."""

import statistics
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

import click

FIGURES = Path(__file__).resolve().parents[2] / "figures" / "benchmarks"
PATH = click.Path(path_type=Path)
SMALL = click.option("--small", is_flag=True, help="A size that is done in a minute or two.")
SWEEP = click.option("--sweep", is_flag=True, help="Vary each limit of the rules, one at a time.")


def run_in_turns(methods, items, rounds=1):
    """Run every method on every item, in turns, so that a busy moment of the machine strikes all alike.

    methods: dict from name to a function of one item. Returns (results, milliseconds): dicts from name to
    a list with an entry for each item; the time is the processor's, the median over the rounds, without that of a
    first call, which reads codebooks.
    """
    results = {name: [] for name in methods}
    milliseconds = {name: [] for name in methods}
    for method in methods.values():
        method(items[0])
    for item in items:
        times = {name: [] for name in methods}
        for turn in range(rounds):
            for name, method in methods.items():
                start = time.thread_time()
                result = method(item)
                times[name].append(1000 * (time.thread_time() - start))
                if turn == 0:
                    results[name].append(result)
        for name in methods:
            milliseconds[name].append(statistics.median(times[name]))
    return results, milliseconds


def around(value):
    """The values that a limit is given in a sweep: nothing, its own, and some about it."""
    if not value:
        return [0.0, 0.025, 0.05, 0.1]
    if isinstance(value, int) and value < 10:
        return list(range(max(1, value - 3), value + 4))
    values = [value * factor for factor in (0, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5)]
    return [max(1, int(some)) for some in values] if isinstance(value, int) else values


@contextmanager
def having(limits, package):
    """Let every loaded module of an engine that reads `LIMITS` read these."""
    with ExitStack() as stack:
        for name, module in list(sys.modules.items()):
            if name.startswith(package) and type(getattr(module, "LIMITS", None)) is type(limits):
                stack.enter_context(patch.object(module, "LIMITS", limits))
        yield


def sweep(title, limits, package, read, columns, figures):
    """Give each limit of an engine half, double and (for what it is worth at all) a thousandfold of its value.

    limits: the engine's record. read: a function that reads all texts anew and gives a list of what is found.
    figures: from such a list to the cells of `columns`. `changed` counts what is found otherwise than usual: a limit
    whose row shows nothing but zeros moves no data.
    """
    usual = read()
    rows = [["as they are", "", *figures(usual), ""]]
    for name, own in limits._asdict().items():
        for value in (type(own)(own / 2), 2 * own, 1000 * own):
            with having(limits._replace(**{name: value}), package):
                found = read()
            changed = sum(one != other for one, other in zip(found, usual, strict=True))
            rows.append([name, f"{value:g}", *figures(found), str(changed)])
    print_table(title, ["limit", "value", *columns, f"changed, of {len(usual)}"], rows)


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
