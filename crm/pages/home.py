"""The page after sign-in: what is due now, for each role."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

import leads.home
import projects.home
from accounts.models import Import, User
from analytics.models import Run
from crm.health import has_worker
from notifications.models import Message
from sales.models import Quotation

SHOWN = 5


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
    overdue, untouched = leads.home.overdue(user), leads.home.untouched(user)
    waiting = Quotation.objects.visible_to(user).waiting().select_related("lead")
    waiting = list(waiting.order_by("sent", "pk")[: SHOWN + 1])
    context = {
        "lede": _seller_lede(sums, untouched["count"], waiting),
        "overdue": overdue,
        "untouched": untouched,
        "waiting": waiting[:SHOWN],
        "pies": leads.home.pies(sums),
        "leads_url": leads.home.leads_url(),
    }
    return render(request, "pages/home_seller.html", context)


def _seller_lede(sums, untouched, waiting):
    """ "42 open leads: 5 steps overdue, 3 untouched, 2 quotations waiting." """
    total = leads.home.totals(sums)
    n = total["open"]
    parts = [
        _steps(total["late"]),
        ngettext("{n} untouched", "{n} untouched", untouched).format(n=untouched),
        _quotations(len(waiting)),
    ]
    head = ngettext("{n} open lead", "{n} open leads", n).format(n=n)
    return f"{head}: {', '.join(parts)}."


def _steps(n):
    return ngettext("{n} step overdue", "{n} steps overdue", n).format(n=n)


def _quotations(n):
    number = _("more than {n}").format(n=SHOWN) if n > SHOWN else n
    text = ngettext(
        "{n} quotation waits for an answer", "{n} quotations wait for an answer", n
    )
    return text.format(n=number)


def _manager(request):
    people = leads.home.per_person(request.user)
    n, late = sum(row["open"] for row in people), sum(row["late"] for row in people)
    head = ngettext("{n} open lead", "{n} open leads", n).format(n=n)
    context = {
        "lede": _("{leads} in your department: {steps}.").format(
            leads=head, steps=_steps(late)
        ),
        "people": people,
        "pies": leads.home.pies(leads.home.sums(request.user)),
    }
    return render(request, "pages/home_manager.html", context)


def _developer(request):
    late = list(projects.home.late(request.user))
    coming = list(projects.home.coming(request.user))
    text = ngettext("{n} milestone is late", "{n} milestones are late", len(late))
    next_ = ngettext(
        "{n} is due in the next 14 days", "{n} are due in the next 14 days", len(coming)
    )
    context = {
        "lede": f"{text.format(n=len(late))}; {next_.format(n=len(coming))}.",
        "late": late,
        "coming": coming,
        "pie": projects.home.milestones_pie(request.user),
    }
    return render(request, "pages/home_developer.html", context)


def _admin(request):
    sums = leads.home.sums(request.user)
    n = leads.home.totals(sums)["open"]
    context = {
        "lede": ngettext(
            "{n} open lead in the firm.", "{n} open leads in the firm.", n
        ).format(n=n),
        "people": _people(request.user),
        "failed": _failed(request.user),
        "imports": _imports(request.user),
        "runs": list(Run.objects.visible_to(request.user).defer("arrays")[:SHOWN]),
        "worker_is_there": has_worker(),
        "pies": leads.home.pies(sums),
    }
    return render(request, "pages/home_admin.html", context)


def _people(user):
    return User.objects.visible_to(user).aggregate(
        staff=Count("pk", filter=~Q(role=User.Role.CLIENT) & Q(is_active=True)),
        clients=Count("pk", filter=Q(role=User.Role.CLIENT, is_active=True)),
        blocked=Count("pk", filter=Q(is_active=False)),
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
