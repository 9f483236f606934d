"""Who may open what: every route, every role, own and foreign rows.

Each app's `tests/access.py` holds `ROWS`; a route without a row fails the suite.
"""

import importlib
from itertools import groupby

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client as HttpClient
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import CAST, FAR, THIRD_PARTY

APPS = ["crm", "notifications", "accounts", "leads", "sales", "projects", "analytics"]
ROWS = [
    row for app in APPS for row in importlib.import_module(f"{app}.tests.access").ROWS
]
CASES = [
    (row, far)
    for row in ROWS
    for far in ((False, True) if row.args and not row.shared else (False,))
]


def grouped(cases, most=6):
    """Cases that need the same rows, so that a world is made for several at once."""

    def needs(case):
        return sorted(case[0].args.values()), case[1]

    for _, group in groupby(sorted(cases, key=needs), needs):
        group = list(group)
        for start in range(0, len(group), most):
            yield group[start : start + most]


def name_of(group):
    """The names of its routes, so that `-k leads:lose` finds the one that tries it."""
    return ",".join(f"{row.route}{'-far' if far else ''}" for row, far in group)


GROUPS = list(grouped(CASES))


def named_urls(resolver=None, space=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace
            yield from named_urls(pattern, f"{space}{inner}:" if inner else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


def ours(name):
    return not name.startswith(THIRD_PARTY)


def test_every_url_has_a_row():
    assert {n for n in named_urls() if ours(n)} == {row.route for row in ROWS}


@pytest.fixture
def world(request, db):
    """Every row of both worlds by name, made by the fixtures of the cast."""
    return lambda name: request.getfixturevalue(name)


class Browser(HttpClient):
    """Sends its cookies and takes none; keeps no templates, which nobody asks for."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


@pytest.fixture
def browsers(world):
    """A browser for each of the cast, signed in once."""
    browsers = {name: Browser() for name in CAST}
    for name, browser in browsers.items():
        if name != "anonymous":
            backend = settings.AUTHENTICATION_BACKENDS[0]
            browser.force_login(world(name), backend=backend)
    return browsers


def url_of(row, far, world):
    kwargs = {}
    for key, fixture in row.args.items():
        thing = world(f"far_{fixture}" if far else fixture)
        kwargs[key] = getattr(thing, row.attribute, thing)
    return reverse(row.route, kwargs=kwargs)


def ask(browser, row, url):
    """The status of one request; what it changed is undone."""
    with transaction.atomic():  # what one does must not change what the next may
        response = getattr(browser, row.method)(url, **row.request())
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.parametrize("group", GROUPS, ids=name_of)
def test_access(group, world, browsers):
    wrong = {}
    for row, far in group:
        url = url_of(row, far, world)
        for name, browser in browsers.items():
            status, expected = ask(browser, row, url), row.expected(name, far=far)
            if status not in expected:
                wrong[f"{name} {row.method} {url}"] = (status, expected)
    assert not wrong


def test_every_case_is_in_a_group():
    assert sum(map(len, GROUPS)) == len(CASES)


def test_the_far_world_mirrors_the_near_one():
    assert set(FAR) <= set(CAST)
