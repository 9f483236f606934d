"""What goes into a contact's basket and out of it.

Nothing of it is recorded on timelines: until they ask, it is their own notepad. What was
put in is a `ProductEvent`.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Contact, User
from crm.lib.errors import NotAllowedNow
from sales import looking
from sales.models import BasketLine, Product
from sales.models.baskets import MOST_LINES


class BasketFull(NotAllowedNow):
    def __init__(self) -> None:
        text = _("A basket holds {n} products: ask for these, then go on.")
        super().__init__(text.format(n=MOST_LINES), back=reverse("portal:basket"))


class NotInBasket(NotAllowedNow):
    def __init__(self, product: Product) -> None:
        text = _("{product} is no longer in your basket.")
        back = reverse("portal:basket")
        super().__init__(text.format(product=product), back=back)


@transaction.atomic
def put(contact: Contact, product: Product, *, quantity: int, by: User) -> BasketLine:
    """Have so many of the product in the basket, however often this is pressed."""
    Contact.objects.select_for_update().get(pk=contact.pk)
    lines = BasketLine.objects.editable_by(by).filter(contact=contact)
    line = lines.filter(product=product).first()
    if line:
        change(line, quantity=quantity)
        return line
    if lines.count() >= MOST_LINES:
        raise BasketFull
    line = BasketLine.objects.create(
        contact=contact, product=product, quantity=quantity
    )
    looking.keep(contact, looking.BASKET, product.pk, timezone.now())
    return line


def change(line: BasketLine, *, quantity: int) -> None:
    """Have so many of it, if it is still there."""
    if not BasketLine.objects.filter(pk=line.pk).update(quantity=quantity):
        raise NotInBasket(line.product)


def remove(line: BasketLine) -> None:
    """Take the product out."""
    line.delete()


def sums_of(lines: Iterable[BasketLine]) -> dict[str, Decimal]:
    """What the lines with a price come to; no two currencies are ever added."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.amount is not None:
            currency = line.product.currency
            sums[currency] = sums.get(currency, Decimal(0)) + line.amount
    return dict(sorted(sums.items()))
