"""What chance would leave, beside what is left without the office's events."""

from typing import Any

import pytest
from django.utils import translation

from reports.builders.continuity.report import build_continuity_report
from reports.builders.shared.chance import percents
from reports.report import Note, Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import (
    ActorFactory,
    OfficeFactory,
    RelationFactory,
)
from tests.factories.events import (
    OrganiserRoleFactory,
    ParticipationFactory,
)
from tests.reports.network_reports import NOW, build, values
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db


def notes(report: Report, section: str = "office") -> list[str]:
    return [block.text for block in report.section(section).blocks if isinstance(block, Note)]


def test_beside_the_share_stands_what_chance_would_leave(meet, organiser):
    """Ten events of pairs, and one of the office with eight: nothing costs as many ties as that one."""
    office = OfficeFactory.create()
    meet(office, *ActorFactory.create_batch(7), role=organiser)
    for _event in range(10):
        meet(*ActorFactory.create_batch(2))

    texts = [text for text in notes(build()) if "random" in text]

    assert texts[0] == (
        "Of the 11 events that count here the office organised 1. Without them 26 % of the ties remain; "
        "as many random events would leave 26–97 % (95 of 100 draws). That lies within what random "
        "events leave."
    )


def test_where_the_office_organised_everything_nothing_is_compared(meet, organiser):
    office = OfficeFactory.create()
    meet(office, *ActorFactory.create_batch(7), role=organiser)
    said = "The office organised all events that count here: there are no others to compare with."

    assert said in notes(build())
    meet(*ActorFactory.create_batch(2), role=organiser)
    assert said not in notes(build())


@pytest.mark.parametrize(
    ("pairs", "is_organised", "count", "share"),
    [
        (4, True, 0, (None, "No share below 20 cases.")),
        (5, True, 1, (0.75, "")),
        (5, False, 0, (0.75, "")),
        (0, False, 0, (None, "")),
    ],
)
def test_of_shares_and_chance_is_spoken_from_twenty_ties_on(pairs, is_organised, count, share, meet):
    """Six make fifteen ties, strong ones where they organised: these are too few in any case.

    Of chance only where the office organised something.
    """
    six = [OfficeFactory.create(), *(ActorFactory.create_batch(5) if pairs else [])]
    meet(*six, role=OrganiserRoleFactory.create() if is_organised else None)
    for _pair in range(pairs):
        meet(*ActorFactory.create_batch(2))

    report = build()

    said = [text for text in notes(report) if "that count here the office organised" in text]
    assert len(said) == count
    assert all(text.startswith("Of the 6 events that count here the office organised 1.") for text in said)
    none_organised = "The office is recorded as organiser of none of the events that count here."
    assert (none_organised in notes(report)) is not is_organised
    cell = report.table("office_all").rows[1][3]
    assert (cell.value, cell.note) == share


def test_the_independent_strong_ties_stand_beside_chance(meet, organiser):
    office, six = OfficeFactory.create(), ActorFactory.create_batch(6)

    def build_continuity() -> Report:
        with translation.override("en"):
            request = request_for(UserFactory.create(), now=NOW, key="k")
            return build_continuity_report(request, programme_end=None)

    event = meet(office, *six[:5], role=organiser)
    meet(*ActorFactory.create_batch(3), role=organiser)
    row = values(build_continuity(), "indicators")[4]
    assert row[1:4] == [3, 18, None]
    assert row[4].endswith("that needs neither the office nor its events.")

    ParticipationFactory.create(event=event, actor=six[5], role=organiser)
    for _event in range(3):
        meet(*ActorFactory.create_batch(3), role=organiser)
    report = build_continuity()
    row = values(report, "indicators")[4]

    ties = [block.key for block in report.section("ties").blocks if isinstance(block, Table)]
    assert ties == ["office_all", "office_strong", "only_office", "only_office_events", "could_bridge"]
    assert row[:4] == ["Strong ties independent of the office", 12, 33, 12 / 33]
    assert row[4].endswith("Without as many random events instead it would be 36–73 %.")


def test_without_organised_events_there_is_nothing_to_compare_with(meet, organiser):
    """Neither with relations alone nor where others organised something."""
    office, one = OfficeFactory.create(), ActorFactory.create()
    meet(office, one)

    def independent() -> list[Any]:
        with translation.override("en"):
            request = request_for(UserFactory.create(), now=NOW, key="k")
            row = values(build_continuity_report(request, programme_end=None), "indicators")[4]
        assert row[4].endswith("that needs neither the office nor its events.")
        return row[1:4]

    for _relation in range(20):
        RelationFactory.create()
    assert independent() == [20, 20, 1.0]
    meet(*ActorFactory.create_batch(3), role=organiser)
    assert independent() == [23, 23, 1.0]


def test_where_the_office_organised_everything_no_chance_stands_beside_the_independent_ties(meet, organiser):
    meet(OfficeFactory.create(), *ActorFactory.create_batch(6), role=organiser)
    RelationFactory.create()

    def meaning() -> str:
        with translation.override("en"):
            report = build_continuity_report(
                request_for(UserFactory.create(), now=NOW, key="k"),
                programme_end=None,
            )
        return str(values(report, "indicators")[4][4])

    assert meaning().endswith("that needs neither the office nor its events.")
    meet(*ActorFactory.create_batch(2), role=organiser)
    assert "Without as many random events instead it would be" in meaning()


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.26, 0.97, "26–97 %"),
        (0.264, 0.256, "26 %"),
        # 570 of 2,939,932 ties are gone: not all of them remain.
        (0.9998, 0.9998, ">99 %"),
        (0.9998, 1.0, ">99 %"),
        (1.0, 1.0, "100 %"),
        (0.0001, 0.0001, "<1 %"),
        (0.0, 0.0, "0 %"),
        (0.0, 0.004, "<1 %"),
    ],
)
def test_a_share_is_told_as_none_or_all_only_where_it_is(low, high, said):
    assert percents(low, high) == said
