"""The counts of the coverage report, and how they add up, so that small ones stay hidden from outsiders."""

from __future__ import annotations

from collections import Counter

from actors.models import Sector
from reports.builders.coverage.presence import EARLIER, LATELY, NEVER, Coverage
from reports.builders.shared.sector_counts import put_mixing

# Printed nowhere, but worked out by whoever adds up and subtracts what is.
EVER, OUTSIDE = "ever", "only_outside_of_the_period"


def put_counts(coverage: Coverage) -> None:
    """Put in everything that the report prints, before the first cell is asked for."""
    _put_sectors(coverage)
    _put_last_seen(coverage)
    _put_topics(coverage)
    _put_districts(coverage)
    put_mixing(coverage.basis, coverage.mixing)


def _put_sectors(coverage: Coverage) -> None:
    counts = coverage.basis.counts
    names = ("registered", "attended", "away")
    for name in names:
        numbers = _by_sector(coverage, name)
        for sector in Sector.values:
            counts.put((name, sector), numbers[sector])
        counts.put(name, numbers.total())
        counts.put_sum(name, [(name, sector) for sector in Sector.values])
    for sector in Sector.values:
        counts.put_sum(("registered", sector), [("attended", sector), ("away", sector)])
    counts.put_sum("registered", ["attended", "away"])


def _by_sector(coverage: Coverage, name: str) -> Counter[str]:
    """Return how many actors of each sector there are, took part, or did not."""
    return Counter(
        sector
        for actor, sector in coverage.basis.sector_of.items()
        if name == "registered" or (actor in coverage.attended) == (name == "attended")
    )


def _put_last_seen(coverage: Coverage) -> None:
    basis, counts = coverage.basis, coverage.basis.counts
    seen = Counter((when, basis.sector_of[actor]) for actor, when in coverage.last_seen.items())
    attended = _by_sector(coverage, "attended")
    for sector in Sector.values:
        seen[EVER, sector] = seen[LATELY, sector] + seen[EARLIER, sector]
        seen[OUTSIDE, sector] = seen[EVER, sector] - attended[sector]
    for when in (LATELY, EARLIER, NEVER, EVER, OUTSIDE):
        for sector in Sector.values:
            counts.put((when, sector), seen[when, sector])
        counts.put(when, sum(seen[when, sector] for sector in Sector.values))
        counts.put_sum(when, [(when, sector) for sector in Sector.values])
    for whole, *parts in (("registered", EVER, NEVER), (EVER, LATELY, EARLIER), (EVER, "attended", OUTSIDE)):
        counts.put_sum(whole, parts)
        for sector in Sector.values:
            counts.put_sum((whole, sector), [(part, sector) for part in parts])


def _put_topics(coverage: Coverage) -> None:
    counts, rows = coverage.basis.counts, coverage.topic_rows
    registered = Counter(zip(rows["topic"], rows["sector"], strict=True))
    present = rows[rows["attended"]]
    took_part = Counter(zip(present["topic"], present["sector"], strict=True))
    for topic in coverage.topics:
        for sector in Sector.values:
            cell = (topic, sector)
            counts.put(("topic", *cell), registered[cell])
            counts.put(("topic attended", *cell), took_part[cell])
            counts.put(("topic away", *cell), registered[cell] - took_part[cell])
            counts.put_sum(("topic", *cell), [("topic attended", *cell), ("topic away", *cell)])
        wholes = {"topic": registered, "topic attended": took_part, "topic away": registered - took_part}
        for name, whole in wholes.items():
            counts.put((name, topic), sum(whole[topic, sector] for sector in Sector.values))
            counts.put_sum((name, topic), [(name, topic, sector) for sector in Sector.values])


def _put_districts(coverage: Coverage) -> None:
    basis, counts = coverage.basis, coverage.basis.counts
    registered = Counter((place, basis.sector_of[actor]) for actor, place in coverage.district_of.items())
    attended = Counter(coverage.district_of[actor] for actor in coverage.attended)
    for district in coverage.districts:
        cells = [("district", district, sector) for sector in Sector.values]
        whole = sum(registered[district, sector] for sector in Sector.values)
        for cell in cells:
            counts.put(cell, registered[cell[1:]])
        counts.put(("district", district), whole)
        counts.put(("district attended", district), attended[district])
        counts.put(("district away", district), whole - attended[district])
        counts.put_sum(("district", district), cells)
        counts.put_sum(("district", district), [("district attended", district), ("district away", district)])
    for sector in Sector.values:
        parts = [("district", district, sector) for district in coverage.districts]
        counts.put_sum(("registered", sector), parts)
    for name, part in (("attended", "district attended"), ("away", "district away")):
        counts.put_sum(name, [(part, district) for district in coverage.districts])
