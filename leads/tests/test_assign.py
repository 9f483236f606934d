"""A lead is given to somebody else; with a client, the client goes along."""

import pytest
from django.urls import reverse

from crm.reactions import react
from leads.models import Lead
from notifications.models import Event


@pytest.fixture
def url(lead):
    return reverse("leads:assign", args=[lead.pk])


def test_a_manager_gives_a_lead_and_both_owners_are_told(
    client, manager, bd, other_bd, make_leads
):
    [lead] = make_leads(1)
    client.force_login(manager)
    url = reverse("leads:assign", args=[lead.pk])
    client.post(url, {"owner": other_bd.pk})
    lead.refresh_from_db()
    assert lead.owner == other_bd
    assert bd.notifications.get().event.kind == "lead.assigned"
    assert other_bd.notifications.get().event.kind == "lead.assigned"


def test_the_client_and_its_other_leads_go_along(
    client, manager, other_bd, lead, make_leads, url
):
    [other] = make_leads(1, client=lead.client)
    client.force_login(manager)
    client.post(url, {"owner": other_bd.pk})
    lead.client.refresh_from_db()
    other.refresh_from_db()
    assert (lead.client.owner, other.owner) == (other_bd, other_bd)


def test_the_page_says_what_goes_along(client, manager, lead, url):
    client.force_login(manager)
    assert "Acorn Mills and all its leads go along." in client.get(url).content.decode()


def test_leads_follow_a_client_that_changes_hands(admin, far_bd, lead):
    lead.client.assign(far_bd, by=admin)
    react(Event.objects.get(kind="client.assigned").pk)
    lead.refresh_from_db()
    assert (lead.owner, lead.department) == (far_bd, far_bd.department)


def test_an_admin_gives_it_away_to_another_department(client, admin, far_bd, lead, url):
    client.force_login(admin)
    assert client.post(url, {"owner": far_bd.pk}).url == lead.get_absolute_url()
    lead.refresh_from_db()
    assert lead.department == far_bd.department


@pytest.mark.parametrize("who", ["far_bd", "dev", "blocked", "portal_owner"])
def test_not_to_those_who_cannot_own_it(client, manager, url, who, request):
    person = request.getfixturevalue(who)
    client.force_login(manager)
    assert client.post(url, {"owner": person.pk}).status_code == 422


@pytest.mark.parametrize("wrong", ["", "x", "9" * 40, "\x00"])
def test_nobody(client, manager, lead, url, wrong):
    client.force_login(manager)
    assert client.post(url, {"owner": wrong}).status_code == 422
    assert Lead.objects.get(pk=lead.pk).owner == lead.owner


def test_business_developers_do_not_assign(client, bd, other_bd, url):
    client.force_login(bd)
    assert client.post(url, {"owner": other_bd.pk}).status_code == 404
