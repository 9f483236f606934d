"""Products and tax rates: sellers look, admins and managers change."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.exports import LISTING, export
from crm.lib.access import SELLERS, get_editable, role_required
from crm.lib.paging import KeysetPage
from sales.exports import PRODUCTS
from sales.forms import ProductFilter, ProductForm, TaxRateForm
from sales.models import Product, TaxRate

SETTERS = ("admin", "manager")
ORDER = ("category", "name", "pk")


@require_http_methods(LISTING)
@role_required(*SELLERS)
def products(request):
    form = ProductFilter(request.GET)
    rows = form.apply(Product.objects.visible_to(request.user))
    page = KeysetPage(rows, request.GET.get("after"), order=ORDER)
    if request.method == "POST":
        return export(request, page, PRODUCTS)
    context = {
        "form": form,
        "page": page,
        "can_edit": request.user.role in SETTERS,
    }
    return render(request, "sales/product_list.html", context)


@require_safe
@role_required(*SELLERS)
def product_options(request):
    """Up to twelve products that hold ?q=, for a line's picker."""
    words = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    rows = Product.objects.visible_to(request.user).sold()
    found = rows.found_by(words) if words else rows
    options = [
        {"pk": row.pk, "label": row.name, "hint": f"{row.code} {row.money}"}
        for row in found.order_by("name", "pk")[:12]
    ]
    return render(request, "components/_options.html", {"options": options})


@role_required(*SETTERS)
def product_add(request):
    return _edit(request, Product())


@role_required(*SELLERS)
def product_edit(request, pk):
    return _edit(request, get_editable(Product, pk, request.user))


def _edit(request, product):
    form = ProductForm(request.POST or None, instance=product, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The product is saved."))
        return redirect("sales:products")
    context = {"form": form, "product": product}
    status = 422 if request.method == "POST" else 200
    return render(request, "sales/product_form.html", context, status=status)


@require_safe
@role_required("admin")
def tax_rates(request):
    rows = TaxRate.objects.visible_to(request.user)
    return render(request, "sales/tax_rates.html", {"rates": rows})


@role_required("admin")
def tax_rate_add(request):
    return _edit_rate(request, TaxRate(), _("New tax rate"))


@role_required("admin")
def tax_rate_edit(request, pk):
    rate = get_editable(TaxRate, pk, request.user)
    return _edit_rate(request, rate, _("Edit {what}").format(what=rate))


def _edit_rate(request, rate, title):
    form = TaxRateForm(request.POST or None, instance=rate)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("sales:tax_rates")
    context = {"form": form, "title": title, "back": reverse("sales:tax_rates")}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)


@require_POST
@role_required("admin")
def tax_rate_remove(request, pk):
    """Offer the rate no longer; lines that bear it keep it."""
    get_editable(TaxRate, pk, request.user).delete()
    messages.success(request, _("The rate is no longer offered."))
    return redirect("sales:tax_rates")
