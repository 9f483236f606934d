"""The components in a real browser: scripts, policy, accessibility, small screens."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def guide(chromium, live_server, client, admin):
    """The style guide, signed in; complaints of the console are collected."""
    client.force_login(admin, backend=settings.AUTHENTICATION_BACKENDS[0])
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    page.complaints, page.hosts = [], set()
    page.on("console", lambda m: m.type == "error" and page.complaints.append(m.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.hosts.add(request.url.split("/")[2]))
    page.goto(f"{live_server.url}/styleguide/")
    yield page
    context.close()


def test_nothing_is_refused_by_the_policy_or_fetched_elsewhere(guide, live_server):
    guide.wait_for_load_state("networkidle")
    assert guide.complaints == []
    assert guide.hosts == {live_server.url.split("/")[2]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_is_found(guide, scheme):
    guide.emulate_media(color_scheme=scheme)
    found = Axe().run(guide).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []


@pytest.mark.parametrize("width", [360, 799])
def test_no_page_scrolls_sideways(guide, width):
    guide.set_viewport_size({"width": width, "height": 800})
    assert guide.evaluate("document.documentElement.scrollWidth") <= width


def test_a_dialog_opens_takes_the_focus_and_closes(guide):
    guide.click("[data-open=guide-dialog]")
    assert guide.evaluate("document.activeElement.id") == "reason"
    guide.keyboard.press("Escape")
    assert not guide.locator("#guide-dialog").is_visible()


def test_a_menu_closes_on_escape_and_gives_the_focus_back(guide):
    guide.click(".card .menu > summary")
    guide.keyboard.press("ArrowDown")
    guide.keyboard.press("Escape")
    assert guide.locator("details[data-menu][open]").count() == 0
    assert guide.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_refused_card_goes_back_and_says_so(guide):
    card = guide.locator("#card-10")
    card.focus()
    guide.keyboard.press("Alt+ArrowRight")
    guide.wait_for_selector(".toasts [data-toast]")
    assert guide.locator("[data-column='1'] #card-10").count() == 1
    assert guide.locator("[data-column='1'] [data-count]").inner_text() == "1"
    assert guide.evaluate("document.activeElement.id") == "card-10"


def test_a_card_dragged_with_the_mouse_is_sent_and_stays(guide):
    sent = []
    guide.route(
        "**/styleguide/",
        lambda route: sent.append(route.request.post_data) or route.fulfill(status=204),
    )
    card = guide.locator("#card-10")
    card.scroll_into_view_if_needed()
    card.drag_to(guide.locator("[data-column='3'] h2"))
    guide.wait_for_selector("[data-column='3'] #card-10:not([data-state])")
    assert sent == ["stage=3"]
    assert guide.locator("[data-column='3'] [data-count]").inner_text() == "2"


def test_a_finger_on_a_card_scrolls_and_drags_nothing(guide):
    start = {"pointerType": "touch", "pointerId": 5, "button": 0, "bubbles": True}
    card = guide.locator("#card-10")
    card.dispatch_event("pointerdown", start | {"clientX": 10, "clientY": 10})
    card.dispatch_event("pointermove", start | {"clientX": 90, "clientY": 10})
    assert card.get_attribute("data-state") is None


def test_a_row_follows_its_link(guide):
    guide.click("tr[data-href='#row-2'] td:nth-child(3)")
    guide.wait_for_url("**#row-2")


def test_a_slice_tells_its_figures_under_the_pointer(guide):
    guide.locator(".pie-figure a path").first.scroll_into_view_if_needed()
    guide.locator(".pie-figure a path").first.hover(force=True)
    assert guide.locator(".tip").inner_text() == "Referral: 40 (28%)"


def test_a_dismissed_message_leaves(guide):
    guide.click(".toast[data-tone=success] [data-dismiss]")
    guide.locator(".toast[data-tone=success]").wait_for(state="detached")


def test_targets_on_a_phone_are_large_enough(guide, chromium):
    phone = chromium.new_context(
        viewport={"width": 390, "height": 800},
        has_touch=True,
        is_mobile=True,
        storage_state=guide.context.storage_state(),
    )
    page = phone.new_page()
    page.goto(guide.url)
    small = page.eval_on_selector_all(
        ".button, .chip, .bar-link, .menu-item, .tabs > a, .board-grip, .legend-item,"
        " .field input[type=text], .field select, summary",
        "all => all.filter(e => e.offsetHeight && e.offsetHeight < 44)"
        ".map(e => e.outerHTML)",
    )
    phone.close()
    assert small == []


def test_a_picker_finds_walks_and_picks_by_keyboard(guide):
    box = guide.locator("#id_town")
    box.fill("n")
    guide.wait_for_selector("#id_town_list [role=option]")
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == "Nashik"
    assert guide.locator("[name=town]").input_value() == "2"
    assert not guide.locator("#id_town_list").is_visible()
