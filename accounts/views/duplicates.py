"""Warning of people who are known already, and asking whoever may decide."""

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.duplicates import ask, like
from accounts.models import Client, Contact
from crm.lib.access import SELLERS, role_required


@role_required(*SELLERS)
@require_GET
def client_twins(request):
    """Clients and contacts like the one that is being typed."""
    found = like(request.GET, Client.CALLED, (Client, Contact), request.user)
    return render(request, "components/_twins.html", {"twins": found})


@role_required(*SELLERS)
@require_POST
def ask_manager(request):
    """Tell the managers of hidden rows that somebody met them anew; once."""
    try:
        asked = ask(request.POST.get("rows", ""), by=request.user)
    except BadSignature:
        text = _("This question cannot be asked any more; type the address again.")
        return _answer(request, text, status=422)
    text = _("The manager is asked and will get back to you.")
    return _answer(request, text if asked else _("The manager was asked already."))


def _answer(request, text, status=200):
    if request.htmx:
        return HttpResponse(text, status=status, content_type="text/plain")
    messages.info(request, text)
    return redirect("accounts:clients")
