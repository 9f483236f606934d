"""Run several processes as one: start in order, restart what dies, stop cleanly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from crm import leash

TICK = 0.2
STOP_SECONDS = 10
SHORT_LIFE = 30  # who dies younger than this waits longer before the next start
LONGEST_WAIT = 30
LOG_LIMIT = 5 * 2**20
# A child begins when it is told to; if we die before the leash knows it, it never does.
WHEN_TOLD = ["sh", "-c", 'read -r go && exec "$@" </dev/null', "sh"]


@dataclass
class Service:
    """One process to keep alive; `ready` says when the next one may start."""

    name: str
    command: list[str]
    ready: Callable[[], bool] | None = None
    child: subprocess.Popen | None = None
    started: float = 0.0
    failures: int = 0
    restart_at: float = 0.0


class Stopped(Exception):
    """Somebody asked us to stop while we were waiting for something."""


class Died(RuntimeError):
    """A process did not come up, or a step failed."""


class Leash:
    """The watcher that ends our children if we are killed, and what it must know."""

    def __init__(self, pids: Iterable[int] = ()) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", leash.__file__, *map(str, pids)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def is_gone(self) -> bool:
        return self.process.poll() is not None

    def add(self, pid: int) -> None:
        self._write(f"+{pid}\n")

    def remove(self, pid: int) -> None:
        self._write(f"-{pid}\n")

    def drop(self) -> None:
        """Let it go once nobody is left to watch."""
        self.process.communicate()

    def _write(self, line: str) -> None:
        if pipe := self.process.stdin:
            with suppress(BrokenPipeError):  # the next tick starts a new one
                pipe.write(line.encode())
                pipe.flush()


@dataclass
class Supervisor:
    """The parent of all services; use as a context manager, so that none outlives it."""

    env: dict[str, str]
    log_dir: Path
    say: Callable[[str], None] = print
    services: list[Service] = field(default_factory=list)
    stopping: bool = False
    _leash: "Leash" = field(init=False)

    def __enter__(self) -> "Supervisor":
        self.log_dir.mkdir(parents=True, exist_ok=True)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        self._leash = Leash()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._leash.drop()

    def start(self, service: Service, seconds: float = 30) -> None:
        """Start a service and wait until it says that it is ready."""
        self.services.append(service)
        child = self._launch(service)
        deadline = time.monotonic() + seconds
        while service.ready and not service.ready():
            if child.poll() is not None or time.monotonic() > deadline:
                log = self.log_dir / f"{service.name}.log"
                raise Died(f"{service.name} did not start; {log} says why.")
            self._pause()

    def run(self, name: str, command: list[str]) -> None:
        """Run one step to its end."""
        child = self._spawn(name, command)
        try:
            while child.poll() is None:
                self._pause()
        finally:
            self._end([child])
        if child.returncode:
            raise Died(f"{name} failed; {self.log_dir / f'{name}.log'} says why.")

    def wait_for(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Keep the services alive until `ready`; False if that takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > deadline:
                return False
            self._restart_dead()
            self._pause()
        return True

    def watch(self) -> None:
        """Restart what dies until somebody asks us to stop."""
        while not self.stopping:
            self._restart_dead()
            time.sleep(TICK)

    def stop(self) -> None:
        """Stop everything, the last started first; the broker outlives its users."""
        running = [s.child for s in self.services if s.child]
        if len(running) > 1:
            self._end(running[1:])
        self._end(running[:1])
        self.services.clear()

    def _ask_to_stop(self, *_: object) -> None:
        self.stopping = True

    def _pause(self) -> None:
        if self.stopping:
            raise Stopped
        time.sleep(TICK)

    def _restart_dead(self) -> None:
        now = time.monotonic()
        if self._leash.is_gone:
            self._leash = Leash(s.child.pid for s in self.services if s.child)
        for service in self.services:
            if service.child and service.child.poll() is not None:
                self._bury(service, service.child, now)
            if service.child is None and now >= service.restart_at:
                self._launch(service)

    def _bury(self, service: Service, child: subprocess.Popen, now: float) -> None:
        young = now - service.started < SHORT_LIFE
        service.failures = service.failures + 1 if young else 1
        wait = min(2 ** (service.failures - 1), LONGEST_WAIT)
        code = child.returncode
        self.say(f"{service.name} ended ({code}); starting it again in {wait} s")
        self._end([child])  # what it left behind in its group
        service.child, service.restart_at = None, now + wait

    def _launch(self, service: Service) -> subprocess.Popen:
        child = self._spawn(service.name, service.command)
        service.child, service.started = child, time.monotonic()
        return child

    def _spawn(self, name: str, command: list[str]) -> subprocess.Popen:
        path = self.log_dir / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as log:
            child = subprocess.Popen(  # noqa: S603 - commands of our own
                [*WHEN_TOLD, *command],
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone; we stop in order
            )
        self._leash.add(child.pid)
        if child.stdin:
            with suppress(BrokenPipeError), child.stdin:
                child.stdin.write(b"go\n")
        return child

    def _end(self, children: list[subprocess.Popen]) -> None:
        """Ask, wait, insist; then the groups are empty."""
        for child in children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            leash.signal_group(child.pid, signal.SIGKILL)
            child.wait()
            self._leash.remove(child.pid)


def child_env(**extra: str) -> dict[str, str]:
    """The environment for children: ours, one numeric thread each, and `extra`."""
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **threads, "PYTHONUNBUFFERED": "1", **extra}
