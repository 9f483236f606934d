"""Search from every page: what is found, for whom, at what cost."""

import pytest
from django.urls import reverse

from crm.lib.marks import marked
from crm.lib.search import found_across, words_of
from sales.models import Quotation
from tests.cast.leads import lead_of
from tests.cast.projects import project_of
from tests.cast.sales import quotation_of

URL = reverse("pages:search")
TYPING = {"HTTP_HX_REQUEST": "true"}


def kinds(client, user, words):
    client.force_login(user)
    groups = client.get(URL, {"q": words}).context["groups"]
    return {str(group["label"]): len(group["hits"]) for group in groups}


def test_every_kind_is_found_and_marked(
    client, bd, lead, contact, project, quotation, task
):
    for words, kind in [("mill w", "Leads"), ("acorn", "Clients"), ("nora", "Contacts"),
                        ("Mill website", "Projects"), ("q-1", "Quotations"),
                        ("miller", "Tasks")]:  # fmt: skip
        assert kinds(client, bd, words)[kind] == 1, words
    page = client.get(URL, {"q": "MILL"}).content.decode()
    assert "New <mark>mill</mark> website" in page


def test_a_project_is_found_by_its_client_and_a_quotation_by_its_lead(
    client, bd, project, quotation
):
    found = kinds(client, bd, "acorn")
    assert (found["Projects"], found["Quotations"]) == (1, 1)


def test_an_invoice_is_found_by_its_number_and_by_its_client(client, bd, invoice):
    assert kinds(client, bd, invoice.number) == {"Invoices": 1}
    assert kinds(client, bd, "acorn")["Invoices"] == 1


@pytest.mark.parametrize("typed", ["030 1234", "+49 30 1234", "(030) 12 34", "301234"])
def test_a_part_of_a_number_however_it_is_spaced(client, bd, customer, typed):
    customer.change(phone="+493012345678", by=bd)
    assert kinds(client, bd, typed) == {"Clients": 1}


def test_accents_and_cases_do_not_matter(client, bd, customer):
    customer.change(name="M\u00fcller & S\u00f6hne", by=bd)
    assert kinds(client, bd, "muller SOHNE")["Clients"] == 1


def test_hidden_rows_are_never_found_not_even_counted(
    client, other_bd, far_manager, lead, contact, project, quotation, task
):
    for user in (other_bd, far_manager):
        assert kinds(client, user, "mill") == {}
        assert "Nothing found" in client.get(URL, {"q": "mill"}).content.decode()


def test_a_developer_finds_own_projects_only(client, dev, other_dev, lead, project):
    assert kinds(client, dev, "mill") == {"Projects": 1}
    assert kinds(client, other_dev, "mill") == {}


def test_what_is_in_the_trash_is_not_found(
    client, bd, lead, contact, project, quotation, customer
):
    lead.trash(by=bd)
    customer.trash(by=bd)
    assert kinds(client, bd, "acorn") == {}
    assert kinds(client, bd, "q-1") == {}


def test_while_one_types_there_are_five_of_a_kind(client, bd, customer):
    for n in range(7):
        lead_of(customer, f"Shop {n}")
    client.force_login(bd)
    page = client.get(URL, {"q": "shop"}, **TYPING)
    assert page.content.count(b"<mark>Shop</mark>") == 5
    assert b"<html" not in page.content
    assert client.get(URL, {"q": "shop"}).content.count(b"<mark>Shop</mark>") == 7


@pytest.mark.parametrize(
    "typed", ["", "m", "\x00", "%", "' or 1=1", "x" * 5000, "\u00fc"]
)
def test_whatever_is_typed_is_answered(client, bd, lead, typed):
    assert kinds(client, bd, typed) == {}


def test_a_percent_sign_is_no_wild_card(client, bd, lead):
    assert kinds(client, bd, "%%") == {}


@pytest.mark.parametrize("count", [1, 15])
def test_it_costs_at_most_ten_queries(
    client, manager, bd, customer, dev, count, django_assert_max_num_queries
):
    for n in range(count):
        quotation_of(lead_of(customer, f"Mill {n}"), f"M-{n}")
        project_of(customer, f"Mill {n}", dev)
    client.force_login(manager)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL, {"q": "mill"})


def test_marks_stand_in_the_text_as_it_was_typed():
    assert marked("S\u00f6hne <b>", ["sohne"]) == "<mark>S\u00f6hne</mark> &lt;b&gt;"
    assert words_of("+49 (0)30 12") == ["493012"]


def test_only_the_newest_of_very_many_are_looked_for(quotation, lead, bd):
    newer = quotation_of(lead, "Q-2")
    rows = Quotation.objects.visible_to(bd)
    assert set(found_across(rows, "mill", "lead")) == {quotation, newer}
    assert list(found_across(rows, "mill", "lead", newest=1)) == [newer]
