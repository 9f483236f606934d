"""A new version takes the place of the one that was sent, when it is sent itself."""

from decimal import Decimal

from django.urls import reverse

from sales.models import Quotation


def revise(client, user, quotation):
    client.force_login(user)
    client.post(reverse("sales:quotation_revise", args=[quotation.pk]))
    return Quotation.objects.filter(replaces=quotation).first()


def test_the_draft_has_the_lines_and_the_next_number(client, bd, quotation):
    Quotation.objects.filter(pk=quotation.pk).update(discount=Decimal(10))
    draft = revise(client, bd, quotation)
    assert (draft.number, draft.version, draft.state) == ("Q-1/2", 2, "draft")
    assert draft.lines.get().text == "Design"
    assert draft.total == 900


def test_until_it_is_sent_the_old_one_may_be_accepted(client, bd, quotation):
    draft = revise(client, bd, quotation)
    quotation.accept(name="Carla")
    client.post(reverse("sales:quotation_send", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_once_sent_only_the_newest_can_be_accepted(
    client, bd, quotation, quotation_link
):
    draft = revise(client, bd, quotation)
    client.post(reverse("sales:quotation_send", args=[draft.pk]))
    quotation.refresh_from_db()
    assert quotation.state == "superseded"
    url = reverse("signed:quotation_accept", args=[quotation_link])
    late = client.post(url, {"name": "Carla"})
    assert late.status_code == 409
    assert "newer version" in late.content.decode()


def test_the_old_one_stays_readable(
    client, bd, quotation, quotation_link, portal_reader
):
    draft = revise(client, bd, quotation)
    draft.send(by=bd)
    page = client.get(reverse("signed:quotation", args=[quotation_link]))
    assert draft.get_signed_url() in page.content.decode()
    client.force_login(portal_reader)
    page = client.get(reverse("portal:quotation", args=[quotation.pk]))
    assert "this one stays for you to read" in page.content.decode()


def test_a_third_version_counts_on(client, bd, quotation):
    second = revise(client, bd, quotation)
    second.send(by=bd)
    assert revise(client, bd, second).number == "Q-1/3"


def test_there_is_one_next_version(client, bd, quotation):
    first = revise(client, bd, quotation)
    assert revise(client, bd, quotation) == first
    assert Quotation.objects.count() == 2


def test_an_accepted_one_is_final(client, bd, quotation):
    quotation.accept(name="Carla")
    assert revise(client, bd, quotation) is None


def test_getting_it_is_refused(client, bd, quotation):
    client.force_login(bd)
    url = reverse("sales:quotation_revise", args=[quotation.pk])
    assert client.get(url).status_code == 405
