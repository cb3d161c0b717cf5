"""The records behind one tie, as far as the reader may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import Affiliation, Relation
from contacts.models import Contact
from events.models import Event, Participation, TaskAssignment
from reports.analysis import ties as kinds
from reports.builders.graph.labels import kind_labels
from reports.builders.graph.view import GraphView
from reports.period import Period

Row = dict[str, Any]
# More no list shows; the newest come first.
MOST_RECORDS = 200


class UnknownActorError(LookupError):
    """There is no such actor in this picture."""


def build_tie(view: GraphView, *, first: int, second: int) -> dict[str, Any]:
    """Return the records that two actors, given by their public ids, share.

    Whoever may not see one of the two may not see what they did together either: then only the number is
    told.
    """
    ends = [view.actor_of(number) for number in (first, second)]
    if None in ends or ends[0] == ends[1]:
        raise UnknownActorError
    one, other = (end for end in ends if end is not None)
    records = view.ties.behind(one, other)
    counted = [(kind, record) for kind, record in records if not _is_counted_twice(view, kind)]
    groups = [] if _is_hidden(view, one, other) else list(_groups(view, records, one, other))
    visible = {(group["kind"], row.pop("id")) for group in groups for row in group["records"]}
    return {
        "a": view.basis.name(one),
        "b": view.basis.name(other),
        "groups": groups,
        "total": len(counted),
        "hidden": len([record for record in counted if record not in visible]),
    }


def _is_hidden(view: GraphView, *actors: int) -> bool:
    return any(actor in view.cover.numbers for actor in actors)


def _is_counted_twice(view: GraphView, kind: str) -> bool:
    """Whoever organised an event together was there together."""
    return kind == kinds.ORGANISING and kinds.ATTENDANCE in view.query.kinds


def _groups(
    view: GraphView, records: list[tuple[str, int]], one: int, other: int
) -> Iterator[dict[str, Any]]:
    labels = kind_labels()
    for kind in kinds.TIE_KINDS:
        ids = [record for each, record in records if each == kind]
        if ids:
            rows = _rows_of(view, kind, ids, one, other)
            yield {"kind": kind, "label": labels[kind], "records": rows[:MOST_RECORDS]}


def _rows_of(view: GraphView, kind: str, ids: list[int], one: int, other: int) -> list[Row]:
    if kind == kinds.RELATIONS:
        return _relations(view, ids)
    if kind == kinds.AFFILIATIONS:
        return _affiliations(view, ids)
    return _contacts(view, ids) if kind == kinds.CONTACTS else _events(view, kind, ids, one, other)


def _row(record: int, day: dt.date | None, title: str, url: str | None, text: str) -> Row:
    date = day.isoformat() if day else None
    return {"id": record, "date": date, "title": title, "url": url, "text": text}


def _events(view: GraphView, kind: str, ids: list[int], one: int, other: int) -> list[Row]:
    texts = _tasks(ids, one, other) if kind == kinds.TASKS else _roles(ids, one, other)
    rows = Event.objects.visible_to(view.request.viewer).filter(pk__in=ids).select_related("event_type")
    return [
        _row(
            event.pk,
            event.start_date,
            event.title,
            event.get_absolute_url(),
            texts.get(event.pk, event.event_type.label),
        )
        for event in rows
    ]


def _roles(ids: list[int], one: int, other: int) -> dict[int, str]:
    """Say in which roles the two were there, the first before the second."""
    rows = Participation.objects.counted().filter(event__in=ids, actor__in=[one, other])
    return _both(rows.select_related("role"), "role", one, other)


def _tasks(ids: list[int], one: int, other: int) -> dict[int, str]:
    rows = TaskAssignment.objects.filter(event__in=ids, actor__in=[one, other])
    return _both(rows.select_related("task"), "task", one, other)


def _both(rows: Any, name: str, one: int, other: int) -> dict[int, str]:
    terms: dict[int, dict[int, list[str]]] = {}
    for row in rows:
        terms.setdefault(row.event_id, {}).setdefault(row.actor_id, []).append(getattr(row, name).label)
    return {
        event: " · ".join(", ".join(by_actor[actor]) for actor in (one, other) if actor in by_actor)
        for event, by_actor in terms.items()
    }


def _relations(view: GraphView, ids: list[int]) -> list[Row]:
    relations = Relation.objects.visible_to(view.request.viewer).filter(pk__in=ids)
    rows = relations.select_related("relation_type", "source", "target").order_by("-valid_from", "pk")
    strengths = {1: _("loose"), 2: _("regular"), 3: _("close")}
    return [
        _row(
            relation.pk,
            relation.valid_from,
            f"{relation.source} · {relation.relation_type.label} · {relation.target}",
            reverse("actors:actor_relations", args=[relation.source_id]),
            ", ".join(filter(None, [strengths[relation.strength], _span(relation), relation.evidence])),
        )
        for relation in rows
    ]


def _affiliations(view: GraphView, ids: list[int]) -> list[Row]:
    affiliations = Affiliation.objects.visible_to(view.request.viewer).filter(pk__in=ids)
    rows = affiliations.select_related("person", "organisation").order_by("-valid_from", "pk")
    return [
        _row(
            one.pk,
            one.valid_from,
            f"{one.person} · {one.organisation}",
            reverse("actors:actor_detail", args=[one.person_id]),
            ", ".join(filter(None, [one.role, _span(one)])),
        )
        for one in rows
    ]


def _contacts(view: GraphView, ids: list[int]) -> list[Row]:
    contacts = Contact.objects.visible_to(view.request.viewer).filter(pk__in=ids).select_related("channel")
    return [
        _row(one.pk, one.date, one.title, one.get_absolute_url(), one.channel.label)
        for one in contacts.newest_first()
    ]


def _span(row: Any) -> str:
    """Say from when until when a declared tie holds."""
    has_bounds = row.valid_from or row.valid_until
    return Period(row.valid_from, row.valid_until).label if has_bounds else ""
