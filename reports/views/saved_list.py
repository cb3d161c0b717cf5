"""The list of saved reports: its filters and its table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.filters import FromDateFilter, RecordFilterSet, SearchFilter, UntilDateFilter
from core.tables import RecordTable
from core.text import fold, search_forms
from reports.kinds import KINDS
from reports.models import SavedReport


class SavedReportFilterSet(RecordFilterSet):
    """Saved reports by words, kind and day."""

    q = SearchFilter()
    kind = django_filters.ChoiceFilter(
        label=_("Report"), choices=[(kind.code, kind.title) for kind in KINDS.values()]
    )
    saved_from = FromDateFilter(field_name="created_at__date", label=_("Saved from"))
    saved_until = UntilDateFilter(field_name="created_at__date", label=_("Saved until"))

    class Meta:
        model = SavedReport
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Find each word in title, period, note or author, in any spelling."""
        words = fold(value).split()
        rows = queryset.values_list(
            "pk", "title", "period", "note", "author__first_name", "author__last_name"
        )
        matches = [row[0] for row in rows if all(word in search_forms(" ".join(row[1:])) for word in words)]
        return queryset.filter(Q(pk__in=matches))


class SavedReportTable(RecordTable):
    """Saved reports, the latest first."""

    title = tables.Column(_("Report"), linkify=True, attrs={"td": {"class": "strong"}})
    period = tables.Column(_("Period"))
    data_date = tables.Column(_("Data as of"))
    created_at = tables.Column(_("Saved"), attrs={"td": {"class": "nowrap"}})
    author = tables.Column(_("Author"), order_by=("author__last_name", "author__first_name", "pk"))
    note = tables.Column(_("Note"), orderable=False)

    class Meta(RecordTable.Meta):
        model = SavedReport
        fields: tuple[str, ...] = ()
        order_by = ("-created_at",)

    def render_created_at(self, value: dt.datetime) -> str:
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
