"""The course of a concern: which status may follow which, and how pressing it is."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

NEW, FORWARDED, IN_PROGRESS, ANSWERED = "new", "forwarded", "in_progress", "answered"
DONE, DECLINED, NOT_RESPONSIBLE = "done", "declined", "not_responsible"
SETTLED = (DONE, DECLINED, NOT_RESPONSIBLE)

# A concern can be forwarded once more, to somebody else; what is settled can only be taken up again.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    NEW: (FORWARDED, IN_PROGRESS, ANSWERED, *SETTLED),
    FORWARDED: (FORWARDED, IN_PROGRESS, ANSWERED, *SETTLED),
    IN_PROGRESS: (FORWARDED, ANSWERED, DONE, DECLINED),
    ANSWERED: (IN_PROGRESS, FORWARDED, DONE, DECLINED),
    DONE: (IN_PROGRESS,),
    DECLINED: (IN_PROGRESS,),
    NOT_RESPONSIBLE: (IN_PROGRESS,),
}


class Status(Protocol):
    """What a status of the vocabulary tells about itself."""

    code: str
    is_open: bool


class Light(models.TextChoices):
    """How pressing an open concern is."""

    GREEN = "green", _("in time")
    YELLOW = "yellow", _("waiting long")
    RED = "red", _("overdue")


def stage_of(status: Status) -> str:
    """Return the stage that a status stands for; the office's own ones count as in progress or as done."""
    if status.code in TRANSITIONS:
        return status.code
    return IN_PROGRESS if status.is_open else DONE


def may_follow(to: Status, *, after: Status) -> bool:
    """Tell whether a concern may go from one status to another."""
    before, then = stage_of(after), stage_of(to)
    if then in TRANSITIONS[before]:
        return True
    # Between the open statuses that the office added there is no order.
    return before == then == IN_PROGRESS and to.code != after.code


def light_of(
    *, raised_on: dt.date, due: dt.date | None, yellow_after: int, red_after: int, today: dt.date
) -> Light:
    """Return how pressing an open concern is on a day: by its age, and red once its due day has passed."""
    age = (today - raised_on).days
    if age >= red_after or (due is not None and due < today):
        return Light.RED
    return Light.YELLOW if age >= yellow_after else Light.GREEN
