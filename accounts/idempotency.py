"""`Idempotency-Key` on POST: the same request twice has one effect and one answer."""

import hashlib
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


class IdempotentCreate:
    """For viewsets with `create`: put it before CreateModelMixin.

    The key's row is written in the transaction of the effect, so a second request
    waits for the first, then repeats its answer.
    """

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "").strip()
        if not key:
            with transaction.atomic():
                return super().create(request, *args, **kwargs)  # type: ignore[misc]
        if len(key) > 200:
            raise ValidationError({"Idempotency-Key": [_("At most 200 characters.")]})
        digest = hashlib.sha256(
            request.path.encode() + JSONRenderer().render(request.data)
        ).hexdigest()
        try:
            with transaction.atomic():
                replay = Replay.objects.create(
                    user=request.user, key=key, request=digest
                )
                response = super().create(request, *args, **kwargs)  # type: ignore[misc]
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
