"""The sentences that lead each notebook, against tables small enough to check by eye."""

import copydesk as cd
import pytest
from copydesk.show import sentences


def story(**texts):
    return cd.stories.story_from_texts(texts)


def comparison(before, after):
    versions = story(before=before, after=after).versions
    return cd.compare_versions(versions["before"], versions["after"])


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "The mayor spoke. The bridge is safe, she said.",
            "The mayor spoke. The bridge is not safe, she said. Boats stay in port.",
            (
                "Of the 2 sentences of the before, the after keeps 1 word for word, rewords 1 and drops none; "
                "it adds 1 sentence. In words: 5 added, none cut."
            ),
        ),
        (
            "The mayor spoke on Monday. Boats stay in port.",
            "Boats stay in port.",
            (
                "Of the 2 sentences of the before, the after keeps 1 word for word, rewords 0 and drops 1; "
                "it adds no sentences. In words: none added, 5 cut."
            ),
        ),
        (
            "Boats stay in port.",
            "Boats stay in port .",
            "The after says what the before says, word for word.",
        ),
        ("Boats stay in port.", "The mayor spoke.", "The after and the before have no sentence in common."),
    ],
)
def test_of_revision(before, after, sentence):
    assert sentences.of_revision(comparison(before, after)) == sentence


def test_of_additions_gives_names_in_tokenised_text_their_capitals():
    found = comparison("Rain fell.", "rain fell . moscow and south korea waited 12 days .")
    items = cd.revisions.names_and_numbers(found)
    labels = {"moscow": "Russia", "south korea": "South Korea"}
    assert sentences.of_additions(found, items, labels) == (
        "Only the after names Russia and South Korea and gives the number 12."
    )


def test_of_additions_says_what_stands_on_the_page_around_the_other_article():
    before = "Rain fell.\n\nSEE ALSO: Moscow waits\n"
    found = comparison(before, "rain fell . moscow and rome waited .")
    assert len(found.before.boilerplate) == 1
    items = cd.revisions.names_and_numbers(found)
    assert sentences.of_additions(found, items, {}) == (
        "Only the after names Moscow and Rome; the page around the article of the before has Moscow too."
    )


def test_of_words_that_were_replaced():
    found = comparison(
        "The mayor spoke on Monday about boats.", "The mayor spoke on Tuesday last week about boats."
    )
    assert sentences.of_revision(found).endswith("In words: none added, none cut, 1 replaced by 3.")


def test_of_speakers_counts_the_rest_together():
    names = ["Rome", "Paris", "Madrid", "Berlin", "Oslo", "Vienna", "Warsaw", "Dublin", "Lisbon", "Athens"]
    statements = cd.statements_table(story(a=" ".join(f"{name} said it would go." for name in names)))
    labels = {actor: actor for actor in statements["actor"]}
    assert sentences.of_speakers(statements, labels).endswith(", ireland 1 (by 1 source) and 2 others 2.")


def test_of_additions_where_nothing_is_new():
    found = comparison("Rain fell on Rome.", "Rain fell.")
    items = cd.revisions.names_and_numbers(found)
    assert sentences.of_additions(found, items, {}) == "Only the before names Rome."
    assert sentences.of_additions(found, items[:0], {}) == (
        "Neither version has a name or a number that the other has nowhere."
    )


def test_of_voices_and_speakers():
    two = story(
        before='"We will go," Rome said.',
        after='"We will go," Rome said. Paris said the talks had failed.',
    )
    statements = cd.statements_table(two)
    labels = {"italy": "Italy", "france": "France", "spain": "Spain"}
    before, after = two.versions.values()
    assert sentences.of_voices(statements, labels, before, after) == (
        "Heard in the after alone: France (1 statement, 4 words); readers of the before do not hear it."
    )
    assert sentences.of_voices(statements[statements["actor"] == "italy"], labels, before, after) == (
        "Both versions let the same 1 voice speak."
    )
    unknown = statements.assign(actor="unresolved", source="The envoy").query("version == 'after'").tail(1)
    assert "Heard in the after alone: the envoy (" in sentences.of_voices(unknown, labels, before, after)
    unknown = statements.assign(actor="unresolved")
    assert sentences.of_voices(unknown, labels, before, after) == (
        "Heard in the after alone: Paris (1 statement, 4 words); readers of the before do not hear it."
    ), "a source that no rule resolves is a voice too"
    assert sentences.of_speakers(statements, labels) == (
        "Statements, each counted once though it stand in both versions: "
        "Italy 1 (by 1 source), France 1 (by 1 source) and Spain none."
    )


def test_of_power():
    statements = cd.statements_table(
        story(
            a="Rome said it would go. Italian minister Anna Rossi said it would stay. Paris said talks had failed."
        )
    )
    sentence = sentences.of_power(statements, {"italy": "Italy", "france": "France"})
    assert "Italy speaks through 2 sources, France through 1" in sentence and "below 0.33" in sentence
    assert sentences.of_power(statements.iloc[:1], {"italy": "Italy"}).startswith("Fewer than two")
