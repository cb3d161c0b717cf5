"""The one router of the REST API, below ``/api/v1/``."""

from functools import cache

from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.routers import APIRootView, DefaultRouter

import actors.api
import contacts.api
import core.accounts.api
import crm.register
import crm.staff_change.api
import crm.timeline.api
import events.api
import reports.api
from core.api_strictness import StrictView

app_name = "api"


RENDERERS = {renderer.media_type: renderer for renderer in SpectacularAPIView.renderer_classes}


@cache
def written_schema(_language: str | None, media_type: str) -> str | bytes:
    """Put the schema together once for each language and format: the routes stay while the server runs."""
    schema = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    return RENDERERS[media_type]().render(schema)


class SchemaView(SpectacularAPIView):
    """The description of all routes, for whoever is signed in."""

    def _get_schema_response(self, request: Request) -> HttpResponse:
        media_type = request.accepted_renderer.media_type
        name = self._get_filename(request, None)  # type: ignore[no-untyped-call]
        return HttpResponse(
            written_schema(get_language(), media_type),
            content_type=media_type,
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


class RootView(StrictView, APIRootView):
    """The addresses of everything that the API serves."""


router = DefaultRouter(use_regex_path=False)
router.APIRootView = RootView
router.include_format_suffixes = False
for routes in (
    {**actors.api.ROUTES, "actors": crm.register.ActorViewSet},
    contacts.api.ROUTES,
    events.api.ROUTES,
    core.accounts.api.ROUTES,
):
    for prefix, viewset in routes.items():
        router.register(prefix, viewset, basename=prefix)

urlpatterns = [
    path("token/", core.accounts.api.TokenView.as_view(), name="token"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("reports/", include(reports.api.urlpatterns)),
    *crm.staff_change.api.urlpatterns,
    *crm.timeline.api.urlpatterns,
    *router.urls,
]
