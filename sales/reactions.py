"""What follows from sales in other places; the table is crm/reactions.py."""

from functools import partial

from django.conf import settings
from django.urls import reverse

from accounts.models import Firm
from leads.reactions import mail_arrival
from notifications.actions import send_template
from notifications.models import Event
from sales.models import Invoice, Quotation
from sales.paper import sums_text


def mail_quotation_asked(event: Event) -> None:
    """Mail what a client asked for to those who find it in their bell."""
    mail_arrival(event, "quotation_asked")


def mail_quotation_sent(event: Event) -> None:
    """Mail the offer to who may answer it, with a link; a lead needs no login."""
    _mail(event, "quotation_sent")


def mail_quotation_expiring(event: Event) -> None:
    """Remind the same people while there is still time to answer."""
    _mail(event, "quotation_expiring")


def _mail(event: Event, kind: str) -> None:
    topic = event.topics.filter(topic=Quotation._meta.label_lower).first()
    rows = Quotation.objects.select_related("lead__client", "by")
    quotation = rows.filter(pk=topic.object_id).first() if topic else None
    if quotation is None or not quotation.can_be_answered:
        return
    lines = list(quotation.lines.all())
    for person, name, url in _readers(quotation):
        send_template(
            kind,
            person,
            {
                "quotation": quotation,
                "lines": lines,
                "sums": partial(sums_text, quotation, lines),  # in the reader's words
                "name": name,
                "firm": Firm.get(),
                "url": url,
            },
            key=f"{kind.replace('_', '-')}:{quotation.pk}:{person.email}"[:120],
            client=quotation.lead.client,
            event=event,
        )


def _readers(quotation: Quotation) -> list:
    """Person, name and link: the client's owners, else the lead, by a signed link."""
    lead, client = quotation.lead, quotation.lead.client
    if client and client.is_blocked:
        return []
    path = reverse("portal:quotation", args=[quotation.pk])
    owners = (
        client.contacts.filter(right="owner", user__is_active=True) if client else ()
    )
    found = [(who, who.name, f"{settings.SITE_URL}{path}") for who in owners]
    link = f"{settings.SITE_URL}{quotation.get_signed_url()}"
    return found or ([(lead, lead.contact_name, link)] if lead.email else [])


def mail_invoice_sent(event: Event) -> None:
    """Mail the invoice: a link into the customer area, or one that needs no login."""
    invoice = _invoice_of(event)
    if invoice and invoice.is_open:
        _mail_invoice(event, "invoice_sent", invoice, invoice)


def mail_invoice_taken_back(event: Event) -> None:
    """Say that nothing is to be paid any more, with the credit note if there is one."""
    invoice = _invoice_of(event)
    if invoice and invoice.is_taken_back:
        note = invoice.credit_notes.first()
        _mail_invoice(event, "invoice_taken_back", invoice, note or invoice)


def _invoice_of(event: Event) -> Invoice | None:
    topic = event.topics.filter(topic=Invoice._meta.label_lower).first()
    rows = Invoice.objects.select_related("client").filter(client__blocked=None)
    return rows.filter(pk=topic.object_id).first() if topic else None


def _mail_invoice(event: Event, kind: str, invoice: Invoice, paper: Invoice) -> None:
    """Mail about `invoice` with a link to `paper`, itself or its credit note."""
    for person, signs_in in invoice.readers():
        area = reverse("portal:invoice", args=[paper.pk])
        path = area if signs_in else paper.get_signed_url()
        context = {
            "invoice": invoice,
            "paper": paper,
            "reader": person,
            "firm": Firm.get(),
            "url": f"{settings.SITE_URL}{path}",
            "signs_in": signs_in,
        }
        send_template(
            kind,
            person,
            context,
            key=f"{kind.replace('_', '-')}:{invoice.pk}:{person.email}"[:120],
            client=invoice.client,
            event=event,
            secret=not signs_in,
        )
