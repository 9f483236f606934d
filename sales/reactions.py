"""What follows from sales in other places; the table is crm/reactions.py."""

from django.conf import settings
from django.urls import reverse

from accounts.models import Firm
from notifications.actions import send_template
from notifications.models import Event
from sales.models import Invoice, Quotation


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
    for person, name, url in _readers(quotation):
        send_template(
            kind,
            person,
            {
                "quotation": quotation,
                "lines": quotation.lines.all(),
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
    topic = event.topics.filter(topic=Invoice._meta.label_lower).first()
    rows = Invoice.objects.select_related("client")
    invoice = rows.filter(pk=topic.object_id).first() if topic else None
    if invoice is None or not invoice.is_open or invoice.client.is_blocked:
        return
    for person, signs_in in invoice.readers():
        path = (
            reverse("portal:invoice", args=[invoice.pk])
            if signs_in
            else invoice.get_signed_url()
        )
        send_template(
            "invoice_sent",
            person,
            {
                "invoice": invoice,
                "name": person.name,
                "firm": Firm.get(),
                "url": f"{settings.SITE_URL}{path}",
                "signs_in": signs_in,
            },
            key=f"invoice-sent:{invoice.pk}:{person.email}"[:120],
            client=invoice.client,
            event=event,
            secret=not signs_in,
        )
