"""When a milestone gets late both sides are told, once for each planned day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.reactions import react
from notifications.models import Event, Message
from projects import late
from projects.models import LateNotice, Milestone, Project
from projects.tasks import warn_late


def plan(milestone, days_ago):
    day = timezone.localdate() - timedelta(days=days_ago)
    Milestone.objects.filter(pk=milestone.pk).update(planned_on=day)
    milestone.refresh_from_db()
    return milestone


@pytest.fixture
def slipped(milestone):
    return plan(milestone, 1)


def warn():
    number = late.send_due()
    for event in Event.objects.filter(kind="milestone.delayed"):
        react(event.pk)
    return number


def told(user):
    return list(user.notifications.values_list("event__kind", flat=True))


def test_team_account_manager_and_client_are_told(slipped, dev, bd, portal_reader):
    assert warn() == 1
    assert "milestone.late" in told(dev)
    assert told(bd) == ["milestone.late"]
    assert told(portal_reader) == ["milestone.delayed"]
    mail = Message.objects.get(kind="milestone_delayed")
    assert (mail.address, mail.purpose) == (portal_reader.email, "service")
    assert "is taking longer than planned" in mail.subject
    assert "late" not in mail.body


def test_the_client_is_not_told_what_the_team_is_told(
    client, slipped, portal_owner, dev
):
    warn()
    client.force_login(portal_owner)
    bell = client.get(reverse("notifications:list")).content.decode()
    assert "is taking longer than planned; the new date will follow" in bell
    assert "is late" not in bell
    assert reverse("portal:project", args=[slipped.project_id]) in bell


def test_once_however_often_one_looks(slipped, dev, portal_owner):
    assert (warn(), warn()) == (1, 0)
    assert Message.objects.filter(kind="milestone_delayed").count() == 1
    assert told(dev).count("milestone.late") == 1


def test_who_comes_second_tells_nobody(slipped, dev):
    LateNotice.objects.create(milestone=slipped, planned_on=slipped.planned_on)
    assert late.tell(slipped.pk) is False
    assert told(dev) == []


def test_replanned_and_late_again_it_is_told_again(slipped, bd, portal_owner):
    warn()
    plan(slipped, 2)
    warn()
    assert told(bd) == ["milestone.late", "milestone.late"]
    assert Message.objects.filter(kind="milestone_delayed").count() == 2


def test_an_internal_one_is_told_to_the_team_alone(slipped, dev, portal_owner):
    Milestone.objects.update(client_visible=False)
    warn()
    assert told(portal_owner) == []
    assert not Message.objects.exists()
    assert LateNotice.objects.get().told_client is False


def test_today_is_not_late(milestone):
    plan(milestone, 0)
    assert warn() == 0


def test_nobody_is_warned_of_long_ago(milestone):
    plan(milestone, 15)
    assert warn() == 0


def test_a_finished_milestone_is_not_told_of(slipped, dev):
    slipped.finish(by=dev)
    assert warn() == 0


@pytest.mark.parametrize("state", ["done", "cancelled", "on_hold"])
def test_a_project_that_is_over_or_paused_is_not_told_of(slipped, state):
    Project.objects.filter(pk=slipped.project_id).update(state=state)
    assert warn() == 0


def test_a_blocked_client_is_left_alone(slipped, admin, portal_owner):
    slipped.project.client.block(by=admin)
    assert warn() == 0
    assert told(portal_owner) == []


def test_what_is_in_the_trash_is_left_alone(slipped, admin):
    slipped.project.trash(by=admin)
    assert warn() == 0


def test_finished_before_the_mail_leaves_none_is_written(slipped, dev, portal_owner):
    late.send_due()
    slipped.finish(by=dev)
    Event.objects.update(reacted=False)
    react(Event.objects.get(kind="milestone.delayed").pk)
    assert not Message.objects.filter(kind="milestone_delayed").exists()


def test_the_lead_sees_that_it_was_told(client, slipped, dev, portal_owner):
    warn_late()
    client.force_login(dev)
    page = client.get(slipped.project.get_absolute_url()).content.decode()
    assert "Team and client were told that it is late" in page
