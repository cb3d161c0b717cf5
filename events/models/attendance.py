"""How many people were there: the one definition that every page, export and report uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttendanceBasis(TextChoices):
    """Which figure the total attendance is."""

    NAMES = "names", _("by name")
    HEADCOUNT = "headcount", _("counted")
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


# Fewer people than this may be told from each other: readers from outside do not learn how many they were.
FEW = 5
# Codes of the roles in which one only was there or paid; whoever had another one was engaged.
PASSIVE_ROLES = frozenset({"attendee", "funder"})


@dataclass(frozen=True)
class People:
    """Natural persons by their keys: all who attended by name, and those of them who did more than that."""

    persons: frozenset[int]
    engaged: frozenset[int]


def people_among(attended: Iterable[tuple[int, bool, int | None, str]]) -> People:
    """Return the natural persons among rows of attendance.

    A row holds the actor, whether it is a person, the person representing it, and the code of the role.

    >>> people_among([(1, True, None, "attendee"), (2, False, 3, "organiser")])
    People(persons=frozenset({1, 3}), engaged=frozenset({3}))
    """
    persons: set[int] = set()
    engaged: set[int] = set()
    for actor, is_person, represented_by, role in attended:
        present = {actor} if is_person else set()
        if represented_by is not None:
            present.add(represented_by)
        persons |= present
        if role not in PASSIVE_ROLES:
            engaged |= present
    return People(frozenset(persons), frozenset(engaged))
