"""The customer area's meetings: booked, moved, cancelled by owners; read by all contacts."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.portal import own_contact, the_owner
from crm.lib.access import get_editable, get_visible, role_required
from crm.lib.paging import KeysetPage
from leads import own_meetings as own
from leads.invitations import download
from leads.meeting_forms import USUAL_MINUTES, CancelForm
from leads.models import Meeting, MeetingGuest, MeetingKind
from leads.models.meeting_refusals import MeetingRefused
from leads.own_meeting_forms import ClientBookForm, SlotForm
from leads.portal_panels import may_book

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@role_required("client")
def meetings(request):
    """What is still to come, and all that was, with the notes meant for the client."""
    rows = Meeting.objects.visible_to(request.user).select_related("host")
    page = KeysetPage(
        rows.behind(), request.GET.get("after"), order=("-starts", "-pk"), size=20
    )
    contact = own_contact(request.user)
    context = {
        "page": page,
        "upcoming": [(row, own.clocks(row)) for row in rows.upcoming()],
        "host": contact and contact.client.owner,
        "can_book": may_book(contact),
    }
    return render(request, "meetings/portal_list.html", context)


@role_required("client")
@require_form
def meeting_book(request):
    """Into the free time of whoever looks after the client."""
    contact = the_owner(request.user)
    host = contact.client.owner
    if host is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ClientBookForm(data, kinds=MeetingKind.objects.current().for_clients())
    if not form.is_valid():
        return _book_page(request, host, form, 422 if form.is_bound else 200)
    meeting = _meeting_of(form.cleaned_data, contact.client)
    try:
        meeting.book(by=request.user, guests=[MeetingGuest.of_contact(contact)])
    except MeetingRefused as refusal:
        form.add_error(None, own.in_short(refusal, host))
        return _book_page(request, host, form, 409)
    messages.success(request, _("Your meeting is booked; an invitation is on its way."))
    return redirect("portal:meeting", meeting.pk)


def _meeting_of(given, client):
    kind, starts = given["kind"], given["starts"]
    minutes = kind.minutes if kind else USUAL_MINUTES
    return Meeting(
        host=client.owner,
        client=client,
        kind=kind,
        title=given["title"] or (kind.name if kind else _("Meeting")),
        where=kind.where if kind else "",
        agenda=given["agenda"],
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
    )


def _book_page(request, host, form, status):
    chosen = form.cleaned_data.get("starts") if form.is_bound else None
    context = own.choice(request, host, form.kinds, chosen=chosen)
    context |= {"form": form, "host": host}
    return render(request, "meetings/portal_book.html", context, status=status)


@require_safe
@role_required("client")
def meeting(request, pk):
    row = get_visible(Meeting, pk, request.user)
    return _page(request, row, CancelForm())


def _page(request, row, form, *, refusal="", status=200):
    may = Meeting.objects.editable_by(request.user).filter(pk=row.pk).exists()
    context = own.clocks(row) | {
        "meeting": row,
        "notes": row.notes if row.notes_visible else "",
        "can_change": may and row.can_change,
        "cancel_form": form,
        "refusal": refusal,
        "move_url": reverse("portal:meeting_move", args=[row.pk]),
        "cancel_url": reverse("portal:meeting_cancel", args=[row.pk]),
        "ics_url": reverse("portal:meeting_ics", args=[row.pk]),
        "book_url": reverse("portal:meeting_book") if may else "",
    }
    return render(request, "meetings/own_meeting.html", context, status=status)


@role_required("client")
@require_form
def meeting_move(request, pk):
    """To another free time; a refused one brings the page again, with what is free now."""
    row = get_editable(Meeting, pk, request.user)
    form = SlotForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _move_page(request, row, form, 422 if form.is_bound else 200)
    try:
        row.move(form.cleaned_data["starts"], by=request.user)
    except MeetingRefused as refusal:
        row.refresh_from_db()
        text = own.in_short(refusal, row.host)
        if own.is_settled(refusal):
            return _page(request, row, CancelForm(), refusal=text, status=409)
        form.add_error(None, text)
        return _move_page(request, row, form, 409)
    messages.success(
        request, _("The meeting is moved; calendars are sent the new time.")
    )
    return redirect("portal:meeting", pk)


def _move_page(request, row, form, status):
    if not row.can_change:
        return redirect("portal:meeting", row.pk)
    context = own.clocks(row) | {
        "meeting": row,
        "form": form,
        "times": own.times(request, row.host, row.minutes, but=row.pk),
        "back": reverse("portal:meeting", args=[row.pk]),
    }
    return render(request, "meetings/own_move.html", context, status=status)


@require_POST
@role_required("client")
def meeting_cancel(request, pk):
    row = get_editable(Meeting, pk, request.user)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        row.cancel(by=request.user, **form.cleaned_data)
    except MeetingRefused as refusal:
        row.refresh_from_db()
        text = own.in_short(refusal, row.host)
        return _page(request, row, CancelForm(), refusal=text, status=409)
    messages.success(request, _("The meeting is cancelled; calendars are told."))
    return redirect("portal:meeting", pk)


@require_safe
@role_required("client")
def meeting_ics(request, pk):
    """The meeting for one's own calendar."""
    return download(get_visible(Meeting, pk, request.user))
