"""Hours logged by the team against a budget; the client sees them where the lead says so."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from projects.actions import StartNotUndoable, undo_start
from projects.models import TimeEntry
from projects.tests.test_start_action import start
from tests.cast.projects import project_of


def url_of(verb, row):
    return reverse(f"projects:{verb}", args=[row.pk])


def log(client, by, project, **data):
    client.force_login(by)
    data = {"hours": "1.5", "day": str(timezone.localdate()), **data}
    return client.post(url_of("hours_log", project), data)


def portal(client, user, project):
    client.force_login(user)
    page = client.get(reverse("portal:project", args=[project.pk]))
    return page.content.decode()


@pytest.fixture
def agreed(project, dev):
    project.set_budget(budget_hours=10, budget_amount=900, show_budget=True, by=dev)
    return project


def test_a_member_logs_hours(client, other_dev, dev, project, milestone, manager):
    project.add_member(other_dev, right="member", by=manager)
    dev.notifications.all().delete()
    log(client, other_dev, project, milestone=milestone.pk, note="Pages")
    entry = TimeEntry.objects.get()
    assert (entry.hours, entry.by, entry.milestone) == (
        Decimal("1.5"),
        other_dev,
        milestone,
    )
    page = client.get(project.get_absolute_url()).content.decode()
    assert "1.5 hours so far; no budget is set." in page
    assert f"{other_dev} worked 1.5 hours." in page
    assert not dev.notifications.exists()


def test_no_two_fields_of_the_page_share_a_label(client, dev, project):
    client.force_login(dev)
    page = client.get(project.get_absolute_url()).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "data",
    [
        {"hours": "0"},
        {"hours": "-1"},
        {"hours": "25"},
        {"hours": "NaN"},
        {"hours": "x"},
        {"hours": ""},
        {"day": "tomorrow"},
        {"day": str(timezone.localdate() + timedelta(days=2))},
        {"day": "0001-01-01"},
        {"note": "x" * 201},
        {"milestone": "999"},
    ],
)
def test_what_is_no_hour_of_work(client, dev, project, data):
    assert log(client, dev, project, **data).status_code == 422
    assert not TimeEntry.objects.exists()


def test_a_day_too_long_ago_is_told_the_limit(client, dev, project):
    page = log(client, dev, project, day="1999-01-01").content.decode()
    first = timezone.localdate() - timedelta(days=3650)
    said = f"Log a day between {date_format(first, 'j F Y')} and today."
    assert said in page


def test_a_day_has_twenty_four_hours(client, dev, project, manager, time_entry):
    log(client, dev, project, hours="23")
    client.get(project.get_absolute_url())
    assert TimeEntry.objects.get() == time_entry
    log(client, manager, project, hours="23")
    assert TimeEntry.objects.count() == 2


def test_one_takes_out_ones_own_and_the_lead_all(
    client, dev, other_dev, project, manager, time_entry
):
    project.add_member(other_dev, right="member", by=manager)
    client.force_login(other_dev)
    assert client.post(url_of("hours_remove", time_entry)).status_code == 403
    log(client, other_dev, project)
    client.force_login(dev)
    for entry in TimeEntry.objects.all():
        client.post(url_of("hours_remove", entry))
    assert not TimeEntry.objects.exists()
    assert TimeEntry.history.filter(history_type="-").count() == 2


def test_the_client_sees_hours_only_where_the_lead_shows_them(
    client, portal_reader, dev, agreed, time_entry
):
    assert "2 of 10 hours are used." in portal(client, portal_reader, agreed)
    agreed.set_budget(budget_hours=10, budget_amount=900, show_budget=False, by=dev)
    page = portal(client, portal_reader, agreed)
    assert "hours are used" not in page
    assert "900" not in page
    assert not TimeEntry.objects.visible_to(portal_reader).exists()


def test_hidden_milestones_are_not_named_with_their_hours(
    client, portal_owner, dev, agreed, manager
):
    step = agreed.add_milestone(name="Secret step", client_visible=False, by=manager)
    day = timezone.localdate()
    TimeEntry.log(agreed, hours=Decimal(3), day=day, by=dev, milestone=step)
    page = portal(client, portal_owner, agreed)
    assert "3 of 10 hours are used." in page
    assert "Secret step" not in page


def test_more_than_the_budget_is_said(client, dev, agreed):
    log(client, dev, agreed, hours="12.25")
    page = client.get(agreed.get_absolute_url()).content.decode()
    assert "12.25 hours are used, 2.25 more than the budget of 10." in page


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("8", ["The hours are logged."]),
        (
            "8.25",
            [
                "The hours are logged.",
                "8.25 of 10 hours are used; only 1.75 are left.",
            ],
        ),
        (
            "12",
            [
                "The hours are logged.",
                "12 hours are used, 2 more than the budget of 10.",
            ],
        ),
    ],
)
def test_who_logs_is_told_when_the_budget_runs_out(client, dev, agreed, hours, said):
    log(client, dev, agreed, hours=hours)
    page = client.get(agreed.get_absolute_url())
    assert [str(one) for one in page.context["messages"]] == said


def test_only_the_lead_sets_the_budget(client, dev, other_dev, bd, project, manager):
    project.add_member(other_dev, right="member", by=manager)
    data = {"budget_hours": "40", "budget_amount": "", "show_budget": "on"}
    for person, status in ((other_dev, 403), (bd, 403), (dev, 302)):
        client.force_login(person)
        assert client.post(url_of("budget", project), data).status_code == status
    project.refresh_from_db()
    assert (project.budget_hours, project.show_budget) == (40, True)
    refused = client.post(url_of("budget", project), {"budget_hours": "-1"})
    assert refused.status_code == 422


def test_hours_leave_as_a_file_by_milestone(client, dev, agreed, milestone):
    log(client, dev, agreed, milestone=milestone.pk, note="=1+1")
    log(client, dev, agreed, note="Other")
    url = f"{url_of('hours', agreed)}?milestone={milestone.pk}"
    text = b"".join(client.post(url, {"export": "csv"}).streaming_content).decode()
    head, row, *rest = text.lstrip("\ufeff").splitlines()
    assert head == "project,milestone,day,who,hours,note"
    assert row.startswith("Mill website,Kick-off,")
    assert row.endswith(",1.50,'=1+1")
    assert rest == []


def test_the_log_of_a_milestone_leaves_as_a_file(client, dev, project, milestone):
    project.note(kind="build", text="About it", milestone=milestone, by=dev)
    project.note(kind="note", text="About all", by=dev)
    client.force_login(dev)
    url = f"{url_of('log_file', project)}?milestone={milestone.pk}"
    text = b"".join(client.post(url, {"export": "csv"}).streaming_content).decode()
    assert "About it" in text
    assert "About all" not in text
    assert client.get(url).status_code == 405


def test_a_start_with_logged_hours_is_not_undone(lead, bd, manager):
    project = start(lead, bd)
    day = timezone.localdate()
    TimeEntry.log(project, hours=Decimal(1), day=day, by=manager)
    with pytest.raises(StartNotUndoable, match="hours"):
        undo_start(project, by=bd)


def test_the_client_reads_the_texts_and_the_history_keeps_them(
    client, dev, portal_reader, project
):
    client.force_login(dev)
    for text in ("Ten pages.", "Twelve <b>pages</b>."):
        client.post(url_of("texts", project), {"specification": text})
    page = client.get(url_of("texts", project)).content.decode()
    assert "Ten pages." in page
    read = portal(client, portal_reader, project)
    assert "Twelve &lt;b&gt;pages&lt;/b&gt;." in read
    assert "Ten pages." not in read


def test_texts_that_are_too_long_are_refused(client, dev, project):
    client.force_login(dev)
    data = {"specification": "x" * 50_001}
    assert client.post(url_of("texts", project), data).status_code == 422


def test_the_list_costs_the_same_for_two_and_for_thirty(
    client, dev, customer, django_assert_max_num_queries
):
    project = project_of(customer, "Big", dev)
    day = timezone.localdate()
    for n in range(30):
        one = {"hours": Decimal(1), "day": day - timedelta(days=n)}
        TimeEntry.log(project, by=dev, milestone=project.milestones.get(), **one)
    client.force_login(dev)
    url = url_of("hours", project)
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)


def test_the_clients_page_costs_at_most_fifteen_queries(
    client, portal_owner, agreed, time_entry, document, django_assert_max_num_queries
):
    portal(client, portal_owner, agreed)
    with django_assert_max_num_queries(15):
        client.get(reverse("portal:project", args=[agreed.pk]))
