"""A telephone network for the tests: the stand-in on a free port, in a thread."""

import threading

import pytest

from notifications.channels import sms
from notifications.standin import StandIn, Switchboard


@pytest.fixture
def twilio(settings):
    """The stand-in, with the settings pointing at it; `.messages` is what it took."""
    board = Switchboard(token="secret-token", callback_delay=0, timeout=2)
    with StandIn(0, board) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.TWILIO_ACCOUNT_SID = "AC" + "1" * 32
        settings.TWILIO_AUTH_TOKEN = board.token
        settings.TWILIO_FROM = "+15005550006"
        settings.TWILIO_API_BASE = server.url
        settings.SITE_URL = "http://localhost:1"  # nobody answers callbacks here
        yield board
        server.shutdown()
    sms._client.cache_clear()
