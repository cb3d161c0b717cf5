"""Who stands between whom: how many pairs it takes, which role is named, and which sectors."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from actors.models import Sector
from reports.builders.network import brokers
from reports.builders.network.report import build_network_report
from reports.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.actors import ActorFactory, ActorTypeFactory
from tests.reports.requests import request_for

NOW = dt.datetime(2021, 12, 31, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def build(role: str = "staff") -> Report:
    with translation.override("en"):
        return build_network_report(request_for(UserFactory.create(role=role), now=NOW, key="k"))


def rows(role: str = "staff") -> list[list[Any]]:
    return [[cell.value for cell in row] for row in build(role).table("brokers").rows]


def words(name: str) -> Any:
    """Return what the report says of a key actor."""
    return {row[0].value: row[-1].value for row in build().table("key_actors").rows}[name]


def of(sector: str, count: int = 1) -> list[Any]:
    return ActorFactory.create_batch(
        count, actor_type=ActorTypeFactory.create(code=f"a-{sector}", sector=sector)
    )


def regular(meet: Any, hub: Any, *groups: list[Any]) -> None:
    """Make everybody a regular acquaintance of the hub, and of each other those of one group."""
    for _time in range(2):
        for group in groups:
            meet(hub, *group)


@pytest.fixture
def hub() -> Any:
    return ActorFactory.create(name="Nabe")


def alone(*actors: Any) -> list[list[Any]]:
    return [[actor] for actor in actors]


def test_five_pairs_are_enough_to_be_listed(meet, hub):
    regular(meet, hub, of(Sector.ASSOCIATION), of(Sector.ASSOCIATION, 5))

    assert [(row[0], row[4]) for row in rows()] == [("Nabe", 5)]


def test_it_is_said_that_not_everybody_was_looked_at_only_where_there_are_more(meet, hub, monkeypatch):
    monkeypatch.setattr(brokers, "CANDIDATES", 6)
    meet(*ActorFactory.create_batch(4))
    first, second = ActorFactory.create_batch(2)

    def said() -> tuple[str, str]:
        table = build().table("brokers")
        return table.footnote, table.empty_text

    meet(first, second)
    assert said() == ("", "Nobody stands between 5 or more pairs of regular acquaintances.")
    meet(hub)
    nobody = "None of the 6 actors with the highest betweenness stands between 5 or more pairs"
    assert said() == ("", f"{nobody} of regular acquaintances.")

    monkeypatch.setattr(brokers, "CANDIDATES", 11)
    regular(meet, hub, [first], [second], *alone(*ActorFactory.create_batch(4)))
    assert said()[0] == ""
    meet(ActorFactory.create())
    assert said()[0] == "Looked for among the 11 actors with the highest betweenness."


@pytest.mark.parametrize(
    ("contacts", "others", "said"),
    [
        ({"association": 4}, {"institution": 3}, "stands between others of its own sector"),
        ({"institution": 4}, {}, "stands between two of another sector (Institution)"),
        ({"business": 2, "institution": 3}, {}, "stands between other sectors (Business – Institution)"),
        (
            dict.fromkeys(("business", "institution", "administration", "politics"), 1),
            {},
            "stands between other sectors",
        ),
    ],
)
def test_each_role_has_its_words_and_the_sectors_it_is_played_between(meet, hub, contacts, others, said):
    regular(meet, hub, *alone(*(actor for code, count in contacts.items() for actor in of(code, count))))
    for code, count in others.items():
        meet(*of(code, count))

    assert rows()[0][2] == said.split(" (")[0]
    assert f"{words('Nabe')}, ".startswith(f"without it a part falls off, {said}, ")


def test_of_more_than_three_pairs_of_sectors_that_are_level_three_are_named_and_it_is_said(meet, hub):
    codes = ("business", "institution", "administration", "politics")
    regular(meet, hub, *alone(*(actor for code in codes for actor in of(code))))

    assert rows()[0][3] == (
        "Administration – Business (1), Administration – Institution (1), Administration – Politics (1) "
        "(others are level)"
    )

    regular(meet, hub, *alone(*of("business", 2), *of("institution", 2)))
    assert rows()[0][3] == (
        "Business – Institution (9), Administration – Business (3), Administration – Institution (3) "
        "(others are level)"
    )
    assert rows("reader")[0][3] == "Business – Institution (9)"


def test_the_office_is_not_one_of_the_sectors_that_are_named_behind_a_role(meet, hub):
    regular(meet, hub, *alone(*of("association", 5), *of("office")))

    role = "stands between its own sector and others"
    assert rows()[0][2:4] == [role, "Association – Association (10), Association – Neighbourhood office (5)"]
    assert words("Nabe") == (
        f"without it a part falls off, {role}, hardly any two of its regular acquaintances meet each other "
        "regularly (0 % of their pairs)"
    )


def test_a_sector_is_named_behind_a_role_only_where_there_are_more_pairs_than_its_size_gives(meet, hub):
    role = "stands between its own sector and others"
    regular(meet, hub, of("association", 5), *alone(*of("office", 2), *of("institution")))
    assert f"{role} (Institution)" in words("Nabe")

    meet(*of("institution", 2))
    assert role in words("Nabe")
    assert "(Institution)" not in words("Nabe")


def test_of_sectors_that_are_level_none_is_named_behind_a_role(meet, hub):
    role = "stands between its own sector and others"
    regular(meet, hub, *alone(*of("association", 5), *of("institution"), *of("business")))
    assert f"{role}, " in words("Nabe")

    regular(meet, hub, *alone(*of("institution")))
    assert f"{role} (Institution), " in words("Nabe")
