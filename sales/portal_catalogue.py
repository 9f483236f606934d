"""The customer area's catalogue: what is sold, by category and brand."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.portal import may_write, own_contact
from crm.lib.access import get_visible, role_required
from crm.lib.paging import KeysetPage
from sales.forms import CatalogueFilter, QuantityForm
from sales.looking import saw
from sales.models import BasketLine, Product

ORDER = ("category", "name", "pk")
SIZE = 24
FEW, MANY = 8, 60  # chips of a kind that stand there at once, and behind More


@require_safe
@role_required("client")
def catalogue(request):
    """What the firm shows, category by category."""
    form = CatalogueFilter(request.GET)
    shown = Product.objects.visible_to(request.user)
    after = request.GET.get("after")
    page = KeysetPage(form.apply(shown), after, order=ORDER, size=SIZE)
    saw(own_contact(request.user))
    context = {
        "page": page,
        "given": form.given,
        "categories": chips(request, form, shown, "category", _("All categories")),
        "brands": chips(request, form, shown, "brand", _("All brands")),
        "in_basket": BasketLine.objects.visible_to(request.user).count(),
    }
    return render(request, "sales/portal_catalogue.html", context)


def chips(request, form, rows, name, everything):
    """The values of a column to choose from, those beyond the first few as `more`."""
    chosen = form.given.get(name)
    tally = list(form.apply(rows, but=name).tallied(name)[:MANY])
    if chosen and chosen not in dict(tally):
        tally.append((chosen, None))
    few = [one for i, one in enumerate(tally) if i < FEW or one[0] == chosen]
    drawn = [_chip(request, name, value, n, chosen) for value, n in few]
    rest = [_chip(request, name, v, n, chosen) for v, n in tally if (v, n) not in few]
    if len(tally) < 2 and not chosen:
        return {"chips": [], "more": []}
    first = _chip(request, name, None, None, chosen) | {"label": everything}
    return {"chips": [first, *drawn], "more": rest}


def _chip(request, name, value, count, chosen):
    """A link that keeps the other filters and begins with the first page."""
    params = request.GET.copy()
    params.pop("after", None)
    params.pop(name, None)
    if value:
        params[name] = value
    current = value == chosen
    url = f"?{params.urlencode()}"
    return {"label": value, "url": url, "count": count, "current": current}


@require_safe
@role_required("client")
def product(request, pk):
    """One product, and the way into the basket for who may ask."""
    row = get_visible(Product, pk, request.user)
    saw(own_contact(request.user), row)
    return product_page(request, row)


def product_page(request, row, form=None):
    """The page of a product; with a form that was filled in wrongly, as 422."""
    contact = own_contact(request.user)
    lines = list(BasketLine.objects.visible_to(request.user).order_by("pk"))
    line = next((line for line in lines if line.product_id == row.pk), None)
    quantity = {"quantity": line.quantity if line else 1}
    context = {
        "product": row,
        "line": line,
        "can_ask": may_write(contact),
        "form": form or QuantityForm(initial=quantity),
        "in_basket": len(lines),
    }
    status = 422 if form else 200
    return render(request, "sales/portal_product.html", context, status=status)
