"""What the mails of a meeting say: the host hears who comes, each guest gets their link."""

import re

import pytest
from django.urls import reverse

from leads import reminders
from leads.models import Meeting, MeetingKind
from leads.public import new_mark
from notifications.models import EventTopic, Message
from tests.cast.meetings import at_ten

pytestmark = pytest.mark.django_db
BOOK = reverse("meetings:book")
SIGNED = r"http://testserver(/book/meeting/\S+)"


@pytest.fixture(autouse=True)
def site(settings, hours):
    settings.SITE_URL = "http://testserver"


def body(person, what="booked"):
    return Message.objects.get(kind=f"meeting_{what}", address=person.email).body


def staff_books(browser, by, host, **more):
    browser.force_login(by)
    data = {"title": "First talk", "host": host.pk, "starts": at_ten().isoformat()}
    assert browser.post(BOOK, data | more).status_code == 302
    return Meeting.objects.get()


@pytest.fixture
def by_client(client, portal_owner, customer):
    """Petra of Acorn Mills books in the customer area."""
    kind = MeetingKind.objects.create(name="Call", minutes=30)
    client.force_login(portal_owner)
    data = {"kind": kind.pk, "starts": at_ten().isoformat(), "title": "First talk"}
    assert client.post(reverse("portal:meeting_book"), data).status_code == 302
    return Meeting.objects.get()


@pytest.fixture
def by_visitor(client, booking_page):
    kind = MeetingKind.objects.create(name="Look around", minutes=30)
    said = {"name": "Zoë Längst", "company": "ACME", "email": "zoe@acme.example"}
    when = {"starts": at_ten().isoformat(), "kind": kind.pk, "mark": new_mark({})}
    url = reverse("book:page", args=["ben"])
    assert client.post(url, said | when).status_code == 302
    return Meeting.objects.get()


def test_the_host_hears_which_client_booked(by_client, bd):
    text = body(bd)
    assert (
        "Hello Ben,\n\nPetra Owner (Acorn Mills) booked “First talk” with you:" in text
    )
    assert f"http://testserver/calendar/{by_client.pk}/" in text
    assert "answer this mail" not in text
    assert "Ben Seller" not in text


def test_the_host_hears_that_a_client_moved_and_cancelled(client, by_client, bd):
    args = [by_client.pk]
    to = {"starts": at_ten(5).isoformat()}
    client.post(reverse("portal:meeting_move", args=args), to)
    assert "Petra Owner (Acorn Mills) moved “First talk” with you." in body(bd, "moved")
    client.post(reverse("portal:meeting_cancel", args=args), {"reason": "Ill"})
    text = body(bd, "cancelled")
    assert "Petra Owner (Acorn Mills) cancelled “First talk” with you:" in text
    assert "Why: Ill" in text
    assert f"http://testserver/calendar/{by_client.pk}/" in text


def test_the_host_hears_which_visitor_comes_and_of_what_firm(client, by_visitor, bd):
    assert "Zoë Längst (ACME) booked “Look around” with you:" in body(bd)
    path = by_visitor.get_guest_path()
    client.post(f"{path}move/", {"starts": at_ten(5).isoformat()})
    assert "Zoë Längst (ACME) moved “Look around” with you." in body(bd, "moved")
    client.post(f"{path}cancel/")
    assert "Zoë Längst (ACME) cancelled “Look around”" in body(bd, "cancelled")
    assert "/book/meeting/" not in body(bd) + body(bd, "moved")


def test_the_host_reads_it_by_their_own_clock(by_visitor, bd):
    bd.zone = "Asia/Kolkata"
    bd.save(update_fields=["zone"])
    by_visitor.refresh_from_db()
    by_visitor.move(at_ten(5), by=None, anyway=True)
    assert "15:30–16:00 (Asia/Kolkata)" in body(bd, "moved")


def test_the_host_who_booked_it_reads_who_is_invited(client, bd, customer, contact):
    staff_books(client, bd, bd, client=customer.pk)
    text = body(bd)
    assert "you booked “First talk”:" in text
    assert "Invited: Nora New (Acorn Mills)" in text


def test_a_host_is_told_by_which_colleague(client, manager, bd, customer, contact):
    row = staff_books(client, manager, bd, client=customer.pk)
    assert "Mona Manager booked “First talk” with you:" in body(bd)
    client.post(reverse("meetings:cancel", args=[row.pk]), {"reason": ""})
    text = body(bd, "cancelled")
    assert "Mona Manager cancelled “First talk” with you:" in text
    assert "Invited: Nora New (Acorn Mills)" in text


def test_a_reminder_names_the_guest_to_the_host(by_client, bd):
    reminder = by_client.reminders.get(kind="day")
    assert reminders.give(reminder.pk)
    text = body(bd, "reminder")
    assert "Invited: Petra Owner (Acorn Mills)" in text
    assert f"http://testserver/calendar/{by_client.pk}/" in text


def test_a_colleague_who_is_invited_reads_so_and_gets_no_guests_link(
    client, bd, manager, far_bd, lead
):
    invite = f"{manager.email}, {far_bd.email}"
    row = staff_books(client, bd, bd, lead=lead.pk, invite=invite)
    text = body(manager)
    assert "Hello Mona,\n\nBen Seller invites you to “First talk”:" in text
    assert f"http://testserver/calendar/{row.pk}/" in text
    assert "http" not in body(far_bd)  # who may not see the lead


def test_the_client_who_booked_moves_it_in_the_customer_area(by_client, portal_owner):
    text, url = body(portal_owner), f"/portal/meetings/{by_client.pk}/"
    assert "Hello Petra,\n\nyour meeting with Ben Seller" in text
    assert f"Move or cancel it here:\nhttp://testserver{url}\n" in text
    mail = Message.objects.get(address=portal_owner.email)
    assert (mail.secret, mail.recipient) == (False, portal_owner)


def test_a_reader_gets_a_link_to_look_at_it(client, bd, customer, portal_reader):
    staff_books(client, bd, bd, client=customer.pk)
    text = body(portal_reader)
    assert "See it here:\nhttp://testserver/portal/meetings/" in text
    assert "Move or cancel it here" not in text
    assert "Ben Seller of" in text
    assert "invites you to a meeting:" in text


def test_a_contact_whose_login_was_taken_gets_no_link(
    client, bd, admin, customer, portal_owner
):
    portal_owner.block(by=admin)
    staff_books(client, bd, bd, client=customer.pk)
    assert "http" not in body(portal_owner)


def test_a_contact_without_login_gets_the_signed_link(client, bd, customer, contact):
    row = staff_books(client, bd, bd, client=customer.pk)
    mail = Message.objects.get(address=contact.email)
    path = re.search(SIGNED, mail.body)[1]
    assert mail.secret
    client.logout()
    client.post(f"{path}move/", {"starts": at_ten(5).isoformat()})
    row.refresh_from_db()
    assert row.starts == at_ten(5)
    assert "Nora New (Acorn Mills) moved “First talk” with you." in body(bd, "moved")


def test_of_several_guests_none_may_move_it_for_the_others(client, bd, lead):
    invite = "ann@york.example, bob@york.example"
    staff_books(client, bd, bd, lead=lead.pk, invite=invite)
    for mail in Message.objects.filter(address__endswith="@york.example"):
        assert "/book/meeting/" not in mail.body
        assert "If the time does not suit you, answer this mail." in mail.body


def test_a_visitor_who_types_a_colleagues_address_is_a_visitor(
    client, booking_page, manager
):
    kind = MeetingKind.objects.create(name="Look around", minutes=30)
    said = {"name": "Mona Manager", "email": manager.email, "mark": new_mark({})}
    when = {"starts": at_ten().isoformat(), "kind": kind.pk}
    client.post(reverse("book:page", args=["ben"]), said | when)
    assert "/book/meeting/" in body(manager)


def test_the_clients_stream_names_the_other_side(client, bd, customer, contact):
    row = staff_books(client, bd, bd, client=customer.pk)
    text = EventTopic.objects.about(customer).get().event.text
    assert text == f"Ben Seller booked “First talk” with Nora New: {row.when()}."


@pytest.mark.parametrize(
    ("more", "other"),
    [
        ({"invite": "ann@york.example, bob@york.example, c@york.example"}, " with ann@york.example and 2 more"),
        ({}, ""),
    ],
)  # fmt: skip
def test_the_host_never_books_with_themselves(client, bd, more, other):
    row = staff_books(client, bd, bd, **more)
    text = EventTopic.objects.about(row).get().event.text
    assert text == f"Ben Seller booked “First talk”{other}: {row.when()}."


def test_without_guests_the_stream_names_the_client(client_meeting, customer):
    text = EventTopic.objects.about(customer).get().event.text
    assert text.startswith(
        "Ben Seller booked “Talk with Acorn Mills” with Acorn Mills:"
    )
