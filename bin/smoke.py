"""Clone the repository afresh, `make demo`, sign in as everybody, stop: nobody is left.

Run by .ci/run; standard library and tests/processes.py only, because the clone makes
an environment of its own. Prints one line per step and ends at the first that fails.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.processes import free_port, mentioning  # noqa: E402 - needs the path

PIE = 'class="pie"'
# role → page it must see, and what must be on it
PAGES = {
    "admin": ("/admin/", PIE),
    "manager": ("/", "<h1"),
    "bd": ("/", "<h1"),
    "dev": ("/", "<h1"),
    "client": ("/portal/", PIE),
}
FIRST_START, SECOND_START = 420, 60  # seconds before we give up; times are printed
NOT_OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "VAR_DIR", "SITE_URL", "DEMO")


class Failed(Exception):
    """A step did not do what it must; the text says which and why."""


def main() -> None:
    """Run the steps in order."""
    with tempfile.TemporaryDirectory(prefix="linden-smoke-") as folder:
        clone, port = Path(folder).resolve() / "clone", free_port()
        git = ["git", "clone", "--quiet", str(ROOT), str(clone)]
        subprocess.run(git, check=True)  # noqa: S603
        with demo(clone, port) as process:
            wait_until_ready(clone, port, process, FIRST_START)
            for role, (path, mark) in PAGES.items():
                see(port, role, path, mark)
            see(port, None, "/demo/inbox/", "<h1")
            stop(process, clone, signal.SIGINT)
        with demo(clone, port) as process:
            wait_until_ready(clone, port, process, SECOND_START)
            stop(process, clone, signal.SIGKILL)
    say("smoke run passed")


@contextmanager
def demo(clone: Path, port: int):
    """`make demo` in a process group of its own, as a terminal would run it."""
    env = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
    log = (clone / "make-demo.log").open("ab")
    process = subprocess.Popen(
        ["make", "demo"],  # noqa: S607
        cwd=clone,
        env={**env, "PORT": str(port)},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        log.close()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def wait_until_ready(clone: Path, port: int, process, seconds: float) -> float:
    """Return how long it took until /readyz said yes."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if process.poll() is not None:
            raise Failed(f"make demo ended early:\n{tail(clone)}")
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):  # noqa: S310
                took = time.monotonic() - began
                say(f"ready after {took:.1f} s")
                return took
        except (URLError, OSError):
            time.sleep(0.2)
    raise Failed(f"make demo is not ready after {seconds} s:\n{tail(clone)}")


def see(port: int, role: str | None, path: str, mark: str) -> None:
    """Sign in as a role, open a page and find the mark on it."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    base = f"http://127.0.0.1:{port}"
    try:
        if role:
            sign_in(browser, base, f"{role}@demo.example")
        with browser.open(base + path, timeout=60) as answer:
            page, arrived = answer.read().decode(), answer.url
    except HTTPError as error:
        raise Failed(f"{role} at {error.url}: HTTP {error.code}") from error
    if "/accounts/login/" in arrived:
        raise Failed(f"{role} could not sign in")
    if mark not in page:
        raise Failed(f"{role} does not find {mark} at {path}")
    say(f"{role or 'anybody'} sees {path}")


def sign_in(browser, base: str, login: str) -> None:
    """Fill in the sign-in form."""
    url = f"{base}/accounts/login/"
    with browser.open(url, timeout=30) as answer:
        token = re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode()
        )
    fields = {"login": login, "password": "demo", "csrfmiddlewaretoken": token[1]}
    form = Request(url, urlencode(fields).encode(), {"Referer": url})  # noqa: S310
    browser.open(form, timeout=30).close()


def stop(process, clone: Path, number: int) -> None:
    """Stop it the polite or the hard way; nobody of it may be left."""
    if number == signal.SIGKILL:
        for row in mentioning(f"{clone}/manage.py demo"):
            os.kill(row.pid, number)
    else:
        os.killpg(process.pid, number)
    deadline = time.monotonic() + 20
    while (left := mentioning(str(clone))) and time.monotonic() < deadline:
        process.poll()
        time.sleep(0.2)
    if left:
        names = "\n".join(row.command for row in left)
        raise Failed(f"Left running after signal {number}:\n{names}")
    say(f"nobody is left after {signal.Signals(number).name}")


def tail(clone: Path) -> str:
    """The last lines of every log."""
    logs = [clone / "make-demo.log", *sorted((clone / "var/log").glob("*.log"))]
    parts = [
        f"--- {log.name}\n{log.read_text()[-1500:]}" for log in logs if log.exists()
    ]
    return "\n".join(parts)


def say(text: str) -> None:
    """One line for the log of the run."""
    sys.stdout.write(f"· {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"Smoke run failed: {failure}")
