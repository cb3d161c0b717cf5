"""How many people were there: the one definition that every page, export and report uses."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttendanceBasis(TextChoices):
    """Which figure the total attendance is."""

    NAMES = "names", _("names")
    HEADCOUNT = "headcount", _("headcount")
    NONE = "none", _("not recorded")


@dataclass(frozen=True)
class Attendance:
    """Total attendance of one event.

    Names and heads overlap (who is on the list was also counted at the gate), so the two are never added: the
    larger one is the total.

    Attributes
    ----------
    named : int
        Different actors who attended, each once however many roles it had, plus the people they brought. If
        an actor says in several roles how many people it brought, the largest number holds.
    headcount : int
        Sum of the headcounts.

    Examples
    --------
    >>> Attendance(named=12, headcount=80).total
    80
    """

    named: int
    headcount: int

    @property
    def total(self) -> int:
        """The larger of the two."""
        return max(self.named, self.headcount)

    @property
    def basis(self) -> AttendanceBasis:
        """Which of the two the total is; the names where both are equal."""
        if self.total == 0:
            return AttendanceBasis.NONE
        return AttendanceBasis.NAMES if self.named >= self.headcount else AttendanceBasis.HEADCOUNT
