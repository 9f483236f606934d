"""Threads between client and firm: who is in them, what is new, and the word itself."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Client, Contact, User
from notifications.actions import record, unread_of
from notifications.models import Message, Notification
from projects.models import ClientIsBlocked, Post, Project

POSTED = "message.posted"
MAILED = "message_posted"  # the template of the mail that tells of it


@dataclass(frozen=True)
class Thread:
    """What is said about a project, or to a client in general; got through the gate."""

    client: Client
    project: Project | None = None

    @property
    def key(self) -> str:
        return f"project-{self.project.pk}" if self.project else f"{self.client.pk}"

    def posts(self, user: User) -> QuerySet[Post]:
        """What was said in it, the newest first, with `is_new` for this reader."""
        rows = Post.objects.visible_to(user).filter(project=self.project)
        rows = rows if self.project else rows.filter(client=self.client)
        return rows.with_news(user).with_names()

    def may_write(self, user: User) -> bool:
        """Sellers of the client, who leads the project, the client's owners."""
        if user.role == User.Role.CLIENT:
            speakers = Contact.objects.filter(user=user, right=Contact.Right.OWNER)
            return speakers.filter(client=self.client).exists()
        if self.project is None or user.role == User.Role.BD:
            return bool(user.is_seller)
        led = Project.objects.visible_to(user).led_by(user)
        return led.filter(pk=self.project.pk).exists()

    def url_for(self, user: User) -> str:
        """Where this person reads the whole thread and writes into it."""
        if user.role == User.Role.CLIENT:
            if self.project is None:
                return reverse("portal:messages")
            return reverse("portal:project_messages", args=[self.project.pk])
        if self.project is None:
            return reverse("projects:client_messages", args=[self.client.pk])
        return reverse("projects:messages", args=[self.project.pk])


@transaction.atomic
def say(thread: Thread, text: str, *, by: User) -> Post:
    """Write into the thread; everybody in it but the writer finds it in the bell.

    The text stands whole on the timelines of client, project and lead. The other side
    is mailed by `projects.reactions.mail_post`.
    """
    client, project = thread.client, thread.project
    if client.is_blocked:
        raise ClientIsBlocked(client)
    head = _("{by} wrote:").format(by=by)
    if project:
        head = _("{by} wrote about {project}:").format(by=by, project=project)
    event = record(
        POSTED,
        project or client,
        by=by,
        text=f"{head}\n{text}",
        about=[client, project and project.lead],
        tell=_people(thread),
        client_visible=True,
    )
    return Post.objects.create(
        client=client, project=project, by=by, text=text, event=event
    )


def _people(thread: Thread) -> list[User]:
    """The client's logins, its account manager and the team; the sellers if no one is."""
    staff = list(thread.project.team()) if thread.project else []
    staff += [thread.client.owner] if thread.client.owner else []
    staff = staff or list(User.objects.who_see(thread.client))
    return [*staff, *User.objects.filter(contact__client=thread.client)]


def mark_seen(user: User, posts: Q, *, mailed: str = MAILED) -> None:
    """Read in the bell is what was shown; a mail about it that waits is not sent."""
    unread = Notification.objects.visible_to(user).unread().filter(posts)
    events = list(unread.values_list("event", flat=True))
    if not events:
        return
    Notification.objects.visible_to(user).filter(event__in=events).update(
        read=timezone.now()
    )
    user.known_unread = [one for one in unread_of(user) if one[0] not in events]
    waiting = Message.objects.filter(recipient=user, kind=mailed, event__in=events)
    waiting.filter(state=Message.State.QUEUED).update(state=Message.State.CANCELLED)


def read_on(user: User, entries: list[dict]) -> None:
    """Mark what is new of a timeline; the messages among it are read from now on."""
    fresh = dict(unread_of(user))
    for entry in entries:
        entry["is_new"] = fresh.get(entry["event"]) == POSTED
    events = [entry["event"] for entry in entries if entry["is_new"]]
    if events:
        mark_seen(user, Q(event__in=events))


def see(user: User, posts: list[Post]) -> None:
    """The posts are being shown: what was new of them is not any more."""
    events = [post.event_id for post in posts if post.is_new]
    if events:
        mark_seen(user, Q(event__in=events))
