"""A quotation is made for a lead, filled with lines, and summed up."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Firm
from sales.models import Quotation


@pytest.fixture
def url(unsent):
    return reverse("sales:quotation_edit", args=[unsent.pk])


def lines(*rows, initial=0, **terms):
    data = {"currency": "EUR", "note": "", **terms}
    data |= {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": initial}
    for n, row in enumerate(rows):
        data |= {f"form-{n}-{key}": value for key, value in row.items()}
    return data


DESIGN = {"text": "Design", "quantity": "2", "price": "100", "discount": "10"}


def tax(percent):
    Firm.get()
    Firm.objects.update(tax_rate=percent)


def test_one_press_begins_a_draft_valid_for_a_month(client, bd, lead):
    client.force_login(bd)
    response = client.post(reverse("sales:quote", args=[lead.pk]))
    unsent = Quotation.objects.get()
    assert response.url == reverse("sales:quotation_edit", args=[unsent.pk])
    assert (unsent.lead, unsent.state) == (lead, "draft")
    assert unsent.valid_until == timezone.localdate() + timedelta(days=30)


def test_a_line_bears_the_firms_tax_unless_another_is_chosen(
    client, bd, unsent, url, tax_rate
):
    tax(19)
    client.force_login(bd)
    client.post(url, lines(DESIGN, DESIGN | {"tax_rate": "7.00"}))
    assert [line.tax_rate for line in unsent.lines.all()] == [19, 7]
    unsent.refresh_from_db()
    assert unsent.total == Decimal("406.80")


def test_a_rate_that_nobody_set_up_is_refused(client, bd, url):
    client.force_login(bd)
    wrong = DESIGN | {"tax_rate": "3.00"}
    assert client.post(url, lines(wrong)).status_code == 422


def test_a_discount_on_the_whole_comes_off_every_rate(client, bd, unsent, url):
    tax(20)
    client.force_login(bd)
    client.post(url, lines(DESIGN, discount="50"))
    unsent.refresh_from_db()
    assert unsent.total == Decimal("108.00")


def test_a_price_in_another_currency_is_not_taken(client, bd, url, product):
    client.force_login(bd)
    wrong = lines({"code": product.code, "quantity": "1"}, currency="USD")
    response = client.post(url, wrong)
    assert response.status_code == 422
    assert "Site costs €900: give a price in USD" in response.content.decode()


def test_two_quotations_have_two_numbers(client, bd, lead):
    client.force_login(bd)
    for _n in range(2):
        client.post(reverse("sales:quote", args=[lead.pk]))
    assert Quotation.objects.values("number").distinct().count() == 2


def test_lines_are_summed_up_with_discount_and_tax(client, bd, unsent, url):
    tax(19)
    client.force_login(bd)
    client.post(url, lines(DESIGN))
    unsent.refresh_from_db()
    assert unsent.total == Decimal("214.20")
    assert "€214.2" in client.get(unsent.get_absolute_url()).content.decode()


def test_a_products_code_fills_in_name_and_price(client, bd, unsent, url, product):
    client.force_login(bd)
    client.post(url, lines({"code": product.code, "quantity": "1"}))
    line = unsent.lines.get()
    assert (line.product, line.text, line.price) == (product, "Site", 900)


def test_a_line_is_struck_out_and_empty_ones_are_left_out(client, bd, unsent, url):
    client.force_login(bd)
    gone = DESIGN | {"DELETE": "on"}
    client.post(url, lines(gone, {"quantity": "1"}, DESIGN, initial=1))
    assert [line.text for line in unsent.lines.all()] == ["Design"]


def test_more_lines_without_script(client, bd, url):
    client.force_login(bd)
    response = client.post(url, lines(DESIGN) | {"more": "1"})
    assert response.url == url
    assert len(client.get(url).context["lines"].forms) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": "-5"},
        {"price": ""},
        {"price": "1e400"},
        {"quantity": "0"},
        {"quantity": "-1"},
        {"discount": "101"},
        {"text": ""},
        {"code": "no-such-code"},
    ],
)
def test_a_wrong_line_is_shown_again(client, bd, unsent, url, wrong):
    client.force_login(bd)
    assert client.post(url, lines(DESIGN | wrong)).status_code == 422
    assert unsent.lines.get().price == 500


@pytest.mark.parametrize(
    "wrong",
    [
        {"discount": "101"},
        {"currency": "??"},
        {"valid_until": "soon"},
        {"valid_until": "2020-01-01"},
    ],
)
def test_wrong_terms_are_shown_again(client, bd, url, wrong):
    client.force_login(bd)
    assert client.post(url, lines(DESIGN, **wrong)).status_code == 422


@pytest.mark.parametrize("page", ["quotation", "invoice"])
def test_one_summary_on_top_names_what_is_wrong_in_lines_and_terms(
    client, bd, unsent, bill, page
):
    client.force_login(bd)
    draft = {"quotation": unsent, "invoice": bill}[page]
    url = reverse(f"sales:{page}_edit", args=[draft.pk])
    first, second = {"price": "", "discount": "101"}, {"text": "", "quantity": "0"}
    struck = DESIGN | {"price": "", "DELETE": "on"}
    rows = (DESIGN | row for row in (first, second, struck))
    wrong = lines(*rows, initial=3, currency="??")
    text = client.post(url, wrong).content.decode()
    assert text.count('class="form-errors"') == 1
    summary, rest = text.split('class="form-errors"')[1].split("</ul>", 1)
    assert "This needs 5 changes before it can be saved" in summary
    assert '<a href="#id_form-0-price">Price each in line 1</a>: Give a ' in summary
    assert '<a href="#id_currency">Currency</a>: Write the currency' in summary
    assert 'id="id_form-0-price"' in rest
    assert ">Lines<" in rest


def test_a_total_too_large_to_write_is_refused(client, bd, url):
    client.force_login(bd)
    huge = DESIGN | {"quantity": "99999999", "price": "9999999999"}
    answer = client.post(url, lines(huge))
    assert answer.status_code == 422
    assert "The total is too large to be written." in answer.content.decode()


def test_lines_without_their_count_are_refused(client, bd, url):
    client.force_login(bd)
    assert client.post(url, {"currency": "EUR"}).status_code == 422


def test_what_was_sent_is_not_edited(client, bd, quotation):
    client.force_login(bd)
    url = reverse("sales:quotation_edit", args=[quotation.pk])
    assert client.post(url, lines(DESIGN)).url == quotation.get_absolute_url()
    quotation.refresh_from_db()
    assert quotation.total == 1000


def test_a_draft_is_thrown_away_but_nothing_else(client, bd, unsent, lead):
    client.force_login(bd)
    url = reverse("sales:quotation_discard", args=[unsent.pk])
    assert client.post(url).url == lead.get_absolute_url()
    assert not Quotation.objects.exists()
