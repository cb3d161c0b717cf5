"""The pages of the import; what can be imported is said by whoever mounts them."""

from django.urls import URLPattern, path

from core.imports import views
from core.imports.overview import import_overview
from core.imports.views import Importers


def import_pages(importers: Importers) -> list[URLPattern]:
    """Return the addresses of all pages, for these kinds of import."""
    given = {"importers": importers}
    return [
        path("", import_overview, given, name="imports"),
        path("new/<slug:kind>/", views.import_upload, given, name="import_upload"),
        path("<int:pk>/", views.import_run, given, name="import_run"),
        path("<int:pk>/mapping/", views.import_mapping, given, name="import_mapping"),
        path("<int:pk>/errors/", views.import_errors, given, name="import_errors"),
        path("<int:pk>/apply/", views.import_apply, given, name="import_apply"),
        path("<int:pk>/undo/", views.import_undo, given, name="import_undo"),
        path("<int:pk>/discard/", views.import_discard, given, name="import_discard"),
    ]
