"""Mail over real SMTP: what the server says decides what the row says."""

import smtplib
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from notifications import outbox
from notifications.models import Message

pytestmark = [pytest.mark.services, pytest.mark.django_db]


class Sink:
    """A mail server that keeps what it takes; `verdict` is its answer to a mail."""

    def __init__(self):
        self.letters, self.verdict, self.hangs_up = [], "250 Taken", False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("nobody@"):
            return "550 There is nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content))
        if self.hangs_up:
            server.transport.close()
        return self.verdict


class MailServer(Controller):
    """On a port that the system chose, so that nobody else can have taken it."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def sink(settings):
    handler = Sink()
    controller = MailServer(handler, hostname="127.0.0.1", port=0, ready_timeout=30)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 30
    settings.DEFAULT_FROM_EMAIL = "Linden <crm@firm.example>"
    yield handler
    controller.stop()


def deliver(address="carla@acorn.example", **fields):
    fields = {"subject": "Grüße", "body": "Liebe Carla", **fields}
    message = Message.objects.create(channel="email", address=address, **fields)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    return message


def test_a_mail_arrives_with_its_id_its_text_and_its_html(sink):
    message = deliver(html="<p>Liebe Carla</p>")
    [letter] = sink.letters
    assert message.state == "sent"
    assert letter["Message-ID"] == message.message_id
    assert message.message_id.endswith("@firm.example>")
    types = [part.get_content_type() for part in letter.walk()]
    assert types == ["multipart/alternative", "text/plain", "text/html"]


def test_an_unknown_person_fails_with_the_servers_words(sink):
    message = deliver("nobody@acorn.example")
    assert message.state == "failed"
    assert "There is nobody of this name" in message.error


def test_a_server_that_refuses_the_mail_fails_it(sink):
    sink.verdict = "554 Looks like spam"
    assert deliver().state == "failed"


def test_a_server_that_is_busy_is_tried_again(sink):
    sink.verdict = "451 Come back later"
    message = deliver()
    assert (message.state, message.attempts) == ("queued", 1)


def test_a_server_that_hangs_up_after_taking_the_mail_leaves_it_unknown(sink):
    sink.hangs_up = True
    message = deliver()
    assert (message.state, len(sink.letters)) == ("unknown", 1)
    assert outbox.send_due() == 0


def test_a_resend_by_hand_carries_the_same_message_id(sink):
    sink.hangs_up = True
    message = deliver()
    sink.hangs_up = False
    outbox.resend(message, by=None)
    assert outbox.send_due() == 1
    assert len({letter["Message-ID"] for letter in sink.letters}) == 1


def test_the_password_of_the_mail_server_is_no_reason_to_lose_a_mail(sink, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "crm", "wrong"
    message = deliver()
    assert message.state == "queued"
    assert smtplib.SMTPAuthenticationError.__name__ not in message.error
