"""Links by which one gets in are shown to their reader alone, and only until they left."""

import pytest
from django.core import mail
from django.urls import reverse

from notifications import outbox
from notifications.actions import send
from notifications.models import Message

LINK = "https://crm.firm.example/invitation/abc-123/"


@pytest.fixture
def letter(db):
    body = f"Come in: {LINK}\nUntil then."
    return send("email", "carla@acorn.example", subject="In", body=body, secret=True)


def detail(client, admin, message):
    client.force_login(admin)
    url = reverse("admin:notifications_message_change", args=[message.pk])
    return client.get(url).content.decode()


def test_the_reader_gets_the_link_and_the_row_forgets_it(letter):
    assert outbox.deliver(letter.pk) == "sent"
    letter.refresh_from_db()
    assert LINK in mail.outbox[0].body
    assert "abc-123" not in letter.body
    assert letter.body.endswith("Until then.")


def test_an_ordinary_message_stays_as_it_was(db):
    message = send("email", "carla@acorn.example", subject="In", body=LINK)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.body == LINK


def test_what_may_be_sent_again_keeps_its_link_and_hides_it(client, admin, letter):
    Message.objects.update(state="unknown")
    outbox.send_due()
    letter.refresh_from_db()
    assert LINK in letter.body
    page = detail(client, admin, letter)
    assert ("abc-123" in page, "Come in" in page) == (False, True)


def test_the_sweep_finds_what_a_callback_marked_as_delivered(letter):
    Message.objects.update(state="delivered")
    outbox.send_due()
    letter.refresh_from_db()
    assert ("abc-123" in letter.body, letter.secret) == (False, False)


def test_the_demo_keeps_links_for_its_inbox_but_not_for_admins(
    client, admin, letter, settings
):
    settings.DEMO = True
    outbox.deliver(letter.pk)
    assert LINK in client.get("/demo/inbox/").content.decode()
    assert "abc-123" not in detail(client, admin, letter)


def test_invitations_are_secret(invitation):
    assert Message.objects.get(kind="invitation").secret


def test_the_link_of_a_forgotten_password_is_secret_and_leaves_by_the_outbox(
    client, bd, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": bd.email})
    row = Message.objects.get()
    assert "/password/reset/key/" in mail.outbox[0].body
    assert (row.address, row.state) == (bd.email, "sent")
    assert "/password/reset/key/" not in row.body
