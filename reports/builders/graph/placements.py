"""Where actors stand in the picture: computed once, stored, and the same at every visit."""

from __future__ import annotations

import hmac
import math
from collections.abc import Iterator
from hashlib import sha256

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from core.unavailable import store_if_possible
from reports import frames
from reports.analysis import schema
from reports.analysis.layout import BAND, CELL, in_rows, layout
from reports.analysis.network import Network
from reports.analysis.tie_records import Given, collect
from reports.analysis.ties import CONTACTS, TIE_KINDS
from reports.analysis.window import window
from reports.builders.graph.view import GraphView
from reports.models import Placement

Points = dict[int, tuple[float, float]]
# With fewer than this share of the actors placed there is no picture yet that somebody could remember.
ENOUGH = 0.25
# Newcomers stand so far from the middle of their neighbours; hidden actors up to so far.
NEAR, ROUND_ABOUT = 0.025, 0.08
# No screen shows so many, and a picture of them takes long.
NO_PICTURE_ABOVE = 10_000
_GOLDEN = math.pi * (3 - math.sqrt(5))


def places(view: GraphView) -> np.ndarray:
    """Return where the told actors stand, one row of x and y each, in the unit square."""
    stored = stored_places(set(view.frames.register.actors["actor_id"].tolist()))
    hidden = view.cover.numbers
    points: Points = {actor: at for actor, at in stored.items() if actor not in hidden}
    if hidden:
        points |= _hidden_places(view, points)
    middle = (0.5, 0.5)
    return np.asarray([points.get(actor, middle) for actor in view.actors.tolist()]).reshape(-1, 2)


def stored_places(actors: set[int]) -> Points:
    """Return the places of all actors, which are given; what is missing is computed and stored first.

    The first visit lays out the whole network. Later newcomers are put beside those they have ties with, and
    nobody else moves.
    """
    points = _read()
    missing = actors - points.keys()
    if not missing or len(actors) > NO_PICTURE_ABOVE:
        return points
    network = whole_network()
    is_first = len(points) < ENOUGH * (len(points) + len(missing))
    placed = _whole_layout(network) if is_first else _newcomers(network, points, missing)
    store_if_possible(lambda: _write(placed, replace=is_first))
    return {**points, **placed, **_read()}


def arrange_anew() -> int:
    """Lay out the whole network again, and return how many actors were placed."""
    points = _whole_layout(whole_network())
    _write(points, replace=True)
    return len(points)


def whole_network() -> Network:
    """Return the ties of everybody and the whole time, whoever asks; without contacts, which are a star."""
    register = frames.load_register(viewer=AnonymousUser(), key="")
    held = window(register.events, register.participations)
    none = schema.build(schema.CONTACTS, {})
    given = Given(
        actors=register.actors,
        events=held.events,
        participations=held.participations,
        tasks=frames.load_tasks(),
        relations=frames.load_relations(),
        affiliations=frames.load_all_affiliations(),
        contacts=none,
    )
    return collect(given).only(set(TIE_KINDS) - {CONTACTS}).network()


def _read() -> Points:
    return {actor: (x, y) for actor, x, y in Placement.objects.values_list("actor_id", "x", "y")}


def _write(points: Points, *, replace: bool) -> None:
    rows = [Placement(actor_id=actor, x=x, y=y) for actor, (x, y) in points.items()]
    with transaction.atomic():
        # Somebody else may have come first, with the same result: that is no fault.
        how = (
            {"update_conflicts": True, "unique_fields": ["actor"], "update_fields": ["x", "y"]}
            if replace
            else {"ignore_conflicts": True}
        )
        Placement.objects.bulk_create(rows, batch_size=2_000, **how)


def _whole_layout(network: Network) -> Points:
    table = layout(network)
    return {int(actor): (x, y) for actor, x, y in table.itertuples(index=False)}


def _newcomers(network: Network, points: Points, missing: set[int]) -> Points:
    """Place newcomers one after the other, each beside the middle of those it has ties with."""
    known, placed, free = dict(points), {}, _free_at_the_edge(points)
    rows = np.flatnonzero(np.isin(network.ids, np.fromiter(missing, dtype=np.int64)))
    for row in rows.tolist():
        actor = int(network.ids[row])
        at = _beside(_middle(network, row, known), actor, NEAR)
        at = at or next(free, None) or _along_the_edge(actor * _GOLDEN, actor * _GOLDEN**2 % 1)
        known[actor] = placed[actor] = at
    return placed


def _middle(network: Network, row: int, known: Points) -> tuple[float, float] | None:
    """Return the mean place of the neighbours that have one, weighted by the ties."""
    start, end = network.weights.indptr[row], network.weights.indptr[row + 1]
    near = [
        (known[int(network.ids[column])], weight)
        for column, weight in zip(
            network.weights.indices[start:end], network.weights.data[start:end], strict=True
        )
        if int(network.ids[column]) in known
    ]
    if not near:
        return None
    total = sum(weight for _at, weight in near)
    return (
        sum(at[0] * weight for at, weight in near) / total,
        sum(at[1] * weight for at, weight in near) / total,
    )


def _beside(middle: tuple[float, float] | None, number: float, distance: float) -> tuple[float, float] | None:
    if middle is None:
        return None
    turn = number * _GOLDEN
    return _inside(middle[0] + distance * math.cos(turn)), _inside(middle[1] + distance * math.sin(turn))


def _inside(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 6)


def _free_at_the_edge(points: Points) -> Iterator[tuple[float, float]]:
    """Yield the places in the band of isolates where nobody stands."""
    taken = {_cell(at) for at in points.values()}
    for x, y in in_rows(int(1 / CELL) * int(BAND / CELL)).tolist():
        if _cell((x, y)) not in taken:
            yield _inside(x), _inside(y)


def _cell(at: tuple[float, float]) -> tuple[int, int]:
    return round(at[0] / CELL), round(at[1] / CELL)


def _along_the_edge(turn: float, height: float) -> tuple[float, float]:
    return _inside(turn / (2 * math.pi) % 1), _inside(BAND * height)


def _hidden_places(view: GraphView, points: Points) -> Points:
    """Place hidden actors about the visible ones they have ties with, anew with every key.

    A place that stays would let somebody find a person again from one picture to the next.
    """
    network = view.everything.network()
    ids = network.ids.tolist()
    hidden = np.flatnonzero(np.isin(network.ids, list(view.cover.numbers)))
    # Of visible actors the place and a one, of hidden ones nothing: so that only the former count.
    known = np.asarray([(*points[actor], 1.0) if actor in points else (0.0, 0.0, 0.0) for actor in ids])
    sums = network.weights[hidden] @ known.reshape(-1, 3)
    places: Points = {}
    for row, (x, y, total) in zip(hidden.tolist(), sums.tolist(), strict=True):
        turn, far = _drawn_by_key(view.request.key, ids[row])
        middle = (x / total, y / total) if total > 0 else None
        at = _beside(middle, turn / _GOLDEN, ROUND_ABOUT * math.sqrt(far))
        places[ids[row]] = at or _along_the_edge(turn, far)
    return places


def _drawn_by_key(key: str, actor: int) -> tuple[float, float]:
    """Return an angle and a number from 0 to 1 that only the key gives."""
    drawn = hmac.new(key.encode(), f"place {actor}".encode(), sha256).digest()
    angle, far = (int.from_bytes(drawn[at : at + 6], "big") / 2**48 for at in (0, 6))
    return angle * 2 * math.pi, 0.1 + 0.9 * far
