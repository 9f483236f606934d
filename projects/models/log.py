"""What was built, decided or went wrong; and how a project came to be."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from projects.models.milestones import Milestone
from projects.models.projects import Project


class LogEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(project__in=Project.objects.visible_to(user))
        return (
            rows.filter(client_visible=True) if user.role == User.Role.CLIENT else rows
        )

    def editable_by(self, user):
        return self.filter(project__in=Project.objects.editable_by(user))


class LogEntry(models.Model):
    """What was built, decided or went wrong; shown to the client only when marked."""

    class Kind(models.TextChoices):
        BUILD = "build", _("Build note")
        DECISION = "decision", _("Decision")
        PROBLEM = "problem", _("Problem")
        NOTE = "note", _("Note")

    project = models.ForeignKey(Project, models.CASCADE, related_name="log")
    milestone = models.ForeignKey(
        Milestone, models.SET_NULL, null=True, blank=True, related_name="log"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BUILD)
    text = models.TextField(_("text"))
    client_visible = models.BooleanField(_("show in the customer area"), default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    EXPORT = ("kind", "text", "at")

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = _("log entries")
        indexes = [models.Index(fields=["project", "-at"], name="logentry_of_project")]

    def __str__(self):
        return self.text[:60]


class Start(models.Model):
    """What `start_project` did, so that it can be undone while nothing was done."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="start")
    made_client = models.BooleanField(default=False)
    linked_client = models.BooleanField(default=False)  # the lead had none before
    made_contact = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invitation = models.ForeignKey(
        "accounts.Invitation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    previous_stage = models.ForeignKey("leads.Stage", models.PROTECT, related_name="+")
    previous_since = models.DateTimeField(null=True, blank=True)
    previous_owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    previous_department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    previous_why = models.CharField(max_length=300, blank=True)  # it had this owner
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    MERGE = {"made_contact": "move"}
    EXPORT = ()

    def __str__(self):
        return f"{self.project} ({self.at:%Y-%m-%d})"
