"""What every report about the network stands on: the register in a period, names, links and counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import Sector
from actors.models.actor import ended_text
from reports.analysis.network import Network
from reports.analysis.projection import common_events, project
from reports.analysis.tasks import TaskDependency, dependency
from reports.analysis.twomode import TwoMode, two_mode
from reports.analysis.window import Window, window
from reports.builders.shared.counts import CountSheet
from reports.builders.shared.data_basis import data_notes
from reports.builders.shared.digits import grouped
from reports.builders.shared.first_page import missing_period_notes
from reports.builders.shared.links import Links
from reports.builders.shared.ranks import are_cut_level, first_of
from reports.frames import Register, ReportFrames
from reports.period import Period
from reports.report import Cell, Column, Definition, Note, Report, Section, Table
from reports.request import ReportRequest

# Below so many cases a share says more about chance than about the district.
SHARES_FROM = 20
# So many single actors a table lists.
LISTED = 50


@dataclass(frozen=True, eq=False)
class Basis:
    """What one report stands on: what was asked, the register as it is told, and all else that is read."""

    request: ReportRequest
    register: Register
    frames: ReportFrames

    @property
    def period(self) -> Period:
        """The period of the report."""
        return self.request.period

    @cached_property
    def links(self) -> Links:
        """Where the figures of the period lead."""
        return Links(self.period)

    @cached_property
    def is_outside(self) -> bool:
        """Whether the reader is from outside: small numbers are then not told."""
        return self.request.is_outside

    @cached_property
    def window(self) -> Window:
        """The held events of the period and who attended them."""
        return window(
            self.register.events, self.register.participations, start=self.period.start, end=self.period.end
        )

    @cached_property
    def network(self) -> TwoMode:
        """The two-mode network of everybody who took part, and all held events."""
        attended = self.window.participations
        events = self.window.events["event_id"].tolist()
        return two_mode(attended, actor_ids=set(attended["actor_id"].tolist()), event_ids=events)

    @cached_property
    def ties(self) -> Network:
        """Who met whom, weighted after Newman."""
        return project(self.network)

    @cached_property
    def offices(self) -> pd.DataFrame:
        """The actors that are the office."""
        return self.register.actors[self.register.actors["is_office"]]

    @cached_property
    def office_part(self) -> pd.DataFrame:
        """What the office took part in."""
        rows = self.window.participations
        return rows[rows["actor_id"].isin(self.offices["actor_id"])].reset_index(drop=True)

    @cached_property
    def office_events(self) -> list[int]:
        """The events the office organised or helped to organise."""
        strong = self.office_part.loc[self.office_part["is_strong"], "event_id"]
        return sorted(set(strong.tolist()))

    @cached_property
    def task_dependency(self) -> TaskDependency:
        """How far the tasks of the period hang on the office."""
        return dependency(self.frames.tasks, events=self.window.events, offices=self.offices)

    @cached_property
    def counts(self) -> CountSheet:
        """The counts of actors of this report."""
        return CountSheet(is_outside=self.is_outside)

    @cached_property
    def _labels(self) -> dict[int, str]:
        return dict(
            zip(self.register.actors["actor_id"].tolist(), self.register.actors["label"], strict=True)
        )

    @cached_property
    def sector_of(self) -> dict[int, str]:
        """The sector of every actor."""
        return dict(
            zip(self.register.actors["actor_id"].tolist(), self.register.actors["sector"], strict=True)
        )

    @property
    def today(self) -> dt.date:
        """The day on which the report is made."""
        return self.request.today

    @property
    def is_over(self) -> bool:
        """Whether the period has ended: what holds today is then not said of it."""
        return self.period.end is not None and self.period.end <= self.today

    @cached_property
    def last_day(self) -> dt.date:
        """The last day that the report speaks of."""
        return self.request.last_day

    @cached_property
    def _ends(self) -> dict[int, dt.date]:
        """The first day without them of the actors that have one, and whom the reader may know by name."""
        known = self.register.actors.dropna(subset=["active_until"])
        days = zip(known["actor_id"].tolist(), known["active_until"].dt.date.tolist(), strict=True)
        return {actor: day for actor, day in days if actor in self.register.visible}

    def actor(self, actor_id: int, *, on: dt.date | None = None) -> Cell:
        """Name an actor, with a link for those who may open it, marked if it has ended by the last day.

        With ``on`` by that day: where a table speaks of today whatever the period.
        """
        mark = ended_text(self._ends.get(actor_id), on or self.last_day)
        return Cell(self._labels[actor_id], self.actor_url(actor_id), mark=mark)

    def marked_name(self, actor_id: int) -> str:
        """Return the name of an actor for a list of names, marked if it has ended by the last day."""
        name = self._labels[actor_id]
        has_ended = actor_id in self._ends and self._ends[actor_id] <= self.last_day
        ended = _("ended")
        return f"{name} ({ended})" if has_ended else name

    def actor_url(self, actor_id: int) -> str | None:
        """Return the address of an actor's page, None for those who may not open it."""
        return reverse("actors:actor_detail", args=[actor_id]) if actor_id in self.register.visible else None

    def name(self, actor_id: int) -> str:
        """Return the name of an actor, or its pseudonym."""
        return self._labels[actor_id]

    def names(self, actor_ids: Iterable[int], *, most: int = 8) -> str:
        """List names, and say how many more there are."""
        known = [self.marked_name(actor) for actor in actor_ids]
        text = ", ".join(known[:most])
        more = len(known) - most
        return (
            _("%(names)s and %(count)s more") % {"names": text, "count": grouped(more)} if more > 0 else text
        )

    def may_be_listed(self, actor_ids: Iterable[int]) -> list[int]:
        """Return the actors that may stand in a list of single ones: for readers from outside those with a
        name.

        A row for each of three hidden persons would tell the number that the tables do not.
        """
        return [actor for actor in actor_ids if not self.is_outside or actor in self.register.visible]

    def actors_table(
        self,
        key: str,
        title: str,
        actor_ids: Iterable[int],
        empty_text: str,
        most: int | None = LISTED,
        *,
        is_ranked: bool = False,
    ) -> Table:
        """List single actors with their sector and in how many events they took part.

        ``empty_text`` says that there is nobody; if there are only some who may not be listed, that is said.
        ``is_ranked``: whoever took part in most events comes first, and others level with the last are told.
        """
        given = list(actor_ids)
        allowed = self.may_be_listed(given)
        rows = tuple(
            (self.actor(actor), Cell(sector_label(self.sector_of[actor])), self._events_cell(actor))
            for actor in allowed[:most]
        )
        numbers = [self.events_of.get(actor, 0) for actor in allowed]
        is_level = is_ranked and are_cut_level(numbers, len(rows))
        notes = [first_of(len(rows), len(allowed), is_level=is_level)] if len(allowed) > len(rows) else []
        if len(allowed) < len(given):
            notes.append(_("Persons are not listed here."))
        columns = (
            Column("actor", _("Actor")),
            Column("sector", _("Sector")),
            Column("events", _("Events"), "integer", explanation=_("Held events of the period.")),
        )
        return Table(
            key,
            title,
            columns,
            rows,
            footnote=" ".join(notes) if rows else "",
            empty_text=" ".join(notes) if given else empty_text,
        )

    def _events_cell(self, actor: int) -> Cell:
        number = self.events_of.get(actor, 0)
        return Cell(number, self.actor_records_url("events_of", actor) if number else None)

    def explorer_url(self, actor_id: int) -> str | None:
        """Return the address of the picture of the period with one actor in the middle."""
        if actor_id not in self.register.visible:
            return None
        parameters = {"actor": str(actor_id), "steps": "2", "size": "betweenness", **self.period.years}
        return f"{reverse('reports:network_explorer')}?{urlencode(parameters)}"

    def common_events_cell(self, one: int, other: int) -> Cell:
        """Count the events that two actors both took part in; for those who may open both, with the list."""
        return Cell(len(common_events(self.network, one, other)), self.tie_url(one, other))

    def tie_url(self, one: int, other: int) -> str | None:
        """Return the address of the common events of two actors, None for those who may not open both."""
        may_open = {one, other} <= self.register.visible
        return self.records_url("tie", f"{one}:{other}") if may_open else None

    @cached_property
    def events_of(self) -> dict[int, int]:
        """In how many held events each actor took part."""
        numbers = self.network.events_per_actor.tolist()
        return dict(zip(self.network.actor_ids.tolist(), numbers, strict=True))

    def held_events_url(self, **filters: str) -> str:
        """Return the address of the list of the held events of the period."""
        return self.links.held_events(**filters)

    def records_url(self, figure: str, value: str = "") -> str:
        """Return the address of the records behind a figure; see `reports.builders.records`."""
        return self.links.records(figure, value)

    def registered_url(self, *, sector: str = "", topic: str = "", district: str = "") -> str:
        """Return where the actors of the register are listed, all or some of them.

        The list of actors has no persons for readers from outside: they are led to one that says so.
        """
        if self.is_outside and district:
            return self.records_url("district_all", f"{sector}:{district}")
        if self.is_outside:
            return self.records_url("registered", f"{sector}:{topic}".rstrip(":"))
        given = {"district": district, "sector": sector, "topic": topic}
        filters = urlencode({name: value for name, value in given.items() if value})
        return f"{reverse('actors:actor_list')}?{filters}".rstrip("?")

    def actor_records_url(self, figure: str, actor_id: int) -> str | None:
        """Return the address of the records of one actor, None for those who may not open the actor.

        The address holds the key of the actor, which must not leave the house beside a pseudonym.
        """
        return self.records_url(figure, str(actor_id)) if actor_id in self.register.visible else None

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What must be known before the first figure: the one place for it, so that every format shows it."""
        basics = data_notes(self.request)
        return (*missing_period_notes(self), *basics)

    def report(
        self,
        *,
        kind: str,
        title: str,
        sections: Iterable[Section],
        definitions: tuple[Definition, ...],
        parameters: tuple[tuple[str, str], ...] = (),
        notes: tuple[Note, ...] | None = None,
    ) -> Report:
        """Put the finished report together; unless others are given, with the notes that come first."""
        return Report(
            kind=kind,
            key=self.request.key,
            title=title,
            period=self.period.label,
            author=str(self.request.viewer),
            created=self.request.now,
            data_date=self.today,
            parameters=parameters,
            sections=tuple(sections),
            definitions=definitions,
            notes=self.notes if notes is None else notes,
        )


def load_basis(request: ReportRequest, frames: ReportFrames | None = None) -> Basis:
    """Return what one report stands on; ``frames`` are those of the request, where they were read already."""
    frames = frames or ReportFrames(request.viewer, request.key)
    return Basis(request, frames.register, frames)


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame, its columns as attributes."""
    yield from frame.itertuples(index=False)


def events_url(**filters: str) -> str:
    """Return the address of the list of events with filters."""
    return f"{reverse('events:event_list')}?{urlencode(filters)}"


def sector_label(code: str) -> str:
    """Return a sector in the reader's language."""
    return str(Sector(code).label)


def share_cell(part: float, whole: float, url: str | None = None) -> Cell:
    """Return a share, or why there is none."""
    if whole < SHARES_FROM:
        note = _("No share below %(count)s cases.") % {"count": SHARES_FROM} if whole else ""
        return Cell(None, note=note)
    return Cell(part / whole, url)
