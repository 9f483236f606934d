"""Products: sellers look, admins and managers change."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.lib.access import SELLERS, get_editable, role_required
from crm.lib.paging import KeysetPage
from sales.forms import ProductFilter, ProductForm
from sales.models import Product

SETTERS = ("admin", "manager")
ORDER = ("category", "name", "pk")


@require_safe
@role_required(*SELLERS)
def products(request):
    form = ProductFilter(request.GET)
    rows = form.apply(Product.objects.visible_to(request.user))
    page = KeysetPage(rows, request.GET.get("after"), order=ORDER)
    context = {
        "form": form,
        "page": page,
        "can_edit": request.user.role in SETTERS,
    }
    return render(request, "sales/product_list.html", context)


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
