"""Finds or makes the environment that a script needs, and runs the script in it. Standard library only.

`ensure(extras=("test",))`, with which a script begins, returns at once where this interpreter has what is asked for,
and otherwise starts the script again, with the same arguments, in

1. the active environment (this interpreter's, CONDA_PREFIX or VIRTUAL_ENV) where it holds this folder's package and
   what pyproject.toml asks for at the locked versions, as environment.yml and postBuild make it. It is never changed;
2. else an environment in `.venvs`, which uv makes on first use: the core with the extras asked for.

One in `.venvs` is made once, in a folder that no other start uses, and never changed. Its stamp, written last, says
what it was made from, and without a stamp it counts for nothing: whatever stops its making, and whoever makes another
at the same time, leaves all others as they were. `.venv` points to the newest, for people; no script counts on it.

What cannot be helped is one sentence on standard error, and exit status 2. This file and the scripts keep to the
syntax of Python 3.8, so that an old Python can say that it is too old.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import secrets
import shutil
import site
import subprocess
import sys
import time
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)  # as `requires-python` in pyproject.toml
ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / ".venvs"
STAMP = "copydesk.json"
IDLE_DAYS = 30  # an environment in which no script was started for so long is cleared away
BEGUN_DAYS = 1  # and one that was not finished in this time
RESTARTED = "COPYDESK_RESTARTED"


class Problem(Exception):
    """One sentence that says what is wrong and what to do."""


def ensure(extras=()):
    """Return in an interpreter that has the core and these extras; exit with the script's status otherwise."""
    restarted = os.environ.pop(RESTARTED, None)
    os.environ["PYTHONNOUSERSITE"] = "1"  # packages in a home directory are no part of an environment
    try:
        _check_version()
        prefix = _active(extras) or _find(_sources(extras))
        if not prefix:
            _answer_help()
            prefix = _make(extras)
        if _same_folder(prefix, sys.prefix):
            if site.ENABLE_USER_SITE:
                sys.path[:] = [entry for entry in sys.path if entry != site.getusersitepackages()]
            return
        python = str(_python(prefix))
        if restarted == python:
            raise Problem(
                f"{python} does not start as the Python of {prefix}: delete {prefix} and start again."
            )
    except (Problem, OSError) as error:
        told = error if isinstance(error, Problem) else f"No environment could be made in {ROOT}: {error}."
        sys.stderr.write(f"{told}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    _restart(python)


def _say(line):
    sys.stderr.write(f"Copydesk: {line}\n")
    sys.stderr.flush()


def _check_version():
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = next(filter(shutil.which, names), "one of those, once it is installed")
    needed = "Copydesk needs Python {}.{} to {}.{}, and {} is {}.{}.{}: start the script with {}."
    raise Problem(needed.format(*OLDEST, *NEWEST, sys.executable, *sys.version_info[:3], found))


def _answer_help():
    """Where there is no environment yet, a question is answered with what the script says of itself."""
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(sys.modules["__main__"].__doc__.strip())
        print("\nThe first start makes the environment; from then on --help lists every option.")
        sys.exit(0)


def _restart(python):
    """Run this script again in another interpreter, and end as it ends."""
    command = [python, *sys.argv]
    environment = dict(os.environ, **{RESTARTED: python})
    environment.pop("PYTHONHOME", None)  # it would name the wrong standard library
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(python, command, environment)
    # On Windows exec returns to the shell before the script ends. Ctrl-C is for the script to answer.
    import signal

    signal.signal(signal.SIGINT, lambda *_: None)
    sys.exit(subprocess.call(command, env=environment))


# What an environment is made from, and what it holds


def _project():
    import tomllib  # not in a Python that is too old, which this file must still be able to tell

    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _locks(extras):
    return ["requirements.lock", *(f"locks/{extra}.lock" for extra in extras)]


def _sources(extras):
    """{name: hash} of the project's table and the locks."""
    return {"project": _hash(json.dumps(_project(), sort_keys=True).encode()), **_hashes(_locks(extras))}


def _hashes(locks):
    return {lock: _hash((ROOT / lock).read_bytes()) for lock in locks}


def _hash(content):
    return hashlib.sha256(content).hexdigest()


def _locked(extras):
    """{(name, version)} in the locks; a name may have one version for each kind of machine."""
    text = "\n".join((ROOT / lock).read_text(encoding="utf-8") for lock in _locks(extras))
    return set(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE))


def _sites(prefix):
    return [path for path in (*prefix.glob("lib/python3.*/site-packages"), prefix / "Lib/site-packages") if path.is_dir()]  # fmt: skip


def _installed(prefix):
    """{(name, version)} of every distribution in an environment, whichever interpreter is running."""
    named = [info.stem.partition("-") for folder in _sites(prefix) for info in folder.glob("*.dist-info")]
    return {(_normal(name), version) for name, _, version in named}


def _normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _python(prefix):
    if os.name != "nt":
        return prefix / "bin" / "python"
    scripts = prefix / "Scripts" / "python.exe"
    return scripts if scripts.exists() else prefix / "python.exe"  # conda keeps it at the top


def _same_folder(one, other):
    with contextlib.suppress(OSError):
        return os.path.samefile(str(one), str(other))
    return False


# The user's environment


def _active(extras):
    """The prefix of an active environment that has the core, these extras and the package, or None."""
    if not _same_folder(Path(sys.prefix).parent, ENVIRONMENTS):
        for prefix in (sys.prefix, os.environ.get("CONDA_PREFIX"), os.environ.get("VIRTUAL_ENV")):
            if prefix and _holds(Path(prefix), extras) and _has_package(Path(prefix)):
                return Path(prefix)
    return None


def _holds(prefix, extras):
    """Whether what pyproject.toml asks for directly is installed there, at the locked versions."""
    project = _project()
    asked = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    names = {_normal(re.match(r"[\w.-]+", requirement).group()) for part in asked for requirement in part}
    return names <= {name for name, _ in _installed(prefix) & _locked(extras)}


def _has_package(prefix):
    """Whether the environment's `copydesk` is this folder's."""
    from urllib.parse import urlsplit
    from urllib.request import url2pathname  # brings half of the library with it

    origins = [path for one in _sites(prefix) for path in one.glob("copydesk-*/direct_url.json")]
    urls = [json.loads(path.read_text(encoding="utf-8"))["url"] for path in origins]
    return any(_same_folder(url2pathname(urlsplit(url).path), ROOT) for url in urls)


# Ours


def _find(sources):
    """The prefix of a sound environment made from these, or None: this interpreter's own, or the smallest."""
    found = []
    for path in ENVIRONMENTS.glob(f"*/{STAMP}"):
        try:
            stamp = json.loads(path.read_text(encoding="utf-8"))
            if sources.items() <= stamp["sources"].items() and _is_sound(path.parent, stamp):
                found.append((not _same_folder(path.parent, sys.prefix), len(stamp["sources"]), path))
        except (OSError, ValueError, LookupError):
            continue  # cleared away at this moment, or none of our stamps
    if not found:
        return None
    path = min(found)[-1]
    with contextlib.suppress(OSError):
        os.utime(str(path))
    return path.parent


def _is_sound(prefix, stamp):
    """Whether it was made in this very place, and its Python is still the one that it was made with."""
    if not _made(prefix).items() <= stamp.items() or not _python(prefix).exists():
        return False
    # On Windows its python.exe only starts the one in this folder.
    home = re.search("^home *= *(.+)$", (prefix / "pyvenv.cfg").read_text(encoding="utf-8"), re.MULTILINE)
    return bool(home) and os.path.isdir(home.group(1).strip())


def _made(prefix):
    return {"prefix": str(prefix), "python": os.path.realpath(str(_python(prefix)))}


def _make(extras):
    """Make an environment with the core and these extras; returns its prefix. Raises Problem."""
    ENVIRONMENTS.mkdir(exist_ok=True)
    _clear_away()
    uv = _uv()
    _say(f"installing {len(_locked(extras))} packages (once; a minute or two if they must be downloaded)")
    prefix = _new(extras[0] if extras else "core")
    install = [uv, "pip", "install", "--quiet", "--python", prefix, "--no-deps"]
    locked = [*install, "--require-hashes", "--only-binary=:all:", *(f"-r{name}" for name in _locks(extras))]
    _finish(
        prefix,
        _sources(extras),
        _run(uv, "venv", "--quiet", "--python", sys._base_executable, prefix)
        # From the cache first, which needs no network; it is given up at once where something is missing.
        and (_run(*locked, "--offline", quiet=True) or _run(*locked))
        and _run(*install, "--no-build-isolation", "--offline", "-e", "."),
        "The packages could not be installed; uv's own message is above (without a network or an index of packages, "
        "connect and start again).",
    )
    _point_to(prefix)
    return prefix


def _new(name):
    return ENVIRONMENTS / f"{name}-{secrets.token_hex(3)}"


def _uv():
    """The path of a uv: one on the PATH that works, or the one of locks/uv.lock, in an environment of its own."""
    uv = shutil.which("uv")
    if uv and _run(uv, "--version", quiet=True):  # it may be an empty shim
        return uv
    sources = _hashes(["locks/uv.lock"])
    prefix = _find(sources)
    if not prefix:
        if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
            raise Problem(
                f"{sys.executable} lacks Python's venv or ensurepip, which make an environment: install them "
                "(on Debian and Ubuntu: apt install python3-venv), or install uv, and start again."
            )
        _say("fetching uv, which installs the packages")
        prefix = _new("uv")
        pip = "-m pip install --quiet --require-hashes --only-binary=:all: -rlocks/uv.lock".split()
        _finish(
            prefix,
            sources,
            _run(sys.executable, "-m", "venv", prefix)
            and _run(_python(prefix), *pip)
            and _run(_python(prefix).with_name("uv"), "--version", quiet=True),
            "uv could not be installed; pip's own message is above. Without a network, connect and start again; "
            "where there is no uv for your machine, make an environment with Python's venv, install "
            "requirements.lock into it with pip, run postBuild with its Python, and start the script with it.",
        )
    return str(_python(prefix).with_name("uv"))


def _finish(prefix, sources, is_whole, trouble):
    """Write the stamp, by which an environment begins to count, or remove what is there and raise Problem."""
    if not is_whole:
        shutil.rmtree(str(prefix), ignore_errors=True)
        raise Problem(trouble)
    fresh = prefix / f"{STAMP}.new"
    fresh.write_text(json.dumps({**_made(prefix), "sources": sources}, indent=1), encoding="utf-8")
    os.replace(str(fresh), str(prefix / STAMP))


def _clear_away():
    """Remove what was begun and not finished, and what no script was started in for long."""
    for folder in [path for path in ENVIRONMENTS.iterdir() if path.is_dir() and not path.is_symlink()]:
        with contextlib.suppress(OSError):  # another start may do the same
            stamp = folder / STAMP
            seen, days = (stamp, IDLE_DAYS) if stamp.exists() else (folder, BEGUN_DAYS)
            if time.time() - seen.stat().st_mtime > days * 86400:
                shutil.rmtree(str(folder), ignore_errors=True)


def _point_to(prefix):
    """Let `.venv` lead to an environment, unless a folder of somebody's own stands there."""
    pointer, fresh = ROOT / ".venv", ENVIRONMENTS / "pointer"
    with contextlib.suppress(OSError):
        if os.name == "nt":
            import _winapi  # a junction takes no right that a symbolic link takes

            with contextlib.suppress(FileNotFoundError):
                pointer.rmdir()  # removes a junction, and refuses a folder with something in it
            _winapi.CreateJunction(str(prefix), str(pointer))
        elif pointer.is_symlink() or not pointer.exists():
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(prefix.relative_to(ROOT), target_is_directory=True)
            os.replace(str(fresh), str(pointer))


def _run(*command, quiet=False):
    """Whether a program succeeds. It runs in the repository's folder, with its output on standard error."""
    # These would lead an installation astray.
    hidden = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "VIRTUAL_ENV", "CONDA_PREFIX")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    # Trust whom the machine trusts, by today's name and the old one.
    for name in ("UV_SYSTEM_CERTS", "UV_NATIVE_TLS"):
        environment.setdefault(name, "1")
    sys.stderr.flush()
    sink = subprocess.DEVNULL if quiet else sys.stderr
    words = [str(word) for word in command]
    return subprocess.call(words, cwd=str(ROOT), env=environment, stdout=sink, stderr=sink) == 0
