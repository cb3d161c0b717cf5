"""Validators that every app shares."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

FIRST_DAY = dt.date(1800, 1, 1)
LAST_DAY = dt.date(2200, 1, 1)

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

validate_web_address = URLValidator(schemes=["http", "https"])


def validate_plausible_date(value: dt.date) -> None:
    """Refuse a date that can only be a slip of the keys (year 0214, 20145)."""
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValidationError(
            _("The year %(year)s cannot be right. Please check the date."),
            code="date",
            params={"year": value.year},
        )


def validate_no_control_characters(value: str) -> None:
    """Refuse NUL, other invisible control characters and half characters; tab and line breaks are text."""
    if _UNPRINTABLE.search(value):
        raise ValidationError(
            _("This text holds invisible control characters. Please type it again."), code="control"
        )
