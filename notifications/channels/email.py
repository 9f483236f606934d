"""E-mail through Django's backend of EMAIL_URL, with a Message-ID of our own."""

import re
import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from notifications.channels import Doubtful, Refused, TryLater
from notifications.models import Message


def send(message: Message) -> str:
    """Send one mail and return its Message-ID.

    SMTP cannot be asked afterwards. So whatever goes wrong before the server was
    given the mail may be tried again; what goes wrong after is doubtful for good.
    """
    connection = get_connection()
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        raise TryLater(_("The mail server does not accept our password.")) from error
    except (smtplib.SMTPException, OSError) as error:
        raise TryLater(_("The mail server could not be reached.")) from error
    try:
        connection.send_messages([build(message)])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise explain(error) from error
    finally:
        _close(connection)
    return message.message_id


def build(message: Message) -> EmailMultiAlternatives:
    """Make the mail itself: text, the HTML beside it, and the headers."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        headers={"Message-ID": message.message_id},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        _attach_calendar(mail, message.calendar)
    return mail


def _attach_calendar(mail: EmailMultiAlternatives, calendar: str) -> None:
    """As calendars expect it: beside the text for those who answer it, and as a file."""
    method = re.search(r"^METHOD:([A-Z]+)\r?$", calendar, re.M)
    kind = f"text/calendar; method={method[1]}" if method else "text/calendar"
    mail.attach_alternative(calendar, kind)
    mail.attach("invite.ics", calendar.encode(), "application/ics")


def explain(error: Exception) -> Exception:
    """Turn an error into what it means for the mail; a number is the server's verdict."""
    code, words = _verdict(error)
    if 500 <= code < 600:
        return Refused(
            _("The mail server refused the mail (%(code)d): %(words)s")
            % {"code": code, "words": words}
        )
    if 400 <= code < 500:
        return TryLater(_("The mail server asks us to try again (%d).") % code)
    # a line break in a header, or letters that this server cannot take in an address
    if isinstance(error, ValueError | smtplib.SMTPNotSupportedError):
        return Refused(_("The mail could not be written: %s") % error)
    return Doubtful(_("The mail server went away while it took the mail."))


def _verdict(error: Exception) -> tuple[int, str]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    else:
        code, words = getattr(error, "smtp_code", 0), getattr(error, "smtp_error", b"")
    return code, words.decode(errors="replace") if isinstance(words, bytes) else str(
        words
    )


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        return  # the server's verdict is in; how it hangs up does not matter
