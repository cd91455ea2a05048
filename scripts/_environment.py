"""Makes or finds the environment that a script needs, and runs the script in it. Standard library only.

A script's first lines are

    from _environment import ensure

    ensure(extras=("test",))

`ensure` returns at once when this interpreter has what is asked for. Otherwise it installs what is missing,
saying what it does on standard error, and starts the script again, with the same arguments, in the right
interpreter. Which one that is:

1. the active environment (this interpreter's own, CONDA_PREFIX or VIRTUAL_ENV) where it holds pyproject.toml's
   core requirements at the locked versions, as one made from environment.yml does. Extras and the editable
   package are added to it; nothing is ever put into any other environment of the user's, nor into the
   .venv of another copy of this repository;
2. otherwise `.venv` beside pyproject.toml, made on first use. The stamp in it says which locks it was
   installed from, so that a later start compares a few hashes and is off.

What cannot be mended here is one sentence on standard error, and exit status 2.
This file and the scripts keep to the syntax of Python 3.8, so that an old Python can say that it is too old.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import site
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from copydesk.locks import try_lock

OLDEST, NEWEST = (3, 11), (3, 14)  # as `requires-python` in pyproject.toml
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "copydesk.json"
CORE = "requirements.lock"
RESTARTED = "COPYDESK_RESTARTED"


class Problem(Exception):
    """One sentence that says what is wrong and what to do."""


def ensure(extras=()):
    """Return in an interpreter that has the core and these extras; exit with the script's status otherwise."""
    restarted = os.environ.pop(RESTARTED, None)
    os.environ["PYTHONNOUSERSITE"] = "1"  # packages in a home directory are no part of an environment
    try:
        _check_version()
        prefix = _prepare(tuple(extras))
        if _same_folder(prefix, sys.prefix):
            if site.ENABLE_USER_SITE:
                sys.path[:] = [entry for entry in sys.path if entry != site.getusersitepackages()]
            return
        if restarted == str(_python(prefix)):
            raise Problem(
                f"{_python(prefix)} does not start as the Python of {prefix}: delete {prefix} and start again."
            )
    except Problem as problem:
        sys.exit(_fail(problem))
    except OSError as error:
        sys.exit(_fail(f"The environment could not be made in {ROOT}: {error}."))
    except KeyboardInterrupt:
        sys.exit(130)
    _restart(_python(prefix))


def _fail(problem):
    sys.stderr.write(f"{problem}\n")
    return 2


def _say(line):
    sys.stderr.write(f"Copydesk: {line}\n")
    sys.stderr.flush()


def _check_version():
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = next((name for name in names if shutil.which(name)), None)
    advice = (
        f"start the script with {found}" if found else "install one of those and start the script with it"
    )
    raise Problem(
        "Copydesk needs Python {}.{} to {}.{}, and {} is {}.{}.{}: {}.".format(
            *OLDEST, *NEWEST, sys.executable, *sys.version_info[:3], advice
        )
    )


def _restart(python):
    """Run this script again in another interpreter, and end as it ends."""
    command = [str(python), *sys.argv]
    environment = dict(os.environ, **{RESTARTED: str(python)})
    environment.pop("PYTHONHOME", None)  # it would name the wrong standard library
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment)
    # On Windows exec returns to the shell before the script ends. Ctrl-C is for the script to answer.
    import signal

    signal.signal(signal.SIGINT, lambda *_: None)
    sys.exit(subprocess.call(command, env=environment))


# Which environment


def _prepare(extras):
    """Make ready the environment for these extras, and return its prefix."""
    if not _same_folder(sys.prefix, VENV):
        for prefix in (sys.prefix, os.environ.get("CONDA_PREFIX"), os.environ.get("VIRTUAL_ENV")):
            if prefix and not _same_folder(prefix, VENV) and _prepare_active(Path(prefix), extras):
                return Path(prefix)
    _prepare_venv(extras)
    return VENV


def _prepare_active(prefix, extras):
    """Whether this environment has the core, and now the extras and the package too."""
    if not _holds(prefix, ()):
        return False
    complete = _holds(prefix, extras)
    if complete and _package_is_here(prefix):
        return True
    if (prefix / STAMP.name).is_file():
        return False  # the .venv of another copy of this repository, whose package it holds
    isolated = (prefix / "conda-meta").is_dir() or (prefix / "pyvenv.cfg").is_file()
    sites = _sites(prefix)
    if not isolated or not all(os.access(folder, os.W_OK) for folder in sites):
        _say(f"{prefix} is not ours to add to; using .venv instead.")
        return False
    with _alone() as lock:
        _install(prefix, [] if complete else [_lock_of(extra) for extra in extras], lock)
    return True


def _holds(prefix, extras):
    """Whether what pyproject.toml asks for directly is installed there, at the locked versions."""
    project = _project()
    asked = {CORE: project["dependencies"]}
    asked.update({_lock_of(extra): project["optional-dependencies"][extra] for extra in extras})
    installed = _installed(prefix)
    for lock, requirements in asked.items():
        locked = _locked(lock)
        for requirement in requirements:
            name = _normal_name(re.match(r"[\w.-]+", requirement).group())
            if installed.get(name) not in locked.get(name, ()):
                return False
    return True


def _package_is_here(prefix):
    """Whether the environment's `copydesk` is this folder's, in its present version, installed in place."""
    if _installed(prefix).get("copydesk") != _project()["version"]:
        return False
    for origin in [
        path for folder in _sites(prefix) for path in folder.glob("copydesk-*.dist-info/direct_url.json")
    ]:
        origin = json.loads(origin.read_text(encoding="utf-8"))
        path = url2pathname(urlsplit(origin["url"]).path)
        if not origin.get("dir_info", {}).get("editable") or not _same_folder(path, ROOT):
            return False
    return True


def _project():
    import tomllib  # not in a Python that is too old, which this file must still be able to tell

    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _sites(prefix):
    folders = [*prefix.glob("lib/python3.*/site-packages"), prefix / "Lib" / "site-packages"]
    return [folder for folder in folders if folder.is_dir()]


def _installed(prefix):
    """Name and version of every distribution in an environment, whichever interpreter is running."""
    found = {}
    for folder in _sites(prefix):
        for info in folder.glob("*.dist-info"):
            name, _, version = info.name[: -len(".dist-info")].partition("-")
            found[_normal_name(name)] = version
    return found


def _locked(lock):
    """The versions that a lock holds of each distribution: one, or one for each kind of machine."""
    versions = {}
    for name, version in re.findall(
        r"^([\w.-]+)==([^\s;\\]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE
    ):
        versions.setdefault(name, set()).add(version)
    return versions


def _normal_name(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _lock_of(extra):
    return f"locks/{extra}.lock"


def _python(prefix):
    prefix = Path(prefix)
    if os.name != "nt":
        return prefix / "bin" / "python"
    scripts = prefix / "Scripts" / "python.exe"
    return scripts if scripts.exists() else prefix / "python.exe"  # conda keeps it at the top


def _same_folder(one, other):
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


# .venv


def _prepare_venv(extras):
    if not _stale(extras):
        return
    if _same_folder(sys.prefix, VENV) and not _is_sound(_read_stamp()):
        _restart(sys._base_executable)  # nobody saws off the branch that they sit on
    with _alone() as lock:
        stale = _stale(extras)  # again: another run may have been at it while this one waited
        if not stale:
            return
        stamp = _read_stamp()
        if not _is_sound(stamp):
            stamp = None
            _make_venv(lock)
        _write_stamp({"unfinished": True})  # what is interrupted from here on is made anew by the next run
        try:
            in_extras = [name for name in map(_lock_of, extras) if name in stale]  # these hold the core too
            _install(VENV, in_extras or [name for name in stale if name == CORE], lock)
        except Problem:
            if stamp:  # pip and uv take back what fails; without a network the old is better than nothing
                _write_stamp(stamp)
            raise
        _write_stamp(
            {
                "folder": str(ROOT),
                "interpreter": os.path.realpath(_python(VENV)),
                "installed": dict(stamp["installed"] if stamp else {}, **stale),
            }
        )


def _stale(extras):
    """The files, with their hashes, that .venv was not installed from as they are now."""
    stamp = _read_stamp()
    installed = stamp["installed"] if _is_sound(stamp) else {}
    files = ["pyproject.toml", CORE, *map(_lock_of, extras)]
    hashes = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}
    return {name: digest for name, digest in hashes.items() if installed.get(name) != digest}


def _read_stamp():
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write_stamp(stamp):
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    os.replace(fresh, STAMP)


def _is_sound(stamp):
    """Whether .venv was finished, in this very folder, and its Python is still the one it was made with."""
    if not stamp or stamp.get("folder") != str(ROOT) or not (VENV / "pyvenv.cfg").is_file():
        return False
    if os.path.realpath(_python(VENV)) != stamp["interpreter"] or not os.path.exists(_python(VENV)):
        return False
    # On Windows .venv's python.exe only starts the one in this folder.
    home = re.search(r"^home *= *(.+)$", (VENV / "pyvenv.cfg").read_text(encoding="utf-8"), re.MULTILINE)
    return bool(home) and os.path.isdir(home.group(1).strip())


def _make_venv(lock):
    uv = _uv()
    if not importlib.util.find_spec("venv") or not (uv or importlib.util.find_spec("ensurepip")):
        raise Problem(
            f"{sys.executable} lacks Python's venv or ensurepip, which make an environment: install them "
            "(on Debian and Ubuntu: apt install python3-venv), or install uv, and start again."
        )
    old = ROOT / ".venv.old"
    if VENV.exists():
        if not STAMP.exists() and any(VENV.iterdir()):
            raise Problem(f"{VENV} was not made by Copydesk's scripts: move or delete it, and start again.")
        _say("clearing away a .venv that is unfinished, was moved or lost its Python")
        shutil.rmtree(old, ignore_errors=True)
        VENV.rename(old)
    VENV.mkdir()
    _write_stamp({"unfinished": True})  # before anything else is in it
    shutil.rmtree(old, ignore_errors=True)
    _say("making .venv with Python {}.{}.{}".format(*sys.version_info[:3]))
    status = _run([sys.executable, "-m", "venv", *(["--without-pip"] if uv else []), str(VENV)], lock)
    if status:
        raise Problem(f"{sys.executable} could not make {VENV}; its own message is above.")


# Installing


def _install(prefix, locks, lock_file):
    """Install locks into an environment, with the hashes they hold, and then this folder's package."""
    for lock in locks:
        _say(
            f"installing the {len(_locked(lock))} packages of {lock} (once; minutes if they must be downloaded)"
        )
        _pip(prefix, ["--require-hashes", "--no-deps", "--only-binary=:all:", "-r", lock], lock, lock_file)
    _say("installing Copydesk itself, in place")
    _pip(prefix, ["--no-deps", "--no-build-isolation", "-e", "."], "Copydesk itself", lock_file)


def _pip(prefix, arguments, what, lock_file):
    python = str(_python(prefix))
    uv = _uv()
    if uv:
        if not _run([uv, "pip", "install", "--compile-bytecode", "--python", python, *arguments], lock_file):
            return
        _say("uv did not manage; trying pip")
    if "pip" not in _installed(Path(prefix)):
        _run([python, "-m", "ensurepip"], lock_file)
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    if _run([python, "-m", "pip", "install", *quiet, *arguments], lock_file):
        raise Problem(
            f"Copydesk: pip could not install {what}; its own message is above "
            "(without a network or an index of packages, connect and start again)."
        )


def _uv():
    """The path of a uv that works, or None: one on the PATH may be an empty shim."""
    uv = shutil.which("uv")
    if uv and not subprocess.call([uv, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        return uv
    return None


def _run(command, lock_file):
    """Run a program in the repository's folder, its output on standard error, and return its exit status."""
    hidden = (
        "PYTHONPATH",
        "PYTHONHOME",
        "PIP_TARGET",
        "PIP_PREFIX",
    )  # they would lead an installation astray
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    # The program holds the lock too: if this process is killed, the next run waits until the program has ended.
    held = {} if os.name == "nt" else {"pass_fds": (lock_file.fileno(),)}
    sys.stderr.flush()
    return subprocess.call(command, cwd=str(ROOT), env=environment, stdout=sys.stderr, **held)


@contextlib.contextmanager
def _alone():
    """Let one run at a time install."""
    with open(ROOT / ".venv.lock", "a+b") as file:
        waiting = False
        while try_lock(file) is False:
            if not waiting:
                _say("waiting for another run, which is making the environment")
            waiting = True
            time.sleep(0.2)
        yield file
