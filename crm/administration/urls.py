"""Pages of management."""

from django.urls import path

from crm.administration import views

app_name = "administration"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("vocabularies/<slug:vocabulary>/", views.TermListView.as_view(), name="term_list"),
    path("vocabularies/<slug:vocabulary>/new/", views.TermCreateView.as_view(), name="term_create"),
    path("vocabularies/<slug:vocabulary>/<int:pk>/", views.TermUpdateView.as_view(), name="term_update"),
    path(
        "vocabularies/<slug:vocabulary>/<int:pk>/delete/", views.TermDeleteView.as_view(), name="term_delete"
    ),
]
