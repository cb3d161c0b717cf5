"""Handing over work: what somebody has to do and look after goes to colleagues, in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Actor, ActorGroup
from contacts.models import Concern, FollowUp
from core.accounts.models import User
from core.accounts.services import save_account

AT_ONCE = 500


@dataclass(frozen=True)
class Work:
    """What somebody has to do and look after."""

    follow_ups: QuerySet
    concerns: QuerySet
    actors: QuerySet

    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind."""
        return {kind: getattr(self, kind).count() for kind in KINDS}


# Each kind with the column that names whose it is.
KINDS = {"follow_ups": "assignee", "concerns": "responsible", "actors": "responsible"}


@dataclass(frozen=True)
class Plan:
    """Who takes what: one colleague for all, others for a kind, others again for a group of actors.

    Whoever takes a group also takes what is to be done about its actors, and the concerns they brought. An
    actor of several groups goes with the first of them by name.
    """

    to: User
    kinds: dict[str, User] = field(default_factory=dict)
    groups: dict[ActorGroup, User] = field(default_factory=dict)

    @property
    def colleagues(self) -> set[User]:
        """Everybody who takes something."""
        return {self.to, *self.kinds.values(), *self.groups.values()}


@dataclass(frozen=True)
class HandedOver:
    """How many of each kind went to whom."""

    counts: dict[User, dict[str, int]]

    def total(self, kind: str) -> int:
        """Return how many of a kind were handed over."""
        return sum(counts[kind] for counts in self.counts.values())


def work_of(person: User) -> Work:
    """Return what is open and in the hands of ``person``; what is done or settled stays theirs."""
    return Work(
        follow_ups=FollowUp.objects.filter(assignee=person).open().order_by("due", "pk"),
        concerns=Concern.objects.filter(responsible=person).open().order_by("raised_on", "pk"),
        actors=Actor.objects.filter(responsible=person).order_by("sort_name", "pk"),
    )


@transaction.atomic
def hand_over_work(*, leaving: User, plan: Plan, by: User, close_account: bool = False) -> HandedOver:
    """Give all open work of ``leaving`` to colleagues, and close the account if asked to; all or nothing.

    Rows are written by ``update``, which counts their version up itself: whoever edits one of them is told.
    Each statement asks again whose the row is, so what somebody else took or finished meanwhile stays so.

    Raises
    ------
    ValidationError
        Somebody in the plan may not see what the work is about, or nobody would be left who looks after
        accounts.
    """
    colleagues = _locked(plan.colleagues)
    _check(leaving=leaving, colleagues=colleagues)
    work = work_of(leaving)
    counts = {user: dict.fromkeys(KINDS, 0) for user in sorted(plan.colleagues, key=str)}
    taken_by = _actors_of_groups(plan)
    for kind in KINDS:
        shares: dict[User, list[int]] = {}
        for key, about in _keys(kind, getattr(work, kind)):
            group = next((taken_by[actor] for actor in about if actor in taken_by), None)
            shares.setdefault(group or plan.kinds.get(kind, plan.to), []).append(key)
        for user, keys in shares.items():
            counts[user][kind] = _give(kind, getattr(work, kind), keys, to=user)
    if close_account:
        _close(leaving, by=by)
    return HandedOver({user: by_kind for user, by_kind in counts.items() if any(by_kind.values())})


def _locked(colleagues: Iterable[User]) -> list[User]:
    """Read the colleagues anew and hold them, so that none is closed while work is given to them."""
    keys = [user.pk for user in colleagues]
    return list(User.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _check(*, leaving: User, colleagues: Iterable[User]) -> None:
    for user in colleagues:
        if user == leaving:
            raise ValidationError(_("Choose somebody else than the person who leaves."))
        if not user.is_active:
            raise ValidationError(_("The account of %(name)s is closed.") % {"name": user})
        if not user.is_office_member:
            text = _("%(name)s is not of the office and may not see concerns and confidential contacts.")
            raise ValidationError(text % {"name": user})


def _actors_of_groups(plan: Plan) -> dict[int, User]:
    """Return who takes which actor with its group."""
    taken_by: dict[int, User] = {}
    for group in sorted(plan.groups, key=lambda one: (one.name, one.pk)):
        for key in group.members.order_by().values_list("pk", flat=True):
            taken_by.setdefault(key, plan.groups[group])
    return taken_by


def _keys(kind: str, rows: QuerySet) -> Iterator[tuple[int, list[int]]]:
    """Yield each row with the actors it is about."""
    if kind == "actors":
        yield from ((key, [key]) for key in rows.values_list("pk", flat=True))
    elif kind == "concerns":
        yield from ((key, [actor]) for key, actor in rows.values_list("pk", "raised_by"))
    else:
        by_name = Actor.objects.order_by("sort_name", "pk").only("pk", "sort_name")
        involved = Prefetch("contact__actors", by_name)
        for row in rows.select_related("contact", "concern").prefetch_related(involved):
            about = [row.actor_id, row.concern.raised_by_id if row.concern else None]
            others = row.contact.actors.all() if row.contact else ()
            yield row.pk, [key for key in [*about, *(actor.pk for actor in others)] if key]


def _give(kind: str, rows: QuerySet, keys: list[int], *, to: User) -> int:
    """Write the new name into the rows that are still there to be given."""
    changes: dict[str, Any] = {KINDS[kind]: to, "version": F("version") + 1, "updated_at": timezone.now()}
    some = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
    return sum(rows.filter(pk__in=part).order_by().update(**changes) for part in some)


def _close(leaving: User, *, by: User) -> None:
    if leaving == by:
        raise ValidationError(_("You cannot close the account you are signed in with."))
    account = User.objects.select_for_update().get(pk=leaving.pk)
    account.is_active = False
    save_account(account=account)
