"""The one router of the REST API, below ``/api/v1/``."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

import actors.api
import actors.email_api
import actors.feed_api
import crm.accounts.api
import crm.handing_over.api
import crm.timeline.api
import events.api
import reports.api

app_name = "api"

router = DefaultRouter(use_regex_path=False)
router.include_format_suffixes = False
for routes in (
    actors.api.ROUTES,
    actors.email_api.ROUTES,
    actors.feed_api.ROUTES,
    events.api.ROUTES,
    crm.accounts.api.ROUTES,
):
    for prefix, viewset in routes.items():
        router.register(prefix, viewset, basename=prefix)

urlpatterns = [
    path("token/", crm.accounts.api.TokenView.as_view(), name="token"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("reports/", include(reports.api.urlpatterns)),
    *crm.handing_over.api.urlpatterns,
    *crm.timeline.api.urlpatterns,
    *router.urls,
]
