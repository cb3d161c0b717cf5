"""A number that rounds to zero is written without a sign."""

from decimal import Decimal

import pytest

from core.numbers import plain_zero


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (-0.0, 1, "0.0"),
        (-0.0049, 2, "0.00"),
        (-0.0051, 2, "-0.01"),
        (-0.4, 0, "0"),
        (-0.6, 0, "-1"),
        (-10.0, 2, "-10.00"),
        (-0.1, 1, "-0.1"),
        (0.004, 2, "0.00"),
        (0, 2, "0.00"),
        (Decimal("-0.001"), 2, "0.00"),
        (Decimal("-1.00"), 2, "-1.00"),
    ],
)
def test_zero_has_no_sign_and_every_other_number_stays(value, digits, written):
    plain = plain_zero(value, digits)

    assert (f"{plain:.{digits}f}", type(plain)) == (written, type(value))
    assert written.strip("-0.") == "" or plain is value
