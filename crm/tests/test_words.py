"""What filters make of raw text."""

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from accounts.models import Client, Contact, User


def test_an_address_breaks_before_its_at_sign_and_stays_escaped():
    template = Template("{{ address|mail }}")
    html = template.render(Context({"address": "<ana>@firm.example"}))
    assert html == "&lt;ana&gt;<wbr>@firm.example"


@pytest.mark.parametrize(
    ("who", "hello"),
    [
        (User(first_name="Hanna", last_name="Brandão"), "Hello Hanna,"),
        (Contact(name="Hanna Brandão"), "Hello Hanna,"),
        (Contact(name="Brandão,  Hanna"), "Hello Hanna,"),
        (Contact(name="Dr. Hanna Brandão"), "Hello Dr. Hanna Brandão,"),
        (Contact(name="Ms Brandão"), "Hello Ms Brandão,"),
        (Client(name="Acorn Mills", kind="firm"), "Hello Acorn Mills,"),
        (Client(name="Hanna Brandão", kind="person"), "Hello Hanna,"),
        ("Hanna Brandão", "Hello Hanna,"),
        ("", "Hello,"),
        (None, "Hello,"),
    ],
)
def test_mails_greet_everybody_by_first_name(who, hello):
    assert render_to_string("messages/_hello.txt", {"reader": who}).strip() == hello


def test_every_mail_greets_in_the_same_way():
    texts = (settings.BASE_DIR / "templates/messages").glob("*.email.txt")
    assert all("messages/_hello.txt" in text.read_text() for text in texts)
