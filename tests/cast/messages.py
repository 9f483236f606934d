"""Messages that did not arrive."""

import pytest

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
