"""`manage.py send_due`: remind of what is due and empty the outbox, without a broker."""

from django.core.management.base import BaseCommand

from leads import reminders, task_reminders
from notifications import outbox
from projects import late


class Command(BaseCommand):
    help = "Remind of what is due and send every message that is due; for a cron job, or after an outage."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=10_000)
        parser.add_argument("--seconds", type=float, default=600)

    def handle(self, *, limit, seconds, **options):
        reminders.send_due(limit)
        task_reminders.send_due(limit)
        late.send_due(limit)
        self.stdout.write(f"sent {outbox.send_due(limit, seconds)}")
