"""Eight presses of *Ask for a quotation* at the same moment: one lead and one draft."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from leads.models import Lead
from sales.models import BasketLine, Quotation

CROWD = 8


@pytest.fixture
def press(live_server, portal_owner):
    """press(_): post the form as Petra, all at the same moment; where it leads to."""
    browser = Browser()
    browser.force_login(portal_owner, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    token = "a" * 32
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={token}"
    where, barrier = urlsplit(live_server.url).netloc, Barrier(CROWD)

    def send(_number):
        connection = HTTPConnection(where, timeout=60)
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": live_server.url,
        }
        body = urlencode({"csrfmiddlewaretoken": token, "note": "By May"})
        barrier.wait()
        connection.request("POST", reverse("portal:basket_ask"), body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.getheader("Location")

    return send


@pytest.mark.django_db(transaction=True)
def test_one_lead_and_one_draft_come_of_it(setup_rows, basket_line, press):
    with ThreadPoolExecutor(CROWD) as pool:
        answers = Counter(pool.map(press, range(CROWD)))
    assert answers == {(302, reverse("portal:quotations")): CROWD}
    assert (Lead.objects.count(), Quotation.objects.count()) == (1, 1)
    assert not BasketLine.objects.exists()
