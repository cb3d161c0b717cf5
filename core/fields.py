"""Field types that every app shares."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.validators import validate_no_control_characters, validate_plausible_date, validate_web_address

ONE_DAY = dt.timedelta(days=1)


def last_day(until: dt.date | None) -> dt.date | None:
    """Return the last day of a half-open interval that ends before ``until``; None stays None."""
    return until - ONE_DAY if until else None


class CharField(models.CharField):
    """A short text that every database can keep: no NUL, nothing invisible."""

    default_validators = [validate_no_control_characters]

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Check the text without the blanks around it: a name of blanks is no name."""
        return super().clean(value.strip() if isinstance(value, str) else value, model_instance)


class TextField(models.TextField):
    """A long text that every database can keep; its greatest length holds wherever the text comes from."""

    default_validators = [validate_no_control_characters]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))


class WebAddressField(models.URLField):
    """An address on the web: http or https and nothing that a browser would run."""

    default_validators = [validate_web_address]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class DateField(models.DateField):
    """A date that refuses impossible years."""

    default_validators = [validate_plausible_date]


class InclusiveDateField(forms.DateField):
    """Shows the last day of an interval and returns the day after it."""

    def prepare_value(self, value: Any) -> Any:
        return last_day(value) if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        try:
            return day + ONE_DAY if day else None
        except OverflowError as error:
            raise ValidationError(_("Enter a valid date."), code="invalid") from error


class UntilDateField(DateField):
    """End of an interval: stored half-open (first day after it), shown and typed inclusive (its last day)."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": InclusiveDateField, **kwargs})


class InclusiveDateSerializerField(serializers.DateField):
    """The same for the REST API: the last day of the interval goes in and out."""

    def to_representation(self, value: Any) -> Any:
        day: Any = last_day(value) if isinstance(value, dt.date) else value
        return super().to_representation(day)

    def to_internal_value(self, value: Any) -> dt.date:
        try:
            return super().to_internal_value(value) + ONE_DAY
        except OverflowError:
            self.fail("invalid", format="YYYY-MM-DD")
