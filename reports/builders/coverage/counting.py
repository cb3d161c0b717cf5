"""The counts of the coverage report, and how they add up, so that small ones stay hidden from outsiders."""

from __future__ import annotations

from collections import Counter

from actors.models import Sector
from reports.builders.coverage.data import EARLIER, LATELY, NEVER, Coverage
from reports.builders.sectors import put_mixing


def put_counts(coverage: Coverage) -> None:
    """Put in everything that the report prints, before the first cell is asked for."""
    _put_sectors(coverage)
    _put_last_seen(coverage)
    _put_topics(coverage)
    _put_districts(coverage)
    put_mixing(coverage.basis, coverage.mixing)


def _put_sectors(coverage: Coverage) -> None:
    counts = coverage.basis.counts
    names = ("registered", "there", "away")
    for name in names:
        numbers = _by_sector(coverage, name)
        for sector in Sector.values:
            counts.put((name, sector), numbers[sector])
        counts.put(name, numbers.total())
        counts.put_sum(name, [(name, sector) for sector in Sector.values])
    for sector in Sector.values:
        counts.put_sum(("registered", sector), [("there", sector), ("away", sector)])
    counts.put_sum("registered", ["there", "away"])


def _by_sector(coverage: Coverage, name: str) -> Counter[str]:
    """Return how many actors of each sector there are, took part, or did not."""
    return Counter(
        sector
        for actor, sector in coverage.basis.sector_of.items()
        if name == "registered" or (actor in coverage.there) == (name == "there")
    )


def _put_last_seen(coverage: Coverage) -> None:
    basis, counts = coverage.basis, coverage.basis.counts
    seen = Counter((when, basis.sector_of[actor]) for actor, when in coverage.last_seen.items())
    for when in (LATELY, EARLIER, NEVER):
        for sector in Sector.values:
            counts.put((when, sector), seen[when, sector])
        counts.put(when, sum(seen[when, sector] for sector in Sector.values))
        counts.put_sum(when, [(when, sector) for sector in Sector.values])
    for sector in Sector.values:
        counts.put_sum(("registered", sector), [(when, sector) for when in (LATELY, EARLIER, NEVER)])
        if basis.start is None:  # then the period is all of the past, and "there" is the same as ever
            counts.put_sum(("there", sector), [(LATELY, sector), (EARLIER, sector)])


def _put_topics(coverage: Coverage) -> None:
    counts, rows = coverage.basis.counts, coverage.topic_rows
    registered = Counter(zip(rows["topic"], rows["sector"], strict=True))
    present = rows[rows["there"]]
    there = Counter(zip(present["topic"], present["sector"], strict=True))
    for topic in coverage.topics:
        for sector in Sector.values:
            cell = (topic, sector)
            counts.put(("topic", *cell), registered[cell])
            counts.put(("topic there", *cell), there[cell])
            counts.put(("topic away", *cell), registered[cell] - there[cell])
            counts.put_sum(("topic", *cell), [("topic there", *cell), ("topic away", *cell)])
        for name in ("topic", "topic there", "topic away"):
            whole = registered if name == "topic" else there if name == "topic there" else registered - there
            counts.put((name, topic), sum(whole[topic, sector] for sector in Sector.values))
            counts.put_sum((name, topic), [(name, topic, sector) for sector in Sector.values])


def _put_districts(coverage: Coverage) -> None:
    basis, counts = coverage.basis, coverage.basis.counts
    registered = Counter((place, basis.sector_of[actor]) for actor, place in coverage.district_of.items())
    there = Counter(coverage.district_of[actor] for actor in coverage.there)
    for district in coverage.districts:
        cells = [("district", district, sector) for sector in Sector.values]
        whole = sum(registered[district, sector] for sector in Sector.values)
        for cell in cells:
            counts.put(cell, registered[cell[1:]])
        counts.put(("district", district), whole)
        counts.put(("district there", district), there[district])
        counts.put(("district away", district), whole - there[district])
        counts.put_sum(("district", district), cells)
        counts.put_sum(("district", district), [("district there", district), ("district away", district)])
    for sector in Sector.values:
        parts = [("district", district, sector) for district in coverage.districts]
        counts.put_sum(("registered", sector), parts)
    for name, part in (("there", "district there"), ("away", "district away")):
        counts.put_sum(name, [(part, district) for district in coverage.districts])
