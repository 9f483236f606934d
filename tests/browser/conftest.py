"""Pages of the live server in a real Chromium, and what they complain of."""

from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client as HttpClient

TEMPLATES = import_module("projects.migrations.0002_templates")
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def site(live_server, setup_rows, settings):
    """The live server with the rows that migrations make, which other tests emptied."""
    TEMPLATES.make(apps, None)
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server


class Watch:
    """What went wrong in a page: CSP and script errors, requests to other hosts."""

    def __init__(self, page, host):
        self.errors, self.foreign = [], []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._check(request.url, host))

    def _listen(self, message):
        if message.type == "error":
            self.errors.append(f"{message.page.url}: {message.text}")

    def _check(self, url, host):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws") and parts.netloc != host:
            self.foreign.append(url)


@pytest.fixture
def open_page(chromium, site):
    """Open a page as `user`; at the end no page may have complained or gone elsewhere."""
    contexts, watches = [], []

    def visit(user=None, *, width=1280, watched=True, **options):
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 844},
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        if user is not None:
            browser = HttpClient()
            browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            value = browser.cookies[COOKIE].value
            context.add_cookies([{"name": COOKIE, "value": value, "url": site.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)  # a busy machine is slow, not wrong
        if watched:
            watches.append(Watch(page, urlsplit(site.url).netloc))
        return page

    yield visit
    for context in contexts:
        context.close()
    for watch in watches:
        assert not watch.foreign
        assert not watch.errors
