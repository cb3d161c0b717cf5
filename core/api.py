"""Bases of the REST API: the same rows, filters, rights and rules as the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from rest_framework import filters, mixins, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from core.api_strictness import FilterBackend, StrictView, refuse_unknown_ordering, refuse_unknown_parameters
from core.ordering import in_total_order
from core.serializers import Conflict


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Write in one transaction, and say in the API's words what the database refuses in the end."""
    try:
        with transaction.atomic():
            yield
    except ProtectedError as error:
        raise Conflict(_("Other records still need this one.")) from error
    except IntegrityError as error:
        # The rules were checked before; so somebody else was quicker.
        raise Conflict(_("Somebody else saved the same in the meantime.")) from error


class StableOrdering(filters.OrderingFilter):
    """Sorts by the fields that a view lists, and equal ones by the key, so that pages do not overlap.

    A field that is not listed is refused: in another order the first page holds the wrong records.
    """

    def filter_queryset(self, request: Request, queryset: models.QuerySet, view: Any) -> models.QuerySet:
        return in_total_order(super().filter_queryset(request, queryset, view))

    def remove_invalid_fields(self, queryset: Any, fields: Iterable[str], view: Any, request: Request) -> Any:
        ordering = [field for field in fields if field]
        known = [name for name, _label in self.get_valid_fields(queryset, view)]
        if not {field.removeprefix("-") for field in ordering} <= set(known):
            refuse_unknown_ordering(self.ordering_param, known)
        return ordering

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        names = [sign + name for name in view.ordering_fields for sign in ("", "-")]
        return [
            {
                "name": self.ordering_param,
                "in": "query",
                "required": False,
                "description": _("Sort by this field; with a minus sign in descending order."),
                "schema": {"type": "string", "enum": names},
            }
        ]

    def get_valid_fields(self, queryset: Any, view: Any, context: Any = None) -> list[tuple[str, str]]:
        return [(field, field) for field in view.ordering_fields]


class VisibleMixin(StrictView, viewsets.GenericViewSet):
    """Shows the records that the user may see, filtered like the pages, sorted by listed fields only."""

    filter_backends = [FilterBackend, StableOrdering]
    ordering_fields: ClassVar[Iterable[str]] = ()
    lookup_value_converter = "int"

    @property
    def is_list(self) -> bool:
        """Whether many are asked for; then the filters know which parameters there are."""
        return getattr(self, "action", None) == "list"

    def known_parameters(self, request: Request) -> Collection[str]:
        """Leave those of a list to its filters, and those of a record until it is there."""
        return request.query_params if self.is_list or self.detail else super().known_parameters(request)

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """Filter lists only: a record is there or not, whatever else its address asks for."""
        rows: models.QuerySet = queryset if self.detail else super().filter_queryset(queryset)
        return rows

    def get_object(self) -> Any:
        record = super().get_object()
        refuse_unknown_parameters(self.request, ())
        return record

    def get_queryset(self) -> models.QuerySet:
        rows: Any = super().get_queryset()
        seen: models.QuerySet = rows.visible_to(self.request.user)
        return seen


class ReadOnlyViewSet(mixins.RetrieveModelMixin, mixins.ListModelMixin, VisibleMixin):
    """List and detail."""

    http_method_names = ["get", "head"]


class RecordViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    mixins.ListModelMixin,
    VisibleMixin,
):
    """List, detail, create, update and delete; each write is one transaction on a locked row."""

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    def get_queryset(self) -> models.QuerySet:
        rows = super().get_queryset()
        writes = self.request.method in {"PUT", "PATCH", "DELETE"}
        return rows.select_for_update(of=("self",)) if writes else rows

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with all_or_nothing():
            return super().create(request, *args, **kwargs)

    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with all_or_nothing():
            return super().update(request, *args, **kwargs)

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with all_or_nothing():
            return super().destroy(request, *args, **kwargs)


class TermViewSet(RecordViewSet):
    """The terms of a vocabulary. Everybody reads them, management writes; a used term is not deleted."""

    filterset_fields = ("code", "is_active")
    ordering_fields = ("position", "code", "name_de", "name_en")
