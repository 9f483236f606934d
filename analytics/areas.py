"""Location clusters from a stored tree: cut, named, matched and measured. NumPy only.

A run and the slider of its report use the same functions, so a cut is the same
wherever it is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.mining.cut import cut_k, cut_radius
from analytics.mining.match import keep_slots, match_clusters
from analytics.mining.sphere import arc_km, centroid, to_degrees, to_vectors

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
Names = tuple[str, str, str]  # city, state, country

PALETTE = 8
MOST_CLUSTERS = 60  # of a cut by radius: more cannot be read
SAME_NAME = 0.5  # overlap from which a cluster keeps its old name
NONE = -1


@dataclass(frozen=True)
class Atlas:
    """The places of a run with their tree, one row each, sorted by the place's key."""

    place: Ints
    latitude: Floats
    longitude: Floats
    weight: Floats  # leads and clients there
    town: Ints  # equal numbers: the same city, state and country
    region: Ints  # equal numbers: the same state and country
    tree: Floats
    radii: Floats  # km, of every node
    labels: Ints  # the cut that was published

    @classmethod
    def of(cls, arrays: Mapping[str, np.ndarray]) -> "Atlas":
        return cls(**{name: arrays[name] for name in cls.__dataclass_fields__})

    @property
    def vectors(self) -> Floats:
        return to_vectors(self.latitude, self.longitude)

    def cut(self, k: int | None = None, radius_km: float | None = None) -> Ints:
        """Labels by a number of clusters or by a radius; the published ones if neither.

        Both are brought into what the tree can give.
        """
        if radius_km is not None:
            labels = cut_radius(self.tree, max(radius_km, 0.0), self.radii, self.weight)
            if labels.max() < MOST_CLUSTERS:
                return labels
            k = MOST_CLUSTERS
        if k is None:
            return self.labels
        most = min(MOST_CLUSTERS, len(self.place))
        return cut_k(self.tree, min(max(k, 1), most), self.weight)


@dataclass(frozen=True)
class Area:
    """One cluster of a cut; `rows` are the numbers of its places in the atlas."""

    number: int
    name: str
    tone: str
    rows: Ints
    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True)
class Before:
    """An earlier cut, to keep its names and colours: label by place, then both lists."""

    label_of: Mapping[int, int]
    names: list[str]
    tones: list[str]


def areas(
    atlas: Atlas,
    labels: Ints,
    names_of: Callable[[list[int]], Mapping[int, Names]],
    before: Before | None,
) -> list[Area]:
    """Describe every cluster of a cut; `names_of` looks place ids up, once."""
    rows = [np.flatnonzero(labels == n) for n in range(labels.max() + 1)]
    chief = [chief_place(atlas, part) for part in rows]
    known = names_of([int(atlas.place[row]) for row, _ in chief])
    old, slots = carried(atlas, labels, before)
    own = [natural(known.get(int(atlas.place[r])), is_state=s) for r, s in chief]
    vectors, found, used = atlas.vectors, [], set[str]()
    for number, (part, (row, _)) in enumerate(zip(rows, chief, strict=True)):
        name = own[number]
        if before and old[number] != NONE and before.names[old[number]] not in own:
            name = before.names[old[number]]  # unless another cluster has more right
        name = unique(name, known.get(int(atlas.place[row])), used)
        used.add(name)
        middle = centroid(vectors[part], atlas.weight[part])
        lat, lon = (float(v[0]) for v in to_degrees(middle[None]))
        reach = float(arc_km(vectors[part], middle).max())
        tone = str(slots[number] + 1)
        found.append(Area(number, name, tone, part, lat, lon, round(reach, 1)))
    return found


def chief_place(atlas: Atlas, rows: Ints) -> tuple[int, bool]:
    """The heaviest row of the heaviest town, and whether its state is the better name.

    It is when the cluster has several towns of one state and nearly all of that state.
    """
    weight = atlas.weight[rows]
    towns, at = np.unique(atlas.town[rows], return_inverse=True)
    inside = np.flatnonzero(at == np.bincount(at, weight).argmax())
    row = int(rows[inside[weight[inside].argmax()]])
    region = atlas.region[row]
    here = float(weight[atlas.region[rows] == region].sum())
    everywhere = float(atlas.weight[atlas.region == region].sum())
    whole = here >= 0.95 * weight.sum() and here >= 0.9 * everywhere
    return row, bool(whole and len(towns) > 1)


def natural(names: Names | None, *, is_state: bool) -> str:
    city, state, country = names or ("", "", "")
    if is_state and state:
        return state[:100]
    return (city or state or country or "–")[:100]


def unique(name: str, names: Names | None, used: set[str]) -> str:
    """The name, told apart from an equal one by state, country or a number."""
    tries = [name, *(f"{name}, {part}"[:100] for part in (names or ())[1:] if part)]
    tries += [f"{name[:95]} {n}" for n in range(2, len(used) + 3)]
    return next(each for each in tries if each not in used)


def carried(atlas: Atlas, labels: Ints, before: Before | None) -> tuple[Ints, Ints]:
    """Which old cluster gives each new one its name (NONE: none), and colour slots."""
    count = int(labels.max()) + 1
    if before is None or not before.names:
        return np.full(count, NONE), np.arange(count) % PALETTE
    old = np.array([before.label_of.get(int(p), NONE) for p in atlas.place])
    here = {int(p) for p in atlas.place}
    gone = np.array([c for p, c in before.label_of.items() if p not in here], dtype=int)
    match = match_clusters(
        np.append(labels, np.full(len(gone), NONE)),
        np.append(old, gone),
        np.append(atlas.weight, np.ones(len(gone))),
    )
    count_before = len(before.tones)
    slots = keep_slots(match, [int(t) - 1 for t in before.tones], PALETTE)
    named = np.where(
        (match.overlap >= SAME_NAME) & (match.old < count_before), match.old, NONE
    )
    return named, slots


def before_of(arrays: Mapping[str, np.ndarray], result: Mapping) -> Before | None:
    """The published cut of a stored run."""
    if "labels" not in arrays:
        return None
    labels = zip(arrays["place"].tolist(), arrays["labels"].tolist(), strict=True)
    return Before(dict(labels), result["names"], result["tones"])
