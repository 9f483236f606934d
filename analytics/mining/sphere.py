"""Places on the globe: unit vectors, kilometres, centres and outlines. NumPy only.

Clusters are built on 3-D unit vectors, so the antimeridian and the poles need no
special case. Chords order pairs as arcs do; kilometres come last.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
DIRECTIONS = 16


@dataclass(frozen=True)
class Outline:
    """A convex outline, counter-clockwise, and the centre it was drawn around.

    Longitudes lie within 180° of the centre's and so may pass ±180: drawn as they
    are, an outline across the antimeridian stays in one piece.
    """

    lat: Floats
    lon: Floats
    center_lat: float
    center_lon: float


def to_vectors(lat: ArrayLike, lon: ArrayLike) -> Floats:
    """Turn degrees into unit vectors (n, 3); refuse NaN and values out of range."""
    phi, lam = np.array(lat, dtype=np.float64), np.array(lon, dtype=np.float64)
    if phi.shape != lam.shape or phi.ndim != 1:
        raise ValueError("latitudes and longitudes must be two equally long lists")
    if not ((np.abs(phi) <= 90).all() and (np.abs(lam) <= 180).all()):
        raise ValueError("latitude must lie in ±90 and longitude in ±180 degrees")
    phi, lam = np.radians(phi), np.radians(lam)
    return np.column_stack(
        [np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)]
    )


def to_degrees(vectors: ArrayLike) -> tuple[Floats, Floats]:
    """Turn vectors (n, 3) of any length into latitudes and longitudes in degrees."""
    x, y, z = np.asarray(vectors, dtype=np.float64).T
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def arc_km(a: ArrayLike, b: ArrayLike) -> Floats:
    """Great-circle distance between unit vectors (…, 3), in km."""
    across = np.asarray(a, dtype=np.float64) - np.asarray(b, dtype=np.float64)
    return chord_to_km(np.sqrt((across**2).sum(axis=-1)))


def chord_to_km(chord: ArrayLike) -> Floats:
    """Turn straight-line distances on the unit sphere into kilometres along it."""
    half = np.minimum(np.asarray(chord, dtype=np.float64) / 2, 1.0)
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(half))


def centroid(vectors: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Find the middle of unit vectors (n, 3) as a unit vector.

    Places that cancel out, such as two antipodes, have no middle: the first stands in.
    """
    places = np.asarray(vectors, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 3 or not len(places):
        raise ValueError("centroid() needs at least one vector of three numbers")
    mass = None if weights is None else np.asarray(weights, dtype=np.float64)
    mean = np.average(places, axis=0, weights=mass)
    length = float(np.linalg.norm(mean))
    return places[0].copy() if length < 1e-9 else mean / length


def outline(vectors: ArrayLike, weights: ArrayLike | None = None) -> Outline:
    """Draw the convex outline of unit vectors (n, 3) around their centre.

    The hull is taken in the azimuthal equidistant projection at the centre, which
    keeps distances and directions from it: right for clusters up to a continent.
    One place gives one point, places on one line two.
    """
    places = np.asarray(vectors, dtype=np.float64)
    middle = centroid(places, weights)
    hull = _hull(_project(places, middle))
    lat, lon = to_degrees(_unproject(hull, middle))
    center_lat, center_lon = (float(v[0]) for v in to_degrees(middle[None]))
    lon = center_lon + (lon - center_lon + 180) % 360 - 180
    return Outline(lat, lon, center_lat, center_lon)


def _axes(middle: Floats) -> tuple[Floats, Floats]:
    """East and north at `middle`; at a pole any pair will do."""
    east = np.array([-middle[1], middle[0], 0.0])
    length = np.linalg.norm(east)
    east = np.array([0.0, 1.0, 0.0]) if length < 1e-12 else east / length
    return east, np.cross(middle, east)


def _project(places: Floats, middle: Floats) -> Floats:
    east, north = _axes(middle)
    flat = np.column_stack([places @ east, places @ north])
    sine = np.hypot(flat[:, 0], flat[:, 1])
    angle = np.arctan2(sine, places @ middle)
    return (
        flat * np.divide(angle, sine, out=np.ones_like(sine), where=sine > 0)[:, None]
    )


def _unproject(flat: Floats, middle: Floats) -> Floats:
    east, north = _axes(middle)
    angle = np.hypot(flat[:, 0], flat[:, 1])
    shrink = np.sinc(angle / np.pi)[:, None]  # sin(angle) / angle
    x, y = (flat * shrink).T
    return np.outer(np.cos(angle), middle) + np.outer(x, east) + np.outer(y, north)


def _hull(flat: Floats) -> Floats:
    """Find the convex hull of points (n, 2) by Andrew's monotone chain."""
    points = np.unique(_without_inner(flat), axis=0)
    if len(points) < 3:
        return points
    rows = points.tolist()
    return np.array(_half_hull(rows)[:-1] + _half_hull(rows[::-1])[:-1])


def _half_hull(rows: list[list[float]]) -> list[list[float]]:
    half: list[list[float]] = []
    for x, y in rows:
        while len(half) > 1:
            (ax, ay), (bx, by) = half[-2:]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            half.pop()
        half.append([x, y])
    return half


def _without_inner(flat: Floats) -> Floats:
    """Drop points inside the polygon of the farthest ones in a few directions.

    They cannot be on the hull, and are nearly all: the Python loop stays short.
    """
    turn = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS
    farthest = [
        int((flat @ d).argmax()) for d in np.column_stack([np.cos(turn), np.sin(turn)])
    ]
    corner = flat[farthest]
    side = np.roll(corner, -1, axis=0) - corner
    inner = np.full(len(flat), bool(side.any()))
    for (cx, cy), (sx, sy) in zip(corner, side, strict=True):
        if sx or sy:
            inner &= sx * (flat[:, 1] - cy) - sy * (flat[:, 0] - cx) > 0
    outer: Floats = flat[~inner]
    return outer
