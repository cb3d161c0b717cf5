"""Import of events."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Topic
from core.imports.fields import DateField, ImportField
from core.imports.importer import Importer
from core.imports.keys import KeyField, is_other_name, leave_out, may_rename, other_name_field
from core.imports.rows import Row
from core.imports.suggestions import name_key, one_of
from core.imports.vocabulary import ChoiceField, NamedField, TermField, TermsField
from core.sheets.cells import Cell, show, whole
from core.sheets.days import clock_behind
from core.sheets.values import parse_time
from events.imports.references import EventIndex, KnownEvent, measure_names, series_names, space_names
from events.models import (
    Event,
    EventMode,
    EventStatus,
    EventType,
    ParticipationLevel,
)
from events.validators import NOT_YET_HELD, is_to_come

TAKEN_AS_PLANNED = _("This day is still to come: the event is taken as planned, not as held.")
NO_DAY = _("“%(value)s” names no day: it is kept as %(day)s.")
STATUS_WORDS = {
    "stattgefunden": "held",
    "durchgeführt": "held",
    "abgesagt": "cancelled",
    "ausgefallen": "cancelled",
    "verschoben": "postponed",
    "geplant": "planned",
    "bestätigt": "confirmed",
    "Idee": "idea",
}
MODE_WORDS = {"vor Ort": "on_site", "Präsenz": "on_site", "digital": "online", "hybrid": "hybrid"}


class EventImporter(Importer):
    """Events."""

    kind = "events"
    icon = "calendar-event"
    title = _("Events")
    help_text = _("Festivals, meetings, tours: one event in each row. An event may lack its date.")
    model = Event
    list_url_name = "events:event_list"

    def build_fields(self) -> list[ImportField]:
        """Return what a calendar or yearly report usually holds."""
        return [*self._identity(), *self._time(), *self._rest()]

    def _identity(self) -> list[ImportField]:
        return [
            KeyField(
                "ID, Nr, Nummer, Kennung, Kennung aus der Quelle, Schlüssel, "
                "event_id, Veranstaltungs-ID, key, external key"
            ),
            ImportField(
                "title",
                "Titel, Veranstaltung, Name, Bezeichnung, Thema der Veranstaltung, title, event, "
                "Name der Veranstaltung",
                required=True,
            ),
            TermField(
                "event_type",
                "Typ, Art, Veranstaltungsart, Veranstaltungstyp, type, kind, Kategorie",
                vocabulary=EventType,
                required=True,
            ),
            NamedField(
                "series", "Format, Reihe, Veranstaltungsreihe, Serie, format, series", names=series_names
            ),
            ChoiceField(
                "status",
                "Status, Stand",
                choices=EventStatus,
                synonyms=STATUS_WORDS,
                required=True,
                suggested="held",
            ),
        ]

    def _time(self) -> list[ImportField]:
        return [
            DateField(
                "start_date",
                "Datum, Tag, Termin, Beginn, Startdatum, date, start date, Von, Anfang",
                takes_several=True,
            ),
            ImportField("start_time", "Uhrzeit, Beginn Uhrzeit, Startzeit, time", parse=parse_time),
            DateField("end_date", "Enddatum, Bis, Ende, end date", end=True),
            ImportField("end_time", "Ende Uhrzeit, Endzeit, end time", parse=parse_time),
        ]

    def _rest(self) -> list[ImportField]:
        return [
            NamedField("space", "Raum, Veranstaltungsraum, Saal, space, room", names=space_names),
            ImportField("place_note", "Ort, Veranstaltungsort, Treffpunkt, place, location"),
            ChoiceField("mode", "Form, Durchführung, mode", choices=EventMode, synonyms=MODE_WORDS),
            NamedField("measure", "Maßnahme, Projekt, measure", names=measure_names),
            TermsField("topics", "Themen, Handlungsfelder, Handlungsfeld, Thema", vocabulary=Topic),
            TermField(
                "participation_level",
                "Beteiligungsstufe, Stufe der Beteiligung",
                vocabulary=ParticipationLevel,
            ),
            ImportField("description", "Beschreibung, Inhalt, Bemerkung, Notiz, Notizen"),
            other_name_field(),
        ]

    @cached_property
    def events(self) -> EventIndex:
        return EventIndex()

    def label(self, row: Row) -> str:
        return _title_and_day(row.values.get("title", ""), row.values.get("start_date"))

    def queryset(self) -> models.QuerySet:
        """Return the events with all that rows may change."""
        related = ("event_type", "series", "space", "measure", "participation_level")
        return Event.objects.select_related(*related).prefetch_related("topics")

    def match(self, row: Row) -> None:
        """Find the event by external key, else by title and day."""
        is_guessed = self._settle_status(row)
        values = row.values
        key, title, day = values.get("external_id", ""), values.get("title", ""), values.get("start_date")
        known = by_key = self.events.by_key.get(key)
        if known is None and title:
            same = [k for k in self.events.by_title.get(name_key(title), ()) if k.event.start_date == day]
            if key:
                # Another key of the same list is another event, whatever it is called.
                same = [k for k in same if not k.event.external_id]
            known = one_of(title, same) if same else None
        if known is None:
            self.events.add(KnownEvent(Event(title=title, start_date=day, external_id=key), row))
        elif known.row is not None:
            row.twin = known.row
        else:
            row.pk = known.event.pk
            self._replace(known, row)
            if is_guessed:
                # The register knows better how far an event has come that the table only dates.
                values.pop("status")
            if by_key and not may_rename(self) and _is_other_event(title, day, known.event):
                leave_out(row, key=key, recorded=_title_and_day(known.event.title, known.event.start_date))

    def _read_cell(self, row: Row, field: ImportField, cell: Cell) -> None:
        super()._read_cell(row, field, cell)
        if isinstance(field, DateField) and field.key == "start_date" and "start_date" in row.values:
            days = field.read_days(cell)
            if not days.is_exact:
                day = show(days.first)
                row.note(str(NO_DAY) % {"value": show(cell), "day": day}, key=field.key, value=show(cell))
            elif days.last != days.first:
                row.values.setdefault("end_date", days.last)
            if clock := clock_behind(cell, reading=field.reading):
                row.values.setdefault("start_time", clock)

    def _settle_status(self, row: Row) -> bool:
        """Take no day that is still to come for a held one; tell whether the status was changed for that."""
        values = row.values
        is_held = values.get("status") == EventStatus.HELD
        if not (is_held and is_to_come(values.get("start_date"), timezone.localdate())):
            return False
        if self.says(row, "status"):
            row.refuse(str(NOT_YET_HELD), key="status", value=self.fields["status"].show(values["status"]))
            return False
        values["status"] = EventStatus.PLANNED.value
        row.note(str(TAKEN_AS_PLANNED), key="start_date", value=show(values["start_date"]))
        return True

    def _replace(self, known: KnownEvent, row: Row) -> None:
        """Remember which row means the event, so that a second one is noticed."""
        now = KnownEvent(known.event, row)
        if known.event.external_id:
            self.events.by_key[whole(known.event.external_id)] = now
        same = self.events.by_title[name_key(known.event.title)]
        same[same.index(known)] = now

    def derive(self, row: Row) -> None:
        """Compute the search column."""
        row.instance.derive()


def _title_and_day(title: str, day: dt.date | None) -> str:
    return f"{title}, {show(day)}" if day else title


def _is_other_event(title: str, day: dt.date | None, event: Event) -> bool:
    """Tell whether a row is another event than the one with its key; one that is moved stays in its year."""
    is_other_year = bool(day and event.start_date and day.year != event.start_date.year)
    return is_other_year or is_other_name(title, event.title)
