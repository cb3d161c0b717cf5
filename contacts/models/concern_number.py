"""The numbers of concerns: they count within their year, and no number is ever given twice."""

from __future__ import annotations

import re

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

# As it is written, and as it stands in names of files.
_NUMBER = re.compile(r"([12]\d{3})\s*[/-]\s*0*([1-9]\d{0,8})", re.ASCII)


class ConcernYear(models.Model):
    """The last number that was given to a concern of a year; what was deleted leaves a gap."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("numbers of concerns of a year")
        verbose_name_plural = _("numbers of concerns by year")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


@transaction.atomic
def take_numbers(year: int, count: int = 1) -> range:
    """Return the next numbers of a year. Who asks at the same time waits until these are stored."""
    ConcernYear.objects.get_or_create(year=year)
    # One statement: it locks the row until the transaction ends, on both databases.
    ConcernYear.objects.filter(year=year).update(last_number=F("last_number") + count)
    last = ConcernYear.objects.get(year=year).last_number
    return range(last - count + 1, last + 1)


def number_in(text: str) -> tuple[int, int] | None:
    """Return year and number that ``text`` names, None if it is no number of a concern.

    >>> number_in("2026/17"), number_in("2026-017"), number_in("2026/"), number_in("17")
    ((2026, 17), (2026, 17), None, None)
    """
    match = _NUMBER.fullmatch(text.strip())
    return (int(match[1]), int(match[2])) if match else None
