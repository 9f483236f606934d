"""Leave the outbox in the background."""

from celery import shared_task

from notifications import outbox


@shared_task(name="notifications.deliver")
def deliver(message_id):
    """Send one message; the sweep calls again for what could not leave."""
    outbox.deliver(message_id)


@shared_task(name="notifications.send_due")
def send_due():
    """Send whatever is due and was not picked up."""
    outbox.send_due()
