"""A folder from which Copydesk is installed without a network: its files, the wheels for one kind of machine,
and a script that makes the environment of them.

The lock is narrowed to the machine's system by uv first, and then downloaded line by line: pip alone, asked on
one system for another, would go by the markers of the system it runs on and leave out what only the other needs.
"""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

from copydesk.engine.toml_files import data_folder
from copydesk.errors import InputError
from copydesk.stories.whole_folder import written_whole

# System: uv's name of the platform, and the tags of wheels that run there.
SYSTEMS = {
    "windows": ("x86_64-pc-windows-msvc", ["win_amd64"]),
    "macos": ("aarch64-apple-darwin", ["macosx_14_0_arm64", "macosx_14_0_universal2"]),
    "macos-intel": ("x86_64-apple-darwin", ["macosx_14_0_x86_64", "macosx_14_0_universal2"]),
    "linux": ("x86_64-unknown-linux-gnu", [f"manylinux_2_{n}_x86_64" for n in (28, 27, 26, 24, 17, 12, 5)]),
    "linux-arm": ("aarch64-unknown-linux-gnu", [f"manylinux_2_{n}_aarch64" for n in (28, 27, 26, 24, 17)]),
}
_OLD_NAMES = {"linux": ["manylinux2014_x86_64"], "linux-arm": ["manylinux2014_aarch64"]}
PYTHONS = ("3.12", "3.13")
# What of a checkout a pack needs, and what in that it needs not.
_TAKEN = "data figures locks notebooks scripts LICENSE README.md pyproject.toml requirements.lock".split()
_LEFT_OUT = ("benches", "__pycache__", "*.egg-info", ".ipynb_checkpoints", "*.draft.csv")

# Where less room than this is left, in bytes, it was the disk that uv or pip failed for: wheels are larger.
_LEAST_ROOM = 1 << 20

INSTALL = '''\
"""Installs Copydesk from this folder, without a network: python3 install.py (on Windows: py install.py).

It makes an environment of the wheels beside it, then says in one line whether all is ready.
"""

import os
import subprocess
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
environment = dict(os.environ)
for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "VIRTUAL_ENV"):
    environment.pop(name, None)
environment.update(
    PIP_NO_INDEX="1", PIP_FIND_LINKS=str(here / "wheels"), PIP_CONFIG_FILE=os.devnull,
    UV_NO_INDEX="1", UV_FIND_LINKS=str(here / "wheels"), UV_NO_CONFIG="1", UV_OFFLINE="1",
)
script = here / "copydesk" / "scripts" / "lab.py"
sys.exit(subprocess.call([sys.executable, str(script), "--check"], env=environment))
'''

README = """\
Copydesk, for {system}, with Python {pythons}: everything to install it without a network.

1. Copy this whole folder to a place of your own (your desktop, say).
2. In a terminal, in this folder:   {python} install.py
   It takes a minute or two and ends with one line: "Ready: ..." or "Not ready: ..." and the reason.
3. From then on, in the folder copydesk:   {python} {lab}

Nothing needs administrator rights. To be rid of it, delete the folder.
"""


def pack(system, output=None, pythons=(), extras=(), run=subprocess.run):
    """Make the folder for a system; returns its path.

    system: a key of SYSTEMS. output: the folder, which must not hold anything else. pythons: versions such as
    "3.12"; empty for PYTHONS. extras: pyproject.toml's. run: what runs a program (for tests). It needs the extra
    "teach" and the network. Raises InputError, and leaves an earlier pack there as it was.
    """
    if system not in SYSTEMS:
        raise InputError(f"There is no pack for '{system}'; choose from {', '.join(SYSTEMS)}.")
    root = data_folder().parent
    pythons = tuple(pythons) or PYTHONS
    locks = [root / "requirements.lock", *(root / "locks" / f"{extra}.lock" for extra in ("uv", *extras))]
    for lock in locks:
        if not lock.is_file():
            raise InputError(f"There is no extra '{lock.stem}'; there are {_extras(root)}.")
    folder = Path(output) if output else root / "reports" / f"pack-{system}"
    if folder.exists() and any(folder.iterdir()) and not (folder / "install.py").is_file():
        raise InputError(f"{folder} holds something else; name another folder with --output.")
    if root in folder.resolve().parents and root / "reports" not in folder.resolve().parents:
        raise InputError(f"{folder} lies in the folder that is packed; name one outside with --output.")
    with written_whole(folder) as build:
        wheels = build / "wheels"
        wheels.mkdir()
        # By it a later run knows the folder for a pack.
        (build / "install.py").write_text(INSTALL, encoding="utf-8", newline="\n")
        for python in pythons:
            for lock in locks:
                narrowed = build / f"{lock.stem}-{python}.txt"
                _run(run, _resolve(lock, narrowed, system, python), build, "uv could not resolve the lock")
                _run(
                    run,
                    _download(narrowed, wheels, system, python),
                    build,
                    "pip could not download the wheels",
                )
        _copy(root, build / "copydesk")
        on_windows = system == "windows"
        text = README.format(
            system=system,
            pythons=" or ".join(pythons),
            python="py" if on_windows else "python3",
            lab="scripts\\lab.py" if on_windows else "scripts/lab.py",
        )
        (build / "README.txt").write_text(text, encoding="utf-8", newline="\r\n" if on_windows else "\n")
        for name in ("copydesk", "wheels"):  # of an earlier pack
            shutil.rmtree(folder / name, ignore_errors=True)
    return folder


def _extras(root):
    return ", ".join(sorted(path.stem for path in (root / "locks").glob("*.lock")))


def _resolve(lock, narrowed, system, python):
    """uv's command: the lines of the lock that hold on that system, with their hashes."""
    return [
        sys.executable, "-m", "uv", "pip", "compile", str(lock), "--no-deps", "--python-platform", SYSTEMS[system][0],
        "--python-version", python, "--generate-hashes", "--only-binary", ":all:", "--no-header", "--no-annotate",
        "--quiet", "--output-file", str(narrowed),
    ]  # fmt: skip


def _download(narrowed, wheels, system, python):
    """pip's command: the wheels of exactly those lines."""
    tags = [*SYSTEMS[system][1], *_OLD_NAMES.get(system, [])]
    return [
        sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes", "--quiet",
        "--disable-pip-version-check", "--dest", str(wheels), "--python-version", python,
        "--implementation", "cp", *(f"--platform={tag}" for tag in tags), "--requirement", str(narrowed),
    ]  # fmt: skip


def _run(run, command, folder, trouble):
    if run(command, check=False).returncode:
        if shutil.disk_usage(folder).free < _LEAST_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise InputError(f"{trouble}; its own message is above. The network is needed to make a pack.")


def _copy(root, target):
    """The checkout without what is made in it and what is the teacher's: of the lessons, the workbooks alone."""
    target.mkdir()
    for name in _TAKEN:
        if (root / name).is_dir():
            shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        else:
            shutil.copyfile(root / name, target / name)
