"""Faults of the machine, on the real thing: real processes, a real cluster, real file systems. Nothing is lost, nothing
half written, and one sentence says what to do."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from copydesk.corpus import Options, Run, run_corpus, story_rows
from copydesk.corpus.archive import make_archive
from copydesk.corpus.readers import Index, Rows, open_source
from copydesk.corpus.story_rows import TABLES, in_order
from copydesk.corpus.time_limit import OutOfTime, limit
from copydesk.errors import InputError
from test_corpus import (
    ROOT,
    RUNNER,
    SMALL,
    hashes,
    needs_dask,
    once_or_failed,
    until,
    workers_of,
    write_lines,
)

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
slow = pytest.mark.slow


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("archive"), 40, seed=3)


@pytest.fixture(scope="module")
def undisturbed(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed") / "run"
    run_corpus(archive, folder)
    return hashes(folder)


@pytest.fixture
def start(tmp_path):
    """A function that starts a run with two workers; what is still running at the end is ended."""
    needs_dask()
    script = tmp_path / "runner.py"
    script.write_text(RUNNER, encoding="utf-8")
    started = []

    def begin(archive, *arguments, workers=2, **environment):
        process = subprocess.Popen(
            [sys.executable, str(script), str(archive), str(tmp_path / "run"), str(workers), *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT / "scripts"), **environment},
        )  # fmt: skip
        started.append(process)
        return process

    yield begin
    for process in started:
        for one in [*workers_of(process), process] if process.poll() is None else []:
            one.kill()
        process.wait()


def finish(process, seconds=240):
    _, errors = process.communicate(timeout=seconds)
    return process.returncode, errors


def command(script, *arguments):
    return [sys.executable, str(ROOT / "scripts" / f"{script}.py"), *map(str, arguments)]


def run_script(script, *arguments, **options):
    return subprocess.run(
        command(script, *arguments), check=False, capture_output=True, text=True, encoding="utf-8", timeout=300, **options
    )  # fmt: skip


@contextmanager
def small_disk(place, size):
    """A file system of its own of so many kilobytes."""
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)]
    if os.name == "nt" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk takes more rights than these")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


# --- a passing fault is no story's ------------------------------------------------------------------


def as_folders(archive, place):
    """An archive's stories as folders."""
    from copydesk.corpus.readers import RawVersion, write_story

    stories = {}
    for line in (archive / "archive.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        stories.setdefault(row["story"], []).append(RawVersion(str(row["version"]), None, row["text"]))
    for story, versions in stories.items():
        write_story(place / story, story, versions)
    return place


@slow
@pytest.mark.parametrize("form", ["lines", "folders"])
def test_an_archive_out_of_reach_for_three_seconds_costs_no_story(form, start, archive, tmp_path):
    own = tmp_path / "archive"
    if form == "folders":
        as_folders(archive, own)
    else:
        shutil.copytree(archive, own)
    run_corpus(own, tmp_path / "whole")
    process = start(own, SLOWLY="0.1")
    until(process, 8)
    own.rename(tmp_path / "away")
    time.sleep(3)
    (tmp_path / "away").rename(own)
    status, errors = finish(process)
    assert status == 0, errors
    assert hashes(tmp_path / "run") == hashes(tmp_path / "whole")


@pytest.mark.parametrize("form", ["lines", "folders"])
def test_an_archive_out_of_reach_for_good_stops_the_run_and_the_same_command_goes_on(form, archive, tmp_path, monkeypatch):  # fmt: skip
    from copydesk.corpus import part

    monkeypatch.setattr(part, "PAUSE", 0.01)
    own = as_folders(archive, tmp_path / "archive") if form == "folders" else tmp_path / "archive"
    if form == "lines":
        shutil.copytree(archive, own)
    run_corpus(own, tmp_path / "whole")

    def lose(done, *_):
        if done >= 16 and own.exists():
            own.rename(tmp_path / "away")

    with pytest.raises(InputError, match=r"stopped \(No such file or directory: .*the same command goes on"):
        run_corpus(own, tmp_path / "run", progress=lose)
    (tmp_path / "away").rename(own)
    told = []
    run = run_corpus(own, tmp_path / "run", progress=lambda *state: told.append(state))
    assert told[0] == (16, 40, 0, 16) and run.manifest["rows"]["failed"] == 0
    assert hashes(tmp_path / "run") == hashes(tmp_path / "whole")


def test_too_little_memory_is_no_storys_fault(archive, tmp_path, monkeypatch, undisturbed):
    from copydesk.corpus import part

    monkeypatch.setattr(part, "PAUSE", 0.01)
    read, times = part.read_story_rows, []

    def short(story, *rest):
        times.append(story)
        if len(times) in (3, 4, 11):
            raise MemoryError
        return read(story, *rest)

    monkeypatch.setattr(part, "read_story_rows", short)
    run_corpus(archive, tmp_path / "run")
    assert hashes(tmp_path / "run") == undisturbed


def test_an_archive_that_changes_while_it_is_read_is_no_run(archive, tmp_path):
    own = tmp_path / "archive"
    shutil.copytree(archive, own)

    def change(done, *_):
        if done == 16:
            with open(own / "archive.jsonl", "a", encoding="utf-8") as file:
                file.write('{"story": "late", "text": "It came late."}\n')

    with pytest.raises(
        InputError, match="has changed while it was read; start the command again with --restart"
    ):
        run_corpus(own, tmp_path / "run", progress=change)
    with pytest.raises(InputError, match="was not finished"):
        Run(tmp_path / "run")


@slow
def test_a_second_run_into_the_same_folder_is_refused_and_the_first_is_whole(
    start, archive, tmp_path, undisturbed
):
    needs_dask()
    import psutil

    first = start(archive, SLOWLY="0.1")
    until(first, 8)
    psutil.Process(first.pid).suspend()  # it holds the folder for as long as the other needs to see it
    second = run_script("corpus", archive, "--output", tmp_path / "run", "--workers", "0")
    psutil.Process(first.pid).resume()
    assert second.returncode == 2, second.stderr
    assert second.stderr.count("\n") == 1 and "Another run is at work in" in second.stderr
    status, errors = finish(first)
    assert status == 0, errors
    assert hashes(tmp_path / "run") == undisturbed


def test_what_failed_is_read_again_when_asked(archive, tmp_path, undisturbed, monkeypatch):

    measure_rows = story_rows.measure_rows
    monkeypatch.setattr(
        story_rows, "measure_rows", lambda doc: measure_rows(doc) if "ferry" not in doc.text else 1 / 0
    )
    failed = run_corpus(archive, tmp_path / "run").manifest["rows"]["failed"]
    assert failed > 0
    monkeypatch.setattr(story_rows, "measure_rows", measure_rows)
    assert run_corpus(archive, tmp_path / "run").manifest["rows"]["failed"] == failed
    run_corpus(archive, tmp_path / "run", retry_failed=True)
    assert hashes(tmp_path / "run") == undisturbed


def test_the_status_is_one_where_a_story_failed_and_the_count_comes_last(tmp_path):
    needs_dask()
    path = write_lines(tmp_path / "rows.jsonl", [{"story": "1", "text": "It rained."}, {"story": "2"}])
    done = run_script("corpus", path, "--output", tmp_path / "run", "--workers", "0")
    assert done.returncode == 1, done.stderr
    assert done.stderr.splitlines()[-1].startswith("1 story failed: ")
    assert "--retry-failed" in done.stderr.splitlines()[-1]


# --- nobody else ------------------------------------------------------------------------------------

# Another user of the machine, who knows the ports: a function is sent to each of them, plainly and with a key of one's
# own, to all at once. What would be imported later is imported first, since this user may read little.
INTRUDER = """
import asyncio, os, sys, pathlib
from distributed import Client
from distributed.security import Security
import distributed.comm.tcp, distributed.protocol, cryptography.hazmat.primitives.asymmetric.rsa
import distributed.client, msgpack, tornado.iostream, encodings.idna
own = Security.temporary()
mark, uid = sys.argv[1], int(sys.argv[2])
if uid:
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
def harm():
    pathlib.Path(mark).write_text(str(os.getuid()))
async def attempt(port, how, security):
    try:
        async with Client(f"{how}://127.0.0.1:{port}", timeout=3, security=security, asynchronous=True) as client:
            await client.run_on_scheduler(harm)
            await client.run(harm)
        return f"{port} {how} ran as {os.getuid()}"
    except BaseException as error:
        return f"{port} {how} {type(error).__name__}"
async def every():
    ways = ("tcp", None), ("tls", own)
    tries = [asyncio.wait_for(attempt(port, *way), 30) for port in sys.argv[3:] for way in ways]
    print(*await asyncio.gather(*tries, return_exceptions=True), sep="\\n", flush=True)
    os._exit(0)
asyncio.run(every())
"""
# Another one, where the tests may become another.
INTRUDERS_UID = 65534 if hasattr(os, "geteuid") and os.geteuid() == 0 else 0


def intrude(place, ports):
    mark = place / "mark"
    done = subprocess.run(
        [sys.executable, "-c", INTRUDER, str(mark), str(INTRUDERS_UID), *map(str, ports)],
        capture_output=True, text=True, check=False, timeout=120, cwd=place,
    )  # fmt: skip
    assert done.stdout.count("\n") == 2 * len(ports), done.stderr
    return mark.exists(), done.stdout


def listening(process):
    """The ports on which a process and its children listen, with their addresses."""
    import psutil

    every = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    found = [one for each in every for one in each.net_connections("inet") if one.status == "LISTEN"]
    assert {one.laddr.ip for one in found} <= {"127.0.0.1", "::1"}, found
    return sorted({one.laddr.port for one in found})


@slow
@posix
def test_another_user_of_the_machine_is_refused(start, archive, tmp_path):
    needs_dask()
    from distributed import LocalCluster

    # The intruder is one: it gets into a cluster that speaks plain TCP.
    with LocalCluster(n_workers=1, processes=False, protocol="tcp://", dashboard_address=None, host="127.0.0.1") as open_one:  # fmt: skip
        came_in, told = intrude(tmp_path, [open_one.scheduler_address.rpartition(":")[2]])
        assert came_in and f"tcp ran as {INTRUDERS_UID or os.getuid()}" in told, told
    (tmp_path / "mark").unlink()

    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = start(archive, SLOWLY="30", TMPDIR=str(temporary))
    ports, end = [], time.monotonic() + 200
    while len(ports) < 3 and time.monotonic() < end:  # the scheduler, and a worker each
        time.sleep(0.5)
        ports = listening(process)
    assert len(ports) >= 3
    for left in temporary.rglob("*"):
        assert not left.is_dir() or not left.stat().st_mode & 0o077, f"{left} is open to others"
    came_in, told = intrude(tmp_path, ports)
    assert process.poll() is None, "the run ended before anybody could disturb it"
    assert not came_in and "ran" not in told, told


@slow
def test_a_scheduler_elsewhere_is_spoken_to_with_tls_files(archive, tmp_path, undisturbed):
    needs_dask()
    from distributed import LocalCluster
    from distributed.security import Security

    security = Security.temporary()
    files = {"--tls-ca": security.tls_ca_file, "--tls-cert": security.tls_client_cert, "--tls-key": security.tls_client_key}  # fmt: skip
    given = []
    for option, content in files.items():
        path = tmp_path / f"{option[2:]}.pem"
        path.write_text(content, encoding="ascii")
        given += [option, path]
    with LocalCluster(n_workers=1, threads_per_worker=1, security=security, protocol="tls://", dashboard_address=None) as cluster:  # fmt: skip
        there = ("--scheduler", cluster.scheduler_address)
        without = run_script("corpus", archive, "--output", tmp_path / "run", *there)
        assert without.returncode == 2 and "wants --tls-ca, --tls-cert and --tls-key" in without.stderr
        done = run_script("corpus", archive, "--output", tmp_path / "run", *there, *given)
    assert done.returncode == 0, done.stderr
    assert hashes(tmp_path / "run") == undisturbed


# --- damaged results --------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["gone", "cut", "another", "rows"])
def test_a_damaged_run_is_refused_when_it_is_read_and_whole_after_the_next(
    damage, archive, tmp_path, undisturbed
):
    run_corpus(archive, tmp_path / "run")
    part, other = (tmp_path / "run" / "links" / f"part-0000{n}.parquet" for n in (2, 1))
    if damage == "gone":
        part.unlink()
    elif damage == "cut":
        part.write_bytes(part.read_bytes()[:-100])
    elif damage == "another":
        shutil.copy(other, part)
    else:
        path = tmp_path / "run" / "manifest.json"
        manifest = json.loads(path.read_text("utf-8"))
        del manifest["parts"][2]
        path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"part-00002.parquet (cannot|is not).*start the run again|was not finished"
    ):
        Run(tmp_path / "run").read("links")
    run_corpus(archive, tmp_path / "run")
    assert hashes(tmp_path / "run") == undisturbed
    assert {name: len(Run(tmp_path / "run").read(name)) for name in TABLES}["links"] > 0


def test_a_file_that_the_run_did_not_write_is_not_read(archive, tmp_path):
    run = run_corpus(archive, tmp_path / "run")
    rows = len(run.read("links"))
    shutil.copy(
        tmp_path / "run" / "links" / "part-00001.parquet", tmp_path / "run" / "links" / "part-00099.parquet"
    )
    assert len(Run(tmp_path / "run").read("links")) == rows


# --- a damaged archive ------------------------------------------------------------------------------


def diffengine(path, stories=60):
    """A database of diffengine of many small pages: two versions a story, every fifth too long for a page."""
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA page_size = 512")
        base.execute(
            "CREATE TABLE entryversion (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR, url VARCHAR, summary VARCHAR, "
            "created DATETIME, archive_url VARCHAR, entry_id INTEGER)"
        )
        for number in range(2 * stories):
            story, later = divmod(number, 2)
            text = f"<p>The mayor counted {story} boats{' and a raft' * later}.</p>" * (
                20 if story % 5 == 0 else 1
            )
            created = f"2026-01-0{1 + later} 08:00:00"
            base.execute("INSERT INTO entryversion (title, summary, created, entry_id) VALUES (?, ?, ?, ?)",
                         ["Boats", text, created, story])  # fmt: skip
    return path


DAMAGE = {
    "noise": lambda page, draw: draw.randbytes(len(page)),
    "zeros": lambda page, _: bytes(len(page)),
    "heads": lambda page, draw: draw.randbytes(40) + page[40:],
    "pointers": lambda page, draw: page[:8] + bytes(reversed(page[8:200])) + page[200:],
    "content": lambda page, draw: page[:-60] + draw.randbytes(60),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_of_a_database_with_a_damaged_page_the_other_stories_are_read(damage, tmp_path):
    """Whichever page it is: numbers that go round in circles, and pages that point nowhere, included."""
    whole, draw = diffengine(tmp_path / "whole.db").read_bytes(), random.Random(1)
    path, most = tmp_path / "damaged.db", 0
    for start in range(512, len(whole), 512):
        page = DAMAGE[damage](whole[start : start + 512], draw)
        path.write_bytes(whole[:start] + page + whole[start + 512 :])
        good, failed = stories_of(path, tmp_path)
        assert good or failed
        most += len(good) < 50
    assert most <= 2, "the table's own roots alone are pages that others hang on"


def stories_of(path, work):
    """The ids of the stories of an archive that can be read, and of those that cannot."""
    source = open_source(path)
    good, failed = [], []
    with closing(Index(source, work)) as index, Rows(source, work) as rows:
        for story, places in (one for part in index.parts() for one in part.stories):
            try:
                in_order(rows.read(places), Options())
                good.append(story)
            except InputError:
                failed.append(story)
    (work / "index.sqlite").unlink()
    return good, failed


def test_what_lies_in_the_damage_of_a_database_fails_with_its_reason(tmp_path):
    path = diffengine(tmp_path / "boats.db")
    whole = run_corpus(path, tmp_path / "whole").read("versions").set_index("story")
    content = bytearray(path.read_bytes())
    middle = content.index(b"counted 31 boats") // 512 * 512
    content[middle : middle + 512] = b"\xaa" * 512
    path.write_bytes(content)
    run = run_corpus(path, tmp_path / "run")
    failed = run.read("failed").set_index("story")["reason"]
    (gap,) = failed.index
    assert gap.startswith("boats.db, entryversion ")
    assert failed[gap] == "the rows cannot be read: the database is damaged"
    first, last = map(int, gap.removeprefix("boats.db, entryversion ").split(" to "))
    read = run.read("versions").set_index("story")
    lost = {str((row - 1) // 2) for row in range(first, last + 1)}
    assert "31" in lost and len(lost) < 6
    rest = whole[~whole.index.isin(lost)]
    assert read.loc[rest.index.unique(), "sha256"].tolist() == rest["sha256"].tolist()


# --- a limit of time --------------------------------------------------------------------------------


def spin():
    while True:
        pass


def test_work_beyond_its_limit_is_stopped_and_what_sleeps_is_not():
    with pytest.raises(OutOfTime), limit(0.2):
        spin()
    with limit(0.2):
        time.sleep(1)
    with limit(0):
        assert sum(range(10)) == 45


def test_a_story_that_takes_too_long_fails_alone_with_the_reason(archive, tmp_path, monkeypatch):
    from copydesk.corpus import part

    read = part.read_story_rows
    stories = [
        json.loads(line)["story"] for line in (archive / "archive.jsonl").read_text("utf-8").splitlines()
    ]
    endless = stories[20]

    def slowly(story, *rest):
        while story == endless:
            pass
        return read(story, *rest)

    monkeypatch.setattr(part, "read_story_rows", slowly)
    run = run_corpus(archive, tmp_path / "run", seconds=2)
    once_or_failed(run, set(stories))
    assert run.read("failed").values.tolist() == [
        [endless, "it took longer than 2 seconds of a processor (--seconds)"]
    ]


ENDLESS = RUNNER.replace("        os._exit(9)", "        import re; re.match('(a+)+b', 'a' * 60)").replace(
    "progress=tell)", "progress=tell, seconds=5)"
)


@slow
@posix
def test_a_story_that_never_leaves_a_step_of_c_fails_alone(start, archive, tmp_path):
    (tmp_path / "runner.py").write_text(ENDLESS, encoding="utf-8")
    stories = {
        json.loads(line)["story"] for line in (archive / "archive.jsonl").read_text("utf-8").splitlines()
    }
    endless = sorted(stories)[7]
    status, errors = finish(start(archive, DEADLY=endless), 500)
    assert status == 0, errors
    run = Run(tmp_path / "run")
    once_or_failed(run, stories)
    assert list(run.read("failed")["story"]) == [endless]


# --- processes that are stopped, killed, interrupted ------------------------------------------------


@slow
@posix
def test_a_worker_that_is_stopped_for_a_while_costs_nothing(start, archive, tmp_path, undisturbed):
    process = start(archive, SLOWLY="0.05")
    until(process, 8)
    victim = workers_of(process)[0]
    victim.suspend()
    time.sleep(6)
    victim.resume()
    status, errors = finish(process)
    assert status == 0, errors
    assert hashes(tmp_path / "run") == undisturbed


@slow
@posix
def test_a_worker_that_is_stopped_for_good_is_done_without(start, archive, tmp_path, undisturbed):
    process = start(archive, SLOWLY="0.05", DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="8s")
    until(process, 8)
    workers_of(process)[0].suspend()
    status, errors = finish(process)
    assert status == 0, errors
    assert hashes(tmp_path / "run") == undisturbed


# A scheduler with two workers in a process of its own, which can be killed.
SCHEDULER = """
import time
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        print(cluster.scheduler_address, flush=True)
        time.sleep(600)
"""


@slow
@posix
def test_a_killed_scheduler_stops_the_run_in_one_sentence_and_it_goes_on(
    start, archive, tmp_path, undisturbed
):
    (tmp_path / "scheduler.py").write_text(SCHEDULER, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "scripts"), str(tmp_path)]),
        "SLOWLY": "0.1",
    }
    with subprocess.Popen(
        [sys.executable, tmp_path / "scheduler.py"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=environment,
    ) as there:  # fmt: skip
        process = start(archive, there.stdout.readline().strip(), SLOWLY="0.1")
        done = until(process, 8)
        there.kill()
    status, errors = finish(process)
    assert status != 0 and "the same command goes on from there" in errors.splitlines()[-1], errors
    again = start(archive)
    assert int(again.stdout.readline().split()[1]) >= done
    status, errors = finish(again)
    assert status == 0, errors
    assert hashes(tmp_path / "run") == undisturbed


@slow
@posix
@pytest.mark.parametrize("workers", [0, 2])
def test_interrupted_by_itself_a_run_leaves_nothing_that_disturbs_the_next(
    workers, archive, tmp_path, undisturbed
):
    """As by kill -INT: the process alone is told, its workers are not."""
    needs_dask()
    process = subprocess.Popen(
        command("corpus", archive, "--output", tmp_path / "run", "--workers", workers, "--part", "1"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    while len(list((tmp_path / "run" / "parts").glob("*.json"))) < 4 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    status, errors = finish(process)
    assert status == 130, errors
    assert (
        errors.splitlines()[-1] == "Stopped; the same command goes on from here."
        and "Traceback" not in errors
    )
    left = {path.name for path in (tmp_path / "run").iterdir()}
    assert left <= {*TABLES, "parts", "plan.json"} and not list((tmp_path / "run").rglob(".*"))
    run_corpus(archive, tmp_path / "run", Options(part=1))
    once_or_failed(Run(tmp_path / "run"), set(Run(tmp_path / "run").read("versions")["story"]))


JUMP = """
import time
_time, _start = time.time, time.monotonic()
def jumping():  # the clock is put back by a day, then on by two
    passed = time.monotonic() - _start
    return _time() - (86_400 if int(passed * 3) % 3 == 1 else -172_800 if int(passed * 3) % 3 == 2 else 0)
time.time = jumping
"""


@slow
def test_a_clock_that_jumps_changes_nothing(start, archive, tmp_path, undisturbed):
    process_start = JUMP + RUNNER
    process = None
    (tmp_path / "runner.py").write_text(process_start, encoding="utf-8")
    process = start(archive, SLOWLY="0.05")
    status, errors = finish(process)
    assert status == 0, errors
    assert hashes(tmp_path / "run") == undisturbed


# --- disks ------------------------------------------------------------------------------------------


def test_a_disk_that_fills_stops_the_run_and_it_goes_on_when_there_is_room(
    archive, tmp_path, undisturbed, monkeypatch
):
    from copydesk.corpus import part

    monkeypatch.setattr(part, "PAUSE", 0.01)
    with small_disk(tmp_path / "disk", 400) as disk:
        with pytest.raises(InputError, match="stopped .*No space left on device|stopped .*disk is full"):
            run_corpus(archive, disk / "run")
        assert not list((disk / "run").rglob("*.tmp"))
        subprocess.run(["mount", "-o", "remount,size=40m", str(disk)], check=True)
        run = run_corpus(archive, disk / "run")
        assert run.manifest["rows"]["failed"] == 0
        assert hashes(disk / "run") == undisturbed


def test_an_output_that_can_only_be_read_is_refused_in_one_sentence(archive, tmp_path):
    with small_disk(tmp_path / "disk", 400) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(InputError, match=r"stopped \(Read-only file system"):
            run_corpus(archive, disk / "run")


def test_a_read_only_run_can_be_read(tmp_path):
    with small_disk(tmp_path / "disk", 40_000) as disk:
        rows = run_corpus(SMALL, disk / "run").manifest["rows"]
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert len(Run(disk / "run").read("links")) == rows["links"]


# --- bringing a story -------------------------------------------------------------------------------

TEXTS = [
    "The mayor said the bridge was safe. It opened in May.\n",
    "The mayor said it was not. It shut in May.\n",
]
DYING = """
import os, signal, sys
from copydesk.stories import new_story
write = new_story._write
def die(*rest):
    write(*rest)
    os.kill(os.getpid(), signal.SIGKILL)
new_story._write = die
new_story.bring_story("bridge", sys.argv[1:])
"""


@pytest.fixture
def data(tmp_path):
    """A data folder without stories, and the files of one."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data" / "codebooks", folder / "codebooks")
    (folder / "stories").mkdir()
    files = [tmp_path / f"{n}.txt" for n in (1, 2)]
    for path, text in zip(files, TEXTS, strict=True):
        path.write_text(text, encoding="utf-8")
    environment = {**os.environ, "COPYDESK_DATA": str(folder), "PYTHONPATH": str(ROOT / "scripts")}
    return folder / "stories", files, environment


@pytest.mark.slow
@posix
def test_what_a_killed_new_story_leaves_the_next_one_clears_away(data):
    stories, files, environment = data
    done = subprocess.run([sys.executable, "-c", DYING, *map(str, files)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL and not (stories / "bridge").exists()
    made = run_script("new_story", "quay", *files, env=environment)
    assert made.returncode == 0, made.stderr
    assert [path.name for path in stories.iterdir()] == ["quay"]


def test_a_story_is_not_half_made_on_a_full_disk(data, tmp_path):
    stories, files, environment = data
    files[0].write_text(TEXTS[0] * 2000, encoding="utf-8")
    with small_disk(stories, 64):
        made = run_script("new_story", "bridge", *files, env=environment)
        assert made.returncode == 2 and made.stderr.count("\n") == 1, made.stderr
        assert "cannot be written (No space left on device)" in made.stderr
        assert list(stories.iterdir()) == []


# --- reports ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    from copydesk.corpus.readers import RawVersion, write_story

    folder = tmp_path_factory.mktemp("stories") / "bridge"
    return write_story(folder, "bridge", [RawVersion(str(n), None, text) for n, text in enumerate(TEXTS, 1)])


def kernels_of(process):
    import psutil

    try:
        every = psutil.Process(process.pid).children(recursive=True)
        return [one for one in every if "ipykernel" in " ".join(one.cmdline())]
    except psutil.Error:
        return []


def begin_report(story, output):
    """A report under way, whose kernel runs."""
    process = subprocess.Popen(
        command("report", story, "--output", output, "--jobs", "1"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    while not kernels_of(process) and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.7)
    return process


@slow
@posix
def test_a_kernel_that_is_killed_in_a_cell_fails_its_notebook_in_one_sentence(story, tmp_path):
    process = begin_report(story, tmp_path / "out")
    for kernel in kernels_of(process):
        kernel.kill()
    status, errors = finish(process)
    assert status in (1, 2), errors
    assert "Traceback" not in errors and "died" in errors.lower(), errors
    assert not (tmp_path / "out" / "bridge").exists()
    assert not list((tmp_path / "out").glob(".*"))


@slow
@posix
def test_a_report_that_is_interrupted_by_itself_leaves_nothing_and_says_one_thing(story, tmp_path):
    process = begin_report(story, tmp_path / "out")
    process.send_signal(signal.SIGINT)
    status, errors = finish(process)
    assert status == 130 and errors.strip().count("\n") == 0, errors
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []


@slow
def test_a_report_cannot_be_written_where_only_reading_is_allowed(story, tmp_path):
    with small_disk(tmp_path / "disk", 400) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        done = run_script("report", story, "--output", disk / "out")
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
        assert "cannot be written" in done.stderr or "Read-only" in done.stderr


WRITING = {
    "build": ("classroom", "build", "--lesson", "1", "--output", "{disk}/out"),
    "collect": ("classroom", "collect", ROOT / "teaching" / "sample-class", "--output", "{disk}/out"),
    "corpus": ("corpus", SMALL, "--workers", "0", "--output", "{disk}/out"),
    "pack": ("classroom", "pack", "linux", "--output", "{disk}/out"),
    "report": ("report", "{story}", "--output", "{disk}/out", "--jobs", "1"),
    "report as PDF": ("report", "{story}", "--output", "{disk}/out", "--jobs", "1", "--formats", "pdf"),
    "report of a corpus": ("report", "--corpus", SMALL, "--output", "{disk}/out"),
    "export": ("corpus", SMALL, "--export", "ferry-00000", "{disk}/out"),
    "new-story": (
        "new_story",
        "bridge",
        *[ROOT / "data" / "stories" / "harbour-ferry" / f"{n}.txt" for n in ("morning", "evening")],
    ),
}


@slow
@pytest.mark.parametrize("state", ["full", "read-only"])
@pytest.mark.parametrize("name", WRITING)
def test_what_cannot_be_written_is_said_in_one_sentence_and_leaves_nothing(name, state, story, tmp_path):
    environment = dict(os.environ)
    with small_disk(tmp_path / "disk", 4096) as disk:
        if name == "new-story":
            shutil.copytree(ROOT / "data" / "codebooks", disk / "codebooks")
            (disk / "stories").mkdir()
            environment["COPYDESK_DATA"] = str(disk)
        if state == "full":
            with suppress(OSError), open(disk / "ballast", "wb", buffering=0) as file:
                while file.write(b"0" * 4096):
                    pass
        else:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = set(disk.rglob("*"))
        done = run_script(
            *(str(one).format(disk=disk, story=story) for one in WRITING[name]), env=environment
        )
        assert done.returncode == 2, done.stderr
        reasons = (
            ("No space left", "disk is full", "no room left") if state == "full" else ("ead-only", "readonly")
        )
        assert "Traceback" not in done.stderr and any(one in done.stderr for one in reasons), done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert not [one for one in disk.rglob("*") if one.is_file() and one not in before]


def test_a_pack_that_fills_the_disk_leaves_the_earlier_one_whole(tmp_path):
    from copydesk.classroom import packing

    def downloads(command, check):
        """pip's part: a wheel a run, the first of which have room."""
        if "--dest" in command:
            wheel = Path(command[command.index("--dest") + 1]) / f"wheel-{len(command)}.whl"
            with suppress(OSError), wheel.open("wb") as file:
                file.write(b"0" * wheels[-1])
                return subprocess.CompletedProcess(command, 0)
            return subprocess.CompletedProcess(command, 1)
        return subprocess.CompletedProcess(command, 0)

    def contents():
        return {path: path.read_bytes() for path in disk.rglob("*") if path.is_file()}

    with small_disk(tmp_path / "disk", 24_000) as disk:
        wheels = [1000]
        packing.pack("linux", disk / "pack", pythons=["3.13"], run=downloads)
        made = contents()
        (disk / "ballast").write_bytes(b"0" * (shutil.disk_usage(disk).free - 1_000_000))
        for size in (1000, 10_000_000):  # while the checkout is copied; while pip downloads
            wheels.append(size)
            with pytest.raises(InputError, match="cannot be written .*No space left on device"):
                packing.pack("linux", disk / "pack", pythons=["3.13"], run=downloads)
            assert {path: text for path, text in contents().items() if path.name != "ballast"} == made


def test_a_code_saved_on_a_full_disk_is_told_and_the_earlier_ones_stay(story, tmp_path):
    """As the browser of sentences saves one."""
    from copydesk.pages.interactive.coding_drafts import open_draft
    from copydesk.stories.story import read_story

    with small_disk(tmp_path / "disk", 64) as disk:
        shutil.copytree(story, disk / "bridge")
        draft = open_draft(read_story(disk / "bridge"), "ada", "links")
        first = {"before_version": "v1", "after_version": "v2", "relation": "reworded", "moved": "no"}
        first |= {"before_start": 0, "before_end": 35, "after_start": 0, "after_end": 26}
        row = {name: first.get(name, "") for name in draft.frame().columns} | first
        draft.add(row)
        kept = draft.path.read_bytes()
        with pytest.raises(OSError, match="No space left"):
            (disk / "full").write_bytes(b"0" * 100_000)
        with pytest.raises(InputError, match="cannot be written .No space left on device"):
            draft.add(row | {"before_start": 36, "before_end": 53, "after_start": 27, "after_end": 42})
        assert draft.path.read_bytes() == kept and len(draft.rows) == 1
        assert not list(disk.rglob("*.tmp"))
        (disk / "full").unlink()
        again = open_draft(read_story(disk / "bridge"), "ada", "links")
        assert len(again.rows) == 1
        draft.change(0, relation="identical")  # the page that was open goes on


@slow
def test_jupyterlab_is_not_opened_on_a_full_disk_and_says_so_in_one_sentence(tmp_path):
    """Its own files lie in the home directory; without room for them it would end in a traceback."""
    with small_disk(tmp_path / "home", 64) as home:
        with pytest.raises(OSError, match="No space left"):
            (home / "full").write_bytes(bytes(100_000))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER_")}
        environment["HOME"] = str(home)
        opened = run_script("lab", "--no-browser", "--port", "9317", env=environment)
        assert opened.returncode == 2 and opened.stderr.count("\n") == 1, opened.stderr
        assert str(home) in opened.stderr and "No space left on device" in opened.stderr
        checked = run_script("lab", "--check", env=environment)
        assert checked.returncode == 1 and checked.stdout.count("\n") == 1, checked.stdout
        assert checked.stdout.startswith("Not ready: ") and "No space left on device" in checked.stdout
        assert [path.name for path in home.rglob("*") if path.is_file()] == ["full"]
