"""Open leads weighted by what their stages converted, and months against their forecast.

Live sums in three grouped queries, kept for a minute where they are more than one
person's; shares and earlier forecasts are those of the night. One currency at a time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from analytics.forecasting import PRIOR, Rates, rates_of
from analytics.models import Forecast, StageRate
from analytics.reports.links import list_url
from analytics.reports.rates import percent
from analytics.words import count as words
from crm.lib.charts import Bars, Lines, Pie, Series, Slice, bars, lines, pie
from crm.lib.dates import month_of, months_before, next_month
from crm.lib.money import brief, show
from leads.expected import expected_month, midnight
from leads.home import KEPT, stages
from leads.models import Lead, Stage

MONTHS = 12  # that are looked back on
ZERO = Decimal(0)
SHOWN = 12  # bars; the rest is one of them
NOT_KNOWN = "other"


@dataclass
class Line:
    """One stage, month, owner, medium or area."""

    label: str
    url: str
    tone: str = ""
    leads: int = 0
    value: Decimal = ZERO
    weighted: Decimal = ZERO
    share: str = ""  # won of those that reached the stage, as it weighs
    counts: str = ""
    days: int = 0
    value_text: str = ""
    weighted_text: str = ""


def gather(user: Any) -> dict[str, list[tuple]]:
    """Every sum the page needs, of the leads this user may see."""
    rows = Lead.objects.visible_to(user).open().order_by()
    sums = {"n": Count("pk"), "worth": Sum("value")}
    known = {
        "days": rows.values_list("currency", "stage", TruncDate("stage_since")),
        "where": rows.values_list(
            "currency", "stage", "medium__name", "medium", "medium__tone", "place__area"
        ),
    }
    if user.role != User.Role.BD:
        names = ("owner__first_name", "owner__last_name", "owner__username")
        known["owners"] = rows.values_list("currency", "stage", "owner", *names)
    since = midnight(months_before(timezone.localdate(), MONTHS))
    won = Lead.objects.visible_to(user).filter(state=Stage.Kind.WON, closed__gte=since)
    won = won.order_by().values_list("currency", TruncMonth("closed"))
    return {name: list(query.annotate(**sums)) for name, query in known.items()} | {
        "won": list(won.annotate(**sums))
    }


def kept(user: Any) -> dict[str, list[tuple]]:
    """What `gather` finds; of more than one's own leads for a minute."""
    if user.role == User.Role.BD:
        return gather(user)
    key = f"forecast-{user.pk}-{timezone.localdate()}"
    return cache.get_or_set(key, lambda: gather(user), KEPT)


def rates_for(user: Any) -> Rates:
    """The shares of the stages among what this user may see."""
    mine = Q(pk__in=StageRate.objects.visible_to(user).values("pk"))
    rows = StageRate.objects.order_by().values_list("stage")
    rows = rows.annotate(
        own_won=Sum("won", filter=mine, default=0),
        own_lost=Sum("lost", filter=mine, default=0),
        all_won=Sum("won"),
        all_lost=Sum("lost"),
    )
    own, firm = {}, (0, 0)
    for stage, own_won, own_lost, all_won, all_lost in rows:
        own[stage] = (own_won, own_lost)
        firm = firm if stage else (all_won, all_lost)
    return rates_of(own, firm)


class Report:
    """The forecast of one reader in one currency."""

    def __init__(self, user: Any, wanted: str, usual: str):
        self.user, self.today = user, timezone.localdate()
        self.sums, self.rates = kept(user), rates_for(user)
        self.stages = {stage.pk: stage for stage in stages() if stage.kind == "open"}
        self.currency = self._chosen(wanted, usual)

    def _chosen(self, wanted: str, usual: str) -> str:
        """The currency asked for, else the firm's, else the one with most leads."""
        count: dict[str, int] = defaultdict(int)
        for currency, *_rest, n, _worth in self.sums["days"]:
            count[currency] += n
        self.currencies = sorted(count, key=lambda code: (-count[code], code))
        choices = [code for code in (wanted, usual) if code in count]
        return (choices or self.currencies or [usual])[0]

    def url(self, **filters: Any) -> str:
        return list_url("leads:list", state="open", currency=self.currency, **filters)

    def money(self, amount: Decimal) -> str:
        return show(amount.quantize(Decimal(1)), self.currency)

    def tally(self, what: str, key_of: Callable[..., Any]) -> dict[Any, Line]:
        """The rows of one query summed up by what `key_of` makes of stage and columns."""
        found: dict[Any, Line] = defaultdict(lambda: Line("", ""))
        for currency, stage, *columns, n, worth in self.sums[what]:
            if currency == self.currency and stage in self.stages:
                line = found[key_of(stage, *columns)]
                line.leads += n
                line.value += worth or ZERO
                line.weighted += (worth or ZERO) * self.rates.of(stage)
        return found

    @cached_property
    def per_stage(self) -> list[Line]:
        found = self.tally("days", lambda stage, _since: stage)
        for pk, line in found.items():
            stage = self.stages[pk]
            won, lost = self.rates.counts.get(pk, (0, 0))
            line.label, line.tone = stage.name, stage.tone
            line.url, line.days = self.url(stage=pk), stage.days_to_win
            line.value_text = self.money(line.value)
            line.weighted_text = self.money(line.weighted)
            line.share = percent(float(self.rates.of(pk)))
            line.counts = _("{won} of {n}").format(won=words(won), n=words(won + lost))
        return [found[pk] for pk in self.stages if pk in found]

    @cached_property
    def per_month(self) -> list[Line]:
        def month(stage: int, since: date) -> date:
            days = self.stages[stage].days_to_win
            return expected_month(since, days, self.today)

        found = self.tally("days", month)
        for first, line in found.items():
            line.label = date_format(first, "M Y")
            line.url = self.url(expected=f"{first:%Y-%m}")
        return [found[first] for first in sorted(found)]

    @cached_property
    def per_owner(self) -> list[Line]:
        if "owners" not in self.sums:
            return []
        found = self.tally("owners", lambda _stage, *owner: owner)
        for (pk, first, last, username), line in found.items():
            name = f"{first or ''} {last or ''}".strip() or username
            line.label = name or _("Nobody")
            line.url = self.url(owner=pk) if pk else self.url(unowned="on")
        return largest(found.values())

    @cached_property
    def per_medium(self) -> list[Line]:
        found = self.tally(
            "where", lambda _stage, name, pk, tone, _area: (name, pk, tone)
        )
        for (name, pk, tone), line in found.items():
            line.label, line.tone = name or _("not known"), tone or NOT_KNOWN
            line.url = self.url(medium=pk) if pk else self.url(no_medium="on")
        return largest(found.values())

    @cached_property
    def per_area(self) -> list[Line]:
        found = self.tally("where", lambda _stage, *where: where[-1] or "")
        for area, line in found.items():
            line.label = area or _("no area")
            line.url = self.url(area=area) if area else self.url(no_area="on")
        return largest(found.values())

    @cached_property
    def total(self) -> Line:
        lines = self.per_stage
        return Line(
            "",
            self.url(),
            leads=sum(line.leads for line in lines),
            value=sum((line.value for line in lines), ZERO),
            weighted=sum((line.weighted for line in lines), ZERO),
        )

    @property
    def answer(self) -> str:
        n = self.total.leads
        if not n:
            return _("No lead is open, so there is nothing to expect.")
        text = ngettext(
            "{n} open lead worth {value}", "{n} open leads worth {value}", n
        ).format(n=n, value=self.money(self.total.value))
        if self.rates.overall is None:
            why = _("no lead was closed by last night, so it cannot be weighted yet.")
            return f"{text}; {why}"
        this = next(iter(self.per_month))
        is_now = this.label == date_format(month_of(self.today), "M Y")
        now = this.weighted if is_now else ZERO
        rest = _("{weighted} of it is to be expected, {now} this month.")
        rest = rest.format(
            weighted=self.money(self.total.weighted), now=self.money(now)
        )
        return f"{text}; {rest}"

    @property
    def how(self) -> str:
        """How the weights come about, in words."""
        return _(
            "A lead counts with the share of leads that reached its stage, or a later "
            "one, and were won, among those closed by last night. The overall share "
            "weighs as much as {n} more leads beside it, so that small numbers do not "
            "mislead. The month is that in which wins usually come, by the days since "
            "the lead is in its stage; a lead that takes longer is expected now."
        ).format(n=PRIOR)

    # --- pictures -----------------------------------------------------------
    @property
    def pie(self) -> Pie:
        slices = [self._slice(line) for line in self.per_stage]
        total = brief(self.total.weighted, self.currency)
        return pie(slices, title=_("Expected by stage"), total=total, show=self._show)

    @property
    def months(self) -> Bars:
        slices = [self._slice(line) for line in self.per_month]
        return bars(slices, title=_("Expected by month"), show=self._show)

    @property
    def charts(self) -> list[Bars]:
        """By owner (not of one's own alone), medium and area, the largest first."""
        named = (
            (_("Expected by owner"), self.per_owner),
            (_("Expected by medium"), self.per_medium),
            (_("Expected by area"), self.per_area),
        )
        return [
            bars([self._slice(line) for line in rows], title=title, show=self._show)
            for title, rows in named
            if rows
        ]

    def _slice(self, line: Line) -> Slice:
        return Slice(
            line.label,
            round(line.weighted),
            line.url,
            line.tone,
            self.money(line.weighted),
        )

    def _show(self, value: Any) -> str:
        return self.money(Decimal(value))

    # --- looking back ---------------------------------------------------------
    @cached_property
    def past(self) -> list[dict]:
        """Forecast and wins per month, the oldest first; this month is the last."""
        first, this = months_before(self.today, MONTHS), month_of(self.today)
        rows = Forecast.objects.visible_to(self.user).order_by()
        rows = rows.filter(month__gte=first, currency=self.currency)
        expected = dict(rows.values_list("month").annotate(sum=Sum("weighted")))
        won = {
            month_of(timezone.localtime(moment).date()): worth or ZERO
            for currency, moment, _n, worth in self.sums["won"]
            if currency == self.currency
        }
        found = []
        while first <= this:
            found.append(self._month(first, expected.get(first), won.get(first, ZERO)))
            first = next_month(first)
        known = [n for n, row in enumerate(found) if row["expected"] is not None]
        return found[known[0] :] if known else []

    def _month(self, first: date, expected: Decimal | None, won: Decimal) -> dict:
        filters = {"state": "won", "closed": f"{first:%Y-%m}"}
        url = list_url("leads:list", currency=self.currency, **filters)
        return {
            "label": date_format(first, "M y"),
            "expected": expected,
            "expected_text": "" if expected is None else self.money(expected),
            "won": won,
            "won_text": self.money(won),
            "share": percent(float(won / expected)) if expected else "",
            "url": url,
            "is_over": first < month_of(self.today),
        }

    @property
    def accuracy(self) -> str:
        """How good the forecasts of the months that are over were, in words."""
        over = [row for row in self.past if row["is_over"] and row["expected"]]
        if not over:
            return _(
                "The forecast of a month is kept at its beginning; the first month "
                "that is over can be compared."
            )
        won = sum(row["won"] for row in over)
        share = percent(float(won / sum(row["expected"] for row in over)))
        text = ngettext(
            "In the last month won: {share} of what was forecast at its beginning.",
            "In the last {n} months won: {share} of what was forecast at their beginning.",
            len(over),
        )
        more = _("Leads that came in later in a month are in its wins alone.")
        return f"{text.format(n=len(over), share=share)} {more}"

    @property
    def lines(self) -> Lines:
        rows = self.past
        return lines(
            [row["label"] for row in rows],
            [
                Series(
                    _("Forecast"),
                    [row["expected"] for row in rows],
                    texts=[row["expected_text"] for row in rows],
                ),
                Series(
                    _("Won"),
                    [row["won"] for row in rows],
                    urls=[row["url"] for row in rows],
                    texts=[row["won_text"] for row in rows],
                ),
            ],
            title=_("Won against forecast"),
        )


def largest(found: Iterable[Line]) -> list[Line]:
    """The largest first; more than are shown are one line at the end."""
    rows = sorted(found, key=lambda line: (-line.weighted, line.label))
    if len(rows) <= SHOWN:
        return rows
    rest = rows[SHOWN - 1 :]
    other = Line(_("other ({n})").format(n=len(rest)), "", NOT_KNOWN)
    other.weighted = sum((line.weighted for line in rest), ZERO)
    return [*rows[: SHOWN - 1], other]
