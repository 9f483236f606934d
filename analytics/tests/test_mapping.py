import re

import pytest

from analytics.mapping import (
    SIZE,
    WORLD,
    Bounds,
    bounds_of,
    cut,
    outlines,
    project,
    state_paths,
    thinned,
    world_paths,
)

BRAZIL = bounds_of([(-23.5, -46.6), (-3.1, -60.0), (-30.0, -51.2), (-8.0, -34.9)])
LOWER_48 = bounds_of([(47.6, -122.3), (25.8, -80.2), (42.4, -71.1), (32.7, -117.2)])
PACIFIC = bounds_of([(-18.1, 178.4), (-36.8, 174.8), (21.3, -157.9)])


def corners(path):
    """Every point of a path, its steps added up."""
    for ring in re.findall(r"M([^z]+)z", path):
        start, steps = ring.split("l")
        x, y = map(float, start.split(","))
        yield x, y
        for step in steps.split():
            dx, dy = map(float, step.split(","))
            x, y = x + dx, y + dy
            yield x, y


def test_every_ring_is_closed_and_never_jumps():
    rings = [r for layer in outlines().values() for shape in layer for r in shape.rings]
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
    steps = [abs(b[0] - a[0]) for r in rings for a, b in zip(r, r[1:], strict=False)]
    assert sorted(steps)[-2] < 30  # the longest is Antarctica's way along the pole


def test_world_has_all_countries_but_the_one_below_its_edge():
    names = {name for name, _ in world_paths()}
    assert len(names) == 176
    assert {"Fiji", "Russia", "United States of America", "Hungary"} <= names


def test_country_sized_map_holds_neighbours_only_and_is_small():
    drawn = world_paths(BRAZIL)
    assert {"Brazil", "Uruguay"} <= {name for name, _ in drawn}
    assert "Germany" not in {name for name, _ in drawn}
    assert sum(len(path) for _, path in drawn) < 30_000


def test_states_are_drawn_inside_the_united_states_only():
    drawn = state_paths(LOWER_48)
    assert {"Illinois", "Texas", "District of Columbia"} <= {name for name, _ in drawn}
    assert sum(len(path) for _, path in drawn) < 30_000
    assert state_paths(BRAZIL) == []


@pytest.mark.parametrize("bounds", [None, BRAZIL, LOWER_48, PACIFIC])
@pytest.mark.parametrize("size", [SIZE, (390, 390)])
def test_paths_stay_within_the_view(bounds, size):
    for _, path in world_paths(bounds, size):
        for x, y in corners(path):
            assert -5 <= x <= size[0] + 5
            assert -5 <= y <= size[1] + 5


@pytest.mark.parametrize("size", [SIZE, (390, 390), (300, 900)])
def test_what_bounds_hold_projects_into_the_view(size):
    x, y = project(-23.5, -46.6, BRAZIL, size)
    assert 0 < x < size[0]
    assert 0 < y < size[1]


def test_middle_of_the_bounds_is_the_middle_of_the_view():
    assert project(50, 10, Bounds(45, 0, 55, 20), (600, 400)) == (300, 200)


def test_kilometre_is_as_wide_as_high_in_a_small_region():
    bounds, size = Bounds(59, 9, 61, 13), (400, 400)
    middle = project(60, 11, bounds, size)
    east, north = project(60, 12, bounds, size), project(60.5, 11, bounds, size)
    assert east[0] - middle[0] == pytest.approx(middle[1] - north[1], rel=0.01)


def test_bounds_reach_over_the_date_line_and_not_around_the_globe():
    assert PACIFIC.west == pytest.approx(174.8 - 0.12 * 27.3)
    assert PACIFIC.east == pytest.approx(202.1 + 0.12 * 27.3)
    fiji, hawaii = project(-18.1, 178.4, PACIFIC), project(21.3, -157.9, PACIFIC)
    assert 0 < fiji[0] < hawaii[0] < SIZE[0]
    assert "Fiji" in {name for name, _ in world_paths(PACIFIC)}


def test_bounds_of_one_place_have_some_surroundings():
    south, west, north, east = bounds_of([(48.1, 11.6)])
    assert south < 47 < 49 < north
    assert west < 10 < 13 < east


def test_bounds_of_nothing_are_the_world():
    assert bounds_of([]) == WORLD


def test_bounds_of_places_all_around_are_every_longitude():
    bounds = bounds_of([(0, lon) for lon in range(-180, 180, 30)])
    assert (bounds.west, bounds.east) == (-180, 180)


def test_bounds_do_not_depend_on_the_order_of_points():
    points = [(10, 170), (-20, -175), (5, 179)]
    assert bounds_of(points) == bounds_of(points[::-1])


def test_cut_keeps_the_near_side_of_an_edge():
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    kept = cut(square, axis=0, edge=4.0, side=1)
    assert sorted(kept) == [(4.0, 0.0), (4.0, 10.0), (10.0, 0.0), (10.0, 10.0)]
    assert cut(square, axis=0, edge=11.0, side=1) == []


def test_thinned_leaves_out_what_lies_on_the_way():
    assert thinned([(0, 0), (5, 0.1), (10, 0), (10, 9)]) == [(0, 0), (10, 0), (10, 9)]
    assert thinned([]) == []
