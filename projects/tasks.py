"""Work of projects that is done in the background."""

from celery import shared_task

from projects import late, service


@shared_task(name="projects.warn_late")
def warn_late():
    """Tell both sides of the milestones that got late."""
    late.send_due()


@shared_task(name="projects.open_due")
def open_due():
    """Open requests for what service rules notice."""
    service.open_due()
