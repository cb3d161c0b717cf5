"""What the coverage report counts: everybody in the register by sector, topic, district and last time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from actors.models import Sector
from reports.analysis.mixing import Mixing, mixing
from reports.analysis.window import window
from reports.builders.shared.basis import Basis
from reports.frames import (
    load_districts,
    load_topics_in_use,
    load_topics_of_actors,
    load_topics_of_events,
)

# The office is not missed, and what is in "other" is too mixed to be missed.
EXPECTED = (
    Sector.ASSOCIATION.value,
    Sector.BUSINESS.value,
    Sector.INSTITUTION.value,
    Sector.ADMINISTRATION.value,
    Sector.POLITICS.value,
    Sector.RESIDENT.value,
)
MOST_DISTRICTS = 12
YEARS_AWAY = 2
LATELY, EARLIER, NEVER = "lately", "earlier", "never_ever"
# No name of a district begins with a slash.
NO_DISTRICT, OTHER_DISTRICTS = "", "/others"


@dataclass(frozen=True, eq=False)
class Coverage:
    """Who is there and who is not."""

    basis: Basis

    @cached_property
    def attended(self) -> frozenset[int]:
        """Who took part in the period."""
        return frozenset(self.basis.network.actor_ids.tolist())

    @cached_property
    def sectors(self) -> list[str]:
        """The sectors that the tables show."""
        present = set(self.basis.register.actors["sector"])
        return [code for code in Sector.values if code in present or code in EXPECTED]

    @cached_property
    def topics(self) -> dict[str, str]:
        """The topics in use, and those out of use that an actor still has: code and name."""
        return load_topics_in_use(set(self.topic_rows["topic"]))

    @cached_property
    def topic_rows(self) -> pd.DataFrame:
        """Each actor with each of its topics, its sector and whether it took part."""
        rows = load_topics_of_actors()
        rows["sector"] = [self.basis.sector_of[actor] for actor in rows["actor_id"].tolist()]
        rows["attended"] = rows["actor_id"].isin(self.attended)
        return rows

    @cached_property
    def sectors_with_topics(self) -> frozenset[str]:
        """The sectors of which at least one actor has a topic: of the others nothing can be missed."""
        return frozenset(self.topic_rows["sector"])

    @property
    def knows_topics(self) -> bool:
        """Whether any actor has a topic: else nothing can be said of who is missing by topic."""
        return bool(len(self.topic_rows))

    @cached_property
    def events_by_topic(self) -> Counter[str]:
        """How many held events of the period have each topic."""
        rows = load_topics_of_events()
        return Counter(rows.loc[rows["event_id"].isin(self.basis.window.events["event_id"]), "topic"])

    @cached_property
    def district_of(self) -> dict[int, str]:
        """The district of each actor as the table shows it; the many small ones are put together."""
        districts = load_districts()
        numbers = Counter(districts.tolist())
        numbers.pop(NO_DISTRICT, None)
        largest = {name for name, _number in sorted(numbers.items(), key=_by_number)[:MOST_DISTRICTS]}
        kept = {NO_DISTRICT, *largest}
        return {
            int(actor): name if name in kept else OTHER_DISTRICTS
            for actor, name in zip(districts.index.tolist(), districts.tolist(), strict=True)
        }

    @cached_property
    def districts(self) -> list[str]:
        """The districts of the table, in alphabetical order, the summed up ones last."""
        present = set(self.district_of.values())
        named = sorted(present - {NO_DISTRICT, OTHER_DISTRICTS})
        return [*named, *(name for name in (OTHER_DISTRICTS, NO_DISTRICT) if name in present)]

    @cached_property
    def mixing(self) -> Mixing:
        """The ties from sector to sector."""
        ties = self.basis.ties
        return mixing(ties, [self.basis.sector_of[a] for a in ties.ids.tolist()], order=Sector.values)

    @property
    def until(self) -> dt.date:
        """The day from which "two years ago" is counted: the end of the period, today at the latest."""
        return self.basis.period.end_by(self.basis.today)

    @cached_property
    def last_seen(self) -> dict[int, str]:
        """When each actor of the register was last at a held event: lately, earlier or never.

        Whoever was only there on a day that is not recorded was there some time.
        """
        register, basis = self.basis.register, self.basis
        past = window(register.events, register.participations)
        dated = past.participations.merge(past.events[["event_id", "date"]], on="event_id")
        if basis.period.end is not None:
            dated = dated[~(dated["date"] >= pd.Timestamp(basis.period.end))]
        last = dated.groupby("actor_id")["date"].max()
        bound = pd.Timestamp(years_before(self.until, YEARS_AWAY))
        seen = dict.fromkeys(register.actors["actor_id"].tolist(), NEVER)
        for actor, day in last.items():
            seen[int(actor)] = LATELY if day >= bound else EARLIER  # type: ignore[call-overload]
        return seen

    def seen(self, when: str, sector: str = "") -> list[int]:
        """Return the actors that were last seen then, of one sector or of all."""
        return [
            actor
            for actor, last in self.last_seen.items()
            if last == when and sector in {"", self.basis.sector_of[actor]}
        ]

    def with_topic(self, topic: str, sector: str) -> list[int]:
        """Return who works on a topic and took part, of one sector or of all."""
        return [actor for actor in self.working_on(topic, sector) if actor in self.attended]

    def working_on(self, topic: str, sector: str) -> list[int]:
        """Return who in the register works on a topic, of one sector or of all."""
        actors = self.topic_rows.loc[self.topic_rows["topic"] == topic, "actor_id"].tolist()
        return [int(actor) for actor in actors if sector in {"", self.basis.sector_of[int(actor)]}]

    def from_district(self, district: str) -> list[int]:
        """Return who took part from a district of the table."""
        return [actor for actor in self.in_district(district) if actor in self.attended]

    def in_district(self, district: str, sector: str = "") -> list[int]:
        """Return who is in the register from a district of the table, of one sector or of all."""
        return [
            actor
            for actor, name in self.district_of.items()
            if name == district and sector in {"", self.basis.sector_of[actor]}
        ]


def _by_number(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day some years earlier; the 28th for a 29th of February that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
