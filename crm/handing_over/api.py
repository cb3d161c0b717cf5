"""Handing over work over the REST API: the same form, the same step, management only."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as Refused
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm.common.roles import Role, role_of
from crm.handing_over.forms import HandOverForm, LeavingForm
from crm.handing_over.steps import hand_over


class IsManagement(BasePermission):
    """Only who looks after accounts."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return role_of(request.user) == Role.MANAGEMENT


class HandOverView(APIView):
    """Open work of one account goes to others."""

    permission_classes = [IsManagement]

    @extend_schema(request=OpenApiTypes.OBJECT, responses={200: OpenApiTypes.OBJECT})
    def post(self, request: Request) -> Response:
        """Hand over in one step.

        Keys of accounts: ``leaving`` and ``to``; ``follow_ups_to``, ``concerns_to``, ``actors_to`` and
        ``group_<key>`` where somebody else takes a part. ``close_account`` closes the account afterwards.
        """
        data = request.data if isinstance(request.data, dict) else {}
        choice = LeavingForm(data)
        if not choice.is_valid():
            raise ValidationError(choice.errors)  # type: ignore[arg-type]
        leaving, by = choice.cleaned_data["leaving"], request.user
        form = HandOverForm(data, leaving=leaving)
        if not form.is_valid():
            raise ValidationError(form.errors)  # type: ignore[arg-type]
        base_url = request.build_absolute_uri("/").rstrip("/")
        try:
            moved, saved = hand_over(leaving=leaving, form=form, by=by, base_url=base_url)  # type: ignore[arg-type]
        except Refused as error:
            raise ValidationError({"non_field_errors": error.messages}) from error
        counts = [{"to": user.pk, **found} for user, found in moved.counts.items()]
        return Response({"moved": counts, "sheet": saved.pk})


urlpatterns = [path("hand-over/", HandOverView.as_view(), name="hand-over")]
