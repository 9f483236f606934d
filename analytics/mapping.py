"""Outlines of countries and US states as SVG path text, and points on the same map.

The projection is plate carrée with longitudes shortened by the cosine of the middle
latitude, so a small region keeps its shape. Nothing here knows of Django or draws.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from math import cos, hypot, radians
from pathlib import Path
from typing import NamedTuple

Point = tuple[float, float]

FILE = Path(__file__).with_name("outlines.json.gz")
SIZE = (960, 400)
OUTSIDE = 4.0  # units beyond the edge to cut at, so that no cut shows as a border
TOLERANCE = 0.6  # units an outline may move when points are left out
NARROWEST = 6.0  # degrees; one city alone still gets its surroundings


class Bounds(NamedTuple):
    """A region in degrees; `east` is over 180 where it crosses the date line."""

    south: float
    west: float
    north: float
    east: float


WORLD = Bounds(-57.0, -180.0, 84.0, 180.0)


class Outline(NamedTuple):
    """One country or state as stored: closed rings of (longitude, latitude)."""

    name: str
    code: str
    rings: tuple[tuple[Point, ...], ...]


def bounds_of(points: Iterable[Point], padding: float = 0.12) -> Bounds:
    """Return the smallest region around (latitude, longitude) points, with some air.

    It leaves out the widest empty stretch of longitudes, so points on both sides of
    the date line stay together. Without points it is the world.
    """
    places = list(points)
    if not places:
        return WORLD
    south, north = padded(*spread(lat for lat, _ in places), padding)
    west, east = padded(*longitudes(lon for _, lon in places), padding)
    if east - west >= 300:
        west, east = WORLD.west, WORLD.east
    return Bounds(max(south, -90.0), west, min(north, 90.0), east)


def project(lat: float, lon: float, bounds: Bounds, size: Point = SIZE) -> Point:
    """Return x and y in a viewBox of `size`; outside of it if outside the region."""
    seen = frame(bounds, size)
    middle = (seen.west + seen.east) / 2
    turned = middle + (lon - middle + 180) % 360 - 180
    x, y = to_view(seen, size)(turned, lat)
    return round(x, 1), round(y, 1)


@lru_cache(maxsize=64)
def world_paths(
    bounds: Bounds | None = None, size: Point = SIZE
) -> list[tuple[str, str]]:
    """Return (name, path) of every country in sight; fill them by the even-odd rule."""
    return paths(outlines()["countries"], bounds or WORLD, size)


@lru_cache(maxsize=64)
def state_paths(
    bounds: Bounds | None = None, size: Point = SIZE
) -> list[tuple[str, str]]:
    """Return (name, path) of every state of the US in sight."""
    return paths(outlines()["states"], bounds or WORLD, size)


@cache
def outlines() -> dict[str, list[Outline]]:
    """Read the outlines, once per process."""
    layers = json.loads(gzip.decompress(FILE.read_bytes()))
    return {
        layer: [
            Outline(
                shape["name"],
                shape["code"],
                tuple(tuple((x, y) for x, y in ring) for ring in shape["rings"]),
            )
            for shape in shapes
        ]
        for layer, shapes in layers.items()
    }


def paths(
    shapes: Iterable[Outline], bounds: Bounds, size: Point
) -> list[tuple[str, str]]:
    """Project, cut and thin each shape; those out of sight are left out."""
    seen = frame(bounds, size)
    view = to_view(seen, size)
    drawn = []
    for shape in shapes:
        rings = (near for ring in shape.rings for near in in_sight(ring, seen))
        text = "".join(
            path_of([view(*point) for point in ring], size) for ring in rings
        )
        if text:
            drawn.append((shape.name, text))
    return drawn


def frame(bounds: Bounds, size: Point) -> Bounds:
    """Widen the region to the shape of the viewBox, so that the map fills it."""
    south, west, north, east = bounds
    squeeze = shortening(bounds)
    across, down = (east - west) * squeeze, north - south
    if across * size[1] > down * size[0]:
        more = (across * size[1] / size[0] - down) / 2
        return Bounds(south - more, west, north + more, east)
    more = min(down * size[0] / size[1] / squeeze, 360.0) - (east - west)
    more = max(more, 0.0) / 2
    return Bounds(south, west - more, north, east + more)


def to_view(seen: Bounds, size: Point) -> Callable[[float, float], Point]:
    """Return the function from longitude and latitude to x and y."""
    squeeze = shortening(seen)
    scale = min(
        size[0] / ((seen.east - seen.west) * squeeze),
        size[1] / (seen.north - seen.south),
    )
    left = (size[0] - (seen.east - seen.west) * squeeze * scale) / 2

    def view(lon: float, lat: float) -> Point:
        return left + (lon - seen.west) * squeeze * scale, (seen.north - lat) * scale

    return view


def shortening(bounds: Bounds) -> float:
    """How long a degree of longitude is beside one of latitude, in mid-region."""
    return max(cos(radians((bounds.south + bounds.north) / 2)), 0.05)


def in_sight(ring: tuple[Point, ...], seen: Bounds) -> Iterator[list[Point]]:
    """The ring, turned by whole circles, wherever it touches the frame."""
    west, east = spread(lon for lon, _ in ring)
    south, north = spread(lat for _, lat in ring)
    if north < seen.south or south > seen.north:
        return
    for turn in (-360.0, 0.0, 360.0):
        if west + turn < seen.east and east + turn > seen.west:
            yield [(lon + turn, lat) for lon, lat in ring]


def path_of(ring: list[Point], size: Point) -> str:
    """Cut a projected ring at the edges, thin it and write it in steps of tenths."""
    low, (right, bottom) = -OUTSIDE, (size[0] + OUTSIDE, size[1] + OUTSIDE)
    for axis, edge, side in ((0, low, 1), (0, right, -1), (1, low, 1), (1, bottom, -1)):
        ring = cut(ring, axis, edge, side)
    tenths = [(round(x * 10), round(y * 10)) for x, y in thinned(ring)]
    if len(set(tenths)) < 3:
        return ""
    steps = zip(tenths, tenths[1:], strict=False)
    moves = (f"{(b[0] - a[0]) / 10:g},{(b[1] - a[1]) / 10:g}" for a, b in steps)
    start = f"{tenths[0][0] / 10:g},{tenths[0][1] / 10:g}"
    return f"M{start}l{' '.join(moves)}z"


def cut(ring: list[Point], axis: int, edge: float, side: int) -> list[Point]:
    """Keep what lies on one side of an edge (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for before, after in zip(ring[-1:] + ring, ring, strict=False):
        was, is_in = ((p[axis] - edge) * side >= 0 for p in (before, after))
        if was != is_in:
            share = (edge - before[axis]) / (after[axis] - before[axis])
            x, y = (b + share * (a - b) for b, a in zip(before, after, strict=True))
            kept.append((edge, y) if axis == 0 else (x, edge))
        if is_in:
            kept.append(after)
    return kept


def thinned(line: list[Point]) -> list[Point]:
    """Leave out points that lie near the line of those kept (Douglas and Peucker)."""
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)] if len(line) > 2 else []
    while spans:
        first, last = spans.pop()
        inner = range(first + 1, last)
        far = max(inner, key=lambda n: off(line[n], line[first], line[last]), default=0)
        if far and off(line[far], line[first], line[last]) > TOLERANCE:
            kept.add(far)
            spans += [(first, far), (far, last)]
    return [line[n] for n in sorted(kept)] if line else []


def off(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from the straight piece between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    px, py = point[0] - start[0], point[1] - start[1]
    length = dx * dx + dy * dy
    share = min(max((px * dx + py * dy) / length, 0.0), 1.0) if length else 0.0
    return hypot(px - share * dx, py - share * dy)


def spread(numbers: Iterable[float]) -> tuple[float, float]:
    ordered = sorted(numbers)
    return ordered[0], ordered[-1]


def longitudes(numbers: Iterable[float]) -> tuple[float, float]:
    """West and east of the shortest arc that holds all of them."""
    ordered = sorted({(lon + 180) % 360 - 180 for lon in numbers})
    ends = [*ordered[1:], ordered[0] + 360]
    gap, after = max(
        (end - start, number)
        for number, (start, end) in enumerate(zip(ordered, ends, strict=True), start=1)
    )
    west = ordered[after % len(ordered)]
    return west, west + 360 - gap


def padded(low: float, high: float, padding: float) -> tuple[float, float]:
    """Widen by a share of the width on each side, and to the narrowest allowed."""
    more = max((high - low) * padding, (NARROWEST - (high - low)) / 2)
    return low - more, high + more
