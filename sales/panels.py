"""What the pages of other apps' records show of sales."""

from django.db.models import OuterRef, Subquery

from crm.lib.money import show, to_decimal
from sales.models import Invoice, ProductEvent, Purchase, Quotation
from sales.standing import standing_of

TONES = {
    "draft": "",
    "sent": "accent",
    "accepted": "good",
    "declined": "danger",
    "superseded": "",
}
INVOICE_TONES = {
    "draft": "",
    "sent": "accent",
    "part_paid": "warn",
    "paid": "good",
    "void": "",
    "credited": "",
}
SHOWN = 5
LOOKED = 60  # of the last events; the newest of each product is shown


def invoices_with_tones(invoices):
    rows = list(invoices)
    for row in rows:
        row.tone = "danger" if row.is_overdue else INVOICE_TONES[row.state]
    return rows


def owing(invoices):
    """What is open and overdue of them, each currency by itself, and how many are late."""
    debts = invoices.debts()
    open_ = (show(owed, currency) for currency, owed, _late, _n in debts)
    late = (show(late, currency) for currency, _owed, late, _n in debts if late)
    return {
        "open": ", ".join(open_),
        "late": ", ".join(late),
        "late_count": sum(n for *_sums, n in debts),
    }


def with_tones(quotations):
    rows = list(quotations)
    for row in rows:
        row.tone = TONES[row.state]
    return rows


def lead_panel(user, lead):
    """The quotations of a lead with what was billed, and the button that begins one."""
    rows = Quotation.objects.visible_to(user).filter(lead=lead)
    bills = Invoice.objects.visible_to(user).invoices().in_force().order_by("pk")
    first = bills.filter(quotation=OuterRef("pk"))
    rows = rows.annotate(
        bill=Subquery(first.values("pk")[:1]),
        bill_number=Subquery(first.values("number")[:1]),
    )
    context = {"lead": lead, "quotations": with_tones(rows), "can_quote": lead.is_open}
    return "sales/_lead_panel.html", context


def client_panel(user, client):
    """What a client bought: the sums, and the newest orders."""
    rows = Purchase.objects.visible_to(user).filter(client=client)
    newest = list(rows.newest(SHOWN))
    context = {"client": client, "sums": sums_of(newest), "purchases": newest[:SHOWN]}
    return "sales/_client_panel.html", context


def sums_of(newest):
    """Per currency, what `Purchase.objects.sums()` says, read off the newest ones."""
    first = {row.currency: row for row in reversed(newest)}
    return [
        {
            "n": row.n,
            "newest": row.last_day,
            "money": show(to_decimal(row.all_cents, currency), currency),
        }
        for currency, row in sorted(first.items())
    ]


def looks_panel(user, client):
    """Where `looked_at` comes when it is scrolled to: the page has queries enough."""
    return "sales/_looks_panel.html", {"client": client}


def looked_at(user, client):
    """The products a client looked at last or put into the basket, each once."""
    rows = ProductEvent.objects.visible_to(user).filter(client=client)
    newest = list(rows.select_related("product")[:LOOKED])
    products = {}
    for row in newest:
        if row.product_id:
            products.setdefault(row.product_id, row)
    looks = list(products.values())[:SHOWN]
    context = {"client": client, "looks": looks, "last": newest[:1]}
    return "sales/_looked_at.html", context


def client_invoices(user, client):
    """How a client stands, and what they have to pay, what is due first in front."""
    standing = standing_of(user, client)
    invoices = invoices_with_tones(standing.rows[:SHOWN])
    context = {"client": client, "standing": standing, "invoices": invoices}
    return "sales/_client_invoices.html", context
