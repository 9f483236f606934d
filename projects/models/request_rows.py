"""Which requests somebody sees and answers, and those one asks for."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Client, User
from crm.lib.search import found
from projects.models.projects import Project

LATE = timedelta(
    days=1
)  # for so long a client waits for our word without our being late
OPEN = ("open", "waiting")
OVER = ("solved", "closed")


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those one holds: by department, client, project or by name.

        A client's people see those of their own firm that a person wrote or answered.
        """
        rows = self.filter(client__trashed__isnull=True)
        if user.role == User.Role.ADMIN:
            return rows
        if user.role == User.Role.MANAGER:
            own = Q(client__department=user.department_id)
            return rows.filter(own | Q(department=user.department_id))
        if user.role == User.Role.BD:
            return rows.filter(Q(client__owner=user) | Q(owner=user))
        if user.role == User.Role.DEV:
            worked_on = Q(project__in=Project.objects.visible_to(user))
            return rows.filter(worked_on | Q(owner=user))
        if user.role == User.Role.CLIENT:
            own = rows.filter(client__in=Client.objects.visible_to(user))
            return own.filter(client_visible=True)
        return self.none()

    def editable_by(self, user):
        """Answer and solve: sellers, who leads the project or has it; a client's owners."""
        rows = self.visible_to(user)
        if user.role == User.Role.CLIENT:
            return rows.filter(
                client__contacts__user=user, client__contacts__right="owner"
            )
        if user.role == User.Role.DEV:
            led = Q(project__in=Project.objects.led_by(user))
            return rows.filter(led | Q(owner=user))
        return rows

    def with_names(self):
        return self.select_related("client", "project", "department", "owner")

    def unsolved(self):
        return self.filter(state__in=OPEN)

    def open(self):
        """Those in which the next word is ours."""
        return self.filter(state="open")

    def waiting(self):
        return self.filter(state="waiting")

    def over(self):
        return self.filter(state__in=OVER)

    def unanswered(self):
        return self.open().filter(answered__isnull=True)

    def late(self):
        """Open ones in which the client has waited for more than a day."""
        return self.open().filter(since__lt=timezone.now() - LATE)

    def held_by(self, user):
        return self.filter(owner=user)

    def of_lately(self, days):
        """Those that a person asked in these days, for how long answers take."""
        since = timezone.now() - timedelta(days=days)
        return self.filter(created__gte=since).exclude(origin="rule")

    def found(self, words):
        """Those whose subject, or whose client, holds every one of the words."""
        own, clients = found(self, words), Client.objects.found(words)
        return self.filter(Q(pk__in=own.values("pk")) | Q(client__in=clients))

    def counts(self, user):
        """How many are unsolved, and of these ours, late, this person's …, in one query."""
        ours, late = Q(state="open"), Q(since__lt=timezone.now() - LATE)
        return self.unsolved().aggregate(
            unsolved=Count("pk"),
            open=Count("pk", filter=ours),
            unanswered=Count("pk", filter=ours & Q(answered__isnull=True)),
            late=Count("pk", filter=ours & late),
            waiting=Count("pk", filter=Q(state="waiting")),
            mine=Count("pk", filter=Q(owner=user)),
        )
