"""Pages of reports and of the network explorer."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("network/", views.network_report, name="network_report"),
    path("continuity/", views.continuity_report, name="continuity_report"),
    path("activity/", views.activity_report, name="activity_report"),
    path("records/", views.records, name="records"),
    path("explorer/", views.network_explorer, name="network_explorer"),
    path("explorer/data/", views.network_data, name="network_data"),
]
