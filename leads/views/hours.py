"""Working hours and absences, of oneself or one's people; and the kinds of meetings."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from crm.lib.access import SELLERS, get_editable, role_required
from crm.lib.clock import zone_of
from leads.hours_forms import AbsenceForm, HoursForm, KindForm, WeekForm
from leads.models import (
    Absence,
    BookingPage,
    Meeting,
    MeetingKind,
    MeetingRules,
    WorkHours,
)
from leads.models.hours import hosts_for
from leads.own_meeting_forms import BookingPageForm


@role_required(*SELLERS)
def own_hours(request):
    """One's own hours, where the settings lead."""
    return redirect("meetings:hours_of", request.user.pk)


@role_required(*SELLERS)
def hours(request, pk):
    """When somebody works, and when they are away."""
    person = get_object_or_404(hosts_for(request.user), pk=pk)
    rules, week = MeetingRules.of(person), WorkHours.week_of(person)
    form = HoursForm(request.POST or None, instance=rules, week=week)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            WorkHours.change(person, form.week, by=request.user)
        messages.success(request, _("The hours are saved."))
        return redirect("meetings:hours_of", pk)
    return _page(request, person, form, AbsenceForm(), not form.is_bound)


@role_required("admin")
def firm_hours(request):
    """When the firm works: the week of everybody who has set no own."""
    form = WeekForm(request.POST or None, week=WorkHours.of_firm())
    if request.method == "POST" and form.is_valid():
        WorkHours.change_of_firm(form.week, by=request.user)
        messages.success(request, _("The hours are saved."))
        return redirect("accounts:firm")
    status = 422 if form.is_bound else 200
    return render(request, "meetings/firm_hours.html", {"form": form}, status=status)


@role_required(*SELLERS)
@require_POST
def booking_page(request, pk):
    """Where strangers book this person's free time: its address, on or off, its kinds."""
    person = get_object_or_404(hosts_for(request.user), pk=pk)
    form = BookingPageForm(request.POST, instance=BookingPage.of(person))
    if not form.is_valid():
        hours_form = HoursForm(
            instance=MeetingRules.of(person), week=WorkHours.week_of(person)
        )
        forms = (hours_form, AbsenceForm())
        return _page(request, person, *forms, is_well=False, page_form=form)
    form.save()
    messages.success(request, _("The booking page is saved."))
    return redirect("meetings:hours_of", pk)


def _page(request, person, form, absence_form, is_well, page_form=None):
    page = BookingPage.of(person)
    absences = Absence.objects.visible_to(request.user).filter(person=person)
    context = {
        "person": person,
        "is_self": person == request.user,
        "people": hosts_for(request.user),
        "form": form,
        "absence_form": absence_form,
        "page_form": page_form or BookingPageForm(instance=page),
        "booking_page": page,
        "absences": absences.filter(last__gte=timezone.localdate()),
        "zone": zone_of(person.zone).key,
        "has_hours": bool(WorkHours.week_of(person)),
    }
    status = 200 if is_well else 422
    return render(request, "meetings/hours.html", context, status=status)


@role_required(*SELLERS)
@require_POST
def absence_enter(request, pk):
    """Days away; says which meetings lie in them, since those stay."""
    person = get_object_or_404(hosts_for(request.user), pk=pk)
    form = AbsenceForm(request.POST, instance=Absence(person=person))
    if not form.is_valid():
        week = WorkHours.week_of(person)
        hours_form = HoursForm(instance=MeetingRules.of(person), week=week)
        return _page(request, person, hours_form, form, is_well=False)
    absence = form.instance
    absence.enter(by=request.user)
    messages.success(request, f"{absence}.")
    n = _meetings_in(absence, request.user)
    if n:
        text = ngettext(
            "{n} meeting lies in it: move or cancel it.",
            "{n} meetings lie in it: move or cancel them.",
            n,
        )
        messages.warning(request, text.format(n=n))
    return redirect("meetings:hours_of", pk)


def _meetings_in(absence, user):
    zone = zone_of(absence.person.zone)
    start = datetime.combine(absence.first, time(0), tzinfo=zone)
    end = datetime.combine(absence.last + timedelta(days=1), time(0), tzinfo=zone)
    rows = Meeting.objects.visible_to(user).of_host(absence.person)
    return rows.upcoming().filter(starts__lt=end, ends__gt=start).count()


@role_required(*SELLERS)
@require_POST
def absence_withdraw(request, pk):
    absence = get_editable(Absence, pk, request.user)
    absence.withdraw(by=request.user)
    messages.success(request, _("The absence is taken back."))
    return redirect("meetings:hours_of", absence.person_id)


@role_required("admin")
@require_GET
def kinds(request):
    return render(
        request, "meetings/kinds.html", {"kinds": MeetingKind.objects.current()}
    )


@role_required("admin")
def kind_create(request):
    return _save_kind(request, KindForm(request.POST or None), _("New kind of meeting"))


@role_required("admin")
def kind_edit(request, pk):
    kind = get_object_or_404(MeetingKind.objects.current(), pk=pk)
    form = KindForm(request.POST or None, instance=kind)
    return _save_kind(request, form, _("Edit {what}").format(what=kind))


def _save_kind(request, form, title):
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("meetings:kinds")
    context = {"form": form, "title": title, "back": reverse("meetings:kinds")}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)
