"""Every environment variable is explained, and none is explained in vain."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_env_example_names_exactly_what_settings_read():
    source = (ROOT / "crm/settings.py").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', source))
    explained = set(
        re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)
    )
    assert explained - read == {"TEST_DATABASE_URL", "TEST_REDIS_URL"}
    assert read - explained == set()


def test_env_example_can_be_copied_as_it_stands():
    lines = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.M)
    show = "from crm import settings as s; print(s.DATABASES['default']['ENGINE'])"
    run = subprocess.run(
        [sys.executable, "-c", show],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **dict(lines)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout.strip(), run.stderr) == ("django.db.backends.sqlite3", "")
