"""The reports on offer: what each is called, what it asks, and who builds it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.common.roles import OFFICE_ROLES, REPORT_ROLES, Role
from events.models import FundingPeriod
from reports.builders.activity import build_activity_report
from reports.builders.concerns import build_concerns_report
from reports.builders.continuity import build_continuity_report
from reports.builders.coverage import build_coverage_report
from reports.builders.graph.keys import read_key
from reports.builders.graph.view import load_view
from reports.builders.hand_over import build_hand_over_sheet
from reports.builders.network import build_network_report
from reports.builders.records import build_records
from reports.forms import ContinuityForm, HandOverForm, NetworkForm, PeriodForm, RecordsForm
from reports.pictures import with_picture
from reports.report import Report


@dataclass(frozen=True)
class ReportKind:
    """One kind of report; ``build`` takes user, valid form and the key of its pseudonyms."""

    code: str
    title: Any
    text: Any
    form: type[PeriodForm]
    build: Callable[..., Report]
    roles: frozenset[Role] = REPORT_ROLES


def fresh_key() -> str:
    """Return a key that makes the pseudonyms of this report unlike those of any other."""
    return secrets.token_hex(8)


def _network(*, user: Any, form: NetworkForm, key: str, now: dt.datetime | None = None) -> Report:
    now, asked = now or timezone.now(), form.query()
    if any(number < 0 for number in asked.without):
        # Who is left out is known by the key of the explorer's page only.
        told = read_key(form.cleaned_data["key"], user=user)
        key = told.key if told else key
    report = build_network_report(user=user, start=form.start, end=form.end, now=now, key=key)
    return with_picture(report, view=load_view(user=user, query=asked, key=key, now=now), looks=form.looks)


def _continuity(*, user: Any, form: PeriodForm, key: str, now: dt.datetime | None = None) -> Report:
    now = now or timezone.now()
    today = timezone.localdate(now)
    end = form.cleaned_data.get("programme_end") or FundingPeriod.objects.programme_end(today)
    return build_continuity_report(
        user=user, start=form.start, end=form.end, programme_end=end, now=now, key=key
    )


def _activity(*, user: Any, form: PeriodForm, key: str, now: dt.datetime | None = None) -> Report:
    return build_activity_report(
        user=user, start=form.start, end=form.end, now=now or timezone.now(), key=key
    )


def _concerns(*, user: Any, form: PeriodForm, key: str, now: dt.datetime | None = None) -> Report:
    return build_concerns_report(
        user=user, start=form.start, end=form.end, now=now or timezone.now(), key=key
    )


def _coverage(*, user: Any, form: PeriodForm, key: str, now: dt.datetime | None = None) -> Report:
    return build_coverage_report(
        user=user, start=form.start, end=form.end, now=now or timezone.now(), key=key
    )


def _hand_over(*, user: Any, form: PeriodForm, key: str, now: dt.datetime | None = None) -> Report:
    person = form.cleaned_data["person"]
    return build_hand_over_sheet(user=user, person=person, now=now or timezone.now(), key=key)


def _records(*, user: Any, form: PeriodForm, key: str, now: dt.datetime | None = None) -> Report:
    asked = {name: form.cleaned_data[name] for name in ("figure", "value")}
    return build_records(
        user=user, start=form.start, end=form.end, now=now or timezone.now(), key=key, **asked
    )


# Not on offer by itself: opened from the figures of the others.
RECORDS = ReportKind("records", _("Records behind a figure"), "", RecordsForm, _records)

KINDS = {
    kind.code: kind
    for kind in (
        ReportKind(
            "network",
            _("Network report"),
            _(
                "Who is connected to whom, who brings groups together, and how the network changed over "
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
            _("Hand-over sheet"),
            _("What a colleague has to know: last contacts, open matters and notes, actor by actor."),
            HandOverForm,
            _hand_over,
            roles=OFFICE_ROLES,
        ),
    )
}
