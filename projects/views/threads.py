"""Threads with the client, on a page of their own: to read on, and to write."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Client
from crm.lib.access import SELLERS, STAFF, get_visible, role_required
from crm.lib.onward import onward
from projects.models import Project
from projects.panels import talk
from projects.post_forms import PostForm
from projects.threads import Thread, say

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@role_required(*STAFF)
def project_messages(request, pk):
    """What client and firm say about a project."""
    return _page(request, _thread(request, pk), "base_app.html")


@require_http_methods(PAGE)
@role_required(*SELLERS)
def client_messages(request, pk):
    """What client and firm say in general; a message may be about a `project`."""
    client = get_visible(Client, pk, request.user)
    about = request.POST.get("project", "")
    thread = _thread(request, about, client=client) if about else Thread(client)
    return _page(request, thread, "base_app.html")


@require_http_methods(PAGE)
@role_required("client")
def portal_messages(request, pk):
    """The client's side of a project's thread."""
    return _page(request, _thread(request, pk), "base_portal.html")


def written(request, thread):
    """The form that was refused; None once the message is in the thread."""
    if not thread.may_write(request.user):
        raise PermissionDenied
    form = PostForm(request.POST)
    if not form.is_valid():
        return form
    say(thread, form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Your message is sent."))
    return None


def _thread(request, pk, **of):
    """The thread of a project, 404 if it is hidden or there is none such."""
    if not str(pk).isdecimal():
        raise Http404
    rows = Project.objects.visible_to(request.user).select_related("client")
    project = get_object_or_404(rows, pk=pk, **of)
    return Thread(project.client, project)


def _page(request, thread, base):
    form = None
    if request.method == "POST":
        form = written(request, thread)
        if form is None:
            return onward(request, thread.url_for(request.user))
    context = {
        "base": base,
        "talk": talk(request.user, thread, request.GET.get("after"), form=form),
        "back": _back(request.user, thread),
        "name": thread.project or thread.client,
    }
    status = 422 if form else 200
    return render(request, "projects/thread.html", context, status=status)


def _back(user, thread):
    row = thread.project or thread.client
    if user.role == "client":
        return reverse("portal:project", args=[thread.project.pk])
    return row.get_absolute_url()
