"""How a client stands, said to whoever quotes; above the limit it warns."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Firm
from sales.models import Payment, Quotation
from sales.standing import habit, standing_of
from tests.cast.sales import as_draft, sent_bill_of


@pytest.fixture
def draft(quotation, lead, customer):
    """A draft over €1,000 for the customer."""
    lead.client = customer
    lead.save(update_fields=["client"])
    return as_draft(quotation)


def paid_late(customer, days, by):
    """An invoice that was paid so many days after its day."""
    row = sent_bill_of(customer, days_ago=100)
    day = row.due_on + timedelta(days=days)
    Payment.pay(row, amount=row.total, reference="A 1", day=day, by=by)


def limit(customer, amount):
    customer.credit_limit = Decimal(amount)
    customer.save(update_fields=["credit_limit"])


def seen(client, user, url):
    client.force_login(user)
    return client.get(url).content.decode()


def edit(quotation):
    return reverse("sales:quotation_edit", args=[quotation.pk])


def test_overdue_is_measured_by_the_own_habit(client, bd, customer, draft):
    for days in (2, 4, 9):
        paid_late(customer, days, bd)
    sent_bill_of(customer, days_ago=12)
    text = seen(client, bd, edit(draft))
    assert "€1,200 is overdue, by 12 days. Usually pays 4 days late." in text
    assert "Later than usual." in text


def test_above_the_limit_it_warns_and_does_not_forbid(client, bd, customer, draft):
    sent_bill_of(customer)
    limit(customer, 2000)
    text = seen(client, bd, edit(draft))
    assert "With this €2,200 is open: €200 above the limit of €2,000." in text
    client.post(reverse("sales:quotation_send", args=[draft.pk]))
    assert Quotation.objects.get().state == "sent"


@pytest.mark.parametrize("page", ["sales:invoice", "sales:invoice_edit"])
def test_a_draft_above_the_limit_warns_before_it_is_sent(
    client, bd, customer, bill, page
):
    sent_bill_of(customer)
    limit(customer, 2000)
    warned = "With this €2,400 is open: €400 above the limit of €2,000."
    assert warned in seen(client, bd, reverse(page, args=[bill.pk]))
    bill.issue(0)
    text = seen(client, bd, bill.get_absolute_url())
    assert "With this" not in text
    assert "exceeded" in text


def test_where_the_firm_says_so_it_is_not_sent(client, bd, customer, draft):
    Firm.get()
    Firm.objects.update(hold_over_limit=True)
    limit(customer, "999.99")
    client.force_login(bd)
    url = reverse("sales:quotation_send", args=[draft.pk])
    page = client.post(url, follow=True)
    assert "€0.01 above the credit limit of Acorn Mills" in page.content.decode()
    assert Quotation.objects.get().state == "draft"
    limit(customer, 1000)
    client.post(url)
    assert Quotation.objects.get().state == "sent"


def test_another_currency_is_not_added(client, bd, customer, draft):
    sent_bill_of(customer, currency="USD", price=90_000)
    limit(customer, 2000)
    standing = standing_of(bd, customer)
    assert standing.open == (("USD", Decimal(108_000)),)
    assert standing.warning(draft.total, "EUR") == ""


def test_a_good_client_is_shown_without_a_warning(client, bd, customer, draft):
    paid_late(customer, 0, bd)
    page = reverse("sales:quotation", args=[draft.pk])
    text = seen(client, bd, page)
    assert "Usually pays on the day." in text
    assert 'data-tone="warning"' not in text


def test_a_lead_without_a_client_has_no_standing(client, bd, draft, lead):
    lead.client = None
    lead.save(update_fields=["client"])
    assert "How the client stands" not in seen(client, bd, edit(draft))


@pytest.mark.parametrize(
    ("pairs", "days"), [([], None), ([(1, 1)], 0), ([(5, 2), (5, 4), (1, 9)], -1)]
)
def test_the_habit_is_the_median_of_the_days_late(pairs, days):
    dates = [(date(2026, 1, due), date(2026, 1, paid)) for due, paid in pairs]
    assert habit(dates) == days


def test_the_clients_page_says_it_within_its_budget(
    client,
    bd,
    customer,
    lead,
    quotation,
    project,
    contact,
    django_assert_max_num_queries,
):
    limit(customer, 100)
    paid_late(customer, 3, bd)
    sent_bill_of(customer, days_ago=5)
    text = seen(client, bd, customer.get_absolute_url())
    assert "exceeded" in text
    assert "by 5 days" in text
    with django_assert_max_num_queries(15):
        client.get(customer.get_absolute_url())


@pytest.mark.parametrize("n", [1, 12])
def test_the_quotation_pages_cost_the_same(
    client, bd, customer, draft, n, django_assert_max_num_queries
):
    for _ in range(n):
        sent_bill_of(customer, days_ago=5)
    seen(client, bd, edit(draft))
    with django_assert_max_num_queries(13):
        client.get(edit(draft))
