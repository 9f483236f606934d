"""What was said about a request, by both sides and among colleagues."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.models import Event
from projects.models.requests import Request


class RequestPostQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was said about requests one sees; a client's people read no notes."""
        rows = self.filter(request__in=Request.objects.visible_to(user))
        return rows.filter(internal=False) if user.role == User.Role.CLIENT else rows

    def editable_by(self, user):
        """What was said stays as it was."""
        return self.none()


class RequestPost(models.Model):
    """One word about a request; an internal one is for colleagues."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="posts")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("message"))
    internal = models.BooleanField(_("for colleagues only"), default=False)
    at = models.DateTimeField(default=timezone.now)
    event = models.OneToOneField(
        Event, models.SET_NULL, null=True, blank=True, related_name="request_post"
    )

    PERSONAL = ("text",)
    EXPORT = ("text", "at")

    objects = RequestPostQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["request", "id"], name="post_of_request")]

    def __str__(self):
        return self.text[:60]
