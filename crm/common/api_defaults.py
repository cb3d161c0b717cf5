"""What every view of the REST API starts from; the framework imports it by name, hence not in ``api.py``."""

from __future__ import annotations

from typing import Any

from rest_framework import pagination, parsers, permissions
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.request import Request

from crm.common.roles import can, role_of

ACTION_RIGHTS = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}


class Pages(pagination.PageNumberPagination):
    """Pages of 100 records; ``page_size`` asks for up to 500."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500


class ModelRights(permissions.BasePermission):
    """Denies whoever is not signed in, and asks the model which role may do what; 404 for the invisible."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if role_of(request.user) is None:
            return False
        model = getattr(getattr(view, "queryset", None), "model", None)
        if model is None:
            return True
        if not can(request.user, "view", model):
            raise NotFound
        return can(request.user, right_to(request, view), model)


def right_to(request: Request, view: Any) -> str:
    """Return the right that is needed here: what the view says of this action, else what the method says."""
    own: dict[str, str] = getattr(view, "action_rights", {})
    return own.get(getattr(view, "action", None) or "") or ACTION_RIGHTS.get(request.method or "", "view")


class JSONParser(parsers.JSONParser):
    """Reads JSON of a bounded depth; its size is bounded where the request is read."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error
