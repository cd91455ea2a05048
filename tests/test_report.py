"""The report from outside: the command, what it writes, what it refuses, and that it asks nobody."""

import csv
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from copydesk.pages.notebook_output import MIME
from rendering import ROOT, hashes, run_report

STORY = "north-korea-sanctions"
OF_A_STORY = ["1-compare-versions", "2-tabulate-measures", "3-chart-stance"]
PAGES = {f"{name}.html" for name in ("index", "words", "sanctions", "voices", "method")}

# Python runs this at the start of every process, kernels included: a connection beyond this machine is
# written down and refused.
GUARD = """
import os, socket
def _guarded(call):
    def connect(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if host and not (host.startswith("127.") or host in ("localhost", "::1")):
            with open(os.environ["CONNECTIONS"], "a", encoding="utf-8") as file:
                file.write(f"{address}\\n")
            raise OSError("refused by the test")
        return call(self, address)
    return connect
socket.socket.connect = _guarded(socket.socket.connect)
socket.socket.connect_ex = _guarded(socket.socket.connect_ex)
"""


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A report of the bundled story, made with every connection beyond loopback refused."""
    folder = tmp_path_factory.mktemp("report")
    guard = folder / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    connections = folder / "connections"
    done = run_report(
        "--output", folder / "out", PYTHONPATH=guard, CONNECTIONS=connections, PYTHONHASHSEED="1", TZ="UTC"
    )
    assert done.returncode == 0, done.stderr
    return folder / "out" / STORY, done, connections


def test_prints_last_the_path_to_open(made):
    report, done, _ = made
    assert Path(done.stdout.splitlines()[-1]) == report / "index.html"


def test_asks_nobody(made):
    assert not made[2].exists(), made[2].read_text(encoding="utf-8")


def test_writes_pages_tables_figures_and_executed_notebooks(made):
    report = made[0]
    pages = {path.name for path in report.glob("*.html")}
    assert pages == PAGES
    assert {path.stem for path in report.glob("executed/*.ipynb")} == set(OF_A_STORY)
    with zipfile.ZipFile(report / "report.zip") as archive:
        inside = set(archive.namelist())
    everything = {path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()}
    assert everything - inside <= {"report.zip", "made-from.json"}
    tables = {path.stem for path in report.glob("tables/*.csv")}
    assert {"sentences", "links", "edits", "statements", "markers", "stances", "measures"} <= tables
    wide = {path for path in report.glob("figures/*.svg") if not path.stem.endswith("-narrow")}
    for path in wide:
        assert path.with_name(f"{path.stem}-narrow.svg").is_file()
        assert path.with_suffix(".png").stat().st_size > 1000
    assert "revision.svg" in {path.name for path in report.glob("figures/*.svg")}


def test_notebooks_ran_to_their_end_without_a_warning(made):
    for path in made[0].glob("executed/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                assert output.output_type not in ("error", "stream"), output


def test_pages_ask_for_nothing_outside(made):
    for path in made[0].glob("*.html"):
        page = path.read_text(encoding="utf-8")
        for needle in (
            'src="http',
            "src='http",
            "@import",
            "url(http",
            "<script src",
            '<link rel="stylesheet"',
        ):
            assert needle not in page, (path.name, needle)
        assert len(page) < 1_500_000


def test_every_link_of_a_page_leads_somewhere(made):
    import re

    report = made[0]
    pages = {path.name: path.read_text(encoding="utf-8") for path in report.glob("*.html")}
    ids = {name: set(re.findall(r'\bid="([^"]+)"', page)) for name, page in pages.items()}
    for name, page in pages.items():
        for href in re.findall(r'\bhref="([^"]+)"', page):
            file, _, place = href.partition("#")
            target = file or name
            assert (report / target).exists(), (name, href)
            assert not place or target not in ids or place in ids[target], (name, href)


def test_ids_are_unique_on_each_page(made):
    import re

    for path in made[0].glob("*.html"):
        found = re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8"))
        twice = {one for one in found if found.count(one) > 1}
        assert not twice, (path.name, twice)


def test_no_caption_leaks_into_a_table(made):
    report = made[0]
    captions = [
        row["text"] for row in rows(report / "tables" / "boilerplate.csv") if row["kind"] == "caption"
    ]
    assert len(captions) == 19
    for name in ("sentences", "statements", "measures", "markers", "edits"):
        table = (report / "tables" / f"{name}.csv").read_text(encoding="utf-8")
        assert not any(
            sentence in table
            for caption in captions
            for sentence in caption.split(". ")
            if len(sentence) > 20
        )


def test_offsets_give_the_words(made):
    texts = {
        "aol": (ROOT / "data/stories" / STORY / "aol.txt").read_bytes().decode("utf-8"),
        "longer": (ROOT / "data/stories" / STORY / "longer.txt").read_bytes().decode("utf-8"),
    }
    report = made[0]
    for row in rows(report / "tables" / "sentences.csv"):
        assert texts[row["version"]][int(row["start"]) : int(row["end"])] == row["text"]
    for row in rows(report / "tables" / "markers.csv"):
        words = texts[row["version"]][int(row["start"]) : int(row["end"])]
        assert words.lower().split() == row["marker"].split()


@pytest.mark.slow
def test_a_second_run_gives_the_same_bytes(made, tmp_path):
    again = run_report(
        "--output", tmp_path / "elsewhere", "--jobs", "1", cwd=tmp_path, PYTHONHASHSEED="2", TZ="Asia/Seoul"
    )
    assert again.returncode == 0, again.stderr
    assert hashes(tmp_path / "elsewhere" / STORY) == hashes(made[0])


def test_the_kept_figures_are_what_a_run_makes(made):
    kept = {path.name: path.read_bytes() for path in (ROOT / "figures").glob("*.*")}
    drawn = {path.name: path.read_bytes() for path in (made[0] / "figures").iterdir()}
    assert [name for name in sorted({*kept, *drawn}) if kept.get(name) != drawn.get(name)] == []


def test_the_readme_says_what_the_run_found(made):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in OF_A_STORY:
        for cell in nbformat.read(made[0] / "executed" / f"{name}.ipynb", as_version=4).cells:
            for output in cell.get("outputs", []):
                shown = output["data"].get(MIME, {})
                if shown.get("role") == "finding":
                    assert shown["sentence"] in readme


# What is refused: how the story's folder is spoilt, the command, and what its one sentence must hold.

GOOD = """title = "Two lines"
[[versions]]
id = "early"
file = "early.txt"
label = "early"
[[versions]]
id = "late"
file = "late.txt"
label = "late"
"""


@pytest.fixture
def own_story(tmp_path):
    folder = tmp_path / "two-lines"
    folder.mkdir()
    (folder / "story.toml").write_text(GOOD, encoding="utf-8")
    (folder / "early.txt").write_text("The mayor said the bridge was safe.\n", encoding="utf-8")
    (folder / "late.txt").write_text("The mayor said the bridge was not safe.\n", encoding="utf-8")
    return folder


def spoil(name, content):
    def change(folder):
        (folder / name).write_bytes(content) if content is not None else (folder / name).unlink()

    return change


def rewrite(old, new):
    def change(folder):
        path = folder / "story.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return change


WRONG = {
    "missing story": (lambda f: shutil.rmtree(f), [], ["There is no story", "choose from", STORY]),
    "no story.toml": (spoil("story.toml", None), [], ["has no story.toml"]),
    "empty file": (spoil("late.txt", b" \n"), [], ["late.txt is empty"]),
    "not UTF-8": (spoil("late.txt", b"caf\xe9 ol\xe9."), [], ["late.txt is not UTF-8 (byte 3 is 0xe9)"]),
    "binary": (spoil("late.txt", b"PK\x00\x03"), [], ["late.txt is a binary file"]),
    "missing version": (spoil("late.txt", None), [], ["late.txt, which is not there"]),
    "wrong hash": (
        rewrite('label = "late"', 'label = "late"\nsha256 = "00"'),
        [],
        ["late.txt has the SHA-256", "not 00 as story.toml says"],
    ),
    "misspelt key": (rewrite("title", "titel"), [], ["story.toml", "titel", "did you mean 'title'?"]),
    "misspelt version key": (
        rewrite('label = "late"', 'lable = "late"'),
        [],
        ["story.toml, versions 2 ('late')", "lable", "did you mean 'label'?"],
    ),
    "broken TOML": (rewrite("[[versions]]", "[[versions"), [], ["story.toml is not valid TOML", "line 2"]),
    "file outside": (rewrite("late.txt", "../late.txt"), [], ["story.toml", "leaves the story's folder"]),
    "unknown parameter": (
        None,
        ["--set", "treshold=0.3"],
        ["no parameter 'treshold'; did you mean 'threshold'?"],
    ),
    "wrong type": (
        None,
        ["--set", "threshold=high"],
        ["The parameter 'threshold' is 'high'; give a number, such as 0.3."],
    ),
    "two notebooks": (None, ["--only", "e"], ["There is no notebook 'e'"]),
    "stories of nothing": (None, ["--stories", "3"], ["--stories", "--corpus"]),
    "no value": (None, ["--set", "threshold"], ["--set wants NAME=VALUE"]),
    "unknown version": (None, ["--set", "before=first"], ["no version 'first'; choose from early, late."]),
    "unknown actor": (None, ["--set", "actors=chine"], ["knows the actor 'chine'; did you mean 'china'?"]),
    "unknown notebook": (None, ["--only", "2-tabulate-mesures"], ["did you mean '2-tabulate-measures'?"]),
    "output is a file": (None, ["--output", "early.txt"], ["cannot be written"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_refuses_in_one_sentence_and_leaves_an_earlier_report(case, own_story, tmp_path):
    change, arguments, parts = WRONG[case]
    earlier = tmp_path / "reports" / "two-lines"
    earlier.mkdir(parents=True)
    (earlier / "index.html").write_text("earlier", encoding="utf-8")
    if change:
        change(own_story)
    if "--output" in arguments:
        arguments = ["--output", own_story / arguments[1]]
    else:
        arguments = ["--output", tmp_path / "reports", *arguments]
    done = run_report(own_story, *arguments)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1 and done.stderr.endswith((".\n", "?\n")), done.stderr
    assert all(part in done.stderr for part in parts), done.stderr
    assert done.stdout == ""
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["two-lines"]
    assert (earlier / "index.html").read_text(encoding="utf-8") == "earlier"


def papermill(*arguments, cwd):
    return subprocess.run(
        check=False,
        args=[sys.executable, "-m", "papermill", *map(str, arguments), "--no-progress-bar"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        timeout=300,
    )


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        (["-p", "story", "nowhere"], "There is no story 'nowhere'; choose from"),
        (["-p", "treshold", "0.3"], "The notebook has no parameter 'treshold'; did you mean 'threshold'?"),
    ],
)
def test_a_bare_notebook_says_the_sentence_as_its_error(parameters, sentence, tmp_path):
    notebook = ROOT / "notebooks" / "1-compare-versions.ipynb"
    done = papermill(notebook, tmp_path / "out.ipynb", *parameters, cwd=tmp_path)
    assert done.returncode != 0
    assert sentence in done.stderr


@pytest.mark.slow
def test_plain_papermill_runs_a_notebook_from_anywhere(tmp_path):
    notebook = ROOT / "notebooks" / "1-compare-versions.ipynb"
    done = papermill(notebook, tmp_path / "out.ipynb", "-p", "story", STORY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out.ipynb"]


@pytest.mark.parametrize("name", OF_A_STORY)
def test_a_notebook_answers_help(name, tmp_path):
    done = papermill("--help-notebook", ROOT / "notebooks" / f"{name}.ipynb", cwd=tmp_path)
    assert done.returncode == 0
    assert "story: str (default" in done.stdout and "path of a story's folder" in done.stdout


@pytest.mark.slow
def test_a_story_of_ones_own_without_sanctions_or_speakers(own_story, tmp_path):
    (own_story / "early.txt").write_text("Rain fell on the town.\nIt stopped at noon.\n", encoding="utf-8")
    (own_story / "late.txt").write_text("Rain fell on the town.\n", encoding="utf-8")
    done = run_report(own_story, "--output", tmp_path / "reports")
    assert done.returncode == 0, done.stderr
    made = tmp_path / "reports" / "two-lines"
    assert {path.name for path in made.glob("*.html")} == PAGES - {"sanctions.html"}
    assert "sanctions.html" not in "".join(path.read_text(encoding="utf-8") for path in made.glob("*.html"))
    with open(own_story / "story.toml", encoding="utf-8") as file:
        asked = "sanctions = true\n" + file.read()
    (own_story / "story.toml").write_text(asked, encoding="utf-8")
    assert run_report(own_story, "--output", tmp_path / "reports").returncode == 0
    page = (made / "sanctions.html").read_text(encoding="utf-8")
    assert "No sanctions measure was found" in page


@pytest.mark.slow
def test_an_unchanged_report_is_said_to_be_and_force_makes_it_anew(own_story, tmp_path):
    one = ("--only", "1", "--output", tmp_path / "reports")
    first = run_report(own_story, *one)
    again = run_report(own_story, *one)
    index = tmp_path / "reports" / "two-lines" / "index.html"
    assert (
        "has changed" not in first.stdout
        and "Nothing that this report is made from has changed" in again.stdout
    )
    made = index.stat().st_mtime_ns
    for change, arguments in (
        (lambda: None, ["--force"]),
        (lambda: None, ["--set", "preset=rewrite"]),
        ((index.parent / "tables" / "links.csv").unlink, ["--set", "preset=rewrite"]),
        (
            lambda: (own_story / "late.txt").write_text("The mayor said no.", encoding="utf-8"),
            ["--set", "preset=rewrite"],
        ),
    ):
        change()
        done = run_report(own_story, *one, *arguments)
        assert done.returncode == 0 and "has changed" not in done.stdout, arguments
        assert index.stat().st_mtime_ns > made
        made = index.stat().st_mtime_ns


def test_executed_notebooks_open_readable_and_name_no_folder_of_this_machine(made):
    for path in made[0].glob("executed/*.ipynb"):
        source = path.read_text(encoding="utf-8")
        assert str(made[0].parent) not in source and str(ROOT) not in source and "papermill" not in source
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                # JupyterLab takes drawings out of the HTML of a notebook that it does not trust, and leaves their words.
                assert "<svg" not in output.data.get("text/html", ""), cell.source
                if output.data.get(MIME, {}).get("role") == "figure":
                    assert "image/png" in output.data


@pytest.mark.slow
def test_many_stories_have_a_report_and_the_most_revised_one_of_their_own(tmp_path):
    import re

    done = run_report("--corpus", "small", "--stories", "2", "--output", tmp_path)
    assert done.returncode == 0, done.stderr
    report = tmp_path / "small"
    page = (report / "index.html").read_text(encoding="utf-8")
    first = [row["story"] for row in rows(report / "tables" / "corpus-most-revised.csv")][:2]
    assert re.findall(r'href="(stories/[^"]+)"', page) == [f"stories/{story}/index.html" for story in first]
    for path in [report, *(report / "stories" / story for story in first)]:
        for html in path.glob("*.html"):
            for href in re.findall(r'\bhref="([^"#]+)', html.read_text(encoding="utf-8")):
                assert (path / href).exists(), (html, href)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--corpus", "nowhere"], "There is no corpus 'nowhere'; give a path, or choose from small."),
        (
            ["harbour-ferry", "--corpus", "small"],
            "Give a story, or an archive with --corpus; each has a report of its own; report.py --help lists what there is.",
        ),
        (["--set", "corpus=small"], "'corpus' is not set as a parameter; give it with --corpus."),
    ],
)
def test_refuses_a_wrong_corpus_in_one_sentence(arguments, sentence, tmp_path):
    done = run_report(*arguments, "--output", tmp_path)
    assert (done.returncode, done.stderr) == (2, sentence + "\n")
