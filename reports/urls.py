"""Pages of reports and of the network explorer."""

from django.urls import path

from reports.views import ego, explorer, pages, saved

app_name = "reports"
urlpatterns = [
    path("", pages.report_list, name="report_list"),
    path("records/", pages.records, name="records"),
    path("saved/", saved.SavedReportListView.as_view(), name="saved_list"),
    path("saved/<int:pk>/", saved.SavedReportView.as_view(), name="saved_report"),
    path("saved/<int:pk>/delete/", saved.SavedReportDeleteView.as_view(), name="saved_delete"),
    path("saved/<int:pk>/<slug:suffix>/", saved.SavedFileView.as_view(), name="saved_file"),
    path("actors/<int:pk>/", ego.actor_network, name="actor_network"),
    path("explorer/", explorer.network_explorer, name="network_explorer"),
    path("explorer/data/", explorer.network_data, name="network_data"),
    path("explorer/figures/", explorer.network_figures, name="network_figures"),
    path("explorer/tie/", explorer.network_tie, name="network_tie"),
    path("explorer/export/<str:file_format>/", explorer.network_export, name="network_export"),
    path("explorer/layout/", explorer.network_layout, name="network_layout"),
    path("<slug:kind>/", pages.report, name="report"),
]
