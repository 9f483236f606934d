"""docs/permissions.md says what the access matrix tries."""

from bin.permissions import TARGET, text_of
from tests.test_access_matrix import ROWS


def test_the_page_is_made_from_the_matrix():
    assert TARGET.read_text() == text_of(ROWS), "run: make permissions"
