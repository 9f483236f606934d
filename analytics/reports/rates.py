"""Sums of figures and the rates made of them. NumPy only."""

from dataclasses import dataclass
from decimal import Decimal

from analytics.mining.wilson import shrink, wilson_interval
from analytics.words import money
from crm.lib.money import to_decimal

LEAST_LEADS = 10  # below it a medium's conversion in an area is no advice


def percent(share: float) -> str:
    """ "25%", with one digit after the point below ten."""
    return f"{share * 100:.1f}%" if 0 < share < 0.0995 else f"{share * 100:.0f}%"


@dataclass
class Sums:
    """Counts and amounts of one area, medium or class, in one currency."""

    clients: int = 0
    leads: int = 0
    won: int = 0
    lost: int = 0
    purchases: int = 0
    repeats: int = 0
    cents: int = 0
    won_cents: int = 0
    won_days: int = 0
    sent: int = 0
    answered: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            **{
                name: getattr(self, name) + getattr(other, name)
                for name in self.__dataclass_fields__
            }
        )


COLUMNS = tuple(Sums.__dataclass_fields__)
OF_CURRENCY = ("cents", "won_cents")


@dataclass
class Rates:
    """What a row of a report shows beside its counts; `of` is the whole it is part of."""

    sums: Sums
    of: Sums
    currency: str
    by_value: bool = False  # revenue is the value of won leads: there are no purchases

    @property
    def revenue_cents(self) -> int:
        return self.sums.won_cents if self.by_value else self.sums.cents

    @property
    def all_cents(self) -> int:
        return self.of.won_cents if self.by_value else self.of.cents

    @property
    def revenue(self) -> str:
        return money(self.revenue_cents, self.currency)

    @property
    def units(self) -> int:
        """The revenue in whole units, for pies."""
        return round(self.amount)

    @property
    def amount(self) -> Decimal:
        return to_decimal(self.revenue_cents, self.currency)

    @property
    def revenue_share(self) -> float:
        return self.revenue_cents / self.all_cents if self.all_cents > 0 else 0.0

    @property
    def client_share(self) -> float:
        return self.sums.clients / self.of.clients if self.of.clients else 0.0

    @property
    def share_text(self) -> str:
        return percent(self.revenue_share)

    @property
    def per_client(self) -> str:
        if not self.sums.clients:
            return "–"
        return money(round(self.revenue_cents / self.sums.clients), self.currency)

    @property
    def per_lead(self) -> str:
        if not self.sums.leads:
            return "–"
        return money(round(self.revenue_cents / self.sums.leads), self.currency)

    @property
    def conversion(self) -> float:
        return self.sums.won / self.sums.leads if self.sums.leads else 0.0

    @property
    def average(self) -> float:
        return self.of.won / self.of.leads if self.of.leads else 0.0

    @property
    def shrunk(self) -> float:
        return float(shrink(self.sums.won, self.sums.leads, self.average))

    @property
    def lift(self) -> float:
        return self.conversion / self.average if self.average else 0.0

    @property
    def is_above(self) -> bool:
        """Enough leads, and better than the average beyond chance."""
        low = float(wilson_interval(self.sums.won, self.sums.leads).low)
        return self.sums.leads >= LEAST_LEADS and low > self.average > 0

    @property
    def conversion_text(self) -> str:
        return percent(self.conversion) if self.sums.leads else "–"

    @property
    def interval(self) -> str:
        if not self.sums.leads:
            return ""
        found = wilson_interval(self.sums.won, self.sums.leads)
        return f"{percent(float(found.low))} – {percent(float(found.high))}"
