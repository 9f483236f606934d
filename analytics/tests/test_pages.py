"""The report pages, and whose figures they show."""

import pytest
from django.urls import reverse

from accounts.models import Client
from analytics.models import Run
from analytics.tests.planted import (
    analyse,
    client_of,
    lead_of,
    plant_answers,
    plant_buyers,
    plant_places,
)

pytestmark = pytest.mark.django_db
PAGES = ["overview", "locations", "media", "segments"]


@pytest.fixture
def get(client):
    def fetch(user, name, *args, **query):
        client.force_login(user)
        return client.get(reverse(f"analytics:{name}", args=args), query)

    return fetch


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_firm_is_invited_to_start(get, admin, page):
    response = get(admin, page)
    assert response.status_code == 200
    assert "Not analysed yet" in response.content.decode()


def test_locations_show_answer_map_table_and_cross_table(get, bd, setup_rows):
    plant_places(bd)
    lead_of(bd, "L", medium="Fax", place=Client.objects.first().place)
    analyse("locations")
    page = get(bd, "locations").content.decode()
    assert "brings the most: 82% of the revenue" in page
    assert page.count('class="map-dot"') == 3
    assert "What works where" in page


def test_the_slider_cuts_the_stored_tree_without_a_run(get, bd, setup_rows):
    plant_places(bd)
    analyse("locations")
    page = get(bd, "locations", k=12).content.decode()
    assert page.count('class="map-dot"') == 12
    assert get(bd, "locations", radius=20_000).content.decode().count("map-dot") == 1
    assert Run.objects.count() == 1


@pytest.mark.parametrize("query", [{"k": "-3"}, {"k": "x"}, {"radius": "nan"}])
def test_a_senseless_cut_shows_the_published_clusters(get, bd, setup_rows, query):
    plant_places(bd)
    analyse("locations")
    assert get(bd, "locations", **query).content.decode().count("map-dot") == 3


def test_a_bubble_opens_the_list_behind_it(get, bd, setup_rows):
    plant_places(bd)
    run = analyse("locations")
    first = run.groups.first()
    page = get(bd, "cluster", first.number)
    assert len(page.context["page"].rows) == first.facts["clients"] == 12
    assert get(bd, "cluster", 99).status_code == 404


def test_media_show_groups_best_first(get, bd, setup_rows):
    plant_answers(bd)
    analyse("media", params={"k": 3})
    page = get(bd, "media").content.decode()
    assert page.index("Most responsive") < page.index("Rarely answers")
    assert "half of them within 4 hours" in page


def test_segments_show_six_classes_and_two_plots(get, bd):
    plant_buyers(bd)
    analyse("segments")
    response = get(bd, "segments")
    page = response.content.decode()
    assert "12 of 40 clients are High value" in page
    assert page.count('class="scatter"') == 2
    assert sum(x.rates.sums.clients for x in response.context["report"].lines) == 40


def test_each_class_has_its_list_with_reasons(get, bd):
    plant_buyers(bd)
    analyse("segments")
    page = get(bd, "segment_list", "negative").content.decode()
    assert "Has never bought since signing up on 2 Mar 2026." in page
    assert get(bd, "segment_list", "nonsense").status_code == 404


def test_a_list_is_exported_through_the_gate(get, bd, other_bd):
    plant_buyers(bd)
    analyse("segments")
    assert get(bd, "segment_csv", "high_value").content.decode().count("\r\n") == 13
    assert (
        get(other_bd, "segment_csv", "high_value").content.decode().count("\r\n") == 1
    )


def test_a_manager_never_counts_another_departments_rows(get, bd, far_bd, manager):
    plant_buyers(bd)
    for number in range(25):
        client_of(far_bd, f"far {number}")
    analyse("segments")
    lines = get(manager, "segments").context["report"].lines
    assert sum(line.rates.sums.clients for line in lines) == 40


def test_everybody_sees_own_places_and_answers_only(
    get, bd, far_bd, far_manager, admin, setup_rows
):
    plant_places(bd)
    only = client_of(far_bd, "far", place=Client.objects.first().place)
    analyse("locations")
    report = get(far_manager, "locations").context["report"]
    assert [line.rates.sums.clients for line in report.lines] == [1]
    assert report.total.cents == 0
    assert get(admin, "locations").context["report"].total.clients == 37
    listed = get(far_manager, "cluster", report.lines[0].area.number)
    assert listed.context["page"].rows == [only]


def test_firm_wide_counts_are_for_admins(get, bd, admin):
    client_of(bd, "one")
    analyse("segments")
    assert "1 client has a sign-up date" in get(admin, "segments").content.decode()
    page = get(bd, "segments").content.decode()
    assert "There is too little data yet for an answer." in page


def test_a_manager_starts_a_run_and_sees_its_progress(get, client, manager):
    client.force_login(manager)
    client.post(reverse("analytics:run_start"), {"kind": "locations", "k": "5"})
    run = Run.objects.get()
    assert (run.state, run.params, run.by) == ("queued", {"k": 5}, manager)
    progress = reverse("analytics:run_progress", args=[run.pk])
    assert progress in get(manager, "locations").content.decode()
    assert "Waiting for a worker" in client.get(progress).content.decode()


def test_when_a_run_is_over_the_page_around_its_progress_reloads(client, manager, bd):
    run = analyse("media")
    client.force_login(manager)
    url = reverse("analytics:run_progress", args=[run.pk])
    assert client.get(url, headers={"hx-request": "true"})["HX-Refresh"] == "true"


def test_a_failure_is_told_beside_the_last_figures(get, bd, manager):
    plant_buyers(bd)
    analyse("segments")
    failed = Run.objects.create(kind="segments", state="running", attempts=1)
    failed.fail("The disk is full.")
    page = get(manager, "segments").content.decode()
    assert "The disk is full." in page
    assert "12 of 40 clients" in page


def test_a_form_that_cannot_be_read_starts_nothing(client, manager):
    client.force_login(manager)
    client.post(reverse("analytics:run_start"), {"kind": "horoscope"})
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("kind", "plant", "queries"),
    [
        ("locations", plant_places, 12),
        ("media", plant_answers, 12),
        ("segments", plant_buyers, 9),
    ],
)
def test_a_report_costs_a_fixed_number_of_queries(
    get, client, admin, bd, setup_rows, kind, plant, queries,
    django_assert_max_num_queries,
):  # fmt: skip
    plant(bd)
    analyse(kind)
    get(admin, kind)
    with django_assert_max_num_queries(queries):
        client.get(reverse(f"analytics:{kind}"))


def test_the_list_of_a_class_costs_the_same_for_any_length(
    get, client, admin, bd, django_assert_max_num_queries
):
    plant_buyers(bd)
    analyse("segments")
    get(admin, "segment_list", "high_value")
    with django_assert_max_num_queries(7):
        client.get(reverse("analytics:segment_list", args=["high_value"]))
