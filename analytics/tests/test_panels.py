"""Pies for the admin index: own rows only, each slice a link to its list."""

import pytest

from accounts.models import Client
from analytics.panels import admin_pies

pytestmark = pytest.mark.django_db


def slices(pie):
    return {s.label: s.text for s in pie.slices}


def test_the_admin_index_opens_with_five_pies(client, admin, lead, far_lead, project):
    Client.objects.filter(pk=lead.client_id).update(value_class="high_value")
    client.force_login(admin)
    pies = client.get("/admin/").context["pies"]
    assert [slices(pie) for pie in pies] == [
        {lead.medium.name: "2"},
        {lead.stage.name: "2"},
        {"no area": "2"},
        {"High value": "1", "no class yet": "1"},
        {project.get_state_display(): "1"},
    ]


def test_pies_count_what_the_reader_may_see(bd, lead, far_lead):
    assert slices(admin_pies(bd)[0]) == {lead.medium.name: "1"}


def test_five_pies_cost_six_queries(admin, lead, project, django_assert_num_queries):
    with django_assert_num_queries(6):
        admin_pies(admin)


def test_slices_lead_to_their_lists(admin, customer):
    Client.objects.filter(pk=customer.pk).update(value_class="new")
    by_class = admin_pies(admin)[3]
    assert by_class.slices[0].url == "/clients/?value_class=new"
