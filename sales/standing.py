"""How a client stands: what is open, what is overdue, and how late they usually pay."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from statistics import median

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
    rows: tuple[Invoice, ...] = ()  # the open ones, what is due first in front

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
        if self.limit is None:
            return Decimal(0)
        open_ = dict(self.open).get(self.currency, Decimal(0))
        return max(open_ - self.limit, Decimal(0))

    def with_quoted(self, amount: Decimal, currency: str) -> "Standing":
        """As it would be if this were billed too."""
        sums = dict(self.open)
        sums[currency] = sums.get(currency, Decimal(0)) + amount
        return replace(self, open=tuple(sorted(sums.items())))

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

    def warning(self, amount: Decimal, currency: str) -> str:
        """What whoever quotes this should know; "" when nothing speaks against it."""
        parts = []
        then = self.with_quoted(amount, currency)
        if then.over_limit:
            text = _("With this {open} is open: {over} above the limit of {limit}.")
            over = show(then.over_limit, self.currency)
            open_ = show(dict(then.open)[self.currency], self.currency)
            parts.append(text.format(open=open_, over=over, limit=self.limit_text))
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
    """From the invoices this user may see; one query."""
    rows = Invoice.objects.visible_to(user).filter(client=client)
    found = list(rows.standing(REMEMBERED).order_by("due_on", "pk"))
    open_ = [row for row in found if row.is_open]
    late = [row for row in open_ if row.is_overdue]
    paid = [row for row in found if not row.is_open and row.paid_on and row.due_on]
    return Standing(
        open=_sums(open_),
        overdue=_sums(late),
        days_late=max((row.days_late for row in late), default=0),
        habit=habit([(row.due_on, row.paid_on) for row in paid]),
        limit=client.credit_limit,
        currency=Firm.known().currency,
        rows=tuple(open_),
    )


def owed_text(rows: list[Invoice]) -> str:
    """What is owed in each currency, in words."""
    return ", ".join(show(sum_, currency) for currency, sum_ in _sums(rows))


def _sums(rows: list[Invoice]) -> tuple[tuple[str, Decimal], ...]:
    """What is owed in each currency; two are never added."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, Decimal(0)) + row.owed
    return tuple(sorted(sums.items()))


def habit(pairs: list[tuple[date, date]]) -> int | None:
    """The median of the days between due and paid; below nothing is early."""
    return round(median((paid - due).days for due, paid in pairs)) if pairs else None
