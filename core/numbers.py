"""Numbers as they are written."""

from __future__ import annotations

from decimal import Decimal


def plain_zero(value: float | Decimal, digits: int) -> float | Decimal:
    """Return zero for what would be written as "-0.00" with so many decimal places; else the value itself."""
    written = f"{value:.{digits}f}"
    return type(value)(0) if written.startswith("-") and not written.strip("-0.") else value
