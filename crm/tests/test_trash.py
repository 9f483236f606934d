"""The page of the trash: whose rows it shows, and that children come back."""

import pytest
from django.urls import reverse

from leads.models import Lead
from projects.models import Project
from tests.cast.leads import lead_of

URL = reverse("pages:trash")


def shown(client, user, kind):
    client.force_login(user)
    return client.get(URL, {"kind": kind}).context["lines"]


def test_it_says_what_who_and_for_how_long(client, bd, lead):
    lead.trash(by=bd)
    client.force_login(bd)
    page = client.get(URL).content.decode()
    assert lead.name in page
    assert str(bd) in page
    assert ">30</td>" in page


def test_a_client_comes_back_with_what_went_along(client, bd, customer, lead, project):
    customer.trash(by=bd)
    assert not Lead.objects.visible_to(bd).exists()
    [line] = shown(client, bd, "clients")
    assert line["along"] == "with 1 lead and 1 project"
    client.post(line["restore"])
    assert Lead.objects.visible_to(bd).get() == lead
    assert Project.objects.visible_to(bd).get() == project


def test_what_was_in_the_trash_before_stays_there(bd, customer, lead):
    lead.trash(by=bd)
    other = lead_of(customer, "Second")
    customer.trash(by=bd)
    customer.restore(by=bd)
    assert Lead.objects.visible_to(bd).get() == other


def test_a_child_whose_id_was_given_away_stays(bd, customer, lead, far_customer):
    Lead.objects.filter(pk=lead.pk).update(external_id="A-1")
    customer.trash(by=bd)
    taken = lead_of(far_customer, "Taken")
    Lead.objects.filter(pk=taken.pk).update(external_id="A-1")
    customer.restore(by=bd)
    assert not Lead.objects.visible_to(bd).filter(pk=lead.pk).exists()


def test_a_lead_is_not_taken_out_from_under_its_client(client, bd, customer, lead):
    customer.trash(by=bd)
    client.force_login(bd)
    url = reverse("leads:restore", args=[lead.pk])
    assert "restore Acorn Mills first" in client.post(url, follow=True).content.decode()
    assert shown(client, bd, "leads") == []


def test_the_history_of_a_child_says_who(bd, customer, lead):
    customer.trash(by=bd)
    newest = lead.history.first()
    assert (newest.trashed_by, newest.history_user) == (bd, bd)


@pytest.mark.parametrize(
    ("person", "count"),
    [("admin", 2), ("manager", 1), ("bd", 1), ("other_bd", 0), ("far_bd", 1)],
)
def test_everybody_sees_their_own(client, request, lead, far_lead, person, count):
    lead.trash(by=lead.owner)
    far_lead.trash(by=far_lead.owner)
    user = request.getfixturevalue(person)
    assert len(shown(client, user, "leads")) == count


def test_a_seller_reads_projects_and_a_manager_restores(client, bd, manager, project):
    project.trash(by=manager)
    assert len(shown(client, bd, "projects")) == 1
    url = reverse("projects:restore", args=[project.pk])
    assert url not in client.get(URL, {"kind": "projects"}).content.decode()
    client.force_login(manager)
    assert url in client.get(URL, {"kind": "projects"}).content.decode()


@pytest.mark.parametrize("kind", ["leads", "clients", "projects", "nonsense"])
def test_an_empty_trash_says_so(client, bd, kind):
    client.force_login(bd)
    page = client.get(URL, {"kind": kind}).content.decode()
    assert "Nothing in the trash" in page


@pytest.mark.parametrize("count", [2, 40])
def test_two_rows_cost_as_much_as_forty(
    client, bd, customer, count, django_assert_max_num_queries
):
    for n in range(count):
        lead_of(customer, f"Lead {n}")
    Lead.objects.update(trashed="2026-01-01T10:00Z", trashed_by=bd)
    client.force_login(bd)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)


def test_the_settings_lead_there(client, bd):
    client.force_login(bd)
    assert URL in client.get(reverse("accounts:settings")).content.decode()
