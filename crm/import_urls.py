"""The pages of the import; ``IMPORTERS`` says what can be imported."""

from django.urls import path

from crm.common import import_views
from crm.import_overview import IMPORTERS, import_overview

with_importers = {"importers": IMPORTERS}
urlpatterns = [
    path("", import_overview, name="imports"),
    path("new/<slug:kind>/", import_views.import_upload, with_importers, name="import_upload"),
    path("<int:pk>/", import_views.import_run, with_importers, name="import_run"),
    path("<int:pk>/mapping/", import_views.import_mapping, with_importers, name="import_mapping"),
    path("<int:pk>/errors/", import_views.import_errors, with_importers, name="import_errors"),
    path("<int:pk>/apply/", import_views.import_apply, with_importers, name="import_apply"),
    path("<int:pk>/undo/", import_views.import_undo, with_importers, name="import_undo"),
    path("<int:pk>/discard/", import_views.import_discard, with_importers, name="import_discard"),
]
