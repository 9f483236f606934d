"""What client and firm say to each other: a thread per project, and one in general."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, User
from crm.lib.errors import NotAllowedNow
from notifications.models import Event, Notification
from projects.models.projects import Project


class ClientIsBlocked(NotAllowedNow):
    def __init__(self, client, row=None):
        text = _("{client} is blocked and would not read it: unblock first.")
        super().__init__(text.format(client=client), row or client)


class PostQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was said about projects this user may see, or to a client in general."""
        projects = Project.objects.visible_to(user)
        general = Q(project=None, client__in=Client.objects.visible_to(user))
        return self.filter(Q(project__in=projects) | general)

    def editable_by(self, user):
        """What was said stays as it was."""
        return self.none()

    def with_news(self, user):
        """Annotate `is_new`: it stands unread in this user's bell."""
        unread = Notification.objects.visible_to(user).unread()
        return self.annotate(is_new=Exists(unread.filter(event=OuterRef("event"))))

    def unread_by(self, user):
        return self.with_news(user).filter(is_new=True)

    def by_clients(self):
        return self.filter(by__role=User.Role.CLIENT)

    def with_names(self):
        return self.select_related("by", "project", "client")


class Post(models.Model):
    """One message in a thread: about a project, or to the client in general."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="posts")
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="posts"
    )
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("message"))
    at = models.DateTimeField(default=timezone.now)
    # Its line on the timelines; who has not read it has it in the bell.
    event = models.OneToOneField(
        Event, models.SET_NULL, null=True, blank=True, related_name="post"
    )

    MERGE = {"client": "move"}
    PERSONAL = ("text",)
    EXPORT = ("text", "at")

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["client", "-id"], name="post_of_client"),
            models.Index(fields=["project", "-id"], name="post_of_project"),
        ]

    def __str__(self):
        return self.text[:60]
