"""Write the demo world into an empty database."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from crm.demo.rows import newest, remember
from crm.demo.story import make_world


class Command(BaseCommand):
    help = "Write the demo world: a firm, its clients, leads, projects, two years of history."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--clients", type=int, default=2000)

    def handle(self, *, seed, clients, **options):
        if clients < 10:
            raise CommandError("The story needs at least 10 clients.")
        if User.objects.exists():
            raise CommandError(
                "There are people in this database already: nothing was written."
            )
        with transaction.atomic():
            before = newest()
            world = make_world(seed=seed, size=clients)
            remember(before)
        self.stdout.write(
            f"{len(world.clients)} clients, {len(world.leads)} leads, {len(world.projects)} projects"
        )
