"""A forgotten password: a mail through the outbox, a link that works once."""

import re

from django.urls import reverse

from notifications.models import Message

CHOICE = {"password1": "four-words-Together", "password2": "four-words-Together"}


def test_the_mailed_link_sets_a_new_password(client, bd):
    client.post(reverse("account_reset_password"), {"email": bd.email.upper()})
    mail = Message.objects.get()
    assert (mail.address, mail.subject) == (bd.email, "Choose a new password")
    link = re.search(r"http://[^/]+(/accounts/\S+)", mail.body)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], CHOICE)
    bd.refresh_from_db()
    assert bd.check_password(CHOICE["password1"])


def test_a_stranger_gets_the_same_answer_and_no_mail(client, db):
    data = {"email": "nobody@else.example"}
    answer = client.post(reverse("account_reset_password"), data)
    assert answer.url == reverse("account_reset_password_done")
    assert not Message.objects.exists()


def test_a_link_used_before_says_so(client, db):
    link = reverse("account_reset_password_from_key", args=["1", "abc-def"])
    assert "no longer works" in client.get(link).content.decode()
