"""The public page on which anybody books a meeting with a seller."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Medium, User
from leads.models.hours import MeetingKind, hosts_for


class BookingPageQuerySet(models.QuerySet):
    def public(self):
        """Those that are on, of people who still work with clients."""
        sellers = User.objects.sellers()
        rows = self.filter(is_on=True, person__in=sellers)
        return rows.select_related("person", "medium")

    def visible_to(self, user):
        return self.filter(person__in=hosts_for(user))

    editable_by = visible_to


class BookingPage(models.Model):
    """Where strangers book a person's free time; off until somebody turns it on."""

    person = models.OneToOneField(User, models.CASCADE, related_name="booking_page")
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("The last part of its address, such as “anna”."),
    )
    is_on = models.BooleanField(_("open to the public"), default=False)
    intro = models.TextField(_("what stands above it"), max_length=1000, blank=True)
    kinds = models.ManyToManyField(
        MeetingKind,
        blank=True,
        related_name="+",
        verbose_name=_("kinds of meetings"),
        help_text=_("None ticked: all that clients may book."),
    )
    medium = models.ForeignKey(
        Medium,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="booking_pages",
        verbose_name=_("medium of contact"),
        help_text=_("Of the leads it makes, unless the link names another."),
    )

    objects = BookingPageQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self):
        return self.slug

    @classmethod
    def of(cls, person):
        return cls.objects.filter(person=person).first() or cls(person=person)

    def get_public_url(self):
        """Its address as the world sees it, with the site."""
        return f"{settings.SITE_URL}{reverse('book:page', args=[self.slug])}"

    def get_kinds(self):
        """The kinds it offers: those chosen, else all that clients may book."""
        own = self.kinds.for_clients()
        return own if own.exists() else MeetingKind.objects.for_clients()
