"""Who may open what: every route, every role, own and foreign rows.

Each app's `tests/access.py` holds `ROWS`; a route without a row fails the suite.
"""

import importlib

import pytest
from django.conf import settings
from django.db import transaction
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


@pytest.mark.parametrize(
    ("row", "far"), CASES, ids=[f"{r.route}{'-far' if f else ''}" for r, f in CASES]
)
def test_access(row, far, world, client):
    users = {name: world(name) for name in CAST if name != "anonymous"}
    kwargs = {}
    for key, fixture in row.args.items():
        thing = world(f"far_{fixture}" if far else fixture)
        kwargs[key] = (
            getattr(thing, row.attribute) if hasattr(thing, row.attribute) else thing
        )
    url = reverse(row.route, kwargs=kwargs)
    wrong = {}
    for name in CAST:
        client.logout()
        if name != "anonymous":
            client.force_login(users[name], backend=settings.AUTHENTICATION_BACKENDS[0])
        with transaction.atomic():  # what one does must not change what the next may
            response = getattr(client, row.method)(url, **row.request())
            transaction.set_rollback(True)
        expected = row.expected(name, far=far)
        if response.status_code not in expected:
            wrong[name] = (response.status_code, expected)
    assert not wrong


def test_the_far_world_mirrors_the_near_one():
    assert set(FAR) <= set(CAST)
