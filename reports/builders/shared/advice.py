"""What is missing, and what to do about it, for those who can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.builders.shared.basis import Basis


def advised(basis: Basis, state: str, advice: str) -> str:
    """Say what is missing; only whoever works in the office is told to record it."""
    return f"{state} {advice}" if basis.request.is_office else state
