"""What Twilio tells us: how a message fared, and what people write back."""

from functools import wraps

from django.conf import settings
from django.http import HttpResponse, HttpResponseForbidden
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from notifications import inbox

EMPTY_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


def signed_by_twilio(view):
    """Let a call in only with Twilio's signature over our own address and the fields."""

    @wraps(view)
    def check(request, *args, **kwargs):
        token = settings.TWILIO_AUTH_TOKEN
        url = settings.SITE_URL + request.get_full_path()
        signature = request.headers.get("X-Twilio-Signature", "")
        if not token or not RequestValidator(token).validate(
            url, request.POST, signature
        ):
            return HttpResponseForbidden(_("The signature is missing or wrong."))
        return view(request, *args, **kwargs)

    return csrf_exempt(require_POST(check))


@signed_by_twilio
def twilio_status(request):
    """Note how far one of our SMS has come."""
    inbox.note_status(
        sid=request.POST.get("MessageSid", ""),
        status=request.POST.get("MessageStatus", ""),
        error_code=request.POST.get("ErrorCode", ""),
        message=request.GET.get("message", ""),
    )
    return HttpResponse(status=204)


@signed_by_twilio
def twilio_sms(request):
    """Keep an SMS that somebody sent us, and honour STOP."""
    inbox.receive_sms(
        sid=request.POST.get("MessageSid", ""),
        sender=request.POST.get("From", ""),
        body=request.POST.get("Body", ""),
    )
    return HttpResponse(EMPTY_ANSWER, content_type="text/xml")
