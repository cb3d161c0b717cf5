"""Concerns that came up at an event or at a stop of a tour; the tie to them is made here."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contacts.models import Concern, ConcernKind
from contacts.views.concerns import ConcernCreateView
from core.viewers import SignedInRequest
from events.models import Event, EventConcern, TourStop
from events.views.access import visible_or_404

USUAL_KIND_OF_STOP = "defect"


def day_of(event: Event) -> Any:
    """Return the day of an event that has taken place, today for one that lies ahead or has no day."""
    today = timezone.localdate()
    return min(event.start_date, today) if event.start_date else today


class EventConcernCreateView(ConcernCreateView):
    """Record what somebody brought at an event, for instance in the consultation hour."""

    @cached_property
    def event(self) -> Event:
        """The event at which it was brought."""
        return visible_or_404(self.request, Event, pk=self.kwargs["event"])

    def get_initial(self) -> dict[str, Any]:
        return {"raised_on": day_of(self.event), **super().get_initial()}

    def get_cancel_url(self) -> str:
        return self.event.get_absolute_url()

    def store(self, form: Any) -> Any:
        concern = super().store(form)
        EventConcern.objects.create(event=self.event, concern=concern)
        return concern

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"source": self.event, **kwargs})


class StopConcernCreateView(ConcernCreateView):
    """Make a concern out of what was found at a stop of a tour; each stop has one at most."""

    @cached_property
    def stop(self) -> TourStop:
        return visible_or_404(self.request, TourStop, pk=self.kwargs["stop"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the concern that is there already."""
        if self.stop.concern is not None:
            return HttpResponseRedirect(self.stop.concern.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        kind = ConcernKind.objects.in_use().filter(code=USUAL_KIND_OF_STOP).first()
        parts = (self.stop.place, self.stop.finding)
        return {
            "text": ": ".join(part for part in parts if part),
            "raised_on": day_of(self.stop.event),
            "kind": kind.pk if kind else None,
        }

    def get_cancel_url(self) -> str:
        return reverse("events:event_stops", args=[self.stop.event_id])

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            stop = TourStop.objects.select_for_update(of=("self",)).get(pk=self.stop.pk)
            if stop.concern_id is not None:
                form.add_error(None, _("Somebody else recorded a concern for this stop in the meantime."))
                return self.form_invalid(form)
            response = super().form_valid(form)
            stop.concern = self.object
            stop.save()
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"source": self.stop, **kwargs})


def places_of_concern(request: SignedInRequest, concern: Concern) -> SafeString:
    """Draw at which stop of a tour, or at which event, a concern came up."""
    context = {
        "stop": TourStop.objects.filter(concern=concern).select_related("event").first(),
        "link": EventConcern.objects.filter(concern=concern).select_related("event").first(),
    }
    return render_to_string("events/concern_places.html", context, request)
