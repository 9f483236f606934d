"""Messages and consent in the customer area: each person decides for their own addresses."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.consents import decide, own_reaches, standing, wording_of
from accounts.forms import ConsentForm
from accounts.portal import profile_page, the_contact
from crm.lib.access import role_required
from crm.lib.paging import KeysetPage
from notifications.models import Channel, Consent


@require_safe
@role_required("client")
def consents(request):
    """What may be sent where, and all that was said about it."""
    rows = standing(own_reaches(request.user))
    for row in rows:
        row["wording"] = wording_of(row["channel"])
    said = Consent.objects.visible_to(request.user).select_related("by").order_by()
    page = KeysetPage(said, request.GET.get("after"), order=("-at", "-pk"), size=20)
    context = {
        "rows": rows,
        "has_number": any(row["channel"] == Channel.SMS for row in rows),
        "page": page,
        "contact": getattr(request.user, "contact", None),
    }
    return profile_page(request, "accounts/portal_consents.html", context)


@require_POST
@role_required("client")
def consent(request):
    """Turn marketing to one of one's own addresses on or off."""
    contact = the_contact(request.user)
    form = ConsentForm(request.POST, reaches=own_reaches(request.user))
    if not form.is_valid():
        messages.error(request, _("That is not one of your addresses here."))
        return redirect("portal:consents")
    decide(
        contact,
        form.cleaned_data["reach"],
        given=form.cleaned_data["given"],
        by=request.user,
    )
    text = _("No offers and news go there any more.")
    if form.cleaned_data["given"]:
        text = _("Thank you: offers and news may go there.")
    messages.success(request, text)
    return redirect("portal:consents")
