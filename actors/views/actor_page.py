"""What the page of an actor shows around its tabs: head, facts and ties."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Actor, ActorGroup, Affiliation, Consent, FormerName, ProgrammeDependency, Relation
from actors.models.particulars import sees_particulars
from actors.tables.actors import STATUS_LABELS, STATUS_TAGS, status_of
from actors.views.consents import consent_lines
from core.fields import last_day
from core.phone_numbers import phone_digits
from core.roles import REPORT_ROLES, can, role_of
from core.viewers import SignedIn

MOST_SIDE_ROWS = 8
MAIN_CONTACT = 3
MAP_WIDTH, MAP_HEIGHT, MAP_NODES = 400, 150, 16


@dataclass(frozen=True)
class Tie:
    """A relation or an affiliation as seen from one actor."""

    record: Relation | Affiliation
    other: Actor
    label: str
    strength: int
    is_current: bool
    arrow: str = ""

    @property
    def kind(self) -> str:
        """The kind of record, as its addresses call it."""
        return "relation" if isinstance(self.record, Relation) else "affiliation"

    @property
    def period(self) -> str:
        """From when until when."""
        return period_text(self.record.valid_from, self.record.last_day)

    @property
    def bars(self) -> int:
        """The strength on the scale of five that the little bars have."""
        return self.strength * 2 - 1


def relations_of(actor: Actor, *, user: SignedIn, today: dt.date) -> list[Tie]:
    """Return the relations of ``actor`` that ``user`` sees, the present and strong ones first."""
    rows = (
        Relation.objects.visible_to(user)
        .of(actor)
        .select_related("source__actor_type", "target__actor_type", "relation_type")
    )
    ties = [
        Tie(
            record=row,
            other=row.other_end(actor),
            label=row.relation_type.label,
            strength=row.strength,
            is_current=row.holds_on(today),
            arrow=("→" if row.source_id == actor.pk else "←") if row.is_directed else "",
        )
        for row in rows
    ]
    return sorted(ties, key=lambda tie: (not tie.is_current, -tie.strength, tie.other.sort_name))


def affiliations_of(actor: Actor, *, user: SignedIn, today: dt.date) -> list[Tie]:
    """Return the persons of an organisation or the organisations of a person, main contacts first."""
    rows = (
        Affiliation.objects.visible_to(user)
        .filter(Q(person=actor) | Q(organisation=actor))
        .select_related("person__actor_type", "organisation__actor_type")
    )
    ties = [
        Tie(
            record=row,
            other=row.organisation if row.person_id == actor.pk else row.person,
            label=row.role,
            strength=MAIN_CONTACT if row.is_main_contact else 2,
            is_current=row.holds_on(today),
        )
        for row in rows
    ]
    return sorted(ties, key=lambda tie: (not tie.is_current, -tie.strength, tie.other.sort_name))


@dataclass(frozen=True)
class Node:
    """One neighbour on the little map."""

    x: float
    y: float
    radius: int
    sector: str
    name: str


def ego_map(ties: list[Tie]) -> list[Node]:
    """Place the present neighbours on an ellipse around the actor; the strong ones are larger."""
    neighbours = {tie.other.pk: tie for tie in reversed(ties) if tie.is_current}
    drawn = list(reversed(neighbours.values()))[:MAP_NODES]
    nodes = []
    for position, tie in enumerate(drawn):
        angle = 2 * math.pi * position / len(drawn) - (math.pi / 2 if len(drawn) > 2 else 0)
        nodes.append(
            Node(
                x=round(MAP_WIDTH / 2 + 85 * math.cos(angle), 1),
                y=round(MAP_HEIGHT / 2 + 58 * math.sin(angle), 1),
                radius=3 + tie.strength,
                sector=tie.other.sector,
                name=tie.other.choice_label,
            )
        )
    return nodes


def page_context(actor: Actor, *, user: SignedIn) -> dict[str, Any]:
    """Return what every tab of the actor's page needs around it."""
    today = timezone.localdate()
    status = status_of(actor, today=today)
    return {
        "actor": actor,
        "object": actor,
        "status_label": STATUS_LABELS[status],
        "status_tag": STATUS_TAGS[status],
        "may_change": can(user, "change", Actor),
        "may_see_network": role_of(user) in REPORT_ROLES,
        **facts(actor, user=user, today=today),
        **ties(actor, user=user, today=today),
    }


def facts(actor: Actor, *, user: SignedIn, today: dt.date) -> dict[str, Any]:
    """Return what is known about the actor itself, as far as ``user`` may know it."""
    is_reachable = sees_particulars(user, actor.kind)
    former_names = FormerName.objects.visible_to(user).filter(actor=actor)
    dependencies = ProgrammeDependency.objects.visible_to(user).filter(actor=actor)
    return {
        "topics": list(actor.topics.all()),
        "groups": list(ActorGroup.objects.visible_to(user).filter(members=actor)),
        "former_names": [
            (former, period_text(former.used_from, last_day(former.used_until))) for former in former_names
        ],
        "dependencies": [(row, period_text(row.valid_from, row.last_day)) for row in dependencies],
        "active": period_text(actor.active_from, actor.last_active_day),
        **consents_of(actor, user=user),
        "may_see_details": can(user, "view_details", Actor),
        "may_see_particulars": is_reachable,
        "phones": [(p.label, p.number, phone_digits(p.number)) for p in actor.phone_numbers.all()]
        if is_reachable
        else [],
    }


def consents_of(actor: Actor, *, user: SignedIn) -> dict[str, Any]:
    """Return what a person agreed to and took back; nothing for those who may not see it."""
    if not (actor.is_person and can(user, "view", Consent)):
        return {"consents": [], "may_see_consents": False}
    consents = list(Consent.objects.visible_to(user).filter(person=actor))
    return {"consents": consents, "consent_lines": consent_lines(consents), "may_see_consents": True}


def ties(actor: Actor, *, user: SignedIn, today: dt.date) -> dict[str, Any]:
    """Return who the actor is tied to: all of it, the present part for the side, and the little map."""
    relations = relations_of(actor, user=user, today=today)
    affiliations = affiliations_of(actor, user=user, today=today)
    side_relations = [tie for tie in relations if tie.is_current][:MOST_SIDE_ROWS]
    side_affiliations = [tie for tie in affiliations if tie.is_current][:MOST_SIDE_ROWS]
    tie_count = len(relations) + len(affiliations)
    main_contacts = (t for t in affiliations if t.is_current and t.strength == MAIN_CONTACT)
    return {
        "relations": relations,
        "affiliations": affiliations,
        "side_relations": side_relations,
        "side_affiliations": side_affiliations,
        "tie_count": tie_count,
        "has_more_ties": tie_count > len(side_relations) + len(side_affiliations),
        "nodes": ego_map([*relations, *affiliations]),
        "map": {"width": MAP_WIDTH, "height": MAP_HEIGHT, "x": MAP_WIDTH // 2, "y": MAP_HEIGHT // 2},
        "main_contact": None if actor.is_person else next(main_contacts, None),
        "may_see_ties": can(user, "view", Affiliation),
        "tab_counts": {"actors:actor_relations": tie_count},
    }


def period_text(first: dt.date | None, last: dt.date | None) -> str:
    """Return from when until when something holds; whole years are said as years."""
    begin = _day_or_year(first, dt.date(2000, 1, 1))
    end = _day_or_year(last, dt.date(2000, 12, 31))
    if begin and end:
        return begin if begin == end else f"{begin}–{end}"
    if first and begin:
        text = _("from %(day)s") if first > timezone.localdate() else _("since %(day)s")
        return text % {"day": begin}
    return _("until %(day)s") % {"day": end} if end else ""


def _day_or_year(day: dt.date | None, bound: dt.date) -> str:
    if day is None:
        return ""
    return (
        str(day.year)
        if (day.month, day.day) == (bound.month, bound.day)
        else date_format(day, "SHORT_DATE_FORMAT")
    )
