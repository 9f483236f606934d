"""The list of invoices, and of those that are overdue."""

import pytest

from tests.cast.sales import bill_of, sent_bill_of

URL, OVERDUE = "/sales/invoices/", "/sales/overdue/"


def shown(client, user, url=URL, **query):
    client.force_login(user)
    page = client.get(url, query)
    return page.content.decode(), [row.number for row in page.context["invoices"]]


def test_a_seller_sees_the_own_ones(client, bd, invoice, far_invoice):
    assert shown(client, bd)[1] == [invoice.number]


def test_it_is_narrowed_by_state_and_words(client, admin, invoice, far_invoice, bill):
    assert shown(client, admin, state="draft")[1] == [""]
    assert shown(client, admin, q="fern")[1] == [far_invoice.number]
    assert shown(client, admin, state="open", q=invoice.number)[1] == [invoice.number]
    assert len(shown(client, admin, state="nonsense", q="\x00")[1]) == 3
    assert shown(client, admin, state="credit")[1] == []
    assert shown(client, admin, state="back")[1] == []


def test_the_open_sum_never_adds_two_currencies(client, bd, customer, invoice):
    sent_bill_of(customer, currency="USD", days_ago=3)
    text, _rows = shown(client, bd)
    assert "€1,200, $1,200 open" in text
    assert "$1,200 of it overdue" in text


def test_overdue_ones_come_oldest_first(client, bd, customer, invoice):
    late, later = (sent_bill_of(customer, days_ago=n) for n in (3, 40))
    text, rows = shown(client, bd, OVERDUE)
    assert rows == [later.number, late.number]
    assert "2 invoices are overdue: €2,400." in text
    assert "40 days late" in text


@pytest.mark.parametrize("url", [URL, OVERDUE])
@pytest.mark.parametrize("n", [2, 20])
def test_it_costs_the_same_for_two_and_for_twenty(
    client, manager, customer, url, n, django_assert_max_num_queries
):
    for _ in range(n):
        sent_bill_of(customer, days_ago=2)
    bill_of(customer)
    client.force_login(manager)
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)
