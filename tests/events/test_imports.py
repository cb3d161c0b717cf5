"""Import of events and participations, and of a whole two-mode network."""

import csv
import datetime as dt
import io
from decimal import Decimal

import networkx as nx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from actors.imports import ActorImporter
from actors.models import Actor
from core.imports.pipeline import ImportRefused, check_run
from events.imports import EventImporter, ParticipationImporter
from events.models import Event, Participation
from tests.core.imports.import_runs import applied, changes, checked, counts, errors, take, undone, upload
from tests.factories.actors import ActorFactory, FormerNameFactory, PersonFactory
from tests.factories.events import (
    EventFactory,
    EventSeriesFactory,
    MeasureFactory,
    ParticipationFactory,
    SeriesFormerNameFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


# --- events --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Format", "format", "Reihe", "series"])
def test_what_recurs_is_known_by_its_word_on_the_screen_and_by_older_ones(heading):
    format_ = EventSeriesFactory.create(name="Bürgerfest")
    applied(EventImporter, f"Titel;Typ;{heading}\nFest 2014;Stadtteilfest;Bürgerfest\n")
    event = Event.objects.get()
    assert (event.event_type.code, event.series) == ("festival", format_)


def test_the_key_is_known_by_its_word_on_the_screen():
    applied(EventImporter, "Kennung aus der Quelle;Titel;Typ\nE1;Fest 2014;Stadtteilfest\n")
    assert Event.objects.get().external_id == "E1"


def test_a_calendar_arrives_with_everything_it_says():
    series = EventSeriesFactory(name="Bürgerfest")
    SeriesFormerNameFactory(series=series, name="Stadtteilfest")
    space, measure = SpaceFactory(name="Saal"), MeasureFactory(title="Feste feiern")
    table = (
        "event_id;Titel;Art;Reihe;Status;Datum;Uhrzeit;Enddatum;Endzeit;Raum;Ort;Form;Maßnahme;Themen;"
        "Beteiligungsstufe;Beschreibung\n"
        "E1;Fest 2014;Stadtteilfest;Stadtteilfest;durchgeführt;12.6.2014;14.00 Uhr;13.6.2014;18 Uhr;saal;"
        "Marktplatz;vor Ort;Feste feiern;Bildung;Mitwirkung;schön\n"
    )
    applied(EventImporter, table)
    event = Event.objects.get()
    assert (event.external_id, event.title, event.event_type.code) == ("E1", "Fest 2014", "festival")
    assert (event.series, event.space, event.measure) == (series, space, measure)
    assert (event.status, event.mode, event.place_note) == ("held", "on_site", "Marktplatz")
    assert (event.start_date, event.start_time) == (dt.date(2014, 6, 12), dt.time(14))
    assert (event.end_date, event.end_time) == (dt.date(2014, 6, 13), dt.time(18))
    assert event.participation_level is not None
    assert event.participation_level.code == "consultation"
    assert [topic.code for topic in event.topics.all()] == ["education"]
    assert Event.objects.matching("fest").count() == 1


def test_events_without_a_date_are_taken_as_they_are():
    run = applied(
        EventImporter, "event_id;title\nE_1;CommunityFest\nE_2;LA21\n", defaults={"event_type": "other"}
    )
    assert counts(run) == (2, 0, 0, 0)
    assert list(Event.objects.order_by("title").values_list("title", "start_date", "status")) == [
        ("CommunityFest", None, "held"),
        ("LA21", None, "held"),
    ]


def test_title_and_day_make_an_event_one_of_a_kind():
    EventFactory(title="Fest", start_date=dt.date(2014, 6, 12))
    table = "Titel;Datum;Typ;Ort\nfest;12.06.2014;festival;Markt\nFest;12.06.2015;festival;Markt\n"
    run = applied(EventImporter, table)
    assert counts(run) == (1, 1, 0, 0)
    assert counts(applied(EventImporter, table)) == (0, 0, 2, 0)


def test_times_and_dates_that_cannot_be_are_errors_with_row_and_column():
    table = (
        "Titel;Typ;Datum;Uhrzeit;Enddatum\nA;festival;31.6.2014;;\nB;festival;1.6.2014;25:00;\n"
        "C;festival;2.6.2014;;1.6.2014\nD;festival;;18:00;\nE;Fest;1.6.2014;;\n"
    )
    run = checked(EventImporter, table)
    assert [(row, column) for row, column, _reason in errors(run)] == [
        (2, "C"),
        (3, "D"),
        (4, "E"),
        (5, "C"),
        (6, "B"),
    ]


def test_unknown_series_are_errors_with_a_suggestion():
    EventSeriesFactory(name="Bürgerfest")
    run = checked(EventImporter, "Titel;Typ;Reihe\nA;festival;Buergerfeste\n")
    assert errors(run) == [(2, "C", "“Buergerfeste” is not known here. Did you mean “Bürgerfest”?")]


# --- participations ------------------------------------------------------------------------------------


def test_participations_name_actor_and_event_by_key_or_by_name():
    event = EventFactory(title="Fest", external_id="E1")
    club, school = ActorFactory(external_id="A1"), ActorFactory(name="Grundschule")
    FormerNameFactory(actor=school, name="Volksschule")
    person = PersonFactory(given_name="Ada", family_name="Beispiel")
    table = (
        "Akteur;Veranstaltung;Rolle;Status;Anzahl;Stunden;Vertreten durch\n"
        "A1;E1;Veranstalter;anwesend;3;2,5;Ada Beispiel\nVolksschule;fest;;;;;\n"
    )
    defaults = {"role": "attendee", "state": "attended"}
    applied(ParticipationImporter, table, defaults=defaults)
    columns = (
        "actor", "event", "role__code", "state", "people_brought", "volunteer_hours", "represented_by",
    )  # fmt: skip
    assert list(Participation.objects.order_by("pk").values_list(*columns)) == [
        (club.pk, event.pk, "organiser", "attended", 3, Decimal("2.5"), person.pk),
        (school.pk, event.pk, "attendee", "attended", 0, None, None),
    ]
    assert counts(applied(ParticipationImporter, table, defaults=defaults)) == (0, 0, 2, 0)


def test_keys_are_known_with_a_point_zero_and_without():
    event, actor = EventFactory(title="Fest", external_id="12.0"), ActorFactory(external_id="7")
    known = {"event_type": "festival", "status": "held"}
    assert counts(checked(EventImporter, "ID;Titel\n12;Fest\n12.0;Fest\n", defaults=known)) == (0, 1, 1, 0)
    run = checked(ParticipationImporter, "actor_id;event\n7.0;12\n", defaults={"role": "attendee"})
    assert [(row.label, row.notes) for row in run.rows.all()] == [(f"{actor} · {event}", [])]


def test_the_day_tells_editions_of_one_title_apart():
    ActorFactory(external_id="A1")
    first = EventFactory(title="Fest", start_date=dt.date(2014, 6, 12))
    second = EventFactory(title="Fest", start_date=dt.date(2015, 6, 12))
    run = checked(ParticipationImporter, "actor_id;event\nA1;Fest\n")
    assert errors(run) == [(2, "B", "“Fest” is ambiguous: Fest (12.06.2014); Fest (12.06.2015).")]
    table = "actor_id;event;Datum\nA1;Fest;2014\nA1;Fest;12.6.2015\n"
    applied(ParticipationImporter, table)
    assert {p.event for p in Participation.objects.all()} == {first, second}
    run = checked(ParticipationImporter, "actor_id;event;Datum\nA1;Fest;2016\n")
    assert errors(run) == [(2, "B", "There is no event “Fest” at this time.")]


def test_unknown_actors_are_errors_with_a_suggestion():
    ActorFactory(name="Bürgerverein")
    EventFactory(external_id="E1")
    run = checked(ParticipationImporter, "Akteur;event_id\nBürgervereine;E1\n")
    assert errors(run) == [(2, "A", "“Bürgervereine” is not known here. Did you mean “Bürgerverein”?")]


def test_unknown_actors_can_be_created_once_each_and_go_with_the_undo():
    EventFactory(external_id="E1")
    EventFactory(external_id="E2")
    ActorFactory(name="Bürgerverein")
    table = "Akteur;event_id\nAda Beispiel;E1\nada beispiel;E2\nBürgerverein;E1\n"
    choice = {"new_actor_kind": "person", "new_actor_type": "resident"}
    run = applied(ParticipationImporter, table, defaults=choice)
    assert counts(run) == (3, 0, 0, 0)
    person = Actor.objects.persons().get()
    assert (person.given_name, person.family_name, person.actor_type.code) == ("Ada", "Beispiel", "resident")
    assert person.participations.count() == 2
    undone(run, ParticipationImporter)
    assert [actor.name for actor in Actor.objects.all()] == ["Bürgerverein"]
    assert Participation.objects.count() == 0


def test_created_actors_need_a_type():
    run = upload(ParticipationImporter, "Akteur;Veranstaltung\nA;B\n", defaults={"new_actor_kind": "person"})
    with pytest.raises(ImportRefused, match="Type of the created actors"):
        take(check_run(run=run, importer=ParticipationImporter))


def test_a_participation_is_changed_not_doubled():
    old = ParticipationFactory(actor__external_id="A1", event__external_id="E1", state="registered")
    run = applied(ParticipationImporter, "actor_id;event_id;Status\nA1;E1;anwesend\n")
    assert changes(run)[0][1] == [["state", "registered", "attended"]]
    old.refresh_from_db()
    assert (old.state, old.version, Participation.objects.count()) == ("attended", 2, 1)
    undone(run, ParticipationImporter)
    old.refresh_from_db()
    assert old.state == "registered"


def test_nobody_is_represented_by_an_organisation():
    ActorFactory(external_id="A1")
    EventFactory(external_id="E1")
    run = checked(ParticipationImporter, "actor_id;event_id;Vertreten durch\nA1;E1;A1\n")
    assert [(row, column) for row, column, _reason in errors(run)] == [(2, "C")]


def queries_of(rows: int) -> int:
    table = "actor_id;event_id\n" + "".join(f"A{n};E{n}\n" for n in range(rows))
    with CaptureQueriesContext(connection) as queries:
        applied(ParticipationImporter, table)
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_rows():
    for n in range(30):
        ActorFactory(external_id=f"A{n}")
        EventFactory(external_id=f"E{n}")
    few = queries_of(2)
    Participation.objects.all().delete()
    assert queries_of(30) == few


# --- a whole network -----------------------------------------------------------------------------------


def as_csv(*rows: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def davis_tables() -> tuple[str, str, str]:
    """Return actors, events and participations of the Davis Southern Women as a stranger would send them."""
    graph = nx.davis_southern_women_graph()
    women, events = graph.graph["top"], graph.graph["bottom"]
    ties = [(woman, event) for woman in women for event in graph[woman]]
    return (
        as_csv(("name", "kind"), *((woman, "person") for woman in women)),
        as_csv(("event_id", "title"), *((event, f"Event {event}") for event in events)),
        as_csv(("name", "event_id"), *ties),
    )


def test_the_southern_women_go_through_unchanged():
    actors, events, ties = davis_tables()
    applied(ActorImporter, actors, defaults={"actor_type": "resident"})
    applied(EventImporter, events, defaults={"event_type": "other"})
    applied(ParticipationImporter, ties)
    assert (Actor.objects.count(), Event.objects.count(), Participation.objects.counted().count()) == (
        18,
        14,
        89,
    )
    graph = nx.davis_southern_women_graph()
    stored = Participation.objects.values_list("actor__name", "event__external_id")
    assert set(stored) == {(woman, event) for woman in graph.graph["top"] for event in graph[woman]}
    assert counts(checked(ParticipationImporter, ties)) == (0, 0, 89, 0)


def test_the_southern_women_go_through_from_one_list_alone():
    _actors, events, ties = davis_tables()
    applied(EventImporter, events, defaults={"event_type": "other"})
    choice = {"new_actor_kind": "person", "new_actor_type": "resident"}
    applied(ParticipationImporter, ties, defaults=choice)
    assert (Actor.objects.count(), Participation.objects.count()) == (18, 89)
