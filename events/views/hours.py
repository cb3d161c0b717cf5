"""When the office is open: weekly hours, what makes days special, and the coming weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.roles import can
from core.viewers import SignedIn, SignedInRequest
from core.views import RecordCreateView, RecordDeleteView, RecordListView, RecordUpdateView
from events.calendar import CalendarDays, CalendarFile
from events.filtersets import SpecialDaysFilterSet
from events.forms.hours import CalendarUploadForm, ConsultationHoursForm, SpecialDaysForm
from events.models import ConsultationHours, SpecialDays, SpecialDaysKind
from events.services.hours import OfficeDay, office_days
from events.services.special_days import Outcome, TakenOver, compare_special_days, save_special_days
from events.tables.hours import SpecialDaysTable
from events.views.access import require

WEEKS_SHOWN = 8
OF_HOURS = {"list_url_name": "events:hours", "list_title": _("Consultation hours")}
OF_SPECIAL_DAYS = {"list_url_name": "events:special_days_list", "list_title": _("Holidays and closing days")}
OUTCOME_TAGS = {Outcome.NEW: "tag-ok", Outcome.CHANGED: "tag-warn", Outcome.SAME: "tag-muted"}
SALT = "events.special-days"
PREVIEW_HOLDS = 3600


@require_GET
def hours_overview(request: SignedInRequest) -> HttpResponse:
    """Show when the office is open in the coming weeks, and by which rules."""
    today = timezone.localdate()
    weekly = ConsultationHours.objects.select_related("place")
    monday = today - dt.timedelta(days=today.weekday())
    days = office_days(monday, monday + dt.timedelta(weeks=WEEKS_SHOWN, days=-1))
    context = {
        "today": today,
        "weeks": by_week(day for day in days if day.day >= today),
        "weekly": [(label, list(rows)) for label, rows in groupby(weekly, lambda r: r.get_weekday_display())],
        "special_days": SpecialDays.objects.filter(final_day__gte=today)[:8],
        "may_change": can(request.user, "add", ConsultationHours),
    }
    return render(request, "events/hours.html", context)


def by_week(days: Iterable[OfficeDay]) -> list[dict[str, Any]]:
    """Return the days worth showing under their weeks: open ones, and closed ones with their reason."""
    weeks = []
    for (_year, number), group in groupby(days, lambda day: day.day.isocalendar()[:2]):
        all_days = list(group)
        listed_days = [day for day in all_days if day.hours or day.is_closed]
        holidays = dict.fromkeys(
            row.name for day in all_days for row in day.special if row.kind == SpecialDaysKind.SCHOOL_HOLIDAYS
        )
        weeks.append(
            {"number": number, "first": all_days[0].day, "days": listed_days, "holidays": list(holidays)}
        )
    return weeks


class HoursCreateView(RecordCreateView):
    """Add weekly hours."""

    model = ConsultationHours
    form_class = ConsultationHoursForm
    template_name = "events/form.html"
    extra_context = OF_HOURS
    title = _("New hours")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": reverse("events:hours"), "another": True, **kwargs})


class HoursUpdateView(RecordUpdateView):
    """Edit weekly hours."""

    model = ConsultationHours
    form_class = ConsultationHoursForm
    template_name = "events/hours_form.html"
    extra_context = {**OF_HOURS, "delete_url_name": "events:hours_delete"}
    title = _("Edit hours")


class HoursDeleteView(RecordDeleteView):
    """Delete weekly hours."""

    model = ConsultationHours
    template_name = "events/delete.html"
    success_url_name = "events:hours"
    extra_context = OF_HOURS


class SpecialDaysListView(RecordListView):
    """School holidays and closing days."""

    model = SpecialDays
    filterset_class = SpecialDaysFilterSet
    table_class = SpecialDaysTable
    template_name = "events/special_days_list.html"
    title = _("Holidays and closing days")
    create_url_name = "events:special_days_create"
    help_text = _(
        "In school holidays the hours marked for them hold, on closing days none. The dates can be taken "
        "over from a calendar file."
    )
    empty_title = _("No special days yet")
    empty_text = _("Enter the school holidays, or take them over from a calendar file.")

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"may_change": can(self.request.user, "change", SpecialDays)}


class SpecialDaysCreateView(RecordCreateView):
    """Add school holidays or closing days."""

    model = SpecialDays
    form_class = SpecialDaysForm
    template_name = "events/form.html"
    extra_context = OF_SPECIAL_DAYS
    title = _("New special days")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel_url = reverse("events:special_days_list")
        return super().get_context_data(**{"cancel_url": cancel_url, "another": True, **kwargs})


class SpecialDaysUpdateView(RecordUpdateView):
    """Edit school holidays or closing days."""

    model = SpecialDays
    form_class = SpecialDaysForm
    template_name = "events/hours_form.html"
    extra_context = {**OF_SPECIAL_DAYS, "delete_url_name": "events:special_days_delete"}
    title = _("Edit special days")


class SpecialDaysDeleteView(RecordDeleteView):
    """Delete school holidays or closing days."""

    model = SpecialDays
    template_name = "events/delete.html"
    success_url_name = "events:special_days_list"
    extra_context = OF_SPECIAL_DAYS


@require_http_methods(["GET", "POST"])
def special_days_import(request: SignedInRequest) -> HttpResponse:
    """Take a calendar file and show what it would do; nothing is stored yet."""
    require(request, "add", SpecialDays)
    form = CalendarUploadForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return render(request, "events/special_days_import.html", {"form": CalendarUploadForm()})
    if not form.is_valid():
        return render(request, "events/special_days_import.html", {"form": form}, status=422)
    calendar_file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
    return render(
        request, "events/special_days_preview.html", _preview(calendar_file, kind, user=request.user)
    )


def _preview(calendar_file: CalendarFile, kind: str, *, user: SignedIn) -> dict[str, Any]:
    rows = compare_special_days(entries=calendar_file.days, kind=kind)
    entries = [
        (e.key, e.name, e.first_day.isoformat(), e.final_day.isoformat())
        for e in (row.entry for row in rows if row.outcome != Outcome.SAME)
    ]
    return {
        "rows": [(row, OUTCOME_TAGS[row.outcome]) for row in rows],
        "to_save": len(entries),
        "left_out": calendar_file.left_out,
        "kind": SpecialDaysKind(kind).label,
        # What was looked at is what is stored: signed for this user, so that nothing waits on the server.
        "payload": signing.dumps([user.pk, kind, entries], salt=SALT, compress=True),
    }


@require_POST
def special_days_save(request: SignedInRequest) -> HttpResponse:
    """Store what the preview has shown."""
    require(request, "add", SpecialDays)
    try:
        owner, kind, sent = signing.loads(request.POST.get("payload", ""), salt=SALT, max_age=PREVIEW_HOLDS)
    except signing.BadSignature:
        messages.error(request, gettext("Please choose the file once more: the preview was too old."))
        return HttpResponseRedirect(reverse("events:special_days_import"))
    if owner != request.user.pk:
        raise Http404
    entries = [
        CalendarDays(key, name, dt.date.fromisoformat(first), dt.date.fromisoformat(final))
        for key, name, first, final in sent
    ]
    try:
        report(request, save_special_days(entries=entries, kind=kind, user=request.user))
    except (IntegrityError, ValidationError):
        messages.error(request, gettext("Somebody else saved the same in the meantime."))
    return HttpResponseRedirect(reverse("events:special_days_list"))


def report(request: SignedInRequest, saved: list[TakenOver]) -> None:
    """Say how many days are new and how many changed."""
    counts = {outcome: sum(row.outcome == outcome for row in saved) for outcome in Outcome}
    text = gettext("%(new)s entries are new, %(changed)s were changed.")
    messages.success(request, text % {"new": counts[Outcome.NEW], "changed": counts[Outcome.CHANGED]})
