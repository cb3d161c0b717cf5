"""E-mails in the REST API: read, taken in, assigned to actors, set aside."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError as ModelError
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.filtersets.emails import IncomingEmailFilterSet
from contacts.models import IncomingEmail
from contacts.serializers.emails import AssignSerializer, IncomingEmailSerializer, NewEmailSerializer
from contacts.services.email_reading import Taken, take_in_bytes, take_in_files, take_in_text
from contacts.services.emails import log_email, set_aside
from core.api import ReadOnlyViewSet, all_or_nothing
from core.api_defaults import JSONParser
from core.api_strictness import refuse_unknown_fields
from core.serializers import Conflict
from core.viewers import account_of


class IncomingEmailViewSet(ReadOnlyViewSet):
    """E-mails that became contacts, wait, or were set aside."""

    queryset = IncomingEmail.objects.prefetch_related("attachments")
    serializer_class = IncomingEmailSerializer
    filterset_class = IncomingEmailFilterSet
    ordering_fields: ClassVar = ("sent_at", "created_at", "updated_at")
    parser_classes = (JSONParser, MultiPartParser)
    http_method_names = ["get", "head", "post"]

    @extend_schema(
        request=NewEmailSerializer, responses={200: IncomingEmailSerializer, 201: IncomingEmailSerializer}
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take an e-mail in: 201 if it is new, 200 with the stored one if it was taken in before."""
        serializer = NewEmailSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        [(kind, given)] = serializer.validated_data.items()
        taken = self._take(kind, given)
        if taken.email is None:
            raise ValidationError({kind: [taken.refusal]})
        code = status.HTTP_201_CREATED if taken.is_new else status.HTTP_200_OK
        return Response(self.get_serializer(taken.email).data, status=code)

    def _take(self, kind: str, given: Any) -> Taken:
        user = account_of(self.request)
        if kind == "file":
            return take_in_files([given], user=user)[0]
        if kind == "raw":
            return take_in_bytes(given.encode("utf-8", "surrogateescape"), user=user)
        return take_in_text(given, user=user)

    @extend_schema(request=AssignSerializer, responses=IncomingEmailSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Log the e-mail as a contact of these actors; one that is logged already is refused."""
        email = self.get_object()
        serializer = AssignSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        try:
            with all_or_nothing():
                _contact, is_new = log_email(
                    email=email, user=account_of(request), **serializer.validated_data
                )
        except ModelError as error:
            raise ValidationError(error.messages) from error
        if not is_new:
            raise Conflict
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=IncomingEmailSerializer)
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put away an e-mail that is to become no contact."""
        refuse_unknown_fields(request.data, ())
        try:
            set_aside(email=self.get_object())
        except ModelError as error:
            raise Conflict(" ".join(error.messages)) from error
        return Response(self.get_serializer(self.get_object()).data)


ROUTES = {"emails": IncomingEmailViewSet}
