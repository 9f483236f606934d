"""How projects begin."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ProjectTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever may start a project may choose how it begins."""
        return self if user.is_seller else self.none()

    def editable_by(self, user):
        may = user.role in (User.Role.ADMIN, User.Role.MANAGER)
        return self if may else self.none()

    def usual(self):
        """The template a start takes unless told otherwise, counted."""
        return self.with_counts().order_by("pk").first()

    def with_counts(self):
        """Annotate how many milestones and tasks a project of each begins with."""
        return self.annotate(
            steps=Count("milestones", distinct=True),
            jobs=Count("milestones__tasks", distinct=True),
        )


class ProjectTemplate(models.Model):
    """How projects of a kind begin: their milestones and durations."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.TextField(_("description"), blank=True)

    objects = ProjectTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:template_edit", args=[self.pk])


class TemplateMilestone(models.Model):
    template = models.ForeignKey(
        ProjectTemplate, models.CASCADE, related_name="milestones"
    )
    name = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("what is delivered"), blank=True)
    days = models.PositiveSmallIntegerField(_("days"), default=14)
    asks_approval = models.BooleanField(_("the client approves it"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class TemplateTask(models.Model):
    """What is to be done for a milestone, some days after it begins."""

    class For(models.TextChoices):
        LEAD = "lead", _("The project lead")
        MEMBER = "member", _("A member")

    milestone = models.ForeignKey(
        TemplateMilestone,
        models.CASCADE,
        related_name="tasks",
        verbose_name=_("milestone"),
    )
    title = models.CharField(_("what to do"), max_length=200)
    days = models.PositiveSmallIntegerField(
        _("days after it begins"), default=0, validators=[MaxValueValidator(730)]
    )
    planned_for = models.CharField(
        _("who does it"), max_length=10, choices=For, default=For.MEMBER
    )

    class Meta:
        ordering = ["milestone__position", "milestone", "days", "pk"]

    def __str__(self):
        return self.title
