"""Archives: every form gives the same tables, every story is in them once or has failed once, and a run that was
disturbed gives the bytes of one that was not."""

import ast
import csv
import hashlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import copydesk as cd
import pytest
from copydesk.corpus import Options, Run, export_story, run_corpus, score_against_truth, sentences, story_rows
from copydesk.corpus.archive import make_archive
from copydesk.corpus.readers import RawVersion, plain_text
from copydesk.corpus.story_rows import COLUMNS, TABLES, in_order, reading_scores
from copydesk.errors import InputError
from copydesk.pages.notebook_output import MIME
from copydesk.stories.readability import readability_table
from copydesk.stories.story import read_story, story_from_texts
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "data" / "corpora" / "small"

FIRST = "The mayor said the bridge was safe.\nIt was built in 1931.\nTwo boats passed under it.\n"
SECOND = (
    "The mayor said the old bridge was safe.\nTwo boats passed under it.\n“We are sorry,” the mayor added.\n"
)
ROWS = [
    {"story": "1", "version": 1, "published": "2026-01-01T08:00:00", "text": FIRST},
    {"story": "1", "version": 2, "published": "2026-01-01T09:30:00", "text": SECOND},
    {"story": "2", "version": 1, "published": "2026-01-02T08:00:00", "text": SECOND},
    {"story": "2", "version": 2, "published": "2026-01-02T10:00:00", "text": FIRST},
]


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def small_run(tmp_path, rows, options=None, name="run"):
    return run_corpus(write_lines(tmp_path / f"{name}.jsonl", rows), tmp_path / name, options)


def hashes(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def tables(
    run, drop=("published", "published_before", "published_after", "title", "title_changed", "hours", "url")
):
    """The tables of a run without what not every form of archive tells."""
    found = {}
    for name in TABLES:
        table = run.read(name)
        found[name] = table.drop(columns=[one for one in drop if one in table]).to_csv(index=False)
    return found


def once_or_failed(run, stories):
    """Every story is in the tables once or in `failed` once."""
    read = run.read("versions").groupby("story")["number"].apply(list)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in read)
    failed = list(run.read("failed")["story"])
    assert sorted([*read.index, *failed]) == sorted(stories)


# --- forms ------------------------------------------------------------------------------------------


def html(text):
    return "".join(f"<p>{line.replace('&', '&amp;')}</p>" for line in text.splitlines())


def make_csv(folder):
    path = folder / "archive.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    return path


def make_semicolons(folder):
    """As a spreadsheet writes it where commas stand in numbers."""
    path = folder / "archive.csv"
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([ROWS[0].keys(), *(row.values() for row in ROWS)])
    return path


def make_parquet(folder):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / "archive.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path, row_group_size=3)
    return path


def make_folders(folder):
    for story in ("1", "2"):
        its = folder / "stories" / story
        its.mkdir(parents=True)
        lines = ['title = "A bridge"']
        for row in ROWS:
            if row["story"] == story:
                (its / f"{row['version']}.txt").write_text(row["text"], encoding="utf-8", newline="\n")
                lines += [
                    "[[versions]]",
                    f'id = "{row["version"]}"',
                    f'file = "{row["version"]}.txt"',
                    'label = "x"',
                ]
        (its / "story.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder / "stories"


def make_several_files(folder):
    """One story's versions lie in two files, and not side by side."""
    several = folder / "several"
    several.mkdir()
    write_lines(several / "a.jsonl", [ROWS[0], ROWS[2]])
    write_lines(several / "b.jsonl", [ROWS[3], ROWS[1]])
    return several


def make_diffengine(folder):
    """A database as diffengine 0.2.7 makes it: its summaries are HTML that has paragraphs only."""
    path = folder / "diffengine.db"
    with sqlite3.connect(path) as base:
        base.executescript(
            """CREATE TABLE "feed" ("url" VARCHAR(255) NOT NULL PRIMARY KEY, "name" VARCHAR(255) NOT NULL,
                 "created" DATETIME NOT NULL);
               CREATE TABLE "entry" ("id" INTEGER NOT NULL PRIMARY KEY, "url" VARCHAR(255) NOT NULL,
                 "created" DATETIME NOT NULL, "checked" DATETIME NOT NULL);
               CREATE TABLE "feedentry" ("id" INTEGER NOT NULL PRIMARY KEY, "feed_id" VARCHAR(255) NOT NULL,
                 "entry_id" INTEGER NOT NULL, "created" DATETIME NOT NULL);
               CREATE TABLE "entryversion" ("id" INTEGER NOT NULL PRIMARY KEY, "title" VARCHAR(255) NOT NULL,
                 "url" VARCHAR(255) NOT NULL, "summary" VARCHAR(255) NOT NULL, "created" DATETIME NOT NULL,
                 "archive_url" VARCHAR(255), "entry_id" INTEGER NOT NULL);
               CREATE TABLE "diff" ("id" INTEGER NOT NULL PRIMARY KEY, "old_id" INTEGER NOT NULL,
                 "new_id" INTEGER NOT NULL, "created" DATETIME NOT NULL, "tweeted" DATETIME, "blogged" DATETIME);
            """
        )
        for row in ROWS:
            base.execute(
                "INSERT INTO entryversion (title, url, summary, created, entry_id) VALUES (?, ?, ?, ?, ?)",
                ["A bridge", "https://example.org/1", html(row["text"]), row["published"].replace("T", " "),
                 int(row["story"])],
            )  # fmt: skip
    return path


def make_newsedits(folder):
    """A database as NewsEdits gives out its articles."""
    path = folder / "newssniffer.db"
    with sqlite3.connect(path) as base:
        base.execute(
            "CREATE TABLE entryversion (id INTEGER, entry_id INTEGER, version INTEGER, created TEXT, title TEXT, "
            "url TEXT, num_versions INTEGER, summary TEXT)"
        )
        for number, row in enumerate(reversed(ROWS)):
            base.execute(
                "INSERT INTO entryversion VALUES (?, ?, ?, ?, ?, ?, 2, ?)",
                [
                    number,
                    int(row["story"]),
                    row["version"],
                    row["published"],
                    "A bridge",
                    "",
                    html(row["text"]),
                ],
            )
    return path


def make_split_sentences(folder):
    """NewsEdits' sentences, which carry the paragraphs' marks, and numbers that became fractions and text."""
    path = folder / "ap-matched-sentences.sqlite"
    with sqlite3.connect(path) as base:
        base.execute(
            "CREATE TABLE split_sentences (entry_id INTEGER, version TEXT, sent_idx REAL, sentence TEXT)"
        )
        base.execute(
            "CREATE TABLE matched_sentences (entry_id INTEGER, version_x INTEGER, version_y INTEGER, sent_idx_x REAL, "
            "sent_idx_y REAL, avg_sentence_distance_x REAL, avg_sentence_distance_y REAL)"
        )
        for row in ROWS:
            for number, line in enumerate(row["text"].splitlines()):
                sentence = f"{'<p>' if number == 0 else '</p> <p>'}{line}"
                base.execute("INSERT INTO split_sentences VALUES (?, ?, ?, ?)",
                             [int(row["story"]), f"{row['version']}.0", float(number), sentence])  # fmt: skip
    return path


FORMS = [
    make_csv,
    make_semicolons,
    make_parquet,
    make_folders,
    make_several_files,
    make_newsedits,
    make_split_sentences,
]


@pytest.mark.parametrize("make", FORMS, ids=lambda make: make.__name__.removeprefix("make_"))
def test_every_form_gives_the_same_tables(make, tmp_path):
    run = run_corpus(make(tmp_path), tmp_path / "run")
    wanted = tables(small_run(tmp_path, ROWS, name="lines"))
    found = tables(run)
    if make is make_newsedits:  # stories come in the order of the archive
        wanted = {name: "\n".join(sorted(text.split("\n"))) for name, text in wanted.items()}
        found = {name: "\n".join(sorted(text.split("\n"))) for name, text in found.items()}
    assert found == wanted
    assert run.manifest["rows"]["summary"] == 2


def test_a_database_of_diffengine_numbers_versions_by_its_rows(tmp_path):
    run = run_corpus(make_diffengine(tmp_path), tmp_path / "run")
    wanted = small_run(tmp_path, ROWS, name="lines")
    assert list(run.read("versions")["version"]) == ["1", "2", "3", "4"]
    assert list(run.read("versions")["title"]) == ["A bridge"] * 4
    assert list(run.read("versions")["url"]) == ["https://example.org/1"] * 4
    assert list(run.summary["hours"]) == [1.5, 2.0]
    for column in ("identical", "reworded", "added", "deleted", "added_after", "cut_before"):
        assert list(run.summary[column]) == list(wanted.summary[column])


def test_columns_can_have_other_names(tmp_path):
    rows = [{"id": r["story"], "body": r["text"], "nr": r["version"]} for r in ROWS]
    options = Options(columns={"story": "id", "text": "body", "version": "nr"})
    assert tables(small_run(tmp_path, rows, options, "named")) == tables(small_run(tmp_path, ROWS))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>One &amp; two.</p><p>Three.</p>", "One & two.\nThree.\n"),
        ("<div><p>One\ntwo<br>three</p></div><script>x = 1</script>", "One two\nthree\n"),
        ("Less is < more, and 3 > 2.", "Less is < more, and 3 > 2."),
        ("<p>One <b>bold</b> word", "One bold word\n"),
    ],
)
def test_html_becomes_lines(text, words):
    assert plain_text(text) == words


# --- one story alone and in an archive --------------------------------------------------------------


def test_an_archive_says_of_a_story_what_the_story_alone_says(tmp_path):
    story = read_story("north-korea-sanctions")
    ids = list(story.versions)
    rows = [{"story": "s", "version": one, "text": story.versions[one].text} for one in ids]
    run = small_run(tmp_path, rows)
    alone = story_from_texts({one: story.versions[one].text for one in ids}, name="s")
    comparison = cd.compare_versions(*alone.versions.values())
    for name, table in (("links", comparison.links), ("edits", comparison.edits), ("statements", cd.statements_table(alone)),
                        ("markers", cd.markers_table(alone))):  # fmt: skip
        columns = [column for column in COLUMNS[name] if column in table]
        found = run.read(name)[columns].astype(object).where(run.read(name)[columns].notna(), None)
        wanted = table[columns].astype(object).where(table[columns].notna(), None)
        assert found.values.tolist() == wanted.values.tolist(), name
    measures = cd.measures_table(alone, cd.statements_table(alone))
    for column in (
        "version",
        "sentence",
        "start",
        "end",
        "type",
        "status",
        "sender",
        "binding_after",
        "statement",
    ):
        assert list(run.read("measures")[column]) == list(measures[column])
    summary, row = comparison.summary, run.summary.iloc[0]
    words = summary[summary["unit"] == "words"].set_index(["version", "measure"])["count"]
    for side, version in zip(("before", "after"), ids, strict=True):
        for fate in ("kept", "moved", "respelled", "reworded", "cut" if side == "before" else "added"):
            assert row[f"{fate}_{side}"] == words[version, fate]
    assert row["lead_words_after"] + row["middle_words_after"] + row["end_words_after"] == row["words_after"]


def test_reading_scores_are_those_of_textstat():
    story = read_story("north-korea-sanctions")
    wanted = readability_table(story).set_index(["version", "formula"])["score"]
    for name, version in story.versions.items():
        found = reading_scores(version.document)
        formulas = "words per sentence", "syllables per word", "Flesch reading ease", "Flesch-Kincaid grade"
        assert found == pytest.approx([wanted[name, formula] for formula in formulas], abs=1e-3)
    assert reading_scores(cd.read("…")) == (None,) * 4


# --- what is wrong with versions --------------------------------------------------------------------


def raw(*versions):
    return [RawVersion(*one) for one in versions]


def test_versions_are_ordered_by_time_then_number_then_place():
    late, early = ("1", "2026-01-02", "b"), ("2", "2026-01-01", "a")
    assert [one.text for one in in_order(raw(late, early), Options())] == ["a", "b"]
    assert [one.text for one in in_order(raw(("10", None, "b"), ("9", "?", "a")), Options())] == ["a", "b"]
    assert [one.text for one in in_order(raw(("x", None, "b"), ("c", None, "a")), Options())] == ["b", "a"]
    seconds = in_order(
        raw(("1", 1770000000, "b"), ("2", 1769999999.5, "a"), ("3", "1770000001", "c")), Options()
    )
    assert [one.text for one in seconds] == ["a", "b", "c"]
    years = in_order(raw(("1", 2027, "a"), ("2", 2026, "b")), Options())
    assert [one.text for one in years] == ["a", "b"]
    zones = raw(("1", "2026-01-01T10:00:00+02:00", "a"), ("2", "2026-01-01T09:00:00", "b"))
    assert [one.text for one in in_order(zones, Options())] == ["a", "b"]


@given(st.permutations(range(6)))
def test_the_order_of_the_archive_does_not_matter(order):
    versions = raw(*((str(n), f"2026-01-01T0{n // 2}:00:00", f"text {n}") for n in range(6)))
    assert in_order([versions[k] for k in order], Options()) == versions


def test_a_version_that_comes_twice_counts_once_and_one_that_differs_fails():
    assert len(in_order(raw(("1", None, "a"), ("1", None, "a"), ("2", None, "b")), Options())) == 2
    with pytest.raises(InputError, match="version 1 comes twice with different texts"):
        in_order(raw(("1", None, "a"), ("1", None, "b")), Options())


def odd_archive(folder, long=2_000_000):
    """An archive with everything that can be wrong; the stories in it, and what must be said of those that fail."""
    rows = [*ROWS]
    rows += [{"story": "same", "version": n, "text": FIRST} for n in (1, 2, 3)]
    rows += [{"story": "many", "version": n, "text": f"{FIRST}This is version {n}.\n"} for n in range(400)]
    rows += [
        {"story": "backwards", "version": n, "published": f"2026-01-0{9 - n}", "text": f"{FIRST}{n}."}
        for n in (1, 2)
    ]
    rows += [{"story": "twice", "version": 1, "text": text} for text in (FIRST, SECOND)]
    rows += [{"story": "long", "version": n, "text": "Word. " * (long // 6)} for n in (1, 2)]
    rows += [{"story": "empty", "version": 1, "text": " \n"}, {"story": "nothing", "version": 1}]
    rows += [{"story": "number", "version": 1, "text": 17}]
    rows += [
        {"story": "german", "version": n, "text": f"Die Brücke sei sicher, sagte er {n}-mal."} for n in (1, 2)
    ]
    rows += [{"story": "noise", "version": n, "text": "%$§ \u200b\x01 ]]]}} 🙂 " * (40 * n)} for n in (1, 2)]
    rows += [{"story": "unspaced", "version": n, "text": "ab" * 20_000 * n} for n in (1, 2)]
    rows += [{"story": "half", "version": 1, "text": "\ud800 and no more."}]
    rows += [{"story": "alone", "version": 1, "text": FIRST}]
    lines = [json.dumps(row).encode() for row in rows]
    lines += [b'{"story": "bytes", "version": 1, "text": "caf\xe9"}', b"{broken", b'{"text": "whose?"}', b""]
    folder.mkdir(exist_ok=True)
    (folder / "odd.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    reasons = {
        "twice": "version 1 comes twice with different texts",
        "long": "characters, and at most 400000 are read",
        "empty": "version 1 is empty",
        "nothing": "a version has no text",
        "number": "a version's text is no text",
        "half": "half a surrogate pair",
        "bytes": "not UTF-8 (byte 45 of its row is 0xe9)",
        f"odd.jsonl, line {len(lines) - 2}": "not JSON",
        f"odd.jsonl, line {len(lines) - 1}": "names no story",
    }
    stories = {row["story"] for row in rows} | set(reasons)
    return folder / "odd.jsonl", stories, reasons


def test_each_story_is_read_once_or_fails_once_with_its_reason(tmp_path):
    path, stories, reasons = odd_archive(tmp_path / "odd")
    run = run_corpus(path, tmp_path / "run")
    once_or_failed(run, stories)
    failed = run.read("failed").set_index("story")["reason"]
    assert set(failed.index) == set(reasons)
    for story, reason in reasons.items():
        assert reason in failed[story]
    comparisons = run.summary.groupby("story").size()
    assert (comparisons["many"], comparisons["same"], "alone" in comparisons) == (399, 2, False)
    same = run.summary[run.summary["story"] == "same"]
    assert same["same_text"].all() and (same["identical"] == 3).all()
    backwards = run.summary[run.summary["story"] == "backwards"].iloc[0]
    assert (backwards["before"], backwards["after"]) == ("2", "1")


def test_a_bug_of_ours_fails_its_story_and_says_where(tmp_path, monkeypatch):

    def stumble(doc):
        if "1931" in doc.text and "sorry" not in doc.text:
            raise ZeroDivisionError("oh")
        return []

    monkeypatch.setattr(story_rows, "measure_rows", stumble)
    rows = [*ROWS, {"story": "3", "version": 1, "text": SECOND}]
    run = small_run(tmp_path, rows)
    once_or_failed(run, ["1", "2", "3"])
    reasons = run.read("failed")["reason"]
    assert len(reasons) == 2 and all(
        one.startswith("ZeroDivisionError: oh (test_corpus.py, line ") for one in reasons
    )


def test_a_folder_keeps_the_order_of_its_list_whatever_its_ids_and_dates_say(tmp_path):
    folder = tmp_path / "stories" / "s"
    folder.mkdir(parents=True)
    toml = 'title = "A bridge"\n'
    for name, date, text in (("2", "2026-01-02", FIRST), ("1", "2026-01-01", SECOND)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        toml += f'[[versions]]\nid = "{name}"\nfile = "{name}.txt"\nlabel = "x"\ndate = "{date}"\n'
    (folder / "story.toml").write_text(toml, encoding="utf-8")
    run = run_corpus(folder.parent, tmp_path / "run")
    assert run.summary[["before", "after"]].values.tolist() == [["2", "1"]]


def test_a_table_in_another_encoding_or_of_another_kind_is_refused(tmp_path):
    (tmp_path / "wide.csv").write_text("story,version,text\n", encoding="utf-16")
    with pytest.raises(InputError, match="wide.csv is not UTF-8: save it as CSV in UTF-8"):
        run_corpus(tmp_path / "wide.csv", tmp_path / "run")
    with sqlite3.connect(tmp_path / "other.db") as base:
        base.execute("CREATE TABLE entryversion (id INTEGER, entry_id INTEGER, title TEXT)")
    with pytest.raises(InputError, match="a table entryversion without created and summary"):
        run_corpus(tmp_path / "other.db", tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_corrupt_parquet_file_fails_and_the_others_are_read(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    whole = make_parquet(folder)
    (folder / "cut.parquet").write_bytes(whole.read_bytes()[:-40])
    run = run_corpus(folder, tmp_path / "run")
    once_or_failed(run, ["1", "2", "cut.parquet, whole"])
    assert "cannot be read as Parquet" in run.read("failed")["reason"][0]


# The stories of an archive, the last first, each as a hash of its rows.
READ = """
import hashlib, itertools, json, sys
from copydesk.corpus.story_rows import Options, RawVersion, read_story_rows
with open(sys.argv[1], encoding="utf-8") as file:
    rows = [json.loads(line) for line in file]
for story, own in reversed([(k, list(g)) for k, g in itertools.groupby(rows, key=lambda row: row["story"])]):
    raw = [RawVersion(str(row["version"]), None, row["text"]) for row in own]
    print(story, hashlib.sha256(repr(read_story_rows(story, raw, Options())).encode()).hexdigest())
"""


@pytest.mark.slow
def test_what_is_remembered_of_other_stories_changes_no_row(tmp_path):
    """Of 200 stories, read in one order and, in another process, in the other."""
    archive = make_archive(tmp_path / "archive", 200, seed=7) / "archive.jsonl"
    lines = archive.read_text("utf-8").splitlines()
    stories = {}
    for line in lines:
        stories.setdefault(json.loads(line)["story"], []).append(line)
    turned = tmp_path / "turned.jsonl"
    turned.write_text("\n".join(line for own in reversed(stories.values()) for line in own), encoding="utf-8")
    found = [
        sorted(subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True,
                              env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")}).stdout.splitlines())
        for path in (archive, turned)
    ]  # fmt: skip
    assert len(found[0]) == 200 and found[0] == found[1]


# --- going on after a stop --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("archive"), 40, seed=3)


@pytest.fixture(scope="module")
def undisturbed(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed") / "run"
    run_corpus(archive, folder)
    return hashes(folder)


def test_a_second_run_does_nothing_anew(archive, tmp_path, undisturbed):
    run_corpus(archive, tmp_path / "run")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "run").rglob("part-*")}
    told = []
    run_corpus(archive, tmp_path / "run", progress=lambda *state: told.append(state))
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "run").rglob("part-*")} == times
    assert told == [(40, 40, 0, 40)]
    assert hashes(tmp_path / "run") == undisturbed


class Stop(BaseException):
    pass


def test_an_interrupted_run_goes_on(archive, tmp_path, undisturbed):
    def stop(done, *_):
        if done >= 16:
            raise Stop

    with pytest.raises(Stop):
        run_corpus(archive, tmp_path / "run", progress=stop)
    with pytest.raises(InputError, match="was not finished; start it again"):
        Run(tmp_path / "run")
    (tmp_path / "run" / "links" / ".part-00001.parquet.x.tmp").write_bytes(b"half")
    told = []
    run_corpus(archive, tmp_path / "run", progress=lambda *state: told.append(state))
    assert told[0] == (16, 40, 0, 16)
    assert hashes(tmp_path / "run") == undisturbed


@pytest.mark.slow
def test_a_full_disk_is_said_in_one_sentence_and_the_run_goes_on(archive, tmp_path, undisturbed, monkeypatch):
    import pyarrow.parquet as pq

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pq, "write_table", full)
        with pytest.raises(InputError, match=r"stopped \(No space left on device\); fix that"):
            run_corpus(archive, tmp_path / "run")
    assert not list((tmp_path / "run").rglob(".*.tmp"))
    run_corpus(archive, tmp_path / "run")
    assert hashes(tmp_path / "run") == undisturbed


@pytest.mark.parametrize("damage", ["cut", "gone", "other", "receipt"])
def test_a_damaged_part_is_done_again(damage, archive, tmp_path, undisturbed):
    run_corpus(archive, tmp_path / "run")
    part = tmp_path / "run" / "statements" / "part-00002.parquet"
    if damage == "cut":
        part.write_bytes(part.read_bytes()[:50])
    elif damage == "gone":
        part.unlink()
    elif damage == "other":
        part.write_bytes((tmp_path / "run" / "statements" / "part-00001.parquet").read_bytes())
    else:
        (tmp_path / "run" / "parts" / "00002.json").write_text("{", encoding="utf-8")
    told = []
    run_corpus(archive, tmp_path / "run", progress=lambda *state: told.append(state))
    assert told[0] == (32, 40, 0, 32)
    assert hashes(tmp_path / "run") == undisturbed


def test_another_run_is_refused_until_it_is_told_to_begin_anew(archive, tmp_path, undisturbed):
    run_corpus(archive, tmp_path / "run", Options(preset="rewrite"))
    with pytest.raises(InputError, match=r"holds another run: with preset rewrite \(now revision\)\. Begin"):
        run_corpus(archive, tmp_path / "run")
    with pytest.raises(InputError, match="of an archive with other contents and with preset"):
        run_corpus(SMALL, tmp_path / "run")
    run_corpus(archive, tmp_path / "run", restart=True)
    assert hashes(tmp_path / "run") == undisturbed


def named(rows):
    return [{"id": row["story"], "body": row["text"]} for row in rows]


def test_a_source_that_cannot_be_read_leaves_nothing_behind_and_the_mended_command_runs(tmp_path):
    path = write_lines(tmp_path / "named.jsonl", named(ROWS))
    with pytest.raises(
        InputError,
        match="no column 'story' and none 'text'; it has id, body: .* --columns story=NAME --columns text=NAME",
    ):
        run_corpus(path, tmp_path / "run")
    assert not (tmp_path / "run").exists()
    run_corpus(path, tmp_path / "run", Options(columns={"story": "id", "text": "body"}))
    before = hashes(tmp_path / "run")
    with pytest.raises(InputError, match="no column 'story'"):  # the earlier run stays whole
        run_corpus(path, tmp_path / "run", Options(columns={"text": "body"}), restart=True)
    assert hashes(tmp_path / "run") == before
    columns = {"text": "body", "story": "id"}  # in another order, they are the same
    assert run_corpus(path, tmp_path / "run", Options(columns=columns)).manifest["stories"] == 2
    with pytest.raises(InputError, match=r"with columns story=id, text=body \(now story=body, text=id\)\."):
        run_corpus(path, tmp_path / "run", Options(columns={"story": "body", "text": "id"}))


@pytest.mark.parametrize("content", ["", "story,version,published,text\n"], ids=["nothing", "heads alone"])
def test_an_archive_without_rows_is_refused_and_nothing_is_written(content, tmp_path):
    (tmp_path / "empty.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="holds no version of any story"):
        run_corpus(tmp_path / "empty.csv", tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_run_that_was_killed_before_it_began_can_begin(tmp_path):
    (tmp_path / "run" / ".work").mkdir(parents=True)
    assert small_run(tmp_path, ROWS).manifest["stories"] == 2


def test_paths_are_told_without_steps_back(tmp_path):
    (tmp_path / "aside").mkdir()
    crooked = tmp_path / "aside" / ".." / "no.jsonl"
    with pytest.raises(InputError) as error:
        run_corpus(crooked, tmp_path / "run")
    assert str(tmp_path / "no.jsonl") in str(error.value)
    path = write_lines(tmp_path / "rows.jsonl", ROWS)
    assert run_corpus(path, tmp_path / "aside" / ".." / "run").folder == (tmp_path / "run").resolve()


def test_the_run_says_what_it_could_make_no_use_of(tmp_path):
    rows = [*ROWS, {"story": "alone", "version": 1, "text": FIRST}]
    rows[1] = rows[1] | {"published": "not a date"}
    rows[2] = rows[2] | {"published": 2026}
    run = small_run(tmp_path, rows)
    noted = {"stories_of_one_version": 1, "undated_versions": 1, "unread_dates": 2}
    assert {name: run.manifest[name] for name in noted} == noted

    _, alone, dates = sentences.run_in_words(run.manifest)
    assert alone == "1 story of one version, with nothing to compare."
    assert dates.startswith("2 times of publication could not be read; 2026-01-31T08:00:00Z")
    assert list(sentences.unused(run.manifest)["number"]) == [1, 2, 1]
    undated = small_run(tmp_path, [row | {"published": None} for row in ROWS], name="undated")
    assert sentences.run_in_words(undated.manifest)[1:] == ["No version tells when it was published."]
    assert sentences.unused(small_run(tmp_path, ROWS, name="dated").manifest).empty


def test_every_module_that_reads_a_story_makes_a_run_what_it_is():
    from copydesk.corpus.run import modules_read_with

    code = (
        "import sys, copydesk as cd, copydesk.corpus.readers, copydesk.corpus.story_rows as work;"
        "work.read_story_rows('s', [work.RawVersion('1', None, 'He said: \u201cNo.\u201d'), work.RawVersion('2', None, 'A ban.')], "
        "work.Options());"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('copydesk.') and m.__file__), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {Path(line) for line in done.stdout.split("\n") if line and "charts" not in line}
    assert loaded - set(modules_read_with()) <= {ROOT / "scripts" / "copydesk" / "corpus" / "__init__.py"}


def test_a_folder_with_other_things_is_refused_and_left_alone(archive, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for restart in (False, True):
        with pytest.raises(InputError, match="holds other things than a run"):
            run_corpus(archive, tmp_path, restart=restart)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_manifest_counts_what_is_there(archive, tmp_path):
    run = run_corpus(archive, tmp_path / "run")
    assert run.manifest["rows"] == {name: len(run.read(name)) for name in TABLES}
    assert run.manifest["stories"] == 40 and len(run.manifest["parts"]) == 5
    for part in run.manifest["parts"]:
        for name, file in part["tables"].items():
            path = tmp_path / "run" / name / f"part-{part['part']:05d}.parquet"
            assert hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"]


# --- truth ------------------------------------------------------------------------------------------


def test_the_small_archive_is_what_the_generator_makes(tmp_path):
    assert hashes(make_archive(tmp_path / "small", 36)) == hashes(SMALL)


def test_the_run_finds_the_edits_that_were_made(tmp_path):
    run = run_corpus(SMALL, tmp_path / "run")
    scores = score_against_truth(run, SMALL).set_index("what")
    assert scores.loc["links", "f1"] > 0.99
    assert scores.loc["links that differ", "f1"] > 0.97
    assert scores.loc["comparisons with a move", "f1"] > 0.9
    for what in ("words added", "words cut"):
        assert scores.loc[what, "found"] == pytest.approx(scores.loc[what, "truth"], rel=0.08)


# --- one story of an archive ------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_csv, make_diffengine], ids=["csv", "diffengine"])
def test_a_story_of_an_archive_becomes_a_folder_that_can_be_read(make, tmp_path):
    path = make(tmp_path)
    folder = export_story(path, "2", tmp_path / "two", Options())
    story = read_story(folder)
    assert [version.text for version in story.versions.values()] == [SECOND, FIRST]
    with pytest.raises(InputError, match="The archive has no story '7'"):
        export_story(path, "7", tmp_path / "seven", Options())


def test_reports_of_stories_read_the_archive_as_the_run_did_and_refuse_another(tmp_path):
    from copydesk.corpus.opening import where_texts_are

    path, columns = write_lines(tmp_path / "named.jsonl", named(ROWS)), {"story": "id", "text": "body"}
    run_corpus(path, tmp_path / "run", Options(columns=columns))
    archive, options = where_texts_are(tmp_path / "run", path)
    story = read_story(export_story(archive, "2", tmp_path / "two", options))
    assert [version.text for version in story.versions.values()] == [SECOND, FIRST]
    for other in (SMALL, write_lines(tmp_path / "changed.jsonl", named(ROWS[:3]))):
        with pytest.raises(InputError, match="no column|is not the archive that"):
            where_texts_are(tmp_path / "run", other)
    assert where_texts_are(SMALL, None) == (SMALL, Options())


def test_stories_with_like_names_have_folders_of_their_own():
    from copydesk.corpus.opening import story_slug

    assert story_slug("ferry-01") == "ferry-01"
    assert len({story_slug("a/b"), story_slug("a b"), story_slug("a-b")}) == 3


# --- the command ------------------------------------------------------------------------------------


def corpus(*arguments, cwd=ROOT):
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "corpus.py"), *map(str, arguments)],
        check=False, capture_output=True, text=True, encoding="utf-8", cwd=cwd, timeout=300,
    )  # fmt: skip


def needs_dask():
    return pytest.importorskip("distributed", reason="the extra 'corpus' is not installed")


WRONG = {
    "no archive": (["nowhere.jsonl"], "There is no archive"),
    "no form": ([ROOT / "README.md"], "is in no form that is read"),
    "no column": ([SMALL, "--columns", "text=body"], "has no column"),
    "no field": ([SMALL, "--columns", "headline=title"], "There is no field 'headline'"),
    "no mapping": ([SMALL, "--columns", "text"], "--columns wants FIELD=NAME"),
    "no scheduler": ([SMALL, "--scheduler", "tcp://127.0.0.1:1"], "No Dask scheduler answers"),
    "no number": ([SMALL, "--longest", "0"], "--longest wants a number"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", WRONG)
def test_refuses_in_one_sentence(case, tmp_path):
    needs_dask()
    arguments, part = WRONG[case]
    done = corpus(*arguments, "--output", tmp_path / "run", "--workers", "0", cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    *before, sentence = (line for line in done.stderr.splitlines() if "is not encrypted" not in line)
    assert part in sentence and before in ([], ["0 of 36 stories"]), done.stderr


@pytest.mark.slow
def test_the_command_shows_how_far_it_is(tmp_path):
    needs_dask()
    done = corpus(SMALL, "--output", tmp_path / "run", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()) == tmp_path / "run"
    assert "36 of 36 stories" in done.stderr and "a second, 0:00:00 left" in done.stderr
    alone = tmp_path / "alone"
    run_corpus(SMALL, alone)
    assert hashes(alone) == hashes(tmp_path / "run")


# --- faults on a cluster ----------------------------------------------------------------------------

# A run in a process of its own. Workers import it too: stories are slow, and one can be deadly.
RUNNER = """
import os, sys, time
import copydesk.corpus.part as part
from copydesk.corpus.run import run_corpus
read = part.read_or_fail
def slowly(story, *rest):
    if story == os.environ.get("DEADLY"):
        os._exit(9)
    time.sleep(float(os.environ.get("SLOWLY", "0")))
    return read(story, *rest)
part.read_or_fail = slowly
if __name__ == "__main__":
    archive, output, workers = sys.argv[1:4]
    from copydesk.corpus.cluster import Address
    cluster = Address(*sys.argv[4:]) if len(sys.argv) > 4 else None
    tell = lambda done, stories, failed, before: print(done, before, flush=True)
    run_corpus(archive, output, workers=int(workers), cluster=cluster, progress=tell)
    print("finished", flush=True)
"""


@pytest.fixture
def start(tmp_path):
    """A function that starts a run with two workers; what is still running at the end is ended."""
    needs_dask()
    script = tmp_path / "runner.py"
    script.write_text(RUNNER, encoding="utf-8")
    started = []

    def begin(archive, *arguments, **environment):
        process = subprocess.Popen(
            [sys.executable, str(script), str(archive), str(tmp_path / "run"), "2", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT / "scripts"), **environment},
        )  # fmt: skip
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def until(process, stories):
    """Read what a run tells until it has done so many stories."""
    for line in process.stdout:
        if line.split()[0].isdigit() and int(line.split()[0]) >= stories:
            return int(line.split()[0])
    raise AssertionError(process.stderr.read())


def workers_of(process):
    """The processes of Dask's workers, by their command lines."""
    import psutil

    children = psutil.Process(process.pid).children(recursive=True)
    return [one for one in children if "spawn_main" in " ".join(one.cmdline())]


@pytest.mark.slow
def test_a_killed_worker_costs_nothing_but_time(start, archive, tmp_path, undisturbed):
    process = start(archive, SLOWLY="0.05")
    until(process, 8)
    victims = workers_of(process)
    assert victims
    victims[0].kill()
    _, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    assert hashes(tmp_path / "run") == undisturbed


@pytest.mark.slow
def test_a_killed_client_goes_on_where_it_was(start, archive, tmp_path, undisturbed):
    process = start(archive, SLOWLY="0.1")
    done = until(process, 8)
    workers = workers_of(process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 60
    while (
        any(one.is_running() and one.status() != "zombie" for one in workers) and time.monotonic() < deadline
    ):
        time.sleep(0.2)
    again = start(archive)
    first = again.stdout.readline().split()
    assert int(first[1]) >= done > 0  # what was finished is not done anew
    _, errors = again.communicate(timeout=180)
    assert again.returncode == 0, errors
    assert hashes(tmp_path / "run") == undisturbed


@pytest.mark.slow
def test_a_story_that_ends_its_worker_fails_alone(start, archive, tmp_path):
    stories = {
        json.loads(line)["story"] for line in (archive / "archive.jsonl").read_text("utf-8").splitlines()
    }
    deadly = sorted(stories)[11]
    process = start(archive, DEADLY=deadly)
    _, errors = process.communicate(timeout=400)
    assert process.returncode == 0, errors
    run = Run(tmp_path / "run")
    once_or_failed(run, stories)
    assert run.read("failed").values.tolist() == [[deadly, "the process that read it came to a sudden end"]]


@pytest.mark.slow
def test_an_odd_archive_gives_the_same_bytes_on_a_cluster(start, tmp_path):
    path, stories, _ = odd_archive(tmp_path / "odd")
    process = start(path)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    once_or_failed(Run(tmp_path / "run"), stories)
    run_corpus(path, tmp_path / "here")
    assert hashes(tmp_path / "here") == hashes(tmp_path / "run")


@pytest.mark.slow
def test_a_scheduler_elsewhere_is_reached_by_its_address(start, archive, tmp_path, undisturbed):
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        process = start(archive, cluster.scheduler_address)
        _, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    assert hashes(tmp_path / "run") == undisturbed


# --- what the notebook counts and draws -------------------------------------------------------------


def test_statements_gained_and_lost_are_told_from_those_that_stay(tmp_path):
    said = [
        "The mayor said the bridge was safe.",
        "“It will rain,” the farmer said.",
        "The police said it was late.",
    ]
    texts = [said[:2], said[1:], said]
    rows = [{"story": "s", "version": n, "text": "\n".join(lines)} for n, lines in enumerate(texts, 1)]
    run = small_run(tmp_path, rows)
    fates = cd.corpus.statement_fates(run.read("statements"), run.read("versions"))
    found = [(row.number, row.fate, row.source.lower()) for row in fates.itertuples()]
    assert found == [(1, "lost", "the mayor"), (2, "gained", "the police"), (3, "gained", "the mayor")]


def test_measures_that_appear_change_stay_and_vanish_are_told_apart():
    import pandas as pd

    versions = pd.DataFrame({"story": ["s"] * 3, "version": ["a", "b", "c"], "number": [1, 2, 3]})
    rows = [("a", "arms embargo", "proposed"), ("a", "travel ban", "proposed"), ("b", "arms embargo", "adopted"),
            ("b", "fuel ban", "proposed"), ("c", "arms embargo", "adopted"), ("c", "arms embargo", "proposed")]  # fmt: skip
    measures = pd.DataFrame(rows, columns=["version", "type", "status"]).assign(
        story="s", category="x", label=lambda t: t["type"], change="new", binding_before="none",
        binding_after="mandatory", quantity=float("nan"), umbrella=False,
    )  # fmt: skip
    fates = cd.corpus.measure_fates(measures, versions)
    assert sorted(zip(fates["comparison"], fates["type"], fates["fate"], strict=True)) == [
        (1, "arms embargo", "changed"), (1, "fuel ban", "appeared"), (1, "travel ban", "vanished"),
        (2, "arms embargo", "appeared"), (2, "arms embargo", "stayed"), (2, "fuel ban", "vanished"),
    ]  # fmt: skip


def test_shares_of_change_are_of_both_versions_words(tmp_path):
    summary = small_run(tmp_path, ROWS).summary
    shares = cd.corpus.changed_share(summary)
    assert list(shares) == list(shares[::-1])  # there and back again
    first = summary.iloc[0]
    changed = sum(first[one] for one in ("cut_before", "reworded_before", "added_after", "reworded_after"))
    thirds = cd.corpus.by_third(summary)
    assert thirds[thirds["story"] == "1"]["changed"].sum() == changed
    assert shares[0] == changed / (first["words_before"] + first["words_after"])


def test_means_are_of_stories_and_their_intervals_hold_them():
    import pandas as pd

    table = pd.DataFrame({"story": list("aaab"), "kind": "x", "value": [1.0, 1.0, 1.0, 3.0]})
    row = cd.corpus.means_by(table, "value", "kind", resamples=99).iloc[0]
    assert (row["estimate"], row["n"]) == (2.0, 2)
    assert row["low"] <= 2.0 <= row["high"]


def charts(tmp_path):
    import pandas as pd
    from copydesk.show import charts

    dots = pd.DataFrame(
        {
            "label": ["lead", "end"],
            "estimate": [0.2, 0.1],
            "low": [0.15, 0.05],
            "high": [0.3, 0.14],
            "n": [10, 12],
        }
    )
    near, few = dots.assign(low=[0.1, 0.05]), dots.assign(n=[9, 12])
    both = pd.DataFrame({"label": ["Norway", "Chile"], "gained": [10, 0], "lost": [3, 7]})
    fates = pd.DataFrame(
        {"label": ["travel ban"], "appeared": [2], "changed": [0], "stayed": [1], "vanished": [4]}
    )
    yield charts.change_histogram(pd.Series([0.0, 0.04, 0.5, 1.0])), ["4 revisions", "27%"]
    yield (
        charts.interval_dots(dots, "d", "Change", unit="%"),
        ["lead (20.0%) above end (10.0%)", "10 stories"],
    )
    yield charts.interval_dots(near, "d", "Change", unit="%"), ["bear out, 10.0% to 20.0%"]
    yield charts.interval_dots(few, "d", "Change", unit="%"), ["bear out, 10.0% to 20.0%"]
    yield charts.interval_dots(few[:1], "d", "Change", unit="%"), ["20.0%, from too few stories to tell"]
    yield charts.change_histogram(pd.Series([0.5]), made=True), ["In the only machine-made revision, 50% of"]
    yield charts.interval_dots(dots, "z", "Change", zero=True), ["lead rises", "+0.20"]
    yield (
        charts.gains_and_losses(both, "g", "Words"),
        ["Norway gains most (10 words)", "Chile loses most (7 words)"],
    )
    yield (
        charts.fates_by_kind(fates, "f", "Measures"),
        ["2 appeared, 1 stayed and 4 vanished", "travel ban: 2 appeared"],
    )
    for chart in (charts.change_histogram(pd.Series([], dtype=float)), charts.interval_dots(dots[:0], "d", "Change"),
                  charts.gains_and_losses(both[:0], "g", "Words"), charts.fates_by_kind(fates[:0], "f", "Measures")):  # fmt: skip
        yield chart, ["Nothing to show"]


def letters(chart):
    """What is written in a chart's picture below its headline."""
    return re.findall(r"<text[^>]*>([^<]+)</text>", chart.svg())


def test_the_scale_of_dots_has_ticks_and_a_unit():
    import pandas as pd
    from copydesk.show import charts

    table = pd.DataFrame({"label": ["lead"], "estimate": [0.2], "low": [0.15], "high": [0.3], "n": [12]})
    shares = letters(charts.interval_dots(table, "d", "Change", unit="%", axis="share of the words"))
    assert {"0%", "10%", "20%", "30%"} <= set(shares) and "share of the words" in " ".join(shares)
    changes = letters(charts.interval_dots(-table.assign(label=0), "z", "Change", zero=True, axis="points"))
    assert {"no change", "−0.1", "−0.3"} <= set(changes) and "points" in " ".join(changes)


def test_fates_have_a_key_of_those_that_are_there():
    import pandas as pd
    from copydesk.show import charts

    row = {"label": ["travel ban"], "appeared": [0], "changed": [3], "stayed": [0], "vanished": [4]}
    assert letters(charts.fates_by_kind(pd.DataFrame(row), "f", "Measures")) == [
        "changed", "vanished", "travel ban", "3 changed, 4 vanished",
    ]  # fmt: skip


def test_charts_say_what_they_show(tmp_path):
    for chart, parts in charts(tmp_path):
        said = f"{chart.title} {chart.alt}"
        assert all(part in said for part in parts), said
        assert chart.svg() == chart.svg()


CELLS = [
    "",
    'corpus: str = "small"  # A corpus\nresamples: int = 9  # Draws',
    "page = cd.open_corpus_page(In, …)",
]


def test_a_small_archive_comes_to_the_page_by_its_name():
    page = cd.open_corpus_page(CELLS, corpus="small", resamples=9)
    assert repr(page) == "36 stories in 94 versions read, 58 pairs of neighbouring versions compared."
    assert page.made
    assert page.actor_labels.get("anna-lindqvist") == "Anna Lindqvist"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"corpus": "smal"}, "There is no corpus 'smal'; give a path, or choose from small."),
        (
            {"corpus": "small", "resamples": "many"},
            "The parameter 'resamples' is 'many'; give a whole number, such as 5.",
        ),
    ],
)
def test_the_page_refuses_in_one_sentence(given, sentence):
    with pytest.raises(InputError) as error:
        cd.open_corpus_page(CELLS, **{"resamples": 9, **given})
    assert str(error.value) == sentence


def test_a_large_archive_is_not_read_while_somebody_waits(tmp_path):
    rows = [{"story": str(n), "version": 1, "text": "One."} for n in range(301)]
    path = write_lines(tmp_path / "large.jsonl", rows)
    with pytest.raises(InputError, match="has 301 stories, more than are read while a notebook waits"):
        cd.open_corpus_page(CELLS, corpus=str(path), resamples=9)


def test_a_finished_run_comes_to_the_page_with_its_archive(tmp_path):
    run_corpus(SMALL, tmp_path / "run")
    page = cd.open_corpus_page(CELLS, corpus=str(tmp_path / "run"), archive="small", resamples=9)
    assert page.made and len(page.summary) == 58
    assert not cd.open_corpus_page(CELLS, corpus=str(tmp_path / "run"), resamples=9).made


# --- the notebook, on archives that lack something --------------------------------------------------


def study(corpus, archive=""):
    """Run the notebook's cells on a corpus: (its sections that have something to show, what it showed, as text)."""
    import nbformat
    from copydesk.report.parts import read_notebook

    notebook = nbformat.read(ROOT / "notebooks" / "4-study-corpus.ipynb", as_version=4)
    names, settings = {"In": [""]}, {"corpus": str(corpus), "archive": str(archive), "resamples": 9}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            names["In"].append(cell.source)
            *body, last = ast.parse(cell.source).body
            value = isinstance(last, ast.Expr)
            exec(compile(ast.Module(body if value else [*body, last], []), cell.id, "exec"), names)  # noqa: S102
            shown = eval(compile(ast.Expression(last.value), cell.id, "eval"), names) if value else None
            if cell.metadata.get("tags") == ["parameters"]:
                names |= settings
            if hasattr(shown, "_repr_mimebundle_"):
                found = shown._repr_mimebundle_()
                data, metadata = found if isinstance(found, tuple) else (found, {})
                cell.outputs = [nbformat.v4.new_output("display_data", data, metadata=metadata)]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "study.ipynb")
        nbformat.write(notebook, path)
        made = read_notebook(path)
    kept = [section.heading for section in made.sections[1:] if not section.is_empty]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return kept[:-2], outputs  # the last two: a part to play with, and what a notebook cannot tell


EVERY = [
    "How much do stories change?", "When do stories change?", "Where in the story do they change?",
    "Who is added, and who is cut?", "Which measures appear, vanish and change?", "How does readability move?",
    "What do the tests say, all together?", "Which stories were revised most?",
    "Does the run find the edits that were made?", "What could not be read, or not compared?",
]  # fmt: skip
MUCH, WHEN, WHERE, WHO, MEASURES, EASE, TESTS, MOST, TRUTH, UNREAD = EVERY
NO_VOICE = "The bridge was built in 1931.\nTwo boats passed under it.\n"
LACKING = {
    "no measures": (ROWS, [MUCH, WHEN, WHERE, WHO, EASE, TESTS, MOST]),
    "no dates": (
        [row | {"published": None} for row in ROWS],
        [MUCH, WHERE, WHO, EASE, TESTS, MOST, UNREAD],
    ),
    "one comparison": (ROWS[:2], [MUCH, WHEN, WHERE, WHO, EASE, TESTS, MOST]),
    "no statements": (
        [{"story": s, "version": n, "text": NO_VOICE * n} for s in "ab" for n in (1, 2)],
        [MUCH, WHERE, EASE, TESTS, MOST, UNREAD],
    ),
    "nothing changed": (
        [row | {"text": FIRST} for row in ROWS],
        [MUCH, WHEN, WHERE, EASE, TESTS],
    ),
    "one version each": (ROWS[::2], [UNREAD]),
    "none read": ([row | {"text": " "} for row in ROWS], [UNREAD]),
}


@pytest.mark.parametrize("case", LACKING)
def test_the_notebook_leaves_out_what_an_archive_does_not_tell(case, tmp_path):
    rows, wanted = LACKING[case]
    small_run(tmp_path, rows)
    kept, outputs = study(tmp_path / "run")
    assert kept == wanted
    assert not [one for one in outputs if re.search(r"\bnan\b", str(one["data"].get(MIME)), re.IGNORECASE)]


def test_the_notebook_says_of_a_made_archive_that_a_machine_made_it():
    kept, outputs = study("small")
    assert kept == EVERY[:-1]
    shown = [one["data"][MIME] for one in outputs if MIME in one["data"]]
    findings = [part["sentence"] for part in shown if part["role"] == "finding"]
    assert len(findings) == 1 and "links that a machine's edits made" in findings[0]
    titles = [part["title"] for part in shown if part["role"] == "figure"]
    assert len(titles) == 6 and all("machine" in title for title in titles)
    heads = {head["text"] for part in shown if "table" in part for head in part["table"]["heads"]}
    assert not heads & {"n", "low", "high", "exact", "least p", "estimate", "f1"}


def test_findings_are_said_of_one_as_of_many(tmp_path):
    import pandas as pd

    summary = small_run(tmp_path, ROWS).summary
    assert sentences.of_change(summary[:1]).startswith("The only revision changes ")
    assert sentences.of_change(summary[:1], made=True).startswith("In an archive made by a machine, the only")
    assert sentences.of_change(summary).endswith("or less; 1 of 2 make the story longer.")
    assert sentences.of_change(summary[:0]) == "No story has two versions to compare."
    rows = [("chile", "lost", 3), ("chile", "lost", 2), ("chile", "lost", 2), ("norway", "gained", 2)]
    rows += [("norway", "gained", 2), ("norway", "gained", 1), ("chile", "gained", 2), ("peru", "gained", 90)]
    rows += [("no-codebook-has-it", "gained", 90)] * 3
    fates = pd.DataFrame(rows, columns=["actor", "fate", "words"]).assign(story=list("abcabcaaabc"))
    said = "of the actors that the rules know, N (5) and C (2) gain most; C (7) loses most words by editing."
    labels = {"chile": "C", "norway": "N", "peru": "P"}
    assert "in 3 stories or more" in sentences.of_voices(fates[fates["actor"] == "peru"], labels)
    assert sentences.of_voices(fates, labels) == f"O{said[1:]}"
    assert sentences.of_voices(fates, labels, made=True) == f"In an archive made by a machine, {said}"
