"""Noting what somebody of a client said about marketing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.consents import reaches_of, say, wording_of
from accounts.forms import RecordConsentForm
from accounts.models import Client
from crm.lib.access import SELLERS, get_editable, role_required
from notifications.models import Channel


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
