import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from actors.validators import validate_not_in_future

TODAY = dt.date(2020, 5, 4)


def test_the_past_today_and_nothing_are_not_in_the_future():
    validate_not_in_future(TODAY, begun=TODAY, ended=dt.date(1999, 1, 1), open=None)


def test_every_field_that_lies_in_the_future_is_named():
    tomorrow = dt.date(2020, 5, 5)
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        validate_not_in_future(TODAY, begun=tomorrow, ended=TODAY, told=tomorrow)
    text = "This date lies in the future. Use a follow-up for what is still to come."
    with translation.override("en"):
        assert caught.value.message_dict == {"begun": [text], "told": [text]}
