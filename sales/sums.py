"""How the sums of a quotation or invoice are made: the one place where they are rounded.

1. A line is quantity × price less its own discount, rounded to the currency's smallest
   unit.
2. The lines of one tax rate are added; the discount on the whole is taken off each of
   these sums, and each is rounded.
3. The tax of a rate is taken from that sum and rounded.
4. The total adds these figures and is never rounded again, so what is printed adds up.

Halves are rounded away from zero: a credit note is exactly minus its invoice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from crm.lib.money import decimals

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class RateSum:
    """What falls under one tax rate: before tax, and the tax."""

    rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Sums:
    """The figures under the lines; `lines` is their sum before the discount."""

    lines: Decimal
    discount: Decimal
    rates: tuple[RateSum, ...]

    @property
    def net(self) -> Decimal:
        return sum((rate.net for rate in self.rates), Decimal(0))

    @property
    def tax(self) -> Decimal:
        return sum((rate.tax for rate in self.rates), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.net + self.tax


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the smallest unit of the currency, halves away from zero.

    >>> rounded(Decimal("2.345"), "EUR"), rounded(Decimal("-0.5"), "JPY")
    (Decimal('2.35'), Decimal('-1'))
    """
    unit = Decimal(1).scaleb(-decimals(currency))
    return amount.quantize(unit, rounding=ROUND_HALF_UP)


def amount_of(
    quantity: Decimal, price: Decimal, discount: Decimal, currency: str
) -> Decimal:
    """A line's amount before tax; `discount` in per cent."""
    return rounded(quantity * price * (HUNDRED - discount) / HUNDRED, currency)


def sum_up(
    lines: Iterable[tuple[Decimal, Decimal]], *, discount: Decimal, currency: str
) -> Sums:
    """Add lines given as (tax rate, amount), less `discount` per cent of the whole."""
    by_rate: dict[Decimal, Decimal] = {}
    for rate, amount in lines:
        by_rate[rate] = by_rate.get(rate, Decimal(0)) + amount
    rates = []
    for rate, amount in sorted(by_rate.items()):
        net = rounded(amount * (HUNDRED - discount) / HUNDRED, currency)
        rates.append(RateSum(rate, net, rounded(net * rate / HUNDRED, currency)))
    before = sum(by_rate.values(), Decimal(0))
    return Sums(before, sum((r.net for r in rates), Decimal(0)) - before, tuple(rates))
