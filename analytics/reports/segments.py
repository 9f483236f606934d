"""Value classes as a page shows them: sums per class and two scatter plots."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import F, Sum
from django.db.models.functions import Mod
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Client
from analytics import charts
from analytics.models import Run
from analytics.reports.rates import Rates, Sums
from analytics.words import CLUSTER_NAMES, SCALES, WARNINGS, count, money
from crm.lib.charts import Pie, Slice, pie
from crm.lib.money import decimals

PROFITABLE = ("high_value", "most_growth")
SHAPES = dict(
    zip(Client.ValueClass.values, charts.SHAPES, strict=True)
)  # the same everywhere
CLUSTER_SHAPES = {"high": "diamond", "average": "circle", "low": "square"}
POINTS = 1200


@dataclass
class ClassLine:
    code: str
    label: str
    rates: Rates
    url: str

    @property
    def is_profitable(self) -> bool:
        return self.code in PROFITABLE

    @property
    def share(self) -> float:
        return self.rates.client_share

    @property
    def purchases(self) -> int:
        return self.rates.sums.purchases


class Report:
    """The six classes of one run, for the figures and clients of one reader."""

    def __init__(self, run: Run, figures, members=None):
        self.run, self.figures = run, figures.filter(run=run)
        self.members = members

    @cached_property
    def lines(self) -> list[ClassLine]:
        rows = (
            self.figures.order_by()
            .values("value_class")
            .annotate(n=Sum("clients"), buys=Sum("purchases"), total=Sum("cents"))
            .values_list("value_class", "n", "buys", "total")
        )
        found = {code: Sums(clients=n, purchases=b, cents=t) for code, n, b, t in rows}
        whole = sum(found.values(), Sums())
        return [
            ClassLine(
                code,
                str(label),
                Rates(found.get(code, Sums()), whole, self.run.currency),
                reverse("analytics:segment_list", args=[code]),
            )
            for code, label in Client.ValueClass.choices
        ]

    @cached_property
    def total(self) -> Rates:
        whole = sum((line.rates.sums for line in self.lines), Sums())
        return Rates(whole, whole, self.run.currency)

    @property
    def answer(self) -> str:
        """How many clients are worth an offer, and what they bring."""
        high, growth = (
            next(line for line in self.lines if line.code == code)
            for code in PROFITABLE
        )
        if not self.total.sums.clients:
            return _("None of your clients has a class in this run.")
        return _(
            "{high} of {all} clients are High value and brought {share} of the last "
            "year's {total}; {growth} more are growing."
        ).format(
            high=count(high.rates.sums.clients),
            all=count(self.total.sums.clients),
            share=high.rates.share_text,
            total=self.total.revenue,
            growth=count(growth.rates.sums.clients),
        )

    @property
    def pie(self) -> Pie:
        slices = [
            Slice(line.label, line.rates.sums.clients, line.url, line.code)
            for line in self.lines
        ]
        return pie(slices, title=_("Clients by value class"), unit=_("clients"))

    @property
    def warnings(self) -> list[str]:
        return [str(WARNINGS[code]) for code in self.run.quality.get("warnings", ())]

    @property
    def variants(self) -> list[dict]:
        """This way of scaling beside the others: shares only, so anybody may see them."""
        labels = dict(Client.ValueClass.choices)
        found = []
        for one in self.run.quality.get("variants", ()):
            whole = sum(one["counts"].values()) or 1
            found.append(
                {
                    "name": SCALES[(one["scale"], one["fit"])],
                    "params": {"scale": one["scale"], "fit": one["fit"]},
                    "current": one["scale"] == self.run.result["scale"]
                    and one["fit"] == self.run.result["fit"],
                    "shares": [
                        (labels[code], one["counts"].get(code, 0) / whole * 100)
                        for code in labels
                    ],
                    "high": (one["high_share"] or 0) * 100,
                    "revenue": (one["high_revenue_share"] or 0) * 100,
                }
            )
        return found

    # --- Scatter plots ------------------------------------------------------------

    @cached_property
    def points(self) -> list[tuple[int, int, str, str]]:
        """Amount, purchases, cluster and class of a fixed sample of the members."""
        shuffled = Mod(F("client_id") * 7919, 10007)
        rows = self.members.filter(run=self.run).order_by(shuffled, "client_id")
        return list(
            rows.values_list("cents", "purchases", "cluster", "value_class")[:POINTS]
        )

    def scaled(self, points: np.ndarray) -> np.ndarray:
        """The scale the fit saw: log1p if so chosen, then z-scores."""
        result = self.run.result
        x = np.log1p(np.maximum(points, 0)) if result["scale"] == "log" else points
        sd = np.array(result["sd"])
        return (x - np.array(result["mean"])) / np.where(sd > 0, sd, 1)

    @property
    def clusters_plot(self) -> charts.Scatter:
        """The fitted clients on the normalised scale, with the three centroids."""
        clouds = []
        for code, label in CLUSTER_NAMES.items():
            mine = [point[:2] for point in self.points if point[2] == code]
            z = self.scaled(np.array(mine, dtype=float).reshape(-1, 2))
            clouds.append(charts.Cloud(str(label), code, CLUSTER_SHAPES[code], z))
        centres = [
            (center[0], center[1], str(label))
            for center, label in zip(
                self.run.result["centers"], CLUSTER_NAMES.values(), strict=False
            )
            if center[0] is not None
        ]
        every = np.vstack([cloud.points for cloud in clouds])
        return charts.scatter(
            clouds,
            z_axis(_("Amount of the last year, normalised"), every[:, 0]),
            z_axis(_("Purchases of the last year, normalised"), every[:, 1]),
            title=_("The three clusters"),
            centres=centres,
        )

    @property
    def classes_plot(self) -> charts.Scatter:
        """All six classes by amount and number of purchases, on logarithmic axes."""
        clouds, unit = [], 10 ** decimals(self.run.currency)
        for line in self.lines:
            mine = [point[:2] for point in self.points if point[3] == line.code]
            spots = np.array(mine, dtype=float).reshape(-1, 2)
            clouds.append(
                charts.Cloud(
                    line.label,
                    line.code,
                    SHAPES[line.code],
                    np.log1p(np.maximum(spots, 0) / (unit, 1)),
                    line.url,
                    count(line.rates.sums.clients),
                )
            )
        every = np.vstack([cloud.points for cloud in clouds])
        return charts.scatter(
            clouds,
            log_axis(
                _("Amount of the last year"),
                every[:, 0],
                lambda v: money(v * unit, self.run.currency),
            ),
            log_axis(_("Purchases of the last year"), every[:, 1], count),
            title=_("The six classes"),
        )


def z_axis(label: str, values: np.ndarray) -> charts.Axis:
    low, high = (
        (np.floor(values.min()), np.ceil(values.max())) if len(values) else (-1, 1)
    )
    step = max(1, int(np.ceil((high - low) / 8)))
    ticks = [(v, f"{v:g}") for v in np.arange(low, high + 1e-9, step)]
    return charts.Axis(label, float(low) - 0.15, float(high) + 0.15, ticks)


def log_axis(label: str, values: np.ndarray, text) -> charts.Axis:
    """Ticks at 0 and at powers of ten."""
    high = float(values.max()) if len(values) else 1.0
    ticks, value = [(0.0, text(0))], 1
    while np.log1p(value) <= high * 1.02:
        ticks.append((float(np.log1p(value)), text(value)))
        value *= 10
    return charts.Axis(label, -0.03 * (high or 1), (high or 1) * 1.03, ticks)
