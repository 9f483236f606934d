"""The one gate more that projects need: who leads."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from crm.lib.access import get_editable, get_visible
from projects.models import Milestone, Project


def get_with_rights(pk: Any, user: Any) -> Project:
    """The project with `can_edit` and `can_lead`; 404 if hidden."""
    return get_object_or_404(Project.objects.visible_to(user).with_rights(user), pk=pk)


def get_led(pk: Any, user: Any) -> Project:
    """The project; 404 if hidden, 403 for whoever neither leads nor manages it."""
    project = get_visible(Project, pk, user)
    if not Project.objects.led_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    return project


def get_led_milestone(pk: Any, user: Any) -> Milestone:
    """The milestone of a project that this user leads; 404 or 403 as above."""
    milestone = get_visible(Milestone, pk, user)
    get_led(milestone.project_id, user)
    return milestone


def get_closable(pk: Any, user: Any) -> Milestone:
    """One that this user may call done or not: who leads, where the client is told of it."""
    milestone = get_editable(Milestone, pk, user)
    if milestone.client_visible:
        get_led(milestone.project_id, user)
    return milestone


def get_answerable(pk: Any, user: Any) -> Milestone:
    """The milestone of the client's own firm; 404 if hidden, 403 for a reader."""
    milestone = get_visible(Milestone, pk, user)
    if (
        not Milestone.objects.visible_to(user)
        .answerable_by(user)
        .filter(pk=pk)
        .exists()
    ):
        raise PermissionDenied
    return milestone
