"""An invoice is begun from an accepted quotation, once."""

import pytest
from django.urls import reverse

from sales.models import Invoice


@pytest.fixture
def accepted(quotation, lead, customer):
    lead.client = customer
    lead.save(update_fields=["client"])
    quotation.accept(name="Carla")
    return quotation


def press(client, user, quotation):
    client.force_login(user)
    url = reverse("sales:quotation_bill", args=[quotation.pk])
    return client.post(url, follow=True)


def test_the_draft_has_the_lines_of_the_quotation(client, bd, accepted, customer):
    page = press(client, bd, accepted)
    invoice = Invoice.objects.get()
    assert page.redirect_chain[-1][0] == f"/sales/invoices/{invoice.pk}/edit/"
    assert (invoice.client, invoice.total) == (customer, accepted.total)
    assert [line.text for line in invoice.lines.all()] == ["Design"]
    assert (invoice.number, invoice.state) == ("", "draft")


def test_pressed_again_it_opens_the_invoice_that_is_there(client, bd, accepted):
    press(client, bd, accepted)
    page = press(client, bd, accepted)
    invoice = Invoice.objects.get()
    assert page.redirect_chain[-1][0] == invoice.get_absolute_url()
    assert "This is billed already" in page.content.decode()


def test_after_it_was_taken_back_it_can_be_billed_anew(client, bd, accepted):
    press(client, bd, accepted)
    first = Invoice.objects.get()
    first.send(by=bd)
    first.void(reason="Wrong firm", by=bd)
    press(client, bd, accepted)
    assert Invoice.objects.count() == 2


def test_what_was_not_accepted_is_not_billed(client, bd, quotation):
    assert "Only an accepted quotation" in press(client, bd, quotation).content.decode()
    assert not Invoice.objects.exists()


def test_without_a_client_it_waits_for_the_project(client, bd, quotation, lead):
    lead.client = None
    lead.save(update_fields=["client"])
    quotation.accept(name="Carla")
    page = press(client, bd, quotation)
    assert "start its project first" in page.content.decode()


def test_the_quotation_shows_its_invoice(client, bd, accepted):
    press(client, bd, accepted)
    page = client.get(reverse("sales:quotation", args=[accepted.pk]))
    text = page.content.decode()
    assert str(Invoice.objects.get()) in text
    assert "Make the invoice" not in text


def test_the_lead_leads_to_the_invoice(client, bd, accepted, lead):
    press(client, bd, accepted)
    text = client.get(lead.get_absolute_url()).content.decode()
    assert f'href="{Invoice.objects.get().get_absolute_url()}"' in text


def test_another_business_developer_gets_404(client, other_bd, accepted):
    assert press(client, other_bd, accepted).status_code == 404


def test_getting_is_refused(client, bd, accepted):
    client.force_login(bd)
    url = reverse("sales:quotation_bill", args=[accepted.pk])
    assert client.get(url).status_code == 405
