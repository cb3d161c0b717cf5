"""Two at once in a role that one person holds: who else does, and the end of who held it before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Affiliation
from core.text import fold

# Of all other roles (deputies, members, speakers) there may be several holders. The list is short on purpose:
# whoever records a second holder is asked whether the first one ended, and a question that rarely fits is
# soon clicked away. Gender forms and both languages are one role ("Vorsitzende*r", "chair").
_FIRST = r"(?:(?:1|i|erste[rn]?(?: r)?|first) )?"
_IN = r"(?: ?in)?"  # as "Leiterin", "Leiter*in" and "Leiter/in" are folded
# As the roles look folded: small, umlauts written out, signs as blanks.
SINGLE_ROLES = {
    "chair": rf"{_FIRST}(?:vorstands|vereins)?vorsitz(?:ende(?: ?r)?)?(?: des (?:vereins|vorstands))?"
    rf"|{_FIRST}chair(?: ?(?:wo ?)?man| ?person)?",
    "president": rf"praesident{_IN}|president",
    "head": rf"(?:(?:schul|kita|haus|einrichtungs) ?)?leit(?:ung|er{_IN})|rektor{_IN}|head|director",
    "treasurer": rf"kassen(?:wart|fuehrer){_IN}|kassenfuehrung|schatzmeister{_IN}|treasurer",
    "mayor": rf"(?:ober|orts)?buergermeister{_IN}|mayor",
}
_READ = {key: re.compile(pattern) for key, pattern in SINGLE_ROLES.items()}


class OtherHolder(models.TextChoices):
    """What becomes of whoever holds the role already."""

    END = "end", gettext_lazy("Yes, it ended the day before the new one begins")
    KEEP = "keep", gettext_lazy("No, both hold it")


def single_role(role: str) -> str:
    """Return which of the roles that one person holds at a time ``role`` names; empty for all others.

    >>> single_role("1. Vorsitzende*r"), single_role("Vorsitz"), single_role("Kassenwartin")
    ('chair', 'chair', 'treasurer')
    >>> single_role("2. Vorsitzende"), single_role("stellv. Vorsitz"), single_role("Mitglied")
    ('', '', '')
    """
    folded = fold(role)
    return next((key for key, pattern in _READ.items() if pattern.fullmatch(folded)), "")


def hold_at_once(one: Affiliation, two: Affiliation) -> bool:
    """Tell whether there is a day on which both are known to hold their roles."""
    return _known_time(one).overlaps(_known_time(two))


def _known_time(affiliation: Affiliation) -> Affiliation:
    """Return when it is known to hold: with an unknown begin only today, or its last day."""
    until, today = affiliation.valid_until, timezone.localdate()
    last = today if until is None else min(today, until - dt.timedelta(1))
    return Affiliation(valid_from=affiliation.valid_from or last, valid_until=until)


def other_holders(affiliation: Affiliation) -> list[Affiliation]:
    """Return who else holds the single role at the same time, but for those who did so before this change."""
    holders = _beside(affiliation)
    stored = Affiliation.objects.filter(pk=affiliation.pk).first() if affiliation.pk and holders else None
    known = {holder.pk for holder in _beside(stored)} if stored else set()
    return [holder for holder in holders if holder.pk not in known]


def _beside(affiliation: Affiliation) -> list[Affiliation]:
    role = single_role(affiliation.role)
    if not role or affiliation.organisation_id is None:
        return []
    others = Affiliation.objects.filter(organisation=affiliation.organisation_id).exclude(role="")
    return [
        other
        for other in others.exclude(person=affiliation.person_id).select_related("person").order_by("pk")
        if single_role(other.role) == role and hold_at_once(other, affiliation)
    ]


def question_about(holders: Iterable[Affiliation]) -> str:
    """Return the question whether those who hold the role have ended."""
    said = [_in_words(holder) % {**_named(holder), "day": _day(holder.valid_from)} for holder in holders]
    return _("This role is already held by %(names)s. Has that ended?") % {"names": ", ".join(said)}


def _in_words(holder: Affiliation) -> str:
    if holder.valid_from is None:
        return _("%(name)s (%(role)s)")
    if holder.valid_from > timezone.localdate():
        return _("%(name)s (%(role)s, from %(day)s)")
    return _("%(name)s (%(role)s, since %(day)s)")


def _named(holder: Affiliation) -> dict[str, str]:
    return {"name": str(holder.person), "role": holder.role}


def _day(day: dt.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def check_end(holders: Iterable[Affiliation], successor: Affiliation) -> None:
    """Say at the field what is missing before the others can end where the successor begins."""
    begin = successor.valid_from
    if begin is None:
        raise ValidationError(
            {"valid_from": _("Enter from when, so that the other one can end the day before.")}
        )
    for holder in holders:
        if holder.valid_from is not None and holder.valid_from >= begin:
            raise ValidationError(
                {
                    "valid_from": _("%(name)s began on %(day)s, and cannot end before that.")
                    % {"name": holder.person, "day": _day(holder.valid_from)}
                }
            )


@transaction.atomic
def end_holders(holders: Iterable[Affiliation], successor: Affiliation) -> None:
    """End those who held the role on the day before the successor begins."""
    check_end(holders, successor)
    keys = [holder.pk for holder in holders]
    for holder in Affiliation.objects.filter(pk__in=keys).order_by("pk").select_for_update():
        holder.valid_until = successor.valid_from
        holder.full_clean()
        holder.save()
