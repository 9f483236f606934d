"""Measure pages over HTTP on generated rows: PostgreSQL, two gunicorn workers.

    make bench                    # 100,000 leads, 10,000 clients
    make bench LEADS=1000000      # a million, 100,000 clients

BENCH_DATABASE_URL names a database to fill (default: crm_bench_<leads> on this machine),
and BENCH_REDIS_URL the broker and cache. Prints p50 and p95 of one reader and of eight
at once, the processor time of a request in web and database together, queries and
bytes, beside the goals of docs/speed.md. On a machine that others use, the wall clock
says how busy they are; processor time is what can be compared.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from bench.setting import make_database, prepare

ROOT = Path(__file__).resolve().parent.parent
PORT = 28765
CSRF = "c" * 32

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--leads", type=int, default=100_000)
parser.add_argument("--rounds", type=int, default=40)
parser.add_argument("--port", type=int, default=PORT)
parser.add_argument("--roles", default="bd,manager,admin,client")
parser.add_argument("--only", default="", help="pages, named with commas between")
OPTIONS = parser.parse_args()
HOST = f"127.0.0.1:{OPTIONS.port}"
prepare(f"crm_bench_{OPTIONS.leads}", "BENCH_DATABASE_URL", SITE_URL=f"http://{HOST}")

from django.conf import settings  # noqa: E402 - the settings read the environment
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import Client, User  # noqa: E402
from bench.cpu import Meter  # noqa: E402
from bench.fill import fill  # noqa: E402
from bench.fill_portal import fill_portal  # noqa: E402
from crm.lib.paging import KeysetPage  # noqa: E402
from leads.models import Lead, Stage  # noqa: E402
from projects.models import Project, ProjectTemplate  # noqa: E402
from sales.models import Quotation  # noqa: E402

# page → goal in ms (p50 of one, p95 at eight), for a million leads and a quiet machine
GOALS = {
    "list": (60, 450), "filtered": (60, 450), "next step": (60, 450), "90 % depth": (66, 450),
    "search": (90, None), "record": (40, None), "board": (90, None), "home": (80, None),
    "clients": (60, 450), "find client": (90, None), "create": (45, None), "start": (70, None),
    "client": (40, None), "search all": (90, None), "tasks": (60, 450), "calendar": (60, 450),
    "contacts": (60, 450), "purchases": (60, 450), "products": (60, 450), "rules": (60, None),
    "forms": (60, None), "forecast": (80, None), "spend": (80, None), "spend list": (60, None),
    "quotations": (60, 450), "invoices": (60, 450), "overdue": (60, 450), "quotation": (40, None),
    "adm leads": (60, 450), "adm clients": (60, 450), "adm events": (60, 450),
    "adm messages": (60, 450), "area": (150, None), "projects": (150, None),
    "project": (150, None), "messages": (150, None), "meetings": (150, None),
}  # fmt: skip
HEAD = (
    f"{'page':12} {'p50':>7} {'p95':>7} {'p50 @8':>7} {'p95 @8':>7} {'cpu':>6} "
    f"{'queries':>8} {'bytes':>7}  goal\n"
)


class Answer(NamedTuple):
    ms: float
    status: int
    size: int


class Reader:
    """Somebody signed in: asks over HTTP, and in process to count queries."""

    def __init__(self, role):
        self.user = User.objects.get(username=f"bench.{role}")
        self.browser = Browser(headers={"host": HOST})
        self.browser.force_login(self.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        key = self.browser.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={key}; csrftoken={CSRF}"

    def ask(self, path, data=None):
        """One request on a connection of its own."""
        start = time.perf_counter()
        http = HTTPConnection("127.0.0.1", OPTIONS.port, timeout=60)
        headers = {
            "Host": HOST, "Cookie": self.cookie, "Accept-Encoding": "gzip",
            "Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        body = urlencode(data | {"csrfmiddlewaretoken": CSRF}) if data else None
        http.request("POST" if data else "GET", path, body, headers)
        answer = http.getresponse()
        size = len(answer.read())
        http.close()
        return Answer((time.perf_counter() - start) * 1000, answer.status, size)

    def queries(self, path, data=None):
        with CaptureQueriesContext(connection) as queries:
            self.browser.post(path, data) if data else self.browser.get(path)
        return len(queries)


def main():
    make_database()
    call_command("migrate", verbosity=0)
    fill(OPTIONS.leads)
    fill_portal()
    server = serve()
    try:
        for role in OPTIONS.roles.split(","):
            report(Reader(role), server)
    finally:
        server.terminate()
        server.wait(30)


def serve():
    """Two gunicorn workers, as `make demo` starts them."""
    command = [
        sys.executable, "-m", "gunicorn", "crm.wsgi", "--workers", "2", "--threads", "4",
        "--worker-class", "gthread", "--bind", HOST, "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT)
    for _ in range(300):
        try:
            HTTPConnection("127.0.0.1", OPTIONS.port).connect()
            return server
        except OSError:
            time.sleep(0.1)
    server.terminate()
    sys.exit("gunicorn did not answer within thirty seconds")


def report(reader, server):
    count = Lead.objects.visible_to(reader.user).count()
    sys.stdout.write(
        f"\n{reader.user.role}: sees {count:,} of {OPTIONS.leads:,} leads\n{HEAD}"
    )
    todo = visits if reader.user.role == User.Role.CLIENT else work
    for name, requests in todo(reader.user).items():
        if OPTIONS.only and name not in OPTIONS.only.split(","):
            continue
        sys.stdout.write(line(name, requests, reader, Meter(server.pid)))
        sys.stdout.flush()


def work(user):
    """What to ask for, as this user would: an endless row of (path, form) by name."""
    rows = Lead.objects.visible_to(user)
    lead = rows.open().exclude(contact_name="").order_by("-pk").first()
    client = Client.objects.visible_to(user).order_by("-pk").first()
    paper = Quotation.objects.visible_to(user).order_by("-pk").first()
    pages = {
        "list": "/leads/",
        "filtered": f"/leads/?stage={lead.stage_id}",
        "next step": "/leads/?sort=step",
        "90 % depth": f"/leads/?after={deep(rows)}",
        "search": f"/leads/?q={lead.contact_name.split()[-1]}+{lead.pk}",
        "record": f"/leads/{lead.pk}/",
        "board": "/leads/board/",
        "home": "/",
        "clients": "/clients/",
        "client": f"/clients/{client.pk}/",
        "search all": f"/search/?q={client.name.split()[0]}+{client.pk}",
        "tasks": "/tasks/",
        "calendar": "/calendar/",
        "quotations": "/sales/quotations/",
        "invoices": "/sales/invoices/",
        "overdue": "/sales/overdue/",
        "contacts": "/clients/contacts/",
        "purchases": "/sales/purchases/",
        "products": "/sales/products/",
        "forecast": "/reports/forecast/",
        "quotation": f"/sales/quotations/{paper.pk}/",
        "find client": f"/clients/?q={client.name.split()[0]}+{client.pk}",
    }
    if user.role != "bd":
        pages |= {
            "forms": "/leads/forms/",
            "spend": "/reports/spend/",
            "spend list": "/leads/spend/",
        }
    if user.role == "admin":
        pages["rules"] = "/leads/rules/"
        admin = {"leads": "leads/lead", "clients": "accounts/client",
                 "events": "notifications/event", "messages": "notifications/message"}  # fmt: skip
        pages |= {f"adm {name}": f"/admin/{path}/" for name, path in admin.items()}
    asked = {name: itertools.repeat((path, None)) for name, path in pages.items()}
    return asked | {"create": creations(user), "start": starts(rows)}


def visits(user):
    """What a client asks for: the area's home, projects, messages, papers."""
    project = Project.objects.visible_to(user).active().order_by("pk").first()
    pages = {
        "area": "/portal/",
        "projects": "/portal/projects/",
        "project": f"/portal/projects/{project.pk}/",
        "messages": "/portal/messages/",
        "meetings": "/portal/meetings/",
        "quotations": "/portal/quotations/",
        "invoices": "/portal/invoices/",
    }
    return {name: itertools.repeat((path, None)) for name, path in pages.items()}


def deep(rows):
    """The `after` of the page at nine tenths of the rows."""
    found = rows.order_by("-created", "-pk").open()
    pks = found.values_list("pk", flat=True)
    start = int(found.count() * 0.9)
    return KeysetPage(Lead.objects.filter(pk__in=list(pks[start : start + 51]))).next


def creations(user):
    """A form for a new lead, never the same twice."""
    stage = Stage.first_of(Stage.Kind.OPEN).pk
    now = int(time.time())
    for n in itertools.count():
        mail = f"{user.role}{n}@new{now}.example"
        data = {"name": f"New {n}", "email": mail, "company": f"New {now} {n}", "stage": stage,
                "currency": "EUR", "value": "900", "city": "Lyon"}  # fmt: skip
        yield "/leads/new/", data


def starts(rows):
    """A form that starts the project of a lead, for one open lead after the other."""
    template = ProjectTemplate.objects.order_by("pk").first()
    data = {"template": template.pk if template else "", "invite": "on"}
    waiting = rows.open().filter(project__isnull=True).order_by("-created", "-pk")
    for pk in list(waiting.values_list("pk", flat=True)[: 6 + OPTIONS.rounds * 5]):
        yield f"/projects/start/{pk}/", data | {"name": f"Project {pk}"}


def line(name, requests, reader, meter):
    requests = iter(requests)
    for _ in range(6):  # both workers warm
        reader.ask(*next(requests))
    before = meter.read()
    alone = [reader.ask(*next(requests)) for _ in range(OPTIONS.rounds)]
    cpu = meter.since(before, OPTIONS.rounds)
    many = [next(requests) for _ in range(OPTIONS.rounds * 3)]
    with ThreadPoolExecutor(8) as pool:
        crowd = list(pool.map(lambda asked: reader.ask(*asked), many))
    queries = reader.queries(*next(requests))
    times = " ".join(f"{ms:7.1f}" for runs in (alone, crowd) for ms in spread(runs))
    p50, p95 = GOALS[name]
    wrong = {a.status for a in alone + crowd} - {302 if many[0][1] else 200}
    note = f"  status {wrong}" if wrong else ""
    size = alone[-1].size
    return f"{name:12} {times} {cpu:>6} {queries:8} {size:7}  ≤ {p50} / {p95 or '–'}{note}\n"


def spread(runs):
    times = sorted(answer.ms for answer in runs)
    return statistics.median(times), times[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
