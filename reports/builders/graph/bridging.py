"""Who could bridge what falls apart in the explorer: the report's figure, for the ties that are shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from reports.analysis.bridging import could_bridge_by_ties
from reports.builders.graph.view import GraphView

MOST = 5


def bridging_of(view: GraphView) -> dict[str, Any]:
    """Return how many fall away from the largest group, how large it is, and who of it could reach them.

    `equals` counts the groups of that size; `has_more` says whether others could reach them as well.

    Candidates are given by their position among the nodes. Offices are none: it is they who will be gone.
    """
    before = view.with_everybody()
    offices = int(view.everything.is_office.sum())
    # One more than is told: whether there are others is said.
    bridging = could_bridge_by_ties(before.network, view.network, view.remaining, most=MOST + offices + 1)
    rows = np.searchsorted(view.network.ids, bridging.candidates["actor_id"].to_numpy(dtype=np.int64))
    able = bridging.candidates[~view.everything.is_office[rows]]
    listed = able.head(MOST)
    position = {actor: at for at, actor in enumerate(view.actors.tolist())}
    return {
        "separated": len(bridging.separated),
        "largest": bridging.largest,
        "equals": bridging.equals,
        "candidates": [
            {"at": position[row.actor_id], "met": row.met, "common": row.common}
            for row in listed.itertuples(index=False)
        ],
        "has_more": len(able) > MOST,
    }
