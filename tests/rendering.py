"""Reports for tests, made by the command that a person gives."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "scripts" / "report.py"


def run_report(*arguments, cwd=ROOT, preexec_fn=None, **environment):
    """Run report.py with these arguments and variables of the environment: a CompletedProcess."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", timeout=900, check=False, cwd=cwd, preexec_fn=preexec_fn,
        env={**os.environ, **{name: str(value) for name, value in environment.items()}},
    )  # fmt: skip


def render(story, output, *arguments, **environment):
    """The folder of a story's report, made without a word of complaint."""
    done = run_report(story, "--output", output, *arguments, **environment)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return Path(output) / story


def hashes(folder):
    """The hash of every file of a report."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
