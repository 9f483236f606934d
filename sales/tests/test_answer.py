"""A quotation is sent, read in the customer area and answered there or by hand."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.reactions import react
from notifications.models import Event, Message


def post(client, user, route, quotation, **data):
    client.force_login(user)
    return client.post(reverse(route, args=[quotation.pk]), data)


def expire(quotation):
    quotation.valid_until = timezone.localdate() - timedelta(days=1)
    quotation.save(update_fields=["valid_until"])


def mailed():
    for event in Event.objects.filter(kind="quotation.sent"):
        react(event.pk)
    return list(Message.objects.values_list("address", flat=True))


def test_sending_shows_it_to_the_client(client, bd, unsent, portal_reader):
    page = reverse("portal:quotation", args=[unsent.pk])
    client.force_login(portal_reader)
    assert client.get(page).status_code == 404
    post(client, bd, "sales:quotation_send", unsent)
    client.force_login(portal_reader)
    assert "1,000" in client.get(page).content.decode()


def test_without_lines_it_is_not_sent(client, bd, unsent):
    unsent.lines.all().delete()
    post(client, bd, "sales:quotation_send", unsent)
    unsent.refresh_from_db()
    assert unsent.state == "draft"


def test_the_owner_is_mailed_once_with_lines_and_link(client, bd, unsent, portal_owner):
    post(client, bd, "sales:quotation_send", unsent)
    assert mailed() == [portal_owner.email]
    body = Message.objects.get().body
    assert "Design" in body
    assert reverse("portal:quotation", args=[unsent.pk]) in body
    Event.objects.update(reacted=False)
    assert mailed() == [portal_owner.email]


def test_the_mail_lists_what_leads_to_the_total(client, bd, unsent):
    unsent.lines.update(discount=10, tax_rate=20)
    more = {"text": "Hosting", "quantity": "1.5", "price": 100, "tax_rate": 7}
    unsent.lines.create(**more, position=1)
    unsent.discount = 5
    unsent.save(update_fields=["discount"])
    unsent.sum_up()
    post(client, bd, "sales:quotation_send", unsent)
    said = """\
- 2 × Design (10% discount): €900
- 1.50 × Hosting: €150

Lines                  €1,050
Discount, 5%          −€52.50
Before tax            €997.50
Tax, 7% of €142.50      €9.98
Tax, 20% of €855         €171
Total               €1,178.48
"""
    assert mailed() == [unsent.lead.email]
    assert said in Message.objects.get().body


def test_the_mail_of_a_plain_one_says_the_total_alone(client, bd, unsent):
    post(client, bd, "sales:quotation_send", unsent)
    assert mailed() == [unsent.lead.email]
    assert "- 2 × Design: €1,000\n\nTotal  €1,000\n" in Message.objects.get().body


def test_a_lead_without_login_gets_a_link_that_needs_none(client, bd, unsent):
    post(client, bd, "sales:quotation_send", unsent)
    assert mailed() == [unsent.lead.email]
    assert unsent.get_signed_url() in Message.objects.get().body


def test_the_client_accepts_with_a_typed_name(client, portal_owner, quotation, bd):
    post(client, portal_owner, "portal:quotation_accept", quotation, name="P. Owner")
    quotation.refresh_from_db()
    assert (quotation.state, quotation.answered_by) == ("accepted", "P. Owner")
    assert bd.notifications.get().event.kind == "quotation.accepted"


def test_without_a_name_it_is_not_accepted(client, portal_owner, quotation):
    response = post(client, portal_owner, "portal:quotation_accept", quotation, name="")
    assert response.status_code == 422
    quotation.refresh_from_db()
    assert quotation.state == "sent"


def test_the_client_declines_with_a_reason(client, portal_owner, quotation):
    data = {"name": "Petra", "reason": "Too dear"}
    post(client, portal_owner, "portal:quotation_decline", quotation, **data)
    quotation.refresh_from_db()
    assert (quotation.state, quotation.answer) == ("declined", "Too dear")


def test_it_is_answered_once_and_the_second_reads_a_sentence(
    client, portal_owner, quotation
):
    post(client, portal_owner, "portal:quotation_accept", quotation, name="Petra")
    client.force_login(portal_owner)
    page = reverse("portal:quotation", args=[quotation.pk])
    url = reverse("portal:quotation_decline", args=[quotation.pk])
    headers = {"referer": f"http://testserver{page}"}
    told = client.post(url, {"name": "Petra"}, headers=headers, follow=True)
    assert "accepted and can no longer be changed" in told.content.decode()
    quotation.refresh_from_db()
    assert quotation.state == "accepted"


def test_an_expired_one_is_not_accepted(client, portal_owner, quotation):
    expire(quotation)
    post(client, portal_owner, "portal:quotation_accept", quotation, name="Petra")
    quotation.refresh_from_db()
    assert quotation.state == "sent"
    text = client.get(reverse("portal:quotation", args=[quotation.pk])).content.decode()
    assert "It expired on" in text
    assert "Accept the quotation" not in text


def test_a_reader_sees_no_form_and_is_told_why(client, portal_reader, quotation):
    client.force_login(portal_reader)
    text = client.get(reverse("portal:quotation", args=[quotation.pk])).content.decode()
    assert "Accept the quotation" not in text
    assert "colleague with the right to answer" in text


def test_a_trashed_leads_quotation_is_hidden_from_the_client(
    client, portal_owner, quotation, bd
):
    quotation.lead.trash(by=bd)
    client.force_login(portal_owner)
    page = client.get(reverse("portal:quotations"))
    assert page.context["quotations"] == []


def test_the_seller_writes_the_answer_down(client, bd, quotation):
    post(client, bd, "sales:quotation_accept", quotation, name="Carla, by telephone")
    quotation.refresh_from_db()
    assert (quotation.state, quotation.answered_by) == (
        "accepted",
        "Carla, by telephone",
    )


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_a_nameless_answer_is_shown_again(client, bd, quotation, verb):
    response = post(client, bd, f"sales:quotation_{verb}", quotation, name="")
    assert response.status_code == 422


def test_getting_a_verb_is_refused(client, bd, quotation):
    client.force_login(bd)
    url = reverse("sales:quotation_accept", args=[quotation.pk])
    assert client.get(url).status_code == 405


def test_an_accepted_one_offers_to_start_the_project(client, bd, quotation, lead):
    post(client, bd, "sales:quotation_accept", quotation, name="Carla")
    text = client.get(quotation.get_absolute_url()).content.decode()
    assert reverse("projects:start", args=[lead.pk]) in text
    assert "Start project" in text


def test_a_waiting_one_does_not(client, bd, quotation, lead):
    client.force_login(bd)
    text = client.get(quotation.get_absolute_url()).content.decode()
    assert reverse("projects:start", args=[lead.pk]) not in text


def test_a_refusal_after_a_mistake_leads_to_the_page_of_the_quotation(
    client, portal_owner, quotation
):
    """The form that was refused stood at the address of the verb, which none can open."""
    expire(quotation)
    client.force_login(portal_owner)
    url = reverse("portal:quotation_accept", args=[quotation.pk])
    here = f"http://testserver{url}"
    answer = client.post(url, {"name": "Petra Owner"}, headers={"referer": here})
    assert answer.url == reverse("portal:quotation", args=[quotation.pk])
