"""Milestones: worked on by the team, planned and called done by who leads."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.lib.access import STAFF, get_editable, role_required
from projects.forms import MilestoneForm, NewMilestoneForm, ProgressForm, ReplanForm
from projects.gates import get_closable, get_led, get_led_milestone
from projects.models import Milestone


@role_required(*STAFF)
def add(request, pk):
    project = get_led(pk, request.user)
    form = NewMilestoneForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        milestone = project.add_milestone(**form.cleaned_data, by=request.user)
        return redirect(milestone)
    return _page(request, form, project, _("Add a milestone"))


@require_POST
@role_required(*STAFF)
def start(request, pk):
    milestone = get_editable(Milestone, pk, request.user)
    milestone.start(by=request.user)
    return redirect(milestone)


@require_POST
@role_required(*STAFF)
def finish(request, pk):
    milestone = get_closable(pk, request.user)
    milestone.finish(by=request.user)
    said = _("{milestone} is done; the client is told.")
    if not milestone.client_visible:
        said = _("{milestone} is done.")
    messages.success(request, said.format(milestone=milestone))
    return redirect(milestone)


@require_POST
@role_required(*STAFF)
def reopen(request, pk):
    milestone = get_closable(pk, request.user)
    milestone.reopen(by=request.user)
    return redirect(milestone)


@require_POST
@role_required(*STAFF)
def progress(request, pk):
    milestone = get_editable(Milestone, pk, request.user)
    form = ProgressForm(request.POST)
    if not form.is_valid():
        title = _("Progress of {milestone}").format(milestone=milestone)
        return _page(request, form, milestone.project, title)
    milestone.progress(form.cleaned_data["percent"], by=request.user)
    return redirect(milestone)


@require_POST
@role_required(*STAFF)
def cancel(request, pk):
    milestone = get_led_milestone(pk, request.user)
    milestone.cancel(by=request.user)
    return redirect(milestone)


@role_required(*STAFF)
def replan(request, pk):
    milestone = get_led_milestone(pk, request.user)
    before = {"planned_on": milestone.planned_on}
    project = milestone.project
    form = ReplanForm(request.POST or None, project=project, initial=before)
    if request.method == "POST" and form.is_valid():
        milestone.replan(form.cleaned_data["planned_on"], by=request.user)
        return redirect(milestone)
    title = _("Move {milestone}").format(milestone=milestone)
    return _page(request, form, project, title)


@role_required(*STAFF)
def edit(request, pk):
    milestone = get_led_milestone(pk, request.user)
    form = MilestoneForm(request.POST or None, instance=milestone)
    if request.method == "POST" and form.is_valid():
        milestone.edit(**form.cleaned_data, by=request.user)
        return redirect(milestone)
    title = _("Change {milestone}").format(milestone=milestone)
    return _page(request, form, milestone.project, title, milestone)


def _page(request, form, project, title, milestone=None):
    context = {
        "form": form,
        "project": project,
        "title": title,
        "milestone": milestone,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/milestone_form.html", context, status=status)
