"""Sentences that are identical in two versions have identical statements, markers and measures."""

import copydesk as cd
import pytest
from copydesk.engine.spans import read_spans
from copydesk.stories.story import story_from_texts

SHE = "She said that the night boats should perhaps stay in the old harbour for good."
BANS = "It bans all exports of oil to Iceland. It freezes the assets of three Icelandic banks."
PAIRS = {
    "a speaker whom one version has introduced": (
        f"Edith Solberg, the chair of the islanders, met the press. {SHE}",
        f"The islanders met the press. {SHE}",
    ),
    "two texts that name the speaker otherwise": (
        f"Prime Minister Edith Solberg of Norway met the press. {SHE} Nobody else spoke.",
        f"{SHE} The chair of the islanders, Edith Solberg, met the press.",
    ),
    "a text without capitals": (
        'The ministry in Lima said no. "We must wait," Anna Rossi said. The WHO said it would help.',
        'the mayor left . the ministry in lima said no . " we must wait , " anna rossi said . the who said it would help .',
    ),
    "a measure whose status the text around it gives": (
        f"The council adopted new sanctions against Iceland on Monday. {BANS}",
        f"A draft of sanctions against Iceland was proposed on Monday. {BANS}",
    ),
    "a sentence that stands twice": (
        f"{SHE} Rain fell. {SHE}",
        f"Edith Solberg met the press. {SHE} Rain fell on the town. {SHE}",
    ),
}


def read(version, sentence, table, spans, fields):
    """What a table says of a sentence: places by tokens, and the fields."""
    doc = version.document
    first, _ = doc.token_range(*sentence)
    rows = []
    for row in table[table["version"] == version.id].to_dict("records"):
        places = read_spans(row[spans]) if spans else [(row["start"], row["end"])]
        if sentence.start <= places[0][0] < sentence.end:
            where = [tuple(n - first for n in doc.token_range(*place)) for place in places]
            rows.append((where, [str(row[name]).casefold() for name in fields]))
    return sorted(rows)


FIELDS = {
    "statements": ["source_id", "source_type", "actor", "kind", "quotation", "words"],
    "markers": ["marker", "marker_class", "negated", "voice"],
    "measures": [
        "type",
        "status",
        "change",
        "binding_before",
        "binding_after",
        "quantity",
        "sender",
        "target",
    ],
}


def identical_sentences(before, after):
    """The numbers of the sentences of two versions, none of which says the same twice, that have the same words."""
    numbers = [
        {tuple(version.document.words(span)): n for n, span in enumerate(version.document.sentences)}
        for version in (before, after)
    ]
    return [(numbers[0][words], number) for words, number in numbers[1].items() if words in numbers[0]]


@pytest.mark.parametrize("texts", PAIRS.values(), ids=PAIRS)
@pytest.mark.parametrize("turned", [False, True])
def test_identical_sentences_are_read_alike(texts, turned):
    story = story_from_texts(dict(zip(("one", "two"), texts[::-1] if turned else texts, strict=True)))
    versions = list(story.versions.values())
    statements = cd.statements_table(story)
    found = {
        "statements": (statements, "content_spans"),
        "markers": (cd.markers_table(story, statements), None),
        "measures": (cd.measures_table(story, statements), "spans"),
    }
    pairs = identical_sentences(*versions)
    assert pairs and any(len(table) for table, _ in found.values())
    for name, (table, spans) in found.items():
        for numbers in pairs:
            one, two = (
                read(version, version.document.sentences[number], table, spans, FIELDS[name])
                for version, number in zip(versions, numbers, strict=True)
            )
            assert one == two, name
    for row in statements.itertuples():
        text = story.versions[row.version].text
        assert row.content == " ".join(" ".join(text[a:b].split()) for a, b in read_spans(row.content_spans))
    for table, ids in ((statements, "statement"), (found["measures"][0], "measure")):
        assert table[ids].is_unique
    assert set(found["markers"][0]["statement"]) <= set(statements["statement"])


def test_the_speaker_that_is_known_better_is_taken():
    story = story_from_texts(
        dict(zip(("one", "two"), PAIRS["a speaker whom one version has introduced"], strict=True))
    )
    statements = cd.statements_table(story)
    said = statements[statements["source"] == "She"]
    assert said["source_id"].tolist() == ["edith-solberg"] * 2
    assert said["same_as"].tolist() == said["statement"].tolist()[::-1]


def test_other_sentences_are_left_as_they_are():
    texts = {"one": f"Edith Solberg met the press. {SHE}", "two": f"The islanders met. {SHE[:-1]} and all."}
    story = story_from_texts(texts)
    assert identical_sentences(*story.versions.values()) == []
    alone = story_from_texts({"two": texts["two"]})
    both = cd.statements_table(story).query("version == 'two'")
    columns = ["source", "source_type", "content", "kind"]
    assert both[columns].values.tolist() == cd.statements_table(alone)[columns].values.tolist()
