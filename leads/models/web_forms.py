"""Forms that strangers fill in on a firm's site, and what they sent."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Medium, User
from leads.models.leads import Lead
from notifications.models import Channel

SITE = RegexValidator(
    r"^https?://[a-z0-9.-]+(:\d{1,5})?\Z",
    _("Write a site as https://www.example.com, without a path."),
)


class WebFormQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.role == User.Role.ADMIN:
            return self
        if user.role == User.Role.MANAGER:
            return self.filter(department=user.department_id)
        return self.none()

    editable_by = visible_to

    def public(self):
        """The forms that anybody may open by their address, closed ones too."""
        return self

    def with_figures(self, since):
        """Annotate what came in since a time, and the leads made of all that came."""
        recent = models.Q(submissions__at__gte=since)
        made = models.Q(submissions__is_new=True)
        return self.annotate(
            came=models.Count("submissions", filter=recent),
            made=models.Count("submissions", filter=made),
        )


def asked_at_first():
    return {"email": "required", "phone": "optional", "message": "required"}


class WebForm(models.Model):
    """A form on a page of its own, to link to or to embed in another site."""

    class Question(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telephone")
        COMPANY = "company", _("Company")
        CITY = "city", _("City")
        COUNTRY = "country", _("Country")
        INTEREST = "interest", _("What are you interested in?")
        BUDGET = "budget", _("Budget")
        MESSAGE = "message", _("How can we help?")

    class Need(models.TextChoices):
        NO = "", _("not asked")
        OPTIONAL = "optional", _("optional")
        REQUIRED = "required", _("required")

    class Allows(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("SMS")
        BOTH = "both", _("e-mail and SMS")

    name = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("The last part of its address, such as “contact”."),
    )
    intro = models.TextField(_("what stands above it"), max_length=1000, blank=True)
    asks = models.JSONField(default=asked_at_first, editable=False)
    interests = models.TextField(
        _("what one may be interested in"),
        max_length=2000,
        blank=True,
        help_text=_("One answer a line; empty: people write it themselves."),
    )
    consent = models.TextField(
        _("wording of the consent"),
        max_length=1000,
        blank=True,
        help_text=_("Stands beside a tick that is never required. Empty: no tick."),
    )
    consent_for = models.CharField(
        _("the tick allows"), max_length=5, choices=Allows, default=Allows.EMAIL
    )
    button = models.CharField(_("button"), max_length=40, default=_("Send"))
    thanks = models.TextField(
        _("what they read afterwards"),
        max_length=1000,
        default=_("Thank you. We have your message and will answer soon."),
    )
    reply_subject = models.CharField(
        _("subject of the answer by e-mail"), max_length=150, blank=True
    )
    reply = models.TextField(
        _("answer by e-mail"),
        max_length=5000,
        blank=True,
        help_text=_("Sent at once to the address they gave. Empty: none."),
    )
    medium = models.ForeignKey(
        Medium,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="web_forms",
        verbose_name=_("medium of contact"),
        help_text=_("Unless the link they came by names another (utm_medium)."),
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="web_forms",
        verbose_name=_("department"),
    )
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="web_forms",
        verbose_name=_("leads go to"),
    )
    sites = models.TextField(
        _("sites that may embed it"),
        max_length=2000,
        blank=True,
        help_text=_("One a line, such as https://www.example.com. Empty: any site."),
    )
    is_open = models.BooleanField(_("open to the public"), default=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = WebFormQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("leads:web_form_edit", args=[self.pk])

    def get_public_url(self):
        """Its address as the world sees it, with the site."""
        return f"{settings.SITE_URL}{reverse('forms:form', args=[self.slug])}"

    @property
    def questions(self):
        """What it asks beside the name, in order: (question, whether it is required)."""
        return [
            (question, self.asks[question] == self.Need.REQUIRED)
            for question in self.Question.values
            if self.asks.get(question)
        ]

    @property
    def interest_list(self):
        return lines_of(self.interests)

    @property
    def site_list(self):
        return lines_of(self.sites)

    @property
    def channels(self):
        """The channels that its tick allows."""
        if not self.consent:
            return ()
        if self.consent_for == self.Allows.BOTH:
            return (Channel.EMAIL, Channel.SMS)
        return (Channel(self.consent_for),)


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(form__in=WebForm.objects.visible_to(user))

    def editable_by(self, user):
        return self.none()


class Submission(models.Model):
    """A form that was sent: its mark is unique, so one page is taken in once."""

    form = models.ForeignKey(WebForm, models.PROTECT, related_name="submissions")
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="submissions")
    mark = models.CharField(max_length=40, unique=True)
    answers = models.JSONField(default=dict)
    campaign = models.JSONField(default=dict)  # utm_… and page, as far as known
    is_new = models.BooleanField(default=False)  # it made the lead
    at = models.DateTimeField(default=timezone.now)

    PERSONAL = ("answers",)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["form", "-at"], name="submission_of_form")]

    def __str__(self):
        return f"{self.form}, {self.at:%Y-%m-%d %H:%M}"
