"""Messages that did not arrive, and what stands in somebody's bell."""

import pytest

from notifications.actions import record
from notifications.models import Message


def undelivered_of(customer):
    return Message.objects.create(
        channel="email",
        address=customer.email,
        subject="Your visit",
        body="Tuesday at 9.",
        client=customer,
        state=Message.State.UNKNOWN,
        message_id=f"<{customer.pk}@firm.example>",
        attempts=1,
        error="The mail server went away.",
    )


@pytest.fixture
def undelivered(customer):
    return undelivered_of(customer)


@pytest.fixture
def far_undelivered(far_customer):
    return undelivered_of(far_customer)


def told(user):
    event = record("user.told", user, by=None, text="Hello.", tell=[user])
    return event.notifications.get()


@pytest.fixture
def notification(bd):
    return told(bd)


@pytest.fixture
def far_notification(far_bd):
    return told(far_bd)
