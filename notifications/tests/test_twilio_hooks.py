"""What Twilio reports is believed with its signature alone."""

import pytest
from django.urls import reverse

from notifications.actions import send
from notifications.models import Consent, Event, Message
from notifications.standin import sign

pytestmark = pytest.mark.django_db
STATUS, SMS = (
    reverse("notifications:twilio_status"),
    reverse("notifications:twilio_sms"),
)
PHONE = "+491701234567"


@pytest.fixture(autouse=True)
def account(settings):
    settings.TWILIO_AUTH_TOKEN = "secret-token"
    settings.SITE_URL = "https://crm.firm.example"
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def sent(customer):
    message = send("sms", PHONE, body="Hello", client=customer)
    Message.objects.update(state="sent", provider_id="SM1")
    return message


def post(client, path, fields, token="secret-token"):
    signature = sign(token, f"https://crm.firm.example{path}", fields)
    return client.post(path, fields, headers={"x-twilio-signature": signature})


def report(client, status, *, sid="SM1", path=STATUS, **fields):
    return post(client, path, {"MessageSid": sid, "MessageStatus": status, **fields})


def receive(client, body, sid="SM9"):
    return post(client, SMS, {"MessageSid": sid, "From": PHONE, "Body": body})


def test_a_signed_report_marks_the_sms_delivered(client, sent):
    assert report(client, "delivered").status_code == 204
    sent.refresh_from_db()
    assert sent.state == "delivered"


def test_a_report_that_comes_late_does_not_turn_time_back(client, sent):
    report(client, "delivered")
    report(client, "sent")
    sent.refresh_from_db()
    assert sent.state == "delivered"


def test_an_undelivered_sms_says_so(client, sent):
    report(client, "undelivered", ErrorCode="30003")
    sent.refresh_from_db()
    assert (sent.state, "30003" in sent.error) == ("failed", True)


def test_a_report_settles_what_a_dead_worker_left_behind(client, sent):
    Message.objects.update(state="sending", provider_id="")
    report(client, "delivered", sid="SM7", path=f"{STATUS}?message={sent.pk}")
    sent.refresh_from_db()
    assert (sent.state, sent.provider_id) == ("delivered", "SM7")
    assert sent.sent


def test_a_wrong_signature_is_refused(client, sent):
    fields = {"MessageSid": "SM1", "MessageStatus": "failed"}
    assert post(client, STATUS, fields, token="guessed").status_code == 403
    assert client.post(STATUS, fields).status_code == 403
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_without_a_token_nothing_is_believed(client, settings):
    settings.TWILIO_AUTH_TOKEN = ""
    assert post(client, STATUS, {"MessageSid": "SM1"}, token="").status_code == 403


def test_get_is_refused(client):
    assert client.get(STATUS).status_code == 405


def test_an_incoming_sms_is_kept_once_and_its_owner_is_told(client, sent, customer):
    assert receive(client, "Tuesday is fine").status_code == 200
    receive(client, "Tuesday is fine")
    message = Message.objects.get(direction="in")
    assert (message.client, message.state) == (customer, "received")
    event = Event.objects.get(kind="message.received")
    assert customer.owner.notifications.get().event == event


def test_an_sms_from_a_stranger_is_kept_too(client):
    receive(client, "Who are you?")
    assert Message.objects.get(direction="in").client is None


@pytest.mark.parametrize("word", ["STOP", " stop ", "Unsubscribe"])
def test_stop_withdraws_the_consent(client, sent, word):
    allowed = Consent.objects.create(
        channel="sms", address=PHONE, given=True, wording="Yes", source="form"
    )
    assert Consent.allows("sms", PHONE)
    receive(client, word)
    assert not Consent.allows("sms", PHONE)
    assert Consent.objects.exclude(pk=allowed.pk).get().source == "sms"


def test_a_sentence_with_stop_in_it_withdraws_nothing(client, sent):
    receive(client, "Please stop by on Tuesday")
    assert not Consent.objects.exists()
