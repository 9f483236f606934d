"""Notes for colleagues, and telling whoever is mentioned in one."""

import pytest
import time_machine
from django.urls import reverse

from leads.models import Note
from notifications.models import EventTopic, Message


@pytest.fixture
def url(lead):
    return reverse("leads:note", args=[lead.pk])


def write(client, user, url, text, **more):
    client.force_login(user)
    return client.post(url, {"text": text, **more})


def test_a_note_is_kept_and_stands_in_the_timeline(client, bd, lead, url):
    assert write(client, bd, url, "Likes trains.").url == lead.get_absolute_url()
    note = Note.objects.get()
    assert (note.text, note.by, note.client_visible) == ("Likes trains.", bd, False)
    event = EventTopic.objects.about(lead).get().event
    assert (event.kind, event.client_visible) == ("note.written", False)
    assert "Likes trains." in client.get(lead.get_absolute_url()).content.decode()


def test_a_client_has_notes_of_its_own(client, bd, customer):
    write(client, bd, reverse("leads:client_note", args=[customer.pk]), "Pays late.")
    assert Note.objects.get().client == customer
    assert "Pays late." in client.get(customer.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["mona.manager", "Mona Manager", "MONA.MANAGER"])
def test_whoever_is_mentioned_is_told_once(client, bd, manager, lead, url, name):
    write(client, bd, url, f"Ask @{name}, please. (@{name}!)")
    assert manager.notifications.get().event.kind == "note.written"
    mail = Message.objects.get(kind="mention")
    assert mail.address == manager.email
    assert "@Mona Manager, please. (@Mona Manager!)" in mail.body
    assert lead.get_absolute_url() in mail.body


def test_a_mention_outlives_a_new_name(client, bd, manager, url):
    write(client, bd, url, "Ask @mona.manager.")
    assert Note.objects.get().text == f"Ask @[{manager.pk}]."
    manager.last_name = "Married"
    manager.save(update_fields=["last_name"])
    assert Note.objects.get().shown == "Ask @Mona Married."


@pytest.mark.parametrize(
    "text", ["x@mona.manager", "@ home", "@nobody", "@mona.managers"]
)
def test_what_is_nobodys_name_stays_text(client, bd, manager, url, text):
    write(client, bd, url, text)
    assert Note.objects.get().text == text
    assert not manager.notifications.exists()


def test_who_may_not_see_the_lead_is_not_told(client, bd, other_bd, url):
    answer = write(client, bd, url, "See @olga.seller")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Olga Seller may not see New mill website" in page
    assert "See @olga.seller" in page
    assert not Note.objects.exists()


def test_a_name_that_two_have_asks_for_the_user_name(
    client, bd, manager, other_bd, url
):
    other_bd.first_name, other_bd.last_name = "Mona", "Manager"
    other_bd.save(update_fields=["first_name", "last_name"])
    answer = write(client, bd, url, "Ask @Mona Manager")
    assert answer.status_code == 422
    assert "@olga.seller" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "\x00", "x" * 10_001])
def test_what_is_malformed(client, bd, url, text):
    assert write(client, bd, url, text).status_code == 422


def test_its_author_changes_it_and_the_timeline_follows(
    client, bd, manager, note, lead
):
    edit = reverse("leads:note_edit", args=[note.pk])
    write(client, bd, edit, "Likes planes, @mona.manager")
    note.refresh_from_db()
    assert note.shown == "Likes planes, @Mona Manager"
    assert note.history.count() == 2
    assert "planes" in EventTopic.objects.about(lead).get().event.text
    assert manager.notifications.count() == 1
    assert "@mona.manager" in client.get(edit).content.decode()


def test_after_a_day_it_stays(client, bd, note):
    edit = reverse("leads:note_edit", args=[note.pk])
    with time_machine.travel("2060-01-01"):
        client.force_login(bd)
        page = client.post(edit, {"text": "Anew"}, follow=True).content.decode()
    assert "can be changed for a day" in page
    note.refresh_from_db()
    assert note.text == "Likes trains."


def test_others_read_it_or_do_not_learn_of_it(client, manager, other_bd, note, url):
    edit = reverse("leads:note_edit", args=[note.pk])
    assert write(client, manager, edit, "Mine").status_code == 403
    assert write(client, other_bd, edit, "Mine").status_code == 404
    assert write(client, other_bd, url, "Mine").status_code == 404


def test_colleagues_are_offered_as_one_types(
    client, bd, manager, far_manager, blocked, lead
):
    client.force_login(bd)
    given = {"q": "man", "about": f"leads.lead-{lead.pk}"}
    page = client.get(reverse("accounts:colleague_options"), given)
    assert 'data-value="mona.manager"' in page.content.decode()
    assert "fay" not in page.content.decode()


def test_who_may_not_see_the_row_is_not_offered(client, manager, dev, lead):
    client.force_login(manager)
    page = client.get(lead.get_absolute_url()).content.decode()
    source = page.partition('data-mention="')[2].partition('"')[0]
    assert source.endswith(f"?about=leads.lead-{lead.pk}")
    names = client.get(f"{source}&q=").content.decode()
    assert "ben.seller" in names
    assert dev.username not in names


@pytest.mark.parametrize(
    "about", ["", "lead-1", "leads.lead-0", "leads.lead-x", "leads.stage-1", "x.y-1"]
)
def test_nobody_is_offered_for_a_row_that_is_not_there(client, bd, about):
    client.force_login(bd)
    given = {"q": "ben", "about": about}
    page = client.get(reverse("accounts:colleague_options"), given)
    assert (page.status_code, b"ben.seller" in page.content) == (200, False)


def test_a_log_entry_of_a_project_tells_too(client, dev, bd, other_dev, project):
    url = reverse("projects:log", args=[project.pk])
    client.force_login(dev)
    client.post(url, {"kind": "note", "text": "Ready, @ben.seller"})
    assert project.log.get().text == "Ready, @Ben Seller"
    assert Message.objects.get(kind="mention").address == bd.email
    wrong = {"kind": "note", "text": "Ready, @otto.developer"}
    assert client.post(url, wrong).status_code == 422
