"""Set-up: how projects of a kind begin."""

from django.contrib import messages
from django.db.models import Count, Sum
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.lib.access import get_editable, role_required
from projects.actions import save_template
from projects.models import ProjectTemplate
from projects.start_forms import StepFormSet, TemplateForm, task_forms

SETTERS = ("admin", "manager")


@require_safe
@role_required(*SETTERS)
def templates(request):
    rows = ProjectTemplate.objects.visible_to(request.user).annotate(
        steps=Count("milestones"), days=Sum("milestones__days")
    )
    return render(request, "projects/template_list.html", {"templates": rows})


@role_required(*SETTERS)
def template_add(request):
    return _edit(request, ProjectTemplate())


@role_required(*SETTERS)
def template_edit(request, pk):
    return _edit(request, get_editable(ProjectTemplate, pk, request.user))


def _edit(request, template):
    form = TemplateForm(request.POST or None, instance=template)
    steps = StepFormSet(request.POST or None, instance=template)
    tasks = task_forms(request.POST or None, template)
    parts = [part for part in (form, steps, tasks) if part is not None]
    if request.method == "POST" and all(part.is_valid() for part in parts):
        save_template(form, steps, tasks)
        messages.success(request, _("The template is saved."))
        more = "more" in request.POST
        return redirect(template if more else "projects:templates")
    context = {"form": form, "steps": steps, "tasks": tasks, "template": template}
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/template_form.html", context, status=status)


@require_POST
@role_required(*SETTERS)
def template_remove(request, pk):
    """Remove a template; projects that began with it stay as they are."""
    template = get_editable(ProjectTemplate, pk, request.user)
    template.delete()
    messages.success(request, _("The template is removed."))
    return redirect("projects:templates")
