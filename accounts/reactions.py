"""What follows for people and clients from what happened."""

from accounts.actions import cancel_messages_to
from accounts.models import Client, User


def cancel_what_waits_for_user(event):
    """Somebody who was shut out gets nothing more."""
    cancel_messages_to(subjects(event, User))


def cancel_what_waits_for_client(event):
    """Neither does a blocked client, nor anybody there."""
    for client in subjects(event, Client):
        cancel_messages_to([], client)


def subjects(event, model):
    """The rows of `model` that the event is about."""
    label = model._meta.label_lower
    pks = [topic.object_id for topic in event.topics.all() if topic.topic == label]
    return list(model.objects.filter(pk__in=pks))
