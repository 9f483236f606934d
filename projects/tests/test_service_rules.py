"""Rules notice what a client should not have to tell: once, and not to the client."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Department
from notifications.models import Notification
from projects.models import Request, ServiceRule
from projects.service import causes, open_due
from projects.tasks import open_due as task
from projects.threads import Thread, say
from sales.models import Payment

pytestmark = pytest.mark.django_db
RULES = "/settings/service/"


@pytest.fixture
def late(milestone):
    milestone.planned_on = timezone.localdate() - timedelta(days=6)
    milestone.save(update_fields=["planned_on"])
    return milestone


@pytest.fixture
def rule_for():
    def make(cause, days=3, **fields):
        values = {"subject": "We noticed", "is_on": True, **fields}
        return ServiceRule.objects.create(cause=cause, days=days, **values)

    return make


@pytest.fixture
def failed(invoice):
    row = Payment.objects.create(
        invoice=invoice,
        kind="failed",
        amount=10,
        day=timezone.localdate(),
        reference="x",
    )
    Payment.objects.update(created=timezone.now() - timedelta(days=2))
    return row


@pytest.fixture
def silent(customer, project):
    customer.created = timezone.now() - timedelta(days=90)
    customer.save(update_fields=["created"])
    return customer


def test_a_late_milestone_opens_one_request(late, rule_for, bd, dev, portal_owner):
    rule_for("late")
    task()
    row = Request.objects.get()
    assert row.why == "The milestone Kick-off of Mill website is 6 days late."
    assert (row.owner, row.project, row.origin) == (bd, late.project, "rule")
    told = Notification.objects.filter(event__kind="request.opened")
    assert {bell.recipient for bell in told} == {bd, dev}
    task()
    assert Request.objects.count() == 1


def test_the_client_sees_it_when_a_colleague_answers(late, rule_for, client, portal_owner, bd):  # fmt: skip
    rule_for("late")
    open_due()
    row = Request.objects.get()
    url = reverse("portal:request", args=[row.pk])
    client.force_login(portal_owner)
    assert client.get(url).status_code == 404
    assert b"We noticed" not in client.get("/portal/messages/").content
    row.note("Ask Dora first.", by=bd)
    row.answer("We need another week.", by=bd)
    page = client.get(url).content.decode()
    assert "We need another week." in page
    assert "6 days late" not in page
    assert b"another week" in client.get("/portal/messages/").content


def test_what_is_solved_in_silence_stays_ours(late, rule_for, client, portal_owner, bd):
    rule_for("late")
    open_due()
    Request.objects.get().solve(by=bd)
    assert not portal_owner.notifications.exists()
    client.force_login(portal_owner)
    assert b"We noticed" not in client.get("/portal/messages/").content


def test_a_milestone_planned_anew_and_late_again_is_another_cause(late, rule_for):
    rule_for("late")
    open_due()
    late.planned_on = timezone.localdate() - timedelta(days=4)
    late.save(update_fields=["planned_on"])
    assert open_due() == 1


def test_a_failed_payment_opens_one(failed, rule_for):
    rule_for("payment", days=1)
    assert open_due() == 1
    row = Request.objects.get()
    assert (row.kind, row.invoice) == ("invoice", failed.invoice)
    assert "failed on" in row.why


def test_an_old_failure_is_no_news(failed, rule_for):
    Payment.objects.update(created=timezone.now() - timedelta(days=60))
    rule_for("payment", days=1)
    assert open_due() == 0


def test_a_client_whom_nobody_speaks_with(silent, rule_for):
    rule_for("silence", days=30)
    assert open_due() == 1
    assert Request.objects.get().why.startswith("Nobody has spoken with Acorn Mills")


def test_any_word_breaks_the_silence(silent, rule_for, bd):
    rule_for("silence", days=30)
    say(Thread(silent), "How are you?", by=bd)
    assert open_due() == 0


def test_a_client_with_nothing_running_is_left_in_peace(silent, project, rule_for, bd):
    rule_for("silence", days=30)
    project.milestones.get().finish(by=bd)
    project.enter("done", by=bd)
    assert open_due() == 0


@pytest.mark.parametrize("verb", ["block", "trash"])
def test_blocked_and_trashed_clients_are_left_out(late, rule_for, customer, admin, verb):  # fmt: skip
    rule_for("late")
    getattr(customer, verb)(by=admin)
    assert open_due() == 0


def test_a_rule_that_is_off_opens_nothing(late, rule_for):
    rule = rule_for("late", is_on=False)
    assert len(causes(rule, 5)) == 1
    assert open_due() == 0


def test_a_rule_keeps_to_its_departments_clients(late, rule_for, south):
    rule_for("late", scope=south)
    assert open_due() == 0


def test_a_department_without_people_does_not_lose_it(late, rule_for, bd, client, admin):  # fmt: skip
    empty = Department.objects.create(name="Empty")
    rule = rule_for("late", team=empty)
    client.force_login(admin)
    page = client.get(rule.get_absolute_url()).content.decode()
    assert "Nobody active works in Empty" in page
    open_due()
    row = Request.objects.get()
    assert (row.department, row.owner, row.holders()) == (empty, None, [bd])


def test_the_database_takes_one_request_per_cause(late, rule_for):
    rule_for("late")
    open_due()
    row = Request.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_open_one(setup_rows, late, rule_for):
    rule_for("late")
    barrier = Barrier(2)

    def run(_n):
        barrier.wait()
        opened = open_due()
        connection.close()
        return opened

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(run, range(2))) == 1
    assert Request.objects.count() == 1


def test_an_empty_page_proposes_rules_that_are_off(client, admin):
    client.force_login(admin)
    page = client.get(RULES).content.decode()
    assert f"{RULES}new/?cause=late" in page
    page = client.get(f"{RULES}new/?cause=late").content.decode()
    assert 'value="Your project takes longer than planned"' in page
    assert "checked" not in page
    assert client.get(f"{RULES}new/?cause=nonsense").status_code == 200


def test_the_page_shows_what_a_rule_would_open(client, admin, late, service_rule):
    client.force_login(admin)
    page = client.get(service_rule.get_absolute_url()).content.decode()
    assert "The milestone Kick-off of Mill website is 6 days late." in page
    assert not Request.objects.exists()


def test_a_manager_looks_after_their_own_clients(client, manager, north, south):
    client.force_login(manager)
    data = {"cause": "silence", "days": "30", "subject": "Hello", "scope": south.pk}
    client.post(f"{RULES}new/", data)
    assert ServiceRule.objects.get().scope == north
    answer = client.post(f"{RULES}new/", data | {"team": south.pk})
    assert answer.status_code == 422


def test_a_manager_reads_the_rules_for_everybodys_clients(
    client, manager, service_rule, firm_rule, far_service_rule
):
    client.force_login(manager)
    page = client.get(RULES).content.decode()
    assert "No rule yet" not in page
    assert page.count("for everybody's clients, set by an admin") == 1
    assert service_rule.get_absolute_url() in page
    assert firm_rule.get_absolute_url() not in page
    assert far_service_rule not in client.get(RULES).context["rules"]
    assert client.get(firm_rule.get_absolute_url()).status_code == 403


def test_without_own_rules_the_managers_page_is_not_empty(client, manager, firm_rule):
    client.force_login(manager)
    assert "No rule yet" not in client.get(RULES).content.decode()
    ServiceRule.objects.update(is_on=False)
    assert "No rule yet" in client.get(RULES).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"days": "0"}, {"days": "366"}, {"days": "x"}, {"cause": "rain"}, {"subject": " "}],
)  # fmt: skip
def test_what_is_no_rule_is_said(client, admin, wrong):
    client.force_login(admin)
    data = {"cause": "late", "days": "3", "subject": "Late", **wrong}
    assert client.post(f"{RULES}new/", data).status_code == 422
    assert not ServiceRule.objects.exists()


def test_what_a_removed_rule_opened_stays(client, admin, late, service_rule):
    open_due()
    client.force_login(admin)
    client.post(reverse("service:remove", args=[service_rule.pk]))
    assert Request.objects.get().rule is None
