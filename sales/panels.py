"""What the pages of other apps' records show of sales."""

from functools import partial

from django.db.models import OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.lib.charts import Slice, pie
from crm.lib.money import brief, show, to_decimal
from sales.models import Invoice, Purchase, PurchaseLine, Quotation
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


def client_invoices(user, client):
    """How a client stands, and what they have to pay, what is due first in front."""
    standing = standing_of(user, client)
    invoices = invoices_with_tones(standing.rows[:SHOWN])
    context = {"client": client, "standing": standing, "invoices": invoices}
    return "sales/_client_invoices.html", context


def portal_panel(user):
    """What waits for an answer or a payment, and what the own money was spent on."""
    waiting = Quotation.objects.visible_to(user).waiting().select_related("lead")
    owed = Invoice.objects.visible_to(user).open().order_by("due_on", "pk")
    return {
        "waits": [
            *(_to_answer(row) for row in waiting[:SHOWN]),
            *(_to_pay(row) for row in owed[:SHOWN]),
        ],
        "pies": spending(user),
    }


def _to_answer(quotation):
    """A quotation as the customer area's home lists it."""
    return {
        "icon": "file-text",
        "title": quotation,
        "url": reverse("portal:quotation", args=[quotation.pk]),
        "text": quotation.lead,
        "side": quotation.money,
        "action": _("Read and answer"),
    }


def _to_pay(invoice):
    text = _("due on {day}").format(day=date_format(invoice.due_on, "j M Y"))
    if n := invoice.days_late:
        text = ngettext("{n} day overdue", "{n} days overdue", n).format(n=n)
    return {
        "icon": "receipt",
        "title": invoice,
        "url": reverse("portal:invoice", args=[invoice.pk]),
        "text": text,
        "is_late": invoice.is_overdue,
        "side": invoice.owed_money,
        "action": _("Look and pay"),
    }


def spending(user):
    """One pie of the own purchases by product category for each currency."""
    own = PurchaseLine.objects.filter(purchase__in=Purchase.objects.visible_to(user))
    rows = (
        own.filter(cents__gt=0)
        .values("purchase__currency", "product__category")
        .annotate(cents=Sum("cents"))
        .order_by("purchase__currency", "-cents")
    )
    slices = {}
    for row in rows:
        currency = row["purchase__currency"]
        amount = to_decimal(row["cents"], currency)
        label = row["product__category"] or _("Other products")
        slice_ = Slice(label, amount, text=show(amount, currency))
        slices.setdefault(currency, []).append(slice_)
    several = len(slices) > 1
    title = _("What you spent it on")
    return [
        pie(
            found,
            title=f"{title} ({currency})" if several else title,
            total=brief(sum(row.value for row in found), currency),
            show=partial(show, currency=currency),
        )
        for currency, found in slices.items()
    ]
