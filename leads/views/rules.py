"""Assignment rules: their order, what keeps one from working, and a dry run."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.lib.access import get_editable, role_required
from leads import ruling
from leads.assigning import Assigner
from leads.models import AssignmentRule, Lead
from leads.rule_forms import MoveRuleForm, RuleForm, areas

TRIED = 8  # of the newest leads
require_form = require_http_methods(["GET", "POST"])


@role_required("admin")
@require_GET
def rules(request):
    assigner = Assigner(lock=False)
    names = set(areas())
    rows = list(AssignmentRule.objects.visible_to(request.user).with_names())
    lines = [
        {
            "rule": rule,
            "number": number,
            "problems": assigner.problems(rule, names) if rule.is_on else [],
            "is_last": number == len(rows),
        }
        for number, rule in enumerate(rows, 1)
    ]
    newest = Lead.objects.visible_to(request.user).with_names()
    context = {
        "lines": lines,
        "has_rest": any(rule.takes_all for rule in assigner.rules),
        "tries": [
            {"lead": lead, "choice": _tried(assigner, lead)}
            for lead in newest.order_by("-created", "-pk")[:TRIED]
        ],
    }
    return render(request, "leads/rules.html", context)


def _tried(assigner, lead):
    """Who would get the lead if it came in now, with nobody and no department."""
    lead.department_id = None
    return None if lead.client_id else assigner.choose(lead)


@role_required("admin")
@require_form
def rule_create(request):
    form = RuleForm(request.POST or None, user=request.user)
    return _save(request, form, _("New rule"), ruling.add)


@role_required("admin")
@require_form
def rule_edit(request, pk):
    rule = get_editable(AssignmentRule, pk, request.user)
    form = RuleForm(request.POST or None, instance=rule, user=request.user)
    title = _("Edit {what}").format(what=rule)
    return _save(request, form, title, lambda _rule: form.save())


def _save(request, form, title, keep):
    if form.is_valid():
        keep(form.instance)
        messages.success(request, _("Saved."))
        return redirect("leads:rules")
    hint = _("Every condition that you fill in must hold; leave the others empty.")
    back = reverse("leads:rules")
    context = {"form": form, "title": title, "back": back, "hint": hint}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.html", context, status=status)


@role_required("admin")
@require_POST
def rule_move(request, pk):
    rule = get_editable(AssignmentRule, pk, request.user)
    form = MoveRuleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A rule goes up or down."))
        return redirect("leads:rules")
    up = form.cleaned_data["to"] == "up"
    ruling.move(rule, up=up)
    return redirect(f"{reverse('leads:rules')}#rule-{rule.pk}")


@role_required("admin")
@require_POST
def rule_remove(request, pk):
    """Take the rule out; leads it gave stay where they are."""
    rule = get_editable(AssignmentRule, pk, request.user)
    rule.delete()
    messages.success(request, _("The rule “{rule}” is removed.").format(rule=rule))
    return redirect("leads:rules")
