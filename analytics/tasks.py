"""Analyses in the background."""

from celery import shared_task


@shared_task(name="analytics.run")
def run(pk):
    """Carry out a run; safe to send twice."""
    from analytics import runs

    runs.work(pk)
