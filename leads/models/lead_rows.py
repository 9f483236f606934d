"""Which leads: by who may see them, by state, by what is known of them."""

from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import Place, User
from crm.lib.search import found
from crm.lib.trash import TrashQuerySet
from leads.models.orders import LISTED
from leads.models.stages import Stage


class LeadQuerySet(TrashQuerySet):
    def visible_to(self, user, *, trashed=False):
        """Leads this user may know of; with `trashed` those in the trash instead."""
        rows = self.in_trash() if trashed else self.alive()
        if user.role == User.Role.ADMIN:
            return rows
        if user.role in (User.Role.MANAGER, User.Role.BD):
            return rows.filter(**user.holding())
        return self.none()

    editable_by = visible_to

    def open(self):
        return self.filter(state=Stage.Kind.OPEN)

    def overdue(self):
        return self.open().filter(next_step_on__lt=timezone.localdate())

    def reached(self, stage):
        """Leads in this stage or further on the way to a win; not those lost since."""
        ahead = list(Stage.objects.on_the_way())
        return self.filter(stage__in=ahead[ahead.index(stage) :])

    def found(self, words):
        """Leads whose name, people, addresses or id hold every one of the words."""
        return found(self, words)

    def of_person(self, email, phone):
        """Leads with this e-mail, else with this telephone, newest first."""
        rows = self.alias(mail=Lower("email")).order_by("-created", "-pk")
        mailed = rows.filter(mail=email.lower()) if email else rows.none()
        if phone and not mailed.exists():
            return rows.filter(phone=phone)
        return mailed

    def around(self, words):
        """Leads at a place or in an area of that name."""
        return self.filter(place__in=Place.objects.named(words))

    def with_names(self):
        return self.select_related("stage", "medium", "owner", "place", "client")

    def for_list(self):
        """What a line or card shows, and nothing else of the row."""
        rows = self.select_related("stage", "medium", "owner", "place")
        return rows.only(*LISTED)
