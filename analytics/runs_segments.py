"""The six value classes: k-means over the last year, then rules (ANALYTICS §2)."""

from datetime import date
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from analytics.features import Bought, Cell, Tally, bought, main_currency
from analytics.mining.classes import CLASSES, CLUSTERS, LEFT_OUT, clients
from analytics.mining.scale import standardise
from analytics.mining.segments import ValueSegments, value_segments
from analytics.models import Figure, Membership, Run
from analytics.outcome import LEAST_ROWS, Outcome, plain
from analytics.words import LEFT_OUT_REASONS, why

VARIANTS = (("log", "reached"), ("raw", "all"))


def find(run: Run) -> Outcome:
    """Give every client one of six classes and say why."""
    run.advance(5, _("Gathering purchases by client"))
    outcome = Outcome()
    outcome.currency, others = main_currency(run.reference_date)
    rows = bought(run.reference_date, outcome.currency, mixed=bool(others))
    outcome.rows_read = len(rows.client)
    given = clients(rows.signed_up, rows.first, rows.last, rows.cents, rows.purchases)
    scale, fit = chosen(run.params)
    run.advance(30, _("Fitting three clusters"))
    found = value_segments(
        given, run.reference_date, scale=scale, fit=fit, seed=run.seed
    )
    for code, count in found.classes.left_out().items():
        outcome.leave_out(LEFT_OUT_REASONS[code], count)
    fitted = int((found.classes.codes != LEFT_OUT).sum())
    outcome.quality = {"currencies": others}
    if fitted < LEAST_ROWS:
        return outcome.lacks("segments", fitted, LEAST_ROWS)
    run.advance(50, _("Comparing with the other way of scaling"))
    outcome.quality |= quality(found) | {
        "variants": compared(run, given, (scale, fit), found)
    }
    outcome.result = {
        "scale": scale,
        "fit": fit,
        "counts": found.classes.counts(),
        **picture(found, scale),
    }
    run.advance(65, _("Writing down why"))
    outcome.members = members(rows, found, run.reference_date, outcome.currency)
    outcome.figures = figures(rows, found, outcome.currency)
    return outcome


def chosen(params: dict[str, Any]) -> tuple[str, str]:
    return params.get("scale", "log"), params.get("fit", "reached")


def compared(
    run: Run, given: Any, own: tuple[str, str], found: ValueSegments
) -> list[dict[str, Any]]:
    """This way and the other one side by side: classes, and what High is worth."""
    every = []
    for scale, fit in dict.fromkeys((own, *VARIANTS)):
        other = found
        if (scale, fit) != own:
            other = value_segments(
                given, run.reference_date, scale=scale, fit=fit, seed=run.seed
            )
        every.append(
            {
                "scale": scale,
                "fit": fit,
                "counts": other.classes.counts(),
                **quality(other),
            }
        )
    return every


def quality(found: ValueSegments) -> dict[str, Any]:
    return {
        "fitted": found.quality.fitted,
        "high_share": plain(found.quality.high_share),
        "high_revenue_share": plain(found.quality.high_revenue_share),
        "warnings": list(found.quality.warnings),
        "silhouette": plain(found.segments.silhouette) if found.segments else None,
        "inertia": plain(found.segments.inertia) if found.segments else None,
    }


def picture(found: ValueSegments, scale: str) -> dict[str, Any]:
    """What the scatter plot needs: the scale the fit saw, and its centroids."""
    if found.segments is None:
        return {"centers": [], "mean": [0, 0], "sd": [1, 1]}
    given = found.classes.clients
    x = np.column_stack([given.amount, given.purchases])[found.fitted].astype(float)
    standard = standardise(np.log1p(np.maximum(x, 0)) if scale == "log" else x)
    return {
        "centers": [
            [plain(value) for value in center] for center in found.segments.z_centers
        ],
        "mean": [float(v) for v in standard.mean],
        "sd": [float(v) for v in standard.sd],
    }


def members(
    rows: Bought, found: ValueSegments, day: date, currency: str
) -> list[Membership]:
    """One row per client with a class."""
    classes = found.classes
    return [
        Membership(
            client_id=int(rows.client[i]),
            value_class=CLASSES[classes.codes[i]],
            cluster="" if classes.clusters[i] < 0 else CLUSTERS[classes.clusters[i]],
            cents=int(rows.cents[i]),
            currency=currency,
            purchases=int(rows.purchases[i]),
            signed_up=classes.signed_up[i].item(),
            estimated=bool(classes.estimated[i]),
            reason=why(classes.reason(i), day, currency),
        )
        for i in np.flatnonzero(classes.codes != LEFT_OUT)
    ]


def figures(rows: Bought, found: ValueSegments, currency: str) -> list[Figure]:
    """Sums per class × owner."""
    tallies: dict[str, Tally] = {name: Tally() for name in CLASSES}
    for i in np.flatnonzero(found.classes.codes != LEFT_OUT):
        cell = Cell(None, None, rows.owner[i], rows.department[i], currency)
        tallies[CLASSES[found.classes.codes[i]]].add(
            cell, clients=1, purchases=rows.purchases[i], cents=rows.cents[i]
        )
    return [
        Figure(
            value_class=name,
            owner_id=cell.owner,
            department_id=cell.department,
            currency=currency,
            **sums,
        )
        for name, tally in tallies.items()
        for cell, sums in tally.cells.items()
    ]
