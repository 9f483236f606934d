"""The only ways a view gets a row, or is closed to a role."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.permissions import BasePermission


def get_visible(model: type[Model], pk: Any, user: Any) -> Any:
    """The row, or 404 if this user may not know that it exists."""
    return get_object_or_404(model.objects.visible_to(user), pk=pk)  # type: ignore[attr-defined]


def find_visible(model: type[Model], pk: Any, user: Any) -> Any:
    """The row, or None without a key or where this user may not know of it."""
    if not pk:
        return None
    return model.objects.visible_to(user).filter(pk=pk).first()  # type: ignore[attr-defined]


def get_editable(model: type[Model], pk: Any, user: Any) -> Any:
    """The row, 404 if it is hidden from this user, 403 if it is read-only for them."""
    row = get_visible(model, pk, user)
    if not model.objects.editable_by(user).filter(pk=pk).exists():  # type: ignore[attr-defined]
        raise PermissionDenied
    return row


def role_required(*roles: str) -> Callable:
    """Close a view to everybody but these roles: anonymous 302, wrong role 404."""

    def decorate(view: Callable) -> Callable:
        @login_required
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if request.user.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


STAFF = ("admin", "manager", "bd", "dev")
SELLERS = ("admin", "manager", "bd")


class Staff(BasePermission):
    """The API of those who work here; for other roles it is not there (404)."""

    roles: tuple[str, ...] = STAFF

    def has_permission(self, request: Any, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        if request.user.role not in self.roles:
            raise Http404
        return True


class Sellers(Staff):
    """The API of leads, clients and sales."""

    roles = SELLERS


def sees(user: Any, **abouts: type[Model]) -> Q:
    """The condition that a row which one of these relations names is visible to the user.

    For the gates of what is about leads, clients, projects: `sees(user, lead=Lead)`. Each
    is looked up by its key: a list of all that somebody sees, half a million perhaps,
    must not be made to find a page of tasks.
    """
    seen = Q(pk__in=[])
    for about, model in abouts.items():
        rows = model.objects.visible_to(user)  # type: ignore[attr-defined]
        # For an equal key PostgreSQL may hash all of them first; for a range it cannot.
        key = {"pk__gte": OuterRef(about), "pk__lte": OuterRef(about)}
        seen |= Q(Exists(rows.filter(**key)))
    return seen
