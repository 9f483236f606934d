"""A client asks: where it goes, who is told, what is refused."""

import pytest
from django.urls import reverse

from accounts.models import Department
from crm.reactions import react
from notifications.models import Event, Message
from projects.models import Request

pytestmark = pytest.mark.django_db
ASKED = {"kind": "problem", "subject": "The form hangs", "text": "Since today."}
NEW = "/portal/requests/new/"


@pytest.fixture
def billing(db):
    return Department.objects.create(name="Billing", request_types=["Invoice copy"])


@pytest.fixture
def asking(client, portal_owner):
    client.force_login(portal_owner)
    return lambda **data: client.post(NEW, ASKED | data, follow=True)


def mails_of(kind):
    """What is mailed after the last such event, as the worker would."""
    react(Event.objects.filter(kind=kind).latest("pk").pk)
    return Message.objects.filter(kind="request_told").order_by("pk")


def test_a_request_is_open_and_on_the_stream(asking, portal_owner, customer, client):
    page = asking().content.decode()
    assert "You read our answer here." in page
    row = Request.objects.get()
    assert (row.client, row.state, row.origin) == (customer, "open", "client")
    assert row.contact.user == portal_owner
    assert row.history.count() == 1
    event = Event.objects.get(kind="request.opened")
    assert event.client_visible
    assert b"The form hangs" in client.get("/portal/messages/").content


def test_it_goes_to_the_clients_department_and_account_manager(asking, north, bd, portal_reader):  # fmt: skip
    asking()
    row = Request.objects.get()
    assert (row.department, row.owner) == (north, bd)
    assert bd.notifications.get().event.kind == "request.opened"
    assert portal_reader.notifications.exists()
    mail = mails_of("request.opened").get()
    assert mail.recipient == bd
    assert row.get_absolute_url() in mail.body


def test_a_topic_goes_to_the_department_that_lists_it(asking, billing, bd, person_of):
    chief = person_of("Carla Chief", "manager", billing)
    asking(topic="Invoice copy")
    row = Request.objects.get()
    assert (row.department, row.owner) == (billing, None)
    assert chief.notifications.count() == 1
    assert [mail.recipient for mail in mails_of("request.opened")] == [chief]
    assert not bd.notifications.exists()


def test_a_department_without_people_leaves_it_with_who_looks_after_them(asking, billing, bd):  # fmt: skip
    asking(topic="Invoice copy")
    assert Request.objects.get().department == billing
    assert bd.notifications.count() == 1


def test_nobody_there_at_all_tells_the_admins(asking, customer, admin, billing):
    customer.owner.block(by=admin)
    asking(topic="Invoice copy")
    assert admin.notifications.filter(event__kind="request.opened").exists()


def test_it_may_be_about_a_project_and_its_lead_is_told(asking, project, dev):
    asking(project=project.pk)
    assert Request.objects.get().project == project
    assert dev.notifications.get().event.kind == "request.opened"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "  "}, "This field is required."),
        ({"text": "x" * 20_000}, "5000"),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"subject": ""}, "This field is required."),
        ({"subject": "x" * 151}, "at most 150 characters"),
        ({"kind": "gift"}, "gift is not one of the available choices"),
        ({"topic": "Astrology"}, "Astrology is not one of the available choices"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept(asking, wrong, said):
    page = asking(**wrong)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Request.objects.exists()


def test_anothers_project_or_invoice_is_unknown(asking, far_project, far_invoice):
    for hidden in ({"project": far_project.pk}, {"invoice": far_invoice.pk}):
        assert asking(**hidden).status_code == 422
    assert not Request.objects.exists()


def test_a_reader_may_not_ask(client, portal_reader):
    client.force_login(portal_reader)
    assert client.post(NEW, ASKED).status_code == 403
    assert NEW not in client.get("/portal/requests/").content.decode()


def test_a_blocked_client_is_out(asking, customer, admin):
    customer.block(by=admin)
    asking()
    assert not Request.objects.exists()


def test_a_colleague_writes_down_what_was_said(client, bd, customer, portal_owner):
    client.force_login(bd)
    url = reverse("requests:create", args=[customer.pk])
    contact = portal_owner.contact
    page = client.post(url, ASKED | {"contact": contact.pk}, follow=True)
    assert page.status_code == 200
    row = Request.objects.get()
    assert (row.origin, row.contact, row.owner) == ("staff", contact, bd)
    assert portal_owner.notifications.count() == 1


def test_the_form_starts_with_what_it_is_about(client, portal_owner, project):
    client.force_login(portal_owner)
    page = client.get(f"{NEW}?project={project.pk}&kind=question").content.decode()
    assert f'value="{project.pk}" selected' in page
    assert 'value="question" selected' in page
