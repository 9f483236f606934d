"""Web processes stay small: no scikit-learn, SciPy or pandas."""

import os
import subprocess
import sys

from django.conf import settings

LOAD = """
import sys, django
django.setup()
import crm.urls, crm.tasks, analytics.tasks
print(*(name for name in ("sklearn", "pandas", "scipy") if name in sys.modules))
"""


def test_the_addresses_of_the_site_load_no_heavy_library():
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "crm.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""
