"""What a client's people said about marketing, to read and to note."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.consents import reaches_of, say, standing, wording_of
from accounts.forms import RecordConsentForm
from accounts.models import Client
from crm.lib.access import SELLERS, get_editable, get_visible, role_required
from notifications.models import Channel


@require_safe
@role_required(*SELLERS)
def client_consents(request, pk):
    """Where marketing may go: a page, and the card of the client's record."""
    client = get_visible(Client, pk, request.user)
    context = {"client": client, "rows": standing(reaches_of(client))}
    is_card = request.htmx and not request.htmx.history_restore_request
    name = "accounts/_consents.html" if is_card else "accounts/client_consents.html"
    response = render(request, name, context)
    if is_card:
        patch_cache_control(response, no_store=True)  # going back must show the page
    return response


@role_required(*SELLERS)
def consent_record(request, pk):
    client = get_editable(Client, pk, request.user)
    form = RecordConsentForm(
        request.POST or None,
        reaches=reaches_of(client),
        initial={"wording": wording_of(Channel.EMAIL)},
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        say(given.pop("reach"), client=client, by=request.user, **given)
        messages.success(request, _("It is noted."))
        return redirect(client)
    context = {
        "form": form,
        "title": _("Note a consent of {client}").format(client=client),
        "hint": _("What is noted is never changed; the newest word counts."),
        "back": client.get_absolute_url(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)
