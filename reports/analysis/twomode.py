"""The two-mode network of actors and events, and the centralities defined on it.

Normalisations follow S. P. Borgatti, M. G. Everett, Network analysis of 2-mode data, Social Networks 19
(1997) 243-269: what is divided by is the largest value possible in a network of two modes of these sizes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import igraph
import numpy as np
import pandas as pd
from scipy import sparse

from reports.analysis.network import Ids, Numbers
from reports.analysis.paths import Estimate, estimated_betweenness, estimated_harmonic
from reports.analysis.spectral import leading_vector

EXACT_UP_TO = 2_000


@dataclass(frozen=True, eq=False)
class TwoMode:
    """Actors (rows) by events (columns): 1 where an actor took part, each mode in ascending order of its
    ids.
    """

    actor_ids: Ids
    event_ids: Ids
    matrix: sparse.csr_array

    @property
    def actors_per_event(self) -> Ids:
        return np.bincount(self.matrix.indices, minlength=len(self.event_ids)).astype(np.int64)

    @property
    def events_per_actor(self) -> Ids:
        return np.asarray(np.diff(self.matrix.indptr), dtype=np.int64)

    def graph(self) -> igraph.Graph:
        """Return one graph of both modes: first the actors, then the events."""
        cells = self.matrix.tocoo()
        size = len(self.actor_ids) + len(self.event_ids)
        return igraph.Graph(n=size, edges=np.column_stack([cells.row, cells.col + len(self.actor_ids)]))

    def keep_events(self, event_ids: Iterable[int]) -> "TwoMode":
        """Return the same actors with only some of the events."""
        keep = np.isin(self.event_ids, np.fromiter(event_ids, dtype=np.int64))
        return TwoMode(self.actor_ids, self.event_ids[keep], sparse.csr_array(self.matrix[:, keep]))


@dataclass(frozen=True, eq=False)
class TwoModeScores:
    """One measure for both modes.

    `actors` has `actor_id` and `value`, `events` has `event_id` and `value`. `sample` is the number of start
    points an estimate was made from, `None` where the values are exact; `actor_errors` and `event_errors` are
    then `None`, too, and else the standard errors of the values.
    """

    actors: pd.DataFrame
    events: pd.DataFrame
    sample: int | None = None
    actor_errors: Numbers | None = None
    event_errors: Numbers | None = None

    @property
    def sample_error(self) -> float | None:
        """The largest standard error of an actor ÷ the largest value of an actor; `None` where exact.

        Unit: share. Three times this share of the leader's value is what any value may be off: at 0.03 two
        actors less than 9 % of that value apart stand alike.
        """
        return relative_error(self.actors["value"].to_numpy(), self.actor_errors)


@dataclass(frozen=True)
class Geodesics:
    """Shortest paths between all pairs of nodes that can reach each other; `None` where there is no such
    pair.
    """

    mean: float | None
    diameter: int | None
    unreachable_pairs: int


def two_mode(participations: pd.DataFrame, *, actor_ids: Iterable[int], event_ids: Iterable[int]) -> TwoMode:
    """Build the two-mode network.

    Several participations of one actor in one event (several roles) are one tie. Participations of actors or
    events that are not named are left out; named actors and events without participation are isolates.
    """
    actors = np.unique(np.fromiter(actor_ids, dtype=np.int64))
    events = np.unique(np.fromiter(event_ids, dtype=np.int64))
    pairs = participations[["actor_id", "event_id"]].drop_duplicates()
    pairs = pairs[pairs["actor_id"].isin(actors) & pairs["event_id"].isin(events)]
    rows = np.searchsorted(actors, pairs["actor_id"].to_numpy())
    columns = np.searchsorted(events, pairs["event_id"].to_numpy())
    matrix = sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(actors), len(events)))
    matrix.sort_indices()
    return TwoMode(actors, events, matrix)


def degree(network: TwoMode) -> TwoModeScores:
    """Two-mode degree centrality.

    Formula: number of ties ÷ size of the other mode. Unit: share, 0 to 1; an actor who came to every event
    has 1. An isolate gets 0. Source: Borgatti & Everett (1997).
    """
    actors, events = len(network.actor_ids), len(network.event_ids)
    return _scores(
        network,
        network.events_per_actor / events if events else np.zeros(actors),
        network.actors_per_event / actors if actors else np.zeros(events),
    )


def closeness(network: TwoMode) -> TwoModeScores:
    """Two-mode closeness centrality.

    Formula for an actor: (m + 2(n - 1)) ÷ sum of distances, with n actors and m events; for an event with n
    and m exchanged. Unit: share, 0 to 1. Defined on a connected network only: in any other every node gets
    NaN (shown as "–"), since no rescaling makes figures of separate parts comparable. Use `harmonic` there.
    Source: Borgatti & Everett (1997).
    """
    actors, events = len(network.actor_ids), len(network.event_ids)
    graph = network.graph()
    if actors == 0 or events == 0 or not graph.is_connected():
        return _scores(network, np.full(actors, np.nan), np.full(events, np.nan))
    farness = (actors + events - 1) / np.asarray(graph.closeness(), dtype=np.float64)
    return _scores(
        network,
        (events + 2 * (actors - 1)) / farness[:actors],
        (actors + 2 * (events - 1)) / farness[actors:],
    )


def harmonic(network: TwoMode, *, exact_up_to: int = 5_000, sample: int = 500) -> TwoModeScores:
    """Two-mode harmonic closeness.

    Formula for an actor: Σ 1/distance ÷ (m + (n - 1)/2), the sum over all other nodes and the divisor being
    the largest sum possible with n actors and m events; for an event with n and m exchanged. Unit: share, 0
    to 1. An isolate gets 0. Above `exact_up_to` nodes the sums are estimated from `sample` nodes spread
    evenly. Source: Y. Rochat, Closeness centrality extended to unconnected graphs (2009), with two-mode
    maxima.
    """
    actors, events = len(network.actor_ids), len(network.event_ids)
    estimate = estimated_harmonic(network.graph(), exact_up_to=exact_up_to, sample=sample)
    return _estimated(network, estimate, events + (actors - 1) / 2, actors + (events - 1) / 2)


def betweenness(network: TwoMode, *, exact_up_to: int = EXACT_UP_TO, sample: int = 200) -> TwoModeScores:
    """Two-mode betweenness centrality.

    Formula: Σ over pairs of other nodes of the share of their shortest paths that pass here, ÷ the largest
    sum possible in two modes of these sizes. Unit: share, 0 to 1. An isolate gets 0. Above `exact_up_to`
    nodes the sum is estimated from `sample` start points spread evenly over the network, and `sample` and
    `sample_error` of the result say so. Source: Borgatti & Everett (1997); sampling after U. Brandes, C.
    Pich (2007).
    """
    actors, events = len(network.actor_ids), len(network.event_ids)
    estimate = estimated_betweenness(network.graph(), exact_up_to=exact_up_to, sample=sample)
    return _estimated(
        network, estimate, _largest_betweenness(actors, events), _largest_betweenness(events, actors)
    )


def eigenvector(network: TwoMode) -> TwoModeScores:
    """Two-mode eigenvector centrality: who came to events to which those came who did so too.

    Formula: the leading left and right singular vectors of B, so that σ u = B v and σ v = Bᵀ u; none is
    negative, and in each mode the largest is 1. Unit: share of the highest score. An isolate gets 0, and in a
    network of several components so does everybody outside the one with the largest σ (where several have
    the same, each has the weight a power iteration from equal scores gives it); compare within one component
    only. Without any participation all get 0. Source: P. Bonacich (1972, 1991); Borgatti & Everett (1997).
    """
    actors = len(network.actor_ids)
    both = sparse.block_array([[None, network.matrix], [network.matrix.T, None]], format="csr")
    vector = leading_vector(both) if network.matrix.nnz else np.zeros(both.shape[0])
    own, other = vector[:actors], vector[actors:]
    return _scores(network, _divide(own, own.max(initial=0)), _divide(other, other.max(initial=0)))


def geodesics(network: TwoMode) -> Geodesics:
    """Mean and longest shortest path between any two nodes of either mode.

    Unit: steps (actor to event is one step). Pairs that cannot reach each other are counted apart.
    """
    graph = network.graph()
    histogram = graph.path_length_hist(directed=False)
    lengths = {int(start): int(count) for start, _end, count in histogram.bins()}
    pairs = sum(lengths.values())
    return Geodesics(
        mean=sum(length * count for length, count in lengths.items()) / pairs if pairs else None,
        diameter=max((length for length, count in lengths.items() if count), default=None),
        unreachable_pairs=int(histogram.unconnected),
    )


def _largest_betweenness(own: int, other: int) -> float:
    """Return the largest betweenness a node can have in its mode of size `own`."""
    if own == 0 or other == 0:
        return 0.0
    whole, rest = divmod(own - 1, other)
    return (
        other**2 * (whole + 1) ** 2
        + other * (whole + 1) * (2 * rest - whole - 1)
        - rest * (2 * whole - rest + 3)
    ) / 2


def relative_error(values: Numbers, errors: Numbers | None) -> float | None:
    """Return the largest standard error as a share of the largest value."""
    if errors is None:
        return None
    largest = float(values.max(initial=0))
    return float(errors.max(initial=0)) / largest if largest > 0 else 0.0


def _divide(values: Numbers, by: float) -> Numbers:
    return values / by if by > 0 else np.zeros(len(values))


def _estimated(network: TwoMode, estimate: Estimate, by_actors: float, by_events: float) -> TwoModeScores:
    size = len(network.actor_ids)
    sums, errors = estimate.sums, estimate.errors
    return TwoModeScores(
        actors=pd.DataFrame({"actor_id": network.actor_ids, "value": _divide(sums[:size], by_actors)}),
        events=pd.DataFrame({"event_id": network.event_ids, "value": _divide(sums[size:], by_events)}),
        sample=estimate.sample,
        actor_errors=None if errors is None else _divide(errors[:size], by_actors),
        event_errors=None if errors is None else _divide(errors[size:], by_events),
    )


def _scores(network: TwoMode, actors: Numbers, events: Numbers) -> TwoModeScores:
    return TwoModeScores(
        actors=pd.DataFrame({"actor_id": network.actor_ids, "value": actors}),
        events=pd.DataFrame({"event_id": network.event_ids, "value": events}),
    )
