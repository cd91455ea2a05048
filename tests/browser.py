"""A browser for tests: Debian's chromium, driven by Playwright; where there is none, tests skip and say so."""

import os
import shutil
from contextlib import contextmanager

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def needs_browser():
    """A mark for tests that open pages in a browser."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return pytest.mark.skip(reason="no playwright: pages are not tested in a browser")
    return pytest.mark.skipif(CHROMIUM is None, reason="no chromium: pages are not tested in a browser")


@contextmanager
def open_browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        try:
            yield browser
        finally:
            browser.close()
