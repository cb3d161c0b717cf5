"""Import of who took part in what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.imports.references import PERSON_KINDS, ActorField, Known, note_ended
from actors.models import Actor, ActorKind, ActorType
from core.batches import BATCH
from core.imports.fields import ImportField
from core.imports.rows import Row
from core.imports.suggestions import joined_remark, name_key
from core.imports.vocabulary import ChoiceField, TermField
from core.person_names import read_person
from core.sheets.cells import Cell, show, whole
from core.sheets.values import ValueProblem, parse_decimal, parse_integer
from events.imports.names import (
    COUNTED,
    SEVERAL,
    NamesSeveral,
    NewActorField,
    SeveralNames,
    several_names_field,
    split_row,
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
from events.services.name_lists import several_names

TAKEN_AS_REGISTERED = _("This event is still to come: the actor is taken as registered.")
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


class ParticipationImporter(NamesSeveral):
    """Who took part in what."""

    kind = "participations"
    icon = "list-check"
    title = _("Participations")
    help_text = _("Who took part in which event, one participation in each row. The events must exist.")
    model = Participation
    list_url_name = "events:event_list"

    def build_fields(self) -> list[ImportField]:
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
            several_names_field(),
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
        return EventIndex()

    @cached_property
    def _new_actors(self) -> dict[tuple[str, str], Actor]:
        return {}

    @cached_property
    def _names_in(self) -> dict[str, list[str]]:
        return {}

    def names_in(self, text: str) -> list[str]:
        """Return the names in a cell that holds several; else an empty list."""
        if text not in self._names_in:
            self._names_in[text] = several_names(text, is_known=self.actors.knows)
        return self._names_in[text]

    def open_questions(self, rows: Sequence[Sequence[Cell]]) -> set[str]:
        """Ask what becomes of cells with several names, if there are any."""
        cells = {cells[i] for cells in rows for i in self._actor_columns if isinstance(cells[i], str)}
        is_open = SEVERAL not in self.texts_for_all and any(self.names_in(str(cell)) for cell in cells)
        return super().open_questions(rows) | ({SEVERAL} if is_open else set())

    @cached_property
    def _actor_columns(self) -> list[int]:
        return [index for index, key in self.columns.items() if key == "actor"]

    def expand(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Make of a row with several names one for each; what is counted is counted with the first."""
        if self.texts_for_all.get(SEVERAL) != SeveralNames.SPLIT or not self._actor_columns:
            return rows
        column = self._actor_columns[0]
        counted = [index for index, key in self.columns.items() if key in COUNTED]
        return [
            single
            for row in rows
            for single in split_row(row, column, self.names_in(show(row.cells[column])), counted)
        ]

    def missing_fields(self) -> list[ImportField]:
        """Ask for a type as soon as unknown actors are to be created."""
        missing = super().missing_fields()
        if "new_actor_kind" in self.texts_for_all and "new_actor_type" not in self.texts_for_all:
            missing.append(self.fields["new_actor_type"])
        return missing

    def new_actor(self, name: str, kind: str) -> Actor:
        """Return the actor of this name that the import will create."""
        person = read_person(name) if kind == ActorKind.PERSON else None
        key = (name_key(person.name), person.salutation) if person else (name_key(name), "")
        actor = self._new_actors.get(key)
        if actor is None:
            actor = Actor(name=name, kind=kind, actor_type=self.values_for_all["new_actor_type"])
            try:
                actor.clean_fields(exclude=["actor_type", "responsible", "guardian", "sort_name"])
                actor.clean()
            except ValidationError as error:
                raise ValueProblem("%(reason)s", reason=" ".join(error.messages)) from error
            self._new_actors[key] = actor
            known = Known(name=actor.name, kind=kind, salutation=actor.salutation)
            known.actor = actor
            self.actors.add(known)
        return actor

    def label(self, row: Row) -> str:
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
            participations = Participation.objects.filter(event_id__in=keys[start : start + BATCH])
            for event, actor, role, pk in participations.values_list("event_id", "actor_id", "role_id", "pk"):
                self._known[(event, actor, role)] = pk

    def _find_event(self, row: Row) -> None:
        text = row.values["event"]
        try:
            event = row.values["event"] = self.events.find(text, row.values.get("event_date")).event
        except ValueProblem as problem:
            row.refuse(str(problem), key="event", value=text)
            return
        if whole(text) != whole(event.external_id):
            for remark in joined_remark(text, event.title):
                row.note(remark, key="event", value=text)
        self._settle_state(row, event)

    def _settle_state(self, row: Row, event: Event) -> None:
        """Take nobody for present at what is still to come, where the row itself does not say so."""
        is_attended = row.values.get("state") == ParticipationState.ATTENDED
        if is_attended and event.is_to_come and not self.says(row, "state"):
            row.values["state"] = ParticipationState.REGISTERED.value
            row.note(str(TAKEN_AS_REGISTERED), key="event", value=event.title)

    def match(self, row: Row) -> None:
        """Find the participation of the same actor in the same role at the same event."""
        values = row.values
        row.label = self.label(row)
        if not {"event", "actor", "role"} <= values.keys():
            return
        actor = values["actor"]
        key = (values["event"].pk, actor.pk or ("new", id(actor)), values["role"].pk)
        known = self._known.get(key)
        if isinstance(known, Row):
            row.twin = known
            return
        row.pk = known
        self._known[key] = row
        if known is None and (day := values["event"].start_date) is not None:
            note_ended(row, actor, key="actor", day=day)

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
