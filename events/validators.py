"""Rules about events and participation, shared by model, form, serializer and import."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from core.validators import LAST_DAY

HOURS = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1000))]
PEOPLE = [MaxValueValidator(100_000)]


NOT_YET_HELD = _("This day is still to come: an event that has yet to take place is planned or confirmed.")
NOT_YET_ATTENDED = _("This event is still to come: nobody has taken part yet. Choose “registered”.")


def is_to_come(day: dt.date | None, today: dt.date) -> bool:
    """Tell whether an event of this day has yet to take place."""
    return day is not None and today < day < LAST_DAY


def validate_times(
    start_date: dt.date | None, start_time: dt.time | None, end_date: dt.date | None, end_time: dt.time | None
) -> None:
    """Refuse an event that ends before it starts, and times without a day.

    Raises
    ------
    ValidationError
        At the field that has to change.
    """
    if start_date is None:
        orphans = {"end_date": end_date, "start_time": start_time, "end_time": end_time}
        if any(value is not None for value in orphans.values()):
            raise ValidationError({"start_date": _("Enter the day of the event as well.")})
        return
    if end_date is not None and end_date < start_date:
        raise ValidationError({"end_date": _("The end lies before the beginning.")})
    same_day = end_date is None or end_date == start_date
    if same_day and start_time is not None and end_time is not None and end_time < start_time:
        raise ValidationError({"end_time": _("The end lies before the beginning.")})
