"""The log of a project."""

import pytest
from django.urls import reverse

from projects.models import LogEntry


@pytest.fixture
def url(project):
    return reverse("projects:log", args=[project.pk])


@pytest.fixture
def member(other_dev, project, manager):
    project.add_member(other_dev, right="member", by=manager)
    return other_dev


def test_the_lead_writes_for_the_client(client, dev, url, bd):
    client.force_login(dev)
    client.post(url, {"kind": "build", "text": "Shop works", "client_visible": "on"})
    entry = LogEntry.objects.get()
    assert (entry.by, entry.client_visible) == (dev, True)
    assert bd.notifications.get().event.client_visible


def test_a_members_entry_is_internal(client, member, url):
    client.force_login(member)
    client.post(url, {"kind": "note", "text": "Refactored"})
    assert LogEntry.objects.get().client_visible is False


def test_a_member_who_publishes_is_refused(client, member, url):
    client.force_login(member)
    data = {"kind": "note", "text": "Hello client", "client_visible": "on"}
    assert client.post(url, data).status_code == 403
    assert not LogEntry.objects.exists()


def test_the_account_manager_only_reads(client, bd, url):
    client.force_login(bd)
    assert client.post(url, {"kind": "note", "text": "x"}).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"kind": "secret"}, {"milestone": "x"}]
)
def test_what_was_typed_is_shown_again(client, dev, url, wrong):
    client.force_login(dev)
    response = client.post(url, {"kind": "note", "text": "kept words", **wrong})
    assert response.status_code == 422
    assert not LogEntry.objects.exists()


def test_another_projects_milestone_is_refused(client, dev, url, far_milestone):
    client.force_login(dev)
    data = {"kind": "note", "text": "x", "milestone": far_milestone.pk}
    assert client.post(url, data).status_code == 422


def test_the_dialog_saves_by_the_button_of_its_kind(client, dev, url, project):
    client.force_login(dev)
    page = client.get(f"{url}?next=/", headers={"HX-Request": "true"})
    text = page.content.decode()
    assert "<html" not in text
    assert 'name="kind" value="decision"' in text
    sent = client.post(f"{url}?next=/", {"kind": "decision", "text": "We use Rust"})
    assert sent.url == "/"
    assert LogEntry.objects.get().kind == "decision"


def test_without_script_it_is_a_page(client, dev, url):
    client.force_login(dev)
    assert "<html" in client.get(url).content.decode()


def test_who_looks_at_the_form_writes_nothing(client, dev, url):
    client.force_login(dev)
    client.get(url)
    assert not LogEntry.objects.exists()


def test_it_is_about_the_milestone_it_was_opened_from(client, dev, url, milestone):
    client.force_login(dev)
    text = client.get(url, {"milestone": milestone.pk}).content.decode()
    assert f'<option value="{milestone.pk}" selected>' in text


def test_another_address_is_not_followed(client, dev, url, project):
    client.force_login(dev)
    wish = f"{url}?next=https://elsewhere.example/"
    response = client.post(wish, {"kind": "note", "text": "x"})
    assert response.url == project.get_absolute_url()
