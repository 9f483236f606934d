"""Measure the import of generated leads or clients: PostgreSQL, in process, no broker.

    python -m bench.imports --rows 100000
    python -m bench.imports --rows 200000 --kind clients

No two rows are alike: every one has its own external id, name, e-mail and telephone.
The file is imported twice, so that the second pass finds nothing but duplicates.
BENCH_IMPORT_DATABASE_URL names the database, which is emptied of what was imported.
"""

import argparse
import csv
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench.setting import prepare

prepare("crm_bench_imports", "BENCH_IMPORT_DATABASE_URL")

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from accounts.importing.reader import open_table  # noqa: E402
from accounts.importing.run import carry_out  # noqa: E402
from accounts.models import Import, Medium  # noqa: E402
from bench.setting import make_database  # noqa: E402
from bench.words import CITIES, FIRST, LAST, WISH  # noqa: E402
from crm.importers import IMPORTERS, guessed, samples  # noqa: E402
from leads.models import Stage  # noqa: E402

HEADERS = {
    "leads": "external_id,name,contact_name,company,email,phone,city,country,medium,stage,value,currency,created",
    "clients": "external_id,name,contact_name,industry,email,phone,city,country,medium,signed_up",
}
TABLES = "leads_lead, leads_historicallead, accounts_client, accounts_historicalclient"


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--kind", choices=sorted(HEADERS), default="leads")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    make_database()
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES} CASCADE")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{options.kind}.csv"
        write(path, options)
        size = path.stat().st_size / 2**20
        print(f"{options.rows:,} {options.kind}, {size:.1f} MB, PostgreSQL\n")
        print(
            f"{'pass':10} {'seconds':>8} {'cpu':>7} {'rows/s':>8} {'peak MB':>8}  result"
        )
        for name in ("new", "again"):
            print(measured(name, path, options.kind), flush=True)


def write(path, options):
    """A file of that many rows; media and stages are those of the firm."""
    chance = random.Random(options.seed)
    media = list(Medium.objects.values_list("name", flat=True))
    stages = list(Stage.objects.values_list("name", flat=True))
    row = {"leads": lead, "clients": client}[options.kind]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS[options.kind].split(","))
        writer.writerows(row(n, chance, media, stages) for n in range(options.rows))


def reach(n, chance):
    first, last = chance.choice(FIRST), chance.choice(LAST)
    mail = f"{first}.{last}.{n}@firm{n % 20_011}.example".lower()
    phone = f"+49 30 {20_000_000 + n}"
    return f"{first} {last}", mail, phone


def some_day(chance):
    return date.today() - timedelta(days=chance.randrange(730))  # noqa: DTZ011


def lead(n, chance, media, stages):
    person, mail, phone = reach(n, chance)
    city, country = chance.choice(CITIES)
    return [
        f"L-{n}", f"{chance.choice(WISH)} {n}", person, f"Firm {n % 20_011}", mail, phone,
        city, country, chance.choice(media), chance.choice(stages),
        chance.randrange(500, 90_000), "EUR", some_day(chance),
    ]  # fmt: skip


def client(n, chance, media, _stages):
    person, mail, phone = reach(n, chance)
    city, country = chance.choice(CITIES)
    return [
        f"C-{n}", f"{chance.choice(LAST)} {n} Ltd", person, chance.choice(WISH), mail, phone,
        city, country, chance.choice(media), some_day(chance),
    ]  # fmt: skip


def measured(name, path, kind):
    """One import of the file: seconds, and the peak of this process so far."""
    table = open_table(path)
    _kind, mappings = guessed(table, samples(table), path.stem)
    job = Import.objects.create(
        kind=kind, name=path.name, mapping=mappings[kind], state="running"
    )
    start, cpu = time.perf_counter(), time.process_time()
    carry_out(job, IMPORTERS[kind], path)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = (
        f"created {job.made:,}, updated {job.updated:,}, "
        f"duplicate {job.duplicate:,}, rejected {job.rejected:,}"
    )
    rate = job.read / seconds
    return f"{name:10} {seconds:8.1f} {cpu:7.1f} {rate:8,.0f} {peak:8.0f}  {result}"


if __name__ == "__main__":
    main(sys.argv[1:])
