"""End what the supervisor started if the supervisor itself is killed.

The supervisor runs this file with the process groups that run already as arguments and
a pipe as its standard input; it writes `+PID` and `-PID` for every group it starts and
ends. When the supervisor dies, however it dies, the kernel closes the pipe; then every
group still listed is ended, politely first. This works on every Unix, for grandchildren too, and imports nothing of ours.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

POLITE_SECONDS = 5


def watch(lines: Iterable[str], running: Iterable[int] = ()) -> set[int]:
    """Read the supervisor's notes until the pipe closes; return what still runs."""
    groups = set(running)
    for line in lines:
        mark, pid = line[0], int(line[1:])
        groups.add(pid) if mark == "+" else groups.discard(pid)
    return groups


def end(groups: set[int]) -> None:
    """Ask the groups to stop, and make them after a while."""
    alive = {group for group in groups if signal_group(group, signal.SIGTERM)}
    deadline = time.monotonic() + POLITE_SECONDS
    while alive and time.monotonic() < deadline:
        time.sleep(0.1)
        alive = {group for group in alive if signal_group(group, 0)}
    for group in alive:
        signal_group(group, signal.SIGKILL)


def signal_group(group: int, number: int) -> bool:
    """Send a signal to a process group; False if nobody is left in it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # it ends with the pipe, not before
    end(watch(sys.stdin, map(int, sys.argv[1:])))
