"""The page of a web form: for strangers, by itself or inside another site.

It may be framed, and that is safe: it shows and does nothing that depends on who looks.
No cookie is read or set and none adds a right, so another site has nothing to ride on and
no CSRF token is asked for, which a framed page could not keep anyway. What stands in for it
is the signed mark of the page: without one nothing is taken in, and each is taken in once.
"""

import uuid
from functools import wraps

from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from crm.lib.visitors import address_of, within
from leads.models import WebForm
from leads.receiving import CAMPAIGN, receive
from leads.web_form_forms import AskForm

SALT = "leads.web_form"
OPEN_SECONDS = 2 * 24 * 3600  # so long a page may stay open before it is sent
PER_MINUTE = 10  # per address and form


def framed(view):
    """Find the form and let the sites it names, or any, show the page in a frame."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request, slug):
        row = get_object_or_404(WebForm.objects.public(), slug=slug)
        response = view(request, row)
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": row.site_list or ["*"]}
        return response

    return guarded


@framed
@require_http_methods(["GET", "HEAD", "POST"])
def form(request, row):
    """Ask, and take in what was answered."""
    if not row.is_open:
        text = _("This form is closed. Please reach us another way.")
        return _over(request, row, text, status=410)
    if request.method == "POST":
        return _take(request, row)
    return _page(request, row, AskForm(row=row), new_mark(campaign_in(request)))


def _take(request, row):
    """Every refusal shows the form again with what was typed: nothing is lost."""
    form, mark = AskForm(request.POST, row=row), request.POST.get("mark", "")
    if not within(f"visits:form:{row.pk}:{address_of(request)}", PER_MINUTE, 60):
        text = _("This form was sent too often from your connection. Wait a minute.")
        return _page(request, row, form, mark, refusal=text, status=429)
    if form.is_trapped:
        return redirect("forms:thanks", row.slug)
    known = read_mark(mark)
    if known is None:
        text = _("This page was open for very long. Press the button once more.")
        return _page(request, row, form, new_mark({}), refusal=text, status=422)
    if not form.is_valid():
        return _page(request, row, form, mark, status=422)
    receive(row, form.answers, mark=known["id"], campaign=known["from"])
    return redirect("forms:thanks", row.slug)


@framed
@require_safe
def thanks(request, row):
    return _over(request, row, row.thanks)


def _page(request, row, form, mark, *, refusal="", status=200):
    context = {"row": row, "form": form, "mark": mark, "refusal": refusal}
    context["brand_url"] = request.path
    response = render(request, "leads/public_form.html", context, status=status)
    if status == 429:
        response["Retry-After"] = "60"
    return response


def _over(request, row, text, *, status=200):
    context = {"row": row, "text": text, "brand_url": row.get_public_url()}
    return render(request, "leads/public_form_over.html", context, status=status)


def new_mark(campaign):
    """The mark of one page: told apart from every other, with where its reader came from."""
    return signing.dumps({"id": uuid.uuid4().hex, "from": campaign}, salt=SALT)


def read_mark(text):
    """What a mark holds; None when it is not ours or too old."""
    try:
        return signing.loads(text, salt=SALT, max_age=OPEN_SECONDS)
    except signing.BadSignature:
        return None


def campaign_in(request):
    """The campaign in the address, and the page that shows the form, cut to size."""
    found = {}
    for name in (*CAMPAIGN, "page"):
        text = request.GET.get(name, "").replace("\x00", "").strip()[:200]
        if text:
            found[name] = text
    return found
