"""What a reader must know before the first figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import ProgrammeDependency
from core.roles import can
from reports.analysis.paid_periods import unpaid_work
from reports.builders.shared.advice import advised
from reports.builders.shared.digits import grouped
from reports.report import Note

if TYPE_CHECKING:
    from reports.builders.shared.basis import Basis


def missing_period_notes(basis: Basis) -> tuple[Note, ...]:
    """Say of each office that worked outside of its recorded paid periods that a period is missing."""
    table = unpaid_work(_office_work(basis), basis.frames.dependencies)
    return tuple(
        Note(
            "warning",
            advised(
                basis,
                _missing_period(basis.name(row["actor_id"]), row),
                _("Please enter the missing period."),
            ),
            _where_to_enter(basis, row["actor_id"]),
            _("Enter the period"),
        )
        for row in table.to_dict("records")
    )


def _where_to_enter(basis: Basis, actor_id: int) -> str | None:
    may_enter = can(basis.request.viewer, "add", ProgrammeDependency) and actor_id in basis.register.visible
    return reverse("actors:dependency_create", args=[actor_id]) if may_enter else None


def _office_work(basis: Basis) -> pd.DataFrame:
    organised = basis.office_part[basis.office_part["is_strong"]][["actor_id", "event_id"]]
    dated = organised.merge(basis.window.events[["event_id", "date"]], on="event_id")
    assigned = basis.task_dependency.assigned
    carried = assigned.loc[assigned["by_office"], ["actor_id", "event_id", "date"]]
    return pd.concat([dated, carried], ignore_index=True)


def _missing_period(name: str, row: dict[Any, Any]) -> str:
    text = ngettext(
        "%(name)s organised %(count)s event or carried tasks there (%(days)s) outside of any recorded paid "
        "period. This counts as work of the office.",
        "%(name)s organised %(count)s events or carried tasks there (%(days)s) outside of any recorded paid "
        "period. This counts as work of the office.",
        row["events"],
    )
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (row["first"], row["last"]))
    days = first if first == last else f"{first} – {last}"
    return text % {"name": name, "count": grouped(row["events"]), "days": days}
