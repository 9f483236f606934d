"""Importing products."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_update_with_history

from accounts.importing import values
from accounts.importing.base import (
    CREATED,
    DUPLICATE,
    REJECTED,
    UPDATED,
    Field,
    Importer,
    Rejected,
    Verdict,
)
from accounts.importing.fields import CURRENCY
from crm.lib.history import keep_new
from crm.lib.text import plain
from sales.models import Product

FIELDS = (
    Field(
        "code", gettext_lazy("Code"), "code, product code, sku, stock code, product id"
    ),
    Field(
        "name", gettext_lazy("Name"), "name, product name, product, title, description"
    ),
    Field(
        "category",
        gettext_lazy("Category"),
        "category, product category, product category name, series, group",
    ),
    Field("brand", gettext_lazy("Brand"), "brand, manufacturer"),
    Field("price", gettext_lazy("Price"), "price, sales price, list price, unit price"),
    CURRENCY,
)


class ProductImporter(Importer):
    """Products by code, or by name where the file has none; for managers and admins."""

    kind = "products"
    made = (Product,)
    fields = FIELDS

    def __init__(self, job, columns):
        super().__init__(job, columns)
        self.seen: set[str] = set()
        self.fresh: set[str] = set()

    def problem(self):
        if not self.may_add:
            return _("Products are imported by managers and admins.")
        if not {"code", "name"} & (self.at.keys() | self.constants.keys()):
            return _("Map a column to the code or the name of the product.")
        return ""

    def recall(self, record):
        self.seen.add(plain(self.called(self.cells(record))))

    def called(self, cells):
        parts = (
            cells.get("category", ""),
            cells.get("brand", ""),
            cells.get("name", ""),
        )
        return (cells.get("code") or "-".join(filter(None, parts)))[:120]

    def judge(self, records):
        self.fresh = set()
        verdicts = [Verdict(record, cells=self.cells(record)) for record in records]
        codes = {self.called(v.cells) for v in verdicts}
        known = {row.code: row for row in Product.objects.filter(code__in=codes)}
        for verdict in verdicts:
            try:
                self.decide(verdict, known)
            except Rejected as error:
                verdict.reject(str(error))
        return verdicts

    def decide(self, verdict, known):
        if verdict.record.fault:
            raise Rejected(verdict.record.fault)
        code = self.called(verdict.cells)
        if not {"code", "name"} & verdict.cells.keys():
            raise Rejected(_("neither a code nor a name"))
        verdict.values = self.values(verdict.cells)
        if plain(code) in self.seen or plain(code) in self.fresh:
            verdict.outcome, verdict.reason = DUPLICATE, _("twice in the file")
            return
        self.fresh.add(plain(code))
        verdict.row = known.get(code)
        if verdict.row is None:
            verdict.values.setdefault("name", code)
            verdict.row = Product(code=code)
            return
        row, given = verdict.row, verdict.values
        verdict.values = {k: v for k, v in given.items() if getattr(row, k) != v}
        verdict.outcome = UPDATED if verdict.values else DUPLICATE

    def keep(self):
        self.seen |= self.fresh

    def values(self, cells):
        price = self.read(cells, "price", values.amount)
        found = {
            "name": cells.get("name", "")[:200],
            "category": cells.get("category", "")[:80],
            "brand": cells.get("brand", "")[:80],
            "currency": cells.get("currency", "").upper()[:3],
            "price": None if price is None else round(price, 2),
        }
        return {k: v for k, v in found.items() if v not in ("", None)}

    def write(self, verdicts):
        good = [v for v in verdicts if v.outcome not in (REJECTED, DUPLICATE)]
        for verdict in good:
            for name, value in verdict.values.items():
                setattr(verdict.row, name, value)
        new = [v.row for v in good if v.outcome == CREATED]
        for row in new:
            row.currency = row.currency or self.currency_here
        Product.objects.bulk_create(new)
        pks = [row.pk for row in new]
        keep_new(Product, pks, by=self.job.by, reason=self.reason)
        names = sorted(
            {name for v in good if v.outcome == UPDATED for name in v.values}
        )
        if names:
            bulk_update_with_history(
                [v.row for v in good if v.outcome == UPDATED],
                Product,
                names,
                batch_size=200,
                default_user=self.job.by,
                default_change_reason=self.reason,
            )
