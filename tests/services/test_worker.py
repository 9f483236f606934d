"""A real worker and a real broker; and what happens without one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from crm.celery import app
from crm.lib import broker, jobs
from crm.lib.jobs import nudge
from notifications import outbox
from notifications.models import Message
from tests.services.shared import SharedDatabase
from tests.waiting import eventually, quickest

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def use_broker(settings):
    """Point this process's Celery at another broker."""
    settings.CELERY_TASK_ALWAYS_EAGER = False
    before = app.conf.broker_url

    def use(socket):
        app.conf.broker_url = f"redis+socket://{socket}?virtual_host=0"
        app.close()
        app._pool = app.amqp._producer_pool = None

    yield use
    app.conf.broker_url = before
    app._pool = app.amqp._producer_pool = None
    jobs._paused_until = 0.0


@pytest.fixture
def worker(valkey, tmp_path, use_broker):
    """A worker process on the embedded broker; start it when the rows are there."""
    use_broker(valkey.socket)
    database = SharedDatabase(tmp_path / "shared.sqlite3")
    children = []

    def start():
        database.hand_over()
        env = {**os.environ, "DATABASE_URL": database.url, "VAR_DIR": str(tmp_path)}
        env |= {"REDIS_URL": "", "SECRET_KEY": "x" * 50}
        command = [sys.executable, "-m", "celery", "-A", "crm", "worker"]
        command += ["--pool", "solo", "--without-gossip", "--without-mingle"]
        children.append(subprocess.Popen(command, cwd=ROOT, env=env))
        return database

    yield start
    for child in children:
        child.terminate()
        child.wait(30)


@pytest.fixture
def message(db):
    return Message.objects.create(channel="portal", address="Petra", body="Hello")


def test_a_worker_takes_the_message_it_was_told_of(worker, message):
    assert nudge("notifications.deliver", message.pk)
    database = worker()
    state = f"SELECT state FROM notifications_message WHERE id = {message.pk}"
    assert eventually(lambda: database.value(state) == "sent", 60)


def test_without_a_broker_the_page_goes_on_and_the_sweep_catches_up(
    use_broker, tmp_path, message, monkeypatch
):
    monkeypatch.setattr(jobs, "PAUSE", 0)  # every nudge tries
    use_broker(tmp_path / "nobody.sock")
    assert quickest(lambda: nudge("notifications.deliver", message.pk)) < 2
    assert nudge("notifications.deliver", message.pk) is False
    assert outbox.send_due() == 1
    message.refresh_from_db()
    assert message.state == "sent"


def test_a_dead_broker_is_not_tried_for_every_row(use_broker, tmp_path, caplog):
    use_broker(tmp_path / "nobody.sock")
    assert not any(nudge("crm.heartbeat") for _ in range(100))
    assert caplog.text.count("broker not reached") == 1


def test_a_broker_that_comes_back_is_used_again(use_broker, valkey, monkeypatch):
    monkeypatch.setattr(jobs, "PAUSE", 0)
    use_broker(valkey.socket)
    valkey.kill()
    valkey.wait()
    assert nudge("crm.heartbeat") is False
    again = broker.start(valkey.socket, valkey.data_dir)
    assert nudge("crm.heartbeat") is True
    with redis.Redis(unix_socket_path=str(valkey.socket)) as queue:
        assert queue.llen("celery") == 1
    again.kill()
    again.wait()
