"""Kill worker, broker and supervisor in the middle of work and see it through.

    make fault-drill                    # about six minutes
    python bin/fault_drill.py --rows 5000

Starts a demo of its own in a temporary folder. Each analysis and import must end by
itself, as done (every row exactly once) or failed with a sentence; nobody may be left.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDER = tempfile.TemporaryDirectory(prefix="linden-drill-")
VAR = Path(FOLDER.name).resolve()
os.environ |= {"VAR_DIR": str(VAR), "DATABASE_URL": "", "REDIS_URL": "", "DEMO": "true"}
os.environ["DJANGO_SETTINGS_MODULE"] = "crm.settings"
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from accounts.models import Import, User  # noqa: E402
from analytics.actions import request_run  # noqa: E402
from analytics.models import Run  # noqa: E402
from crm import importers  # noqa: E402
from leads.models import Lead  # noqa: E402
from tests.processes import free_port, mentioning, processes  # noqa: E402

PORT = free_port()
END_SECONDS = 240  # a dead worker is noticed after 60 s, a sweep comes every 15 s


class Failed(Exception):
    """The system did not recover; the text says from what."""


def main() -> None:
    """Run the four drills."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000, help="rows of each import")
    rows = parser.parse_args().rows
    demo = start()
    try:
        boss = User.objects.create_user(
            "drill", email="drill@firm.example", role="admin"
        )
        analysis_drill(boss)
        drill("worker", rows, boss, lambda: kill_group(find("celery -A crm worker")))
        drill("broker", rows, boss, lambda: kill_group(find("valkey-server")))
        demo = supervisor_drill(demo, rows, boss)
    finally:
        everybody = family(demo.pid)
        demo.terminate()
        demo.wait(30)
    expect_nobody(everybody, "the last stop")


def analysis_drill(boss) -> None:
    """Kill the worker while it analyses; the run ends, and figures are there."""
    run = request_run(Run.Kind.LOCATIONS, by=boss)
    wait(lambda: refresh(run).state == Run.State.RUNNING, 30, "the analysis to begin")
    kill_group(find("celery -A crm worker"))
    say(f"analysis: worker killed at {refresh(run).percent} % ({run.state})")
    began = time.monotonic()
    wait(lambda: refresh(run).is_over, END_SECONDS, "the analysis to end")
    if run.state != Run.State.DONE and not run.error:
        raise Failed(f"analysis: {run.state} without a word")
    took = time.monotonic() - began
    say(
        f"analysis: after {took:.0f} s {run.state} {run.error}, {run.attempts} attempts"
    )
    wait(is_ready, 60, "/readyz after the analysis")


def supervisor_drill(demo, rows: int, boss):
    """Kill the parent: everybody goes, the next start goes on."""

    def kill_and_restart():
        nonlocal demo
        everybody = family(demo.pid)
        demo.kill()
        demo.wait()
        expect_nobody(everybody, "kill -9 of the supervisor")
        demo = start()

    drill("supervisor", rows, boss, kill_and_restart)
    return demo


def drill(name: str, rows: int, boss, kill) -> None:
    """Start an import, kill something in the middle of it, wait for its end."""
    job = begin_import(name, rows, boss)
    wait(lambda: refresh(job).position > 0, 60, f"the import to begin ({name})")
    say(f"{name}: killed with kill -9 at row {job.position} of {rows}")
    began = time.monotonic()
    kill()
    wait(lambda: refresh(job).is_over, END_SECONDS, f"the import to end ({name})")
    took = time.monotonic() - began
    if job.state == Import.State.FAILED and job.error:
        say(f"{name}: after {took:.0f} s failed with a sentence: {job.error}")
    else:
        kept = Lead.objects.filter(external_id__startswith=f"{name}-").count()
        if (job.state, kept, job.read) != (Import.State.DONE, rows, rows):
            raise Failed(f"{name}: {job.state} {job.error} {kept} leads; {job.summary}")
        say(f"{name}: after {took:.0f} s done, every row once ({job.summary})")
    wait(is_ready, 60, f"/readyz after {name}")


def begin_import(name: str, rows: int, boss) -> Import:
    """Hand the system a file of leads, as the import page does."""
    lines = ["external_id,name,email,phone,city"]
    lines += [
        f"{name}-{n},Lead {n},{name}{n}@lead.example,,Hamburg" for n in range(rows)
    ]
    upload = SimpleUploadedFile(f"{name}-leads.csv", "\n".join(lines).encode())
    job = importers.draft(upload, boss)
    job.prepare(kind="leads", mapping=job.mapping, constants={}, owner=boss)
    job.start()
    return job


def refresh(job):
    """The job as it stands now."""
    job.refresh_from_db()
    return job


def start() -> subprocess.Popen:
    """Start the demo in the temporary folder and wait until it is ready."""
    command = [sys.executable, str(ROOT / "manage.py"), "demo"]
    out = (VAR / "demo.log").open("ab")
    child = subprocess.Popen(  # noqa: S603
        command, env={**os.environ, "PORT": str(PORT)}, stdout=out, stderr=out
    )
    out.close()
    wait(is_ready, 240, f"the demo to start; {(VAR / 'demo.log')}")
    return child


def is_ready() -> bool:
    """Whether every part is up."""
    try:
        with urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5) as answer:  # noqa: S310
            return answer.status == 200
    except (URLError, OSError):
        return False


def find(text: str) -> int:
    """The process of this drill's demo with the text on its command line."""
    mine = family(os.getpid())
    found = [row.pid for row in mentioning(text) if row.pid in mine and is_leader(row)]
    if len(found) != 1:
        raise Failed(f"{len(found)} processes with {text!r}")
    return found[0]


def is_leader(row) -> bool:
    """Whether it is the service itself and not one of its pool."""
    return os.getpgid(row.pid) == row.pid


def kill_group(pid: int) -> None:
    """Kill a service with all its children at once."""
    os.killpg(pid, signal.SIGKILL)


def family(pid: int) -> set[int]:
    """A process and all that descend from it."""
    rows, known = processes(), {pid}
    while grown := {row.pid for row in rows if row.parent in known} - known:
        known |= grown
    return known


def expect_nobody(of: set[int], after: str) -> None:
    """All of these processes must go within seconds."""
    wait(
        lambda: not any(row.pid in of for row in processes()), 15, f"the end ({after})"
    )
    say(f"nobody is left after {after}")


def wait(question, seconds: float, what: str) -> None:
    """Ask until the answer is yes."""
    deadline = time.monotonic() + seconds
    while not question():
        if time.monotonic() > deadline:
            raise Failed(f"Waited {seconds} s in vain for {what}")
        time.sleep(0.02)


def say(text: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"· {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        for log in sorted(VAR.glob("**/*.log")):
            sys.stderr.write(f"--- {log.name}\n{log.read_text()[-1500:]}\n")
        sys.exit(f"Fault drill failed: {failure}")
