"""Somebody who has left their name everywhere, and their wishes to be forgotten."""

import pytest
from django.utils import timezone

from accounts.models import ApiToken, Client, ErasureRequest, Export
from accounts.tests.forgetting import PHONE
from leads.models import Lead, MeetingGuest
from leads.noting import add_note
from notifications.actions import record, send
from notifications.models import Consent
from projects.models import Project
from projects.threads import Thread, say
from sales.models import Invoice, ProductEvent, Purchase
from tests.cast.requests import request_of


@pytest.fixture
def petra(portal_owner, customer, lead, bd, client_meeting, project, invoice):
    """The owner of the firm has left her name everywhere."""
    contact = portal_owner.contact
    contact.phone, contact.position = PHONE, "Miller"
    contact.save(update_fields=["phone", "position", "search"])
    Lead.objects.update(contact_name="Petra Owner", email=portal_owner.email)
    lead.refresh_from_db()
    lead.save(update_fields=["contact_name", "search"])  # into its history
    client_meeting.guests.add(MeetingGuest.of_contact(contact), bulk=False)
    add_note(lead, "Petra Owner likes trains.", [], by=bd, client_visible=False)
    say(Thread(customer, project), "Call me: 0151 12345678.", by=portal_owner)
    request_of(project, portal_owner, subject="Petra Owner asks", text="Hm.")
    visit = {"kind": "visit", "url": "/?who=petra"}
    ProductEvent.objects.create(client=customer, contact=contact, **visit)
    send("email", portal_owner.email, body="Dear Petra", recipient=portal_owner)
    record("client.note", customer, by=bd, text=f"Petra Owner <{portal_owner.email}>")
    Client.objects.get().change(by=bd, notes="Ask Petra Owner first.")
    Consent.objects.create(channel="email", address=portal_owner.email, given=True)
    Export.objects.create(
        what="clients", format="csv", address="/clients/?q=petra+owner"
    )
    Purchase.objects.create(client=customer, day=timezone.localdate(), cents=500)
    ApiToken.make(portal_owner, name="Script", scope="read")
    return portal_owner


@pytest.fixture
def farewell(petra):
    return ErasureRequest.ask(petra.contact, reason="I am Petra.", by=petra)


@pytest.fixture
def firm_farewell(petra, project, invoice):
    Project.objects.update(state="done")
    Invoice.objects.update(state="paid")
    return ErasureRequest.ask(petra.contact, whole_firm=True, by=petra)
