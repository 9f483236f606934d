"""A list as a file, in constant memory: CSV as a stream, XLSX by way of the disk."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from crm.lib.errors import NotAllowedNow
from crm.lib.text import safe_cell

FETCHED = 2000  # rows that the database hands over at a time
BLOCK = 500  # records that leave together
SHEET_ROWS = 1_048_575  # below the header, in the XLSX format
MARK = "\ufeff"  # without it spreadsheets take UTF-8 for something else


class TooLongForASheet(NotAllowedNow):
    def __init__(self) -> None:
        text = _("A spreadsheet holds {n} rows, and this list is longer: take CSV.")
        super().__init__(text.format(n=f"{SHEET_ROWS:,}"))


@dataclass(frozen=True)
class Sheet:
    """What the file of a list holds: its name and its columns.

    A column is the path of a value from the row ("place__city"), or a function and the
    paths of its arguments.
    """

    name: str
    columns: dict[str, str | tuple[Any, ...]]

    @property
    def head(self) -> list[str]:
        return list(self.columns)

    def records(self, rows: "QuerySet[Any]") -> Iterator[list[Any]]:
        """The rows' cells, fetched as they are asked for, by one query."""
        specs = [
            c if isinstance(c, tuple) else (None, c) for c in self.columns.values()
        ]
        paths = list(dict.fromkeys(path for _how, *own in specs for path in own))
        at = [(how, [paths.index(path) for path in own]) for how, *own in specs]
        found = rows.prefetch_related(None).values_list(*paths)
        for row in found.iterator(chunk_size=FETCHED):
            yield [
                row[places[0]] if how is None else how(*(row[i] for i in places))
                for how, places in at
            ]


def csv_parts(head: list[str], records: Iterable[list[Any]]) -> Iterator[str]:
    """The file in parts, times by the reader's clock."""
    zone = timezone.get_current_timezone()  # the reader's is set while this is called
    return _parts(head, records, zone)


def _parts(
    head: list[str], records: Iterable[list[Any]], zone: tzinfo
) -> Iterator[str]:
    writer = csv.writer(_Echo())
    block = [MARK, writer.writerow(head)]
    for record in records:
        block.append(writer.writerow([safe_cell(_text(v, zone)) for v in record]))
        if len(block) >= BLOCK:
            yield "".join(block)
            block = []
    yield "".join(block)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _text(value: Any, zone: tzinfo) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def workbook(head: list[str], records: Iterable[list[Any]]) -> IO[bytes]:
    """The whole XLSX file, on disk; numbers and days are such, all else is text.

    A moment is text too: a sheet's times know no zone and no part of a millisecond.
    """
    file, zone = TemporaryFile(), timezone.get_current_timezone()  # noqa: SIM115 - it is handed on
    book = Workbook(file, {"constant_memory": True})
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(head):
        sheet.write_string(0, column, name, bold)
    for number, record in enumerate(records, 1):
        if number > SHEET_ROWS:
            raise TooLongForASheet
        for column, value in enumerate(record):
            if isinstance(value, int | float | Decimal):
                sheet.write_number(number, column, value)
            elif isinstance(value, date) and not isinstance(value, datetime):
                sheet.write_datetime(number, column, value, day)
            elif text := str(safe_cell(_text(value, zone))):
                sheet.write_string(number, column, text)
    book.close()
    file.seek(0)
    return file


FORMATS: dict[str, Callable[[list[str], Iterable[list[Any]]], Any]] = {
    "csv": csv_parts,
    "xlsx": workbook,
}
