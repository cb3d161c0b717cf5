"""The tabs of the page of an event."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.models import Concern
from core.models import Record
from core.roles import can
from core.stored_once import answer_once
from core.viewers import SignedInRequest
from core.views import RecordDetailView
from events.forms.event import EventContactForm
from events.forms.headcounts import HeadcountForm
from events.forms.participants import PickForm
from events.models import (
    AgendaItem,
    Decision,
    Event,
    EventContact,
    Headcount,
    Participation,
    TaskAssignment,
    TourStop,
)
from events.services.series import copy_tasks
from events.views.access import require, visible_or_404
from events.views.event_page import grouped, page_context, participants_of, state_counts

PARTICIPANTS_ON_PAGE = 250


class EventPageView(RecordDetailView):
    """One tab of the page of an event; ``part`` is the model it shows."""

    model = Event
    part: ClassVar[type[Record]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(self.request.user, "view", self.part):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        return rows.select_related(
            "event_type", "series", "space", "measure__programme", "participation_level"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        around = page_context(self.object, user=self.request.user, path=self.request.path)
        return super().get_context_data(**{**around, **kwargs})


class EventDetailView(EventPageView):
    """Who took part is what the page of an event is for."""

    part = Participation
    template_name = "events/event_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pick = PickForm(event=self.object, user=self.request.user)
        return super().get_context_data(
            **{**participants_context(self.object, request=self.request), "pick": pick, **kwargs}
        )


def participants_context(event: Event, *, request: SignedInRequest) -> dict[str, Any]:
    """Return the participants of an event, filtered by the state asked for and in pages."""
    user = request.user
    states = state_counts(event, user=user)
    state = request.GET.get("state", "")
    rows = participants_of(event, user=user)
    if state in {code for code, _label, _tag, _count in states}:
        rows = rows.filter(state=state)
    else:
        state = ""
    page = Paginator(rows, PARTICIPANTS_ON_PAGE).get_page(request.GET.get("page"))
    return {
        "groups": grouped(page.object_list, user=user),
        "page": page,
        "states": states,
        "state": state,
        "participants_total": sum(count for _code, _label, _tag, count in states),
    }


class EventTasksView(EventPageView):
    """Who carried which task; what nobody carried is listed apart."""

    part = TaskAssignment
    template_name = "events/event_tasks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(
            TaskAssignment.objects.visible_to(self.request.user)
            .filter(event=self.object)
            .select_related("task", "actor__actor_type")
        )
        return super().get_context_data(
            **{
                "assigned": [row for row in rows if row.actor_id],
                "unassigned": [row for row in rows if not row.actor_id],
                **kwargs,
            }
        )


class EventMinutesView(EventPageView):
    """Agenda and decisions."""

    part = AgendaItem
    template_name = "events/event_minutes.html"


class EventStopsView(EventPageView):
    """The stops of a tour with their findings."""

    part = TourStop
    template_name = "events/event_stops.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stops = list(self.object.tour_stops.select_related("concern__status"))
        may_record = can(self.request.user, "add", Concern)
        return super().get_context_data(**{"stops": stops, "may_record_concern": may_record, **kwargs})


class EventHistoryView(EventPageView):
    """What was logged, decided and asked around the event; the timeline itself is loaded by its address."""

    template_name = "events/event_history.html"
    part = Decision


class EventContactsView(EventPageView):
    """The logged contacts that belong to the event, as far as the user sees them."""

    part = EventContact
    template_name = "events/event_contacts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = (
            EventContact.objects.visible_to(user)
            .filter(event=self.object)
            .select_related("contact__channel", "contact__staff")
            .order_by("-contact__date", "-pk")
        )
        may_assign = can(user, "add", EventContact)
        return super().get_context_data(
            **{
                "event_contacts": list(rows),
                "may_assign": may_assign,
                "form": EventContactForm(user=user) if may_assign else None,
                **kwargs,
            }
        )


class EventHeadcountsView(EventPageView):
    """The grid of headcounts, edited as a whole."""

    part = Headcount
    template_name = "events/event_headcounts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or HeadcountForm(event=self.object, user=self.request.user)
        return super().get_context_data(**{"form": form, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the grid; with errors it comes back as it was typed."""
        self.object = self.get_object()
        require(self.request, "change", Headcount)
        return answer_once(self.request, lambda: self._store(self.request))

    def _store(self, request: SignedInRequest) -> HttpResponse:
        form = HeadcountForm(request.POST, event=self.object, user=request.user)
        if form.is_valid() and form.save():
            return HttpResponseRedirect(request.path)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_POST
def tasks_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take over the tasks that are planned for the series, or else those of the edition before."""
    event = visible_or_404(request, Event, pk=pk)
    require(request, "add", TaskAssignment)
    number = copy_tasks(event=event, user=request.user)
    text = ngettext("%(number)s task was taken over.", "%(number)s tasks were taken over.", number)
    messages.success(request, text % {"number": number} if number else _("There was nothing to take over."))
    return HttpResponseRedirect(reverse("events:event_tasks", args=[event.pk]))
