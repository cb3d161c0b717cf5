"""What the cells of a calendar and of an attendance list mean: days, what is still to come, several names."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from actors.models import Actor
from core.imports.models import ImportRun
from core.roles import Role
from events.imports import EventImporter, ParticipationImporter
from events.models import Event, Participation
from tests.core.imports.import_runs import applied, checked, counts, errors, undone, upload
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, PersonFactory
from tests.factories.events import EventFactory, ParticipationFactory, ParticipationRoleFactory

pytestmark = pytest.mark.django_db

NEW = {"new_actor_kind": "organisation", "new_actor_type": "association"}
LIST = "Verein A, Frau B und Kita C"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff(client):
    user = UserFactory(role=Role.STAFF)
    client.force_login(user)
    return user


def notes(run: ImportRun) -> list[tuple[int, str]]:
    return [(row.number, text) for row in run.rows.all() for _column, _shown, text in row.notes]


def day_from_now(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def import_file(tmp_path, kind: str, table: str, *options: str) -> tuple[str, str]:
    path = tmp_path / "liste.csv"
    path.write_text(table)
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_file", kind, str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        err.write(f"refused: {error}")
    return out.getvalue(), err.getvalue()


def mapping_of(run: ImportRun, **changes: str) -> dict[str, str]:
    form = {f"column-{index}": key for index, key in run.mapping["columns"].items()}
    return form | {f"fixed-{key}": value for key, value in run.defaults.items()} | changes


# --- days ----------------------------------------------------------------------------------------------


def test_a_time_of_day_behind_the_day_is_kept_unless_a_column_of_its_own_says_another():
    table = (
        "Titel;Typ;Uhrzeit;Datum\nA;festival;;6.4.2019 14:30\nB;festival;;Sa, 6.4.2019, 9 Uhr\n"
        "C;festival;18:00;6.4.2019 14:30\nD;festival;;6. 4.19\n"
    )
    applied(EventImporter, table)
    times = dict(Event.objects.values_list("title", "start_time"))
    assert times == {"A": dt.time(14, 30), "B": dt.time(9), "C": dt.time(18), "D": None}
    assert set(Event.objects.values_list("start_date", flat=True)) == {dt.date(2019, 4, 6)}
    assert checked(EventImporter, table).counts["skip"] == 4


def test_days_are_read_as_people_write_them_and_several_have_an_end():
    table = (
        "Titel;Typ;Datum\nA;festival;27-10-2021\nB;festival;Sa, 6.4.2019\nC;festival;6.–7.4.2019\n"
        "D;festival;05/2020\nE;festival;k. A.\nF;festival;1.1.98\n"
    )
    run = applied(EventImporter, table)
    assert list(Event.objects.order_by("title").values_list("start_date", "end_date")) == [
        (dt.date(2021, 10, 27), None),
        (dt.date(2019, 4, 6), None),
        (dt.date(2019, 4, 6), dt.date(2019, 4, 7)),
        (dt.date(2020, 5, 1), None),
        (None, None),
        (dt.date(1998, 1, 1), None),
    ]
    assert notes(run) == [(5, "“05/2020” names no day: it is kept as 01.05.2020.")]
    assert counts(applied(EventImporter, table)) == (0, 0, 6, 0)


def test_an_impossible_day_is_an_error_that_names_it():
    run = checked(EventImporter, "Titel;Typ;Datum\nA;festival;31./32.10.2025\n")
    assert errors(run) == [(2, "C", "There is no such day.")]


def test_the_column_says_which_comes_first():
    table = "Titel;Typ;Datum\nA;festival;03/04/2021\nB;festival;10/27/2021\n"
    applied(EventImporter, table)
    assert Event.objects.get(title="A").start_date == dt.date(2021, 3, 4)


AMBIGUOUS = "Titel;Typ;Datum\nA;festival;03/04/2021\nB;festival;05/06/2021\n"


@pytest.mark.parametrize(("order", "day"), [("day_month", (4, 3)), ("month_day", (3, 4))])
def test_the_wizard_asks_which_comes_first_and_takes_the_answer(client, staff, order, day):
    run = upload(EventImporter, AMBIGUOUS, user=staff)
    page = reverse("import_mapping", args=[run.pk])
    answer = client.post(page, mapping_of(run))
    assert "lassen sich Tag und Monat nicht unterscheiden" in answer.text
    assert 'name="fixed-date_order"' in answer.text.split("Weitere Werte für alle Zeilen")[0]
    client.post(page, mapping_of(run, **{"fixed-date_order": order}))
    client.post(reverse("import_apply", args=[run.pk]))
    assert Event.objects.get(title="A").start_date == dt.date(2021, *day)


def test_a_table_that_leaves_nothing_open_is_not_asked_about(client, staff):
    run = upload(EventImporter, "Titel;Typ;Datum\nA;festival;3.4.2021\n", user=staff)
    page = reverse("import_mapping", args=[run.pk])
    assert "date_order" not in client.get(page).text
    assert client.post(page, mapping_of(run)).status_code == 302


def test_the_command_line_names_what_is_ambiguous_and_takes_the_order(tmp_path):
    _out, err = import_file(tmp_path, "events", AMBIGUOUS)
    assert "Day and month cannot be told apart. Please choose their order." in err
    assert Event.objects.count() == 0
    _out, err = import_file(tmp_path, "events", AMBIGUOUS, "--set", "date_order=month_day")
    assert err == ""
    assert Event.objects.get(title="A").start_date == dt.date(2021, 3, 4)


# --- what is still to come -------------------------------------------------------------------------------


def test_a_day_to_come_is_planned_unless_the_table_says_otherwise():
    tomorrow = f"{day_from_now(1):%d.%m.%Y}"
    table = (
        f"Titel;Typ;Datum;Status\nA;festival;{tomorrow};\nB;festival;{tomorrow};abgesagt\n"
        "C;festival;1.2.2020;\n"
    )
    run = applied(EventImporter, table, defaults={"status": "held"})
    assert list(Event.objects.order_by("title").values_list("status", flat=True)) == [
        "planned",
        "cancelled",
        "held",
    ]
    assert notes(run) == [(2, "This day is still to come: the event is taken as planned, not as held.")]


def test_a_day_to_come_that_is_said_to_be_held_is_an_error():
    table = f"Titel;Typ;Datum;Status\nA;festival;{day_from_now(1):%d.%m.%Y};durchgeführt\n"
    run = checked(EventImporter, table)
    assert [(row, column) for row, column, _reason in errors(run)] == [(2, "D")]


def test_a_list_of_days_to_come_leaves_the_status_that_is_recorded():
    EventFactory(title="A", start_date=day_from_now(1), status="confirmed")
    table = f"Titel;Typ;Datum;Ort\nA;festival;{day_from_now(1):%d.%m.%Y};Markt\n"
    applied(EventImporter, table)
    assert Event.objects.values_list("status", "place_note").get() == ("confirmed", "Markt")


def test_nobody_is_taken_for_present_at_what_is_still_to_come():
    EventFactory(title="Fest", start_date=day_from_now(1), status="planned")
    ActorFactory(name="Verein", kind="organisation")
    run = applied(ParticipationImporter, "Akteur;Veranstaltung\nVerein;Fest\n")
    assert Participation.objects.get().state == "registered"
    assert notes(run) == [(2, "This event is still to come: the actor is taken as registered.")]
    run = checked(ParticipationImporter, "Akteur;Veranstaltung;Status\nVerein;Fest;anwesend\n")
    assert [(row, column) for row, column, _reason in errors(run)] == [(2, "C")]


# --- several names in one cell ---------------------------------------------------------------------------


def test_a_cell_with_several_names_is_an_error_until_somebody_decides():
    EventFactory(title="Fest")
    run = checked(ParticipationImporter, f"Akteur;Veranstaltung\n{LIST};Fest\n", defaults=NEW)
    assert errors(run) == [
        (
            2,
            "A",
            "Several names stand here: Verein A · Frau B · Kita C. "
            "Please choose what is to become of such cells.",
        )
    ]


def test_several_names_become_a_participation_each_and_are_counted_once():
    EventFactory(title="Fest")
    known = ActorFactory(name="Verein A", kind="organisation")
    table = f"Akteur;Veranstaltung;Anzahl;Stunden\n{LIST};Fest;12;3\nKita D;Fest;1;\n"
    decisions = {**NEW, "several_names": "split"}
    run = applied(ParticipationImporter, table, defaults=decisions)
    assert counts(run) == (4, 0, 0, 0)
    assert list(
        Participation.objects.order_by("pk").values_list("actor__name", "people_brought", "volunteer_hours")
    ) == [("Verein A", 12, 3), ("Frau B", 0, None), ("Kita C", 0, None), ("Kita D", 1, None)]
    assert notes(run) == [
        (2, "Several names stand here, each becomes a participation of its own: Verein A · Frau B · Kita C."),
        (2, "“Frau B” looks like a person and is added as: Organisation."),
    ]
    assert counts(applied(ParticipationImporter, table, defaults=decisions)) == (0, 0, 4, 0)
    undone(run, ParticipationImporter)
    assert list(Actor.objects.all()) == [known]
    assert Participation.objects.count() == 0


def test_the_cell_can_be_one_actor():
    EventFactory(title="Fest")
    applied(
        ParticipationImporter,
        f"Akteur;Veranstaltung\n{LIST};Fest\n",
        defaults={**NEW, "several_names": "one"},
    )
    assert Participation.objects.get().actor.name == LIST


def test_a_couple_is_two_persons_and_found_again():
    EventFactory(title="Fest")
    decisions = {"new_actor_kind": "person", "new_actor_type": "resident", "several_names": "split"}
    table = "Akteur;Veranstaltung\nHerr und Frau Dr. Schmidt;Fest\nMüller-Lüdenscheidt, Dr. Anna;Fest\n"
    applied(ParticipationImporter, table, defaults=decisions)
    columns = ("salutation", "title", "given_name", "family_name")
    assert list(Actor.objects.order_by("pk").values_list(*columns)) == [
        ("mr", "", "", "Schmidt"),
        ("ms", "Dr.", "", "Schmidt"),
        ("", "Dr.", "Anna", "Müller-Lüdenscheidt"),
    ]
    assert counts(applied(ParticipationImporter, table, defaults=decisions)) == (0, 0, 3, 0)


def test_the_wizard_asks_what_becomes_of_several_names(client, staff):
    EventFactory(title="Fest")
    run = upload(ParticipationImporter, f"Akteur;Veranstaltung\n{LIST};Fest\n", defaults=NEW, user=staff)
    page = reverse("import_mapping", args=[run.pk])
    answer = client.post(page, mapping_of(run))
    assert 'name="fixed-several_names"' in answer.text
    client.post(page, mapping_of(run, **{"fixed-several_names": "split"}))
    preview = client.get(reverse("import_run", args=[run.pk]))
    assert "aus jedem wird eine eigene Teilnahme: Verein A · Frau B · Kita C." in preview.text
    client.post(reverse("import_apply", args=[run.pk]))
    assert Participation.objects.count() == 3


def test_the_command_line_takes_the_decision_as_a_value_for_all_rows(tmp_path):
    EventFactory(title="Fest")
    ParticipationRoleFactory(code="attendee")
    for name in ("Verein A", "Kita C"):
        ActorFactory(name=name, kind="organisation")
    PersonFactory(given_name="", family_name="B", salutation="ms")
    table = f"Akteur;Veranstaltung\n{LIST};Fest\n"
    _out, err = import_file(tmp_path, "participations", table)
    assert "Several names stand here: Verein A · Frau B · Kita C." in err
    _out, err = import_file(tmp_path, "participations", table, "--set", "several_names=split")
    assert err == ""
    assert {p.actor.name for p in Participation.objects.all()} == {"Verein A", "B", "Kita C"}


def test_a_dash_is_nobody_and_na_may_be_somebody():
    EventFactory(title="Fest")
    table = "Akteur;Veranstaltung;Stunden;Anzahl;Rolle\nNA;Fest;n/a;?;k. A.\n–;Fest;;;\n"
    run = applied(ParticipationImporter, table, defaults={**NEW, "role": "attendee"}, correct_only=True)
    assert errors(run) == [(3, "A", "A value is missing here.")]
    assert Participation.objects.values_list(
        "actor__name", "volunteer_hours", "people_brought", "role__code"
    ).get() == ("NA", None, 0, "attendee")


def test_joined_spellings_of_actor_and_event_are_told():
    ParticipationFactory(
        event=EventFactory(title="Bürgerfest"), actor=ActorFactory(name="Müller GmbH", kind="organisation")
    )
    run = checked(ParticipationImporter, "Akteur;Veranstaltung\nMueller GmbH;buergerfest\n")
    assert notes(run) == [
        (2, "“Mueller GmbH” is taken as “Müller GmbH”."),
        (2, "“buergerfest” is taken as “Bürgerfest”."),
    ]
