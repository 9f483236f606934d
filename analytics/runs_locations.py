"""Location clusters: Ward's tree over the places of leads and clients (ANALYTICS §1)."""

from collections.abc import Mapping

import numpy as np
from django.utils.translation import gettext as _

from accounts.models import Place
from analytics.areas import Area, Atlas, Before, Names, areas, before_of
from analytics.features import main_currency, sums_of
from analytics.mining.choose import Choice, choose_k, too_few
from analytics.mining.radii import node_radii
from analytics.mining.sphere import to_vectors
from analytics.mining.tree import ward_tree
from analytics.models import Group, Run
from analytics.outcome import LEAST_ROWS, Outcome, figures_of, plain


def find(run: Run) -> Outcome:
    """Group the places of all leads and clients; k by quality unless the run sets it."""
    run.advance(5, _("Gathering leads, clients and purchases"))
    outcome = Outcome()
    tally = sums_of(run.reference_date, places=True)
    outcome.currency, others = main_currency(run.reference_date)
    outcome.figures = figures_of(tally)
    rows = tally.per("place", "leads", "clients")
    outcome.rows_read = sum(rows.values())
    places = placed(rows)
    count = sum(rows[pk] for pk in places)
    outcome.leave_out(_("no place is given"), rows[None])
    outcome.leave_out(
        _("the place was not found"), outcome.rows_read - rows[None] - count
    )
    outcome.quality = {"precision": by_precision(places, rows), "currencies": others}
    if count < LEAST_ROWS:
        return outcome.lacks("places", count, LEAST_ROWS)
    atlas = build(run, places, rows, outcome)
    before = earlier(run)
    found = areas(atlas, atlas.labels, lambda ids: names_among(places, ids), before)
    outcome.arrays = {name: getattr(atlas, name) for name in atlas.__annotations__}
    outcome.result |= {
        "names": [area.name for area in found],
        "tones": [area.tone for area in found],
    }
    sums = {name: tally.per("place", name) for name in ("clients", "leads", "won")}
    outcome.groups = [group(area, atlas, sums) for area in found]
    return outcome


def placed(rows: Mapping[int | None, int]) -> dict[int, tuple]:
    """Place id → its row, for places that lie somewhere, in the order of their keys."""
    known = (
        Place.objects.filter(latitude__range=(-90, 90), longitude__range=(-180, 180))
        .exclude(latitude=0, longitude=0)
        .order_by("key")
        .values_list(
            "pk", "city", "state", "country", "latitude", "longitude", "precision"
        )
    )
    return {row[0]: row[1:] for row in known.iterator() if rows.get(row[0])}


def build(
    run: Run, places: dict[int, tuple], rows: Mapping[int, int], outcome: Outcome
) -> Atlas:
    """Build the tree, choose k and cut."""
    run.advance(20, _("Building the tree of {n} places").format(n=len(places)))
    latitude = np.array([row[3] for row in places.values()], dtype=float)
    longitude = np.array([row[4] for row in places.values()], dtype=float)
    weight = np.array([rows[pk] for pk in places], dtype=float)
    vectors = to_vectors(latitude, longitude)
    tree = ward_tree(vectors, weight)
    run.advance(50, _("Choosing the number of clusters"))
    choice = (
        choose_k(vectors, weight, tree=tree, seed=run.seed)
        if len(places) > 1
        else too_few(1)
    )
    k = min(int(run.params.get("k") or choice.k), len(places))
    outcome.quality |= quality(choice)
    outcome.result = {"k": k, "chosen": "k" not in run.params, "reason": choice.reason}
    run.advance(75, _("Measuring {n} clusters").format(n=k))
    atlas = Atlas(
        place=np.array(list(places), dtype=np.int64),
        latitude=latitude,
        longitude=longitude,
        weight=weight,
        town=numbered([row[:3] for row in places.values()]),
        region=numbered([row[1:3] for row in places.values()]),
        tree=tree,
        radii=node_radii(tree, vectors, weight),
        labels=np.zeros(len(places), dtype=np.intp),
    )
    atlas.labels[:] = atlas.cut(k)
    return atlas


def quality(choice: Choice) -> dict:
    """What validation found, for JSON."""
    return {
        "silhouettes": [[k, plain(value)] for k, value in choice.silhouettes],
        "silhouette": plain(choice.silhouette),
        "reference": plain(choice.reference),
        "stability": plain(choice.stability),
        "distinct": choice.distinct,
        "best_k": choice.best_k,
    }


def numbered(names: list[tuple]) -> np.ndarray:
    """A number for every different name, the same in any order of the rows."""
    number = {name: i for i, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.int64)


def names_among(places: dict[int, tuple], ids: list[int]) -> dict[int, Names]:
    return {pk: places[pk][:3] for pk in ids}


def earlier(run: Run) -> Before | None:
    last = Run.objects.current(run.kind)
    return before_of(last.load(), last.result) if last else None


def by_precision(places: dict[int, tuple], rows: Mapping[int, int]) -> dict[str, int]:
    """How many rows are known how exactly."""
    found: dict[str, int] = {}
    for pk, row in places.items():
        found[row[5]] = found.get(row[5], 0) + rows[pk]
    return found


def group(area: Area, atlas: Atlas, sums: dict[str, Mapping]) -> Group:
    """The cluster as a row, with the sums over the whole firm."""
    ids = atlas.place[area.rows].tolist()
    totals = {name: sum(per[pk] for pk in ids) for name, per in sums.items()}
    return Group(
        number=area.number,
        name=area.name,
        tone=area.tone,
        latitude=area.latitude,
        longitude=area.longitude,
        radius_km=area.radius_km,
        facts={"places": len(ids), **totals},
    )
