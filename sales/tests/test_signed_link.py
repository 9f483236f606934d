"""The link in the client's mail: read and answered without a login."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from crm.lib.links import signed
from sales.public import ANSWERS


@pytest.fixture
def url(quotation_link):
    return reverse("signed:quotation", args=[quotation_link])


def answer(client, link, verb, **data):
    return client.post(reverse(f"signed:quotation_{verb}", args=[link]), data)


def test_it_shows_the_offer_to_whoever_holds_it(client, url):
    page = client.get(url)
    assert "Design" in page.content.decode()
    assert "Accept the quotation" in page.content.decode()


def test_it_leaves_no_cookie_no_index_and_no_trace_elsewhere(client, url):
    page = client.get(url)
    assert not page.cookies
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "default-src 'none'" in page["Content-Security-Policy"]


def test_accepting_keeps_name_time_and_address(client, quotation, quotation_link, bd):
    name = {"name": "Carla Contact"}
    url = reverse("signed:quotation_accept", args=[quotation_link])
    assert client.post(url, name, REMOTE_ADDR="203.0.113.7").status_code == 302
    quotation.refresh_from_db()
    assert (quotation.state, quotation.answered_by) == ("accepted", "Carla Contact")
    assert quotation.answered_from == "203.0.113.7"
    assert quotation.answered is not None
    event = bd.notifications.get().event
    assert "from 203.0.113.7" in event.text


def test_after_that_the_page_says_who_accepted(client, url, quotation_link):
    answer(client, quotation_link, "accept", name="Carla Contact")
    text = client.get(url).content.decode()
    assert "Carla Contact accepted this quotation" in text
    assert "Accept the quotation" not in text


def test_declining_keeps_the_reason(client, quotation, quotation_link):
    answer(client, quotation_link, "decline", name="Carla", reason="Too dear")
    quotation.refresh_from_db()
    assert (quotation.state, quotation.answer) == ("declined", "Too dear")


def test_without_a_name_it_is_shown_again(client, quotation, quotation_link):
    assert answer(client, quotation_link, "accept", name="").status_code == 422
    assert answer(client, quotation_link, "decline", name="").status_code == 422
    quotation.refresh_from_db()
    assert quotation.state == "sent"


def test_the_second_answer_reads_a_sentence(client, quotation, quotation_link):
    answer(client, quotation_link, "accept", name="Carla")
    second = answer(client, quotation_link, "decline", name="Carl")
    assert second.status_code == 409
    assert "accepted and can no longer be changed" in second.content.decode()
    quotation.refresh_from_db()
    assert (quotation.state, quotation.answered_by) == ("accepted", "Carla")


def altered(link):
    """The link with each of its characters, one at a time, made another one."""
    for place, character in enumerate(link):
        other = "A" if character != "A" else "B"
        yield link[:place] + other + link[place + 1 :]


def test_a_link_altered_anywhere_is_not_valid(client, quotation_link, monkeypatch):
    monkeypatch.setattr("crm.lib.visitors.within", lambda *a: True)
    answers = [
        client.get(reverse("signed:quotation", args=[wrong]))
        for wrong in altered(quotation_link)
    ]
    assert len(answers) > 40
    assert {page.status_code for page in answers} == {404}
    assert all("This link is not valid" in page.content.decode() for page in answers)


@pytest.mark.parametrize("end", ["A", "=", ".", "%20", "/x"])
def test_a_link_made_longer_is_not_valid(client, url, end):
    assert client.get(url.rstrip("/") + end + "/").status_code == 404


def test_a_link_cut_short_is_not_valid(client, quotation_link):
    url = reverse("signed:quotation", args=[quotation_link[:-1]])
    assert client.get(url).status_code == 404


def test_answers_by_an_altered_link_are_refused(client, quotation, quotation_link):
    wrong = quotation_link[:-1] + ("A" if quotation_link[-1] != "A" else "B")
    assert answer(client, wrong, "accept", name="Carla").status_code == 404
    quotation.refresh_from_db()
    assert quotation.state == "sent"


def test_a_link_to_something_else_opens_no_quotation(client, quotation):
    url = reverse("signed:quotation", args=[signed(quotation.pk, "sales.invoice")])
    assert client.get(url).status_code == 404


def test_an_expired_one_says_so_and_whom_to_ask(client, url, quotation, quotation_link):
    quotation.valid_until = timezone.localdate() - timedelta(days=1)
    quotation.save(update_fields=["valid_until"])
    page = client.get(url)
    assert page.status_code == 410
    assert quotation.by.email in page.content.decode()
    assert answer(client, quotation_link, "accept", name="Carla").status_code == 410
    quotation.refresh_from_db()
    assert quotation.state == "sent"


def test_a_draft_has_no_page(client, unsent, quotation_link):
    url = reverse("signed:quotation", args=[quotation_link])
    assert client.get(url).status_code == 404


def test_a_blocked_client_is_shut_out(client, url, customer, admin):
    customer.block(by=admin)
    assert client.get(url).status_code == 404


def test_too_many_answers_from_one_address_are_turned_away(client, quotation_link):
    cache.set("visits:accept:127.0.0.1", ANSWERS, 60)
    late = answer(client, quotation_link, "accept", name="Carla")
    assert late.status_code == 429
    assert "Wait a minute" in late.content.decode()


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_an_answers_address_opened_anew_leads_to_the_quotation(
    client, url, quotation, quotation_link, verb
):
    again = reverse(f"signed:quotation_{verb}", args=[quotation_link])
    answer = client.get(again)
    assert (answer.status_code, answer.url) == (302, url)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    wrong = quotation_link[:-1] + ("A" if quotation_link[-1] != "A" else "B")
    altered_url = reverse(f"signed:quotation_{verb}", args=[wrong])
    assert client.get(altered_url).status_code == 404
    quotation.valid_until = timezone.localdate() - timedelta(days=1)
    quotation.save(update_fields=["valid_until"])
    assert client.get(again).status_code == 410
    quotation.refresh_from_db()
    assert quotation.state == "sent"
