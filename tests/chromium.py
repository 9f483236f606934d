"""One real Chromium per test process, shared by every browser test."""

import os

import pytest
from playwright.sync_api import sync_playwright

from bin.chromium import CHROMIUM


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
