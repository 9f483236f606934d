"""Who is mailed when something was said about a request; the table is crm/reactions.py."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import Firm, User
from accounts.portal import only_reads
from notifications.actions import send_template
from notifications.models import Event, Notification
from projects.models import Request
from projects.reactions import next_mail

TOLD = "request_told"  # the template of the mail
# Of these a colleague mails clients alone; of all others whoever was told.
ACROSS = ("request.answered", "request.solved", "request.reopened")


def mail_request(event: Event) -> None:
    """Mail those in whose bell it stands unread; one mail per reader in ten minutes."""
    topic = event.topics.filter(topic=Request._meta.label_lower).first()
    rows = Request.objects.select_related("client")
    request = rows.filter(pk=topic.object_id).first() if topic else None
    if request is None or request.client.trashed:
        return
    head, _line, text = event.text.partition("\n")
    for reader in _mailed(event, request):
        stem = f"request:{request.pk}:{reader.pk}:"
        after = next_mail(reader, stem)
        if after is None:
            continue
        context = {
            "head": head,
            "text": Truncator(text).chars(400),
            "reader": reader,
            "only_reads": only_reads(reader),
            "request": request,
            "firm": Firm.get(),
            "url": f"{settings.SITE_URL}{url_for(reader, request)}",
        }
        send_template(
            TOLD,
            reader,
            context,
            key=f"{stem}{event.pk}",
            client=request.client,
            recipient=reader,
            event=event,
            not_before=after,
        )


def url_for(user: User, request: Request) -> str:
    """Where this person reads the request and answers."""
    if user.role == User.Role.CLIENT:
        return reverse("portal:request", args=[request.pk])
    return request.get_absolute_url()


def _mailed(event: Event, request: Request) -> list[User]:
    unread = Notification.objects.unread().filter(event=event)
    told = User.objects.filter(pk__in=unread.values("recipient"), is_active=True)
    if request.client.is_blocked:
        told = told.exclude(role=User.Role.CLIENT)
    if event.actor and event.actor.role == User.Role.CLIENT:
        told = told.exclude(role=User.Role.CLIENT)
    elif event.actor and event.kind in ACROSS:
        told = told.filter(role=User.Role.CLIENT)
    return list(told)
