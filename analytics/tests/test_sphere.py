"""Degrees, kilometres, centres and outlines on the globe."""

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from analytics.mining.sphere import (
    EARTH_RADIUS_KM,
    arc_km,
    centroid,
    outline,
    to_degrees,
    to_vectors,
)


def test_degrees_come_back():
    lat, lon = np.array([0, 51.5, -33.9, 89.9]), np.array([0, -0.1, 151.2, 179.9])
    back = to_degrees(to_vectors(lat, lon))
    np.testing.assert_allclose(back, (lat, lon), atol=1e-12)


@pytest.mark.parametrize(
    ("lat", "lon"), [([91], [0]), ([0], [181]), ([np.nan], [0]), ([1, 2], [3])]
)
def test_places_out_of_range_are_refused(lat, lon):
    with pytest.raises(ValueError, match="latitude"):
        to_vectors(lat, lon)


def test_known_distances():
    pune, mumbai, pole, south = to_vectors(
        [18.52, 19.08, 90, -90], [73.86, 72.88, 0, 0]
    )
    assert arc_km(pune, mumbai) == pytest.approx(120, abs=2)
    assert arc_km(pole, south) == pytest.approx(np.pi * EARTH_RADIUS_KM)
    assert arc_km(pune, pune) == 0


def test_the_antimeridian_is_no_border():
    fiji, samoa = to_vectors([-17.0, -17.0], [179.9, -179.9])
    assert arc_km(fiji, samoa) < 25
    lat, lon = to_degrees(centroid([fiji, samoa])[None])
    assert abs(lon[0]) == pytest.approx(180)


def test_the_centre_follows_the_weights():
    places = to_vectors([0, 0], [0, 10])
    assert to_degrees(centroid(places, [1e6, 1])[None])[1][0] < 0.001


def test_antipodes_have_the_first_as_centre():
    places = to_vectors([0, 0], [0, 180])
    assert np.array_equal(centroid(places), places[0])


def test_no_place_has_no_centre():
    with pytest.raises(ValueError, match="at least one"):
        centroid(np.empty((0, 3)))


def test_the_outline_is_the_convex_hull():
    rng = np.random.default_rng(0)
    lat, lon = rng.normal(0, 0.5, 3000), rng.normal(0, 0.5, 3000)
    drawn = outline(to_vectors(lat, lon))
    corners = ConvexHull(np.column_stack([lon, lat])).vertices
    found = {
        (round(a, 6), round(o, 6)) for a, o in zip(drawn.lat, drawn.lon, strict=True)
    }
    true = {(round(lat[i], 6), round(lon[i], 6)) for i in corners}
    assert len(found ^ true) <= 2  # the projection bends the edges by a hair


def test_the_outline_turns_counter_clockwise_and_holds_its_corners():
    drawn = outline(to_vectors([0, 0, 10, 10, 5, 5], [0, 10, 10, 0, 5, 6]))
    assert len(drawn.lat) == 4
    x, y = drawn.lon, drawn.lat
    assert (x * np.roll(y, -1) - np.roll(x, -1) * y).sum() > 0


def test_an_outline_across_the_antimeridian_stays_in_one_piece():
    drawn = outline(to_vectors([-10, -10, 10, 10], [175, -175, -175, 175]))
    assert np.ptp(drawn.lon) == pytest.approx(10)


def test_an_outline_around_the_pole_is_drawn():
    drawn = outline(to_vectors([80, 80, 80, 85], [0, 120, -120, 10]))
    assert np.allclose(drawn.lat, 80)
    assert drawn.center_lat > 85


def test_outlines_of_one_place_and_of_a_line():
    assert len(outline(to_vectors([5, 5], [7, 7])).lat) == 1
    line = outline(to_vectors([0, 0, 0], [0, 1, 2]))
    np.testing.assert_allclose(sorted(line.lon), [0, 2], atol=1e-9)


def test_the_outline_leaves_its_input_alone():
    places = to_vectors([1, 2, 3], [1, 5, 2])
    before = places.copy()
    outline(places)
    assert np.array_equal(places, before)
