import pytest

from accounts.models import Place
from accounts.places import Spot, place_for, places_for

pytestmark = pytest.mark.django_db


def test_spellings_of_one_city_share_one_place():
    assert place_for("München", country="Germany") == place_for("munich", country="DE")


def test_the_same_place_is_written_once():
    place_for("Lyon", country="France")
    place_for("Lyon", country="France")
    assert Place.objects.count() == 1


def test_nothing_typed_is_no_place():
    assert place_for() is None


def test_given_coordinates_win_over_the_name():
    place = place_for("Lyon", country="France", latitude=10.5, longitude=20.25)
    assert (place.latitude, place.longitude, place.precision) == (10.5, 20.25, "exact")


@pytest.mark.parametrize("point", [(0, 0), (91, 5), (float("nan"), 3)])
def test_impossible_coordinates_count_as_missing(point):
    place = place_for("Lyon", "", "France", *point)
    assert place.precision == "city"


def test_an_unknown_city_falls_back_to_its_country_and_suggests_a_spelling():
    place = place_for("Lyoon", country="France")
    assert (place.precision, place.suggestion) == ("country", "Lyon")


def test_what_cannot_be_found_is_kept_as_typed():
    place = place_for("Xqzzt")
    assert (place.city, place.is_placed, place.precision) == ("Xqzzt", False, "none")


def test_many_places_cost_three_queries(django_assert_max_num_queries):
    spots = [Spot(city, "", "Italy") for city in ("Rome", "Milan", "Turin", "Naples")]
    with django_assert_max_num_queries(3):
        assert len(places_for([*spots, Spot()])) == 4
