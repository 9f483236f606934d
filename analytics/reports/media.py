"""Media groups as a page shows them: responses per medium, best group first."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import Medium
from analytics import charts
from analytics.features import BUCKETS, WAIT_HOURS
from analytics.mining.cut import top_merges
from analytics.models import Group, Run
from analytics.reports.links import list_url
from analytics.reports.rates import COLUMNS, OF_CURRENCY, Rates, Sums, percent
from analytics.words import count
from crm.lib.charts import Pie, Slice, pie
from crm.lib.money import brief, show


@dataclass
class MediumLine:
    medium: Medium
    group: Group | None
    rates: Rates
    waits: np.ndarray
    url: str

    @property
    def answer_share(self) -> float:
        return (
            self.rates.sums.answered / self.rates.sums.sent
            if self.rates.sums.sent
            else 0.0
        )

    @property
    def answer_text(self) -> str:
        return percent(self.answer_share) if self.rates.sums.sent else "–"

    @property
    def wait_text(self) -> str:
        return wait_text(self.waits)

    @property
    def days_text(self) -> str:
        won = self.rates.sums.won
        return count(round(self.rates.sums.won_days / won)) if won else "–"

    @property
    def repeat_text(self) -> str:
        won = self.rates.sums.won
        return percent(self.rates.sums.repeats / won) if won else "–"


class Report:
    """The groups of one run, for the figures of one reader."""

    def __init__(self, run: Run, figures):
        self.run, self.figures = run, figures.filter(run=run)

    @cached_property
    def sums(self) -> dict[int | None, Sums]:
        rows = (
            self.figures.order_by()
            .values("medium_id", "currency")
            .annotate(**{f"n_{name}": Sum(name) for name in COLUMNS})
            .values_list("medium_id", "currency", *(f"n_{name}" for name in COLUMNS))
        )
        found: dict[int | None, Sums] = {}
        for medium, currency, *values in rows:
            sums = Sums(*values)
            if currency != self.run.currency:
                for name in OF_CURRENCY:
                    setattr(sums, name, 0)
            found[medium] = found.get(medium, Sums()) + sums
        return found

    @cached_property
    def waits(self) -> dict[int, np.ndarray]:
        """Answers per bucket of hours, per medium."""
        found: dict[int, np.ndarray] = {}
        rows = self.figures.exclude(waits=[]).values_list("medium_id", "waits")
        for medium, buckets in rows:
            found[medium] = found.get(medium, np.zeros(BUCKETS)) + buckets
        return found

    @cached_property
    def groups(self) -> list[Group]:
        return list(self.run.groups.all())

    @cached_property
    def total(self) -> Sums:
        return sum(self.sums.values(), Sums())

    @cached_property
    def lines(self) -> list[MediumLine]:
        """Media with figures: best group first, then by answers, then by conversion."""
        group_of = {pk: g for g in self.groups for pk in g.facts["media"]}
        by_value = not self.total.purchases
        lines = [
            MediumLine(
                medium,
                group_of.get(medium.pk),
                Rates(self.sums[medium.pk], self.total, self.run.currency, by_value),
                self.waits.get(medium.pk, np.zeros(BUCKETS)),
                list_url("leads:list", state="all", medium=medium.pk),
            )
            for medium in Medium.objects.in_bulk(
                [pk for pk in self.sums if pk is not None]
            ).values()
        ]
        return sorted(lines, key=self._rank)

    def _rank(self, line: MediumLine) -> tuple:
        number = line.group.number if line.group else len(self.groups)
        return (number, -line.answer_share, -line.rates.conversion, line.medium.name)

    @property
    def by_group(self) -> list[tuple[Group | None, list[MediumLine]]]:
        """The groups, best first, with their media; media without contacts come last."""
        found = [
            (group, [line for line in self.lines if line.group == group])
            for group in (*self.groups, None)
        ]
        return [(group, lines) for group, lines in found if lines]

    @property
    def answer(self) -> str:
        """Which medium people answer through, and which they do not."""
        asked = [line for line in self.lines if line.rates.sums.sent >= 10]
        if len(asked) > 1:
            best = max(asked, key=lambda line: line.answer_share)
            worst = min(asked, key=lambda line: line.answer_share)
            return _(
                "People answer best by {best}: {share} of {sent} contacts, half of them "
                "within {wait}. {worst} gets {least}."
            ).format(
                best=best.medium,
                share=best.answer_text,
                sent=count(best.rates.sums.sent),
                wait=best.wait_text,
                worst=worst.medium,
                least=worst.answer_text,
            )
        used = [line for line in self.lines if line.rates.sums.leads]
        if not used:
            return _("None of your leads has a medium yet.")
        best = max(used, key=lambda line: line.rates.shrunk)
        return _(
            "No contacts are logged yet, so media are ranked by conversion: {medium} "
            "wins {share} of its {leads} leads."
        ).format(
            medium=best.medium,
            share=best.rates.conversion_text,
            leads=count(best.rates.sums.leads),
        )

    @property
    def pies(self) -> list[Pie]:
        lines = self.lines
        leads = [
            Slice(str(x.medium), x.rates.sums.leads, x.url, x.medium.tone)
            for x in lines
            if x.rates.sums.leads
        ]
        by_group = [
            Slice(
                group.name if group else _("no contacts yet"),
                sum(x.rates.sums.leads for x in members),
                list_url("leads:list", state="all", group=group.name) if group else "",
                group.tone if group else "other",
            )
            for group, members in self.by_group
        ]
        rest = self.sums.get(None, Sums()).leads
        if rest:
            none = Slice(_("not known"), rest, tone="other")
            leads, by_group = [*leads, none], [*by_group, none]
        revenue = [
            Slice(
                str(x.medium),
                x.rates.units,
                x.url,
                x.medium.tone,
                x.rates.revenue,
            )
            for x in lines
            if x.rates.revenue_cents > 0
        ]
        whole = Rates(
            self.total, self.total, self.run.currency, not self.total.purchases
        )
        return [
            pie(by_group, title=_("Leads by group of media")),
            pie(leads, title=_("Leads by medium")),
            pie(
                revenue,
                title=_("Revenue by medium"),
                total=brief(whole.amount, self.run.currency),
                show=lambda amount: show(Decimal(amount), self.run.currency),
            ),
        ]

    @property
    def dendrogram(self) -> charts.Dendrogram | None:
        """How alike the media are; over the whole firm, without any count."""
        arrays = self.run.load()
        if not arrays or not len(arrays["tree"]):
            return None
        recorded = np.flatnonzero(arrays["labels"] >= 0)
        crown = top_merges(arrays["tree"], len(arrays["tree"]))
        names = Medium.objects.in_bulk(arrays["medium"].tolist())
        leaves = []
        for row in recorded[crown.first_rows].tolist():
            medium = names.get(int(arrays["medium"][row]))
            label = int(arrays["labels"][row])
            leaves.append(
                charts.Leaf(str(medium or "–"), self.groups[label].name, str(label + 1))
            )
        return charts.dendrogram(
            crown.tree,
            leaves,
            title=_("How alike the media are"),
            k=len(self.groups),
        )


def wait_text(buckets: np.ndarray) -> str:
    """The bucket that holds the median, in words: "4 hours"."""
    if not buckets.sum():
        return "–"
    at = int(np.searchsorted(np.cumsum(buckets), buckets.sum() / 2))
    if at >= len(WAIT_HOURS):
        return _("more than 30 days")
    hours = WAIT_HOURS[at]
    if hours < 1:
        return _("{n} minutes").format(n=round(hours * 60))
    if hours < 48:
        return _("1 hour") if hours == 1 else _("{n} hours").format(n=hours)
    return _("{n} days").format(n=round(hours / 24))
