"""One real Chromium per test process, shared by every browser test."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

# The shell is the same browser without its windows: a page opens four times as fast.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium():
    """The browser; CI must have it, a bare machine may do without."""
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail(
                "CI needs Chromium: install Debian's package `chromium-headless-shell`."
            )
        pytest.skip(
            "There is no Chromium here: `apt-get install chromium-headless-shell`."
        )
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
