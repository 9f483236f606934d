"""The cast every test plays with; each app's part of it is a file of `tests/cast/`.

Near world: department North with `manager`, `bd` (owns `customer`, `lead`,
`project`), `other_bd`; `dev` leads the project, `other_dev` is on none;
`portal_owner` and `portal_reader` are the customer's people. Far world: department
South with `far_manager`, `far_bd` (owns `far_customer`, …) and `foreign_portal`.
"""

import gc
import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop

pytest_plugins = [
    "tests.chromium",
    "tests.cast.people",
    "tests.cast.clients",
    "tests.cast.leads",
    "tests.cast.meetings",
    "tests.cast.tasks",
    "tests.cast.sales",
    "tests.cast.projects",
    "tests.cast.requests",
    "tests.cast.analytics",
    "tests.cast.messages",
    "tests.cast.erasures",
]


def pytest_collection_finish():
    """What was imported stays; looking through it for rubbish takes time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A test database may be lost with the machine, so no write waits for the disk."""
    options = connection.settings_dict.setdefault("OPTIONS", {})
    if connection.vendor == "sqlite":
        options["init_command"] += "PRAGMA synchronous=OFF;"
    else:
        options["options"] = "-c synchronous_commit=off"


@pytest.fixture(scope="session", autouse=True)
def _plain_services(django_test_environment):
    """Set once: telling everybody of a changed setting takes longer than a small test."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        CACHES={"default": memory},
        STORAGES=settings.STORAGES | {"staticfiles": static},
        CELERY_TASK_ALWAYS_EAGER=True,
        WHITENOISE_AUTOREFRESH=True,  # or every browser reads var/static/ anew
        DEMO=False,
    ):
        yield


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
