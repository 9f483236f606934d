"""Tables in files: CSV of any delimiter and encoding, spreadsheets and vCards.

Rows are streamed; a CSV of any size costs the memory of one row. What cannot be read
is refused by `Unreadable` with a sentence that names the line and the reason.
"""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from accounts.importing.encoding import delimiter_of, encoding_of
from accounts.importing.headers import Unreadable
from accounts.importing.table import LOOK_AT, Record, Table
from accounts.importing.vcards import CardTable, is_cards

__all__ = ["Record", "Table", "Unreadable", "open_table"]
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UNPACKED = 20  # a spreadsheet may unpack to so many times the upload limit


class CsvTable(Table):
    def prepare(self) -> None:
        self.encoding, self.delimiter = encoding_of(self.path), ","
        with self._open() as file:
            lines = [line.replace("\0", "") for line in islice(file, LOOK_AT * 4)]
        refuse_other_formats("".join(lines[:20]))
        self.delimiter = delimiter_of(lines)

    def _open(self) -> Any:
        return self.path.open(encoding=self.encoding, errors="replace", newline="")

    def raw(self) -> Iterator[tuple[int, list[str]]]:
        with self._open() as file:
            pending: list[str] = []
            reader = csv.reader(kept(file, pending), delimiter=self.delimiter)
            line = 1
            while (cells := self._next(reader, line)) is not None:
                if sum(text.count('"') for text in pending) % 2:
                    refuse_open_quote(pending, line, self.delimiter)
                pending.clear()
                if any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1

    @staticmethod
    def _next(reader: Any, line: int) -> list[str] | None:
        try:
            return next(reader, None)
        except csv.Error as error:
            text = _("Line {line} cannot be read: {reason}. Is a quotation mark open?")
            raise Unreadable(text.format(line=line, reason=error)) from None


class SheetTable(Table):
    def prepare(self) -> None:
        refuse_bombs(self.path)
        try:
            book = CalamineWorkbook.from_path(self.path)
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        except (CalamineError, OSError, ValueError) as error:
            text = _("The spreadsheet cannot be opened: {reason}.")
            raise Unreadable(text.format(reason=error)) from None
        full = [sheet for sheet in sheets if sheet.total_height]
        if not full:
            raise Unreadable(_("The spreadsheet is empty: no sheet has any row."))
        self.sheet = full[0]
        if len(full) > 1:
            text = _("Only the first sheet, “{name}”, is read; {n} others are not.")
            self.notes.append(text.format(name=self.sheet.name, n=len(full) - 1))

    def raw(self) -> Iterator[tuple[int, list[str]]]:
        first = (self.sheet.start or (0, 0))[0] + 1
        for line, row in enumerate(self.sheet.iter_rows(), first):
            cells = [as_text(cell) for cell in row]
            if any(cell.strip() for cell in cells):
                yield line, cells


def open_table(path: str | Path) -> Table:
    """The table in a file, whatever its format; Unreadable if there is none."""
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith((ZIP, OLE)):
        return SheetTable(path)
    return CardTable(path) if is_cards(head) else CsvTable(path)


def kept(lines: Iterator[str], pending: list[str]) -> Iterator[str]:
    """The lines without zero bytes, each also put into `pending`."""
    for line in lines:
        clean = line.replace("\0", "") if "\0" in line else line
        pending.append(clean)
        yield clean


def refuse_open_quote(lines: list[str], line: int, delimiter: str) -> None:
    """Refuse a record that swallowed the rest of the file."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            text = _("Line {line}: a quotation mark is opened and never closed.")
            raise Unreadable(text.format(line=line)) from None


def refuse_other_formats(text: str) -> None:
    start = text.lstrip("\ufeff \r\n\t").lower()
    kinds = {
        "%pdf": _("a PDF document"),
        "<": _("a web page or XML document"),
        "{": _("a JSON document"),
        "begin:": _("a calendar file"),
    }
    known = next((name for mark, name in kinds.items() if start.startswith(mark)), None)
    odd = sum(1 for c in text if c < " " and c not in "\t\r\n\v\f\x1a\x1c\x1d\x1e\x1f")
    if known is None and odd > len(text) * 0.02:
        known = _("not a text file")
    if known:
        hint = _("Line 1: this is {kind}. Export it as CSV or XLSX and try again.")
        raise Unreadable(hint.format(kind=known))


def refuse_bombs(path: Path) -> None:
    """Refuse a small archive that unpacks to gigabytes."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > UNPACKED * settings.IMPORT_MAX_BYTES:
        text = _("The spreadsheet unpacks to {size} MB, which is too much to read.")
        raise Unreadable(text.format(size=size // 2**20))


def as_text(cell: Any) -> str:
    """A spreadsheet's cell as CSV would hold it; 17850.0 is 17850."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return cell.isoformat(" ") if isinstance(cell, datetime) else _day_or_text(cell)


def _day_or_text(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)
