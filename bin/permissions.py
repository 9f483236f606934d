"""Write docs/permissions.md anew from the rows of the access matrix: make permissions."""

import importlib
import os
from collections import defaultdict
from pathlib import Path

import django

from tests.access import STAFF

HERE = Path(__file__).resolve().parent.parent
TARGET = HERE / "docs/permissions.md"
# Who of the cast stands for whom; the first that fits is said.
PEOPLE = [
    [("admin", "admins")],
    [("manager far_manager", "managers"), ("manager", "the manager of its department")],
    [
        ("bd other_bd far_bd", "business developers"),
        ("bd other_bd", "the business developers of its department"),
        ("bd", "the business developer whose it is"),
    ],
    [("dev other_dev", "project developers"), ("dev", "the developers of its project")],
    [
        ("portal_owner foreign_portal", "owners of a client"),
        ("portal_owner", "the client's own owners"),
    ],
    [("portal_reader", "the client's readers")],
]
EVERYBODY = set(STAFF.split())
HEAD = """# Permissions

Who may open what. Made by `make permissions` from the rows of the access matrix
(`<app>/tests/access.py`), which `tests/test_access_matrix.py` tries one by one; not written by
hand. An address with `*` changes something (POST, PATCH, DELETE).

- Everybody sees only rows that `visible_to` gives them: a business developer what they hold, a
  manager what their department holds, a developer the projects they work on, a client what is
  theirs, an admin all. What one does not see is answered with 404, whoever asks.
- *May look, not do* is answered with 403. A role that has no business on a page gets 404.
- Who is not signed in, or was blocked, is sent to the sign-in page; the API answers 401.
"""


def said(names):
    """The people of the cast in words."""
    names, words = set(names.split()), []
    if names >= EVERYBODY:
        names, words = names - EVERYBODY, ["all colleagues"]
    for choices in PEOPLE:
        words += [text for who, text in choices if set(who.split()) <= names][:1]
    return ", ".join(words)


def who(row):
    """Who gets in, and who is refused with 403."""
    if row.public:
        return "everybody, without signing in", ""
    return said(row.allow) or "who put it there", said(row.read_only)


def text_of(rows):
    """The whole page: a line per name space and set of people."""
    spaces = defaultdict(lambda: defaultdict(set))
    for row in rows:
        space, _, name = row.route.rpartition(":")
        mark = "" if row.method == "get" else "*"
        spaces[space or "health"][who(row)].add(f"`{name}`{mark}")
    parts = [HEAD, "| in | | may | may look, not do |", "|---|---|---|---|"]
    for space in sorted(spaces):
        lines = sorted(spaces[space].items(), key=lambda item: (-len(item[1]), item[0]))
        title = f"**{space}**"
        for (may, look), names in lines:
            parts.append(f"| {title} | {' '.join(sorted(names))} | {may} | {look} |")
            title = ""
    return "\n".join(parts) + "\n"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    django.setup()
    matrix = importlib.import_module("tests.test_access_matrix")
    TARGET.write_text(text_of(matrix.ROWS))


if __name__ == "__main__":
    main()
