"""Counts, intervals and tests: against brute force, published figures and what must hold of any."""

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from copydesk.stories import statistics
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

COUNT = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# --- within one story -------------------------------------------------------------------------------


@given(COUNT)
def test_the_interval_holds_the_share(count):
    k, n = count
    low, high = statistics.wilson(k, n)
    assert 0 <= low <= high <= 1
    if n:
        assert low <= k / n <= high


def test_wilson_agrees_with_its_formula():
    z, k, n = 1.959963984540054, 3, 4
    middle = (k + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * math.sqrt(k * (n - k) / n + z**2 / 4)
    assert statistics.wilson(k, n) == pytest.approx((middle - half, middle + half))


@pytest.mark.parametrize("n", [1, 2, 7, 40])
@pytest.mark.parametrize("level", [0.5, 0.95, 0.99])
def test_wilson_agrees_with_scipy(n, level):
    from scipy.stats import binomtest

    for k in range(n + 1):
        theirs = binomtest(k, n).proportion_ci(confidence_level=level, method="wilson")
        assert statistics.wilson(k, n, level) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_wilson_refuses_what_is_no_count():
    with pytest.raises(ValueError, match="5 of 4"):
        statistics.wilson(5, 4)


def test_two_voices_against_one_reach_a_third():
    assert statistics.least_attainable_p(2, 1) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("n_a", "n_b"), [(1, 1), (1, 4), (2, 2), (3, 2), (3, 3), (5, 3), (4, 4)])
def test_the_least_p_is_the_least_of_all_fisher_tests(n_a, n_b):
    tables = product(range(n_a + 1), range(n_b + 1))
    reached = min(fisher_exact([[a, n_a - a], [b, n_b - b]]).pvalue for a, b in tables)
    assert statistics.least_attainable_p(n_a, n_b) == pytest.approx(reached)


@given(st.integers(0, 12), st.integers(0, 12))
def test_the_least_p_does_not_depend_on_the_order_of_groups(n_a, n_b):
    p = statistics.least_attainable_p(n_a, n_b)
    assert 0 < p <= 1
    assert p == statistics.least_attainable_p(n_b, n_a)


def statements(rows):
    return pd.DataFrame(rows, columns=["story", "version", "statement", "same_as", "actor", "source", "hit"])


VOICES = statements(
    [
        ("s", "one", "one:Q0001", "two:Q0002", "north", "minister", True),
        ("s", "one", "one:Q0002", None, "north", "minister", True),
        ("s", "two", "two:Q0001", None, "north", "spokeswoman", False),
        ("s", "two", "two:Q0002", "one:Q0001", "north", "minister", True),
        ("s", "two", "two:Q0003", float("nan"), "south", "envoy", False),
    ]
)


def test_a_statement_in_both_versions_counts_once():
    kept = statistics.once(VOICES)
    assert list(kept["statement"]) == ["one:Q0001", "one:Q0002", "two:Q0001", "two:Q0003"]
    assert list(kept["versions"]) == ["one; two", "one", "two", "two"]


def test_a_counterpart_named_on_one_side_only_is_enough_and_chains_hold():
    rows = statements(
        [
            ("s", "a", "a:1", None, "x", "y", True),
            ("s", "b", "b:1", "a:1", "x", "y", True),
            ("s", "c", "c:1", "b:1", "x", "y", True),
            ("t", "a", "a:1", None, "x", "y", True),  # another story's statement of the same id
        ]
    )
    assert list(statistics.once(rows)["versions"]) == ["a; b; c", "a"]


def test_shares_count_again_without_the_most_talkative_source():
    table = statistics.shares(statistics.once(VOICES), "actor", "hit", source="source")
    north = table.set_index("actor").loc["north"]
    assert (north["k"], north["n"], north["text"]) == (2, 3, "2 of 3")
    assert north["most_talkative"] == "minister"
    assert north["text_without"] == "0 of 1"
    assert table.set_index("actor").loc["south", "text_without"] == "0 of 0"


def test_shares_of_an_empty_table_have_their_columns():
    empty = statistics.shares(VOICES.head(0), "actor", "hit", source="source")
    assert len(empty) == 0
    assert "text_without" in empty.columns
    assert statistics.most_talkative(VOICES.head(0), "source") is None


def test_of_equally_talkative_sources_the_first_is_left_out():
    table = pd.DataFrame({"source": ["b", "a", "a", "b"]})
    assert statistics.most_talkative(table, "source") == "b"


# --- a corpus ---------------------------------------------------------------------------------------


def corpus(gaps, statements_each=3):
    """Stories in which group a says 1 + gap and group b 1, several times over."""
    rows = []
    for number, gap in enumerate(gaps):
        for _ in range(statements_each):
            rows += [(f"story{number}", "a", 1 + gap), (f"story{number}", "b", 1.0)]
    return pd.DataFrame(rows, columns=["story", "actor", "value"])


@pytest.mark.parametrize("gaps", [[1, 2, 3], [1, -2, 3, 5], [0.5, 0.25, -1, 2, 4, -3]])
def test_flipping_whole_stories_agrees_with_looking_at_every_flip(gaps):
    observed = abs(np.mean(gaps))
    flips = [abs(np.mean(np.multiply(signs, gaps))) for signs in product([1, -1], repeat=len(gaps))]
    expected = np.mean([one >= observed - 1e-12 for one in flips])
    result = statistics.within_stories(corpus(gaps), "value", "actor", ("a", "b"))
    assert result.exact
    assert result.p == pytest.approx(expected)
    assert result.estimate == pytest.approx(np.mean(gaps))
    assert result.p >= result.least_p == 2 / 2 ** len(gaps)


def test_more_statements_of_the_same_stories_prove_nothing_more():
    few, many = corpus([1, 2, 3, 4], 1), corpus([1, 2, 3, 4], 50)
    assert statistics.within_stories(few, "value", "actor", ("a", "b")) == statistics.within_stories(
        many, "value", "actor", ("a", "b")
    )


def test_stories_with_one_of_the_groups_do_not_count():
    table = pd.concat([corpus([1, 2]), pd.DataFrame({"story": ["x"], "actor": ["a"], "value": [99.0]})])
    assert statistics.within_stories(table, "value", "actor", ("a", "b")).stories == 2


@pytest.mark.parametrize("gaps", [[], [2.0]])
def test_with_one_story_or_none_nothing_is_shown(gaps):
    result = statistics.within_stories(corpus(gaps), "value", "actor", ("a", "b"))
    assert result.p == result.least_p == 1
    assert result.stories == len(gaps)


def test_many_stories_are_sampled_by_seed():
    gaps = np.random.default_rng(1).normal(0.3, 1, 40)
    one = statistics.within_stories(corpus(gaps, 1), "value", "actor", ("a", "b"), resamples=499)
    other = statistics.within_stories(corpus(gaps, 1), "value", "actor", ("a", "b"), resamples=499)
    assert one == other
    assert not one.exact
    assert one.p >= one.least_p == 1 / 500


def test_holm_gives_the_textbook_figures():
    assert statistics.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_keeps_the_order_and_stays_within_bounds(p_values):
    adjusted = statistics.holm(p_values)
    assert all(p <= new <= 1 for p, new in zip(p_values, adjusted, strict=True))
    by_p = [new for _, new in sorted(zip(p_values, adjusted, strict=True))]
    assert by_p == sorted(by_p)
    assert all(new <= min(1, len(p_values) * p) + 1e-12 for p, new in zip(p_values, adjusted, strict=True))


def test_holm_passes_over_what_was_not_tested():
    adjusted = statistics.holm([0.02, math.nan, 0.5])
    assert adjusted[0] == 0.04
    assert math.isnan(adjusted[1])


WORDS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 50), max_size=8)


@given(WORDS, WORDS, WORDS)
def test_log_odds_change_sign_when_the_groups_change_places(one, other, background):
    ahead = statistics.log_odds(one, other, background).set_index("word")
    back = statistics.log_odds(other, one, background).set_index("word").loc[ahead.index]
    for column in ("log_odds", "z"):
        assert np.allclose(ahead[column], -back[column], equal_nan=True)
    assert (ahead["count_a"] == back["count_b"]).all()


def test_log_odds_agree_with_the_formula_by_hand():
    one, other = {"harsh": 9, "talks": 1}, {"harsh": 2, "talks": 8}
    row = statistics.log_odds(one, other, prior_words=10).set_index("word").loc["harsh"]
    prior = 10 * 11 / 20
    ratio = math.log((9 + prior) / (10 + 10 - 9 - prior)) - math.log((2 + prior) / (10 + 10 - 2 - prior))
    assert row["log_odds"] == pytest.approx(ratio)
    assert row["z"] == pytest.approx(ratio / math.sqrt(1 / (9 + prior) + 1 / (2 + prior)))


def test_the_prior_ranks_a_frequent_difference_above_a_rare_one():
    one, other = {"rare": 1, "often": 60, "rest": 100}, {"often": 20, "rest": 100}
    assert list(statistics.log_odds(one, other)["word"]) == ["often", "rare", "rest"]


def test_log_odds_refuse_a_negative_count():
    with pytest.raises(ValueError, match="negative"):
        statistics.log_odds({"a": -1}, {"b": 2})


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=6))
def test_the_bootstrap_stays_within_the_stories_and_repeats_itself(gaps):
    table = corpus(gaps, 1).query("actor == 'a'")
    low, high = statistics.cluster_bootstrap(table, "value", resamples=99)
    assert table["value"].min() - 1e-9 <= low <= high <= table["value"].max() + 1e-9
    assert (low, high) == statistics.cluster_bootstrap(table, "value", resamples=99)


def test_the_bootstrap_does_not_gain_by_repeating_a_story():
    few, many = (corpus([1, 2, 5, 7], n).query("actor == 'a'") for n in (1, 20))
    one, other = (statistics.cluster_bootstrap(t, "value", resamples=199) for t in (few, many))
    assert one == pytest.approx(other)


def test_the_bootstrap_has_the_width_that_theory_gives_a_mean():
    gaps = np.random.default_rng(2).normal(0, 1, 60)
    low, high = statistics.cluster_bootstrap(corpus(gaps, 1).query("actor == 'a'"), "value", resamples=999)
    expected = 2 * 1.96 * gaps.std() / math.sqrt(len(gaps))
    assert high - low == pytest.approx(expected, rel=0.15)
    assert low < 1 + gaps.mean() < high


def test_rows_without_a_figure_are_left_out_of_the_bootstrap():
    table = pd.DataFrame({"story": list("abcd"), "value": [2.0, 2, np.nan, np.nan]})
    assert statistics.cluster_bootstrap(table, "value", resamples=99) == (2, 2)
    assert all(map(math.isnan, statistics.cluster_bootstrap(table.tail(2), "value", resamples=9)))


def test_many_stories_are_drawn_in_batches_and_to_the_same_figures(monkeypatch):
    table = corpus(np.random.default_rng(3).normal(0, 1, 30), 3).query("actor == 'a'")
    whole = statistics.cluster_bootstrap(table, "value", resamples=99)
    monkeypatch.setattr(statistics, "_batch", lambda stories: 7)
    assert statistics.cluster_bootstrap(table, "value", resamples=99) == whole


def test_the_bootstrap_of_one_story_is_nothing():
    assert all(map(math.isnan, statistics.cluster_bootstrap(corpus([1.0]), "value")))
