"""The leads workspace in a real browser: cards move, pages are free of barriers."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def page(chromium, live_server, client, bd, lead):
    """Ben's browser, on the board."""
    client.force_login(bd, backend=settings.AUTHENTICATION_BACKENDS[0])
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
    )
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("leads:board"))
    yield page
    context.close()


def card_in(page, stage):
    return page.locator(f'[data-column][aria-label="{stage}"] [data-card]')


def drag(page, x):
    """Take the card and hold it at `x` until the board has stopped sliding."""
    box = page.locator("[data-card]").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + box["height"] - 12)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x + step % 2, box["y"] + 30)
    page.mouse.up()


def test_a_card_is_dragged_to_the_next_stage(page, lead):
    box = page.locator('[data-column][aria-label="Contacted"]').bounding_box()
    with page.expect_response("**/move/**"):
        drag(page, box["x"] + 60)
    card_in(page, "Contacted").wait_for()
    lead.refresh_from_db()
    assert lead.stage.name == "Contacted"


def test_a_card_moves_by_alt_and_arrow_and_keeps_the_focus(page, lead):
    page.locator("[data-card]").focus()
    with page.expect_response("**/move/**"):
        page.keyboard.press("Alt+ArrowRight")
    card_in(page, "Contacted").wait_for()
    page.wait_for_function(f"document.activeElement.id === 'card-{lead.pk}'")


def test_dragged_to_the_far_edge_it_asks_why_it_is_lost(page, lead):
    drag(page, 1240)
    page.wait_for_url("**/lose/**")
    page.fill("[name=reason]", "too expensive")
    page.click("main form button")
    page.wait_for_url("**/board/**")
    lead.refresh_from_db()
    assert (lead.state, lead.lost_reason) == ("lost", "too expensive")


def test_a_card_that_was_closed_meanwhile_returns_with_a_sentence(page, lead, bd):
    lead.win(by=bd)
    page.locator("[data-card]").focus()
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_text("is already won: reopen it first").wait_for()
    assert card_in(page, "Contacted").count() == 0


@pytest.mark.parametrize("name", ["list", "board", "create", "detail"])
def test_no_barrier_is_found_and_no_page_scrolls_sideways(page, lead, name):
    args = [lead.pk] if name == "detail" else []
    page.goto(reverse(f"leads:{name}", args=args))
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
