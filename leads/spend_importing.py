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
from crm.lib.dates import month_of, read_month
from leads.models import Spend


class SpendImporter(Importer):
    """One record per medium, month and currency; another amount replaces the first.

    What a manager imports is their department's; an admin's file is that of the
    department of the chosen owner, or the whole firm's.
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
    )

    def __init__(self, job, columns):
        super().__init__(job, columns)
        self.department = self.home(None)["department"]
        if job.by is not None and job.by.role == "manager":
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
        rows = Spend.objects.filter(department=self.department, month__in=months)
        known = {(row.medium_id, row.month, row.currency): row for row in rows}
        for verdict in good:
            self.decide(verdict, known)
        return verdicts

    def prepared(self, record):
        verdict = Verdict(record, cells=self.cells(record))
        try:
            if record.fault:
                raise Rejected(record.fault)
            verdict.values = found = self.values(verdict.cells)
            verdict.keys = (found["medium"].name, found["month"], found["currency"])
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
        month = self.read(cells, "month", self.month)
        return {
            "medium": medium,
            "month": month,
            "amount": amount,
            "currency": currency,
        }

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
        given = verdict.values
        row = known.get((given["medium"].pk, given["month"], given["currency"]))
        verdict.row = row or Spend(**given, department=self.department)
        if row is None:
            verdict.outcome = CREATED
        elif row.amount == given["amount"]:
            verdict.outcome, verdict.reason = DUPLICATE, _("unchanged")
        else:
            verdict.outcome, row.amount = UPDATED, given["amount"]

    def write(self, verdicts):
        self.media.save_new()
        by = {"default_user": self.job.by, "default_change_reason": self.reason}
        new = [v.row for v in verdicts if v.outcome == CREATED]
        for row in new:
            row.medium_id = row.medium.pk  # it may have been new itself
        changed = [v.row for v in verdicts if v.outcome == UPDATED]
        bulk_create_with_history(new, Spend, batch_size=500, **by)
        bulk_update_with_history(changed, Spend, ["amount"], batch_size=500, **by)
