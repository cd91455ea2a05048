"""What all tests share: the option --all, and a Hypothesis that draws the same examples every time."""

import pytest
from hypothesis import settings

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
