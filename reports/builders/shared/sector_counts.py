"""How many actors and ties of each sector there are: counted before any number is told."""

from __future__ import annotations

from collections import Counter

from actors.models import Sector
from reports.analysis.mixing import Mixing
from reports.builders.shared.basis import Basis


def put_sectors(basis: Basis) -> None:
    """Remember how many actors of each sector there are and took part; call after the overview's counts."""
    counts = basis.counts
    registered = Counter(basis.register.actors["sector"])
    took_part = Counter(basis.sector_of[actor] for actor in basis.network.actor_ids.tolist())
    for sector in Sector.values:
        counts.put(("registered", sector), registered[sector])
        counts.put(("took_part", sector), took_part[sector])
        counts.put(("never", sector), registered[sector] - took_part[sector])
        counts.put_sum(("registered", sector), [("took_part", sector), ("never", sector)])
    for name in ("registered", "took_part", "never"):
        counts.put_sum(name, [(name, sector) for sector in Sector.values])


def put_mixing(basis: Basis, mixing: Mixing) -> None:
    """Remember how many ties run inside each sector and between each two, and all of them together."""
    counts, codes = basis.counts, Sector.values
    inside = [("ties", code, code) for code in codes]
    between = [("ties", one, other) for at, one in enumerate(codes) for other in codes[at + 1 :]]
    for name in (*inside, *between):
        counts.put(name, mixing.count(name[1], name[2]))
    for total, parts in (("ties_inside", inside), ("ties_between", between)):
        counts.put(total, sum(mixing.count(one, other) for _name, one, other in parts))
        counts.put_sum(total, parts)
    counts.put("ties", basis.ties.tie_count)
    counts.put_sum("ties", ["ties_inside", "ties_between"])
