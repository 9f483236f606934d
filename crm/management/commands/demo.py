"""`manage.py demo`: the whole system on this machine, for looking at."""

import fcntl
import os
import secrets
import socket
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from analytics.models import Run
from crm.lib import broker
from crm.lib.jobs import nudge
from crm.supervisor import Died, Service, Stopped, Supervisor, child_env

PYTHON = sys.executable
LOGINS = ["admin", "manager", "bd", "dev", "client"]


class Command(BaseCommand):
    help = "Run a demo firm: broker, web server, worker, scheduler, Twilio stand-in."
    requires_system_checks = []  # the children check; here it would only cost time

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-load", action="store_true", help="start with the data as it is"
        )

    def handle(self, *, no_load, **options):
        if not settings.DEMO:  # settings are read once, so begin again with it set
            os.environ["DEMO"] = "true"
            os.execv(PYTHON, [PYTHON, *sys.argv])  # noqa: S606
        began = time.monotonic()
        with only_one(settings.VAR_DIR / "run" / "demo.lock"):
            refuse_taken_port(settings.PORT)
            try:
                self.serve(load=not no_load, began=began)
            except Stopped:
                pass
            except Died as error:
                raise CommandError(str(error)) from error
            self.stdout.write(_("Stopped."))

    def serve(self, *, load, began):
        logs = settings.VAR_DIR / "log"
        env = child_env(**twilio_env())
        with Supervisor(env=env, log_dir=logs, say=self.stdout.write) as supervisor:
            if settings.EMBEDDED_BROKER:
                supervisor.start(broker_service())
            call_command("migrate", verbosity=0)
            if load:
                self.load(supervisor)
            for service in services(int(env["TWILIO_API_BASE"].rpartition(":")[2])):
                supervisor.start(service)
            nudge("crm.heartbeat")  # or the worker would wait for the first beat
            if not supervisor.wait_for(partial(is_ok, f"{local()}/readyz"), 60):
                self.stderr.write(_("Not everything is up yet; the logs say why."))
            self.stdout.write(screen(logs, time.monotonic() - began))
            supervisor.watch()

    def load(self, supervisor):
        """Fill an empty database, and analyse it once."""
        if not get_user_model().objects.exists():
            self.stdout.write(_("Loading the demo world …"))
            supervisor.run("load_demo", manage("load_demo"))
        if not Run.objects.filter(state=Run.State.DONE).exists():
            self.stdout.write(_("Analysing it …"))
            try:
                supervisor.run("analyse", manage("analyse", "all"))
            except Died as error:  # the reports stay empty; all else is worth seeing
                self.stderr.write(str(error))


@contextmanager
def only_one(path: Path):
    """Hold the lock of this checkout's demo; two would share one database file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CommandError(
                _("The demo of this folder is running already: %s") % lock.read()
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
                _("Port %(port)d is taken. Choose another: PORT=%(other)d make demo")
                % {"port": port, "other": port + 1}
            ) from error


def manage(*words: str) -> list[str]:
    """The command line of one of our management commands."""
    return [PYTHON, str(settings.BASE_DIR / "manage.py"), *words]


def twilio_env() -> dict[str, str]:
    """Send SMS to the stand-in, whatever account the environment names."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "TWILIO_API_BASE": f"http://127.0.0.1:{port}",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_FROM": "+15005550006",
    }


def broker_service() -> Service:
    """The embedded broker; its data stays between two starts."""
    path = Path(settings.BROKER_SOCKET)
    broker.stop_leftover(path)
    command = broker.command(path, settings.VAR_DIR / "valkey")
    return Service("broker", command, ready=partial(broker.is_answering, path))


def services(twilio_port: int) -> list[Service]:
    """Everything but the broker, in the order of starting."""
    standin = ["-m", "notifications.standin", "--port", str(twilio_port)]
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
        Service("twilio", [PYTHON, *standin]),
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


def screen(logs: Path, seconds: float) -> str:
    """What to do now, on one screen."""
    url = settings.SITE_URL
    rows = [f"  {role + '@demo.example':24}{_('password')}: demo" for role in LOGINS]
    return "\n".join(
        [
            "",
            _("Linden runs at %(url)s (started in %(seconds).1f s)")
            % {"url": url, "seconds": seconds},
            "",
            *rows,
            "",
            _("Mail and SMS:  %s/demo/inbox/") % url,
            _("Admin:         %s/admin/") % url,
            _("Logs:          %s") % logs,
            _("Press Ctrl-C to stop."),
        ]
    )
