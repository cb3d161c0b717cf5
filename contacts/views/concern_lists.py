"""Lists of concerns: all of them as they age, by department, and those of one actor."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actors.models import Actor
from contacts.concerns import Light
from contacts.filtersets import ConcernFilterSet
from contacts.models import Concern
from contacts.tables.concerns import ConcernTable, light_mark
from core.roles import can
from core.viewers import SignedInRequest
from core.views import RecordListView

OPEN = {"is_open": "true"}
MOST_ON_CARD = 6
MOST_OF_DEPARTMENT = 20


def with_names(concerns: QuerySet) -> QuerySet:
    """Fetch along what a line about a concern names."""
    return concerns.select_related("kind", "status", "topic", "raised_by", "forwarded_to", "responsible")


class ConcernListView(RecordListView):
    """Concerns; at first those that are open, the oldest on top."""

    model = Concern
    filterset_class = ConcernFilterSet
    table_class = ConcernTable
    template_name = "contacts/concern_list.html"
    title = _("Concerns")
    create_url_name = "contacts:concern_create"
    help_text = _(
        "What people asked the office for. The light says how long it has been waiting; the limits belong to "
        "the kind of concern."
    )
    empty_title = _("No concerns yet")
    empty_text = _("A concern can be recorded from a contact, a tour stop, or here.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what is open to whoever comes without a wish."""
        if not self.request.GET and not self.request.htmx:
            return HttpResponseRedirect(f"{self.request.path}?{urlencode(OPEN)}")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return with_names(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"scopes": scopes(self.request), "create_label": _("Record a concern")}
        return super().get_context_data(**{**context, **kwargs})


def scopes(request: SignedInRequest) -> list[tuple[Any, str, bool]]:
    """Return the choices above the list: label, address, and whether this is the one shown."""
    choices = [
        (_("Open"), OPEN),
        (_("Mine"), {**OPEN, "responsible": str(request.user.pk)}),
        (_("Overdue"), {"light": Light.RED.value}),
        (_("Resident not told"), {"is_open": "false", "has": "untold"}),
        (_("All"), {"is_open": ""}),
    ]
    known = {"is_open", "responsible", "light", "has"}
    in_force = {key: value for key, value in request.GET.items() if value and key in known}
    address = reverse("contacts:concern_list")
    return [
        (label, f"{address}?{urlencode(query)}", {k: v for k, v in query.items() if v} == in_force)
        for label, query in choices
    ]


@dataclass(frozen=True)
class DepartmentRow:
    """What lies with one department."""

    department: Actor | None
    has_ended: bool
    concerns: list[tuple[Concern, int | None, Any]]
    lights: list[tuple[Any, int]]
    longest: int

    @property
    def longest_waiting(self) -> list[tuple[Concern, int | None, Any]]:
        return self.concerns[:MOST_OF_DEPARTMENT]

    @property
    def url(self) -> str:
        filters: dict[str, Any] = (
            {"department": self.department.pk} if self.department else {"has": "not_forwarded"}
        )
        return f"{reverse('contacts:concern_list')}?{urlencode({**OPEN, **filters})}"


class ConcernDepartmentsView(ConcernListView):
    """What is open, by the department it was forwarded to."""

    template_name = "contacts/concern_departments.html"
    results_template_name = "contacts/concern_departments_results.html"
    title = _("Concerns by department")

    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset()
        return rows.open()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return RecordListView.get(self, self.request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        concerns: Any = self.object_list
        return super().get_context_data(**{"departments": departments(concerns), **kwargs})


def departments(concerns: QuerySet) -> list[DepartmentRow]:
    """Return the open ones among ``concerns`` under their departments, the longest waiting first."""
    today = timezone.localdate()
    lots: dict[int | None, list[Concern]] = {}
    for concern in concerns.order_by("raised_on", "pk"):
        lots.setdefault(concern.forwarded_to_id, []).append(concern)
    rows = [_department_row(lot, today) for lot in lots.values()]
    return sorted(rows, key=lambda row: (row.department is None, -row.longest))


def _department_row(lot: list[Concern], today: dt.date) -> DepartmentRow:
    lights = [concern.light(today) for concern in lot]
    return DepartmentRow(
        department=lot[0].forwarded_to,
        has_ended=lot[0].has_ended_department(today),
        concerns=[
            (concern, concern.days_open(today), light_mark(light))
            for concern, light in zip(lot, lights, strict=True)
        ],
        lights=[
            (light_mark(light), lights.count(light))
            for light in (Light.RED, Light.YELLOW, Light.GREEN)
            if light in lights
        ],
        longest=(today - lot[0].raised_on).days,
    )


@require_safe
def actor_concerns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the card of an actor: the concerns it raised, and those that lie with it."""
    if not can(request.user, "view", Concern):
        raise Http404
    actor = get_object_or_404(Actor.objects.visible_to(request.user), pk=pk)
    filters = {"actor": actor.pk}
    rows = with_names(Concern.objects.visible_to(request.user))
    raised = rows.filter(raised_by=actor).order_by("-status__is_open", "-raised_on", "-pk")
    forwarded = rows.filter(forwarded_to=actor).order_by("-status__is_open", "-raised_on", "-pk")
    context = {
        "actor": actor,
        "groups": [
            (label, _lines(group[:MOST_ON_CARD]), group.count())
            for label, group in ((gettext("Raised"), raised), (gettext("Forwarded here"), forwarded))
        ],
        "has_any": raised.exists() or forwarded.exists(),
        "list_url": f"{reverse('contacts:concern_list')}?{urlencode(filters)}",
    }
    is_part = request.htmx and not request.htmx.boosted
    template = "contacts/concern_card.html" if is_part else "contacts/concern_card_page.html"
    return render(request, template, context)


def _lines(concerns: QuerySet) -> list[tuple[Concern, Any]]:
    today = timezone.localdate()
    return [(concern, light_mark(concern.light(today))) for concern in concerns]
