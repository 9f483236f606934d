"""Web forms: the list of them, and the builder with its preview."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.lib.access import get_editable, role_required
from leads.models import WebForm
from leads.web_form_forms import AskForm, WebFormForm

BUILDERS = ("admin", "manager")
require_form = require_http_methods(["GET", "POST"])


@role_required(*BUILDERS)
@require_GET
def web_forms(request):
    since = timezone.now() - timedelta(days=30)
    rows = WebForm.objects.visible_to(request.user).with_figures(since)
    context = {"forms": list(rows.select_related("medium", "owner"))}
    return render(request, "leads/web_forms.html", context)


@role_required(*BUILDERS)
@require_form
def web_form_create(request):
    return _build(request, WebForm(asks=WebForm().asks), _("New web form"))


@role_required(*BUILDERS)
@require_form
def web_form_edit(request, pk):
    row = get_editable(WebForm, pk, request.user)
    return _build(request, row, str(row))


def _build(request, row, title):
    form = WebFormForm(request.POST or None, instance=row, user=request.user)
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("The form is saved."))
        return redirect(saved)
    context = {
        "form": form,
        "title": title,
        "row": row,
        "ask": AskForm(row=row, auto_id="preview_%s"),
    }
    if row.pk:
        context |= {
            "snippet": snippet(row),
            "frame": frame(row),
            "address": row.get_public_url(),
        }
    status = 422 if form.is_bound else 200
    return render(request, "leads/web_form_edit.html", context, status=status)


@role_required(*BUILDERS)
@require_POST
def web_form_preview(request):
    """The public form as it would be, drawn from what stands in the builder."""
    form = WebFormForm(request.POST, user=request.user)
    form.is_valid()  # what is well-formed is on the instance, the rest is left out
    context = {
        "row": form.instance,
        "ask": AskForm(row=form.instance, auto_id="preview_%s"),
    }
    return render(request, "leads/_web_form_preview.html", context)


def height(row):
    return 340 + 90 * len(row.questions)


def frame(row):
    """The form as a frame: for sites that allow no script of others."""
    return (
        f'<iframe src="{row.get_public_url()}" title="{title_of(row)}" '
        f'width="100%" height="{height(row)}" loading="lazy"></iframe>'
    )


def snippet(row):
    """The form by a script, which hands on the campaign of the page it stands on."""
    # Not static(): its hashed name would be gone from other sites after our next release.
    source = f"{settings.SITE_URL}{settings.STATIC_URL}js/embed.js"
    return (
        f'<script src="{source}" data-form="{row.get_public_url()}" '
        f'data-title="{title_of(row)}" data-height="{height(row)}"></script>'
    )


def title_of(row):
    return row.name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
