"""What a browser says of itself, in words."""

import re

from django.utils.translation import gettext as _

# The first that fits: most browsers also claim to be Chrome, and Chrome to be Safari.
BROWSERS = [
    ("Edge", "Edg"), ("Opera", "OPR/"), ("Samsung Internet", "SamsungBrowser"),
    ("Firefox", "Firefox|FxiOS"), ("Chrome", "Chrome|Chromium|CriOS"), ("Safari", "Safari"),
]  # fmt: skip
SYSTEMS = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac", "Macintosh"), ("ChromeOS", "CrOS"), ("Linux", "Linux"),
]  # fmt: skip


def browser_name(agent: str) -> str:
    """Name browser and system.

    >>> browser_name("Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36")
    'Chrome on Linux'
    """
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if browser and system:
        return _("{browser} on {system}").format(browser=browser, system=system)
    return browser or system or agent[:60] or _("Unknown browser")


def _first(names: list[tuple[str, str]], agent: str) -> str:
    return next((name for name, mark in names if re.search(mark, agent)), "")
