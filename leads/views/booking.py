"""The public booking page, and the page behind the link in a visitor's invitation."""

from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from crm.lib.clock import zone_of
from crm.lib.visitors import address_of, by_link, rate_limited, within
from leads import own_meetings as own
from leads.booking import book
from leads.invitations import download, zone_for
from leads.meeting_forms import CancelForm
from leads.models import BookingPage, Meeting
from leads.models.meeting_refusals import MeetingRefused
from leads.own_meeting_forms import SlotForm, VisitorForm, ZoneForm
from leads.public import campaign_in, new_mark, read_mark

PER_MINUTE, READS = 10, 60  # per address
require_form = require_http_methods(["GET", "HEAD", "POST"])


@by_link
@require_form
def page(request, slug):
    """The free times of a seller, for strangers; in the zone they choose, else the host's."""
    row = get_object_or_404(BookingPage.objects.public(), slug=slug)
    zones = ZoneForm(request.GET)
    chosen = zones.cleaned_data["zone"] if zones.is_valid() else ""
    with timezone.override(zone_of(chosen or row.person.zone)):
        if request.method == "POST":
            return _take(request, row)
        form = VisitorForm(kinds=row.get_kinds())
        return _page(request, row, form, new_mark(campaign_in(request)))


def _take(request, row):
    """Every refusal shows the page again with what was typed."""
    form = VisitorForm(request.POST, kinds=row.get_kinds())
    text = request.POST.get("mark", "")
    mark, is_fine = read_mark(text), form.is_valid()
    if not within(f"visits:book:{row.pk}:{address_of(request)}", PER_MINUTE, 60):
        why = _("This page was sent too often from your connection. Wait a minute.")
        return _page(request, row, form, text, refusal=why, status=429)
    if form.is_trapped:
        return _over(request, _("Thank you."), status=200)
    if mark is None:
        why = _("This page was open for very long. Press the button once more.")
        return _page(request, row, form, new_mark({}), refusal=why, status=422)
    if not is_fine:
        return _page(request, row, form, text, status=422)
    try:
        meeting = book(
            row, form.answers, kind=form.cleaned_data["kind"], mark=mark,
            starts=form.cleaned_data["starts"],
            zone=timezone.get_current_timezone_name(),
        )  # fmt: skip
    except MeetingRefused as refusal:
        form.add_error(None, own.in_short(refusal, row.person))
        return _page(request, row, form, text, status=409)
    return redirect(f"{meeting.get_guest_path()}?booked")


def _page(request, row, form, mark, *, refusal="", status=200):
    starts = form.cleaned_data.get("starts") if form.is_bound else None
    zone = timezone.get_current_timezone_name()
    context = own.choice(request, row.person, form.kinds, chosen=starts) | {
        "row": row,
        "form": form,
        "mark": mark,
        "refusal": refusal,
        "zones": ZoneForm(initial={"zone": zone}),
        "zone_is_asked": "zone" in request.GET,
        "brand_url": request.path,
        "wide": True,
    }
    if not form.kinds:
        context["times"] |= {"days": [], "has_hours": False}
    response = render(request, "meetings/public_book.html", context, status=status)
    if status == 429:
        response["Retry-After"] = "60"
    return response


def _over(request, text, *, status):
    context = {"text": text}
    return render(request, "meetings/link_over.html", context, status=status)


def _too_often(request):
    text = _("This page was asked for too often. Wait a minute and try again.")
    return _over(request, text, status=429)


def with_meeting(view):
    """Find the meeting of the link: 404 for one that is not ours, 410 once it has begun."""

    @by_link
    @rate_limited("meeting", per_minute=READS, refuse=_too_often)
    @wraps(view)
    def guarded(request, text):
        rows = Meeting.objects.signed(text).select_related("host__booking_page")
        row = rows.first()
        if row is None:
            why = _("This link is not valid. Open it from our mail again, as a whole.")
            return _over(request, why, status=404)
        if row.has_begun:
            why = _("This link has expired: the time of the meeting has come.")
            return _over(request, why, status=410)
        guest = row.guests.select_related("contact__user").first()
        with timezone.override(zone_for(guest or row.host, row)):
            return view(request, row, text)

    return guarded


@with_meeting
@require_safe
def meeting(request, row, text):
    return _meeting(request, row, text, CancelForm())


def _meeting(request, row, text, form, *, refusal="", status=200):
    host_page = getattr(row.host, "booking_page", None)
    context = own.clocks(row) | {
        "meeting": row,
        "is_public": True,
        "was_booked": "booked" in request.GET,
        "can_change": row.can_change,
        "cancel_form": form,
        "refusal": refusal,
        "move_url": reverse("book:move", args=[text]),
        "cancel_url": reverse("book:cancel", args=[text]),
        "ics_url": reverse("book:ics", args=[text]),
        "book_url": host_page.get_public_url() if host_page and host_page.is_on else "",
        "brand_url": reverse("book:meeting", args=[text]),
        "wide": True,
    }
    return render(request, "meetings/own_meeting.html", context, status=status)


@with_meeting
@require_form
def move(request, row, text):
    """To another free time of the same host."""
    form = SlotForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _move_page(request, row, text, form, 422 if form.is_bound else 200)
    try:
        row.move(form.cleaned_data["starts"], by=None)
    except MeetingRefused as refusal:
        row.refresh_from_db()
        why = own.in_short(refusal, row.host)
        if own.is_settled(refusal):
            return _meeting(request, row, text, CancelForm(), refusal=why, status=409)
        form.add_error(None, why)
        return _move_page(request, row, text, form, 409)
    return redirect("book:meeting", text)


def _move_page(request, row, text, form, status):
    if not row.can_change:
        return redirect("book:meeting", text)
    context = own.clocks(row) | {
        "meeting": row,
        "is_public": True,
        "form": form,
        "times": own.times(request, row.host, row.minutes, but=row.pk),
        "back": reverse("book:meeting", args=[text]),
        "brand_url": reverse("book:meeting", args=[text]),
        "wide": True,
    }
    return render(request, "meetings/own_move.html", context, status=status)


@with_meeting
@require_POST
def cancel(request, row, text):
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _meeting(request, row, text, form, status=422)
    try:
        row.cancel(by=None, **form.cleaned_data)
    except MeetingRefused as refusal:
        row.refresh_from_db()
        why = own.in_short(refusal, row.host)
        return _meeting(request, row, text, CancelForm(), refusal=why, status=409)
    return redirect("book:meeting", text)


@with_meeting
@require_safe
def ics(request, row, text):
    return download(row)
