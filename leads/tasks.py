"""What the scheduler asks of leads."""

from celery import shared_task

from leads import passing, task_reminders


@shared_task(name="leads.remind")
def remind():
    """Remind of the tasks whose time has come."""
    task_reminders.send_due()


@shared_task(name="leads.pass_on")
def pass_on():
    """Pass on the leads that lie untouched."""
    passing.pass_on_untouched()
