"""What sales looks after in the background."""

from celery import shared_task

from sales import actions, billing


@shared_task(name="sales.remind")
def remind():
    """Remind of what expires or is overdue; of each once, however often this runs."""
    actions.remind_expiring()
    billing.remind_overdue()
