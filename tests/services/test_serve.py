"""`manage.py serve`: an empty firm comes up, its first admin gets in, and it stops."""

import os
import re
import signal
import subprocess
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.processes import free_port, mentioning
from tests.services.shared import SharedDatabase
from tests.waiting import eventually

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
TYPED = {
    "name": "Ida Owner",
    "email": "ida@oak.example",
    "username": "ida",
    "password": "a long enough secret",
}


@pytest.fixture
def serving(tmp_path):
    """A firm on an empty database, with its own folder and port; it speaks to a file."""
    port, said = free_port(), tmp_path / "said"
    shared = SharedDatabase(tmp_path / "firm.sqlite3")
    shared.hand_over()
    own = {
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": shared.url,
        "REDIS_URL": "",
        "PORT": str(port),
        "SITE_URL": f"http://localhost:{port}",
        "SECRET_KEY": "k" * 60,
        "DEMO": "false",
        "DEBUG": "false",
    }
    env = os.environ | own
    command = [sys.executable, "manage.py", "serve"]
    with said.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
        process.said = said
        process.var = str(tmp_path / "var")
        yield process
        process.kill()
        process.wait()


def post(browser, url, **typed):
    """Fill the form of a page in and send it; gives the page that answers."""
    form = browser.open(url).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    fields = urlencode({"csrfmiddlewaretoken": token, **typed}).encode()
    return browser.open(Request(url, fields, headers={"Referer": url})).read().decode()


def test_an_empty_firm_is_served_and_its_first_admin_gets_in(serving):
    found = eventually(
        lambda: re.search(r"http\S+/invitation/\S+", serving.said.read_text()), 90
    )
    assert found, serving.said.read_text()
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    home = post(browser, found[0], **TYPED)
    assert "Your first steps" in home
    style = re.search(r'href="(/static/[^"]+\.css)', home)[1]
    assert browser.open(found[0].partition("/invitation/")[0] + style).status == 200
    serving.send_signal(signal.SIGINT)
    assert serving.wait(30) == 0
    assert not mentioning(serving.var)
