"""What a lead and a win cost by each medium: spend against the leads that came by it.

Leads and wins are those that came in in the months that are shown, whenever they were
won. One currency at a time: an amount is set against it alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.reports.links import list_url
from analytics.words import count
from crm.lib.charts import Bars, Slice, bars
from crm.lib.dates import month_of, months_before, next_month
from crm.lib.money import show
from leads.expected import midnight
from leads.home import KEPT
from leads.models import Lead, Spend, Stage

MONTHS = 12  # shown unless others are asked for
LONGEST = 120
ZERO = Decimal(0)


@dataclass
class Line:
    """One medium: spend, leads, wins and what they cost."""

    label: str
    tone: str
    spend: Decimal = ZERO
    leads: int = 0
    won: int = 0
    value: Decimal = ZERO
    spend_text: str = ""
    per_lead: str = ""
    per_win: str = ""
    value_text: str = ""
    spend_url: str = ""
    leads_url: str = ""
    won_url: str = ""

    def cost(self, of: int) -> Decimal | None:
        """The spend on each of so many; None where there is nothing to divide."""
        return self.spend / of if of and self.spend else None


class Report:
    """The cost of leads and wins for one reader, months and currency."""

    def __init__(self, user: Any, months: tuple[date, date], wanted: str, usual: str):
        self.first, self.last = months
        rows = Spend.objects.visible_to(user).between(*months).order_by()
        self.spent = list(
            rows.values_list(
                "currency", "medium", "medium__name", "medium__tone", "month"
            ).annotate(sum=Sum("amount"))
        )
        self.came = cache.get_or_set(
            f"spend-{user.pk}-{months[0]}-{months[1]}",
            lambda: list(came_in(user, *months)),
            KEPT,
        )
        self.currency = self._chosen(wanted, usual)

    def _chosen(self, wanted: str, usual: str) -> str:
        """The currency asked for, else the firm's, else one there is spend in."""
        self.currencies = sorted({row[0] for row in self.spent})
        choices = [code for code in (wanted, usual) if code in self.currencies]
        return (choices or self.currencies or [usual])[0]

    def money(self, amount: Decimal | None) -> str:
        if amount is None:
            return ""
        rounded = round(amount, 0 if abs(amount) >= 100 else 2)
        return show(rounded, self.currency)

    @cached_property
    def lines(self) -> list[Line]:
        """Every medium with spend or leads, the one with most spend first."""
        found: dict[Any, Line] = {}
        for currency, pk, name, tone, _month, amount in self.spent:
            line = found.setdefault(pk, Line(name, tone))
            if currency == self.currency:
                line.spend += amount
        for pk, name, tone, currency, leads, won, value in self.came:
            line = found.setdefault(pk, Line(name or _("not known"), tone or "other"))
            line.leads += leads
            line.won += won
            if currency == self.currency:
                line.value += value or ZERO
        for pk, line in found.items():
            self._written(pk, line)
        return sorted(found.values(), key=lambda one: (-one.spend, one.label))

    def _written(self, pk: Any, line: Line) -> None:
        """The texts and addresses of a line."""
        line.spend_text = self.money(line.spend or None)
        line.per_lead = self.money(line.cost(line.leads))
        line.per_win = self.money(line.cost(line.won))
        line.value_text = self.money(line.value or None)
        medium = {"medium": pk} if pk else {"no_medium": "on"}
        last = next_month(self.last) - timedelta(days=1)
        came = {"from": self.first.isoformat(), "to": last.isoformat()}
        line.leads_url = list_url("leads:list", state="all", **medium, **came)
        line.won_url = list_url("leads:list", state="won", **medium, **came)
        if line.spend:
            line.spend_url = self._spend_url(self.first, self.last, medium=pk)

    def _spend_url(self, first: date, last: date, **filters: Any) -> str:
        months = {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}
        return list_url("leads:spend", **months, currency=self.currency, **filters)

    @cached_property
    def total(self) -> Line:
        """The media with spend together: others cost nothing that is known."""
        paid = [line for line in self.lines if line.spend]
        total = Line(_("All with spend"), "")
        for line in paid:
            total.spend += line.spend
            total.leads += line.leads
            total.won += line.won
            total.value += line.value
        total.spend_text = self.money(total.spend)
        total.per_lead = self.money(total.cost(total.leads))
        total.per_win = self.money(total.cost(total.won))
        total.value_text = self.money(total.value)
        return total

    @property
    def answer(self) -> str:
        if not self.total.spend:
            return _("No spend is entered for these months.")
        n = self.total.leads
        text = ngettext(
            "{spend} were spent on {n} lead", "{spend} were spent on {n} leads", n
        ).format(spend=self.total.spend_text, n=count(n))
        if self.total.per_lead:
            text += ", " + _("{cost} each").format(cost=self.total.per_lead)
        if self.total.per_win:
            text += "; " + _("a win cost {cost}").format(cost=self.total.per_win)
        return f"{text}.{self._best()}"

    def _best(self) -> str:
        """The medium by which a win is cheapest, where there are two to compare."""
        known = [(line.cost(line.won), line) for line in self.lines if line.per_win]
        if len(known) < 2:
            return ""
        _cost, best = min(known, key=lambda pair: pair[0])
        text = _("It costs least by {medium}: {cost}.")
        return " " + text.format(medium=best.label, cost=best.per_win)

    @property
    def elsewhere(self) -> str:
        """That there is spend in other currencies, which is not in these figures."""
        others = [code for code in self.currencies if code != self.currency]
        if not others:
            return ""
        text = _("What was spent in {others} is not in these figures.")
        return text.format(others=", ".join(others))

    # --- pictures -----------------------------------------------------------
    @property
    def charts(self) -> list[Bars]:
        return [
            self._bars(_("Cost per lead"), lambda line: line.leads, "leads_url"),
            self._bars(_("Cost per win"), lambda line: line.won, "won_url"),
        ]

    def _bars(self, title: str, number: Any, url: str) -> Bars:
        rows = [(line, line.cost(number(line))) for line in self.lines]
        known = [(line, cost) for line, cost in rows if cost is not None]
        known.sort(key=lambda pair: pair[1])
        slices = [
            Slice(
                line.label,
                round(cost, 2),
                getattr(line, url),
                line.tone,
                self.money(cost),
            )
            for line, cost in known
        ]
        return bars(slices, title=title)

    @property
    def months(self) -> Bars:
        """The spend of every month that is shown."""
        per: dict[date, Decimal] = defaultdict(Decimal)
        for currency, _pk, _name, _tone, month, amount in self.spent:
            per[month] += amount if currency == self.currency else ZERO
        slices, month = [], self.first
        while month <= self.last:
            label = date_format(month, "M y")
            url = self._spend_url(month, month) if per[month] else ""
            slices.append(Slice(label, per[month], url, text=self.money(per[month])))
            month = next_month(month)
        return bars(slices, title=_("Spend per month"), upright=True)


def came_in(user: Any, first: date, last: date) -> Any:
    """Leads, wins and won value per medium and currency of those that came in then."""
    won = Q(state=Stage.Kind.WON)
    rows = Lead.objects.visible_to(user).filter(
        created__gte=midnight(first), created__lt=midnight(next_month(last))
    )
    rows = rows.order_by().values_list(
        "medium", "medium__name", "medium__tone", "currency"
    )
    return rows.annotate(
        n=Count("pk"), wins=Count("pk", filter=won), worth=Sum("value", filter=won)
    )


def months_asked(first: date | None, last: date | None) -> tuple[date, date]:
    """The months to show: those asked for, in order and not too many, or the last year."""
    last = last or month_of(timezone.localdate())
    first = first or months_before(last, MONTHS - 1)
    first, last = min(first, last), max(first, last)
    return max(first, months_before(last, LONGEST - 1)), last
