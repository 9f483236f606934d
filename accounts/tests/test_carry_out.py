"""A wish to be forgotten is carried out by admins and managers: no trace is left."""

import pytest
from django.urls import reverse

from accounts.models import (
    ApiToken,
    ChangeRequest,
    Client,
    Contact,
    ErasureRequest,
    User,
)
from accounts.tests.forgetting import (
    NAMES,
    carry_out,
    edit_of,
    sign_in,
    sums,
    text_of,
    told_of,
    url,
)
from leads.models import Lead
from notifications.models import Consent, Message
from projects.models import Project, Request
from sales.models import Invoice

DATA = reverse("portal:my_data")


def test_the_page_shows_what_goes_and_what_stays_and_changes_nothing(
    client, manager, farewell
):
    before = told_of(NAMES)
    client.force_login(manager)
    page = client.get(url("", farewell))
    assert {line["label"] for line in page.context["stays"]} == {
        "invoices",
        "purchases",
    }
    assert "leads" in {line["label"] for line in page.context["gone"]}
    assert told_of(NAMES) == before
    assert text_of(client.get(reverse("accounts:erasures"))).count("Petra Owner") == 1


def test_the_page_counts_a_person_once_whatever_their_history(
    client, manager, farewell
):
    contact = farewell.contact
    contact.position = "Miller-in-chief"
    contact.save(update_fields=["position", "search"])
    client.force_login(manager)
    page = client.get(url("", farewell))
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


def test_no_word_of_the_person_is_left_and_the_sums_are_equal(client, admin, farewell):
    before = sums()
    client.force_login(admin)
    page = text_of(carry_out(client, farewell))
    assert "It is done" in page
    assert told_of(NAMES) == set()
    assert sums() == before
    assert before[0][0][1] == 1200


def test_the_rest_of_the_firm_stays(client, admin, farewell, customer, portal_reader):
    client.force_login(admin)
    carry_out(client, farewell)
    customer.refresh_from_db()
    assert (customer.name, customer.notes) == ("Acorn Mills", "Ask [erased] first.")
    assert portal_reader.contact.name == "Rolf Reader"
    assert Lead.objects.get().name == "New mill website"


def test_the_login_ends_at_once(client, client_of, admin, farewell, petra):
    other = client_of(petra)
    assert other.get(DATA).status_code == 200
    client.force_login(admin)
    carry_out(client, farewell)
    assert other.get(DATA).status_code == 302
    assert not ApiToken.objects.exists()
    row = User.objects.get(pk=petra.pk)
    assert (row.is_active, row.has_usable_password()) == (False, False)


def test_what_waits_for_the_person_is_not_sent(client, admin, farewell):
    client.force_login(admin)
    carry_out(client, farewell)
    row = Message.objects.exclude(state="cancelled").filter(body="")
    assert not row.filter(state="queued").exists()


def test_a_consent_is_withdrawn_and_proves_without_a_name(
    client, admin, farewell, petra
):
    address = petra.email
    client.force_login(admin)
    carry_out(client, farewell)
    newest = Consent.objects.latest("at")
    assert not newest.given
    assert newest.address.startswith("#")
    assert not Consent.allows("email", address)


def test_a_firm_is_forgotten_with_its_people(client, admin, firm_farewell, customer):
    before = sums()
    client.force_login(admin)
    carry_out(client, firm_farewell)
    words = (*NAMES, "Acorn", "acorn.example")
    assert told_of(words, but=(Invoice, Invoice.history.model)) == set()
    assert sums() == before
    assert not Client.objects.visible_to(admin).exists()
    firm_farewell.refresh_from_db()
    assert firm_farewell.state == "done"


def test_carrying_out_twice_is_once(client, admin, farewell):
    client.force_login(admin)
    carry_out(client, farewell)
    page = text_of(carry_out(client, farewell))
    assert "settled already: done" in page


def test_it_is_held_back_too_when_work_began_meanwhile(client, admin, firm_farewell):
    Project.objects.update(state="active")
    client.force_login(admin)
    page = text_of(carry_out(client, firm_farewell))
    assert "1 project is not finished." in page
    assert Contact.objects.get(name="Petra Owner").user.is_active


def test_nothing_happens_by_a_link(client, admin, farewell):
    page = sign_in(client, admin).get(url("carry_out", farewell))
    assert "I know that this cannot be taken back." in text_of(page)
    farewell.refresh_from_db()
    assert farewell.state == "waiting"


def test_without_being_sure_nobody_is_forgotten(client, admin, farewell):
    answer = sign_in(client, admin).post(url("carry_out", farewell))
    assert answer.status_code == 422
    farewell.refresh_from_db()
    assert farewell.state == "waiting"


def test_only_who_shows_that_it_is_them_carries_it_out(client, admin, farewell):
    client.force_login(admin)
    answer = client.post(url("carry_out", farewell), {"sure": "on"})
    assert reverse("account_reauthenticate") in answer.url
    farewell.refresh_from_db()
    assert farewell.state == "waiting"


def test_what_is_settled_is_not_asked_again(client, admin, farewell):
    client.force_login(admin)
    carry_out(client, farewell)
    assert client.get(url("carry_out", farewell)).url == url("", farewell)


@pytest.fixture
def gone(customer, admin, client):
    """A contact with a number that nothing else has, who was forgotten."""
    row = Contact.objects.create(pk=2002, client=customer, name="Nora", email="n@x.org")
    client.force_login(admin)
    carry_out(client, ErasureRequest.ask(row, by=admin))
    return row


@pytest.mark.parametrize(
    ("page", "args"),
    [
        ("accounts:client", ["client_id"]),
        ("accounts:contacts", []),
        ("accounts:erasures", []),
        ("requests:create", ["client_id"]),
    ],
)
def test_somebody_forgotten_is_listed_nowhere(client, gone, page, args):
    address = reverse(page, args=[getattr(gone, name) for name in args])
    assert "2002" not in text_of(client.get(address))


def test_somebody_forgotten_is_not_found_nor_edited(client, gone):
    found = client.get(reverse("pages:search"), {"q": "#2002"})
    assert edit_of(gone) not in text_of(found)
    assert client.get(edit_of(gone)).status_code == 404
    assert client.post(edit_of(gone), {"name": "Nora"}).status_code == 404


def test_the_list_of_wishes_names_nobody_forgotten(client, gone):
    page = text_of(client.get(reverse("accounts:erasures")))
    assert "A forgotten person" in page


def test_colleagues_of_the_firm_do_not_see_them_either(
    client, client_of, admin, farewell, portal_reader
):
    client.force_login(admin)
    carry_out(client, farewell)
    page = client_of(portal_reader).get(reverse("portal:people"))
    assert [one.name for one in page.context["people"]] == ["Rolf Reader"]


def test_what_points_to_them_says_a_forgotten_person(client, admin, farewell):
    client.force_login(admin)
    carry_out(client, farewell)
    asked = Request.objects.get()
    page = text_of(client.get(asked.get_absolute_url()))
    assert "A forgotten person" in page
    assert f"#{farewell.contact.pk}" not in page


def test_nothing_waits_for_somebody_forgotten(
    client, admin, firm_farewell, petra, portal_reader
):
    ChangeRequest.ask(petra.contact, "contact", {"name": "Petra New"}, by=petra)
    his = ErasureRequest.ask(portal_reader.contact, by=portal_reader)
    client.force_login(admin)
    carry_out(client, firm_farewell)
    his.refresh_from_db()
    assert his.state == "done"
    assert not ChangeRequest.objects.waiting().exists()


def test_a_link_that_was_mailed_lets_nobody_forgotten_in(
    client, admin, contact, invitation
):
    row = ErasureRequest.ask(contact, by=admin)
    client.force_login(admin)
    carry_out(client, row)
    invitation.refresh_from_db()
    assert invitation.revoked
