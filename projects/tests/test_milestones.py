"""Milestones: started, finished, moved and changed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import EventTopic
from projects.models import BeforeTheStart, Milestone, Project


@pytest.fixture
def send(client, dev, milestone):
    client.force_login(dev)

    def call(verb, **data):
        url = reverse(f"projects:milestone_{verb}", args=[milestone.pk])
        return client.post(url, data)

    return call


def fresh(milestone):
    return Milestone.objects.get(pk=milestone.pk)


def test_the_first_start_puts_the_project_in_progress(send, milestone, project):
    send("start")
    project.refresh_from_db()
    assert (fresh(milestone).state, project.state) == ("active", "active")


def test_finishing_sets_the_day_and_tells_the_account_manager(send, milestone, bd):
    assert send("finish").url == milestone.get_absolute_url()
    done = fresh(milestone)
    assert (done.state, done.percent) == ("done", 100)
    assert done.done_on == timezone.localdate()
    kinds = bd.notifications.values_list("event__kind", flat=True)
    assert list(kinds) == ["milestone.done"]


def test_finishing_twice_is_refused_in_words(send, client, milestone):
    send("finish")
    page = client.get(send("finish").url)
    assert "Kick-off is done" in page.content.decode()


def test_reopening_takes_the_day_back(send, milestone):
    send("finish")
    send("reopen")
    again = fresh(milestone)
    assert (again.state, again.done_on, again.percent) == ("active", None, 90)


def test_an_open_one_cannot_be_reopened(send, milestone):
    send("reopen")
    assert fresh(milestone).state == "planned"


def test_the_first_per_cent_starts_it(send, milestone):
    send("progress", percent="40")
    assert (fresh(milestone).state, fresh(milestone).percent) == ("active", 40)


def test_a_hundred_per_cent_is_done(send, milestone):
    send("progress", percent="100")
    assert fresh(milestone).state == "done"


@pytest.mark.parametrize("percent", ["101", "-1", "x", "", "9" * 30])
def test_an_impossible_per_cent_changes_nothing(send, milestone, percent):
    assert send("progress", percent=percent).status_code == 422
    assert fresh(milestone).percent == 0


def test_moving_keeps_the_old_date_on_the_timeline(send, milestone, project):
    send("replan", planned_on="2031-05-09")
    assert fresh(milestone).planned_on == date(2031, 5, 9)
    newest = EventTopic.objects.about(project).first().event
    assert newest.kind == "milestone.replanned"
    assert newest.text.endswith("to 9 May 2031.")


@pytest.mark.parametrize("day", ["tomorrow", "2031-02-30", "99999-01-01"])
def test_an_impossible_date_is_shown_again(send, day):
    assert send("replan", planned_on=day).status_code == 422


def test_no_day_before_the_projects_start(send, milestone, project):
    before, first = milestone.planned_on, date(2031, 5, 9)
    Project.objects.filter(pk=project.pk).update(starts=first)
    answer = send("replan", planned_on="2031-05-08")
    assert answer.status_code == 422
    said = "8 May 2031 is before the project&#x27;s start on 9 May 2031."
    assert said in answer.content.decode()
    assert fresh(milestone).planned_on == before
    send("replan", planned_on="2031-05-09")
    assert fresh(milestone).planned_on == first


def test_no_new_one_before_the_projects_start(client, dev, project):
    client.force_login(dev)
    url = reverse("projects:milestone_add", args=[project.pk])
    answer = client.post(url, {"name": "Old", "planned_on": "2020-01-01"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "1 Jan 2020 is before the project&#x27;s start" in page
    assert 'value="Old"' in page
    assert project.milestones.count() == 1


def test_the_verbs_say_so_too(project, milestone, dev):
    day = project.starts - timedelta(days=1)
    with pytest.raises(BeforeTheStart):
        milestone.replan(day, by=dev)
    with pytest.raises(BeforeTheStart):
        project.add_milestone(name="Old", planned_on=day, by=dev)


def test_a_new_one_puts_a_finished_project_in_progress(client, dev, project, milestone):
    milestone.finish(by=dev)
    project.enter("done", by=dev)
    client.force_login(dev)
    url = reverse("projects:milestone_add", args=[project.pk])
    client.post(url, {"name": "One more", "planned_on": ""})
    project.refresh_from_db()
    assert project.state == "active"


def test_changing_what_is_delivered(send, milestone):
    send("edit", name="Start", text="All agreed.")
    row = fresh(milestone)
    assert (row.name, row.text, row.client_visible) == ("Start", "All agreed.", False)


def test_leaving_one_out_and_taking_it_back(send, milestone):
    send("cancel")
    assert fresh(milestone).state == "cancelled"
    send("reopen")
    assert fresh(milestone).state == "active"


def test_a_new_one_stands_last(client, dev, project):
    client.force_login(dev)
    url = reverse("projects:milestone_add", args=[project.pk])
    client.post(url, {"name": "Launch", "planned_on": "", "client_visible": "on"})
    assert [m.name for m in project.milestones.all()] == ["Kick-off", "Launch"]


def test_a_member_may_not_move_dates(client, other_dev, project, milestone, manager):
    project.add_member(other_dev, right="member", by=manager)
    client.force_login(other_dev)
    url = reverse("projects:milestone_replan", args=[milestone.pk])
    assert client.post(url, {"planned_on": "2031-05-09"}).status_code == 403
    start = reverse("projects:milestone_start", args=[milestone.pk])
    assert client.post(start).status_code == 302


def test_getting_a_verb_is_refused(client, dev, milestone):
    client.force_login(dev)
    url = reverse("projects:milestone_finish", args=[milestone.pk])
    assert client.get(url).status_code == 405


def test_lateness_in_words():
    yesterday = timezone.localdate() - timedelta(days=1)
    late = Milestone(name="A", state="active", planned_on=yesterday)
    done = Milestone(
        name="B", state="done", planned_on=yesterday, done_on=timezone.localdate()
    )
    assert late.lateness == "1 day late"
    assert done.lateness == "done 1 day late"
    assert Milestone(name="C", planned_on=timezone.localdate()).lateness == ""
