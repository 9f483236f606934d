"""API tokens: `Authorization: Token linden_…`, stored as a hash, with a scope."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS

from accounts.models import ApiToken
from accounts.models.keys import hashed


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request):
        word, _space, secret = (
            get_authorization_header(request).decode("latin-1").partition(" ")
        )
        if word.lower() != "token":
            return None
        now = timezone.now()
        token = (
            ApiToken.objects.select_related("user__department")
            .filter(
                Q(expires__isnull=True) | Q(expires__gt=now),
                hash=hashed(secret.strip()),
            )
            .first()
        )
        if (
            token is None
            or not token.user.is_active
            or (token.user.is_demo and not settings.DEMO)
        ):
            raise AuthenticationFailed(_("This token is not valid or has run out."))
        if request.method not in SAFE_METHODS and token.scope != ApiToken.Scope.WRITE:
            raise PermissionDenied(_("This token may only read."))
        if token.last_used is None or now - token.last_used > timedelta(minutes=5):
            ApiToken.objects.filter(pk=token.pk).update(last_used=now)
        return token.user, token

    def authenticate_header(self, request):
        return "Token"
