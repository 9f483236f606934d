"""Details that the firm has locked: clients ask, we accept or refuse."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.changes import accept_change
from accounts.models import ChangeRequest, Client, Firm
from accounts.models.change_requests import AlreadyDecided
from crm.middleware import _page_above
from crm.reactions import react
from notifications.models import Event, Message

PROFILE = reverse("portal:profile")
CONTACT = reverse("portal:contact")
FIRM = reverse("portal:own_firm")
ASK_OWN = reverse("portal:change_ask_own")
ASK_FIRM = reverse("portal:change_ask_firm")


def url(verb, row):
    return reverse(f"accounts:change_{verb}", args=[row.pk])


def text_of(response):
    return response.content.decode()


def lock(*keys):
    firm = Firm.get()
    firm.locked = list(keys)
    firm.save(update_fields=["locked"])


@pytest.fixture
def owner(client, portal_owner):
    client.force_login(portal_owner)
    return client


@pytest.fixture
def seller(client_of, bd):
    return client_of(bd)


def test_an_owner_changes_what_is_not_locked(owner, customer):
    lock()
    data = {"name": "Acorn Mills", "email": "hello@acorn.example", "tax_id": "GB 1"}
    owner.post(FIRM, data | {"billing_address": "1 Mill Lane"})
    customer.refresh_from_db()
    assert (customer.email, customer.tax_id) == ("hello@acorn.example", "GB 1")
    assert customer.billing_address == "1 Mill Lane"


def test_what_is_locked_is_shown_and_not_written(owner, customer):
    lock("client.name", "client.tax_id")
    page = text_of(owner.get(PROFILE))
    assert "Ask to change my details" in page
    assert 'name="tax_id"' not in page
    owner.post(FIRM, {"name": "Taken over", "tax_id": "X", "email": ""})
    customer.refresh_from_db()
    assert (customer.name, customer.tax_id) == ("Acorn Mills", "")


def test_a_locked_email_is_not_changed_with_the_login(owner, portal_owner):
    lock("contact.email")
    data = {"username": "petra", "email": "x@new.example", "password": "pw"}
    owner.post(PROFILE, data)
    portal_owner.refresh_from_db()
    assert (portal_owner.username, portal_owner.email) == (
        "petra",
        "petra.owner@firm.example",
    )


def test_a_locked_name_is_not_changed(owner, portal_owner):
    lock("contact.name")
    owner.post(CONTACT, {"name": "Petra New", "position": "Boss"})
    portal_owner.contact.refresh_from_db()
    assert (portal_owner.contact.name, portal_owner.contact.position) == (
        "Petra Owner",
        "Boss",
    )


def test_an_owner_asks_and_the_account_manager_is_told(owner, customer, bd):
    data = {"name": "Acorn Group", "tax_id": "GB 2", "note": "We merged."}
    page = text_of(owner.post(ASK_FIRM, data, follow=True))
    row = ChangeRequest.objects.get()
    assert row.values == {
        "name": ["Acorn Mills", "Acorn Group"],
        "tax_id": ["", "GB 2"],
    }
    assert "Waiting" in page
    assert bd.notifications.get().event.kind == "change.asked"
    assert customer.name == Client.objects.get().name


def test_it_waits_on_the_record_and_the_home_of_the_seller(seller, change_request):
    record = text_of(seller.get(change_request.client.get_absolute_url()))
    assert "Changes they ask for" in record
    assert url("accept", change_request) in record
    assert "asks for a change" in text_of(seller.get("/"))


def test_the_account_manager_gets_a_mail_once(change_request, bd):
    event = Event.objects.get(kind="change.asked")
    react(event.pk)
    react(event.pk)
    mail = Message.objects.get(kind="change_asked")
    assert mail.address == bd.email
    assert "tax number: – → DE 1" in mail.body


def test_accepted_values_are_written_and_the_client_is_told(
    seller, change_request, portal_owner
):
    seller.post(url("accept", change_request))
    change_request.refresh_from_db()
    assert (change_request.state, change_request.client.tax_id) == ("accepted", "DE 1")
    told = portal_owner.notifications.get().event
    assert told.text == "Ben Seller accepted the change of: tax number."
    react(told.pk)
    mail = Message.objects.get(kind="change_decided")
    assert "We changed what you asked for: tax number." in mail.body


def test_accepting_twice_is_once(seller, change_request):
    seller.post(url("accept", change_request))
    page = text_of(seller.post(url("accept", change_request), follow=True))
    assert "This was settled already: accepted." in page
    assert Event.objects.filter(kind="change.accepted").count() == 1
    assert Event.objects.filter(kind="client.changed").count() == 1


def test_a_column_that_was_changed_meanwhile_is_not_overwritten(
    seller, change_request, bd
):
    Client.objects.get().change(by=bd, tax_id="GB 9")
    page = text_of(seller.post(url("accept", change_request), follow=True))
    assert "tax number was changed since they asked" in page
    assert Client.objects.get().tax_id == "GB 9"
    change_request.refresh_from_db()
    assert change_request.state == "waiting"


def test_another_column_that_was_changed_is_no_matter(seller, change_request, bd):
    Client.objects.get().change(by=bd, industry="Mills")
    seller.post(url("accept", change_request))
    row = Client.objects.get()
    assert (row.industry, row.tax_id) == ("Mills", "DE 1")


def test_refusing_needs_a_word_that_the_client_reads(
    seller, owner, change_request, portal_owner
):
    assert seller.post(url("refuse", change_request), {"answer": ""}).status_code == 422
    seller.post(url("refuse", change_request), {"answer": "That number is not valid."})
    page = text_of(owner.get(PROFILE))
    assert "Refused" in page
    assert "That number is not valid." in page
    assert "not valid" in portal_owner.notifications.get().event.text


def test_one_asks_once_at_a_time(owner, change_request):
    page = text_of(owner.post(ASK_FIRM, {"name": "Z", "tax_id": ""}, follow=True))
    assert "take it back first" in page
    assert ChangeRequest.objects.count() == 1


def test_nothing_new_is_nothing_to_ask(owner):
    data = {"name": "Acorn Mills", "tax_id": "", "note": "As it was."}
    answer = owner.post(ASK_FIRM, data)
    assert answer.status_code == 422
    assert "Nothing is changed" in text_of(answer)
    assert "As it was." in text_of(answer)
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_line_ends_of_a_browser_are_no_change(owner, customer, bd, ends):
    lock("client.billing_address")
    Client.objects.update(billing_address=f"1 Mill Lane{ends}York")
    answer = owner.post(ASK_FIRM, {"billing_address": "1 Mill Lane\r\nYork"})
    assert (answer.status_code, ChangeRequest.objects.count()) == (422, 0)
    owner.post(ASK_FIRM, {"billing_address": "2 Mill Lane\r\nYork"})
    change = ["1 Mill Lane\nYork", "2 Mill Lane\nYork"]
    assert ChangeRequest.objects.get().values == {"billing_address": change}


def test_an_address_of_several_lines_is_accepted(owner, seller, customer):
    lock("client.billing_address")
    Client.objects.update(billing_address="1 Mill Lane\r\nYork")
    owner.post(ASK_FIRM, {"billing_address": "2 Mill Lane\r\nYork"})
    seller.post(url("accept", ChangeRequest.objects.get()))
    customer.refresh_from_db()
    assert customer.billing_address == "2 Mill Lane\nYork"


def test_while_one_waits_no_other_is_offered(owner, change_request):
    lock("client.tax_id")
    page = text_of(owner.get(PROFILE))
    assert ASK_FIRM not in page
    assert reverse("portal:change_withdraw", args=[change_request.pk]) in page
    page = text_of(owner.get(ASK_FIRM))
    assert "Take it back" in page
    assert 'name="tax_id"' not in page


def test_another_is_refused_with_all_that_was_typed(owner, change_request):
    lock("client.tax_id")
    answer = owner.post(ASK_FIRM, {"tax_id": "DE 77", "note": "We moved."})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "take it back first" in page
    assert ("DE 77" in page, "We moved." in page) == (True, True)
    assert ChangeRequest.objects.get() == change_request


def test_a_refusal_leads_to_the_nearest_page_above():
    assert _page_above(ASK_FIRM) == PROFILE
    assert _page_above("/nowhere/at/all/") == "/"


def test_a_wish_is_taken_back(owner, seller, change_request):
    owner.post(reverse("portal:change_withdraw", args=[change_request.pk]))
    change_request.refresh_from_db()
    assert change_request.state == "withdrawn"
    seller.post(url("accept", change_request))
    assert Client.objects.get().tax_id == ""


def test_a_reader_asks_for_their_own_details_only(client, portal_reader):
    client.force_login(portal_reader)
    assert client.get(ASK_FIRM).status_code == 403
    client.post(ASK_OWN, {"name": "Rolf Newman", "position": "", "phone": ""})
    assert ChangeRequest.objects.get().values == {
        "name": ["Rolf Reader", "Rolf Newman"]
    }


def test_an_accepted_name_is_that_of_the_login_too(client, seller, portal_reader):
    client.force_login(portal_reader)
    client.post(ASK_OWN, {"name": "Rolf Newman", "position": "", "phone": ""})
    seller.post(url("accept", ChangeRequest.objects.get()))
    portal_reader.refresh_from_db()
    assert str(portal_reader) == "Rolf Newman"


def test_an_accepted_email_is_the_one_to_sign_in_with(owner, seller, portal_owner):
    lock("contact.email")
    owner.post(ASK_OWN, {"email": "petra@new.example"})
    seller.post(url("accept", ChangeRequest.objects.get()))
    portal_owner.refresh_from_db()
    portal_owner.contact.refresh_from_db()
    assert portal_owner.email == portal_owner.contact.email == "petra@new.example"


@pytest.mark.parametrize(
    ("email", "words"),
    [("", "write the new one"), ("BEN.seller@firm.example", "signs in with")],
)
def test_an_email_one_cannot_sign_in_with_is_refused(owner, bd, email, words):
    lock("contact.email")
    response = owner.post(ASK_OWN, {"email": email})
    assert response.status_code == 422
    assert words in text_of(response)


def test_others_of_the_staff_do_not_see_it(client, other_bd, change_request):
    client.force_login(other_bd)
    assert client.post(url("accept", change_request)).status_code == 404


def test_nothing_happens_by_a_link(seller, change_request):
    assert seller.get(url("accept", change_request)).status_code == 405
    assert seller.get(url("refuse", change_request)).status_code == 200
    change_request.refresh_from_db()
    assert change_request.state == "waiting"


def test_the_firm_chooses_what_is_locked(client, admin):
    client.force_login(admin)
    page = client.get(reverse("accounts:firm"))
    assert "What clients do not change themselves" in text_of(page)
    given = {n: v for n, v in page.context["form"].initial.items() if v is not None}
    client.post(reverse("accounts:firm"), given | {"locked": ["contact.name"]})
    assert Firm.get().locked == ["contact.name"]


def test_the_page_costs_the_same_for_many(
    owner, customer, change_request, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        owner.get(PROFILE)
    contact = change_request.contact
    rows = (
        ChangeRequest(
            client=customer,
            contact=contact,
            state="refused",
            values={"name": ["a", "b"]},
        )
        for _ in range(50)
    )
    ChangeRequest.objects.bulk_create(rows)
    with django_assert_max_num_queries(15):
        owner.get(PROFILE)


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_in_the_same_moment_change_it_once(change_request, bd, admin):
    barrier, answers = threading.Barrier(2), []

    def click(user):
        try:
            barrier.wait()
            accept_change(ChangeRequest.objects.get(pk=change_request.pk), by=user)
            answers.append("done")
        except AlreadyDecided:
            answers.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(user,)) for user in (bd, admin)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["done", "late"]
    assert Event.objects.filter(kind="client.changed").count() == 1
