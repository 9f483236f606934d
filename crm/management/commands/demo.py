"""`manage.py demo`: the whole system on this machine, for looking at."""

import os
import secrets
import socket
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from analytics.models import Run
from crm.management.serving import PYTHON, Serving, manage
from crm.supervisor import Died, Service

LOGINS = ["admin", "manager", "bd", "dev", "client"]


class Command(Serving):
    help = "Run a demo firm: broker, web server, worker, scheduler, Twilio stand-in."

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-load", action="store_true", help="start with the data as it is"
        )

    def handle(self, *, no_load, **options):
        if not settings.DEMO:  # settings are read once, so begin again with it set
            os.environ["DEMO"] = "true"
            os.execv(PYTHON, [PYTHON, *sys.argv])  # noqa: S606
        self.run(load=not no_load)

    def env(self):
        return twilio_env()

    def own_services(self, env):
        port = env["TWILIO_API_BASE"].rpartition(":")[2]
        standin = ["-m", "notifications.standin", "--port", port]
        return [Service("twilio", [PYTHON, *standin])]

    def prepare(self, supervisor, *, load):
        """Fill an empty database, and analyse it once."""
        if not load:
            return
        if not get_user_model().objects.exists():
            self.stdout.write(_("Loading the demo world …"))
            supervisor.run("load_demo", manage("load_demo"))
        if not Run.objects.filter(state=Run.State.DONE).exists():
            self.stdout.write(_("Analysing it …"))
            try:
                supervisor.run("analyse", manage("analyse", "all"))
            except Died as error:  # the reports stay empty; all else is worth seeing
                self.stderr.write(str(error))

    def screen(self, logs, seconds):
        """What to do now, on one screen."""
        url = settings.SITE_URL
        rows = [
            f"  {role + '@demo.example':24}{_('password')}: demo" for role in LOGINS
        ]
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
