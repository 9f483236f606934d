"""Measure the export of generated leads: PostgreSQL, in process, as an admin.

    python -m bench.exports --leads 100000

The list is taken by HTTP as the button does it, part by part, and thrown away. "first"
is when the first part arrives; "extra" is by how much the process grew at its largest
since before the export. BENCH_DATABASE_URL names the database, as for bench.pages.
"""

import argparse
import resource
import sys
import time

from bench.setting import prepare

prepare("crm_bench", "BENCH_DATABASE_URL", SITE_URL="http://localhost")

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client as Browser  # noqa: E402

from accounts.models import Export, User  # noqa: E402
from bench.fill import fill  # noqa: E402
from bench.setting import make_database  # noqa: E402

LISTS = ("/leads/?state=all", "/clients/")
FEW = "/leads/?state=lost&q=nobody"  # an export of nothing, to load what is needed
MOST = 150  # MiB


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--leads", type=int, default=100_000)
    options = parser.parse_args(argv)
    make_database()
    call_command("migrate", verbosity=0)
    fill(options.leads)
    browser = Browser(SERVER_NAME="localhost")
    browser.force_login(
        User.objects.get(username="bench.admin"),
        backend=settings.AUTHENTICATION_BACKENDS[0],
    )
    for kind in ("csv", "xlsx"):
        taken(browser, FEW, kind)
    print(
        f"{'list':20} {'file':5} {'rows':>9} {'MB':>6} {'first s':>8} {'seconds':>8} {'extra MiB':>10}"
    )
    worst = 0
    for url in LISTS:
        for kind in ("csv", "xlsx"):
            before = peak()
            size, first, seconds = taken(browser, url, kind)
            extra, rows = peak() - before, Export.objects.first().rows
            worst = max(worst, extra)
            print(
                f"{url:20} {kind:5} {rows:9,} {size / 2**20:6.1f} {first:8.2f} {seconds:8.2f} {extra:10.1f}",
                flush=True,
            )
    return worst > MOST


def taken(browser, url, kind):
    """Bytes, seconds to the first part, seconds in all."""
    start, first, size = time.perf_counter(), None, 0
    response = browser.post(url, {"export": kind})
    for part in response.streaming_content:
        first = first or time.perf_counter() - start
        size += len(part)
    response.close()
    return size, first, time.perf_counter() - start


def peak():
    """The most memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
