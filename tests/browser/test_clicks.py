"""Twelve jobs of every day, each with the most clicks it may take; typing is free."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from leads.models import Lead, Meeting, Task
from projects.models import Project
from sales.models import Quotation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Hand:
    """Whoever sits before a page: clicks, and counts them."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def button(self, name, **options):
        self._click(self.page.get_by_role("button", name=name, **options))

    def link(self, name, **options):
        self._click(self.page.get_by_role("link", name=name, **options))

    def on(self, selector):
        self._click(self.page.locator(selector))

    def sees(self, text):
        self.page.get_by_text(text).first.wait_for()

    @contextmanager
    def job(self, *, most):
        """A job that begins where the page is now."""
        self.clicks = 0
        yield self.page
        assert self.clicks <= most

    def _click(self, found):
        self.clicks += 1
        found.first.click()


def day(ahead):
    return timezone.localdate() + timedelta(days=ahead)


def test_a_seller_works_leads_in_few_clicks(open_page, bd, lead, task, hours):
    task.postpone(day(0), by=bd)
    lead.plan("Call the miller", day(-1), by=bd)
    hand = Hand(open_page(bd))
    hand.page.goto("/")
    with hand.job(most=1):  # tick a task
        hand.button(f"Done: {task}")
        hand.sees("Done: Call the miller")
    with hand.job(most=2):  # reach the overdue list, from anywhere
        hand.link("Leads", exact=True)
        hand.link("Overdue")
        hand.page.wait_for_url("**overdue=on**")
    with hand.job(most=2) as page:  # log a call with its next step, from the list
        hand.link(f"Log: {lead}")
        page.locator("dialog [name=text]").fill("They want a shop by spring.")
        page.locator("dialog [name=next_step]").fill("Send the quotation")
        page.locator("dialog [name=next_step_on]").fill(day(3).isoformat())
        hand.button("Save")
        hand.sees("It is in the timeline")
    with hand.job(most=1) as page:  # open a lead by searching
        page.keyboard.press("/")
        page.keyboard.type("mill web")
        hand.on(".found-hit")
        hand.sees("They want a shop by spring.")
    with hand.job(most=1) as page:  # note a task
        page.get_by_label("What to do").fill("Ask for the logo")
        hand.button("Add", exact=True)
        hand.sees("The task is noted")
    with hand.job(most=1):  # move on to the next stage
        hand.button("Move", exact=True)
        hand.sees("is in Contacted now")
    with hand.job(most=3) as page:  # book a meeting
        hand.link("Book a meeting")
        page.locator("[name=title]").fill("First talk")
        hand.on(".times-time")
        hand.button("Book", exact=True)
        page.wait_for_url("**/calendar/**")
        hand.sees("First talk")
    lead.refresh_from_db()
    assert (lead.next_step, lead.stage.name) == ("Send the quotation", "Contacted")
    assert list(lead.interactions.values_list("text", flat=True)) == [
        "They want a shop by spring."
    ]
    assert Task.objects.open().get().title == "Ask for the logo"
    assert Meeting.objects.get().lead == lead


def test_a_seller_gets_from_quotation_to_project_in_few_clicks(open_page, bd, lead):
    hand = Hand(open_page(bd))
    hand.page.goto(lead.get_absolute_url())
    with hand.job(most=3) as page:  # make and send a quotation
        hand.button("Make a quotation")
        page.locator("[name$='-text']").first.fill("Design")
        page.locator("[name$='-price']").first.fill("500")
        hand.button("Save the draft")
        hand.button("Send to the client")
        hand.sees("The client's answer")
    Quotation.objects.get().accept(name="Petra Owner")
    hand.page.reload()
    with hand.job(most=3):  # from the accepted quotation to the started project
        hand.button("Start project")
        hand.sees("The project is started")
    assert Project.objects.get().lead == lead
    assert Lead.objects.get(pk=lead.pk).state == "won"


def test_a_manager_sees_whose_steps_are_late_in_few_clicks(
    open_page, manager, bd, lead
):
    lead.plan("Call the miller", day(-1), by=bd)
    hand = Hand(open_page(manager))
    hand.page.goto("/")
    with hand.job(most=2):
        hand.link("Ben Seller")
        hand.link("Overdue")
        hand.page.wait_for_url("**overdue=on**")
        hand.sees("Call the miller")


def test_a_client_knows_how_things_stand_and_answers_in_few_clicks(
    open_page, portal_owner, project, quotation
):
    hand = Hand(open_page(width=390))
    hand.page.goto("/accounts/login/")
    hand.page.locator("[name=login]").fill(portal_owner.email)
    hand.page.locator("[name=password]").fill("pw")
    hand.page.keyboard.press("Enter")
    hand.page.wait_for_url("**/portal/")
    with hand.job(most=0):  # how does my project stand?
        hand.sees(project.name)
        hand.sees("Next: Kick-off")
    with hand.job(most=2) as page:  # answer a quotation
        hand.link(str(quotation))
        page.locator("[name$='name']").first.fill("Petra Owner")
        hand.button("Accept the quotation")
        hand.sees("Answered by Petra Owner")
    quotation.refresh_from_db()
    assert quotation.state == "accepted"
