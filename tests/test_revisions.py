"""What changed: the bundled story and an invented one cell by cell; properties of any two texts."""

from collections import Counter

import pytest
from copydesk import InputError, compare_versions
from copydesk.engine import toml_files
from copydesk.engine.language import spelling
from copydesk.engine.language.names import find_items
from copydesk.engine.revisions import FATES, compare_documents
from copydesk.engine.revisions.differences import apply_differences, find_differences
from copydesk.engine.text import Document, normal_words
from copydesk.stories.comparison import (
    compare_all,
    most_important_changes,
    names_and_numbers,
    position_of_change,
    sentence_lives,
)
from copydesk.stories.story import read_story, story_from_texts
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def comparison():
    return compare_all(read_story("north-korea-sanctions"))[0]


def _cells(frame, *columns):
    """The rows as tuples, None for what is missing."""
    chosen = frame[list(columns)].astype(object)
    return [tuple(row) for row in chosen.where(chosen.notna(), None).itertuples(index=False, name=None)]


def rebuild(comparison):
    """list[str]: the later version's normal form, made from the earlier one's words, the links and the edits.

    Of the later version only the words of added sentences and of edits are read: that this gives its normal
    form shows that the tables lose nothing.
    """
    docs = comparison.before.document, comparison.after.document
    revision = comparison.revision
    put = {}
    for edit in revision.edits:
        for place in range(*docs[1].token_range(edit.after_start, edit.after_end)):
            put[place] = docs[1].tokens[place].norm
    taken = {
        place
        for edit in revision.edits
        for place in range(*docs[0].token_range(edit.before_start, edit.before_end))
    }
    sources = {}
    for before, after in revision.groups:
        kept = [
            docs[0].tokens[place].norm
            for index in before
            for place in range(*docs[0].token_range(*docs[0].sentences[index]))
            if place not in taken
        ]
        words = iter(kept)
        sources.update(dict.fromkeys(after, words))
    rebuilt = []
    for index, span in enumerate(docs[1].sentences):
        for place in range(*docs[1].token_range(*span)):
            if place in put or index not in sources:
                rebuilt.append(put.get(place, docs[1].tokens[place].norm))
            else:
                rebuilt.append(next(sources[index]))
    return rebuilt


# --- the bundled story ------------------------------------------------------------------------------

LINKS = """
1 1 reworded|2 2 identical|3 3 identical|- 4 added|4 5 reworded|5 6 identical|6 7 identical|7 8 identical
8 9 reworded|9 10 identical|10 11 identical|11 12 identical|12 13 identical|13 14 reworded|- 15 added
- 16 added|- 17 added|- 18 added|14 19 identical|15 20 identical|16 21 identical|17 22 identical
18 23 identical|19 24 identical|20 25 identical|21 26 reworded|22 27 reworded|23 28 identical
24 29 identical|25 30 identical|26 31 identical|27 32 identical
"""


def test_the_storys_relations_are_right_cell_by_cell(comparison):
    expected = []
    for row in LINKS.replace("\n", "|").strip("|").split("|"):
        before, after, relation = row.split()
        before = None if before == "-" else f"aol:S{int(before):04d}"
        expected.append(("north-korea-sanctions", before, f"longer:S{int(after):04d}", relation, False))
    assert _cells(comparison.links, "story", "before", "after", "relation", "moved") == expected


EDITS = [
    ("aol:S0001", "longer:S0001", 249, 253, 64, 64, "delete", "wording", "U.N.", ""),
    ("aol:S0001", "longer:S0001", 293, 293, 105, 129, "insert", "wording", "", "it negotiated with china"),
    ("aol:S0004", "longer:S0005", 833, 835, 909, 921, "replace", "wording", "It", "the proposal"),
    (
        "aol:S0008", "longer:S0009", 9592, 9668, 1869, 2064, "replace", "wording",
        "told Reuters they hoped to put the resolution to a vote as early as Saturday",
        ("predicted a saturday meeting to adopt the draft but russian deputy u.n. ambassador petr iliichev told "
         "reuters moscow needed time to study the draft and the earliest likely vote would be next week"),
    ),
    ("aol:S0013", "longer:S0014", 10242, 10248, 2650, 2658, "replace", "spelling", "dialog", "dialogue"),
    ("aol:S0021", "longer:S0026", 11225, 11225, 4256, 4257, "insert", "typography", "", ","),
    ("aol:S0021", "longer:S0026", 11230, 11233, 4261, 4261, "delete", "wording", "was", ""),
    ("aol:S0022", "longer:S0027", 11346, 11357, 4406, 4417, "move", "wording", "on Thursday", "on thursday"),
    ("aol:S0022", "longer:S0027", 11387, 11387, 4418, 4419, "insert", "typography", "", ":"),
    ("aol:S0022", "longer:S0027", 11523, 11525, 4557, 4560, "replace", "typography", '."', "” ."),
]  # fmt: skip


def test_the_storys_edits_are_right_cell_by_cell(comparison):
    columns = """before after before_start before_end after_start after_end kind level before_text
        after_text""".split()
    assert _cells(comparison.edits, *columns) == EDITS
    assert set(comparison.edits.story) == {"north-korea-sanctions"}


SUMMARY = {
    ("words", "aol"): {"total": 669, "kept": 648, "moved": 2, "respelled": 1, "reworded": 16, "cut": 2},
    ("words", "longer"): {"total": 821, "kept": 648, "moved": 2, "respelled": 1, "reworded": 35, "added": 135},
    ("sentences", "aol"): {
        "total": 27, "identical": 21, "reworded": 6, "split": 0, "merged": 0, "deleted": 0, "moved": 0,
    },
    ("sentences", "longer"): {
        "total": 32, "identical": 21, "reworded": 6, "split": 0, "merged": 0, "added": 5, "moved": 0,
    },
    ("edits", None): {
        "insert, wording": 1, "insert, spelling": 0, "insert, typography": 2,
        "delete, wording": 2, "delete, spelling": 0, "delete, typography": 0,
        "replace, wording": 2, "replace, spelling": 1, "replace, typography": 1, "move, wording": 1,
    },
    ("typography", None): {"words written otherwise": 124},
}  # fmt: skip


def test_the_storys_summary_is_right_cell_by_cell(comparison):
    found = {}
    for unit, version, measure, count, share in _cells(
        comparison.summary, "unit", "version", "measure", "count", "share"
    ):
        found.setdefault((unit, version), {})[measure] = count
        total = found[unit, version].get("total")
        assert share == (None if total is None else pytest.approx(count / total))
    assert found == SUMMARY


def test_the_fates_of_the_words_add_up(comparison):
    words = comparison.summary.query("unit == 'words'")
    for _, version in words.groupby("version"):
        counts = version.set_index("measure")["count"]
        assert counts["total"] == counts.drop("total").sum()


def test_where_the_storys_change_falls(comparison):
    found = _cells(position_of_change(comparison), "version", "part", "words", "kept", "changed")
    assert found == [
        ("aol", "lead", 223, 221, 2), ("aol", "middle", 223, 207, 15), ("aol", "end", 223, 220, 1),
        ("longer", "lead", 273, 221, 52), ("longer", "middle", 274, 155, 118), ("longer", "end", 274, 272, 0),
    ]  # fmt: skip


def test_new_and_vanished_names_of_the_story(comparison):
    found = _cells(names_and_numbers(comparison), "change", "kind", "item", "sentence")
    assert found == [
        ("new", "name", "barack obama", "longer:S0004"), ("new", "name", "russian", "longer:S0009"),
        ("new", "name", "petr iliichev", "longer:S0009"), ("new", "name", "moscow", "longer:S0009"),
        ("new", "name", "global times", "longer:S0015"), ("new", "name", "south korea", "longer:S0017"),
        ("new", "name", "japan", "longer:S0017"),
    ]  # fmt: skip


def test_the_changes_that_matter_most(comparison):
    changes = most_important_changes(comparison, 3)
    assert _cells(
        changes, "rank", "relation", "before", "after", "words_added", "words_removed", "weight"
    ) == [
        (1, "added", None, "longer:S0015 longer:S0016 longer:S0017 longer:S0018", 85, 0, 100),
        (2, "reworded", "aol:S0008", "longer:S0009", 33, 15, 63),
        (3, "added", None, "longer:S0004", 46, 0, 51),
    ]
    assert changes.names_added.tolist() == [
        "global times; south korea; japan", "russian; petr iliichev; moscow", "barack obama"
    ]  # fmt: skip
    assert len(most_important_changes(comparison, 99)) == 6


def test_sentences_that_stood_apart_are_no_single_change():
    stays = "The old harbour master told everybody about the storm."
    cut = ["Ferries to the islands were full of tourists.", "Nobody had seen the northern lights before."]
    rest = "Rain fell on the town. The council met at noon."
    found = most_important_changes(_compare(f"{cut[0]} {stays} {cut[1]} {rest}", f"{rest} {stays}"))
    assert sorted(found["before"]) == ["one:S0001", "one:S0003"]


def test_each_sentences_life(comparison):
    lives = sentence_lives(read_story("north-korea-sanctions"))
    assert len(lives) == 59
    assert lives.life.nunique() == 32
    assert Counter(lives.relation) == {"first": 27, "identical": 21, "reworded": 6, "added": 5}
    assert lives.query("life == 8").sentence.tolist() == ["aol:S0008", "longer:S0009"]


def test_the_later_version_can_be_rebuilt_from_the_tables(comparison):
    assert rebuild(comparison) == normal_words(comparison.after.document)


# --- an invented story with every relation ----------------------------------------------------------

BEFORE = (
    "The council met on Monday to discuss the new harbor. Fishermen protested outside the town hall for three "
    "hours. The plan, drawn up by engineers from Bremen, would cost 40 million euros. The mayor called it a bold "
    "step. Critics say the money is needed for schools. The ferry line, which has run since 1931, would be closed "
    "and its ships sold to a company in Norway. A vote is expected in June."
)
AFTER = (
    "Fishermen protested outside the town hall for four hours. The council met on Monday to discuss the new "
    "harbor. The plan would cost 40 million euros. It was drawn up by engineers from Bremen. Critics say the money "
    "is needed for schools, and the opposition leader, Anna Petersen, agreed. The ferry line, which has run since "
    "1931, would be closed. Its ships would be sold to a company in Norway. Residents of the island fear that "
    "tourism will suffer. A vote is expected in June."
)


def _compare(before, after, **options):
    story = story_from_texts({"one": before, "two": after})
    return compare_versions(*story.versions.values(), **options)


def test_every_relation_in_reading_order():
    found = _cells(_compare(BEFORE, AFTER).links, "before", "after", "relation", "moved")
    assert found == [
        ("one:S0002", "two:S0001", "reworded", True),
        ("one:S0001", "two:S0002", "identical", False),
        ("one:S0003", "two:S0003", "split", False),
        ("one:S0003", "two:S0004", "split", False),
        ("one:S0004", None, "deleted", False),
        ("one:S0005", "two:S0005", "reworded", False),
        ("one:S0006", "two:S0006", "split", False),
        ("one:S0006", "two:S0007", "split", False),
        (None, "two:S0008", "added", False),
        ("one:S0007", "two:S0009", "identical", False),
    ]


def test_a_moved_sentence_shows_its_inner_edits_and_a_split_one_its_phrase_moves():
    edits = _compare(BEFORE, AFTER).edits
    found = _cells(edits, "before", "after", "kind", "level", "before_text", "after_text")
    assert found == [
        ("one:S0002", "two:S0001", "replace", "wording", "three", "four"),
        ("one:S0003", "two:S0003", "move", "wording", *["would cost 40 million euros"] * 2),
        ("one:S0003", "two:S0003", "replace", "wording", ",", ". It was"),
        ("one:S0003", "two:S0004", "delete", "typography", ",", ""),
        (
            "one:S0005",
            "two:S0005",
            "insert",
            "wording",
            "",
            ", and the opposition leader, Anna Petersen, agreed",
        ),
        ("one:S0006", "two:S0006", "replace", "wording", "and", "."),
        ("one:S0006", "two:S0007", "insert", "wording", "", "would be"),
    ]


def test_names_and_numbers_of_a_text_with_capitals():
    found = _cells(
        names_and_numbers(_compare(BEFORE, AFTER)), "change", "kind", "item", "version", "sentence"
    )
    assert found == [
        ("new", "number", "four", "two", "two:S0001"),
        ("new", "name", "Anna Petersen", "two", "two:S0005"),
        ("vanished", "number", "three", "one", "one:S0002"),
    ]


def test_swapping_the_versions_swaps_everything():
    there, back = _compare(BEFORE, AFTER), _compare(AFTER, BEFORE)
    _assert_swapped(there.revision, back.revision)
    assert rebuild(back) == normal_words(BEFORE)


SWAPPED = {"added": "deleted", "deleted": "added", "split": "merged", "merged": "split",
           "insert": "delete", "delete": "insert"}  # fmt: skip


def _assert_swapped(there, back):
    def key(row):
        return tuple(-1 if value is None else value for value in row)

    links = [
        (link.after, link.before, SWAPPED.get(link.relation, link.relation), link.moved, link.similarity)
        for link in back.links
    ]
    assert sorted(links, key=key) == sorted(map(tuple, there.links), key=key)
    edits = [
        (e.after, e.before, e.after_start, e.after_end, e.before_start, e.before_end,
         SWAPPED.get(e.kind, e.kind), e.level)
        for e in back.edits
    ]  # fmt: skip
    assert sorted(edits) == sorted(map(tuple, there.edits))


def test_three_versions_have_consecutive_comparisons_and_lives():
    story = story_from_texts(
        {"one": BEFORE, "two": AFTER, "three": AFTER.replace(" A vote is expected in June.", "")}
    )
    first, second = compare_all(story)
    assert (first.before.id, first.after.id, second.after.id) == ("one", "two", "three")
    assert second.links.relation.tolist() == ["identical"] * 8 + ["deleted"]
    lives = sentence_lives(story)
    assert Counter(lives.version) == {"one": 7, "two": 9, "three": 8}
    assert lives.query("version == 'three'").relation.unique().tolist() == ["identical"]
    # The part of a split that is most like the whole carries its life on; the other begins one.
    ferry = lives.query("sentence == 'one:S0006'").life.item()
    assert lives[lives.life == ferry].sentence.tolist() == ["one:S0006", "two:S0006", "three:S0006"]
    assert lives.query("sentence == 'two:S0007'").previous.item() == "one:S0006"
    assert len(lives.groupby(["life", "version"])) == len(lives)


# --- odd pairs --------------------------------------------------------------------------------------


def test_typography_alone_makes_sentences_identical():
    comparison = _compare(
        "The U.S. envoy said: “It's a bold program.” China’s port — the old one — is shut. He left the U.S.",
        "the u.s . envoy said : \" it ' s a bold program \" . china ' s port - the old one - is shut . he left the u.s. .",
    )
    assert comparison.links.relation.tolist() == ["identical"] * 3
    assert set(comparison.edits.level) == {"typography"}
    words = comparison.summary.query("unit == 'words' and measure == 'kept'")
    assert words.share.tolist() == [1.0, 1.0]


LINK_COLUMNS = ["story", "before", "after", "relation", "moved", "similarity", "change", "holds"]


@pytest.mark.parametrize(
    ("before", "after", "relations"),
    [
        ("", "", []),
        ("", "The port is shut.", ["added"]),
        ("The port is shut.", "", ["deleted"]),
        ("The port is shut.", "The port is shut.", ["identical"]),
        ("The port is shut.", "Nine engineers went skiing.", ["deleted", "added"]),
        ("\n \t", "…", ["added"]),
        ("?", "!", ["deleted", "added"]),
    ],
)
def test_odd_pairs_give_sensible_figures(before, after, relations):
    comparison = _compare(before, after)
    assert comparison.links.relation.tolist() == relations
    assert list(comparison.links.columns) == LINK_COLUMNS
    assert len(comparison.edits) == 0
    summary = comparison.summary
    assert (summary["count"] >= 0).all()
    assert summary.share.dropna().between(0, 1).all()
    assert len(position_of_change(comparison)) == 6
    assert len(names_and_numbers(comparison)) <= 1
    assert len(most_important_changes(comparison)) <= 2
    assert rebuild(comparison) == normal_words(after)


def test_the_threshold_and_the_preset_reach_the_alignment():
    assert "reworded" in set(_compare(BEFORE, AFTER).links.relation)
    assert "reworded" not in set(_compare(BEFORE, AFTER, threshold=1).links.relation)
    assert "identical" in set(_compare(BEFORE, AFTER, preset="rewrite").links.relation)
    with pytest.raises(InputError, match="preset"):
        _compare(BEFORE, AFTER, preset="revisionn")


# --- what kind of change ------------------------------------------------------------------------------

# What two wordings of a sentence are: the first of each pair stands in a story that knows the second's names.
KINDS_OF_CHANGE = [
    ("The mayor said that the pier was closed.", "The mayor said the pier was closed.", "style", ""),
    ("The mayor expected a vote.", "The mayor expects a vote.", "style", ""),
    ("On Monday the mayor closed the pier.", "The mayor closed the pier on Monday.", "style", ""),
    ('"The pier is old," Ms. Weber said.', '"The pier is old," she said.', "style", ""),
    ('"The pier is old," said van Houten.', '"The pier is old," he said.', "style", ""),
    ("It was closed at noon.", "The harbour was closed at noon.", "style", ""),
    ("It rose by 9 per cent.", "It rose by 9 pct.", "style", ""),
    ("The Port Harbour Union met.", "The P.H.U. met.", "style", ""),
    ("The mayor closed the pier.", "For example, the mayor closed the pier.", "style", ""),
    ("However, the mayor closed the pier.", "The mayor closed the pier.", "style", ""),
    ("Further, the mayor closed the pier.", "As a result, the mayor closed the pier.", "style", ""),
    ("The council must approve it.", "The council must give its approval.", "style", ""),
    ("The Lundish mayor of Lund spoke.", "The Lundish mayor spoke in Lund.", "style", ""),
    ("The harbour comittee met.", "The harbour committee met.", "style", ""),
    ("The harbour committee met.", "The harbour commission met.", "substance", ""),
    ("The harbour inspector resigned.", "The harbour inspectors resigned.", "style", ""),
    ("It owes 3 billion crowns, 2 billion crowns of it here.", "It owes 3 billion, 2 billion of it here.", "style", ""),
    ("It lost 3 billion crowns.", "It lost 3 billion tons.", "substance", ""),
    ("Few sailors saw it.", "Sailors saw it.", "substance", ""),
    ("A few sailors saw it.", "Sailors saw it.", "style", ""),
    ("It closed on May 6.", "It closed in May.", "substance", "date"),
    ("A man of 43 drowned.", "A 43-year-old man drowned.", "substance", ""),
    ("Harbour Master Piet van Houten spoke.", "Piet van Houten spoke.", "substance", ""),
    ("Hyperinflation fell.", "Inflation fell.", "substance", ""),
    ("Sen. Jo Krag, D-Ohio, spoke.", "Sen. Jo Krag, I-Ohio, spoke.", "substance", ""),
    ("The U.N. Security Council met.", "The United Nations Security Council met.", "style", ""),
    ('A child heard "Bread for the Poor!"', "A child heard shouts.", "substance", "quotation"),
    ("The mayor closed the water front.", "The mayor closed the water-front.", "style", ""),
    ("On the pier the mayor spoke.", "On the pier old neighbours heard that the mayor spoke.", "substance", ""),
    ("The mayor closed the old pier.", "The mayor closed the pier.", "substance", ""),
    ("The mayor will close the pier.", "The mayor may close the pier.", "substance", ""),
    ("The mayor will close the pier.", "The mayor would close the pier.", "style", ""),
    ("The mayor closed the pier.", "The mayor never closed the pier.", "substance", ""),
    ("The pier is 40 metres long.", "The pier is over 40 metres long.", "substance", ""),
    ("The pier is 40 metres long.", "The pier is 50 metres long.", "substance", "number"),
    ("The pier is closed.", "The pier is closed, the mayor said.", "substance", "voice"),
    ("The pier closed on Friday.", "The pier closed.", "substance", "date"),
    ("The pier closed in 1987.", "The pier closed in 1988.", "substance", "date"),
    ("The plan was drawn up by engineers.", "The plan was drawn up by Bodil Krag.", "substance", "name"),
    ('He called the pier "very old" on Monday.', 'He called the pier "old" on Monday.', "substance", "quotation"),
]  # fmt: skip
AROUND = " Ms. Weber and Piet van Houten met on Monday. Rain fell over the harbour all day."


@pytest.mark.parametrize(("before", "after", "change", "holds"), KINDS_OF_CHANGE)
def test_a_change_is_of_style_or_of_substance(before, after, change, holds):
    found = _cells(_compare(before + AROUND, after + AROUND).links, "relation", "change", "holds")
    assert found == [("reworded", change, holds), *[("identical", "none", "")] * 2]
    back = _cells(_compare(after + AROUND, before + AROUND).links, "relation", "change", "holds")
    assert found == back


def test_what_an_added_sentence_holds_stands_nowhere_else():
    added = '"Nobody asked us," said Bodil Krag of Lund, 61, on Tuesday. "Nobody ever does. Ms. Weber knows." It rained.'
    links = _compare("The pier is closed." + AROUND, "The pier is closed." + AROUND + " " + added).links
    found = _cells(links[links.relation == "added"], "change", "holds")
    assert found[0] == ("substance", "voice;quotation;name;number;date")
    assert all(row == ("substance", "voice;quotation") for row in found[1:-1])
    assert found[-1] == ("substance", "")


def test_a_headline_in_capitals_holds_no_names():
    links = _compare("PIER SHUT\n\nThe pier is old.", "OLD PIER CLOSES\n\nThe pier is old.").links
    assert "name" not in ";".join(links["holds"])


def test_the_storys_changes_are_of_two_kinds(comparison):
    reworded = comparison.links.query("relation == 'reworded'")
    assert dict(zip(reworded["after"], reworded["change"], strict=True)) == {
        "longer:S0001": "substance", "longer:S0005": "style", "longer:S0009": "substance",
        "longer:S0014": "style", "longer:S0026": "style", "longer:S0027": "style",
    }  # fmt: skip


# --- differences inside sentences -------------------------------------------------------------------

DIFFERENCES = [
    # whole words; a word that differs in one letter is another word
    ("They met on Monday.", "They meet on Monday.", ["replace wording: met → meet"]),
    # spelling
    ("the colour of nine centres", "the color of 9 centers", [
        "replace spelling: colour → color", "replace spelling: nine → 9", "replace spelling: centres → centers"]),
    ("a u.n. policy-maker", "a un policymaker", [
        "replace spelling: u.n. → un", "replace spelling: policy-maker → policymaker"]),
    ("9 per cent", "9 percent", ["replace spelling: per cent → percent"]),
    # typography: marks only
    ("the port, they say", "the port: they say", ["replace typography: , → :"]),
    ('it is a " bold " step', "it is a bold step", ['delete typography: " → ', 'delete typography: " → ']),
    ('a program . "', 'a program " .', ['replace typography: . " → " .']),
    # a phrase, or a word, at another place
    ("she told a briefing on thursday", "on thursday she told a briefing", ["move wording: on thursday → on thursday"]),
    ("the plan failed , said the mayor", "the plan failed , the mayor said", ["move wording: said → said"]),
    # an insertion stands where a phrase begins
    ("the old harbor", "the old and the old harbor", ["insert wording:  → the old and"]),
    ("it fell on monday and rose", "it fell on monday and on tuesday and rose", ["insert wording:  → and on tuesday"]),
    # words of grammar in common do not break a rewritten clause up
    ("they hoped to put the plan to a vote", "they wanted time to read the whole of it", [
        "replace wording: hoped to put the plan to a vote → wanted time to read the whole of it"]),
    # but words of weight do
    ("the minister from Bremen resigned", "the senator from Bremen resigned yesterday", [
        "replace wording: minister → senator", "insert wording:  → yesterday"]),
    ("on monday , the mayor left", "on tuesday , the envoy left", [
        "replace wording: monday → tuesday", "replace wording: mayor → envoy"]),
    ("same words", "same words", []),
    ("", "new words", ["insert wording:  → new words"]),
]  # fmt: skip


def _shown(before, after):
    return [
        f"{d.kind} {d.level}: {' '.join(before[d.before_start : d.before_end])} → "
        f"{' '.join(after[d.after_start : d.after_end])}"
        for d in find_differences(before, after)
    ]


@pytest.mark.parametrize(("before", "after", "expected"), DIFFERENCES)
def test_differences_are_such_as_a_reader_would_mark(before, after, expected):
    assert _shown(normal_words(before), normal_words(after)) == [line.lower() for line in expected]


def test_a_coincidence_in_a_rewritten_sentence_is_no_move():
    before = normal_words("the tax on ferries was raised by the council in the spring of last year")
    after = normal_words("after the vote nobody spoke of the tax on ferries again")
    assert "move" not in {d.kind for d in find_differences(before, after)}


WORDS = st.sampled_from(
    'the a of and said , . " colour color nine 9 per cent percent mr. weber harbor on thursday u.n. un it was ...'.split()
)
LISTS = st.lists(WORDS, max_size=25)


@st.composite
def edited(draw):
    """Two lists of words, the second made out of the first: a stretch moved, others repeated or replaced."""
    before = draw(st.lists(st.sampled_from("abcdefghij") | WORDS, min_size=1, max_size=25))
    after = list(before)
    for _ in range(draw(st.integers(1, 4))):
        start, length, to = (draw(st.integers(0, len(after))) for _ in range(3))
        stretch = after[start : start + length % 5]
        if draw(st.booleans()):
            del after[start : start + length % 5]
        after[to:to] = stretch if draw(st.booleans()) else draw(st.lists(WORDS, max_size=3))
    return before, after


BOTH = st.tuples(LISTS, LISTS) | edited()


@given(BOTH)
def test_applying_the_differences_gives_the_other_text(both):
    before, after = both
    differences = find_differences(before, after)
    assert apply_differences(before, differences, after) == after
    back = find_differences(after, before)
    assert apply_differences(after, back, before) == before
    swapped = [
        (d.after_start, d.after_end, d.before_start, d.before_end, SWAPPED.get(d.kind, d.kind), d.level)
        for d in back
    ]
    assert sorted(swapped) == sorted(map(tuple, differences))


@given(BOTH)
def test_differences_are_valid_spans_that_do_not_overlap(both):
    before, after = both
    for side, words in ((0, before), (2, after)):
        places = []
        for difference in find_differences(before, after):
            start, end = difference[side], difference[side + 1]
            assert 0 <= start <= end <= len(words)
            places += range(start, end)
        assert len(places) == len(set(places))
    for d in find_differences(before, after):
        lengths = d.before_end - d.before_start, d.after_end - d.after_start
        assert {"insert": not lengths[0] and lengths[1] > 0, "delete": lengths[0] > 0 and not lengths[1],
                "replace": min(lengths) > 0, "move": lengths[0] == lengths[1] > 0}[d.kind]  # fmt: skip


@given(LISTS)
def test_equal_texts_have_no_differences(words):
    assert find_differences(words, list(words)) == []


def test_very_long_stretches_are_compared_in_bounded_memory():
    before = [f"a{n}" for n in range(20_000)]
    after = [f"b{n}" for n in range(20_000)]
    assert len(find_differences(before, after)) == 1
    edited = [*before[:7000], "new", *before[7000:]]
    assert [d[:5] for d in find_differences(before, edited)] == [(7000, 7000, 7000, 7001, "insert")]


# --- any two texts ----------------------------------------------------------------------------------

SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: " ".join(words).capitalize() + ".")
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=120),
    st.lists(SENTENCES, max_size=8).map(" ".join),
    st.lists(SENTENCES, max_size=8).map("\n".join),
)


@st.composite
def pairs(draw):
    """Two texts, the second often made out of the first by shuffling, cutting and adding."""
    before = draw(st.lists(SENTENCES, max_size=8))
    if not draw(st.booleans()):
        return draw(TEXTS), draw(TEXTS)
    after = draw(st.permutations(before))[: draw(st.integers(0, 8))] + draw(st.lists(SENTENCES, max_size=2))
    joined = " ".join(after)
    return " ".join(before), joined.replace(". ", " and ", draw(st.integers(0, 1)))


@given(pairs())
def test_any_two_texts_are_compared_without_loss(texts):
    before, after = map(Document, texts)
    revision = compare_documents(before, after)
    _assert_swapped(revision, compare_documents(after, before))
    for side, doc in enumerate((before, after)):
        indices = {link[side] for link in revision.links} - {None}
        assert indices == set(range(len(doc.sentences)))
        fates = (revision.before_fates, revision.after_fates)[side]
        assert len(fates) == len(doc.tokens)
        assert FATES.index(("added", "cut")[side]) not in fates
        starts, ends = {t.start for t in doc.tokens}, {t.end for t in doc.tokens}
        for edit in revision.edits:
            index, start, end = edit[side], *edit[2 + 2 * side : 4 + 2 * side]
            span = doc.sentences[index]
            assert span.start <= start <= span.end
            assert start == end or (start in starts and end in ends)
    order = [link.after for link in revision.links if link.after is not None]
    assert order == sorted(order)


@given(pairs())
def test_any_two_versions_have_tables_and_can_be_rebuilt(texts):
    before, after = (text.encode("utf-8", "replace").decode() for text in texts)
    story = story_from_texts({"one": before, "two": after})
    comparison = compare_all(story)[0]
    assert rebuild(comparison) == normal_words(comparison.after.document)
    assert len(comparison.links) >= max(len(v.document.sentences) for v in story.versions.values())
    assert len(comparison.edits) == len(comparison.revision.edits)
    assert comparison.summary.query("unit == 'words' and measure == 'total'")["count"].tolist() == [
        version.words for version in story.versions.values()
    ]
    names_and_numbers(comparison)
    most_important_changes(comparison)
    assert len(sentence_lives(story)) == sum(len(v.document.sentences) for v in story.versions.values())


# --- spelling and names -----------------------------------------------------------------------------


def test_each_rule_of_spelling_brings_its_examples_together():
    book = toml_files.load("spelling", spelling.Codebook)
    for rule in book.rules:
        for pair in rule.examples:
            assert len({spelling.key(word) for word in pair}) == 1, pair
    for group in (*book.words.groups, *book.stems.groups):
        assert len({spelling.key(word) for word in group}) == 1, group


@pytest.mark.parametrize(
    ("one", "other"),
    [("tire", "tier"), ("four", "for"), ("filled", "filed"), ("prise", "prize"), ("1.5", "15"), ("resigned", "designed"),
     ("were", "where"), ("north", "south"), ("16", "17"), ("million", "billion"), ("?", "!")],
)  # fmt: skip
def test_different_words_have_different_keys(one, other):
    assert spelling.key(one) != spelling.key(other)


def test_names_are_found_with_and_without_capitals():
    text = "Anna Weber of the Bank of England met Chinese envoys. Nobody from Bremen spoke. Talks failed on Monday."
    doc = Document(text)
    found = [" ".join(item.words) for item in find_items(doc)]
    assert found == ["anna weber", "bank of england", "chinese", "bremen"]
    small = Document(text.lower())
    known = [item.words for item in find_items(doc)]
    assert [" ".join(item.words) for item in find_items(small, known)] == found
    alone = Document("the russian president ivan petrenko met 17 chinese envoys .")
    assert [item.words for item in find_items(alone)] == [
        ("russian",), ("ivan", "petrenko"), (spelling.key("17"),), ("chinese",)
    ]  # fmt: skip


def test_a_version_beside_itself_is_refused():
    one = story_from_texts({"only": "Rain fell."}).versions["only"]
    with pytest.raises(InputError, match="nothing to compare: the version 'only'"):
        compare_versions(one, one)


@pytest.mark.parametrize("threshold", [-0.1, 1.5, float("nan")])
def test_a_threshold_that_is_no_similarity_is_refused(threshold):
    one, other = story_from_texts({"a": "Rain fell.", "b": "Snow fell."}).versions.values()
    with pytest.raises(InputError, match="give the least similarity of linked sentences, 0 to 1"):
        compare_versions(one, other, threshold=threshold)
