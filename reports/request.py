"""What a report is asked for, and by whom: what its builders hand on to each other."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field

from django.utils import timezone

from core.roles import OFFICE_ROLES, Role, role_of
from core.viewers import Viewer
from reports.period import WHOLE_TIME, Period


def fresh_key() -> str:
    """Return a key that makes the pseudonyms of this report unlike those of any other."""
    return secrets.token_hex(8)


@dataclass(frozen=True)
class ReportRequest:
    """Who asks for which period, when, and with which key of the pseudonyms.

    The same key gives the same pseudonyms; ``viewer`` decides which actors are named, and whether small
    numbers are told.
    """

    viewer: Viewer
    period: Period = WHOLE_TIME
    now: dt.datetime = field(default_factory=timezone.now)
    key: str = field(default_factory=fresh_key)

    @property
    def today(self) -> dt.date:
        """The day on which the report is made."""
        return timezone.localdate(self.now)

    @property
    def last_day(self) -> dt.date:
        """The last day that the report speaks of."""
        return self.period.last_day(self.today)

    @property
    def is_outside(self) -> bool:
        """Whether the reader is from outside: small numbers are then not told."""
        return role_of(self.viewer) == Role.READER

    @property
    def is_office(self) -> bool:
        """Whether the reader works in the office."""
        return role_of(self.viewer) in OFFICE_ROLES
