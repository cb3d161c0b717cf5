"""Tables of events."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import RecordTable
from core.viewers import Viewer
from events.models import (
    Attendance,
    AttendanceBasis,
    Event,
    EventQuerySet,
    EventStatus,
)
from events.tables.cells import (
    CLIPPED,
    NUMBER,
    STATUS_TAGS,
    WIDE_ONLY,
    attendance_text,
    day_text,
    link,
    tag,
)


class EventTable(RecordTable):
    """Events with their attendance. What was used for the total is said beside it."""

    start_date = tables.Column(
        _("Day"),
        empty_values=(),
        order_by=("start_date", "start_time", "pk"),
        attrs={"td": {"class": "nowrap"}},
    )
    title = tables.Column(_("Title"), order_by=("title", "-start_date"), attrs={"td": {"class": "strong"}})
    event_type = tables.Column(_("Type"), order_by=("event_type__name_de", "-start_date"), attrs=WIDE_ONLY)
    series = tables.Column(_("Format"), order_by=("series__name", "-start_date"), attrs=CLIPPED)
    place = tables.Column(
        _("Place"), empty_values=(), order_by=("space__name", "place_note", "-start_date"), attrs=CLIPPED
    )
    status = tables.Column(_("Status"))
    attendance = tables.Column(_("Visits"), empty_values=(), accessor="pk", attrs=NUMBER)
    basis = tables.Column(_("Counted by"), empty_values=(), accessor="pk", orderable=False, visible=False)

    class Meta(RecordTable.Meta):
        model = Event
        fields: tuple[str, ...] = ()
        empty_text = _("No events found.")
        attrs = {"class": f"{RecordTable.Meta.attrs['class']} day-first"}

    def __init__(self, *args: Any, user: Viewer, **kwargs: Any) -> None:
        self.user = user
        # Translated once instead of once a row: an export may hold tens of thousands.
        self.statuses = {str(s.value): str(s.label) for s in EventStatus}
        self.bases = {basis: str(basis.label) for basis in AttendanceBasis}
        self.types: dict[int, str] = {}
        super().__init__(*args, **kwargs)

    @cached_property
    def attendances(self) -> dict[int, Attendance]:
        """The attendance of the events on this page; of all rows where there are no pages (export)."""
        page = getattr(self, "page", None)
        if page is None:
            return self.data.data.attendances()
        return Event.objects.filter(pk__in=[row.record.pk for row in page.object_list]).attendances()

    def render_start_date(self, record: Event) -> str:
        return day_text(record)

    def value_start_date(self, record: Event) -> dt.date | None:
        return record.start_date

    def render_title(self, record: Event) -> SafeString:
        return link(record)

    def value_title(self, record: Event) -> str:
        return record.title

    def render_event_type(self, record: Event) -> str:
        key = record.event_type_id
        if key not in self.types:
            self.types[key] = record.event_type.label
        return self.types[key]

    def render_series(self, record: Event) -> SafeString | str:
        if record.series is None:
            return "–"
        return format_html('<a href="{}">{}</a>', record.series.get_absolute_url(), record.series)

    def value_series(self, record: Event) -> str:
        return str(record.series or "")

    def render_place(self, record: Event) -> str:
        return record.place or "–"

    def render_status(self, record: Event) -> SafeString:
        return tag(STATUS_TAGS[EventStatus(record.status)], self.statuses[record.status])

    def value_status(self, record: Event) -> str:
        return self.statuses[record.status]

    def render_attendance(self, record: Event) -> SafeString | str:
        attendance = self.attendances[record.pk]
        text, basis = attendance_text(attendance, self.user), attendance.basis
        if basis == AttendanceBasis.NONE:
            return text
        return format_html('{} <span class="sub">{}</span>', text, self.bases[basis])

    def value_attendance(self, record: Event) -> int | str:
        attendance = self.attendances[record.pk]
        text = attendance_text(attendance, self.user)
        return text if text.startswith(("<", "–")) else attendance.total

    def order_attendance(self, queryset: EventQuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        total = Greatest("named_attendance", "headcount_total")
        queryset = queryset.with_attendance()
        return queryset.order_by(total.desc() if is_descending else total.asc(), "-start_date", "pk"), True

    def render_basis(self, record: Event) -> str:
        basis = self.attendances[record.pk].basis
        return "–" if basis == AttendanceBasis.NONE else self.bases[basis]
