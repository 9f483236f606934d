import csv
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from accounts.gazetteer import find, kilometres, nearest, suggest, usable
from accounts.gazetteer.table import table

REPOSITORY = Path(__file__).resolve().parent.parent.parent
OLIST = REPOSITORY.parent / "shared" / "data" / "olist_orders_sample3k"


def where(*typed):
    found = find(*typed)
    return found and (found.city, found.state_code, found.country_code)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("Springfield", "IL", "US"), ("Springfield", "IL", "US")),
        (("Springfield", "Massachusetts", ""), ("Springfield", "MA", "US")),
        (("springfield", "", "USA"), ("Springfield", "MO", "US")),
        (("Portland", "ME", "U.S.A."), ("Portland", "ME", "US")),
        (("NYC", "", ""), ("New York City", "NY", "US")),
        (("St Louis", "MO", ""), ("St. Louis", "MO", "US")),
        (("Saint Louis", "MO", ""), ("St. Louis", "MO", "US")),
        (("MÜNCHEN", "", "Deutschland"), ("Munich", "BY", "DE")),
        (("Munich", "Bayern", "de"), ("Munich", "BY", "DE")),
        (("Bangalore", "", "India"), ("Bengaluru", "KA", "IN")),
        (("Lodz", "", "PL"), ("Łódź", "", "PL")),
        (("東京", "", ""), ("Tokyo", "", "JP")),
        (("Paris", "", ""), ("Paris", "", "FR")),
        (("Paris", "TX", ""), ("Paris", "TX", "US")),
        (("San Juan", "PR", "US"), ("San Juan", "", "PR")),
        (("London", "", "UK"), ("London", "ENG", "GB")),
    ],
)
def test_city_is_found_however_it_is_written(typed, expected):
    assert where(*typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("sao paulo / sao paulo", "", "BR"), ("São Paulo", "SP", "BR")),
        (("sbc/sp", "SP", "BR"), ("São Bernardo do Campo", "SP", "BR")),
        (("rio de janeiro - rj", "", ""), ("Rio de Janeiro", "RJ", "BR")),
        (("andira-pr", "", "BR"), ("Andirá", "PR", "BR")),
        (("s jose do rio preto", "SP", ""), ("São José do Rio Preto", "SP", "BR")),
        (("Glasgow, Scotland", "", ""), ("Glasgow", "SCT", "GB")),
        (("Springfield IL", "", ""), ("Springfield", "IL", "US")),
        (("San Francisco CA 94103", "", ""), ("San Francisco", "CA", "US")),
        (("Ontario, CA", "", ""), ("Ontario", "CA", "US")),
        (("Toronto, CA", "", ""), ("Toronto", "ON", "CA")),
        (("Centro, Porto Alegre", "", "Brasil"), ("Porto Alegre", "RS", "BR")),
    ],
)
def test_state_or_country_in_the_city_column_is_understood(typed, expected):
    assert where(*typed) == expected


@pytest.mark.parametrize(
    ("typed", "precision", "name"),
    [
        (("Nowhereville", "TX", "US"), "state", "Texas"),
        (("", "Rio de Janeiro", ""), "state", "Rio de Janeiro"),
        (("", "CA", ""), "state", "California"),
        (("", "", "England"), "state", "England"),
        (("Bavaria", "", ""), "state", "Bavaria"),
        (("Nowhereville", "", "Brasil"), "country", "Brazil"),
        (("Nowhereville", "Nostate", "Brasil"), "country", "Brazil"),
        (("", "", "United States of America"), "country", "United States"),
        (("Germany", "", ""), "country", "Germany"),
    ],
)
def test_unknown_city_falls_back_and_says_how_far(typed, precision, name):
    found = find(*typed)
    assert found.precision == precision
    assert not found.city
    assert name == (found.state if precision == "state" else found.country)


def test_stated_state_decides_against_a_larger_city_elsewhere():
    assert find("Curitiba", "SP", "BR").precision == "state"


def test_stated_country_decides_against_a_larger_city_elsewhere():
    assert find("Munich", "", "Brazil").country_code == "BR"


def test_unreadable_country_does_not_hide_a_known_city():
    assert where("Manila", "", "Philipines") == ("Manila", "NCR", "PH")


@pytest.mark.parametrize("city", ["", "  ", None, "Qwxzv", "04482255", "?", "SPI"])
def test_what_names_no_place_is_not_placed(city):
    assert find(city) is None


@pytest.mark.parametrize(
    ("city", "country", "expected"),
    [
        ("Munchenn", "DE", "Munich"),
        ("ribeirao pretp", "BR", "Ribeirão Preto"),
        ("Nashk", "India", "Nashik"),
        ("", "Philipines", "Philippines"),
        ("Manila", "Philipines", "Philippines"),
        ("Qwxzvq", "", ""),
        ("", "", ""),
    ],
)
def test_nearest_spelling_is_suggested(city, country, expected):
    assert suggest(city, country) == expected


def test_nearest_city_is_the_one_a_full_search_finds():
    chance = random.Random(7)
    cities = [table().city(n) for n in range(len(table().lines))]
    for _ in range(2):
        point = (chance.uniform(-90, 90), chance.uniform(-180, 180))
        best = min(cities, key=lambda c: kilometres(*point, c.latitude, c.longitude))
        assert nearest(*point).city == best.name


def test_nearest_city_may_lie_beyond_the_date_line():
    assert nearest(-16.9, -179.9).country_code == "FJ"


@pytest.mark.parametrize(
    "point",
    [(0, 0), (None, 5), (91, 0), (5, -181), (float("nan"), 5), (float("inf"), 5)],
)
def test_impossible_coordinates_count_as_missing(point):
    assert not usable(*point)
    assert nearest(*point) is None


def test_kilometres_along_a_quarter_of_the_equator():
    assert kilometres(0, 0, 0, 90) == pytest.approx(10_007.6, abs=0.1)


def test_gazetteer_imports_nothing_heavy():
    program = "import sys, accounts.gazetteer; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    ).stdout.split()
    assert not {"django", "pandas", "sklearn", "numpy"} & set(loaded)


@pytest.mark.skipif(not OLIST.exists(), reason="no ../shared/data beside the project")
def test_most_rows_of_a_real_export_are_placed_to_the_city():
    with (OLIST / "olist_customers_dataset.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = [find(r["customer_city"], r["customer_state"], "BR") for r in rows]
    assert all(found)
    assert sum(f.precision == "city" for f in found) >= 0.98 * len(rows)
