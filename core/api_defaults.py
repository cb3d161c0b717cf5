"""What every view of the REST API starts from; the framework imports it by name, hence not in ``api.py``."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import pagination, parsers, permissions
from rest_framework.exceptions import NotFound, ParseError, ValidationError
from rest_framework.request import Request

from core.roles import can, role_of

ACTION_RIGHTS = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}


class Pages(pagination.PageNumberPagination):
    """Pages of 100 records; ``page_size`` asks for up to 500."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500

    def get_page_size(self, request: Request) -> int:
        """Return how many records a page holds; ValidationError for what is no number from 1 to 500."""
        value = request.query_params.get(self.page_size_query_param)
        if value is None:
            return self.page_size
        size = int(value) if re.fullmatch(r"[0-9]{1,3}", value) else 0
        if not 1 <= size <= self.max_page_size:
            text = _("Enter a whole number from 1 to %(most)s.") % {"most": self.max_page_size}
            raise ValidationError({self.page_size_query_param: [text]})
        return size


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
