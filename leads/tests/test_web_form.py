"""A stranger fills in the form on our page or in a frame of their own site."""

import re
import uuid
from datetime import timedelta
from threading import Thread

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import Firm, Medium
from accounts.trash import purge_expired
from crm.reactions import react
from leads.models import Lead, Submission
from leads.public import PER_MINUTE, new_mark
from leads.receiving import Answers, receive
from notifications.models import Consent, Event, Message

MARK = re.compile(r'name="mark" value="([^"]+)"')


@pytest.fixture
def url(web_form, setup_rows):
    cache.clear()
    return reverse("forms:form", args=[web_form.slug])


def typed(**changes):
    said = {"name": "Ann Stranger", "email": "Ann@york.example", "message": "A shop?"}
    return {"mark": new_mark({}), **said, **changes}


def test_a_stranger_becomes_a_lead_that_the_managers_hear_of(
    client, url, web_form, manager
):
    answer = client.post(url, typed())
    assert (answer.status_code, answer.url) == (302, f"{url}thanks/")
    lead = Lead.objects.get()
    assert (lead.contact_name, lead.department) == ("Ann Stranger", manager.department)
    assert "A shop?" in lead.interactions.get().text
    event = manager.notifications.get().event
    assert event.kind == "form.received"
    react(event.pk)
    mail = Message.objects.get(kind="form_received")
    assert (mail.address, "A shop?" in mail.body) == (manager.email, True)


def test_its_owner_is_told_and_nobody_else(client, url, web_form, manager, bd):
    web_form.owner = bd
    web_form.save(update_fields=["owner"])
    client.post(url, typed())
    assert Lead.objects.get().owner == bd
    assert bd.notifications.get().event.kind == "form.received"
    assert not manager.notifications.exists()


def test_the_same_page_sent_twice_is_one_lead(client, url):
    once = typed()
    client.post(url, once)
    assert client.post(url, once | {"message": "Again"}).status_code == 302
    assert Lead.objects.count() == Submission.objects.count() == 1
    assert Lead.objects.get().interactions.count() == 1


def test_the_same_person_again_adds_a_word_to_the_open_lead(client, url):
    client.post(url, typed())
    client.post(url, typed(email="ann@YORK.example", message="Are you there?"))
    lead = Lead.objects.get()
    assert lead.interactions.count() == 2
    assert Event.objects.filter(kind="form.received").count() == 2


def test_the_same_words_again_are_the_same_word(client, url):
    client.post(url, typed())
    client.post(url, typed())
    assert Lead.objects.get().interactions.count() == 1


def test_after_a_closed_lead_comes_a_new_one(client, url, admin):
    client.post(url, typed())
    Lead.objects.get().lose(reason="budget", by=admin)
    client.post(url, typed(message="Now I can"))
    assert Lead.objects.count() == 2


def test_a_client_is_known_and_its_owner_gets_the_lead(client, url, customer, bd):
    client.post(url, typed(email=customer.email.upper()))
    lead = Lead.objects.get()
    assert (lead.client, lead.owner) == (customer, bd)


def test_the_campaign_is_kept_and_names_the_medium(client, url):
    Medium.objects.filter(name="E-mail").update(aliases="newsletter")
    page = client.get(f"{url}?utm_source=Newsletter&utm_campaign=spring&page=https://x")
    mark = MARK.search(page.content.decode())[1]
    client.post(url, typed(mark=mark))
    lead = Lead.objects.get()
    assert lead.medium.name == "E-mail"
    assert Submission.objects.get().campaign["utm_campaign"] == "spring"
    assert "Newsletter / spring" in lead.interactions.get().text


def test_a_tick_is_kept_with_its_wording(client, url, web_form):
    web_form.consent, web_form.consent_for = "Write me about offers.", "both"
    web_form.save()
    client.post(url, typed(consent="on", phone="+44 20 7946 0018"))
    kept = dict(Consent.objects.values_list("address", "wording"))
    assert set(kept) == {"ann@york.example", "+442079460018"}
    assert set(kept.values()) == {"Write me about offers."}


@pytest.mark.parametrize(
    ("country", "phone", "kept"),
    [
        ("France", "01 42 68 53 00", "+33142685300"),
        ("österreich", "01 5123456", "+4315123456"),
        ("", "040 12345678", "+494012345678"),
        ("Atlantis", "040 12345678", "+494012345678"),
        ("France", "+44 20 7946 0018", "+442079460018"),
    ],
)
def test_a_telephone_is_read_as_of_the_country_typed_else_the_firms(
    client, url, web_form, country, phone, kept
):
    web_form.asks |= {"country": "optional", "phone": "optional"}
    web_form.save()
    Firm.get()
    Firm.objects.update(country="DE")
    client.post(url, typed(country=country, phone=phone))
    assert str(Lead.objects.get().phone) == kept


def test_a_wrong_telephone_is_answered_with_one_of_the_country_typed(
    client, url, web_form
):
    web_form.asks |= {"country": "optional", "phone": "optional"}
    web_form.save()
    page = client.post(url, typed(country="France", phone="040")).content.decode()
    assert "(e.g. 01 23 45 67 89)" in page


def test_a_firm_in_a_country_nobody_knows_still_has_its_form(client, url):
    Firm.get()
    Firm.objects.update(country="XX")
    assert client.get(url).status_code == 200


def test_without_a_tick_nothing_was_allowed(client, url, web_form):
    web_form.consent = "Write me about offers."
    web_form.save()
    client.post(url, typed())
    assert not Consent.objects.exists()


def test_the_answer_by_mail_goes_out_once_a_day(client, url, web_form):
    web_form.reply = "We call you tomorrow."
    web_form.save()
    client.post(url, typed())
    client.post(url, typed(message="Hello?"))
    mail = Message.objects.get(kind="form_reply")
    assert (mail.address, mail.body) == ("Ann@york.example", "We call you tomorrow.")


def test_a_machine_that_fills_everything_is_thanked_and_forgotten(client, url):
    answer = client.post(url, typed(website="http://spam.example"))
    assert answer.status_code == 302
    assert not Lead.objects.exists()


def test_a_flood_is_told_to_wait_and_loses_no_words(client, url, web_form):
    cache.set(f"visits:form:{web_form.pk}:127.0.0.1", PER_MINUTE, 60)
    answer = client.post(url, typed(message="My long story"))
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    page = answer.content.decode()
    assert "sent too often" in page
    assert "My long story" in page
    assert not Lead.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "nobody"},
        {"email": ""},
        {"phone": "12"},
        {"message": ""},
        {"message": "x" * 5001},
        {"name": "a\x00b"},
        {"mark": ""},
        {"mark": "altered"},
    ],
)
def test_what_is_malformed_comes_back_with_what_was_typed(client, url, wrong):
    answer = client.post(url, typed(company="Typed") | wrong)
    assert answer.status_code == 422
    assert 'name="mark"' in answer.content.decode()
    assert not Lead.objects.exists()


def test_a_page_without_a_mark_gets_one_and_is_taken_in_then(client, url):
    page = client.post(url, typed(mark="old")).content.decode()
    assert "Press the button once more" in page
    client.post(url, typed(mark=MARK.search(page)[1]))
    assert Lead.objects.count() == 1


def test_a_closed_form_says_so_and_takes_nothing(client, url, web_form):
    web_form.is_open = False
    web_form.save()
    assert client.get(url).status_code == client.post(url, typed()).status_code == 410
    assert not Lead.objects.exists()


def test_other_sites_may_frame_it_and_nothing_else(client, url, web_form, admin):
    page = client.get(url)
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert not page.cookies
    web_form.sites = "https://a.example\nhttps://b.example"
    web_form.save()
    policy = client.get(f"{url}thanks/")["Content-Security-Policy"]
    assert "frame-ancestors https://a.example https://b.example" in policy
    client.force_login(admin)
    assert client.get("/")["X-Frame-Options"] == "DENY"


def test_it_needs_no_cookie(url):
    strict = Browser(enforce_csrf_checks=True)
    assert strict.post(url, typed()).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_eight_pages_of_one_person_at_once_make_one_lead(web_form, setup_rows):
    said = Answers(name="Ann", email="ann@york.example", message="Hello")

    def send():
        receive(web_form, said, mark=uuid.uuid4().hex, campaign={})
        connection.close()

    threads = [Thread(target=send) for _n in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert Lead.objects.count() == 1
    assert Lead.objects.get().interactions.count() == 1


def test_what_was_sent_is_purged_with_its_lead(client, url, admin):
    client.post(url, typed())
    Lead.objects.get().trash(by=admin)
    Lead.objects.update(trashed=timezone.now() - timedelta(days=31))
    purge_expired(Lead)
    assert not Submission.objects.exists()
    assert not Event.objects.filter(text__contains="A shop?").exists()
