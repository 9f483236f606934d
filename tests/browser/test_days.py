"""A day of a client and of a project developer: on a phone, with the keyboard alone."""

from decimal import Decimal

import pytest

from leads.models import Meeting
from projects.threads import Thread, say
from tests.browser.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(page, user):
    """Sign in by typing, and come home."""
    page.goto("/accounts/login/")
    keys = Keys(page)
    keys.type("E-mail or user name", user.email)
    keys.type("Password", "pw")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    return keys


@pytest.fixture
def done(milestone, dev):
    """A milestone that waits for the client's approval."""
    milestone.asks_approval = True
    milestone.save(update_fields=["asks_approval"])
    milestone.finish(by=dev)
    return milestone


def test_a_client_approves_a_milestone_and_answers(
    open_page, portal_owner, done, project, dev
):
    say(Thread(project.client, project), "Which colour?", by=dev)
    keys = signed_in(open_page(width=390), portal_owner)
    keys.sees("2 things wait for you.")
    keys.enter("Kick-off")
    keys.sees("Planned for")
    keys.enter("Approve Kick-off")
    keys.sees("Thank you. The team is told.")
    keys.type("Message", "Green, please.")
    keys.enter("Send")
    keys.sees("Green, please.")
    done.refresh_from_db()
    assert done.approval == "approved"
    assert project.posts.first().text == "Green, please."


def test_a_client_accepts_a_quotation_and_books_a_meeting(
    open_page, portal_owner, quotation, hours, meeting_kind
):
    keys = signed_in(open_page(width=390), portal_owner)
    keys.enter("Quotation Q-1")
    keys.type("Full name", "Petra Owner")
    keys.enter("Accept the quotation")
    keys.sees("Answered by Petra Owner")
    keys.page.goto("/portal/")
    keys.enter("Book a meeting")
    keys.page.wait_for_url("**/book/**")
    keys.to(r"\d\d:\d\d").page.keyboard.press("Space")  # the first free time
    keys.type("What is it about", "The new shop")
    keys.enter("^Book$")
    keys.sees("The new shop")
    quotation.refresh_from_db()
    assert quotation.state == "accepted"
    assert Meeting.objects.get().title == "The new shop"


def test_a_developer_logs_and_finishes_and_answers(
    open_page, dev, project, milestone, portal_owner
):
    say(Thread(project.client, project), "When do you begin?", by=portal_owner)
    keys = signed_in(open_page(width=390), dev)
    keys.sees("When do you begin?")
    keys.to("Log: Mill website").page.keyboard.press("Enter")
    keys.page.locator("dialog textarea:focus").wait_for()
    keys.page.keyboard.type("We use one font.")
    keys.enter("^Decision$")
    keys.sees("The entry is in the log.")
    keys.page.goto(project.get_absolute_url())
    keys.enter("Mark Kick-off as done")
    keys.type("^Message", "On Monday.")
    keys.enter("^Send$")
    keys.type("^Hours", "2.5")
    keys.enter("^Log hours$")
    milestone.refresh_from_db()
    assert milestone.state == "done"
    assert project.log.get(kind="decision").text == "We use one font."
    assert project.posts.first().text == "On Monday."
    assert project.hours.get().hours == Decimal("2.5")
