"""Everything about the demo world that its parts share."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone


@dataclass
class World:
    """A seeded generator, today, and the rows made so far."""

    seed: int
    size: int
    rng: random.Random = None
    today: object = None
    departments: list = field(default_factory=list)
    staff: dict = field(default_factory=dict)
    sellers: list = field(default_factory=list)
    devs: list = field(default_factory=list)
    password: str = ""
    places: dict = field(default_factory=dict)
    media: dict = field(default_factory=dict)
    stages: list = field(default_factory=list)
    products: list = field(default_factory=list)
    templates: list = field(default_factory=list)
    clients: list = field(default_factory=list)
    rules: list = field(default_factory=list)
    leads: list = field(default_factory=list)
    projects: list = field(default_factory=list)
    quotations: list = field(default_factory=list)
    story: list = field(default_factory=list)  # events to be written at the end

    def __post_init__(self):
        self.rng = random.Random(self.seed)  # noqa: S311 - a story, not a secret
        self.today = timezone.localdate()

    def day(self, ago):
        return self.today - timedelta(days=int(ago))

    def moment(self, day, ahead=0):
        """An aware time in office hours of `day`, never in the future."""
        clock = time(self.rng.randint(8, 17), self.rng.randrange(60))
        at = datetime.combine(day, clock, tzinfo=UTC) + timedelta(days=ahead)
        return min(at, timezone.now() - timedelta(minutes=self.rng.randint(1, 50)))

    def tell(self, kind, at, text, *, by=None, about=(), visible=False):
        """Remember an event; `make_story` writes them all, oldest first."""
        self.story.append((at, kind, text, by, [row for row in about if row], visible))
