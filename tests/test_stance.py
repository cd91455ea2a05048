"""Stance markers, negation, voices and suggested directions, on sentences of our own."""

from itertools import pairwise

import copydesk as cd
import pytest
from copydesk.engine import toml_files
from copydesk.engine.spans import Span, read_spans
from copydesk.engine.stance import (
    CLASSES,
    MARKER_COLUMNS,
    Codebook,
    codebook,
    definitions,
    find_markers,
)
from copydesk.errors import InputError
from copydesk.stories.statement_rows import COLUMNS
from copydesk.stories.story import Story, StoryEntry, Target, Version, VersionEntry
from copydesk.stories.tables import (
    STANCE_COLUMNS,
    VADER_COLUMNS,
    markers_table,
    statements_table,
    suggest_stances,
    vader_table,
)
from hypothesis import given, settings
from hypothesis import strategies as st


def found(text):
    return [(m.marker, m.marker_class, m.polarity, m.negated) for m in find_markers(text)]


MARKERS = [
    ("The toll may perhaps help.", [("may", "hedge"), ("perhaps", "hedge")]),
    ("It is, to some extent, a success.", [("to some extent", "hedge"), ("success", "evaluation")]),
    ("Of course the dam is absolutely safe.", [("of course", "booster"), ("absolutely", "booster")]),
    ("We will never give up.", [("never", "booster")]),
    ("The dam will burst.", [("will", "booster")]),
    ("They must pay; it is necessary.", [("must", "obligation"), ("necessary", "obligation")]),
    ("We hope it ends.", [("hope", "attitude")]),
    ("They hoped it would end.", [("hoped", "attitude")]),
    ("He deplores the fee.", [("deplores", "attitude")]),
    ("A harsh fee, and the harshest yet.", [("harsh", "evaluation"), ("harshest", "evaluation")]),
    ("A robust plan.", [("robust", "evaluation")]),
    ("The city flouted the rule.", [("flouted", "evaluation")]),
    ("The town deserves the punishment.", [("deserves the punishment", "evaluation")]),
    ("There is no doubt about it.", [("no doubt", "booster")]),
    # What only looks like a marker.
    ("It opened in May 2011.", []),
    ("It opened last May.", []),
    ("the vote in may 2011 was close .", []),
    ("It is the will of the people.", []),
    ("She wrote a will.", []),
    ("It is the kind of dam they built.", []),
    ("It is kind of big.", [("kind of", "hedge")]),
    ("They walked around the lake.", []),
    ("It was just him.", []),
    ("They had tough talks.", []),
    ("It had taken nearly 30 weeks.", []),
    ("Great Britain voted.", []),
    ("It would rain.", []),
    # What somebody means to do, and what is in the calendar.
    ("We will mend it, and I'll pay.", []),
    ("The court will sit on Tuesday.", []),
    ("They'll play in Leeds next week.", []),
    # Rough numbers, ability, purpose.
    ("At least 12 cows and almost a dozen pigs drowned.", []),
    ("He could not walk, and they built a ramp so he could vote.", []),
    ("They want it as soon as possible.", []),
    ("The lake could flood the town.", [("could", "hedge")]),
    # A word of fact, of law, of size; who won.
    ("A criminal court heard of violent crimes.", []),
    ("The side won a victory by a significant margin.", []),
    ("Her training regime begins at dawn.", []),
    ("He is responsible for the port.", []),
    ("A great many came.", []),
    ("The rule is effective from 3 March.", []),
    ("The answer lies in the soil.", []),
    ("It lies about the toll.", [("lies", "evaluation")]),
    # A verb that is a noun here.
    ("The police held a suspect.", []),
    ("A protest closed the bridge.", []),
    ("They pay back the loan and give back the land.", []),
    ("He protests that it is late.", [("protests", "attitude")]),
    # Whom a thing is aimed at; what is no worry; what is hoped for or asked.
    ("A lawsuit against him and crimes against the town were heard.", []),
    ("They are against it.", [("against", "attitude")]),
    ("The firm put business concerns first.", []),
    ("There are concerns about the dam.", [("concerns", "attitude")]),
    ("They hope the rain will end.", [("hope", "attitude")]),
    ("Nobody asked whether it will end.", []),
    # A schedule, enough time, the taking of blame.
    ("The talks are to begin in Oslo.", []),
    ("It came in time to help.", []),
    ("A group claimed responsibility.", []),
    ("What do they have to lose?", []),
    ("They have to go.", [("have to", "obligation")]),
    ("The visa regime changed.", []),
    ("The regime fell.", [("regime", "evaluation")]),
    ("They set tariffs as opposed to quotas.", []),
    ("Sales rose thanks to the rain.", []),
    ("There was at least some of it left.", []),
    ("The man had no possibility of leave.", []),
    ("The owners bear responsibility for the leak.", []),
]


@pytest.mark.parametrize("form", [str, str.lower], ids=["cased", "small"])
@pytest.mark.parametrize(("text", "expected"), MARKERS)
def test_markers_of_a_sentence(text, expected, form):
    # The article belongs to "the regime"; what is asked here is which words are marked as what.
    assert [(m[0].removeprefix("the "), m[1]) for m in found(form(text))] == expected


def test_what_can_only_be_a_name_is_no_marker():
    assert (
        found(
            "They had met at the old Good Hope Inn to talk about the boats with Frank Strong of the Fair Wages Union."
        )
        == []
    )


@pytest.mark.parametrize("apostrophe", ["'", "’", " ’ "])
def test_markers_in_small_letters_are_those_of_the_cased_text(apostrophe):
    text = f"They don{apostrophe}t hope so; it won{apostrophe}t be harsh."
    assert [m[0] for m in found(text)] == [m[0] for m in found(text.lower())]


NEGATION = [
    ("It is not harsh.", {"harsh": True}),
    ("It isn't harsh.", {"harsh": True}),
    ("It was never harsh.", {"harsh": True, "never": False}),
    ("It is not just harsh.", {"harsh": False}),
    ("It is not only harsh but unfair.", {"harsh": False, "unfair": False}),
    ("It is not harsh but unfair.", {"harsh": True, "unfair": False}),
    ("It is not harsh, it is unfair.", {"harsh": True, "unfair": False}),
    ("It is careful not to punish them.", {"careful": False, "punish": True}),
    ("There was no failure.", {"failure": True}),
    ("They did it without violating it.", {"violating": True}),
    ("They should not go.", {"should": True}),
    ("They must go.", {"must": False}),
    ("It cannot be called fair.", {"fair": True}),
    ("They should not only go.", {"should": False}),
    ("Without doubt it is harsh.", {"without doubt": False, "harsh": False}),
    ("It is not not harsh.", {"harsh": False}),
    ("They are far from harsh.", {"harsh": True}),
    # Behind a noun, "to" begins a thought of its own; a question word does so anywhere.
    ("She is not the first to be disappointed.", {"disappointed": False}),
    ("They came without a plan to help the weak.", {"weak": False}),
    ("It is not going to be harsh.", {"harsh": True}),
    ("They do not know what is fair.", {"fair": False}),
    # A modal verb is denied by its neighbour alone.
    ("They do not have to go.", {"have to": True}),
    ("A flood not seen here should frighten them.", {"should": False}),
    ("No town may keep it.", {"may": False}),
    ("Nobody said anything. It is harsh.", {"harsh": False}),
    ("No one in the whole of the large old town by the sea is harsh.", {"harsh": False}),
]


@pytest.mark.parametrize(("text", "expected"), NEGATION)
def test_negation_and_its_scope(text, expected):
    negated = {marker: is_negated for marker, _, _, is_negated in found(text)}
    assert {marker: negated[marker] for marker in expected} == expected


def test_polarity_is_of_the_word_and_not_turned_by_negation():
    assert found("It is not harsh.") == [("harsh", "evaluation", "negative", True)]
    assert found("It is fair.") == [("fair", "evaluation", "positive", False)]
    assert found("It is tough.") == [("tough", "evaluation", "", False)]


def test_a_marker_does_not_reach_over_the_end_of_a_span():
    text = "to some extent harsh"
    assert [m.marker for m in find_markers(text, [Span(0, 7), Span(8, 20)])] == ["harsh"]


# --- the codebook -----------------------------------------------------------------------------------


def test_every_class_says_what_it_is_and_is_not():
    assert set(definitions()) == set(CLASSES)
    assert all(means and is_not for means, is_not in definitions().values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda book: book["hedge"].update(word=["perhaps"]), "did you mean 'words'"),
        (lambda book: book["hedge"]["words"].append("--"), "'--' is no word"),
        (lambda book: book["booster"]["words"].append("perhaps"), "hedge and booster"),
        (lambda book: book["cautions"].append({"marker": "mya", "reason": "-"}), "'mya' is for no marker"),
        (lambda book: book["hedge"].pop("is_not"), "'is_not' is missing"),
    ],
)
def test_a_wrong_codebook_is_refused_with_its_reason(change, message):
    content = codebook().model_dump(exclude_none=True)
    change(content)
    with pytest.raises(InputError) as caught:
        toml_files.check(content, Codebook, "stance.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("stance.toml")


# --- tables -----------------------------------------------------------------------------------------

NAMES = {"toll": ["toll", "fee"], "bank": ["bank"]}


def story_of(text, **against):
    """A story of one version, with a toll and a bank as its targets."""
    entry = VersionEntry(id="one", file="one.txt", label="one")
    targets = [
        Target(id=one, label=one, names=names, against=against.get(one, [])) for one, names in NAMES.items()
    ]
    made = StoryEntry(title="A toll", versions=[entry], targets=targets)
    return Story(made, {"one": Version(entry, text, story="toll")}, name="toll")


def test_quoted_words_are_the_actors_and_paraphrase_the_reporters():
    table = markers_table(story_of('The mayor said the harsh fee was "absolutely necessary" for the town.'))
    assert list(table.columns) == MARKER_COLUMNS
    assert dict(zip(table["marker"], table["voice"], strict=True)) == {
        "harsh": "paraphrased",
        "absolutely": "quoted",
        "necessary": "quoted",
    }


def test_words_of_narration_are_nobodys_markers():
    table = markers_table(story_of("The harsh toll begins in March. The mayor said it starts on a Monday."))
    assert "harsh" not in set(table["marker"])


def test_every_marker_of_the_bundled_story_stands_in_its_statement():
    story = cd.read_story("north-korea-sanctions")
    statements = statements_table(story)
    table = markers_table(story, statements)
    content = dict(zip(statements["statement"], statements["content_spans"], strict=True))
    assert len(table) > 20
    for row in table.itertuples():
        assert any(
            span.start <= row.start < row.end <= span.end for span in read_spans(content[row.statement])
        )
        words = story.versions[row.version].text[row.start : row.end]
        assert words.lower().split() == row.marker.split()


STANCES = [
    # A question and a condition assert nothing outright; what works is praised.
    ('"Is the toll unfair?" the mayor asked.', "toll", ("opposed", 1)),
    ('"If it comes, the toll is wise," the mayor said.', "toll", ("supportive", 1)),
    ('"The toll has an impact," the mayor said.', "toll", ("supportive", 2)),
    ('"The toll has had no impact," the mayor said.', "toll", ("neutral", 0)),
    # What others ought to do to it is said by the verb, what it ought to be is said by the duty.
    ('"The town should soften the harsh toll," the mayor said.', "toll", ("opposed", 2)),
    ('"The town should keep the toll," the mayor said.', "toll", ("supportive", 2)),
    ('"The toll is absolutely necessary," the mayor said.', "toll", ("supportive", 3)),
    ('"The toll is perhaps necessary," the mayor said.', "toll", ("supportive", 1)),
    ('"The toll is unfair," the mayor said.', "toll", ("opposed", 2)),
    ('"The toll is not unfair," the mayor said.', "toll", ("supportive", 2)),
    ('"The toll is wise but unfair," the mayor said.', "toll", ("supportive", 2)),
    ('"The toll starts in March," the mayor said.', "toll", ("neutral", 0)),
    ('"I am tired," the mayor said.', "toll", ("not expressed", 0)),
    ('"The bank flouted the toll," the mayor said.', "bank", ("opposed", 2)),
    ('"The bank flouted the toll," the mayor said.', "toll", ("neutral", 0)),
    ('"It is a shameful toll," the mayor said.', "toll", ("opposed", 2)),
    ('"We hope the toll comes," the mayor said.', "toll", ("supportive", 2)),
    ("The mayor welcomed the toll.", "toll", ("supportive", 2)),
]


@pytest.mark.parametrize(("text", "target", "expected"), STANCES)
def test_a_direction_is_suggested(text, target, expected):
    table = suggest_stances(story_of(text))
    assert list(table.columns) == STANCE_COLUMNS
    row = table[table["target"] == target].iloc[0]
    assert (row["stance"], row["strength"]) == expected
    assert row["coder"] == "rules"


def test_two_directions_in_one_sentence_are_two_segments():
    text = '"The toll is wise, but the fee is far too harsh," the mayor said.'
    table = suggest_stances(story_of(text)).query("target == 'toll'")
    assert list(table["stance"]) == ["supportive", "opposed"]
    assert [text[a:b].split()[0] for a, b in zip(table["start"], table["end"], strict=True)] == ["The", "but"]


AGAINST = [
    ('"The toll is wise and will hit the bank," the mayor said.', ("opposed", 3)),
    ('"The toll on the bank is unfair," the mayor said.', ("supportive", 2)),
    ('"The toll starts in March and hits the bank," the mayor said.', ("neutral", 0)),
    ('"The toll is wise," the mayor said.', ("not expressed", 0)),
    ("Oslo agreed, with the mayor urging a harsh toll.", ("opposed", 1)),
]


@pytest.mark.parametrize(("text", "expected"), AGAINST)
def test_to_back_a_target_is_to_be_against_what_it_is_made_against(text, expected):
    table = suggest_stances(story_of(text, toll=["bank"])).query("target == 'bank'")
    assert [(row.stance, row.strength) for row in table.itertuples()] == [expected]
    alone = suggest_stances(story_of(text)).query("target == 'bank'")
    assert set(alone["stance"]) <= {"neutral", "not expressed"}


def test_a_target_is_against_another_target_only():
    with pytest.raises(ValueError, match="'toll' is against 'moon', which is no other target"):
        story_of("The mayor left.", toll=["moon"])


def test_a_document_takes_no_stance():
    story = story_of("The mayor said the toll was wise.")
    statements = statements_table(story).assign(kind="document")
    assert suggest_stances(story, statements).empty


def test_every_statement_has_a_row_for_each_target():
    story = cd.read_story("north-korea-sanctions")
    statements = statements_table(story)
    table = suggest_stances(story, statements)
    for one in statements.query("kind != 'document'")["statement"]:
        own = table[table["statement"] == one]
        assert set(own["target"]) == {target.id for target in story.entry.targets}
        assert list(own["segment"]) == list(range(1, len(own) + 1))
    assert (table.query("stance in ['neutral', 'not expressed']")["strength"] == 0).all()


def test_vader_scores_quoted_and_paraphrased_words_apart():
    table = vader_table(story_of('The mayor said the toll was "a wonderful, wonderful success" for all.'))
    assert list(table.columns) == VADER_COLUMNS
    assert list(table["voice"]) == ["quoted", "paraphrased"]
    assert table["compound"].between(-1, 1).all()
    assert table["compound"].iloc[0] > 0.5
    assert list(table["words"]) == [4, 5]


def test_a_story_without_statements_has_empty_tables():
    story = story_of("The toll begins in March.")
    statements = statements_table(story)
    assert list(statements.columns) == COLUMNS
    for table, columns in (
        (markers_table(story), MARKER_COLUMNS),
        (suggest_stances(story), STANCE_COLUMNS),
        (vader_table(story), VADER_COLUMNS),
    ):
        assert table.empty
        assert list(table.columns) == columns


# --- properties -------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    """not n't never no without may May will perhaps harsh just only , . “ ” but and kind of the a to some
    extent deserves punishment 12 hope hopes must should""".split()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_markers_are_ordered_and_do_not_overlap(text):
    markers = find_markers(text)
    assert all(0 <= m.start < m.end <= len(text) for m in markers)
    assert all(a.end <= b.start for a, b in pairwise(markers))
    assert all(m.marker_class in CLASSES for m in markers)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text):
    for marker in find_markers(text):
        assert text[marker.start : marker.end].strip()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([text for text, _ in MARKERS]), min_size=1, max_size=4))
def test_sentences_do_not_change_each_others_markers(sentences):
    text = " ".join(sentences)
    assert [m[:3] for m in found(text)] == [m[:3] for one in sentences for m in found(one)]
