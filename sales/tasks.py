"""What sales looks after in the background."""

from celery import shared_task

from sales import actions


@shared_task(name="sales.remind")
def remind():
    """Remind of quotations about to expire; each once, however often this runs."""
    actions.remind_expiring()
