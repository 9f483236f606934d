"""The calendar by week and by month, of oneself, a colleague or everybody in sight."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.models import User
from crm.lib.access import SELLERS, role_required
from leads import calendar
from leads.models import Meeting, WorkHours

EARLIEST, LATEST = 1900, 2200


@role_required(*SELLERS)
@require_GET
def week(request):
    """Seven days by the hour; on a phone a list of days."""
    return _page(request, "meetings:week", "meetings/_week.html", calendar.week)


@role_required(*SELLERS)
@require_GET
def month(request):
    """The weeks of a month, a few meetings a day."""
    return _page(request, "meetings:month", "meetings/_month.html", calendar.month)


def _page(request, name, template, build):
    view = _view(request)
    people = list(User.objects.visible_to(request.user).sellers())
    grid = build(view)
    context = {
        "view": view,
        "grid": grid,
        "grid_template": template,
        "tabs": _tabs(view, name),
        "people": people,
        "lede": _lede(view),
        "here": name,
        "needs_hours": _needs_hours(view),
    }
    if request.htmx:
        return render(request, "meetings/_calendar.html", context)
    return render(request, "meetings/calendar.html", context)


def _view(request):
    """Whose calendar and which day: sellers begin with their own, others with everybody's."""
    user = request.user
    who = request.GET.get("who", "") or ("me" if user.role == User.Role.BD else "all")
    person = user if who == "me" else None
    if who.isdecimal():
        person = User.objects.visible_to(user).sellers().filter(pk=who[:18]).first()
    if person is None and who != "all":
        raise Http404
    return calendar.View(user, who, person, _day(request.GET.get("day", "")))


def _day(text):
    """?day=2026-11-23, else today; what is no day is today too."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST < day.year < LATEST:
        return timezone.localdate()
    return day


def _tabs(view, current):
    names = ((_("Week"), "meetings:week"), (_("Month"), "meetings:month"))
    return [
        {"label": label, "url": view.url(name), "current": name == current}
        for label, name in names
    ]


def _lede(view):
    """ "3 meetings today. 2 wait for a word on how they went. Times in Europe/Berlin." """
    rows = Meeting.objects.visible_to(view.user)
    if view.person:
        rows = rows.of_host(view.person)
    n, open_ = rows.today().count(), rows.unsettled().count()
    parts = [ngettext("{n} meeting today.", "{n} meetings today.", n).format(n=n)]
    if open_:
        text = ngettext(
            "{n} is over: was it held?", "{n} are over: were they held?", open_
        )
        parts.append(text.format(n=open_))
    parts.append(
        _("Times in {zone}.").format(zone=timezone.get_current_timezone_name())
    )
    return " ".join(parts)


def _needs_hours(view):
    """Whether one looks at one's own calendar and nobody can book into it yet."""
    return view.person == view.user and not WorkHours.week_of(view.user)
