"""start_project: one lead becomes one project, with all that belongs to it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actions import AddressInUse
from accounts.models import Client, Contact
from leads.models import Lead, LeadHasProject, Stage
from notifications.models import EventTopic, Message
from projects.actions import (
    InAColleaguesCare,
    LeadNotWinnable,
    NobodyToInvite,
    ProjectStarted,
    _make_project,
    start_project,
)
from projects.models import Project, ProjectTemplate


def start(lead, by, **changes):
    values = {
        "template": ProjectTemplate.objects.filter(name="Website").first(),
        "lead_dev": None,
        "name": "Mill website",
        "invite": False,
        **changes,
    }
    return start_project(lead, **values, by=by)


@pytest.fixture
def stranger(lead):
    """A lead that belongs to no client yet."""
    lead.client = None
    lead.save(update_fields=["client"])
    return lead


def test_the_lead_is_won_and_the_project_has_the_templates_milestones(lead, bd, dev):
    project = start(lead, bd, lead_dev=dev)
    lead.refresh_from_db()
    steps = list(project.milestones.values_list("name", "planned_on"))
    assert (lead.state, project.client, project.lead) == ("won", lead.client, lead)
    assert [name for name, _day in steps][:2] == ["Kick-off", "Design"]
    assert steps[1][1] == timezone.localdate() + timedelta(days=28)
    assert project.due == steps[-1][1]
    assert len(steps) == 5
    assert project.members.get().user == dev


def test_milestones_have_their_history(lead, bd):
    first = start(lead, bd).milestones.first()
    [kept] = first.history.all()
    assert (kept.history_type, kept.history_user, kept.name) == ("+", bd, first.name)


def test_a_long_template_costs_no_query_more(lead, bd, django_assert_max_num_queries):
    long = ProjectTemplate.objects.create(name="Long")
    for position in range(30):  # rows to make, not cases
        long.milestones.create(name=f"Step {position}", days=1, position=position)
    with django_assert_max_num_queries(48):
        project = start(lead, bd, template=long)
    assert project.due == timezone.localdate() + timedelta(days=30)
    assert project.milestones.count() == 30


def test_it_is_on_the_timelines_of_lead_client_and_project(lead, bd):
    project = start(lead, bd)
    for row in (lead, lead.client, project):
        kinds = EventTopic.objects.about(row).values_list("event__kind", flat=True)
        assert "project.started" in kinds
    assert {"lead.won"} <= set(
        EventTopic.objects.about(lead).values_list("event__kind", flat=True)
    )


def test_the_developer_finds_it_in_the_bell(lead, bd, dev):
    start(lead, bd, lead_dev=dev)
    kinds = dev.notifications.values_list("event__kind", flat=True)
    assert "project.started" in kinds


def test_a_client_is_made_from_an_unknown_lead(stranger, bd):
    project = start(stranger, bd)
    contact = project.client.contacts.get()
    assert (project.client.name, project.client.owner) == ("Acorn Mills", bd)
    assert (contact.name, contact.is_primary) == ("Carla Contact", True)
    assert project.start.made_client
    assert project.start.made_contact == contact
    assert "acorn" in project.client.search


def test_a_known_e_mail_is_the_same_client_whatever_its_case(stranger, customer, bd):
    customer.email = "CARLA@Acorn.example"
    customer.save(update_fields=["email"])
    project = start(stranger, bd)
    assert project.client == customer
    assert Client.objects.count() == 1
    assert not project.start.made_client
    assert project.start.linked_client


def test_the_address_of_a_contact_finds_the_client_too(stranger, customer, bd):
    contact = Contact.objects.create(
        client=customer, name="Carla", email="Carla@acorn.example"
    )
    project = start(stranger, bd)
    assert project.client == customer
    assert list(customer.contacts.all()) == [contact]


def test_a_trashed_client_is_not_found_again(stranger, customer, bd):
    customer.email = stranger.email
    customer.trashed = timezone.now()
    customer.save(update_fields=["email", "trashed"])
    assert start(stranger, bd).client != customer


def test_a_hidden_client_is_neither_used_nor_doubled(stranger, far_customer, bd):
    far_customer.email = stranger.email
    far_customer.save(update_fields=["email"])
    with pytest.raises(InAColleaguesCare):
        start(stranger, bd)
    stranger.refresh_from_db()
    assert stranger.is_open
    assert not Project.objects.exists()


def test_the_lead_follows_the_clients_account_manager(lead, other_bd, manager):
    lead.client.owner = other_bd
    lead.client.save(update_fields=["owner"])
    start(lead, manager)
    lead.refresh_from_db()
    assert lead.owner == other_bd


def test_a_lead_won_by_hand_can_be_started(lead, bd):
    lead.win(by=bd)
    assert start(lead, bd).lead == lead


def test_a_lost_lead_is_refused(lead, bd):
    lead.lose(reason="budget", by=bd)
    with pytest.raises(LeadNotWinnable):
        start(lead, bd)


def test_a_second_start_is_sent_to_the_first_project(lead, bd):
    project = start(lead, bd)
    with pytest.raises(ProjectStarted) as refusal:
        start(lead, bd)
    assert refusal.value.row == project


def test_the_database_refuses_a_second_project_too(lead, bd):
    project = start(lead, bd)
    with pytest.raises(ProjectStarted) as refusal:
        _make_project(lead, lead.client, None, "again", bd)
    assert refusal.value.row == project


def test_the_contact_is_invited(stranger, bd):
    project = start(stranger, bd, invite=True)
    invitation = project.start.invitation
    assert invitation.contact == project.client.contacts.get()
    assert Message.objects.get(kind="invitation").address == stranger.email


def test_who_has_a_login_already_is_not_invited_again(lead, portal_owner, bd):
    lead.email = portal_owner.email
    lead.save(update_fields=["email"])
    assert start(lead, bd, invite=True).start.invitation is None


def test_a_colleagues_address_is_not_invited(stranger, bd):
    stranger.email = bd.email
    stranger.save(update_fields=["email"])
    with pytest.raises(AddressInUse):
        start(stranger, bd, invite=True)


def test_without_an_address_nobody_can_be_invited(stranger, bd):
    stranger.email = ""
    stranger.save(update_fields=["email"])
    with pytest.raises(NobodyToInvite):
        start(stranger, bd, invite=True)
    assert not Client.objects.filter(name="Carla Contact").exists()


def test_without_a_template_there_are_no_milestones(lead, bd):
    project = start(lead, bd, template=None)
    assert project.due is None
    assert not project.milestones.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_at_once_get_one_project(lead, bd, manager):
    barrier, answers = threading.Barrier(2), []

    def press(by):
        barrier.wait()
        try:
            answers.append(start(Lead.objects.get(pk=lead.pk), by).pk)
        except ProjectStarted as refusal:
            answers.append(refusal.row.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(by,)) for by in (bd, manager)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert answers == [Project.objects.get().pk] * 2
    assert Stage.objects.get(leads=lead).kind == "won"


def test_the_lead_knows_since_when_and_so_does_its_history(lead, bd):
    project = start(lead, bd)
    lead.refresh_from_db()
    assert lead.project_started == project.created
    assert lead.history.first().project_started == project.created


def test_the_lead_is_not_reopened_meanwhile(lead, bd):
    start(lead, bd)
    lead.refresh_from_db()
    with pytest.raises(LeadHasProject):
        lead.reopen(by=bd)
    lead.refresh_from_db()
    assert lead.state == "won"


def test_a_lead_reopened_in_earlier_days_is_not_lost(lead, bd):
    lead.note_project(timezone.now())
    with pytest.raises(LeadHasProject):
        lead.lose(reason="budget", by=bd)
