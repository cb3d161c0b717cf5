"""Taking school holidays and closing days over from a calendar file, as often as it comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.roles import can
from core.viewers import SignedIn
from events.calendar import CalendarDays
from events.models import SpecialDays, SpecialDaysKind


class Outcome(TextChoices):
    """What taking an entry over would do, or did."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("already there")


@dataclass(frozen=True)
class TakenOver:
    """An entry of the file beside what it does to the register."""

    entry: CalendarDays
    outcome: Outcome
    record: SpecialDays


def compare_special_days(*, entries: Iterable[CalendarDays], kind: str) -> list[TakenOver]:
    """Tell of every entry whether it is new, changes days that came from it before, or is there already.

    An entry is known by its key and first day, so that a repeated one can have several stretches; by its key
    alone where there is just one of them.
    """
    entries = list(entries)
    stored = list(SpecialDays.objects.filter(kind=kind).exclude(external_id=""))
    by_day = {(row.external_id, row.first_day): row for row in stored}
    stored_once, sent_once = _single(row.external_id for row in stored), _single(e.key for e in entries)
    by_key = {row.external_id: row for row in stored if row.external_id in stored_once & sent_once}
    return [
        _compared(entry, by_day.get((entry.key, entry.first_day)) or by_key.get(entry.key), kind)
        for entry in entries
    ]


def _single(keys: Iterable[str]) -> set[str]:
    return {key for key, number in Counter(keys).items() if number == 1}


def _compared(entry: CalendarDays, row: SpecialDays | None, kind: str) -> TakenOver:
    name = entry.name or str(SpecialDaysKind(kind).label)
    values = {"name": name, "first_day": entry.first_day, "final_day": entry.final_day}
    if row is None:
        return TakenOver(entry, Outcome.NEW, SpecialDays(kind=kind, external_id=entry.key, **values))
    is_same = all(getattr(row, field) == value for field, value in values.items())
    for field, value in values.items():
        setattr(row, field, value)
    return TakenOver(entry, Outcome.SAME if is_same else Outcome.CHANGED, row)


@transaction.atomic
def save_special_days(*, entries: Iterable[CalendarDays], kind: str, user: SignedIn) -> list[TakenOver]:
    """Store what a calendar file says; the same file a second time changes nothing."""
    if not can(user, "add", SpecialDays):
        raise PermissionDenied
    rows = compare_special_days(entries=entries, kind=kind)
    for row in rows:
        if row.outcome != Outcome.SAME:
            row.record.full_clean()
            row.record.save()
    return rows
