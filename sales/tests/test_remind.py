"""Client and owner are reminded once before a quotation expires."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.reactions import react
from notifications.models import Event, Message, Notification
from sales.models import Quotation
from sales.tasks import remind


def ends_in(quotation, days, *, sent=5):
    quotation.valid_until = timezone.localdate() + timedelta(days=days)
    quotation.sent = timezone.now() - timedelta(days=sent)
    quotation.save(update_fields=["valid_until", "sent"])


def told():
    for event in Event.objects.filter(kind="quotation.expiring"):
        react(event.pk)
    return Notification.objects.filter(event__kind="quotation.expiring").count()


def test_once_however_often_it_is_looked_for(quotation, bd, portal_owner):
    ends_in(quotation, 2)
    remind()
    remind()
    assert told() == 1
    assert bd.notifications.get().event.kind == "quotation.expiring"
    mail = Message.objects.get(kind="quotation_expiring")
    assert (mail.address, "/portal/" in mail.body) == (portal_owner.email, True)


def test_a_lead_without_login_gets_the_link(quotation):
    ends_in(quotation, 0)
    remind()
    told()
    assert quotation.get_signed_url() in Message.objects.get().body


@pytest.mark.parametrize("days", [-1, 4, 30])
def test_neither_too_early_nor_too_late(quotation, days):
    ends_in(quotation, days)
    remind()
    assert not told()


def test_not_of_what_left_an_hour_ago(quotation):
    ends_in(quotation, 1, sent=0)
    remind()
    assert not told()


def test_not_of_what_was_answered_meanwhile(quotation):
    ends_in(quotation, 1)
    row = Quotation.objects.get()
    quotation.accept(name="Carla")
    row.remind()
    assert not told()
