"""Who could bridge what falls apart in the explorer: the report's figure, for the ties that are shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from reports.analysis.bridging import could_bridge_by_ties
from reports.builders.graph.view import GraphView

MOST = 5


def bridging_of(view: GraphView) -> dict[str, Any]:
    """Return how many fall away from the largest group, and who of it could reach them.

    Candidates are given by their position among the nodes. Offices are none: it is they who will be gone.
    """
    before = view.with_everybody()
    offices = int(view.everything.is_office.sum())
    found = could_bridge_by_ties(before.network, view.network, view.there, most=MOST + offices)
    rows = np.searchsorted(view.network.ids, found.candidates["actor_id"].to_numpy(dtype=np.int64))
    told = found.candidates[~view.everything.is_office[rows]].head(MOST)
    position = {actor: at for at, actor in enumerate(view.actors.tolist())}
    return {
        "separated": len(found.separated),
        "candidates": [
            {"at": position[row.actor_id], "met": row.met, "common": row.common}
            for row in told.itertuples(index=False)
        ],
    }
