"""Validators that every app shares."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

FIRST_DAY = dt.date(1800, 1, 1)
LAST_DAY = dt.date(2200, 1, 1)

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
    """Refuse NUL and other invisible control characters; tab and line breaks are text."""
    if any(ord(c) < 32 and c not in "\t\r\n" for c in value) or "\x7f" in value:
        raise ValidationError(
            _("This text holds invisible control characters. Please type it again."), code="control"
        )
