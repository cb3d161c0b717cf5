"""What can be imported, and what was: the page from which every import starts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.imports import ActorImporter, AffiliationImporter
from crm.common.import_models import ImportRun
from crm.common.import_views import office_only
from crm.common.imports.importer import Importer
from events.imports import EventImporter, ParticipationImporter

RUNS_SHOWN = 25

# In the order in which a register is built: ties name what must exist before.
IMPORTERS: dict[str, type[Importer]] = {
    importer.kind: importer
    for importer in (ActorImporter, EventImporter, AffiliationImporter, ParticipationImporter)
}
ICONS = {
    "actors": "address-book",
    "events": "calendar-event",
    "affiliations": "users",
    "participations": "list-check",
}


@office_only
def import_overview(request: HttpRequest) -> HttpResponse:
    """Show the four kinds of import and the history."""
    runs = ImportRun.objects.visible_to(request.user).without_table().select_related("uploaded_by")
    page: Any = Paginator(runs, RUNS_SHOWN).get_page(request.GET.get("page"))
    for run in page:
        run.title = IMPORTERS[run.kind].title if run.kind in IMPORTERS else run.kind
    context = {
        "kinds": [(importer, ICONS[kind]) for kind, importer in IMPORTERS.items()],
        "page": page,
    }
    return render(request, "imports/overview.html", context)
