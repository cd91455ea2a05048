"""Reports: the time of a whole report beside the plain way, and its distance from the floor."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from benches.common import SMALL, print_table, save_figure

STORY = "north-korea-sanctions"
ROOT = Path(__file__).resolve().parents[2]

# What no way of running notebooks can save: one kernel, and the libraries that every notebook works with.
FLOOR = """
import os
from jupyter_client import KernelManager
from traitlets.config import Config
os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
manager = KernelManager(kernel_name="python3", config=Config({"KernelManager": {"transport_encryption": "auto"}}))
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=120)
reply = client.execute_interactive(%r, timeout=300)
assert reply["content"]["status"] == "ok", reply
client.stop_channels()
manager.shutdown_kernel(now=True)
"""
LIBRARIES = "import pandas, matplotlib.figure, nltk, textstat"


@click.command(help=__doc__)
@SMALL
@click.option("--story", default=STORY, show_default=True, help="A name under data/stories, or a folder.")
@click.option("--rounds", type=int, metavar="N", help="How often each way runs, in turns (3; small: 1).")
@click.option("--jobs", type=int, metavar="N", help="Notebooks at once in our way (one a processor).")
def bench(small, story, rounds, jobs):
    from copydesk.report import find_notebooks, parameters_of
    from copydesk.stories.story import story_folder

    story = story_folder(story).resolve()
    notebooks = [path for path in find_notebooks() if "story" in parameters_of(path)]
    ways = {
        "Copydesk": lambda folder: _ours(story, folder, jobs),
        "papermill, nbconvert": lambda folder: _plain(notebooks, story, folder),
        "floor: a kernel, the libraries": lambda folder: _call(sys.executable, "-c", FLOOR % LIBRARIES),
    }
    measured = {name: [] for name in ways}
    for _ in range(rounds or (1 if small else 3)):
        for name, way in ways.items():
            with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
                measured[name].append(_timed(way, folder))
    seconds = {name: statistics.median(wall for wall, _ in times) for name, times in measured.items()}
    work = {name: statistics.median(cpu for _, cpu in times) for name, times in measured.items()}
    ours, plain, floor = ways
    rows = [
        [name, f"{seconds[name]:.1f}", f"{seconds[name] / seconds[plain]:.2f}",
         f"{work[name]:.1f}", f"{work[name] / work[plain]:.2f}"]
        for name in ways
    ]  # fmt: skip
    note = (
        f"Copydesk takes {seconds[ours] / seconds[plain]:.2f} of the time of the plain way, and "
        f"{seconds[ours] - seconds[floor]:.1f} s more than the floor; median of {len(measured[ours])}, in turns."
    )
    columns = ["way", "seconds", "of plain", "seconds of work", "of plain's work"]
    print_table(f"A report of {story.name}: {len(notebooks)} notebooks, HTML", columns, rows, note)
    _draw(seconds, work)


def _timed(way, folder):
    """Seconds that passed, and seconds that all processors worked, children included."""
    start, before = time.perf_counter(), os.times()
    way(Path(folder))
    after = os.times()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, work


def _ours(story, folder, jobs):
    extra = ["--jobs", str(jobs)] if jobs else []
    _call(sys.executable, ROOT / "scripts" / "report.py", story, "--output", folder, *extra)


def _plain(notebooks, story, folder):
    for notebook in notebooks:
        executed = folder / notebook.name
        _call(
            sys.executable, "-m", "papermill", notebook, executed, "-k", "python3", "--no-progress-bar",
            "-p", "story", story, "-p", "output", folder / "output",
        )  # fmt: skip
        _call(sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", executed)


def _call(*command):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command[:4]))} failed: {done.stderr[-500:]}")


def _draw(seconds, work):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 2.6), layout="constrained")
    axes = figure.add_subplot()
    names = list(seconds)[::-1]
    places = range(len(names))
    passed = [seconds[n] for n in names]
    axes.barh([p + 0.2 for p in places], passed, 0.36, color="#0072b2", label="seconds that pass")
    axes.barh([p - 0.2 for p in places], [work[n] for n in names], 0.36, color="#e69f00", hatch="//",
              edgecolor="white", label="seconds of work")  # fmt: skip
    axes.set_yticks(list(places), names)
    axes.set_title("A whole report", loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    save_figure(figure, "report")
