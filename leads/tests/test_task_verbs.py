"""Tasks are noted, changed, ticked off, put off, handed on and thrown away."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from leads.actions import assign
from leads.models import Task
from leads.models.tasks import A_DAY, NotTheirs
from notifications.models import EventTopic
from tests.cast.tasks import task_of

CREATE = reverse("tasks:create")
TYPED = {"title": "Send the offer", "due_on": "2030-05-06"}


def of(verb, task):
    return reverse(f"tasks:{verb}", args=[task.pk])


def test_bd_notes_a_task_on_a_lead(client, bd, lead):
    client.force_login(bd)
    answer = client.post(f"{CREATE}?about=lead-{lead.pk}", TYPED)
    assert answer.url == lead.get_absolute_url()
    task = Task.objects.get()
    assert (task.owner, task.by, task.lead, task.remind) == (bd, bd, lead, 0)
    text = EventTopic.objects.about(lead).get().event.text
    assert "Send the offer (by 6 May 2030)" in text


def test_a_task_may_be_about_nothing(client, bd, other_bd):
    client.force_login(bd)
    client.post(CREATE, {**TYPED, "due_at": "14:30", "remind": "60"})
    task = Task.objects.get()
    assert (task.subject, task.due_at, task.remind) == (None, time(14, 30), 60)
    assert not Task.objects.visible_to(other_bd).exists()


def test_a_manager_gives_a_task_to_the_owner(client, manager, bd, lead):
    client.force_login(manager)
    client.post(f"{CREATE}?about=lead-{lead.pk}", {**TYPED, "owner": bd.pk})
    assert Task.objects.get().owner == bd
    assert bd.notifications.get().event.kind == "task.created"


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"title": "\x00"}, {"due_on": "soon"}, {"due_on": "0001-01-01"},
     {"due_at": "25:00"}, {"remind": "7"}, {"owner": "x"}, {"text": "x" * 5001}],
)  # fmt: skip
def test_what_is_malformed(client, bd, lead, wrong):
    client.force_login(bd)
    answer = client.post(f"{CREATE}?about=lead-{lead.pk}", {**TYPED, **wrong})
    assert answer.status_code == 422
    assert not Task.objects.exists()


@pytest.mark.parametrize("whose", ["bd", "manager"])
def test_a_reminder_that_would_have_been_before_now_is_refused(
    client, manager, bd, lead, whose
):
    owner = {"bd": bd, "manager": manager}[whose]
    given = {"title": "Call", "due_on": "2030-05-06", "due_at": "23:50"}
    given |= {"remind": A_DAY, "owner": owner.pk}
    with time_machine.travel("2030-05-06 12:00"):
        client.force_login(manager)
        page = client.post(f"{CREATE}?about=lead-{lead.pk}", given)
    assert page.status_code == 422
    said = page.content.decode()
    assert "Too late for that reminder, which was for 5 May 2030, 23:50." in said
    assert "Choose a later day or a shorter time ahead." in said
    assert not Task.objects.exists()


def test_a_task_that_is_due_already_is_noted_and_no_reminder_is_promised(client, bd):
    with time_machine.travel("2030-05-06 12:00"):
        client.force_login(bd)
        page = client.post(CREATE, TYPED, follow=True)
    assert "Too late for that reminder" in page.content.decode()
    assert Task.objects.get().remind_at is None


def test_other_words_for_a_task_ask_nothing_about_its_old_reminder(client, bd, task):
    Task.objects.filter(pk=task.pk).update(remind=A_DAY, due_on="2020-05-06")
    client.force_login(bd)
    given = {"title": "Anew", "due_on": "2020-05-06", "remind": A_DAY}
    page = client.post(of("edit", task), given, follow=True)
    assert "Too late" not in page.content.decode()
    assert Task.objects.get().title == "Anew"
    given |= {"due_on": "2020-05-07"}
    assert client.post(of("edit", task), given).status_code == 422


def test_a_task_put_off_beyond_its_reminder_says_so(client, bd, task):
    Task.objects.filter(pk=task.pk).update(remind=7 * A_DAY)
    client.force_login(bd)
    page = client.post(of("postpone", task), {"to": "tomorrow"}, follow=True)
    assert "Too late for that reminder" in page.content.decode()


def test_who_may_not_see_the_lead_cannot_have_its_task(client, bd, other_bd, lead):
    client.force_login(bd)
    url = f"{CREATE}?about=lead-{lead.pk}"
    assert client.post(url, {**TYPED, "owner": other_bd.pk}).status_code == 422
    with pytest.raises(NotTheirs):
        task_of(lead, other_bd)


@pytest.mark.parametrize(
    "about", ["lead-0", "lead-x", "user-1", "lead", "lead-" + "9" * 30]
)
def test_about_nothing_one_may_see_is_404(client, bd, about):
    client.force_login(bd)
    assert client.get(CREATE, {"about": about}).status_code == 404


def test_about_a_hidden_lead_is_404(client, bd, far_lead):
    client.force_login(bd)
    url = f"{CREATE}?about=lead-{far_lead.pk}"
    assert client.post(url, TYPED).status_code == 404


def test_a_task_is_changed(client, bd, task):
    client.force_login(bd)
    client.post(of("edit", task), {**TYPED, "remind": "-1"})
    task.refresh_from_db()
    assert (task.title, task.due_on) == ("Send the offer", date(2030, 5, 6))
    assert task.remind_at is None
    assert task.history.count() == 2


def test_done_in_one_click_and_back(client, bd, task):
    client.force_login(bd)
    page = client.post(of("finish", task), follow=True).content.decode()
    assert of("reopen", task) in page
    task.refresh_from_db()
    assert task.done
    client.post(of("reopen", task))
    task.refresh_from_db()
    assert task.is_open


def test_done_twice_is_refused(client, bd, task):
    task.finish(by=bd)
    client.force_login(bd)
    page = client.post(of("finish", task), follow=True).content.decode()
    assert "is done already" in page


def test_open_twice_is_refused(client, bd, task):
    client.force_login(bd)
    page = client.post(of("reopen", task), follow=True).content.decode()
    assert "is open already" in page


@pytest.mark.parametrize(
    ("wish", "day"),
    [({"to": "tomorrow"}, date(2030, 5, 8)), ({"to": "next_week"}, date(2030, 5, 13)),
     ({"on": "2030-06-01"}, date(2030, 6, 1))],
)  # fmt: skip
def test_a_task_is_put_off(client, bd, task, wish, day):
    client.force_login(bd)
    with time_machine.travel("2030-05-07 10:00", tick=False):
        client.force_login(bd)
        client.post(of("postpone", task), wish)
    task.refresh_from_db()
    assert task.due_on == day


@pytest.mark.parametrize("wish", [{}, {"to": "never"}, {"on": "soon"}])
def test_to_no_day_it_is_not_put_off(client, bd, task, wish):
    client.force_login(bd)
    assert client.post(of("postpone", task), wish).status_code == 422


def test_a_task_is_given_to_who_may_see_its_lead(client, bd, manager, task):
    client.force_login(bd)
    client.post(of("delegate", task), {"owner": manager.pk})
    task.refresh_from_db()
    assert task.owner == manager
    assert manager.notifications.get().event.kind == "task.delegated"


def test_to_others_it_is_not_given(client, bd, other_bd, far_manager, task):
    client.force_login(bd)
    url = of("delegate", task)
    assert client.post(url, {"owner": other_bd.pk}).status_code == 422
    assert client.post(url, {"owner": far_manager.pk}).status_code == 422
    task.refresh_from_db()
    assert task.owner == bd


def test_the_tasks_of_a_lead_go_along_with_it(manager, bd, other_bd, lead, task):
    kept = task_of(lead, manager, "Look again")
    assign(lead, other_bd, by=manager)
    task.refresh_from_db(), kept.refresh_from_db()
    assert (task.owner, kept.owner) == (other_bd, manager)
    assert not Task.objects.visible_to(bd).exists()


def test_a_task_is_thrown_away_and_taken_back(client, bd, task):
    client.force_login(bd)
    page = client.post(of("trash", task), follow=True).content.decode()
    assert of("restore", task) in page
    assert client.get(of("edit", task)).status_code == 404
    client.post(of("restore", task))
    assert client.get(of("edit", task)).status_code == 200


@pytest.mark.parametrize("verb", ["finish", "reopen", "trash", "restore"])
def test_get_changes_nothing(client, bd, task, verb):
    client.force_login(bd)
    assert client.get(of(verb, task)).status_code == 405


@pytest.mark.parametrize("verb", ["finish", "postpone", "delegate", "trash"])
def test_others_do_not_learn_that_it_exists(client, other_bd, task, verb):
    client.force_login(other_bd)
    assert client.post(of(verb, task)).status_code == 404
