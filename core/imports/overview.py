"""What can be imported, and what was: the page from which every import starts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.imports.models import ImportRun
from core.imports.views import Importers, office_only

RUNS_SHOWN = 25


@office_only
def import_overview(request: HttpRequest, importers: Importers) -> HttpResponse:
    """Show the kinds of import and the history."""
    runs = ImportRun.objects.visible_to(request.user).without_table().select_related("uploaded_by")
    page: Any = Paginator(runs, RUNS_SHOWN).get_page(request.GET.get("page"))
    for run in page:
        run.title = importers[run.kind].title if run.kind in importers else run.kind
    return render(request, "imports/overview.html", {"importers": importers.values(), "page": page})
