"""The supervisor keeps processes alive and leaves none behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crm import leash
from tests.processes import alive, mentioning
from tests.waiting import eventually

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parents[2]
# Two services of a shell and a grandchild each; their process ids go to files.
PROGRAM = """
import os, sys
from pathlib import Path
from crm.supervisor import Service, Supervisor

folder = Path(sys.argv[1])
shell = "sleep 1000 & echo $$ $! > {0}/{1}.tmp; mv {0}/{1}.tmp {0}/{1}.pid; wait"
with Supervisor(env=dict(os.environ), log_dir=folder / "log") as supervisor:
    for name in ("one", "two"):
        ready = (folder / f"{name}.pid").exists
        command = ["sh", "-c", shell.format(folder, name)]
        supervisor.start(Service(name, command, ready=ready))
    supervisor.watch()
"""


class Running:
    """The program above, and what it says about its children."""

    def __init__(self, folder):
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert eventually(lambda: all((folder / f"{n}.pid").exists() for n in NAMES))

    def pids(self, name):
        return [int(pid) for pid in (self.folder / f"{name}.pid").read_text().split()]

    def everybody(self):
        return [pid for name in NAMES for pid in self.pids(name)]


NAMES = ("one", "two")


@pytest.fixture
def running(tmp_path):
    program = Running(tmp_path)
    yield program
    program.process.kill()
    program.process.wait()
    program.process.stdout.close()
    assert eventually(lambda: not any(map(alive, program.everybody())))


def test_what_dies_is_started_again_with_its_group_gone(running):
    old_shell, old_child = running.pids("one")
    os.kill(old_shell, signal.SIGKILL)
    assert eventually(lambda: running.pids("one")[0] != old_shell)
    assert not alive(old_child)
    assert alive(running.pids("one")[0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_polite_stop_ends_everybody_before_the_parent(running, number):
    everybody = running.everybody()
    running.process.send_signal(number)
    assert running.process.wait(30) == 0
    assert not any(map(alive, everybody))


def test_kill_9_of_the_parent_leaves_nobody(running):
    everybody = running.everybody()
    running.process.kill()
    assert eventually(lambda: not any(map(alive, everybody)))


def test_the_leash_itself_is_replaced(running):
    def leashes():
        mine = running.process.pid
        return [p.pid for p in mentioning("crm/leash.py") if p.parent == mine]

    [first] = leashes()
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: leashes() not in ([], [first]))
    everybody = running.everybody()
    running.process.kill()
    assert eventually(lambda: not any(map(alive, everybody)))


def test_a_stubborn_group_is_ended_by_force(monkeypatch):
    monkeypatch.setattr(leash, "POLITE_SECONDS", 0.3)
    deaf = subprocess.Popen(
        ["sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done"],
        start_new_session=True,
        stdout=subprocess.PIPE,
    )
    with deaf.stdout as said:
        assert said.readline() == b"deaf\n"
    leash.end({deaf.pid})
    assert deaf.wait(30) == -signal.SIGKILL


def test_the_leash_forgets_what_was_stopped_in_order():
    assert leash.watch(["+10\n", "+11\n", "-10\n", "-12\n"], {12, 13}) == {11, 13}
