"""Who runs on this machine, and which port is free; processes are read from /proc, or from `ps` where there is none."""

import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    state: str
    command: str


def processes() -> list[Process]:
    """Everything that runs; what has ended and waits to be collected does not."""
    rows = _from_proc() if (PROC / "self/stat").exists() else _from_ps()
    return [row for row in rows if row.state != "Z"]


def alive(pid: int) -> bool:
    """Whether a process runs."""
    return any(row.pid == pid for row in processes())


def mentioning(text: str) -> list[Process]:
    """Processes with a text, such as a folder of their own, on their command line."""
    return [row for row in processes() if text in row.command]


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _from_proc():
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            after = (folder / "stat").read_text().rpartition(")")[2].split()
            words = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:  # it ended meanwhile
            continue
        yield Process(int(folder.name), int(after[1]), after[0], words)


def _from_ps():
    listing = ["ps", "-axo", "pid=,ppid=,stat=,args="]
    for line in subprocess.check_output(listing, text=True).splitlines():  # noqa: S603
        pid, parent, state, command = line.split(None, 3)
        yield Process(int(pid), int(parent), state[0], command)
