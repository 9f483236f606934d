"""The record of a lead: what was said, what is known, what can be done."""

import pytest
from django.urls import reverse

from accounts.models import Place
from leads.models import Stage
from notifications.actions import record


@pytest.fixture
def url(lead):
    return lead.get_absolute_url()


def happen(lead, by, number):
    for n in range(number):
        record("interaction.note", lead, by=by, text=f"Note\nentry number {n:02}")


def test_bd_sees_facts_steps_and_what_can_be_done(client, bd, lead, url):
    lead.place = Place.objects.create(key="york||", city="York", area="Yorkshire")
    lead.next_step = "Send the quotation"
    lead.save()
    client.force_login(bd)
    page = client.get(url).content.decode()
    assert "<title>New mill website" in page
    assert "€1,200" in page
    assert "Yorkshire" in page
    assert "Send the quotation" in page
    assert lead.client.get_absolute_url() in page
    assert reverse("leads:win", args=[lead.pk]) in page
    assert reverse("leads:lose", args=[lead.pk]) in page
    assert reverse("leads:assign", args=[lead.pk]) not in page


def test_a_manager_may_assign(client, manager, lead, url):
    client.force_login(manager)
    page = client.get(url).content.decode()
    assert reverse("leads:assign", args=[lead.pk]) in page
    assert "Gives Acorn Mills and all its leads to somebody else." in page


def test_a_closed_lead_says_why_and_offers_to_reopen(client, bd, lead, url):
    lead.lose(reason="too expensive", by=bd)
    client.force_login(bd)
    page = client.get(url).content.decode()
    assert "too expensive" in page
    assert reverse("leads:reopen", args=[lead.pk]) in page
    assert reverse("leads:win", args=[lead.pk]) not in page


def test_the_timeline_goes_on_where_it_stopped(client, bd, lead, url):
    happen(lead, bd, 25)
    client.force_login(bd)
    first = client.get(url)
    assert "entry number 24" in first.content.decode()
    assert "entry number 04" not in first.content.decode()
    after = {"after": first.context["timeline"]["next"]}
    rest = client.get(url, after, headers={"HX-Request": "true"}).content.decode()
    assert "entry number 04" in rest
    assert "<html" not in rest
    assert "entry number 04" in client.get(url, after).content.decode()


def test_what_people_wrote_is_never_markup(client, bd, lead, url):
    record("lead.edited", lead, by=bd, text="<b>x</b>\n<script>alert(1)</script>")
    client.force_login(bd)
    page = client.get(url).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;x" in page


@pytest.mark.parametrize("stage", ["Won", "Lost"])
def test_steps_end_with_how_it_ended(client, bd, lead, url, stage):
    lead._enter(Stage.objects.get(name=stage))
    client.force_login(bd)
    steps = client.get(url).content.decode()
    assert f'title="{stage}"' in steps


def test_forty_entries_cost_as_many_queries_as_two(
    client, manager, lead, quotation, url, django_assert_max_num_queries
):
    client.force_login(manager)
    happen(lead, lead.owner, 2)
    client.get(url)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    happen(lead, lead.owner, 38)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


@pytest.mark.parametrize("pk", [0, 10**6, 10**30])
def test_a_lead_that_is_not_there(client, bd, setup_rows, pk):
    client.force_login(bd)
    assert client.get(f"/leads/{pk}/").status_code == 404


def test_others_do_not_learn_that_it_exists(client, other_bd, far_manager, dev, url):
    client.force_login(other_bd)
    assert client.get(url).status_code == 404
    client.force_login(far_manager)
    assert client.get(url).status_code == 404
    client.force_login(dev)
    assert client.get(url).status_code == 404
