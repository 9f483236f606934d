"""To be forgotten: asked by oneself, carried out by admins and managers, no trace left."""

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApiToken, Client, Contact, ErasureRequest, Export, User
from leads.models import Lead, MeetingGuest
from leads.noting import add_note
from notifications.actions import record, send
from notifications.models import Consent, Message
from projects.models import Project
from projects.threads import Thread, say
from sales.models import Invoice, ProductEvent, Purchase
from tests.cast.requests import request_of

FORGET = reverse("portal:forget")
DATA = reverse("portal:my_data")
WISH = {"reason": "I left.", "sure": "on"}
PHONE = "+4915112345678"
NAMES = ("petra", "owner@firm", PHONE, "15112345678", "0151 12345678")


def text_of(response):
    return response.content.decode()


def url(verb, row):
    name = f"accounts:erasure{'_' if verb else ''}{verb}"
    return reverse(name, args=[row.pk])


def edit_of(contact):
    return reverse("accounts:contact_edit", args=[contact.pk])


def sign_in(client, user):
    """Sign in, and show with the password that it is them."""
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": "pw"})
    return client


def columns(but=()):
    """Every text column of the database."""
    kinds = models.CharField | models.TextField | models.JSONField
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds) and model not in but:
                yield model, field.name


def told_of(words, but=()):
    """Where one of the words still stands."""
    return {
        (model.__name__, name, str(value))
        for model, name in columns(but)
        for value in model._base_manager.values_list(name, flat=True)
        if any(word.lower() in str(value).lower() for word in words)
    }


def sums():
    """What the books say."""
    bills = list(Invoice.objects.order_by("pk").values_list("number", "total", "paid"))
    return bills, list(Purchase.objects.order_by("pk").values_list("cents", "day"))


@pytest.fixture
def petra(portal_owner, customer, lead, bd, client_meeting, project, invoice):
    """The owner of the firm has left her name everywhere."""
    contact = portal_owner.contact
    contact.phone, contact.position = PHONE, "Miller"
    contact.save(update_fields=["phone", "position", "search"])
    Lead.objects.update(contact_name="Petra Owner", email=portal_owner.email)
    lead.refresh_from_db()
    lead.save(update_fields=["contact_name", "search"])  # into its history
    client_meeting.guests.add(MeetingGuest.of_contact(contact), bulk=False)
    add_note(lead, "Petra Owner likes trains.", [], by=bd, client_visible=False)
    say(Thread(customer, project), "Call me: 0151 12345678.", by=portal_owner)
    request_of(project, portal_owner, subject="Petra Owner asks", text="Hm.")
    visit = {"kind": "visit", "url": "/?who=petra"}
    ProductEvent.objects.create(client=customer, contact=contact, **visit)
    send("email", portal_owner.email, body="Dear Petra", recipient=portal_owner)
    record("client.note", customer, by=bd, text=f"Petra Owner <{portal_owner.email}>")
    Client.objects.get().change(by=bd, notes="Ask Petra Owner first.")
    Consent.objects.create(channel="email", address=portal_owner.email, given=True)
    Export.objects.create(
        what="clients", format="csv", address="/clients/?q=petra+owner"
    )
    Purchase.objects.create(client=customer, day=timezone.localdate(), cents=500)
    ApiToken.make(portal_owner, name="Script", scope="read")
    return portal_owner


@pytest.fixture
def wish(petra):
    return ErasureRequest.ask(petra.contact, reason="I am Petra.", by=petra)


@pytest.fixture
def firm_wish(petra, project, invoice):
    Project.objects.update(state="done")
    Invoice.objects.update(state="paid")
    return ErasureRequest.ask(petra.contact, whole_firm=True, by=petra)


def test_it_is_asked_only_by_who_shows_that_it_is_them(client, portal_owner):
    client.force_login(portal_owner)
    answer = client.get(FORGET)
    assert answer.status_code == 302
    assert reverse("account_reauthenticate") in answer.url
    assert client.post(FORGET, WISH).status_code == 302
    assert not ErasureRequest.objects.exists()


def test_one_asks_and_admins_and_managers_are_told(client, petra, admin, manager, bd):
    page = text_of(sign_in(client, petra).post(FORGET, WISH, follow=True))
    assert "We have your wish" in page
    row = ErasureRequest.objects.get()
    assert (row.contact, row.whole_firm, row.reason) == (
        petra.contact,
        False,
        "I left.",
    )
    assert manager.notifications.latest("pk").event.kind == "erasure.asked"
    assert admin.notifications.exists()


def test_without_being_sure_nothing_is_asked(client, petra):
    answer = sign_in(client, petra).post(FORGET, {"reason": "I left."})
    assert answer.status_code == 422
    assert "I left." in text_of(answer)


def test_a_reader_asks_for_themselves_alone(client, portal_reader):
    sign_in(client, portal_reader).post(FORGET, WISH | {"whole_firm": "on"})
    assert not ErasureRequest.objects.get().whole_firm


def test_one_asks_once(client, wish, petra):
    page = text_of(sign_in(client, petra).post(FORGET, WISH, follow=True))
    assert "asked for already" in page
    assert ErasureRequest.objects.count() == 1


def note_url(contact):
    return reverse("accounts:erasure_note", args=[contact.pk])


def test_a_colleague_notes_what_was_asked_by_telephone(client, bd, contact, manager):
    client.force_login(bd)
    assert note_url(contact) in text_of(client.get(edit_of(contact)))
    data = {"reason": "Called on Monday."}
    page = text_of(client.post(note_url(contact), data, follow=True))
    assert "It is noted" in page
    row = ErasureRequest.objects.get()
    assert (row.contact, row.by, row.reason) == (contact, bd, "Called on Monday.")
    told = manager.notifications.latest("pk").event
    assert told.text == f"{contact} asks to be forgotten."


def test_who_decides_sees_at_once_what_would_go(client, manager, contact):
    client.force_login(manager)
    answer = client.post(note_url(contact), {}, follow=True)
    assert "What names them and goes" in text_of(answer)
    row = ErasureRequest.objects.get()
    assert answer.redirect_chain == [(url("", row), 302)]
    client.post(url("carry_out", row))
    contact.refresh_from_db()
    assert contact.name == f"#{contact.pk}"


def test_what_was_asked_already_or_is_held_back_is_not_noted(
    client, manager, wish, project
):
    client.force_login(manager)
    page = text_of(client.post(note_url(wish.contact), {}, follow=True))
    assert "asked for already" in page
    ErasureRequest.objects.all().delete()
    data = {"whole_firm": "on"}
    page = text_of(client.post(note_url(wish.contact), data, follow=True))
    assert "1 project is not finished." in page
    assert not ErasureRequest.objects.exists()


def test_a_firm_with_work_or_bills_is_held_back(client, petra):
    data = WISH | {"whole_firm": "on"}
    page = text_of(sign_in(client, petra).post(FORGET, data, follow=True))
    assert "1 project is not finished." in page
    assert "1 invoice is open." in page
    assert not ErasureRequest.objects.exists()


def test_it_is_held_back_too_when_work_began_meanwhile(client, admin, firm_wish):
    Project.objects.update(state="active")
    client.force_login(admin)
    page = text_of(client.post(url("carry_out", firm_wish), follow=True))
    assert "1 project is not finished." in page
    assert Contact.objects.get(name="Petra Owner").user.is_active


def test_one_takes_it_back(client, wish, petra):
    client.force_login(petra)
    client.post(reverse("portal:forget_withdraw", args=[wish.pk]))
    wish.refresh_from_db()
    assert wish.state == "withdrawn"


def test_the_page_shows_what_goes_and_what_stays_and_changes_nothing(
    client, manager, wish
):
    before = told_of(NAMES)
    client.force_login(manager)
    page = client.get(url("", wish))
    assert {line["label"] for line in page.context["stays"]} == {
        "invoices",
        "purchases",
    }
    assert "leads" in {line["label"] for line in page.context["gone"]}
    assert told_of(NAMES) == before
    assert text_of(client.get(reverse("accounts:erasures"))).count("Petra Owner") == 1


def test_the_page_counts_a_person_once_whatever_their_history(client, manager, wish):
    contact = wish.contact
    contact.position = "Miller-in-chief"
    contact.save(update_fields=["position", "search"])
    client.force_login(manager)
    page = client.get(url("", wish))
    assert {"label": "contacts", "n": 1} in page.context["gone"]
    assert "The login ends" in text_of(page)


def test_the_page_promises_no_end_of_a_login_that_there_is_not(
    client, manager, contact
):
    row = ErasureRequest.ask(contact, by=manager)
    client.force_login(manager)
    page = text_of(client.get(url("", row)))
    assert "The login ends" not in page
    assert "there is no login that would end" in page


def test_no_word_of_the_person_is_left_and_the_sums_are_equal(client, admin, wish):
    before = sums()
    client.force_login(admin)
    page = text_of(client.post(url("carry_out", wish), follow=True))
    assert "It is done" in page
    assert told_of(NAMES) == set()
    assert sums() == before
    assert before[0][0][1] == 1200


def test_the_rest_of_the_firm_stays(client, admin, wish, customer, portal_reader):
    client.force_login(admin)
    client.post(url("carry_out", wish))
    customer.refresh_from_db()
    assert (customer.name, customer.notes) == ("Acorn Mills", "Ask [erased] first.")
    assert portal_reader.contact.name == "Rolf Reader"
    assert Lead.objects.get().name == "New mill website"


def test_the_login_ends_at_once(client, client_of, admin, wish, petra):
    other = client_of(petra)
    assert other.get(DATA).status_code == 200
    client.force_login(admin)
    client.post(url("carry_out", wish))
    assert other.get(DATA).status_code == 302
    assert not ApiToken.objects.exists()
    row = User.objects.get(pk=petra.pk)
    assert (row.is_active, row.has_usable_password()) == (False, False)


def test_what_waits_for_the_person_is_not_sent(client, admin, wish):
    client.force_login(admin)
    client.post(url("carry_out", wish))
    row = Message.objects.exclude(state="cancelled").filter(body="")
    assert not row.filter(state="queued").exists()


def test_a_consent_is_withdrawn_and_proves_without_a_name(client, admin, wish, petra):
    address = petra.email
    client.force_login(admin)
    client.post(url("carry_out", wish))
    newest = Consent.objects.latest("at")
    assert not newest.given
    assert newest.address.startswith("#")
    assert not Consent.allows("email", address)


def test_a_firm_is_forgotten_with_its_people(client, admin, firm_wish, customer):
    before = sums()
    client.force_login(admin)
    client.post(url("carry_out", firm_wish))
    words = (*NAMES, "Acorn", "acorn.example")
    assert told_of(words, but=(Invoice, Invoice.history.model)) == set()
    assert sums() == before
    assert not Client.objects.visible_to(admin).exists()
    firm_wish.refresh_from_db()
    assert firm_wish.state == "done"


def test_carrying_out_twice_is_once(client, admin, wish):
    client.force_login(admin)
    client.post(url("carry_out", wish))
    page = text_of(client.post(url("carry_out", wish), follow=True))
    assert "settled already: done" in page


def test_it_is_refused_with_a_word(client, client_of, manager, wish, petra):
    client.force_login(manager)
    assert client.post(url("refuse", wish), {"answer": ""}).status_code == 422
    client.post(url("refuse", wish), {"answer": "A dispute is open."})
    assert "A dispute is open." in text_of(client_of(petra).get(DATA))
    assert petra.notifications.latest("pk").event.kind == "erasure.refused"


@pytest.mark.parametrize("verb", ["carry_out", "refuse"])
@pytest.mark.parametrize("who", ["bd", "far_manager", "portal_owner"])
def test_others_may_not(client, request, wish, who, verb):
    client.force_login(request.getfixturevalue(who))
    assert client.post(url(verb, wish), {"answer": "No"}).status_code == 404


def test_nothing_happens_by_a_link(client, admin, wish):
    client.force_login(admin)
    assert client.get(url("carry_out", wish)).status_code == 405
    wish.refresh_from_db()
    assert wish.state == "waiting"


def test_the_list_costs_the_same_for_many(
    client, admin, wish, customer, django_assert_max_num_queries
):
    client.force_login(admin)
    people = (Contact(client=customer, name=f"P {n}") for n in range(40))
    contacts = Contact.objects.bulk_create(people)
    rows = (ErasureRequest(client=customer, contact=one) for one in contacts)
    ErasureRequest.objects.bulk_create(rows)
    with django_assert_max_num_queries(10):
        client.get(reverse("accounts:erasures"))
