"""Setting up the second factor, and signing in with it, as people do it."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def code_of(secret):
    """What the phone shows now; used or not, since a test does not wait for the next."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(page, user):
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "pw")
    page.press("[name=password]", "Enter")


def set_up(page, user):
    """Switch the authenticator app on; returns its secret and the recovery codes."""
    sign_in(page, user)
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Set up").click()
    page.fill("[name=password]", "pw")  # "is it still you?"
    page.press("[name=password]", "Enter")
    secret = page.locator("#authenticator_secret").inner_text().strip()
    page.fill("[name=code]", code_of(secret))
    page.get_by_role("button", name="Switch it on").click()
    codes = page.locator("#recovery_codes code")
    codes.first.wait_for()
    return secret, codes.all_inner_texts()


def sign_out(page):
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")


@pytest.mark.parametrize("who", ["bd", "portal_owner"])
def test_the_phone_is_asked_from_then_on(open_page, request, who):
    user, page = request.getfixturevalue(who), open_page()
    secret, _codes = set_up(page, user)
    sign_out(page)
    sign_in(page, user)
    page.fill("[name=code]", "000000")
    page.press("[name=code]", "Enter")
    page.get_by_text("Incorrect code").first.wait_for()
    page.fill("[name=code]", code_of(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert page.locator("h1").count() == 1


def test_a_recovery_code_opens_the_door_when_the_phone_is_lost(open_page, bd):
    page = open_page()
    _secret, codes = set_up(page, bd)
    assert len(set(codes)) == 10
    sign_out(page)
    sign_in(page, bd)
    page.fill("[name=code]", codes[0])
    page.press("[name=code]", "Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/accounts/2fa/")
    page.get_by_text("9 codes are left").wait_for()
