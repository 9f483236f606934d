"""From a lead to a project that its client follows, in a real browser."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as HttpClient

from leads.models import Lead
from projects.models import Milestone, Project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page, name):
    """Press a button that sends a form, and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def quote(page, lead):
    """Log a call, then make and send a quotation of one line."""
    page.goto(f"/leads/{lead.pk}/")
    page.locator("#log_text").fill("They want a shop by spring.")
    page.locator("#log_next_step").fill("Send the quotation")
    press(page, "Save")
    page.get_by_text("They want a shop by spring.").first.wait_for()
    press(page, "Make a quotation")
    page.locator("[name$='-text']").first.fill("Design")
    page.locator("[name$='-price']").first.fill("500")
    press(page, "Save the draft")
    press(page, "Send to the client")


def accept(page):
    page.goto("/portal/quotations/")
    page.locator("main a[href*='/portal/quotations/']").first.click()
    page.locator("[name$='name']").first.fill("Petra Owner")
    press(page, "Accept the quotation")


def test_from_lead_to_a_milestone_the_client_sees(
    open_page, bd, manager, lead, portal_owner
):
    seller, customer = open_page(bd), open_page(portal_owner, width=390)
    quote(seller, lead)
    accept(customer)
    seller.goto(f"/leads/{lead.pk}/")
    press(seller, "Start project")
    project = Project.objects.get(lead=lead)
    step = project.milestones.first()
    builder = open_page(manager)
    builder.goto(project.get_absolute_url())
    press(builder, f"Mark {step} as done")
    customer.goto("/portal/")
    customer.get_by_role("link", name=project.name).first.click()
    customer.get_by_text(step.name).first.wait_for()
    assert Milestone.objects.get(pk=step.pk).state == "done"
    assert Lead.objects.get(pk=lead.pk).state == "won"


def test_two_browsers_that_start_at_once_make_one_project(site, bd, manager, dev, lead):
    """Both press *Start project* on the same lead; each is led to the one project."""

    def press_start(user):
        browser = HttpClient()
        browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        answer = browser.post(f"/projects/start/{lead.pk}/", {"name": "Mill"})
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(press_start, [bd, manager] * 4))
    assert set(answers) == {302}
    assert Project.objects.filter(lead=lead).count() == 1
