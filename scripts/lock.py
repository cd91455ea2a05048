"""Compiles the locks from pyproject.toml. It needs uv (pip install uv) and the network.

    python3 scripts/lock.py              after a change to pyproject.toml's dependencies; versions stay where they can
    python3 scripts/lock.py --upgrade    everything to its newest version

locks/all.lock is resolved first, over all extras together; requirements.lock (the core) and one lock for each
extra (the core with it) are compiled within it, so that all of them fit into one environment. Each holds wheels
only, for every platform of `tool.uv.required-environments`, with the hashes of PyPI's files and the name of no
index. At last every lock is tried out for each of those platforms and each Python, without installing anything.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
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
    tables = [
        project["requires-python"],
        project["dependencies"],
        project["optional-dependencies"],
        pyproject["tool"]["uv"],
    ]
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def uv(*arguments: str) -> None:
    # An index of this machine's own must not get into a lock that everybody uses.
    own = ("INDEX", "FIND_LINKS", "CONFIG_FILE")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UV_") or not name.endswith(own)
    }
    subprocess.run(["uv", "--quiet", *arguments], cwd=ROOT, env=environment, check=True)


def compile_lock(path: str, head: str, *arguments: str) -> None:
    uv(
        "pip", "compile", "pyproject.toml", "--universal", "--python-version", PYTHONS[0],
        "--fork-strategy", "fewest", "--generate-hashes", "--only-binary", ":all:", "--no-header",
        "--output-file", path, *arguments,
    )  # fmt: skip
    lock = ROOT / path
    lock.write_text(head + lock.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


def try_out(path: str) -> None:
    """Have uv find a wheel for every line of the lock, on every platform."""
    for platform in PLATFORMS:
        for python in PYTHONS:
            with tempfile.TemporaryDirectory() as folder:
                uv(
                    "pip", "install", "--dry-run", "--require-hashes", "--no-deps", "--only-binary", ":all:",
                    "--target", folder, "--python-platform", platform, "--python-version", python,
                    "--requirement", path,
                )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile the locks from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    options = parser.parse_args()
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    head = f"# Compiled from pyproject.toml by scripts/lock.py; not to be edited.\n# dependencies: sha256 {digest(pyproject)}\n"
    extras = list(pyproject["project"]["optional-dependencies"])
    upgrade = ["--upgrade"] if options.upgrade else []

    print("locks/all.lock")
    compile_lock("locks/all.lock", head, "--all-extras", *upgrade)
    within = ["--constraint", "locks/all.lock", "--no-annotate", "--upgrade"]
    print("requirements.lock")
    compile_lock("requirements.lock", head, *within)
    for extra in extras:
        print(f"locks/{extra}.lock")
        compile_lock(f"locks/{extra}.lock", head, "--extra", extra, *within)
    print(f"trying locks/all.lock out for {len(PLATFORMS)} platforms and Python {', '.join(PYTHONS)}")
    try_out("locks/all.lock")


if __name__ == "__main__":
    try:
        main()
    except FileNotFoundError:
        sys.exit("lock.py needs uv: pip install uv")
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
