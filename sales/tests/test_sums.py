"""How a quotation or invoice is rounded and added up."""

from decimal import Decimal as D

import pytest

from sales.sums import amount_of, rounded, sum_up


@pytest.mark.parametrize(
    ("given", "currency", "expected"),
    [
        ("0.005", "EUR", "0.01"),
        ("0.015", "EUR", "0.02"),
        ("-0.005", "EUR", "-0.01"),
        ("0.0049", "EUR", "0.00"),
        ("0.5", "JPY", "1"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_halves_go_away_from_zero_in_the_currencys_smallest_unit(
    given, currency, expected
):
    assert rounded(D(given), currency) == D(expected)


def test_each_line_is_rounded_before_they_are_added():
    line = amount_of(D("3"), D("0.335"), D("0"), "EUR")
    assert line == D("1.01")
    assert sum_up([(D(0), line)] * 3, discount=D(0), currency="EUR").total == D("3.03")


def test_tax_is_taken_from_the_sum_of_each_rate_not_from_each_line():
    lines = [(D(19), D("0.03"))] * 10 + [(D(7), D("1.00"))]
    sums = sum_up(lines, discount=D(0), currency="EUR")
    assert [(r.rate, r.net, r.tax) for r in sums.rates] == [
        (D(7), D("1.00"), D("0.07")),
        (D(19), D("0.30"), D("0.06")),
    ]
    assert sums.total == D("1.43")


def test_a_discount_on_the_whole_is_rounded_per_rate_and_printed_figures_add_up():
    lines = [(D(19), D("10.01")), (D(7), D("3.33"))]
    sums = sum_up(lines, discount=D("12.5"), currency="EUR")
    assert sums.lines + sums.discount == sums.net == D("8.76") + D("2.91")
    assert sums.net + sums.tax == sums.total


def test_a_credit_is_exactly_minus_its_invoice():
    lines = [(D(19), D("10.05")), (D("5.5"), D("3.35"))]
    there = sum_up(lines, discount=D("3.3"), currency="EUR")
    back = sum_up([(r, -a) for r, a in lines], discount=D("3.3"), currency="EUR")
    assert back.total == -there.total


def test_nothing_is_nothing():
    sums = sum_up([], discount=D(10), currency="EUR")
    assert (sums.total, sums.tax, sums.discount) == (0, 0, 0)
