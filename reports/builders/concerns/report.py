"""The report about concerns, put together."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.builders.concerns.courses import load_courses
from reports.builders.concerns.tables import Sheet
from reports.report import Definition, Report
from reports.request import ReportRequest


def build_concerns_report(request: ReportRequest) -> Report:
    """Return the report about the concerns raised in the period.

    Readers from outside are not told counts below five, nor what would give them away, and open no records.
    """
    sheet = Sheet(request, load_courses(request))
    counted = _("without those out of confidential contacts") if sheet.is_outside else _("all")
    return Report(
        kind="concerns",
        key=request.key,
        title=_("Concerns report"),
        period=request.period.label,
        author=str(request.viewer),
        created=request.now,
        data_date=request.today,
        parameters=((_("Concerns counted"), counted),),
        sections=sheet.sections(),
        definitions=(
            *_definitions(is_outside=sheet.is_outside),
            *(() if request.is_office else (_not_told(),)),
        ),
    )


def _definitions(*, is_outside: bool) -> tuple[Definition, ...]:
    concern = _(
        "What somebody asked the office for. It belongs to the year in which it was raised; whether it is "
        "open, forwarded, answered or settled is told as of today, whatever the period."
    )
    left_out = _("Those out of confidential contacts are not counted here.")
    return (
        Definition(_("Concern"), f"{concern} {left_out}" if is_outside else concern),
        Definition(
            _("Days to forward, to answer, to settle"),
            _(
                "From the day on which the concern was raised until it was first forwarded, first "
                "answered, and last settled. What was taken up again counts as open."
            ),
        ),
        Definition(
            _("Median"),
            _("At least half of the concerns took as long or less, at least half as long or longer."),
        ),
        Definition(
            _("Department"),
            _("To whom the concern was forwarded last."),
        ),
    )


def _not_told() -> Definition:
    return Definition(
        _("Not told"),
        _(
            "“<5” stands for one to four concerns; “•” is left out so that such a number cannot be "
            "worked out from the rest of this report."
        ),
    )
