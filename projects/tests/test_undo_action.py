"""undo_start: everything is as before, while nothing was done."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Client, Contact, Invitation
from leads.models import Interaction, Lead, Stage
from notifications.models import Message
from projects.actions import StartNotUndoable, undo_start
from projects.billing import bill_milestone
from projects.models import Document, Project, Request, Start
from projects.tests.test_start_action import start
from projects.threads import Thread, say
from sales.models import Invoice, Purchase
from tests.cast.projects import file_of
from tests.cast.requests import request_of


@pytest.fixture
def stranger(lead):
    lead.client = None
    lead.save(update_fields=["client"])
    return lead


def test_the_lead_is_back_in_its_stage_and_the_project_is_gone(lead, bd):
    stage = Stage.objects.get(name="Negotiation")
    lead.move(stage, by=bd)
    undo_start(start(lead, bd), by=bd)
    lead.refresh_from_db()
    assert (lead.stage, lead.state, lead.closed) == (stage, "open", None)
    assert not Project.objects.exists()
    assert not Start.objects.exists()


def test_the_lead_can_be_reopened_and_lost_again(lead, bd):
    undo_start(start(lead, bd), by=bd)
    lead.refresh_from_db()
    assert lead.project_started is None
    lead.lose(reason="budget", by=bd)
    lead.reopen(by=bd)
    assert lead.is_open


def test_the_client_it_made_is_gone_too(stranger, bd, customer):
    undo_start(start(stranger, bd), by=bd)
    stranger.refresh_from_db()
    assert stranger.client is None
    assert list(Client.objects.all()) == [customer]
    assert not Contact.objects.exists()


def test_a_client_it_found_stays_but_is_let_go(stranger, customer, bd):
    customer.email = stranger.email
    customer.save(update_fields=["email"])
    undo_start(start(stranger, bd), by=bd)
    stranger.refresh_from_db()
    assert stranger.client is None
    assert Client.objects.get() == customer


def test_a_client_with_another_lead_stays(stranger, far_lead, bd):
    project = start(stranger, bd)
    far_lead.client = project.client
    far_lead.save(update_fields=["client"])
    undo_start(project, by=bd)
    assert Client.objects.filter(pk=project.client_id).exists()


def test_the_owner_from_before_has_the_lead_again(lead, bd, other_bd, manager):
    lead.client.owner = other_bd
    lead.client.save(update_fields=["owner"])
    undo_start(start(lead, manager), by=manager)
    lead.refresh_from_db()
    assert lead.owner == bd


def test_a_lead_won_by_hand_stays_won(lead, bd):
    lead.win(by=bd)
    undo_start(start(lead, bd), by=bd)
    lead.refresh_from_db()
    assert lead.state == "won"


def test_it_can_be_started_again(lead, bd):
    undo_start(start(lead, bd), by=bd)
    lead.refresh_from_db()
    assert start(lead, bd).lead == lead


def test_the_lead_is_as_old_in_its_stage_as_before(lead, bd):
    stage = Stage.objects.get(name="Negotiation")
    since = timezone.now() - timedelta(days=30)
    Lead.objects.filter(pk=lead.pk).update(stage=stage, stage_since=since)
    undo_start(start(lead, bd), by=bd)
    lead.refresh_from_db()
    assert (lead.stage, lead.stage_since, lead.closed) == (stage, since, None)


def test_a_lead_that_was_nobodys_is_nobodys_again(lead, manager, north, other_bd):
    lead.client.owner = other_bd
    lead.client.save(update_fields=["owner"])
    was = {"owner": None, "department": north, "why": "Nobody had time."}
    Lead.objects.filter(pk=lead.pk).update(**was)
    project = start(lead, manager)
    assert project.lead.owner == other_bd
    undo_start(project, by=manager)
    lead.refresh_from_db()
    assert {name: getattr(lead, name) for name in was} == was


def test_the_client_reads_that_it_was_taken_back(client, lead, bd, portal_owner):
    project = start(lead, bd)
    client.force_login(bd)
    client.post(reverse("projects:undo", args=[project.pk]))
    client.force_login(portal_owner)
    page = client.get("/portal/messages/").content.decode()
    assert "Ben Seller started the project Mill website." in page
    assert "Ben Seller took the start of the project Mill website back." in page


def test_the_invitation_does_not_leave_and_its_link_is_dead(client, lead, bd):
    project = start(lead, bd, invite=True)
    made = Contact.objects.get()
    undo_start(project, by=bd)
    mail = Message.objects.get(kind="invitation")
    assert (mail.state, Contact.objects.exists()) == ("cancelled", False)
    left = Invitation.objects.get()
    assert (left.email, left.name, left.contact) == ("", "", None)
    answer = client.get(re.search(r"/invitation/\S+/", mail.body)[0])
    said = answer.content.decode()
    assert answer.status_code == 410
    assert "It was withdrawn" in said
    assert "ask Ben Seller" in said
    assert made.email not in said


def test_what_is_left_of_an_invitation_invites_nobody(client, lead, bd, admin):
    undo_start(start(lead, bd, invite=True), by=bd)
    client.force_login(admin)
    left = Invitation.objects.get()
    client.post(reverse("accounts:invitation_again", args=[left.pk]))
    assert Invitation.objects.get() == left


def test_not_once_the_invitation_was_accepted(lead, bd):
    project = start(lead, bd, invite=True)
    Invitation.objects.update(accepted=timezone.now())
    assert "invitation" in refused(project, bd)


def refused(project, by):
    with pytest.raises(StartNotUndoable) as refusal:
        undo_start(project, by=by)
    assert Project.objects.filter(pk=project.pk).exists()
    return str(refusal.value)


def test_not_once_a_milestone_has_begun(lead, bd):
    project = start(lead, bd)
    project.milestones.first().start(by=bd)
    assert "milestone" in refused(project, bd)


def test_not_once_something_was_logged(lead, bd):
    project = start(lead, bd)
    project.note(kind="note", text="We talked.", by=bd)
    assert "log" in refused(project, bd)


def test_not_once_a_document_is_kept(lead, bd):
    project = start(lead, bd)
    Document.begin(project, file_of(), by=bd)
    assert "documents" in refused(project, bd)


def test_not_once_a_message_was_written(lead, bd):
    project = start(lead, bd)
    say(Thread(project.client, project), "Welcome!", by=bd)
    assert "messages" in refused(project, bd)


def test_not_once_the_client_asked_something_about_it(lead, bd):
    project = start(lead, bd)
    request_of(project, bd)
    assert "asked something" in refused(project, bd)


def test_not_once_the_new_client_asked_something(stranger, bd):
    project = start(stranger, bd)
    row = request_of(project, bd)
    Request.objects.filter(pk=row.pk).update(project=None)
    assert "requests" in refused(project, bd)


def test_not_once_the_project_is_under_way(lead, bd):
    project = start(lead, bd)
    project.enter("on_hold", by=bd)
    assert "under way" in refused(project, bd)


def test_not_once_the_new_client_was_spoken_with(stranger, bd):
    project = start(stranger, bd)
    Interaction.objects.create(client=project.client, text="Called.", by=bd)
    assert "client" in refused(project, bd)


def test_not_once_the_new_client_has_bought(stranger, bd):
    project = start(stranger, bd)
    Purchase.objects.create(client=project.client, day=timezone.localdate(), cents=100)
    assert "client" in refused(project, bd)


def test_not_a_project_that_was_never_started(project, bd):
    assert "not started" in refused(project, bd)


def test_not_once_a_milestone_is_billed(lead, bd):
    project = start(lead, bd)
    bill_milestone(
        project.milestones.first(),
        by=bd,
        text="Care",
        price=100,
        tax_rate=0,
        currency="EUR",
    )
    assert "billed" in refused(project, bd)


def test_not_once_the_client_it_made_has_an_invoice(stranger, bd):
    project = start(stranger, bd)
    Invoice.objects.create(client=project.client, by=bd)
    assert "invoices" in refused(project, bd)
