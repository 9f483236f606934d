"""Meetings: one view per verb, their page, and the free times to choose from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Client, User
from crm.lib.access import SELLERS, find_visible, get_editable, role_required
from crm.lib.onward import onward
from leads.meeting_forms import (
    BookForm,
    CancelForm,
    FreeForm,
    HoldForm,
    MoveForm,
    NoteForm,
    contacts_line,
)
from leads.meeting_times import offer
from leads.models import Lead, Meeting, MeetingKind
from leads.models.hours import hosts_for
from leads.models.meeting_refusals import MeetingRefused
from notifications.panels import timeline

require_form = require_http_methods(["GET", "POST"])


@role_required(*SELLERS)
@require_GET
def detail(request, pk):
    """One meeting: when, with whom, what was said, what can be done."""
    rows = Meeting.objects.visible_to(request.user).with_names()
    meeting = get_object_or_404(rows, pk=pk)
    name, happened = timeline(request.user, meeting, request.GET.get("after"))
    if request.htmx and request.GET.get("after"):
        return render(request, name, happened)
    context = {
        "meeting": meeting,
        # Who holds a meeting may not see what it is about: then it has no link.
        "lead": find_visible(Lead, meeting.lead_id, request.user),
        "client": find_visible(Client, meeting.client_id, request.user),
        "guests": meeting.guests.select_related("contact"),
        "note_form": NoteForm(meeting=meeting),
        "cancel_form": CancelForm(),
        "timeline": happened,
    }
    return render(request, "meetings/detail.html", context)


@role_required(*SELLERS)
@require_form
def book(request):
    """A new meeting; ?lead=, ?client=, ?host=, ?day= and ?at= fill the form.

    A refused time keeps what was typed, so this view catches the refusal: the page
    comes again with the sentence and the times that are free now.
    """
    if request.method == "GET":
        form = BookForm(user=request.user, initial=_first_values(request))
        return _book_page(request, form, 200)
    form = BookForm(request.POST, user=request.user)
    if not form.is_valid():
        return _book_page(request, form, 422)
    meeting, given = form.meeting, form.cleaned_data
    try:
        meeting.book(
            by=request.user,
            guests=form.guests,
            anyway=given["anyway"],
            quiet=given["quiet"],
        )
    except MeetingRefused as refusal:
        form.add_error(None, str(refusal))
        return _book_page(request, form, 409)
    text = _("“{meeting}” is booked: {when}.")
    when = meeting.when(timezone.get_current_timezone())
    messages.success(request, text.format(meeting=meeting, when=when))
    return onward(request, meeting)


def _first_values(request):
    """What the address names and the user may see, and what follows from it."""
    asked, user = request.GET, request.user
    lead = _named(Lead.objects.visible_to(user).with_names(), asked.get("lead"))
    client = _named(Client.objects.visible_to(user), asked.get("client"))
    client = client or (lead and lead.client)
    people = User.objects.visible_to(user).sellers()
    owner = (lead or client).owner if lead or client else None
    host = (
        _named(people, asked.get("host"))
        or people.filter(pk=owner and owner.pk).first()
    )
    kind = _named(MeetingKind.objects.current(), asked.get("kind"))
    return asked.dict() | {
        "lead": lead,
        "client": client,
        "host": host or user,
        "kind": kind or MeetingKind.objects.current().first(),
        "title": asked.get("title") or (lead.name if lead else ""),
        "where": asked.get("where") or (kind.where if kind else ""),
        "invite": asked.get("invite") or contacts_line(lead, client, user),
        "at": _moment(asked.get("at", "")) or "",
        "starts": "",
    }


def _named(rows, pk):
    return rows.filter(pk=pk[:18]).first() if pk and pk.isdecimal() else None


def _moment(text):
    """A wall clock's time of the reader, or an instant; None for anything else."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    if moment and timezone.is_naive(moment):
        return timezone.make_aware(moment)
    return moment


def _book_page(request, form, status):
    context = {"form": form, "times": _offer_for(request, form)}
    return render(request, "meetings/book.html", context, status=status)


def _offer_for(request, form):
    """The free times beside the form, by what the form says now."""
    values = {name: form[name].value() for name in ("host", "kind", "minutes")}
    values = {name: getattr(value, "pk", value) for name, value in values.items()}
    asked = request.POST if form.is_bound else request.GET
    at = _moment(str(form["at"].value() or ""))
    day = asked.get("day") or (at and timezone.localdate(at).isoformat())
    query = FreeForm(values | {"day": day or ""}, user=request.user)
    host, minutes, first = request.user, 30, None
    if query.is_valid():
        host, minutes = query.cleaned_data["host"], query.length
        first = query.cleaned_data["day"]
    chosen = _moment(str(form["starts"].value() or "")) or at
    return offer(host, first, minutes, chosen=chosen) | {
        "can_set_hours": hosts_for(request.user).filter(pk=host.pk).exists(),
        "but": "",
    }


@role_required(*SELLERS)
@require_GET
def free(request):
    """The free times of a colleague, as a part of the page; what fills the rest is not told."""
    form = FreeForm(request.GET, user=request.user)
    if not form.is_valid():
        return HttpResponse(form.errors.as_ul(), status=422)
    host, day = form.cleaned_data["host"], form.cleaned_data["day"]
    moved = _named(Meeting.objects.visible_to(request.user), request.GET.get("but"))
    but = moved.pk if moved else None
    context = offer(host, day, form.length, but=but) | {
        "can_set_hours": hosts_for(request.user).filter(pk=host.pk).exists(),
        "but": but or "",
    }
    return render(request, "meetings/_times.html", context)


@role_required(*SELLERS)
@require_form
def move(request, pk):
    """To another time; a refused one brings the page again, with what is free now."""
    meeting = get_editable(Meeting, pk, request.user)
    form = MoveForm(request.POST if request.method == "POST" else None)
    form.allow(request.user, {meeting.host_id})
    if not form.may_force:
        del form.fields["anyway"]
    if request.method == "GET" or not form.is_valid():
        return _move_page(request, meeting, form, 422 if form.is_bound else 200)
    given = form.cleaned_data
    anyway, minutes = given.get("anyway", False), given["minutes"]
    try:
        meeting.move(form.when, by=request.user, minutes=minutes, anyway=anyway)
    except MeetingRefused as refusal:
        form.add_error(None, str(refusal))
        meeting.refresh_from_db()
        return _move_page(request, meeting, form, 409)
    when = meeting.when(timezone.get_current_timezone())
    text = _("“{meeting}” is moved: {when}.").format(meeting=meeting, when=when)
    messages.success(request, text)
    return onward(request, meeting)


def _move_page(request, meeting, form, status):
    query = FreeForm(
        {"host": meeting.host_id, "day": request.GET.get("day", "")}, user=request.user
    )
    day = query.cleaned_data["day"] if query.is_valid() else None
    times = offer(meeting.host, day, meeting.minutes, but=meeting.pk)
    times |= {"can_set_hours": False, "but": meeting.pk}
    context = {"meeting": meeting, "form": form, "times": times}
    return render(request, "meetings/move.html", context, status=status)


@role_required(*SELLERS)
@require_form
def cancel(request, pk):
    """Give the time free again, and say why."""
    meeting = get_editable(Meeting, pk, request.user)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        title = _("Cancel “{meeting}”").format(meeting=meeting)
        return _form_page(request, meeting, form, title)
    meeting.cancel(reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("“{meeting}” is cancelled.").format(meeting=meeting))
    return onward(request, meeting)


@role_required(*SELLERS)
@require_POST
def hold(request, pk):
    """It took place; with `missed`, the other side did not come."""
    meeting = get_editable(Meeting, pk, request.user)
    form = HoldForm(request.POST)
    form.full_clean()
    meeting.hold(missed=form.cleaned_data["missed"], by=request.user)
    text = _("“{meeting}” is noted as {state}.")
    state = meeting.get_state_display().lower()
    messages.success(request, text.format(meeting=meeting, state=state))
    return onward(request, meeting)


@role_required(*SELLERS)
@require_form
def note(request, pk):
    """Write down what was said."""
    meeting = get_editable(Meeting, pk, request.user)
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, meeting=meeting)
    if not form.is_valid():
        title = _("Notes of “{meeting}”").format(meeting=meeting)
        return _form_page(request, meeting, form, title)
    meeting.note(**form.cleaned_data, by=request.user)
    messages.success(request, _("The notes are saved."))
    return onward(request, meeting)


def _form_page(request, meeting, form, title):
    context = {"form": form, "title": title, "back": meeting.get_absolute_url()}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)
