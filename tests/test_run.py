"""A run of the report: killed, doubled, short of room, too slow, failing. The earlier report outlives it all."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from copydesk import report
from copydesk.errors import InputError
from copydesk.report import workshop
from rendering import ROOT, SCRIPT, hashes, run_report

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither SIGKILL nor limits of a process")

STORY = """title = "A bridge"
[[versions]]
id = "early"
file = "early.txt"
label = "early"
[[versions]]
id = "late"
file = "late.txt"
label = "late"
"""


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stories") / "bridge"
    folder.mkdir()
    (folder / "story.toml").write_text(STORY, encoding="utf-8")
    (folder / "early.txt").write_text(
        "The mayor said the bridge was safe. It opened in May.\n", encoding="utf-8"
    )
    (folder / "late.txt").write_text(
        "The mayor said the bridge was not safe. It shut in May.\n", encoding="utf-8"
    )
    return folder


def command(story, output, *arguments):
    return [sys.executable, str(SCRIPT), str(story), "--output", str(output), *map(str, arguments)]


def run(story, output, *arguments, **options):
    return run_report(story, "--output", output, *arguments, **options)


def leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


# --- the workshop -----------------------------------------------------------------------------------

# A run in small: it writes a new report, and is killed at the n-th of the steps that publish it.
KILLED = """
import os, signal, sys
from pathlib import Path
from copydesk.report import workshop
place, moment = Path(sys.argv[1]), sys.argv[2]
step = 0
def count():
    global step
    step += 1
    if str(step) == moment:
        os.kill(os.getpid(), signal.SIGKILL)
def before(function):
    def call(*arguments, **options):
        count()
        return function(*arguments, **options)
    return call
with workshop.open_workshop(place) as bench:
    (bench.report / "index.html").write_text("new")
    (bench.report / "more.txt").write_text("new")
    Path.write_text, os.rename, workshop._remove = before(Path.write_text), before(os.rename), before(workshop._remove)
    bench.publish()
print("published in", step)
"""


def publish_and_die(place, moment):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    command = [sys.executable, "-c", KILLED, str(place), str(moment)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def content(place):
    return {path.name: path.read_text(encoding="utf-8") for path in place.iterdir()}


OLD, NEW = ({"index.html": word, "more.txt": word} for word in ("old", "new"))


@posix
@pytest.mark.parametrize("moment", [1, 2, 3, 4])
@pytest.mark.parametrize("has_earlier", [True, False])
def test_killed_between_the_renames_a_report_is_whole_after_the_next_run(tmp_path, moment, has_earlier):
    place = tmp_path / "story"
    if has_earlier:
        place.mkdir()
        for name in OLD:
            (place / name).write_text("old", encoding="utf-8")
    done = publish_and_die(place, moment)
    assert done.returncode == -signal.SIGKILL, (done.stdout, done.stderr)
    if place.exists():
        assert content(place) in (OLD, NEW)
    elif has_earlier:
        assert moment == 3  # after the first rename, before the second
    workshop.recover(place)
    assert leftovers(tmp_path) == []
    if moment == 1:
        assert content(place) == OLD if has_earlier else not place.exists()
    elif moment == 3:
        assert content(place) == NEW
    elif moment == 4 or has_earlier:
        assert content(place) in (OLD, NEW)
    done = publish_and_die(place, "never")
    assert "published in 4" in done.stdout, done.stderr
    assert content(place) == NEW and leftovers(tmp_path) == []


def test_a_living_runs_workshop_is_left_alone(tmp_path):
    place = tmp_path / "story"
    with workshop.open_workshop(place) as one:
        (one.report / "index.html").write_text("one", encoding="utf-8")
        with workshop.open_workshop(place) as other:
            (other.report / "index.html").write_text("other", encoding="utf-8")
            other.publish()
        assert content(place) == {"index.html": "other"}
        one.publish()
    assert content(place) == {"index.html": "one"} and leftovers(tmp_path) == []


def test_what_is_no_report_is_not_replaced(tmp_path, story):
    with (
        pytest.raises(InputError, match="no report; name another folder with --output"),
        workshop.open_workshop(story),
    ):
        pass
    assert (story / "early.txt").is_file()


def test_what_fails_inside_leaves_nothing(tmp_path):
    with pytest.raises(KeyError), workshop.open_workshop(tmp_path / "story"):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


# --- parameters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("threshold: [", "line 1: this is not valid YAML"),
        ("- 1\n- 2\n", "holds no parameters"),
        ("7: x\n", "holds no parameters"),
        ("treshold: 0.3\n", "did you mean 'threshold'?"),
        ("threshold: high\n", "'threshold' is 'high'; give a number, such as 0.3."),
        ("threshold: true\n", "'threshold' is True; give a number, such as 0.3."),
        ("story: other\n", "give it as an argument"),
        ("output: there\n", "give it with --output"),
    ],
)
def test_a_wrong_file_of_parameters_is_one_sentence(text, sentence, tmp_path):
    path = tmp_path / "set.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        report.check_parameters(report.find_notebooks(), report.read_parameters(path))
    assert sentence in str(raised.value)


def test_parameters_come_as_the_notebooks_types(tmp_path):
    path = tmp_path / "set.yaml"
    path.write_text("threshold: 1e-3\nactors: [china]\npreset: rewrite\n", encoding="utf-8")
    found = report.check_parameters(report.find_notebooks(["1", "3"]), report.read_parameters(path))
    first, third = found.values()
    assert first == {"threshold": 0.001, "preset": "rewrite"}
    assert third["actors"] == ["china"]


def test_help_lists_the_options_and_gives_examples():
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "--formats" in done.stdout and "examples:" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [["--formats", "docx"], ["--formats", ""], ["--jobs", "0"], ["--timeout", "soon"], ["--treshold", "1"]],
)
def test_a_wrong_option_is_one_sentence(arguments, story, tmp_path):
    done = run(story, tmp_path / "out", *arguments)
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr


# --- notebooks that fail ----------------------------------------------------------------------------

PARAMETERS = 'story: str = ""\noutput: str = ""'
FAILING = {
    "1-good": "1 + 1",
    "2-wrong": "raise ValueError('the\\nwords')",
    "3-slow": "import time\ntime.sleep(60)",
    "4-dying": "import os\nos._exit(3)",
}


@pytest.fixture
def failing(tmp_path, monkeypatch):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, source in FAILING.items():
        first = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
        cells = [first, nbformat.v4.new_markdown_cell("## A question"), nbformat.v4.new_code_cell(source)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, folder / f"{name}.ipynb")
    monkeypatch.setattr("copydesk.report.notebooks.notebooks_folder", lambda: folder)
    monkeypatch.setattr("copydesk.pages.story_page.open_page", lambda *_, **__: None)
    return folder


@pytest.mark.slow
def test_a_failing_notebook_is_named_and_kept_and_the_others_finish(failing, story, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = []
    place = tmp_path / "out" / "bridge"
    place.mkdir(parents=True)
    (place / "index.html").write_text("earlier", encoding="utf-8")
    made = report.make_report(
        story, Path("out/bridge"), timeout=3, jobs=4, progress=lambda *words: told.append(words)
    )
    assert Path.cwd() == tmp_path
    failures = {failure.notebook: failure for failure in made.failures}
    assert set(failures) == {"2-wrong", "3-slow", "4-dying"}
    assert failures["2-wrong"].error == "ValueError: the words"
    assert "longer than 3 seconds" in failures["3-slow"].error
    assert "died" in failures["4-dying"].error.lower()
    for failure in failures.values():
        assert failure.cell == 3, failure
        assert nbformat.read(failure.copy, as_version=4).cells[-1].source == FAILING[failure.notebook]
    assert ("1-good", "done") in told and ("2-wrong", "failed") in told
    assert ("1-good", "running", "A question") in told
    assert content(place) == {"index.html": "earlier"}
    assert leftovers(place.parent) == []


@pytest.mark.slow
def test_the_next_good_run_forgets_the_failures(story, tmp_path):
    kept = tmp_path / "bridge.failed"
    kept.mkdir()
    (kept / "1-compare-versions.ipynb").write_text("{}", encoding="utf-8")
    done = run(story, tmp_path, "--only", "1")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bridge"]


# --- whole runs -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_run_is_quiet_and_leaves_no_trace_of_kernels(story, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    done = run(
        story,
        tmp_path / "out",
        "--only",
        "1",
        HOME=home,
        USERPROFILE=home,
    )
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert len(done.stdout.splitlines()) == 1
    page = (tmp_path / "out" / "bridge" / "index.html").read_text(encoding="utf-8")
    assert page.count("Whose the texts are: <bdi>not stated</bdi>.") == 1, "what nobody stated is said once"
    assert {path.name for path in home.iterdir()} <= {".cache", ".config", "AppData", "Library"}


@pytest.mark.slow
@posix
def test_on_a_terminal_it_names_what_runs(story, tmp_path):
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command(story, tmp_path / "out", "--only", "1"), stderr=follower, stdout=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    )  # fmt: skip
    os.close(follower)
    seen = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(leader)
    assert process.wait() == 0
    text = seen.decode("utf-8", "replace")
    assert "1-compare-versions: " in text and "1-compare-versions done" in text


@pytest.mark.slow
@posix
def test_no_room_is_one_sentence(story, tmp_path):
    import resource

    done = run(
        story, tmp_path / "out", "--only", "1",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )  # fmt: skip
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stderr.count("\n") == 1 and "no room left" in done.stderr, done.stderr
    assert list((tmp_path / "out").iterdir()) == []


@posix
def test_a_full_disk_is_one_sentence(story, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk takes more rights than these")
    try:
        done = run(story, disk / "out", "--only", "1")
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
        assert "no room left" in done.stderr
        assert list((disk / "out").iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@posix
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(story, tmp_path):
    (tmp_path / "out").mkdir(mode=0o555)
    done = run(story, tmp_path / "out", "--only", "1")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "cannot be written" in done.stderr


@pytest.mark.slow
def test_two_runs_at_once_leave_one_whole_report(story, tmp_path):
    alone = {}
    for value in ("0.3", "0.6"):
        assert run(story, tmp_path / value, "--only", "1", "--set", f"threshold={value}").returncode == 0
        alone[value] = hashes(tmp_path / value / "bridge")
    assert alone["0.3"] != alone["0.6"]
    both = [
        subprocess.Popen(
            command(story, tmp_path / "both", "--only", "1", "--set", f"threshold={value}"),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for value in alone
    ]  # fmt: skip
    for process in both:
        stderr = process.communicate(timeout=600)[1]
        assert process.returncode == 0, stderr
    assert hashes(tmp_path / "both" / "bridge") in alone.values()
    assert leftovers(tmp_path / "both") == []


@posix
@pytest.mark.slow
def test_killed_at_any_moment_the_report_stays_whole_and_no_kernel_lingers(story, tmp_path):
    import psutil

    moments, one = 8, ("--only", "1")
    seed = random.randrange(10**6)
    print(f"the moments' seed is {seed}")  # pytest shows it of a test that fails
    draw = random.Random(seed)
    out = tmp_path / "out"
    assert run(story, out, *one, "--set", "threshold=0.3").returncode == 0
    whole = [hashes(out / "bridge")]
    start = time.monotonic()
    assert run(story, tmp_path / "other", *one).returncode == 0
    seconds = time.monotonic() - start
    whole.append(hashes(tmp_path / "other" / "bridge"))
    assert whole[0] != whole[1]
    killed, with_kernels = 0, 0
    for _ in range(3 * moments):
        process = subprocess.Popen(
            command(story, out, *one, "--force"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seconds * (killed + draw.random()) / moments)
        children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.kill()
        was_running = process.wait() == -signal.SIGKILL
        killed += was_running
        with_kernels += bool(children)
        seconds *= 1 if was_running else 0.8  # the machine has become quicker: this moment again, sooner
        if (out / "bridge").exists():
            assert hashes(out / "bridge") in whole
        else:  # between the renames: the journal says what the next run puts there
            assert list(out.glob(".bridge.*.run/journal"))
        _, alive = psutil.wait_procs(children, timeout=15)
        assert not alive, alive
        if killed == moments:
            break
    assert killed == moments and with_kernels >= 2
    assert run(story, out, *one).returncode == 0
    assert hashes(out / "bridge") == whole[1]
    assert [path.name for path in out.iterdir()] == ["bridge"]


def test_the_journal_says_what_is_moved(tmp_path, monkeypatch):
    """A run killed in between leaves what a person needs, too, to put things right."""
    seen = {}

    def look(source, target):
        seen.update(json.loads((Path(target).parent / "journal").read_text(encoding="utf-8")))
        raise FileNotFoundError

    with workshop.open_workshop(tmp_path / "story") as bench:
        monkeypatch.setattr(os, "rename", look)
        with pytest.raises(InputError):
            bench.publish()
    assert seen == {"place": "story", "new": "report", "earlier": "earlier"}
