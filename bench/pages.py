"""Measure pages over HTTP on generated leads: PostgreSQL, two gunicorn workers.

    make bench                                  # 100,000 leads
    python -m bench.pages --leads 1000000

BENCH_DATABASE_URL names a database to fill (default: crm_bench on this machine), and
BENCH_REDIS_URL the cache. Prints
p50 and p95 of one reader and of eight at once, queries and bytes, beside the goals of
docs/architecture.md. Peers are measured in the same run: machines are noisy.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
URL = os.environ.get(
    "BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/crm_bench"
)
PORT = 28765
os.environ |= {
    "DATABASE_URL": URL,
    "REDIS_URL": os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/9"),
    "DEMO": "true",
    "SITE_URL": f"http://127.0.0.1:{PORT}",
    "DJANGO_SETTINGS_MODULE": "crm.settings",
    "OMP_NUM_THREADS": "1",
}

import django  # noqa: E402 - the settings read the environment above

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.fill import fill  # noqa: E402
from crm.lib.paging import KeysetPage  # noqa: E402
from leads.models import Lead  # noqa: E402

# page → goal in ms (p50 of one, p95 at eight), DESIGN's goals at a million leads
GOALS = {
    "list": (60, 450), "filtered": (60, 450), "90 % depth": (66, 450), "search": (90, None),
    "record": (40, None), "board": (90, None), "home": (80, None),
}  # fmt: skip


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args(argv)
    make_database()
    call_command("migrate", verbosity=0)
    fill(options.leads)
    people = {
        role: User.objects.get(username=f"bench.{role}") for role in ("bd", "admin")
    }
    server = serve()
    try:
        report(options, people)
    finally:
        server.terminate()
        server.wait(10)


def make_database():
    name = settings.DATABASES["default"]["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}"')


def serve():
    """Two gunicorn workers, as `make demo` starts them."""
    command = [
        sys.executable, "-m", "gunicorn", "crm.wsgi", "--workers", "2", "--threads", "4",
        "--worker-class", "gthread", "--bind", f"127.0.0.1:{PORT}", "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ)
    for _ in range(100):
        try:
            ask(PORT, "/healthz", "")
            return server
        except OSError:
            time.sleep(0.1)
    server.terminate()
    sys.exit("gunicorn did not answer within ten seconds")


def ask(port, path, cookie):
    """One request on a connection of its own: (milliseconds, status, bytes)."""
    start = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip", "Accept": "text/html"}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return (time.perf_counter() - start) * 1000, answer.status, len(body)


def pages(user):
    """The addresses to measure, as this user would open them."""
    rows = Lead.objects.visible_to(user)
    count = rows.count()
    deep = rows.order_by("-created", "-pk")[int(count * 0.9) :][:51]
    after = KeysetPage(Lead.objects.filter(pk__in=[r.pk for r in deep])).next
    lead = rows.order_by("-pk").first()
    return {
        "list": "/leads/",
        "filtered": f"/leads/?stage={lead.stage_id}",
        "90 % depth": f"/leads/?after={after}",
        "search": f"/leads/?q={lead.contact_name.split()[-1]}+{lead.pk}",
        "record": f"/leads/{lead.pk}/",
        "board": "/leads/board/",
        "home": "/",
    }


def report(options, people):
    out = sys.stdout.write
    for role, user in people.items():
        count = Lead.objects.visible_to(user).count()
        out(f"\n{role}: sees {count:,} of {options.leads:,} leads\n")
        out(
            f"{'page':12} {'p50':>7} {'p95':>7} {'p50 @8':>7} {'p95 @8':>7} {'queries':>8} {'bytes':>7}  goal\n"
        )
        browser = Browser()
        browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
        for name, path in pages(user).items():
            out(line(name, path, cookie, browser, options.rounds))


def line(name, path, cookie, browser, rounds):
    for _ in range(6):  # both workers warm
        ask(PORT, path, cookie)
    alone = [ask(PORT, path, cookie) for _ in range(rounds)]
    with ThreadPoolExecutor(8) as pool:
        crowd = list(pool.map(lambda _: ask(PORT, path, cookie), range(rounds * 3)))
    statuses = {status for _ms, status, _size in alone + crowd}
    with CaptureQueriesContext(connection) as queries:
        browser.get(path, headers={"host": f"127.0.0.1:{PORT}"})
    times = [f"{value:7.1f}" for runs in (alone, crowd) for value in spread(runs)]
    p50, p95 = GOALS[name]
    goal = f"≤ {p50} / {p95 or '–'}" + (
        "" if statuses == {200} else f"  status {statuses}"
    )
    return f"{name:12} {' '.join(times)} {len(queries):8} {alone[-1][2]:7}  {goal}\n"


def spread(runs):
    times = sorted(ms for ms, _status, _size in runs)
    return statistics.median(times), times[int(len(times) * 0.95)]


if __name__ == "__main__":
    main(sys.argv[1:])
