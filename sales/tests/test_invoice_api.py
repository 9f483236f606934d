"""Invoices as another program sees them; a payment reported eight times is one."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from json import dumps
from threading import Barrier
from urllib.parse import urlsplit

import pytest

from accounts.models import ApiToken
from sales.models import Invoice, Payment, Purchase
from tests.cast.sales import bill_of, sent_bill_of

URL = "/api/v1/invoices/"
PAID = {"amount": "1200.00", "reference": "Bank 4711"}
CROWD = 8


@pytest.fixture
def secret(bd):
    return ApiToken.make(bd, name="test", scope="write")[1]


@pytest.fixture
def call(client, secret):
    def send(method, path, data=None, **headers):
        headers = {"authorization": f"Token {secret}", **headers}
        verb = getattr(client, method)
        return verb(path, data, content_type="application/json", headers=headers)

    return send


def test_it_shows_lines_payments_and_what_is_owed(call, invoice, far_invoice):
    call("post", f"{URL}{invoice.pk}/pay/", PAID | {"amount": "200"})
    [row] = call("get", URL).json()["results"]
    assert (row["number"], row["owed"]) == (invoice.number, "1000.00")
    assert row["lines"][0]["amount"] == "1000.00"
    assert row["payments"][0]["reference"] == "Bank 4711"


@pytest.mark.parametrize("n", [2, 20])
def test_the_list_costs_the_same(call, customer, n, django_assert_max_num_queries):
    for _ in range(n):
        sent_bill_of(customer)
    call("get", URL)
    with django_assert_max_num_queries(6):
        call("get", URL)


def test_a_quotation_is_billed_and_sent(call, quotation, lead, customer):
    lead.client = customer
    lead.save(update_fields=["client"])
    quotation.accept(name="Carla")
    made = call("post", URL, {"quotation": quotation.pk})
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    sent = call("post", f"{URL}{made.json()['id']}/send/").json()
    assert (sent["state"], sent["number"][-5:]) == ("sent", "00001")
    again = call("post", URL, {"quotation": quotation.pk})
    assert again.status_code == 409


def test_a_foreign_quotation_does_not_exist(call, far_quotation):
    assert call("post", URL, {"quotation": far_quotation.pk}).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-1"},
        {"amount": "1.005"},
        {"amount": "NaN"},
        {"currency": "USD"},
        {"day": "2999-01-01"},
        {"day": "2020-01-01"},
        {"kind": "gift"},
        {"reference": " "},
    ],
)
def test_what_is_no_payment_is_refused(call, invoice, wrong):
    answer = call("post", f"{URL}{invoice.pk}/pay/", PAID | wrong)
    assert answer.status_code == 400
    assert not Payment.objects.exists()


def test_a_refund_and_a_failed_try(call, invoice):
    pay = f"{URL}{invoice.pk}/pay/"
    call("post", pay, PAID)
    call("post", pay, PAID | {"kind": "failed"})
    row = call("post", pay, PAID | {"kind": "refund", "amount": "200"}).json()
    assert (row["state"], row["paid"]) == ("part_paid", "1000.00")


def test_the_same_key_is_answered_alike(call, invoice):
    pay = f"{URL}{invoice.pk}/pay/"
    answers = [call("post", pay, PAID, **{"idempotency-key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert Payment.objects.count() == 1


def test_what_is_taken_back_says_why(call, invoice, customer):
    row = call("post", f"{URL}{invoice.pk}/void/", {"reason": "Twice"}).json()
    assert (row["state"], row["reason"], row["owed"]) == ("void", "Twice", "0.00")
    other = sent_bill_of(customer)
    row = call("post", f"{URL}{other.pk}/credit/", {"reason": "Back"}).json()
    assert row["state"] == "credited"
    assert call("post", f"{URL}{other.pk}/void/", {}).status_code == 400


@pytest.fixture
def at_once(live_server, secret):
    """at_once(paths, data): post them all at the same moment, each on its own line."""
    where, barrier = urlsplit(live_server.url).netloc, Barrier(CROWD)
    headers = {"Authorization": f"Token {secret}", "Content-Type": "application/json"}

    def post(path, data):
        connection = HTTPConnection(where, timeout=60)
        barrier.wait()
        connection.request("POST", path, dumps(data), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def crowd(paths, data):
        with ThreadPoolExecutor(CROWD) as pool:
            return list(pool.map(post, paths, [data] * CROWD))

    return crowd


@pytest.mark.django_db(transaction=True)
def test_of_eight_reports_at_once_one_is_written_down(setup_rows, invoice, at_once):
    answers = at_once([f"{URL}{invoice.pk}/pay/"] * CROWD, PAID)
    told = Counter((code, "was written down already" in text) for code, text in answers)
    assert told == {(200, False): 1, (409, True): CROWD - 1}
    assert (Payment.objects.count(), Purchase.objects.get().cents) == (1, 120_000)
    assert Invoice.objects.get().paid == 1200


@pytest.mark.django_db(transaction=True)
def test_eight_sent_at_once_have_numbers_without_a_gap(setup_rows, customer, at_once):
    bills = [bill_of(customer).pk for _ in range(CROWD)]
    answers = at_once([f"{URL}{pk}/send/" for pk in bills], {})
    assert {code for code, _text in answers} == {200}
    numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
    assert [int(number[-5:]) for number in numbers] == [*range(1, CROWD + 1)]
