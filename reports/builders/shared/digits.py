"""Numbers inside sentences, written as the reader writes them."""

from django.utils.formats import number_format

from core.numbers import plain_zero

MINUS = "−"


def rounded(value: float, places: int = 2) -> str:
    """Write a number with so many decimal places; Django's own function would cut it off, not round it."""
    return str(number_format(f"{plain_zero(value, places):.{places}f}", places)).replace("-", MINUS)


def grouped(count: int) -> str:
    """Write a whole number with its thousands set apart."""
    return str(number_format(count, force_grouping=True))
