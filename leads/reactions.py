"""What follows from leads in other places; the table is crm/reactions.py."""

from django.conf import settings

from accounts.models import Firm, User
from leads.models import Lead
from notifications.actions import send_template
from notifications.models import Event, Notification


def tell_managers_of_win(event: Event) -> None:
    """Let the owner and the department's managers find the win in their bell."""
    lead = _lead(event)
    if lead is None:
        return
    managers = User.objects.filter(
        role=User.Role.MANAGER, department=lead.department_id, is_active=True
    )
    for user in {*managers, *filter(None, [lead.owner])}:
        if user.pk != event.actor_id:
            Notification.objects.get_or_create(event=event, recipient=user)


def mail_form_received(event: Event) -> None:
    """Mail what a form brought to those who find it in their bell."""
    mail_arrival(event, "form_received")


def mail_arrival(event: Event, kind: str) -> None:
    """Mail what came in for a lead to those who find it in their bell."""
    lead = _lead(event)
    if lead is None or lead.trashed:
        return
    told = event.notifications.filter(recipient__is_active=True)
    for one in told.select_related("recipient"):
        url = f"{settings.SITE_URL}{lead.get_absolute_url()}"
        context = {"lead": lead, "text": event.text, "firm": Firm.get(), "url": url}
        send_template(
            kind,
            one.recipient,
            context | {"reader": one.recipient},
            key=f"{kind.replace('_', '-')}:{event.pk}:{one.recipient_id}",
            recipient=one.recipient,
            client=lead.client,
            event=event,
        )


def _lead(event: Event) -> Lead | None:
    topic = event.topics.filter(topic=Lead._meta.label_lower).first()
    return Lead.objects.filter(pk=topic.object_id).first() if topic else None
