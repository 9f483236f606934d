"""Service rules: what is noticed, who has it then, and what that would be now."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from crm.lib.access import get_editable, role_required
from projects.models import ServiceRule
from projects.service import causes, people_of
from projects.service_forms import ServiceRuleForm, proposals, proposed

SHOWN = 20
SETTERS = ("admin", "manager")
require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@role_required(*SETTERS)
def rules(request):
    rows = ServiceRule.objects.visible_to(request.user).with_rights(request.user)
    context = {"rules": list(rows.with_names()), "proposals": list(proposals())}
    return render(request, "requests/service_rules.html", context)


@require_form
@role_required(*SETTERS)
def create(request):
    if request.user.role == "manager" and not request.user.department_id:
        raise Http404  # without a department there are no clients to look after
    form = ServiceRuleForm(
        request.POST or None,
        user=request.user,
        initial=proposed(request.GET.get("cause", "")),
    )
    return _save(request, form, _("New service rule"))


@require_form
@role_required(*SETTERS)
def edit(request, pk):
    """The rule, and for what it would open a request now."""
    rule = get_editable(ServiceRule, pk, request.user)
    found = causes(rule, SHOWN + 1)
    lacking = not people_of(rule)
    form = ServiceRuleForm(request.POST or None, instance=rule, user=request.user)
    preview = {"rule": rule, "causes": found[:SHOWN], "more": found[SHOWN:]}
    return _save(request, form, str(rule), lacking=lacking, **preview)


def _save(request, form, title, **preview):
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("service:rules")
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, **preview}
    return render(request, "requests/service_rule.html", context, status=status)


@require_POST
@role_required(*SETTERS)
def remove(request, pk):
    """Take the rule out; the requests it opened stay."""
    rule = get_editable(ServiceRule, pk, request.user)
    rule.delete()
    messages.success(request, _("The rule “{rule}” is removed.").format(rule=rule))
    return redirect("service:rules")
