"""The timeline of a row, for staff and for the client."""

import re

import pytest
from django.template.loader import render_to_string
from lucide.templatetags.lucide import lucide

from notifications.actions import record
from notifications.panels import ICONS, timeline

EVERY = [
    "interaction.call",
    "interaction.letter",
    "message.received",
    "meeting.booked",
    "interaction.note",
    "client.changed",
]


def test_staff_read_everything_newest_first(bd, customer):
    record("interaction.call", customer, by=bd, text="Call\nAbout prices")
    record("client.changed", customer, by=bd, text="Moved", client_visible=True)
    _template, context = timeline(bd, customer)
    assert [entry["text"] for entry in context["entries"]] == ["Moved", "Call"]
    call = context["entries"][1]
    assert (call["detail"], call["actor"], call["icon"]) == (
        "About prices",
        bd,
        "phone",
    )


def test_clients_read_what_is_meant_for_them(bd, portal_owner, customer):
    record("interaction.note", customer, by=bd, text="Hard bargainer")
    record("meeting.booked", customer, by=bd, text="Meeting", client_visible=True)
    _template, context = timeline(portal_owner, customer)
    assert [entry["text"] for entry in context["entries"]] == ["Meeting"]
    assert not context["internal_marks"]


def test_it_goes_on_where_it_stopped(rf, bd, customer):
    for number in range(5):
        record("interaction.note", customer, by=bd, text=str(number))
    _template, first = timeline(bd, customer, size=3)
    template, rest = timeline(bd, customer, first["next"], size=3)
    rest["request"] = rf.get("/")
    assert [entry["text"] for entry in rest["entries"]] == ["1", "0"]
    assert rest["next"] == ""
    assert "Show older" not in render_to_string(template, rest)


def said(customer, *kinds):
    for kind in kinds:
        record(kind, customer, by=None, text=kind)


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("calls", ["interaction.call"]),
        ("mails", ["interaction.letter"]),
        ("sms", ["message.received"]),
        ("meetings", ["meeting.booked"]),
        ("notes", ["interaction.note"]),
        ("changes", ["client.changed"]),
        ("nonsense", [*reversed(EVERY)]),
    ],
)
def test_it_is_narrowed_to_one_kind(bd, customer, kind, shown):
    said(customer, *EVERY)
    _template, context = timeline(bd, customer, kind=kind)
    assert [entry["text"] for entry in context["entries"]] == shown


def test_every_entry_says_who_sees_it(client, bd, customer):
    record("client.changed", customer, by=bd, text="Secret")
    record("client.changed", customer, by=bd, text="Open", client_visible=True)
    client.force_login(bd)
    page = client.get(customer.get_absolute_url()).content.decode()
    assert page.count(">internal<") == page.count(">client sees this<") == 1


@pytest.mark.parametrize("row", ["lead", "customer", "project"])
def test_the_records_are_narrowed_without_script(client, admin, row, request):
    row = request.getfixturevalue(row)
    said(row, "interaction.call", "interaction.note")
    client.force_login(admin)
    answer = client.get(f"{row.get_absolute_url()}?kind=calls")
    texts = [entry["text"] for entry in answer.context["timeline"]["entries"]]
    assert texts == ["interaction.call"]
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("row", ["lead", "customer", "project"])
def test_with_script_the_timeline_alone_is_fetched(client, admin, row, request):
    row = request.getfixturevalue(row)
    said(row, "interaction.call")
    client.force_login(admin)
    headers = {"hx-request": "true", "hx-target": "timeline"}
    answer = client.get(f"{row.get_absolute_url()}?kind=notes", headers=headers)
    assert "Nothing of this kind" in answer.content.decode()
    assert "<h1>" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_going_back_fetches_the_whole_page(client, bd, customer):
    client.force_login(bd)
    headers = {"hx-request": "true", "hx-history-restore-request": "true"}
    answer = client.get(f"{customer.get_absolute_url()}?kind=notes", headers=headers)
    assert "<h1>" in answer.content.decode()


def test_older_entries_stay_narrowed(client, bd, customer):
    said(customer, *["interaction.note", "client.changed"] * 21)
    client.force_login(bd)
    page = client.get(f"{customer.get_absolute_url()}?kind=notes").content.decode()
    link = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    answer = client.get(
        customer.get_absolute_url() + link, headers={"hx-request": "true"}
    )
    entries = answer.content.decode()
    assert ("interaction.note" in entries, "client.changed" in entries) == (True, False)


def test_every_icon_exists():
    assert all(lucide(icon) for icon, _tone in ICONS.values())
