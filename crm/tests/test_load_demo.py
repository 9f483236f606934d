"""The demo world: whole, seeded, and only for empty databases."""

from io import StringIO
from itertools import islice

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import Client, Contact, User
from crm.demo.clients import firm_names
from crm.demo.meetings import SHOWN
from crm.demo.world import World
from leads.models import AssignmentRule, Interaction, Lead, Meeting, Task, WebForm
from notifications.models import Event, EventTopic
from projects.models import (
    DocumentVersion,
    LateNotice,
    Milestone,
    Project,
    TaskOfProject,
    TemplateTask,
)
from sales.models import (
    BasketLine,
    Invoice,
    NumberRange,
    Payment,
    Product,
    ProductEvent,
    Purchase,
    Quotation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(setup_rows):
    call_command("load_demo", clients=60, stdout=StringIO())


def test_it_tells_of_two_years_ending_today(world):
    assert Client.objects.count() == 60
    assert Lead.objects.filter(state="open").exists()
    assert Interaction.objects.filter(answered__isnull=False).exists()
    assert Purchase.objects.filter(cents__lt=0).count() < Purchase.objects.count() / 20


def test_there_is_a_login_for_every_role(world):
    assert all(
        User.objects.filter(email=f"{r}@demo.example", role=r).exists()
        for r in User.Role.values
    )


def test_some_projects_are_done_and_some_late(world):
    assert Project.objects.filter(state="done").exists()
    assert Milestone.objects.late().exists()


def test_nothing_is_open_or_waits_in_a_finished_project(world):
    over = Milestone.objects.filter(project__state="done")
    assert over.exists()
    assert not (over.open() | over.waiting()).exists()


def test_the_demo_client_has_several_projects_each_with_its_lead(world):
    own = Client.objects.get(contacts__user__username="client").projects.all()
    assert len({p.lead_id for p in own}) == len(own) >= 4


def test_boards_are_full_and_templates_have_tasks(world):
    rows = TaskOfProject.objects.filter(
        project__client__contacts__user__username="client"
    )
    columns = {link.column for link in rows.select_related("task")}
    assert columns == {"todo", "doing", "done"}
    assert TemplateTask.objects.filter(milestone__template__name="Website").exists()


def test_the_demo_client_was_told_that_something_takes_longer(world):
    [notice] = LateNotice.objects.filter(told_client=True)
    assert notice.milestone.is_late
    user = User.objects.get(username="client")
    assert Milestone.objects.visible_to(user).filter(pk=notice.milestone_id).exists()


def test_the_demo_client_finds_documents_of_both_sides(world):
    own = DocumentVersion.objects.visible_to(User.objects.get(username="client"))
    assert {v.document.from_client for v in own} == {True, False}
    assert all(v.file.size == v.size for v in own)


def test_the_demo_client_has_looked_around_and_asked(world):
    user = User.objects.get(username="client")
    assert BasketLine.objects.visible_to(user).count() == 2
    assert Quotation.objects.being_prepared(user).get().lines.count() == 2
    seen = ProductEvent.objects.filter(client=user.contact.client)
    assert {row.kind for row in seen} == {"visit", "view", "basket"}
    assert all(p.description for p in Product.objects.visible_to(user))


def test_the_demo_client_reads_what_is_meant_for_clients(world):
    own = Meeting.objects.filter(notes_visible=True)
    assert {row.notes for row in own} <= set(SHOWN)
    assert not own.filter(client=None).exists()


def test_what_the_demo_client_asked_for_is_asked_by_who_signs_it(world):
    user = User.objects.get(username="client")
    event = Event.objects.get(kind="quotation.asked")
    assert (event.actor, str(user)) == (user, str(user.contact))
    assert event.text.startswith(f"{user} asked for a quotation:")
    lead = Lead.objects.filter(client=user.contact.client).latest("created")
    assert (lead.contact_name, lead.email) == (str(user), user.email)


def test_nobody_books_a_meeting_with_themselves(world):
    booked = Event.objects.filter(kind="meeting.booked").select_related("actor")
    assert not [e.text for e in booked if f"with {e.actor}:" in e.text]


def test_a_database_with_people_is_left_alone(admin):
    with pytest.raises(CommandError):
        call_command("load_demo", clients=60)
    assert User.objects.count() == 1


def test_the_same_seed_draws_the_same_names():
    first, second = (World(seed=3, size=10) for _ in range(2))
    drawn = [list(islice(firm_names(world), 50)) for world in (first, second)]
    assert drawn[0] == drawn[1]


def test_invoices_of_every_state_add_up_and_their_numbers_have_no_gap(world):
    states = set(Invoice.objects.values_list("state", flat=True))
    assert {"draft", "sent", "paid"} <= states
    assert Invoice.objects.overdue().exists()
    for kept in NumberRange.objects.filter(kind="invoice"):
        numbered = Invoice.objects.filter(number__startswith=f"INV-{kept.year}-")
        assert numbered.count() == kept.last
    paid = {row.pk: row.paid for row in Invoice.objects.filter(paid__gt=0)}
    came = Payment.objects.values_list("invoice", "purchase__cents")
    assert {pk: cents / 100 for pk, cents in came} == paid


def test_leads_came_by_the_form_and_say_why_they_are_whose(world):
    form = WebForm.objects.get()
    assert form.submissions.filter(is_new=True).count() >= 20
    assert AssignmentRule.objects.count() == 4
    assert Lead.objects.exclude(why="").filter(rule__isnull=False).exists()


def test_the_demo_clients_main_contact_is_one_person_everywhere(world):
    own = Client.objects.get(contacts__user__username="client")
    main = own.contacts.get(is_primary=True)
    assert (main.name, main.user.username) == ("Hanna Brandão", "client")
    named = set(own.leads.values_list("contact_name", "email"))
    assert named == {(main.name, main.email)} == {(str(main.user), main.user.email)}


@pytest.mark.parametrize("words", ["hanna brandão", "client@demo"])
def test_the_demo_clients_people_are_found_by_name(client, world, settings, words):
    settings.DEMO = True
    client.force_login(User.objects.get(username="bd"))
    groups = client.get(reverse("pages:search"), {"q": words}).context["groups"]
    found = {str(group["label"]): group["hits"] for group in groups}
    firm = Client.objects.get(contacts__user__username="client")
    assert firm.get_absolute_url() in {hit["url"] for hit in found["Contacts"]}
    lead = firm.leads.get(name="Booking system for Brightwater Clinics")
    assert lead.get_absolute_url() in {hit["url"] for hit in found["Leads"]}


def test_every_row_is_found_by_what_stands_in_it(world):
    searched = [m for m in apps.get_models() if hasattr(m, "found_by")]
    rows = [row for model in searched for row in model._base_manager.all()]
    assert {Client, Contact, Lead, Project, Quotation, Invoice} <= set(searched)
    assert [row for row in rows if row.search != row.found_by()] == []


def test_telephones_of_its_city_are_read(client, world, settings):
    settings.DEMO = True
    client.force_login(User.objects.get(username="bd"))
    said = {"kind": "firm", "name": "Birch Bakery", "phone": "040 12345678"}
    client.post(reverse("accounts:client_create"), said)
    assert str(Client.objects.get(name="Birch Bakery").phone) == "+494012345678"


def test_nothing_about_a_lead_is_older_than_the_lead(world):
    came = F("lead__created")
    assert not Meeting.objects.filter(created__lt=came).exists()
    assert not Meeting.objects.filter(starts__lt=came).exists()
    assert not Interaction.objects.filter(at__lt=came).exists()
    assert not Quotation.objects.filter(sent__lt=came).exists()
    assert not Task.objects.filter(created__lt=came).exists()
    assert not Task.objects.filter(due__lt=came).exists()
    assert not Lead.objects.filter(stage_since__lt=F("created")).exists()
    lead = Lead.objects.filter(pk=OuterRef("object_id"))
    told = EventTopic.objects.filter(topic="leads.lead")
    told = told.alias(came=Subquery(lead.values("created")))
    assert not told.filter(event__created__lt=F("came")).exists()


def test_nothing_was_answered_in_the_future(world):
    assert not Interaction.objects.filter(answered__gt=timezone.now()).exists()
