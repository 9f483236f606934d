"""A lead becomes a project, and back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.lib.access import SELLERS, STAFF, get_editable, get_visible, role_required
from leads.models import Lead
from projects.actions import start_project, undo_start
from projects.models import Project, ProjectTemplate
from projects.plan import plan
from projects.start_forms import StartForm


@role_required(*SELLERS)
def start(request, pk):
    """Say what will happen and let it be chosen; then do it, all at once."""
    lead = get_editable(Lead, pk, request.user)
    project = Project.objects.visible_to(request.user).filter(lead=lead).first()
    if project:
        messages.info(request, _("The project of this lead is started already."))
        return redirect(project)
    what = plan(lead, by=request.user)
    template = ProjectTemplate.objects.visible_to(request.user).usual()
    first = {"name": lead.name, "template": template, "invite": bool(what.invited)}
    form = StartForm(request.POST or None, user=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        project = start_project(lead, **form.cleaned_data, by=request.user)
        messages.success(request, _("The project is started; the lead is won."))
        return redirect(project)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "lead": lead,
        "plan": what,
        "sentence": "" if what.refusal else what.sentence(template),
    }
    return render(request, "projects/start_form.html", context, status=status)


@require_POST
@role_required(*STAFF)
def undo(request, pk):
    """Take the start back while nothing was done; whoever works the lead may."""
    project = get_visible(Project, pk, request.user)
    editable = Lead.objects.editable_by(request.user)
    if project.lead_id and not editable.filter(pk=project.lead_id).exists():
        raise PermissionDenied
    if not request.user.is_seller:
        raise PermissionDenied
    lead = undo_start(project, by=request.user)
    messages.success(request, _("The start is undone; the lead is as before."))
    return redirect(lead)
