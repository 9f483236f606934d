"""Telephone numbers: read once, the same in rows, comparisons and texts."""

import pytest

from crm.lib import phones
from leads.models import Lead


def test_a_row_gives_the_number_it_was_given(lead):
    lead.phone = "+44 20 7946 0018"
    lead.save(update_fields=["phone"])
    kept = Lead.objects.get(pk=lead.pk).phone
    assert (str(kept), kept.as_national) == ("+442079460018", "020 7946 0018")
    assert kept == lead.phone == "+442079460018"


def test_a_number_is_read_once():
    made = phones.complete("020 7946 0018", "GB")
    assert phones.read("+442079460018") is made


def test_what_is_no_number_keeps_its_text():
    assert (str(phones.read("ring Ann")), phones.read("ring Ann").is_valid()) == (
        "ring Ann",
        False,
    )


@pytest.mark.parametrize("text", ["12", "", "020 7946 0018", "+999 1"])
def test_an_incomplete_number_is_none(text):
    assert phones.complete(text) is None


@pytest.mark.parametrize("value", [None, ""])
def test_blank_stays_blank(value):
    assert phones.phone_of(value) == value


def test_no_more_numbers_are_kept_than_a_few_thousand():
    for n in range(phones.KEPT + 50):  # a loop, because the limit is what is tested
        phones.complete(f"+49 30 {20_000_000 + n}")
    assert len(phones._known) <= phones.KEPT
