"""The register as one question of the explorer sees it: which actors, which ties, what they are called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from actors.models import Actor
from contacts.models import Contact
from events.models import Event
from reports.analysis.network import Ids, Network
from reports.analysis.tie_records import Given, about, collect, counted_for_organisations
from reports.analysis.ties import ATTENDANCE, Ties
from reports.analysis.twomode import TwoMode
from reports.builders.graph.backbone import KeptTies, find_backbone
from reports.builders.graph.hidden import Cover, cover
from reports.builders.graph.query import GraphQuery
from reports.builders.shared.basis import Basis
from reports.frames import Register, ReportFrames, load_topics
from reports.period import WHOLE_TIME
from reports.request import ReportRequest

# Up to so many actors those who never took part are shown as well.
EVERYBODY_UP_TO = 2_000


@dataclass(frozen=True, eq=False)
class GraphView:
    """The network as a user asked for it; everything is computed when it is first needed."""

    request: ReportRequest
    query: GraphQuery
    frames: ReportFrames

    @cached_property
    def _covered(self) -> tuple[Register, Cover]:
        return cover(self.frames.register, key=self.request.key)

    @property
    def cover(self) -> Cover:
        """Who is hidden from the user."""
        return self._covered[1]

    @cached_property
    def basis(self) -> Basis:
        """The register of the whole time, with names, links and counts."""
        return Basis(replace(self.request, period=WHOLE_TIME), self._covered[0], self.frames)

    @cached_property
    def events(self) -> pd.DataFrame:
        """The held events that count."""
        events = self.basis.window.events
        if self.query.types:
            events = events[events["event_type"].isin(self.query.types)]
        if self.query.topics:
            events = events[events["event_id"].isin(about(load_topics(Event), self.query.topics))]
        return events

    @cached_property
    def _given(self) -> Given:
        affiliations = self.frames.affiliations
        participations, tasks = self._participations, self.cover.apply(self.frames.tasks, "actor_id")
        if self.query.for_organisations:
            events = self.basis.window.events
            participations, tasks = (
                counted_for_organisations(rows, events=events, affiliations=affiliations)
                for rows in (participations, tasks)
            )
        return Given(
            actors=self.basis.register.actors,
            events=self.events,
            participations=participations,
            tasks=tasks,
            relations=self.cover.apply(self.frames.relations, "source_id", "target_id"),
            affiliations=affiliations,
            contacts=self._contacts,
        )

    @property
    def _participations(self) -> pd.DataFrame:
        attended = self.basis.window.participations
        return attended[attended["role"].isin(self.query.roles)] if self.query.roles else attended

    @property
    def _contacts(self) -> pd.DataFrame:
        contacts = self.frames.contacts
        if not self.query.topics:
            return contacts
        return contacts[contacts["contact_id"].isin(about(load_topics(Contact), self.query.topics))]

    @cached_property
    def everything(self) -> Ties:
        """All ties of the whole time that types, roles and topics leave."""
        return collect(self._given, office_events=self.basis.office_events)

    @cached_property
    def actors(self) -> Ids:
        """Return the ids of the actors in the order in which they are told.

        Period, kinds, sectors and whoever is left out change nothing here. Hidden actors come last, by their
        public ids: their place in the register would tell who they are.
        """
        ids = self.everything.actor_ids
        if len(ids) > EVERYBODY_UP_TO:
            rows = [np.diff(each.matrix.indptr) > 0 for each in self.everything.records]
            ids = ids[np.any(rows, axis=0)]
        numbers = self.cover.numbers
        ordered = sorted(ids.tolist(), key=lambda actor: (actor in numbers, -numbers.get(actor, 0), actor))
        return np.asarray(ordered, dtype=np.int64)

    @cached_property
    def rows(self) -> Ids:
        """Where the told actors stand in the networks, whose actors are in ascending order."""
        return np.searchsorted(self.everything.actor_ids, self.actors)

    @cached_property
    def present(self) -> np.ndarray:
        """Say who is looked at: the sectors asked for, without those taken out."""
        taken = {actor for actor in self.everything.actor_ids.tolist() if self._is_taken(actor)}
        present = ~np.isin(self.everything.actor_ids, np.fromiter(taken, dtype=np.int64))
        if self.query.sectors is not None:
            sector_of = self.basis.sector_of
            sectors = [sector_of[actor] for actor in self.everything.actor_ids.tolist()]
            present &= np.isin(sectors, self.query.sectors)
        return np.asarray(present)

    def _is_taken(self, actor: int) -> bool:
        return self.cover.public_id(actor) in self.query.without

    @cached_property
    def period(self) -> Ties:
        """All kinds of ties of the period, the office as asked for."""
        return self.everything.within(self.query.period.start, self.query.period.end).without_office(
            self.query.office
        )

    @cached_property
    def ties(self) -> Ties:
        """The ties that the question leaves."""
        return self.period.only(self.query.kinds).among(self.present)

    @cached_property
    def backbone(self) -> KeptTies | None:
        """The shared events that are no chance; None where nobody asked."""
        if self.query.alpha is None:
            return None
        return find_backbone(self.everything.only({ATTENDANCE}), self.query.alpha)

    @cached_property
    def network(self) -> Network:
        """The ties added up, with the backbone and the least strength applied."""
        return self.add_up(self.ties, minimum=self.query.minimum)

    @cached_property
    def remaining(self) -> np.ndarray:
        """Say who is left: present, told, and not the office taken out of all its ties."""
        is_node = np.zeros(len(self.present), dtype=bool)
        is_node[self.rows] = True
        gone = self.everything.is_office & (self.network.degrees == 0) & (self.query.office != "with")
        return np.asarray(is_node & self.present & ~gone)

    @cached_property
    def looked_at(self) -> np.ndarray:
        """Say who is in the picture: who is left, without isolates where they are hidden."""
        return np.asarray(self.remaining & ~((self.network.degrees == 0) & self.query.hide_isolates))

    def add_up(self, ties: Ties, *, minimum: float = 0) -> Network:
        """Add up ties, shared events only where the backbone holds them."""
        backbone = self.backbone
        return ties.network(minimum=minimum, attendance_in=backbone.network if backbone else None)

    @cached_property
    def two_mode(self) -> TwoMode:
        """Who shares in which record, as far as the question leaves them."""
        return self.ties.two_mode()

    @property
    def is_reduced(self) -> bool:
        """Say whether the office or anybody else is taken out."""
        return self.query.office != "with" or bool(self.query.without)

    def with_everybody(self) -> GraphView:
        """Return the same question with nobody taken out; what was read is not read again."""
        before = replace(self, query=replace(self.query, office="with", without=()))
        shared = ("_covered", "basis", "events", "_given", "everything", "actors", "rows", "backbone")
        vars(before).update({name: vars(self)[name] for name in shared if name in vars(self)})
        return before

    def actor_of(self, public_id: int) -> int | None:
        """Return the actor that has a public id, None where there is none."""
        if public_id < 0:
            return {number: actor for actor, number in self.cover.numbers.items()}.get(public_id)
        is_open = public_id in self.basis.register.visible and public_id in self.everything.actor_ids
        return public_id if is_open else None

    @cached_property
    def topics(self) -> pd.DataFrame:
        """The topics of the actors that may be told: those of visible ones."""
        topics = load_topics(Actor)
        return topics[topics["record_id"].isin(self.basis.register.visible)]


def load_view(request: ReportRequest, query: GraphQuery, frames: ReportFrames | None = None) -> GraphView:
    """Return the network as a user asks for it; the register is read when it is first needed.

    The period is that of the query; ``frames`` are those of the same request, where they were read already.
    """
    return GraphView(request, query, frames or ReportFrames(request.viewer, request.key))
