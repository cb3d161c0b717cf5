"""Pages of reports and of the network explorer."""

from django.urls import URLPattern

app_name = "reports"
urlpatterns: list[URLPattern] = []
