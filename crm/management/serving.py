"""What `serve` and `demo` share: one server for each folder, a free port, the processes."""

import fcntl
import socket
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from crm.lib import broker
from crm.lib.jobs import nudge
from crm.supervisor import Died, Service, Stopped, Supervisor, child_env

PYTHON = sys.executable


class Serving(BaseCommand):
    """A command that starts everything, says where it is, and keeps it alive."""

    requires_system_checks = []  # the children check; here it would only cost time

    def run(self, **options):
        """Serve until somebody presses Ctrl-C."""
        began = time.monotonic()
        with only_one(settings.VAR_DIR / "run" / "demo.lock"):
            refuse_taken_port(settings.PORT)
            try:
                self.serve(began, **options)
            except Stopped:
                pass
            except Died as error:
                raise CommandError(str(error)) from error
            self.stdout.write(_("Stopped."))

    def serve(self, began, **options):
        logs = settings.VAR_DIR / "log"
        env = child_env(**self.env())
        with Supervisor(env=env, log_dir=logs, say=self.stdout.write) as supervisor:
            if settings.EMBEDDED_BROKER:
                supervisor.start(broker_service())
            call_command("migrate", verbosity=0)
            self.prepare(supervisor, **options)
            for service in [*services(), *self.own_services(env)]:
                supervisor.start(service)
            nudge("crm.heartbeat")  # or the worker would wait for the first beat
            if not supervisor.wait_for(partial(is_ok, f"{local()}/readyz"), 60):
                self.stderr.write(_("Not everything is up yet; the logs say why."))
            self.stdout.write(self.screen(logs, time.monotonic() - began))
            supervisor.watch()

    def env(self):
        """What the children find in their environment beside ours."""
        return {}

    def prepare(self, supervisor, **options):
        """What must be there before the web server starts."""

    def own_services(self, env):
        return []

    def screen(self, logs, seconds):
        """What to do now, on one screen."""
        raise NotImplementedError


@contextmanager
def only_one(path: Path):
    """Hold the lock of this checkout; two servers would share one database file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CommandError(
                _("Linden runs from this folder already: %s") % lock.read()
            ) from None
        lock.truncate(0)
        lock.write(settings.SITE_URL)
        lock.flush()
        yield


def refuse_taken_port(port: int) -> None:
    """Say how to move instead of letting the web server fail in its log."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                _("Port %(port)d is taken. Choose another: PORT=%(other)d make …")
                % {"port": port, "other": port + 1}
            ) from error


def manage(*words: str) -> list[str]:
    """The command line of one of our management commands."""
    return [PYTHON, str(settings.BASE_DIR / "manage.py"), *words]


def broker_service() -> Service:
    """The embedded broker; its data stays between two starts."""
    path = Path(settings.BROKER_SOCKET)
    broker.stop_leftover(path)
    command = broker.command(path, settings.VAR_DIR / "valkey")
    return Service("broker", command, ready=partial(broker.is_answering, path))


def services() -> list[Service]:
    """Web server, worker and scheduler, in the order of starting."""
    web = ["-m", "gunicorn", "crm.wsgi:application", "--workers", "2"]
    web += ["--worker-class", "gthread", "--threads", "4", "--preload"]
    web += [
        "--no-control-socket",
        "--bind",
        f"127.0.0.1:{settings.PORT}",
        "--graceful-timeout",
        "5",
    ]
    worker = ["-m", "celery", "-A", "crm", "worker", "--concurrency", "2"]
    worker += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    beat = ["-m", "celery", "-A", "crm", "beat", "--loglevel", "INFO", "--pidfile", ""]
    return [
        Service("web", [PYTHON, *web], ready=partial(is_ok, f"{local()}/healthz")),
        Service("worker", [PYTHON, *worker]),
        Service("beat", [PYTHON, *beat]),
    ]


def local() -> str:
    """The web server's address as seen from this machine, whatever SITE_URL says."""
    return f"http://127.0.0.1:{settings.PORT}"


def is_ok(url: str) -> bool:
    """Whether a health address answers 200."""
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
            return answer.status == 200
    except (URLError, OSError):
        return False
