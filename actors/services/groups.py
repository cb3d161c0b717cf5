"""Groups of actors: who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from actors.models import (
    Actor,
    ActorGroup,
)


@transaction.atomic
def add_to_group(*, group: ActorGroup, actors: Iterable[Actor]) -> int:
    """Add actors to a group, a new one is saved first; return how many were not in it before."""
    if group._state.adding:
        group.save()
    group = ActorGroup.objects.select_for_update().get(pk=group.pk)
    present = set(group.members.values_list("pk", flat=True))
    fresh = [actor for actor in actors if actor.pk not in present]
    if fresh:
        group.members.add(*fresh)
        group.save()
    return len(fresh)


@transaction.atomic
def remove_from_group(*, group: ActorGroup, actor: Actor) -> None:
    """Take an actor out of a group."""
    group = ActorGroup.objects.select_for_update().get(pk=group.pk)
    group.members.remove(actor)
    group.save()
