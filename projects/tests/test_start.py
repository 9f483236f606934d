"""Start a project over HTTP, and undo it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notification
from projects.models import Project, ProjectTemplate
from projects.panels import client_panel, lead_panel


@pytest.fixture
def url(lead):
    return reverse("projects:start", args=[lead.pk])


def choices(**changes):
    template = ProjectTemplate.objects.get(name="Website")
    return {"name": "Mill website", "template": template.pk, **changes}


def test_the_page_says_what_will_happen(client, bd, url):
    client.force_login(bd)
    text = client.get(url).content.decode()
    assert "Uses the client Acorn Mills" in text
    assert "template Website with five milestones" in text
    assert "closes the lead as won" in text


def test_looking_starts_nothing(client, bd, url):
    client.force_login(bd)
    client.get(url)
    assert not Project.objects.exists()


def test_pressing_starts_and_shows_the_project(client, bd, url, lead, dev):
    client.force_login(bd)
    response = client.post(url, choices(lead_dev=dev.pk))
    project = Project.objects.get()
    assert response.url == project.get_absolute_url()
    assert (project.lead, project.members.get().user) == (lead, dev)


def test_pressing_twice_shows_the_same_project(client, bd, url):
    client.force_login(bd)
    first, second = client.post(url, choices()), client.post(url, choices())
    assert first.url == second.url
    assert Project.objects.count() == 1


def test_without_a_lead_the_departments_managers_are_told_once(
    client, bd, url, manager, far_manager, admin
):
    client.force_login(bd)
    client.post(url, choices())
    client.post(url, choices())
    project = Project.objects.get()
    page = client.get(project.get_absolute_url()).content.decode()
    assert "It has no project lead yet. A manager names the lead." in page
    assert unled(far_manager, admin) == 0
    assert unled(manager) == 1
    client.force_login(manager)
    bell = client.get("/notifications/").content.decode()
    assert "Mill website has no project lead yet." in bell
    assert project.get_absolute_url() in bell


def test_without_managers_the_admins_are_told(client, bd, url, manager, admin):
    manager.block(by=admin)
    client.force_login(bd)
    client.post(url, choices())
    assert unled(admin) == 1


def test_with_a_lead_nobody_is_asked_for_one(client, bd, url, manager, dev):
    client.force_login(bd)
    client.post(url, choices(lead_dev=dev.pk))
    assert unled(manager) == 0
    page = client.get(Project.objects.get().get_absolute_url()).content.decode()
    assert "It has no project lead yet" not in page


def test_a_manager_names_the_lead_on_the_projects_page(client, manager, bd, url, dev):
    client.force_login(bd)
    client.post(url, choices())
    project = Project.objects.get()
    client.force_login(manager)
    answer = client.get(project.get_absolute_url())
    assert "It has no project lead yet: add one here." in answer.content.decode()
    right = answer.context["member_form"]["right"].value()
    add = reverse("projects:member_add", args=[project.pk])
    client.post(add, {"user": dev.pk, "right": right})
    page = client.get(project.get_absolute_url()).content.decode()
    assert project.members.get().right == "lead"
    assert "It has no project lead yet" not in page


def unled(*people):
    rows = Notification.objects.filter(recipient__in=people)
    return rows.filter(event__kind="project.unled").count()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"template": "99999"}, {"template": "x"}, {"lead_dev": "x"}],
)
def test_a_malformed_wish_is_shown_again(client, bd, url, wrong):
    client.force_login(bd)
    assert client.post(url, choices(**wrong)).status_code == 422
    assert not Project.objects.exists()


def test_a_developer_of_another_department_cannot_be_chosen(client, bd, url, far_bd):
    client.force_login(bd)
    assert client.post(url, choices(lead_dev=far_bd.pk)).status_code == 422


def test_a_lost_lead_is_refused_in_words(client, bd, url, lead):
    lead.lose(reason="budget", by=bd)
    client.force_login(bd)
    assert "reopen it first" in client.get(url).content.decode()
    assert client.post(url, choices()).url == lead.get_absolute_url()


def test_undo_takes_it_back(client, bd, url, lead):
    client.force_login(bd)
    client.post(url, choices())
    project = Project.objects.get()
    assert "Undo the start" in client.get(project.get_absolute_url()).content.decode()
    undo = reverse("projects:undo", args=[project.pk])
    assert client.post(undo).url == lead.get_absolute_url()
    assert client.post(undo).status_code == 404


def test_undo_by_get_is_refused(client, bd, project):
    client.force_login(bd)
    assert client.get(reverse("projects:undo", args=[project.pk])).status_code == 405


def test_the_leads_box_says_what_the_button_does(bd, lead):
    template, context = lead_panel(bd, lead)
    assert template == "projects/_lead_panel.html"
    assert "five milestones" in context["sentence"]


def test_the_box_of_an_unknown_lead_says_who_is_made_and_invited(bd, lead):
    lead.client = None
    said = lead_panel(bd, lead)[1]["sentence"]
    assert said.startswith("Creates the client Acorn Mills")
    assert "invites Carla Contact to the customer area" in said


def test_a_hidden_client_is_not_named(bd, lead, far_customer):
    lead.client = None
    lead.email = far_customer.email
    said = lead_panel(bd, lead)[1]["plan"].refusal
    assert "colleague" in said
    assert "Fern" not in said


def test_the_box_shows_the_project_once_there_is_one(bd, lead, project):
    project.lead = lead
    project.save(update_fields=["lead"])
    lead.note_project(timezone.now())
    assert lead_panel(bd, lead)[1]["project"] == project


def test_the_clients_box_shows_its_projects(bd, customer, project, far_project):
    assert client_panel(bd, customer)[1]["projects"] == [project]
