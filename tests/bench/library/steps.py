"""The steps of an analysis, each as our library does it and as networkx does.

A step is given the material and returns the call that is measured; what it makes before is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reports.analysis import centrality, twomode
from reports.analysis.backbone import backbone
from reports.analysis.brokerage import brokerage
from reports.analysis.change import yearly_change
from reports.analysis.communities import MOST_TIES, communities
from reports.analysis.components import components, cut_points_of
from reports.analysis.cores import core_numbers, efficiency
from reports.analysis.holes import structural_holes
from reports.analysis.layout import layout
from reports.analysis.mixing import mixing
from reports.analysis.nullmodel import random_removals
from reports.analysis.projection import Weighting, project
from reports.analysis.robustness import highest_first, robustness
from reports.analysis.snapshots import snapshots, turnovers, years_of
from reports.analysis.survival import survival
from reports.analysis.without import taken_whole, without
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


def _eigenvector(material: Material) -> Call:
    network = material.two_mode
    return lambda: twomode.eigenvector(network)


def _backbone(material: Material) -> Call:
    network = material.two_mode
    return lambda: backbone(network)


def _holes(material: Material) -> Call:
    network = material.repeated
    return lambda: structural_holes(network)


def _brokerage(material: Material) -> Call:
    network, groups = material.repeated, material.groups
    return lambda: brokerage(network, groups)


def _mixing(material: Material) -> Call:
    network, groups = material.projection, material.groups
    return lambda: mixing(network, groups)


def _cores(material: Material) -> Call:
    network = material.projection
    return lambda: core_numbers(network)


def _efficiency(material: Material) -> Call:
    network = material.two_mode
    return lambda: efficiency(network)


def _robustness(material: Material) -> Call:
    network = material.two_mode
    return lambda: robustness(network, highest_first(network.actor_ids, network.events_per_actor))


def _snapshots(material: Material) -> Call:
    network, events = material.two_mode, material.events
    return lambda: turnovers(snapshots(network, events, years_of(events)))


def _survival(material: Material) -> Call:
    participations, events = material.participations, material.events
    return lambda: survival(participations, events)


def _null(material: Material) -> Call:
    network, count = material.two_mode, len(material.organised)
    return lambda: random_removals(network, count=count, draws=peers.DRAWS)


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
    taken = taken_whole(network, material.office["actor_id"])
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
    "eigenvector": Step("eigenvector, two modes", _eigenvector, peers.eigenvector, peer_largest=LARGE),
    "backbone": Step("backbone, SDSM", _backbone),
    "constraint": Step("constraint, ties of 2 events or more", _holes, peers.constraint),
    "brokerage": Step("brokerage, ties of 2 events or more", _brokerage),
    "mixing": Step("mixing of groups", _mixing, peers.mixing),
    "degree": Step("degree and strength", _degree, peers.degree),
    "communities": Step(
        "communities, one run", _communities, peers.communities, note="Leiden; networkx: Louvain"
    ),
    "stability": Step("communities, 20 runs compared", _stable_communities),
    "cut-points": Step("cut points and bridges", _cut_points, peers.cut_points),
    "cores": Step("core numbers", _cores, peers.cores),
    "efficiency": Step("efficiency", _efficiency, peers.efficiency, peer_largest=SMALL),
    "robustness": Step("robustness curve", _robustness, peers.robustness, peer_largest=LARGE),
    "snapshots": Step("ties of each year compared", _snapshots, peers.snapshots, peer_largest=LARGE),
    "survival": Step("survival of participation", _survival),
    "components": Step("components", _components, peers.components),
    "change": Step("who comes, stays, is lost, by year", _change),
    "layout": Step(f"layout, {peers.ROUNDS} rounds", _layout, peers.layout, peer_largest=SMALL),
    "without": Step("without the office", _without, peers.without),
    "null": Step(f"{peers.DRAWS} random removals of events", _null, peers.null, peer_largest=SMALL),
}
