"""Twelve people press *Book* for the same quarter of an hour at once: one meeting."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from leads.models import Meeting, MeetingSlot
from tests.cast.meetings import at_ten

CROWD = 12


@pytest.fixture
def press(live_server, bd):
    """press(data): post the booking form as Ben, all at the same moment."""
    browser = Browser()
    browser.force_login(bd, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    token = "a" * 32
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={token}"
    where, barrier = urlsplit(live_server.url).netloc, Barrier(CROWD)

    def send(data):
        connection = HTTPConnection(where, timeout=60)
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": live_server.url,
        }
        body = urlencode(data | {"csrfmiddlewaretoken": token})
        barrier.wait()
        connection.request("POST", reverse("meetings:book"), body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer.status, "is not free then any more" in page

    return send


@pytest.mark.django_db(transaction=True)
def test_one_of_twelve_gets_the_time_and_eleven_are_told(setup_rows, bd, hours, press):
    data = {"title": "Talk", "host": bd.pk, "starts": at_ten().isoformat()}
    with ThreadPoolExecutor(CROWD) as pool:
        answers = Counter(pool.map(press, [data] * CROWD))
    assert answers == {(302, False): 1, (409, True): CROWD - 1}
    assert (Meeting.objects.count(), MeetingSlot.objects.count()) == (1, 2)
