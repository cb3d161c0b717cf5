"""The steps of an analysis, each as our library does it and as networkx does.

A step is given the material and returns the call that is measured; what it makes before is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reports.analysis import centrality, twomode
from reports.analysis.change import yearly_change
from reports.analysis.communities import MOST_TIES, communities
from reports.analysis.components import components, cut_points_of
from reports.analysis.layout import layout
from reports.analysis.projection import Weighting, project
from reports.analysis.without import taken_part, without
from tests.bench.library import peers
from tests.bench.library.material import OFFICE, Material

Call = Callable[[], Any]
Prepare = Callable[[Material], Call]
SMALL, MIDDLE, LARGE = 500, 5_000, 20_000


@dataclass(frozen=True)
class Step:
    """One line of the table.

    ``largest`` and ``peer_largest`` are the largest numbers of actors at which we and networkx are asked;
    ``targets`` holds how many times as fast we are to be, by the number of actors.
    """

    name: str
    ours: Prepare
    peer: Prepare | None = None
    largest: int = LARGE
    peer_largest: int = MIDDLE
    targets: dict[int, float] = field(default_factory=dict)
    note: str = ""


def _projection(weighting: Weighting) -> Prepare:
    def prepare(material: Material) -> Call:
        network = material.two_mode
        return lambda: project(network, weighting=weighting)

    return prepare


def _exact_betweenness(material: Material) -> Call:
    network = material.two_mode
    return lambda: twomode.betweenness(network, exact_up_to=material.size.actors + material.size.events)


def _sampled_betweenness(material: Material) -> Call:
    network = material.two_mode
    return lambda: twomode.betweenness(network, exact_up_to=0, sample=peers.SAMPLE)


def _harmonic(material: Material) -> Call:
    network = material.two_mode
    return lambda: twomode.harmonic(network)


def _degree(material: Material) -> Call:
    network = material.projection
    return lambda: (centrality.degree(network), centrality.strength(network))


def _communities(material: Material) -> Call:
    network = material.projection.strongest(MOST_TIES)
    return lambda: communities(network, runs=1)


def _stable_communities(material: Material) -> Call:
    network = material.projection
    return lambda: communities(network)


def _cut_points(material: Material) -> Call:
    network = material.two_mode
    return lambda: cut_points_of(network)


def _components(material: Material) -> Call:
    network = material.projection
    return lambda: components(network)


def _change(material: Material) -> Call:
    participations, events = material.participations, material.events
    return lambda: yearly_change(participations, events)


def _layout(material: Material) -> Call:
    network = material.projection
    return lambda: layout(network, rounds=peers.ROUNDS)


def _without(material: Material) -> Call:
    network, organised = material.two_mode, material.organised
    taken = taken_part(material.participations, material.events, material.office)
    assert OFFICE in set(taken["actor_id"])
    return lambda: without(network, taken=taken, organised=organised)


STEPS: dict[str, Step] = {
    "project-count": Step(
        "projection, common events", _projection("count"), peers.count_projection, targets={MIDDLE: 100}
    ),
    "project-newman": Step(
        "projection, Newman", _projection("newman"), peers.newman_projection, targets={MIDDLE: 100}
    ),
    "betweenness-exact": Step(
        "betweenness, two modes, exact", _exact_betweenness, peers.exact_betweenness, largest=SMALL
    ),
    "betweenness": Step(
        f"betweenness, {peers.SAMPLE} start points",
        _sampled_betweenness,
        peers.sampled_betweenness,
        peer_largest=LARGE,
        targets={MIDDLE: 25, LARGE: 25},
    ),
    "harmonic": Step("harmonic closeness, two modes", _harmonic, peers.harmonic),
    "degree": Step("degree and strength", _degree, peers.degree),
    "communities": Step(
        "communities, one run", _communities, peers.communities, note="Leiden; networkx: Louvain"
    ),
    "stability": Step("communities, 20 runs compared", _stable_communities),
    "cut-points": Step("cut points and bridges", _cut_points, peers.cut_points),
    "components": Step("components", _components, peers.components),
    "change": Step("who comes, stays, is lost, by year", _change),
    "layout": Step(f"layout, {peers.ROUNDS} rounds", _layout, peers.layout, peer_largest=SMALL),
    "without": Step("without the office", _without, peers.without),
}
