"""`/readyz` names what is missing; `/healthz` only says that the process lives."""

import json
import logging
import sys
import time

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from crm import health
from crm.lib.logs import JsonFormatter

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_there(monkeypatch):
    monkeypatch.setitem(health.PARTS, "broker", lambda: True)
    cache.set(health.HEARTBEAT_KEY, time.time())


def test_a_live_process_says_so(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_when_every_part_is_there(client, all_there):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert set(response.json()["parts"]) == {
        "database",
        "migrations",
        "broker",
        "worker",
    }


def test_a_worker_that_fell_silent_is_missing(client, all_there):
    cache.set(health.HEARTBEAT_KEY, time.time() - 60)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["missing"] == ["worker"]


def test_a_migration_that_waits_is_missing(client, all_there, monkeypatch):
    plan = [("leads.0099_later", False)]
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: plan)
    assert client.get("/readyz").json()["missing"] == ["migrations"]


def test_check_setup_says_in_words_what_is_missing(capsys, all_there, settings):
    settings.TWILIO_ACCOUNT_SID = ""
    with pytest.raises(CommandError, match="not complete"):
        call_command("check_setup", no_color=True)
    shown = capsys.readouterr().out
    assert "ok      Database answers" in shown
    assert "missing SMS is set up" in shown


def test_a_log_line_is_one_json_object_without_local_variables():
    secret = "0170 1234567"
    try:
        raise ValueError("no")
    except ValueError:
        record = logging.LogRecord(
            "crm", logging.ERROR, __file__, 1, "Line\n%s", ("two",), sys.exc_info()
        )
    line = JsonFormatter().format(record)
    assert json.loads(line)["message"] == "Line\ntwo"
    assert "ValueError: no" in json.loads(line)["traceback"]
    assert "\n" not in line
    assert secret not in line
