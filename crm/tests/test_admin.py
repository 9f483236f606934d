"""The admin site: for admins, every model, the same verbs, few queries."""

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.urls import reverse

from tests.test_architecture import BUILT

OURS = [
    model
    for app in BUILT
    for model in apps.get_app_config(app).get_models(include_auto_created=False)
    if not model.__name__.startswith("Historical")
]
pytestmark = pytest.mark.django_db


def address(model, page="changelist"):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_model_has_its_list(model, client, admin):
    assert site.is_registered(model)
    client.force_login(admin)
    assert client.get(address(model)).status_code == 200


def test_only_admins_come_in(client, manager):
    client.force_login(manager)
    assert client.get("/admin/").status_code in (302, 404)


def test_a_lead_is_won_by_its_verb(client, admin, lead):
    client.force_login(admin)
    client.post(address(type(lead)), {"action": "win", "_selected_action": [lead.pk]})
    lead.refresh_from_db()
    assert lead.state == "won"


def test_a_lead_is_lost_with_a_reason(client, admin, lead):
    client.force_login(admin)
    data = {"action": "lose", "_selected_action": [lead.pk], "reason": "budget"}
    client.post(address(type(lead)), data)
    lead.refresh_from_db()
    assert (lead.state, lead.lost_reason) == ("lost", "budget")


def test_what_a_verb_refuses_is_told(client, admin, lead):
    lead.win(by=admin)
    client.force_login(admin)
    data = {"action": "win", "_selected_action": [lead.pk]}
    page = client.post(address(type(lead)), data, follow=True)
    assert "is already won" in page.content.decode()


def test_a_list_costs_the_same_for_more_rows(
    client, admin, lead, far_lead, django_assert_max_num_queries
):
    client.force_login(admin)
    with django_assert_max_num_queries(14):
        client.get(address(type(lead)))


def test_an_admin_makes_a_colleague_manager(client, admin, bd):
    client.force_login(admin)
    url = reverse("admin:accounts_user_change", args=[bd.pk])
    form = client.get(url).context["adminform"].form
    data = {k: v for k, v in form.initial.items() if k in form.fields and v is not None}
    page = client.post(url, {**data, "role": "manager", "department": bd.department_id})
    bd.refresh_from_db()
    assert (page.status_code, bd.role) == (302, "manager")
