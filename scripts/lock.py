"""Compiles the locks from pyproject.toml. It needs the network.

python3 scripts/lock.py              after a change to pyproject.toml's dependencies; versions stay where they can
python3 scripts/lock.py --upgrade    everything to its newest version

All extras are resolved together, so that everything fits into one environment. requirements.lock holds the core,
and locks/EXTRA.lock what the extra adds to it. They hold wheels only, for every platform of
`tool.uv.required-environments`, with the hashes of PyPI's files and the name of no index. At last all of them are
tried out for each of those platforms and each Python, without installing anything.
"""

from _environment import ROOT, ensure

ensure(extras=("uv",))

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import click
from _command import SETTINGS, run
from uv import find_uv_bin

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = list(PYPROJECT["project"]["optional-dependencies"])
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
BEYOND = PYPROJECT["project"]["requires-python"].rpartition("<")[2]  # uv resolves for these Pythons too
PLATFORMS = (
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
)


def digest(pyproject: dict) -> str:
    """The hash of what the locks are compiled from; each lock carries it in its head."""
    project = pyproject["project"]
    tables = [project[key] for key in ("requires-python", "dependencies", "optional-dependencies")]
    tables.append(pyproject["tool"]["uv"])
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def uv(*arguments: str) -> None:
    # An index of this machine's own must not get into a lock that everybody uses.
    own = ("INDEX", "FIND_LINKS", "CONFIG_FILE")
    hidden = {name for name in os.environ if name.startswith("UV_") and name.endswith(own)}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    subprocess.run([find_uv_bin(), "--quiet", *arguments], cwd=ROOT, env=environment, check=True)


def compile_all(folder: Path, *, upgrade: bool) -> dict[str, str]:
    """{path of a lock: its text}: resolved together, then each set of extras within that, then less the core."""
    together = folder / "together.txt"
    if not upgrade:  # what is locked now stays where it can
        together.write_text("".join(path.read_text(encoding="utf-8") for path in locks()), encoding="utf-8")
    compile_lock(together, "--all-extras")

    def within(*arguments: str) -> str:
        return compile_lock(folder / "within.txt", "--constraint", str(together), "--upgrade", *arguments)

    core = pins(within())
    made = {"requirements.lock": "".join(core)}
    for extra in EXTRAS:
        made[f"locks/{extra}.lock"] = "".join(
            pin for pin in pins(within("--extra", extra)) if pin not in core
        )
    return made


def compile_lock(path: Path, *arguments: str) -> str:
    uv(
        "pip", "compile", "pyproject.toml", "--universal", "--python-version", PYTHONS[0],
        "--fork-strategy", "fewest", "--generate-hashes", "--only-binary", ":all:", "--no-header",
        "--no-annotate", "--output-file", str(path), *arguments,
    )  # fmt: skip
    return path.read_text(encoding="utf-8")


def locks() -> list[Path]:
    core = ROOT / "requirements.lock"
    return [*[core] * core.exists(), *sorted((ROOT / "locks").glob("*.lock"))]


def pins(text: str) -> list[str]:
    """The entries of a lock, each its line with name, version and marker and those with hashes; none for newer Pythons."""
    entries = re.findall(r"^\S.*\n(?:[ \t].*\n)*", text, re.MULTILINE)
    return [entry for entry in entries if f"python_full_version >= '{BEYOND}'" not in entry]


def try_out(paths: list[Path]) -> None:
    """Have uv find a wheel for every line of the locks, on every platform."""
    for platform in PLATFORMS:
        for python in PYTHONS:
            with tempfile.TemporaryDirectory() as folder:
                uv(
                    "pip", "install", "--dry-run", "--require-hashes", "--no-deps", "--only-binary", ":all:",
                    "--target", folder, "--python-platform", platform, "--python-version", python,
                    *(f"--requirement={path}" for path in paths),
                )  # fmt: skip


@click.command(context_settings=SETTINGS, help=__doc__.splitlines()[0])
@click.option("--upgrade", is_flag=True, help="Take the newest versions.")
def main(upgrade: bool) -> None:
    head = f"# Compiled from pyproject.toml by scripts/lock.py; not to be edited.\n# dependencies: sha256 {digest(PYPROJECT)}\n"
    with tempfile.TemporaryDirectory() as folder:
        made = compile_all(Path(folder), upgrade=upgrade)
    for path in locks():
        path.unlink()
    for path, text in made.items():
        print(path)
        (ROOT / path).write_text(head + text, encoding="utf-8", newline="\n")
    print(f"trying them out for {len(PLATFORMS)} platforms and Python {', '.join(PYTHONS)}")
    try_out(locks())


if __name__ == "__main__":
    try:
        sys.exit(run(main))
    except subprocess.CalledProcessError as error:  # uv has said why
        sys.exit(error.returncode)
