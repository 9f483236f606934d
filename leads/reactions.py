"""What follows from leads in other places; the table is crm/reactions.py."""

from accounts.models import User
from leads.models import Lead
from notifications.models import Event, Notification


def tell_managers_of_win(event: Event) -> None:
    """Let the owner and the department's managers find the win in their bell."""
    topic = event.topics.filter(topic=Lead._meta.label_lower).first()
    lead = Lead.objects.filter(pk=topic.object_id).first() if topic else None
    if lead is None:
        return
    managers = User.objects.filter(
        role=User.Role.MANAGER, department=lead.department_id, is_active=True
    )
    for user in {*managers, *filter(None, [lead.owner])}:
        if user.pk != event.actor_id:
            Notification.objects.get_or_create(event=event, recipient=user)
