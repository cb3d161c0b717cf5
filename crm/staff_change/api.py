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

from core.api_strictness import StrictView, refuse_unknown_fields
from core.roles import Role, role_of
from crm.staff_change.forms import HandOverForm, LeavingForm
from crm.staff_change.steps import hand_over


class IsManagement(BasePermission):
    """Only who looks after accounts."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return role_of(request.user) == Role.MANAGEMENT


class HandOverView(StrictView):
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
        refuse_unknown_fields(data, {*choice.fields, *form.fields})
        if not form.is_valid():
            raise ValidationError(form.errors)  # type: ignore[arg-type]
        base_url = request.build_absolute_uri("/").rstrip("/")
        try:
            moved, saved = hand_over(leaving=leaving, form=form, by=by, base_url=base_url)  # type: ignore[arg-type]
        except Refused as error:
            raise ValidationError({"non_field_errors": error.messages}) from error
        counts = [{"to": user.pk, **by_kind} for user, by_kind in moved.counts.items()]
        return Response({"moved": counts, "sheet": saved.pk})


urlpatterns = [path("hand-over/", HandOverView.as_view(), name="hand-over")]
