"""The benches as commands, and what their sweeps vary."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMES = {path.stem for path in (ROOT / "scripts" / "benches").glob("*.py")} - {"__init__", "common"}


def run_bench(*arguments):
    command = [sys.executable, ROOT / "scripts" / "bench.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_help_lists_every_bench():
    done = run_bench("--help")
    commands = done.stdout.split("Commands:")[1].splitlines()
    assert {line.split()[0] for line in commands if line[:3].strip()} == NAMES


@pytest.mark.parametrize("name", ["alignment", "attribution", "measures", "revisions", "speakers"])
def test_a_gold_file_that_is_not_there_is_named_in_one_sentence(name, tmp_path):
    done = run_bench(name, "--gold", tmp_path / "none.json")
    assert done.returncode == 2 and not done.stdout
    assert done.stderr.count("\n") == 1 and str(tmp_path) in done.stderr


def test_a_sweep_varies_what_the_rules_read_and_puts_it_back():
    from benches.common import having
    from copydesk.engine.revisions.differences import find_differences
    from copydesk.engine.revisions.limits import LIMITS

    before, after = "red green the wet dry".split(), "one two the six ten".split()
    usual = find_differences(before, after)
    with having(LIMITS._replace(kept=0.5, grammar_weight=0.5), "copydesk.engine.revisions"):
        assert len(find_differences(before, after)) > len(usual)
    assert find_differences(before, after) == usual


def test_b_cubed_is_one_for_the_same_partition_and_counts_pairs_otherwise():
    from benches.speakers import b_cubed

    assert b_cubed([("a", 1), ("a", 1), ("b", 2)]) == 1
    # All in one: precision (2 + 2 + 1) / 9 of three, recall 1.
    assert b_cubed([("a", 1), ("a", 1), ("a", 2)]) == pytest.approx(2 * (5 / 9) / (5 / 9 + 1))


def test_the_bench_of_a_run_prints_the_ratio_to_sequence_matcher(tmp_path, capsys):
    from benches import corpus

    for templates, sentences in ((1, 13), (3, 40)):
        pairs = corpus._pairs(tmp_path / str(templates), 2, 1, templates)
        corpus._print_times(pairs, corpus._time(pairs, rounds=1))
        said = capsys.readouterr().out
        number = int(re.search(r"2 pairs of versions of (\d+) sentences", said)[1])
        assert abs(number - sentences) < 6 and "SequenceMatcher both ways, links alone" in said
        assert float(re.search(r"Copydesk takes ([\d.]+) of SequenceMatcher's time", said)[1]) > 0


def test_the_bench_of_cost_has_thirty_shapes_and_an_exponent_for_each_step():
    from benches import cost

    assert len(cost.SHAPES) >= 30
    for shape in cost.SHAPES:
        text = cost.make_text(shape, 500)
        assert len(text) == 500 and len(cost._story(text)["versions"]) == 2, shape
    curve = cost._curve("a quoted line repeated", [1_000, 2_000])
    assert list(curve) == cost.STEPS and all(len(points) == 2 for points in curve.values())
    assert cost._exponent([(1_000, 0.1), (2_000, 0.4), (4_000, 1.6)]) == pytest.approx(2)
    row = cost._row("ours", {step: [(1_000, 0.1), (2_000, 0.2), (4_000, 0.4)] for step in cost.STEPS})
    assert row == ["ours", "0.4", *["1.0"] * len(cost.STEPS)]
