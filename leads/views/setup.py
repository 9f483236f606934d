"""What an admin sets up about leads: stages, and the reasons why one is lost."""

from django.contrib import messages
from django.core.cache import cache
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crm.lib.access import role_required
from leads.models import LostReason, Stage
from leads.setup_forms import LostReasonForm, StageForm


@role_required("admin")
@require_GET
def stages(request):
    rows = Stage.objects.current().annotate(leads_count=Count("leads"))
    return render(request, "leads/stages.html", {"stages": rows})


@role_required("admin")
def stage_create(request):
    return _save(request, StageForm, Stage(), "leads:stages", _("New stage"))


@role_required("admin")
def stage_edit(request, pk):
    stage = get_object_or_404(Stage.objects.current(), pk=pk)
    return _save(request, StageForm, stage, "leads:stages")


@role_required("admin")
@require_POST
def stage_remove(request, pk):
    """Take it out of the list, where nothing hangs on it."""
    stage = get_object_or_404(Stage.objects.current(), pk=pk)
    stage.remove()
    messages.success(request, _("{what} is removed.").format(what=stage))
    return redirect("leads:stages")


@role_required("admin")
@require_GET
def reasons(request):
    rows = {"reasons": LostReason.objects.current()}
    return render(request, "leads/reasons.html", rows)


@role_required("admin")
def reason_create(request):
    title = _("New reason why a lead is lost")
    return _save(request, LostReasonForm, LostReason(), "leads:reasons", title)


@role_required("admin")
def reason_edit(request, pk):
    reason = get_object_or_404(LostReason.objects.current(), pk=pk)
    return _save(request, LostReasonForm, reason, "leads:reasons")


@role_required("admin")
@require_POST
def reason_remove(request, pk):
    """Propose it no longer; leads that were lost for it keep the words."""
    get_object_or_404(LostReason.objects.current(), pk=pk).delete()
    cache.delete(LostReason.KEY)
    messages.success(request, _("The reason is no longer proposed."))
    return redirect("leads:reasons")


def _save(request, form_class, row, back, title=""):
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        cache.delete_many([LostReason.KEY, "home-stages", "home-on-the-way"])
        messages.success(request, _("Saved."))
        return redirect(back)
    title = title or _("Edit {what}").format(what=row)
    context = {"form": form, "title": title, "back": reverse(back)}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)
