"""Seeing the pages of somebody else: to look only, for a while, and known to them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Viewing
from leads.models import Lead
from notifications.models import Notification

STOP = "/view-as/stop/"


@pytest.fixture
def look(client, admin):
    """Sign in (as an admin) and begin to look at the pages of somebody."""

    def begin(person, by=admin):
        client.force_login(by)
        return client.post(reverse("accounts:view_as", args=[person.pk]))

    return begin


def test_one_sees_what_they_see_and_they_are_told(client, look, bd, lead, far_lead):
    look(bd)
    page = client.get(reverse("leads:list")).content.decode()
    assert "You see the pages of <strong>Ben Seller</strong>" in page
    assert lead.name in page
    assert far_lead.name not in page
    assert client.get(far_lead.get_absolute_url()).status_code == 404
    told = Notification.objects.get(recipient=bd)
    assert "looks at your pages" in told.event.text


def test_the_customer_area_is_shown_as_they_see_it(client, look, portal_owner, project):
    look(portal_owner)
    page = client.get("/", follow=True).content.decode()
    assert project.name in page
    assert "You see the pages of" in page


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/leads/new/"),
        ("delete", "/api/v1/leads/"),
        ("get", "/accounts/2fa/"),
        ("get", "/profile/tokens/"),
        ("get", "/api/v1/leads/"),
        ("get", "/admin/"),
    ],
)
def test_nothing_can_be_changed_and_their_own_stays_closed(
    client, look, bd, method, path
):
    look(bd)
    answer = getattr(client, method)(path)
    assert answer.status_code == 403
    assert "nothing can be changed that way" in answer.content.decode()
    assert not Lead.objects.exists()


def test_what_a_page_would_write_is_not_written(client, look, bd, monkeypatch, lead):
    def writes(self):
        Lead.objects.update(name="Written while looking")
        return "/written/"

    look(bd)
    monkeypatch.setattr(Lead, "get_absolute_url", writes)
    assert client.get(reverse("leads:list")).status_code == 200
    lead.refresh_from_db()
    assert lead.name != "Written while looking"


def test_it_ends_by_a_press(client, look, bd, admin):
    look(bd)
    page = client.post(STOP, follow=True).content.decode()
    assert "no longer those of Ben Seller" in page
    assert Viewing.objects.get().ended
    assert client.get("/admin/").status_code == 200


def test_it_ends_by_itself(client, look, bd):
    look(bd)
    Viewing.objects.update(until=timezone.now() - timedelta(seconds=1))
    page = client.get(reverse("leads:list"), follow=True).content.decode()
    assert "The time is up" in page
    assert "You see the pages of" not in page


def test_it_ends_when_they_are_blocked(client, look, bd, admin):
    look(bd)
    bd.block(by=admin)
    page = client.get("/", follow=True).content.decode()
    assert "You see the pages of" not in page


def test_one_can_sign_out_meanwhile(client, look, bd):
    look(bd)
    client.post(reverse("account_logout"))
    assert client.get(reverse("leads:list")).status_code == 302


@pytest.mark.parametrize("who", ["admin", "far_bd", "manager", "foreign_portal"])
def test_a_manager_looks_at_their_people_only(look, manager, request, who):
    assert look(request.getfixturevalue(who), by=manager).status_code == 404


@pytest.mark.parametrize("who", ["bd", "dev", "portal_owner"])
def test_a_manager_looks_at_people_and_clients_of_the_department(
    look, manager, request, who
):
    assert look(request.getfixturevalue(who), by=manager).status_code == 302
    assert Viewing.objects.get().viewer == manager
