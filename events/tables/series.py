"""Tables of series, spaces, programmes and measures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import RecordTable
from core.viewers import Viewer
from events.models import ContinuityDecision, EventSeries, Measure, Programme, Space
from events.tables.cells import (
    CLIPPED,
    DECISION_TAGS,
    NUMBER,
    interval_text,
    link,
    right_of_use,
    seen_actor,
    tag,
    yes_no,
)


class SeriesTable(RecordTable):
    """Series with their editions, who carries them, and what is to become of them."""

    name = tables.Column(_("Name"), order_by=("name", "pk"), attrs={"td": {"class": "strong"}})
    event_type = tables.Column(_("Type"), order_by=("event_type__name_de", "name"))
    rhythm = tables.Column(_("Rhythm"), visible=False)
    editions = tables.Column(_("Held"), accessor="held", attrs=NUMBER)
    cancelled = tables.Column(_("Cancelled"), attrs=NUMBER)
    last_held = tables.Column(_("Last held"), attrs={"td": {"class": "nowrap"}})
    carrier = tables.Column(
        _("Carrier today"), empty_values=(), accessor="pk", orderable=False, attrs=CLIPPED
    )
    future_carrier = tables.Column(
        _("Planned carrier"), order_by=("future_carrier__sort_name", "name"), attrs=CLIPPED
    )
    decision = tables.Column(_("Decision"))

    class Meta(RecordTable.Meta):
        model = EventSeries
        fields: tuple[str, ...] = ()
        order_by = "name"
        empty_text = _("No formats found.")

    def __init__(self, *args: Any, user: Viewer, **kwargs: Any) -> None:
        self.user, self.today = user, timezone.localdate()
        super().__init__(*args, **kwargs)

    def render_name(self, record: EventSeries) -> SafeString:
        former = ", ".join(former.name for former in record.former_names.all())
        return format_html(
            "{}{}", link(record), format_html('<div class="sub">{}</div>', former) if former else ""
        )

    def value_name(self, record: EventSeries) -> str:
        return record.name

    def render_event_type(self, record: EventSeries) -> str:
        return record.event_type.label

    def render_last_held(self, value: dt.date) -> str:
        return date_format(value, "SHORT_DATE_FORMAT")

    def value_last_held(self, value: dt.date) -> dt.date:
        return value

    def order_last_held(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        key = F("last_held").desc(nulls_last=True) if is_descending else F("last_held").asc(nulls_first=True)
        return queryset.order_by(key, "name"), True

    def render_carrier(self, record: EventSeries) -> SafeString | str:
        return seen_actor(record.carrier_on(self.today), self.user)

    def render_future_carrier(self, record: EventSeries) -> SafeString | str:
        return seen_actor(record.future_carrier, self.user)

    def render_decision(self, record: EventSeries) -> SafeString:
        return tag(DECISION_TAGS[ContinuityDecision(record.decision)], record.get_decision_display())

    def value_decision(self, record: EventSeries) -> str:
        return record.get_decision_display()


class EditLinkTable(RecordTable):
    """Short lists of which each row leads to its form, or shows plain text to those who may not edit."""

    class Meta(RecordTable.Meta):
        fields: tuple[str, ...] = ()


class SpaceTable(EditLinkTable):
    """Spaces."""

    name = tables.Column(_("Name"), linkify=True)
    address = tables.Column(_("Address"))
    owner = tables.Column(_("Owner"), order_by=("owner__sort_name", "name"))
    right_until = tables.Column(_("Right of use until"), empty_values=())
    is_free = tables.Column(_("Free of charge"))
    is_anchor = tables.Column(_("Anchor place"))

    class Meta(EditLinkTable.Meta):
        model = Space

    def __init__(self, *args: Any, user: Viewer, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def render_owner(self, record: Space) -> SafeString | str:
        return seen_actor(record.owner, self.user)

    def render_is_free(self, value: bool) -> str:
        return yes_no(value)

    def render_is_anchor(self, value: bool) -> str:
        return yes_no(value)

    def render_right_until(self, record: Space) -> str:
        return right_of_use(record)


class ProgrammeTable(EditLinkTable):
    """Programmes with their funding periods."""

    name = tables.Column(_("Name"), linkify=True)
    periods = tables.Column(_("Funding periods"), accessor="pk", orderable=False)

    class Meta(EditLinkTable.Meta):
        model = Programme

    def render_periods(self, record: Programme) -> str:
        return "; ".join(interval_text(p.valid_from, p.last_day) for p in record.periods.all()) or "–"


class MeasureTable(EditLinkTable):
    """Measures with what is known of their goals."""

    title = tables.Column(_("Title"), linkify=True)
    programme = tables.Column(_("Programme"), linkify=True)
    carrier = tables.Column(_("Carrier"), order_by=("carrier__sort_name", "title"))
    period = tables.Column(_("Period"), accessor="pk", order_by=("valid_from", "title"))
    goals = tables.Column(_("Goals"), accessor="goal_count", attrs=NUMBER)
    events = tables.Column(_("Events"), accessor="event_count", attrs=NUMBER)

    class Meta(EditLinkTable.Meta):
        model = Measure

    def __init__(self, *args: Any, user: Viewer, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def render_carrier(self, record: Measure) -> SafeString | str:
        return seen_actor(record.carrier, self.user)

    def render_period(self, record: Measure) -> str:
        return interval_text(record.valid_from, record.last_day)
