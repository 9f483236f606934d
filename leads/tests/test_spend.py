"""Spend per medium and month: entered, corrected, removed, imported."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.importing.headers import Unreadable
from accounts.models import Medium
from accounts.tests.importing import do_import, outcomes, reasons
from leads.models import Spend
from leads.spend_importing import SpendImporter

URL = reverse("leads:spend")
ENTER = reverse("leads:spend_enter")


@pytest.fixture
def filled(medium):
    return {
        "medium": medium.pk,
        "month": "2026-02",
        "amount": "120.50",
        "currency": "eur",
    }


def test_a_manager_enters_what_a_medium_cost(client, manager, medium, filled):
    client.force_login(manager)
    assert client.post(ENTER, filled).status_code == 302
    row = Spend.objects.get()
    assert (row.medium, row.month, row.currency) == (medium, date(2026, 2, 1), "EUR")
    assert (row.amount, row.department) == (Decimal("120.50"), manager.department)
    assert row.history.count() == 1


def test_entered_again_it_asks_and_keeps_what_was_typed(client, manager, filled):
    client.force_login(manager)
    client.post(ENTER, filled)
    page = client.post(ENTER, filled | {"amount": "99"})
    assert page.status_code == 422
    assert "€120.50 are entered for" in page.content.decode()
    assert 'value="99"' in page.content.decode()
    assert Spend.objects.get().amount == Decimal("120.50")


@pytest.mark.parametrize(
    ("how", "now", "shown"),
    [("replace", "99", "now €99"), ("add", "219.50", "now €219.50")],
)
def test_the_answer_replaces_the_amount_or_adds_to_it(
    client, manager, filled, how, now, shown
):
    client.force_login(manager)
    client.post(ENTER, filled)
    given = filled | {"amount": "99", "how": how}
    page = client.post(ENTER, given, follow=True)
    assert Spend.objects.get().amount == Decimal(now)
    assert shown in page.content.decode()


def test_more_than_can_be_noted_is_refused(client, manager, filled):
    client.force_login(manager)
    most = filled | {"amount": "999999999999"}
    client.post(ENTER, most)
    page = client.post(ENTER, most | {"how": "add"}, follow=True)
    assert "too much to be noted" in page.content.decode()
    assert Spend.objects.get().amount == 999999999999


def test_an_admin_enters_it_for_the_firm_or_a_department(client, admin, south, filled):
    client.force_login(admin)
    client.post(ENTER, filled)
    client.post(ENTER, filled)
    client.post(ENTER, filled | {"department": south.pk})
    assert set(Spend.objects.values_list("department", flat=True)) == {None, south.pk}
    assert Spend.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": "-1"}, "greater than or equal to 0"),
        ({"month": "2026-13"}, "Write the month as 2026-11."),
        ({"month": "soon"}, "Write the month as 2026-11."),
        ({"currency": "€"}, "three letters"),
        ({"medium": "0"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused(client, manager, filled, wrong, said):
    client.force_login(manager)
    page = client.post(ENTER, filled | wrong)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Spend.objects.exists()


def test_a_manager_without_a_department_is_told_whom_to_ask(client, manager, filled):
    manager.department = None
    manager.save()
    client.force_login(manager)
    page = client.post(ENTER, filled)
    assert page.status_code == 422
    assert "an admin has to enter it" in page.content.decode()
    assert client.get(URL).context["page"].count == 0


def test_an_amount_is_corrected_and_taken_out(client, manager, spend):
    client.force_login(manager)
    client.post(reverse("leads:spend_edit", args=[spend.pk]), {"amount": "7"})
    spend.refresh_from_db()
    assert spend.amount == 7
    client.post(reverse("leads:spend_remove", args=[spend.pk]))
    assert not Spend.objects.exists()
    assert Spend.history.count() == 3


def test_the_list_shows_own_spend_and_narrows(client, manager, spend, far_spend):
    client.force_login(manager)
    assert list(client.get(URL).context["page"].rows) == [spend]
    assert not client.get(URL, {"last": "2020-01"}).context["page"].rows
    assert client.get(URL, {"last": "x", "medium": "y"}).context["page"].count == 1


def test_twenty_rows_cost_as_many_queries_as_one(
    client, admin, spend, medium, django_assert_max_num_queries
):
    client.force_login(admin)
    client.get(URL)
    for month in range(1, 13):
        Spend.enter(5, medium=medium, month=date(2020, month, 1), currency="EUR")
    with django_assert_max_num_queries(10):
        client.get(URL)


@pytest.fixture
def bring(tmp_path, setup_rows):
    def call(text, **job):
        return do_import(SpendImporter, tmp_path, text, **job)

    return call


def test_spend_comes_in_from_a_file(bring, manager):
    text = (
        "medium,month,amount,currency\nreferrals,2026-01,10,EUR\nFax,2026-02-28,5,usd\n"
    )
    assert outcomes(bring(text, by=manager)) == ["created", "created"]
    rows = Spend.objects.order_by("month")
    assert [row.month for row in rows] == [date(2026, 1, 1), date(2026, 2, 1)]
    assert {row.department for row in rows} == {manager.department}
    assert outcomes(bring(text, by=manager)) == ["duplicate", "duplicate"]
    again = bring(text.replace(",10,", ",11,"), by=manager)
    assert outcomes(again) == ["updated", "duplicate"]
    assert Spend.objects.get(month=date(2026, 1, 1)).amount == 11


def test_an_admins_file_names_departments(bring, admin, manager, south):
    text = "medium,month,amount,department\nFax,2026-01,1,south\nFax,2026-01,2,\n"
    assert outcomes(bring(text, by=admin)) == ["created", "created"]
    assert set(Spend.objects.values_list("department", flat=True)) == {south.pk, None}
    assert reasons(bring(text.replace("south", "east"), by=admin))[0]
    assert "twice" in reasons(bring(text, by=manager))[1]


def test_an_exported_list_comes_back_unchanged(client, bring, admin, spend, far_spend):
    client.force_login(admin)
    file = b"".join(client.post(URL, {"export": "csv"}).streaming_content)
    job = bring(file.decode("utf-8-sig"), by=admin)
    assert outcomes(job) == ["duplicate", "duplicate"]


def test_a_medium_that_is_new_is_made_with_its_spend(bring):
    bring("medium,month,amount\nBillboards,2026-01,10\n")
    assert Spend.objects.get().medium == Medium.objects.get(name="Billboards")


def test_records_that_cannot_be_taken_say_why(bring, admin):
    job = bring(
        "medium,month,amount\nFax,2026-01,1\nFax,2026-01-15,2\nFax,,3\nFax,2026-02,-4\n"
        "Fax,2026-03,much\nFax,2026-02,4,5\n",
        by=admin,
    )
    assert outcomes(job) == ["created", *["rejected"] * 5]
    assert "twice" in reasons(job)[1]
    assert reasons(job)[2] == "no month"
    assert Spend.objects.get().amount == 1


def test_a_business_developer_imports_none(bring, bd):
    with pytest.raises(Unreadable, match="managers and admins"):
        bring("medium,month,amount\nFax,2026-01,1\n", by=bd)
    assert not Spend.objects.exists()
