"""An invoice is begun from a milestone, once, by whoever sells to the client."""

import pytest
from django.urls import reverse

from projects.models import Milestone
from sales.billing import bill_quotation
from sales.models import Invoice

BILL = {"text": "Kick-off", "price": "250", "tax_rate": "0.00"}


@pytest.fixture
def url(milestone):
    return reverse("projects:milestone_bill", args=[milestone.pk])


@pytest.fixture
def quoted(project, lead, quotation):
    """Two milestones of a project whose quotation over €1,000 was accepted."""
    project.lead = lead
    project.save(update_fields=["lead"])
    Milestone.objects.create(project=project, name="Launch")
    quotation.accept(name="Carla")
    return quotation


def test_the_draft_has_one_line_and_the_client(client, bd, url, customer):
    client.force_login(bd)
    page = client.post(url, BILL, follow=True)
    invoice = Invoice.objects.get()
    assert page.redirect_chain[-1][0] == f"/sales/invoices/{invoice.pk}/edit/"
    assert (invoice.client, invoice.total, invoice.state) == (customer, 250, "draft")
    assert invoice.subject == "Mill website: Kick-off"


def test_an_equal_part_of_the_quotation_is_proposed(client, bd, url, quoted):
    client.force_login(bd)
    page = client.get(url)
    assert page.context["form"]["price"].value() == 500
    assert "an equal part of Q-1 over €1,000" in page.content.decode()


def test_a_quotation_billed_whole_is_said(client, bd, url, quoted, customer):
    bill_quotation(quoted, by=bd)
    client.force_login(bd)
    assert "this would come on top" in client.get(url).content.decode()


def test_then_the_quotation_is_not_billed_as_a_whole(client, bd, url, quoted):
    client.force_login(bd)
    client.post(url, BILL)
    whole = reverse("sales:quotation_bill", args=[quoted.pk])
    page = client.post(whole, follow=True)
    assert "This is billed already" in page.content.decode()
    assert Invoice.objects.get().quotation == quoted


def test_it_is_billed_once(client, bd, url):
    client.force_login(bd)
    client.post(url, BILL)
    again = client.post(url, BILL, follow=True)
    assert "This is billed already" in again.content.decode()
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"price": "0"}, {"price": "-1"}, {"price": "x"}, {"text": ""}]
)
def test_what_cannot_be_billed_is_said(client, bd, url, wrong):
    client.force_login(bd)
    assert client.post(url, BILL | wrong).status_code == 422
    assert not Invoice.objects.exists()


def test_what_was_left_out_is_not_billed(client, bd, url, milestone, manager):
    milestone.cancel(by=manager)
    client.force_login(bd)
    assert "is cancelled" in client.post(url, BILL, follow=True).content.decode()
    assert not Invoice.objects.exists()


def test_the_project_shows_it_to_who_sells_but_not_to_who_builds(
    client, bd, dev, url, milestone
):
    client.force_login(bd)
    client.post(url, BILL)
    page = milestone.project.get_absolute_url()
    assert "Draft invoice" in client.get(page).content.decode()
    client.force_login(dev)
    text = client.get(page).content.decode()
    assert "Draft invoice" not in text
    assert "Bill it" not in text


def test_the_page_costs_sellers_no_more_than_fifteen_queries(
    client, manager, project, django_assert_max_num_queries
):
    for n in range(12):
        project.add_milestone(name=f"M{n}", by=manager)
    client.force_login(manager)
    client.get(project.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(project.get_absolute_url())
