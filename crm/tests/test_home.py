"""The page after sign-in, for each role."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Client, Firm, Place
from leads.funnel import funnel
from leads.models import Interaction, Lead, Meeting, Stage, Task
from notifications.models import Message
from projects.models import Milestone, Project
from projects.threads import Thread, say
from tests.cast.leads import lead_of
from tests.cast.projects import project_of
from tests.cast.tasks import task_of

HOME = "/"


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


def page_of(client, user):
    client.force_login(user)
    return client.get(HOME).content.decode()


def test_anonymous_people_are_sent_to_a_proper_sign_in_page(client, db):
    response = client.get(HOME)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    page = client.get(response.url).content.decode()
    assert 'name="login"' in page
    assert 'name="password"' in page


def test_clients_are_sent_to_their_own_area(client, portal_owner):
    client.force_login(portal_owner)
    assert client.get(HOME).url == reverse("portal:home")


def test_a_seller_sees_what_is_due_with_its_one_action(
    client, bd, lead, quotation, yesterday
):
    lead.plan("Call the miller", yesterday, by=bd)
    page = page_of(client, bd)
    assert "1 open lead: 1 step overdue" in page
    assert "1 quotation waits for an answer" in page
    assert "Call the miller" in page
    assert "Do it" in page
    assert "Leads by stage" in page
    assert "Leads by medium" in page


def test_untouched_leads_are_those_nobody_spoke_with(client, bd, lead, customer):
    other = lead_of(customer, "Spoken with")
    Interaction.objects.create(lead=other, kind="call", text="Hello")
    client.force_login(bd)
    untouched = client.get(HOME).context["untouched"]
    assert untouched["rows"] == [lead]
    assert untouched["count"] == 1


def test_a_seller_sees_todays_tasks_and_meetings(client, bd, task, meeting):
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts=now, ends=now + timedelta(minutes=1)
    )
    task.postpone(timezone.localdate(), by=bd)
    page = page_of(client, bd)
    assert "1 task and 1 meeting today" in page
    assert task.title in page
    assert "How was it?" in page


def late_task_of(lead, bd, days=2):
    due_on = timezone.localdate() - timedelta(days=days)
    task = task_of(lead, bd)
    Task.objects.filter(pk=task.pk).update(
        due_on=due_on, due=timezone.now() - timedelta(days=days)
    )


def test_a_sellers_sentence_tells_overdue_tasks_from_todays(client, bd, lead):
    task_of(lead, bd, due_on=timezone.localdate())
    late_task_of(lead, bd)
    late_task_of(lead, bd)
    assert "2 tasks overdue, 1 task and 0 meetings today" in page_of(client, bd)
    assert "3 open tasks: 2 overdue, 1 today" in client.get("/tasks/").content.decode()


def test_a_sentence_claims_no_more_tasks_than_were_read(client, bd, lead, monkeypatch):
    monkeypatch.setattr("crm.pages.home.COUNTED", 2)
    late_task_of(lead, bd)
    late_task_of(lead, bd)
    task_of(lead, bd, due_on=timezone.localdate())
    assert "2 tasks overdue, 0 meetings today" in page_of(client, bd)
    late_task_of(lead, bd)
    assert "more than 2 tasks overdue, 0 meetings today" in page_of(client, bd)


def test_new_leads_from_ones_own_area_come_first(client, bd, customer, lead):
    near = Place.objects.create(key="leeds||", city="Leeds", area="The North")
    Client.objects.filter(pk=customer.pk).update(place=near)
    mine = lead_of(customer, "Round the corner")
    Lead.objects.filter(pk=mine.pk).update(place=near)
    client.force_login(bd)
    untouched = client.get(HOME).context["untouched"]
    assert (untouched["near"], untouched["rows"]) == ([mine], [lead])
    assert "New from your area: The North" in client.get(HOME).content.decode()


def test_more_untouched_leads_than_are_counted_are_said_so(
    client, bd, customer, monkeypatch
):
    monkeypatch.setattr("leads.home.COUNTED", 1)
    lead_of(customer, "One")
    lead_of(customer, "Two")
    assert "more than 1 untouched" in page_of(client, bd)


def test_the_funnel_counts_how_far_the_quarters_leads_have_come(
    client, manager, bd, customer, lead, far_lead
):
    second = list(Stage.objects.current().open())[1]
    lead_of(customer, "Further").move(second, by=bd)
    lead_of(customer, "Won").win(by=bd)
    lead_of(customer, "Lost").lose(reason="budget", by=bd)
    client.force_login(manager)
    bars = client.get(HOME).context["funnel"].bars
    assert [bar.text for bar in bars][:3] == ["4", "2", "1"]
    assert (bars[1].label, bars[-1].text) == (second.name, "1")
    rows = client.get(bars[0].url).context["page"].rows
    assert len(rows) == 4


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_every_bar_opens_as_many_leads_as_it_says(
    client, request, role, bd, customer, lead, far_lead
):
    second, third = list(Stage.objects.current().open())[1:3]
    lead_of(customer, "Further").move(second, by=bd)
    lead_of(customer, "Furthest").move(third, by=bd)
    lead_of(customer, "Won").win(by=bd)
    lead_of(customer, "Lost").lose(reason="budget", by=bd)
    before = lead_of(customer, "Last year's")
    past = timezone.now() - timedelta(days=400)
    Lead.objects.filter(pk=before.pk).update(created=past, stage=third)
    user = request.getfixturevalue(role)
    client.force_login(user)
    bars = funnel(user).bars
    assert [bar.text for bar in bars][1:3] == ["3", "2"]
    opened = [client.get(bar.url).context["page"].count for bar in bars]
    assert [str(n) for n in opened] == [bar.text for bar in bars]


def test_what_a_bar_opens_says_so_and_can_be_widened(client, manager, lead):
    client.force_login(manager)
    bar = funnel(manager).bars[1]
    chips = client.get(bar.url).context["filters"].narrowed
    [chip] = [c for c in chips if c["label"] == f"Reached at least: {bar.label}"]
    wider = client.get(reverse("leads:list") + chip["url"]).context["page"]
    assert [row.pk for row in wider.rows] == [lead.pk]


@pytest.mark.parametrize("role", ["bd", "manager", "admin"])
def test_every_slice_opens_as_many_leads_as_it_says(
    client, request, role, lead, far_lead, customer
):
    Lead.objects.filter(pk=lead_of(customer, "From nowhere").pk).update(medium=None)
    client.force_login(request.getfixturevalue(role))
    pies = client.get(HOME).context["pies"]
    slices = [part for pie in pies for part in pie.slices]
    opened = [client.get(part.url).context["page"].count for part in slices]
    assert [str(n) for n in opened] == [part.text for part in slices]


def test_only_what_clients_wrote_waits_for_an_answer(
    client, bd, manager, project, customer, portal_owner
):
    thread = Thread(customer, project)
    say(thread, "When do we begin?", by=portal_owner)
    say(thread, "On Monday, if you agree.", by=manager)
    client.force_login(bd)
    [asked] = client.get(HOME).context["asked"]
    assert asked["said"] == "When do we begin?"


def test_another_seller_sees_nothing_of_it(client, other_bd, lead, quotation):
    page = page_of(client, other_bd)
    assert lead.name not in page
    assert "0 open leads: 0 steps overdue" in page


def test_a_manager_sees_who_has_how_much_open(client, manager, bd, lead, far_lead):
    client.force_login(manager)
    people = client.get(HOME).context["people"]
    assert [(row["name"], row["open"], row["late"]) for row in people] == [
        ("Ben Seller", 1, 0)
    ]


def test_a_developer_sees_own_milestones_late_ones_first(
    client, dev, project, milestone, customer, yesterday
):
    milestone.planned_on = yesterday
    milestone.save(update_fields=["planned_on"])
    project_of(customer, "Somebody else's")
    client.force_login(dev)
    context = client.get(HOME).context
    assert [row.project for row in context["late"]] == [project]
    assert context["coming"] == []


def test_a_developer_reads_how_many_there_are_not_how_many_are_shown(
    client, dev, project, yesterday
):
    for day in (yesterday, timezone.localdate() + timedelta(days=9)):
        Milestone.objects.bulk_create(
            Milestone(project=project, name=f"M{n}", planned_on=day) for n in range(70)
        )
    over = project_of(project.client, "Given up", dev)
    over.milestones.update(planned_on=yesterday)
    over.enter("cancelled", by=dev)
    page = page_of(client, dev)
    assert "70 milestones are late; 71 are due in the next 14 days" in page
    late = reverse("projects:list") + "?late=on"
    assert f'<a href="{late}">And 58 more' in page
    assert "And 59 more" in page


def test_a_developers_projects_come_with_what_is_urgent_first(
    client, dev, project, milestone, customer, yesterday
):
    calm = project_of(customer, "Calm", dev)
    milestone.planned_on = yesterday
    milestone.save(update_fields=["planned_on"])
    project_of(customer, "Somebody else's")
    client.force_login(dev)
    assert client.get(HOME).context["projects"] == [project, calm]
    assert "Kick-off is 1 day late" in page_of(client, dev)


def test_a_developer_logs_from_the_home_page_and_comes_back(client, dev, project):
    url = reverse("projects:log", args=[project.pk]) + "?next=/"
    assert f'data-ask href="{url}"' in page_of(client, dev)
    answer = client.post(url, {"kind": "problem", "text": "No texts yet"})
    assert answer.url == HOME
    assert project.log.get().kind == "problem"


def test_a_developer_sees_the_hours_of_the_week(client, dev, time_entry):
    client.force_login(dev)
    assert client.get(HOME).context["week"] == "2"


def test_a_budget_nearly_used_up_is_said_in_words(client, dev, project, time_entry):
    Project.objects.filter(pk=project.pk).update(budget_hours="2.25")
    assert "2 of 2.25 hours are used; only 0.25 are left." in page_of(client, dev)


def test_enough_left_of_a_budget_is_not_mentioned(client, dev, project, time_entry):
    Project.objects.filter(pk=project.pk).update(budget_hours="2.5")
    assert "hours are used" not in page_of(client, dev)


def test_a_developers_sentence_tells_overdue_tasks_from_todays(client, dev, project):
    assert "; 0 tasks today." in page_of(client, dev)
    task_of(project, dev, due_on=timezone.localdate())
    late_task_of(project, dev)
    late_task_of(project, dev)
    assert "; 2 tasks overdue; 1 task today." in page_of(client, dev)


def test_a_developer_ticks_tasks_off_on_the_home_page(client, dev, project):
    task = task_of(project, dev, due_on=timezone.localdate())
    assert reverse("tasks:finish", args=[task.pk]) in page_of(client, dev)


def test_an_admin_sees_how_the_system_is(client, admin, lead, bd):
    Message.objects.create(
        channel="email", address="a@b.example", body="x", state="failed"
    )
    page = page_of(client, admin)
    assert "Messages not delivered" in page
    assert "silent" in page
    assert "Leads by stage" in page


def test_a_new_firms_admin_has_first_steps_until_they_are_done(
    client, admin, setup_rows
):
    client.force_login(admin)
    steps = client.get(HOME).context["steps"]
    assert [step["done"] for step in steps] == [False] * 4
    assert all(client.get(step["url"]).status_code == 200 for step in steps)


def test_with_a_name_a_team_and_a_lead_the_first_steps_are_over(
    client, admin, bd, lead
):
    Firm.get()
    Firm.objects.update(name="Oak & Sons")
    client.force_login(admin)
    assert client.get(HOME).context["steps"] == []


def test_each_slice_opens_its_list(client, bd, lead):
    client.force_login(bd)
    for pie in client.get(HOME).context["pies"]:
        for part in pie.slices:
            rows = client.get(part.url).context["page"].rows
            assert [row.pk for row in rows] == [lead.pk]


@pytest.mark.parametrize("count", [2, 40])
@pytest.mark.parametrize("role", ["bd", "manager", "dev", "admin"])
def test_home_costs_at_most_ten_queries(
    client, request, role, count, bd, customer, dev, yesterday, portal_owner,
    django_assert_max_num_queries,
):  # fmt: skip
    for n in range(count):
        lead_of(customer, f"Lead {n}").plan("Call", yesterday, by=bd)
        project = project_of(customer, f"Project {n}", dev)
        say(Thread(customer, project), "How is it?", by=portal_owner)
    client.force_login(request.getfixturevalue(role))
    client.get(HOME)
    with django_assert_max_num_queries(10):
        assert client.get(HOME).status_code == 200
