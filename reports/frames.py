"""The only door between the database and the data frames of the analysis.

Everything goes in, whoever asks: figures must not depend on the reader. What the reader may not see comes in
without its name: the label of a hidden actor is a pseudonym of its sector before any figure is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.db.models import Count, QuerySet

from actors.models import Actor, Affiliation, Contact, ProgrammeDependency, Relation, Sector
from events.models import (
    Event,
    EventSeries,
    Participation,
    ParticipationRole,
    SeriesCarrier,
    Space,
    TaskAssignment,
)
from reports.analysis import schema
from reports.analysis.privacy import pseudonym_numbers


@dataclass(frozen=True, eq=False)
class Register:
    """Actors, events and participations, and the ids of the actors that may be named and opened."""

    actors: pd.DataFrame
    events: pd.DataFrame
    participations: pd.DataFrame
    visible: frozenset[int]


def load_register(*, user: Any, key: str) -> Register:
    """Read all actors, events and counted participations; six queries, however many rows.

    Parameters
    ----------
    user
        Whose rights decide which actors keep their names.
    key
        Key of the report; the same key gives the same pseudonyms.
    """
    visible = frozenset(Actor.objects.visible_to(user).values_list("pk", flat=True))
    return Register(
        actors=_actors(visible, key),
        events=_events(),
        participations=_participations(),
        visible=visible,
    )


def _frame(declared: schema.Schema, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return schema.build(declared, dict(zip(names, columns, strict=True)))


def _actors(visible: frozenset[int], key: str) -> pd.DataFrame:
    rows = Actor.objects.order_by("pk").values_list("pk", "name", "kind", "actor_type__sector")
    actors = _frame(schema.ACTORS, ("actor_id", "label", "kind", "sector"), rows)
    actors["is_office"] = actors["sector"] == Sector.OFFICE
    _hide_names(actors, visible, key)
    return _with_dependencies(actors)


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


def _with_dependencies(actors: pd.DataFrame) -> pd.DataFrame:
    """Add from when until when an actor is the office or paid by a programme: the span of its
    dependencies.
    """
    spans: dict[int, tuple[Any, Any]] = {}
    rows = ProgrammeDependency.objects.order_by("pk").values_list("actor_id", "valid_from", "valid_until")
    for actor, start, end in rows:
        first, last = spans.get(actor, (start, end))
        spans[actor] = (
            None if first is None or start is None else min(first, start),
            None if last is None or end is None else max(last, end),
        )
    ids = actors["actor_id"].tolist()
    actors["is_programme_paid"] = pd.Series([actor in spans for actor in ids], dtype="bool")
    for position, name in enumerate(("office_from", "office_until")):
        days = pd.Series([spans.get(actor, (None, None))[position] for actor in ids], dtype="object")
        actors[name] = pd.to_datetime(days).astype("datetime64[s]")
    return actors


def _events() -> pd.DataFrame:
    names = ("event_id", "date", "title", "event_type", "series_id", "status")
    rows = Event.objects.order_by("pk").values_list(
        "pk", "start_date", "title", "event_type__code", "series_id", "status"
    )
    events = _frame(schema.EVENTS, names, rows)
    events["year"] = events["date"].dt.year.astype("Int64")
    return events


def _participations() -> pd.DataFrame:
    """Read the counted participations; what their roles say is read once, not again with each of them."""
    names = ("actor_id", "event_id", "role_id", "state", "represented_by_id", "people_brought")
    rows = Participation.objects.counted().order_by("pk").values_list(*names)
    actors, events, roles, states, represented, brought = list(zip(*rows, strict=True)) or [()] * len(names)
    known = {pk: told for pk, *told in ParticipationRole.objects.values_list("pk", "code", "is_organising")}
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


def count_participants() -> int:
    """Count the actors who took part in anything, without reading the register."""
    return Participation.objects.counted().order_by().values("actor_id").distinct().count()


def load_tasks() -> pd.DataFrame:
    """Read who carried which task, and who is to carry it in future."""
    rows = TaskAssignment.objects.order_by("pk").values_list(
        "event_id", "series_id", "actor_id", "task__code"
    )
    return _frame(schema.TASKS, ("event_id", "series_id", "actor_id", "task"), rows)


def load_relations() -> pd.DataFrame:
    """Read the declared relations."""
    names = ("relation_id", "source_id", "target_id", "type", "directed", "strength", "from", "until")
    rows = Relation.objects.order_by("pk").values_list(
        "pk",
        "source_id",
        "target_id",
        "relation_type__code",
        "is_directed",
        "strength",
        "valid_from",
        "valid_until",
    )
    return _frame(schema.RELATIONS, names, rows)


def load_affiliations(*, user: Any) -> pd.DataFrame:
    """Read who belongs to which organisation, as far as the user may know: readers from outside, nothing."""
    return _affiliations(Affiliation.objects.visible_to(user))


def load_all_affiliations() -> pd.DataFrame:
    """Read who belongs to which organisation, for what is the same for everybody: places in the picture."""
    return _affiliations(Affiliation.objects.all())


def _affiliations(rows: QuerySet[Affiliation]) -> pd.DataFrame:
    names = ("affiliation_id", "person_id", "organisation_id", "is_main_contact", "from", "until")
    fields = ("pk", "person_id", "organisation_id", "is_main_contact", "valid_from", "valid_until")
    return _frame(schema.AFFILIATIONS, names, rows.order_by("pk").values_list(*fields))


def load_contacts(*, user: Any) -> pd.DataFrame:
    """Read the actors of the logged contacts that the user may see, one row each."""
    rows = Contact.objects.visible_to(user).filter(actors__isnull=False)
    ordered = rows.order_by("pk", "actors__pk").values_list("pk", "actors", "date")
    return _frame(schema.CONTACTS, ("contact_id", "actor_id", "date"), ordered)


def load_topics(model: type[Actor] | type[Event] | type[Contact]) -> pd.DataFrame:
    """Read the topics of all actors, events or contacts: one row for each topic of a record."""
    rows = model._default_manager.filter(topics__isnull=False)
    ordered = rows.order_by("pk", "topics__position", "topics__pk").values_list("pk", "topics__code")
    return _frame(schema.TOPICS, ("record_id", "topic"), ordered)


def load_carriers() -> pd.DataFrame:
    """Read who carried which series from when until when."""
    rows = SeriesCarrier.objects.order_by("pk").values_list(
        "series_id", "actor_id", "valid_from", "valid_until"
    )
    return _frame(schema.CARRIERS, ("series_id", "actor_id", "from", "until"), rows)


def load_series(*, carriers: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """Read the formats with what decides on their status; the present carrier is that of the day `on`.

    Beside the columns of the schema there are `contact_id` and `space`, for showing.
    """
    names = (
        "series_id",
        "title",
        "future_carrier_id",
        "has_contact",
        "funding_until",
        "space_permanent",
        "space_until",
        "decision",
    )
    rows = list(
        EventSeries.objects.order_by("name", "pk").values_list(
            "pk",
            "name",
            "future_carrier_id",
            "future_contact_id",
            "funding_until",
            "space__has_permanent_right",
            "space__right_until",
            "decision",
            "space__name",
        )
    )
    declared = ((*row[:3], row[3] is not None, row[4], bool(row[5]), *row[6:8]) for row in rows)
    frame = _frame(schema.SERIES, names, declared)
    frame["contact_id"] = pd.Series([row[3] for row in rows], dtype="Int64")
    frame["space"] = pd.Series([row[8] for row in rows], dtype="object")
    frame["carrier_id"] = frame["series_id"].map(_present_carriers(carriers, on)).astype("Int64")
    return frame


def _present_carriers(carriers: pd.DataFrame, on: dt.date) -> pd.Series:
    """Return who carries each series on a day; of several the one who came last."""
    day = pd.Timestamp(on)
    begun = carriers["from"].isna() | (carriers["from"] <= day)
    going_on = carriers["until"].isna() | (carriers["until"] > day)
    present = carriers[begun & going_on].sort_values("from", na_position="first", kind="stable")
    return present.groupby("series_id")["actor_id"].last()


def load_spaces() -> list[dict[str, Any]]:
    """Read the spaces with the number of formats that use them."""
    rows = Space.objects.order_by("name").annotate(formats=Count("series"))
    names = ("pk", "name", "owner_id", "has_permanent_right", "right_until", "is_anchor", "formats")
    return list(rows.values(*names))


def load_series_titles() -> dict[int, str]:
    """Read the present names of the formats."""
    return dict(EventSeries.objects.values_list("pk", "name"))


def load_terms(model: Any) -> dict[str, str]:
    """Read the terms of a vocabulary: code and name in the reader's language."""
    return {term.code: term.label for term in model.objects.all()}
