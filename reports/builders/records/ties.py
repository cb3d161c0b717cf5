"""Ties and participations as records: who met whom, at which events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import ParticipationRole
from reports import frames
from reports.analysis.projection import common_events, project
from reports.analysis.twomode import TwoMode
from reports.builders.records.listing import KEY, MOST_RECORDS, empty_text, footnote, key_of, two_of
from reports.builders.shared.basis import Basis, rows_of
from reports.report import Cell, Column, Table


def all_ties(basis: Basis, value: str) -> Table:
    """List the ties of the network, the strongest first."""
    return ties_table(basis, basis.ties.ties())


def of_sectors(basis: Basis, value: str) -> Table:
    """List the ties between two sectors, or inside one: ``association:business``."""
    one, other = two_of(value)
    ties, first, second = _with_sectors(basis)
    between = ((first == one) & (second == other)) | ((first == other) & (second == one))
    return ties_table(basis, ties[between])


def outside_sector(basis: Basis, value: str) -> Table:
    """List the ties from one sector to all others."""
    ties, first, second = _with_sectors(basis)
    return ties_table(basis, ties[(first == value) != (second == value)])


def _with_sectors(basis: Basis) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return all ties and the sectors of their two ends."""
    ties = basis.ties.ties()
    sectors = pd.Series(basis.sector_of, dtype="object")
    first, second = (ties[end].map(sectors).to_numpy(dtype=str) for end in ("source_id", "target_id"))
    return ties, first, second


def met_by(basis: Basis, value: str) -> Table:
    """List whom one actor met."""
    actor = key_of(value)
    ties = basis.ties.ties()
    return ties_table(basis, ties[(ties["source_id"] == actor) | (ties["target_id"] == actor)], first=actor)


def ties_table(
    basis: Basis, ties: pd.DataFrame, *, first: int | None = None, records: TwoMode | None = None
) -> Table:
    """Return one row per tie; with ``first`` this actor always stands on the left.

    ``records`` is what makes the ties where it is not the events of the period.
    """
    allowed = set(basis.may_be_listed({*ties["source_id"].tolist(), *ties["target_id"].tolist()}))
    open_to_all = ties[ties["source_id"].isin(allowed) & ties["target_id"].isin(allowed)]
    order = open_to_all.sort_values(["weight", "source_id", "target_id"], ascending=[False, True, True])
    listed = order.head(MOST_RECORDS)
    columns = (
        Column("first", _("Actor")),
        Column("second", _("met")),
        Column("events", _("Common records") if records else _("Common events"), "integer"),
        Column("strength", _("Strength"), "decimal", 2),
    )
    numbers = _common_records(records or basis.network, listed)
    rows = []
    for row, number in zip(rows_of(listed), numbers, strict=True):
        one, other = int(row.source_id), int(row.target_id)
        if other == first:
            one, other = other, one
        url = None if records else basis.tie_url(one, other)
        rows.append((basis.actor(one), basis.actor(other), Cell(number, url), Cell(float(row.weight))))
    note = footnote(listed=len(listed), allowed=len(open_to_all), given=len(ties))
    return Table(KEY, _("Ties"), columns, tuple(rows), footnote=note, empty_text=note or empty_text())


def _common_records(network: TwoMode, ties: pd.DataFrame) -> list[int]:
    """Count for each tie the events, or whatever else is the second mode, that both ends share."""
    counts = project(network, weighting="count").weights
    rows, columns = (np.searchsorted(network.actor_ids, ties[end]) for end in ("source_id", "target_id"))
    return [int(number) for number in np.asarray(counts[rows, columns]).ravel()] if len(ties) else []


def of_tie(basis: Basis, value: str) -> Table:
    """List the events that two actors both took part in, one row an event: ``12:34``."""
    present = set(basis.network.actor_ids.tolist())
    actors = [key for key in map(key_of, two_of(value)) if key in present and key is not None]
    pair = basis.may_be_listed(dict.fromkeys(actors))
    names = [basis.name(actor) for actor in pair] if len(pair) == 2 else [_("Actor"), _("Actor")]
    columns = (
        Column("day", _("Day"), "date"),
        Column("event", _("Event")),
        Column("first", names[0]),
        Column("second", names[1]),
    )
    rows = _meetings(basis, pair) if len(pair) == 2 else ()
    return Table(KEY, _("Common events"), columns, rows, empty_text=empty_text())


def _meetings(basis: Basis, pair: list[int]) -> tuple[tuple[Cell, ...], ...]:
    events = basis.window.events
    common = events[events["event_id"].isin(common_events(basis.network, pair[0], pair[1]))]
    parts = basis.window.participations
    labels = frames.load_terms(ParticipationRole)
    roles: dict[tuple[int, int], list[str]] = {}
    for row in rows_of(parts[parts["event_id"].isin(common["event_id"]) & parts["actor_id"].isin(pair)]):
        roles.setdefault((row.event_id, row.actor_id), []).append(labels.get(row.role, row.role))
    order = common.sort_values(["date", "event_id"], ascending=False, na_position="last")
    return tuple(
        (*_event(row), *(Cell(", ".join(_unique(roles[row.event_id, actor]))) for actor in pair))
        for row in rows_of(order)
    )


def _event(row: Any) -> tuple[Cell, Cell]:
    day = None if pd.isna(row.date) else row.date.date()
    return Cell(day), Cell(row.title, reverse("events:event_detail", args=[row.event_id]))


def of_actor(basis: Basis, value: str) -> Table:
    """List what one actor took part in."""
    parts = basis.window.participations
    return participations_table(basis, parts[parts["actor_id"] == key_of(value)])


def all_participations(basis: Basis, value: str) -> Table:
    """List everybody's participations."""
    return participations_table(basis, basis.window.participations)


def participations_table(basis: Basis, parts: pd.DataFrame) -> Table:
    """Return one row for each actor at each event, all roles in one cell, the latest events first."""
    labels = frames.load_terms(ParticipationRole)
    roles = parts.groupby(["event_id", "actor_id"], sort=True)["role"].agg(list).reset_index()
    rows = roles.merge(basis.window.events[["event_id", "date", "title"]], on="event_id")
    allowed = rows[rows["actor_id"].isin(basis.may_be_listed(set(rows["actor_id"].tolist())))]
    order = allowed.sort_values(
        ["date", "event_id", "actor_id"], ascending=[False, False, True], na_position="last"
    )
    listed = order.head(MOST_RECORDS)
    columns = (
        Column("day", _("Day"), "date"),
        Column("event", _("Event")),
        Column("actor", _("Actor")),
        Column("role", _("Role")),
    )
    cells = tuple(_participation(basis, row, labels) for row in rows_of(listed))
    note = footnote(listed=len(listed), allowed=len(allowed), given=len(rows))
    return Table(KEY, _("Participations"), columns, cells, footnote=note, empty_text=note or empty_text())


def _participation(basis: Basis, row: Any, labels: dict[str, str]) -> tuple[Cell, ...]:
    return (
        *_event(row),
        basis.actor(int(row.actor_id)),
        Cell(", ".join(_unique(labels.get(role, role) for role in row.role))),
    )


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
