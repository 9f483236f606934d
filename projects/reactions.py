"""What follows from projects in other places; the table is crm/reactions.py."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Contact, Firm, User
from notifications.actions import send_template
from notifications.models import Event
from projects.models import Document, Milestone


def mail_milestone_done(event: Event) -> None:
    """Tell the client's people with a login; once per milestone and day."""
    step = _milestone(event)
    if step is None or not step.client_visible or step.done_on is None:
        return
    project = step.project
    if project.client.is_blocked or project.client.trashed:
        return
    path = reverse("portal:project", args=[project.pk])
    context = {
        "milestone": step,
        "project": project,
        "next": project.milestones.open().filter(client_visible=True).first(),
        "firm": Firm.get(),
        "url": f"{settings.SITE_URL}{path}",
    }
    for contact in readers(project.client):
        send_template(
            "milestone_done",
            contact,
            context | {"contact": contact},
            key=f"milestone-done:{step.pk}:{step.done_on}:{contact.pk}",
            client=project.client,
            recipient=contact.user,
            event=event,
        )


def mail_document_shared(event: Event) -> None:
    """Tell the client's people of a file they can read now; once per version."""
    document = _document(event)
    own = event.actor and event.actor.role == User.Role.CLIENT
    if own or document is None or not document.client_visible:
        return
    project = document.project
    if project.client.is_blocked or project.client.trashed or project.trashed:
        return
    path = reverse("portal:documents", args=[project.pk])
    context = {
        "document": document,
        "project": project,
        "firm": Firm.get(),
        "url": f"{settings.SITE_URL}{path}",
    }
    for contact in readers(project.client):
        send_template(
            "document_shared",
            contact,
            context | {"contact": contact},
            key=f"document:{document.pk}:{document.number}:{contact.pk}",
            client=project.client,
            recipient=contact.user,
            event=event,
        )


def readers(client: Any) -> list[Contact]:
    """The client's people who can sign in."""
    people = client.contacts.filter(user__is_active=True)
    return list(people.select_related("user"))


def _milestone(event: Event) -> Milestone | None:
    label = Milestone._meta.label_lower
    topic = event.topics.filter(topic=label).first()
    rows = Milestone.objects.select_related("project__client")
    return rows.filter(pk=topic.object_id).first() if topic else None


def _document(event: Event) -> Document | None:
    topic = event.topics.filter(topic=Document._meta.label_lower).first()
    rows = Document.objects.alive().select_related("project__client")
    return rows.filter(pk=topic.object_id).first() if topic else None
