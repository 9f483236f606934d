"""Cells are made into values, or refused in words."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from accounts.importing import values
from accounts.importing.guess import guess_mapping, header_key
from accounts.importing.values import Dates
from leads.importing import FIELDS

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("text", "found"),
    [("17850.0", "17850"), ("0001", "0001"), (" l:123 ", "l:123"), ("1.50", "1.50")],
)
def test_external_ids_keep_their_zeros_and_prefixes(text, found):
    assert values.identifier(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ADA@Example.org ::: ada@home.example", "ada@example.org"),
        ("<Ann@x.example>", "ann@x.example"),
        ("none; bob@x.example", "bob@x.example"),
        ("mailto:cid@x.example", "cid@x.example"),
    ],
)
def test_the_first_address_in_a_cell_counts(text, found):
    assert values.email(text) == found


def test_what_is_no_address_is_refused():
    with pytest.raises(ValueError, match="“nobody at home” is not an e-mail"):
        values.email("nobody at home")


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("+49 170 1234567", "", "+491701234567"),
        ("(415) 293-3313", "US", "+14152933313"),
        ("0155 66123456", "DE", "+4915566123456"),
    ],
)
def test_telephones_are_read_in_their_country(text, country, found):
    assert values.phone(text, country) == found


@pytest.mark.parametrize("text", ["867-5309", "+1 555-4001", "no phone", "0612345678"])
def test_incomplete_telephones_are_refused(text):
    with pytest.raises(ValueError, match="not a complete telephone number"):
        values.phone(text, "")


def test_a_country_is_known_by_name_or_code():
    assert [values.country_code(c) for c in ("de", "Germany", "", "Narnia")] == [
        "DE",
        "DE",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("others", "found"),
    [
        (["25/12/2008"], date(2008, 1, 9)),
        (["12/25/2008"], date(2008, 9, 1)),
        (["1.2.2008"], date(2008, 1, 9)),
    ],
)
def test_the_whole_file_decides_whether_the_day_comes_first(others, found):
    dates = Dates(UTC)
    for text in others:
        dates.learn(text)
    assert dates.day("09/01/2008") == found
    assert not dates.is_guess


def test_without_a_sign_the_country_decides_and_it_is_a_guess():
    german, american = Dates(UTC, "DE"), Dates(UTC, "US")
    for dates in (german, american):
        dates.learn("09/01/2008")
    assert german.day("09/01/2008") == date(2008, 1, 9)
    assert american.day("09/01/2008") == date(2008, 9, 1)
    assert german.is_guess


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2018-02-26 19:58:54", "2018-02-26T19:58:54+00:00"),
        ("2024-08-13T18:04:34.666+00:00", "2024-08-13T18:04:34.666000+00:00"),
        ("07/15/2009 02:14:45+0800", "2009-07-15T02:14:45+08:00"),
        ("07/15/2009T02:14:45+0800", "2009-07-15T02:14:45+08:00"),
        ("12/31/10 8:26 pm", "2010-12-31T20:26:00+00:00"),
        ("05 Mar 2024", "2024-03-05T12:00:00+00:00"),
        ("20170212", "2017-02-12T12:00:00+00:00"),
    ],
)
def test_times_are_read_as_exports_write_them(text, found):
    assert Dates(UTC).moment(text) == datetime.fromisoformat(found)


@pytest.mark.parametrize("text", ["31/31/2020", "soon", "0001-01-01", "2020-13-01"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="is not a date"):
        Dates(UTC).day(text)


def test_amounts_are_read_or_refused():
    assert values.amount("1.234,50") == Decimal("1234.50")
    with pytest.raises(ValueError, match="is not an amount"):
        values.amount("many")
    with pytest.raises(ValueError, match="too large"):
        values.amount("9" * 13)


def test_headers_are_comparable():
    assert header_key("CustomerID") == header_key("customer_id") == "customer id"
    assert header_key("Téléphone") == "telephone"


def test_french_headers_are_understood():
    columns = ["Nom", "Email", "Téléphone", "Entreprise", "Statut"]
    mapping = guess_mapping(columns, [], FIELDS)
    assert mapping == {
        "name": "Nom",
        "email": "Email",
        "phone": "Téléphone",
        "company": "Entreprise",
        "stage": "Statut",
    }


def test_an_unnamed_column_of_addresses_is_the_mail():
    mapping = guess_mapping(["Name", "Kontakt"], [["Ann", "a@x.example"]], FIELDS)
    assert mapping["email"] == "Kontakt"


def test_of_two_columns_the_one_with_values_is_taken():
    columns = ["Work Phone", "Mobile Number"]
    assert guess_mapping(columns, [["", "123"]], FIELDS)["phone"] == "Mobile Number"
