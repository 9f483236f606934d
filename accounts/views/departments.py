"""Departments: the roles and requests they carry, and their people."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import change_department
from accounts.forms import DepartmentForm
from accounts.models import Department, User
from crm.lib.access import get_editable, role_required


@role_required("admin")
@require_GET
def departments(request):
    rows = Department.objects.visible_to(request.user).with_people()
    return render(request, "accounts/departments.html", {"departments": rows})


@role_required("admin")
def department_create(request):
    return _page(request, Department())


@role_required("admin")
def department_edit(request, pk):
    return _page(request, get_editable(Department, pk, request.user))


@role_required("admin")
@require_POST
def department_remove(request, pk):
    """Take it out, where nobody and nothing belongs to it."""
    department = get_editable(Department, pk, request.user)
    department.remove()
    messages.success(request, _("{what} is removed.").format(what=department))
    return redirect("accounts:departments")


def _page(request, department):
    form = DepartmentForm(request.POST or None, instance=department)
    if request.method == "POST" and form.is_valid():
        moved = change_department(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        _say(request, department, moved)
        return redirect("accounts:departments")
    people = User.objects.visible_to(request.user).filter(department=department.pk)
    context = {
        "form": form,
        "department": department,
        "people": people if department.pk else [],
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/department.html", context, status=status)


def _say(request, department, moved):
    if not moved:
        return
    text = ngettext(
        "{n} person has another role now: {role}.",
        "{n} people have another role now: {role}.",
        len(moved),
    )
    role = moved[0].get_role_display()
    messages.info(request, text.format(n=len(moved), role=role))
