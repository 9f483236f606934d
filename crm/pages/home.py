"""The page after sign-in: what is due now, for each role."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

import leads.home
import projects.home
from accounts.models import Import, User
from analytics.models import Run
from crm.health import has_worker
from crm.pages.checklist import checklist
from crm.pages.waiting import waiting_for_us
from leads.agenda import due_today
from leads.funnel import funnel
from leads.models import Meeting
from notifications.models import Message
from projects.reports import standing
from sales.models import Quotation

SHOWN = 5
COUNTED = 50  # own tasks until tonight; what is beyond is "more than 50"


@require_safe
@login_required
def home(request):
    """Anonymous people sign in, clients go to their own area, staff sees its day."""
    if request.user.role == User.Role.CLIENT:
        return redirect("portal:home")
    return HOMES[request.user.role](request)


def _seller(request):
    user = request.user
    sums = leads.home.sums(user)
    tasks = due_today(user, shown=COUNTED + 1)
    meetings = list(todays_meetings(user))
    untouched = leads.home.untouched(user)
    waiting = Quotation.objects.visible_to(user).waiting().select_related("lead")
    waiting = list(waiting.order_by("sent", "pk")[: SHOWN + 1])
    counts = {
        "late": sum(task.is_overdue for task in tasks),
        "tasks": len(tasks),
        "meetings": len(meetings),
        "untouched": untouched["count"],
        "waiting": len(waiting),
    }
    context = {
        "lede": _seller_lede(sums, counts),
        "overdue": leads.home.overdue(user, sums),
        "tasks": tasks[:SHOWN],
        "meetings": meetings,
        "untouched": untouched,
        "waiting": waiting[:SHOWN],
        "asked": waiting_for_us(user),
        "pies": leads.home.pies(sums),
    }
    return render(request, "pages/home_seller.html", context)


def todays_meetings(user):
    """Own meetings of today, held ones among them, the earliest first."""
    rows = Meeting.objects.visible_to(user).of_host(user).today()
    return rows.select_related("lead", "client")[:SHOWN]


def _seller_lede(sums, counts):
    """ "42 open leads: 5 steps overdue, 2 tasks and 1 meeting today, 3 untouched, …"

    Tasks that are overdue stand apart from those of today, as on their own page.
    """
    total = leads.home.totals(sums)
    head = _open_leads(total["open"])
    n = counts["untouched"]
    parts = [
        _steps(total["late"]),
        *_late_tasks(counts["late"]),
        _today(counts),
        ngettext("{n} untouched", "{n} untouched", n).format(
            n=_up_to(leads.home.COUNTED, n)
        ),
        _quotations(counts["waiting"]),
    ]
    return f"{head}: {', '.join(parts)}."


def _open_leads(n):
    text = ngettext("{n} open lead", "{n} open leads", n)
    return text.format(n=number_format(n, force_grouping=True))


def _up_to(most, n):
    """The number, or "more than" the most that were looked at."""
    return _("more than {n}").format(n=most) if n > most else n


def _late_tasks(n):
    text = ngettext("{n} task overdue", "{n} tasks overdue", n)
    return [text.format(n=_up_to(COUNTED, n))] if n else []


def _today(counts):
    """Tasks and meetings of today; the meetings alone where no task of today was read."""
    meetings = _meetings(counts["meetings"])
    n, said = _of_today(counts["tasks"], counts["late"])
    if not said:
        return _("{meetings} today").format(meetings=meetings)
    tasks = ngettext("{n} task", "{n} tasks", n).format(n=said)
    return _("{tasks} and {meetings} today").format(tasks=tasks, meetings=meetings)


def _own_tasks(tasks):
    """What is overdue, and what is due today where something of today was read."""
    late = sum(task.is_overdue for task in tasks)
    n, said = _of_today(len(tasks), late)
    if not said:
        return _late_tasks(late)
    text = ngettext("{n} task today", "{n} tasks today", n)
    return [*_late_tasks(late), text.format(n=said)]


def _of_today(read, late):
    """How many of the tasks read are of today, and in words; "" where none was read."""
    n = read - late
    most = n - 1 if read > COUNTED else n  # the last says: there are more
    return n, "" if most < n <= 1 else str(_up_to(most, n))


def _meetings(n):
    return ngettext("{n} meeting", "{n} meetings", n).format(n=n)


def _steps(n):
    return ngettext("{n} step overdue", "{n} steps overdue", n).format(n=n)


def _quotations(n):
    text = ngettext(
        "{n} quotation waits for an answer", "{n} quotations wait for an answer", n
    )
    return text.format(n=_up_to(SHOWN, n))


def _manager(request):
    people = leads.home.per_person(request.user)
    n, late = sum(row["open"] for row in people), sum(row["late"] for row in people)
    context = {
        "lede": _("{leads} in your department: {steps}.").format(
            leads=_open_leads(n), steps=_steps(late)
        ),
        "people": people,
        "asked": waiting_for_us(request.user),
        "funnel": funnel(request.user),
        "project_pie": standing(request.user).pie,
        "pies": leads.home.pies(leads.home.sums(request.user)),
    }
    return render(request, "pages/home_manager.html", context)


def _developer(request):
    late, coming = projects.home.coming_up(request.user)
    tasks = due_today(request.user, shown=COUNTED + 1)
    mine = projects.home.projects_of(request.user)
    context = {
        "lede": _developer_lede(late.total, coming.total, tasks),
        "tasks": tasks[:SHOWN],
        "projects": mine[: projects.home.PROJECTS],
        "more": len(mine) > projects.home.PROJECTS,
        "week": projects.home.hours_this_week(request.user),
        "late": late.rows,
        "late_left": late.left,
        "coming": coming.rows,
        "coming_left": coming.left,
        "asked": waiting_for_us(request.user),
        "pie": projects.home.milestones_pie(request.user),
    }
    return render(request, "pages/home_developer.html", context)


def _developer_lede(late, coming, tasks):
    """ "2 milestones are late; 1 is due in the next 14 days; 3 tasks overdue; 1 task today." """
    soon = ngettext(
        "{n} is due in the next 14 days", "{n} are due in the next 14 days", coming
    )
    behind = ngettext("{n} milestone is late", "{n} milestones are late", late)
    parts = [
        behind.format(n=number_format(late, force_grouping=True)),
        soon.format(n=number_format(coming, force_grouping=True)),
        *_own_tasks(tasks),
    ]
    return "; ".join(parts) + "."


def _admin(request):
    sums = leads.home.sums(request.user)
    failed, people = _failed(request.user), _people(request.user)
    imports = _imports(request.user)
    not_left = ngettext(
        "{n} message not delivered", "{n} messages not delivered", failed
    )
    context = {
        "lede": _("{leads} in the firm, {messages}.").format(
            leads=_open_leads(leads.home.totals(sums)["open"]),
            messages=not_left.format(n=failed),
        ),
        "steps": [] if people["demo"] else _first_steps(people, imports, sums),
        "people": people,
        "asked": waiting_for_us(request.user),
        "failed": failed,
        "imports": imports,
        "runs": list(Run.objects.visible_to(request.user).defer("arrays")[:SHOWN]),
        "worker_is_there": has_worker(),
        "project_pie": standing(request.user).pie,
        "pies": leads.home.pies(sums),
    }
    return render(request, "pages/home_admin.html", context)


def _first_steps(people, imports, sums):
    return checklist(staff=people["staff"], imports=bool(imports), has_leads=bool(sums))


def _people(user):
    return User.objects.visible_to(user).aggregate(
        staff=Count("pk", filter=~Q(role=User.Role.CLIENT) & Q(is_active=True)),
        clients=Count("pk", filter=Q(role=User.Role.CLIENT, is_active=True)),
        blocked=Count("pk", filter=Q(is_active=False)),
        demo=Count("pk", filter=Q(is_demo=True)),
    )


def _failed(user):
    return Message.objects.visible_to(user).undelivered()[:100].count()


def _imports(user):
    return list(Import.objects.visible_to(user).select_related("by")[:SHOWN])


HOMES = {
    User.Role.ADMIN: _admin,
    User.Role.MANAGER: _manager,
    User.Role.BD: _seller,
    User.Role.DEV: _developer,
}
