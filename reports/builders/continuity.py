"""The continuity report: what of the network, the formats and the tasks remains when the funding ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import TaskKind
from reports import frames
from reports.analysis import continuity, tasks
from reports.builders.basis import Basis, load_basis
from reports.builders.formats import FormatFacts, carriers_section, formats_section
from reports.builders.indicators import Evidence, indicators_section
from reports.builders.office import cut_office, no_office_note, ties_to_office_section
from reports.builders.spaces import spaces_section
from reports.builders.task_load import TaskFacts, tasks_section
from reports.builders.uncertain import uncertain_section
from reports.builders.words import (
    change_definitions,
    continuity_definitions,
    not_told_definition,
    office_definition,
)
from reports.builders.years import put_years, years_section
from reports.report import Report


def build_continuity_report(
    *,
    user: Any,
    start: dt.date | None,
    end: dt.date | None,
    programme_end: dt.date | None,
    now: dt.datetime,
    key: str,
) -> Report:
    """Return the continuity report of the half-open period from `start` to before `end`.

    Parameters
    ----------
    user
        Decides which actors are named and whether small numbers are told.
    programme_end
        Last day of the funding; None if not known.
    key
        Ties the pseudonyms of this report together; another key gives others.
    """
    basis = load_basis(user=user, start=start, end=end, now=now, key=key)
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
        carriers_section(basis, formats),
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
            *((not_told_definition(),) if basis.is_outside else ()),
        ),
        parameters=((_("End of the programme"), str(day)),),
    )


def _format_facts(basis: Basis, after: dt.date | None) -> FormatFacts:
    carriers = frames.load_carriers()
    series = frames.load_series(carriers=carriers, on=timezone.localdate(basis.now))
    actors = basis.register.actors
    judged = continuity.formats(
        series,
        office_ids=basis.offices["actor_id"].tolist(),
        paid_ids=actors.loc[actors["is_programme_paid"], "actor_id"].tolist(),
        programme_end=after,
    )
    return FormatFacts(series, judged, continuity.formats_by_carrier(basis.window.events, carriers))


def _task_facts(basis: Basis, formats: FormatFacts) -> TaskFacts:
    return TaskFacts(
        found=basis.task_dependency,
        coming=tasks.coming(basis.tasks, office_ids=basis.offices["actor_id"].tolist()),
        words=frames.load_terms(TaskKind),
        formats=dict(zip(formats.series["series_id"].tolist(), formats.series["title"], strict=True)),
    )
