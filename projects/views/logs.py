"""The log of a project and of each milestone: written, read, and taken away as a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.exports import export
from crm.lib.access import STAFF, get_editable, get_visible, role_required
from crm.lib.onward import onward
from crm.lib.paging import KeysetPage
from leads.views.verbs import require_form
from projects.exports import LOG
from projects.forms import LogForm
from projects.models import LogEntry, Milestone, Project
from projects.views.hours import of_milestone


@role_required(*STAFF)
@require_form
def log(request, pk):
    """Write into the log; only who leads the project shows it to the client."""
    project = get_editable(Project, pk, request.user)
    led = Project.objects.led_by(request.user).filter(pk=pk).exists()
    if request.POST.get("client_visible") and not led:
        raise PermissionDenied
    form = _form(request, project, led)
    if not form.is_valid():
        small = request.htmx and not form.is_bound
        page = "projects/_log_dialog.html" if small else "projects/log_form.html"
        status = 422 if form.is_bound else 200
        context = {"form": form, "project": project, "can_lead": led}
        return render(request, page, context, status=status)
    project.note(**form.cleaned_data, mentioned=form.mentioned, by=request.user)
    messages.success(request, _("The entry is in the log."))
    return onward(request, project)


def _form(request, project, led):
    """The form as it was sent, or an empty one about ?milestone=."""
    form = LogForm(
        request.POST or None,
        initial={"milestone": request.GET.get("milestone")},
        auto_id="entry_%s",  # it may stand beside the log's own form
        project=project,
        can_publish=led,
        user=request.user,
    )
    form.fields["text"].widget.attrs["autofocus"] = True
    return form


@require_POST
@role_required(*STAFF)
def log_file(request, pk):
    """The log as a file, of one milestone with ?milestone=."""
    project = get_visible(Project, pk, request.user)
    rows = LogEntry.objects.visible_to(request.user).filter(project=project)
    page = KeysetPage(of_milestone(request, rows), order=("-at", "-pk"))
    return export(request, page, LOG)


@require_safe
@role_required(*STAFF)
def milestone_log(request, pk):
    """Every entry about one milestone, the newest first."""
    milestone = get_visible(Milestone, pk, request.user)
    page = _entries(request, milestone)
    projects = Project.objects.editable_by(request.user)
    context = {
        "milestone": milestone,
        "project": milestone.project,
        "page": page,
        "can_edit": projects.filter(pk=milestone.project_id).exists(),
    }
    return render(request, "projects/milestone_log.html", context)


@require_POST
@role_required(*STAFF)
def milestone_log_file(request, pk):
    """The log of one milestone as a file."""
    milestone = get_visible(Milestone, pk, request.user)
    return export(request, _entries(request, milestone), LOG)


def _entries(request, milestone):
    rows = LogEntry.objects.visible_to(request.user).filter(milestone=milestone)
    rows = rows.select_related("by", "milestone")
    return KeysetPage(rows, request.GET.get("after"), order=("-at", "-pk"))
