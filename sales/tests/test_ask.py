"""A client asks for a quotation of their basket: one lead, one draft, the seller told."""

from decimal import Decimal

import pytest
from django.urls import reverse

from crm.reactions import react
from leads.models import Interaction, Lead
from notifications.models import Event, Message
from sales.models import BasketLine, Product, Quotation

pytestmark = pytest.mark.django_db
ASK, LIST = reverse("portal:basket_ask"), reverse("portal:quotations")
BASKET = reverse("portal:basket")


@pytest.fixture
def owner(client, portal_owner):
    client.force_login(portal_owner)
    return client


def put(line, **more):
    """Another product beside the line; it costs 50 dollars unless said otherwise."""
    values = {"price": 50, "currency": "USD"} | more
    product = Product.objects.create(code=f"p{Product.objects.count()}", **values)
    return BasketLine.objects.create(contact=line.contact, product=product, quantity=1)


def test_one_lead_of_the_client_comes_of_it(owner, basket_line, customer, bd):
    assert owner.post(ASK, {"note": "By May"}).url == LIST
    lead = Lead.objects.get()
    assert (lead.client, lead.owner, lead.value) == (customer, bd, Decimal(1800))
    assert (lead.name, lead.contact_name) == ("Site – Acorn Mills", "Petra Owner")
    assert (lead.medium.name, lead.state) == ("Website", "open")
    assert Interaction.objects.get().text == "2 × Site – €1,800\nBy May"
    assert not BasketLine.objects.exists()


def test_a_draft_holds_the_lines_at_the_list_price(owner, basket_line, product, bd):
    owner.post(ASK)
    draft = Quotation.objects.get()
    line = draft.lines.get()
    assert (line.product, line.quantity, line.price) == (product, 2, Decimal(900))
    assert (draft.state, draft.by, draft.total) == ("draft", bd, Decimal(1800))
    draft.send(by=bd)
    assert draft.state == "sent"


def test_the_seller_is_told_by_bell_and_mail(owner, basket_line, bd):
    owner.post(ASK, {"note": "By May"})
    event = Event.objects.get(kind="quotation.asked")
    assert bd.notifications.get().event == event
    react(event.pk)
    mail = Message.objects.get()
    assert (mail.address, mail.kind) == (bd.email, "quotation_asked")
    assert "2 × Site – €1,800\nBy May" in mail.body
    assert Lead.objects.get().get_absolute_url() in mail.body


def test_without_a_seller_the_managers_hear_of_it(owner, basket_line, manager):
    customer = basket_line.contact.client
    customer.owner = None
    customer.save(update_fields=["owner"])
    owner.post(ASK)
    assert manager.notifications.get().event.kind == "quotation.asked"
    assert Quotation.objects.get().by is None


def test_the_client_sees_that_it_is_being_prepared(owner, basket_line, bd):
    owner.post(ASK)
    text = owner.get(LIST).content.decode()
    assert "Site – Acorn Mills" in text
    assert "we are preparing your quotation" in text
    draft = Quotation.objects.get()
    assert owner.get(reverse("portal:quotation", args=[draft.pk])).status_code == 404
    draft.send(by=bd)
    assert "we are preparing" not in owner.get(LIST).content.decode()


def test_others_do_not_see_what_was_asked_for(
    owner, client, basket_line, foreign_portal
):
    owner.post(ASK)
    client.force_login(foreign_portal)
    assert client.get(LIST).context["asked"] == []


def test_pressing_twice_makes_one_lead(owner, basket_line):
    owner.post(ASK)
    page = owner.post(ASK, follow=True)
    assert page.redirect_chain == [(LIST, 302)]
    assert "There is nothing in your basket" in page.content.decode()
    assert Lead.objects.count() == 1


def test_another_basket_is_another_lead(owner, basket_line, product):
    owner.post(ASK)
    owner.post(reverse("portal:basket_put", args=[product.pk]), {"quantity": "1"})
    owner.post(ASK)
    assert Lead.objects.count() == 2


def test_each_currency_has_a_draft_of_its_own(owner, basket_line):
    put(basket_line, name="Dollar thing")
    owner.post(ASK)
    drafts = Quotation.objects.order_by("pk")
    assert [(d.currency, d.total) for d in drafts] == [("EUR", 1800), ("USD", 50)]
    assert (Lead.objects.get().currency, Lead.objects.get().value) == ("EUR", 1800)
    assert len(owner.get(LIST).context["asked"]) == 1


def test_a_price_on_request_keeps_the_draft_until_it_is_set(
    owner, basket_line, client, bd
):
    put(basket_line, name="Move", price=None)
    owner.post(ASK)
    draft = Quotation.objects.get()
    client.force_login(bd)
    send = reverse("sales:quotation_send", args=[draft.pk])
    page = client.post(send, follow=True).content.decode()
    assert "Give “Move” a price before you send it" in page
    draft.lines.filter(text="Move").update(price=10)
    client.post(send)
    assert Quotation.objects.get().state == "sent"


def test_what_is_no_longer_sold_stops_it_and_the_rest_stays(owner, basket_line):
    old = put(basket_line, name="Old thing").product
    Product.objects.filter(pk=old.pk).update(state="phased_out")
    page = owner.post(ASK, follow=True)
    assert page.redirect_chain == [(BASKET, 302)]
    assert "No longer sold: Old thing" in page.content.decode()
    assert "One of them is no longer sold" in page.content.decode()
    assert (BasketLine.objects.count(), Lead.objects.count()) == (2, 0)


def test_more_than_a_quotation_can_hold_is_refused(owner, basket_line):
    Product.objects.update(price=Decimal("9999999999.99"))
    BasketLine.objects.update(quantity=9999)
    page = owner.post(ASK, follow=True)
    assert "more than one quotation can hold" in page.content.decode()
    assert not Lead.objects.exists()


def test_too_long_a_note_is_shown_again(owner, basket_line):
    answer = owner.post(ASK, {"note": "x" * 2001})
    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()
    assert BasketLine.objects.exists()


def test_a_reader_may_not_ask(client, portal_reader):
    client.force_login(portal_reader)
    assert client.post(ASK).status_code == 403


def test_a_blocked_client_may_not_ask(client, portal_owner, basket_line, customer, bd):
    client.force_login(portal_owner)
    customer.block(by=bd)
    assert client.post(ASK).url.startswith("/accounts/login/")
    assert not Lead.objects.exists()


def test_nothing_is_asked_by_looking(owner, basket_line):
    assert owner.get(ASK).status_code == 405
