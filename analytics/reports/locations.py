"""Location clusters as a page shows them: a cut of the stored tree, and sums."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

import numpy as np
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Medium, Place
from analytics import charts
from analytics.areas import Area, Atlas, areas, before_of
from analytics.mining.cut import layout, top_merges
from analytics.mining.sphere import outline
from analytics.models import Run
from analytics.reports.rates import COLUMNS, OF_CURRENCY, Rates, Sums, percent
from analytics.words import count, money
from crm.lib.charts import Pie, Slice, pie
from crm.lib.money import brief

MEASURES = {
    "conversion": gettext_lazy("conversion"),
    "leads": gettext_lazy("leads"),
    "revenue": gettext_lazy("revenue"),
}
NO_MEDIUM = 0
MOST_MEDIA = 12
CROWN = 12  # merges drawn at least
UNPLACED = 50


@dataclass
class Line:
    """A cluster with its sums, and those of each medium in it."""

    area: Area
    rates: Rates
    url: str
    clients_url: str
    leads_url: str
    media: dict[int, Sums] = field(default_factory=dict)


@dataclass
class Cut:
    """How the tree is cut; both None is the published cut."""

    k: int | None = None
    radius: float | None = None

    @property
    def query(self) -> dict[str, object]:
        if self.radius is not None:
            return {"radius": f"{self.radius:g}"}
        return {"k": self.k} if self.k is not None else {}


class Report:
    """Everything about one cut, for the figures of one reader."""

    def __init__(self, run: Run, figures, cut: Cut | None = None):
        self.run, self.figures, self.cut = run, figures.filter(run=run), cut or Cut()

    @cached_property
    def atlas(self) -> Atlas | None:
        arrays = self.run.load()
        return Atlas.of(arrays) if arrays else None

    @cached_property
    def areas(self) -> list[Area]:
        labels = self.atlas.cut(self.cut.k, self.cut.radius)
        arrays = {"place": self.atlas.place, "labels": self.atlas.labels}
        return areas(self.atlas, labels, names_of, before_of(arrays, self.run.result))

    @property
    def is_published(self) -> bool:
        """True where this cut is the one the labels were written from."""
        return not self.cut.query or len(self.areas) == self.run.result["k"]

    @cached_property
    def sums(self) -> dict[tuple[int | None, int], Sums]:
        """Sums per place and medium, amounts in the run's currency only."""
        rows = (
            self.figures.order_by()
            .values("place_id", "medium_id", "currency")
            .annotate(**{f"n_{name}": Sum(name) for name in COLUMNS})
            .values_list(
                "place_id", "medium_id", "currency", *(f"n_{name}" for name in COLUMNS)
            )
        )
        found: dict[tuple[int | None, int], Sums] = {}
        for place, medium, currency, *values in rows:
            sums = Sums(*values)
            if currency != self.run.currency:
                for name in OF_CURRENCY:
                    setattr(sums, name, 0)
            key = (place, medium or NO_MEDIUM)
            found[key] = found[key] + sums if key in found else sums
        return found

    @cached_property
    def total(self) -> Sums:
        """Everything that lies in some cluster."""
        return sum((line.rates.sums for line in self.lines), Sums())

    @cached_property
    def by_value(self) -> bool:
        return not any(s.purchases for s in self.sums.values())

    @cached_property
    def lines(self) -> list[Line]:
        """The clusters with their sums, the one with the highest revenue first."""
        number_of = {
            int(pk): area.number
            for area in self.areas
            for pk in self.atlas.place[area.rows]
        }
        media: list[dict[int, Sums]] = [{} for _area in self.areas]
        for (place, medium), sums in self.sums.items():
            if place in number_of:
                mine = media[number_of[place]]
                mine[medium] = mine.get(medium, Sums()) + sums
        per_area = [sum(mine.values(), Sums()) for mine in media]
        of = sum(per_area, Sums())
        lines = [  # an area where the reader has no rows is not theirs to see
            Line(
                area,
                self._rates(own, of),
                self.url_of(area),
                self.url_of(area, show="clients"),
                self.url_of(area, show="leads"),
                mine,
            )
            for area, own, mine in zip(self.areas, per_area, media, strict=True)
            if own.leads or own.clients
        ]
        return sorted(
            lines, key=lambda line: (-line.rates.revenue_cents, line.area.number)
        )

    def _rates(self, own: Sums, of: Sums) -> Rates:
        return Rates(own, of, self.run.currency, self.by_value)

    def url_of(self, area: Area, **params: object) -> str:
        query = urlencode({**self.cut.query, **params})
        url = reverse("analytics:cluster", args=[area.number])
        return f"{url}?{query}" if query else url

    # --- The answer ---------------------------------------------------------------

    @property
    def answer(self) -> str:
        """Which area is profitable, and what to publicise where."""
        lines = self.lines
        if not lines:
            return _("None of your leads and clients has a place in these clusters.")
        best = lines[0]
        if best.rates.revenue_cents > 0:
            text = _(
                "{area} brings the most: {share} of the revenue from {clients} of the "
                "clients, {each} per client."
            ).format(
                area=best.area.name,
                share=best.rates.share_text,
                clients=percent(best.rates.client_share),
                each=best.rates.per_client,
            )
        else:
            best = max(
                lines, key=lambda line: (line.rates.sums.won, line.rates.sums.leads)
            )
            text = _("{area} has the most: {won} of {leads} leads won.").format(
                area=best.area.name,
                won=count(best.rates.sums.won),
                leads=count(best.rates.sums.leads),
            )
        return f"{text} {self.advice}".strip()

    @cached_property
    def advice(self) -> str:
        """Where a medium converts best against the average, beyond chance."""
        found = [
            (rates.lift, line.area.name, medium)
            for line in self.lines
            for medium, rates in self.rates_of_media(line)
            if medium != NO_MEDIUM and rates.is_above
        ]
        if not found:
            return ""
        lift, area, medium = max(found, key=lambda one: (one[0], one[1]))
        return _("In {area}, leads by {medium} convert {lift}× the average.").format(
            area=area, medium=self.media_names[medium], lift=f"{lift:.1f}"
        )

    def rates_of_media(self, line: Line) -> Iterable[tuple[int, Rates]]:
        return (
            (medium, self._rates(sums, self.total))
            for medium, sums in line.media.items()
        )

    @cached_property
    def media_names(self) -> dict[int, str]:
        names = dict(Medium.objects.values_list("pk", "name"))
        return {NO_MEDIUM: _("not known"), **names}

    # --- Pictures -----------------------------------------------------------------

    @property
    def pies(self) -> list[Pie]:
        lines = self.lines
        worth = _("Won value") if self.by_value else _("Revenue")
        shares = [
            (_("Clients"), lambda r: r.sums.clients, None, "clients"),
            (_("Leads"), lambda r: r.sums.leads, None, "leads"),
            (worth, lambda r: r.units, lambda r: r.revenue, "clients"),
        ]
        whole = self._rates(self.total, self.total)
        return [
            pie(
                [
                    Slice(
                        line.area.name,
                        value(line.rates),
                        self.url_of(line.area, show=show),
                        line.area.tone,
                        text(line.rates) if text else count(value(line.rates)),
                    )
                    for line in lines
                ],
                title=title,
                total=brief(whole.amount, self.run.currency) if text else "",
            )
            for title, value, text, show in shares
        ]

    @property
    def map(self) -> charts.Map:
        vectors, spots = self.atlas.vectors, []
        for line in self.lines:
            area, sums = line.area, line.rates.sums
            hull = outline(vectors[area.rows], self.atlas.weight[area.rows])
            text = _("{clients} clients, {leads} leads, {revenue}").format(
                clients=count(sums.clients),
                leads=count(sums.leads),
                revenue=line.rates.revenue,
            )
            spots.append(
                charts.Spot(
                    area.name,
                    text,
                    area.latitude,
                    area.longitude,
                    sums.clients + sums.leads,
                    area.tone,
                    line.url,
                    list(zip(hull.lat.tolist(), hull.lon.tolist(), strict=True)),
                )
            )
        points = zip(self.atlas.latitude, self.atlas.longitude, strict=True)
        return charts.map_of(
            spots,
            [(float(a), float(b)) for a, b in points],
            title=_("Map of the clusters"),
        )

    @property
    def dendrogram(self) -> charts.Dendrogram:
        """The top merges; each branch end is named by its heaviest place."""
        atlas, k = self.atlas, len(self.areas)
        crown = top_merges(atlas.tree, max(CROWN, k + 2))
        area_of = {int(row): area for area in self.areas for row in area.rows}
        laid = layout(atlas.tree)
        under = [
            laid.order[laid.start[node] : laid.start[node] + laid.size[node]]
            for node in crown.nodes
        ]
        chief = [int(rows[atlas.weight[rows].argmax()]) for rows in under]
        names = names_of([int(pk) for pk in atlas.place[chief]])
        mine = {}
        for (place, _medium), sums in self.sums.items():
            mine[place] = mine.get(place, 0) + sums.leads + sums.clients
        leaves = []
        for row, rows in zip(chief, under, strict=True):
            size = sum(mine.get(pk, 0) for pk in atlas.place[rows].tolist())
            area = area_of[row]
            city, state, country = names.get(int(atlas.place[row]), ("", "", ""))
            text = ngettext("{n} row", "{n} rows", size).format(n=count(size))
            label = city or state or country
            leaves.append(charts.Leaf(label, text, area.tone, self.url_of(area)))
        inner = np.arange(len(atlas.radii) - len(crown.tree), len(atlas.radii))
        notes = [
            _("within {km} km").format(km=count(round(r))) for r in atlas.radii[inner]
        ]
        return charts.dendrogram(
            crown.tree,
            leaves,
            title=_("How the clusters join"),
            k=None if self.cut.radius is not None else k,
            notes=notes,
        )

    def heat(self, measure: str) -> charts.Heat:
        """Cluster × medium: conversion, leads or revenue, and the best of each row."""
        totals: dict[int, int] = {}
        for line in self.lines:
            for medium, sums in line.media.items():
                totals[medium] = totals.get(medium, 0) + sums.leads
        media = sorted(totals, key=lambda m: (-totals[m], self.media_names[m]))
        media = [m for m in media if totals[m]][:MOST_MEDIA]
        table = [
            (line, {m: rates for m, rates in self.rates_of_media(line) if m in media})
            for line in self.lines
            if line.rates.sums.leads
        ]
        value = VALUES[measure]
        top = max((value(r) for _line, row in table for r in row.values()), default=0)
        return charts.Heat(
            _("Clusters and media: {measure}").format(measure=MEASURES[measure]),
            tuple(self.media_names[m] for m in media),
            tuple(
                self._heat_row(line, row, media, measure, top) for line, row in table
            ),
        )

    def _heat_row(
        self,
        line: Line,
        row: Mapping[int, Rates],
        media: list[int],
        measure: str,
        top: float,
    ) -> charts.HeatRow:
        good = [m for m in row if m != NO_MEDIUM and row[m].sums.leads]
        best = max(good, key=lambda m: (row[m].shrunk, -m), default=None)
        cells = []
        for medium in media:
            rates = row.get(medium)
            if rates is None or not rates.sums.leads:
                cells.append(charts.HeatCell("–", "", "0", best=False, url=""))
                continue
            hint = _("{won} of {leads} leads won, {revenue}").format(
                won=count(rates.sums.won),
                leads=count(rates.sums.leads),
                revenue=rates.revenue,
            )
            url = self.url_of(line.area, show="leads", medium=medium)
            text = TEXTS[measure](rates)
            heat = charts.heat_of(VALUES[measure](rates), top)
            cells.append(charts.HeatCell(text, hint, heat, medium == best, url))
        name = self.media_names[best] if best is not None else "–"
        return charts.HeatRow(line.area.name, line.area.tone, tuple(cells), name)

    # --- What is not in it --------------------------------------------------------

    @cached_property
    def unplaced(self) -> tuple[int, int, list[tuple[Place, int]]]:
        """Rows without a place, rows whose place was not found, and those places."""
        inside = set(self.atlas.place.tolist()) if self.atlas else set()
        rows: dict[int | None, int] = {}
        for (place, _medium), sums in self.sums.items():
            if place not in inside:
                rows[place] = rows.get(place, 0) + sums.leads + sums.clients
        nowhere = rows.pop(None, 0)
        worst = sorted(rows, key=lambda pk: (-rows[pk], pk))[:UNPLACED]
        places = Place.objects.in_bulk(worst)
        found = [(places[pk], rows[pk]) for pk in worst if pk in places and rows[pk]]
        return nowhere, sum(rows.values()), found


VALUES = {
    "conversion": lambda rates: rates.shrunk,
    "leads": lambda rates: rates.sums.leads,
    "revenue": lambda rates: rates.revenue_cents,
}
TEXTS = {
    "conversion": lambda rates: rates.conversion_text,
    "leads": lambda rates: count(rates.sums.leads),
    "revenue": lambda rates: money(rates.revenue_cents, rates.currency),
}


def names_of(ids: list[int]) -> dict[int, tuple[str, str, str]]:
    """City, state and country of places, in one query."""
    rows = Place.objects.filter(pk__in=ids)
    return {
        row[0]: row[1:] for row in rows.values_list("pk", "city", "state", "country")
    }
