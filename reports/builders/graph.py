"""The graph of the explorer: actors with their figures and places, ties with their strength per year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from actors.models import Sector
from reports.analysis import centrality
from reports.analysis.network import Network
from reports.analysis.projection import project
from reports.analysis.twomode import TwoMode, two_mode
from reports.builders.basis import Basis, load_basis, sector_label
from reports.builders.measured import kept_betweenness, kept_communities, kept_layout

MOST_TIES = 20_000
# Up to so many actors those who never took part are shown as well.
EVERYBODY_UP_TO = 2_000


def build_graph(*, user: Any, from_year: int | None, to_year: int | None, key: str) -> dict[str, Any]:
    """Return the network of some calendar years, both included, as plain data for the explorer.

    Nodes come with degree (actors met), strength, betweenness (two-mode), number of events, community (from
    0; -1 is none) and place in the unit square. A tie is `[source, target, strength, common events, [[year,
    strength], …]]`, its ends being positions in the list of nodes; events without a day belong to no year. An
    actor the user may not see has a pseudonym, a negative id and no address.
    """
    basis = load_basis(
        user=user,
        start=dt.date(from_year, 1, 1) if from_year else None,
        end=dt.date(to_year + 1, 1, 1) if to_year else None,
        now=timezone.now(),
        key=key,
    )
    network = _network(basis)
    ties = project(network)
    shown = ties.strongest(MOST_TIES)
    order = _order(basis, network)
    figures = _figures(network, ties)
    return {
        "meta": {
            "years": _years(basis),
            "n_actors": len(network.actor_ids),
            "n_events": len(network.event_ids),
            "bounded": _bounded(basis, network, ties, shown),
            "key": key,
        },
        "sectors": [{"code": code, "label": sector_label(code)} for code in Sector.values],
        "communities": int(figures["community"].max()) + 1 if len(figures) else 0,
        "nodes": _nodes(basis, figures.iloc[order]),
        "edges": _edges(basis, network, shown, order),
    }


def _network(basis: Basis) -> TwoMode:
    everybody = basis.register.actors["actor_id"]
    if len(everybody) > EVERYBODY_UP_TO:
        return basis.network
    return two_mode(
        basis.window.participations, actor_ids=everybody, event_ids=basis.window.events["event_id"].tolist()
    )


def _order(basis: Basis, network: TwoMode) -> np.ndarray:
    """Put hidden actors last, by their pseudonyms: their place in the register would tell who they are."""
    ids = network.actor_ids.tolist()
    hidden = [actor not in basis.register.visible for actor in ids]
    labels = [basis.name(actor) if is_hidden else "" for actor, is_hidden in zip(ids, hidden, strict=True)]
    return np.asarray(
        sorted(range(len(ids)), key=lambda at: (hidden[at], labels[at], ids[at])), dtype=np.int64
    )


def _figures(network: TwoMode, ties: Network) -> pd.DataFrame:
    places = kept_layout(network, ties)
    return pd.DataFrame(
        {
            "actor_id": network.actor_ids,
            "community": kept_communities(network, ties).table["community"] - 1,
            "degree": ties.degrees,
            "strength": centrality.strength(ties).table["value"].round(3),
            "betweenness": kept_betweenness(network)[0].round(6),
            "participations": network.events_per_actor,
            "x": places[:, 0],
            "y": places[:, 1],
        }
    )


def _nodes(basis: Basis, figures: pd.DataFrame) -> list[dict[str, Any]]:
    actors = basis.register.actors.set_index("actor_id").loc[
        figures["actor_id"], ["kind", "sector", "is_office"]
    ]
    about = actors.rename(columns={"is_office": "office"}).to_dict("records")
    nodes = []
    for at, (figure, known) in enumerate(zip(figures.to_dict("records"), about, strict=True)):
        row = {str(name): value for name, value in figure.items()}
        actor = row.pop("actor_id")
        url = basis.actor_url(actor)
        identity = {"id": actor if url else -at - 1, "label": basis.name(actor), "url": url}
        nodes.append(identity | {str(name): value for name, value in known.items()} | row)
    return nodes


def _edges(basis: Basis, network: TwoMode, shown: Network, order: np.ndarray) -> list[list[Any]]:
    upper = shown.upper()
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    counts = np.zeros(len(upper.data), dtype=np.int64)
    parts: list[list[list[float]]] = [[] for _tie in range(len(upper.data))]
    for year, common, strength in _per_year(basis, network, upper.row, upper.col):
        counts += common.astype(np.int64)
        for at in np.flatnonzero(strength).tolist() if year else ():
            parts[at].append([year, round(float(strength[at]), 4)])
    ends = np.sort(np.column_stack([position[upper.row], position[upper.col]]), axis=1).tolist()
    return [
        [*pair, round(float(weight), 4), int(count), years]
        for pair, weight, count, years in zip(ends, upper.data, counts, parts, strict=True)
    ]


def _per_year(
    basis: Basis, network: TwoMode, rows: np.ndarray, columns: np.ndarray
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield each year (0: no day) with the common events of the given pairs in it, and the strength they
    gave.
    """
    share = 1 / np.maximum(network.actors_per_event - 1, 1)
    by_event = basis.window.events.set_index("event_id")["year"].reindex(network.event_ids)
    years = by_event.fillna(0).to_numpy(dtype=np.int64)
    for year in sorted(set(years.tolist())):
        inside = years == year
        matrix = network.matrix[:, inside]
        common = (matrix @ matrix.T)[rows, columns]
        strength = ((matrix * share[inside][np.newaxis, :]).tocsr() @ matrix.T)[rows, columns]
        yield year, np.asarray(common), np.asarray(strength)


def _years(basis: Basis) -> list[int] | None:
    years = basis.window.events["year"].dropna()
    return [int(years.min()), int(years.max())] if len(years) else None


def _bounded(basis: Basis, network: TwoMode, ties: Network, shown: Network) -> str | None:
    """Say what the picture leaves out, None if nothing."""
    said = []
    if shown.tie_count < ties.tie_count:
        text = _("The picture shows the %(shown)s strongest of %(all)s ties; figures are those of all.")
        said.append(text % {"shown": _whole(shown.tie_count), "all": _whole(ties.tie_count)})
    if len(network.actor_ids) < len(basis.register.actors):
        said.append(_("Actors who took part in nothing are left out of so large a picture."))
    return " ".join(said) or None


def _whole(number: int) -> str:
    return str(number_format(number, force_grouping=True))
