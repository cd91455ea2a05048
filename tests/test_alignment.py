"""Links between the sentences of two versions: what must hold for any text, and cases with known answers."""

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from copydesk.corpus.generator import Rates, edit_sentences, edit_text, synthetic_sentences
from copydesk.engine import alignment
from copydesk.engine.alignment import PRESETS, Link, align_sentences, explain_links, similarities
from copydesk.engine.text import normal_words
from copydesk.errors import InputError
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

STORY = """The harbour office closed three piers on Monday after divers found cracks in their foundations.
Ferries to the northern islands will leave from the fish market until the repairs are done.
Nobody was hurt, and no cargo was lost.
Engineers had warned for years that the salt was eating into the concrete.
The council set money aside for a survey in spring, but the survey never took place.
"We relied on drawings that are older than most of our ships," the harbour master told reporters.
Shopkeepers near the market fear that the crowds will keep their customers away.
A spokeswoman for the ferry line said extra boats would sail at the weekend.
The cranes on the eastern quay are not affected and go on unloading timber.
Work is to begin as soon as the storms have passed, perhaps within a fortnight.""".split("\n")

words = st.sampled_from("the a of ship crane quay storm timber said will . , \" ' - Ferries 12 u.s.".split())
sentence = st.lists(words, max_size=9).map(" ".join)
version = st.lists(sentence, max_size=9)
presets = st.sampled_from(sorted(PRESETS))


def pairs(links):
    return [(link.before, link.after) for link in links]


def f1(pair, links):
    want, got = set(pair.links), set(pairs(links))
    return 2 * len(want & got) / (len(want) + len(got))


@given(version, version, presets)
def test_links_point_at_sentences_once_each_in_order(before, after, preset):
    links = align_sentences(before, after, preset)
    assert all(isinstance(link, Link) for link in links)
    assert all(0 <= link.before < len(before) and 0 <= link.after < len(after) for link in links)
    assert all(0 <= link.similarity <= 1 for link in links)
    assert pairs(links) == sorted(set(pairs(links)))


@given(version, version, presets)
def test_swapping_the_versions_swaps_the_links(before, after, preset):
    there = align_sentences(before, after, preset)
    back = align_sentences(after, before, preset)
    assert there == sorted(Link(link.after, link.before, link.similarity) for link in back)


@given(st.integers(0, 10**6), presets)
def test_swapping_edited_texts_swaps_the_links(seed, preset):
    pair = edit_sentences(STORY, seed, Rates(move=0.2, split=0.15, merge=0.1))
    there = align_sentences(pair.before, pair.after, preset)
    back = align_sentences(pair.after, pair.before, preset)
    assert there == sorted(Link(link.after, link.before, link.similarity) for link in back)


@given(version, version, presets)
def test_tokenised_sentences_give_the_same_links(before, after, preset):
    norms = [[normal_words(sentence) for sentence in side] for side in (before, after)]
    assert align_sentences(*norms, preset) == align_sentences(before, after, preset)


@given(version)
def test_a_text_is_aligned_to_itself_sentence_by_sentence(text):
    expected = [(k, k) for k, sentence in enumerate(text) if sentence]
    assert pairs(align_sentences(text, text)) == expected


def test_a_story_is_aligned_to_itself_as_a_retelling_too():
    assert pairs(align_sentences(STORY, STORY, "rewrite")) == [(k, k) for k in range(len(STORY))]


@given(st.integers(1, 8), st.integers(1, 8))
def test_repeated_sentences_keep_their_order(height, width):
    links = pairs(align_sentences([STORY[2]] * height, [STORY[2]] * width))
    assert len(links) == min(height, width)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(links))


def test_a_repeated_sentence_goes_with_its_neighbours():
    line = "Read more below."
    before = [STORY[0], line, STORY[1], STORY[3], line, STORY[4]]
    after = [STORY[3], line, STORY[4], STORY[0], line, STORY[1]]
    assert dict(pairs(align_sentences(before, after))) == {0: 3, 1: 4, 2: 5, 3: 0, 4: 1, 5: 2}


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_empty_and_blank_versions_have_no_links(preset):
    assert align_sentences([], [], preset) == align_sentences(STORY, [], preset) == []
    assert align_sentences([], STORY, preset) == align_sentences(["", " "], ["", ""], preset) == []


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_one_sentence_is_linked_to_its_like(preset):
    other = "Timber prices doubled overnight in distant mountain towns."
    assert pairs(align_sentences([STORY[0]], [STORY[0]], preset)) == [(0, 0)]
    assert align_sentences([STORY[0]], [other], preset) == []


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_wholly_different_texts_have_no_links(preset):
    other = synthetic_sentences(12, seed=5)
    assert align_sentences(STORY, other, preset) == []


def test_case_and_tokenisation_make_no_difference():
    shown = ["China's envoy, who didn't speak, left.", "“Nothing changed,” he said."]
    plain = ["china ’ s envoy , who did n't speak , left .", '" nothing changed , " he said .']
    assert align_sentences(shown, plain) == [Link(0, 0, 1.0), Link(1, 1, 1.0)]


def test_a_moved_block_is_found_with_its_reworded_sentence():
    reworded = "For years engineers had been warning that salt ate into the concrete of the piers."
    after = STORY[6:] + [STORY[2], reworded, STORY[4]] + STORY[:2] + [STORY[5]]
    assert dict(pairs(align_sentences(STORY, after))) == {
        **{k: k - 6 for k in range(6, 10)},
        2: 4,
        3: 5,
        4: 6,
        0: 7,
        1: 8,
        5: 9,
    }


def test_a_split_and_a_merge_are_several_links():
    first, second = "The council set money aside for a survey in spring.", "But the survey never took place."
    after = [*STORY[:4], first, second, *STORY[5:]]
    links = set(pairs(align_sentences(STORY, after)))
    assert {(4, 4), (4, 5)} <= links and len(links) == 11
    links = set(pairs(align_sentences(after, STORY)))
    assert {(4, 4), (5, 4)} <= links and len(links) == 11


def test_a_lone_weak_link_across_the_story_is_left_out():
    new = "Divers from three islands will race between the piers in spring."
    after = [*STORY[1:], new]
    assert (0, 9) not in pairs(align_sentences(STORY, after))
    assert (0, 9) in pairs(align_sentences(STORY, after, stray=0, threshold=0, midpoint=-1))


def test_a_retelling_is_linked_where_words_are_few():
    retold = [
        "Three piers of the harbour were shut this week because their foundations have cracks.",
        "Until repairs end, island ferries use the fish market.",
        "The harbour master blames old drawings, older than most ships.",
    ]
    links = pairs(align_sentences(STORY, retold, "rewrite"))
    assert {(0, 0), (1, 1), (5, 2)} <= set(links)
    assert links == sorted(links, key=lambda link: link[1])


def test_threshold_leaves_out_weaker_links():
    pair = edit_sentences(STORY, 3, Rates(reword=0.8, strength=0.4))
    weak = align_sentences(pair.before, pair.after)
    strong = align_sentences(pair.before, pair.after, threshold=0.5)
    assert 0 < len(strong) < len(weak)
    assert all(link.similarity >= 0.5 for link in strong)


def test_a_wrong_preset_or_option_is_named():
    with pytest.raises(InputError, match="'summary'.*revision, rewrite"):
        align_sentences(STORY, STORY, "summary")
    with pytest.raises(InputError, match="'treshold'.*threshold"):
        align_sentences(STORY, STORY, treshold=0.5)


@pytest.mark.parametrize("seed", range(5))
def test_known_edits_are_found(seed):
    pair = edit_sentences(synthetic_sentences(80, seed), seed, Rates(move=0.06))
    assert f1(pair, align_sentences(pair.before, pair.after)) > 0.97


def test_a_text_too_long_to_compare_all_its_pairs_is_linked_by_its_rarer_words():
    pair = edit_sentences(synthetic_sentences(80, 1), 1)
    assert f1(pair, align_sentences(pair.before, pair.after, most_pairs=500)) > 0.9
    lines = [STORY[2], STORY[6]] * 30
    assert pairs(align_sentences(lines, lines, most_pairs=500)) == [(k, k) for k in range(60)]


def test_sentences_that_became_one_elsewhere_are_found():
    """Two sentences are merged at another place of the story, hardly a word of them in its old order."""
    one = "Nobody on the island had been told that its only bakery, run by the Olsens since 1962, would shut."
    two = "Bread will come by boat from Lund, twice a week, and cost a third more."
    merged = "Bread twice a week by boat from Lund, a third dearer, replaces the only bakery, run since 1962 by the Olsens."
    before = [one, two, *STORY]
    after = [*STORY, merged]
    links = dict(pairs(align_sentences(before, after)))
    assert links[0] == links[1] == 10
    assert sorted(pairs(align_sentences(after, before))) == sorted((j, i) for i, j in links.items())


def test_a_sentence_that_moved_far_and_was_shortened_is_found():
    """What is alike by a third of its words only, and out of the common order, is no chance."""
    before = "Divers estimated the size of the crack at 14 metres, though the office put the length far lower, at five or six."
    after = "Divers estimated the crack at 14 metres, about as much as they had found after an earlier storm in June."
    first, second = [*STORY[:8], before, *STORY[8:]], [after, *STORY]
    assert (8, 0) in pairs(align_sentences(first, second))
    assert (0, 8) in pairs(align_sentences(second, first))
    link = next(one for one in align_sentences(first, second) if one[:2] == (8, 0))
    assert PRESETS["revision"].stray <= link.similarity < 0.4


def test_a_part_that_moved_far_joins_the_sentence_that_took_it_in():
    part = "Divers from Lund found rusted anchors, ropes and a bell under the third pier."
    took = STORY[7].rstrip(".") + ", and divers from Lund found a bell, rusted anchors and ropes."
    links = pairs(align_sentences([part, *STORY], [*STORY[:7], took, *STORY[8:]]))
    assert {(0, 7), (8, 7)} <= set(links)


def test_sentences_of_one_matter_are_not_taken_for_parts():
    before = [*STORY, "The harbour office said that the ferry line had been warned of the storms."]
    after = ["Three more ferries and a crane were sold by the harbour office to a line in Lund.", *STORY]
    assert {(10, 0)}.isdisjoint(pairs(align_sentences(before, after)))


def test_long_retellings_do_not_overflow():
    text = synthetic_sentences(150, seed=2)
    assert pairs(align_sentences(text, text, "rewrite")) == [(k, k) for k in range(150)]


# --- the reasons ------------------------------------------------------------------------------------


def explained(before, after, preset="revision", **options):
    return {pair[:2]: pair for pair in explain_links(before, after, preset, **options)}


@given(version, version, presets)
def test_what_is_explained_is_what_was_decided(before, after, preset):
    found = explain_links(before, after, preset)
    assert [pair[:2] for pair in found] == [(i, j) for i in range(len(before)) for j in range(len(after))]
    assert [Link(*pair[:3]) for pair in found if pair.linked] == align_sentences(before, after, preset)
    for pair in found:
        steps = {"match", "part"} if pair.linked else {"threshold", "probability", "rival", "stray"}
        assert pair.step in steps


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_step_asks_for_what_the_pair_has_or_lacks(preset):
    pair = edit_sentences(STORY * 2, 3, Rates(move=0.2, split=0.2, reword=0.5, strength=0.6))
    steps = {}
    for one in explain_links(pair.before, pair.after, preset):
        steps.setdefault(one.step, []).append(one)
    assert all(one.probability >= one.needs for one in steps["match"])
    assert all(one.probability <= one.needs for one in steps["probability"])
    if preset == "revision":
        assert all(one.similarity < one.needs and one.probability is None for one in steps["threshold"])
        assert all(one.needs is None and one.similarity >= 0.1 for one in steps["part"])


def test_a_stray_is_said_to_be_one():
    new = "Divers from three islands will race between the piers in spring."
    pair = explained(STORY, [*STORY[1:], new], threshold=0, midpoint=-1, stray=0.9)[0, 9]
    assert (pair.step, pair.needs, pair.linked) == ("stray", 0.9, False)
    assert pair.similarity < 0.9


def test_the_words_that_two_sentences_share_have_weights():
    after = ["The harbours closed: old harbours.", "Nobody laughed."]
    shared = explained(["A harbour closes.", "The rain fell."], after)[0, 0].shared
    # Each form of the word is there, so that it can be found in either sentence; what all have weighs least.
    assert set(shared) == {"harbour", "harbours", "closed", "closes"}
    assert shared["harbour"] == shared["harbours"] > 0
    weights = explained(STORY, STORY)[0, 0].shared
    assert list(weights.values()) == sorted(weights.values(), reverse=True)
    assert weights["divers"] > weights["the"]


# --- the generator ----------------------------------------------------------------------------------


@given(version, st.integers(0, 10**6), st.builds(Rates, *[st.floats(0, 0.25)] * 6, st.floats(0, 1)))
def test_generated_links_are_valid_and_counted(sentences, seed, rates):
    pair = edit_sentences(sentences, seed, rates)
    assert pair.before == sentences
    assert pair.links == sorted(set(pair.links))
    assert set(pair.crossing) <= set(pair.links)
    assert all(0 <= i < len(pair.before) and 0 <= j < len(pair.after) for i, j in pair.links)
    unlinked = (
        len(sentences) - len({i for i, _ in pair.links}),
        len(pair.after) - len({j for _, j in pair.links}),
    )
    assert unlinked == (pair.operations["cut"], pair.operations["insert"])


def test_the_generator_depends_on_its_seed_alone():
    text = " ".join(STORY)
    assert edit_text(text, 4) == edit_text(text, 4)
    assert edit_text(text, 4).after != edit_text(text, 5).after


def test_no_rates_change_nothing():
    pair = edit_sentences(STORY, 1, Rates(0, 0, 0, 0, 0, 0))
    assert pair.after == STORY and pair.links == [(k, k) for k in range(len(STORY))]


def test_moves_alone_keep_every_sentence():
    pair = edit_sentences(STORY, 2, Rates(0, 0, 0.3, 0, 0, 0))
    assert sorted(pair.after) == sorted(STORY) and pair.after != STORY
    assert all(pair.before[i] == pair.after[j] for i, j in pair.links)
    assert len(pair.crossing) >= pair.operations["move"] > 0


def test_wrong_rates_and_empty_texts_are_named():
    with pytest.raises(InputError, match="cut is 1.5"):
        Rates(cut=1.5)
    with pytest.raises(InputError, match="add up"):
        Rates(cut=0.6, reword=0.6)
    with pytest.raises(InputError, match="no sentence"):
        edit_text("", 1)


# --- the bench's scorer -----------------------------------------------------------------------------


def test_the_bench_scores_links_that_differ_many_and_crossing():
    from benches.alignment import score

    gold = [
        {
            "before": ["a", "b", "c", "d"],
            "after": ["a", "d2", "b1", "b2"],
            "links": [[0, 0], [1, 2], [1, 3], [3, 1]],
        }
    ]
    found = score(gold, [[(0, 0), (1, 2), (2, 1)]])
    assert found["precision"] == 1 / 2 and found["recall"] == 1 / 3
    assert found["f1"] == 2 / 5 and found["f1_all"] == 4 / 7
    assert found["many"] == 1 / 2 and found["crossing"] == 1 / 3


def test_the_peers_link_identical_texts_to_themselves():
    from benches.alignment import PEERS

    for method in PEERS.values():
        assert sorted(method({"before": STORY, "after": STORY}, "revision")) == [
            (k, k) for k in range(len(STORY))
        ]


def test_a_file_that_holds_no_links_is_named(tmp_path):
    from benches.alignment import read_gold

    wrong = tmp_path / "gold.json"
    for content in ("{", "[]", '[{"before": []}]', '[{"before": ["a"], "after": ["a"], "links": [[0, 1]]}]'):
        wrong.write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=r"gold\.json"):
            read_gold(wrong)
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.json")


# --- the bench's sweep ------------------------------------------------------------------------------


def test_every_number_that_was_chosen_is_a_parameter():
    numbers = {name for name, value in vars(alignment).items() if isinstance(value, int | float)}
    assert not numbers


@pytest.mark.parametrize(
    ("preset", "option"), [(preset, name) for preset, options in PRESETS.items() for name in vars(options)]
)
def test_the_sweep_goes_to_both_sides_of_every_parameter(preset, option):
    from benches.common import around

    own = getattr(PRESETS[preset], option)
    values = around(own)
    assert own in values and len(values) == len(set(values)) and len(values) > 3
    assert any(abs(value) > abs(own) for value in values)
    assert own == 0 or any(abs(value) < abs(own) for value in values)
    pair = edit_sentences(STORY, 1)
    for value in values:
        links = align_sentences(pair.before, pair.after, preset, **{option: value})
        assert all(0 <= link.similarity <= 1 for link in links)


def test_the_sweep_prints_every_value(capsys):
    from benches.alignment import _sweep
    from benches.common import around

    pair = edit_sentences(STORY, 1)
    _sweep({"mine": [vars(pair)]}, "revision")
    printed = capsys.readouterr().out
    for option, own in vars(PRESETS["revision"]).items():
        assert len([line for line in printed.splitlines() if f" {option} " in line]) == len(around(own))
        assert f"{own:g} (chosen)" in printed


def test_shaking_changes_all_shares_and_weights_the_same_way_each_time(capsys):
    from benches.alignment import _shake

    pairs = [vars(edit_sentences(STORY, seed, Rates(reword=0.6, strength=0.7))) for seed in range(3)]
    _shake({"mine": pairs}, "rewrite", seed=1)
    first = capsys.readouterr().out
    _shake({"mine": pairs}, "rewrite", seed=1)
    assert capsys.readouterr().out == first
    scores = [float(cell) for cell in next(x for x in first.splitlines() if "mine" in x).split("│")[2:5]]
    assert 0 < scores[1] <= 1 and scores[2] > 0


def test_the_change_of_a_sweep_has_the_error_of_its_pairs():
    import numpy as np
    from benches.alignment import _change

    usual = {"differ": np.array([[2, 2, 2], [1, 2, 2]])}
    better = {"differ": np.array([[2, 2, 2], [2, 2, 2]])}
    f1, change, error = _change(better, usual)
    assert (f1, change) == (1, 1 / 4)
    # What a pair adds to F1 above its share: 0 and 0 where all is right; .125 and -.125 where one link is not.
    assert error == pytest.approx(0.125 * 2**0.5)
    assert _change(usual, usual)[1:] == (0, 0)


# --- the table of similarities ------------------------------------------------------------------------


def test_similarities_are_those_of_the_links():
    before = ["The mayor opened the bridge.", "Nobody came to the party.", "It rained."]
    after = ["It rained.", "On Monday the mayor opened the old bridge."]
    matrix = similarities(before, after)
    assert matrix.shape == (3, 2)
    assert matrix[2, 0] == 1 and matrix[1, 0] == 0
    assert 0 < matrix[0, 1] < 1
    for link in align_sentences(before, after):
        assert matrix[link.before, link.after] == link.similarity


def test_similarities_of_nothing_are_an_empty_table():
    assert similarities([], ["It rained."]).shape == (0, 1)
    assert similarities(["", "..."], [""]).tolist() == [[0], [0]]


@pytest.mark.parametrize(("n", "m"), [(60, 60), (60, 50), (3, 200)])
def test_a_line_that_comes_again_and_again_keeps_its_order(n, m):
    links = align_sentences(["He went home."] * n, ["he went home ."] * m)
    assert [(link.before, link.after) for link in links] == [(k, k) for k in range(min(n, m))]
