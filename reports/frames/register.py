"""The register of a report: actors, events and participations, and who of them may be named."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from django.db.models import BooleanField, Case, Value, When

from actors.hints import hints_for
from actors.models import Actor, Sector
from core.viewers import Viewer
from events.models import Event, Participation, ParticipationRole
from reports.analysis import schema
from reports.analysis.privacy import pseudonym_numbers
from reports.frames.frame import frame


@dataclass(frozen=True, eq=False)
class Register:
    """Actors, events and participations, and the ids of the actors that may be named and opened."""

    actors: pd.DataFrame
    events: pd.DataFrame
    participations: pd.DataFrame
    visible: frozenset[int]


def load_register(*, viewer: Viewer, key: str) -> Register:
    """Read all actors, events and counted participations; four queries, however many rows.

    Parameters
    ----------
    viewer
        Whose rights decide which actors keep their names.
    key
        Key of the report; the same key gives the same pseudonyms.
    """
    actors, visible = _actors(viewer, key)
    return Register(
        actors=actors,
        events=_events(),
        participations=_participations(),
        visible=visible,
    )


def load_hints(*, viewer: Viewer, actor_ids: list[int]) -> dict[int, str]:
    """Return what tells namesakes apart for each of these actors, as everywhere an actor is chosen."""
    if not actor_ids:
        return {}
    actors = Actor.objects.visible_to(viewer).filter(pk__in=actor_ids).select_related("actor_type")
    return hints_for(actors, user=viewer)


def _actors(viewer: Viewer, key: str) -> tuple[pd.DataFrame, frozenset[int]]:
    """Read all actors, and the ids of those who keep their names."""
    names = ("actor_id", "label", "kind", "sector", "active_until")
    seen = When(pk__in=Actor.objects.visible_to(viewer).order_by().values("pk"), then=Value(True))
    is_visible = Case(seen, default=Value(False), output_field=BooleanField())
    rows = list(
        Actor.objects.order_by("pk").values_list(
            "pk", "name", "kind", "actor_type__sector", "active_until", is_visible
        )
    )
    actors = frame(schema.ACTORS, names, [row[:-1] for row in rows])
    visible = frozenset(row[0] for row in rows if row[-1])
    # The office at any time: its work outside of a paid period does not become that of somebody else.
    actors["is_office"] = actors["sector"] == Sector.OFFICE
    _hide_names(actors, visible, key)
    return actors, visible


def _hide_names(actors: pd.DataFrame, visible: frozenset[int], key: str) -> None:
    hidden = ~actors["actor_id"].isin(visible)
    if not hidden.any():
        return
    numbers = pseudonym_numbers(actors["actor_id"].tolist(), actors["sector"].tolist(), key=key)
    labels = {sector.value: str(sector.label) for sector in Sector}
    pseudonyms = [
        f"{labels[sector]} {numbers[actor]}"
        for actor, sector in actors.loc[hidden, ["actor_id", "sector"]].itertuples(index=False)
    ]
    actors.loc[hidden, "label"] = pseudonyms


def _events() -> pd.DataFrame:
    names = ("event_id", "date", "title", "event_type", "series_id", "status")
    rows = Event.objects.order_by("pk").values_list(
        "pk", "start_date", "title", "event_type__code", "series_id", "status"
    )
    events = frame(schema.EVENTS, names, rows)
    events["year"] = events["date"].dt.year.astype("Int64")
    return events


def _participations() -> pd.DataFrame:
    """Read the counted participations; what their roles say is read once, not again with each of them."""
    names = ("actor_id", "event_id", "role_id", "state", "represented_by_id", "people_brought")
    rows = Participation.objects.counted().order_by("pk").values_list(*names)
    actors, events, roles, states, represented, brought = list(zip(*rows, strict=True)) or [()] * len(names)
    known = {pk: terms for pk, *terms in ParticipationRole.objects.values_list("pk", "code", "is_organising")}
    columns = {
        "actor_id": actors,
        "event_id": events,
        "role": [known[role][0] for role in roles],
        "is_strong": [known[role][1] for role in roles],
        "state": states,
        "represented_by": represented,
        "brought": brought,
    }
    return schema.build(schema.PARTICIPATIONS, columns)
