"""What the demo firm spent on its media, month by month for two years."""

import random

from crm.lib.dates import months_before
from leads.models import Spend

MONTHS = 23
# a month's spend of a department, and by how much it varies
COSTS = {
    "Web form": (900, 0.2), "Trade show": (1400, 0.9), "E-mail": (250, 0.3), "Social media": (700, 0.3),
    "Advertising": (1800, 0.4), "Direct mail": (600, 0.5), "Referral": (200, 0.6), "Live chat": (180, 0.1),
}  # fmt: skip


def make_spend(world):
    rng = random.Random(world.seed)  # noqa: S311 - a story; its own, so others stay
    departments = {seller.department for seller in world.sellers}
    Spend.objects.bulk_create(
        Spend(
            medium=world.media[name], month=months_before(world.today, ago), currency="EUR",
            department=department, amount=round(cost * rng.uniform(1 - varies, 1 + varies), -1),
        )
        for department in sorted(departments, key=lambda row: row.pk)
        for name, (cost, varies) in COSTS.items()
        for ago in range(MONTHS, -1, -1)
    )  # fmt: skip
