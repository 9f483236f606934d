"""Pages continue after a row; an address that was tampered with shows the first."""

import base64
import json

import pytest

from crm.lib.paging import KeysetPage, counted
from leads.models import Lead


def after(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "rubbish",
        after("not a day", 1),
        after(5, 1),
        after({"t": "2020-01-01T00:00:00+00:00"}, "x"),
        after({"t": "2020-01-01T00:00:00+00:00"}, float("nan")),
        after({"t": "2020-01-01T00:00:00+00:00"}, float("inf")),
        after({"t": "2020-01-01T00:00:00+00:00"}),
    ],
)
def test_what_cannot_be_read_shows_the_first_page(lead, text):
    page = KeysetPage(Lead.objects.all(), text)
    assert page.is_first
    assert page.rows == [lead]


def test_a_huge_key_shows_an_empty_page(lead):
    text = after({"t": "1900-01-01T00:00:00+00:00"}, 10**30)
    assert KeysetPage(Lead.objects.all(), text).rows == []


def test_rows_are_counted_as_far_as_the_cap(lead, far_lead):
    rows = Lead.objects.all()
    assert counted(rows, cap=2).text == "2"
    assert counted(rows, cap=1).text == "1+"
    assert KeysetPage(rows, cap=1).count_text == "1+"
