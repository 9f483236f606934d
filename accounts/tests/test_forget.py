"""To be forgotten: asked by oneself or told to a colleague, refused or taken back."""

import pytest
from django.urls import reverse

from accounts.models import Client, Contact, ErasureRequest
from accounts.tests.forgetting import carry_out, edit_of, sign_in, text_of, url

FORGET = reverse("portal:forget")
DATA = reverse("portal:my_data")
WISH = {"reason": "I left.", "sure": "on"}


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


def test_one_asks_once(client, farewell, petra):
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
    carry_out(client, row)
    contact.refresh_from_db()
    assert contact.name == f"#{contact.pk}"


def test_what_was_asked_already_or_is_held_back_is_not_noted(
    client, manager, farewell, project
):
    client.force_login(manager)
    page = text_of(client.post(note_url(farewell.contact), {}, follow=True))
    assert "asked for already" in page
    ErasureRequest.objects.all().delete()
    data = {"whole_firm": "on"}
    page = text_of(client.post(note_url(farewell.contact), data, follow=True))
    assert "1 project is not finished." in page
    assert not ErasureRequest.objects.exists()


def test_a_firm_with_work_or_bills_is_held_back(client, petra):
    data = WISH | {"whole_firm": "on"}
    answer = sign_in(client, petra).post(FORGET, data)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "1 project is not finished." in page
    assert "1 invoice is open." in page
    assert "So nothing was asked yet: untick it" in page
    assert "I left." in page
    assert not ErasureRequest.objects.exists()


def test_a_person_without_a_firm_is_held_back_too(client, petra, customer):
    Client.objects.update(kind="person")
    answer = sign_in(client, petra).post(FORGET, WISH)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "So nothing was asked yet: ask again later." in page
    assert "I left." in page


def test_while_a_wish_waits_no_other_is_offered(client, farewell, petra):
    client.force_login(petra)
    assert FORGET + '"' not in text_of(client.get(DATA))


def test_one_takes_it_back(client, farewell, petra):
    client.force_login(petra)
    client.post(reverse("portal:forget_withdraw", args=[farewell.pk]))
    farewell.refresh_from_db()
    assert farewell.state == "withdrawn"


def test_it_is_refused_with_a_word(client, client_of, manager, farewell, petra):
    client.force_login(manager)
    assert client.post(url("refuse", farewell), {"answer": ""}).status_code == 422
    client.post(url("refuse", farewell), {"answer": "A dispute is open."})
    assert "A dispute is open." in text_of(client_of(petra).get(DATA))
    assert petra.notifications.latest("pk").event.kind == "erasure.refused"


@pytest.mark.parametrize("verb", ["carry_out", "refuse"])
@pytest.mark.parametrize("who", ["bd", "far_manager", "portal_owner"])
def test_others_may_not(client, request, farewell, who, verb):
    sign_in(client, request.getfixturevalue(who))
    assert client.post(url(verb, farewell), {"answer": "No"}).status_code == 404


def test_the_list_costs_the_same_for_many(
    client, admin, farewell, customer, django_assert_max_num_queries
):
    client.force_login(admin)
    people = (Contact(client=customer, name=f"P {n}") for n in range(40))
    contacts = Contact.objects.bulk_create(people)
    rows = (ErasureRequest(client=customer, contact=one) for one in contacts)
    ErasureRequest.objects.bulk_create(rows)
    with django_assert_max_num_queries(10):
        client.get(reverse("accounts:erasures"))
