"""The demo's inbox shows every message with live links, in the demo alone."""

import pytest

from notifications.actions import send

pytestmark = pytest.mark.django_db
LINK = "https://crm.firm.example/accounts/invitation/abc/"


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def test_everybody_sees_mail_and_sms_with_links_to_click(client, demo):
    send("email", "carla@acorn.example", subject="Welcome", body=f"Come in: {LINK}")
    send("sms", "+491701234567", body="Tuesday at 9?")
    page = client.get("/demo/inbox/").content.decode()
    assert f'<a href="{LINK}"' in page
    assert "Welcome" in page
    assert "Tuesday at 9?" in page


def test_what_a_message_says_cannot_become_markup(client, demo):
    send("email", "carla@acorn.example", subject="<b>x</b>", body="<script>x</script>")
    page = client.get("/demo/inbox/").content.decode()
    assert "<b>x</b>" not in page
    assert "<script>x" not in page


def test_an_empty_inbox_explains_itself(client, demo):
    assert "No message yet" in client.get("/demo/inbox/").content.decode()


def test_a_real_firm_has_no_such_page(client):
    assert client.get("/demo/inbox/").status_code == 404
