"""A web form in a real browser, inside another site."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache

from leads.models import Lead, Submission

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def other_site(live_server, web_form):
    """A page elsewhere that our snippet was copied into; its address."""
    cache.clear()
    script = f'<script src="{live_server.url}/static/js/embed.js" data-title="Contact" data-form="{live_server.url}/forms/{web_form.slug}/"></script>'

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802 - the library's name
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(
                f"<html lang=en><title>Shop</title><body>{script}".encode()
            )

        def log_message(self, *args):
            """Nobody reads it."""

    server = HTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/offers"
    server.shutdown()


def test_a_form_is_sent_from_within_another_site(chromium, other_site, setup_rows):
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.set_default_timeout(5_000)
    page.goto(f"{other_site}?utm_source=newsletter")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your name").fill("Ann Stranger")
    frame.get_by_label("E-mail").fill("ann@york.example")
    frame.get_by_label("How can we help?").fill("A web shop, please")
    assert page.frames[1].evaluate("document.documentElement.scrollWidth") <= 360
    frame.get_by_role("button").click()
    frame.get_by_text("Thank you").wait_for()
    assert Lead.objects.get().contact_name == "Ann Stranger"
    came = {"utm_source": "newsletter", "page": other_site}
    assert Submission.objects.get().campaign == came
    context.close()


def test_the_form_has_no_barrier(chromium, live_server, web_form):
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{live_server.url}/forms/{web_form.slug}/")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    page.close()
