"""A period in words."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def period_text(start: dt.date | None, end: dt.date | None) -> str:
    """Return the half-open period from ``start`` to before ``end`` in words, its last day included."""
    if start is None and end is None:
        return _("Whole time")
    last = end - dt.timedelta(days=1) if end else None
    if _is_new_year(start) and _is_new_year(end):
        return _years(start, last)
    if start is None or last is None:
        text = _("since %(day)s") if last is None else _("until %(day)s")
        return text % {"day": date_format(last or start, "SHORT_DATE_FORMAT")}  # type: ignore[arg-type]
    return f"{date_format(start, 'SHORT_DATE_FORMAT')} – {date_format(last, 'SHORT_DATE_FORMAT')}"


def _is_new_year(day: dt.date | None) -> bool:
    return day is None or (day.month, day.day) == (1, 1)


def _years(start: dt.date | None, last: dt.date | None) -> str:
    if start is None:
        return _("until %(day)s") % {"day": last.year if last else ""}
    if last is None:
        return _("since %(day)s") % {"day": start.year}
    return str(start.year) if start.year == last.year else f"{start.year}–{last.year}"
