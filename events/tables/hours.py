"""Table of school holidays and closing days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import RecordTable
from events.models import SpecialDays, SpecialDaysKind
from events.tables.cells import NUMBER, tag

KIND_TAGS = {SpecialDaysKind.SCHOOL_HOLIDAYS: "tag-info", SpecialDaysKind.CLOSED: "tag-warn"}
DAY = {"td": {"class": "nowrap"}}


class SpecialDaysTable(RecordTable):
    """Days on which other hours hold, or none."""

    first_day = tables.Column(_("First day"), attrs=DAY)
    final_day = tables.Column(_("Last day"), attrs=DAY)
    name = tables.Column(_("Name"), attrs={"td": {"class": "strong"}})
    kind = tables.Column(_("Kind"))
    days = tables.Column(_("Days"), empty_values=(), accessor="pk", orderable=False, attrs=NUMBER)

    class Meta(RecordTable.Meta):
        model = SpecialDays
        fields: tuple[str, ...] = ()
        order_by = "-first_day"
        empty_text = _("No special days found.")

    def __init__(self, *args: Any, may_change: bool, **kwargs: Any) -> None:
        self.may_change = may_change
        super().__init__(*args, **kwargs)

    def render_first_day(self, value: dt.date) -> str:
        return date_format(value, "SHORT_DATE_FORMAT")

    def render_final_day(self, value: dt.date) -> str:
        return date_format(value, "SHORT_DATE_FORMAT")

    def value_first_day(self, value: dt.date) -> dt.date:
        return value

    def value_final_day(self, value: dt.date) -> dt.date:
        return value

    def render_name(self, record: SpecialDays) -> SafeString | str:
        if not self.may_change:
            return record.name
        url = reverse("events:special_days_update", args=[record.pk])
        return format_html('<a class="name" href="{}">{}</a>', url, record.name)

    def value_name(self, record: SpecialDays) -> str:
        return record.name

    def render_kind(self, record: SpecialDays) -> SafeString:
        return tag(KIND_TAGS[SpecialDaysKind(record.kind)], record.get_kind_display())

    def value_kind(self, record: SpecialDays) -> str:
        return str(record.get_kind_display())

    def render_days(self, record: SpecialDays) -> int:
        return (record.final_day - record.first_day).days + 1
