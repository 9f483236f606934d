"""Which meetings somebody sees, and those one asks for."""

from datetime import time, timedelta

from django.core.signing import BadSignature
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Client, User
from crm.lib.access import sees
from crm.lib.clock import instant
from crm.lib.links import key_in
from leads.models.leads import Lead

LINK = "leads.meeting"
LONGEST = timedelta(days=1)  # forms and the API allow eight hours


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those about leads and clients one sees; for clients theirs."""
        if user.role == User.Role.ADMIN:
            return self
        if user.role == User.Role.CLIENT:
            theirs = self.filter(client__in=Client.objects.visible_to(user))
            return theirs.filter(lead__trashed__isnull=True)
        if not user.is_seller:
            return self.none()
        seen = Q(host=user) | sees(user, lead=Lead, client=Client)
        if user.role == User.Role.MANAGER and user.department_id:
            seen |= Q(host__department=user.department_id)
        return self.filter(seen)

    def editable_by(self, user):
        """Staff edit; a client's owner moves and cancels, a reader only reads."""
        if user.role == User.Role.CLIENT:
            return self.visible_to(user).filter(
                client__contacts__user=user, client__contacts__right="owner"
            )
        return self.visible_to(user) if user.is_seller else self.none()

    def signed(self, text):
        """The one a mailed link opens; nothing for a link that is not ours."""
        try:
            pk = key_in(text, LINK)
        except BadSignature:
            return self.none()
        gone = Q(lead__trashed__isnull=False) | Q(client__trashed__isnull=False)
        return self.filter(pk=pk).exclude(gone | Q(client__blocked__isnull=False))

    def taking_time(self):
        return self.exclude(state="cancelled")

    def booked(self):
        return self.filter(state="booked")

    def upcoming(self):
        return self.booked().filter(ends__gt=timezone.now()).order_by("starts", "pk")

    def past(self):
        return self.filter(ends__lte=timezone.now()).order_by("-starts", "-pk")

    def behind(self):
        """All that are not still to come: over, cancelled or settled."""
        now = timezone.now()
        return self.exclude(state="booked", ends__gt=now).order_by("-starts", "-pk")

    def unsettled(self):
        """Over, and nobody has said whether they were held."""
        return self.booked().filter(ends__lte=timezone.now())

    def between(self, start, end):
        """Those that touch [start, end), by their beginning."""
        near = {"starts__lt": end, "starts__gt": start - LONGEST}  # as the index can
        return self.filter(**near, ends__gt=start).order_by("starts", "pk")

    def today(self, zone=None):
        """Those of the reader's today that still take time."""
        day = timezone.localdate(timezone=zone)
        zone = zone or timezone.get_current_timezone()
        edges = [instant(d, time(0), zone) for d in (day, day + timedelta(days=1))]
        return self.taking_time().between(*edges)

    def of_host(self, user):
        return self.filter(host=user)

    def of_visitor(self, email):
        """Those that a stranger booked with this e-mail."""
        return self.filter(by=None, guests__email__iexact=email)

    def with_names(self):
        return self.select_related("host", "lead", "client", "kind")
