"""What sales looks after in the background."""

from celery import shared_task

from sales import actions, billing, looking


@shared_task(name="sales.remind")
def remind():
    """Remind of what expires or is overdue; of each once, however often this runs."""
    actions.remind_expiring()
    billing.remind_overdue()


@shared_task(name="sales.note")
def note(kind, contact, product, at):
    """Note what a client saw in the catalogue; of each once an hour, if run twice too."""
    looking.note(kind, contact, product, at)
