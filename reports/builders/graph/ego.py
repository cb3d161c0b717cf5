"""The little map on the page of an actor: those it meets most, from its own events only."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F
from django.urls import reverse

from actors.models import Actor, Relation
from actors.models.actor import ended_text
from core.text import shorten
from events.models import Participation
from reports.analysis.ego import Met, met_by, ties_among
from reports.analysis.privacy import pseudonym_numbers
from reports.builders.shared.basis import sector_label
from reports.builders.shared.ranks import are_cut_level
from reports.request import ReportRequest

MOST_NEIGHBOURS = 12
# So much of the past is looked at: the page of an actor that was at every event still opens at once.
MOST_EVENTS, MOST_PARTICIPATIONS = 150, 3_000
MOST_PALE_TIES = 18
WIDTH, HEIGHT, MARGIN = 440, 270, 18
REACH = 86
# A tie of so many events in company is drawn as wide as can be; stronger ones set the measure themselves.
WIDEST, WIDEST_FROM = 7.0, 3.0


@dataclass(frozen=True)
class Neighbour:
    """One actor around the middle, where it stands on the map, and what the table says of it."""

    label: str
    url: str | None
    sector: str
    sector_label: str
    relation: str
    events: int
    events_url: str | None
    strength: float
    last: dt.date | None
    x: float
    y: float
    width: float
    is_right: bool
    ended_text: str = ""

    @property
    def title(self) -> str:
        """The name in full, with its end."""
        return f"{self.label} ({self.ended_text})" if self.ended_text else self.label

    @property
    def short(self) -> str:
        """The label as it fits beside the point."""
        return shorten(self.label, 19)

    @property
    def text_x(self) -> float:
        """Where the label begins, or ends on the left."""
        return self.x + 11 if self.is_right else self.x - 11


@dataclass(frozen=True)
class PaleTie:
    """A tie between two neighbours."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class EgoMap:
    """All that the card shows; `is_cut_level` says whether somebody left out is as close as the last one."""

    actor: Actor
    neighbours: tuple[Neighbour, ...]
    pale: tuple[PaleTie, ...]
    met: int
    events: int
    counted: int
    is_cut_level: bool
    network_url: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def middle(self) -> tuple[float, float]:
        """Where the actor stands."""
        return self.width / 2, self.height / 2

    @property
    def by_strength(self) -> list[Neighbour]:
        """The neighbours as the table lists them."""
        return sorted(self.neighbours, key=lambda one: (-one.strength, -one.events, one.label))


def build_ego_map(request: ReportRequest, actor: Actor) -> EgoMap:
    """Return the map of one actor in a fixed number of queries.

    Whom the viewer may not see stands there under a pseudonym, without date and link.
    """
    days, total = _own_events(actor)
    attended = _attended(days)
    met = met_by(actor.pk, attended)
    relations = _relations(actor, request)
    chosen, is_cut_level = _strongest(met, relations)
    people = _people([one.actor_id for one in chosen], request)
    placed = _placed(actor, chosen, people, relations, _last_days(chosen, attended, days))
    return EgoMap(
        actor=actor,
        neighbours=tuple(placed.values()),
        pale=_pale_ties(placed, attended),
        met=len({*(one.actor_id for one in met), *relations}),
        events=total,
        counted=len(attended),
        is_cut_level=is_cut_level,
        network_url=f"{reverse('reports:network_explorer')}?{urlencode({'actor': actor.pk})}",
    )


def _own_events(actor: Actor) -> tuple[dict[int, dt.date | None], int]:
    """Return the latest held events of the actor with their days, and how many there are in all."""
    own = Participation.objects.counted().filter(actor=actor).order_by()
    events = own.values_list("event", "event__start_date").distinct()
    latest = events.order_by(F("event__start_date").desc(nulls_last=True), "-event")[:MOST_EVENTS]
    return dict(latest), events.count()


def _attended(days: Mapping[int, dt.date | None]) -> dict[int, set[int]]:
    """Return who was at these events; those that would be too much to look at are left out."""
    participations = Participation.objects.counted().filter(event__in=list(days)).order_by()
    sizes = dict(participations.values_list("event").annotate(n=Count("pk")))
    room, kept = MOST_PARTICIPATIONS, []
    for event in days:
        if sizes[event] <= room:
            kept.append(event)
            room -= sizes[event]
    attended: dict[int, set[int]] = {event: set() for event in kept}
    for event, actor in participations.filter(event__in=kept).values_list("event", "actor"):
        attended[event].add(actor)
    return attended


def _relations(actor: Actor, request: ReportRequest) -> dict[int, Relation]:
    """Return the present relations that the viewer sees, by the other actor, the strongest of each."""
    rows = Relation.objects.visible_to(request.viewer).of(actor).active_on(request.today)
    ordered = rows.select_related("relation_type").order_by("strength", "pk")
    return {row.target_id if row.source_id == actor.pk else row.source_id: row for row in ordered}


def _strongest(met: list[Met], relations: Mapping[int, Relation]) -> tuple[list[Met], bool]:
    """Choose whom the map shows, and say whether others are level with the last one.

    A declared relation weighs as much as that many events.
    """
    known = {one.actor_id for one in met}
    everybody = [*met, *(Met(other, 0, 0.0) for other in relations if other not in known)]

    def weight(one: Met) -> float:
        relation = relations.get(one.actor_id)
        return one.strength + (relation.strength if relation else 0)

    order = sorted(everybody, key=lambda one: (-weight(one), one.actor_id))
    is_level = are_cut_level([weight(one) for one in order], MOST_NEIGHBOURS)
    return order[:MOST_NEIGHBOURS], is_level


@dataclass(frozen=True)
class _Person:
    label: str
    sector: str
    sort_name: str
    is_visible: bool
    ended_text: str = ""


def _people(ids: list[int], request: ReportRequest) -> dict[int, _Person]:
    """Return names and sectors; whom the viewer may not see gets a pseudonym."""
    names = ("pk", "name", "actor_type__sector", "sort_name", "active_until")
    rows = list(Actor.objects.filter(pk__in=ids).values_list(*names))
    visible = set(Actor.objects.visible_to(request.viewer).filter(pk__in=ids).values_list("pk", flat=True))
    numbers = pseudonym_numbers([row[0] for row in rows], [row[2] for row in rows], key=request.key)
    people = {}
    for pk, name, sector, sort_name, active_until in rows:
        if pk in visible:
            ended = ended_text(active_until, request.today)
            people[pk] = _Person(name, sector, sort_name, is_visible=True, ended_text=ended)
        else:
            pseudonym = f"{sector_label(sector)} {numbers[pk]}"
            people[pk] = _Person(pseudonym, sector, f"{numbers[pk]:06}", is_visible=False)
    return people


def _last_days(
    chosen: Iterable[Met], attended: Mapping[int, set[int]], days: Mapping[int, dt.date | None]
) -> dict[int, dt.date]:
    """Return when each was last met."""
    members = {one.actor_id for one in chosen}
    last: dict[int, dt.date] = {}
    for event, actors in attended.items():
        day = days[event]
        if day is None:
            continue
        for other in actors & members:
            last[other] = max(last.get(other, dt.date.min), day)
    return last


def _placed(
    actor: Actor,
    chosen: list[Met],
    people: Mapping[int, _Person],
    relations: Mapping[int, Relation],
    last: Mapping[int, dt.date],
) -> dict[int, Neighbour]:
    """Put the neighbours around the middle, sector by sector, in clockwise order from the top."""
    order = sorted(chosen, key=lambda one: (people[one.actor_id].sector, people[one.actor_id].sort_name))
    top = max([WIDEST_FROM, *(one.strength for one in chosen)])
    placed = {}
    for one, (x, y, is_right) in zip(order, _around(len(order)), strict=True):
        person = people[one.actor_id]
        relation = relations.get(one.actor_id)
        placed[one.actor_id] = Neighbour(
            label=person.label,
            url=reverse("actors:actor_detail", args=[one.actor_id]) if person.is_visible else None,
            sector=person.sector,
            sector_label=sector_label(person.sector),
            relation=relation.relation_type.label if relation else "",
            events=one.events,
            events_url=_records_url(actor.pk, one.actor_id) if person.is_visible and one.events else None,
            strength=one.strength,
            last=last.get(one.actor_id) if person.is_visible else None,
            x=x,
            y=y,
            width=round(1 + (WIDEST - 1) * one.strength / top, 1) if one.strength else 1.5,
            is_right=is_right,
            ended_text=person.ended_text,
        )
    return placed


def _records_url(one: int, other: int) -> str:
    """Return the address of the list of the events of both, of all times."""
    return f"{reverse('reports:records')}?{urlencode({'figure': 'tie', 'value': f'{one}:{other}'})}"


def _around(number: int) -> list[tuple[float, float, bool]]:
    """Return places on an ellipse whose heights are even on both sides, so that labels do not overlap."""
    right = math.ceil(number / 2)
    places = []
    for position in range(number):
        is_right = position < right
        row = position if is_right else number - 1 - position
        rows = right if is_right else number - right
        y = HEIGHT * (row + 1) / (rows + 1) if rows < 3 else MARGIN + (HEIGHT - 2 * MARGIN) * row / (rows - 1)
        out = REACH * math.sqrt(1 - ((y - HEIGHT / 2) / (HEIGHT / 2)) ** 2)
        places.append((round(WIDTH / 2 + (out if is_right else -out), 1), round(y, 1), is_right))
    return places


def _pale_ties(placed: Mapping[int, Neighbour], attended: Mapping[int, set[int]]) -> tuple[PaleTie, ...]:
    """Return the strongest ties among the neighbours."""
    strengths = ties_among(placed, attended)
    pairs = sorted(strengths, key=lambda pair: (-strengths[pair], pair))[:MOST_PALE_TIES]
    return tuple(PaleTie(placed[a].x, placed[a].y, placed[b].x, placed[b].y) for a, b in sorted(pairs))
