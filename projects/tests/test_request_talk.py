"""Both sides talk about a request until it is solved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Client
from accounts.trash import purge_expired
from crm.reactions import react
from notifications.models import Event, Message
from projects.models import Project, Request, RequestPost

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(client, wish):
    """Press a button of the request's page and follow."""

    def send(user, name, follow=True, **data):
        client.force_login(user)
        space = "portal:request" if user.role == "client" else "requests:"
        name = f"{space}{name}" if user.role != "client" or not name else name
        url = reverse(name, args=[wish.pk])
        return client.post(url, data, follow=follow)

    return send


def stands(wish):
    wish.refresh_from_db()
    return wish.state


def test_the_first_answer_is_timed_and_told(press, wish, bd, dev, portal_owner):
    page = press(bd, "answer", text="We look into it.")
    assert "The client is told." in page.content.decode()
    assert stands(wish) == "open"
    first = wish.answered
    assert first
    event = Event.objects.get(kind="request.answered")
    assert event.client_visible
    assert portal_owner in [row.recipient for row in event.notifications.all()]
    press(dev, "answer", text="It works again.")
    wish.refresh_from_db()
    assert wish.answered == first


def test_an_answer_may_wait_or_solve(press, wish, bd):
    press(bd, "answer", text="Which browser?", then="waiting")
    assert stands(wish) == "waiting"
    press(bd, "answer", text="It works again.", then="solved")
    assert stands(wish) == "solved"
    assert wish.solved
    assert press(bd, "answer", text="x", then="gone").status_code == 422


def test_a_clients_word_opens_it_again(press, wish, bd, portal_owner):
    press(bd, "answer", text="Solved.", then="solved")
    page = press(portal_owner, "", text="It hangs still.")
    assert "It hangs still." in page.content.decode()
    assert stands(wish) == "open"
    assert wish.solved is None


def test_the_other_side_is_mailed_and_may_read_first(press, client, wish, bd, portal_owner):  # fmt: skip
    press(bd, "answer", text="We look into it.")
    react(Event.objects.get(kind="request.answered").pk)
    mail = Message.objects.get(kind="request_told")
    assert mail.recipient == portal_owner
    assert reverse("portal:request", args=[wish.pk]) in mail.body
    client.force_login(portal_owner)
    page = client.get(reverse("portal:request", args=[wish.pk]))
    assert ">new<" in page.content.decode()
    mail.refresh_from_db()
    assert mail.state == "cancelled"
    assert not portal_owner.notifications.unread().exists()


def test_a_note_is_for_colleagues(press, client, wish, dev, bd, portal_owner):
    press(dev, "note", text="Their server is old.")
    assert bd.notifications.filter(event__kind="request.noted").exists()
    assert b"Their server is old." in client.get(wish.get_absolute_url()).content
    client.force_login(portal_owner)
    for url in (reverse("portal:request", args=[wish.pk]), "/portal/messages/"):
        assert b"Their server is old." not in client.get(url).content
    assert b"old." not in client.get("/portal/requests/").content


def test_the_client_closes_and_opens(press, wish, bd, portal_owner):
    press(portal_owner, "portal:request_solve")
    assert stands(wish) == "closed"
    assert bd.notifications.filter(event__kind="request.solved").exists()
    press(portal_owner, "portal:request_reopen")
    assert stands(wish) == "open"
    assert bd.notifications.filter(event__kind="request.reopened").exists()


def test_solving_twice_says_so(press, wish, bd):
    press(bd, "solve")
    page = press(bd, "solve").content.decode()
    assert "is solved already; nothing was changed." in page
    assert Event.objects.filter(kind="request.solved").count() == 1


def test_waiting_for_what_is_solved_is_refused(press, wish, bd):
    press(bd, "solve")
    assert "is solved already" in press(bd, "wait").content.decode()
    press(bd, "reopen")
    assert "is open already" in press(bd, "reopen").content.decode()
    press(bd, "wait")
    assert stands(wish) == "waiting"


def test_the_database_knows_that_solved_has_a_time(wish):
    with pytest.raises(Exception, match="request_over_when_solved"):
        Request.objects.filter(pk=wish.pk).update(state="solved")


@pytest.mark.parametrize("name", ["answer", "note"])
@pytest.mark.parametrize("text", ["  ", "x" * 20_000, "a\x00b"])
def test_what_cannot_be_sent_is_said_and_kept(press, bd, name, text):
    page = press(bd, name, text=text)
    assert page.status_code == 422
    assert not RequestPost.objects.exists()


def test_a_reader_reads_only(press, client, wish, portal_reader):
    url = reverse("portal:request", args=[wish.pk])
    assert press(portal_reader, "", text="Hello.").status_code == 403
    page = client.get(url)
    assert b"It hangs." in page.content
    assert page.context["form"] is None


def test_a_blocked_client_is_not_answered(press, wish, customer, bd, admin):
    customer.block(by=admin)
    page = press(bd, "answer", text="Hello.").content.decode()
    assert "is blocked and would not read it" in page
    assert not RequestPost.objects.exists()


def test_who_is_on_the_project_reads_and_notes(press, client, wish, project, other_dev):
    project.members.create(user=other_dev, right="member")
    assert press(other_dev, "answer", text="Hello.").status_code == 403
    assert press(other_dev, "note", text="Look at the log.").status_code == 200
    assert b"Answer the client" not in client.get(wish.get_absolute_url()).content


def test_a_hidden_request_is_404(client, portal_owner, bd, far_wish):
    for user, name in ((portal_owner, "portal:request"), (bd, "requests:detail")):
        client.force_login(user)
        assert client.get(reverse(name, args=[far_wish.pk])).status_code == 404
        assert client.post(reverse(name, args=[far_wish.pk])).status_code in (404, 405)


def test_what_is_asked_is_no_longer_there_with_its_client(client, wish, customer, bd):
    customer.trash(by=bd)
    client.force_login(bd)
    assert client.get(wish.get_absolute_url()).status_code == 404


def test_verbs_are_posts(client, wish, bd):
    client.force_login(bd)
    for name in ("answer", "note", "take", "assign", "move", "wait", "solve", "reopen"):
        url = reverse(f"requests:{name}", args=[wish.pk])
        assert client.get(url).status_code == 405


def test_a_long_wait_is_late(wish):
    assert not wish.is_late
    wish.since = timezone.now() - timedelta(hours=25)
    wish.save(update_fields=["since"])
    assert list(Request.objects.late()) == [wish]
    assert wish.is_late


def test_nothing_of_it_is_left_after_30_days(wish, customer, bd):
    wish.answer("We look into it.", by=bd)
    customer.trash(by=bd)
    then = timezone.now() - timedelta(days=31)
    Client.objects.update(trashed=then)
    Project.objects.update(trashed=then)
    assert purge_expired(Client) == 1
    assert not Request.objects.exists()
    assert not Request.history.exists()
    assert not RequestPost.objects.exists()
    assert not Event.objects.filter(kind__startswith="request.").exists()
