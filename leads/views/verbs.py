"""One view per verb: gate, form, verb, message, redirect."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.lib.access import SELLERS, get_editable, role_required
from crm.lib.onward import next_url, onward, with_next
from leads import actions
from leads.filters import LeadFilter
from leads.forms import AssignForm, LogForm, LoseForm, MoveForm, PlanForm
from leads.models import Lead, Stage
from leads.views.lists import board_context

require_form = require_http_methods(["GET", "POST"])


def form_page(request, lead, form, title):
    """A verb's own small page: the way without script, and back after a mistake."""
    context = {"form": form, "lead": lead, "title": title}
    status = 422 if form.is_bound else 200
    return render(request, "leads/verb_form.html", context, status=status)


@role_required(*SELLERS)
@require_POST
def move(request, pk):
    """To another stage; won and lost close the lead, and lost asks why first."""
    lead = get_editable(Lead, pk, request.user)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return form_page(request, lead, form, _("Move {lead}").format(lead=lead))
    stage = form.cleaned_data["stage"]
    if stage.kind == Stage.Kind.LOST:
        return ask_why(request, lead)
    if stage.kind == Stage.Kind.WON:
        return win(request, pk)
    lead.move(stage, by=request.user)
    if request.htmx:
        filters = LeadFilter(board_query(request), user=request.user)
        context = board_context(request, filters)
        return render(request, "leads/_board.html", context)
    text = _("{lead} is in {stage} now.").format(lead=lead, stage=stage)
    messages.success(request, text)
    return onward(request, lead)


def board_query(request):
    """The filters of the board from which the card was dragged."""
    return QueryDict(urlsplit(next_url(request)).query)


def ask_why(request, lead):
    """On to the page that asks for the reason, also when a card was dragged."""
    url = with_next(request, "leads:lose", lead.pk)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


@role_required(*SELLERS)
@require_POST
def win(request, pk):
    """Close as won."""
    lead = get_editable(Lead, pk, request.user)
    lead.win(by=request.user)
    text = _("{lead} is won.").format(lead=lead)
    messages.success(request, text, extra_tags=with_next(request, "leads:reopen", pk))
    return onward(request, lead)


@role_required(*SELLERS)
@require_form
def lose(request, pk):
    """Close as lost, with the reason."""
    lead = get_editable(Lead, pk, request.user)
    form = LoseForm(request.POST or None)
    if not form.is_valid():
        return form_page(request, lead, form, _("Lose {lead}").format(lead=lead))
    lead.lose(reason=form.cleaned_data["reason"], by=request.user)
    text = _("{lead} is lost.").format(lead=lead)
    messages.success(request, text, extra_tags=with_next(request, "leads:reopen", pk))
    return onward(request, lead)


@role_required(*SELLERS)
@require_POST
def reopen(request, pk):
    """Open again, in the stage it was closed from."""
    lead = get_editable(Lead, pk, request.user)
    lead.reopen(by=request.user)
    text = _("{lead} is open again, in {stage}.")
    messages.success(request, text.format(lead=lead, stage=lead.stage))
    return onward(request, lead)


@role_required("admin", "manager")
@require_form
def assign(request, pk):
    """Give to somebody else; a client and its other leads go along."""
    lead = get_editable(Lead, pk, request.user)
    form = AssignForm(request.POST or None, user=request.user, lead=lead)
    if not form.is_valid():
        return form_page(request, lead, form, _("Assign {lead}").format(lead=lead))
    actions.assign(lead, form.cleaned_data["owner"], by=request.user)
    text = _("{lead} belongs to {owner} now.")
    messages.success(request, text.format(lead=lead, owner=lead.owner))
    gone = not Lead.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect("leads:list") if gone else onward(request, lead)


@role_required(*SELLERS)
@require_form
def plan(request, pk):
    """Set the next step and its day."""
    lead = get_editable(Lead, pk, request.user)
    form = PlanForm(request.POST or None, lead=lead)
    if not form.is_valid():
        title = _("Next step of {lead}").format(lead=lead)
        return form_page(request, lead, form, title)
    lead.plan(**form.cleaned_data, by=request.user)
    messages.success(request, _("The next step is noted."))
    return onward(request, lead)


@role_required(*SELLERS)
@require_form
def log(request, pk):
    """Keep a call, mail, SMS, meeting or note, and the next step; lists ask in a dialog."""
    lead = get_editable(Lead, pk, request.user)
    form = LogForm(request.POST or None, lead=lead)
    title = _("What was said about {lead}").format(lead=lead)
    if request.htmx and not form.is_bound:
        form.fields["text"].widget.attrs["autofocus"] = True
        context = {"form": form, "lead": lead, "title": title}
        return render(request, "leads/_log_dialog.html", context)
    if not form.is_valid():
        return form_page(request, lead, form, title)
    actions.log(form.interaction, step=form.step, by=request.user)
    messages.success(request, _("It is in the timeline."))
    return onward(request, lead)


@role_required(*SELLERS)
@require_POST
def trash(request, pk):
    """Put away for 30 days."""
    lead = get_editable(Lead, pk, request.user)
    lead.trash(by=request.user)
    text = _("{lead} is in the trash for 30 days.").format(lead=lead)
    messages.success(request, text, extra_tags=with_next(request, "leads:restore", pk))
    return redirect("leads:list")


@role_required(*SELLERS)
@require_POST
def restore(request, pk):
    """Take out of the trash."""
    trashed = Lead.objects.visible_to(request.user, trashed=True)
    lead = get_object_or_404(trashed, pk=pk)
    lead.restore(by=request.user)
    text = _("{lead} is out of the trash.").format(lead=lead)
    messages.success(request, text)
    return redirect(lead)
