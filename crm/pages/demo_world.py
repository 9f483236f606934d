"""The page on which an admin takes the demo world out."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.demo import removal
from crm.lib.access import role_required


@role_required("admin")
@require_http_methods(["GET", "POST"])
def demo_world(request):
    """Say what goes and what stays, then do it."""
    if request.method == "POST":
        n = removal.remove(by=request.user)
        text = _("The demo world is gone: {n} rows.")
        messages.success(request, text.format(n=number_format(n, force_grouping=True)))
        return redirect("pages:home")
    rows = removal.found()
    context = {
        "counts": removal.counts(rows),
        "kept": any(rows.kept[model] for model in removal.COUNTED),
    }
    return render(request, "pages/demo_world.html", context)
