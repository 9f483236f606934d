"""Every test that docs/claims.md names exists, so that no claim hangs in the air."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs/claims.md").read_text())
NAMED = [
    pair for pair in NAMED if "/test_" in pair[0] and pair[0] != "tests/test_claims.py"
]


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part or "file")
def test_a_named_test_exists(path, name):
    source = (ROOT / path).read_text()
    assert re.search(rf"^def {name or 'test_'}", source, re.M)


def test_there_are_claims():
    assert len(NAMED) > 15
