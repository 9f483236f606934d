"""What the scheduler asks of projects."""

from celery import shared_task

from projects import late


@shared_task(name="projects.warn_late")
def warn_late():
    """Tell both sides of the milestones that got late."""
    late.send_due()
