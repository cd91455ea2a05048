"""The locks agree with pyproject.toml, the wheel holds the package alone, and no start harms an environment."""

import ast
import base64
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path

import _environment
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
LOCKS = ["requirements.lock", *(f"locks/{extra}.lock" for extra in EXTRAS)]
SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))


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
    tables = [
        PYPROJECT["project"][name] for name in ("requires-python", "dependencies", "optional-dependencies")
    ]
    digest = hashlib.sha256(
        json.dumps([*tables, PYPROJECT["tool"]["uv"]], sort_keys=True).encode()
    ).hexdigest()
    assert f"# dependencies: sha256 {digest}\n" in (ROOT / path).read_text(encoding="utf-8"), (
        "run scripts/lock.py"
    )


@pytest.mark.parametrize("extra", [None, *EXTRAS])
def test_the_core_and_an_extra_together_have_what_pyproject_asks_for(extra):
    asked = PYPROJECT["project"]["dependencies"] + (EXTRAS[extra] if extra else [])
    locked = list(pins("requirements.lock")) + (list(pins(f"locks/{extra}.lock")) if extra else [])
    for requirement in map(Requirement, asked):
        versions = [version for name, version in locked if name == canonicalize_name(requirement.name)]
        assert versions, f"nothing is locked for {requirement.name}"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_all_locks_fit_into_one_environment_and_say_nothing_twice():
    seen = {}
    for path in LOCKS:
        text = (ROOT / path).read_text(encoding="utf-8")
        lines = set(re.findall(r"^\w.*==.*$", text, re.MULTILINE))
        assert path == "requirements.lock" or not lines & seen["requirements.lock"], (
            "what the core has already"
        )
        seen[path] = lines
    versions = {}
    for line in set().union(*seen.values()):
        name, version = re.match(r"([\w.-]+)==(\S+)", line).groups()
        versions.setdefault(name, set()).add((version, " ; " in line))
    # Two versions of one package are for two kinds of machine.
    assert all(marked for found in versions.values() if len(found) > 1 for _, marked in found if len({v for v, _ in found}) > 1)  # fmt: skip


@pytest.mark.parametrize("path", LOCKS)
def test_lock_has_hashes_keeps_scikit_learn_out_and_names_no_index(path):
    assert all(pins(path).values()), "a pin without a hash"
    assert not {name for name, _ in pins(path)} & {"scikit-learn", "sklearn", "scikit-learn-intelex"}
    assert not re.search(r"://|--index|--find-links|\bfile:", (ROOT / path).read_text(encoding="utf-8"))


def test_environment_yml_installs_the_core_lock_and_nothing_else():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge"]
    assert environment["dependencies"] == ["python=3.12", "pip", {"pip": ["-r requirements.lock"]}]


def test_pyproject_and_the_scripts_ask_for_the_same_pythons():
    (oldest, newest) = _environment.OLDEST, _environment.NEWEST
    assert PYPROJECT["project"]["requires-python"] == f">=3.{oldest[1]},<3.{newest[1] + 1}"
    tried = re.search(
        r"^PYTHONS = (.+)$", (ROOT / "scripts" / "lock.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert ast.literal_eval(tried.group(1)) == tuple(
        f"3.{minor}" for minor in range(oldest[1], newest[1] + 1)
    )


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


def test_the_package_itself_is_cheap_to_import_and_the_bootstrap_needs_nothing():
    for path in (ROOT / "scripts" / "_environment.py", ROOT / "scripts" / "copydesk" / "__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
        assert imported(tree.body) <= sys.stdlib_module_names


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_an_old_python_can_read_a_script_far_enough_to_refuse(path):
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    if not path.name.startswith("_"):  # those are imported by scripts
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        first = min(node.lineno for node in calls if ast.unparse(node.func) == "ensure")
        early = [node for node in ast.walk(tree) if getattr(node, "lineno", first) < first]
        assert imported(early) <= {"_environment", *sys.stdlib_module_names}


def imported(nodes):
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}


# Real environments, of packages that are a few bytes each

BACKEND = """
import zipfile
from pathlib import Path

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "copydesk-1-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder) / name, "w") as wheel:
        wheel.writestr("copydesk.pth", str(Path.cwd() / "scripts"))
        wheel.writestr("copydesk-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: copydesk\\nVersion: 1\\n")
        wheel.writestr("copydesk-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("copydesk-1.dist-info/RECORD", "")
    return name
"""
PROBE = """
import sys
from _environment import ensure
ensure([word for word in sys.argv[1:] if word == "test"])
from importlib.metadata import distributions
print(sys.prefix)
print(*sorted(one.name for one in distributions()))
print(sys.argv[1:])
sys.exit(7)
"""
# Stands before the real uv: notes each call, and lies down at the moment that it is told.
UV = """#!{python}
import os, subprocess, sys, time
from pathlib import Path

def lie_down(when):
    if os.environ.get("STOP") == when + " " + step:
        Path(os.environ["NOTES"], "lying").touch()
        time.sleep(60)

step = "editable" if "-e" in sys.argv else "install" if "install" in sys.argv else sys.argv[1]
with open(Path(os.environ["NOTES"], "calls"), "a") as file:
    file.write(step + chr(10))
lie_down("before")
status = subprocess.call([{uv!r}, *sys.argv[1:]])
lie_down("after")
sys.exit(status)
"""


def write_wheel(folder, name, version, files):
    """A wheel with these files; returns its line in a lock."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    files = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [(at, base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("="), len(text)) for at, text in files.items()]  # fmt: skip
    files[f"{info}/RECORD"] = "".join(f"{at},sha256={digest},{size}\n" for at, digest, size in record) + f"{info}/RECORD,,\n"  # fmt: skip
    with zipfile.ZipFile(path, "w") as wheel:
        for at, text in files.items():
            entry = zipfile.ZipInfo(at)
            entry.external_attr = 0o100755 << 16
            wheel.writestr(entry, text)
    return (
        f"{name.replace('_', '-')}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"
    )


class Checkout:
    """A small checkout with _environment.py, whose starts find wheels in a folder and nothing else."""

    def __init__(self, root, wheels, uv_folder):
        self.root, self.environments = root, root / ".venvs"
        self.notes = wheels
        hidden = ("UV_", "PIP_", "CONDA_PREFIX", "VIRTUAL_ENV", "PYTHONPATH", "COPYDESK_")
        self.variables = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        self.variables.update(
            PATH=os.pathsep.join([str(uv_folder), os.environ["PATH"]]), NOTES=str(wheels),
            UV_NO_INDEX="1", UV_FIND_LINKS=str(wheels), UV_CACHE_DIR=str(wheels / "cache"), UV_NO_CONFIG="1",
            PIP_NO_INDEX="1", PIP_FIND_LINKS=str(wheels), PIP_CONFIG_FILE=os.devnull,
        )  # fmt: skip

    def popen(self, *words, python=None, **variables):
        return subprocess.Popen(
            [python or sys._base_executable, self.root / "scripts" / "probe.py", *words],
            env={**self.variables, **variables}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            start_new_session=True,
        )  # fmt: skip

    def start(self, *words, **options):
        """(prefix, names of what is installed, standard error) of a start that goes well."""
        process = self.popen(*words, **options)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 7, err
        prefix, names, arguments = out.splitlines()
        assert ast.literal_eval(arguments) == list(words)
        return Path(prefix), names.split(), err

    def refusal(self, *words, **options):
        """The one sentence in which a start that cannot go on ends."""
        process = self.popen(*words, **options)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 2 and out == "" and "Traceback" not in err
        return err.splitlines()[-1]

    def calls(self):
        """What uv was asked since the last time."""
        path = self.notes / "calls"
        found = path.read_text().split() if path.exists() else []
        path.unlink(missing_ok=True)
        return found

    def made(self):
        return {path.parent for path in self.environments.glob("*/copydesk.json")}


def contents(prefix):
    """What must not change in an environment: every file with its size and time, but for what starts leave."""
    return {
        path: (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in prefix.rglob("*")
        if "__pycache__" not in path.parts and path.name != "copydesk.json" and not path.is_dir()
    }


@pytest.fixture
def checkout(tmp_path):
    uv = pytest.importorskip("uv", reason="the extra 'uv' is not installed").find_uv_bin()
    root, wheels, programs = tmp_path / "a checkout", tmp_path / "wheels", tmp_path / "programs"
    for folder in (root / "locks", root / "scripts" / "copydesk", wheels, programs):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "_environment.py", root / "scripts")
    (root / "scripts" / "probe.py").write_text(f'"""What the probe is for."""\n{PROBE}')
    (root / "scripts" / "copydesk" / "__init__.py").touch()
    (root / "backend.py").write_text(BACKEND)
    (root / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "copydesk"\nversion = "1"\ndependencies = ["Some_Core>=1"]\n'
        'optional-dependencies.test = ["tester"]\noptional-dependencies.uv = ["uv"]\n'
    )
    (root / "requirements.lock").write_text(write_wheel(wheels, "some_core", "1.5", {"some_core.py": ""}))
    (root / "locks" / "test.lock").write_text(write_wheel(wheels, "tester", "2.0", {"tester.py": ""}))
    text = UV.format(python=sys.executable, uv=uv)
    (root / "locks" / "uv.lock").write_text(
        write_wheel(wheels, "uv", "9.9", {"uv-9.9.data/scripts/uv": text})
    )
    if os.name == "nt":
        shutil.copy(uv, programs / "uv.exe")
    else:
        (programs / "uv").write_text(text)
        (programs / "uv").chmod(0o755)
    return Checkout(root, wheels, programs)


posix = pytest.mark.skipif(os.name == "nt", reason="stops a program by signals")


def test_the_first_start_makes_an_environment_and_the_second_uses_it(checkout):
    prefix, names, said = checkout.start("two words", "é")
    assert prefix in checkout.made() and names == ["copydesk", "some_core"]
    assert said.startswith("Copydesk: installing 1 packages")
    checkout.calls()
    # Neither a network nor a tool is needed from now on, whichever Python begins.
    for python in (None, str(_environment._python(prefix))):
        again, _, said = checkout.start(python=python, PATH="", UV_FIND_LINKS="", PIP_FIND_LINKS="")
        assert (again, said, checkout.calls()) == (prefix, "", [])


def test_venv_points_to_the_newest_and_a_folder_of_somebodys_own_is_left_alone(checkout):
    checkout.start()
    newest, _, _ = checkout.start("test")
    assert (checkout.root / ".venv").samefile(newest)
    if os.name != "nt":
        (checkout.root / ".venv").unlink()
        (checkout.root / ".venv" / "mine").mkdir(parents=True)
        shutil.rmtree(checkout.environments)
        checkout.start()
        assert [path.name for path in (checkout.root / ".venv").iterdir()] == ["mine"]


def test_an_extra_gets_an_environment_of_its_own_and_the_larger_serves_where_there_is_no_other(checkout):
    core, _, _ = checkout.start()
    before = contents(core)
    larger, names, _ = checkout.start("test")
    assert larger != core and names == ["copydesk", "some_core", "tester"]
    assert contents(core) == before and checkout.start()[0] == core
    shutil.rmtree(core)
    assert checkout.start()[0] == larger


def test_a_changed_lock_makes_another_environment_beside_the_old(checkout):
    old, _, _ = checkout.start()
    before = contents(old)
    (checkout.root / "requirements.lock").write_text(write_wheel(checkout.notes, "some_core", "1.6", {"some_core.py": "new = 1"}))  # fmt: skip
    new, _, _ = checkout.start()
    assert new != old and contents(old) == before


@posix
@pytest.mark.parametrize("moment", ["before venv", "after venv", "after install", "after editable"])  # fmt: skip
def test_killed_at_any_moment_it_leaves_every_environment_and_the_next_start_goes_on(checkout, moment):
    core, _, _ = checkout.start()
    before = contents(core)
    process = checkout.popen("test", STOP=moment)
    wait_for(checkout.notes / "lying", process)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert contents(core) == before and checkout.made() == {core}
    assert checkout.start()[0] == core
    larger, names, _ = checkout.start("test")
    assert names == ["copydesk", "some_core", "tester"]
    # What was begun is cleared away a day later: it could be another start's.
    begun = [path for path in checkout.environments.iterdir() if path.is_dir() and path not in (core, larger)]
    for path in begun:
        os.utime(path, (0, 0))
    shutil.rmtree(larger)
    larger, _, _ = checkout.start("test")
    assert {path for path in checkout.environments.iterdir() if path.is_dir()} == {core, larger}


def test_starts_at_once_do_not_harm_each_other(checkout):
    starts = [checkout.popen() for _ in range(3)]
    prefixes = {Path(start.communicate(timeout=120)[0].splitlines()[0]) for start in starts}
    assert [start.returncode for start in starts] == [7, 7, 7] and prefixes <= checkout.made()
    assert checkout.start()[0] in prefixes


def wait_for(path, process):
    while not path.exists():
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.02)


def test_an_installation_that_fails_is_one_sentence_and_leaves_nothing(checkout):
    core, _, _ = checkout.start()
    (checkout.notes / "tester-2.0-py3-none-any.whl").unlink()
    assert checkout.refusal("test").startswith(
        "The packages could not be installed; uv's own message is above"
    )
    assert [path for path in checkout.environments.iterdir() if path.is_dir()] == [core]
    assert checkout.start()[0] == core


@posix
@pytest.mark.parametrize("kilobytes", [4, 24])
def test_a_disk_that_fills_is_one_sentence_and_leaves_nothing(kilobytes, checkout):
    """While the environment is made; while packages are put into it."""
    from test_faults import small_disk

    with small_disk(checkout.environments, kilobytes):
        assert checkout.refusal().startswith("The packages could not be installed; uv's own message is above")
        assert not [path for path in checkout.environments.iterdir() if path.is_dir()]


@pytest.mark.slow
@posix
def test_without_a_uv_the_locked_one_is_fetched_once(checkout):
    (Path(checkout.variables["PATH"].split(os.pathsep)[0]) / "uv").unlink()
    checkout.variables["PATH"] = ""
    prefix, _, said = checkout.start()
    assert said.startswith("Copydesk: fetching uv") and checkout.calls()
    assert prefix != checkout.start("test")[0]
    assert len(list(checkout.environments.glob("uv-*"))) == 1
    (checkout.notes / "uv-9.9-py3-none-any.whl").unlink()
    shutil.rmtree(next(checkout.environments.glob("uv-*")))
    (checkout.root / "requirements.lock").write_text((checkout.root / "requirements.lock").read_text() + "\n")
    assert "where there is no uv for your machine" in checkout.refusal()


def test_a_moved_checkout_and_a_python_that_is_gone_are_made_anew(checkout):
    old, _, _ = checkout.start()
    moved = checkout.root.with_name("moved")
    checkout.root.rename(moved)
    checkout.root, checkout.environments = moved, moved / ".venvs"
    new, _, _ = checkout.start()
    assert new.parent == checkout.environments and new.name != old.name
    _environment._python(new).unlink()
    assert checkout.start()[0] not in {new, old}


def test_what_nobody_started_for_long_is_cleared_away_when_another_is_made(checkout):
    core, _, _ = checkout.start()
    larger, _, _ = checkout.start("test")
    long_ago = time.time() - (_environment.IDLE_DAYS + 1) * 86400
    for prefix in (core, larger):
        os.utime(prefix / "copydesk.json", (long_ago, long_ago))
    assert checkout.start("test")[0] == larger  # which makes it young again
    (checkout.root / "requirements.lock").write_text((checkout.root / "requirements.lock").read_text() + "\n")
    newest, _, _ = checkout.start()
    assert checkout.made() == {larger, newest}


# Environments of the user's own


@pytest.fixture
def own(checkout, tmp_path):
    """A function that makes an environment of the user's, with these packages in it."""
    uv = pytest.importorskip("uv").find_uv_bin()

    def make(name, *packages):
        prefix = tmp_path / name
        for words in (["venv", prefix], ["pip", "install", "--no-deps", "--no-build-isolation", "--python", prefix, *packages]):  # fmt: skip
            subprocess.run([uv, "--quiet", *words], check=True, cwd=checkout.root, env=checkout.variables)
        return prefix

    return make


@pytest.mark.parametrize("variable", ["CONDA_PREFIX", "VIRTUAL_ENV", None])
def test_an_active_environment_that_has_the_locked_packages_is_used_and_not_changed(checkout, own, variable):
    prefix = own("conda", "some-core==1.5", "-e", ".")
    before = contents(prefix)
    how = {variable: str(prefix)} if variable else {"python": str(_environment._python(prefix))}
    assert checkout.start(**how)[0] == prefix
    assert checkout.start("test", **how)[0].parent == checkout.environments  # an extra goes elsewhere
    assert contents(prefix) == before


@pytest.mark.parametrize("why", ["of another checkout", "of other versions", "without the package"])
def test_an_active_environment_that_will_not_do_is_left_alone(checkout, own, tmp_path, why):
    write_wheel(checkout.notes, "some_core", "1.4", {"some_core.py": ""})
    other = shutil.copytree(checkout.root, tmp_path / "other")
    package = {"of another checkout": ["-e", str(other)], "of other versions": ["-e", str(checkout.root)]}
    version = "1.4" if why == "of other versions" else "1.5"
    prefix = own("theirs", f"some-core=={version}", *package.get(why, []))
    before = contents(prefix)
    assert checkout.start(VIRTUAL_ENV=str(prefix))[0].parent == checkout.environments
    assert contents(prefix) == before


# What cannot be helped


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 10, 0), (3, 15, 0)])
def test_refuses_a_python_that_is_too_old_or_too_new(monkeypatch, capsys, version):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as stop:
        _environment.ensure()
    said = capsys.readouterr().err
    assert stop.value.code == 2 and said.count("\n") == 1
    assert "Python 3.11 to 3.14" in said and "{}.{}.{}".format(*version) in said


@pytest.mark.parametrize("lacking", ["venv", "ensurepip"])
def test_says_what_to_install_when_python_cannot_make_environments(checkout, monkeypatch, lacking):
    monkeypatch.setattr(_environment, "ENVIRONMENTS", checkout.environments)
    monkeypatch.setenv("PATH", "")
    there = {name: name != lacking for name in ("venv", "ensurepip")}
    monkeypatch.setattr(_environment.importlib.util, "find_spec", there.get)
    with pytest.raises(_environment.Problem, match="apt install python3-venv"):
        _environment._uv()


def test_help_makes_no_environment(checkout):
    process = checkout.popen("--help", PATH="")
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0 and err == "" and out.startswith("What the probe is for.")
    assert not checkout.environments.exists()
