"""The events of one actor: a tab of the actor's page, which itself knows nothing of events."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F

from actors.views.actors import ActorPageView
from events.models import EventStatus, Participation, ParticipationState
from events.tables.cells import STATE_TAGS, STATUS_TAGS, day_text

ROWS_ON_PAGE = 50


class ActorEventsView(ActorPageView):
    """What the actor took part in, by year, with role and state."""

    template_name = "events/actor_events.html"

    def get_template_names(self) -> list[str]:
        is_fragment = self.request.htmx and not self.request.htmx.boosted
        return ["events/actor_events_list.html" if is_fragment else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = (
            Participation.objects.visible_to(self.request.user)
            .filter(actor=self.object)
            .select_related("event__event_type", "role")
            .order_by(F("event__start_date").desc(nulls_last=True), "-event", "role__position", "pk")
        )
        page = Paginator(rows, ROWS_ON_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**{"page": page, "years": by_year(page.object_list), **kwargs})


def by_year(rows: Iterable[Participation]) -> list[tuple[int | None, list[dict[str, Any]]]]:
    """Return the rows under their years; those of events without a day come last."""

    def year_of(row: Participation) -> int | None:
        return row.event.start_date.year if row.event.start_date else None

    return [
        (
            year,
            [
                {
                    "record": row,
                    "day": day_text(row.event),
                    "state_tag": STATE_TAGS[ParticipationState(row.state)],
                    "status_tag": STATUS_TAGS[EventStatus(row.event.status)],
                }
                for row in group
            ],
        )
        for year, group in groupby(rows, key=year_of)
    ]
