"""How a client stands: what is open, what is overdue, and how late they usually pay."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import F, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Firm
from crm.lib.money import show
from sales.models import Invoice

REMEMBERED = 24  # the newest paid invoices that make the habit


@dataclass(frozen=True)
class Standing:
    """Sums stand per currency: two currencies are never added."""

    open: tuple[tuple[str, Decimal], ...]
    overdue: tuple[tuple[str, Decimal], ...]
    days_late: int  # of the oldest overdue invoice
    habit: int | None  # median days late of the paid ones; None when none was paid
    limit: Decimal | None
    currency: str  # of the limit

    @property
    def open_text(self) -> str:
        return ", ".join(show(sum_, currency) for currency, sum_ in self.open)

    @property
    def overdue_text(self) -> str:
        return ", ".join(show(sum_, currency) for currency, sum_ in self.overdue)

    @property
    def limit_text(self) -> str:
        return show(self.limit, self.currency)

    @property
    def over_limit(self) -> Decimal:
        """By how much the open sum in the limit's currency is above it."""
        open_ = dict(self.open).get(self.currency, Decimal(0))
        return max(open_ - self.limit, Decimal(0)) if self.limit is not None else 0

    @property
    def is_later_than_usual(self) -> bool:
        return self.days_late > max(self.habit or 0, 0)

    @property
    def tone(self) -> str:
        if self.over_limit or (self.overdue and self.is_later_than_usual):
            return "danger"
        return "warn" if self.overdue else "good"

    @property
    def habit_text(self) -> str:
        """ "Usually pays 3 days late", or early, or on the day."""
        days = self.habit
        if days is None:
            return _("No invoice was paid yet.")
        if not days:
            return _("Usually pays on the day.")
        if days < 0:
            text = ngettext(
                "Usually pays {n} day early.", "Usually pays {n} days early.", -days
            )
            return text.format(n=-days)
        text = ngettext(
            "Usually pays {n} day late.", "Usually pays {n} days late.", days
        )
        return text.format(n=days)

    @property
    def warning(self) -> str:
        """What whoever quotes should know; "" when nothing speaks against it."""
        parts = []
        if self.over_limit:
            over, limit = show(self.over_limit, self.currency), self.limit_text
            text = _("{over} above the credit limit of {limit}.")
            parts.append(text.format(over=over, limit=limit))
        if self.overdue:
            text = ngettext(
                "{sum} is overdue, by {n} day.",
                "{sum} is overdue, by {n} days.",
                self.days_late,
            )
            parts.append(text.format(sum=self.overdue_text, n=self.days_late))
            parts.append(self.habit_text)
        return " ".join(parts)


def standing_of(user, client) -> Standing:
    """From the invoices this user may see; three queries."""
    rows = Invoice.objects.visible_to(user).filter(client=client)
    today = timezone.localdate()
    late = Q(due_on__lt=today)
    found = list(
        rows.open()
        .order_by("currency")
        .values("currency")
        .annotate(
            open=Sum(F("total") - F("paid")),
            overdue=Sum(F("total") - F("paid"), filter=late),
            oldest=Min("due_on", filter=late),
        )
    )
    oldest = min((r["oldest"] for r in found if r["oldest"]), default=None)
    return Standing(
        open=tuple((r["currency"], r["open"]) for r in found),
        overdue=tuple((r["currency"], r["overdue"]) for r in found if r["overdue"]),
        days_late=(today - oldest).days if oldest else 0,
        habit=habit(_paid(rows)),
        limit=client.credit_limit,
        currency=Firm.get().currency,
    )


def _paid(rows) -> list[tuple[date, date]]:
    """(due, paid) of the newest paid invoices."""
    paid = rows.filter(
        state=Invoice.State.PAID, paid_on__isnull=False, due_on__isnull=False
    )
    pairs = paid.order_by("-paid_on", "-pk").values_list("due_on", "paid_on")
    return list(pairs[:REMEMBERED])


def habit(pairs: list[tuple[date, date]]) -> int | None:
    """The median of the days between due and paid; below nothing is early."""
    return round(median((paid - due).days for due, paid in pairs)) if pairs else None
