"""Bases of the REST API: the same rows, filters, rights and rules as the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError as ModelError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from rest_framework import serializers, status, viewsets
from rest_framework.exceptions import APIException

from crm.common.fields import InclusiveDateSerializerField, UntilDateField
from crm.common.models import Record, VocabularyTerm


class Conflict(APIException):
    """The record was saved by somebody else in the meantime, or others still need it."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class VisibleRelatedMixin:
    """A related record may only be one that the user sees; invisible and missing answer alike."""

    def get_queryset(self) -> Any:
        queryset: Any = super().get_queryset()  # type: ignore[misc]
        request = self.context.get("request")  # type: ignore[attr-defined]
        if queryset is None or request is None or not hasattr(queryset, "visible_to"):
            return queryset
        return queryset.visible_to(request.user)


class VisibleKeyField(VisibleRelatedMixin, serializers.PrimaryKeyRelatedField):  # type: ignore[misc,type-arg]
    """Key of a related record."""


class TermField(VisibleRelatedMixin, serializers.SlugRelatedField):  # type: ignore[misc,type-arg]
    """Code of a term of a vocabulary."""


class RecordSerializer(serializers.ModelSerializer):
    """Serializer that runs the model's own validation. Intervals go in and out with their last day."""

    serializer_related_field = VisibleKeyField
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        UntilDateField: InclusiveDateSerializerField,
    }

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        if not issubclass(relation_info.related_model, VocabularyTerm):
            return super().build_relational_field(field_name, relation_info)
        _field, kwargs = super().build_relational_field(field_name, relation_info)
        kwargs.pop("view_name", None)
        return TermField, {**kwargs, "slug_field": "code"}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        model = self.Meta.model  # type: ignore[attr-defined]
        many = {f.name for f in model._meta.many_to_many}
        plain = {f.name for f in model._meta.concrete_fields}
        candidate = (
            model(**{f.attname: getattr(self.instance, f.attname) for f in model._meta.concrete_fields})
            if (self.instance is not None)
            else model()
        )
        candidate._state.adding = self.instance is None
        for name, value in attrs.items():
            if name in plain and name not in many:
                setattr(candidate, name, value)
        self.complete(candidate)
        try:
            candidate.full_clean()
        except ModelError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return attrs

    def complete(self, candidate: Any) -> None:
        """Fill what the API sets itself (such as who logged a contact) before validation."""


class RecordViewSet(viewsets.ModelViewSet):
    """List, detail, create, update and delete of the records that the user may see."""

    http_method_names: ClassVar[list[str]] = ["get", "post", "put", "patch", "delete", "head", "options"]

    def get_queryset(self) -> models.QuerySet:
        queryset: Any = super().get_queryset()
        return queryset.visible_to(self.request.user)

    def perform_create(self, serializer: Any) -> None:
        with transaction.atomic():
            serializer.save()

    def perform_update(self, serializer: Any) -> None:
        seen = self.request.data.get("version") if isinstance(self.request.data, dict) else None
        if seen is not None and str(seen) != str(serializer.instance.version):
            raise Conflict(_("Somebody else saved this record in the meantime."))
        with transaction.atomic():
            serializer.save()

    def perform_destroy(self, instance: Record) -> None:
        try:
            with transaction.atomic():
                instance.delete()
        except ProtectedError as error:
            raise Conflict(_("Other records still need this one.")) from error
