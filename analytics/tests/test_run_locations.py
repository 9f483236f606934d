"""Location clusters from planted cities, end to end."""

import pytest

from accounts.models import Client, Place
from accounts.places import place_for
from analytics.models import Figure, Run
from analytics.reports.locations import Cut, Report
from analytics.tests.planted import analyse, client_of, lead_of, plant_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted(bd, setup_rows):
    plant_places(bd)


def report(run, **cut):
    return Report(run, Figure.objects.all(), Cut(**cut))


def test_three_areas_are_found_and_their_names_reach_the_places(planted):
    run = analyse("locations")
    assert run.result["k"] == 3
    assert Place.objects.get(city="Turin").area == Place.objects.get(city="Genoa").area
    assert set(Place.objects.values_list("area", flat=True)) == set(run.result["names"])


def test_figures_add_up_to_clients_and_purchases(planted):
    run = analyse("locations")
    total = report(run).total
    assert (total.clients, total.purchases) == (36, 36)
    assert total.cents == 12 * 900_00 + 24 * 100_00


def test_the_answer_names_the_profitable_area(planted):
    run = analyse("locations")
    found = report(run)
    italy = Place.objects.get(city="Milan").area
    assert found.answer.startswith(f"{italy} brings the most: 82% of the revenue")


def test_cutting_again_at_the_same_k_gives_the_same_clusters(planted):
    run = analyse("locations")
    published = [(a.name, a.tone, a.rows.tolist()) for a in report(run).areas]
    again = [(a.name, a.tone, a.rows.tolist()) for a in report(run, k=3).areas]
    assert published == again


def test_a_radius_of_zero_is_every_city_and_a_huge_one_is_one_cluster(planted):
    run = analyse("locations")
    assert len(report(run, radius=1.0).areas) == 12
    assert len(report(run, radius=20_000.0).areas) == 1
    assert all(a.radius_km <= 350 for a in report(run, radius=350.0).areas)


def test_names_of_a_cut_are_different(planted):
    run = analyse("locations")
    names = [area.name for area in report(run, k=12).areas]
    assert len(set(names)) == 12


def test_names_and_colours_stay_from_run_to_run(planted, bd):
    first = analyse("locations").result
    for number in range(30):
        client_of(bd, f"P{number}", place=place_for("Porto", "", "Portugal"))
    second = analyse("locations").result
    tones = dict(zip(first["names"], first["tones"], strict=True))
    assert tones == dict(zip(second["names"], second["tones"], strict=True))


def test_row_order_changes_nothing(bd, setup_rows):
    plant_places(bd)
    first = analyse("locations")
    Client.objects.all().delete()
    Place.objects.all().delete()
    Run.objects.all().delete()
    plant_places(bd, turned=True)
    second = analyse("locations")
    assert first.result == second.result
    assert first.quality == second.quality


def test_unplaced_rows_are_counted_with_the_nearest_spelling(planted, bd):
    client_of(bd, "nowhere")
    lead_of(bd, "typo", place=place_for("Hambrug", "", ""))
    run = analyse("locations")
    assert [one["rows"] for one in run.left_out] == [1, 1]
    nowhere, unknown, places = report(run).unplaced
    assert (nowhere, unknown) == (1, 1)
    assert "Hamburg" in places[0][0].suggestion


def test_the_user_may_set_k(planted):
    run = analyse("locations", params={"k": 2})
    assert (run.result["k"], run.result["chosen"]) == (2, False)


def test_too_few_places_is_an_answer_and_takes_the_labels_away(planted):
    analyse("locations")
    Client.objects.filter(external_id__gt="C11").delete()
    run = analyse("locations")
    assert run.result["lack"] == {"code": "places", "found": 12, "needed": 30}
    assert not Place.objects.exclude(area="").exists()


def test_everybody_in_one_place_is_one_cluster(bd):
    for number in range(30):
        client_of(bd, f"L{number}", place=place_for("London"))
    run = analyse("locations")
    assert run.result["names"] == ["London"]
    assert run.result["reason"] == "too_few"
    assert report(run, k=4).lines[0].rates.sums.clients == 30


def test_a_medium_that_converts_above_average_is_the_advice(planted, bd):
    for number in range(40):
        city, country = ("Milan", "Italy") if number < 20 else ("Kiel", "Germany")
        state = "won" if number < 15 or number in (20, 21) else "lost"
        place = place_for(city, "", country)
        lead_of(bd, f"L{number}", medium="Referral", state=state, place=place)
    found = report(analyse("locations"))
    italy = Place.objects.get(city="Milan").area
    assert found.advice == f"In {italy}, leads by Referral convert 1.8× the average."
    heat = found.heat("conversion")
    assert [row.best for row in heat.rows if row.label == italy] == ["Referral"]
