"""What stands beside the name of an actor where it is chosen: what tells namesakes apart, and its end.

Every picker, search and list of candidates takes its hints from here, so that none tells less than another,
and none more than the one who asks may know.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from actors.models import Actor, Affiliation
from actors.models.particulars import sees_particulars
from core.models import IntervalQuerySet
from core.viewers import Viewer

MOST_ORGANISATIONS = 2


def hints_for(
    actors: Iterable[Actor], *, user: Viewer, organisations: Mapping[int, Sequence[str]] | None = None
) -> dict[int, str]:
    """Return a hint for each actor, by key, in a number of queries that does not grow with them.

    ``organisations`` names where persons belong, where the caller has asked for that already.
    """
    return _Hints(
        list(actors),
        everybody=Actor.objects.visible_to(user),
        affiliations=Affiliation.objects.visible_to(user),
        user=user,
        sees_street=partial(sees_particulars, user),
        organisations=organisations,
    ).by_key()


def office_hints(actors: Iterable[Actor]) -> dict[int, str]:
    """Return the hints as the office sees them, for work that no single person asks for (imports)."""
    return _Hints(
        list(actors),
        everybody=Actor.objects.all(),
        affiliations=Affiliation.objects.all(),
        user=None,
        sees_street=lambda _kind: True,
    ).by_key()


def with_hints(actors: list[Actor], *, user: Viewer) -> list[Actor]:
    """Return the actors, each with its ``hint``, for a template."""
    hints = hints_for(actors, user=user)
    for actor in actors:
        setattr(actor, "hint", hints[actor.pk])  # noqa: B010 - no column, only for the page
    return actors


def known_elsewhere(keys: list[int], *, user: Viewer | None) -> dict[int, list[str]]:
    """Return what rooms above know that tells namesakes apart; ``ACTOR_HINTS`` names who is asked."""
    known: dict[int, list[str]] = defaultdict(list)
    for name in settings.ACTOR_HINTS if keys else ():
        for key, text in import_string(name)(keys, user=user).items():
            known[key].append(text)
    return known


class _Hints:
    """The hints of some actors; address and what others know only where another one has the same name."""

    def __init__(
        self,
        actors: Collection[Actor],
        *,
        everybody: QuerySet,
        affiliations: IntervalQuerySet,
        user: Viewer | None,
        sees_street: Callable[[str], bool],
        organisations: Mapping[int, Sequence[str]] | None = None,
    ) -> None:
        self.actors, self.sees_street = actors, sees_street
        self.today = timezone.localdate()
        self.organisations = self._organisations(affiliations) if organisations is None else organisations
        namesakes = self._namesakes(everybody)
        self.namesakes = [actor for actor in actors if actor.sort_name in namesakes]
        self.more = known_elsewhere([actor.pk for actor in self.namesakes], user=user)

    def by_key(self) -> dict[int, str]:
        """Return the hints; those that would still be the same end with the key of the actor."""
        hints = {actor.pk: self._of(actor) for actor in self.actors}
        same = Counter((actor.sort_name, hints[actor.pk]) for actor in self.namesakes)
        for actor in self.namesakes:
            if same[actor.sort_name, hints[actor.pk]] > 1:
                hints[actor.pk] = " · ".join([hints[actor.pk], _("No. %(number)s") % {"number": actor.pk}])
        return hints

    def _of(self, actor: Actor) -> str:
        belongs_to = self.organisations.get(actor.pk, ())[:MOST_ORGANISATIONS]
        parts = [actor.ended_text, actor.actor_type.label, *belongs_to, actor.district]
        if actor in self.namesakes:
            street = actor.street if self.sees_street(actor.kind) else ""
            parts += [street, *self.more.get(actor.pk, ())]
        return " · ".join(part for part in parts if part)

    def _organisations(self, affiliations: IntervalQuerySet) -> Mapping[int, Sequence[str]]:
        """Return where persons belong at present, main contacts first."""
        persons = [actor.pk for actor in self.actors if actor.is_person]
        names: dict[int, list[str]] = defaultdict(list)
        if persons:
            rows = affiliations.active_on(self.today).filter(person__in=persons)
            ordered = rows.order_by("-is_main_contact", "organisation__sort_name", "pk")
            for person, name in ordered.values_list("person", "organisation__name"):
                if name not in names[person]:
                    names[person].append(name)
        return names

    def _namesakes(self, everybody: QuerySet) -> set[str]:
        """Return the names that several actors of the register have."""
        names = {actor.sort_name for actor in self.actors}
        if not names:
            return set()
        several = everybody.filter(sort_name__in=names).order_by().values("sort_name")
        return set(
            several.annotate(count=Count("pk")).filter(count__gt=1).values_list("sort_name", flat=True)
        )
