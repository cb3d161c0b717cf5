"""What every view of the REST API starts from. Apart from ``api.py`` because the framework imports it by name."""

from __future__ import annotations

from typing import Any

from rest_framework import pagination, permissions
from rest_framework.request import Request

from crm.common.roles import can, role_of

ACTION_RIGHTS = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}


class Pages(pagination.PageNumberPagination):
    """Pages of 100 records; ``page_size`` asks for up to 500."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500


class ModelRights(permissions.BasePermission):
    """Denies whoever is not signed in; asks the model which role may do what."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if role_of(request.user) is None:
            return False
        model = getattr(getattr(view, "queryset", None), "model", None)
        right = ACTION_RIGHTS.get(request.method or "", "view")
        return model is None or can(request.user, right, model)
