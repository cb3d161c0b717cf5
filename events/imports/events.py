"""Import of events."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models import Topic
from crm.common.imports.fields import ImportField
from crm.common.imports.importer import Importer
from crm.common.imports.rows import Row
from crm.common.imports.suggestions import name_key, one_of
from crm.common.imports.vocabulary import ChoiceField, NamedField, TermField, TermsField
from crm.common.sheets.cells import show
from crm.common.sheets.values import (
    parse_date,
    parse_end_date,
    parse_time,
)
from events.imports.references import EventIndex, KnownEvent, measure_names, series_names, space_names
from events.models import (
    Event,
    EventMode,
    EventStatus,
    EventType,
    ParticipationLevel,
)

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
    title = _("Events")
    help_text = _("Festivals, meetings, tours: one event in each row. An event may lack its date.")
    model = Event
    list_url_name = "events:event_list"

    def build_fields(self) -> list[ImportField]:
        """Return what a calendar or yearly report usually holds."""
        return [*self._identity(), *self._time(), *self._rest()]

    def _identity(self) -> list[ImportField]:
        return [
            ImportField(
                "external_id",
                "ID, Nr, Nummer, Kennung, Schlüssel, event_id, Veranstaltungs-ID, key, lfd. Nr.",
            ),
            ImportField(
                "title",
                "Titel, Veranstaltung, Name, Bezeichnung, Thema der Veranstaltung, title, event, "
                "Name der Veranstaltung",
                required=True,
            ),
            TermField(
                "event_type",
                "Typ, Art, Veranstaltungsart, Veranstaltungstyp, Format, type, kind, Kategorie",
                vocabulary=EventType,
                required=True,
            ),
            NamedField("series", "Reihe, Veranstaltungsreihe, Serie, series", names=series_names),
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
            ImportField(
                "start_date",
                "Datum, Tag, Termin, Beginn, Startdatum, date, start date, Von, Anfang",
                parse=parse_date,
            ),
            ImportField("start_time", "Uhrzeit, Beginn Uhrzeit, Startzeit, time", parse=parse_time),
            ImportField("end_date", "Enddatum, Bis, Ende, end date", parse=parse_end_date),
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
        ]

    @cached_property
    def events(self) -> EventIndex:
        """All events."""
        return EventIndex()

    def label(self, row: Row) -> str:
        """Return title and day."""
        title, day = row.values.get("title", ""), row.values.get("start_date")
        return f"{title}, {show(day)}" if day else title

    def queryset(self) -> models.QuerySet:
        """Return the events with all that rows may change."""
        related = ("event_type", "series", "space", "measure", "participation_level")
        return Event.objects.select_related(*related).prefetch_related("topics")

    def match(self, row: Row) -> None:
        """Find the event by external key, else by title and day."""
        values = row.values
        key, title, day = values.get("external_id", ""), values.get("title", ""), values.get("start_date")
        known = self.events.by_key.get(key)
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

    def _replace(self, known: KnownEvent, row: Row) -> None:
        """Remember which row means the event, so that a second one is noticed."""
        now = KnownEvent(known.event, row)
        if known.event.external_id:
            self.events.by_key[known.event.external_id] = now
        same = self.events.by_title[name_key(known.event.title)]
        same[same.index(known)] = now

    def derive(self, row: Row) -> None:
        """Compute the search column."""
        row.instance.derive()
