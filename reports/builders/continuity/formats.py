"""Formats: which carry on when the programme ends, why or why not, and who carried them over the years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import ContinuityDecision
from reports.analysis import continuity
from reports.builders.continuity.rhythm import rhythm_table
from reports.builders.shared.advice import advised
from reports.builders.shared.basis import Basis, rows_of
from reports.report import Block, Cell, Column, Figure, Note, Section, Series, Table

STATUS_WORDS = {
    continuity.SECURED: gettext_lazy("Secured"),
    continuity.IN_HANDOVER: gettext_lazy("In handover"),
    continuity.OPEN: gettext_lazy("Still open"),
    continuity.ENDS: gettext_lazy("Ends deliberately"),
}
REASON_WORDS = {
    continuity.ALL_MET: gettext_lazy(
        "Carrier, contact person, funding, space and last edition are as they should be."
    ),
    continuity.NO_CARRIER: gettext_lazy("Nobody is recorded who is to carry it."),
    continuity.ONLY_OFFICE: gettext_lazy("Its carrier is the office."),
    continuity.DECISION: gettext_lazy("It was decided to end it."),
    continuity.NO_CONTACT: gettext_lazy("No contact person is named."),
    continuity.CONTACT_ENDED: gettext_lazy("The contact person is no longer there."),
    continuity.CONTACT_ENDS_EARLY: gettext_lazy("The contact person leaves too early."),
    continuity.END_UNKNOWN: gettext_lazy("The end of the programme is not known."),
    continuity.FUNDING_UNKNOWN: gettext_lazy("Nothing is recorded about its funding."),
    continuity.FUNDING_TOO_SHORT: gettext_lazy("Its funding does not last long enough."),
    continuity.SPACE_UNKNOWN: gettext_lazy("No secured space is recorded."),
    continuity.SPACE_TOO_SHORT: gettext_lazy("The right to use its space does not last long enough."),
    continuity.CARRIER_PAID: gettext_lazy("The carrier is itself paid by a programme that ends."),
    continuity.CARRIER_ENDED: gettext_lazy("The carrier has ended."),
    continuity.CARRIER_ENDS_EARLY: gettext_lazy("The carrier ends too early."),
    continuity.NEVER_HELD: gettext_lazy("No held edition with a day is recorded."),
    continuity.LONG_AGO: gettext_lazy("The last edition is older than twice the rhythm."),
    continuity.LED_BY_OFFICE: gettext_lazy(
        "At the last edition with recorded tasks the office carried more than half of them."
    ),
    continuity.NO_AFTERCARE: gettext_lazy("Its funding does not cover the two years of aftercare."),
}
# What to do next, for the first reason that stands against a better status.
NEXT_STEPS = {
    continuity.NO_CARRIER: gettext_lazy("Find a carrier and enter it."),
    continuity.ONLY_OFFICE: gettext_lazy("Find a carrier beside the office and enter it."),
    continuity.CARRIER_ENDED: gettext_lazy("Find another carrier and enter it."),
    continuity.CARRIER_ENDS_EARLY: gettext_lazy("Agree who follows the carrier."),
    continuity.CARRIER_PAID: gettext_lazy(
        "Agree how the carrier is paid after the programme, or find another."
    ),
    continuity.NO_CONTACT: gettext_lazy("Name a contact person at the carrier."),
    continuity.CONTACT_ENDED: gettext_lazy("Name another contact person at the carrier."),
    continuity.CONTACT_ENDS_EARLY: gettext_lazy("Agree who follows the contact person."),
    continuity.END_UNKNOWN: gettext_lazy("Enter the end of the programme."),
    continuity.FUNDING_UNKNOWN: gettext_lazy("Settle the funding and enter until when."),
    continuity.FUNDING_TOO_SHORT: gettext_lazy("Secure the funding for longer."),
    continuity.SPACE_UNKNOWN: gettext_lazy("Settle where it takes place, and enter the right of use."),
    continuity.SPACE_TOO_SHORT: gettext_lazy("Have the right of use extended."),
    continuity.NEVER_HELD: gettext_lazy("Hold an edition, or enter the one that was held."),
    continuity.LONG_AGO: gettext_lazy("Hold an edition, or decide to end the format."),
    continuity.LED_BY_OFFICE: gettext_lazy("Pass the tasks of the office on to others."),
    continuity.NO_AFTERCARE: gettext_lazy("Secure the funding until the end of the aftercare."),
}


@dataclass(frozen=True, eq=False)
class FormatFacts:
    """The formats of a report: what is recorded, the status of each, and who carried them when."""

    series: pd.DataFrame
    judged: continuity.Formats
    carried: pd.DataFrame


def series_url(series_id: int) -> str:
    """Return the address of a format."""
    return reverse("events:series_detail", args=[series_id])


def formats_section(basis: Basis, facts: FormatFacts, programme_end: dt.date | None) -> Section:
    """Return the chapter about the status of every format; `programme_end` is the last day of the funding."""
    blocks: list[Block] = []
    if programme_end is None and len(facts.series):
        text = advised(
            basis,
            _("The end of the programme is not known: no format can be called secured."),
            _("Enter it when making the report, or record the funding period."),
        )
        blocks.append(Note("warning", text))
    blocks += _limits(basis, facts)
    if len(facts.series):
        blocks.append(_status_figure(facts.judged))
    blocks.append(_status_table(basis, facts))
    titles = dict(zip(facts.series["series_id"].tolist(), facts.series["title"], strict=True))
    if titles:
        blocks.append(rhythm_table(basis, titles, {series: series_url(series) for series in titles}))
    return Section("formats", _("Formats and their future"), tuple(blocks), _intro(basis, programme_end))


def _limits(basis: Basis, facts: FormatFacts) -> list[Note]:
    """Say what the statuses do not tell: the past, and whether anybody has agreed."""
    if not len(facts.series):
        return []
    notes = [
        _("Whether a carrier has agreed to the tasks is not recorded yet; “secured” says nothing about it.")
    ]
    if basis.is_over:
        text = _(
            "The statuses are those of %(day)s and not of the period: what was planned then is not recorded."
        )
        notes.insert(0, text % {"day": _day(facts.judged.on)})
    return [Note("info", text) for text in notes]


def _intro(basis: Basis, programme_end: dt.date | None) -> str:
    said = _(
        "A format is secured only if its carrier is not the office, has not ended and is not paid by a "
        "programme that ends, a contact person is named who is still there, funding and space reach at least "
        "twelve months past the end of the programme, its last edition is not older than twice its rhythm, "
        "and at the last edition with recorded tasks the office carried no more than half of them."
    )
    if programme_end is None:
        return said
    horizon = (pd.Timestamp(programme_end) + pd.DateOffset(months=continuity.REACH_MONTHS)).date()
    if programme_end < basis.today:
        reach = _("The programme ended on %(end)s; funding and space have to reach %(horizon)s.")
    else:
        reach = _("The programme ends on %(end)s; funding and space have to reach %(horizon)s.")
    days = {"end": _day(programme_end), "horizon": _day(horizon)}
    return f"{said} {reach % days}"


def _day(day: dt.date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def _status_figure(judged: continuity.Formats) -> Figure:
    counts = judged.counts
    said = ", ".join(f"{STATUS_WORDS[status]}: {counts[status]}" for status in continuity.STATUSES)
    return Figure(
        "format_status",
        _("Formats by status on %(day)s") % {"day": _day(judged.on)},
        "bar",
        tuple(str(STATUS_WORDS[status]) for status in continuity.STATUSES),
        (Series(_("Formats"), tuple(counts[status] for status in continuity.STATUSES)),),
        said,
    )


def _status_table(basis: Basis, facts: FormatFacts) -> Table:
    columns = (
        Column("format", _("Format")),
        Column("status", _("Status on %(day)s") % {"day": _day(facts.judged.on)}),
        Column("reason", _("Why")),
        Column("step", _("Next step")),
        Column("carrier", _("Carried today by")),
        Column("future", _("To be carried by")),
        Column("contact", _("Contact person")),
        Column("last", _("Last edition"), "date"),
        Column("funding", _("Funding until"), "date"),
        Column("space", _("Space")),
        Column("decision", _("Decision")),
    )
    rank = {
        status: at for at, status in enumerate((continuity.OPEN, continuity.IN_HANDOVER, continuity.SECURED))
    }
    verdicts = facts.judged.table[["series_id", "last_held", "status", "reasons"]]
    merged = facts.series.merge(verdicts, on="series_id")
    merged = merged.assign(rank=merged["status"].map(rank).fillna(len(rank)))
    ordered = merged.sort_values("rank", kind="stable")
    return Table(
        "formats",
        _("Every format with its status and the reason"),
        columns,
        tuple(_format_row(basis, row) for row in rows_of(ordered)),
        empty_text=advised(
            basis, _("No formats are recorded yet."), _("Record what recurs, and who carries it.")
        ),
    )


def _format_row(basis: Basis, row: Any) -> tuple[Cell, ...]:
    return (
        Cell(row.title, series_url(row.series_id)),
        Cell(str(STATUS_WORDS[row.status])),
        Cell(" ".join(str(REASON_WORDS[reason]) for reason in row.reasons)),
        Cell(next((str(NEXT_STEPS[reason]) for reason in row.reasons if reason in NEXT_STEPS), None)),
        _optional_actor(basis, row.carrier_id),
        _optional_actor(basis, row.future_carrier_id),
        _optional_actor(basis, row.contact_id),
        Cell(None if pd.isna(row.last_held) else row.last_held.date()),
        Cell(_last_day(row.funding_until)),
        Cell(row.space),
        Cell(str(ContinuityDecision(row.decision).label)),
    )


def _optional_actor(basis: Basis, actor_id: Any) -> Cell:
    return Cell(None) if pd.isna(actor_id) else basis.actor(int(actor_id), on=basis.today)


def _last_day(until: Any) -> dt.date | None:
    # Stored half-open, told inclusive.
    return None if pd.isna(until) else (until - pd.Timedelta(days=1)).date()
