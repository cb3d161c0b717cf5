"""Every reason and next step of a format in German: said where the facts are so, and nowhere else."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from events.models import ContinuityDecision
from reports.analysis import continuity
from reports.builders.continuity.formats import NEXT_STEPS, REASON_WORDS
from reports.builders.continuity.report import build_continuity_report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, OfficeFactory, PersonFactory, ProgrammeDependencyFactory
from tests.factories.events import EventFactory, EventSeriesFactory, SpaceFactory, TaskAssignmentFactory
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 6, 30, 12, tzinfo=dt.UTC)
LAST_DAY = dt.date(2021, 12, 31)


def row_of(
    programme_end: dt.date | None = LAST_DAY, held: dt.date | None = dt.date(2021, 5, 1), **facts: Any
):
    """Return status, reasons and next step of a format that is secured but for these facts."""
    by_office = facts.pop("led_by_office", False)
    made = {
        "future_carrier": ActorFactory.create(),
        "future_contact": PersonFactory.create(),
        "funding_until": dt.date(2024, 1, 1),
        "space": SpaceFactory.create(has_permanent_right=True),
    }
    series = EventSeriesFactory.create(**{**made, **facts})
    if held:
        event = EventFactory.create(series=series, start_date=held)
        carrier = OfficeFactory.create() if by_office else ActorFactory.create()
        TaskAssignmentFactory.create(event=event, actor=carrier)
    with translation.override("de"):
        report = build_continuity_report(
            request_for(UserFactory.create(), now=NOW, key="k"),
            programme_end=programme_end,
        )
        return tuple(cell.value for cell in report.table("formats").rows[0][1:4])


def paid() -> Any:
    dependency = ProgrammeDependencyFactory.create(
        actor=ActorFactory.create(), valid_from=None, valid_until=dt.date(2022, 1, 1)
    )
    return {"future_carrier": dependency.actor}


def ends(day: dt.date) -> Any:
    return {"future_carrier": ActorFactory.create(active_until=day)}


def space(**right: Any) -> Any:
    return {"space": SpaceFactory.create(**right)}


CASES = {
    continuity.ALL_MET: (
        dict,
        "Gesichert",
        "Träger, Ansprechperson, Finanzierung, Raum und letzte Ausgabe erfüllen die Bedingungen.",
        None,
    ),
    continuity.NO_CARRIER: (
        lambda: {"future_carrier": None},
        "Offen",
        "Es ist niemand eingetragen, der es tragen soll.",
        "Einen Träger finden und eintragen.",
    ),
    continuity.ONLY_OFFICE: (
        lambda: {"future_carrier": OfficeFactory.create()},
        "Offen",
        "Träger ist das Büro.",
        "Einen Träger neben dem Büro finden und eintragen.",
    ),
    continuity.DECISION: (
        lambda: {"decision": ContinuityDecision.END},
        "Endet bewusst",
        "Es wurde beschlossen, es zu beenden.",
        None,
    ),
    continuity.NO_CONTACT: (
        lambda: {"future_contact": None},
        "In Übergabe",
        "Es ist keine Ansprechperson benannt.",
        "Eine Ansprechperson beim Träger benennen.",
    ),
    continuity.CONTACT_ENDED: (
        lambda: {"future_contact": PersonFactory.create(active_until=dt.date(2020, 1, 1))},
        "In Übergabe",
        "Die Ansprechperson ist nicht mehr da.",
        "Eine andere Ansprechperson beim Träger benennen.",
    ),
    continuity.CONTACT_ENDS_EARLY: (
        lambda: {"future_contact": PersonFactory.create(active_until=dt.date(2022, 12, 1))},
        "In Übergabe",
        "Die Ansprechperson geht zu früh.",
        "Absprechen, wer auf die Ansprechperson folgt.",
    ),
    continuity.END_UNKNOWN: (
        lambda: {"programme_end": None},
        "In Übergabe",
        "Das Ende des Programms ist nicht bekannt.",
        "Das Ende des Programms eintragen.",
    ),
    continuity.FUNDING_UNKNOWN: (
        lambda: {"funding_until": None},
        "In Übergabe",
        "Zur Finanzierung ist nichts eingetragen.",
        "Die Finanzierung klären und eintragen, bis wann sie gesichert ist.",
    ),
    continuity.FUNDING_TOO_SHORT: (
        lambda: {"funding_until": dt.date(2022, 12, 31)},
        "In Übergabe",
        "Die Finanzierung reicht nicht lange genug.",
        "Die Finanzierung für länger sichern.",
    ),
    continuity.SPACE_UNKNOWN: (
        lambda: {"space": None},
        "In Übergabe",
        "Es ist kein gesicherter Raum eingetragen.",
        "Den Ort klären und das Nutzungsrecht eintragen.",
    ),
    continuity.SPACE_TOO_SHORT: (
        lambda: space(right_until=dt.date(2022, 12, 31)),
        "In Übergabe",
        "Das Nutzungsrecht am Raum reicht nicht lange genug.",
        "Das Nutzungsrecht verlängern lassen.",
    ),
    continuity.CARRIER_PAID: (
        paid,
        "In Übergabe",
        "Der Träger wird selbst von einem Programm bezahlt, das endet.",
        "Vereinbaren, wovon der Träger nach dem Programm bezahlt wird, oder einen anderen finden.",
    ),
    continuity.CARRIER_ENDED: (
        lambda: ends(dt.date(2021, 6, 30)),
        "Offen",
        "Den Träger gibt es nicht mehr.",
        "Einen anderen Träger finden und eintragen.",
    ),
    continuity.CARRIER_ENDS_EARLY: (
        lambda: ends(dt.date(2022, 6, 1)),
        "In Übergabe",
        "Der Träger endet zu früh.",
        "Vereinbaren, wer dem Träger nachfolgt.",
    ),
    continuity.NEVER_HELD: (
        lambda: {"held": None},
        "In Übergabe",
        "Es ist keine durchgeführte Ausgabe mit Datum erfasst.",
        "Eine Ausgabe durchführen oder die durchgeführte eintragen.",
    ),
    continuity.LONG_AGO: (
        lambda: {"held": dt.date(2019, 6, 29)},
        "In Übergabe",
        "Die letzte Ausgabe liegt länger zurück als das Doppelte des Rhythmus.",
        "Eine Ausgabe durchführen oder das Format bewusst beenden.",
    ),
    continuity.LED_BY_OFFICE: (
        lambda: {"led_by_office": True},
        "In Übergabe",
        "Bei der letzten Ausgabe mit erfassten Aufgaben trug das Büro mehr als die Hälfte davon.",
        "Die Aufgaben des Büros an andere weitergeben.",
    ),
    continuity.NO_AFTERCARE: (
        lambda: {"funding_until": dt.date(2023, 1, 1)},
        "Gesichert",
        "Träger, Ansprechperson, Finanzierung, Raum und letzte Ausgabe erfüllen die Bedingungen. "
        "Die Finanzierung deckt die zwei Jahre der Nachsorge nicht ab.",
        "Die Finanzierung bis zum Ende der Nachsorge sichern.",
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_a_reason_and_its_step_are_said_where_the_facts_are_so(code):
    facts, status, reason, step = CASES[code]

    assert row_of(**facts()) == (status, reason, step)


@pytest.mark.parametrize("code", sorted(CASES.keys() - {continuity.ALL_MET}))
def test_no_other_reason_is_said_where_all_is_as_it_should_be(code):
    _facts, _status, reason, step = CASES[code]

    row = row_of()

    assert row == CASES[continuity.ALL_MET][1:]
    assert reason not in row
    assert step is None or step not in row


def test_every_reason_and_step_has_its_case():
    assert CASES.keys() == REASON_WORDS.keys()
    assert {code for code, case in CASES.items() if case[3]} == NEXT_STEPS.keys()
