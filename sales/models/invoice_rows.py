"""Which invoices: for whom, open, overdue, of a client's standing."""

from django.core import signing
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from accounts.models import Client, User
from crm.lib.links import key_in
from crm.lib.search import found_across

LINK = "sales.invoice"
OPEN = ("sent", "part_paid")


class InvoiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        rows = self.filter(client__in=Client.objects.visible_to(user))
        if user.role == User.Role.CLIENT:
            return rows.exclude(state=self.model.State.DRAFT)
        return rows

    def editable_by(self, user):
        return self.visible_to(user) if user.is_seller else self.none()

    def signed(self, text):
        """The one a mailed link opens; nothing for a link that is not ours."""
        try:
            pk = key_in(text, LINK)
        except signing.BadSignature:
            return self.none()
        sent = self.exclude(state=self.model.State.DRAFT).filter(client__trashed=None)
        return sent.filter(pk=pk, client__blocked=None)

    def open(self):
        """Sent and not yet paid in full."""
        return self.filter(state__in=OPEN, kind=self.model.Kind.INVOICE)

    def overdue(self):
        return self.open().filter(due_on__lt=timezone.localdate())

    def invoices(self):
        """Without the credit notes."""
        return self.filter(kind=self.model.Kind.INVOICE)

    def credit_notes(self):
        return self.filter(kind=self.model.Kind.CREDIT)

    def taken_back(self):
        return self.filter(state__in=(self.model.State.VOID, self.model.State.CREDITED))

    def in_force(self):
        return self.exclude(
            state__in=(self.model.State.VOID, self.model.State.CREDITED)
        )

    def to_remind(self):
        """Overdue ones of which nobody was told; not of clients in the trash."""
        fresh = self.overdue().filter(reminded__isnull=True)
        return fresh.filter(client__trashed__isnull=True)

    def standing_for(self, origin):
        """What already bills this origin and was not taken back."""
        return self.standing_for_any([origin])

    def standing_for_any(self, origins):
        return self.in_force().filter(origin__in=list(origins))

    def holding(self, word):
        """Those whose number or subject, or whose client, holds the word."""
        return self.filter(Q(search__contains=word) | Q(client__search__contains=word))

    def found(self, words):
        """The newest with this number or subject, or of a client with every word."""
        return found_across(self, words, "client")

    def owed(self):
        """(currency, open sum) of each currency; nothing is converted or added."""
        rows = self.order_by("currency").values_list("currency")
        return list(rows.annotate(sum=models.Sum(F("total") - F("paid"))))

    def debts(self):
        """(currency, open sum, overdue sum, how many overdue) of each, in one query."""
        late, owed = Q(due_on__lt=timezone.localdate()), F("total") - F("paid")
        rows = self.open().order_by("currency").values_list("currency")
        sums = {"sum": models.Sum(owed), "late": models.Sum(owed, filter=late)}
        return list(rows.annotate(**sums, n=models.Count("pk", filter=late)))

    def standing(self, n):
        """The open ones, and the `n` that were paid last."""
        newest = [F("paid_on").desc(nulls_last=True), F("pk").desc()]
        rank = Window(RowNumber(), partition_by=F("state"), order_by=newest)
        rows = self.invoices().filter(state__in=(*OPEN, self.model.State.PAID))
        ranked = rows.annotate(rank=rank)
        return ranked.filter(Q(state__in=OPEN) | Q(rank__lte=n))

    def with_names(self):
        return self.select_related("client", "client__owner")
