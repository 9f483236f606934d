"""The customer area's basket: filled and asked with by owners, one for each login."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.portal import may_write, own_contact, the_owner
from crm.lib.access import get_editable, get_visible, role_required
from crm.lib.money import show
from sales import basket as verbs
from sales.asking import ask
from sales.forms import AskForm, QuantityForm
from sales.models import BasketLine, Product
from sales.portal_catalogue import product_page


@require_safe
@role_required("client")
def basket(request):
    """What is in it, and the form that asks for a quotation."""
    return _page(request, AskForm())


def _page(request, ask_form, *, wrong=None, status=200):
    """The basket; `wrong` is (line, form) of a quantity that cannot be."""
    contact = own_contact(request.user)
    lines = list(BasketLine.objects.visible_to(request.user).with_products())
    for line in lines:
        line.form = quantity_form(line)
        if wrong and line == wrong[0]:
            line.form = wrong[1]
    context = {
        "lines": lines,
        "sums": [
            (code, show(total, code)) for code, total in verbs.sums_of(lines).items()
        ],
        "on_request": any(line.amount is None for line in lines),
        "gone": [line.product for line in lines if not line.product.is_shown],
        "form": ask_form,
        "can_ask": may_write(contact),
    }
    return render(request, "sales/portal_basket.html", context, status=status)


def quantity_form(line, data=None):
    """The number beside a line, under a name of its own in the page."""
    initial = {"quantity": line.quantity}
    return QuantityForm(data, initial=initial, auto_id=f"line_{line.pk}_%s")


@require_POST
@role_required("client")
def basket_put(request, pk):
    product = get_visible(Product, pk, request.user)
    contact = the_owner(request.user)
    form = QuantityForm(request.POST)
    if not form.is_valid():
        return product_page(request, product, form)
    verbs.put(contact, product, **form.cleaned_data, by=request.user)
    messages.success(request, _("{product} is in your basket.").format(product=product))
    return redirect("portal:basket")


@require_POST
@role_required("client")
def basket_change(request, pk):
    line = get_editable(BasketLine, pk, request.user)
    form = quantity_form(line, request.POST)
    if not form.is_valid():
        return _page(request, AskForm(), wrong=(line, form), status=422)
    verbs.change(line, **form.cleaned_data)
    messages.success(request, _("The quantity is changed."))
    return redirect("portal:basket")


@require_POST
@role_required("client")
def basket_remove(request, pk):
    line = get_editable(BasketLine, pk, request.user)
    verbs.remove(line)
    messages.success(request, _("{product} is out.").format(product=line.product))
    return redirect("portal:basket")


@require_POST
@role_required("client")
def basket_ask(request):
    contact = the_owner(request.user)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    ask(contact, **form.cleaned_data, by=request.user)
    messages.success(request, _("Asked for. You will find our quotation here."))
    return redirect("portal:quotations")
