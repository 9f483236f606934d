"""Everybody may open every link they are shown, and each choice on it has a name."""

import re
from collections import Counter
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from tests.test_access_matrix import ROWS

LINK = re.compile(r"""\s(?:href|data-href|src)="([^"]*)\"""")
ROLES = [
    "admin",
    "manager",
    "far_manager",
    "bd",
    "other_bd",
    "dev",
    "portal_owner",
    "portal_reader",
]
NAMELESS = ">---------<"  # what Django calls "none of these"; the admin may
# Links of one route, and those of them that differ only in their row or values.
PER_ROUTE, PER_KIND = 6, 2
# Signing out ends the walk; no worker runs here, so the system is not ready.
LEFT_OUT = ("account_logout", "readyz")


@pytest.fixture
def whole_world(request, db):
    """Every row that the access matrix knows, of both worlds, but for the trash."""
    for row in ROWS:
        for name in set(row.args.values()) - {"trashed"}:
            request.getfixturevalue(name)
            if not row.shared:
                request.getfixturevalue(f"far_{name}")


def links_of(page, url):
    """The addresses of this site that the page shows, without their fragments."""
    for found in LINK.findall(page):
        parts = urlsplit(urljoin(url, unescape(found)))
        if parts.scheme in ("", "http", "https") and parts.netloc in ("", "testserver"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def kind_of(url):
    """The route and the names of its parameters; None for a file of the design."""
    parts = urlsplit(url)
    if parts.path.startswith(settings.STATIC_URL):
        return None
    names = sorted({name for name, _value in parse_qsl(parts.query, True)})
    try:
        return resolve(parts.path).view_name, *names
    except Resolver404:
        return parts.path, *names


@pytest.mark.parametrize("role", ROLES)
def test_every_link_shown_can_be_opened(role, request, client, whole_world):
    person = request.getfixturevalue(role)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    waiting, seen, opened, wrong = [("/", "")], {"/"}, Counter(), {}
    while waiting:
        url, shown_at = waiting.pop(0)
        answer = client.get(url)
        if answer.status_code >= 400:
            wrong[url] = f"{answer.status_code}, shown at {shown_at}"
        links = [answer.url] if 300 <= answer.status_code < 400 else []
        if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
            page = answer.content.decode()
            links += links_of(page, url)
            if NAMELESS in page and resolve(urlsplit(url).path).app_name != "admin":
                wrong[url] = f"a choice without a name, shown at {shown_at}"
        for link in links:
            kind = link not in seen and kind_of(link)
            if not kind or kind[0] in LEFT_OUT:
                continue
            route = kind[0]  # of the admin's pages one stands for all of its kind
            most = 1 if route.startswith("admin:") else PER_ROUTE
            if opened[route] < most and opened[kind, ...] < PER_KIND:
                opened.update([route, (kind, ...)])
                seen.add(link)
                waiting.append((link, url))
    assert not wrong
    assert len(seen) > 10
