"""What somebody who only reads is shown in the customer area: never what to do."""

import pytest
from django.urls import reverse

from crm.reactions import react
from notifications.models import Message
from projects.models import Request
from projects.threads import Thread, say
from tests.cast.requests import request_of

HOME = reverse("portal:home")
QUERIES = 15


@pytest.fixture
def waiting(milestone, invoice, quotation, portal_owner, dev):
    """One of each that waits for an answer or a payment."""
    milestone.asks_approval = True
    milestone.save(update_fields=["asks_approval"])
    milestone.finish(by=dev)
    asked = request_of(milestone.project, portal_owner, subject="A question")
    Request.objects.update(state="waiting")
    say(Thread(milestone.project.client), "When do you come?", by=dev)
    return asked


def test_a_reader_is_told_what_waits_for_the_colleagues(client, portal_reader, waiting):
    client.force_login(portal_reader)
    answer = client.get(HOME)
    page = answer.content.decode()
    assert [wait["action"] for wait in answer.context["waits"]] == ["Read"] * 5
    assert "5 things wait for your colleagues." in page
    assert "We need a word from your firm." in page
    assert "Waits for you<" not in page


def test_an_owner_is_asked_as_ever(client, portal_owner, waiting):
    client.force_login(portal_owner)
    answer = client.get(HOME)
    assert {wait["action"] for wait in answer.context["waits"]} == {
        "Look and answer",
        "Read and answer",
        "Look and pay",
    }
    assert "5 things wait for you." in answer.content.decode()


def test_what_a_colleague_wrote_waits_for_nobody_of_the_firm(
    client, portal_reader, portal_owner, customer
):
    say(Thread(customer), "Please call us.", by=portal_owner)
    client.force_login(portal_reader)
    answer = client.get(HOME)
    assert answer.context["waits"] == []
    assert "Nothing waits for you" in answer.content.decode()


def test_the_home_of_a_reader_costs_no_more(
    client, portal_reader, waiting, django_assert_num_queries
):
    client.force_login(portal_reader)
    client.get(HOME)
    with django_assert_num_queries(QUERIES):
        client.get(HOME)


@pytest.mark.parametrize("page", ["requests", "quotations"])
def test_the_lists_ask_a_reader_for_nothing(client, portal_reader, waiting, page):
    client.force_login(portal_reader)
    text = client.get(reverse(f"portal:{page}")).content.decode()
    assert "waits for an answer of your colleagues" in text
    assert "Waits for your colleagues" in text
    assert "Waits for you<" not in text


def test_a_reader_is_told_who_may_do_it(client, portal_reader):
    client.force_login(portal_reader)
    answer = client.post(reverse("portal:contact"), {"name": "X"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Your right here is to read." in page
    assert "An owner of your firm" in page
    assert "your manager" not in page


def test_a_colleague_of_ours_is_sent_to_the_manager(client, dev, milestone, project):
    project.members.all().update(right="read")
    client.force_login(dev)
    answer = client.post(reverse("projects:milestone_finish", args=[milestone.pk]))
    assert answer.status_code == 403
    assert "ask your manager or an admin" in answer.content.decode()


def test_the_mail_asks_a_reader_for_no_answer(
    portal_reader, portal_owner, customer, bd
):
    post = say(Thread(customer), "When do you come?", by=bd)
    react(post.event_id)
    mails = {mail.recipient: mail.body for mail in Message.objects.all()}
    assert "Read it here:" in mails[portal_reader]
    assert "Read it and answer here:" in mails[portal_owner]
