"""What follows for people and clients from what happened."""

from django.conf import settings
from django.urls import reverse

from accounts.actions import cancel_messages_to
from accounts.models import ChangeRequest, Client, Firm, User
from notifications.actions import send_template


def cancel_what_waits_for_user(event):
    """Somebody who was shut out gets nothing more."""
    cancel_messages_to(subjects(event, User))


def cancel_what_waits_for_client(event):
    """Neither does a blocked client, nor anybody there."""
    for client in subjects(event, Client):
        cancel_messages_to([], client)


def mail_change_asked(event):
    """Mail a client's wish to those who find it in their bell."""
    for change in subjects(event, ChangeRequest):
        url = f"{settings.SITE_URL}{change.get_absolute_url()}"
        context = {"change": change, "firm": Firm.get(), "url": url}
        told = event.notifications.filter(recipient__is_active=True)
        for one in told.select_related("recipient"):
            _mail("change_asked", one.recipient, context, event, change.client)


def mail_change_settled(event):
    """Mail the one who asked what became of it."""
    for change in subjects(event, ChangeRequest):
        reader = change.contact.user
        if reader is None or not reader.is_active or reader.pk == event.actor_id:
            continue
        url = f"{settings.SITE_URL}{reverse('portal:profile')}"
        context = {"change": change, "firm": Firm.get(), "url": url}
        _mail("change_decided", reader, context, event, change.client)


def _mail(name, reader, context, event, client):
    """Once per event and reader."""
    send_template(
        name,
        reader,
        context | {"reader": reader},
        key=f"{name}:{event.pk}:{reader.pk}",
        recipient=reader,
        client=client,
        event=event,
    )


def subjects(event, model):
    """The rows of `model` that the event is about."""
    label = model._meta.label_lower
    pks = [topic.object_id for topic in event.topics.all() if topic.topic == label]
    return list(model.objects.filter(pk__in=pks))
