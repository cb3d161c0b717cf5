"""Import of who took part in what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.imports.references import PERSON_KINDS, ActorField, Known, NeedsActors
from actors.models import Actor, ActorKind, ActorType
from crm.common.imports.fields import ImportField
from crm.common.imports.rows import BATCH, Row
from crm.common.imports.suggestions import name_key
from crm.common.imports.vocabulary import ChoiceField, TermField
from crm.common.sheets.cells import Cell, show
from crm.common.sheets.values import (
    ValueProblem,
    parse_decimal,
    parse_integer,
    refuse_fault,
)
from events.imports.references import (
    DaysField,
    EventIndex,
    EventReference,
)
from events.models import (
    Event,
    Participation,
    ParticipationRole,
    ParticipationState,
)

STATE_WORDS = {
    "teilgenommen": "attended",
    "anwesend": "attended",
    "ja": "attended",
    "x": "attended",
    "eingeladen": "invited",
    "angemeldet": "registered",
    "zugesagt": "registered",
    "entschuldigt": "excused",
    "abgesagt": "excused",
    "abwesend": "absent",
    "gefehlt": "absent",
    "nein": "absent",
}


class NewActorField(ActorField):
    """The actor who took part; on demand one that is not yet known is created."""

    importer: ParticipationImporter

    def read(self, cell: Cell) -> Actor:
        """Return the actor that is meant, if need be a new one."""
        refuse_fault(cell)
        text = show(cell)
        kind = self.importer.values_for_all.get("new_actor_kind")
        index = self.importer.actors
        if kind and text not in index.by_key and not index.named(text):
            return self.importer.new_actor(text, kind)
        return super().read(cell)


class ParticipationImporter(NeedsActors):
    """Who took part in what."""

    kind = "participations"
    title = _("Participations")
    help_text = _("Who took part in which event, one participation in each row. The events must exist.")
    model = Participation
    list_url_name = "events:event_list"

    def build_fields(self) -> list[ImportField]:
        """Return who, where, and how."""
        return [*self._ends(), *self._manner(), *self._decisions()]

    def _ends(self) -> list[ImportField]:
        return [
            NewActorField(
                "actor",
                "Akteur, actor_id, Teilnehmer, Teilnehmende, Organisation, Name, Verein, participant",
                importer=self,
                required=True,
            ),
            EventReference(
                "event", "Veranstaltung, event_id, Titel, Veranstaltungstitel, title", required=True
            ),
            DaysField(
                "event_date", "Datum, Tag, Termin, date, Jahr", label=_("Day of the event"), is_stored=False
            ),
        ]

    def _manner(self) -> list[ImportField]:
        return [
            TermField(
                "role",
                "Rolle, Funktion, Aufgabe, role",
                vocabulary=ParticipationRole,
                required=True,
                suggested="attendee",
            ),
            ChoiceField(
                "state",
                "Status, Teilnahme, Anwesenheit, state",
                choices=ParticipationState,
                synonyms=STATE_WORDS,
                required=True,
                suggested="attended",
            ),
            ImportField(
                "people_brought", "Anzahl Personen, Personen, mitgebracht, Anzahl", parse=parse_integer
            ),
            ImportField("volunteer_hours", "Stunden, Ehrenamtsstunden, hours", parse=parse_decimal),
            ActorField(
                "represented_by", "Vertreten durch, Vertreter, Vertreterin", importer=self, kinds=PERSON_KINDS
            ),
        ]

    def _decisions(self) -> list[ImportField]:
        return [
            ChoiceField(
                "new_actor_kind",
                label=_("Create unknown actors as"),
                choices=ActorKind,
                fixed_only=True,
                is_stored=False,
                help_text=_("Without a choice here an unknown actor is an error."),
            ),
            TermField(
                "new_actor_type",
                label=_("Type of the created actors"),
                vocabulary=ActorType,
                fixed_only=True,
                is_stored=False,
            ),
        ]

    @cached_property
    def events(self) -> EventIndex:
        """All events."""
        return EventIndex()

    @cached_property
    def _new_actors(self) -> dict[str, Actor]:
        return {}

    def missing_fields(self) -> list[ImportField]:
        """Ask for a type as soon as unknown actors are to be created."""
        missing = super().missing_fields()
        if "new_actor_kind" in self.texts_for_all and "new_actor_type" not in self.texts_for_all:
            missing.append(self.fields["new_actor_type"])
        return missing

    def new_actor(self, name: str, kind: str) -> Actor:
        """Return the actor of this name that the import will create."""
        actor = self._new_actors.get(name_key(name))
        if actor is None:
            actor = Actor(name=name, kind=kind, actor_type=self.values_for_all["new_actor_type"])
            try:
                actor.clean_fields(exclude=["actor_type", "responsible", "guardian", "sort_name"])
                actor.clean()
            except ValidationError as error:
                raise ValueProblem("%(reason)s", reason=" ".join(error.messages)) from error
            self._new_actors[name_key(name)] = actor
            known = Known(name=actor.name, kind=kind)
            known.actor = actor
            self.actors.add(known)
        return actor

    def label(self, row: Row) -> str:
        """Return actor and event."""
        ends = (row.values.get("actor"), row.values.get("event"))
        return " · ".join(str(end) for end in ends if end)

    def queryset(self) -> models.QuerySet:
        """Return the participations with all that rows may change."""
        return Participation.objects.select_related("event", "role")

    def load(self, rows: Sequence[Row]) -> None:
        """Say which event each row means, and fetch the participations of those events."""
        for row in rows:
            if not row.problems and "event" in row.values:
                self._find_event(row)
        keys = list({row.values["event"].pk for row in rows if isinstance(row.values.get("event"), Event)})
        self._known: dict[tuple[Any, ...], int | Row] = {}
        for start in range(0, len(keys), BATCH):
            found = Participation.objects.filter(event_id__in=keys[start : start + BATCH])
            for event, actor, role, pk in found.values_list("event_id", "actor_id", "role_id", "pk"):
                self._known[(event, actor, role)] = pk

    def _find_event(self, row: Row) -> None:
        text = row.values["event"]
        try:
            row.values["event"] = self.events.find(text, row.values.get("event_date")).event
        except ValueProblem as problem:
            row.refuse(str(problem), key="event", shown=text)

    def match(self, row: Row) -> None:
        """Find the participation of the same actor in the same role at the same event."""
        values = row.values
        row.label = self.label(row)
        if not {"event", "actor", "role"} <= values.keys():
            return
        actor = values["actor"]
        key = (values["event"].pk, actor.pk or ("new", id(actor)), values["role"].pk)
        found = self._known.get(key)
        if isinstance(found, Row):
            row.twin = found
            return
        row.pk = found
        self._known[key] = row

    def before_write(self, rows: Sequence[Row]) -> None:
        """Create the actors that were not known; each belongs to the first row that names it."""
        first: dict[int, tuple[Actor, Row]] = {}
        for row in rows:
            actor = row.values["actor"]
            if actor.pk is None:
                first.setdefault(id(actor), (actor, row))
        Actor.objects.bulk_create([actor for actor, _row in first.values()], batch_size=BATCH)
        for actor, row in first.values():
            row.note_created(actor)
