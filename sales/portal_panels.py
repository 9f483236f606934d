"""The home of the customer area: what is to be answered and paid, and the spending."""

from functools import partial

from django.db.models import Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.lib.charts import Slice, pie
from crm.lib.money import brief, show, to_decimal
from sales.models import Invoice, Purchase, PurchaseLine, Quotation
from sales.standing import owed_text

SHOWN = 5


def portal_panel(user, *, can_answer=True):
    """What waits for an answer or a payment, and what the own money was spent on.

    A reader, who can answer nothing, reads what waits for the colleagues.
    """
    waiting = Quotation.objects.visible_to(user).waiting().select_related("lead")
    owed = list(Invoice.objects.visible_to(user).open().order_by("due_on", "pk"))
    return {
        "waits": [
            *(_to_answer(row, can_answer) for row in waiting[:SHOWN]),
            *_to_pay(owed, can_answer),
        ],
        "pies": spending(user),
    }


def _to_answer(quotation, can_answer):
    return {
        "icon": "file-text",
        "title": quotation,
        "url": reverse("portal:quotation", args=[quotation.pk]),
        "text": quotation.lead,
        "side": quotation.money,
        "action": _("Read and answer") if can_answer else _("Read"),
    }


def _to_pay(invoices, can_answer):
    """One line for all of them, so that the projects stay in sight."""
    if not invoices:
        return []
    first, n = invoices[0], len(invoices)
    line = {
        "icon": "receipt",
        "title": first,
        "url": reverse("portal:invoice", args=[first.pk]),
        "text": _when_due(invoices),
        "is_late": first.is_overdue,
        "side": owed_text(invoices),
        "action": _("Look and pay") if can_answer else _("Read"),
    }
    if n > 1:
        line["title"] = ngettext("{n} invoice", "{n} invoices", n).format(n=n)
        line["url"] = reverse("portal:invoices")
    return [line]


def _when_due(invoices):
    """Of what is due first: how late it is, or its day."""
    first = invoices[0]
    if not first.is_overdue:
        day = date_format(first.due_on, "j M Y")
        return _("due on {day}").format(day=day)
    n = first.days_late
    if len(invoices) == 1:
        return ngettext("{n} day overdue", "{n} days overdue", n).format(n=n)
    text = ngettext("the first {n} day overdue", "the first {n} days overdue", n)
    return text.format(n=n)


def being_prepared(user):
    """What the client asked for and waits for: each lead once, whatever its drafts."""
    drafts = Quotation.objects.being_prepared(user).select_related("lead")
    return list({row.lead_id: row for row in drafts[:SHOWN]}.values())


def spending(user):
    """One pie of the own purchases, less refunds, by category for each currency."""
    own = PurchaseLine.objects.filter(purchase__in=Purchase.objects.visible_to(user))
    rows = (
        own.values("purchase__currency", "product__category")
        .annotate(cents=Sum("cents"))
        .filter(cents__gt=0)
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
