"""What all tests share: the option --all, and a Hypothesis that draws the same examples every time."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

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
