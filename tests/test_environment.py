"""The locks agree with pyproject.toml, the wheel holds the package alone, and the set-up mends what can be mended."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import _environment
import lock
import pytest
import yaml
from copydesk.locks import try_lock
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
LOCKS = ["requirements.lock", "locks/all.lock", *(f"locks/{extra}.lock" for extra in EXTRAS)]
SCRIPTS = sorted(path for path in (ROOT / "scripts").glob("*.py") if path.name != "lock.py")


# The files that say what is installed


def pins(path):
    """{(name, version): hashes} of a lock, after a check that it holds nothing but pins, hashes and comments."""
    found = {}
    for line in (ROOT / path).read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].rstrip(" \\")
        pin = re.fullmatch(r"([a-z0-9-]+)==([\w.!+]+)( ; .+)?", line)
        if pin:
            assert pin.group(1, 2) not in found
            hashes = found[pin.group(1, 2)] = set()
        elif line:
            hashes.add(re.fullmatch(r"    --hash=sha256:([0-9a-f]{64})", line).group(1))
    return found


def test_every_extra_has_a_lock_and_every_lock_an_extra():
    assert {f"locks/{path.name}" for path in (ROOT / "locks").iterdir()} == set(LOCKS[1:])


@pytest.mark.parametrize("path", LOCKS)
def test_lock_was_compiled_from_pyproject_as_it_is(path):
    said = re.search(
        r"^# dependencies: sha256 (\w+)$", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE
    )
    assert said.group(1) == lock.digest(PYPROJECT), "run scripts/lock.py"


@pytest.mark.parametrize("path", LOCKS)
def test_lock_satisfies_pyproject(path):
    asked = list(PYPROJECT["project"]["dependencies"])
    for extra, requirements in EXTRAS.items():
        if path in ("locks/all.lock", f"locks/{extra}.lock"):
            asked += requirements
    locked = pins(path)
    for requirement in map(Requirement, asked):
        versions = [version for name, version in locked if name == canonicalize_name(requirement.name)]
        assert versions, f"{path} lacks {requirement.name}"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


@pytest.mark.parametrize("path", LOCKS)
def test_lock_is_within_the_lock_of_all_extras_and_holds_the_core(path):
    locked = pins(path)
    assert all(locked.values()), "a pin without a hash"
    assert locked.items() <= pins("locks/all.lock").items()
    assert pins("requirements.lock").items() <= locked.items()


@pytest.mark.parametrize("path", LOCKS)
def test_lock_keeps_scikit_learn_out_and_names_no_index(path):
    assert not {name for name, _ in pins(path)} & {"scikit-learn", "sklearn", "scikit-learn-intelex"}
    assert not re.search(r"://|--index|--find-links|\bfile:", (ROOT / path).read_text(encoding="utf-8"))


def test_environment_yml_installs_the_core_lock_and_nothing_else():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge"]
    assert environment["dependencies"] == ["python=3.12", "pip", {"pip": ["-r requirements.lock"]}]


def test_pyproject_and_the_scripts_ask_for_the_same_pythons():
    (oldest, newest) = _environment.OLDEST, _environment.NEWEST
    assert PYPROJECT["project"]["requires-python"] == f">=3.{oldest[1]},<3.{newest[1] + 1}"
    assert lock.PYTHONS == tuple(f"3.{minor}" for minor in range(oldest[1], newest[1] + 1))


def test_post_build_can_be_executed(git):
    assert (ROOT / "postBuild").read_text(encoding="utf-8").startswith("#!/usr/bin/env python3\n")
    assert git("ls-files", "--stage", "postBuild", ".ci/run").count("100755") == 2


def test_no_checkout_changes_a_byte_of_a_story(git):
    texts = [str(path.relative_to(ROOT)) for path in (ROOT / "data" / "stories").glob("*/*.txt")]
    said = git("check-attr", "text", "--", *texts).splitlines()
    assert texts and len(said) == len(texts)
    assert all(line.endswith("text: unset") for line in said)


def test_citation_has_what_its_format_requires():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["license"] == PYPROJECT["project"]["license"] == "BSD-3-Clause"


# The package


def test_wheel_holds_the_package_and_nothing_else_of_scripts(tmp_path):
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(
        ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__")
    )
    build = "from setuptools import build_meta; build_meta.build_wheel('wheel')"
    subprocess.run([sys.executable, "-c", build], cwd=tmp_path, check=True, capture_output=True)
    (wheel,) = (tmp_path / "wheel").iterdir()
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = tmp_path / "scripts"
    assert inside == {
        path.relative_to(package).as_posix() for path in (package / "copydesk").rglob("*") if path.is_file()
    }
    assert wheel.name == f"copydesk-{PYPROJECT['project']['version']}-py3-none-any.whl"


# The scripts


EARLY = [ROOT / "scripts" / "copydesk" / name for name in ("__init__.py", "locks.py")]


@pytest.mark.parametrize("path", EARLY, ids=lambda path: path.name)
def test_what_runs_before_the_environment_needs_no_new_python_and_no_library(path):
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_an_old_python_can_read_a_script_far_enough_to_refuse(path):
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    if path.name != "_environment.py":
        asks = [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ensure"
        ]
        assert asks
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno < min(asks):
                names = (
                    [node.module]
                    if isinstance(node, ast.ImportFrom)
                    else [alias.name for alias in node.names]
                )
                assert {name.split(".")[0] for name in names} <= {"_environment", *sys.stdlib_module_names}


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small checkout, with locks of one package each, to which _environment.py is turned."""
    root = tmp_path / "a checkout"
    (root / "locks").mkdir(parents=True)
    (root / "scripts" / "copydesk").mkdir(parents=True)
    for path in (ROOT / "scripts" / "_environment.py", *EARLY):
        shutil.copy(path, root / path.relative_to(ROOT))
    (root / "pyproject.toml").write_text(
        '[project]\nname = "copydesk"\nversion = "1"\ndependencies = ["Some_Core>=1"]\noptional-dependencies.test = ["tester"]\n'
    )
    (root / "requirements.lock").write_text("some-core==1.5 \\\n    --hash=sha256:00\n")
    (root / "locks" / "test.lock").write_text(
        "some-core==1.5\ntester==2.0 ; sys_platform == 'linux'\ntester==2.1\n"
    )
    monkeypatch.setattr(_environment, "ROOT", root)
    monkeypatch.setattr(_environment, "VENV", root / ".venv")
    monkeypatch.setattr(_environment, "STAMP", root / ".venv" / "copydesk.json")
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setenv("PYTHONNOUSERSITE", "1")
    return root


@pytest.fixture
def installed(checkout, monkeypatch):
    """What the set-up installs: recorded, not done. (A "uv" spares each new .venv the making of a pip.)"""
    calls = []
    monkeypatch.setattr(
        _environment, "_install", lambda prefix, locks, lock_file: calls.append((prefix, locks))
    )
    monkeypatch.setattr(_environment, "_uv", lambda: "uv")
    return calls


def make_environment(prefix, *distributions, at=None):
    """A folder that looks like a virtual environment with these distributions in it."""
    site = prefix / ("Lib/site-packages" if os.name == "nt" else "lib/python3.12/site-packages")
    site.mkdir(parents=True, exist_ok=True)
    for name in distributions:
        (site / f"{name}.dist-info").mkdir()
    (prefix / "pyvenv.cfg").touch()
    if at:
        origin = {"url": at.as_uri(), "dir_info": {"editable": True}}
        (site / "copydesk-1.dist-info").mkdir()
        (site / "copydesk-1.dist-info" / "direct_url.json").write_text(json.dumps(origin))
    return prefix


def refusal(capsys, *extras):
    """The one sentence with which `ensure` gives up."""
    with pytest.raises(SystemExit) as stop:
        _environment.ensure(extras)
    said = capsys.readouterr()
    assert stop.value.code == 2 and said.out == ""
    assert said.err.endswith(".\n") and said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 10, 0), (3, 15, 0)])
def test_refuses_a_python_that_is_too_old_or_too_new(checkout, monkeypatch, capsys, version):
    monkeypatch.setattr(sys, "version_info", version)
    sentence = refusal(capsys)
    assert "Python 3.11 to 3.14" in sentence and "{}.{}.{}".format(*version) in sentence


@pytest.mark.parametrize("lacking", ["venv", "ensurepip"])
def test_says_what_to_install_when_python_cannot_make_environments(checkout, monkeypatch, capsys, lacking):
    monkeypatch.setattr(_environment, "_uv", lambda: None)
    monkeypatch.setattr(
        _environment.importlib.util, "find_spec", lambda name: None if name == lacking else "there"
    )
    assert "python3-venv" in refusal(capsys)
    assert not (checkout / ".venv").exists()


def test_leaves_alone_a_venv_that_it_did_not_make(checkout, installed, capsys):
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "mine.txt").touch()
    assert "not made by" in refusal(capsys)
    assert (checkout / ".venv" / "mine.txt").exists()


def test_installs_once_and_then_only_what_changed(checkout, installed, monkeypatch):
    prepare, venv = _environment._prepare, checkout / ".venv"
    assert prepare(()) == venv
    assert prepare(("test",)) == venv
    assert installed == [(venv, ["requirements.lock"]), (venv, ["locks/test.lock"])]

    with monkeypatch.context() as untouched:
        untouched.setattr(subprocess, "call", None)  # a start with nothing to do starts no other program
        prepare(())
        prepare(("test",))
    assert len(installed) == 2

    lock_file = checkout / "locks" / "test.lock"
    lock_file.write_text(lock_file.read_text() + "another==1.0\n")
    prepare(())
    prepare(("test",))
    assert installed[2:] == [(venv, ["locks/test.lock"])]

    (checkout / "pyproject.toml").write_text((checkout / "pyproject.toml").read_text() + "\n")
    prepare(("test",))
    assert installed[3:] == [(venv, [])]  # the package alone


@pytest.mark.parametrize(
    "harm", ["moved", "interrupted", "no python", "other python", "no pyvenv.cfg", "no stamp's text"]
)
def test_makes_a_harmed_venv_anew(checkout, installed, harm):
    venv = checkout / ".venv"
    _environment._prepare(())
    (venv / "leftover").touch()
    stamp = json.loads(_environment.STAMP.read_text())
    if harm == "moved":
        stamp["folder"] += " before"
    elif harm == "interrupted":
        stamp = {"unfinished": True}
    elif harm == "no python":
        _environment._python(venv).unlink()
    elif harm == "other python":
        stamp["interpreter"] += "9"
    elif harm == "no pyvenv.cfg":
        (venv / "pyvenv.cfg").unlink()
    _environment.STAMP.write_text("" if harm == "no stamp's text" else json.dumps(stamp))
    _environment._prepare(())
    assert len(installed) == 2 and not (venv / "leftover").exists()
    assert not (checkout / ".venv.old").exists()
    assert _environment._is_sound(_environment._read_stamp())


def test_an_installation_that_fails_leaves_the_good_venv_and_that_stops_leaves_a_mark(
    checkout, installed, monkeypatch
):
    _environment._prepare(())
    good = _environment.STAMP.read_text()

    def fail(*_):
        raise _environment.Problem("No network.")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(_environment, "_install", fail)
    with pytest.raises(_environment.Problem):
        _environment._prepare(("test",))
    assert json.loads(_environment.STAMP.read_text()) == json.loads(good)
    assert not _environment._stale(())

    monkeypatch.setattr(_environment, "_install", interrupt)
    with pytest.raises(KeyboardInterrupt):
        _environment._prepare(("test",))
    assert not _environment._is_sound(_environment._read_stamp())


def test_uses_an_environment_that_has_the_locked_packages(checkout, installed, tmp_path, monkeypatch):
    conda = make_environment(tmp_path / "conda", "some_core-1.5", at=checkout)
    monkeypatch.setenv("CONDA_PREFIX", str(conda))
    assert _environment._prepare(()) == conda
    assert installed == []
    assert _environment._prepare(("test",)) == conda  # what an extra lacks is added
    assert installed == [(conda, ["locks/test.lock"])]
    make_environment(conda, "tester-2.1")
    assert _environment._prepare(("test",)) == conda
    assert len(installed) == 1
    assert not (checkout / ".venv").exists()


def test_adds_the_package_to_an_environment_that_has_another_checkouts(
    checkout, installed, tmp_path, monkeypatch
):
    conda = make_environment(tmp_path / "conda", "some_core-1.5", at=tmp_path)
    monkeypatch.setenv("VIRTUAL_ENV", str(conda))
    assert _environment._prepare(()) == conda
    assert installed == [(conda, [])]


def test_leaves_the_venv_of_another_checkout_alone(checkout, installed, tmp_path, monkeypatch):
    theirs = make_environment(tmp_path / "other" / ".venv", "some_core-1.5", at=tmp_path / "other")
    (theirs / _environment.STAMP.name).touch()
    monkeypatch.setenv("VIRTUAL_ENV", str(theirs))
    assert _environment._prepare(()) == checkout / ".venv"
    assert [prefix for prefix, _ in installed] == [checkout / ".venv"]


def test_adds_the_package_anew_when_its_version_has_changed(checkout, installed, tmp_path, monkeypatch):
    conda = make_environment(tmp_path / "conda", "some_core-1.5", at=checkout)
    (conda / "conda-meta").mkdir()
    (checkout / "pyproject.toml").write_text((checkout / "pyproject.toml").read_text().replace('"1"', '"2"'))
    monkeypatch.setenv("CONDA_PREFIX", str(conda))
    assert _environment._prepare(()) == conda
    assert installed == [(conda, [])]


@pytest.mark.parametrize("distributions", [(), ("some_core-1.4",), ("some_core_extras-1.5", "tester-2.0")])
def test_keeps_out_of_any_other_environment(checkout, installed, tmp_path, monkeypatch, distributions):
    monkeypatch.setenv("VIRTUAL_ENV", str(make_environment(tmp_path / "theirs", *distributions, at=checkout)))
    assert _environment._prepare(()) == checkout / ".venv"
    assert installed == [(checkout / ".venv", ["requirements.lock"])]


def test_runs_the_script_in_the_venv_and_ends_as_it_ends(checkout, installed):
    _environment._prepare(())
    script = checkout / "scripts" / "probe.py"
    script.write_text(
        "from _environment import ensure\n\nensure()\n\nimport sys\n\nprint([sys.prefix, *sys.argv[1:]])\nsys.exit(7)\n"
    )
    for python in (sys.executable, str(_environment._python(checkout / ".venv"))):
        run = subprocess.run(
            [python, str(script), "two words", "é"], check=False, capture_output=True, encoding="utf-8"
        )
        assert run.returncode == 7 and run.stderr == ""
        assert ast.literal_eval(run.stdout) == [str(checkout / ".venv"), "two words", "é"]


def test_one_run_at_a_time_installs_and_a_killed_one_does_not_block(checkout):
    hold = "import sys, time, _environment\nwith _environment._alone():\n    print('held', flush=True)\n    time.sleep(60)"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold], cwd=checkout / "scripts", stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with open(checkout / ".venv.lock", "a+b") as file:
            assert try_lock(file) is False
            holder.kill()
            holder.wait()
            assert try_lock(file)
    finally:
        holder.kill()
        holder.communicate()
