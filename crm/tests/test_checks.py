"""A real firm does not start with the habits of a demo."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from crm import checks

PROPER = {
    "SECRET_KEY": "kX9" * 20 + "qwertzuiopasdf",
    "SITE_URL": "https://crm.firm.example",
    "ALLOWED_HOSTS": "crm.firm.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.firm.example:587",
    "DEBUG": "false",
    "DEMO": "false",
}


@pytest.fixture(autouse=True)
def public(settings):
    settings.SITE_URL = PROPER["SITE_URL"]
    settings.SECRET_KEY = PROPER["SECRET_KEY"]


def found():
    try:
        checks.refuse_unsafe_start()
    except ImproperlyConfigured as error:
        return [line.partition(":")[0] for line in str(error).splitlines()]
    return []


@pytest.mark.django_db
def test_a_proper_firm_starts(bd):
    assert found() == []


@pytest.mark.django_db
def test_a_start_without_a_key_is_refused(settings):
    settings.SECRET_KEY = "missing"
    assert "crm.E001" in found()


@pytest.mark.django_db
def test_a_public_demo_is_refused(settings):
    settings.DEMO = True
    assert found() == ["crm.E002"]


@pytest.mark.django_db
def test_a_public_site_with_debug_is_refused(settings):
    settings.DEBUG = True
    assert found() == ["crm.E003"]


@pytest.mark.django_db
def test_demo_logins_left_in_the_database_are_refused_until_blocked(bd):
    bd.email = "bd@demo.example"
    bd.save(update_fields=["email"])
    assert found() == ["crm.E005"]
    bd.is_active = False
    bd.save(update_fields=["is_active"])
    assert found() == []


def test_the_deployment_check_is_clean_with_a_proper_environment(tmp_path):
    run = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **PROPER},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
