"""Importing purchases, one order at a time.

An order comes in as a whole: importing it again replaces its lines, and when one of its
records is wrong all are rejected, so that the error file holds whole orders. Files may
come in turn (orders, then items) and are joined on the order's number.
"""

from decimal import Decimal
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from accounts.importing.clients import birth_year
from accounts.importing.fields import BIRTH, CURRENCY, MEDIUM, PLACE
from crm.lib.money import to_minor
from crm.lib.own_ids import own_pk
from sales.importing.buyers import Buyers
from sales.importing.goods import Goods
from sales.importing.orders import Line, Order, whole_orders
from sales.models import Purchase, PurchaseLine

FIELDS = (
    Field(
        "order",
        gettext_lazy("Order"),
        "order, order id, order number, order no, invoice, invoice no, invoice number, "
        "transaction id, receipt, bestellnummer, commande, pedido",
    ),
    Field(
        "client",
        gettext_lazy("Client (external id or e-mail)"),
        "client, client id, customer, customer id, customer unique id, survey response id, "
        "customer email, email, e mail, user id, buyer, member id, kunde",
    ),
    Field("client_name", gettext_lazy("Client's name"), "client name, customer name"),
    Field(
        "date",
        gettext_lazy("Date"),
        "date, order date, invoice date, purchase date, order purchase timestamp, "
        "ordered at, paid at, created at, datum, fecha",
    ),
    Field(
        "product",
        gettext_lazy("Product"),
        "product, product id, stock code, product code, sku, asin isbn product code, "
        "item, item id, article, artikel, produit, producto",
    ),
    Field(
        "product_name",
        gettext_lazy("Product's name"),
        "product name, description, title, item name",
    ),
    Field("category", gettext_lazy("Category"), "category, product category"),
    Field("brand", gettext_lazy("Brand"), "brand, manufacturer"),
    Field(
        "quantity", gettext_lazy("Quantity"), "quantity, qty, units, menge, cantidad"
    ),
    Field(
        "price",
        gettext_lazy("Price each"),
        "price, unit price, purchase price per unit, item price, preis, prix, precio",
    ),
    Field(
        "amount",
        gettext_lazy("Amount"),
        "amount, total, total amount, payment value, line total, revenue, betrag, montant",
    ),
    CURRENCY,
    Field("signed_up", gettext_lazy("Signed up"), "signed up, signup date"),
    *PLACE,
    *BIRTH,
    MEDIUM,
)


class PurchaseImporter(Importer):
    kind = "purchases"
    dates_in = ("date", "signed_up")
    fields = FIELDS
    birth_year = birth_year

    def __init__(self, job, columns):
        super().__init__(job, columns)
        self.orders: list[Order] = []
        self.last, self.met, self.scattered = "", set(), False
        self.twins: dict[tuple, list[int]] = {}
        self.taken: set[int] = set()  # stored purchases met by records without an order

    def forget(self):
        super().forget()
        self.buyers = Buyers(self)
        self.goods = Goods(
            self.notes, may_add=self.may_add, currency=self.currency_here
        )

    def problem(self):
        given = self.at.keys() | self.constants.keys()
        if "order" not in given and not {"client", "date"} <= given:
            return _("Map a column to the order, or to the client and the date.")
        if "order" not in given and not {"amount", "price"} & given:
            return _("Map a column to the amount or to the price.")
        return ""

    # --- whole orders -----------------------------------------------------------
    def order_of(self, record):
        return record.cells[self.at["order"]].strip() if "order" in self.at else ""

    def look_at(self, record):
        """Notice an order whose records do not stand together."""
        order = self.order_of(record)
        if order and order != self.last:
            self.scattered |= hash(order) in self.met
            self.met.add(hash(order))
        self.last = order

    def batches(self, records, skip):
        self.met.clear()
        for batch in whole_orders(records, self.order_of, scattered=self.scattered):
            if skip < len(batch):
                yield list(islice(batch, skip, None))
            skip = max(skip - len(batch), 0)

    # --- verdicts ---------------------------------------------------------------
    def judge(self, records):
        verdicts = [Verdict(record) for record in records]
        for verdict in verdicts:
            self.prepare(verdict)
        self.orders = gathered(verdicts)
        good = [o for o in self.orders if o.verdicts[0].outcome != REJECTED]
        self.buyers.fetch(
            {line.client for o in good for line in o.lines if line.client}
        )
        self.goods.fetch(v.cells for o in good for v in o.verdicts)
        stored = self.stored({order.name for order in good if order.name})
        self.find_twins([order for order in good if not order.name])
        for order in good:
            order.stored = stored.get(order.name) if order.name else None
            try:
                self.decide(order)
            except Rejected as error:
                order.reject(str(error))
        return verdicts

    def prepare(self, verdict):
        """Read one record; `verdict.row` is its line."""
        verdict.cells = cells = self.cells(verdict.record)
        if verdict.record.fault:
            verdict.reject(verdict.record.fault)
            return
        try:
            verdict.row = self.line(cells)
        except Rejected as error:
            verdict.reject(str(error))

    def line(self, cells):
        order = values.identifier(cells.get("order", ""))
        if len(order) > 100:
            raise Rejected(_("the order's number is longer than 100 characters"))
        currency = cells.get("currency", self.currency_here).upper()
        if not (len(currency) == 3 and currency.isalpha()):
            raise Rejected(_("“{code}” is not a currency code").format(code=currency))
        quantity = self.read(cells, "quantity", values.amount)
        amount = self.amount(cells, quantity)
        return Line(
            order=order,
            client=values.identifier(cells.get("client", "")),
            day=self.read(cells, "date", self.dates.day),
            currency=currency,
            cents=None if amount is None else to_minor(amount, currency),
            quantity=round(Decimal(1) if quantity is None else quantity, 2),
            text=cells.get("product_name", "")[:200],
            names_product=bool({"product", "product_name"} & cells.keys()),
        )

    def amount(self, cells, quantity):
        """The amount, else price × quantity; None when the file has neither column."""
        amount = self.read(cells, "amount", values.amount)
        price = self.read(cells, "price", values.amount)
        if amount is None and price is not None:
            amount = price * (1 if quantity is None else quantity)
        if amount is None and {"amount", "price"} & self.at.keys():
            raise Rejected(_("neither an amount nor a price"))
        return amount

    def stored(self, names):
        ours = {pk: name for name in names if (pk := own_pk(self.kind, name))}
        asked = Q(order__in=names) | Q(pk__in=ours)
        rows = Purchase.objects.filter(asked).select_related("client")
        if not self.job.is_trial:
            rows = rows.select_for_update(of=("self",))
        rows = rows.prefetch_related("lines")
        found = {ours.get(row.pk, row.order): row for row in rows}
        self.buyers.mine |= self.buyers.editable(row.client_id for row in rows)
        return found

    def decide(self, order):
        """Say what becomes of an order, all of its records alike."""
        stored = order.stored
        order.client = self.client_of(order)
        order.day = order.first("day") or (stored.day if stored else None)
        order.currency = order.lines[0].currency
        if order.client.pk and order.client.pk not in self.buyers.mine:
            self.notes.add("hidden")
            order.settle(DUPLICATE, _("already in a colleague's care"))
            return
        if order.day is None:
            raise Rejected(_("no date"))
        if len({line.currency for line in order.lines}) > 1:
            raise Rejected(_("one order in several currencies"))
        for verdict in order.verdicts:
            if "product" in verdict.cells or not order.keeps_bare(verdict.row.text):
                verdict.row.product = self.goods.find(verdict.cells)
            if verdict.row.names_product and not verdict.row.product:
                verdict.row.text = verdict.row.text or verdict.cells["product"][:200]
        self.compare(order)

    def client_of(self, order):
        names = {line.client for line in order.lines} - {""}
        stored = order.stored
        if len(names) > 1:
            raise Rejected(_("one order of several clients"))
        if not names:
            if stored is None:
                raise Rejected(self.nobody(order))
            return stored.client
        cells = next(v.cells for v in order.verdicts if v.row.client)
        client = self.buyers.find(names.pop(), cells)
        if stored is not None and stored.client_id != client.pk:
            text = _("order {name} belongs to another client")
            raise Rejected(text.format(name=order.name))
        return client

    def nobody(self, order):
        if "client" in self.at:
            return _("no client")
        text = _("the file names no client, and order {name} is not known")
        return text.format(name=order.name)

    def compare(self, order):
        stored = order.stored
        if stored is None and (order.name or not self.twin(order)):
            order.settle(CREATED)
        elif stored is not None and order.differs(stored):
            order.settle(UPDATED)
        else:
            order.settle(DUPLICATE, _("unchanged"))
        if not order.goods and not order.has_money:
            for verdict in order.verdicts[1:]:
                verdict.outcome, verdict.reason = DUPLICATE, _("twice in the file")

    def find_twins(self, orders):
        """Fetch the purchases that earlier imports made of records without a number."""
        self.twins = {}
        days = [day for order in orders if (day := order.first("day"))]
        clients = {row.pk for row in self.buyers.known.values()}
        if not days or not clients:
            return
        rows = Purchase.objects.filter(
            client__in=clients,
            day__range=(min(days), max(days)),
            order="",
            created__lt=self.job.created,
        ).exclude(pk__in=self.taken)
        for row in rows.order_by("-pk").prefetch_related("lines"):
            line = next(iter(row.lines.all()), None)
            said = (line.product_id, line.text) if line else (None, "")
            key = (row.client_id, row.day, row.cents, *said)
            self.twins.setdefault(key, []).append(row.pk)

    def twin(self, order):
        """Whether such a record is stored already, each stored one counted once."""
        line = order.lines[0]
        said = (line.product.pk if line.product else None, line.text)
        said = said if line.names_product else (None, "")
        found = self.twins.get((order.client.pk, order.day, order.cents, *said))
        if found:
            self.taken.add(found.pop())
            return True
        return False

    # --- writing ----------------------------------------------------------------
    def write(self, verdicts):
        self.media.save_new()
        self.goods.save_new()
        written = [
            order
            for order in self.orders
            if order.verdicts[0].outcome in (CREATED, UPDATED)
        ]
        self.buyers.save_new(written)
        new = [order for order in written if order.stored is None]
        old = [order for order in written if order.stored is not None]
        for order in new:
            order.stored = Purchase(order=order.name)
        for order in written:
            order.stored.client, order.stored.day = order.client, order.day
            if order.has_money:
                order.stored.cents = order.cents
                order.stored.currency = order.currency
        Purchase.objects.bulk_create([order.stored for order in new], batch_size=500)
        columns = ["client", "day", "cents", "currency"]
        Purchase.objects.bulk_update([o.stored for o in old], columns, batch_size=200)
        again = [order.stored for order in old if order.goods]
        PurchaseLine.objects.filter(purchase__in=again).delete()
        lines = [line for order in written for line in order.rows()]
        PurchaseLine.objects.bulk_create(lines, batch_size=500)


def gathered(verdicts):
    """The orders of a batch; one wrong record rejects all of its order."""
    orders: dict[str, Order] = {}
    for verdict in verdicts:
        name = verdict.row.order if verdict.row else ""
        name = name or values.identifier(verdict.cells.get("order", ""))
        key = name or f"#{verdict.record.line}"
        orders.setdefault(key, Order(name)).verdicts.append(verdict)
    for order in orders.values():
        bad = [v for v in order.verdicts if v.outcome == REJECTED]
        text = _("line {line} of the same order is wrong")
        for verdict in order.verdicts:
            if bad and verdict not in bad:
                verdict.reject(text.format(line=bad[0].record.line))
    return list(orders.values())
