"""What media cost: listed, entered, corrected, removed; for managers and admins."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exports import LISTING, export
from crm.lib.access import get_editable, role_required
from crm.lib.paging import KeysetPage
from leads.exports import SPEND
from leads.models import Spend
from leads.spend_forms import AmountForm, SpendFilter, SpendForm
from leads.views.verbs import require_form

SPENDERS = ("admin", "manager")
ORDER = ("-month", "-pk")


@role_required(*SPENDERS)
@require_http_methods(LISTING)
def spend(request):
    """Every month's spend one may see, the newest first."""
    filters = SpendFilter(request.GET)
    rows = filters.apply(Spend.objects.visible_to(request.user).with_names())
    page = KeysetPage(rows, request.GET.get("after"), order=ORDER)
    if request.method == "POST":
        return export(request, page, SPEND)
    context = {
        "page": page,
        "filters": filters,
        "show_department": request.user.role == "admin",
    }
    return render(request, "leads/spend_list.html", context)


@role_required(*SPENDERS)
@require_form
def spend_enter(request):
    """Note what a medium cost in a month; again, it asks whether that is more of it."""
    form = SpendForm(request.POST or None, user=request.user)
    known, how = form.known(), request.POST.get("how")
    if form.is_valid() and (known is None or how in ("add", "replace")):
        row, is_new = Spend.enter(add=how == "add", **form.cleaned_data)
        said = _("{what}: {amount} noted.") if is_new else _("{what}: now {amount}.")
        messages.success(request, said.format(what=row, amount=row.money))
        return redirect("leads:spend")
    context = {"form": form, "known": known}
    status = 422 if form.is_bound else 200
    return render(request, "leads/spend_form.html", context, status=status)


@role_required(*SPENDERS)
@require_form
def spend_edit(request, pk):
    """Correct an amount."""
    row = get_editable(Spend, pk, request.user)
    form = AmountForm(request.POST or None, initial={"amount": row.amount})
    if form.is_valid():
        row.change(form.cleaned_data["amount"])
        messages.success(request, _("Saved."))
        return redirect("leads:spend")
    title = _("Spend on {what}, in {currency}")
    return _form_page(request, form, title.format(what=row, currency=row.currency))


def _form_page(request, form, title):
    context = {"form": form, "title": title, "back": reverse("leads:spend")}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)


@role_required(*SPENDERS)
@require_POST
def spend_remove(request, pk):
    """Take out what was entered by mistake."""
    row = get_editable(Spend, pk, request.user)
    text = _("{what}: {amount} removed.").format(what=row, amount=row.money)
    row.delete()
    messages.success(request, text)
    return redirect("leads:spend")
