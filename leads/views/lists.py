"""Leads as a list and as a board, and found as one types."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.exports import LISTING, export
from crm.lib.access import SELLERS, role_required
from leads.board import columns
from leads.exports import LEADS
from leads.filters import SORTS, STATES, LeadFilter
from leads.models import Lead, Stage
from leads.reports import Figures, figures, sentence


def tabs(filters, current):
    """List and board, over the same query string."""
    return [
        {
            "label": label,
            "url": filters.at(name),
            "current": name == current,
        }
        for label, name in ((_("List"), "leads:list"), (_("Board"), "leads:board"))
    ]


def state_chips(filters, known):
    """A chip for every state with its number, and one for what is overdue."""
    counted = "" in known and not known[""].is_capped
    for state, label in STATES:
        found = known.get("" if state == "all" else state)
        number = found.count_text if found else "0"
        yield {
            "label": label,
            "url": filters.url(state=state),
            "current": filters.state_shown == state,
            "count": number if counted and state != "trash" else "",
        }
    late = filters.given.get("overdue")
    yield {
        "label": _("Overdue"),
        "url": filters.url(overdue=None if late else "on"),
        "current": late,
        "count": known[""].overdue if counted else "",
    }


def total_of(known, state):
    """The figures of the state that is shown; of all, where there are too many."""
    everything = known.get("", Figures())
    if everything.is_capped or state not in Stage.Kind.values:
        return everything
    return known.get(state, Figures())


@role_required(*SELLERS)
@require_http_methods(LISTING)
def lead_list(request):
    """Fifty leads at a time, filtered and in order; posted to, all of them as a file."""
    filters = LeadFilter(request.GET, user=request.user)
    gate = Lead.objects.visible_to(request.user, trashed=filters.in_trash)
    rows = filters.apply(gate)
    page = filters.page(filters.of_state(rows).for_list(), request.GET.get("after"))
    if request.method == "POST":
        return export(request, page, LEADS)
    known = figures(rows)
    total = total_of(known, filters.state_shown)
    if not total.is_capped and not filters.left_out:
        page.count = total.count  # counted already
    context = {
        "page": page,
        "filters": filters,
        "tabs": tabs(filters, "leads:list"),
        "chips": state_chips(filters, known),
        "lede": sentence(total, filters.state_shown) if total.count else "",
        "sort": filters.sort_shown,
        "sort_urls": {key: filters.url(sort=key) for key in SORTS},
        "show_owner": request.user.role != "bd",
        "back": urlencode({"next": request.get_full_path()}),
    }
    return render(request, "leads/lead_list.html", context)


@role_required(*SELLERS)
@require_GET
def board(request):
    """Open leads in columns by stage; won and lost are places to drop them."""
    filters = LeadFilter(request.GET, user=request.user)
    return render(request, "leads/board.html", board_context(request, filters))


def board_context(request, filters):
    rows = filters.apply(Lead.objects.visible_to(request.user))
    shown, total = columns(rows, filters, filters.at("leads:board"))
    return {
        "columns": shown,
        "filters": filters,
        "tabs": tabs(filters, "leads:board"),
        "lede": sentence(total, "open") if total.count else "",
    }


@role_required(*SELLERS)
@require_GET
def options(request):
    """Up to ten leads whose words match ?q=, for a picker."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    rows = Lead.objects.visible_to(request.user).found(words).for_list()
    found = [
        {"pk": lead.pk, "label": lead.name, "hint": lead.who}
        for lead in rows.order_by("-created", "-pk")[:10]
    ]
    return render(request, "components/_options.html", {"options": found})
