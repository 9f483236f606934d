"""The stand-in speaks enough of Twilio's API for Twilio's own client."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

import pytest
from requests.exceptions import ReadTimeout
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator

from notifications.channels import sms
from notifications.standin import UNDELIVERED
from tests.waiting import eventually


@pytest.fixture
def api(twilio):
    return sms.client().messages


@pytest.fixture
def sink():
    """A web server for callbacks: `.url` to give away, `.calls` as they came."""

    class Sink(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            signature = self.headers["X-Twilio-Signature"]
            self.server.calls.append((signature, dict(parse_qsl(body))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            return

    with HTTPServer(("127.0.0.1", 0), Sink) as server:
        server.calls = []
        server.url = f"http://127.0.0.1:{server.server_port}/hook?message=7"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def write(api, to="+491701234567", **extra):
    return api.create(to=to, from_="+15005550006", body="Hello", **extra)


def test_a_message_is_created_fetched_and_listed(api):
    made = write(api)
    assert (made.status, made.body, made.to) == ("queued", "Hello", "+491701234567")
    assert eventually(lambda: api(made.sid).fetch().status == "delivered")
    write(api, to="+491709999999")
    assert [row.sid for row in api.list(to="+491701234567")] == [made.sid]


def test_the_answer_is_the_first_state_however_fast_it_is_delivered(twilio):
    form = {"To": "+491701234567", "Body": "Hello"}
    answers = [twilio.create("AC1", form) for _ in range(50)]
    assert eventually(lambda: {m["status"] for m in twilio.messages} == {"delivered"})
    assert {answer["status"] for answer in answers} == {"queued"}


@pytest.mark.parametrize(
    ("ending", "status", "code"),
    [
        ("0001", 400, 21211),
        ("0004", 400, 21610),
        ("0429", 429, 20429),
        ("0500", 500, 20500),
        ("0503", 503, 20503),
    ],
)
def test_magic_numbers_fail_as_twilio_would(api, ending, status, code):
    with pytest.raises(TwilioRestException) as caught:
        write(api, to=f"+1555{ending}")
    assert (caught.value.status, caught.value.code) == (status, code)


def test_a_number_takes_the_message_and_never_answers(api, twilio, monkeypatch):
    monkeypatch.setattr(sms.client().http_client, "timeout", 0.2)
    with pytest.raises(ReadTimeout):
        write(api, to="+15555550408")
    assert eventually(lambda: len(twilio.messages) == 1)


def test_a_wrong_token_is_refused(api, twilio):
    twilio.token = "another"
    with pytest.raises(TwilioRestException) as caught:
        write(api)
    assert caught.value.status == 401


def test_a_message_without_text_is_refused(api):
    with pytest.raises(TwilioRestException, match="body is required"):
        api.create(to="+491701234567", from_="+15005550006", body="")


def test_callbacks_follow_in_order_and_are_signed_as_twilio_signs(api, sink, twilio):
    write(api, status_callback=sink.url)
    assert eventually(lambda: len(sink.calls) == 3)
    validator = RequestValidator(twilio.token)
    assert all(validator.validate(sink.url, form, sign) for sign, form in sink.calls)
    states = [form["MessageStatus"] for _, form in sink.calls]
    assert states == ["queued", "sent", "delivered"]


def test_a_telephone_that_is_off_is_reported(api, sink):
    write(api, to=f"+1{UNDELIVERED}", status_callback=sink.url)
    assert eventually(lambda: len(sink.calls) == 3)
    last = sink.calls[-1][1]
    assert (last["MessageStatus"], last["ErrorCode"]) == ("undelivered", "30003")
