"""The reports on offer: what each is called, what it asks, and who builds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.roles import OFFICE_ROLES, REPORT_ROLES, Role, role_of
from core.viewers import Viewer
from reports.builders.activity.report import build_activity_report
from reports.builders.concerns.report import build_concerns_report
from reports.builders.continuity.report import build_continuity_report
from reports.builders.coverage.report import build_coverage_report
from reports.builders.graph.keys import read_key
from reports.builders.graph.view import load_view
from reports.builders.hand_over.report import build_hand_over_sheet
from reports.builders.network.report import build_network_report
from reports.builders.records.report import build_records
from reports.forms import ContinuityForm, HandOverForm, NetworkForm, PeriodForm, RecordsForm
from reports.frames import ReportFrames, load_programme_end
from reports.pictures import with_picture
from reports.report import Report
from reports.request import ReportRequest, fresh_key


@dataclass(frozen=True)
class ReportKind:
    """One kind of report; ``builder`` takes what is asked for, and the valid form with the rest of it."""

    code: str
    title: Any
    text: Any
    form: type[PeriodForm]
    builder: Callable[[ReportRequest, Any], Report]
    roles: frozenset[Role] = REPORT_ROLES
    # Whether the page asks for something before it shows anything.
    asks_first: bool = False

    @property
    def slug(self) -> str:
        """The kind as it stands in addresses."""
        return self.code.replace("_", "-")

    def is_for(self, viewer: Viewer) -> bool:
        """Whether the report exists for somebody."""
        return role_of(viewer) in self.roles

    def build(
        self,
        *,
        viewer: Viewer,
        form: PeriodForm,
        key: str | None = None,
        now: dt.datetime | None = None,
    ) -> Report:
        """Return the report that a valid form asks for; without a key its pseudonyms are its own."""
        request = ReportRequest(viewer, form.period, now or timezone.now(), key or fresh_key())
        return self.builder(request, form)


def _network(request: ReportRequest, form: NetworkForm) -> Report:
    query = form.query()
    if any(number < 0 for number in query.without):
        # Who is left out is known by the key of the explorer's page only.
        signed_key = read_key(form.cleaned_data["key"], user=request.viewer)
        request = replace(request, key=signed_key.key) if signed_key else request
    frames = ReportFrames(request.viewer, request.key)
    report = build_network_report(request, frames)
    return with_picture(report, view=load_view(request, query, frames), looks=form.looks)


def _continuity(request: ReportRequest, form: ContinuityForm) -> Report:
    end = form.cleaned_data["programme_end"] or load_programme_end(request.today)
    return build_continuity_report(request, programme_end=end)


def _activity(request: ReportRequest, form: PeriodForm) -> Report:
    return build_activity_report(request)


def _concerns(request: ReportRequest, form: PeriodForm) -> Report:
    return build_concerns_report(request)


def _coverage(request: ReportRequest, form: PeriodForm) -> Report:
    return build_coverage_report(request)


def _hand_over(request: ReportRequest, form: HandOverForm) -> Report:
    return build_hand_over_sheet(request, person=form.cleaned_data["person"])


def _records(request: ReportRequest, form: RecordsForm) -> Report:
    parameters = form.cleaned_data
    return build_records(request, figure=parameters["figure"], value=parameters["value"])


# Not on offer by itself: opened from the figures of the others.
RECORDS = ReportKind("records", _("Records behind a figure"), "", RecordsForm, _records)

KINDS = {
    kind.code: kind
    for kind in (
        ReportKind(
            "network",
            _("Network report"),
            _(
                "Who is connected to whom, who stands between others, and how the network changed over "
                "the years."
            ),
            NetworkForm,
            _network,
        ),
        ReportKind(
            "continuity",
            _("Continuity report"),
            _(
                "What of this network, of these formats and tasks remains when the office and its funding "
                "end."
            ),
            ContinuityForm,
            _continuity,
        ),
        ReportKind(
            "coverage",
            _("Coverage report"),
            _("Who is missing: which sectors, topics and districts are not there, and who stays away."),
            PeriodForm,
            _coverage,
        ),
        ReportKind(
            "activity",
            _("Activity report"),
            _("What took place, who came, and what was achieved: the workbook for funders and the city."),
            PeriodForm,
            _activity,
        ),
        ReportKind(
            "concerns",
            _("Concerns report"),
            _("How many concerns there were, how long they took, what about, and with whom they lay."),
            PeriodForm,
            _concerns,
        ),
        ReportKind(
            "hand_over",
            _("Staff change sheet"),
            _("What a colleague has to know: last contacts, open matters and notes, actor by actor."),
            HandOverForm,
            _hand_over,
            roles=OFFICE_ROLES,
            asks_first=True,
        ),
    )
}

BY_SLUG = {kind.slug: kind for kind in KINDS.values()}
