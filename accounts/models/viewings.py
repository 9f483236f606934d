"""Looking at the pages of somebody else as they see them: recorded, and told to them."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from notifications.actions import record

MINUTES = 30
SESSION_KEY = "viewing"  # in the session of who looks: the number of the Viewing


class ViewingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins see who looked at whom; everybody who looked at them."""
        if user.role == User.Role.ADMIN:
            return self
        return self.filter(models.Q(person=user) | models.Q(viewer=user))

    def editable_by(self, user):
        return self.filter(viewer=user)

    def running(self):
        return self.filter(ended__isnull=True, until__gt=timezone.now())


class Viewing(models.Model):
    """`viewer` sees the pages of `person`, and can change nothing, until `until`."""

    viewer = models.ForeignKey(User, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="viewings")
    started = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    EXPORT = ("started", "until", "ended")

    objects = ViewingQuerySet.as_manager()

    class Meta:
        ordering = ["-started", "-pk"]

    def __str__(self):
        return f"{self.viewer} → {self.person}"

    @classmethod
    @transaction.atomic
    def begin(cls, person, *, by):
        """Begin to look; the person finds it in the bell."""
        until = timezone.now() + timedelta(minutes=MINUTES)
        row = cls.objects.create(viewer=by, person=person, until=until)
        text = _(
            "{by} looks at your pages as you see them, for {n} minutes at most; "
            "nothing can be changed that way."
        ).format(by=by, n=MINUTES)
        record("user.viewed", person, by=by, text=text, tell=[person])
        return row

    def end(self):
        """Stop looking."""
        self.ended = timezone.now()
        self.save(update_fields=["ended"])
