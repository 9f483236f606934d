"""Where in a file the header is, and what its columns are called."""

import re

from django.utils.translation import gettext as _

MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
LONG_NUMBER = re.compile(r"^\+?[\d.,:/() -]{5,}$")
NEARLY = 0.6  # the header names at least this share of the fullest record's cells


class Unreadable(Exception):  # noqa: N818 - it says what the file is
    """The file is no table we can read; the text says where and why."""


def header_at(head: list[tuple[int, list[str]]]) -> int:
    """Index of the header: the first record about as full as the fullest one."""
    counts = [sum(1 for cell in cells if cell.strip()) for _line, cells in head[:25]]
    enough = max(max(counts) * NEARLY, min(max(counts), 2))
    return next(index for index, count in enumerate(counts) if count >= enough)


def is_data(names: list[str]) -> bool:
    """True for a first line that holds values, not names."""
    return any(MAIL.match(name) or LONG_NUMBER.match(name) for name in names)


def refuse_side_by_side(head: list[tuple[int, list[str]]], at: int) -> None:
    """Refuse several tables beside each other, each under its own title."""
    titled = any(
        sum(1 for cell in cells if cell.strip()) > 1 for _n, cells in head[:at]
    )
    line, names = head[at]
    last = max(n for n, name in enumerate(names) if name.strip())
    gap = next((n for n, name in enumerate(names[:last]) if not name.strip()), None)
    if not titled or gap is None:
        return
    text = _(
        "Line {line}: column {n} has no name, and the columns stand under several "
        "titles, so these are several tables side by side. Keep one table per file."
    )
    raise Unreadable(text.format(line=line, n=gap + 1))


def filled(cells: list[str], index: int) -> bool:
    return index < len(cells) and bool(cells[index].strip())


def told_apart(names: list[str], notes: list[str]) -> list[str]:
    """Columns with a name each: blank ones are numbered, and so are repeated ones."""
    seen: dict[str, int] = {}
    result = []
    for number, name in enumerate(names, 1):
        label = name or _("Column {n}").format(n=number)
        seen[label] = seen.get(label, 0) + 1
        if seen[label] == 2:
            text = _("Several columns are called “{name}”; they are numbered.")
            notes.append(text.format(name=label))
        result.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return result
