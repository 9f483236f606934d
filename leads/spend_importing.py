"""Importing what media cost per month; for managers and admins."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.importing import values
from accounts.importing.base import (
    CREATED,
    DUPLICATE,
    UPDATED,
    Field,
    Importer,
    Rejected,
    Verdict,
)
from accounts.importing.fields import CURRENCY, MEDIUM
from accounts.models import Department
from crm.lib.dates import month_of, read_month
from crm.lib.text import plain
from leads.models import Spend


class SpendImporter(Importer):
    """One record per medium, month and currency; another amount replaces the first.

    What a manager imports is their department's; an admin's file may name departments,
    and is else that of the chosen owner's department, or the whole firm's.
    """

    kind = "spend"
    dates_in = ("month",)
    fields = (
        MEDIUM,
        Field("month", gettext_lazy("Month"), "month, period, monat, mois, mes, date"),
        Field(
            "amount",
            gettext_lazy("Amount"),
            "amount, spend, spent, cost, costs, ad spend, betrag, montant, importe",
        ),
        CURRENCY,
        Field("department", gettext_lazy("Department"), "department, team, abteilung"),
    )

    def __init__(self, job, columns):
        super().__init__(job, columns)
        self.department = self.home(None)["department"]
        self.by_name = {plain(row.name): row for row in Department.objects.all()}
        self.is_own = job.by is not None and job.by.role == "manager"
        if self.is_own:
            self.department = job.by.department
        self.seen: set[tuple] = set()
        self.fresh: set[tuple] = set()

    def problem(self):
        if not self.may_add:
            return _("Spend is imported by managers and admins.")
        if self.job.by and self.job.by.role == "manager" and not self.department:
            return _("You belong to no department, so an admin has to enter it.")
        if not {"medium", "month", "amount"} <= self.at.keys() | self.constants.keys():
            return _("Map columns to the medium, the month and the amount.")
        return ""

    def recall(self, record):
        verdict = self.prepared(record)
        if not verdict.reason:
            self.seen.add(verdict.keys)

    def keep(self):
        self.seen |= self.fresh

    def judge(self, records):
        self.fresh = set()
        verdicts = [self.prepared(record) for record in records]
        good = [v for v in verdicts if not v.reason]
        months = {v.values["month"] for v in good}
        rows = Spend.objects.filter(month__in=months).select_related("medium")
        known = {self.key(row): row for row in rows}
        for verdict in good:
            self.decide(verdict, known)
        return verdicts

    def prepared(self, record):
        verdict = Verdict(record, cells=self.cells(record))
        try:
            if record.fault:
                raise Rejected(record.fault)
            verdict.values = self.values(verdict.cells)
            verdict.row = Spend(**verdict.values)
            verdict.keys = self.key(verdict.row)
        except Rejected as error:
            verdict.reject(str(error))
        return verdict

    def values(self, cells):
        for name in ("medium", "month", "amount"):
            if name not in cells:
                raise Rejected(_("no {field}").format(field=self.label(name).lower()))
        amount = round(self.read(cells, "amount", values.amount), 2)
        if amount < 0:
            raise Rejected(_("an amount below nought"))
        medium = self.media.find(cells["medium"])
        if medium is None:
            raise Rejected(_("an unknown medium"))
        currency = cells.get("currency", self.currency_here).upper()
        if not (len(currency) == 3 and currency.isalpha()):
            raise Rejected(_("“{code}” is not a currency code").format(code=currency))
        return {
            "medium": medium,
            "month": self.read(cells, "month", self.month),
            "amount": amount,
            "currency": currency,
            "department": self.department_of(cells),
        }

    def department_of(self, cells):
        """The one named, unless the importer has but their own."""
        if self.is_own or "department" not in cells:
            return self.department
        found = self.by_name.get(plain(cells["department"]))
        if found is None:
            text = _("there is no department “{name}”")
            raise Rejected(text.format(name=cells["department"]))
        return found

    @staticmethod
    def key(row):
        """What tells rows apart; a new medium has a name before it has a key."""
        return (row.medium.name, row.month, row.currency, row.department_id)

    def month(self, text):
        """A month, or that of a day."""
        try:
            return read_month(text)
        except ValueError:
            return month_of(self.dates.day(text))

    def decide(self, verdict, known):
        if verdict.keys in self.seen or verdict.keys in self.fresh:
            verdict.reject(_("this medium and month stand in the file twice: add up"))
            return
        self.fresh.add(verdict.keys)
        row, amount = known.get(verdict.keys), verdict.values["amount"]
        verdict.row = row or verdict.row
        if row is None:
            verdict.outcome = CREATED
        elif row.amount == amount:
            verdict.outcome, verdict.reason = DUPLICATE, _("unchanged")
        else:
            verdict.outcome, row.amount = UPDATED, amount

    def write(self, verdicts):
        self.media.save_new()
        by = {"default_user": self.job.by, "default_change_reason": self.reason}
        new = [v.row for v in verdicts if v.outcome == CREATED]
        for row in new:
            row.medium_id = row.medium.pk  # it may have been new itself
        changed = [v.row for v in verdicts if v.outcome == UPDATED]
        bulk_create_with_history(new, Spend, batch_size=500, **by)
        bulk_update_with_history(changed, Spend, ["amount"], batch_size=500, **by)
