"""What follows from projects in other places; the table is crm/reactions.py."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import Contact, Firm, User
from accounts.portal import only_reads
from notifications.actions import send_template
from notifications.models import Event, Message, Notification
from projects.models import Document, Milestone, Post, ProjectMember
from projects.threads import MAILED, Thread

APART = timedelta(minutes=10)  # two mails to one reader about one thread


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
    key = f"milestone-done:{step.pk}:{step.done_on}"
    _mail_readers("milestone_done", project.client, context, key=key, event=event)


def mail_milestone_delayed(event: Event) -> None:
    """Tell the client's people that it takes longer; once per milestone and planned day."""
    step = _milestone(event)
    if step is None or not step.client_visible or not step.is_late:
        return
    project = step.project
    if project.client.is_blocked or project.client.trashed or project.trashed:
        return
    path = reverse("portal:project", args=[project.pk])
    context = {
        "milestone": step,
        "project": project,
        "firm": Firm.get(),
        "url": f"{settings.SITE_URL}{path}",
    }
    key = f"milestone-late:{step.pk}:{step.planned_on}"
    _mail_readers("milestone_delayed", project.client, context, key=key, event=event)


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
    key = f"document:{document.pk}:{document.number}"
    _mail_readers("document_shared", project.client, context, key=key, event=event)


def mail_post(event: Event) -> None:
    """Tell the other side by mail; one mail per thread and reader in ten minutes.

    A word within ten minutes of the last mail is told of when they are over, unless
    it was read by then (`threads.mark_seen`).
    """
    rows = Post.objects.select_related("by", "client__owner", "project")
    post = rows.filter(event=event).first()
    if post is None or post.client.is_blocked or post.client.trashed:
        return
    thread, firm = Thread(post.client, post.project), Firm.get()
    for reader in mailed_of(post):
        stem = f"post:{thread.key}:{reader.pk}:"
        after = next_mail(reader, stem)
        if after is None:
            continue
        context = {
            "by": post.by,
            "reader": reader,
            "only_reads": only_reads(reader),
            "name": post.project or firm.name,
            "text": Truncator(post.text).chars(400),
            "firm": firm,
            "url": f"{settings.SITE_URL}{thread.url_for(reader)}",
        }
        send_template(
            MAILED,
            reader,
            context,
            key=f"{stem}{post.pk}",
            client=post.client,
            recipient=reader,
            event=event,
            not_before=after,
        )


def mailed_of(post: Post) -> list[User]:
    """Who of the other side has not read it: logins, or owner and lead (else all told)."""
    unread = Notification.objects.unread().filter(event=post.event_id)
    told = User.objects.filter(pk__in=unread.values("recipient"), is_active=True)
    if post.by is None or post.by.role != User.Role.CLIENT:
        return list(told.filter(role=User.Role.CLIENT))
    staff = told.exclude(role=User.Role.CLIENT)
    lead = ProjectMember.objects.filter(project=post.project, right="lead")
    first = staff.filter(Q(pk=post.client.owner_id) | Q(pk__in=lead.values("user")))
    return list(first) or list(staff)


def next_mail(reader: User, stem: str) -> datetime | None:
    """When the next mail about a thread may leave; None when one waits already."""
    User.objects.select_for_update().get(pk=reader.pk)  # two words at once: one mail
    mails = Message.objects.filter(recipient=reader, key__startswith=stem)
    sent = mails.exclude(state=Message.State.CANCELLED).order_by("-not_before")
    last, now = sent.values_list("not_before", flat=True).first(), timezone.now()
    if last is None or last <= now - APART:
        return now
    return last + APART if last <= now else None


def _mail_readers(
    name: str, client: Any, context: dict, *, key: str, event: Event
) -> None:
    """Mail it to each of the client's people with a login, once per `key`."""
    for contact in readers(client):
        send_template(
            name,
            contact,
            context | {"contact": contact},
            key=f"{key}:{contact.pk}",
            client=client,
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
