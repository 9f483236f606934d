"""What web code may import needs NumPy only, and nothing here needs Django."""

import subprocess
import sys
from pathlib import Path

import pytest

MINING = Path(__file__).resolve().parents[1] / "mining"
NUMPY_ONLY = [
    "classes",
    "cut",
    "distinct",
    "match",
    "radii",
    "scale",
    "sphere",
    "wilson",
]
LOADED = "import sys, analytics.mining.{}; print(*sys.modules)"


def loaded_by(module):
    """Name the packages a fresh Python has loaded after importing one module."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module)],
        cwd=MINING.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[0] for name in done.stdout.split()}


def test_cutting_and_matching_need_numpy_only():
    together = ", analytics.mining.".join(NUMPY_ONLY)
    assert not loaded_by(together) & {"scipy", "sklearn", "pandas", "django"}


@pytest.mark.parametrize("module", sorted(p.stem for p in MINING.glob("*.py")))
def test_no_module_names_django(module):
    assert "django" not in (MINING / f"{module}.py").read_text()
