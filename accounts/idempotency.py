"""`Idempotency-Key` on POST: the same request twice has one effect and one answer."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from accounts.models import Replay


class KeyReused(ValidationError):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


def idempotent(post: Callable[..., Response]) -> Callable[..., Response]:
    """Decorate a view's POST: a key's second request repeats the first one's answer.

    The key's row is written in the transaction of the effect, so a second request
    waits for the first.
    """

    @wraps(post)
    def once(view: Any, request: Any, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "").strip()
        if len(key) > 200:
            raise ValidationError({"Idempotency-Key": [_("At most 200 characters.")]})
        if not key:
            with transaction.atomic():
                return post(view, request, *args, **kwargs)
        return _kept(request, key, lambda: post(view, request, *args, **kwargs))

    return once


class IdempotentCreate:
    """For viewsets with `create`: put it before CreateModelMixin."""

    @idempotent
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().create(request, *args, **kwargs)  # type: ignore[misc]


def _kept(request: Any, key: str, act: Callable[[], Response]) -> Response:
    """Act and keep the answer, or repeat the one that was kept."""
    digest = hashlib.sha256(
        request.path.encode() + JSONRenderer().render(request.data)
    ).hexdigest()
    try:
        with transaction.atomic():
            replay = Replay.objects.create(user=request.user, key=key, request=digest)
            response = act()
            replay.status = response.status_code
            replay.body = JSONRenderer().render(response.data).decode()
            replay.save(update_fields=["status", "body"])
            return response
    except IntegrityError:
        replay = Replay.objects.filter(user=request.user, key=key).first()
        if replay is None:
            raise
    if replay.request != digest:
        raise KeyReused(
            {"Idempotency-Key": [_("This key was used for another request.")]}
        )
    return Response(
        replay.answer, status=replay.status, headers={"Idempotent-Replay": "true"}
    )
