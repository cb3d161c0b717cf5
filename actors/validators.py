"""Rules about actors and contacts, shared by model, form, serializer and import."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

LATITUDE = [MinValueValidator(Decimal(-90)), MaxValueValidator(Decimal(90))]
LONGITUDE = [MinValueValidator(Decimal(-180)), MaxValueValidator(Decimal(180))]
PERCENT = [MinValueValidator(0), MaxValueValidator(100)]
STRENGTH = [MinValueValidator(1), MaxValueValidator(3)]

validate_phone_number = RegexValidator(
    r"^\+?[0-9][0-9 ()/.\-]{2,}[0-9]$", _("Enter a telephone number such as 05361 12345 or +49 5361 12345.")
)


def validate_not_in_future(today: dt.date, /, **days: dt.date | None) -> None:
    """Refuse to log what has not happened yet.

    Raises
    ------
    ValidationError
        At each of the fields, named by keyword, whose day lies after ``today``.
    """
    message = _("This date lies in the future. Use a follow-up for what is still to come.")
    late = {field: message for field, day in days.items() if day is not None and day > today}
    if late:
        raise ValidationError(late)
