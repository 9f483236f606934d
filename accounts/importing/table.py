"""What a file of rows is to an importer: columns, and records that name their line."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.importing.headers import (
    Unreadable,
    filled,
    header_at,
    is_data,
    refuse_side_by_side,
    told_apart,
)

LOOK_AT = 50  # records that tell where the header is
MAX_COLUMNS = 500


class Record(NamedTuple):
    """One non-blank data record: the line it starts on and a cell per column."""

    line: int
    cells: list[str]
    fault: str = ""


class Table:
    """Columns and records of a file; iterate as often as needed."""

    names_columns = (
        True  # itself; the names are not the same for every file of its kind
    )

    def __init__(self, path: Path):
        self.path = path
        self.notes: list[str] = []
        self.prepare()
        head = list(islice(self.raw(), LOOK_AT))
        if not head:
            raise Unreadable(
                _("The file is empty: it has no line with anything in it.")
            )
        self.header_line = 0
        self.columns = self._named(head)
        if len(self.columns) > MAX_COLUMNS:
            text = _("Line {line}: {n} columns are more than the {limit} that fit.")
            line = self.header_line or 1
            raise Unreadable(
                text.format(line=line, n=len(self.columns), limit=MAX_COLUMNS)
            )

    def prepare(self) -> None:
        """Look at the file before its first line is read."""

    def raw(self) -> Iterator[tuple[int, list[str]]]:
        """Every non-blank record with the line it starts on, the header included."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Record]:
        width = len(self.columns)
        text = _("{n} cells, but the header names {width} columns")
        for line, cells in self.raw():
            if line <= self.header_line:
                continue
            extra = any(cell.strip() for cell in cells[width:])
            fault = text.format(n=len(cells), width=width) if extra else ""
            padded = cells[:width] + [""] * (width - len(cells))
            yield Record(line, padded, fault)

    def _named(self, head: list[tuple[int, list[str]]]) -> list[str]:
        at = header_at(head)
        line, cells = head[at]
        names = [" ".join(cell.split()) for cell in cells]
        if at == 0 and is_data(names):
            text = _("The first line is no header: its columns are only numbered.")
            self.notes.append(text)
            return told_apart([""] * len(names), self.notes)
        refuse_side_by_side(head, at)
        self.header_line = line
        while not names[-1] and not any(
            filled(row, len(names) - 1) for _line, row in head
        ):
            names.pop()
        return told_apart(names, self.notes)
