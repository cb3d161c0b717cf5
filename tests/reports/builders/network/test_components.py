"""The chapter about what hangs together: its groups, its weak points, and who met nobody."""

import datetime as dt

import pytest
from django.utils import translation

from reports.builders.network import components, holding
from reports.builders.network.report import build_network_report
from reports.report import Note, Report, Table
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory
from tests.factories.events import EventFactory
from tests.reports.network_reports import values
from tests.reports.requests import request_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)


def build(role: str = "staff") -> Report:
    with translation.override("en"):
        return build_network_report(request_for(UserFactory.create(role=role), now=NOW, key="k"))


def tables(report: Report) -> list[str]:
    return [block.key for block in report.section("components").blocks if isinstance(block, Table)]


def test_why_nobody_is_listed_who_met_nobody_depends_on_what_is_recorded(meet):
    def said() -> str:
        return build().table("isolates").empty_text

    assert said() == "No event was held in this period."
    EventFactory.create()
    assert said() == "Nobody is recorded for the held events of this period."
    meet(*ActorFactory.create_batch(2))
    assert said() == "There is nobody who took part and met nobody."


def test_few_actors_are_said_to_be_too_few_for_more_and_of_nobody_nothing_is_said(meet):
    def said() -> list[str]:
        return [block.text for block in build().section("components").blocks if isinstance(block, Note)]

    assert said() == []
    meet(ActorFactory.create())
    (text,) = said()
    assert "say nothing about fewer than 20 actors" in text


def test_where_nobody_met_anybody_nothing_hangs_on_anything(meet):
    meet(ActorFactory.create())
    assert tables(build()) == ["components", "isolates"]
    assert build().table("components").empty_text == "No two actors met each other in this period."
    meet(*ActorFactory.create_batch(2))
    assert tables(build()) == ["components", "cut_points", "bridges", "isolates"]


def test_groups_are_listed_with_their_members_unless_they_are_too_many_or_too_few(meet, monkeypatch):
    seven, three = ActorFactory.create_batch(7), ActorFactory.create_batch(3)
    meet(*seven)
    meet(*three)
    names = [", ".join(actor.name for actor in group) for group in (seven, three)]

    assert values(build(), "components") == [["1", 7, names[0]], ["2", 3, names[1]]]
    # Ten took part and nobody is alone: seven would tell that the others are three.
    assert values(build("reader"), "components") == [["1", "•", None], ["2", "<5", None]]
    monkeypatch.setattr(components, "LISTED", 7)
    assert values(build(), "components")[0][2] == names[0]
    monkeypatch.setattr(components, "LISTED", 6)
    assert values(build(), "components") == [["1", 7, "too many to list"], ["2", 3, names[1]]]


def test_of_many_ties_that_alone_hold_two_parts_the_first_are_listed(meet, monkeypatch):
    one, two, three = ActorFactory.create_batch(3)
    meet(one, two)
    meet(two, three)
    monkeypatch.setattr(holding, "LISTED", 2)
    assert (len(values(build(), "bridges")), build().table("bridges").footnote) == (2, "")
    monkeypatch.setattr(holding, "LISTED", 1)
    assert values(build(), "bridges") == [[one.name, two.name, 1]]
    assert build().table("bridges").footnote == "The first 1 of 2."
