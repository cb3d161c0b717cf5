"""The report about concerns, put together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.common.roles import OFFICE_ROLES, role_of
from reports.builders.concerns.data import load_courses
from reports.builders.concerns.tables import Sheet
from reports.builders.period import period_text
from reports.report import Definition, Report


def build_concerns_report(
    *, user: Any, start: dt.date | None, end: dt.date | None, now: dt.datetime, key: str
) -> Report:
    """Return the report about the concerns raised in the half-open period from ``start`` to before ``end``.

    Readers from outside are not told counts below five, nor what would give them away, and open no records.
    """
    is_outside = role_of(user) not in OFFICE_ROLES
    sheet = Sheet(
        courses=load_courses(user=user, start=start, end=end),
        start=start,
        end=end,
        today=timezone.localdate(now),
        is_outside=is_outside,
    )
    counted = _("without those out of confidential contacts") if is_outside else _("all")
    return Report(
        kind="concerns",
        key=key,
        title=_("Concerns report"),
        period=period_text(start, end),
        author=str(user),
        created=now,
        data_date=timezone.localdate(now),
        parameters=((_("Concerns counted"), counted),),
        sections=sheet.sections(),
        definitions=_definitions(),
    )


def _definitions() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Concern"),
            _("What somebody asked the office for. It belongs to the year in which it was raised."),
        ),
        Definition(
            _("Days to forward, to answer, to settle"),
            _(
                "From the day on which the concern was raised until it was first forwarded, first "
                "answered, and last settled. What was taken up again counts as open."
            ),
        ),
        Definition(
            _("Median"),
            _("Half of the concerns took as long or less, half as long or longer."),
        ),
        Definition(
            _("Department"),
            _("To whom the concern was forwarded last."),
        ),
        Definition(
            _("Not told"),
            _(
                "“<5” stands for one to four concerns; “•” is left out so that such a number cannot be "
                "worked out."
            ),
        ),
    )
