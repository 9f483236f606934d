"""What the files of products, quotations, invoices and purchases hold."""

from itertools import groupby

from accounts.exports import named
from crm.lib.exports import Sheet
from crm.lib.money import to_decimal

PRODUCTS = Sheet(
    "products",
    {name: name for name in ("code", "name", "category", "brand", "price", "currency")},
)
QUOTATIONS = Sheet(
    "quotations",
    {
        "number": "number",
        "lead": "lead__name",
        "client": "lead__client__name",
        "state": "state",
        "total": "total",
        "currency": "currency",
        "valid_until": "valid_until",
        "created": "created",
        "sent": "sent",
        "answered": "answered",
        "owner": "lead__owner__email",
    },
)

INVOICES = Sheet(
    "invoices",
    {
        "number": "number",
        "kind": "kind",
        "client": "client__name",
        "subject": "subject",
        "state": "state",
        "total": "total",
        "paid": "paid",
        "currency": "currency",
        "issued_on": "issued_on",
        "due_on": "due_on",
        "paid_on": "paid_on",
        "owner": "client__owner__email",
    },
)


class Orders(Sheet):
    """Purchases with a record per line, and one for what the lines do not add up to."""

    @property
    def head(self):
        return super().head[:-2]

    def records(self, rows):
        amount, currency = self.head.index("amount"), self.head.index("currency")
        for _pk, lines in groupby(super().records(rows), lambda record: record[-1]):
            left = None
            for *record, cents, _pk in lines:
                left = cents if left is None else left
                money = record[currency]
                if record[amount] is not None:
                    left -= record[amount]
                    yield [*record[:amount], to_decimal(record[amount], money), money]
            if left or record[amount] is None:
                nothing = [None] * 3  # no product, no name of it, no quantity
                yield [*record[: amount - 3], *nothing, to_decimal(left, money), money]


PURCHASES = Orders(
    "purchases",
    {
        "order": (named("purchases"), "order", "pk"),
        "client": (named("clients"), "client__external_id", "client__pk"),
        "client_name": "client__name",
        "date": "day",
        "product": "lines__product__code",
        "product_name": "lines__text",
        "quantity": "lines__quantity",
        "amount": "lines__cents",
        "currency": "currency",
        "total": "cents",
        "row": "pk",
    },
)
