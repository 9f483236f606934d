"""Play Twilio's Messages API on this machine, so that SMS work without an account.

`python -m notifications.standin --port 8001` (TWILIO_AUTH_TOKEN in the environment)
creates, fetches and lists messages, posts signed status callbacks (queued, sent, delivered) and fails on demand
when the number ends in one of the magic endings below. Standard library only.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

# the ending of the number → (HTTP status, Twilio's code, its words)
REFUSALS = {
    "5550001": (400, 21211, "The 'To' number is not a valid phone number."),
    "5550004": (400, 21610, "Attempt to send to unsubscribed recipient"),
    "5550429": (429, 20429, "Too Many Requests"),
    "5550500": (500, 20500, "Internal Server Error"),
    "5550503": (503, 20503, "Service unavailable"),
}
TIMEOUT = "5550408"  # takes the message and does not answer in time
UNDELIVERED = "5550009"  # accepted, but never reaches the telephone
PAGE = 50


@dataclass
class Switchboard:
    """What the stand-in remembers, and how it behaves."""

    token: str
    account: str = ""  # any account may write when empty
    callback_delay: float = 0.2
    timeout: float = 30.0
    messages: list[dict] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def create(self, account: str, form: dict[str, str]) -> dict:
        """Take a message in, answer with its first state; the callbacks follow."""
        now = format_datetime(datetime.now(UTC))
        sid = "SM" + secrets.token_hex(16)
        message: dict = {
            "sid": sid,
            "account_sid": account,
            "to": form["To"],
            "from": form.get("From", ""),
            "body": form["Body"],
            "status": "queued",
            "direction": "outbound-api",
            "num_segments": str(1 + len(form["Body"]) // 160),
            "num_media": "0",
            "error_code": None,
            "error_message": None,
            "price": None,
            "price_unit": "USD",
            "api_version": "2010-04-01",
            "date_created": now,
            "date_updated": now,
            "date_sent": now,
            "messaging_service_sid": None,
            "uri": f"/2010-04-01/Accounts/{account}/Messages/{sid}.json",
            "subresource_uris": {},
        }
        first = dict(message)  # what is answered, however fast the message moves on
        with self.lock:
            self.messages.insert(0, message)
        url = form.get("StatusCallback", "")
        threading.Thread(target=self.deliver, args=(message, url), daemon=True).start()
        return first

    def deliver(self, message: dict, url: str) -> None:
        """Move a message on, telling the callback address each time."""
        lost = message["to"].endswith(UNDELIVERED)
        for status in ("queued", "sent", "undelivered" if lost else "delivered"):
            code = 30003 if status == "undelivered" else None
            with self.lock:
                message |= {"status": status, "error_code": code}
            if url:
                self.call_back(message, url)
            time.sleep(self.callback_delay)

    def call_back(self, message: dict, url: str) -> None:
        """Post one status callback, signed as Twilio signs it."""
        fields = {
            "MessageSid": message["sid"],
            "SmsSid": message["sid"],
            "MessageStatus": message["status"],
            "SmsStatus": message["status"],
            "To": message["to"],
            "From": message["from"],
            "AccountSid": message["account_sid"],
            "ApiVersion": "2010-04-01",
        }
        if message["error_code"]:
            fields["ErrorCode"] = str(message["error_code"])
        headers = {"X-Twilio-Signature": sign(self.token, url, fields)}
        request = Request(url, urlencode(fields).encode(), headers)  # noqa: S310
        try:
            urlopen(request, timeout=5).close()  # noqa: S310 - an address our sender gave
        except (URLError, OSError):
            return  # Twilio does not repeat a lost callback either

    def find(self, query: dict[str, str]) -> list[dict]:
        """List messages by To, From and day of sending, newest first."""
        wanted = {
            name: query[key]
            for name, key in (("to", "To"), ("from", "From"))
            if key in query
        }
        with self.lock:
            return [
                dict(row)
                for row in self.messages
                if all(row[k] == v for k, v in wanted.items())
            ]


def sign(token: str, url: str, fields: dict[str, str]) -> str:
    """Sign a callback: HMAC-SHA1 over the address and the sorted fields."""
    text = url + "".join(key + fields[key] for key in sorted(fields))
    return base64.b64encode(
        hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    ).decode()


class Handler(BaseHTTPRequestHandler):
    """Speak the three calls of the Messages API that we use."""

    server: "StandIn"

    def do_GET(self) -> None:
        """List or fetch messages; `/healthz` says that the stand-in is up."""
        url = urlsplit(self.path)
        if url.path == "/healthz":
            return self.answer(200, {"status": "ok"})
        account, sid = self.parse(url.path)
        if not self.is_allowed(account):
            return self.refuse(401, 20003, "Authentication Error - invalid username")
        if sid is None:
            query = dict(parse_qsl(url.query))
            size = min(int(query.get("PageSize", PAGE)), 1000)
            rows = self.server.switchboard.find(query)[:size]
            return self.answer(
                200,
                {"messages": rows, "page": 0, "page_size": size, "next_page_uri": None},
            )
        for row in self.server.switchboard.find({}):
            if row["sid"] == sid:
                return self.answer(200, row)
        return self.refuse(404, 20404, "The requested resource was not found")

    def do_POST(self) -> None:
        """Create a message, or fail the way the number asks for."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {key: values[-1] for key, values in parse_qs(body).items()}
        account, sid = self.parse(urlsplit(self.path).path)
        if not self.is_allowed(account):
            return self.refuse(401, 20003, "Authentication Error - invalid username")
        if sid is not None:
            return self.refuse(404, 20404, "The requested resource was not found")
        if not form.get("To"):
            return self.refuse(400, 21604, "A 'To' phone number is required.")
        if not form.get("Body"):
            return self.refuse(400, 21602, "Message body is required.")
        for ending, refusal in REFUSALS.items():
            if form["To"].endswith(ending):
                return self.refuse(*refusal)
        message = self.server.switchboard.create(account, form)
        if form["To"].endswith(TIMEOUT):
            time.sleep(self.server.switchboard.timeout)
        return self.answer(201, message)

    def parse(self, path: str) -> tuple[str, str | None]:
        """Take account and message id out of the path; an unknown path has no account."""
        match path.strip("/").removesuffix(".json").split("/"):
            case ["2010-04-01", "Accounts", account, "Messages"]:
                return account, None
            case ["2010-04-01", "Accounts", account, "Messages", sid]:
                return account, sid
        return "", None

    def is_allowed(self, account: str) -> bool:
        """Check the basic authentication against account and token."""
        board = self.server.switchboard
        pair = f"{account}:{board.token}".encode()
        expected = f"Basic {base64.b64encode(pair).decode()}"
        given = self.headers.get("Authorization", "")
        known = bool(account) and board.account in ("", account)
        return known and hmac.compare_digest(given, expected)

    def refuse(self, status: int, code: int, words: str) -> None:
        """Answer with an error as Twilio words it."""
        info = f"https://www.twilio.com/docs/errors/{code}"
        self.answer(
            status,
            {"code": code, "message": words, "more_info": info, "status": status},
        )

    def answer(self, status: int, content: dict) -> None:
        """Send one JSON answer; a caller that has gone is no error."""
        body = json.dumps(content).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log the call without numbers or texts: they are personal data."""


class StandIn(ThreadingHTTPServer):
    """The server; port 0 takes any free one. Use as a context manager in tests."""

    daemon_threads = True

    def __init__(self, port: int, switchboard: Switchboard) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.switchboard = switchboard

    @property
    def url(self) -> str:
        """The base address to set as TWILIO_API_BASE."""
        return f"http://127.0.0.1:{self.server_port}"


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    board = Switchboard(
        token=os.environ["TWILIO_AUTH_TOKEN"],
        account=os.environ.get("TWILIO_ACCOUNT_SID", ""),
    )
    StandIn(options.port, board).serve_forever()


if __name__ == "__main__":
    main()
