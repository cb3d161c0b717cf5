"""Where the actors stand in the picture: computed once on the server, the same every time."""

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.components import components
from reports.analysis.network import Ids, Network
from reports.analysis.randomness import seeded

Points = NDArray[np.float64]
# Radii in the unit square: the middle (with and without a ring of groups around it), the ring of groups.
_INNER, _INNER_ALONE, _GROUPS_AT, _GROUP_RADIUS = 0.36, 0.5, 0.42, 0.05
# The band of isolates along the lower edge: how high it is and how far apart they stand at most, and what
# stays free above it.
BAND, CELL = 0.14, 0.03
_GAP = 0.04
_GRID_ABOVE, _FEW = 1_000, 10


def layout(network: Network, *, seed: int = 1, rounds: int = 500) -> pd.DataFrame:
    """Place every actor in the unit square.

    The largest component fills the middle by the force-directed method of Fruchterman and Reingold, weighted
    and seeded; smaller components stand in a ring around it, isolates side by side along the lower edge in
    the order of their ids, where they take hardly any room. Only the strongest ties of every actor pull
    (`Network.skeleton`): with all of them the picture is a ball. Same network and seed, same picture.

    Returns
    -------
    DataFrame
        `actor_id`, `x`, `y` in [0, 1]. Source: T. M. J. Fruchterman, E. M. Reingold (1991).
    """
    points = np.full((network.size, 2), 0.5)
    network = network.skeleton()
    parts = components(network).table["component"].to_numpy()
    alone = network.degrees == 0
    groups = [np.flatnonzero((parts == part) & ~alone) for part in np.unique(parts[~alone])]
    discs = [(members, _disc(network, members, seed, rounds)) for members in groups]
    if discs:
        points[discs[0][0]] = discs[0][1] * (_INNER if len(discs) > 1 else _INNER_ALONE) + 0.5
    _place_groups(points, discs[1:])
    _place_isolates(points, alone)
    return pd.DataFrame({"actor_id": network.ids, "x": points[:, 0], "y": points[:, 1]}).round(6)


def _disc(network: Network, members: Ids, seed: int, rounds: int) -> Points:
    """Lay out one component in the disc of radius 1 around the origin."""
    mask = np.zeros(network.size, dtype=bool)
    mask[members] = True
    graph = network.subset(mask).graph()
    start = np.random.default_rng(seed).uniform(-1, 1, size=(len(members), 2)) * math.sqrt(len(members))
    with seeded(seed):
        placed = graph.layout_fruchterman_reingold(
            weights=_springs(np.asarray(graph.es["weight"])),
            niter=rounds,
            seed=start.tolist(),
            grid=len(members) > _GRID_ABOVE,
        )
    points = np.asarray(placed.coords, dtype=np.float64)
    return _evened(points - (np.median(points, axis=0) if len(points) > _FEW else points.mean(axis=0)))


def _springs(weights: NDArray[np.float64]) -> list[float]:
    """Soften the weights: a tie a hundred times as strong must not pull two actors into one point."""
    springs = np.sqrt(weights / np.median(weights)).clip(0.25, 4)
    return [float(spring) for spring in springs]


def _evened(points: Points) -> Points:
    """Scale to radius 1, halfway between true distances and an even spread, so that the middle can be
    read.
    """
    radius = np.sqrt((points**2).sum(axis=1))
    if len(points) <= _FEW:
        return points / max(float(radius.max()), 1e-9)
    true = np.minimum(radius / np.quantile(radius, 0.97), 1)
    even = np.sqrt(pd.Series(radius).rank().to_numpy() / len(radius))
    return np.asarray(points * ((true + even) / 2 / np.where(radius > 0, radius, 1))[:, np.newaxis])


def _place_groups(points: Points, discs: list[tuple[Ids, Points]]) -> None:
    """Put the smaller components side by side on a ring, each in a disc of its own."""
    sizes = np.sqrt([len(members) for members, _disc_points in discs])
    turns = (np.cumsum(sizes) - sizes / 2) / sizes.sum() * 2 * math.pi if len(discs) else sizes
    room = 2 * math.pi * _GROUPS_AT / max(float(sizes.sum()), 8.0) / 2
    for (members, disc), turn, size in zip(discs, turns, sizes, strict=True):
        centre = 0.5 + _GROUPS_AT * np.array([math.cos(turn), math.sin(turn)])
        points[members] = centre + disc * min(room * float(size) * 0.8, _GROUP_RADIUS)


def _place_isolates(points: Points, alone: NDArray[np.bool_]) -> None:
    """Put the isolates in rows along the lower edge, and lift all others above them."""
    count = int(alone.sum())
    if count == len(alone) == 1 or not count:
        return
    places = in_rows(count, high=1.0 if alone.all() else BAND)
    points[alone] = places
    foot = float(places[:, 1].max()) + _GAP
    points[~alone, 1] = foot + points[~alone, 1] * (1 - foot)


def in_rows(count: int, *, high: float = BAND) -> Points:
    """Return places side by side in rows from the lower left corner, in a band as wide as the picture."""
    step = min(CELL, math.sqrt(high / count)) if high < 1 else 1 / math.ceil(math.sqrt(count))
    numbers = np.arange(count)
    columns = int(1 / step + 1e-9)
    return np.asarray(np.column_stack([numbers % columns, numbers // columns]) * step, dtype=np.float64)
