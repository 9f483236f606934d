"""A new lead that resembles a colleague's: Enter creates it, the button asks the manager."""

import pytest
from playwright.sync_api import expect

from leads.models import Lead
from notifications.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_page, other_bd, lead):
    """Typed so far: what it is about, and an e-mail that a colleague's lead has."""
    lead.email = "known@mill.example"
    lead.save()
    page = open_page(other_bd)
    page.goto("/leads/new/")
    page.get_by_label("E-mail").press_sequentially(lead.email)
    page.get_by_text("Already in a colleague's care.").wait_for()
    page.get_by_label("What it is about").fill("Another website")
    return page


def test_enter_saves_and_asks_nobody(page):
    page.get_by_label("What it is about").press("Enter")
    page.get_by_text("Another website").first.wait_for()
    assert Lead.objects.filter(name="Another website").exists()
    assert not Event.objects.filter(kind="duplicate.asked").exists()


def test_the_button_asks_the_manager_and_keeps_the_form(page, manager):
    page.get_by_role("button", name="Ask the manager").click()
    page.get_by_text("The manager is asked").wait_for()
    expect(page.get_by_label("What it is about")).to_have_value("Another website")
    assert manager.notifications.get().event.kind == "duplicate.asked"
