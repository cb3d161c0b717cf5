"""The chapter about sectors: its table as a whole, and what its notes say of how sectors meet."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from actors.models import Sector
from reports.builders.network.report import build_network_report
from reports.report import Note, Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)
ASSORTATIVITY = "Chance alone would make some ties inside the sectors."

pytestmark = pytest.mark.django_db


def build(role: str = "staff") -> Report:
    with translation.override("en"):
        return build_network_report(request_for(UserFactory.create(role=role), now=NOW, key="k"))


def rows(role: str = "staff") -> list[list[Any]]:
    return [
        [round(cell.value, 2) if isinstance(cell.value, float) else cell.value for cell in row]
        for row in build(role).table("sectors").rows
    ]


def notes(role: str = "staff") -> list[str]:
    return [block.text for block in build(role).section("sectors").blocks if isinstance(block, Note)]


def schools(count: int) -> list[Any]:
    kind = ActorTypeFactory.create(code="school", sector=Sector.INSTITUTION)
    return ActorFactory.create_batch(count, actor_type=kind)


def test_openness_is_told_from_twenty_ties_on_and_strength_of_its_own_and_to_others_apart(meet):
    clubs, school = ActorFactory.create_batch(6), schools(5)
    meet(*clubs)
    for one in school[:4]:
        meet(clubs[0], one)
    assert rows() == [
        ["Association", 6, 6, 3.0, 4.0, None],
        ["Institution", 5, 4, 0.0, 4.0, None],
    ]

    meet(clubs[0], school[4])
    assert rows() == [
        ["Association", 6, 6, 3.0, 5.0, -0.5],
        ["Institution", 5, 5, 0.0, 5.0, None],
    ]
    urls = [[cell.url for cell in row[3:5]] for row in build().table("sectors").rows]
    pair = "/reports/records/?figure=sector_pair&value=association%3A"
    outside = "/reports/records/?figure=sector_outside&value="
    assert urls == [
        [f"{pair}association", f"{outside}association"],
        [None, f"{outside}institution"],
    ]
    for table in ("sector_matrix", "sector_ties"):
        assert [[cell.url for cell in row[1:]] for row in build().table(table).rows] == [
            [f"{pair}association", f"{pair}institution"],
            [f"{pair}institution", None],
        ]


def test_readers_are_not_told_an_openness_from_which_few_ties_could_be_worked_out(meet):
    clubs, school = ActorFactory.create_batch(8), schools(6)
    meet(*clubs)
    meet(*school)
    meet(clubs[0], school[0])

    assert [row[5] for row in rows()] == [-0.93, None]
    assert [row[5] for row in rows("reader")] == ["•", "•"]


def test_readers_are_not_told_an_openness_that_gives_away_few_ties_inside_a_sector(meet):
    """All met at one event: three clubs make three ties, and 24 to the schools."""
    meet(*ActorFactory.create_batch(3), *schools(8))

    assert rows()[0][3:] == [0.3, 2.4, 0.78]
    assert rows("reader")[0][3:] == ["•", 2.4, "•"]


def test_few_ties_between_sectors_among_many_are_not_rounded_away(meet):
    clubs, school = ActorFactory.create_batch(21), schools(1)
    meet(*clubs)
    meet(*school)
    assert [text.split(":")[0] for text in notes()] == [
        "0 percent of all ties run between different sectors (0 of 210; E-I index −1.00"
    ]

    meet(clubs[0], *school)
    between, assortativity = notes()
    assert between == (
        "<1 percent of all ties run between different sectors (1 of 211; E-I index −0.99: 1 would mean only "
        "ties between sectors, −1 only ties inside them)."
    )
    assert assortativity == (
        f"{ASSORTATIVITY} Measured against that, assortativity is 0.00: 1 would mean that all ties run "
        "inside sectors, 0 is chance, below 0 more of them run between sectors than by chance."
    )


@pytest.mark.parametrize(
    ("others", "said"), [(4, "Fewer than 20 ties: whether"), (5, "25 percent of all ties")]
)
def test_whether_sectors_keep_to_themselves_is_told_from_twenty_ties_on(meet, others, said):
    clubs = ActorFactory.create_batch(6)
    meet(*clubs)
    for one in schools(others):
        meet(clubs[0], one)

    assert notes()[0].startswith(said)
