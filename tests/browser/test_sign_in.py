"""Signing in, as people do it."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_stranger_is_led_to_the_sign_in_page(open_page):
    page = open_page()
    page.goto("/")
    assert page.locator("[name=login]").is_visible()


def test_a_wrong_password_says_so_and_keeps_the_name(open_page, bd):
    page = open_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", bd.username)
    page.fill("[name=password]", "wrong")
    page.press("[name=password]", "Enter")
    page.get_by_text("not correct").first.wait_for()
    assert page.input_value("[name=login]") == bd.username


def test_a_seller_signs_in_by_keyboard_alone(open_page, bd):
    page = open_page()
    page.goto("/accounts/login/")
    page.focus("[name=login]")
    page.keyboard.type(bd.email)
    page.keyboard.press("Tab")
    page.keyboard.type("pw")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    assert page.locator("h1").count() == 1


def test_a_client_comes_home_to_the_customer_area(open_page, portal_owner):
    page = open_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", portal_owner.username)
    page.fill("[name=password]", "pw")
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/portal/" in url)
