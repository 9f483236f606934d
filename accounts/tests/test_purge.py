"""After 30 days in the trash rows go for good, with every trace of a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Client, Contact, User
from accounts.trash import purge_expired
from crm.tasks import nightly
from leads.models import Interaction, Lead
from notifications.models import Consent, Event, Message
from projects.models import Document, Project
from sales.models import Purchase


def age(row, days=31):
    """Move the row and its children back to that day of the trash."""
    then = timezone.now() - timedelta(days=days)
    for model in (Client, Lead, Project, Document):
        model.objects.filter(trashed=row.trashed).update(trashed=then)


@pytest.fixture
def old(customer, lead, interaction, project, contact, bd):
    """A client in the trash for 31 days, with a lead, a project and a contact."""
    customer.trash(by=bd)
    age(customer)
    return customer


def test_it_is_deleted_with_its_children(old):
    assert purge_expired(Client) == 1
    assert not Client.objects.exists()
    assert not Lead.objects.exists()
    assert not Project.objects.exists()
    assert not Contact.objects.exists()


def test_no_trace_of_a_person_is_left(old, lead):
    Message.objects.create(client=old, channel="sms", address="+4930", body="Dear")
    purge_expired(Client)
    assert not Client.history.exists()
    assert not Lead.history.exists()
    assert not Event.objects.exists()
    message = Message.objects.get()
    assert (message.address, message.body, message.client) == ("", "", None)


def test_a_withdrawn_consent_stays(old):
    Consent.objects.create(
        channel="email", address="a@b.example", given=False, client=old
    )
    purge_expired(Client)
    assert Consent.objects.get().address == "a@b.example"


def test_its_people_have_no_login_any_more(old, portal_owner):
    purge_expired(Client)
    assert not User.objects.filter(pk=portal_owner.pk).exists()


def test_what_the_books_need_is_kept_without_a_name(old, interaction):
    Purchase.objects.create(client=old, day=timezone.localdate(), cents=500)
    assert purge_expired(Client) == 1
    old.refresh_from_db()
    assert (old.name, old.email, old.purchases.get().cents) == (f"#{old.pk}", "", 500)
    assert Contact.objects.get().name == Interaction.objects.get().text == ""
    assert not Client.history.exists()


def test_what_is_kept_is_purged_once_and_not_restored(old, admin):
    Purchase.objects.create(client=old, day=timezone.localdate(), cents=500)
    purge_expired(Client)
    assert purge_expired(Client) == purge_expired(Lead) == 0
    assert not Client.objects.visible_to(admin, trashed=True).exists()
    assert not Lead.objects.visible_to(admin, trashed=True).exists()


@pytest.mark.parametrize("days", [0, 29])
def test_before_its_time_everything_stays(customer, bd, days):
    customer.trash(by=bd)
    age(customer, days)
    assert purge_expired(Client) == 0
    customer.refresh_from_db()
    assert customer.days_left == 30 - days


def test_a_client_with_a_lead_that_is_in_use_stays(old, lead):
    Lead.objects.filter(pk=lead.pk).update(trashed=None)
    assert purge_expired(Client) == 0
    assert Client.objects.filter(pk=old.pk).exists()


def test_the_night_does_it(old, far_lead, far_bd):
    far_lead.trash(by=far_bd)
    age(far_lead)
    nightly()
    assert not Lead.objects.exists()
    assert list(Client.objects.all()) == [far_lead.client]


def test_a_lead_on_its_own_leaves_its_project(lead, project, bd):
    Project.objects.update(lead=lead)
    lead.trash(by=bd)
    age(lead)
    assert purge_expired(Lead) == 1
    assert Project.objects.get().lead is None
