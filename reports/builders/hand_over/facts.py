"""What the hand-over sheet is made of: read once for all actors, in a fixed number of questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from actors.models import Actor, Affiliation
from contacts.models import Concern, Contact, FollowUp
from contacts.models.attention import Attention, Light, attention_of, known_to_one
from core.accounts.models import User
from core.viewers import Viewer
from reports.request import ReportRequest

LAST_CONTACTS = 3
LATER = dt.date.max


@dataclass(frozen=True)
class Matter:
    """Something open: a follow-up or a concern, and which actors it is about; None stands for nobody."""

    kind: str
    due: dt.date | None
    text: str
    details: str
    url: str
    actors: frozenset[int | None]


@dataclass(frozen=True)
class Facts:
    """All that the sheet says about the work of one person; the actors by how pressing they are."""

    person: User
    today: dt.date
    actors: list[Actor]
    responsible: frozenset[int]
    contacts: dict[int, list[Contact]]
    main_contacts: dict[int, Affiliation]
    attention: dict[int, Attention]
    matters: dict[int, list[Matter]]
    elsewhere: list[Matter]

    def matters_of(self, actor: Actor) -> list[Matter]:
        """Return what is open about an actor."""
        return self.matters.get(actor.pk, [])

    def overdue(self, actor: Actor) -> int:
        """Return how much of it should have been done by now."""
        return sum(one.due is not None and one.due < self.today for one in self.matters_of(actor))

    def last_day(self, actor: Actor) -> dt.date | None:
        """Return the day of the latest contact."""
        contacts = self.contacts.get(actor.pk)
        return contacts[0].date if contacts else None

    def next_due(self, actor: Actor) -> dt.date | None:
        """Return when the actor should be spoken to again; None where nobody keeps an eye on that."""
        attention = self.attention.get(actor.pk)
        return attention.next_due if attention else None

    def in_order(self) -> list[Actor]:
        """Return the actors, the most pressing first."""
        return sorted(self.actors, key=self._pressing)

    def _pressing(self, actor: Actor) -> tuple[Any, ...]:
        attention = self.attention.get(actor.pk)
        lights = [Light.RED, Light.YELLOW]
        light, quiet_since = len(lights), LATER
        if attention and attention.light in lights:
            light, quiet_since = lights.index(attention.light), attention.next_due
        due = min((one.due for one in self.matters_of(actor) if one.due), default=LATER)
        has_nothing = not self.matters_of(actor)
        return (-self.overdue(actor), light, has_nothing, due, quiet_since, actor.sort_name, actor.pk)


def collect_facts(request: ReportRequest, person: User) -> Facts:
    """Read everything about the work of ``person`` that the viewer may see."""
    user, today = request.viewer, request.today
    mine = Actor.objects.visible_to(user).active_on(today).filter(responsible=person)
    alone = known_to_one(user, person, today=today)
    concerned = Q(pk__in=mine.order_by().values("pk")) | Q(pk__in=alone.order_by().values("pk"))
    rows = Actor.objects.visible_to(user).filter(concerned).select_related("actor_type")
    actors = list(rows.prefetch_related("phone_numbers"))
    keys = [actor.pk for actor in actors]
    matters, elsewhere = _sorted_out(_matters(keys, user=user, person=person), keys)
    facts = Facts(
        person=person,
        today=today,
        actors=actors,
        responsible=frozenset(actor.pk for actor in actors if actor.responsible_id == person.pk),
        contacts=_last_contacts(keys, user=user),
        main_contacts=_main_contacts(keys, user=user, today=today),
        attention=attention_of(actors, user=user, today=today),
        matters=matters,
        elsewhere=elsewhere,
    )
    facts.actors[:] = facts.in_order()
    return facts


def _last_contacts(keys: list[int], *, user: Viewer) -> dict[int, list[Contact]]:
    """Return the latest contacts of each actor, the newest first."""
    links: QuerySet = Contact.actors.through._default_manager.filter(actor__in=keys)
    newest = [F("contact__date").desc(), F("contact").desc()]
    ranked = links.annotate(place=Window(RowNumber(), partition_by="actor", order_by=newest))
    pairs = list(ranked.filter(place__lte=LAST_CONTACTS).order_by("place").values_list("actor", "contact"))
    rows = Contact.objects.visible_to(user).filter(pk__in={contact for _actor, contact in pairs})
    contacts = {contact.pk: contact for contact in rows.select_related("channel", "staff")}
    by_actor: dict[int, list[Contact]] = {}
    for actor, contact in pairs:
        if contact in contacts:
            by_actor.setdefault(actor, []).append(contacts[contact])
    return by_actor


def _main_contacts(keys: list[int], *, user: Viewer, today: dt.date) -> dict[int, Affiliation]:
    rows = Affiliation.objects.visible_to(user).active_on(today).filter(is_main_contact=True)
    rows = rows.filter(organisation__in=keys).select_related("person").order_by("-pk")
    return {row.organisation_id: row for row in rows.prefetch_related("person__phone_numbers")}


def _matters(keys: list[int], *, user: Viewer, person: User) -> list[Matter]:
    """Return what is open about these actors, and what else is open in the hands of ``person``."""
    about = Q(actor__in=keys) | Q(contact__actors__in=keys) | Q(concern__raised_by__in=keys)
    planned = FollowUp.objects.visible_to(user).open().filter(about | Q(assignee=person)).distinct()
    planned = planned.select_related("contact", "concern", "assignee", "actor")
    brought = Q(raised_by__in=keys) | Q(responsible=person)
    concerns = Concern.objects.visible_to(user).open().filter(brought)
    concerns = concerns.select_related("kind", "status", "responsible", "raised_by")
    follow_ups = [_follow_up(row, user) for row in planned.prefetch_related("contact__actors")]
    return sorted([*follow_ups, *map(_concern, concerns)], key=lambda one: (one.due or LATER, one.text))


def _follow_up(row: FollowUp, user: Viewer) -> Matter:
    involved = row.contact.actors.all() if row.contact else ()
    about = {row.actor_id, row.concern.raised_by_id if row.concern else None, *(one.pk for one in involved)}
    is_secret = row.contact is not None and row.contact.is_confidential
    return Matter(
        kind=_("Follow-up (confidential)") if is_secret else _("Follow-up"),
        due=row.due,
        text=str(row),
        details=str(row.assignee),
        url=row.page_for(user),
        actors=frozenset(about),
    )


def _concern(row: Concern) -> Matter:
    who = [row.kind.label, row.status.label, str(row.responsible or "")]
    return Matter(
        kind=_("Concern"),
        due=row.due,
        text=str(row),
        details=" · ".join(filter(None, who)),
        url=row.get_absolute_url(),
        actors=frozenset({row.raised_by_id}),
    )


def _sorted_out(matters: Iterable[Matter], keys: list[int]) -> tuple[dict[int, list[Matter]], list[Matter]]:
    """Divide what is open by actor; what is about none of them stands apart."""
    by_actor: dict[int, list[Matter]] = {}
    elsewhere: list[Matter] = []
    for matter in matters:
        here = set(keys) & matter.actors
        for key in here:
            by_actor.setdefault(key, []).append(matter)
        if not here:
            elsewhere.append(matter)
    return by_actor, elsewhere
