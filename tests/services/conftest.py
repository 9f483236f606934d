"""Real processes for the tests of this folder; each is gone when its test is over."""

import pytest

from crm.lib import broker


@pytest.fixture
def valkey(tmp_path):
    """An embedded broker of this test's own: its socket, its data and its process."""
    socket = broker.socket_path(tmp_path / "run")
    child = broker.start(socket, tmp_path / "data")
    child.socket, child.data_dir = socket, tmp_path / "data"
    yield child
    child.kill()
    child.wait()
