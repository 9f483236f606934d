"""An admin or manager builds a web form."""

import pytest
from django.urls import reverse

from leads.models import Submission, WebForm


@pytest.fixture
def url(setup_rows):
    return reverse("leads:web_form_create")


def built(**changes):
    return {
        "name": "Ask for a quote", "button": "Ask", "thanks": "Thank you.",
        "consent_for": "email", "ask_email": "required", "ask_budget": "optional",
        "is_open": "on", **changes,
    }  # fmt: skip


def test_a_manager_builds_one_for_the_department(client, manager, url):
    client.force_login(manager)
    answer = client.post(url, built(sites="https://www.halden.example/"))
    form = WebForm.objects.get()
    assert answer.url == form.get_absolute_url()
    assert (form.slug, form.department) == ("ask-for-a-quote", manager.department)
    assert form.asks == {"email": "required", "budget": "optional"}
    assert form.site_list == ["https://www.halden.example"]
    page = client.get(answer.url).content.decode()
    assert "/static/js/embed.js" in page
    assert f"/forms/{form.slug}/" in page


def test_what_it_asks_is_changed_later(client, admin, web_form, setup_rows):
    client.force_login(admin)
    client.post(web_form.get_absolute_url(), built(ask_email="", ask_phone="required"))
    web_form.refresh_from_db()
    assert web_form.asks == {"phone": "required", "budget": "optional"}
    page = client.get(reverse("forms:form", args=[web_form.slug])).content.decode()
    assert 'name="budget"' in page
    assert 'name="email"' not in page


def test_the_preview_shows_what_is_typed_so_far(client, manager, setup_rows):
    client.force_login(manager)
    half = {"name": "Half", "ask_city": "optional", "interests": "Roof\nCellar"}
    url = reverse("leads:web_form_preview")
    page = client.post(url, half | {"ask_interest": "required"}).content.decode()
    assert "Half" in page
    assert "City" in page
    assert "Cellar" in page
    assert not WebForm.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "¿?"},
        {"slug": "contact"},
        {"ask_email": ""},
        {"ask_email": "maybe"},
        {"sites": "www.halden.example"},
        {"sites": "https://a.example/path; script-src *"},
        {"owner": "0"},
        {"consent_for": "letters"},
    ],
)
def test_what_is_malformed_comes_back(client, manager, url, web_form, wrong):
    client.force_login(manager)
    answer = client.post(url, built(intro="As typed") | wrong)
    assert answer.status_code == 422
    assert "As typed" in answer.content.decode()
    assert WebForm.objects.count() == 1


def test_leads_go_to_no_colleague_of_another_department(client, manager, far_bd, url):
    client.force_login(manager)
    assert client.post(url, built(owner=far_bd.pk)).status_code == 422


def test_twenty_forms_cost_as_many_queries_as_two(
    client, manager, web_form, lead, django_assert_max_num_queries
):
    client.force_login(manager)
    url = reverse("leads:web_forms")
    Submission.objects.create(form=web_form, lead=lead, mark="1", is_new=True)
    client.get(url)
    with django_assert_max_num_queries(10) as few:
        assert "Contact us" in client.get(url).content.decode()
    WebForm.objects.bulk_create(
        WebForm(
            name=f"F{n}", slug=f"f{n}", department=manager.department, owner=manager
        )
        for n in range(18)
    )
    with django_assert_max_num_queries(len(few)):
        client.get(url)
