"""What other pages show of requests."""

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.portal import may_write, writes
from crm.lib.dates import when
from projects.models import Request

SHOWN = 5


def with_asked(about, user, name="client"):
    """Annotate clients (or projects, by that `name`) with what was asked about them.

    How much of it is unsolved, and what waits longest.
    """
    rows = Request.objects.visible_to(user).unsolved().filter(**{name: OuterRef("pk")})
    number = rows.order_by().values(name).annotate(n=Count("pk")).values("n")
    first = rows.order_by("since", "pk")
    return about.annotate(
        asked=Subquery(number),
        asked_pk=Subquery(first.values("pk")[:1]),
        asked_subject=Subquery(first.values("subject")[:1]),
        asked_since=Subquery(first.values("since")[:1]),
    )


def client_panel(user, client):
    """Of a client `with_asked`: what waits longest, and the way to write one down."""
    return "requests/_client_panel.html", {"client": client}


def portal_panel(user, contact):
    """What is not solved yet, what of it waits for the client, and whether one may ask."""
    rows = Request.objects.visible_to(user).unsolved()
    newest = list(rows.order_by("-since", "-pk")[:SHOWN])
    waiting = [row for row in newest if row.state == row.State.WAITING]
    can_ask = may_write(contact)
    return {
        "rows": newest,
        "waits": [_to_answer(row, can_ask) for row in waiting],
        "can_ask": can_ask,
    }


def ask_about_invoice(user, invoice):
    """The button that opens a request about this invoice; nothing for a reader."""
    context = {"invoice": invoice, "can_ask": writes(user)}
    return "requests/_ask_about_invoice.html", context


def _to_answer(row, can_answer):
    ours = _("We need a word from you."), _("Read and answer")
    text, action = (
        ours if can_answer else (_("We need a word from your firm."), _("Read"))
    )
    return {
        "icon": "life-buoy",
        "title": row.subject,
        "url": reverse("portal:request", args=[row.pk]),
        "text": text,
        "side": when(row.since),
        "action": action,
    }
