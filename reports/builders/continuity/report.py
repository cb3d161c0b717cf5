"""The continuity report: what of the network, the formats and the tasks remains when the funding ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import TaskKind
from reports import frames
from reports.analysis import continuity, schema, tasks
from reports.builders.continuity.carriers import carriers_section
from reports.builders.continuity.formats import FormatFacts, formats_section
from reports.builders.continuity.indicators import Evidence, indicators_section
from reports.builders.continuity.spaces import spaces_section
from reports.builders.continuity.task_load import TaskFacts, tasks_section
from reports.builders.shared.basis import Basis, load_basis
from reports.builders.shared.definitions import (
    change_definitions,
    continuity_definitions,
    office_definition,
    suppression_definition,
)
from reports.builders.shared.office import cut_office, no_office_note, ties_to_office_section
from reports.builders.shared.uncertain import uncertain_section
from reports.builders.shared.years import put_years, years_section
from reports.report import Report
from reports.request import ReportRequest


def build_continuity_report(request: ReportRequest, *, programme_end: dt.date | None) -> Report:
    """Return the continuity report; ``programme_end`` is the last day of the funding, None if not known."""
    basis = load_basis(request)
    after = programme_end + dt.timedelta(days=1) if programme_end else None
    years = put_years(basis)
    formats = _format_facts(basis, after)
    task_facts = _task_facts(basis, formats)
    office = cut_office(basis) if no_office_note(basis) is None else None
    spaces = frames.load_spaces()
    horizon = (pd.Timestamp(after) + pd.DateOffset(months=continuity.REACH_MONTHS)).date() if after else None
    evidence = Evidence(formats, task_facts, office, years, spaces, horizon)
    sections = (
        indicators_section(basis, evidence),
        formats_section(basis, formats, programme_end),
        carriers_section(basis, formats, years),
        tasks_section(basis, task_facts),
        ties_to_office_section(basis, office),
        spaces_section(basis, spaces, horizon),
        years_section(basis, years),
        uncertain_section(basis),
    )
    return _report(basis, sections, programme_end)


def _report(basis: Basis, sections: Any, programme_end: dt.date | None) -> Report:
    day = date_format(programme_end, "SHORT_DATE_FORMAT") if programme_end else _("not known")
    return basis.report(
        kind="continuity",
        title=_("Continuity report"),
        sections=sections,
        definitions=(
            *continuity_definitions(),
            office_definition(),
            *change_definitions(),
            *((suppression_definition(),) if basis.is_outside else ()),
        ),
        parameters=((_("End of the programme"), str(day)),),
    )


def _format_facts(basis: Basis, after: dt.date | None) -> FormatFacts:
    carriers = basis.frames.carriers
    series = frames.load_series(carriers=carriers, on=basis.today)
    events = basis.register.events
    held = events[events["status"] == schema.HELD]
    around = continuity.Surroundings(
        actors=basis.register.actors,
        events=held,
        dependencies=basis.frames.dependencies,
        assigned=tasks.dependency(basis.frames.tasks, events=held, offices=basis.offices).assigned,
    )
    judged = continuity.formats(series, around=around, programme_end=after, on=basis.today)
    return FormatFacts(series, judged, continuity.formats_by_carrier(basis.window.events, carriers))


def _task_facts(basis: Basis, formats: FormatFacts) -> TaskFacts:
    return TaskFacts(
        dependency=basis.task_dependency,
        coming=tasks.coming(basis.frames.tasks, office_ids=basis.offices["actor_id"].tolist()),
        words=frames.load_terms(TaskKind),
        formats=dict(zip(formats.series["series_id"].tolist(), formats.series["title"], strict=True)),
    )
