"""Numbers as they are written."""

from __future__ import annotations

from decimal import Decimal


def plain_zero(value: float | Decimal, digits: int) -> float | Decimal:
    """Return zero for what would be written as "-0.00" with so many decimal places; else the value itself."""
    written = f"{value:.{digits}f}"
    return type(value)(0) if written.startswith("-") and not written.strip("-0.") else value


def outside(share: float | Decimal, digits: int) -> tuple[str, float] | None:
    """Return the sign and the bound of a share that would be written as none or all and is neither.

    ``digits`` are those of the percents: of 0.9998 they make 100 %, which would say that nothing is missing.

    >>> outside(0.9998, 0), outside(0.0004, 1), outside(0.5, 0), outside(1.0, 0), outside(1.0004, 0)
    (('>', 0.99), ('<', 0.001), None, None, None)
    """
    step = 10.0 ** -(digits + 2)
    if not 0 < share < 1:
        return None
    if float(f"{share:.{digits + 2}f}") <= 0:
        return "<", step
    return (">", 1 - step) if float(f"{share:.{digits + 2}f}") >= 1 else None
