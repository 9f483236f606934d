"""From a point on the map to the city beside it."""

from array import array
from bisect import bisect_left
from functools import cache
from itertools import zip_longest
from math import asin, cos, radians, sin, sqrt

from accounts.gazetteer.lookup import Found, found_city, usable
from accounts.gazetteer.table import table

EARTH_KM = 6371.0088
KM_PER_DEGREE = radians(1) * EARTH_KM


def nearest(latitude: float, longitude: float) -> Found | None:
    """The city nearest to these coordinates; None if they are missing or impossible.

    Exact: goes outwards by latitude until latitude alone is further than the best.
    """
    if not usable(latitude, longitude):
        return None
    numbers, latitudes, longitudes = by_latitude()
    middle = bisect_left(latitudes, latitude)
    best, best_km = 0, float("inf")
    north, south = range(middle, len(numbers)), range(middle - 1, -1, -1)
    for pair in zip_longest(north, south):
        ahead = [
            n
            for n in pair
            if n is not None and abs(latitudes[n] - latitude) * KM_PER_DEGREE <= best_km
        ]
        if not ahead:
            break
        for n in ahead:
            km = kilometres(latitude, longitude, latitudes[n], longitudes[n])
            if km < best_km:
                best, best_km = n, km
    return found_city(table(), table().city(numbers[best]))


def kilometres(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Length of the shortest way over the globe."""
    south, north = radians(latitude), radians(other_latitude)
    across = sin(radians(other_longitude - longitude) / 2) ** 2
    square = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * across
    return 2 * EARTH_KM * asin(min(1.0, sqrt(square)))


@cache
def by_latitude() -> tuple["array[int]", "array[float]", "array[float]"]:
    """Line numbers, latitudes and longitudes of all cities, from south to north."""
    known = table()
    rows = sorted(
        (float(latitude), float(longitude), number)
        for number, line in enumerate(known.lines)
        for _, _, latitude, longitude, _ in (line.split("\t"),)
    )
    latitudes, longitudes, numbers = zip(*rows, strict=True)
    return array("l", numbers), array("d", latitudes), array("d", longitudes)
