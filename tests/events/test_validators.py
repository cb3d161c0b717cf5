import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from events.validators import validate_times

DAY, NEXT, BEFORE = dt.date(2019, 6, 15), dt.date(2019, 6, 16), dt.date(2019, 6, 14)
MORNING, EVENING = dt.time(9), dt.time(18)


@pytest.mark.parametrize(
    "times",
    [
        (None, None, None, None),
        (DAY, None, None, None),
        (DAY, MORNING, None, EVENING),
        (DAY, MORNING, DAY, MORNING),
        (DAY, EVENING, NEXT, MORNING),
        (DAY, None, NEXT, EVENING),
    ],
)
def test_times_in_order_pass(times):
    validate_times(*times)


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ((None, MORNING, None, None), "start_date"),
        ((None, None, NEXT, None), "start_date"),
        ((None, None, None, EVENING), "start_date"),
        ((DAY, None, BEFORE, None), "end_date"),
        ((DAY, EVENING, None, MORNING), "end_time"),
        ((DAY, EVENING, DAY, MORNING), "end_time"),
    ],
)
def test_times_out_of_order_are_said_at_the_field_to_change(times, field):
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        validate_times(*times)
    assert list(caught.value.message_dict) == [field]
