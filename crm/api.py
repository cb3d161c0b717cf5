"""The one router of the REST API, below ``/api/v1/``."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
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
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("reports/", include(reports.api.urlpatterns)),
    *crm.staff_change.api.urlpatterns,
    *crm.timeline.api.urlpatterns,
    *router.urls,
]
