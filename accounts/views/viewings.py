"""View as: see the pages of somebody else, and change nothing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User, Viewing
from accounts.models.viewings import SESSION_KEY
from crm.lib.access import role_required


@require_POST
@role_required("admin", "manager")
def start(request, pk):
    """Look with the eyes of a person whose pages one may see."""
    person = get_object_or_404(User.objects.viewable_by(request.user), pk=pk)
    request.session[SESSION_KEY] = Viewing.begin(person, by=request.user).pk
    return redirect("/")


@require_POST
@role_required("admin", "manager")
def stop(request):
    """Be oneself again; whoever is it already goes home."""
    pk = request.session.pop(SESSION_KEY, None)
    for viewing in Viewing.objects.editable_by(request.user).running().filter(pk=pk):
        viewing.end()
        text = _("You see your own pages again, no longer those of {who}.")
        messages.success(request, text.format(who=viewing.person))
    return redirect("/")
