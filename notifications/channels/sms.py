"""SMS through Twilio's own client; TWILIO_API_BASE points it at another host."""

from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.exceptions import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from notifications.channels import Doubtful, Refused, TryLater
from notifications.models import Message

TIMEOUT = 15  # seconds
CLOCK_SKEW = timedelta(minutes=2)  # between our clock and the provider's
OPTED_OUT = 21610
NO_RIGHT = {20003, 20005, 20404}  # wrong credentials, suspended, no such account
LOST = {"failed", "undelivered", "canceled"}
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


class RedirectedHttpClient(TwilioHttpClient):
    """Twilio's HTTP client with scheme and host of `base` in place of Twilio's own."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=TIMEOUT)
        self.base = urlsplit(base)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """Send the request to the other host; everything else stays Twilio's."""
        swapped = urlsplit(url)._replace(
            scheme=self.base.scheme, netloc=self.base.netloc
        )
        return super().request(method, swapped.geturl(), *args, **kwargs)


@lru_cache(maxsize=4)
def _client(sid: str, token: str, base: str) -> Client:
    http = RedirectedHttpClient(base) if base else TwilioHttpClient(timeout=TIMEOUT)
    return Client(sid, token, http_client=http)


def client() -> Client:
    """Twilio's client for the account in the settings."""
    sid, token = settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN
    if not (sid and token and settings.TWILIO_FROM):
        raise Refused(_("SMS is not set up: the Twilio account or sender is missing."))
    return _client(sid, token, settings.TWILIO_API_BASE)


def send(message: Message) -> str:
    """Send one SMS and return the provider's id of it.

    After the first attempt the provider is asked first, because an earlier one may
    have reached it without our hearing so.
    """
    if message.attempts > 1 and (known := find(message)):
        return known
    sender = settings.TWILIO_FROM
    by = "messaging_service_sid" if sender.startswith("MG") else "from_"
    try:
        made = client().messages.create(
            to=message.address, body=message.body, **{by: sender}, **_callback(message)
        )
    except (TwilioException, RequestException) as error:
        raise explain(error) from error
    return made.sid


def find(message: Message) -> str:
    """Ask the provider whether it has this message; its id, or "" if it has not."""
    # Newest first. Not filtered by date: what waits at Twilio has no date of sending.
    wanted = {"to": message.address, "limit": 50}
    if not settings.TWILIO_FROM.startswith("MG"):
        wanted["from_"] = settings.TWILIO_FROM
    try:
        rows = client().messages.list(**wanted)
    except (TwilioException, RequestException) as error:
        raise TryLater(_("Twilio could not say whether this SMS was sent.")) from error
    # A trial account puts words of its own before the text.
    sids = [
        row.sid
        for row in rows
        if row.status not in LOST
        and row.body.strip().endswith(message.body.strip())
        and row.date_created >= message.created - CLOCK_SKEW
    ]
    others = Message.objects.filter(provider_id__in=sids).exclude(pk=message.pk)
    taken = set(others.values_list("provider_id", flat=True))
    return next((sid for sid in sids if sid not in taken), "")


def explain(error: Exception) -> Exception:
    """Turn an error of client or network into what it means for the message."""
    if not isinstance(error, TwilioRestException):
        if isinstance(error, RequestsConnectionError) and _never_connected(error):
            return TryLater(_("Twilio could not be reached."))
        return Doubtful(_("Twilio took the SMS but did not answer."))
    if error.status == 429:
        return TryLater(_("Twilio asks us to send more slowly."))
    if error.status >= 500:
        return TryLater(_("Twilio has a failure (HTTP %d).") % error.status)
    if error.code == OPTED_OUT:
        return Refused(_("This number has opted out of our SMS."), opted_out=True)
    if error.status == 401 or error.code in NO_RIGHT:
        return Refused(_("Twilio does not accept our account: %s") % error.msg)
    return Refused(
        _("Twilio refused the SMS (%(code)s): %(words)s")
        % {
            "code": error.code,
            "words": error.msg,
        }
    )


def _never_connected(error: RequestsConnectionError) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, ConnectTimeout) or isinstance(reason, NewConnectionError)


def _callback(message: Message) -> dict[str, str]:
    """Where to report the delivery; Twilio itself could not call this machine's own name."""
    is_local = urlsplit(settings.SITE_URL).hostname in LOCAL_HOSTS
    if is_local and not settings.TWILIO_API_BASE:
        return {}
    path = reverse("notifications:twilio_status")
    return {"status_callback": f"{settings.SITE_URL}{path}?message={message.pk}"}
