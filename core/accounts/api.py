"""Signing in to the REST API, and who works here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers, status
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import ErrorDetail, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.attempts import TooManyAttempts
from core.accounts.models import User
from core.accounts.serializers import SignInSerializer, TokenSerializer, UserSerializer
from core.api import ReadOnlyViewSet
from core.api_strictness import StrictView
from core.roles import role_of


class UserViewSet(ReadOnlyViewSet):
    """Who works here."""

    queryset = User.objects.all()
    serializer_class = UserSerializer
    filterset_fields = ("role", "is_active")
    ordering_fields = ("last_name", "first_name", "role")


class MaySignIn(permissions.BasePermission):
    """Anybody may try to sign in; signing out is for who is signed in."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.method == "POST" or role_of(request.user) is not None


class TokenView(StrictView):
    """Sign-in with a token, for programs."""

    permission_classes = (MaySignIn,)
    slows_attempts = True

    @extend_schema(
        auth=[],
        request=SignInSerializer,
        responses=TokenSerializer,
    )
    def post(self, request: Request) -> Response:
        """Return the token of an account; wrong name, wrong password and a closed account answer alike."""
        given = SignInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            user = get_adapter().authenticate(request._request, **given.validated_data)
        except ValidationError as error:
            raise _throttled(error) from error
        if role_of(user) is None:
            raise serializers.ValidationError(_("User name or password is wrong."))
        token, _created = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the token of whoever is signed in."""
        Token.objects.filter(user__in=User.objects.filter(pk=request.user.pk)).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


def _throttled(error: ValidationError) -> Throttled:
    """Say how long to wait, in words and for programs as the header Retry-After."""
    seconds = error.__cause__.seconds if isinstance(error.__cause__, TooManyAttempts) else None
    refusal = Throttled(wait=seconds)
    refusal.detail = ErrorDetail(
        " ".join(error.messages), refusal.default_code
    )  # without the seconds once more
    return refusal


ROUTES = {"users": UserViewSet}
