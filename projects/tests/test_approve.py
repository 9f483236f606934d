"""A client's owner approves what was delivered, or sends it back; a reader reads."""

import pytest
from django.urls import reverse

from notifications.models import Event, Notification
from projects.models import Milestone

APPROVED, RETURNED = Milestone.Approval.APPROVED, Milestone.Approval.RETURNED


@pytest.fixture
def asked(milestone, dev):
    """A milestone that is done and waits for the client."""
    milestone.asks_approval = True
    milestone.save(update_fields=["asks_approval"])
    milestone.finish(by=dev)
    return milestone


def press(client, milestone, verb, **data):
    url = reverse(f"portal:milestone_{verb}", args=[milestone.pk])
    return client.post(url, {f"m{milestone.pk}-{k}": v for k, v in data.items()})


def test_it_waits_on_the_home_page_and_is_approved(client, portal_owner, asked, dev):
    client.force_login(portal_owner)
    home = client.get(reverse("portal:home")).content.decode()
    assert "Look and answer" in home
    answer = press(client, asked, "approve")
    assert answer.url.endswith(f"#milestone-{asked.pk}")
    asked.refresh_from_db()
    assert asked.approval == APPROVED
    event = Event.objects.get(kind="milestone.approved")
    assert event.client_visible
    assert Notification.objects.filter(event=event, recipient=dev).exists()
    home = client.get(reverse("portal:home")).content.decode()
    assert "Look and answer" not in home


def test_it_is_sent_back_with_the_reason_and_open_again(client, portal_owner, asked):
    client.force_login(portal_owner)
    press(client, asked, "return", text="The logo is the old one.")
    asked.refresh_from_db()
    assert (asked.state, asked.done_on, asked.approval) == ("active", None, RETURNED)
    text = Event.objects.get(kind="milestone.returned").text
    assert "The logo is the old one." in text


def test_without_a_reason_nothing_is_sent_back(client, portal_owner, asked):
    client.force_login(portal_owner)
    answer = press(client, asked, "return", text=" ")
    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == "done"


def test_finished_once_more_it_is_asked_for_once_more(client, portal_owner, asked, dev):
    client.force_login(portal_owner)
    press(client, asked, "return", text="Not yet.")
    asked.refresh_from_db()
    asked.finish(by=dev)
    assert press(client, asked, "approve").status_code == 302
    asked.refresh_from_db()
    assert asked.approval == APPROVED


def test_the_second_answer_is_refused_with_a_sentence(client, portal_owner, asked):
    client.force_login(portal_owner)
    press(client, asked, "approve")
    answer = press(client, asked, "return", text="Or not.")
    page = client.get(answer.url, follow=True).content.decode()
    assert "does not wait for an approval any more" in page
    asked.refresh_from_db()
    assert asked.approval == APPROVED


@pytest.mark.parametrize(("hidden", "asks"), [(True, True), (False, False)])
def test_unasked_or_hidden_it_is_never_asked_for(milestone, dev, hidden, asks):
    milestone.client_visible, milestone.asks_approval = not hidden, asks
    milestone.save()
    milestone.finish(by=dev)
    assert milestone.approval == ""


def test_a_reader_sees_it_and_finds_nothing_to_press(client, portal_reader, asked):
    client.force_login(portal_reader)
    url = reverse("portal:project", args=[asked.project_id])
    page = client.get(url).content.decode()
    assert "Waits for you" in page
    assert "approve" not in page
    assert press(client, asked, "approve").status_code == 403


def test_staff_choose_it_on_the_form(client, dev, milestone):
    client.force_login(dev)
    url = reverse("projects:milestone_edit", args=[milestone.pk])
    client.post(
        url, {"name": "Kick-off", "client_visible": "on", "asks_approval": "on"}
    )
    milestone.refresh_from_db()
    assert milestone.asks_approval
