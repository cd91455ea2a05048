"""What all tests share: the option --all, a Hypothesis that draws the same examples every time, and reports."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from rendering import render

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("quick", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("all", derandomize=True, deadline=None, max_examples=500)


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="run the slow tests too, and more generated examples")


def pytest_configure(config):
    settings.load_profile("all" if config.getoption("--all") else "quick")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--all"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="slow; run with --all"))


@pytest.fixture(scope="session")
def git():
    """A function that asks git about the checkout, whoever owns it: arguments -> what it prints."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")

    def ask(*arguments):
        command = ["git", "-c", f"safe.directory={ROOT.as_posix()}", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
        return done.stdout

    return ask


@pytest.fixture(scope="session")
def rendered(tmp_path_factory):
    """A function from a story to its report with a PDF, made once for all processes of a run; nobody changes it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def report(story):
        with FileLock(shared / f"{story}.lock"):
            if (shared / "rendered" / story).is_dir():
                return shared / "rendered" / story
            given = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
            return render(story, shared / "rendered", "--formats", "html,pdf", **given)

    return report
