"""The customer area's home and profile."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.actions import record
from projects.threads import Thread, say
from tests.cast.projects import project_of
from tests.cast.sales import sent_bill_of

HOME = reverse("portal:home")
PROFILE = reverse("portal:profile")
CONTACT = reverse("portal:contact")
HOME_QUERIES = 15


def login_data(user, **changes):
    fields = ("username", "email", "zone", "language")
    return {name: getattr(user, name) for name in fields} | changes


def test_a_client_is_greeted_and_told_what_waits(client, portal_owner, quotation):
    client.force_login(portal_owner)
    page = client.get(HOME).content.decode()
    assert "Good to see you, Petra" in page
    assert "1 thing waits for you." in page
    assert f'href="/portal/quotations/{quotation.pk}/"' in page
    assert "Ben Seller looks after you" in page


def test_only_what_is_meant_for_clients_is_told(client, portal_owner, customer, bd):
    record("client.note", customer, by=bd, text="Pays late.")
    record("client.note", customer, by=bd, text="Work begins.", client_visible=True)
    client.force_login(portal_owner)
    page = client.get(HOME).content.decode()
    assert "Work begins." in page
    assert "Pays late." not in page


def test_nothing_of_another_client_is_shown(client, foreign_portal, customer, bd):
    record("client.note", customer, by=bd, text="Work begins.", client_visible=True)
    client.force_login(foreign_portal)
    assert "Work begins." not in client.get(HOME).content.decode()


def test_segments_are_never_shown(client, portal_owner, customer):
    customer.value_class, customer.value_reason = "negative", "Refunds."
    customer.save(update_fields=["value_class", "value_reason"])
    client.force_login(portal_owner)
    page = client.get(HOME).content.decode() + client.get(PROFILE).content.decode()
    assert "Negative" not in page
    assert "Refunds." not in page


def test_a_login_without_a_client_is_told_so(client, portal_owner):
    portal_owner.contact.delete()
    client.force_login(portal_owner)
    assert "being prepared" in client.get(HOME).content.decode()
    assert client.get(PROFILE).status_code == 200


def test_everybody_changes_their_own_login(client, portal_reader):
    client.force_login(portal_reader)
    client.post(PROFILE, login_data(portal_reader, username="rolf", zone="UTC"))
    portal_reader.refresh_from_db()
    assert (portal_reader.username, portal_reader.zone) == ("rolf", "UTC")


def test_a_new_email_is_that_of_the_contact_too(client, portal_owner):
    client.force_login(portal_owner)
    change = login_data(portal_owner, email="petra@new.example", password="pw")
    client.post(PROFILE, change)
    portal_owner.contact.refresh_from_db()
    assert portal_owner.contact.email == "petra@new.example"


def test_an_owner_changes_their_contact_details(client, portal_owner):
    client.force_login(portal_owner)
    data = {"name": "Petra New", "position": "Boss", "phone": "+4915112345678"}
    client.post(CONTACT, data)
    portal_owner.contact.refresh_from_db()
    assert portal_owner.contact.name == "Petra New"
    assert str(portal_owner.contact.phone) == "+4915112345678"


def test_a_reader_reads_them(client, portal_reader):
    client.force_login(portal_reader)
    assert CONTACT not in client.get(PROFILE).content.decode()
    assert client.post(CONTACT, {"name": "X"}).status_code == 403


@pytest.mark.parametrize("data", [{"name": ""}, {"name": "P", "phone": "1"}])
def test_bad_details_are_refused_and_kept(client, portal_owner, data):
    client.force_login(portal_owner)
    response = client.post(CONTACT, data)
    assert response.status_code == 422
    assert "field-error" in response.content.decode()


def test_nobody_grants_themselves_a_right(client, portal_owner):
    client.force_login(portal_owner)
    client.post(CONTACT, {"name": "Petra", "right": "reader", "client": "999"})
    portal_owner.contact.refresh_from_db()
    assert portal_owner.contact.right == "owner"


def waits(client, user):
    client.force_login(user)
    return [row["url"] for row in client.get(HOME).context["waits"]]


def test_what_waits_is_approved_answered_and_paid(
    client, portal_owner, invoice, quotation, milestone, dev
):
    milestone.asks_approval = True
    milestone.save(update_fields=["asks_approval"])
    milestone.finish(by=dev)
    post = say(Thread(milestone.project.client), "When do you come?", by=dev)
    assert waits(client, portal_owner) == [
        f"/portal/projects/{milestone.project_id}/#milestone-{milestone.pk}",
        Thread(post.client).url_for(portal_owner),
        f"/portal/quotations/{quotation.pk}/",
        f"/portal/invoices/{invoice.pk}/",
    ]


def test_an_overdue_invoice_says_so(client, portal_owner, invoice):
    invoice.due_on = timezone.localdate() - timedelta(days=3)
    invoice.save(update_fields=["due_on"])
    client.force_login(portal_owner)
    page = client.get(HOME).content.decode()
    assert "3 days overdue" in page


def test_several_invoices_are_one_line(client, portal_owner, customer, invoice):
    sent_bill_of(customer)
    assert waits(client, portal_owner) == ["/portal/invoices/"]
    page = client.get(HOME).content.decode()
    assert ("2 invoices" in page, "€2,400" in page) == (True, True)


def test_nothing_waits_for_another_client(client, foreign_portal, invoice, quotation):
    assert waits(client, foreign_portal) == []


@pytest.mark.parametrize("n", [2, 50])
def test_the_home_costs_the_same_for_2_and_50_projects(
    client, portal_owner, customer, dev, django_assert_num_queries, n
):
    for number in range(n):
        project = project_of(customer, f"Project {number}", dev)
        say(Thread(customer, project), "How is it?", by=dev)
    client.force_login(portal_owner)
    client.get(HOME)
    with django_assert_num_queries(HOME_QUERIES):
        client.get(HOME)
