"""What failed or is in doubt is sent again by hand, or given up."""

import pytest
from django.core import mail
from django.urls import reverse

from notifications.models import EventTopic, Message

OUTBOX = reverse("notifications:outbox")


@pytest.fixture
def url(undelivered):
    return reverse("notifications:resend", args=[undelivered.pk])


@pytest.fixture
def leave(undelivered):
    return reverse("notifications:give_up", args=[undelivered.pk])


def test_it_is_sent_again_under_its_own_number(
    client, bd, undelivered, url, django_capture_on_commit_callbacks
):
    client.force_login(bd)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)
    undelivered.refresh_from_db()
    [letter] = mail.outbox
    assert undelivered.state == "sent"
    assert letter.message()["Message-ID"] == undelivered.message_id
    assert EventTopic.objects.about(undelivered.client).first().event.kind == (
        "message.resent"
    )


def test_it_is_not_asked_about_again_once_given_up(client, bd, undelivered, leave):
    client.force_login(bd)
    client.post(leave)
    undelivered.refresh_from_db()
    assert undelivered.state == "cancelled"
    assert (
        leave not in client.get(undelivered.client.get_absolute_url()).content.decode()
    )


def test_the_record_it_belongs_to_offers_both(client, bd, undelivered, url, leave):
    client.force_login(bd)
    page = client.get(undelivered.client.get_absolute_url()).content.decode()
    assert url in page
    assert leave in page


def test_one_goes_on_where_one_was(client, admin, url):
    client.force_login(admin)
    assert client.post(f"{url}?next={OUTBOX}").url == OUTBOX


@pytest.mark.parametrize("verb", ["resend", "give_up"])
def test_what_was_sent_is_left_alone(client, admin, undelivered, verb):
    Message.objects.update(state="sent")
    client.force_login(admin)
    url = reverse(f"notifications:{verb}", args=[undelivered.pk])
    page = client.post(url, follow=True).content.decode()
    assert "Only a message that failed" in page


def test_others_do_not_learn_that_it_exists(client, other_bd, url, leave):
    client.force_login(other_bd)
    assert client.post(url).status_code == client.post(leave).status_code == 404


def test_get_changes_nothing(client, bd, url, leave):
    client.force_login(bd)
    assert client.get(url).status_code == client.get(leave).status_code == 405


def test_the_outbox_lists_them_by_state(client, admin, undelivered):
    client.force_login(admin)
    assert client.get(OUTBOX).context["page"].rows == [undelivered]
    answer = client.get(OUTBOX, {"state": "failed"})
    assert "Everything has left" in answer.content.decode()


def test_the_admin_site_sends_them_again(client, admin, undelivered):
    client.force_login(admin)
    url = reverse("admin:notifications_message_changelist")
    client.post(url, {"action": "again", "_selected_action": [undelivered.pk]})
    undelivered.refresh_from_db()
    assert undelivered.state == "queued"


@pytest.mark.parametrize("count", [2, 60])
def test_the_outbox_costs_the_same_for_2_and_60(
    client, admin, count, django_assert_max_num_queries
):
    rows = [Message(channel="sms", address="+49", state="failed") for _ in range(count)]
    Message.objects.bulk_create(rows)
    client.force_login(admin)
    client.get(OUTBOX)
    with django_assert_max_num_queries(10):
        client.get(OUTBOX)
