"""A lead is made, and its details are changed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.duplicates import Twins, like
from accounts.models import Client, Contact
from crm.lib.access import SELLERS, get_editable, role_required
from leads import actions
from leads.forms import LeadForm
from leads.models import Lead


@role_required(*SELLERS)
@require_http_methods(["GET", "POST"])
def create(request):
    """Make a lead; ?client= begins with a client filled in."""
    asked = request.GET.get("client", "")
    known = Client.objects.visible_to(request.user)
    client = known.filter(pk=asked).first() if asked.isdecimal() else None
    given, start = with_client_taken(request.POST), {"client": client}
    form = LeadForm(given or None, user=request.user, initial=start)
    found = Twins()
    if form.is_bound and "seen" not in given:
        found = _twins(given, request.user)
    if form.is_valid() and not found.is_sure:
        lead = actions.create(form.instance, spot=form.spot, by=request.user)
        messages.success(request, _("{lead} is a lead now.").format(lead=lead))
        return redirect(lead)
    status = 422 if form.is_bound else 200
    press = _("Create the lead") if form.is_bound and form.is_valid() else ""
    context = {"form": form, "twins": found, "press": press}
    return render(request, "leads/lead_form.html", context, status=status)


@role_required(*SELLERS)
@require_GET
def twins(request):
    """Leads, clients and contacts like the one that is being typed."""
    found = _twins(request.GET, request.user)
    context = {"twins": found, "taking": True, "taken": request.GET.get("take", "")}
    return render(request, "components/_twins.html", context)


def with_client_taken(given):
    """What was typed, with the client that was chosen out of the warning."""
    if not given.get("take"):
        return given
    given = given.copy()
    given["client"] = given["take"]
    return given


def _twins(given, user):
    """A known client has many leads: only strangers may be known already."""
    if given.get("client"):
        return Twins()
    return like(given, Lead.CALLED, (Lead, Client, Contact), user)


@role_required(*SELLERS)
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change the details of a lead."""
    lead = get_editable(Lead, pk, request.user)
    form = LeadForm(request.POST or None, instance=lead, user=request.user)
    if form.is_valid():
        spot = form.spot if form.spot_changed else None
        actions.edit(lead, changed=form.columns_changed, spot=spot, by=request.user)
        messages.success(request, _("{lead} is saved.").format(lead=lead))
        return redirect(lead)
    context = {"form": form, "lead": lead}
    status = 422 if form.is_bound else 200
    return render(request, "leads/lead_form.html", context, status=status)
