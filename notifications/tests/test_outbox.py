"""Every message leaves once, with consent, whatever dies in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from notifications import outbox
from notifications.actions import send
from notifications.channels import sms
from notifications.models import Consent, Message
from tests.waiting import eventually

pytestmark = pytest.mark.django_db
PHONE = "+491701234567"


@pytest.fixture(autouse=True)
def memory_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def text_to(phone=PHONE, body="Hello", **fields):
    return send("sms", phone, body=body, **fields)


def mail_to(address="carla@acorn.example", **fields):
    return send("email", address, subject="Hello", body="Dear Carla", **fields)


def abandon(message):
    """Leave the row as a worker leaves it that was killed while sending."""
    long_ago = timezone.now() - outbox.SILENT - timedelta(seconds=1)
    Message.objects.filter(pk=message.pk).update(
        state="sending", claimed=long_ago, attempts=1
    )


def deliver(message):
    outbox.deliver(message.pk)
    message.refresh_from_db()
    return message


def test_an_sms_leaves_and_keeps_the_providers_id(twilio):
    message = deliver(text_to())
    assert (message.state, message.attempts, message.error) == ("sent", 1, "")
    assert [message.provider_id] == [row["sid"] for row in twilio.messages]


def test_a_mail_leaves_with_our_message_id_and_both_bodies():
    message = deliver(mail_to(html="<p>Dear Carla</p>"))
    [letter] = mail.outbox
    assert message.state == "sent"
    assert letter.message()["Message-ID"] == message.message_id
    assert letter.alternatives[0][0] == "<p>Dear Carla</p>"


def test_a_portal_message_needs_no_transport():
    assert deliver(send("portal", "Petra Owner", body="Hello")).state == "sent"


def test_a_second_call_sends_nothing(twilio):
    message = deliver(text_to())
    assert outbox.deliver(message.pk) is None
    assert len(twilio.messages) == 1


def test_a_message_waits_for_its_time(twilio):
    message = text_to(not_before=timezone.now() + timedelta(hours=1))
    assert outbox.send_due() == 0
    assert deliver(message).state == "queued"


def test_the_sweep_sends_what_nobody_was_told_of(twilio):
    text_to()
    mail_to()
    assert outbox.send_due() == 2
    assert (len(twilio.messages), len(mail.outbox)) == (1, 1)


# --- Consent ------------------------------------------------------------------
def test_marketing_without_consent_is_cancelled_at_the_moment_of_sending(twilio):
    message = deliver(text_to(purpose="marketing"))
    assert message.state == "cancelled"
    assert "not agreed" in message.error
    assert twilio.messages == []


def test_marketing_with_consent_leaves_until_it_is_withdrawn(twilio):
    allow = {"channel": "sms", "address": PHONE, "wording": "Yes", "source": "form"}
    Consent.objects.create(given=True, **allow)
    first, second = text_to(purpose="marketing"), text_to(purpose="marketing")
    assert deliver(first).state == "sent"
    Consent.objects.create(given=False, **allow)
    assert deliver(second).state == "cancelled"


def test_consent_to_mail_is_found_whatever_the_case_of_the_letters():
    Consent.objects.create(
        channel="email",
        address="carla@acorn.example",
        given=True,
        wording="",
        source="",
    )
    message = deliver(mail_to("Carla@Acorn.Example", purpose="marketing"))
    assert message.state == "sent"


def test_a_number_that_opted_out_at_the_provider_is_noted_here(twilio):
    message = deliver(text_to("+15555550004"))
    assert (message.state, message.provider_id) == ("failed", "")
    assert Consent.objects.get(address="+15555550004").given is False


# --- Failures -----------------------------------------------------------------
def test_a_wrong_number_fails_with_a_sentence(twilio):
    message = deliver(text_to("+15555550001"))
    assert message.state == "failed"
    assert message.error.startswith("Twilio refused the SMS (21211)")


@pytest.mark.parametrize("phone", ["+15555550429", "+15555550500", "+15555550503"])
def test_a_busy_provider_is_tried_again_later_and_later(twilio, phone):
    message, waits = text_to(phone), []
    for _ in range(3):
        Message.objects.update(not_before=timezone.now())
        waits.append(deliver(message).not_before - timezone.now())
    assert message.state == "queued"
    assert [round(w.total_seconds() / 30) for w in waits] == [1, 2, 4]


def test_it_gives_up_in_the_end(twilio):
    message = text_to("+15555550500")
    Message.objects.update(attempts=outbox.MAX_ATTEMPTS - 1)
    assert deliver(message).state == "failed"
    assert message.error.startswith("Given up after 10 attempts. Twilio has a failure")


def test_an_unreachable_provider_is_tried_again(twilio, settings):
    settings.TWILIO_API_BASE = "http://127.0.0.1:9"
    message = deliver(text_to())
    assert (message.state, message.error) == ("queued", "Twilio could not be reached.")


def test_without_an_account_the_row_says_what_is_missing(settings):
    settings.TWILIO_ACCOUNT_SID = ""
    assert "not set up" in deliver(text_to()).error


def test_an_unreachable_mail_server_is_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = deliver(mail_to())
    assert message.state == "queued"
    assert message.error == "The mail server could not be reached."


def test_a_mail_that_cannot_be_written_fails_with_a_sentence():
    message = mail_to()
    Message.objects.update(subject="two\nlines")
    assert deliver(message).error.startswith("The mail could not be written")


# --- Deaths -------------------------------------------------------------------
def test_an_sms_that_left_before_the_crash_is_settled_by_asking(twilio):
    message = text_to()
    twilio.create("AC1", {"To": PHONE, "From": "+15005550006", "Body": "Hello"})
    abandon(message)
    assert outbox.send_due() == 1
    message.refresh_from_db()
    assert [message.provider_id] == [row["sid"] for row in twilio.messages]


def test_an_sms_that_had_not_left_is_sent_after_the_crash(twilio):
    abandon(text_to())
    assert outbox.send_due() == 1
    assert len(twilio.messages) == 1


def test_an_sms_whose_answer_was_lost_is_sent_once(twilio, monkeypatch):
    with monkeypatch.context() as impatient:
        impatient.setattr(sms.client().http_client, "timeout", 0.2)
        message = deliver(text_to("+15555550408"))
    assert message.state == "queued"
    assert eventually(lambda: len(twilio.messages) == 1)
    Message.objects.update(not_before=timezone.now())
    assert deliver(message).state == "sent"
    assert len(twilio.messages) == 1


def test_the_same_words_twice_are_two_messages(twilio):
    first, second = deliver(text_to()), text_to()
    abandon(second)
    assert outbox.send_due() == 1
    second.refresh_from_db()
    assert len(twilio.messages) == 2
    assert first.provider_id != second.provider_id


def test_a_mail_of_a_dead_worker_is_unknown_and_never_sent_again_alone():
    message = mail_to()
    abandon(message)
    assert outbox.send_due() == outbox.send_due() == 0
    message.refresh_from_db()
    assert (message.state, mail.outbox) == ("unknown", [])


def test_a_doubtful_mail_is_resent_by_hand_with_the_same_message_id():
    message = deliver(mail_to())
    Message.objects.update(state="unknown")
    outbox.resend(message, by=None)
    assert deliver(message).state == "sent"
    assert len({letter.message()["Message-ID"] for letter in mail.outbox}) == 1


def test_what_was_sent_is_not_resent(twilio):
    with pytest.raises(outbox.NotResendable):
        outbox.resend(deliver(text_to()), by=None)


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_one_sms(twilio):
    message = Message.objects.create(channel="sms", address=PHONE, body="Hello")

    def work(_):
        try:
            return outbox.deliver(message.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(work, range(8)))
    assert sorted(filter(None, answers)) == ["sent"]
    assert len(twilio.messages) == 1
