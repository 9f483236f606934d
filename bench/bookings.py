"""Two hundred people book the same time at once: one meeting, the others a clear refusal.

    python -m bench.bookings                  # SQLite, and PostgreSQL where it answers
    python -m bench.bookings --people 50
    python -m bench.bookings --as client      # in the customer area instead of by staff

Each database is new, behind two gunicorn workers of sixteen threads; every request is a
thread with a connection of its own, and all begin at once. BENCH_DATABASE_URL names a
PostgreSQL database to make and drop (default: crm_bookings on this machine).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get(
    "BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/crm_bookings"
)
PORT = 28766
PAGES = {"staff": "/calendar/book/", "client": "/portal/meetings/book/"}
SENTENCE = "is not free then any more"
# Made by the application itself, in a process of its own: settings are read once.
PREPARE = """
from datetime import timedelta
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
if connection.vendor == "postgresql":
    name = settings.DATABASES["default"]["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
call_command("migrate", verbosity=0)
from accounts.models import Client as Customer, Contact, Department, User
from leads.models import MeetingKind, WorkHours
host = User.objects.create_user("host", "host@bench.example", "-", role="bd",
    department=Department.objects.create(name="Bench"))
WorkHours.objects.bulk_create(
    WorkHours(person=host, weekday=day, starts=540, ends=1020) for day in range(7))
petra = User.objects.create_user("petra", "petra@bench.example", "-", role="client")
customer = Customer.objects.create(name="Bench", owner=host, department=host.department)
Contact.objects.create(client=customer, name="Petra", email=petra.email, user=petra, right="owner")
kind = MeetingKind.objects.create(name="Bench", minutes=30)
browser = Client()
browser.force_login(petra if WHO == "client" else host, backend=settings.AUTHENTICATION_BACKENDS[0])
at = (timezone.now() + timedelta(days=3)).replace(hour=10, minute=0, second=0, microsecond=0)
name = settings.SESSION_COOKIE_NAME
print(host.pk, kind.pk, at.isoformat(), f"{name}={browser.cookies[name].value}")
"""
COUNT = """
from django.conf import settings
from django.db import connection
from leads.models import Meeting, MeetingSlot
from notifications.models import Event, Message
print(Meeting.objects.count(), MeetingSlot.objects.count(), Event.objects.count(),
      Message.objects.count())
if connection.vendor == "postgresql":
    name = settings.DATABASES["default"]["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
"""


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--as", dest="who", choices=PAGES, default="staff")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        sqlite = f"sqlite:///{folder}/bench.sqlite3"
        well = [
            race(url, folder, options.people, options.who) for url in (sqlite, POSTGRES)
        ]
    return 0 if all(well) else 1


def race(url, folder, people, who):
    """One database: prepare, serve, let everybody press, count what is there."""
    env = os.environ | {
        "DATABASE_URL": url,
        "SECRET_KEY": "bench",
        "DEBUG": "true",
        "VAR_DIR": folder,
        "SITE_URL": f"http://127.0.0.1:{PORT}",
        "DJANGO_SETTINGS_MODULE": "crm.settings",
    }
    prepare = f"WHO = {who!r}\n{PREPARE}"
    host, kind, at, session = run(prepare, env).split()
    data = {"title": "Talk", "host": host, "kind": kind, "starts": at}
    server = serve(env)
    try:
        began = time.perf_counter()
        answers = crowd(people, PAGES[who], data, session)
        seconds = time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(20)
    meetings, slots, events, messages = (int(n) for n in run(COUNT, env).split())
    booked, refused = answers[302, False], answers[409, True]
    out = sys.stdout.write
    out(f"{url.split(':')[0]:10} {people} requests at once in {seconds:.1f} s: ")
    out(f"{booked} booked, {refused} refused with 409 and the sentence")
    others = sum(answers.values()) - booked - refused
    out(f", {others} else {dict(answers) if others else ''}\n")
    out(f"{'':10} in the database: {meetings} meeting, {slots} quarters of an hour, ")
    out(f"{events} event, {messages} message\n")
    return (booked, refused, meetings, slots) == (1, people - 1, 1, 2)


def run(code, env):
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return done.stdout.strip().splitlines()[-1]


def serve(env):
    command = [
        sys.executable, "-m", "gunicorn", "crm.wsgi", "--workers", "2", "--threads", "16",
        "--worker-class", "gthread", "--bind", f"127.0.0.1:{PORT}", "--backlog", "1024",
        "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            ask("GET", "/healthz")
            return server
        except OSError:
            time.sleep(0.1)
    server.terminate()
    return sys.exit("gunicorn did not answer within twenty seconds")


def crowd(people, page, data, session):
    """Everybody's answer as (status, whether the sentence was in it), counted."""
    token, barrier = "a" * 32, Barrier(people)
    headers = {
        "Cookie": f"{session}; csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://127.0.0.1:{PORT}",
    }
    body = urlencode(data | {"csrfmiddlewaretoken": token})

    def press(_number):
        barrier.wait()
        status, text = ask("POST", page, body, headers)
        return status, SENTENCE in text

    with ThreadPoolExecutor(people) as pool:
        return Counter(pool.map(press, range(people)))


def ask(method, path, body=None, headers=None):
    connection = HTTPConnection("127.0.0.1", PORT, timeout=300)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    page = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
