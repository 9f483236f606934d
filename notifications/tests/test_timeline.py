"""The timeline of a row, for staff and for the client."""

from django.template.loader import render_to_string
from lucide.templatetags.lucide import lucide

from notifications.actions import record
from notifications.panels import ICONS, timeline


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


def test_it_goes_on_where_it_stopped(bd, customer):
    for number in range(5):
        record("interaction.note", customer, by=bd, text=str(number))
    _template, first = timeline(bd, customer, size=3)
    template, rest = timeline(bd, customer, first["next"], size=3)
    assert [entry["text"] for entry in rest["entries"]] == ["1", "0"]
    assert rest["next"] == ""
    assert "Show older" not in render_to_string(template, rest)


def test_every_icon_exists():
    assert all(lucide(icon) for icon, _tone in ICONS.values())
