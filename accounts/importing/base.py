"""What every importer shares: fields, cells by field, batches and verdicts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.importing import values
from accounts.importing.lookups import Media, Owners
from accounts.importing.notes import Notes
from accounts.importing.reader import Record
from accounts.models import Firm, User
from crm.lib.text import FORMULA

BATCH = 1000
CREATED, UPDATED = "created", "updated"
DUPLICATE, REJECTED = "duplicate", "rejected"


class Rejected(Exception):  # noqa: N818 - the verdict on a row
    """The row cannot be taken in; the text says why."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of ours that a column may fill; `spellings` are headers that mean it."""

    name: str
    label: Any
    spellings: str = ""


@dataclass(slots=True)
class Verdict:
    """What becomes of one record, and why."""

    record: Record
    outcome: str = CREATED
    reason: str = ""
    cells: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    row: Any = None
    keys: tuple = ()
    care: Any = None  # the row it means, when that is in a colleague's care
    twins: Any = None  # in a preview: whom a new row resembles
    meant: Any = None  # in a preview: the known row it means, which its reader may see
    changed: list = field(default_factory=list)  # in a preview: column, old, new

    @property
    def said(self) -> list[str]:
        """The first things the record says, for a reader to know it by."""
        return list(self.cells.values())[:6] or self.record.cells[:6]

    def reject(self, reason: str) -> None:
        self.outcome, self.reason = REJECTED, reason


class Importer:
    """Judges and writes the records of one file; concrete ones know one kind of row."""

    kind = ""
    fields: tuple[Field, ...] = ()
    dates_in: tuple[str, ...] = ()
    made: tuple[type[Model], ...] = ()  # with history: what can be undone
    rests_on: tuple[str, ...] = ()  # relations that the import itself fills
    alike: tuple[type[Model], ...] = ()  # where a new row may be known already

    def __init__(self, job, columns: list[str]):
        self.job = job
        self.notes = Notes(job.notes)
        self.firm = Firm.get()
        self.zone = ZoneInfo(self.firm.zone or settings.TIME_ZONE)
        self.currency_here = self.firm.currency or settings.DEFAULT_CURRENCY
        self.country = values.country_code(self.firm.country)
        order = job.constants.get("dates", "")
        self.dates = values.Dates(self.zone, self.country, order)
        # Set-up rows (media, products) are made by whoever may edit the set-up.
        self.may_add = job.by is None or job.by.role in ("admin", "manager")
        self.owners = Owners(self.notes, job.by)
        self.forget()
        self.at = {
            name: columns.index(column)
            for name, column in job.mapping.items()
            if column in columns
        }
        self.constants = {k: v for k, v in job.constants.items() if k != "dates"}

    def forget(self) -> None:
        """Drop what was looked up or made: the transaction it was for is rolled back."""
        self.media = Media(self.notes, may_add=self.may_add)

    def problem(self) -> str:
        """What keeps this mapping from making any row, in a sentence; blank if nothing."""
        return ""

    def survey(self, records: Iterable[Record]) -> int:
        """Look at the whole file before its first row is judged; says how many there are."""
        total, example = 0, ""
        places = [self.at[name] for name in self.dates_in if name in self.at]
        for total, record in enumerate(records, 1):  # noqa: B007 - the count is the answer
            for index in places:
                self.dates.learn(record.cells[index])
                example = example or record.cells[index]
            self.look_at(record)
        known = any(what == "dates" for what, _value in self.notes.counts)
        if self.dates.is_guess and not known:
            order = _("day first") if self.dates.day_first else _("month first")
            self.notes.add("dates", example, order)
        return total

    def look_at(self, record: Record) -> None:
        """What `survey` wants to know of one record."""

    def batches(self, records: Iterable[Record], skip: int) -> Iterator[list[Record]]:
        """The records in the order they are committed, without the first `skip`."""
        rest = iter(records)
        for record in islice(rest, skip):
            self.recall(record)
        while batch := list(islice(rest, BATCH)):
            yield batch

    def recall(self, record: Record) -> None:
        """Remember a record that an earlier, interrupted run has committed."""

    def judge(self, records: list[Record]) -> list[Verdict]:
        """Say what becomes of each record, without writing anything."""
        raise NotImplementedError

    def write(self, verdicts: list[Verdict]) -> None:
        """Carry out what `judge` said, in the caller's transaction."""
        raise NotImplementedError

    def keep(self) -> None:
        """The batch is committed: remember its records."""

    def cells(self, record: Record) -> dict[str, str]:
        """The record's non-blank cells by field; constants fill what is blank."""
        found = dict(self.constants)
        for name, index in self.at.items():
            text = record.cells[index].strip()
            if text.startswith("'") and text[1:2] in FORMULA:
                text = text[
                    1:
                ]  # as our own error files write what looks like a formula
            if text:
                found[name] = text
        return found

    def label(self, name: str) -> str:
        return str(next(f.label for f in self.fields if f.name == name))

    def read(self, cells: dict[str, str], name: str, how, *args) -> Any:
        """One cell as a value, None when blank; Rejected says which cell is wrong."""
        if name not in cells:
            return None
        try:
            return how(cells[name], *args)
        except ValueError as error:
            text = _("{field}: {reason}").format(field=self.label(name), reason=error)
            raise Rejected(text) from None

    def home(self, owner: User | None) -> dict[str, Any]:
        """Owner and department of a new row."""
        by = self.job.by
        if by is not None and by.role == User.Role.BD:
            owner = by
        owner = owner or self.job.owner
        department = owner.department if owner else getattr(by, "department", None)
        return {"owner": owner, "department": department}

    @property
    def reason(self) -> str:
        """How a change made here is told in the history of its row."""
        return str(self.job.reason)
