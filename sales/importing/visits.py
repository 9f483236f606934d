"""Importing what clients did on a website or in a shop: visits, views, baskets."""

from datetime import UTC
from hashlib import sha256

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.importing import values
from accounts.importing.base import (
    CREATED,
    DUPLICATE,
    Field,
    Importer,
    Rejected,
    Verdict,
)
from accounts.models import Contact
from crm.lib.text import plain
from sales.importing.buyers import Buyers
from sales.importing.goods import Goods
from sales.models import ProductEvent

VISIT, VIEW, BASKET = ProductEvent.Kind
KINDS = {
    VISIT: "visit, session, start, login",
    VIEW: "view, pageview, page view, product view, detail",
    BASKET: "basket, cart, addtocart, add to cart, add to basket",
}
SPELLINGS = {text: kind for kind, said in KINDS.items() for text in said.split(", ")}


class VisitImporter(Importer):
    """Each record is a row of its own; the same one again is a duplicate.

    Nobody becomes a client by a visit, so unknown ones are rejected. Unknown products
    are added by who may, but are not shown to clients.
    """

    kind = "visits"
    dates_in = ("at",)
    fields = (
        Field(
            "client",
            gettext_lazy("Client (external id or e-mail)"),
            "client, client id, customer, customer id, email, e mail, user id, visitor id, "
            "visitorid, visitor",
        ),
        Field(
            "at",
            gettext_lazy("When"),
            "at, when, time, timestamp, event time, visited at, viewed at, date, datum",
        ),
        Field("kind", gettext_lazy("Kind"), "kind, event, event type, action"),
        Field(
            "product_code",
            gettext_lazy("Product"),
            "product code, product, product id, sku, item id, itemid, item",
        ),
        Field("url", gettext_lazy("Address"), "url, page, path, address, page url"),
    )

    def __init__(self, job, columns):
        super().__init__(job, columns)
        self.seen: set[str] = set()
        self.fresh: set[str] = set()

    def forget(self):
        super().forget()
        self.buyers = Buyers(self)
        self.people: dict[str, Contact] = {}
        self.goods = Goods(
            self.notes, may_add=self.may_add, currency=self.currency_here
        )

    def problem(self):
        if not {"client", "at"} <= self.at.keys() | self.constants.keys():
            return _("Map columns to the client and to when it was.")
        return ""

    def judge(self, records):
        self.fresh = set()
        verdicts = [Verdict(record, cells=self.cells(record)) for record in records]
        self.fetch([verdict.cells for verdict in verdicts])
        for verdict in verdicts:
            try:
                self.prepare(verdict)
            except Rejected as error:
                verdict.reject(str(error))
        keys = [v.row.key for v in verdicts if v.row]
        rows = ProductEvent.objects.filter(key__in=keys)
        known = set(rows.values_list("key", flat=True))
        for verdict in filter(lambda v: v.row, verdicts):
            self.decide(verdict, known)
        return verdicts

    def fetch(self, cells):
        """Look up clients, their people and the products of a batch."""
        names = {values.identifier(c["client"]) for c in cells if "client" in c}
        self.buyers.fetch(names)
        mails = {name.lower() for name in names if "@" in name}
        people = Contact.objects.filter(client__trashed=None).select_related("client")
        people = people.annotate(mail=Lower("email")).filter(mail__in=mails)
        self.people = {row.mail: row for row in people.order_by("pk")}
        theirs = (row.client_id for row in self.people.values())
        self.buyers.mine |= self.buyers.editable(theirs)
        self.goods.fetch(goods_of(c) for c in cells)

    def prepare(self, verdict):
        """Read one record; `verdict.row` is the event it tells of."""
        if verdict.record.fault:
            raise Rejected(verdict.record.fault)
        cells = verdict.cells
        if "at" not in cells:
            raise Rejected(_("no date"))
        client, contact = self.who(values.identifier(cells.get("client", "")))
        at = self.read(cells, "at", self.dates.moment).astimezone(UTC)
        if at > timezone.now():
            raise Rejected(_("it lies in the future"))
        kind, product = self.what(cells)
        row = ProductEvent(
            client=client,
            contact=contact,
            kind=kind,
            product=product,
            at=at,
            url=cells.get("url", "")[:300],
        )
        row.key = key_of(row)
        verdict.row = row

    def who(self, name):
        """The client of that external id or e-mail, and the contact whose e-mail it is."""
        if not name:
            raise Rejected(_("no client"))
        person = self.people.get(name.lower())
        known = self.buyers.known
        client = known.get(name) or known.get(name.lower())
        client = client or (person and person.client)
        if client is None:
            raise Rejected(_("there is no client “{name}”").format(name=name))
        theirs = person is not None and person.client_id == client.pk
        return client, person if theirs else None

    def what(self, cells):
        """Kind and product; without a kind, looking at what is named."""
        named = "product_code" in cells
        said = cells.get("kind", VIEW if named else VISIT)
        kind = SPELLINGS.get(plain(said).replace("_", " ").strip())
        if kind is None:
            text = _("“{kind}” is none of visit, view and basket")
            raise Rejected(text.format(kind=said))
        product = self.goods.find(goods_of(cells))
        if product is None and named:
            text = _("there is no product “{code}”")
            raise Rejected(text.format(code=cells["product_code"]))
        if product is None and kind != VISIT:
            raise Rejected(_("no product"))
        return kind, product

    def decide(self, verdict, known):
        key = verdict.row.key
        if verdict.row.client_id not in self.buyers.mine:
            self.notes.add("hidden")
            verdict.outcome = DUPLICATE
            verdict.reason = _("already in a colleague's care")
        elif key in self.seen or key in self.fresh:
            verdict.outcome, verdict.reason = DUPLICATE, _("twice in the file")
        elif key in known:
            verdict.outcome, verdict.reason = DUPLICATE, _("unchanged")
        self.fresh.add(key)

    def keep(self):
        self.seen |= self.fresh

    def write(self, verdicts):
        self.goods.save_new()
        rows = [v.row for v in verdicts if v.outcome == CREATED]
        for row in rows:
            row.product_id = row.product and row.product.pk  # it may have been new
        ProductEvent.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def goods_of(cells):
    """The record's product as `Goods` reads it."""
    return {"product": cells["product_code"]} if "product_code" in cells else {}


def key_of(row):
    """What makes an imported row once: who, what, where, and when to the second."""
    what = row.product.code if row.product else ""
    said = (str(row.client_id), row.at.isoformat(), row.kind, what, row.url)
    return f"import:{sha256('|'.join(said).encode()).hexdigest()[:40]}"
