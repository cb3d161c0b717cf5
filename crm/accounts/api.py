"""Signing in to the REST API, and who works here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import permissions, serializers, status
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from crm.accounts.models import User
from crm.accounts.serializers import SignInSerializer, TokenSerializer, UserSerializer
from crm.common.api import ReadOnlyViewSet
from crm.common.roles import role_of


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


class TokenView(APIView):
    """Sign-in with a token, for programs."""

    permission_classes = (MaySignIn,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "token"

    @extend_schema(
        auth=[],
        request=SignInSerializer,
        responses={200: TokenSerializer, 400: OpenApiResponse(description="Wrong user name or password.")},
    )
    def post(self, request: Request) -> Response:
        """Return the token of an account; wrong name, wrong password and a closed account answer alike."""
        given = SignInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            user = get_adapter().authenticate(request._request, **given.validated_data)
        except ValidationError as error:
            raise Throttled(detail=" ".join(error.messages)) from error
        if role_of(user) is None:
            raise serializers.ValidationError(_("User name or password is wrong."))
        token, _created = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the token of whoever is signed in."""
        Token.objects.filter(user__in=User.objects.filter(pk=request.user.pk)).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


ROUTES = {"users": UserViewSet}
