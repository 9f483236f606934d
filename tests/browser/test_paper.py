"""What a client prints: the quotation and the invoice, each one sheet of A4."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = re.compile(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]")


@pytest.fixture
def page(chromium, live_server, client, portal_owner):
    """A page signed in as the client; complaints of the console are collected."""
    client.force_login(portal_owner, backend=settings.AUTHENTICATION_BACKENDS[0])
    context = chromium.new_context(base_url=live_server.url)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda m: m.type == "error" and page.complaints.append(m.text))
    yield page
    context.close()


def test_quotation_and_invoice_print_on_one_sheet_of_a4(page, quotation, invoice):
    Firm.objects.update_or_create(
        pk=1, defaults={"bank": "IBAN DE00", "currency": "EUR"}
    )
    for name, row in (("quotation", quotation), ("invoice", invoice)):
        page.goto(reverse(f"portal:{name}", args=[row.pk]))
        [size] = SHEET.findall(page.pdf(format="A4"))
        assert [round(float(side)) for side in size] == [596, 843]
        page.emulate_media(media="print")
        seen = page.locator("body").inner_text()
        assert seen.splitlines().count(str(row)) == 1
        assert "IBAN DE00" in seen
        assert "Accept" not in seen
        assert "Waits" not in seen
        page.emulate_media(media="screen")
    assert page.complaints == []


@pytest.mark.parametrize("state", ["sent", "accepted"])
def test_a_mailed_quotation_breaks_long_words_on_a_phone(page, quotation, state):
    """A name of 200 letters without a space, wherever one may stand."""
    word = "W" * 200
    Firm.objects.update_or_create(
        pk=1,
        defaults={
            "name": word[:80], "currency": "EUR", "tax_id": word[:40],
            "postal_address": word, "bank": word,
        },
    )  # fmt: skip
    lead = quotation.lead
    lead.company = lead.contact_name = word[:150]
    lead.client.name = word
    lead.client.save(update_fields=["name"])
    lead.save(update_fields=["company", "contact_name"])
    quotation.lines.update(text=word)
    quotation.note, quotation.state = word, state
    quotation.answered_by, quotation.answered = word[:150], timezone.now()
    quotation.save()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(quotation.get_signed_url())
    assert page.locator(".sheet").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.complaints == []
