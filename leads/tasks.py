"""What the scheduler asks of leads."""

from celery import shared_task

from leads import task_reminders


@shared_task(name="leads.remind")
def remind():
    """Remind of the tasks whose time has come."""
    task_reminders.send_due()
